"""spaCy, on demand: sentences of a reading as spaCy's tokens, from a trained pipeline or the blank German one.

The package is imported, and a pipeline loaded, when a sentence is asked about, never before, and each pipeline once in
a process. Each sentence is a document of its own. What spaCy is given is the sentence as people read it: white space
is one blank, what is invisible is gone, a placeholder is one word or figure, a quotation one word in its marks; every
token knows where it stands in the text.

Without a trained pipeline there are no parts of speech. The lemma of a token is then not one word but how it is
written (`spelling`), and `lemma_spellings` gives all that a lemma may look like, so that a form that belongs to several
lemmas is found for each.
"""

from __future__ import annotations

import os
import unicodedata
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from replylint.engines import EngineError
from replylint.expressions import expression
from replylint.german.fold import fold
from replylint.german.inflection import forms
from replylint.german.reading import Reading, Stretch
from replylint.german.spelling import CANONICAL
from replylint.german.tokens import JOINTS, Case, Kind, normalise
from replylint.source import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What a pipeline's components assign, by the attribute of a token that a pattern may ask for.
TRAINED: Mapping[str, str] = {
    "POS": "token.pos",
    "TAG": "token.tag",
    "MORPH": "token.morph",
    "DEP": "token.dep",
    "ENT_TYPE": "token.ent_type",
    "ENT_IOB": "token.ent_iob",
    "ENT_ID": "token.ent_type",
    "ENT_KB_ID": "token.ent_kb_id",
}
_LEMMA = "token.lemma"
_BY_RULES = frozenset({"TAG", "POS", "MORPH", "LEMMA"})  # an attribute ruler may set or mend these
_FEATURES = ("tok2vec", "transformer", "curated_transformer")
_PEOPLE = frozenset({"PER", "PERSON"})
_MOST = 200_000  # words that spaCy has seen: it never forgets one by itself
LONGEST_SENTENCE = 10_000
"""Code points; a longer one is none, and is left alone."""


@cache
def pipeline(name: str | None) -> Pipeline:
    """The pipeline of that name or path, or the blank German one: the same object for all who ask."""
    return Pipeline(name)


class Analysis(NamedTuple):
    """A sentence as spaCy's document, and where each of its characters stands in the text."""

    doc: Doc
    places: Sequence[tuple[int, int]]

    def span(self, start: int, end: int) -> Span:
        """The range of the text that a non-empty range of tokens stands in."""
        first, last = self.doc[start], self.doc[end - 1]
        return Span(self.places[first.idx][0], self.places[last.idx + len(last) - 1][1])


