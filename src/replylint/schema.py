"""A JSON Schema for rule files, made of the same tables of keys that the loader goes by, so that editors complete and
check what it will accept.

What a schema can't know stays to the loader: whether a phrase can be read, and whether what is named exists. Each key's
title is German, its description English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from replylint.changes import LISTS, NAMED_LISTS, ONLY_IN_PARTS, PHRASE_LISTS
from replylint.checks import (
    KINDS,
    KindOfCheck,
    consistency,
    gender,
    measure,
    pattern,
    required,
    signal,
    suppression,
    template,
    tokenpatterns,
    tokens,
)
from replylint.checks.base import PARTS, SCOPES, Workshop
from replylint.checks.rewriting import EXTENTS, FORMS
from replylint.findings import Safety, Severity
from replylint.packs import PACK_KEYS
from replylint.rulefile import EXAMPLE_KEYS, REQUIRED_KEYS, RULE_KEYS, WORD_KEYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = Mapping[str, Any]

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "number"}
_SEVERITIES = [str(severity) for severity in reversed(Severity)]
_ADDRESSES = ("sie", "du", "ihr")


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _or_list(item: Json) -> Json:
    """The loader takes a single value for a list of one."""
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _object(properties: Mapping[str, Json], needed: Iterable[str] = ()) -> dict[str, Any]:
    result: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if needed := list(needed):
        result["required"] = needed
    return result


def _named(value: Json, names: Iterable[str] | None = None) -> Json:
    if names is None:
        return {"type": "object", "additionalProperties": value}
    return _object(dict.fromkeys(names, value))


_TEXTS = _or_list(_TEXT)
_PHRASES = _or_list(_ref("phrase"))

# Each key: its German title, its English description, and what it may hold.
KEYS: Mapping[str, tuple[str, str, Json]] = {
    # Every check
    "id": ("Name der Prüfung", "The check's name; the file has the same name.", _TEXT),
    "kind": ("Art der Prüfung", "What kind of check it is.", _TEXT),
    "category": ("Kategorie", "The group it belongs to; --select and --ignore take it too.", _TEXT),
    "severity": ("Schwere", "How bad a finding is.", {"enum": _SEVERITIES}),
    "sources": ("Quellen", "Where the advice comes from.", _TEXTS),
    "message": ("Meldung", "What the finding says; {match}, {evidence} and slots are filled in.", _ref("texts")),
    "why": ("Warum", "Why it should read differently.", _ref("texts")),
    "flags": ("Meldet", "What it finds, a sentence or two for `replylint explain`.", _ref("texts")),
    "leaves": ("Lässt stehen", "What it leaves alone, for `replylint explain`.", _ref("texts")),
    "enabled": ("Eingeschaltet", "Whether it runs when nothing else is said.", _ref("boolean")),
    "when": ("Nur wenn", "Signals and facts that all must hold; “a | b” is one of them, “!a” not a.", _TEXTS),
    "yields-to": ("Lässt den Vortritt", "Checks that win on the same words.", _TEXTS),
    "severities": (
        "Schwere je nach Lage",
        "Another severity where a condition holds; the first that does counts.",
        _or_list(_object({"when": _TEXTS, "severity": {"enum": _SEVERITIES}}, ("when", "severity"))),
    ),
    "examples": ("Beispiele", "The check's own tests: bad is found, good stays silent.", _or_list(_ref("example"))),
    # Kinds
    "in": ("Wo", "The parts of the draft that it looks at.", _or_list({"enum": list(PARTS)})),
    "phrases": ("Formulierungen", "What it looks for, in the phrase language.", _or_list(_ref("entry"))),
    "except": ("Ausnahmen", "A match that overlaps one of these is dropped.", _PHRASES),
    "unless": ("Außer wenn", "A match is dropped where one of these stands.", _named(_PHRASES, SCOPES)),
    "questions": ("Auch in Fragen", "no: questions are left alone.", _ref("boolean")),
    "extent": ("Umfang des Funds", "What the finding quotes.", {"enum": list(EXTENTS)}),
    "rewrite": ("Vorschläge", "What may stand there instead, the best first.", _or_list(_ref("rewrite"))),
    "from": ("Übernimmt von", "Takes over the findings of these checks.", _TEXTS),
    "patterns": ("Muster", "Regular expressions (RE2), or spaCy's token patterns.", _or_list(_ref("pattern"))),
    "inside": (
        "Auch darin",
        "Looks into these as well.",
        _or_list({"enum": list(pattern.INSIDE)}),
    ),
    "present": ("Muss dastehen", "One of these phrases has to stand there.", _or_list(_ref("entry"))),
    "present-part": ("Dieser Teil muss da sein", "Or this part of the reply.", {"enum": list(required.PART_NAMES)}),
    "echoes": (
        "Greift die Anfrage auf",
        "Phrases of a statement about the customer's matter; a sentence with a noun of the inquiry counts.",
        _or_list(_ref("entry")),
    ),
    "too-general": ("Sagt zu wenig", "Nouns of the inquiry that name no matter.", _TEXTS),
    "place": ("Ort", "Where the missing sentence belongs.", {"enum": list(required.PLACES)}),
    "insert": ("Einfügen", "Sentences to insert, the best first.", _or_list(_ref("insertion"))),
    "last": ("Nur die letzten Sätze", "Only so many sentences at the end count.", {"type": "number"}),
    "satisfied-by": ("Erfüllt durch", "The findings of these checks count as present.", _TEXTS),
    "ignoring": ("Ohne", "Words within the findings of these checks don't count.", _TEXTS),
    "ways": ("Schreibweisen", "The ways to write it, each a list of phrases.", _named(_or_list(_ref("entry")))),
    "decided-by": ("Wer entscheidet", "What decides on the way.", {"enum": list(consistency.DECIDERS)}),
    "together": (
        "Vertragen sich",
        "Ways that may stand side by side.",
        {"type": "array", "items": {"type": "array", "items": _TEXT}},
    ),
    "given": (
        "Bei vorgegebener Anrede",
        "What is said, and why, where the address is given and the draft takes another.",
        _object({"message": _ref("texts"), "why": _ref("texts")}, ("message", "why")),
    ),
    "of": ("Maß", "What is measured.", {"enum": list(measure.MEASURES)}),
    "limit": ("Grenze", "The most that is fine.", {"type": "number"}),
    "least": ("Mindestens", "From how many words on a text is measured as a whole.", {"type": "number"}),
    "depth": ("Tiefe", "From how many clauses within one another on a sentence is nested.", {"type": "number"}),
    "inserted": ("Eingeschoben", "The most words that may interrupt a main clause.", {"type": "number"}),
    "interrupted": ("Meldung bei Einschub", "What is said of a main clause broken off too long.", _ref("texts")),
    "style": ("Schreibweise", "The house's way of naming women and men.", {"enum": list(gender.STYLES)}),
    "nouns": ("Personen", "Masculine nouns for persons; “*” where they also end compounds.", _or_list(_ref("noun"))),
    "other-way": (
        "Bei anderer Schreibweise",
        "What is said, and why, of another way of writing than the house's.",
        _object({"message": _ref("texts"), "why": _ref("texts")}, ("message", "why")),
    ),
    "finds": (
        "Findet",
        "What is wrong with the placeholder, or with the suppression.",
        {"enum": list(template.FINDERS)},
    ),
    "women": ("Vornamen von Frauen", "First names that are plainly women's, with blanks between them.", _TEXTS),
    "men": ("Vornamen von Männern", "First names that are plainly men's.", _TEXTS),
    "either": ("Vornamen für beide", "First names of women and men, and all that decide nothing.", _TEXTS),
    "short-forms": ("Kurzformen", "Groups of first names that one person may go by.", _TEXTS),
    "proxies": ("Schreibt für andere", "Phrases of an inquiry by which somebody writes for somebody else.", _PHRASES),
    "wrong-title": (
        "Falsche Anrede",
        "What is said, and why, of Frau for Herr and the other way round.",
        _object({"message": _ref("texts"), "why": _ref("texts")}, ("message", "why")),
    ),
    "wrong-person": (
        "Fremder Name",
        "What is said, and why, of somebody else's name.",
        _object({"message": _ref("texts"), "why": _ref("texts")}, ("message", "why")),
    ),
    # Signals
    "label": ("Bezeichnung", "What the signal is called for people.", {"anyOf": [_TEXT, _ref("texts")]}),
    "facts": ("Angaben dafür", "Given facts that decide for it.", _named(_TEXTS)),
    "denied-by": ("Angaben dagegen", "Given facts that decide against it.", _named(_TEXTS)),
    "inquiry": ("In der Anfrage", "Phrases of the inquiry that show it.", _or_list(_ref("entry"))),
    "draft": ("Im Entwurf", "Phrases of the draft that show it.", _or_list(_ref("entry"))),
    # Word lists and changes
    "words": ("Wörter", "The entries: phrases without “&”.", _PHRASES),
    "change": ("Ändert", "The check, signal or word list of an earlier pack that this file changes.", _TEXT),
    "add": ("Kommt dazu", "What comes to it, before what it has.", {}),
    "remove": ("Fällt weg", "What goes, word for word as it stands there.", {}),
    "extends": ("Baut auf", "The packs that this one builds on.", _TEXTS),
    # Phrases
    "find": ("Formulierung", "One phrase or several.", _PHRASES),
    "weight": ("Gewicht", "How much it shows; 1 decides by itself.", {"type": "number"}),
    # Examples
    "bad": ("Wird gemeldet", "A text that the check finds.", _ref("open")),
    "good": ("Bleibt stehen", "A text that the check leaves alone.", _ref("open")),
    "at": ("Genau hier", "The words found; without it the whole text less its final mark.", _TEXTS),
    "rewritten": ("Danach", "The whole text with the first rewrite made.", _TEXT),
    "template": ("Vorlage", "Whether the text is a template.", _ref("boolean")),
    "address": ("Anrede", "The form of address.", {"enum": list(_ADDRESSES)}),
}
# What a key holds in one place only.
_ELSEWHERE: Mapping[tuple[str, str], Json] = {
    ("suppression", "finds"): {"enum": list(suppression.FINDS)},
    ("pattern", "except"): _TEXTS,
    ("placeholder", "except"): _TEXTS,
    ("placeholder", "phrases"): KEYS["phrases"][2],
    ("tokens", "in"): _or_list({"enum": list(tokens.WHERE)}),
    ("tokens", "patterns"): _or_list(_ref("tokens")),
    ("signal", "kind"): {"const": "signal"},
    ("signal", "in"): _TEXTS,
    ("example", "inquiry"): _TEXT,
    ("example", "facts"): _named(_TEXT),
}


def schema(kinds: Mapping[str, KindOfCheck] = KINDS) -> dict[str, Any]:
    """The schema of rule files that may use those kinds of check."""
    return {
        "$schema": DIALECT,
        "title": "replylint: Regeldateien",
        "description": "Rule files of replylint: checks, changes of checks, signals, word lists, and pack.yaml.",
        "type": "object",
        "allOf": [
            _when({"required": ["change"]}, "change"),
            _when({"required": ["extends"]}, "pack"),
            _when({"required": ["words"]}, "words"),
            _when(_kind("signal"), "signal"),
            *(_when(_kind(kind), f"kind-{kind}") for kind in kinds),
            # Nothing of these: what every file must have is what is missing.
            {
                "if": {"not": {"anyOf": [{"required": [key]} for key in ("change", "extends", "words")]}},
                "then": {
                    "required": ["kind"],
                    "properties": {"kind": {"enum": [*kinds, "signal"], **_about("kind")}},
                },
            },
        ],
        "$defs": {
            **{f"kind-{name}": _check(name, kind) for name, kind in kinds.items()},
            "signal": _object({key: _key(key, "signal") for key in signal.KEYS}, ("id", "kind")),
            "words": _object({key: _key(key) for key in WORD_KEYS}, WORD_KEYS),
            "pack": _object({key: _key(key) for key in PACK_KEYS}),
            "change": _change(kinds),
            **_PARTS,
        },
    }


def _kind(name: str) -> Json:
    return {"required": ["kind"], "properties": {"kind": {"const": name}}}


def _when(condition: Json, name: str) -> Json:
    return {"if": condition, "then": _ref(name)}


def _about(key: str) -> dict[str, Any]:
    title, description, _ = KEYS[key]
    return {"title": title, "description": description}


def _key(key: str, where: str = "") -> Json:
    """What a key may hold there; a plugin's own key may hold anything, unless its schema says what."""
    if key not in KEYS:
        return {}
    return {**_about(key), **_ELSEWHERE.get((where, key), KEYS[key][2])}


