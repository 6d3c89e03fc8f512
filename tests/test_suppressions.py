"""Comments that suppress findings: where they count, what they cover, and what is wrong with them."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.draft import Comment, Draft
from replylint.findings import Finding, Safety
from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.rules import load
from replylint.source import Source, SourceMap, Span, apply_edits
from replylint.suppressions import Directive, Outcome, StatedUse, apply, names_key, parse, visible

TODAY = date(2026, 11, 25)
RULES = load(["de"])
LINTER = Linter(RULES)
BAD = "Das machen wir nicht."
FINE = "Ihr Paket ist heute angekommen."
CHECK = "negative-phrasing"
META = ("expired-suppression", "malformed-suppression", "unknown-suppression", "unused-suppression")


def outcome(path: str, text: str, linter: Linter = LINTER, today: date = TODAY) -> Outcome:
    source = Source(path, text)
    drafts = read(source)
    found = [finding for draft in drafts for finding in linter.check(draft)]
    return apply(found, drafts[0].comments, source, linter, today)


def lines(findings: tuple[Finding, ...], *rules: str) -> list[tuple[str, int]]:
    return [(finding.rule, finding.start.line) for finding in findings if not rules or finding.rule in rules]


def about(path: str, text: str, linter: Linter = LINTER, today: date = TODAY) -> list[tuple[int, str]]:
    """What is said about the suppressions of a file."""
    return [
        (each.start.line, f"{each.severity} {each.rule}: {each.message}")
        for each in outcome(path, text, linter, today).findings
        if each.rule in META
    ]


# Every format, every scope

FORMATS = {
    "entwurf.txt": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "# {}"),
    "ohne-endung": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "# {}"),
    "entwurf.txt.j2": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "{{# {} #}}"),
    "crlf.txt": (f"{BAD}\r\n{{comment}}\r\n{BAD}\r\n{BAD}\r\n", "# {}"),
    "entwurf.md": (f"{BAD}\n\n{{comment}}\n\n{BAD}\n\n{BAD}\n", "<!-- {} -->"),
    "liste.md": (f"- {BAD}\n{{comment}}\n- {BAD}\n- {BAD}\n", "<!-- {} -->"),
    "vorlage.md": (f"{BAD}\n\n{{comment}}\n{BAD}\n\n{BAD}\n", "{{% comment %}}{}{{% endcomment %}}"),
    "entwurf.html": (f"<p>{BAD}</p>\n{{comment}}\n<p>{BAD}</p>\n<p>{BAD}</p>\n", "<!-- {} -->"),
    "text.html": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "<!-- {} -->"),
    "vorlage.html.twig": (f"<p>{BAD}</p>\n{{comment}}\n<p>{BAD}</p>\n<p>{BAD}</p>\n", "{{#- {} -#}}"),
    "vorlage.html.hbs": (f"<p>{BAD}</p>\n{{comment}}\n<p>{BAD}</p>\n<p>{BAD}</p>\n", "{{{{!-- {} --}}}}"),
    "vorlage.hbs": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "{{{{! {} }}}}"),
    "vorlage.txt.liquid": (f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "{{%- comment -%}} {} {{%- endcomment -%}}"),
    "mail.eml": (f"Subject: Antwort\n\n{BAD}\n{{comment}}\n{BAD}\n{BAD}\n", "# {}"),
    "html.eml": (
        f"Subject: A\nContent-Type: text/html\n\n<p>{BAD}</p>\n{{comment}}\n<p>{BAD}</p>\n<p>{BAD}</p>\n",
        "<!-- {} -->",
    ),
    "qp.eml": (
        "Subject: A\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{BAD}\n{{comment}}\n{BAD}\n{BAD}\n",
        "# {}",
    ),
    "texte.yaml": (f"- text: {BAD}\n{{comment}}\n- text: >\n    {BAD}\n- text: {BAD}\n", "# {}"),
    "block.yaml": (f"a:\n  text: {BAD}\n{{comment}}\nb:\n  text: |\n    {BAD}\nc:\n  text: {BAD}\n", "# {}"),
    "jinja.yaml": (f"- text: |\n    {BAD}\n    {{comment}}\n    {BAD}\n    {BAD}\n", "{{# {} #}}"),
    "texte.po": (
        f'msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "a"\nmsgstr "{BAD}"\n\n{{comment}}\n#. Titel\nmsgid "b"\n'
        f'msgstr ""\n"{BAD}"\n\nmsgid "c"\nmsgstr "{BAD}"\n',
        "# {}",
    ),
    "makros.json": (f'{{{{"text": "{BAD}\\n{{comment}}\\n{BAD}\\n{BAD}"}}}}', "{{# {} #}}"),
    "html.json": (f'{{{{"text": "<p>{BAD}</p>\\n{{comment}}\\n<p>{BAD}</p>\\n<p>{BAD}</p>"}}}}', "<!-- {} -->"),
    "texte.csv": (f'title,text\nA,"{BAD}\n{{comment}}\n{BAD}\n{BAD}"\n', "{{# {} #}}"),
}
ONLY = Linter(RULES, Settings(select=(CHECK, "suppressions")))


def written(name: str, words: str) -> str:
    text, comment = FORMATS[name]
    return text.format(comment=comment.format(words))


def bare(name: str) -> str:
    """The file without the comment's line."""
    return re.sub(r"(?m)^ *§\r?\n|§\\n", "", FORMATS[name][0].format(comment="§"))


