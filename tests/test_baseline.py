"""The baseline: what is known stays known wherever it goes, and all else is new."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint import atomic
from replylint.baseline import Baseline, BaselineError, Comparison, Entry, compare, entries_of, load
from replylint.cli import main
from replylint.findings import FileReport
from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.rules import load as load_rules
from replylint.source import Source

GOLDEN = Path(__file__).parent / "golden"
RULES = load_rules(["de"])
CHECKS = ("negative-phrasing", "emoticon", "missing-thanks")
LINTER = Linter(RULES, Settings(select=CHECKS))
REFUSED = "Das machen wir nicht."
OTHER = "Eine Rückerstattung können wir Ihnen leider nicht anbieten."
FACE = "Bis bald :-)"
SLOW = "Die Rückerstattung dauert vier Wochen."
FINE = "Ihr Paket ist heute angekommen."


def report(path: str, text: str, linter: Linter = LINTER) -> FileReport:
    drafts = read(Source(path, text))
    return FileReport(
        path, drafts[0].source, len(drafts), tuple(each for draft in drafts for each in linter.check(draft))
    )


def baseline(*files: FileReport) -> Baseline:
    empty = Baseline("replylint-baseline.json")
    return replace(empty, entries=tuple(entry for each in entries_of(empty, files) for entry in each))


def compared(
    known: Baseline, *files: FileReport, present: tuple[str, ...] = (), judged: Callable[[str, str], bool] | None = None
) -> Comparison:
    """A run on some files; of those of the baseline that weren't checked, only the `present` ones are still there."""
    return compare(known, files, judged or (lambda path, check: True), lambda file: file in present)


def new(result: Comparison) -> list[tuple[str, str, str | None]]:
    return [(file.path, each.rule, each.quote) for file in result.files for each in file.findings]


def draft(*sentences: str) -> str:
    return "\n".join(
        ["Hallo Frau Weber,", "", "vielen Dank für Ihre Nachricht.", *sentences, "", "Viele Grüße", "Jana", ""]
    )


def same(before: str, after: str, path: str = "a.txt") -> Comparison:
    result = compared(baseline(report(path, before)), report(path, after))
    assert sum(len(file.known) for file in result.files) + len(new(result)) == len(report(path, after).findings)
    return result


# What stays known


def test_the_same_again() -> None:
    text = draft(REFUSED, FACE)
    result = same(text, text)
    assert (new(result), result.stale, result.open) == ([], (), ())
    assert len(result.files[0].known) == 2
    assert result.known == result.found


@pytest.mark.parametrize(
    "after",
    [
        draft(FACE, FINE, REFUSED),
        draft("", "", REFUSED, "", FACE),
        draft("Das machen", "wir  nicht.", "Bis  bald :-)"),
        draft(REFUSED, FACE).replace("\n", "\r\n"),
        draft(f"{FINE} {REFUSED} {FACE}"),
        draft(REFUSED, REFUSED, FACE),
        "\n\n" + draft(REFUSED, FACE),
    ],
)
def test_moved_and_rewrapped_text_stays_known(after: str) -> None:
    result = same(draft(REFUSED, FACE), after)
    assert (new(result), result.stale) == ([], ())


def test_what_is_mended_is_stale() -> None:
    result = same(draft(REFUSED, FACE), draft(FACE))
    assert new(result) == []
    assert [(entry.check, entry.words) for entry in result.stale] == [("negative-phrasing", "das machen wir nicht")]


def test_another_finding_is_new_even_where_the_number_is_the_same() -> None:
    result = same(draft(REFUSED), draft(OTHER))
    assert [rule for _, rule, _ in new(result)] == ["negative-phrasing"]
    assert len(result.stale) == 1


def test_the_same_words_in_another_sentence_are_new() -> None:
    assert new(same(draft("Bis bald :-)"), draft("Bis morgen :-)"))) == [("a.txt", "emoticon", ":-)")]


def test_what_is_missing_in_a_draft_stays_known_while_it_is_rewritten() -> None:
    before = f"Hallo Frau Weber,\n\n{REFUSED} {SLOW} {OTHER}\n\nViele Grüße\nJana\n"
    assert "missing-thanks" in [each.rule for each in report("a.txt", before).findings]
    after = f"Guten Tag Frau Weber,\n\nes ist so weit. {SLOW} {OTHER} Mehr dazu bald.\n\nViele Grüße\nJana\n"
    result = same(before, after)
    assert new(result) == []
    # The entry is written anew with the sentences of today.
    marks = {entry.context for entry in result.known if not entry.words}
    assert marks == {entry.context for entry in baseline(report("a.txt", after)).entries if not entry.words}
    assert marks.isdisjoint(entry.context for entry in baseline(report("a.txt", before)).entries)
    other = "Hallo Herr Kern,\n\ndie Lampe ist wieder da. Das machen wir nicht mehr so.\n\nViele Grüße\nJana\n"
    assert "missing-thanks" in [rule for _, rule, _ in new(same(before, other))]