def _check(name: str, kind: KindOfCheck) -> Json:
    properties = {key: kind.schema.get(key, _key(key, name)) for key in (*RULE_KEYS, *kind.keys)}
    return _object({**properties, "kind": {**_about("kind"), "const": name}}, REQUIRED_KEYS)


def _change(kinds: Mapping[str, KindOfCheck]) -> Json:
    """Changes of any kind of check, of signals and of word lists; which it is, only the loader knows."""
    keys = dict.fromkeys((*RULE_KEYS, *(key for kind in kinds.values() for key in kind.keys), *signal.KEYS))
    whole = [key for key in keys if key not in ("id", "kind", *ONLY_IN_PARTS)]
    in_lists = [key for key in keys if key in LISTS]
    add = _object({key: _either(key, kinds) for key in in_lists})
    remove = _object({key: _named(_TEXTS) if key in NAMED_LISTS else _TEXTS for key in (*in_lists, "examples")})
    remove["properties"]["patterns"] = {"anyOf": [_TEXTS, _or_list(_ref("token-list"))]}
    properties = {key: _either(key, kinds) for key in whole}
    properties |= {key: {**_about(key), **_altered(key)} for key in PHRASE_LISTS if key in whole}
    properties["change"] = _key("change")
    properties["add"] = {**_about("add"), "anyOf": [add, _PHRASES]}
    properties["remove"] = {**_about("remove"), "anyOf": [remove, _TEXTS]}
    return _object(properties, ("change",))