def kept(name: str, *words: str) -> list[int]:
    """Which of a file's three findings are still reported, counted from 1."""
    text = written(name, words[0])
    for more in words[1:]:
        text += FORMATS[name][1].format(more) + "\n"
    source = Source(name, text)
    drafts = read(source)
    found = sorted((each for draft in drafts for each in ONLY.check(draft)), key=lambda each: each.source_span)
    assert len(found) == 3, text
    result = apply(found, drafts[0].comments, source, ONLY, TODAY)
    assert len(result.suppressed) + len(result.findings) == 3, [each.message for each in result.findings]
    assert visible(found, drafts[0].comments, TODAY) == list(result.findings)
    return [number for number, each in enumerate(found, 1) if each in result.findings]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_every_scope(name: str) -> None:
    assert kept(name, f"replylint: ignore {CHECK}") == [1, 3]
    assert kept(name, f"replylint: ignore-next-line {CHECK} (so mit der Fachabteilung abgestimmt)") == [1, 3]
    assert kept(name, "replylint: ignore tone bis 2026-11-25") == [1, 3]
    assert kept(name, f"replylint: off {CHECK}") == [1]
    assert kept(name, "replylint: ignore-file all until 2027-01-31 (Grund)") == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_comment_leaves_no_trace_in_what_is_read(name: str) -> None:
    drafts = read(Source(name, written(name, f"replylint: ignore {CHECK}")))
    assert [(draft.text, draft.key) for draft in drafts] == [
        (each.text, each.key) for each in read(Source(name, bare(name)))
    ]
    for draft in drafts:
        assert [each.words for each in draft.comments] == [f"replylint: ignore {CHECK}"]
        for piece in draft.map.pieces:
            if piece.verbatim:
                words = draft.source.text[piece.source.start : piece.source.end]
                assert draft.text[piece.text.start : piece.text.end] == words


