"""Packs of YAML files → rules: read, checked and compiled; everything wrong in a pack is said at once."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from replylint import __version__, cache
from replylint.checks import KINDS, Check, KindOfCheck
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
from replylint.packs import Change, Pack, Shelf, UnknownPackError, pack_folder, resolve
from replylint.rulefile import (
    EXAMPLE_KEYS,
    REQUIRED_KEYS,
    RULE_KEYS,
    WORD_KEYS,
    Node,
    RuleError,
    RuleErrors,
    did_you_mean,
    from_plain,
    parse,
)

__all__ = [
    "Change", "Example", "Pack", "Rule", "RuleError", "RuleErrors", "RuleSet", "UnknownPackError", "load",
    "pack_folder", "resolve",
]  # fmt: skip


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
    changes: tuple[Change, ...] = ()

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The checks whose hits it reads."""
        check = self.check
        return tuple(getattr(check, "sources", ())) + tuple(getattr(check, "satisfied_by", ()))


@dataclass(frozen=True, repr=False)  # all of it in one text would be gigabytes, and pytest shows what fails
class RuleSet:
    """All rules of the packs by id, their signals, and the phrase book they share. `places`: the file and line where
    each phrase is first written. `fingerprint` changes with the content of the packs' files, wherever they are; ""
    where the rules aren't kept."""

    rules: Mapping[str, Rule]
    signals: Mapping[str, Signal]
    book: PhraseBook
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    fingerprint: str = ""

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of its rules."""
        return tuple(dict.fromkeys(rule.category for rule in self.rules.values()))

    @cached_property
    def opt_in(self) -> frozenset[str]:
        """The categories all of whose checks are off by default."""
        on = {rule.category for rule in self.rules.values() if rule.enabled}
        return frozenset(self.categories) - on


def load(packs: Sequence[str], *, cached: bool = False, plugins: Sequence[str] = ()) -> RuleSet:
    """The rules of packs, in order: built-in ones by name ("de"), others by their folder or as an installed package
    offers them, each after the packs that its `pack.yaml` extends. `plugins` names the installed kinds of check that
    their files may use; no others are loaded.

    With `cached`, what an earlier run worked out is used where no file has changed since; the rules then have no
    examples, which only people need. Raises RuleErrors with all that is wrong in the packs."""
    kinds, plugin_state = KINDS, ""
    if plugins:
        from replylint.checks.plugins import fingerprint, kinds_with

        kinds = kinds_with(plugins)
        plugin_state = fingerprint(plugins, kinds)
    resolved = resolve(packs, cached=cached)
    files = [pack.files() for pack in resolved]
    errors: list[RuleError] = []
    if not cached:
        return _build(_assembled(files, kinds, errors), packs, kinds, errors, Workshop(PhraseBook()))
    name, key, content = _cache_key(resolved, files, plugin_state)
    kept = cache.read(name, key)
    if kept is not None:
        shelves = {
            shelf: Shelf(sort, {id: from_plain(tree, path, errors) for id, path, tree in nodes})
            for shelf, sort, nodes in kept["shelves"]
        }
        ruleset = _build(shelves, packs, kinds, errors, Workshop(PhraseBook(kept=kept["phrases"]), kept["forms"]))
        return replace(ruleset, fingerprint=content)
    shelves = _assembled(files, kinds, errors)
    workshop = Workshop(PhraseBook())
    ruleset = _build(shelves, packs, kinds, errors, workshop)
    shelves["words"].nodes.clear()  # they have become part of the phrases
    value = {
        "shelves": [
            (name, shelf.sort, [(id, node.path, node.plain(without=_FOR_PEOPLE)) for id, node in shelf.nodes.items()])
            for name, shelf in shelves.items()
        ],
        "phrases": ruleset.book.plain(),
        "forms": workshop.forms,
    }
    cache.write(name, key, value)
    return replace(ruleset, fingerprint=content)


_FOR_PEOPLE = ("examples",)


def _assembled(
    packs: Iterable[Iterable[Path]], kinds: Mapping[str, KindOfCheck], errors: list[RuleError]
) -> dict[str, Shelf]:
    """What the packs' files define, each pack's changes made."""
    from replylint.changes import assemble  # kept rules have no need of it

    read = [[node for path in files if (node := _read(path, errors))] for files in packs]
    return assemble(read, kinds)


def _cache_key(packs: Sequence[Pack], files: Sequence[Sequence[Path]], plugins: str) -> tuple[str, str, str]:
    """A name for the packs, a key that changes with their files' content and with the program itself, and one that
    changes with their content alone."""
    digest = hashlib.sha256(f"{__version__}\0{plugins}\0".encode())
    package = Path(__file__).parent
    for path in sorted([*package.glob("*.py"), *package.glob("checks/*.py"), *package.glob("german/**/*.*")]):
        if path.suffix != ".pyc":
            status = path.stat()
            digest.update(f"{path.name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    content = hashlib.sha256()
    for pack, paths in zip(packs, files, strict=True):
        digest.update(b"\0")
        content.update(b"\0")
        for path in paths:
            with contextlib.suppress(OSError):
                data = hashlib.sha256(path.read_bytes()).digest()
                digest.update(f"{path}\0".encode() + data)
                content.update(path.relative_to(pack.folder).as_posix().encode() + b"\0" + data)
    name = hashlib.sha256("\0".join(str(pack.folder.resolve()) for pack in packs).encode()).hexdigest()[:16]
    return f"pack-{name}", digest.hexdigest(), content.hexdigest()


def _build(
    shelves: Mapping[str, Shelf],
    packs: Sequence[str],
    kinds: Mapping[str, KindOfCheck],
    errors: list[RuleError],
    workshop: Workshop,
) -> RuleSet:
    """The rule set of all that the packs define."""
    words = shelves["words"].nodes.values()
    lists: dict[str, tuple[str, ...]] = {}
    for node in words:
        fields = node.mapping(WORD_KEYS, WORD_KEYS)
        name = _identifier(fields, node)
        if "words" in fields:
            lists[name] = fields["words"].strings()
    workshop.book.lists = lists
    if not workshop.trusted:
        _try_lists(workshop, words, lists)
    compiled_signals: dict[str, Signal] = {}
    for node in shelves["signals"].nodes.values():
        fields = node.mapping(signals.KEYS, ("id", "kind"))
        name = _identifier(fields, node)
        if "kind" in fields:
            fields["kind"].choice(("signal",))
        compiled_signals[name] = signals.parse(fields, workshop, name)
    rules: dict[str, Rule] = {}
    for name, node in shelves["checks"].nodes.items():
        rule = _rule(node, workshop, kinds, tuple(shelves["checks"].changes.get(name, ())))
        if rule is not None:
            rules[rule.id] = rule
    _check_mentions(workshop.signal_mentions, compiled_signals, "signal")
    _check_mentions(workshop.check_mentions, rules, "check")
    if errors:
        raise RuleErrors(errors)
    if not rules:
        raise RuleErrors([RuleError(packs[0] if packs else "", 1, 1, "the pack holds no rule file (*.yaml)")])
    ordered = dict(sorted(rules.items(), key=lambda pair: (pair[1].category, pair[0])))
    return RuleSet(ordered, compiled_signals, workshop.book, workshop.places)


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


def _identifier(fields: Mapping[str, Node], node: Node) -> str:
    stem = Path(node.path).stem
    if "id" not in fields:
        return stem
    name = fields["id"].string()
    if name != stem:
        fields["id"].error(f"the id “{name}” and the file's name “{stem}” differ")
    return name


def _try_lists(workshop: Workshop, words: Iterable[Node], lists: dict[str, tuple[str, ...]]) -> None:
    """Compile every word list once, so that a broken entry is reported in its own file; it is taken out of `lists`, so
    that no phrase that uses the list reports it again."""
    for node in words:
        entries = node.child("words")
        name = Path(node.path).stem
        for entry in entries.items() if entries is not None else ():
            before = len(node.errors)
            workshop.phrase_part(entry)
            if len(node.errors) > before and name in lists:
                broken = entry.value if isinstance(entry.value, str) else ""
                lists[name] = tuple(word for word in lists[name] if word != broken) or ("x",)


def _check_mentions(mentions: Iterable[tuple[str, Node]], known: Iterable[str], what: str) -> None:
    known = list(known)
    for name, node in mentions:
        if name not in known:
            node.error(f"unknown {what} “{name}”{did_you_mean(name, known)}")


def _rule(node: Node, workshop: Workshop, kinds: Mapping[str, KindOfCheck], changes: tuple[Change, ...]) -> Rule | None:
    kind_node = node.child("kind")
    if kind_node is None:
        node.mapping(RULE_KEYS, REQUIRED_KEYS)
        return None
    before = len(node.errors)
    kind = kind_node.choice(kinds)
    if len(node.errors) > before:
        if isinstance(kind_node.value, str):
            error = node.errors[-1]
            hint = f'; a plugin\'s kind has to be named in the configuration: plugins = ["{kind_node.value}"]'
            node.errors[-1] = replace(error, message=error.message + hint)
        return None
    required = [key for key in REQUIRED_KEYS if not workshop.trusted or key not in _FOR_PEOPLE]
    fields = node.mapping((*RULE_KEYS, *kinds[kind].keys), required)
    name = _identifier(fields, node)
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
        check=kinds[kind].parse(fields, workshop),
        path=node.path,
        changes=changes,
    )


def _examples(node: Node) -> Iterable[Example]:
    for item in node.items():
        fields = item.mapping(EXAMPLE_KEYS)
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
            bad=_words(fields["bad"]) if "bad" in fields else None,
            good=_words(fields["good"]) if "good" in fields else None,
            at=fields["at"].strings() if "at" in fields else (),
            rewritten=fields["rewritten"].string() if "rewritten" in fields else None,
            inquiry=fields["inquiry"].string() if "inquiry" in fields else None,
            template=fields["template"].boolean() if "template" in fields else False,
            facts=facts,
        )


def _words(node: Node) -> str:
    """An example's text; "" where it is yet to be written."""
    return "" if node.value is None else node.string()
