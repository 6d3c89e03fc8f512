"""Mails: which text is read, and where it stands in the file."""

from __future__ import annotations

import base64
import email.policy
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import editable, holds, places, source

from replylint.draft import Draft
from replylint.german import anatomy
from replylint.readers import declared_encoding, mail, read
from replylint.source import Span, UnreadableError, decode

HEADER = "From: Ria <ria@x.example>\nSubject: Ihr Paket\n"


def draft(data: str | bytes) -> Draft:
    raw = data if isinstance(data, bytes) else data.encode()
    found = read(decode(raw, "antwort.eml", declared_encoding(raw, "antwort.eml")))
    assert len(found) == 1
    holds(found[0].text, found[0].map, found[0].source.text)
    return found[0]


def part(content_type: str, body: str, *more: str) -> str:
    return "\n".join([f"Content-Type: {content_type}", *more, "", body])


def multipart(kind: str, *parts: str, boundary: str = "=_b", end: str = "--") -> str:
    inner = "".join(f"--{boundary}\n{each}\n" for each in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\nVorspann\n{inner}--{boundary}{end}\nNachspann\n'


PLAIN = part("text/plain; charset=utf-8", "Hallo Text")
PAGE = part("text/html; charset=utf-8", "<p>Hallo <b>Seite</b></p>")
PDF = part("application/pdf", "JVBERi0=", "Content-Transfer-Encoding: base64", "Content-Disposition: attachment")
NOTE = part("text/plain", "weg", 'Content-Disposition: attachment; filename="a.txt"')
FORWARD = part("message/rfc822", "Subject: alt\n\nweg")


@pytest.mark.parametrize(
    ("mail_text", "text"),
    [
        ("\nHallo", "Hallo"),
        ("MIME-Version: 1.0\n" + PLAIN, "Hallo Text"),
        (PAGE, "Hallo Seite"),
        (multipart("alternative", PLAIN, PAGE), "Hallo Text"),
        (multipart("alternative", PAGE, PLAIN), "Hallo Text"),
        (multipart("alternative", part("text/plain", " \n\n"), PAGE), "Hallo Seite"),
        (multipart("alternative", part("text/calendar", "BEGIN"), PAGE), "Hallo Seite"),
        (multipart("mixed", PLAIN, PDF, NOTE, FORWARD), "Hallo Text"),
        (multipart("mixed", PDF, PLAIN, part("text/plain", "Noch ein Teil")), "Hallo Text\n\nNoch ein Teil"),
        (multipart("mixed", multipart("alternative", PLAIN, multipart("related", PAGE, PDF, boundary="r"), boundary="a"), PDF),
         "Hallo Text"),
        (multipart("mixed", multipart("related", PAGE, PDF, boundary="=_b2")), "Hallo Seite"),
        (multipart("signed", PLAIN, part("application/pgp-signature", "x")), "Hallo Text"),
        (multipart("mixed", PLAIN, PDF, end=""), "Hallo Text\n\nNachspann"),
        (multipart("mixed", PLAIN, PDF)[:-60], "Hallo Text"),
        (multipart("mixed", PLAIN).replace('boundary="=_b"', 'boundary="falsch"'), "Hallo Text"),
        (multipart("mixed", PLAIN).replace('; boundary="=_b"', ""), "Hallo Text"),
        (multipart("mixed", PLAIN).replace('boundary="=_b"', "boundary*0==_; boundary*1=b"), "Hallo Text"),
        (multipart("mixed", PLAIN, boundary="b (x):1"), "Hallo Text"),
        (multipart("mixed", *[PLAIN] * 1 + [PDF] * 200), "Hallo Text"),
        (multipart("digest", "\nSubject: x\n\nweg", PLAIN), "Hallo Text"),
        ("kaputte Zeile\nHallo", "kaputte Zeile\nHallo"),
        (part("text/plain; charset=utf-8", "Gr=C3=BC=C3=\n=9Fe =\n aus=20\nK=F6ln  \n=3D=", "Content-Transfer-Encoding: QUOTED-PRINTABLE"),
         "Grüße  aus \nKöln\n="),
        (part("text/plain; charset=iso-8859-15", "5 =A4 =zz =4", "Content-Transfer-Encoding: quoted-printable"), "5 € =zz =4"),
        (part("text/plain; charset=iso-8859-1", "=84Gr=FC=DFe=93", "Content-Transfer-Encoding: quoted-printable"), "„Grüße“"),
        (part("text/plain; charset=iso-8859-1", "Gr=C3=BC=C3=9Fe", "Content-Transfer-Encoding: quoted-printable"), "Grüße"),
        (part("text/plain; charset=utf-8", "R3LDvMOfZSDwn5iA\nIQ==\n", "Content-Transfer-Encoding: base64"), "Grüße 😀!"),
        (part("text/plain; charset=utf-8", "R3LDvMOfZSDwn5i", "Content-Transfer-Encoding: base64"), "Grüße \ufffd"),
        (part("text/plain", "Das ist kein Base64.", "Content-Transfer-Encoding: base64"), "Das ist kein Base64."),
        (part("text/plain; charset=utf-16-le", base64.b64encode("Grüße".encode("utf-16-le")).decode(),
              "Content-Transfer-Encoding: base64"), "Grüße"),
        (part("text/plain; format=flowed", "Das ist \nein Absatz. \n\n Von hier\n> a \n> b\nx \n> c\n-- \nRia"),
         "Das ist ein Absatz. \n\nVon hier\n> a \n> b\nx \n> c\n-- \nRia"),
        (part("text/plain; format=flowed; delsp=yes", "Donau \ndampf"), "Donaudampf"),
    ],
)  # fmt: skip
def test_what_is_read(mail_text: str, text: str) -> None:
    for line_end in ("\n", "\r\n"):
        found = draft((HEADER + mail_text).replace("\n", line_end))
        assert found.text.replace("\r\n", "\n").strip("\n") == text.strip("\n")
        assert (found.subject, found.template, dict(found.facts)) == ("Ihr Paket", False, {})


@pytest.mark.parametrize(
    ("mail_text", "reason"),
    [
        ("Hallo Welt", "is no mail"),
        ("", "is no mail"),
        (HEADER + "\n  \n", "without any text"),
        (
            HEADER + multipart("mixed", PDF, FORWARD),
            r"without readable text \(it holds application/pdf, message/rfc822\)",
        ),
        (
            HEADER + "Content-Type: multipart/mixed; boundary=x\n\nHallo",
            "the boundary “x” between its parts is missing",
        ),
        (HEADER + multipart("encrypted", PLAIN), "multipart/encrypted"),
        (HEADER + part("text/plain; charset=x-klingon", "Hallo"), "declares the unknown encoding “x-klingon”"),
        (HEADER + part("text/plain; charset=rot13", "Hallo"), "declares the unknown encoding “rot13”"),
        (HEADER + part("text/plain", "Hallo", "Content-Transfer-Encoding: x-uue"), "transfer encoding “x-uue”"),
        (HEADER + part("text/plain", "Hallo=00", "Content-Transfer-Encoding: quoted-printable"), "binary data"),
        (HEADER + part("text/plain", "AAAA", "Content-Transfer-Encoding: base64"), "binary data"),
        (
            HEADER + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(50)),
            "too deeply",
        ),
    ],
)
def test_what_cannot_be_read_says_why(mail_text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        draft(mail_text)


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("Ihr Paket", "Ihr Paket"),
        ("Ihr\n  Paket", "Ihr Paket"),
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe_an?= =?UTF-8?B?IFNpZQ==?=", "Grüße an Sie"),
        ("Re: =?iso-8859-1?q?Gr=FC=DFe?=\n =?iso-8859-1?q?_aus?= Köln", "Re: Grüße aus Köln"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),
        ("=?x-klingon?q?a?= b", "=?x-klingon?q?a?= b"),
        ("=?utf-8?b?R3L?= =?utf-8?q?offen", "Gr =?utf-8?q?offen"),
        ("Grüße", "Grüße"),
        ("", ""),
    ],
)
def test_subject(raw: str, subject: str) -> None:
    assert draft(f"X: y\nSubject: {raw}\nFrom: a\n\nHallo").subject == subject
    assert draft("From: a\n\nHallo").subject is None