# Files


def test_a_renamed_file_stays_known() -> None:
    text = draft(REFUSED, FACE).replace("vielen Dank für Ihre Nachricht.\n", "")
    known = baseline(report("alt.txt", text))
    result = compared(known, report("neu.txt", text))
    assert (new(result), result.stale) == ([], ())
    assert {entry.file for entry in result.known} == {"neu.txt"}
    assert len(result.known) == 3


def test_a_copy_is_new() -> None:
    text = draft(REFUSED)
    known = baseline(report("a.txt", text))
    one = [("b.txt", "negative-phrasing", "Das machen wir nicht")]
    assert new(compared(known, report("a.txt", text), report("b.txt", text))) == one
    assert new(compared(known, report("b.txt", text), present=("a.txt",))) == one
    renamed = compared(known, report("b.txt", text), report("c.txt", text))
    assert [path for path, *_ in new(renamed)] == ["c.txt"]


def test_a_deleted_file_is_stale_and_one_that_was_not_checked_is_left_open() -> None:
    known = baseline(report("a.txt", draft(REFUSED)), report("b.txt", draft(FACE)), report("c.txt", draft(OTHER)))
    result = compared(known, report("c.txt", draft(OTHER)), present=("b.txt",))
    assert new(result) == []
    assert [entry.file for entry in result.stale] == ["a.txt"]
    assert [entry.file for entry in result.open] == ["b.txt"]


def test_what_did_not_run_is_left_open() -> None:
    known = baseline(report("a.txt", draft(REFUSED, FACE)))
    result = compared(known, report("a.txt", draft()), judged=lambda path, check: check == "emoticon")
    assert [entry.check for entry in result.stale] == ["emoticon"]
    assert [entry.check for entry in result.open] == ["negative-phrasing"]


def library(*replies: tuple[str, str]) -> str:
    return json.dumps([{"title": title, "text": text} for title, text in replies], ensure_ascii=False, indent=1)


def test_replies_of_a_library() -> None:
    known = baseline(report("m.json", library(("Absage", REFUSED), ("Zusage", SLOW), ("Gruß", FACE))))
    assert {entry.draft for entry in known.entries} == {"absage", "gruß"}

    def names(*replies: tuple[str, str]) -> list[tuple[str, str]]:
        result = compared(known, report("m.json", library(*replies)))
        return [(str(each.draft.subject), each.rule) for file in result.files for each in file.findings]

    assert names(("Gruß", FACE), ("Neu davor", draft(FINE)), ("Zusage", SLOW), ("Absage", REFUSED)) == []
    # Under another title the reply has left its place; beside it, it is a copy.
    assert names(("Ablehnung", REFUSED), ("Zusage", SLOW), ("Gruß", FACE)) == []
    copied = names(("Absage", REFUSED), ("Ablehnung", REFUSED), ("Zusage", SLOW), ("Gruß", FACE))
    assert copied == [("Ablehnung", "negative-phrasing")]


def test_a_key_that_counts_does_not_count() -> None:
    def text(*replies: str) -> str:
        return json.dumps([{"text": each} for each in replies])

    before, after = text(draft(REFUSED), draft(FACE)), text(draft(FINE), draft(FACE), draft(REFUSED))
    assert new(compared(baseline(report("a.json", before)), report("a.json", after))) == []


SENTENCES = [REFUSED, OTHER, FACE, "Das geht nicht.", "Klappt schon ;-)", "Das kann ich nicht.", FINE]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), max_size=6, unique=True),
    st.lists(st.sampled_from(SENTENCES), max_size=6, unique=True),
)
def test_laws(before: list[str], after: list[str]) -> None:
    linter = Linter(RULES, Settings(select=("negative-phrasing", "emoticon")))
    old = report("a.txt", draft(*before), linter)
    now = report("a.txt", draft(*after), linter)
    result = compared(baseline(old), now)
    words = {(each.rule, each.quote) for each in old.findings}
    # New is what the old text didn't have; stale what the new one doesn't.
    assert [(each.rule, each.quote) for each in result.files[0].findings] == [
        (each.rule, each.quote) for each in now.findings if (each.rule, each.quote) not in words
    ]
    assert {entry.words for entry in result.stale} == {
        quote.lower() for rule, quote in words - {(each.rule, each.quote) for each in now.findings} if quote
    }
    # A baseline written now knows all, and has nothing stale.
    fresh = compared(replace(baseline(now)), now)
    assert (new(fresh), fresh.stale) == ([], ())


