"""The report for the browser: what is in it, that drafts stay text, and what a real browser makes of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_findings import EVERYDAY, HOSTILE, WIDE, draft, found, hits, missing, report

from replylint.draft import Draft
from replylint.findings import Failure, FileReport, Report, Severity
from replylint.reporters import render
from replylint.source import Source, SourceMap

HERE = Path(__file__).parent
REPORTS = {
    "everyday": report(*EVERYDAY),
    "english": report(*EVERYDAY[1:3], lang="en"),
    "hostile": report(*hits(HOSTILE, "das geht nicht")),
    "clean": Report((FileReport("a.txt", Source("a.txt", "Hallo\n"), 2),)),
    "failures": report(*EVERYDAY[-1:], failures=(Failure("b/ü <a>.eml", "ist kaputt\x1b[31m"),)),
    "nothing": Report(),
}


class Outline(HTMLParser):
    """The tags of a page, its ids, its links within, and the text outside of style and script."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), "no handlers in attributes"
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                assert value is not None
                assert value.startswith("#"), "nothing comes from elsewhere"
                self.links.append(value[1:])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words += data


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name: str) -> None:
    path = HERE / "golden" / f"html-{name}.html"
    content = render("html", REPORTS[name])
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert content == path.read_bytes().decode()


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_whole(name: str) -> None:
    page = Outline(render("html", REPORTS[name]))
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.links) <= set(page.ids)
    for tag in ("header", "main", "footer", "h1", "title"):
        assert page.tags.count(tag) == 1


def test_words_are_marked_in_place_and_rewrites_stand_beside_them() -> None:
    page = render("html", REPORTS["everyday"])
    assert '<mark class="warning" id="m2" data-of="2">Das machen wir leider nicht</mark>' in page
    assert "<p>Besser: <q>Lassen Sie mich sehen, was wir tun können.</q></p>" in page
    assert "<p>Streichen.</p>" in page
    assert "<p>Ergänzen: <q>Bitte entschuldigen Sie.</q></p>" not in page, "the first one says so, the next ones say Or"
    assert "<p>Oder: <q>Bitte entschuldigen Sie.</q></p>" in page


def test_the_place_of_a_missing_sentence_is_marked() -> None:
    page = render("html", REPORTS["everyday"])
    mark = '<mark class="error here" role="img" aria-label="Hier fehlt etwas" id="m1" data-of="1">▲</mark>'
    assert f'<p class="draft">Sehr geehrte Frau Müller,{mark}\n\nIhr Mixer' in page
    assert '<a href="#m1">1:26</a>' in page


@pytest.mark.parametrize("after", ["", "Hallo\n"])
def test_a_sentence_may_be_missing_at_either_end(after: str) -> None:
    page = render("html", report(missing(draft("Hallo\n"), after, "Danke."), lang="en"))
    assert re.sub("<[^>]+>", "", page.partition('<p class="draft">')[2].partition("</p>")[0]) == (
        "Hallo\n▲" if after else "▲Hallo\n"
    )


def test_findings_that_overlap_are_both_marked() -> None:
    each = draft("Das geht leider nicht so.")
    page = render("html", report(found(each, "geht leider"), found(each, "leider nicht", severity=Severity.ERROR)))
    assert Outline(page).open == []
    text = re.sub("<[^>]+>", "", page.partition('<p class="draft">')[2].partition("</p>")[0])
    assert text == each.text
    assert {"m1", "m2"} <= set(Outline(page).ids)
    assert re.findall('data-of="([^"]*)"', page) == ["1", "1 2", "2"]


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_what_a_draft_holds_is_text(text: str) -> None:
    text = f"<script>alert(1)</script>{text}</p></main>"
    each = draft(text, f"{text}.txt", text)
    page = Outline(render("html", report(found(each, text, text, message=text, rule="a&b"))))
    assert page.open == []
    assert page.tags.count("script") == 1
    assert page.tags.count("main") == 1
    assert "<script>alert(1)</script>" in page.words