LETTER = """From: Ria <ria@x.example>\r
To: =?utf-8?q?K=C3=BChn?= <k@x.example>,\r
\tTom <tom@x.example>\r
Subject: Re:\r
 Ihr Paket\r
Content-Type: multipart/alternative;\r
 boundary="=_x"\r
\r
--=_x\r
Content-Type: text/plain; charset="utf-8"\r
Content-Transfer-Encoding: quoted-printable\r
\r
Sehr geehrte Frau K=C3=BChn,\r
\r
das Paket =F0=9F=98=80 ist lei=\r
der ver=C3=\r
=BCbt. Das machen wir nicht!!=20\r
Gru=CC=88=C3=9Fe\r
\r
> Das machen wir nicht\r
--=_x\r
Content-Type: text/html; charset="utf-8"\r
\r
<p>Das machen wir nicht</p>\r
--=_x--\r
"""


def test_positions_in_quoted_printable() -> None:
    found = draft(LETTER)
    assert found.subject == "Re: Ihr Paket"
    assert places(
        found, "geehrte", "Kühn", "Paket 😀", "leider", "verübt", "Das machen wir nicht", "!!", "Gru\u0308ße"
    ) == [
        (13, 6, "geehrte"),
        (13, 19, "K=C3=BChn"),
        (15, 5, "Paket =F0=9F=98=80"),
        (15, 28, "lei=\r\nder"),
        (16, 5, "ver=C3=\r\n=BCbt"),
        (17, 8, "Das machen wir nicht"),
        (17, 28, "!!"),
        (18, 1, "Gru=CC=88=C3=9Fe"),
    ]
    assert editable(found, "Das machen wir nicht!!") and editable(found, "Sehr geehrte Frau K")
    assert not editable(found, "leider") and not editable(found, "ü")
    assert anatomy.dissect(found.text).inquiry == "Das machen wir nicht"
    assert "</p>" not in found.text


