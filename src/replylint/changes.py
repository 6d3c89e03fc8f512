"""What a pack changes in the packs before it: rule files that begin with `change:` instead of `id:`.

A key at the top of such a file takes the place of what the check says, and of what its single phrases say of the
same; what stands below `add:` comes to what the check has, and before it; what stands below `remove:` goes. All of it
works on the files' trees, so that every value keeps its place in its own file, and a changed check is read like any
other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from replylint.checks import KindOfCheck
from replylint.checks import signal as signals
from replylint.checks.rewriting import as_shown
from replylint.packs import Change, Shelf
from replylint.rulefile import RULE_KEYS, WORD_KEYS, Node, did_you_mean

CHANGE_KEYS = ("change", "add", "remove")
# Lists of phrases. At the top of a change they say which phrases of the check it changes, and how.
PHRASE_LISTS = ("phrases", "patterns", "present", "echoes", "inquiry", "draft")
# Mappings from a name to a list.
NAMED_LISTS = ("unless", "ways", "facts", "denied-by")
# Losing all of these by a slip would be noticed by nobody, so that they are only added to and taken from.
ONLY_IN_PARTS = ("except", "unless", "ways")
LISTS = (
    *PHRASE_LISTS, *NAMED_LISTS, "except", "rewrite", "insert", "when", "yields-to", "severities", "sources", "from",
    "satisfied-by", "ignoring", "inside", "together", "women", "men", "either", "short-forms", "proxies",
    "too-general", "nouns",
)  # fmt: skip
# What a single phrase may say otherwise than its check; a change of the check holds for these phrases too.
OF_PHRASES = ("severity", "message", "why", "rewrite", "questions", "extent")
_FIXED = ("id", "kind")
_SAYING = ("find", "noun", "text", "bad", "good", "sie", "du", "ihr")


SHELVES = {"checks": "check", "signals": "signal", "words": "word list"}
_FOLDERS = {"check": "a folder of any other name", "signal": "a folder signals/", "word list": "a folder words/"}


def shelf_of(node: Node) -> str:
    """Which of the shelves a file belongs to; its folder tells."""
    room = Path(node.path).parent.name
    return room if room in SHELVES else "checks"


def assemble(packs: Iterable[Iterable[Node]], kinds: Mapping[str, KindOfCheck]) -> dict[str, Shelf]:
    """All definitions of the packs' files, each pack's changes made to what stands in the packs before it."""
    shelves = {name: Shelf(sort) for name, sort in SHELVES.items()}
    for number, nodes in enumerate(packs):
        nodes = list(nodes)
        changing = [node for node in nodes if node.child("change") is not None]
        for name, shelf in shelves.items():
            _change(shelf, [node for node in changing if shelf_of(node) == name], shelves, kinds, first=not number)
        here: set[str] = set()
        for node in nodes:
            if node.child("change") is None:
                _define(shelves[shelf_of(node)], node, here)
    return shelves


def _define(shelf: Shelf, node: Node, here: set[str]) -> None:
    given = node.child("id")
    name = given.value if given is not None and isinstance(given.value, str) else Path(node.path).stem
    if name not in shelf.nodes:
        shelf.nodes[name] = node
        here.add(f"{shelf.sort} {name}")
        return
    if f"{shelf.sort} {name}" in here:
        message = f"“{name}” is defined twice"
    else:
        message = (
            f"the {shelf.sort} “{name}” stands in an earlier pack already; to change it, write “change: {name}” "
            f"instead of “id: {name}” and only what becomes different; for a {shelf.sort} of your own take another id"
        )
    (given or node).error(message)


def _change(
    shelf: Shelf,
    changing: Sequence[Node],
    shelves: Mapping[str, Shelf],
    kinds: Mapping[str, KindOfCheck],
    *,
    first: bool,
) -> None:
    seen: dict[str, Node] = {}
    for node in changing:
        target = node.value["change"]
        name = target.string()
        if not name:
            continue
        if name in seen:
            target.error(f"“{name}” is changed in {Path(seen[name].path).name} as well; put both into one file")
            continue
        seen[name] = node
        base = shelf.nodes.get(name)
        if base is None:
            target.error(_unknown(name, shelf, shelves, first=first))
            continue
        if shelf.sort == "word list":
            shelf.nodes[name] = _changed_words(base, node)
            continue
        kind = base.child("kind")
        if shelf.sort == "signal":
            keys: Sequence[str] = signals.KEYS
        elif kind is not None and kind.value in kinds:
            keys = (*RULE_KEYS, *kinds[kind.value].keys)
        else:
            continue  # the check itself is broken, and that is told
        shelf.nodes[name] = _Changed(base, node, keys).node
        adds = node.child("add")
        added = frozenset(adds.value) if adds is not None and isinstance(adds.value, dict) else frozenset()
        shelf.changes.setdefault(name, []).append(Change(node.path, node.line, added))


def _unknown(name: str, shelf: Shelf, shelves: Mapping[str, Shelf], *, first: bool) -> str:
    if first:
        return (
            f"there is no pack before this one that could have a {shelf.sort} “{name}”; "
            "write “extends: [de]” into this pack's pack.yaml"
        )
    other = next((each for each in shelves.values() if name in each.nodes), None)
    if other is not None:
        return f"“{name}” is a {other.sort}: put this file into {_FOLDERS[other.sort]}"
    return f"unknown {shelf.sort} “{name}”{did_you_mean(name, shelf.nodes)}"


def _changed_words(base: Node, change: Node) -> Node:
    fields = change.mapping(CHANGE_KEYS)
    words = base.child("words")
    entries = list(words.items()) if words is not None else []
    for item in fields["remove"].items() if "remove" in fields else ():
        entries = _without_word(entries, item)
    if "add" in fields:
        entries += fields["add"].items()
    elif "remove" not in fields:
        change.error("this file changes nothing; write words below “add:” or “remove:”")
    value = {key: node for key, node in base.value.items() if key in WORD_KEYS}
    return base.with_value({**value, "words": (words or base).with_value(entries)})


def _without_word(entries: list[Node], item: Node) -> list[Node]:
    """The entries without a word, which may be one of several in „(a|b|c)“."""
    word = item.string()
    result: list[Node] = []
    known: list[str] = []
    found = False
    for entry in entries:
        text = entry.value if isinstance(entry.value, str) else ""
        choices = _choices(text)
        known += choices
        if word == text or choices == [word]:
            found = True
        elif word in choices:
            found = True
            result.append(entry.with_value(f"({'|'.join(each for each in choices if each != word)})"))
        else:
            result.append(entry)
    if word and not found:
        item.error(f"the word list has no “{word}”{did_you_mean(word, known)}")
    return result


def _choices(text: str) -> list[str]:
    inner = text[1:-1]
    if text.startswith("(") and text.endswith(")") and not set("()[]{}") & set(inner):
        return inner.split("|")
    return [text]


class _Changed:
    """A check or signal with a change made to it."""

    def __init__(self, base: Node, change: Node, keys: Sequence[str]) -> None:
        keys = [key for key in keys if key not in _FIXED]
        self.fields = change.mapping((*CHANGE_KEYS, *keys, *_FIXED))
        for key in _FIXED:
            if key in self.fields:
                change.keys[key].error(f"a change has no “{key}”: that of the check stays; leave it out")
        self.lists = [key for key in keys if key in LISTS]
        self.node = base.with_value(dict(base.value), base.keys)
        if "remove" in self.fields:
            self.remove(self.fields["remove"].mapping((*self.lists, *(key for key in keys if key == "examples"))))
        for key in keys:
            if key in self.fields:
                self.replace(key, self.fields[key], change.keys[key])
        if "add" in self.fields:
            for key, value in self.fields["add"].mapping(self.lists).items():
                self.add(key, value)
        if not any(key != "change" for key in change.value):
            change.error("this file changes nothing; write what becomes different, or “enabled: no”")

    def get(self, key: str) -> Node | None:
        return self.node.child(key)

    def put(self, key: str, value: Node) -> None:
        self.node.value[key] = value
        self.node.keys.setdefault(key, value)

    def replace(self, key: str, value: Node, name: Node) -> None:
        if key == "examples":
            self.add(key, value)
        elif key in PHRASE_LISTS:
            for item in value.items():
                self.alter(key, item)
        elif key in ONLY_IN_PARTS:
            name.error(
                f"“{key}” can't be replaced as a whole; "
                f"write below “add:” what comes to it, and below “remove:” what goes"
            )
        else:
            self.node.value[key] = value
            self.node.keys[key] = name
            if key == "severity" and "severities" not in self.fields:
                self.node.value.pop("severities", None)
            if key in OF_PHRASES:
                self.each_phrase(lambda item: _without_key(item, key))

    def add(self, key: str, value: Node) -> None:
        known = self.get(key)
        if key in NAMED_LISTS:
            if not isinstance(value.value, dict):
                value.mapping(())
                return
            lists = dict(known.value) if known is not None else {}
            for name, node in value.value.items():
                lists[name] = _joined(node, lists.get(name))
            names = {**(known.keys if known is not None else {}), **value.keys}
            self.put(key, value.with_value(lists, names))
            return
        if key == "rewrite":
            self.each_phrase(lambda item: _with_rewrites(item, value))
        self.put(key, _joined(value, known))

    def alter(self, key: str, item: Node) -> None:
        """Let one of the check's phrases say something else."""
        if not isinstance(item.value, dict) or "find" not in item.value:
            item.error(
                f"say which of the check's {key} you change: “find:” with its words as the check has them, and what "
                "becomes different; a new one belongs below “add:”"
            )
            return
        for find in _pieces(item.value["find"]):
            known = self.get(key)
            entries = list(known.items()) if known is not None else []
            for number, entry in enumerate(entries):
                rest, taken = _split(entry, find.flat())
                if taken is not None:
                    fields = dict(taken.value) if isinstance(taken.value, dict) else {}
                    new = item.with_value({**fields, **item.value, "find": find}, {**taken.keys, **item.keys})
                    entries[number : number + 1] = [new, rest] if rest is not None else [new]
                    self.put(key, (known or item).with_value(entries))
                    break
            else:
                texts = [text for entry in entries for text in _texts(entry)]
                find.error(
                    f"the check has no such phrase “{find.flat()}”{did_you_mean(find.flat(), texts)}; "
                    "a new one belongs below “add:”"
                )

    def remove(self, fields: Mapping[str, Node]) -> None:
        for key, value in fields.items():
            known = self.get(key)
            if key not in NAMED_LISTS:
                self.put_list(key, known, value)
                continue
            lists = dict(known.value) if known is not None else {}
            for name, node in value.mapping(lists).items():
                lists[name] = lists[name].with_value(self.without(list(lists[name].items()), node, f"{key} {name}"))
            if known is not None:
                self.put(key, known.with_value(lists))

    def put_list(self, key: str, known: Node | None, value: Node) -> None:
        entries = list(known.items()) if known is not None else []
        if key == "rewrite":
            # They may stand at any phrase as well.
            texts = [text for entry in [*entries, *self.phrase_rewrites()] for text in _wordings(entry)]
            for item in value.items():
                if (text := item.string()) not in texts:
                    item.error(f"the check has no such rewrite “{text}”{did_you_mean(text, texts)}")
            gone = {item.value for item in value.items()}
            entries = [entry for entry in entries if not gone & set(_wordings(entry))]
            self.each_phrase(lambda item: _without_rewrites(item, gone))
        else:
            entries = self.without(entries, value, key)
        if known is not None:
            self.put(key, known.with_value(entries))

    def without(self, entries: list[Node], value: Node, what: str) -> list[Node]:
        for item in _pieces(value):
            text = item.flat() if _of_tokens(item) else item.string()
            texts = [each for entry in entries for each in _texts(entry)]
            if text not in texts:
                item.error(f"the check has no “{text}” in its {what}{did_you_mean(text, texts)}")
                continue
            kept = []
            for entry in entries:
                rest, taken = _split(entry, text)
                if taken is None:
                    kept.append(entry)
                elif rest is not None:
                    kept.append(rest)
            entries = kept
        return entries

    def each_phrase(self, changed: Callable[[Node], Node]) -> None:
        """Change every phrase of the check, wherever it has phrases."""
        for key in PHRASE_LISTS:
            if (known := self.get(key)) is not None:
                self.put(key, known.with_value([changed(item) for item in known.items()]))
        ways = self.get("ways")
        if ways is not None and isinstance(ways.value, dict):
            lists = {
                name: node.with_value([changed(item) for item in node.items()]) for name, node in ways.value.items()
            }
            self.put("ways", ways.with_value(lists))

    def phrase_rewrites(self) -> Iterator[Node]:
        found: list[Node] = []

        def collect(item: Node) -> Node:
            rewrites = item.child("rewrite")
            found.extend(rewrites.items() if rewrites is not None else ())
            return item

        self.each_phrase(collect)
        yield from found


