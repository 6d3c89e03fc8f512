"""Rule files as trees that know where each value stands, so that an error can say file, line and column.

Values are plain YAML (safe tags only, no anchors: an alias bomb can't be written). All errors of a pack are collected
and raised at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# The keys that the file of a check may have, whatever its kind; the kind adds its own.
RULE_KEYS = (
    "id", "kind", "category", "severity", "sources", "message", "why", "flags", "leaves", "enabled", "when",
    "yields-to", "severities", "examples",
)  # fmt: skip
REQUIRED_KEYS = ("id", "kind", "category", "severity", "message", "why", "examples")
EXAMPLE_KEYS = ("bad", "good", "at", "rewritten", "inquiry", "template", "address", "facts")
WORD_KEYS = ("id", "words")


@dataclass(frozen=True, slots=True, order=True)
class RuleError:
    """Something wrong in a rule file; line and column count from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class RuleErrors(Exception):
    """All that is wrong in the packs that were loaded."""

    def __init__(self, errors: Iterable[RuleError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))


class Node:
    """A value of a rule file. `value` is a str, int, float, bool, None, a list of nodes, or a dict of nodes."""

    __slots__ = ("column", "errors", "keys", "line", "path", "value")

    def __init__(self, value: Any, path: str, line: int, column: int, errors: list[RuleError]) -> None:
        self.value = value
        self.path = path
        self.line = line
        self.column = column
        self.errors = errors
        self.keys: dict[str, Node] = {}

    def plain(self, without: Iterable[str] = ()) -> Any:
        """Its value as JSON can hold it, the keys named left out."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items() if key not in without}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def flat(self) -> str:
        """Its value on one line: text as it is, all else as JSON."""
        if isinstance(self.value, str):
            return self.value
        import json

        return json.dumps(self.plain(), ensure_ascii=False, default=str)

    def child(self, key: str) -> Node | None:
        """What stands under a key, or None; nothing is checked."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def with_value(self, value: Any, keys: Mapping[str, Node] | None = None) -> Node:
        """A node in the same place with another value."""
        node = Node(value, self.path, self.line, self.column, self.errors)
        node.keys = dict(self.keys if keys is None else keys)
        return node

    def error(self, message: str, offset: int = 0) -> None:
        """Note that something is wrong here (`offset` code points further on)."""
        self.errors.append(RuleError(self.path, self.line, self.column + offset, message))

    def mapping(self, allowed: Iterable[str], required: Iterable[str] = ()) -> Mapping[str, Node]:
        """Its keys and values; unknown and missing keys are errors. Empty where it is no mapping."""
        if not isinstance(self.value, dict):
            self.error(f"expected keys and values here, found {_kind(self.value)}")
            return {}
        allowed = list(allowed)
        for key in self.value:
            if key not in allowed:
                self.keys[key].error(f"unknown key “{key}”{did_you_mean(key, allowed)}")
        for key in required:
            if key not in self.value:
                self.error(f"the key “{key}” is missing")
        return {key: node for key, node in self.value.items() if key in allowed}

    def items(self) -> Iterator[Node]:
        """The nodes of a list; a single value counts as a list of one."""
        if isinstance(self.value, list):
            yield from self.value
        else:
            yield self

    def string(self) -> str:
        """Its text; anything else is an error, and ""."""
        if isinstance(self.value, str):
            return self.value
        hint = ""
        if isinstance(self.value, (bool, int, float)) or self.value is None:
            hint = "; put it in quotes"
        self.error(f"expected text here, found {_kind(self.value)}{hint}")
        return ""

    def strings(self) -> tuple[str, ...]:
        """The texts of a list, or the one text."""
        return tuple(node.string() for node in self.items())

    def boolean(self) -> bool:
        """Its yes or no; anything else is an error, and False."""
        if not isinstance(self.value, bool):
            self.error(f"expected yes or no here, found {_kind(self.value)}")
            return False
        return self.value

    def number(self) -> float:
        """Its number; anything else is an error, and 0."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self.error(f"expected a number here, found {_kind(self.value)}")
            return 0
        return self.value

    def choice(self, known: Iterable[str]) -> str:
        """Its text, one of `known`; another one is an error, and the first of `known`."""
        known = list(known)
        text = self.string()
        if text in known:
            return text
        if isinstance(self.value, str):
            self.error(f"unknown value “{text}”{did_you_mean(text, known)}; known are {', '.join(known)}")
        return known[0]


class _KeptNode(Node):
    """A node that a tree kept as JSON stands for; what is below it is made when it is asked for."""

    __slots__ = ("_plain",)

    def __init__(self, plain: Any, path: str, errors: list[RuleError]) -> None:
        self._plain = plain
        self.path = path
        self.line = self.column = 0
        self.errors = errors
        self.keys = {}

    def __getattr__(self, name: str) -> Any:
        if name != "value":
            raise AttributeError(name)
        plain = self.value = self._plain
        if isinstance(plain, dict):
            self.value = {key: _KeptNode(item, self.path, self.errors) for key, item in plain.items()}
        elif isinstance(plain, list):
            self.value = [_KeptNode(item, self.path, self.errors) for item in plain]
        return self.value

    def plain(self, without: Iterable[str] = ()) -> Any:
        """As `Node.plain`; not to be changed."""
        if without and isinstance(self._plain, dict):
            return {key: item for key, item in self._plain.items() if key not in without}
        return self._plain


def from_plain(value: Any, path: str, errors: list[RuleError]) -> Node:
    """The tree of a value that `Node.plain` gave; it knows no lines."""
    return _KeptNode(value, path, errors)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """„; did you mean “x”?“ where a known word is near, else ""."""
    near = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f"; did you mean “{near[0]}”?" if near else ""


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "keys and values"
    return "text"


def parse(text: str, path: str, errors: list[RuleError]) -> Node | None:
    """The tree of a rule file's text, or None where it is no YAML (then `errors` says why)."""
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = loader_class(text)
    try:
        root = loader.get_single_node()
        if root is None:
            errors.append(RuleError(path, 1, 1, "the file is empty"))
            return None
        return _node(root, loader, path, errors, set())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        errors.append(RuleError(path, line, column, _explain(error, text, line)))
        return None
    except yaml.YAMLError as error:
        errors.append(RuleError(path, 1, 1, f"is not YAML: {error}"))
        return None
    finally:
        loader.dispose()