class Pipeline:
    """A pipeline that is loaded when it is first needed. Where it can't be had, every call raises the same
    EngineError."""

    def __init__(self, name: str | None) -> None:
        self.name = name
        self._required: set[str] = set()
        self._nlp: Language | None = None
        self._size = 0
        self._idle: list[str] | None = None
        self._error: EngineError | None = None

    def require(self, attributes: Iterable[str]) -> None:
        """Say which attributes of tokens will be asked for, so that only those components run that give them."""
        self._required.update(attributes)
        self._idle = None

    @property
    def vocab(self) -> Any:
        """The vocabulary that its documents share."""
        return self._loaded().vocab

    @property
    def by_table(self) -> bool:
        """Whether lemmas come from the inflection table, since no component gives them."""
        return not self._givers("LEMMA")

    def lacks(self, attributes: Iterable[str]) -> list[str]:
        """Those of the attributes that none of its components gives."""
        return sorted(name for name in attributes if name in TRAINED and not self._givers(name))

    def analyse(self, stretches: Sequence[Stretch]) -> list[Analysis | None]:
        """The sentences analysed, all in one go; None for one that is none. Analyses made before stay good."""
        nlp = self._loaded()
        if len(nlp.vocab.strings) - self._size > _MOST:
            self._nlp = self._idle = None
            nlp = self._loaded()
        cleaned = [cleaned_sentence(stretch) for stretch in stretches]
        if self._idle is None:
            running = self._running()
            self._idle = [name for name in nlp.pipe_names if name not in running]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                docs = iter(list(nlp.pipe((each[0] for each in cleaned if each is not None), disable=self._idle)))
        except Exception as error:  # a component's code may fail in any way
            raise self._fail("pipeline-fails", error) from error
        if "LEMMA" in self._required and self.by_table:
            docs = map(_spelled, docs)
        return [None if each is None else Analysis(next(docs), each[1]) for each in cleaned]

    def people(self, stretches: Sequence[Stretch]) -> list[list[Span]]:
        """Where each of the sentences names a person. Call `require({"ENT_TYPE"})` before anything is analysed."""
        if self.lacks({"ENT_TYPE"}):
            raise EngineError("pipeline-lacks", name=self.name, attributes="ENT_TYPE")
        return [
            [] if each is None else [each.span(ent.start, ent.end) for ent in each.doc.ents if ent.label_ in _PEOPLE]
            for each in self.analyse(stretches)
        ]

    def _loaded(self) -> Language:
        if self._error is not None:
            raise self._error
        if self._nlp is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._nlp = self._load()
            self._size = len(self._nlp.vocab.strings)
        return self._nlp

    def _load(self) -> Language:
        try:
            import spacy
        except ImportError as error:
            raise self._fail("no-spacy") from error
        if self.name is None:
            return spacy.blank("de")
        is_path = os.sep in self.name
        try:
            nlp = spacy.load(Path(self.name) if is_path else self.name)
        except Exception as error:  # a package's code may fail in any way
            missing = not is_path and isinstance(error, OSError) and not spacy.util.is_package(self.name)
            raise self._fail("no-pipeline" if missing else "pipeline-broken", error) from error
        if nlp.lang != "de":
            raise self._fail("pipeline-language", language=nlp.lang)
        return nlp

    def _fail(self, what: str, cause: Exception | None = None, **values: Any) -> EngineError:
        lines = str(cause).strip().splitlines() if cause else []
        reason = f"{type(cause).__name__}: {lines[0]}" if lines else type(cause).__name__
        self._error = EngineError(what, name=self.name or "blank:de", reason=reason, **values)
        return self._error

    def _givers(self, attribute: str) -> list[str]:
        """The components that give an attribute."""
        nlp = self._loaded()
        wanted = TRAINED.get(attribute, _LEMMA)
        givers = [name for name in nlp.pipe_names if wanted in nlp.get_pipe_meta(name).assigns]
        if not givers and attribute in ("POS", "MORPH") and "attribute_ruler" in nlp.pipe_names:
            givers = self._givers("TAG")
        return givers

    def _running(self) -> set[str]:
        """The components that have to run for what is required."""
        nlp = self._loaded()
        wanted = {name for name in self._required if name in TRAINED or name == "LEMMA"}
        running = {giver for name in wanted for giver in self._givers(name)}
        rules = [name for name in running if getattr(nlp.get_pipe(name), "mode", "lookup") not in ("lookup", None)]
        if any(nlp.get_pipe_meta(name).factory == "lemmatizer" for name in rules):
            running.update(self._givers("POS"))  # its rules go by the part of speech
        if wanted & _BY_RULES:
            running.update(name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "attribute_ruler")
        for name in nlp.pipe_names:
            if nlp.get_pipe_meta(name).factory in _FEATURES:
                listeners = set(getattr(nlp.get_pipe(name), "listening_components", ()))
                if listeners & running:
                    running.add(name)
        return running


# Texts

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_INVISIBLE = expression(f"[{_UNSEEN}]+")
_ODD = expression(rf"\s+|[{_UNSEEN}]+|[^\s{_UNSEEN}][\u0300-\u036f]+")
_MENDED = expression(r"^ +| +$| {2,}|\S{101,}")
_STAND_IN = {"date": "1", "time": "1", "amount": "1", "number": "1", "tag": " "}
_WORD = "X"


