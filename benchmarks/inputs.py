"""Fresh drafts for the benchmarks: sentences of the corpus put together anew, with other names and numbers.

What one seed gives is the same on every machine; two seeds share no draft. The sentences keep what is wrong with them,
so that there is about as much to find as in the corpus, which is far more than in most real replies.
"""

from __future__ import annotations

import csv
import functools
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"
WORDS = 150
_SURNAMES = (
    "Albrecht Bauer Çelik Demir Ebert Fuchs Groß Hahn Ivanović Jäger Köhler Lindner Müller Nowak Özdemir Pohl Quandt "
    "Roth Schäfer Thiel Ulrich Vogt Wagner Yılmaz Zimmermann Brandt Dietrich Engel Förster Günther Hübner Jansen"
).split()
_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[A-ZÄÖÜ„])")  # not after „am 15.“
_NAMED = re.compile(r"\b(Frau|Herrn?) [A-ZÄÖÜÇİ][\wäöüßçğışéł-]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Stock:
    """What drafts of one form of address are made of."""

    openings: tuple[str, ...]
    sentences: tuple[str, ...]
    endings: tuple[str, ...]


@functools.cache
def stocks() -> tuple[Stock, ...]:
    """The corpus in pieces, a stock for each form of address."""
    texts: dict[str, list[str]] = {}
    for path in sorted(CORPUS.glob("*.yaml")):
        if path.name.startswith("inquiries"):
            continue
        for entry in _corpus(path):
            if not entry.get("template"):
                texts.setdefault("Sie" if entry.get("address") == "Sie" else "du", []).append(entry["text"].strip())
    return tuple(_stock(texts[address]) for address in sorted(texts))


def _corpus(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    return entries


_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _stock(texts: Sequence[str]) -> Stock:
    openings, sentences, endings = [], [], []
    for text in texts:
        first, *middle = text.split("\n\n")
        if len(middle) < 2 or len(first.split()) > 6:
            continue
        openings.append(first)
        endings.append(middle.pop())
        for paragraph in middle:
            whole = [each for each in _SENTENCE.split(paragraph) if len(each.split()) > 3]
            sentences += [each[0].upper() + each[1:] for each in whole]
    return Stock(tuple(openings), tuple(sentences), tuple(endings))


def drafts(count: int, seed: int, words: int = WORDS) -> list[str]:
    """So many drafts of about so many words (ten more or less), none of them twice."""
    chance = random.Random(f"{seed}-{words}")
    seen: dict[str, None] = {}
    while len(seen) < count:
        seen.setdefault(_draft(chance, words))
    return list(seen)


def _draft(chance: random.Random, words: int) -> str:
    stock = chance.choices(stocks(), [len(stock.openings) for stock in stocks()])[0]
    opening, ending = chance.choice(stock.openings), chance.choice(stock.endings)
    left = words - len(f"{opening} {ending}".split())
    paragraphs: list[list[str]] = [[]]
    while left > 5:
        sentence = chance.choice(stock.sentences)
        if (length := len(sentence.split())) > left + 8:
            continue
        if len(paragraphs[-1]) >= 2 and chance.random() < 0.4:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
        left -= length
    body = [" ".join(sentences) for sentences in paragraphs]
    return _renamed("\n\n".join([opening, *body, ending]), chance) + "\n"


def _renamed(text: str, chance: random.Random) -> str:
    """The text with other names and numbers, of the same shape."""
    text = _NAMED.sub(lambda match: f"{match[1]} {chance.choice(_SURNAMES)}", text)
    return _DIGITS.sub(lambda match: _number(match[0], chance), text)


def _number(digits: str, chance: random.Random) -> str:
    # A time or day stays one: its first digit, which says how large it may be, is kept.
    return digits[0] + "".join(str(chance.randrange(6)) for _ in digits[1:])


def write_files(folder: Path, texts: Sequence[str]) -> Path:
    """A plain file for each text in a new folder; the folder."""
    folder.mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return folder


def write_library(path: Path, texts: Sequence[str]) -> Path:
    """A library file of replies, as its suffix says (.json, .yaml, .csv); the path."""
    replies = [{"id": f"m{number:05}", "text": text} for number, text in enumerate(texts)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".json":
            json.dump(replies, file, ensure_ascii=False, indent=2)
        elif path.suffix == ".csv":
            writer = csv.DictWriter(file, ["id", "text"])
            writer.writeheader()
            writer.writerows(replies)
        else:
            file.writelines(_yaml_reply(reply) for reply in replies)
    return path


def _yaml_reply(reply: dict[str, str]) -> str:
    # As people write it: the text in a block, not one long quoted line.
    lines = "".join(f"    {line}\n" if line else "\n" for line in reply["text"].splitlines())
    return f"- id: {reply['id']}\n  text: |\n{lines}"


def hostile(words: int = WORDS) -> Iterator[tuple[str, str]]:
    """Texts made to be slow, each with what it is, about so many tokens long."""
    yield "one word", "nicht " * words
    yield "no sentence ends", "wir können Ihnen das leider nicht erstatten " * (words // 7)
    yield "commas", "nicht, " * words
    yield "clauses", "wir können nicht, weil Sie nicht, und " * (words // 7)
    yield "marks", "!?.,;:–" * (words // 7)
    yield "exclamation marks", "!" * (5 * words)
    yield "capitals", "NICHT BITTE " * (words // 2)
    yield "open brackets", "{{" * words
    yield "placeholders", "{{name}} [Datum] %NAME% " * (words // 3)
    yield "open quotes", "„nicht " * words
    yield "digits", "12345 " * words
    yield "dates", "am 12.05.2024 um 13:45 Uhr " * (words // 5)
    yield "one long word", "nicht" * words
    yield "hyphens", "nicht-" * words
    yield "line ends", "nicht\n" * words
    yield "empty lines", "\n" * (5 * words)
    yield "spaces", "nicht" + " " * (5 * words) + "gut"
    yield "smileys", ":-) 😢 " * (words // 2)
    yield "links", "https://example.org/?a=b&c=d " * words
    yield "combining marks", "a\u0301" * words
    yield "quoted history", "> nicht\n" * words
    yield "greetings", "Guten Tag Frau Kern,\n" * (words // 4)
