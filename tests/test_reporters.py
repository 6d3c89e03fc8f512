"""What reports look like: golden files of hand-made findings (`UPDATE_GOLDEN=1 pytest` writes them anew), and their laws."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_findings import EVERYDAY, HOSTILE, LONG_LINES, REFUSAL, WIDE, draft, found, hits, missing, report

from replylint.draft import Draft
from replylint.findings import Failure, FileReport, Report, Rewrite, Safety, Severity
from replylint.reporters import REPORTERS, Options, render
from replylint.reporters.terminal import Pen, cells, clean, width_of, words, wrap
from replylint.reporters.text import excerpt
from replylint.source import Piece, Source, SourceMap, Span

GOLDEN = Path(__file__).parent / "golden"

LONG_SENTENCE = found(
    LONG_LINES,
    LONG_LINES.text[LONG_LINES.text.index("Wir haben") : -1],
    rule="long-sentence",
    severity=Severity.SUGGESTION,
    message="Der Satz hat 32 Wörter; ab 30 verliert man den Faden.",
)
REPORTS: dict[str, tuple[Report, Options]] = {
    "everyday-80": (report(*EVERYDAY), Options()),
    "everyday-120": (report(*EVERYDAY), Options(width=120)),
    "everyday-color": (report(*EVERYDAY), Options(color=True)),
    "everyday-english": (report(*EVERYDAY, lang="en"), Options()),
    "everyday-quiet": (report(*EVERYDAY), Options(quiet=True)),
    "statistics": (report(*EVERYDAY, *hits(WIDE, "geht nicht")), Options(statistics=True)),
    "statistics-color": (report(*hits(WIDE, "geht nicht")), Options(statistics=True, color=True)),
    "wide": (report(*hits(WIDE, "geht nicht")), Options()),
    "hostile": (report(*hits(HOSTILE, "das geht nicht")), Options()),
    "long-lines-80": (report(*hits(LONG_LINES, "nicht möglich"), LONG_SENTENCE), Options()),
    "long-lines-120": (report(*hits(LONG_LINES, "nicht möglich"), LONG_SENTENCE), Options(width=120)),
    "long-lines-narrow": (report(*hits(LONG_LINES, "nicht möglich"), LONG_SENTENCE), Options(width=30)),
    "places": (
        report(
            missing(REFUSAL, "", "Guten Tag Frau Müller,", rule="missing-salutation", message="Es fehlt die Anrede."),
            missing(REFUSAL, ":-)", "Kann ich noch etwas für Sie tun?", rule="missing-closing-offer", message="Ende."),
            missing(REFUSAL, "Jana Petersen", "Viele Grüße\nJana Petersen", rule="missing-sign-off", message="Gruß."),
            missing(REFUSAL, "Müller,", rule="missing-thanks", message="Es fehlt der Dank."),
            missing(REFUSAL, "Müller,", "Vielen Dank.", rule="missing-thanks", message="Es fehlt der Dank."),
            missing(REFUSAL, "an.", "Das tut mir leid.", "Oh.", message="Es fehlt die Entschuldigung."),
            missing(REFUSAL, ":-)\n\n", "Viele Grüße", rule="missing-sign-off", message="Es fehlt der Gruß."),
        ),
        Options(),
    ),
    "clean": (Report((FileReport("a.txt", Source("a.txt", "Hallo\n"), 2),)), Options()),
    "clean-color": (Report((FileReport("a.txt", Source("a.txt", "Hallo\n"), 1),)), Options(color=True)),
    "failures": (
        report(*EVERYDAY[-1:], failures=(Failure("a.eml", "kaputt"), Failure("b", "weg")), suppressed=3),
        Options(),
    ),
    "nothing": (Report(failures=(Failure("a.eml", "kaputt"),)), Options()),
}


def golden(name: str, content: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert content == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_text(name: str) -> None:
    golden(f"text-{name}.txt", render("text", *REPORTS[name]))


@pytest.mark.parametrize("name", ["everyday-80", "hostile", "statistics", "failures", "clean"])
@pytest.mark.parametrize(("reporter", "suffix"), [("concise", "txt"), ("json", "json")])
def test_machine_formats(reporter: str, suffix: str, name: str) -> None:
    golden(f"{reporter}-{name}.{suffix}", render(reporter, *REPORTS[name]))


@pytest.mark.parametrize("reporter", REPORTERS)
@pytest.mark.parametrize("name", REPORTS)
def test_nothing_controls_the_terminal(reporter: str, name: str) -> None:
    content, options = REPORTS[name]
    shown = re.sub(r"\x1b\[[0-9;]+m", "", render(reporter, content, options)) if options.color else ""
    shown = shown or render(reporter, content, options)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert shown == "" or shown.endswith("\n")


def test_json_is_the_contract() -> None:
    document = json.loads(render("json", report(*EVERYDAY, failures=(Failure("kaputt.eml", "ist kein Text"),))))
    assert list(document) == ["schema", "version", "summary", "files", "failures"]
    assert document["schema"] == "replylint/1"
    assert list(document["summary"]) == [
        *("drafts", "error", "warning", "suggestion", "suppressed"),
        *("known", "stale"),
    ]
    assert document["failures"] == [{"path": "kaputt.eml", "message": "ist kein Text"}]
    absent, refusal = document["files"][0]["findings"][:2]
    assert list(refusal) == [
        "rule", "category", "severity", "draft", "message", "why", "quote", "start", "end", "rewrites", "fingerprint"
    ]  # fmt: skip
    assert absent["quote"] is None
    assert absent["start"] == absent["end"] == {"line": 1, "column": 26, "offset": 25}
    assert refusal["quote"] == "Das machen wir leider nicht"
    assert refusal["start"] == {"line": 3, "column": 26, "offset": 52}
    assert refusal["end"] == {"line": 3, "column": 53, "offset": 79}
    assert refusal["rewrites"][0] == {"text": "Lassen Sie mich sehen, was wir tun können.", "safety": "review"}


def test_json_holds_any_text() -> None:
    text = "Rot \x1b[31m \u202e das geht nicht \x9b \u2028 😊"
    document = json.loads(render("json", report(*hits(draft(text), text))))
    assert document["files"][0]["findings"][0]["quote"] == text


def test_the_line_number_is_the_files() -> None:
    source = Source("mail.eml", "From: x\nSubject: y\n\nDas geht <b>nicht</b>.\n")
    pieces = (Piece(Span(0, 9), Span(20, 29)), Piece(Span(9, 14), Span(32, 37)), Piece(Span(14, 15), Span(41, 42)))
    reply = Draft(source, "Das geht nicht.", SourceMap(pieces), "text/html")
    shown = render("text", report(*hits(reply, "geht nicht")), Options())
    assert shown.startswith("mail.eml › text/html\n\n  4 │ Das geht nicht.\n    │     ━━━━━━━━━━\n")


def test_a_rewrite_of_other_words_says_which() -> None:
    start = REFUSAL.text.index("Das machen")
    whole = Rewrite("Gern sehe ich nach.", Safety.REVIEW, Span(start, start + len("Das machen wir leider nicht.")))
    finding = replace(found(REFUSAL, "leider"), rewrites=(whole,))
    shown = render("text", report(finding), Options())
    assert "  Statt:     „Das machen wir leider nicht.“\n  Besser:    Gern sehe ich nach.\n" in shown


def test_a_rewrite_may_add_words_instead() -> None:
    end = REFUSAL.text.index("nicht.") + len("nicht.")
    finding = replace(found(REFUSAL, "leider"), rewrites=(Rewrite("Der Grund: …", Safety.REVIEW, Span(end, end)),))
    assert "\n  Ergänzen:  Der Grund: …\n" in render("text", report(finding), Options())


def test_a_line_of_megabytes_is_shown_at_once() -> None:
    text = "wort " * 2_000_000 + "das geht nicht" + " wort" * 2_000_000
    start = text.index("das")
    (row,) = excerpt(text, Span(start, start + 14), 70)
    assert re.fullmatch(r"… (wort )+das geht nicht( wort)+ …", row.text)
    assert len(excerpt(text, Span(0, len(text)), 70)) == 3


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Grüße", 5),
        ("Gru\u0308ße", 5),
        ("東京", 4),
        ("😊", 2),
        ("👍🏽", 2),
        ("👨‍👩‍👧", 2),
        ("🇩🇪", 2),
        ("❤\ufe0f", 2),
        ("a\tb", 5),
        ("Ver\u00adzug", 6),
        ("\x1b", 1),
        ("\x9b", 4),
        ("", 0),
    ],
)
def test_width(text: str, width: int) -> None:
    assert width_of(clean(text)) == width
    assert sum(cell.width for cell in cells(text)) == width


@given(st.text())
def test_cells_cover_the_text(text: str) -> None:
    shown = cells(text)
    assert [cell.start for cell in shown[1:]] == [cell.end for cell in shown[:-1]]
    assert "".join(text[cell.start : cell.end] for cell in shown) == text
    "".join(cell.text for cell in shown).encode()


@given(st.text(), st.integers(20, 120))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(words(text), width, Pen(color=False))
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


@given(
    st.text(st.sampled_from("aä \n\r\t😊東\u0308\x1b"), min_size=1, max_size=400),
    st.data(),
    st.integers(30, 100),
)
def test_any_excerpt_fits_and_marks_something(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    rows = excerpt(text, Span(start, end), width)
    assert 1 <= len(rows) <= 3
    for row in rows:
        assert width_of(row.text) <= width
        assert len(row.marks) <= width
    if re.search("[aä😊東]", text[start:end]):
        assert any("━" in row.marks for row in rows)


def test_a_check_that_was_not_run_is_counted_as_one() -> None:
    failures = (Failure("a.eml", "kaputt"), Failure("grammar", "kein Server", check=True))
    assert "1 Datei nicht geprüft, 1 Prüfung nicht gelaufen" in render("text", report(*EVERYDAY, failures=failures))