def _texts(entry: Node) -> list[str]:
    """What an entry of a list says: its text, or its phrases."""
    if not isinstance(entry.value, dict):
        return [entry.flat()] if isinstance(entry.value, str) or _of_tokens(entry) else []
    return [
        item.flat()
        for key in _SAYING
        if key in entry.value
        for item in _pieces(entry.value[key])
        if isinstance(item.value, str) or _of_tokens(item)
    ]


def _of_tokens(node: Node) -> bool:
    """Whether it is a pattern of tokens, which is changed as a whole."""
    return isinstance(node.value, list) and any(isinstance(item.value, dict) for item in node.value)


def _pieces(node: Node) -> list[Node]:
    """What is said there, one by one."""
    return [node] if _of_tokens(node) else list(node.items())


def _wordings(entry: Node) -> list[str]:
    """What a rewrite says, as the rule writes it and as people read it."""
    return [shown for text in _texts(entry) for shown in as_shown(text)]


def _split(entry: Node, text: object) -> tuple[Node | None, Node | None]:
    """An entry as what is left of it without one of its texts, and what was taken; None where there is nothing."""
    if text not in _texts(entry):
        return entry, None
    find = entry.child("find")
    if find is None:
        return None, entry
    left = [item for item in _pieces(find) if item.flat() != text]
    taken = entry.with_value({**entry.value, "find": next(item for item in _pieces(find) if item.flat() == text)})
    return (entry.with_value({**entry.value, "find": find.with_value(left)}) if left else None), taken


def _joined(new: Node, known: Node | None) -> Node:
    """A list of the new entries and those that were there, in this order: what a pack adds comes first."""
    return new.with_value([*new.items(), *(known.items() if known is not None else ())])


def _without_key(item: Node, key: str) -> Node:
    if not isinstance(item.value, dict) or key not in item.value:
        return item
    return item.with_value({name: node for name, node in item.value.items() if name != key})


def _with_rewrites(item: Node, added: Node) -> Node:
    known = item.child("rewrite")
    return item if known is None else item.with_value({**item.value, "rewrite": _joined(added, known)})


def _without_rewrites(item: Node, gone: Iterable[object]) -> Node:
    known = item.child("rewrite")
    if known is None:
        return item
    gone = set(gone)
    left = [entry for entry in known.items() if not gone & set(_wordings(entry))]
    if len(left) == len(list(known.items())):
        return item
    return item.with_value({**item.value, "rewrite": known.with_value(left)})
