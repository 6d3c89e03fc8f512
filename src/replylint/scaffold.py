"""What `replylint new` writes: a rule file with comments that say what to fill in. Its examples are left open, so that
`replylint test` fails until they are written."""

from __future__ import annotations

from collections.abc import Mapping

KINDS = (
    "phrase", "pattern", "tokens", "required", "consistency", "measure", "nesting", "placeholder", "template", "change",
    "signal", "words",
)  # fmt: skip

_HEAD = {
    "de": """\
# Eine Prüfung der Art „{kind}“. „replylint test {pack}“ führt ihre Beispiele aus und schlägt fehl, bis sie unten
# stehen. Was die Schlüssel bedeuten, steht in docs/packs.md; „replylint schema“ gibt es für den Editor.
id: {id}
kind: {kind}
category: {category}
severity: warning                # error | warning | suggestion
sources: [Hausstil]
message:                         # Was die Prüfung sagt. {{match}} sind die gefundenen Wörter.
  de: {message_de}
  en: {message_en}
why:                             # Warum es anders besser ist: ein, zwei Sätze für den Menschen, der schreibt.
  de: Das steht so in unserem Hausstil.
  en: Our house style says so.
# flags: {{de: "…", en: "…"}}      # Was sie meldet und was sie stehen lässt; „replylint explain {id}“ zeigt es.
# leaves: {{de: "…", en: "…"}}
""",
    "en": """\
# A check of the kind “{kind}”. “replylint test {pack}” runs its examples and fails until they are written below.
# docs/packs.md says what the keys mean; “replylint schema” helps the editor.
id: {id}
kind: {kind}
category: {category}
severity: warning                # error | warning | suggestion
sources: [House style]
message:                         # What the check says. {{match}} are the words found.
  de: {message_de}
  en: {message_en}
why:                             # Why it should read differently: a sentence or two for the person who writes.
  de: Das steht so in unserem Hausstil.
  en: Our house style says so.
# flags: {{de: "…", en: "…"}}      # What it finds and what it leaves alone; “replylint explain {id}” shows it.
# leaves: {{de: "…", en: "…"}}
""",
}
_MESSAGES = {
    "required": ("In dieser Antwort fehlt etwas.", "Something is missing in this reply."),
    "measure": (
        "Dieser Satz hat {value} Wörter, mehr als {limit}.",
        "This sentence has {value} words, more than {limit}.",
    ),
    "nesting": ("Hier stecken {depth} Teilsätze ineinander.", "{depth} clauses stand within one another here."),
    "template": ("„{match}“: {problem}.", "“{match}”: {problem}."),
}
_MESSAGE = ("„{match}“ schreiben wir nicht.", "We don't write “{match}”.")

