"""Token patterns as rule files write them: what is wrong is told with its place, and spaCy's own check agrees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from spacy.matcher import Matcher
from spacy.schemas import validate_token_pattern
from spacy.vocab import Vocab

from replylint.checks.base import Workshop
from replylint.checks.tokenpatterns import needed, parse_tokens, trained, words
from replylint.german.phrases import PhraseBook
from replylint.rulefile import RuleError, parse
from replylint.schema import schema

SCHEMA: Any = schema()
EDITOR = jsonschema.Draft202012Validator({"$ref": "#/$defs/token-list", "$defs": SCHEMA["$defs"]})


def read(text: str) -> tuple[Any, list[str]]:
    errors: list[RuleError] = []
    node = parse(text, "x.yaml", errors)
    assert node is not None, errors
    tokens = parse_tokens(node, Workshop(PhraseBook()))
    return tokens, [f"{error.line}:{error.column}: {error.message}" for error in errors]


def spacy_takes(pattern: Any) -> bool:
    """Whether spaCy's own check of a pattern, and its Matcher, take it."""
    if not isinstance(pattern, list) or validate_token_pattern(pattern):
        return False
    try:
        Matcher(Vocab(), validate=True).add("x", [pattern])
    except Exception:
        return False
    return True


GOOD = [
    "[{LOWER: nicht}]",
    "[{ORTH: Nicht}, {TEXT: zuständig}, {NORM: nicht}, {SHAPE: Xxxxx}]",
    "[{LEMMA: kündigen, OP: '+'}, {POS: NOUN, OP: '*'}, {TAG: NN, OP: '?'}, {DEP: sb, OP: '!'}]",
    "[{MORPH: {IS_SUPERSET: [Case=Dat, Number=Sing]}}]",
    "[{MORPH: {IS_SUBSET: [Case=Dat]}, LOWER: {IN: [a, b], NOT_IN: [c]}}]",
    "[{MORPH: {INTERSECTS: [Case=Dat, Case=Acc]}}]",
    "[{TEXT: {REGEX: '^[A-Z]'}}, {LOWER: {REGEX: {IN: ['ung$', 'heit$']}}}]",
    "[{LOWER: {FUZZY: vertrag}}, {LOWER: {FUZZY2: vertrag}}, {LOWER: {FUZZY1: {IN: [vertrag, kunde]}}}]",
    "[{LENGTH: {'>=': 10}}, {LENGTH: 3}, {LENGTH: {IN: [1, 2]}}]",
    "[{IS_ALPHA: true, IS_TITLE: false, LIKE_NUM: false, IS_STOP: true, SPACY: true}]",
    "[{IS_SENT_START: true, LOWER: a}]",
    "[{ENT_TYPE: PER, ENT_IOB: B}, {ENT_IOB: 3}, {ENT_TYPE: {IN: [PER, LOC]}}]",
    "[{LOWER: a, OP: '{2}'}, {OP: '{,3}'}, {OP: '{2,}'}, {OP: '{1,4}'}, {}]",
]
BAD = [
    ("[]", "1:1: a pattern needs at least one token that must stand there, and that says which one it is"),
    ("nicht", "1:1: a pattern is a list of tokens, such as [{LOWER: nicht}, {LOWER: zuständig}]"),
    ("[nicht]", "1:2: expected keys and values here, found text"),
    ("[{LOWR: a}]", "1:3: unknown key “LOWR”; did you mean “LOWER”?"),
    ("[{LOWER: 3}]", "1:10: expected text here, found the number 3; put it in quotes"),
    ("[{LOWER: true}]", "1:10: expected text here, found yes or no; put it in quotes"),
    ("[{LOWER: [a]}]", "1:10: expected text here, found a list"),
    ("[{LOWER: }]", "1:10: expected text here, found nothing; put it in quotes"),
    ("[{IS_ALPHA: a}]", "1:13: expected yes or no here, found text"),
    ("[{LENGTH: a}]", "1:11: expected a number here, found text"),
    ("[{LENGTH: {'>=': a}}]", "1:18: expected a number here, found text"),
    ("[{LENGTH: {IN: [a]}}]", "1:17: expected a number here, found text"),
    ("[{LOWER: {IN: a}}]", "1:15: a list of values has to stand here, such as [a, b]"),
    ("[{LOWER: {IN: [1]}}]", "1:16: expected text here, found the number 1; put it in quotes"),
    ("[{LOWER: {INN: [a]}}]", "1:11: unknown key “INN”; did you mean “IN”?"),
    ("[{LOWER: {'>=': 3}}]", "1:12: unknown key “>=”"),
    ("[{LOWER: a, OP: '**'}]", "1:18: unknown value “**”; did you mean “*”?; known are !, ?, *, +, {n}, {n,}, {,m}, {n,m}"),
    ("[{LOWER: a, OP: '{}'}]", "1:18: unknown value “{}”; known are !, ?, *, +, {n}, {n,}, {,m}, {n,m}"),
    ("[{LOWER: a, OP: '{3,1}'}]", "1:18: “{3,1}” can't be: the first number is at most the second, and that at most 100"),
    ("[{LOWER: a, OP: 3}]", "1:17: expected text here, found the number 3; put it in quotes"),
    ("[{TEXT: {REGEX: '['}}]", "1:18: is no regular expression (RE2): missing ]: ["),
    ("[{ENT_IOB: Z}]", "1:12: unknown value “Z”; known are , I, O, B"),
]  # fmt: skip
STRICTER = [
    ("[{lower: a}]", "1:3: unknown key “lower”; did you mean “LOWER”?"),
    ("[{_: {x: a}}]", "1:3: extension attributes (_) can't be used: nothing in a rule file runs code"),
    ("[{LOWER: a, OP: '?'}, {LOWER: b, OP: '*'}, {OP: '{,3}'}]", "1:1: a pattern needs at least one token that must stand there, and that says which one it is"),
    ("[{IS_SPACE: true}]", "1:3: unknown key “IS_SPACE”; did you mean “IS_STOP”?"),
    ("[{LOWER: {IN: [a, Vertrag]}}]", "1:19: LOWER is in small letters: write “vertrag”, or take TEXT where capitals count"),
    ("[{TEXT: nicht zuständig}]", "1:9: a token has no blank in it: write each word as a token of its own"),
    ("[{}]", "1:1: a pattern needs at least one token that must stand there, and that says which one it is"),
    ("[{LOWER: a, OP: '{1000}'}]", "1:18: “{1000}” can't be: the first number is at most the second, and that at most 100"),
    ("[{LOWER: {IN: []}}]", "1:15: an empty list fits nothing"),
    ("[{TEXT: {REGEX: 'a(?=b)'}}]", "1:18: is no regular expression (RE2): invalid perl operator: (?="),
    ("[{TEXT: {REGEX: {IS_SUBSET: [a]}}}]", "1:18: unknown key “IS_SUBSET”"),
    ("[{POS: NOMEN}]", "1:8: unknown value “NOMEN”; did you mean “NOUN”?; known are ADJ, ADP, ADV, AUX, CCONJ, DET, INTJ, NOUN, NUM, PART, PRON, PROPN, PUNCT, SCONJ, SYM, VERB, X"),
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_good_patterns(text: str) -> None:
    tokens, errors = read(text)
    assert errors == []
    assert len(tokens) == len(yaml.safe_load(text))
    assert spacy_takes(yaml.safe_load(text))
    assert EDITOR.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(("text", "error"), BAD)
def test_bad_patterns(text: str, error: str) -> None:
    assert read(text) == ((), [error])
    assert not spacy_takes(yaml.safe_load(text))


@pytest.mark.parametrize(("text", "error"), STRICTER)
def test_what_spacy_would_take(text: str, error: str) -> None:
    assert read(text) == ((), [error])
    assert spacy_takes(yaml.safe_load(text))


@pytest.mark.parametrize("text", [text for text, _ in [*BAD, *STRICTER] if "OP" not in text and "REGEX: '" not in text])
def test_an_editor_refuses_them_too(text: str) -> None:
    if text not in ("[{}]", "[{TEXT: nicht zuständig}]", "[{LOWER: {IN: [a, Vertrag]}}]"):  # a schema can't say that
        assert not EDITOR.is_valid(yaml.safe_load(text))


def test_a_slot_is_named_so_that_a_message_can_use_it() -> None:
    assert read("[{LOWER: a, slot: was}]")[0][0].slot == "was"
    assert read("[{LOWER: a, slot: 'was denn'}]") == (
        (),
        ["1:20: a slot's name consists of letters, digits and _; this is “was denn”"],
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("[{LOWER: a}, {LEMMA: kündigen}, {LEMMA: {NOT_IN: [a]}, SHAPE: x}]", []),
        ("[{LOWER: a}, {POS: NOUN}, {MORPH: {IN: [x]}, OP: '?'}]", ["MORPH", "POS"]),
        ("[{LEMMA: {REGEX: en$}}]", ["LEMMA"]),
        ("[{LEMMA: {FUZZY: kündigen}}]", ["LEMMA"]),
        ("[{LOWER: a, TAG: {REGEX: ^V}}]", ["TAG"]),
    ],
)
def test_what_only_a_trained_pipeline_gives(text: str, asked: list[str]) -> None:
    assert trained(needed(read(text)[0])) == asked


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        ("[{LOWER: über}, {TEXT: Straße}]", [{"ueber"}, {"strasse"}]),
        ("[{LOWER: {IN: [a, b]}}, {LOWER: c, OP: '?'}, {LOWER: d, OP: '!'}, {LOWER: e, OP: '+'}]", [{"a", "b"}, {"e"}]),
        ("[{LOWER: 24-stunden-service}, {LOWER: '?'}]", [{"stunden"}]),
        ("[{LOWER: {NOT_IN: [a]}}, {TEXT: {REGEX: ung$}}, {POS: NOUN}, {NORM: es}]", []),
        ("[{LEMMA: Rechnung}]", [{"rechnung", "rechnungen"}]),
        ("[{LEMMA: E-Mail}]", [{"e"}]),
    ],
)
def test_the_words_that_a_pattern_names(text: str, sets: list[set[str]]) -> None:
    assert [set(each) for each in words(read(text)[0])] == sets