# The file


def test_the_file_is_sorted_readable_and_keeps_no_reply(tmp_path: Path) -> None:
    long = "Das machen wir nicht, " + "und das wissen Sie auch ganz genau, " * 5 + "weil es so ist."
    linter = Linter(RULES, Settings(select=("long-sentence", "negative-phrasing")))
    path = tmp_path / "b.json"
    files = (report("z.txt", draft(FACE)), report("ä.txt", draft(REFUSED)), report("lang.txt", draft(long), linter))
    known = Baseline(str(path))
    os.chdir(tmp_path)
    known = replace(known, entries=tuple(entry for each in entries_of(known, files) for entry in each))
    assert known.write() is True
    assert known.write() is False
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if '"check"' in line]
    assert [json.loads(line.strip().rstrip(","))["file"] for line in lines] == [
        "lang.txt",
        "lang.txt",
        "z.txt",
        "ä.txt",
    ]
    assert long not in text
    assert all(len(entry.words) <= 60 for entry in known.entries)
    loaded = load(str(path))
    assert sorted(loaded.entries) == sorted(known.entries)
    assert loaded.rendered() == path.read_bytes()


def test_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    Baseline(str(path)).write()
    assert path.read_text() == '{\n  "format": "replylint-baseline/1",\n  "findings": []\n}\n'
    assert load(str(path)).entries == ()


ENTRY = '{"file": "a", "check": "b", "words": "c", "context": "d"}'


@pytest.mark.parametrize(
    ("content", "what", "values"),
    [
        (b"", "json", {"line": 1, "column": 1}),
        (b'{\n<<<<<<< HEAD\n"a": 1}', "json", {"line": 2, "column": 1}),
        (b"[]", "other", {}),
        (b"\xff\xfe{", "other", {}),
        (b'{"format": 1}', "other", {}),
        (b'{"format": "eslint/1", "findings": []}', "other", {}),
        (b'{"format": "replylint-baseline/1"}', "other", {}),
        (b'{"format": "replylint-baseline/1", "findings": {}}', "other", {}),
        (b'{"format": "replylint-baseline/2", "findings": []}', "version", {"version": "2", "known": 1}),
        (b'{"format": "replylint-baseline", "findings": []}', "version", {"version": "", "known": 1}),
        (f'{{"format": "replylint-baseline/1", "findings": [{ENTRY}, 3]}}'.encode(), "entry", {"number": 2}),
        (b'{"format": "replylint-baseline/1", "findings": [{"file": "a"}]}', "entry", {"number": 1}),
        (f'{{"format": "replylint-baseline/1", "findings": [{ENTRY.replace(chr(34) + "c" + chr(34), "7")}]}}'.encode(), "entry", {"number": 1}),
        (b"[" * 100_000, "other", {}),
    ],
)  # fmt: skip
def test_what_is_no_baseline(tmp_path: Path, content: bytes, what: str, values: dict[str, object]) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    with pytest.raises(BaselineError) as caught:
        load(str(path))
    assert (caught.value.what, caught.value.values) == (what, values)


def test_one_with_a_bom_and_keys_of_the_future_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    content = f'{{"format": "replylint-baseline/1", "findings": [{ENTRY[:-1]}, "since": "2026"}}], "more": 1}}'
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())
    assert load(str(path)).entries == (Entry("a", "", "b", "c", "d"),)


# Files written in one step


def test_a_file_is_written_in_one_step_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a"
    atomic.write(path, b"1")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    path.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(path)
    atomic.write(link, b"2")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == (b"2", 0o640, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "link"]


def test_what_goes_wrong_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    def stop() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        atomic.write(path, b"new", last_look=stop)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


# The command line

FILE = "replylint-baseline.json"
ONLY = ("--select", "negative-phrasing,emoticon")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "REPLYLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "vorlagen").mkdir()
    (tmp_path / "vorlagen" / "absage.txt").write_text(draft(REFUSED), encoding="utf-8")
    (tmp_path / "vorlagen" / "gruss.txt").write_text(draft(FACE), encoding="utf-8")
    return tmp_path