_BODIES: Mapping[str, Mapping[str, str]] = {
    "de": {
        "phrase": """
# Formulierungen stehen in Anführungszeichen. (a|b) ist eins von beiden, [a] kann fehlen, … sind bis zu vier Wörter,
# ~können ist jede Form davon; docs/phrases.md nennt alles.
phrases:
  - find: "wir ersuchen [Sie] um"
    rewrite:                     # Was stattdessen dastehen kann; das Erste wird zuerst vorgeschlagen.
      - {sie: "wir bitten Sie um", du: "wir bitten dich um"}
# except: ["…"]                  # Wortfolgen, in denen sie nichts meldet
# unless: {sentence: ["…"]}      # Steht das im selben Satz, meldet sie nichts.
""",
        "pattern": """
# Für das, was nicht aus Wörtern besteht: ein regulärer Ausdruck (RE2).
patterns:
  - find: '\\bFr\\. [A-ZÄÖÜ]'
    # words: yes                 # nicht mitten in einem Wort
    # except: ['…']
""",
        "tokens": """
# Für das, was Wörter allein nicht sagen: Token von spaCy, eines nach dem anderen. LEMMA sind alle Formen eines Wortes;
# Wortarten (POS) brauchen eine trainierte Pipeline. docs/rules.md nennt alles.
patterns:
  - find:
      - {LOWER: {IN: [eine, die]}}
      - {IS_TITLE: true, slot: was}       # {was} in Meldung und Vorschlag
      - {LEMMA: durchführen}
# except: ["…"]                  # Formulierungen, in denen sie nichts meldet
# unless: {sentence: ["…"]}      # Steht das im selben Satz, meldet sie nichts.
""",
        "required": """
# Eine der Formulierungen muss dastehen, sonst meldet sie den Entwurf als Ganzes.
when: ["!notification", "!template"]   # nur hier; „replylint explain missing-thanks“ zeigt ein Vorbild
present:
  - "unser* (Servicenummer|Hotline)"
place: before-closing            # wohin der fehlende Satz gehört
insert:
  - {sie: "Sie erreichen uns unter [Telefonnummer].", du: "Du erreichst uns unter [Telefonnummer]."}
""",
        "consistency": """
# Von mehreren Schreibweisen gilt eine für den ganzen Entwurf; die seltenere wird gemeldet.
ways:
  mail: ["Mail"]
  e-mail: ["E-Mail"]
""",
        "measure": """
# Ein Maß und seine Grenze.
of: sentence-words
limit: 25
""",
        "nesting": """
# Ab wie vielen Teilsätzen ineinander, und wie viele Wörter einen Hauptsatz höchstens unterbrechen dürfen.
depth: 3
inserted: 12
""",
        "placeholder": """
# Was jemand vor dem Absenden noch ausfüllen muss und was kein System ausfüllt.
phrases:
  - "hier (Datum|Betrag|Name) einsetzen"
""",
        "template": """
# broken: kein System füllt den Platzhalter; mixed: er gehört zu einem anderen System; empty: ohne Namen bliebe
# „Hallo ,“ stehen.
finds: broken
""",
    },
    "en": {
        "phrase": """
# Phrases stand in quotes. (a|b) is one of the two, [a] may be missing, … are up to four words, ~können is any form of
# the word; docs/phrases.md has it all.
phrases:
  - find: "wir ersuchen [Sie] um"
    rewrite:                     # What may stand there instead; the first is proposed first.
      - {sie: "wir bitten Sie um", du: "wir bitten dich um"}
# except: ["…"]                  # word sequences in which it finds nothing
# unless: {sentence: ["…"]}      # if this stands in the same sentence, it finds nothing
""",
        "pattern": """
# For what is not made of words: a regular expression (RE2).
patterns:
  - find: '\\bFr\\. [A-ZÄÖÜ]'
    # words: yes                 # not inside a word
    # except: ['…']
""",
        "tokens": """
# For what words alone don't tell: spaCy's tokens, one after the other. LEMMA is all forms of a word; parts of speech
# (POS) need a trained pipeline. docs/rules.md has it all.
patterns:
  - find:
      - {LOWER: {IN: [eine, die]}}
      - {IS_TITLE: true, slot: was}       # {was} in message and rewrite
      - {LEMMA: durchführen}
# except: ["…"]                  # phrases in which it finds nothing
# unless: {sentence: ["…"]}      # if this stands in the same sentence, it finds nothing
""",
        "required": """
# One of the phrases has to stand there, or the draft as a whole is reported.
when: ["!notification", "!template"]   # only here; “replylint explain missing-thanks” shows a model
present:
  - "unser* (Servicenummer|Hotline)"
place: before-closing            # where the missing sentence belongs
insert:
  - {sie: "Sie erreichen uns unter [Telefonnummer].", du: "Du erreichst uns unter [Telefonnummer]."}
""",
        "consistency": """
# Of several ways to write it, one holds for the whole draft; the rarer one is reported.
ways:
  mail: ["Mail"]
  e-mail: ["E-Mail"]
""",
        "measure": """
# A measure and its limit.
of: sentence-words
limit: 25
""",
        "nesting": """
# From how many clauses within one another on, and how many words may interrupt a main clause at most.
depth: 3
inserted: 12
""",
        "placeholder": """
# What somebody has to fill in before sending and no system fills.
phrases:
  - "hier (Datum|Betrag|Name) einsetzen"
""",
        "template": """
# broken: no system fills the placeholder; mixed: it is of another system; empty: without a name „Hallo ,“ is left.
finds: broken
""",
    },
}
_EXAMPLES = {
    "de": """
# Beispiele sind der Beweis: Die Prüfung meldet jedes bad: und lässt jedes good: stehen.
examples:
  - bad:                         # ein Satz, den die Prüfung melden soll
    # at: …                      # genau die gemeldeten Wörter, wenn es nicht der ganze Satz ist
    # rewritten: …               # der ganze Text mit dem ersten Vorschlag
  - good:                        # ein ähnlicher Satz, den sie stehen lassen soll
""",
    "en": """
# Examples are the proof: the check finds each bad: and leaves each good: alone.
examples:
  - bad:                         # a sentence that the check shall find
    # at: …                      # exactly the words found, unless it is the whole sentence
    # rewritten: …               # the whole text with the first rewrite made
  - good:                        # a similar sentence that it shall leave alone
""",
}
_OTHERS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "change": """\
# Ändert die Prüfung „{id}“ eines früheren Pakets. Nur was anders wird, steht hier; docs/packs.md nennt alles.
change: {id}
# enabled: no                    # ausschalten (dann genügt diese Zeile)
# severity: suggestion           # error | warning | suggestion
# message: {{de: "…", en: "…"}}    # andere Worte, auch why:
add:
  phrases:                       # neue Formulierungen; sie gehen den bisherigen vor
    - find: "wir verbleiben"
      rewrite: ["wir grüßen"]
  # except: ["…"]                # neue Ausnahmen
# remove:
#   rewrite: ["…"]               # ein Vorschlag, den wir nicht machen

# Beispiele für das, was neu ist.
examples:
  - bad:
  - good:
""",
        "signal": """\
# Ein Signal: woran zu erkennen ist, worum es geht. Prüfungen beziehen sich darauf mit when: [{id}].
id: {id}
kind: signal
inquiry: []                      # Formulierungen in der Anfrage
draft:                           # Formulierungen im Entwurf; weight: 0.5 heißt: erst zwei davon genügen
  - find: "Router"
""",
        "words": """\
# Eine Wortliste. Formulierungen beziehen sich darauf mit @{id}.
id: {id}
words:
  - Router
  - "*anschluss"
""",
    },
    "en": {
        "change": """\
# Changes the check “{id}” of an earlier pack. Only what becomes different stands here; docs/packs.md has it all.
change: {id}
# enabled: no                    # switch it off (this line is all it takes then)
# severity: suggestion           # error | warning | suggestion
# message: {{de: "…", en: "…"}}    # other words; why: too
add:
  phrases:                       # new phrases; they go before those that are there
    - find: "wir verbleiben"
      rewrite: ["wir grüßen"]
  # except: ["…"]                # new exceptions
# remove:
#   rewrite: ["…"]               # a rewrite that we don't propose

# Examples of what is new.
examples:
  - bad:
  - good:
""",
        "signal": """\
# A signal: what tells that this is what it is about. Checks refer to it by when: [{id}].
id: {id}
kind: signal
inquiry: []                      # phrases in the inquiry
draft:                           # phrases in the draft; weight: 0.5 means that it takes two of them
  - find: "Router"
""",
        "words": """\
# A word list. Phrases refer to it by @{id}.
id: {id}
words:
  - Router
  - "*anschluss"
""",
    },
}
_ROOMS = {"signal": "signals", "words": "words"}


def place(kind: str, id: str) -> str:
    """Where the file belongs, relative to its pack."""
    name = f"{id}.yaml"
    return f"{_ROOMS[kind]}/{name}" if kind in _ROOMS else name


def rule_file(kind: str, id: str, category: str, pack: str, lang: str) -> str:
    """The text of a new rule file."""
    if kind in _OTHERS[lang]:
        return _OTHERS[lang][kind].format(id=id)
    german, english = _MESSAGES.get(kind, _MESSAGE)
    head = _HEAD[lang].format(
        id=id, kind=kind, category=category, pack=pack, message_de=f"'{german}'", message_en=_quoted(english)
    )
    return head + _BODIES[lang][kind] + _EXAMPLES[lang]


def pack_file(lang: str) -> str:
    """The text of a new pack's `pack.yaml`."""
    comment = {
        "de": "# Dieses Paket baut auf den eingebauten Prüfungen auf.",
        "en": "# This pack builds on the built-in checks.",
    }
    return f"{comment[lang]}\nextends: [de]\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
