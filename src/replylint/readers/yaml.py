"""YAML with positions: plain values, the strings of which know where they stand, in every scalar style.

PyYAML's C loader composes the nodes and their marks; how a scalar's text maps to the file follows YAML 1.2 sections 7.3
(flow scalars) and 8.1 (block scalars). Aliases are shared and never copied, and their number is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from replylint.draft import Comment
from replylint.expressions import expression
from replylint.readers.comments import Found, in_range, placed
from replylint.readers.located import Located
from replylint.source import Source, UnreadableError

Stretch = tuple[str, int, int, bool]
_SPACE_RUN = expression(r"[ \t]*(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*")
_BREAK = expression(r"\r\n|\r|\n")
_DOUBLED = expression("''")
_ESCAPE = expression(r"\\(?:\r\n[ \t]*|[\r\n][ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_SIMPLE = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HEADER = expression(r"[|>](?:[+-]?(?P<one>\d)?|(?P<two>\d)[+-]?)[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|$)")
_PROPERTIES = expression(r"(?:[&!]\S*\s+){1,2}")
_MOST_NODES = 3_000_000


def _flow(raw: str, start: int, end: int, special: re.Pattern[str] | None) -> Iterator[Stretch]:
    """A flow scalar's content: line folding, and what `special` matches (quotes doubled, escapes)."""
    at = start
    while at < end:
        fold = _SPACE_RUN.search(raw, at, end)
        stop = fold.start() if fold else end
        while special is not None and (match := special.search(raw, at, stop)):
            yield raw[at : match.start()], at, match.start(), True
            yield _unescaped(match[0]), match.start(), match.end(), False
            at = match.end()
        yield raw[at:stop], at, stop, True
        if fold is None:
            return
        breaks = len(_BREAK.findall(fold[0]))
        yield ("\n" * (breaks - 1) or " "), fold.start(), fold.end(), False
        at = fold.end()


def _unescaped(escape: str) -> str:
    if escape == "''":
        return "'"
    code = escape[1:]
    if code[0] in "\r\n":
        return ""
    if code[0] in "xuU" and len(code) > 1:
        value = int(code[1:], 16)
        return chr(value) if value <= 0x10FFFF else "\ufffd"
    return _SIMPLE.get(code, code)


def decode_plain(raw: str, start: int, end: int) -> list[Stretch]:
    """The stretches of a plain scalar."""
    return list(_flow(raw, start, end, None))


def decode_single(raw: str, start: int, end: int) -> list[Stretch]:
    """The stretches of a 'single-quoted' scalar."""
    return list(_flow(raw, start + 1, end - 1, _DOUBLED))


def decode_double(raw: str, start: int, end: int) -> list[Stretch]:
    """The stretches of a "double-quoted" scalar."""
    stretches: list[Stretch] = []
    at = start + 1
    # An escaped line break swallows the white space around it, so escapes go before folding.
    for match in _ESCAPE.finditer(raw, start + 1, end - 1):
        stretches += _flow(raw, at, match.start(), None)
        stretches.append((_unescaped(match[0]), match.start(), match.end(), False))
        at = match.end()
    stretches += _flow(raw, at, end - 1, None)
    return stretches


def block_lines(raw: str, start: int, end: int) -> tuple[int, list[tuple[int, int, int]]]:
    """A block scalar's indentation and its lines: (start, end without the break, end with it)."""
    header = _HEADER.match(raw, start, end)
    at = header.end() if header else end
    lines = []
    while at < end:
        match = _BREAK.search(raw, at, end)
        stop, after = match.span() if match else (end, end)
        lines.append((at, stop, after))
        at = after
    digit = (header["one"] or header["two"]) if header else None
    filled = [line for line in lines if raw[line[0] : line[1]].strip(" ")]
    if not filled:
        return 0, lines
    indent = len(raw[filled[0][0] : filled[0][1]]) - len(raw[filled[0][0] : filled[0][1]].lstrip(" "))
    if digit:
        # An explicit indentation counts from the parent's; the shallowest line shows the sum.
        indent = min(len(raw[low:high]) - len(raw[low:high].lstrip(" ")) for low, high, _ in filled)
    return indent, lines


def decode_literal(raw: str, start: int, end: int) -> list[Stretch]:
    """The stretches of a literal block scalar, all its final line breaks kept."""
    indent, lines = block_lines(raw, start, end)
    stretches: list[Stretch] = []
    for low, high, after in lines:
        begin = min(low + indent, high)
        stretches.append((raw[begin:high], begin, high, True))
        if after > high:
            stretches.append(("\n", high, after, after - high == 1 and raw[high] == "\n"))
    return stretches