def test_at_the_end_of_a_line_it_speaks_of_that_line() -> None:
    comment = f"<!-- replylint: ignore {CHECK} -->"
    assert lines(outcome("a.md", f"{BAD}\n{BAD} {comment}\n{BAD}\n", ONLY).findings) == [(CHECK, 1), (CHECK, 3)]
    html = f"<p>{BAD}</p>\n<p>{BAD}{comment}</p>\n<p>{BAD}</p>\n"
    assert lines(outcome("a.html", html, ONLY).findings) == [(CHECK, 1), (CHECK, 3)]
    yaml = f"- text: {BAD}\n- text: | # replylint: ignore {CHECK}\n    Ja,\n    {BAD}\n- text: '{BAD}'\n"
    assert lines(outcome("a.yaml", yaml, ONLY).findings) == [(CHECK, 1), (CHECK, 5)]
    yaml = f"- text: {BAD}\n- text: {BAD}  # replylint: ignore {CHECK}\n"
    assert lines(outcome("a.yaml", yaml, ONLY).findings) == [(CHECK, 1)]


def test_a_finding_over_two_lines_is_on_both() -> None:
    text = f"Guten Tag,\ndas machen wir\nleider nicht. <!-- replylint: ignore {CHECK} -->\n"
    assert outcome("a.md", text, ONLY).findings == ()


def test_comments_above_each_other_speak_of_the_same_line() -> None:
    text = f"# replylint: ignore {CHECK}\n\n# replylint: ignore emoticon\n{BAD} Bis bald :-)\n{BAD}\n"
    linter = Linter(RULES, Settings(select=(CHECK, "emoticon", "suppressions")))
    assert lines(outcome("a.txt", text, linter).findings) == [(CHECK, 5)]


def test_off_and_on_name_checks() -> None:
    face = "Bis bald :-)"
    linter = Linter(RULES, Settings(select=(CHECK, "emoticon", "suppressions")))
    text = (
        f"{BAD}\n# replylint: off {CHECK}, emoticon\n{BAD}\n{face}\n# replylint: on emoticon\n{BAD}\n{face}\n"
        f"# replylint: on\n{BAD}\n{face}\n# replylint: on\n"
    )
    result = outcome("a.txt", text, linter)
    assert lines(result.findings) == [
        (CHECK, 1),
        ("emoticon", 7),
        (CHECK, 9),
        ("emoticon", 10),
        ("unused-suppression", 11),
    ]
    assert lines(result.suppressed) == [(CHECK, 3), ("emoticon", 4), (CHECK, 6)]


def test_in_yaml_it_speaks_of_all_that_is_in_an_item_or_below_a_key() -> None:
    text = (
        f"makros:\n  # replylint: ignore {CHECK}\n  - title: A\n    text: |\n      Ja.\n      {BAD}\n"
        f"  - title: B\n    text: {BAD}\nandere: # replylint: ignore {CHECK}\n  - text: {BAD}\n  - text: {BAD}\n"
    )
    result = outcome("a.yaml", text, ONLY)
    assert lines(result.findings) == [(CHECK, 8)]
    assert lines(result.suppressed) == [(CHECK, 6), (CHECK, 10), (CHECK, 11)]


def test_in_the_front_matter() -> None:
    text = f"---\n# replylint: ignore-file {CHECK}\nkind: refusal\n---\n{BAD}\n"
    assert outcome("a.txt", text, ONLY).findings == outcome("a.md", text, ONLY).findings == ()
    assert read(Source("a.txt", text))[0].text == f"{BAD}\n"


def test_a_finding_on_the_whole_draft() -> None:
    text = f"Hallo Frau Weber,\n\n{BAD}\n\nViele Grüße\nJana Petersen\n"
    linter = Linter(RULES, Settings(select=("missing-thanks", "suppressions")))
    assert lines(outcome("a.txt", text, linter).findings) == [("missing-thanks", 3)]
    for place in (0, 1, 2):  # above the salutation, below it, and above the body
        above, below = text.split("\n")[:place], text.split("\n")[place:]
        for words in ("ignore", "ignore-file", "off"):
            commented = "\n".join([*above, f"# replylint: {words} missing-thanks", *below])
            result = outcome("a.txt", commented, linter)
            assert (lines(result.findings), len(result.suppressed)) == ([], 1), commented


# What is no comment