def many(n: int) -> Report:
    files = []
    for number in range(n):
        text = f"Guten Tag,\n\nAntwort {number}: das geht leider nicht.\n\nViele Grüße\nA\n"
        source = Source(f"b/{number // 50}.txt", text)
        each = Draft(source, text, SourceMap.identity(len(text)), f"$[{number}]")
        files.append(FileReport(source.path, source, 1, (found(each, "das geht leider nicht", "es geht so"),)))
    return Report(tuple(files))


def test_five_thousand_replies_are_one_page() -> None:
    page = render("html", many(5000))
    assert page.count("<article ") == 5000
    assert len(page) < 10_000_000


CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="needs chromium, Debian's package of that name or any other"
)


def in_browser(page: str, folder: Path) -> str:
    """What becomes of a page in the browser."""
    assert CHROMIUM is not None
    (folder / "r.html").write_text(page, encoding="utf-8")
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", f"--user-data-dir={folder / 'user'}"]
    command = [CHROMIUM, *arguments, (folder / "r.html").as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


@needs_chromium
def test_a_browser_runs_its_script_and_no_other(tmp_path: Path) -> None:
    each = draft(
        "<img src=x onerror=\"document.title='getroffen'\"><script>document.title='getroffen'</script> geht nicht"
    )
    seen = in_browser(render("html", report(*EVERYDAY, found(each, "geht nicht"))), tmp_path)
    assert '<output id="shown">6</output>' in seen
    assert "<title>replylint: Bericht</title>" in seen
    assert "<form role=" in seen, "the filters are shown by the script"
    assert render("html", REPORTS["clean"]).count("<script") == 0


@needs_chromium
@pytest.mark.parametrize(
    ("choice", "value", "shown", "marks"),
    [
        ("severity", "error", 1, [("1", True), ("1 2", False), ("2", False), ("3", True)]),
        ("check", "negative-phrasing", 2, [("1", False), ("1 2", False), ("2", True), ("3", False)]),
        ("file", "b.txt", 1, [("1", True), ("1 2", True), ("2", True), ("3", False)]),
    ],
)
def test_a_filter_leaves_the_marks_of_what_it_shows(
    tmp_path: Path, choice: str, value: str, shown: int, marks: list[tuple[str, bool]]
) -> None:
    each, other = draft("Das geht leider nicht so.", "a.txt"), draft("Das geht nicht.", "b.txt")
    page = render(
        "html",
        report(
            found(each, "geht leider"),
            found(each, "leider nicht", rule="other", severity=Severity.ERROR),
            found(other, "geht nicht"),
        ),
    )
    # Whoever uses the filter is a script here, which the page's policy would stop.
    page = re.sub("<meta http-equiv=[^>]*>", "", page, count=1)
    use = f"const form = document.forms[0]; form.elements.{choice}.value = '{value}';"
    use += "form.dispatchEvent(new Event('change'))"
    seen = in_browser(page.replace("</body>", f"<script>{use}</script></body>"), tmp_path)
    assert f'<output id="shown">{shown}</output>' in seen
    found_marks = re.findall(r'<mark class="\w+( off)?"[^>]*data-of="([^"]*)"', seen)
    assert [(numbers, bool(off)) for off, numbers in found_marks] == marks


def test_wide_characters_stay_whole() -> None:
    assert "👨‍👩‍👧" in render("html", report(*hits(WIDE, "geht nicht")))


def test_a_finding_on_the_file_itself_is_no_part_of_its_draft() -> None:
    text = "# replylint: ignore blame\nDas geht leider nicht.\n"
    source = Source("a.txt", text)
    comment = Draft(source, text, SourceMap.identity(len(text)))
    reply = Draft(source, text[26:], SourceMap.identity(len(text) - 26, 26))
    findings = (found(comment, "# replylint: ignore blame", ""), found(reply, "Das geht leider nicht", "es geht so"))
    page = render("html", Report((FileReport("a.txt", source, 1, findings),)))
    assert re.findall("<mark[^>]*>([^<]*)</mark>", page) == ["# replylint: ignore blame", "Das geht leider nicht"]
