"""Markdown: what is prose, and where it stands in the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import editable, holds, places, source

from replylint.german import anatomy, placeholders
from replylint.readers import markdown, read
from replylint.source import Span, UnreadableError, decode


def prose(text: str) -> str:
    words, pieces = markdown.convert(text)
    holds(words, pieces, text)
    return words


def sentences(text: str) -> list[str]:
    words = prose(text)
    found = anatomy.dissect(words, placeholders.find(words)).sentences
    return [" ".join(words[each.span.start : each.span.end].split()) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hallo **Frau** *Kühn*, __das__ _ist_ ***so***.", "Hallo Frau Kühn, das ist so."),
        ("2*3*4 snake_case_name a * b ** c", "234 snake_case_name a * b ** c"),
        ("**offen und *zu*", "**offen und zu"),
        ("~~weg~~ und ~eins~ und ~~~nicht~~~ ~", "weg und eins und ~~~nicht~~~ ~"),
        ("über**mü**tig und _halb_er", "übermütig und _halb_er"),
        ("**hart\numbrochen** und\r\nweiter", "hart\numbrochen und\r\nweiter"),
        ("Ein `code *x*` und ``a ` b`` und `offen", "Ein `code *x*` und `…` und `offen"),
        ("Ein `über\nZeilen` hier", "Ein `…` hier"),
        ("[Text](http://x.example/a_b_c) und [T](<a b> \"Titel\") und [x](y(z)w)", "Text und T und x"),
        ("[Ihr **Konto**](u), [kein Link] (x), [x](a b)", "Ihr Konto, [kein Link] (x), [x](a b)"),
        ("[{{ name }}]({{ url }}) [a]({% url x %})", "{{ name }} a"),
        ("Ein ![Bild *x*](a.png) hier, [![x](y)](z)!", "Ein hier, !"),
        ("[a][1] [1] [a][] [b] [c][2]\n\n[1]: http://x\n[A]: <http://y> 'Titel'", "a 1 a [b] [c][2]\n\n\n"),
        ("Text[^1] hier\n\n[^1]: Die *Fußnote*.", "Text hier\n\nDie Fußnote."),
        ("<https://x.example/> und <a@b.example>", "https://x.example/ und a@b.example"),
        ("a<!-- weg -->b <!-- weg --> c", "ab c"),
        ("a\n<!-- weg\n\n- weg\n# weg --> *b*\n\nc", "a\n b\n\nc"),
        ("<b>fett</b><br>neu<br/>x <span title='weg'>y</span>", "fett\nneu\nx y"),
        ("<p>a</p>b", "\n\na\n\nb"),
        ("<style>\nweg\n</style>\na", "\n\na"),
        ("K&uuml;hn &amp; &#x1F600; & &foo; <3", "Kühn & 😀 & &foo; <3"),
        (r"\*kein\* \# \q a\_b", r"*kein* # \q a_b"),
        ("hart  \numbrochen\\\nhier ", "hart\numbrochen\nhier "),
        ("# Titel #\nText", "Titel\n\nText"),
        ("Text\n## *Titel*\nText", "Text\n\nTitel\n\nText"),
        ("#kein Titel", "#kein Titel"),
        ("#", ""),
        ("Titel\n===\nText", "Titel\n\n\nText"),
        ("Titel\n---\n\nText", "Titel\n\n\nText"),
        ("Viele Grüße\nMax\n---\nFirma", "Viele Grüße\nMax\n---\nFirma"),
        ("Max\n-- \nFirma", "Max\n-- \nFirma"),
        ("a\n\n---\n\nb\n\n* * *", "a\n\n---\n\nb\n\n* * *"),
        ("a:\n```sh\nweg\n```\nb", "a:\n\n\nb"),
        ("a\n\n~~~\nweg\n```\n\nweg", "a\n\n"),
        ("- a\n  ```\n  weg\n  ```\n- b", "- a\n\n\n- b"),
        ("a\n\n    weg\n\n    weg\n\nb\n    c", "a\n\n\n\nb\n    c"),
        ("- a\n\n    b\n\n     c\n\n      weg", "- a\n\n    b\n\n     c\n\n"),
        ("- [ ] a *b*\n- [x] c\n* d\n+ e", "- a b\n- c\n* d\n+ e"),
        ("Text:\n1. a\n2. b", "Text:\n\n1. a\n2. b"),
        ("geliefert am\n12. Mai", "geliefert am\n12. Mai"),
        ("1. a\n   weiter\n2. b", "1. a\n   weiter\n\n2. b"),
        ("| **a** | b |\n|---|:-:|\n| c \\| d | |\n|e", "a\n\nb\n\n\n\nc | d\n\ne"),
        ("a | b\n- | -\nc | d", "a\n\nb\n\n\n\nc\n\nd"),
        ("Text\n| a |\n|---|\n\nText", "Text\n\na\n\n\n\nText"),
        ("> Zitat *x*\n> [a](b)\n\nc", "> Zitat *x*\n> [a](b)\n\nc"),
        ("Hallo *|FNAME|* __NAME__ {{ a_b_c }} %first_name% [Name einfügen] <OTRS_X>",
         "Hallo *|FNAME|* __NAME__ {{ a_b_c }} %first_name% [Name einfügen] <OTRS_X>"),
        ("e\u0308 *😀* \u00ad_ü_", "e\u0308 😀 \u00adü"),
    ],
)  # fmt: skip
def test_what_is_prose(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_list_items_and_cells_are_no_one_sentence() -> None:
    text = (
        "Wir brauchen von Ihnen noch die folgenden Angaben und\n1. Ihre Kundennummer\n2. Ihre Anschrift, die wir für die\n"
        "   Zusendung brauchen\n3. Ihr Geburtsdatum\n\n| Bestellung | Betrag |\n|---|---|\n| Tisch | Zwölf |\n"
    )
    assert sentences(text) == [
        "Wir brauchen von Ihnen noch die folgenden Angaben und",
        "1. Ihre Kundennummer",
        "2. Ihre Anschrift, die wir für die Zusendung brauchen",
        "3. Ihr Geburtsdatum",
        "Bestellung",
        "Betrag",
        "Tisch",
        "Zwölf",
    ]


LETTER = """\ufeff---\r
kind: complaint\r
template: yes\r
---\r
# Antwort\r
\r
Sehr geehrte **Frau Kühn**,\r
\r
Ihr [Paket](http://x.example) 😀 ist *leider*\r
verloren. K&ouml;nnen Sie `das machen wir nicht` lesen?\\!\r
\r
- Gru\u0308ße <!-- das machen wir nicht --> aus\tKöln\r
\r
| A | B |\r
|---|---|\r
| x | **Das machen wir** nicht!! |\r
\r
Viele Grüße\r
Ria\r
\r
> Das machen wir nicht\r
"""


def test_positions_in_a_file_with_all_the_oddities() -> None:
    draft = read(decode(LETTER.encode(), "antwort.md"))[0]
    holds(draft.text, draft.map, draft.source.text)
    assert (draft.template, dict(draft.facts)) == (True, {"kind": "complaint"})
    assert places(draft, "Antwort", "geehrte Frau", "Paket 😀", "leider\r\nverloren", "Können", "!", "Gru\u0308ße", "aus",
                  "Köln", "Das machen wir nicht!!") == [
        (5, 3, "Antwort"),
        (7, 6, "geehrte **Frau"),
        (9, 6, "Paket](http://x.example) 😀"),
        (9, 38, "leider*\r\nverloren"),
        (10, 11, "K&ouml;nnen"),
        (10, 57, "!"),
        (12, 3, "Gru\u0308ße"),
        (12, 40, "aus"),
        (12, 44, "Köln"),
        (16, 9, "Das machen wir** nicht!!"),
    ]  # fmt: skip
    assert editable(draft, "Das machen wir") and editable(draft, " nicht!!") and editable(draft, "verloren. K")
    assert not editable(draft, "wir nicht!!") and not editable(draft, "leider\r\nverloren") and not editable(draft, "ö")
    parts = anatomy.dissect(draft.text, placeholders.find(draft.text))
    assert parts.history is not None and parts.inquiry == "Das machen wir nicht"
    assert (
        draft.text[slice(parts.sign_off.start, parts.sign_off.end) if parts.sign_off else slice(0)]
        == "Viele Grüße\r\nRia"
    )
    own = draft.text[: parts.history.start]
    assert own.count("Das machen wir nicht") == 1


def test_several_templates_under_headings_are_one_draft() -> None:
    text = "# Vorlagen\n\n## Eins\n\nHallo {{ a }},\n\nx.\n\nGruß\n\n---\n\n## Zwei\n\nHallo {{ b }},\n\ny.\n"
    drafts = read(source(text, "vorlagen.markdown"))
    assert len(drafts) == 1
    assert [draft.text[: draft.text.index("\n")] for draft in drafts] == ["Vorlagen"]


def test_front_matter_may_nest_but_has_to_close() -> None:
    draft = read(source("---\ntitle: x\ntags:\n  - a\n- b\n---\nHallo\n", "a.md"))[0]
    assert (draft.text, dict(draft.facts)) == ("Hallo\n", {"title": "x", "tags": ""})
    with pytest.raises(UnreadableError, match="front matter"):
        read(source("---\ntitle: x\nHallo\n", "a.md"))
    draft = read(source("---\n\nHallo\n", "a.md"))[0]
    assert draft.text == "---\n\nHallo\n"


PARTS = [
    "**", "*", "_", "__", "`", "``", "```", "\n```\n", "~~~", "\n", "\n\n", "# ", "## ", "- ", "1. ", "2) ", "    ", "  ", "|",
    "|---|---|", "\n|a|b|\n|-|-|\n", "> ", "[", "]", "(", ")", "![", "](x)", "[a]: http://x\n", "[^1]", "<!--", "-->", "<b>",
    "<br>", "<script>", "&auml;", "\\", "\\*", "---", "\n---\n", "\n===\n", "Hallo", "ü", "😀", " ", "\r\n", "\r", "{{ x }}",
    "{% a %}", "<https://x.de>", "\t", "!", "<", "&", "~~", "[x] ", "-- \n", "u\u0308", "\xad", "Wir machen das nicht.",
]  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=25).map("".join), st.integers(0, 4))
def test_the_map_holds_for_anything(text: str, start: int) -> None:
    words, pieces = markdown.convert(text, min(start, len(text)))
    holds(words, pieces, text)
    for piece in pieces.pieces:
        assert pieces.to_source(Span(piece.text.start, piece.text.end)) == piece.source


WORDS = st.lists(st.sampled_from(["Wort", "größer.", "😀", "z. B.", "12.", "–", "Müller,"]), min_size=1, max_size=6)


@settings(max_examples=1000, deadline=None)
@given(st.lists(WORDS.map(lambda words: "So " + " ".join(words)), max_size=6), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_plain_prose_stays_as_it_is(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    assert prose(text) == text
    assert len(markdown.convert(text)[1].pieces) == bool(text)


@pytest.mark.parametrize(
    "part",
    ["*a ", "**a", "*_~", "`", "`a``b```c", "[", "[a](", "[](a(b)(c)", "![", "<a ", "<!--", "> a\n", "- a\n", "1. a\nb\n",
     "# a\n", "|a|b|\n|-|-|\n", "```\n", "    a\n\n", "  ", "  \n", "\\", "&auml;", "[a]: b\n", "a\n===\n", "- "],
)  # fmt: skip
def test_long_hostile_text_comes_to_an_end(part: str) -> None:
    """Anything worse than linear would take minutes here."""
    prose(part * (200_000 // len(part)))