NONE = {
    "a.txt": [
        f"Bitte prüfen Sie # replylint: ignore {CHECK}",
        f"> # replylint: ignore-file {CHECK}",
        f"<!-- replylint: ignore-file {CHECK} -->",
        f"{{% raw %}}{{# replylint: ignore-file {CHECK} #}}{{% endraw %}}",
        f"{{{{ '{{# replylint: ignore-file {CHECK} #}}' }}}}",
        f"{{# replylint: ignore-file {CHECK}",
        f"{{# Nicht vergessen: replylint: ignore-file {CHECK} #}}",
        "# replylint findet das gut",
    ],
    "a.md": [
        f"`<!-- replylint: ignore-file {CHECK} -->`",
        f"`{{# replylint: ignore-file {CHECK} #}}`",
        f"```\n<!-- replylint: ignore-file {CHECK} -->\n{{# replylint: ignore-file {CHECK} #}}\n```",
        f"    <!-- replylint: ignore-file {CHECK} -->",
        f"> <!-- replylint: ignore-file {CHECK} -->",
        f"<!-- replylint: ignore-file {CHECK}",
        f"# replylint: ignore-file {CHECK}",
        f"\\<!-- replylint: ignore-file {CHECK} -->",
    ],
    "a.html": [
        f"<script>'<!-- replylint: ignore-file {CHECK} -->'</script>",
        f"<p title='<!-- replylint: ignore-file {CHECK} -->'>Ja.</p>",
        f"<textarea><!-- replylint: ignore-file {CHECK} --></textarea>",
        f"&lt;!-- replylint: ignore-file {CHECK} --&gt;",
        f"<p># replylint: ignore-file {CHECK}</p>",
    ],
    "a.yaml": [
        f"- text: '# replylint: ignore-file {CHECK} – das ist ein Text'",
        f"- text: |\n    Ja.\n    # replylint: ignore-file {CHECK}",
        f'- text: "Das ist ein Text\\n # replylint: ignore-file {CHECK}"',
        f"- text: >-\n    Das ist ein Text# replylint: ignore-file {CHECK}",
    ],
    "a.po": [f'msgid "x"\nmsgstr "# replylint: ignore-file {CHECK}"'],
}


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, each in NONE.items() for words in each])
def test_what_only_looks_like_a_comment_suppresses_nothing(name: str, words: str) -> None:
    last = {"a.html": f"<p>{BAD}</p>", "a.yaml": f"- text: {BAD}", "a.po": f'msgid "y"\nmsgstr "{BAD}"'}.get(name, BAD)
    result = outcome(name, f"{words}\n\n{last}\n", ONLY)
    assert result.suppressed == ()
    assert CHECK in [finding.rule for finding in result.findings]
    assert not [finding for finding in result.findings if finding.rule in META]


def test_the_customers_words_are_no_comments_of_ours() -> None:
    text = f"{BAD}\n\nViele Grüße\nJana\n\nAm 12.03.2026 schrieb Max Kern:\n> # replylint: ignore-file all\n> Hallo\n"
    assert outcome("a.txt", text, ONLY).suppressed == ()


# The grammar


def said(words: str) -> Directive:
    return parse(Comment(words, Span(0, len(words)), Span(0, 0), Span(0, 0), None, True))


