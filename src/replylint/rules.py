"""Packs of YAML files → rules: read, checked and compiled; everything wrong in a pack is said at once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from replylint import __version__, cache
from replylint.checks import KINDS, Check
from replylint.checks import signal as signals
from replylint.checks.base import (
    Condition,
    Text,
    Workshop,
    parse_condition,
    parse_severity,
    parse_text,
)
from replylint.checks.signal import Signal
from replylint.findings import Severity
from replylint.german.phrases import PhraseBook
from replylint.rulefile import Node, RuleError, RuleErrors, did_you_mean, from_plain, parse

__all__ = ["Example", "Rule", "RuleError", "RuleErrors", "RuleSet", "load", "pack_folder"]

_RULE_KEYS = (
    "id", "kind", "category", "severity", "sources", "message", "why", "flags", "leaves", "enabled", "when",
    "yields-to",
    "severities", "examples",
)  # fmt: skip
_REQUIRED_KEYS = ("id", "kind", "category", "severity", "message", "why", "examples")
_EXAMPLE_KEYS = ("bad", "good", "at", "rewritten", "inquiry", "template", "address", "facts")
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Example:
    """A rule's own test: a `bad` text that is found exactly at `at` (empty for a document-level finding), or a `good`
    one, near a bad one, that stays silent. `rewritten` is the bad text with the first rewrite made."""

    path: str
    line: int
    bad: str | None = None
    good: str | None = None
    at: tuple[str, ...] = ()
    rewritten: str | None = None
    inquiry: str | None = None
    template: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a pack: what it is called, says and costs, why it exists, its examples, and the compiled check."""

    id: str
    kind: str
    category: str
    severity: Severity
    message: Text
    why: Text
    flags: Text
    leaves: Text
    sources: tuple[str, ...]
    examples: tuple[Example, ...]
    enabled: bool
    condition: Condition
    yields_to: tuple[str, ...]
    severities: tuple[tuple[Condition, Severity], ...]
    check: Check
    path: str

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The checks whose hits it reads."""
        check = self.check
        return tuple(getattr(check, "sources", ())) + tuple(getattr(check, "satisfied_by", ()))


@dataclass(frozen=True, repr=False)  # all of it in one text would be gigabytes, and pytest shows what fails
class RuleSet:
    """All rules of the packs by id, their signals, and the phrase book they share."""

    rules: Mapping[str, Rule]
    signals: Mapping[str, Signal]
    book: PhraseBook

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of its rules."""
        return tuple(dict.fromkeys(rule.category for rule in self.rules.values()))


def pack_folder(name: str) -> Path:
    """The folder of a pack: the built-in one of that name, else the path itself.

    Raises RuleErrors where there is none."""
    package = Path(__file__).parent
    for folder in (package / "_rules" / name, package.parents[1] / "rules" / name):
        if "/" not in name and "\\" not in name and folder.is_dir():
            return folder
    folder = Path(name)
    if folder.is_dir():
        return folder
    what = "is no folder" if folder.exists() else "was not found"
    raise RuleErrors([RuleError(name, 1, 1, f"the rule pack {what}; name a folder with rule files, or “de”")])


def load(packs: Sequence[str], *, cached: bool = False) -> RuleSet:
    """The rules of packs, in order: built-in ones by name ("de"), others by their folder.

    With `cached`, what an earlier run worked out is used where no file has changed since; the rules then have no
    examples, which only people need. Raises RuleErrors with all that is wrong in the packs."""
    files = [path for pack in packs for path in _files(pack_folder(pack))]
    errors: list[RuleError] = []
    if not cached:
        return _build([node for path in files if (node := _read(path, errors))], packs, errors, PhraseBook())
    name, key = _cache_key(packs, files)
    kept = cache.read(name, key)
    if kept is not None:
        nodes = [from_plain(tree, path, errors) for path, tree in kept["files"]]
        return _build(nodes, packs, errors, PhraseBook(kept=kept["phrases"]))
    nodes = [node for path in files if (node := _read(path, errors))]
    ruleset = _build(nodes, packs, errors, PhraseBook())
    value = {
        "files": [(node.path, node.plain(without=_FOR_PEOPLE)) for node in nodes if _room(node) != "words"],
        "phrases": ruleset.book.plain(),
    }
    cache.write(name, key, value)
    return ruleset


_FOR_PEOPLE = ("examples",)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES)