def test_positions_in_html_in_quoted_printable() -> None:
    body = '<div style=3D"color:red">Liebe <b>Frau K&uuml;=\nhn</b>,<br>\ndas geht=20\nnicht.</div>'
    found = draft(HEADER + part("text/html; charset=utf-8", body, "Content-Transfer-Encoding: quoted-printable"))
    assert found.text == "Liebe Frau Kühn,\ndas geht nicht."
    assert places(found, "Liebe", "Frau", "Kühn", "geht", "nicht") == [
        (6, 26, "Liebe"),
        (6, 35, "Frau"),
        (6, 40, "K&uuml;=\nhn"),
        (8, 5, "geht"),
        (9, 1, "nicht"),
    ]
    assert editable(found, "nicht.") and not editable(found, "Kühn")


def test_base64_points_to_its_part() -> None:
    for kind, text in (
        ("plain", "Grüße, das machen wir nicht."),
        ("html", "<p>Grüße, <b>das</b> machen wir nicht.</p><p>x"),
    ):
        body = base64.encodebytes(text.encode()).decode().strip()
        found = draft(HEADER + part(f"text/{kind}; charset=utf-8", body, "Content-Transfer-Encoding: base64"))
        assert found.text.startswith("Grüße, das machen wir nicht.")
        assert places(found, "Grüße", "machen wir nicht") == [(6, 1, body), (6, 1, body)]
        assert not editable(found, "nicht")


