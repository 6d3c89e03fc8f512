"""A rule pack that brings the built-in phrases to several times their number, with other words: copies of the checks
of kind `phrase`, which hold three quarters of all phrases, as many as it takes.

Copies are of two sorts in turn. In one, all words are other ones, as of a team's own rules about its own products: the
search never meets them. In the other the common words stay („wir“, „nicht“, „können“), so that each copy shares with
the draft what its original shares with most drafts, and only the telling word is missing. Neither finds anything: each
phrase needs one word more, which is in no draft.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).resolve().parents[1] / "rules" / "de"
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEPT = ("kind", "category", "severity", "message", "why", "in", "questions", "extent", "rewrite")
_SEARCHED = ("phrases", "present", "ways", "inquiry", "draft")
_PHRASES = ("phrases", "except", "unless")
_SCOPES = ("clause", "sentence", "after", "before", "previous", "next", "neighbours", "draft")
_OF_PHRASES = ("find", "except", "unless", *_SCOPES)
_PART = re.compile(r"<[\w-]+>|@[\w-]+|\{\s*\w+\s*:|\\.|[^\W\d_]+")
_SYLLABLES = "bra ful gom zut krel vom spik tra len wuf quo dril mep zak tul fro gni pla rus".split()
_COMMON = frozenset(
    "aber alle als am an auch auf aus bei bis da damit das dass dem den denn der die dies doch du ein eine einem einen "
    "er es euch für haben hat ich ihnen ihr ihre im in ist ja kann kein keine können leider man mehr mit muss nicht "
    "nichts noch nur ob oder schon sein sich sie sind so und uns unser unsere von war was wenn wer werden wie wir wird "
    "zu zum zur".split()
)


def write(folder: Path, times: int) -> Path:
    """A pack in a new folder that extends the built-in one to so many times its phrases; the folder."""
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("extends: [de]\n", encoding="utf-8")
    files = {path: yaml.load(path.read_text(encoding="utf-8"), _LOADER) for path in sorted(RULES.rglob("*.yaml"))}
    checks = {path.stem: data for path, data in files.items() if data.get("kind") == "phrase" and "phrases" in data}
    lists = {path.stem: data for path, data in files.items() if "words" in data}
    whole = sum(_count(data[key]) for data in files.values() for key in _SEARCHED if key in data)
    copied = sum(_count(data["phrases"]) for data in checks.values())
    for copy in range(2, 2 + math.ceil((times - 1) * whole / copied)):
        words = _Words(copy)
        for name, data in lists.items():
            _write(folder / "words" / f"{name}-{copy}.yaml", {"words": [words.phrase(each) for each in data["words"]]})
        for name, data in checks.items():
            rule = {key: data[key] for key in _KEPT if key in data}
            rule |= {key: words.changed(data[key], searched=key == "phrases") for key in _PHRASES if key in data}
            _write(folder / "checks" / f"{name}-{copy}.yaml", {**rule, "examples": [{"good": "Gern."}]})
    return folder


def _count(value: Any) -> int:
    """How many phrases are listed."""
    if isinstance(value, str):
        return 1
    if isinstance(value, list):
        return sum(map(_count, value))
    return _count(value["find"]) if "find" in value else sum(map(_count, value.values()))


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    # JSON is YAML, and written a hundred times as fast.
    path.write_text(json.dumps({"id": path.stem, **data}, ensure_ascii=False), encoding="utf-8")


class _Words:
    """The words of one copy."""

    def __init__(self, copy: int) -> None:
        self.copy = copy
        self._common = _COMMON if copy % 2 else frozenset()

    def changed(self, value: Any, *, searched: bool) -> Any:
        """Phrases, or a mapping of them, with other words; `searched` are those that find, not those that save."""
        if isinstance(value, str):
            return self._never(value) if searched else self.phrase(value)
        if isinstance(value, list):
            return [self.changed(each, searched=searched) for each in value]
        entries = {key: each for key, each in value.items() if key not in ("when", "message", "why", "severity")}
        return {
            key: self.changed(each, searched=key == "find") if key in _OF_PHRASES else each
            for key, each in entries.items()
        }

    def _never(self, text: str) -> str:
        """A phrase that needs a word which no draft has, even where all of its own ones are common."""
        return f"{self._other(text)}{' & ' if '&' in text else ' '}{self.phrase(text)}"

    def phrase(self, text: str) -> str:
        """A phrase with other words."""
        return "".join(self._parts(text))

    def _parts(self, text: str) -> Iterator[str]:
        at = 0
        for match in _PART.finditer(text):
            yield text[at : match.start()]
            at = match.end()
            part = match[0]
            if part[0] == "@":
                yield f"{part}-{self.copy}"
            elif part[0] in "<{\\" or part.lower() in self._common:
                yield part
            elif text[: match.start()].endswith("~") and text[at : at + 1] == "|":
                yield part  # a separable verb's particle has to be one
            else:
                yield self._other(part)
        yield text[at:]

    def _other(self, word: str) -> str:
        """A word that isn't one, of the same shape: its ending tells how it is inflected."""
        chance = random.Random(f"{word.lower()}-{self.copy}")
        ending = word.lower()[-3:] if word.isalpha() else "en"
        made = "".join(chance.choices(_SYLLABLES, k=2)) + ending
        return made.upper() if word.isupper() and len(word) > 1 else made.capitalize() if word[0].isupper() else made
