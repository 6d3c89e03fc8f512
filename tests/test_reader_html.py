"""HTML: what is seen, and where it stands in the file."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import editable, holds, places, source

from replylint.german import anatomy
from replylint.readers import declared_encoding, html, read
from replylint.source import UnreadableError, decode


def seen(text: str) -> str:
    words, pieces = html.convert(text)
    holds(words, pieces, text)
    return words


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("<p>Eins</p><p>Zwei</p>", "Eins\n\nZwei"),
        ("<p>Eins<p>Zwei", "Eins\n\nZwei"),
        ("<div>Eins</div>\n<div>Zwei</div>", "Eins\n\nZwei"),
        ("<div>Eins</div><div><br></div><div>Zwei</div><div>Drei</div>", "Eins\n\nZwei\nDrei"),
        ("<p class=MsoNormal>Eins</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Zwei</p>",
         "Eins\n\xa0\nZwei"),
        ("<p>Eins<br>Zwei<br/>\n Drei<BR >Vier</p>", "Eins\nZwei\nDrei\nVier"),
        ("<p>Eins<br></p><p>Zwei</p>", "Eins\n\nZwei"),
        ("<p>Das   machen\n\t wir</p>", "Das machen wir"),
        ("<p> Das <b> machen</b> wir </p>", "Das machen wir"),
        ("<p>Das<b> machen</b><i> wir</i></p>", "Das machen wir"),
        ("<p>ge<b>ehr</b>te</p>", "geehrte"),
        ("<p>a\xa0 b</p>", "a\xa0 b"),
        ("<h1>Titel</h1>Text<hr>Mehr", "Titel\n\nText\n\nMehr"),
        ("<p>x</p><ul><li>Eins<li>Zwei</ul>y", "x\n\n- Eins\n- Zwei\n\ny"),
        ("<ol><li><p>Eins</p></li><li>Zwei</li></ol>", "1. Eins\n\n2. Zwei"),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", "- a\n1. b\n- c"),
        ("<ul><li></li><li>a</li></ul>", "- a"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>d", "a\n\nb\n\nc\n\nd"),
        ("<p>K&uuml;hn &amp; S&#246;hne &#x1F600; &euro;&notit; &foo; & x&uumlber", None),
        ("<p>a<!-- weg -->b<!--[if mso]><p>weg</p><![endif]-->c<!-->d<!--->e", "abcde"),
        ("<p>a<!-- zu Ende", "a"),
        ("<html><head><title>weg</title><style>weg</style><meta x></head><body><p>da", "da"),
        ("<p>a<script>if (a < b) { '<p>weg</p>' }</script >b</p>", "ab"),
        ("<p>a<script>weg", "a"),
        ("<p>a<title>da", "ada"),
        ("<p>a<img alt='weg' title=\"weg > weg\">b<a href='x' title=weg>c</a>", "abc"),
        ("<p>a<span style='display: none'>weg<span>weg</span></span>b<span hidden>weg</span>c", "abc"),
        ("<div style=display:none>weg<p>weg</div>da", "da"),
        ("<p>a<svg><text>weg</text></svg>b<select><option>weg</select>", "ab"),
        ("<p>a<![CDATA[ <b>x</b> &amp; ]]>b", "a <b>x</b> &amp; b"),
        ("<![if !mso]><p>a</p><![endif]>", "a"),
        ("<?xml version='1.0'?><!DOCTYPE html><p>a", "a"),
        ("<p>5 < 6 und 7<8 <3 a <b", "5 < 6 und 7<8 <3 a <b"),
        ("<p>a</ >b</>c</x>d", "abcd"),
        ("<p title=it's>a</p><p class=\"a'b\">c", "a\n\nc"),
        ("<p title=\"offen>a <b>b</b></p>", "a b"),
        ("<pre>\nEins\n  Zwei   drei\n</pre>vier", "Eins\n  Zwei   drei\n\nvier"),
        ("<p style='white-space: pre-wrap'>a\n b</p>", "a\n b"),
        ("<blockquote>a</blockquote>b", "> a\n\nb"),
        ("x<blockquote type=cite>a<br>b<p>c<blockquote>d</blockquote></blockquote>y",
         "x\n\n> a\n> b\n>\n> c\n>\n> > d\n\ny"),
        ("<p>{{ kunde.name }}, {% if a < b %}x{% endif %} {{ \"<b>\"|e }} <%= n %> <?= $x ?> <OTRS_CUSTOMER_X>",
         "{{ kunde.name }}, {% if a < b %}x{% endif %} {{ \"<b>\"|e }} <%= n %> <?= $x ?> <OTRS_CUSTOMER_X>"),
        ("<p {% if a > b %}class='x'{% endif %}>a <a href={{ url }}>b</a>", "a b"),
        ("<p>Hallo <Vorname>, <Foo>x</Foo> <Name einfügen></p>", "Hallo <Vorname>, x <Name einfügen>"),
        ("<p>a {{ offen </p><p>b {% offen </p><p>c", "a {{ offen\n\nb {% offen\n\nc"),
        ("<p>a{# weg #}b{% comment %}weg{% endcomment %}c{%- comment -%} offen", "abc{%- comment -%} offen"),
        ("<p>a\n{% set x = 1 %}\n<b>b</b>", "a {% set x = 1 %} b"),
        ("{% block a %}\nHallo,<br>\nb.\n{% if x %}\nc\n{% endif %}\nd", "{% block a %}\nHallo,\nb.\n{% if x %}\nc {% endif %} d"),
        ("Zeile 1\nZeile 2 <b>fett</b>\n\n  Absatz", "Zeile 1\nZeile 2 fett\n\n  Absatz"),
        ("Hallo,<br>\n\nText<br>\nText", "Hallo,\n\nText\nText"),
        ("Hallo,<br>\nText", "Hallo,\nText"),
        ("<p>a\r\nb</p>\r\n<p>c", "a b\n\nc"),
        ("<p>e\u0308 😀\u00ad&shy;x", "e\u0308 😀\u00ad\u00adx"),
    ],
)  # fmt: skip
def test_what_is_seen(markup: str, text: str | None) -> None:
    if text is None:
        text = "Kühn & Söhne 😀 €¬it; &foo; & xüber"
    assert seen(markup) == text


LETTER = """\ufeff<!DOCTYPE html>\r
<html><head><title>Antwort</title><style>p { color: red }</style></head>\r
<body><!-- Das machen wir nicht. -->\r
<p>Sehr geehrte <b>Frau&nbsp;K&uuml;hn</b>,</p>\r
<table><tr><td>\tIhr Paket 😀 ist <i>leider</i>\r
    <u>verloren</u>.</td><td>Das machen wir <b>nicht</b>!!</td></tr></table>\r