@pytest.mark.parametrize(
    ("words", "action", "names", "reason", "until"),
    [
        ("replylint: ignore blame", "ignore", ("blame",), "", None),
        ("replylint:ignore blame,hedging", "ignore", ("blame", "hedging"), "", None),
        ("replylint: ignore blame hedging , tone", "ignore", ("blame", "hedging", "tone"), "", None),
        ("replylint: ignore-file all (Weil, so (ist) es!)", "ignore-file", ("all",), "Weil, so (ist) es!", None),
        ("replylint: off blame bis 2027-01-31", "off", ("blame",), "", date(2027, 1, 31)),
        ("replylint: off blame until 2027-01-31 (x)", "off", ("blame",), "x", date(2027, 1, 31)),
        ("replylint: off blame (x) bis 2027-01-31", "off", ("blame",), "x", date(2027, 1, 31)),
        ("replylint: on", "on", (), "", None),
        ("replylint: ignore-next-line blame blame", "ignore-next-line", ("blame",), "", None),
    ],
)
def test_grammar(words: str, action: str, names: tuple[str, ...], reason: str, until: date | None) -> None:
    directive = said(words)
    assert directive.problem is None
    assert (directive.action, directive.names, directive.reason, directive.until) == (action, names, reason, until)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("replylint ignore blame", ("colon", "")),
        ("replylint-ignore blame", ("colon", "")),
        ("replylint: blame", ("action", "blame")),
        ("replylint:", ("action", "")),
        ("replylint: ignore", ("names", "")),
        ("replylint: ignore (Grund)", ("names", "")),
        ("replylint: ignore blame bis", ("date", "")),
        ("replylint: ignore blame bis morgen", ("date", "morgen")),
        ("replylint: ignore blame bis 2027-02-30", ("date", "2027-02-30")),
        ("replylint: ignore blame bis (Ende)", ("rest", "(Ende)")),
        ("replylint: ignore blame (offen", ("rest", "(offen")),
        ("replylint: ignore blame (Grund) hedging", ("rest", "hedging")),
    ],
)
def test_malformed(words: str, problem: tuple[str, str]) -> None:
    expected = ("date", "") if words.endswith("(Ende)") else problem
    assert said(words).problem == expected


# What is said about suppressions


def test_messages() -> None:
    text = (
        f"# replylint: ignore blaem, {CHECK}\n{BAD}\n# replylint: ignore blame bis 2026-11-24\n{FINE}\n"
        f"# replylint: ignore tone\n{FINE}\n# replylint: ignore all\n{FINE}\n# replylint: ignore blame, hedging (x)\n{FINE}\n"
        f"# replylint: on blame\n# replylint: ignroe blame\n# replylint: ignore\n# replylint: ignore x bis 1.1.27\n"
        f"# replylint ignore x\n# replylint: ignore blame (x) y\n{FINE}\n"
    )
    assert about("a.txt", text) == [
        (1, "warning unknown-suppression: Diese Ausnahme nennt eine Prüfung, die es nicht gibt: „blaem“ (gemeint ist wohl „blame“)."),
        (3, "warning expired-suppression: Diese Ausnahme ist abgelaufen: Sie galt bis 2026-11-24."),
        (5, "suggestion unused-suppression: Diese Ausnahme wird nicht gebraucht: Hier gibt es keinen Fund von „tone“."),
        (7, "suggestion unused-suppression: Diese Ausnahme wird nicht gebraucht: Hier gibt es keinen Fund."),
        (9, "suggestion unused-suppression: Diese Ausnahme wird nicht gebraucht: Hier gibt es keinen Fund von „blame“, „hedging“."),
        (11, "suggestion unused-suppression: Diese Ausnahme wird nicht gebraucht: Davor steht kein „off“, das sie beenden könnte."),
        (12, "warning malformed-suppression: Diese Ausnahme gilt nicht: Eine Anweisung „ignroe“ gibt es nicht; möglich sind ignore, ignore-next-line, ignore-file, off, on."),
        (13, "warning malformed-suppression: Diese Ausnahme gilt nicht: Es fehlt, welche Prüfung gemeint ist, zum Beispiel „replylint: ignore blame“."),
        (14, "warning malformed-suppression: Diese Ausnahme gilt nicht: Nach „bis“ gehört ein Datum in der Form JJJJ-MM-TT, zum Beispiel 2027-01-31."),
        (15, "warning malformed-suppression: Diese Ausnahme gilt nicht: Sie wird „replylint: ignore …“ geschrieben, mit Doppelpunkt."),
        (16, "warning malformed-suppression: Diese Ausnahme gilt nicht: „y“ ist an dieser Stelle nicht verständlich; ein Grund gehört in Klammern ans Ende."),
    ]  # fmt: skip


