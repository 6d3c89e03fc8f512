"""Plain text: one draft a file, word for word.

In: a decoded file. Out: one draft whose text stands in the file as it is, line ends included. Front matter may come
first, between two lines `---`: lines `key: value` are the draft's facts (keys in lower case), `template: true` marks a
template, `subject:` and `inquiry:` say what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from replylint.draft import MARK, Comment, Draft
from replylint.expressions import expression
from replylint.source import Source, SourceMap, UnreadableError

if TYPE_CHECKING:
    from replylint.readers.comments import Found

_LINE = expression(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FENCE = expression(r"---[ \t]*")
_PAIR = expression(r"([A-Za-zÄÖÜäöüß_][\w\-]*)[ \t]*:(?:[ \t]+|$)(.*)")
_TRUE = frozenset({"true", "yes", "ja", "on", "1"})
_FALSE = frozenset({"false", "no", "nein", "off", "0"})
_MAX_LINES = 200  # front matter longer than this is none: the text merely begins with a rule


Convert = Callable[[str, int], tuple[str, SourceMap]]
"""Takes a file's text and where the reply begins in it, and gives the reply's text and its map."""
Find = Callable[[str, int], "list[Found]"]
"""Takes a file's text and where the reply begins in it, and gives the reply's comments to replylint."""


def read(source: Source) -> list[Draft]:
    """The one draft of a plain text file. Raises UnreadableError where the front matter is malformed."""
    return [draft(source, as_it_is, _comments)]


def _comments(text: str, start: int) -> list[Found]:
    from replylint.readers import comments

    return [each for each in comments.plain(text) if each.start >= start]


def as_it_is(text: str, start: int) -> tuple[str, SourceMap]:
    """The text word for word."""
    return text[start:], SourceMap.identity(len(text) - start, start)


def draft(source: Source, convert: Convert, find: Find, *, yaml: bool = False) -> Draft:
    """The one draft of a file with optional front matter above a text that `convert` reads, without the comments that
    `find` finds there; `yaml` says that the front matter may hold nested values, which are passed over. Raises
    UnreadableError where it is malformed."""
    facts, start = _front_matter(source.text, yaml=yaml)
    template = _boolean(facts.pop("template", "false"), "template")
    subject = facts.pop("subject", None)
    inquiry = facts.pop("inquiry", None)
    whole = source.text
    found: tuple[Comment, ...] = ()
    if MARK in whole:
        from replylint.readers import comments, mapping

        # Those in the front matter stay: it passes over them itself.
        all_found = [*comments.plain(whole[:start]), *find(whole, start)]
        whole, without, found = comments.taken(whole, SourceMap.identity(len(whole)), all_found, whole, start)
        text, source_map = convert(whole, start)
        source_map = mapping.chained(text, source_map, without)
    else:
        text, source_map = convert(whole, start)
    return Draft(
        source=source,
        text=text,
        map=source_map,
        template=template,
        inquiry=inquiry,
        subject=subject,
        facts=MappingProxyType(facts),
        comments=found,
    )


def _front_matter(text: str, *, yaml: bool = False) -> tuple[dict[str, str], int]:
    """The facts and the offset where the text begins; none and 0 where there is no front matter."""
    if not text.startswith("---"):
        return {}, 0
    first = _LINE.match(text)
    if first is None or not _FENCE.fullmatch(first[1]):
        return {}, 0
    if not _opens_front_matter(text, first.end()):
        return {}, 0
    facts: dict[str, str] = {}
    position = first.end()
    for number in range(2, _MAX_LINES + 2):
        match = _LINE.match(text, position)
        if match is None or position >= len(text):
            break
        line = match[1].rstrip()
        position = match.end()
        if _FENCE.fullmatch(line):
            return facts, position
        if not line or line.lstrip().startswith("#"):
            continue
        if yaml and number > 2 and line[0] in " \t-":
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise UnreadableError(f"has malformed front matter: line {number} is no “key: value”")
        key = pair[1].lower()
        if key in facts:
            raise UnreadableError(f"has malformed front matter: line {number} gives “{key}” a second time")
        facts[key] = _unquoted(pair[2].strip())
    raise UnreadableError("has malformed front matter: line 1 opens it, but no line “---” closes it")


def _opens_front_matter(text: str, position: int) -> bool:
    """Whether what follows a first line `---` is meant as front matter, rather than a text below a rule."""
    for number in range(_MAX_LINES):
        match = _LINE.match(text, position)
        if match is None or position >= len(text) or not match[1].strip():
            return False
        if number == 0 and _PAIR.fullmatch(match[1].rstrip()):
            return True
        if _FENCE.fullmatch(match[1]):
            return True  # malformed or empty, but closed
        position = match.end()
    return False


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _boolean(value: str, key: str) -> bool:
    folded = value.strip().lower()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise UnreadableError(f"has malformed front matter: “{key}” is “{value}”, neither true nor false")