def run(*args: str, input: str | None = None) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint", input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def told(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def test_from_the_first_baseline_to_the_last_finding(tree: Path) -> None:
    assert told(run("baseline", *ONLY)) == (0, f"{FILE}: 2 Funde in 2 Dateien festgehalten.\n", "")
    clean = "2 Entwürfe: Nichts Neues, 2 bekannt (Baseline)\n"
    assert told(run("check", "vorlagen", "--baseline", FILE, *ONLY)) == (0, clean, "")
    # From another folder, too: paths are the baseline's.
    os.chdir("vorlagen")
    assert told(run("check", ".", "--baseline", f"../{FILE}", *ONLY)) == (0, clean, "")
    os.chdir("..")
    (tree / "vorlagen" / "absage.txt").write_text(draft(OTHER), encoding="utf-8")
    (tree / "vorlagen" / "gruss.txt").rename(tree / "vorlagen" / "bald.txt")
    result = run("check", "vorlagen", "--baseline", FILE, "--format", "concise", *ONLY)
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stdout.splitlines()] == [
        "warning negative-phrasing „Eine Rückerstattung können wir Ihnen leider nicht anbieten“ sagt nur, was nicht geht."
    ]
    stale = f"{FILE}: 1 Eintrag trifft nicht mehr zu; „replylint baseline --prune“ entfernt ihn."
    assert result.stderr == f"replylint: {stale}\n"
    assert told(run("baseline", "--prune", *ONLY)) == (0, f"{FILE}: 1 Eintrag entfernt, 1 übrig.\n", "")
    assert [entry.file for entry in load(FILE).entries] == ["vorlagen/bald.txt"]
    assert run("check", "vorlagen", "--baseline", FILE, *ONLY).exit_code == 1
    (tree / "vorlagen" / "bald.txt").unlink()
    assert told(run("baseline", "--prune", "vorlagen", *ONLY)) == (0, f"{FILE}: 1 Eintrag entfernt, 0 übrig.\n", "")


def test_a_part_of_the_tree_leaves_the_rest_as_it_is(tree: Path) -> None:
    run("baseline", *ONLY)
    before = Path(FILE).read_bytes()
    (tree / "vorlagen" / "gruss.txt").write_text(draft(FINE), encoding="utf-8")
    told_part = f"{FILE}: 1 Fund in 1 Datei festgehalten.\n1 Eintrag zu nicht geprüften Dateien bleibt.\n"
    assert told(run("baseline", "vorlagen/absage.txt", *ONLY)) == (0, told_part, "")
    assert told(run("baseline", "--prune", "vorlagen/absage.txt", *ONLY)) == (
        0,
        f"{FILE}: 0 Einträge entfernt, 2 übrig.\n",
        "",
    )
    assert told(run("baseline", "--prune", "--select", "blame")) == (0, f"{FILE}: 0 Einträge entfernt, 2 übrig.\n", "")
    assert Path(FILE).read_bytes() == before


def test_a_file_that_cannot_be_read_keeps_its_entries(tree: Path) -> None:
    run("baseline", *ONLY)
    (tree / "vorlagen" / "absage.txt").write_bytes(b"\x00\x01")
    for args in ((), ("--prune",)):
        result = run("baseline", *args, *ONLY)
        assert result.exit_code == 2
        assert "absage.txt: ist kein Text" in result.stderr
        assert [entry.file for entry in load(FILE).entries] == ["vorlagen/absage.txt", "vorlagen/gruss.txt"]


BROKEN = {
    "{": "ist kein gültiges JSON (Zeile 1, Spalte 2), vielleicht nach einem Merge-Konflikt; bitte beheben oder löschen und neu schreiben.",
    "[]": "ist keine Baseline von replylint; bitte den Pfad prüfen.",
    '{"format": "replylint-baseline/7"}': "ist eine Baseline der Fassung 7, dieses replylint kennt Fassung 1; bitte replylint aktualisieren oder die Datei löschen und neu schreiben.",
    '{"format": "replylint-baseline/1", "findings": [1]}': "ist beschädigt: Eintrag 1 ist unvollständig; bitte beheben oder löschen und neu schreiben.",
}


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_baseline_is_told_and_never_overwritten(tree: Path, content: str) -> None:
    Path(FILE).write_text(content)
    assert told(run("baseline")) == (2, "", f"replylint: {FILE}: {BROKEN[content]}\n")
    assert told(run("baseline", "--prune")) == (2, "", f"replylint: {FILE}: {BROKEN[content]}\n")
    assert told(run("check", "vorlagen", "--baseline", FILE)) == (
        2,
        "",
        f"replylint: --baseline {FILE}: {BROKEN[content]}\n",
    )
    assert Path(FILE).read_text() == content