def _explain(error: Any, text: str, line: int) -> str:
    lines = text.splitlines()
    content = lines[line - 1] if 0 < line <= len(lines) else ""
    value = content.partition(":")[2].strip() or content.strip().removeprefix("-").strip()
    if value[:1] in ("*", "@", "&", "%", "`", "!"):
        return f'a value that begins with „{value[0]}“ has to stand in quotes: "{value}"'
    return f"is not YAML: {error.problem or error.context}"


def _node(node: Any, loader: Any, path: str, errors: list[RuleError], seen: set[int]) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if id(node) in seen:
        errors.append(RuleError(path, line, column, "an alias (*name) is used here; rule files can't hold aliases"))
        return Node(None, path, line, column, errors)
    seen.add(id(node))
    if node.id == "scalar":
        quoted = 1 if node.style in ("'", '"') else 0
        return Node(loader.construct_object(node), path, line, column + quoted, errors)
    if node.id == "sequence":
        return Node([_node(child, loader, path, errors, seen) for child in node.value], path, line, column, errors)
    result = Node({}, path, line, column, errors)
    for key_node, value_node in node.value:
        key = _node(key_node, loader, path, errors, seen)
        name = key.value if isinstance(key.value, str) else str(key.value)
        if not isinstance(key.value, str):
            if isinstance(key.value, bool):  # „in“ and „of“ are fine, but YAML 1.1 reads a bare „on“ or „no“ as yes/no
                name = "yes" if key.value else "no"
            key.error(f"the key {name} has to be text; put it in quotes")
        if name in result.value:
            key.error(f"the key “{name}” stands here twice")
        result.keys[name] = key
        result.value[name] = _node(value_node, loader, path, errors, seen)
    return result