def cleaned_sentence(stretch: Stretch) -> tuple[str, list[tuple[int, int]]] | None:
    """A sentence as spaCy is given it, with the range of the text that each of its characters stands for; None where it
    is too long to be one. No chunk is so long that spaCy's tokeniser, which is quadratic in it, takes any time."""
    reading = stretch.reading
    tokens, whole = reading.tokens, stretch.sentence.span
    if len(whole) > LONGEST_SENTENCE:
        return None
    letters: list[str] = []
    places: list[tuple[int, int]] = []

    def stand_in(words: str, start: int, end: int) -> None:
        letters.extend(words)
        places.extend([(start, end)] * len(words))

    done = whole.start
    for index in range(stretch.start, stretch.end):
        kind = tokens.kinds[index]
        if kind is not Kind.PLACEHOLDER and kind is not Kind.QUOTE:
            continue
        start, end = tokens.starts[index], tokens.ends[index]
        _copy(reading.text, done, start, letters, places)
        if kind is Kind.PLACEHOLDER:
            stand_in(_STAND_IN.get(tokens.values[index], _WORD), start, end)
        else:
            stand_in(reading.text[start], start, start + 1)
            stand_in(_WORD, start + 1, end - 1)
            stand_in(reading.text[end - 1], end - 1, end)
        done = end
    _copy(reading.text, done, whole.end, letters, places)
    text = "".join(letters)
    for match in reversed(list(_MENDED.finditer(text))):
        start, end = match.span()
        blank = " " if start > 0 and end < len(text) else ""
        words = blank if match[0][0] == " " else _WORD
        text = text[:start] + words + text[end:]
        places[start:end] = [(places[start][0], places[end - 1][1])] * len(words)
    return text, places


def _copy(text: str, start: int, end: int, letters: list[str], places: list[tuple[int, int]]) -> None:
    """Add a range of the text: white space as one blank, letters and their accents composed, nothing invisible."""
    for match in _ODD.finditer(text, start, end):
        _copy_plain(text, start, match.start(), letters, places)
        start = match.end()
        words = " " if match[0][0].isspace() else _INVISIBLE.sub("", unicodedata.normalize("NFC", match[0]))
        letters.extend(words)
        places.extend([match.span()] * len(words))
    _copy_plain(text, start, end, letters, places)


def _copy_plain(text: str, start: int, end: int, letters: list[str], places: list[tuple[int, int]]) -> None:
    letters.extend(text[start:end])
    places.extend((at, at + 1) for at in range(start, end))


# Words

_RUN = expression(r"[^\W\d_]+|\d+")


def runs(text: str) -> list[str]:
    """The runs of letters, and of digits, of a folded text. spaCy's German tokeniser cuts no word inside one."""
    return _RUN.findall(text)


def words_in(reading: Reading, start: int, end: int) -> frozenset[str]:
    """All that a pattern may call a word in a range of a reading's text: the runs of letters and of digits, folded, as
    they stand and with the usual misspellings mended, and the norms of the tokens."""
    folded = fold(_INVISIBLE.sub("", reading.text[start:end]))
    found = runs(folded)
    low, high = reading.tokens.range(start, end)
    return frozenset((*found, *(CANONICAL[run] for run in found if run in CANONICAL), *reading.tokens.norms[low:high]))


# Lemmas from the table

_EITHER, _SMALL, _CAPITAL = "|", "", "^"
_MARKS = {Case.LOWER: _SMALL, Case.CAPITAL: _CAPITAL, Case.INITIAL: _EITHER, Case.UPPER: _EITHER}


@lru_cache(maxsize=50_000)
def spelling(word: str, initial: bool) -> str:
    """How a word is written: its norm, marked where it has a capital, and where that proves nothing (`initial`: it
    begins the sentence)."""
    norm, case = normalise(word)
    return _MARKS[Case.INITIAL if initial and case is Case.CAPITAL else case] + norm


@lru_cache(maxsize=10_000)
def lemma_forms(lemma: str) -> tuple[str, ...]:
    """The norms of all forms of a lemma, in order; a capital makes it a noun."""
    return tuple(sorted({JOINTS.sub("", form) for form in forms(lemma)} | {normalise(lemma)[0]}))


def lemma_spellings(lemma: str, norms: Iterable[str]) -> list[str]:
    """How the forms of a lemma are written: a noun with a capital, all else without, unless it begins the sentence."""
    own = _CAPITAL if lemma[:1].isupper() else _SMALL
    return [mark + norm for norm in norms for mark in (own, _EITHER)]


def _spelled(doc: Doc) -> Doc:
    initial = True
    for token in doc:
        token.lemma_ = spelling(token.text, initial)
        initial = initial and not token.is_alpha
    return doc