def test_a_baseline_that_is_missing(tree: Path) -> None:
    message = "gibt es nicht; „replylint baseline“ schreibt eine Baseline."
    assert told(run("check", "vorlagen", "--baseline", "b.json")) == (
        2,
        "",
        f"replylint: --baseline b.json: {message}\n",
    )
    assert told(run("baseline", "--prune", "--output", "b.json")) == (2, "", f"replylint: b.json: {message}\n")
    assert (
        "does not exist; “replylint baseline” writes a baseline."
        in run("check", "--lang", "en", "vorlagen", "--baseline", "b").stderr
    )


def test_one_that_cannot_be_written(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("baseline", "--output", "fehlt/b.json", *ONLY)
    assert told(result) == (
        2,
        "",
        "replylint: fehlt/b.json: lässt sich nicht schreiben (den Ordner gibt es nicht); es bleibt alles, wie es war.\n",
    )
    result = run("baseline", "--output", "vorlagen", *ONLY)
    assert result.exit_code == 2
    assert "vorlagen" in result.stderr
    run("baseline", *ONLY)
    before = Path(FILE).read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (tree / "vorlagen" / "gruss.txt").unlink()
    message = f"replylint: {FILE}: lässt sich nicht schreiben (das Laufwerk ist voll); es bleibt alles, wie es war.\n"
    assert told(run("baseline", *ONLY)) == (2, "", message)
    assert Path(FILE).read_bytes() == before
    assert sorted(each.name for each in tree.iterdir()) == [FILE, "vorlagen"]


def test_in_english_and_quiet(tree: Path) -> None:
    assert run("baseline", "--lang", "en", *ONLY).stdout == f"{FILE}: 2 findings in 2 files recorded.\n"
    assert told(run("baseline", "--quiet", *ONLY)) == (0, "", "")
    (tree / "vorlagen" / "gruss.txt").unlink()
    assert told(run("check", "vorlagen", "--baseline", FILE, "--quiet", *ONLY)) == (0, "", "")


def test_standard_input_has_its_place_by_its_name(tree: Path) -> None:
    run("baseline", *ONLY)
    name = ("--stdin-filename", "vorlagen/absage.txt")
    assert run("check", "-", *name, "--baseline", FILE, *ONLY, input=draft(REFUSED)).exit_code == 0
    assert run("check", "-", "--baseline", FILE, *ONLY, input=draft(REFUSED)).exit_code == 1


def test_json_counts_what_is_known_and_suppressed(tree: Path) -> None:
    run("baseline", *ONLY)
    suppressed = draft("# replylint: ignore negative-phrasing", OTHER)
    (tree / "vorlagen" / "absage.txt").write_text(suppressed, encoding="utf-8")
    result = run("check", "vorlagen", "--baseline", FILE, "--format", "json", "--statistics", *ONLY)
    document = json.loads(result.stdout)
    counts = {"drafts": 2, "error": 0, "warning": 0, "suggestion": 0, "suppressed": 1, "known": 1, "stale": 1}
    assert document["summary"] == counts
    assert document["known"] == {"emoticon": 1}
    assert document["statistics"] == {}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_report_that_people_read(tree: Path, lang: str) -> None:
    run("baseline", *ONLY)
    (tree / "vorlagen" / "absage.txt").write_text(
        draft(
            "# replylint: ignore negative-phrasing (mit der Leitung abgestimmt)",
            REFUSED,
            "# replylint: ignore emoticon bis 2020-01-31",
            "Bis morgen :-)",
            "# replylint: ignore negativ-phrasing",
            OTHER,
        ),
        encoding="utf-8",
    )
    selected = ("--select", "negative-phrasing,emoticon,suppressions")
    result = run("check", "vorlagen", "--baseline", FILE, "--statistics", "--lang", lang, *selected)
    golden = GOLDEN / f"suppressions-{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == golden.read_text(encoding="utf-8")
    assert result.exit_code == 1


def test_help_names_it(tree: Path) -> None:
    assert "Die jetzigen Funde festhalten" in run("--help").stdout
    help_text = " ".join(run("baseline", "--help").stdout.split())
    assert "--prune" in help_text
    assert "--select" in help_text
    assert "--format" not in help_text