def _either(key: str, kinds: Mapping[str, KindOfCheck]) -> Json:
    """A key as any of the kinds has it."""
    different = [_ELSEWHERE[place, key] for place in (*kinds, "signal") if (place, key) in _ELSEWHERE]
    if key not in KEYS or not different:
        return _key(key)
    return {**_about(key), "anyOf": [KEYS[key][2], *different]}


def _altered(key: str) -> Json:
    items = ("pattern", "tokens") if key == "patterns" else ("entry",)
    return _or_list({"type": "object", "anyOf": [_ref(item) for item in items]})


def _token() -> Json:
    """A token of a pattern: what each attribute may be."""
    inner = {"anyOf": [_TEXT, _object({"IN": _some(_TEXT), "NOT_IN": _some(_TEXT)})]}
    expressions = dict.fromkeys(("REGEX", *tokenpatterns.FUZZY), inner)
    speech: Json = {"enum": list(tokenpatterns.PARTS_OF_SPEECH)}

    def asked(value: Json, more: Mapping[str, Json]) -> Json:
        return {"anyOf": [value, _object({**dict.fromkeys(tokenpatterns.SETS, _some(value)), **more})]}

    return _object(
        {
            **dict.fromkeys(tokenpatterns.TEXTS, asked(_TEXT, expressions)),
            **dict.fromkeys(tokenpatterns.FLAGS, _ref("boolean")),
            "POS": asked(speech, expressions),
            "LENGTH": asked(_NUMBER, dict.fromkeys(tokenpatterns.COMPARISONS, _NUMBER)),
            "ENT_IOB": {"enum": ["", "I", "O", "B", 0, 1, 2, 3]},
            "OP": {"title": "Wie oft", "description": "!, ?, *, +, {n}, {n,}, {,m} or {n,m}.", **_TEXT},
            "slot": {
                "title": "Name der Stelle",
                "description": "{name} stands for it in message and rewrite.",
                **_TEXT,
            },
        }
    )


