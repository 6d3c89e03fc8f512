"""CSV with positions: the cells of each row, quoted or not, know where they stand. RFC 4180; the delimiter is found."""

from __future__ import annotations

import re

from replylint.readers.located import Located
from replylint.source import Source, UnreadableError

_DELIMITERS = (";", ",", "\t", "|")


def decode(raw: str, start: int, end: int) -> list[tuple[str, int, int, bool]]:
    """The stretches of a cell (its range with the quotes, where it has some)."""
    if raw[start : start + 1] != '"':
        return [(raw[start:end], start, end, True)]
    stretches = []
    at = start + 1
    inner_end = end - 1
    while (quote := raw.find('""', at, inner_end)) >= 0:
        stretches.append((raw[at:quote], at, quote, True))
        stretches.append(('"', quote, quote + 2, False))
        at = quote + 2
    stretches.append((raw[at:inner_end], at, inner_end, True))
    return stretches


def delimiter(text: str) -> str:
    """The delimiter of a file: the one most frequent in its header row, outside quotes; a comma where there is none."""
    header = re.sub(r'"(?:[^"]++|"")*+"', "", text[:10_000]).lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))


def parse(source: Source) -> list[list[Located]]:
    """The rows of a file, the header first; blank lines are left out. Raises UnreadableError for a stray quote."""
    text = source.text
    mark = delimiter(text)
    plain = re.compile(rf"[^{re.escape(mark)}\r\n]*")
    quoted = re.compile(r'"(?:[^"]++|"")*+"')
    rows: list[list[Located]] = []
    row: list[Located] = []
    at = 0
    while at < len(text):
        cell = quoted.match(text, at) if text[at] == '"' else plain.match(text, at)
        if cell is None:
            place = source.position(at)
            raise UnreadableError(f"is not CSV: the quote at line {place.line}, column {place.column} is never closed")
        start, at = cell.span()
        if text[start : start + 1] == '"' and at < len(text) and text[at] not in (mark, "\r", "\n"):
            place = source.position(at - 1)
            raise UnreadableError(
                f"is not CSV: a stray quote ends a cell at line {place.line}, column {place.column}; write it twice"
            )
        value = "".join(words for words, *_ in decode(text, start, at))
        row.append(Located.of(value, start, at, decode))
        if at < len(text) and text[at] == mark:
            at += 1
            if at == len(text):
                row.append(Located.of("", at, at, decode))
            continue
        if text.startswith("\r\n", at):
            at += 2
        elif at < len(text):
            at += 1
        if len(row) > 1 or row[0]:
            rows.append(row)
        row = []
    if row:
        rows.append(row)
    return rows