def test_messages_in_english() -> None:
    linter = Linter(RULES, Settings(lang="en"))
    text = f"# replylint: ignore blame\n{FINE}\n# replylint: ignore blame until 2026-01-01\n{FINE}\n"
    assert about("a.txt", text, linter) == [
        (1, "suggestion unused-suppression: This suppression isn't needed: there is no finding of “blame” here."),
        (3, "warning expired-suppression: This suppression has expired: it held until 2026-01-01."),
    ]


def test_the_last_day_counts() -> None:
    text = f"# replylint: ignore {CHECK} bis 2026-11-25\n{BAD}\n"
    assert lines(outcome("a.txt", text, ONLY).findings) == []
    after = outcome("a.txt", text, ONLY, today=date(2026, 11, 26))
    assert lines(after.findings) == [("expired-suppression", 1), (CHECK, 2)]


def test_what_did_not_run_is_not_called_unused() -> None:
    text = f"# replylint: ignore blame, tone, all\n{BAD}\n"
    linter = Linter(RULES, Settings(select=("hedging", "suppressions")))
    assert about("a.txt", text, linter) == []
    assert about("a.txt", text, Linter(RULES, Settings(ignore=("blame",)))) == []
    assert about("a.txt", f"# replylint: ignore hedging\n{BAD}\n", linter) != []


def test_a_category_that_is_off_by_default_is_unused_only_where_it_ran() -> None:
    text = f"# replylint: ignore plain\n{FINE}\n"
    assert about("a.txt", text, Linter(RULES, Settings())) == []
    assert about("a.txt", text, Linter(RULES, Settings(levels={"plain": "on"}))) != []


def test_they_can_be_switched_off_like_any_other_check() -> None:
    text = f"# replylint: ignore blaem\n{FINE}\n"
    assert about("a.txt", text, Linter(RULES, Settings(ignore=("suppressions",)))) == []
    assert about("a.txt", text, Linter(RULES, Settings(ignore=("unknown-suppression",)))) == []


def test_a_comment_that_the_file_holds_encoded_is_told_without_a_fix() -> None:
    body = base64.b64encode(f"{FINE}\n# replylint: ignore blame\n{FINE}\n".encode()).decode()
    text = f"Subject: A\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n"
    found = [each for each in outcome("a.eml", text).findings if each.rule == "unused-suppression"]
    assert [(each.start.line, each.quote, each.rewrites) for each in found] == [(5, None, ())]


# Removing


def removed(path: str, text: str, linter: Linter = LINTER, today: date = TODAY) -> str:
    """A file with all fixes for its suppressions made, one after the other."""
    for _ in range(20):
        found = [each for each in outcome(path, text, linter, today).findings if each.rule in META and each.rewrites]
        if not found:
            return text
        fix = found[0].rewrites[0].fix
        assert fix is not None
        assert fix.safety is found[0].rewrites[0].safety is Safety.SAFE
        before = [(draft.key, draft.text) for draft in read(Source(path, text))]
        # The finding's draft is the file itself, so the edits are of the file.
        assert found[0].draft.text == text
        assert found[0].draft.map.editable(fix.edits[0].span)
        text = apply_edits(text, fix.edits)
        assert [(draft.key, draft.text) for draft in read(Source(path, text))] == before
    raise AssertionError("no end")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", ["ignore blame", "ignore blaem", f"ignore {CHECK} bis 2020-01-01", "on"])
def test_a_fix_takes_the_comment_out_and_leaves_all_else(name: str, words: str) -> None:
    linter = Linter(RULES, Settings(select=("blame", CHECK, "suppressions")))
    assert removed(name, written(name, f"replylint: {words}"), linter) == bare(name)


