"""What the tests of fixing share: a check whose findings are marks in a text, and replies in every format.

A mark `QZ<number>QZ` is a finding that has the rewrite of that number. It is written the same in all formats."""

from __future__ import annotations

import csv
import io
import json
import quopri
import re
from collections.abc import Callable, Mapping, Sequence

from replylint.draft import Draft
from replylint.findings import Finding, Fix, Rewrite, Safety, Severity
from replylint.fix import Fixed, Kit, fixed
from replylint.readers import declared_encoding, read
from replylint.source import Edit, Source, Span, decode
from replylint.writers import writers

MARK = re.compile(r"QZ(\d+)QZ")


def marks(rewrites: Mapping[int, str], safety: Safety = Safety.SAFE) -> Callable[[Draft], list[Finding]]:
    """A check that finds the marks in a draft."""

    def check(draft: Draft) -> list[Finding]:
        found = []
        for match in MARK.finditer(draft.text):
            span = Span(*match.span())
            text = rewrites[int(match[1])]
            rewrite = Rewrite(text, safety, span, Fix((Edit(span, text),), safety))
            found.append(finding(draft, span, rewrite, rule=f"mark-{match[1]}"))
        return found

    return check


def finding(draft: Draft, span: Span, *rewrites: Rewrite, rule: str = "mark", missing: bool = False) -> Finding:
    """A warning on a draft."""
    return Finding(rule, "test", Severity.WARNING, "", "", draft, span, missing, tuple(rewrites))


def kit(check: Callable[[Draft], Sequence[Finding]]) -> Kit:
    """How a file is read and checked, without a configuration."""
    return Kit(read, writers, check)


def opened(name: str, data: bytes) -> Source:
    """A file as the program decodes it."""
    return decode(data, name, declared_encoding(data, name))


def fix(name: str, data: bytes, rewrites: Mapping[int, str], safety: Safety = Safety.SAFE) -> Fixed:
    """A file with its marks replaced. Asserts that fixing it once more changes nothing."""
    check = marks(rewrites)
    result = fixed(opened(name, data), kit(check), safety)
    again = fixed(opened(name, result.data), kit(check), safety)
    assert (again.data, again.made) == (result.data, []), "fixing twice changes something"
    return result


# Replies in every format


def _yaml_block(mark: str, text: str) -> str:
    lines = "\n".join(f"      {line}" if line.strip() else "" for line in text.split("\n"))
    return f"# Bausteine\n- name:   x\n  text: {mark}\n{lines}\n- name: y\n  text: 'Das ist noch ein anderer Text.'\n"


def _yaml_quoted(quote: str, text: str) -> str:
    if quote == "'":
        words = text.replace("'", "''").replace("\n", "\n\n    ")
    else:
        words = json.dumps(text, ensure_ascii=False)[1:-1]
    return f"a:   1\nreplies:\n  - text: {quote}{words}{quote}  # Ende\n    ja: [1,2]\n"


def _json(text: str, *, ascii_only: bool) -> str:
    return '{"x" : [1,2 ],\n\t"text": ' + json.dumps(text, ensure_ascii=ascii_only) + ' ,"y":"ü\\u00e4"}\n'