def test_the_forms_of_a_lemma_are_words() -> None:
    [forms] = words(read("[{LEMMA: {IN: [kündigen, Vertrag]}}]")[0])
    assert {"kuendigen", "gekuendigt", "kuendigte", "vertraege", "vertrags"} <= forms


def test_all_that_is_wrong_is_told_in_the_file(tmp_path: Path) -> None:
    from replylint.rules import RuleErrors, load

    (tmp_path / "muster.yaml").write_text(
        """id: muster
kind: tokens
category: haus
severity: warning
message: {de: x, en: x}
why: {de: x, en: x}
in: inquiry
patterns:
  - find: [{LOWR: a}]
  - fund: [{LOWER: a}]
  - [{LOWER: a, OP: "?"}]
examples: []
""",
        encoding="utf-8",
    )
    with pytest.raises(RuleErrors) as caught:
        load([str(tmp_path)])
    assert [f"{error.line}:{error.column}: {error.message}" for error in caught.value.errors] == [
        "7:5: unknown value “inquiry”; known are subject, salutation, body, closing, sign-off, text",
        "9:13: unknown key “LOWR”; did you mean “LOWER”?",
        "10:5: the key “find” is missing",
        "10:5: unknown key “fund”; did you mean “find”?",
        "11:5: a pattern needs at least one token that must stand there, and that says which one it is",
    ]