<ul><li>Gru\u0308ße &amp; Küs\u00adse<li>Zweitens</ul>\r
<img alt="Das machen wir nicht." src=x>Alles Gute<br>Ihr Team\r
</body></html>"""


def test_positions_in_a_file_with_all_the_oddities() -> None:
    draft = read(decode(LETTER.encode(), "antwort.HTML"))[0]
    holds(draft.text, draft.map, draft.source.text)
    assert places(draft, "geehrte Frau", "\xa0", "Kühn", "Ihr Paket 😀", "ist leider verloren.", "Das machen wir nicht!!",
                  "Gru\u0308ße", "& Küs\u00adse", "Zweitens", "Alles Gute\nIhr", "Team") == [
        (4, 9, "geehrte <b>Frau"),
        (4, 24, "&nbsp;"),
        (4, 30, "K&uuml;hn"),
        (5, 17, "Ihr Paket 😀"),
        (5, 29, "ist <i>leider</i>\r\n    <u>verloren</u>."),
        (6, 30, "Das machen wir <b>nicht</b>!!"),
        (7, 9, "Gru\u0308ße"),
        (7, 16, "&amp; Küs\u00adse"),
        (7, 32, "Zweitens"),
        (8, 40, "Alles Gute<br>Ihr"),
        (8, 58, "Team"),
    ]  # fmt: skip
    assert draft.text.count("Das machen wir nicht") == 1
    assert editable(draft, "Das machen wir ") and editable(draft, "!!") and editable(draft, "Ihr Paket 😀 ist ")
    assert not editable(draft, "wir nicht") and not editable(draft, "Kühn") and not editable(draft, "leider verloren")
    assert not editable(draft, "Gute\nIhr")


GMAIL = """<div dir="ltr"><div>Hallo Tom,</div><div><br></div><div>das klappt.</div><div><br></div>
<div>Viele Grüße</div><div>Ria</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"
class="gmail_attr">Am Mo., 12. Mai 2025 um 10:15&nbsp;Uhr schrieb Tom &lt;<a href="mailto:t@x.example">t@x.example</a>&gt;:<br>
</div><blockquote class="gmail_quote" style="margin:0"><div>Hallo,<br><br>mein Paket ist <i>kaputt</i>.</div></blockquote></div>"""
THUNDERBIRD = """<p>Hallo Tom,</p><p>das klappt.</p><p>Viele Grüße<br>Ria</p>
<div class="moz-cite-prefix">Le 12/05/2025 à 10:15, Tom a écrit :<br></div>
<blockquote type="cite" cite="mid:x"><p>mein Paket ist kaputt.</p></blockquote>"""
OUTLOOK = """<p>Hallo Tom,</p><p>das klappt.</p><p>Viele Grüße<br>Ria</p><div id="appendonsend"></div><hr>
<div id="divRplyFwdMsg" dir="ltr"><b>Von:</b> Tom &lt;t@x.example&gt;<br><b>Gesendet:</b> Montag, 12. Mai 2025 10:15<br>
<b>An:</b> Ria<br><b>Betreff:</b> Paket</div><div><p>mein Paket ist kaputt.</p></div>"""
WEBDE = """<div>Hallo Tom,</div><div>das klappt.</div><div>Viele Grüße<br>Ria</div>
<div name="quote" style="margin:10px"><div><b>Gesendet:</b> Montag</div><div name="quoted-content">mein Paket ist kaputt.</div></div>"""
YAHOO = """<p>Hallo Tom,</p><p>das klappt.</p><p>Viele Grüße<br>Ria</p>
<div id="x_ydp1yahoo_quoted_1" class="x_yahoo_quoted"><div>mein Paket ist kaputt.</div></div>"""


@pytest.mark.parametrize("mail", [GMAIL, THUNDERBIRD, OUTLOOK, WEBDE, YAHOO])
def test_what_clients_quote_is_history(mail: str) -> None:
    text = seen(mail)
    parts = anatomy.dissect(text)
    assert parts.history is not None and parts.salutation is not None
    assert "kaputt" in text[parts.history.start :]
    assert "kaputt" in (parts.inquiry or "")
    own = text[: parts.history.start]
    assert "das klappt." in own and own.rstrip().endswith("Ria")
    assert parts.sign_off_complete


def test_the_name_tells_the_format() -> None:
    page = "<p>Hallo <b>Frau Kühn</b>,</p>"
    for name in ("a.html", "a.HTM", "a.html.twig", "a.html.j2", "a.html.liquid", "a.twig", "a.tpl", "b.erb"):
        draft = read(source(page, name))[0]
        assert draft.text == "Hallo Frau Kühn,"
        assert draft.template is (name.lower() not in ("a.html", "a.htm"))
    for name in ("a.txt.j2", "a.j2", "a.liquid", "a.txt.erb", "a.hbs"):
        draft = read(source("Hallo {{ name }},\n<b>x</b>\n", name))[0]
        assert (draft.text, draft.template) == ("Hallo {{ name }},\n<b>x</b>\n", True)
    assert read(source("a <p> b", "a.txt"))[0].template is False


def test_front_matter() -> None:
    draft = read(source("---\nkind: praise\ntags:\n  - a\n---\n<p>Hallo</p>", "a.html"))[0]
    assert (draft.text, dict(draft.facts)) == ("Hallo", {"kind": "praise", "tags": ""})
    assert places(draft, "Hallo") == [(6, 4, "Hallo")]
    with pytest.raises(UnreadableError, match="front matter"):
        read(source("---\nkind: praise\n<p>Hallo</p>", "a.html"))


def test_declared_charset() -> None:
    assert declared_encoding(b'<meta charset="ISO-8859-15">', "a.html") == "ISO-8859-15"
    page = b"<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"
    assert declared_encoding(page, "a.html") == "cp1252"
    assert declared_encoding(b"<p>", "a.html") is None


PARTS = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "</li>", "<ol>", "<table>", "<tr>",
    "<td>", "</td>", "</table>", "<blockquote>", "</blockquote>", '<div class="gmail_quote">', "<div id=divRplyFwdMsg>",
    '<span style="display:none">', "</span>", "<!-- x -->", "<!--", "-->", "<script>", "</script>", "<title>", "</title>",
    "&auml;", "&amp;", "&#10;", "&nbsp;", "&uumlber", "&", "<", "{{ x }}", "{% if a < b %}", "{#", "#}", "{{", "%}", "{",
    "<OTRS_X>", "<Vorname>", "<%= x %>", "<?php", "?>", "<![CDATA[", "]]>", "<pre>", "</pre>", "\n", " ", "  ", "\r\n", "\t",
    "Hallo", "Wir können", "u\u0308", "😀", ">", '"', "'", "=", "<img src=", '<a href="', "\xad", "<svg>", "</svg>",
    "<div hidden>", "<p class=MsoNormal>", "<div><br></div>", "</br>", "<x-mail::panel>", "{if $a}", "\r", "\x0c",
]  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=25).map("".join), st.integers(0, 4))
def test_the_map_holds_for_anything(markup: str, start: int) -> None:
    words, pieces = html.convert(markup, min(start, len(markup)))
    holds(words, pieces, markup)


class _Reference(HTMLParser):
    """The text of simple HTML as the standard library sees it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


