"""What an earlier run found nothing in, so that it need not be looked at again.

Kept are hashes alone: of a file's bytes or a draft's text with all that decides what is found in it, and for a file how
many drafts it holds. Nothing of a text is kept, nor of what was found: where something was, it is looked for again.
Neither times nor folders count, so a cache serves another checkout and another machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache as once
from pathlib import Path

from replylint import __version__, cache
from replylint.config import Config
from replylint.draft import Draft
from replylint.findings import Finding
from replylint.linter import Linter
from replylint.source import Source, Span

MOST = 100_000
"""So many texts are known of one set of rules and settings, those that weren't met for longest forgotten."""
SETS = 8
"""So many sets of rules and settings are known."""
_PREFIX = "results-"
_DEPENDENCIES = ("google_re2-", "python_jsonpath-", "pyyaml-", "sentencex-")
_MARKS = frozenset("{}[]%$#<")
"""What a placeholder has one of. How one is judged may depend on those of the whole file."""


class Results:
    """The texts in which nothing was found with one linter under one configuration. `address`: whether the
    configuration's form of address counts; `inquiry` is the text of the inquiry that it names."""

    def __init__(self, linter: Linter, config: Config, inquiry: str | None, *, address: bool) -> None:
        settings = linter.settings
        context = [
            _program(),
            linter.ruleset.fingerprint,
            settings.lang,
            settings.address,
            sorted(settings.facts.items()),
            settings.inquiry,
            settings.template,
            sorted(settings.select),
            sorted(settings.ignore),
            sorted(settings.levels.items()),
            sorted(config.facts.items()),
            config.address if address else None,
            config.template,
            inquiry,
        ]
        written = json.dumps(context).encode()
        self._hash = hashlib.sha256(written)
        self._id = self._hash.hexdigest()
        self._config = config
        self._known = _read(self._id)
        self._met: dict[str, int] = {}
        self._source: tuple[Source, bytes] | None = None

    @staticmethod
    def of(linter: Linter, config: Config, inquiry: str | None, *, address: bool) -> Results | None:
        """The results; None where more decides than can be told: engines, plugins, rules that aren't kept."""
        if linter.batches or config.plugins or not linter.ruleset.fingerprint:
            return None
        return Results(linter, config, inquiry, address=address)

    def key(self, path: str, data: bytes) -> str | None:
        """What the bytes of a file go by; None where a suppression of the configuration speaks of the file: these are
        told when they have nothing to do."""
        config = self._config
        if config.suppressions and any(each.files.match(path) for each in config.suppressions):
            return None
        made = self._hash.copy()
        made.update(b"\0file" + self._kind(path) + b"\0")
        made.update(data)
        return made.hexdigest()[:32]

    def _kind(self, path: str) -> bytes:
        """What a path says of its file."""
        name = path[max(path.rfind("/"), path.rfind(os.sep)) + 1 :].lower()
        ending = name[name.find(".") :] if "." in name else ""
        config = self._config
        if config.libraries or config.templates.patterns:
            return repr((ending, config.library(path), config.templates.match(path))).encode()
        return repr((ending, None, False)).encode()

    def drafts(self, key: str | None) -> int | None:
        """How many drafts a file holds in which nothing is found; None where that isn't known."""
        number = None if key is None else self._known.get(key)
        if number is not None and key is not None:
            self._met[key] = number
        return number

    def keep(self, key: str | None, drafts: int) -> None:
        """Nothing was found in the drafts of a file, or in a draft."""
        if key is not None:
            self._met[key] = drafts

    def of_drafts(self, path: str, drafts: Sequence[Draft]) -> Known:
        """What is known of each of the drafts of a file."""
        keys = [self._draft_key(path, draft) for draft in drafts]
        return Known(self, keys, [self.drafts(key) is not None for key in keys])

    def _draft_key(self, path: str, draft: Draft) -> str:
        source, place = draft.source, draft.map.to_source(Span(0, len(draft.text)))
        around = b""
        if not _MARKS.isdisjoint(draft.text):
            if self._source is None or self._source[0] is not source:
                self._source = source, hashlib.sha256(source.text.encode("utf-8", "replace")).digest()
            around = self._source[1]
        made = self._hash.copy()
        made.update(b"\0draft" + self._kind(path) + around)
        known = draft.text, draft.key != "", draft.template, draft.inquiry, draft.subject, sorted(draft.facts.items())
        made.update(repr((*known, source.text[place.start : place.end])).encode("utf-8", "replace"))
        return made.hexdigest()[:32]

    def save(self) -> None:
        """Keep what is new, beside what other runs have kept meanwhile."""
        if self._met.keys() <= self._known.keys():
            cache.touch(_PREFIX + self._id[:16])
            return
        known = _read(self._id)
        for key in self._met:
            known.pop(key, None)
        entries = [*known.items(), *self._met.items()][-MOST:]
        lines = "\n".join(f"{key} {number}" for key, number in entries)
        cache.write(_PREFIX + self._id[:16], self._id, [_sum(lines), lines])
        cache.limit(_PREFIX, SETS)


class Known:
    """What is known of the drafts of a file."""

    def __init__(self, results: Results, keys: Sequence[str], clean: Sequence[bool]) -> None:
        self._results = results
        self._keys = keys
        self.clean = clean
        """Of each draft, whether nothing is found in it."""

    def findings(self, found: Iterable[Sequence[Finding]]) -> Iterator[Sequence[Finding]]:
        """The findings of each draft; `found` are those of the drafts that aren't known to be clean."""
        looked_for = iter(found)
        for key, clean in zip(self._keys, self.clean, strict=True):
            findings: Sequence[Finding] = () if clean else next(looked_for)
            if not findings:
                self._results.keep(key, 1)
            yield findings


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(context: str) -> dict[str, int]:
    """What was kept, if it is whole."""
    value = cache.read(_PREFIX + context[:16], context)
    with suppress(ValueError, TypeError, AttributeError):
        total, lines = value or ("", "")
        if lines and total == _sum(lines):
            return {line[:32]: int(line[33:]) for line in lines.split("\n")}
    return {}


@once
def _program() -> str:
    """What changes with the program and what it reads and splits texts with."""
    digest = hashlib.sha256(f"{__version__}\0{sys.version}".encode())
    package = Path(__file__).parent
    for path in sorted(each for each in package.rglob("*") if each.suffix not in (".pyc", ".yaml") and each.is_file()):
        digest.update(f"\0{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    installed = set()
    for folder in sys.path:
        with suppress(OSError):
            installed |= {name for name in os.listdir(folder or ".") if name.lower().startswith(_DEPENDENCIES)}  # noqa: PTH208
    digest.update("\0".join(sorted(installed)).encode())
    return digest.hexdigest()