def decode_folded(raw: str, start: int, end: int) -> list[Stretch]:
    """The stretches of a folded block scalar, all its final line breaks kept."""
    indent, lines = block_lines(raw, start, end)
    stretches: list[Stretch] = []
    pending: list[tuple[int, int]] = []  # line breaks since the last filled line
    last_deep = False
    seen = False
    for low, high, after in lines:
        begin = min(low + indent, high)
        words = raw[begin:high]
        if not words:
            pending.append((high, after))
            continue
        deep = words[0] in " \t"
        if pending:
            first = pending[0] if seen else None
            rest = pending[1:] if seen else pending
            if first is not None:
                if deep or last_deep:
                    stretches.append(("\n", *first, False))
                elif not rest:
                    stretches.append((" ", *first, False))
            stretches += [("\n", *place, False) for place in rest]
        stretches.append((words, begin, high, True))
        pending = [(high, after)] if after > high else []
        last_deep, seen = deep, True
    stretches += [("\n", *place, False) for place in pending if place[1] > place[0]]
    return stretches


_DECODERS = {None: decode_plain, "'": decode_single, '"': decode_double, "|": decode_literal, ">": decode_folded}


def _decoder(style: str | None, value: str) -> Any:
    decode = _DECODERS[style]
    if style not in ("|", ">"):
        return decode

    def chomped(raw: str, start: int, end: int) -> list[Stretch]:
        """Without the final line breaks that the scalar's header drops."""
        result: list[Stretch] = []
        left = len(value)
        for words, low, high, verbatim in decode(raw, start, end):
            if len(words) > left:
                words, high, verbatim = words[:left], low + left if verbatim else high, verbatim
            if words:
                result.append((words, low, high, verbatim))
            left -= len(words)
        return result

    return chomped


def parse(source: Source) -> list[Any]:
    """The documents of a YAML file; their strings (not the keys) are Located. Raises UnreadableError."""
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loader = loader_class(source.text)
    except yaml.YAMLError as error:
        raise UnreadableError(f"is not YAML: {error}") from error
    documents = []
    try:
        while loader.check_node():
            documents.append(_build(loader.get_node(), loader, source.text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise UnreadableError(f"is not YAML: {error.problem or error.context}{where}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(f"is not YAML: {error}") from error
    except RecursionError as error:
        raise UnreadableError("is not YAML that can be read: it is nested too deeply") from error
    finally:
        loader.dispose()
    return documents


def _build(root: Any, loader: Any, text: str) -> Any:
    """The value of a node. A node that an alias names again is built once and shared; one inside itself is None. Raises
    ValueError where the whole, each alias followed, would be too large to walk through."""
    built: dict[int, tuple[Any, int]] = {}

    def value_of(node: Any) -> tuple[Any, int]:
        if id(node) in built:
            return built[id(node)]
        built[id(node)] = None, 1
        result: Any
        size = 1
        if node.id == "scalar":
            result = _scalar(node, loader, text)
        elif node.id == "sequence":
            result = []
            for child in node.value:
                value, more = value_of(child)
                result.append(value)
                size += more
        else:
            result = {}
            for key, child in node.value:
                name = str(key.value) if key.id == "scalar" else str(key.start_mark.line + 1)
                result[name], more = value_of(child)
                size += more
        if size > _MOST_NODES:
            raise ValueError("it holds too many values")
        built[id(node)] = result, size
        return result, size

    return value_of(root)[0]


def _scalar(node: Any, loader: Any, text: str) -> Any:
    if node.tag != "tag:yaml.org,2002:str" and node.style not in ("'", '"', "|", ">"):
        try:
            return loader.construct_object(node)
        except Exception:  # an unknown tag, or a date that is none: its text will do
            pass
    start = node.start_mark.index
    if text[start : start + 1] in ("&", "!"):  # an anchor or a tag stands before it
        properties = _PROPERTIES.match(text, start, node.end_mark.index)
        start = properties.end() if properties else start
    return Located.of(node.value, start, node.end_mark.index, _decoder(node.style or None, node.value))


_BLOCK_HEADER = expression(r"[|>][-+\d]*(?=[ \t])[^\r\n]*")


def comments_in(source: Source) -> tuple[Comment, ...]:
    """The comments to replylint of a YAML file that can be parsed. The list item or the value whose line it is belongs
    to a line: a comment above it, or at the line's end, speaks of all that is in it."""
    import yaml

    text = source.text
    scalars: dict[int, tuple[int, bool]] = {}  # by their start: the end, and whether it is a block
    ends: dict[int, int] = {}  # by the number of a line, where what begins there ends
    seen: set[int] = set()  # an alias names a node again

    def begins(start: int, end: int) -> None:
        line = source.position(start).line
        ends[line] = max(ends.get(line, 0), end)

    stack = list(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    while stack:
        node = stack.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            scalars[node.start_mark.index] = node.end_mark.index, node.style in ("|", ">")
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                begins(item.start_mark.index, item.end_mark.index)
                stack.append(item)
        else:
            for key, value in node.value:
                begins(key.start_mark.index, max(key.end_mark.index, value.end_mark.index))
                stack += (key, value)
    found: list[Found] = []
    at = 0
    for start, (end, block) in sorted(scalars.items()):
        found += in_range(text, at, start)
        header = _BLOCK_HEADER.match(text, start, end) if block else None
        if header is not None:
            found += in_range(text, start, header.end())
        at = max(at, end)
    found += in_range(text, at, len(text))
    return placed(text, found, lambda line: max(line.end, ends.get(source.position(line.start).line, 0)))
