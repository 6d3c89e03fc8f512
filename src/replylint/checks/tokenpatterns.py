"""spaCy's token patterns as rule files write them: checked without spaCy, then taken to pieces.

A pattern is a list of tokens, each a mapping from attributes to values (https://spacy.io/api/matcher#patterns). What
spaCy would take and is refused here: extension attributes (`_`), attributes in small letters, expressions that RE2
can't read, parts of speech that don't exist, counts beyond the longest match, patterns that fit any words at all, and
what could never fit: capitals in LOWER, blanks in a word, white space as a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from replylint.checks.base import Workshop
from replylint.checks.pattern import parse_expression
from replylint.expressions import expression
from replylint.german.fold import fold
from replylint.german.sequences import LONGEST
from replylint.german.spacy import TRAINED, lemma_forms, runs
from replylint.german.tokens import JOINTS
from replylint.rulefile import Node, did_you_mean

TEXTS = (
    "ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "LEMMA", "POS", "TAG", "MORPH", "DEP", "ENT_TYPE", "ENT_ID", "ENT_KB_ID",
)  # fmt: skip
FLAGS = (
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_BRACKET", "IS_QUOTE",
    "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY", "IS_STOP", "IS_SENT_START", "SENT_START", "LIKE_NUM",
    "LIKE_URL", "LIKE_EMAIL", "SPACY",
)  # fmt: skip
KEYS = (*TEXTS, *FLAGS, "LENGTH", "ENT_IOB", "OP", "slot")
SETS = ("IN", "NOT_IN", "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
FUZZY = ("FUZZY", *(f"FUZZY{number}" for number in range(1, 10)))
COMPARISONS = ("==", "!=", ">=", "<=", ">", "<")
OPS: Mapping[str, tuple[int, int]] = {"!": (1, 1), "?": (0, 1), "*": (0, LONGEST), "+": (1, LONGEST)}
PARTS_OF_SPEECH = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip
_STARTS = ("IS_SENT_START", "SENT_START")
_WRITTEN = ("LOWER", "TEXT", "ORTH")
_ONE_WORD = (*_WRITTEN, "NORM", "LEMMA")
_COUNT = expression(r"\{(\d{1,9})?(,)?(\d{1,9})?\}")
_NAME = expression(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a pattern, to stand `least` to `most` times in a row. `attributes` are for spaCy's Matcher; of
    `expressions`, each on an attribute, one (or, where the last value is False, none) has to be found; `opens` says
    whether it must or must not begin the sentence."""

    attributes: Mapping[str, Any]
    expressions: tuple[tuple[str, tuple[str, ...], bool], ...]
    opens: bool | None
    least: int
    most: int
    negated: bool
    slot: str

    @property
    def asks(self) -> bool:
        """Whether it says anything about the token."""
        return bool(self.attributes or self.expressions or self.opens is not None)


def parse_tokens(node: Node, workshop: Workshop) -> tuple[Token, ...]:
    """The tokens of a pattern; empty (and errors noted) where it can't be used."""
    if workshop.trusted:
        return tuple(map(_token, node.plain()))
    before = len(node.errors)
    if not isinstance(node.value, list):
        node.error("a pattern is a list of tokens, such as [{LOWER: nicht}, {LOWER: zuständig}]")
        return ()
    for item in node.items():
        _check_token(item, workshop)
    if len(node.errors) > before:
        return ()
    tokens = tuple(map(_token, node.plain()))
    if not any(token.least and token.asks for token in tokens):
        node.error("a pattern needs at least one token that must stand there, and that says which one it is")
        return ()
    return tokens


def needed(tokens: Iterable[Token]) -> frozenset[str]:
    """The attributes that the tokens ask for; LEMMA with an expression or fuzzily is `LEMMA*`, since no table of forms
    can answer that."""
    names: set[str] = set()
    for token in tokens:
        names.update(token.attributes)
        names.update(name for name, _, _ in token.expressions)
        lemma = token.attributes.get("LEMMA")
        fuzzy = isinstance(lemma, dict) and not {"IN", "NOT_IN", "INTERSECTS"}.issuperset(lemma)
        if fuzzy or any(name == "LEMMA" for name, _, _ in token.expressions):
            names.add("LEMMA*")
    return frozenset(names)


def trained(names: Iterable[str]) -> list[str]:
    """Those of the attributes `needed` that only a trained pipeline gives, in order."""
    return sorted({name.rstrip("*") for name in names if name in TRAINED or name == "LEMMA*"})


def words(tokens: Iterable[Token], known: Callable[[str], Sequence[str]] = lemma_forms) -> tuple[frozenset[str], ...]:
    """What a sentence must hold for the pattern to fit, at the least: one word of each of the sets, folded; none where
    the pattern names no words. `known` gives the forms of a lemma."""
    sets = (set_ for token in tokens if token.least and not token.negated for set_ in _words(token, known))
    return tuple(dict.fromkeys(sets))


def _words(token: Token, known: Callable[[str], Sequence[str]]) -> Iterator[frozenset[str]]:
    for name in _WRITTEN:
        if found := [_key(text) for text in _literals(token.attributes.get(name))]:
            if all(found):
                yield frozenset(found)
    if lemmas := _literals(token.attributes.get("LEMMA")):
        yield frozenset(form for lemma in lemmas for form in _lemma_words(lemma, known))


def _lemma_words(lemma: str, known: Callable[[str], Sequence[str]]) -> Iterable[str]:
    """Its forms; of one with a hyphen what stands before the last part, which alone is inflected."""
    return [_key(JOINTS.split(lemma)[0]) or fold(lemma)] if JOINTS.search(lemma) else known(lemma)