def _csv(text: str, *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([["nr", "text"], ["1", text], ["2", "Noch ein anderer Text."]])
    return out.getvalue()


def _po(text: str) -> str:
    lines = text.split("\n")
    escaped = [line.replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    strings = "\n".join(f'"{line}\\n"' for line in escaped[:-1]) + f'\n"{escaped[-1]}"'
    return f'msgid ""\nmsgstr "Language: de\\n"\n\n#: a.py\nmsgid "x"\nmsgstr ""\n{strings}\n\nmsgid "y"\nmsgstr "Ja, das geht so."\n'


def _html(text: str, *, entities: bool = False) -> str:
    words = text.replace("&", "&amp;").replace("<", "&lt;")
    if entities:
        words = words.encode("ascii", "xmlcharrefreplace").decode()
    paragraphs = "".join(
        f'  <p class="a">{part}</p>\n' for part in words.replace("\n\n", "\0").replace("\n", "<br>").split("\0")
    )
    return f"<!-- x --><body>\n{paragraphs}</body>\n"


_HEAD = "From: a@shop.example\r\nSubject: =?utf-8?q?Ihre_Anfrage?=\r\nMIME-Version: 1.0\r\n"


def _mail(text: str, kind: str, charset: str, encoding: str) -> bytes:
    body = text.replace("\n", "\r\n").encode(charset, "replace")
    if encoding == "quoted-printable":
        body = quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    head = f"{_HEAD}Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body + b"\r\n"


def _text(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _flat(text: str) -> str:
    return " ".join(text.split())


Format = Callable[[str], tuple[str, bytes]]
FORMATS: Mapping[str, Format] = {
    "text": lambda text: ("a.txt", _text(text, "utf-8")),
    "text, CRLF, cp1252": lambda text: ("a.txt", _text(_crlf(text + "\nGrüße"), "cp1252")),
    "text, BOM": lambda text: ("a.txt", _text(text, "utf-8-sig")),
    "text, UTF-16": lambda text: ("a.txt", b"\xff\xfe" + _text(_crlf(text), "utf-16-le")),
    "text with front matter": lambda text: ("a.txt", _text(f"---\nkind: complaint\n---\n{text}", "utf-8")),
    "Markdown": lambda text: ("a.md", _text(f"# Titel\n\n{text}\n\n* eins **zwei**\n", "utf-8")),
    "Markdown, CRLF": lambda text: ("a.md", _text(_crlf(f"{text}\n"), "utf-8")),
    "HTML": lambda text: ("a.html", _text(_html(text), "utf-8")),
    "HTML, entities": lambda text: ("a.html", _text(_html(text, entities=True), "ascii")),
    "HTML, declared": lambda text: (
        "a.html",
        _text(f'<meta charset="iso-8859-15">{_html(text, entities=True)}<p>Gr\xfc\xdfe</p>', "iso-8859-15"),
    ),
    "template": lambda text: ("a.html.twig", _text(f"{{% if a %}}\n{_html(text)}{{% endif %}}\n", "utf-8")),
    "JSON": lambda text: ("a.json", _text(_json(text, ascii_only=False), "utf-8")),
    "JSON, escaped": lambda text: ("a.json", _text(_json(text, ascii_only=True).replace("ü", ""), "utf-8")),
    "JSON, HTML inside": lambda text: ("a.json", _text(_json(_html(text), ascii_only=False), "utf-8")),
    "JSON, UTF-16": lambda text: ("a.json", b"\xfe\xff" + _text(_json(text, ascii_only=False), "utf-16-be")),
    "YAML, literal": lambda text: ("a.yaml", _text(_yaml_block("|", text), "utf-8")),
    "YAML, literal, stripped, CRLF": lambda text: ("a.yaml", _text(_crlf(_yaml_block("|-", text)), "utf-8")),
    "YAML, folded": lambda text: ("a.yaml", _text(_yaml_block(">", text), "utf-8")),
    "YAML, single": lambda text: ("a.yaml", _text(_yaml_quoted("'", text), "utf-8")),
    "YAML, double": lambda text: ("a.yaml", _text(_yaml_quoted('"', text), "utf-8")),
    "YAML, plain": lambda text: (
        "a.yaml",
        _text(f"- text:  Guten {_flat(text).replace(': ', ' ').replace(' #', ' ')} Ende\n  b: 1\n", "utf-8"),
    ),
    "YAML, HTML inside": lambda text: ("a.yaml", _text(_yaml_block("|", _html(text)), "utf-8")),
    "CSV": lambda text: ("a.csv", _text(_csv(text, quoting=csv.QUOTE_ALL), "utf-8")),
    "CSV, cp1252": lambda text: ("a.csv", _text(_csv(text + " Grüße", quoting=csv.QUOTE_ALL), "cp1252")),
    "gettext": lambda text: ("a.po", _text(_po(text), "utf-8")),
    "mail, 8bit": lambda text: ("a.eml", _mail(text, "text/plain", "utf-8", "8bit")),
    "mail, quoted-printable": lambda text: ("a.eml", _mail(text, "text/plain", "utf-8", "quoted-printable")),
    "mail, latin-1": lambda text: ("a.eml", _mail(text + " Grüße", "text/plain", "iso-8859-1", "8bit")),
    "mail, latin-1, quoted-printable": lambda text: (
        "a.eml",
        _mail(text + " Grüße", "text/plain", "iso-8859-1", "quoted-printable"),
    ),
    "mail, HTML": lambda text: ("a.eml", _mail(_html(text), "text/html", "utf-8", "quoted-printable")),
    "mail, flowed": lambda text: ("a.eml", _mail(text.replace("\n", " \n"), "text/plain; format=flowed", "utf-8", "8bit")),
}  # fmt: skip
"""Each takes a reply's text and gives a file's name and its bytes."""