def test_only_the_names_go_where_others_are_left() -> None:
    text = f"# replylint: ignore blame, {CHECK} , blaem (für Größe M) bis 2027-01-31\r\n{BAD}\r\n"
    assert removed("a.txt", text) == f"# replylint: ignore {CHECK} (für Größe M) bis 2027-01-31\r\n{BAD}\r\n"
    assert removed("a.md", f"{FINE} <!-- replylint: ignore blame --> {FINE}\n") == f"{FINE} {FINE}\n"


def test_a_comment_without_a_line_end_behind_it() -> None:
    assert removed("a.txt", f"{FINE}\n# replylint: ignore blame") == f"{FINE}\n"


@dataclass(frozen=True)
class Way:
    """How a comment is put above, or at the end of, a line of a format."""

    path: str
    above: str
    behind: str = ""


WAYS = [
    Way("a.txt", "# {}"),
    Way("a.txt", "{{# {} #}}", " {{# {} #}}"),
    Way("a.md", "<!-- {} -->", " <!-- {} -->"),
    Way("a.md", "{{% comment %}}{}{{% endcomment %}}", " {{# {} #}}"),
]
SENTENCES = [
    BAD,
    FINE,
    "Sie haben das falsch bestellt.",
    "Das können wir Ihnen leider nicht anbieten, und wir machen das\nauch nicht.",
    "Vielleicht klappt es :-)",
    "- erstens: Das geht nicht.",
    "## Überschrift",
    "Das ist *wichtig* und geht so nicht.",
    "",
]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(WAYS),
    st.data(),
)
def test_it_silences_exactly_the_finding_of_its_line(
    sentences: list[str], ends: str, way: Way, data: st.DataObject
) -> None:
    text = "\n".join(["Hallo Frau Weber,", "", *sentences, "", "Viele Grüße", "Jana Petersen", ""]).replace("\n", ends)
    source = Source(way.path, text)
    drafts = read(source)
    found = LINTER.check(drafts[0])
    if not found:
        return
    chosen = data.draw(st.sampled_from(found))
    line = source.line_span(chosen.start.line)
    words = f"replylint: ignore {chosen.rule}"
    behind = bool(way.behind) and data.draw(st.booleans())
    if behind:
        commented = text[: line.end] + way.behind.format(words) + text[line.end :]
    else:
        commented = text[: line.start] + way.above.format(words) + ends + text[line.start :]
    result = outcome(way.path, commented)

    def place(finding: Finding) -> tuple[str, str, str | None, int]:
        return finding.rule, finding.message, finding.quote, finding.span.start

    def there(finding: Finding) -> bool:
        if finding.document_level:  # there is one of each check
            return finding.rule == chosen.rule
        return finding.rule == chosen.rule and finding.source_span.overlaps(line)

    assert [place(each) for each in result.suppressed] == [place(each) for each in found if there(each)]
    assert sorted(map(place, result.findings)) == sorted(place(each) for each in found if not there(each))
    assert any(place(each) == place(chosen) for each in result.suppressed)
    # Expired, its fix gives the file back as it was.
    assert removed(way.path, commented.replace(words, f"{words} bis 2020-01-31")) == text


# By reply key


@dataclass(frozen=True)
class Named:
    """A suppression as a configuration states it."""

    names: tuple[str, ...] = ("a.json",)
    keys: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    until: date | None = None
    path: str = "replylint.toml"
    line: int = 1

    @property
    def files(self) -> Named:
        return self

    def match(self, path: str) -> bool:
        return path in self.names


LIBRARY = f'{{"macros": [{{"title": "Absage", "text": "{BAD}"}}, {{"title": "Zusage", "text": "{BAD}"}}]}}'


def stated(*suppressions: Named, today: date = TODAY, path: str = "a.json") -> tuple[list[str], StatedUse]:
    drafts = read(Source(path, LIBRARY))
    found = [finding for draft in drafts for finding in ONLY.check(draft)]
    use = StatedUse(today)
    result = use.apply(found, drafts, path, suppressions)
    assert len(result.findings) + len(result.suppressed) == len(found) == 2
    return [finding.draft.key for finding in result.findings], use