def test_bytes_in_several_charsets() -> None:
    utf8 = part("text/plain; charset=utf-8", "Grüße „Á“").encode()
    latin = part("text/plain; charset=iso-8859-15", "Grüße €").encode("iso-8859-15")
    windows = part("text/plain; charset=windows-1252", "Grüße „€“").encode("cp1252")
    russian = part("text/plain; charset=koi8-r", "Я: Straße".replace("ß", "ss")).encode("koi8-r")
    data = HEADER.replace("Paket", "Päket").encode("cp1252") + b"Content-Type: multipart/mixed; boundary=b\n\n"
    data += b"".join(b"--b\n" + each + b"\n" for each in (utf8, latin, windows, russian)) + b"--b--\n"
    found = draft(data)
    assert found.source.encoding == "latin-1"
    assert found.subject == "Ihr Päket"
    assert found.text == "Grüße „Á“\n\nGrüße €\n\nGrüße „€“\n\nЯ: Strasse"
    text = found.source.text
    for words, line in (("Grüße „Á", 8), ("Grüße €", 12), ("Grüße „€", 16), ("Я: Strasse", 20)):
        at = found.text.index(words)
        span = found.map.to_source(Span(at, at + len(words)))
        assert found.source.position(span.start).line == line
        charset = ("utf-8", "iso-8859-15", "cp1252", "koi8-r")[line // 4 - 2]
        assert text[span.start : span.end].encode("latin-1").decode(charset) == words
    assert editable(found, ": Strasse") and not editable(found, "€")
    # What reads the same in the file's decoding is verbatim, umlauts included.
    at = found.text.index("Grüße €")
    assert found.map.editable(Span(at, at + 6))


def test_charsets_in_a_file_in_windows_1252() -> None:
    found = draft((HEADER + part("text/plain; charset=utf-8", "Grüße „€“")).encode("cp1252"))
    assert (found.source.encoding, found.text) == ("cp1252", "Grüße „€“")
    assert editable(found, "Grüße „€“")
    found = draft((HEADER + part("text/plain; charset=iso-8859-1", "Grüße")).encode())
    assert (found.source.encoding, found.text) == ("utf-8", "Grüße")


def test_an_mbox_line_and_blank_lines_may_come_first() -> None:
    assert draft("\n\nFrom ria Mon May 12 10:15:00 2025\n" + HEADER + "\nHallo").text == "Hallo"
    assert places(draft("From ria Mon\n" + HEADER + "\nHallo"), "Hallo") == [(5, 1, "Hallo")]


LINE = st.lists(
    st.sampled_from(
        ["Wort", "Größe", "😀", "e\u0308", "= ", "=C3", "Я", " ", "  ", "\t", ".", "From ", "--b", "<b>", "{{ x }}"]
    ),
    max_size=40,
).map("".join)
BODY = st.lists(LINE, min_size=1, max_size=8).map("\n".join).filter(str.strip)


@settings(max_examples=1200, deadline=None)
@given(BODY, st.sampled_from(["quoted-printable", "base64", "8bit"]), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_what_the_standard_library_writes_is_read(body: str, encoding: str, attach: bool, line_end: str) -> None:
    message = EmailMessage(policy=email.policy.default.clone(linesep=line_end))
    message["Subject"] = "Größe 😀"
    message.set_content(body, charset="utf-8", cte=encoding)
    if attach:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    found = draft(message.as_bytes())
    assert found.subject == "Größe 😀"
    assert found.text.replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n")


@settings(max_examples=1000, deadline=None)
@given(BODY, st.sampled_from(["utf-8", "cp1252", "iso-8859-15", "koi8-r"]))
def test_quoted_printable_as_the_standard_library(body: str, charset: str) -> None:
    data = body.encode(charset, "ignore")
    encoded = quopri.encodestring(data).decode("ascii")
    head = HEADER + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: quoted-printable\n\n"
    expected = data.decode(charset)
    if expected.strip():
        assert draft(head + encoded).text == expected


PARTS = [
    "Content-Type: text/plain; charset=utf-8\n", "Content-Type: text/html; charset=iso-8859-1\r\n", "\n--B\n", "\n--B--\n",
    "Content-Type: multipart/alternative; boundary=B\n", 'Content-Type: multipart/mixed; boundary="C"\n', "\n--C\n", "\n", "\r\n",
    "Content-Transfer-Encoding: quoted-printable\n", "Content-Transfer-Encoding: base64\n", "Subject: =?utf-8?q?=C3=BC?=\n", "=C3=BC",
    "=C3=\n=BC", "=FC", "=\n", "=20\n", "R3LDvMOfZQ==", "Hallo ", "Grüße", " \n", "<p>", "&auml;", "> ", "=", "=0", "-- \n", "x-y: ",
    "Content-Type: text/plain; format=flowed; delsp=yes; charset=koi8-r\n", "Content-Type: text/plain; charset=x-none\n", "\x00",
    "Content-Disposition: attachment\n", "charset=shift_jis", "Content-Type: text/plain; charset=utf-16\n", "=?x?b?", " x",
    "Content-Type: message/rfc822\n\n", "Content-Type: text/plain; charset=utf-7\n", "<div class=gmail_quote>", "\r",
]  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=3)), max_size=20).map("".join),
    st.sampled_from(["utf-8", "cp1252", "latin-1"]),
)
def test_the_map_holds_for_anything(text: str, encoding: str) -> None:
    text = ("From: x\n" + text).encode(encoding, "ignore").decode(encoding)
    try:
        found = mail.read(source(text, "a.eml", encoding))[0]
    except UnreadableError:
        return
    holds(found.text, found.map, text)


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["a.eml", "a.html", "a.md", "a.twig"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    data = b"From: x\n" + data
    try:
        found = read(decode(data, name, declared_encoding(data, name)))
    except UnreadableError:
        return
    for each in found:
        holds(each.text, each.map, each.source.text)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("text/plain\nContent-Transfer-Encoding: quoted-printable", "=C3"),
        ("text/plain\nContent-Transfer-Encoding: quoted-printable", "= "),
        ("text/plain\nContent-Transfer-Encoding: quoted-printable", "Gr=C3=BC=C3=9Fe =\n aus  \n"),
        ("text/plain; format=flowed", "das \n"),
        ("text/html\nContent-Transfer-Encoding: quoted-printable", "<p>=\n&auml;"),
        ("multipart/mixed; boundary=b", "--b\n\nx\n"),
        ("multipart/mixed; boundary=b", "--b "),
        ("multipart/mixed; boundary=b", "--b\nContent-Type: multipart/mixed; boundary=b\n\n"),
        ("text/plain; a=b", "Grüße "),
    ],
)
def test_long_hostile_mail_comes_to_an_end(head: str, unit: str) -> None:
    """Anything worse than linear would take minutes here."""
    text = f"From: x\nContent-Type: {head}\n\n" + unit * (300_000 // len(unit))
    for encoding in ("utf-8", "latin-1"):
        try:
            mail.read(source(text, "a.eml", encoding))
        except UnreadableError:
            continue