SIMPLE = [
    "<p>", "</p>", "<div class='a\"b'>", "</div>", "<br/>", "<b>", "</b>", "<i title=\"a > b\">", "</i>", "<h1>", "</h1>",
    "<table>", "<tr>", "<td>", "</td>", "</table>", "&auml;", "&amp;", "&#228;", "&lt;", "a", "Ärger", " ", "\n", "<!-- x -->",
    "<!DOCTYPE html>", "5 < 6", "😀",
]  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(SIMPLE), max_size=30).map("".join))
def test_the_same_words_as_the_standard_library(markup: str) -> None:
    reference = _Reference()
    reference.feed("<p>" + markup)
    reference.close()
    assert re.sub(r"\s", "", seen("<p>" + markup)) == re.sub(r"\s", "", "".join(reference.words))


@pytest.mark.parametrize(
    "part",
    ["<div>", "<b>x", "</div>", "<blockquote>x", "<ul><li>x", "<table><td>x", "<", "<a ", '<a x="> ', "{{", "{% x ", "{# ",
     "&a", "<!-- ", "<![CDATA[", "</ ", "<% ", "<span hidden>x", "<title>x", " \n", "<div> <span ", '{{"{{"'],
)  # fmt: skip
def test_long_hostile_markup_comes_to_an_end(part: str) -> None:
    """Anything worse than linear would take minutes here."""
    seen(part * (200_000 // len(part)))