def _cache_key(packs: Sequence[str], files: Iterable[Path]) -> tuple[str, str]:
    """A name for the packs, and a key that changes with their files' content and with the program itself."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).parent
    for path in sorted([*package.glob("*.py"), *package.glob("checks/*.py"), *package.glob("german/**/*.*")]):
        if path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path.name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    for path in files:
        with contextlib.suppress(OSError):
            digest.update(f"{path}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    name = hashlib.sha256("\0".join(str(pack_folder(pack).resolve()) for pack in packs).encode()).hexdigest()[:16]
    return f"pack-{name}", digest.hexdigest()


def _room(node: Node) -> str:
    return Path(node.path).parent.name


def _build(nodes: Iterable[Node], packs: Sequence[str], errors: list[RuleError], book: PhraseBook) -> RuleSet:
    """The rule set of all files of the packs."""
    words: list[Node] = []
    signal_nodes: list[Node] = []
    rule_nodes: list[Node] = []
    for node in nodes:
        room = _room(node)
        (words if room == "words" else signal_nodes if room == "signals" else rule_nodes).append(node)
    lists: dict[str, tuple[str, ...]] = {}
    for node in words:
        fields = node.mapping(("id", "words"), ("id", "words"))
        name = _identifier(fields, node, lists)
        if "words" in fields:
            lists[name] = fields["words"].strings()
    book.lists = lists
    workshop = Workshop(book)
    if not workshop.trusted:
        _try_lists(workshop, words)
    compiled_signals: dict[str, Signal] = {}
    for node in signal_nodes:
        fields = node.mapping(signals.KEYS, ("id", "kind"))
        name = _identifier(fields, node, compiled_signals)
        if "kind" in fields:
            fields["kind"].choice(("signal",))
        compiled_signals[name] = signals.parse(fields, workshop, name)
    rules: dict[str, Rule] = {}
    for node in rule_nodes:
        rule = _rule(node, workshop, rules)
        if rule is not None:
            rules[rule.id] = rule
    _check_mentions(workshop.signal_mentions, compiled_signals, "signal")
    _check_mentions(workshop.check_mentions, rules, "check")
    if errors:
        raise RuleErrors(errors)
    if not rules:
        raise RuleErrors([RuleError(packs[0] if packs else "", 1, 1, "the pack holds no rule file (*.yaml)")])
    ordered = dict(sorted(rules.items(), key=lambda pair: (pair[1].category, pair[0])))
    return RuleSet(ordered, compiled_signals, workshop.book)


def _read(path: Path, errors: list[RuleError]) -> Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        errors.append(RuleError(str(path), 1, 1, f"can't be read: {error.strerror}"))
        return None
    except UnicodeDecodeError:
        errors.append(RuleError(str(path), 1, 1, "is not UTF-8; save it so"))
        return None
    return parse(text, str(path), errors)


def _identifier(fields: Mapping[str, Node], node: Node, known: Iterable[str]) -> str:
    stem = Path(node.path).stem
    if "id" not in fields:
        return stem
    name = fields["id"].string()
    if name != stem:
        fields["id"].error(f"the id “{name}” and the file's name “{stem}” differ")
    if name in known:
        fields["id"].error(f"“{name}” is defined twice")
    return name


def _try_lists(workshop: Workshop, words: Iterable[Node]) -> None:
    """Compile every word list once, so that a broken one is reported in its own file."""
    for node in words:
        fields = node.value if isinstance(node.value, dict) else {}
        for entry in fields["words"].items() if "words" in fields else ():
            workshop.phrase_part(entry)


def _check_mentions(mentions: Iterable[tuple[str, Node]], known: Iterable[str], what: str) -> None:
    known = list(known)
    for name, node in mentions:
        if name not in known:
            node.error(f"unknown {what} “{name}”{did_you_mean(name, known)}")


def _rule(node: Node, workshop: Workshop, rules: Mapping[str, Rule]) -> Rule | None:
    kind_node = node.value.get("kind") if isinstance(node.value, dict) else None
    if kind_node is None:
        node.mapping(_RULE_KEYS, _REQUIRED_KEYS)
        return None
    before = len(node.errors)
    kind = kind_node.choice(KINDS)
    if len(node.errors) > before:
        return None
    required = [key for key in _REQUIRED_KEYS if not workshop.trusted or key not in _FOR_PEOPLE]
    fields = node.mapping((*_RULE_KEYS, *KINDS[kind].keys), required)
    name = _identifier(fields, node, rules)
    empty = Text("", "")
    for other in fields["yields-to"].items() if "yields-to" in fields else ():
        workshop.mentions_check(other.string(), other)
    severities = []
    for item in fields["severities"].items() if "severities" in fields else ():
        keys = item.mapping(("when", "severity"), ("when", "severity"))
        if len(keys) == 2:
            severities.append((parse_condition(keys["when"], workshop), parse_severity(keys["severity"])))
    return Rule(
        id=name,
        kind=kind,
        category=fields["category"].string() if "category" in fields else "",
        severity=parse_severity(fields["severity"]) if "severity" in fields else Severity.WARNING,
        message=parse_text(fields["message"]) if "message" in fields else empty,
        why=parse_text(fields["why"]) if "why" in fields else empty,
        flags=parse_text(fields["flags"]) if "flags" in fields else empty,
        leaves=parse_text(fields["leaves"]) if "leaves" in fields else empty,
        sources=fields["sources"].strings() if "sources" in fields else (),
        examples=tuple(_examples(fields["examples"])) if "examples" in fields else (),
        enabled=fields["enabled"].boolean() if "enabled" in fields else True,
        condition=parse_condition(fields["when"], workshop) if "when" in fields else Condition(),
        yields_to=fields["yields-to"].strings() if "yields-to" in fields else (),
        severities=tuple(severities),
        check=KINDS[kind].parse(fields, workshop),
        path=node.path,
    )


def _examples(node: Node) -> Iterable[Example]:
    for item in node.items():
        fields = item.mapping(_EXAMPLE_KEYS)
        if ("bad" in fields) == ("good" in fields):
            item.error("an example is either bad: or good:")
            continue
        facts = {}
        if "facts" in fields and isinstance(fields["facts"].value, dict):
            facts = {key: value.string() for key, value in fields["facts"].value.items()}
        if "address" in fields:
            facts["address"] = fields["address"].choice(("sie", "du", "ihr"))
        yield Example(
            path=item.path,
            line=item.line,
            bad=fields["bad"].string() if "bad" in fields else None,
            good=fields["good"].string() if "good" in fields else None,
            at=fields["at"].strings() if "at" in fields else (),
            rewritten=fields["rewritten"].string() if "rewritten" in fields else None,
            inquiry=fields["inquiry"].string() if "inquiry" in fields else None,
            template=fields["template"].boolean() if "template" in fields else False,
            facts=facts,
        )