def _some(item: Json) -> Json:
    return {"type": "array", "items": item, "minItems": 1}


_FORMS: dict[str, Json] = dict.fromkeys(FORMS, _TEXT)
_REWRITE = {
    **_FORMS,
    "text": {"title": "Text", "description": "The wording, the same for Sie and du.", **_TEXT},
    "safety": {
        "title": "Sicherheit",
        "description": "How far it may be trusted; a wording with a [gap] is fill by itself.",
        "enum": [str(safety) for safety in reversed(Safety)],
    },
    "replaces": {"title": "Ersetzt", "description": "What it stands for.", "enum": list(EXTENTS)},
    "otherwise": {
        "title": "Sonst",
        "description": "It is proposed only where none before it could be made.",
        **_ref("boolean"),
    },
}
_PARTS: Mapping[str, Json] = {
    "boolean": {
        "description": "yes or no, not in quotes. (To YAML 1.2 they are text, so that they are listed as such.)",
        "enum": [True, False, "yes", "no", "on", "off"],
    },
    "open": {"type": ["string", "null"]},
    "phrase": {"description": "A phrase, in quotes.", **_TEXT},
    "texts": {"type": "object", "properties": {"de": _TEXT, "en": _TEXT}, "required": ["de", "en"],
              "additionalProperties": False},
    "entry": {"anyOf": [_TEXT, _object({key: _key(key) for key in Workshop.ENTRY_KEYS}, ("find",))]},
    "pattern": {
        "anyOf": [
            _TEXT,
            _object(
                {
                    "find": {"title": "Ausdruck", "description": "The regular expression (RE2).", **_TEXT},
                    "except": {**_about("except"), **_TEXTS},
                    "rewrite": _key("rewrite"),
                    "needs": {"title": "Braucht", "description": "What must occur for it to be tried.", **_TEXTS},
                    "words": {"title": "Ganze Wörter", "description": "Not inside a word.", **_ref("boolean")},
                    "own": {"title": "Eigene", "description": "A template may have it as its own.", **_ref("boolean")},
                },
                ("find",),
            ),
        ]
    },
    "token-list": {"type": "array", "items": _token(), "minItems": 1},
    "tokens": {
        "anyOf": [
            _ref("token-list"),
            _object(
                {
                    **{key: _key(key) for key in tokens.PATTERN_KEYS},
                    "find": {"title": "Muster", "description": "spaCy's tokens, one after the other.",
                             **_ref("token-list")},
                },
                ("find",),
            ),
        ]
    },
    "rewrite": {"anyOf": [_TEXT, _object(_REWRITE)]},
    "insertion": {"anyOf": [_TEXT, _object({**_REWRITE, "when": _key("when")})]},
    "noun": {
        "anyOf": [
            _TEXT,
            _object({**dict.fromkeys(gender.NOUN_KEYS, _TEXT), "ours": _ref("boolean")}, ("noun",)),
        ]
    },
    "example": {
        **_object({key: _key(key, "example") for key in EXAMPLE_KEYS}),
        "oneOf": [{"required": ["bad"]}, {"required": ["good"]}],
    },
}  # fmt: skip
