"""How LanguageTool is asked: what goes to the server, where its matches stand, and what happens when it fails."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from languagetool_server import Answer, answer, fake, match, read

from replylint.engines import EngineError
from replylint.german import languagetool, variant
from replylint.german.languagetool import Endpoint, LanguageTool, Match, Options, Passage, annotation, endpoint
from replylint.source import Span


def passage(text: str, *hidden: tuple[str, str], breaks: tuple[int, ...] = ()) -> Passage:
    spans = [(Span(text.index(words), text.index(words) + len(words)), instead) for words, instead in hidden]
    return Passage(text, Span(0, len(text)), "de-DE", tuple(spans), breaks)


def ask(address: str, *passages: Passage, **options: Any) -> list[tuple[Match, ...]]:
    with LanguageTool(Options(server=address, **options)) as tool:
        return tool.check(passages)


def trouble(address: str, *passages: Passage, **options: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        ask(address, *passages, **options)
    return caught.value


def finds(word: str) -> Callable[[Mapping[str, str]], Answer]:
    """A server that objects to a word wherever it stands, counting in UTF-16 as LanguageTool does."""

    def respond(form: Mapping[str, str]) -> Answer:
        # Positions are those of the text with its markup, not of what is read.
        pieces = json.loads(form["data"])["annotation"]
        whole = "".join(piece.get("text", piece.get("markup", "")) for piece in pieces)
        units = [len(whole[: found.start()].encode("utf-16-le")) // 2 for found in re.finditer(re.escape(word), whole)]
        return answer(*(match(at, len(word), replacements=[word.upper()]) for at in units))

    return respond


# What is sent


def test_what_a_request_holds() -> None:
    with fake() as server:
        ask(
            server.address,
            passage("Hallo {{name}}, danke.", ("{{name}}", "Kim")),
            disabled_rules=("A", "B"),
            disabled_categories=("STYLE",),
            picky=True,
        )
    assert server.paths == ["/v2/check"]
    [form] = server.asked
    annotated = json.loads(form.pop("data"))
    assert annotated == {
        "annotation": [{"text": "Hallo "}, {"markup": "________", "interpretAs": "Kim"}, {"text": ", danke."}]
    }
    assert form == {"language": "de-DE", "disabledRules": "A,B", "disabledCategories": "STYLE", "level": "picky"}


def test_what_is_hidden_is_not_sent() -> None:
    text = "Hallo Kim,\n\n> mein Geheimnis\n\nGern."
    with fake() as server:
        ask(server.address, passage(text, ("> mein Geheimnis", "\n\n")))
    assert server.texts() == ["Hallo Kim,\n\n\n\n\n\nGern."]
    assert "Geheimnis" not in json.dumps(server.asked)


def test_only_the_range_is_sent() -> None:
    text = "VORHER Mitte NACHHER"
    with fake(finds("Mitte")) as server:
        found = ask(server.address, Passage(text, Span(7, 12), "de-AT"))
    assert server.texts() == ["Mitte"]
    assert server.asked[0]["language"] == "de-AT"
    assert [text[each.span.start : each.span.end] for each in found[0]] == ["Mitte"]


def test_markup_is_as_long_as_what_it_stands_for() -> None:
    text = "a 🙈🙈 b"
    pieces = list(annotation(passage(text, ("🙈🙈", ".")), Span(0, len(text))))
    assert pieces == [{"text": "a "}, {"markup": "____", "interpretAs": "."}, {"text": " b"}]


# Positions


def test_positions_are_code_points() -> None:
    text = "👍 Felher, 👩‍💻 dann {{x}} Felher 🙈Felher."
    with fake(finds("Felher")) as server:
        [found] = ask(server.address, passage(text, ("{{x}}", "Xyz")))
    assert [each.span for each in found] == [Span(*hit.span()) for hit in re.finditer("Felher", text)]
    assert found[0] == Match(
        Span(2, 8), "GERMAN_SPELLER_RULE", "TYPOS", "misspelling", "Möglicher Tippfehler gefunden.", ("FELHER",)
    )


def test_a_match_on_what_is_hidden_is_none() -> None:
    with fake(lambda form: answer(match(0, 5), match(6, 5), match(4, 4))) as server:
        [found] = ask(server.address, passage("Hallo {{x}} da", ("{{x}}", "Xyz")))
    assert [each.span for each in found] == [Span(0, 5)]


def test_a_long_text_goes_in_pieces() -> None:
    sentence = "Das ist ein Felher, und zwar ein ganz gewöhnlicher. "
    text = sentence * 500
    breaks = tuple(range(0, len(text), len(sentence)))
    with fake(finds("Felher")) as server:
        [found] = ask(server.address, passage(text, breaks=breaks))
    assert "".join(server.texts()) == text
    assert all(len(each) <= languagetool.LONGEST and each.startswith("Das") for each in server.texts())
    assert [each.span for each in found] == [Span(*hit.span()) for hit in re.finditer("Felher", text)]


def test_what_the_server_finds_too_long_goes_in_smaller_pieces() -> None:
    def respond(form: Mapping[str, str]) -> Answer:
        return (413, {}, b"Error: Text exceeds the limit of 40 characters") if len(read(form)) > 40 else answer()

    text = "Eins ist da. Zwei ist da. Drei ist da. Vier ist da. Acht ist da."
    with fake(respond) as server:
        assert ask(server.address, passage(text, breaks=(0, 13, 26, 39, 52))) == [()]
    assert "".join(each for each in server.texts() if len(each) <= 40) == text

    with fake(respond) as server:
        error = trouble(server.address, passage(text))
    assert (error.what, error.values["reason"]) == ("grammar-refused", "Error: Text exceeds the limit of 40 characters")


# Many at once


def test_requests_are_parallel_and_bounded() -> None:
    def respond(form: Mapping[str, str]) -> Answer:
        time.sleep(0.05)
        return finds("Felher")(form)

    texts = [f"{'x' * number} Felher" for number in range(20)]
    with fake(respond) as server:
        found = ask(server.address, *map(passage, texts), parallel=3)
    assert [each[0].span.start for each in found] == [number + 1 for number in range(20)]
    assert server.most == 3
    assert len(server.asked) == 20


def test_the_same_text_is_asked_about_once() -> None:
    with fake() as server, LanguageTool(Options(server=server.address)) as tool:
        tool.check([passage("Hallo"), passage("Hallo")])
        tool.check([passage("Hallo")])
    assert len(server.asked) == 1


# Failures


class Twice:
    """Fails so many times, then answers."""

    def __init__(self, times: int, failure: Answer) -> None:
        self.left, self.failure, self.lock = times, failure, threading.Lock()

    def __call__(self, form: Mapping[str, str]) -> Answer:
        with self.lock:
            self.left -= 1
            return self.failure if self.left >= 0 else answer()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languagetool, "_BACKOFF", 0.01)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_overloaded_server_is_asked_again(status: int) -> None:
    with fake(Twice(2, (status, {"Retry-After": "3600"}, b"busy"))) as server:
        assert ask(server.address, passage("Hallo")) == [()]
    assert len(server.asked) == 3


@pytest.mark.usefixtures("impatient")
def test_a_server_that_keeps_failing_is_told() -> None:
    with fake(lambda form: (500, {}, b"Error: Internal Error: out of memory\nat java.lang.Thread")) as server:
        error = trouble(server.address, passage("Hallo"))
        assert len(server.asked) == 4
    assert error.what == "grammar-refused"
    assert error.values == {"server": server.address, "reason": "500: Error: Internal Error: out of memory"}


@pytest.mark.usefixtures("impatient")
def test_no_server_at_all() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    error = trouble(address, passage("Hallo"))
    assert error.what == "grammar-unreachable"
    assert error.values["server"] == address
    assert error.values["reason"]


@pytest.mark.usefixtures("impatient")
def test_a_server_that_does_not_answer_in_time() -> None:
    gone = threading.Event()

    def respond(form: Mapping[str, str]) -> Answer:
        gone.wait(5)
        return answer()

    with fake(respond) as server:
        error = trouble(server.address, passage("Hallo"), timeout=0.2)
        gone.set()
    assert (error.what, error.values["seconds"]) == ("grammar-timeout", "0.2")


@pytest.mark.usefixtures("impatient")
def test_who_gave_up_does_not_wait_again() -> None:
    with (
        fake(lambda form: (400, {}, b"Error: no German")) as server,
        LanguageTool(Options(server=server.address, parallel=1)) as tool,
    ):
        for text in ("eins", "zwei", "drei"):
            with pytest.raises(EngineError, match="no German"):
                tool.check([passage(text), passage(text + "!")])
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("response", "what"),
    [
        ((200, {}, b"<html>Welcome to nginx</html>"), "grammar-answer"),
        ((200, {}, b"[]"), "grammar-answer"),
        ((200, {}, b'{"matches": [{"offset": 0}]}'), "grammar-answer"),
        ((200, {}, b'{"matches": 7}'), "grammar-answer"),
        (answer(match(3, 4000)), "grammar-answer"),
        (answer(match(-2, 1)), "grammar-answer"),
        (answer(match(0, 0)), "grammar-answer"),
        (answer(warnings={"incompleteResults": True}), "grammar-incomplete"),
        ((404, {}, b""), "grammar-refused"),
        ((403, {}, b"Forbidden"), "grammar-refused"),
    ],
)
def test_what_is_no_answer(response: Answer, what: str) -> None:
    with fake(lambda form: response) as server:
        assert trouble(server.address, passage("Hallo")).what == what


def test_a_redirect_is_not_followed() -> None:
    with fake() as elsewhere:
        target = elsewhere.address
        with fake(lambda form: (307, {"Location": f"{target}/v2/check"}, b"")) as server:
            error = trouble(server.address, passage("Hallo"))
        assert elsewhere.asked == []
    assert (error.what, error.values) == ("grammar-redirect", {"server": server.address})


def test_no_proxy_sees_what_is_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with fake() as server:
        assert ask(server.address, passage("Hallo"), timeout=2) == [()]


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    assert trouble("http://localhost:1", passage("Hallo")).what == "grammar-package"


# Addresses


@pytest.mark.parametrize(
    ("written", "means", "loopback"),
    [
        ("http://localhost:8010", "http://localhost:8010", True),
        ("http://localhost:8010/", "http://localhost:8010", True),
        ("http://LOCALHOST.:8010/v2", "http://localhost.:8010", True),
        ("http://127.0.0.1:8010/v2/check", "http://127.0.0.1:8010", True),
        ("http://127.9.9.9", "http://127.9.9.9", True),
        ("http://[::1]:8010/v2/", "http://[::1]:8010", True),
        ("https://lt.example/lt/v2", "https://lt.example/lt", False),
        ("https://api.languagetool.org/v2/", "https://api.languagetool.org", False),
        # What only looks like this machine, or may be another tomorrow.
        ("http://localhost.example", "http://localhost.example", False),
        ("http://127.0.0.1.example", "http://127.0.0.1.example", False),
        ("http://notlocalhost", "http://notlocalhost", False),
        ("http://127.1:8010", "http://127.1:8010", False),
        ("http://2130706433", "http://2130706433", False),
        ("http://0.0.0.0:8010", "http://0.0.0.0:8010", False),
        ("http://192.168.0.7:8010", "http://192.168.0.7:8010", False),
        ("http://languagetool:8010", "http://languagetool:8010", False),
        ("http://[fe80::1]:8010", "http://[fe80::1]:8010", False),
    ],
)
def test_addresses(written: str, means: str, loopback: bool) -> None:
    assert endpoint(written) == (means, loopback)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("localhost:8010", "config-url"),
        ("localhost", "config-url"),
        ("ftp://localhost", "config-url"),
        ("file:///etc/passwd", "config-url"),
        ("http://", "config-url"),
        ("http:///v2", "config-url"),
        ("http://localhost:port", "config-url"),
        ("http://localhost:99999", "config-url"),
        ("http://localhost:0", "config-url"),
        ("http://[::1", "config-url"),
        ("http://local host", "config-url"),
        ("http://localhost\\.example", "config-url"),
        ("http://löcalhost", "config-url"),
        ("http://user:geheim@localhost:8010", "config-url-secret"),
        ("http://localhost:8010\\@lt.example", "config-url-secret"),
        ("http://localhost:8010?apiKey=geheim", "config-url-secret"),
    ],
)
def test_no_addresses(written: str, what: str) -> None:
    with pytest.raises(Endpoint) as caught:
        endpoint(written)
    assert caught.value.what == what


# Variants


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vielen Dank für Ihre Nachricht.\n\nFreundliche Grüße", "de-DE"),
        ("Wir melden uns am Montag.", "de-DE"),
        ("Grüezi Frau Zbinden\n\nVielen Dank für Ihre Anfrage.", "de-CH"),
        ("Die Gebühr beträgt CHF 20.–.", "de-CH"),
        ("Das kostet Sie 40 Franken.", "de-CH"),
        ("Freundliche Grüsse aus dem Wallis", "de-CH"),
        ("Die Lieferung kommt in die Bahnhofstrasse, gemäss Ihrem Wunsch für Mittwoch.", "de-CH"),
        ("Ihre Bestellung ist seit 3. Jänner unterwegs.", "de-AT"),
        ("Wir ersuchen um ehestmögliche Rückmeldung. Freundliche Grüße", "de-AT"),
        # Neither: without umlauts it may be a keyboard; ß is not Swiss; Franken and heuer are Bavarian, too.
        ("Mit freundlichen Gruessen aus der Feldstrasse", "de-DE"),
        ("Freundliche Grüße, die Rechnung über CHF 20 liegt bei.", "de-DE"),
        ("Unsere Filiale in Franken hat heuer länger geöffnet.", "de-DE"),
        ("Der Velours-Bezug ist lieferbar.", "de-DE"),
        ("Sie müssen nichts tun, das Messgerät misst selbst; dass es so ist, wissen wir.", "de-DE"),
    ],
)
def test_variants(text: str, language: str) -> None:
    assert variant.of(text) == language