@pytest.mark.parametrize(
    ("named", "left"),
    [
        (Named(), []),
        (Named(keys=("$.macros[0].text",)), ["$.macros[1].text"]),
        (Named(keys=("$.macros[0].text", "Zusage")), []),
        (Named(keys=("Absage",), checks=(CHECK,)), ["$.macros[1].text"]),
        (Named(keys=("*[1]*",), checks=("tone",)), ["$.macros[0].text"]),
        (Named(checks=("blame",)), ["$.macros[0].text", "$.macros[1].text"]),
        (Named(checks=("all",)), []),
        (Named(names=("b.json",)), ["$.macros[0].text", "$.macros[1].text"]),
        (Named(until=date(2026, 11, 25)), []),
        (Named(until=date(2026, 11, 24)), ["$.macros[0].text", "$.macros[1].text"]),
    ],
)
def test_by_reply_key(named: Named, left: list[str]) -> None:
    assert stated(named)[0] == left


def test_unused_and_expired_ones_are_known_after_the_run() -> None:
    used, unused = Named(keys=("Absage",)), Named(keys=("Zusage",), checks=("blame",), line=7)
    elsewhere, nobody = Named(names=("b.json",), line=9), Named(keys=("Keine",), line=11)
    expired = Named(until=date(2026, 1, 1), line=3)
    _, use = stated(unused, used, elsewhere, nobody, expired)
    assert use.unused() == [unused]
    assert use.expired() == [expired]


@pytest.mark.parametrize(
    ("pattern", "key", "fits"),
    [
        ("a", "a", True), ("a", "ab", False), ("a*", "ab", True), ("*b", "ab", True), ("a*b*c", "a..b..c", True),
        ("a*b*c", "abc", True), ("a*bc*c", "abc", False), ("*", "", True), ("a*a", "a", False), ("[0]", "[0]", True),
    ],
)  # fmt: skip
def test_patterns_of_keys(pattern: str, key: str, fits: bool) -> None:
    assert names_key(pattern, key) is fits


# Hostile input


@pytest.mark.parametrize(
    "text",
    [
        "# replylint: ignore blame\n" * 3000,
        "{# replylint: ignore blame #}" * 3000,
        "{{!-- replylint: ignore blame " * 3000,
        "{% comment %} replylint: ignore blame " * 3000,
        "# replylint: " + "ignore (" * 3000,
        "# replylint: ignore " + "blame," * 3000,
        "# replylint: off all\n# replylint: on\n" * 2000,
        "# replylint: ignore all\n{{# replylint\n" * 2000,
        f"# replylint: ignore {CHECK}\n{BAD}\n" * 500,
    ],
    ids=lambda text: text[:24],
)
@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
def test_many_comments_are_read(text: str, path: str) -> None:
    source = Source(path, f"{FINE}\n{text}\n{FINE}\n")
    drafts = read(source)
    apply((), drafts[0].comments, source, Linter(RULES, Settings(select=("suppressions",))), TODAY)
    assert drafts[0].text.startswith(FINE[:10])


def test_an_identity_draft_is_what_findings_on_comments_stand_on() -> None:
    found = outcome("a.yaml", f"- text: {FINE}\n# replylint: ignore blame\n- text: {FINE}\n").findings
    [finding] = [each for each in found if each.rule == "unused-suppression"]
    assert finding.quote == "# replylint: ignore blame"
    assert finding.draft == Draft(
        finding.draft.source, finding.draft.source.text, SourceMap.identity(len(finding.draft.source.text))
    )
    assert (finding.start.line, finding.start.column) == (2, 1)


def test_the_pages_name_the_checks() -> None:
    page = Path(__file__).parents[1] / "docs" / "suppressions.md"
    text = page.read_text(encoding="utf-8")
    assert all(name in text for name in META)