def _key(text: str) -> str:
    """The longest run of letters or digits in a text."""
    return max(runs(fold(text)), key=len, default="")


def _literals(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = value.get("IN")
    return [value] if isinstance(value, str) else list(value or ())


def lemmas(tokens: Iterable[Token]) -> list[str]:
    """The lemmas that the tokens name, each once."""
    found: list[str] = []
    for token in tokens:
        value = token.attributes.get("LEMMA")
        for each in value.values() if isinstance(value, dict) else [value]:
            found += [each] if isinstance(each, str) else each if isinstance(each, list) else []
    return list(dict.fromkeys(found))


def _token(plain: Mapping[str, Any]) -> Token:
    attributes: dict[str, Any] = {}
    expressions = []
    opens = None
    for name, value in plain.items():
        if name in _STARTS:
            opens = value
        elif name in ("OP", "slot"):
            continue
        elif isinstance(value, dict) and "REGEX" in value:
            regex, rest = value["REGEX"], {key: item for key, item in value.items() if key != "REGEX"}
            choices = regex if isinstance(regex, dict) else {"IN": [regex]}
            expressions += [(name, tuple(texts), key == "IN") for key, texts in choices.items()]
            if rest:
                attributes[name] = rest
        else:
            attributes[name] = value
    op = str(plain.get("OP", ""))
    least, most = OPS.get(op) or _count(op) or (1, 1)
    return Token(attributes, tuple(expressions), opens, least, most, op == "!", plain.get("slot", ""))


def _count(op: str) -> tuple[int, int] | None:
    """{n}, {n,}, {,m} or {n,m} as n and m; None where it is none of these."""
    match = _COUNT.fullmatch(op)
    if match is None or not (match[1] or match[3]):
        return None
    least = int(match[1] or 0)
    return least, least if not match[2] else int(match[3]) if match[3] else max(least, LONGEST)


def _check_token(node: Node, workshop: Workshop) -> None:
    fields = _mapping(node, KEYS)
    for name, value in fields.items():
        if name in FLAGS:
            value.boolean()
        elif name == "OP":
            _check_op(value)
        elif name == "slot":
            if (text := value.string()) and not _NAME.fullmatch(text):
                value.error(f"a slot's name consists of letters, digits and _; this is “{text}”")
        elif name == "ENT_IOB":
            if value.value not in (0, 1, 2, 3) or isinstance(value.value, bool):
                value.choice(("", "I", "O", "B"))
        elif not isinstance(value.value, dict):
            _check_value(value, name)
        else:
            _check_predicates(value, name, workshop)


def _mapping(node: Node, known: Sequence[str]) -> Mapping[str, Node]:
    if not isinstance(node.value, dict):
        return node.mapping(known)
    for key in node.value:
        if key == "_":
            node.keys[key].error("extension attributes (_) can't be used: nothing in a rule file runs code")
        elif key not in known:
            hint = did_you_mean(key, known) or did_you_mean(key.upper(), known)
            node.keys[key].error(f"unknown key “{key}”{hint}")
    return {key: value for key, value in node.value.items() if key in known}


def _check_op(node: Node) -> None:
    op = node.string()
    if not isinstance(node.value, str) or op in OPS:
        return
    count = _count(op)
    if count is None:
        known = ", ".join((*OPS, "{n}", "{n,}", "{,m}", "{n,m}"))
        node.error(f"unknown value “{op}”{did_you_mean(op, OPS)}; known are {known}")
    elif not count[0] <= count[1] <= LONGEST:
        node.error(f"“{op}” can't be: the first number is at most the second, and that at most {LONGEST}")


def _check_value(node: Node, name: str) -> None:
    if name == "LENGTH":
        node.number()
    elif name == "POS":
        node.choice(PARTS_OF_SPEECH)
    else:
        text = node.string()
        if name in _ONE_WORD and any(letter.isspace() for letter in text):
            node.error("a token has no blank in it: write each word as a token of its own")
        elif name == "LOWER" and text != text.lower():
            node.error(f"LOWER is in small letters: write “{text.lower()}”, or take TEXT where capitals count")


def _check_predicates(node: Node, name: str, workshop: Workshop) -> None:
    known = (*SETS, *COMPARISONS) if name == "LENGTH" else (*SETS, "REGEX", *FUZZY)
    if not node.value:
        node.error(f"“{name}” says nothing here; known are {', '.join(known)}")
    for key, value in _mapping(node, known).items():
        if key in SETS:
            _check_list(value, name)
        elif key in COMPARISONS:
            value.number()
        else:
            _check_inner(value, workshop, regex=key == "REGEX")


def _check_inner(node: Node, workshop: Workshop, *, regex: bool) -> None:
    """What stands under REGEX or FUZZY: a text, or texts of which one, or none, has to fit."""
    if not isinstance(node.value, dict):
        texts = [node]
    else:
        lists = _mapping(node, ("IN", "NOT_IN"))
        if not node.value:
            node.error("an empty list fits nothing")
        texts = [text for value in lists.values() for text in _check_list(value, "")]
    for text in texts:
        if regex:
            parse_expression(text, workshop)
        else:
            text.string()


def _check_list(node: Node, name: str) -> list[Node]:
    """The values of a list."""
    if not isinstance(node.value, list):
        node.error("a list of values has to stand here, such as [a, b]")
        return []
    if not node.value:
        node.error("an empty list fits nothing")
    for item in node.value if name else ():
        _check_value(item, name)
    return list(node.value)
