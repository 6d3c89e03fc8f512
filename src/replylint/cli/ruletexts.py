"""What is wrong in rule files, in German. The loader speaks English; what it says is looked up here as it is written
there, with {} for what it fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

GERMAN: Mapping[str, str] = {
    # Hints and what stands within other messages.
    "; did you mean “{}”?": "; meinten Sie „{}“?",
    "; did you mean “{}”?; installed are {}": "; meinten Sie „{}“?",
    "; installed are {}": "; installiert sind {}",
    "; put it in quotes": "; bitte in Anführungszeichen setzen",
    "nothing": "nichts",
    "yes or no": "yes oder no",
    "the number {}": "die Zahl {}",
    "a list": "eine Liste",
    "keys and values": "Schlüssel und Werte",
    "text": "Text",
    "check": "Prüfung",
    "signal": "Signal",
    "word list": "Wortliste",
    "a folder of any other name": "in einen Ordner mit anderem Namen",
    "a folder signals/": "in den Ordner signals/",
    "a folder words/": "in den Ordner words/",
    # Files and their form.
    "can't be read: {}": "lässt sich nicht lesen: {}",
    "is not UTF-8; save it so": "ist nicht UTF-8; bitte so speichern",
    "the file is empty": "die Datei ist leer",
    "is not YAML: {}": "ist kein gültiges YAML: {}",
    "a value that begins with „{}“ has to stand in quotes: {}": (
        "ein Wert, der mit „{}“ beginnt, muss in Anführungszeichen stehen: {}"
    ),
    "an alias (*name) is used here; rule files can't hold aliases": (
        "hier steht ein Alias (*name); Regeldateien dürfen keine enthalten"
    ),
    "the key {} has to be text; put it in quotes": (
        "der Schlüssel {} muss ein Text sein; bitte in Anführungszeichen setzen"
    ),
    "the key “{}” stands here twice": "der Schlüssel „{}“ steht hier zweimal",
    "the key “{}” is missing": "der Schlüssel „{}“ fehlt",
    "unknown key “{}”{}": "einen Schlüssel „{}“ gibt es hier nicht{}",
    "expected text here, found {}{}": "hier muss ein Text stehen, gefunden: {}{}",
    "expected keys and values here, found {}": "hier müssen Schlüssel und Werte stehen, gefunden: {}",
    "expected yes or no here, found {}": "hier muss yes oder no stehen, gefunden: {}",
    "expected a number here, found {}": "hier muss eine Zahl stehen, gefunden: {}",
    "unknown form “{}”{}": "die Form „{}“ gibt es nicht{}",
    "unknown value “{}”{}; known are {}": "den Wert „{}“ gibt es hier nicht{}; möglich sind {}",
    "unknown value “{}”{}; known are {}; a plugin's kind has to be named in the configuration: plugins = [{}]": (
        "den Wert „{}“ gibt es hier nicht{}; möglich sind {}; die Art einer Erweiterung muss in der Konfiguration "
        "genannt sein: plugins = [{}]"
    ),
    # Checks.
    "the id “{}” and the file's name “{}” differ": "die id „{}“ und der Name der Datei „{}“ sind verschieden",
    "“{}” is defined twice": "„{}“ ist zweimal definiert",
    "unknown {} “{}”{}": "„{1}“ gibt es nicht ({0}){2}",
    "an example is either bad: or good:": "ein Beispiel hat entweder bad: oder good:",
    "the pack holds no rule file (*.yaml)": "das Paket enthält keine Regeldatei (*.yaml)",
    "a consistency check needs two ways at least": "ways braucht mindestens zwei Schreibweisen",
    "is no regular expression (RE2): {}": "ist kein regulärer Ausdruck (RE2): {}",
    "a rewrite with a gap [ ] can't be {}: only the writer can fill it": (
        "ein Vorschlag mit einer Lücke [ ] kann nicht {} sein: Nur wer schreibt, kann sie füllen"
    ),
    "a rewrite needs text:, or sie: and du:": "ein Vorschlag braucht text:, oder sie: und du:",
    "this rewrite has no du: form": "diesem Vorschlag fehlt die Form mit du:",
    "this rewrite has no sie: form": "diesem Vorschlag fehlt die Form mit sie:",
    # Token patterns.
    "a pattern is a list of tokens, such as [{LOWER: nicht}, {LOWER: zuständig}]": (
        "ein Muster ist eine Liste von Token, etwa [{{LOWER: nicht}}, {{LOWER: zuständig}}]"
    ),
    "a pattern needs at least one token that must stand there, and that says which one it is": (
        "ein Muster braucht mindestens ein Token, das dastehen muss und sagt, welches es ist"
    ),
    "a slot's name consists of letters, digits and _; this is “{}”": (
        "der Name einer Stelle (slot) besteht aus Buchstaben, Ziffern und _; hier steht „{}“"
    ),
    "extension attributes (_) can't be used: nothing in a rule file runs code": (
        "eigene Attribute (_) gehen hier nicht: Eine Regeldatei führt keinen Code aus"
    ),
    "“{}” can't be: the first number is at most the second, and that at most {}": (
        "„{}“ geht nicht: Die erste Zahl ist höchstens die zweite, und diese höchstens {}"
    ),
    "a token has no blank in it: write each word as a token of its own": (
        "ein Token enthält kein Leerzeichen: bitte jedes Wort als eigenes Token schreiben"
    ),
    "LOWER is in small letters: write “{}”, or take TEXT where capitals count": (
        "LOWER steht in Kleinbuchstaben: bitte „{}“ schreiben, oder TEXT nehmen, wo es auf die Großschreibung ankommt"
    ),
    "“{}” says nothing here; known are {}": "„{}“ sagt hier nichts; möglich sind {}",
    "an empty list fits nothing": "auf eine leere Liste passt nichts",
    "a list of values has to stand here, such as [a, b]": "hier muss eine Liste von Werten stehen, etwa [a, b]",
    # Phrases.
    "unknown word list @{}{}": "eine Wortliste @{} gibt es nicht{}",
    "the word list @{} contains itself": "die Wortliste @{} enthält sich selbst",
    "a word list can't hold „&“ or „!“": "eine Wortliste kann kein „&“ oder „!“ enthalten",
    "@{}: „{}“ uses „&“ or „!“, which a word list can't hold": (
        "@{}: „{}“ enthält „&“ oder „!“, was in einer Wortliste nicht geht"
    ),
    "unknown type <{}>; known are {}": "<{}> gibt es nicht; möglich sind {}",
    "<{}> is a feature of the clause: it stands alone between „&“": (
        "<{}> ist eine Eigenschaft des Teilsatzes und steht allein zwischen „&“"
    ),
    "a phrase needs at least one word that must stand there": (
        "eine Formulierung braucht mindestens ein Wort, das dastehen muss"
    ),
    "a phrase needs something that must stand there, not only what must not": (
        "eine Formulierung braucht etwas, das dastehen muss, nicht nur, was fehlen muss"
    ),
    "„*“ stands at the beginning or the end of a word": "„*“ steht am Anfang oder am Ende eines Wortes",
    "„{}“ stands alone": "„{}“ steht allein",
    "words are missing here": "hier fehlen Wörter",
    "an alternative is empty; what may be missing stands in [ ]": (
        "eine der Möglichkeiten ist leer; was fehlen darf, steht in [ ]"
    ),
    "„{}“ is not closed by „{}“": "„{}“ wird nicht mit „{}“ geschlossen",
    "„{}“ has no meaning here": "„{}“ hat hier keine Bedeutung",
    "„!“ stands before a whole term: „… & !aber“ (write the mark itself as „\\!“)": (
        "„!“ steht vor einem ganzen Glied: „… & !aber“ (das Zeichen selbst schreibt man „\\!“)"
    ),
    "a gap spans 1 to {} words": "eine Lücke umfasst 1 bis {} Wörter",
    "the slot „{}“ is empty": "der Platz „{}“ ist leer",
    "a word must follow „=“": "auf „=“ muss ein Wort folgen",
    # Changes.
    "the {} “{}” stands in an earlier pack already; to change it, write “change: {}” instead of “id: {}” and only "
    "what becomes different; for a {} of your own take another id": (
        "„{1}“ ({0}) steht schon in einem früheren Paket; wenn Sie das ändern wollen, schreiben Sie „change: {2}“ "
        "statt „id: {3}“ und nur, was anders wird; für etwas Eigenes wählen Sie bitte einen anderen Namen"
    ),
    "there is no pack before this one that could have a {} “{}”; write “extends: [de]” into this pack's pack.yaml": (
        "vor diesem Paket steht keines, in dem „{1}“ ({0}) stehen könnte; schreiben Sie „extends: [de]“ in seine "
        "pack.yaml"
    ),
    "“{}” is a {}: put this file into {}": "„{}“ ist etwas anderes ({}): Diese Datei gehört {}",
    "“{}” is changed in {} as well; put both into one file": (
        "„{}“ wird auch in {} geändert; bitte beides in eine Datei schreiben"
    ),
    "this file changes nothing; write words below “add:” or “remove:”": (
        "diese Datei ändert nichts; die Wörter gehören unter „add:“ oder „remove:“"
    ),
    "this file changes nothing; write what becomes different, or “enabled: no”": (
        "diese Datei ändert nichts; schreiben Sie, was anders wird, oder „enabled: no“"
    ),
    "a change has no “{}”: that of the check stays; leave it out": (
        "eine Änderung hat kein „{}“, das der Prüfung bleibt; bitte weglassen"
    ),
    "“{}” can't be replaced as a whole; write below “add:” what comes to it, and below “remove:” what goes": (
        "„{}“ lässt sich nicht als Ganzes ersetzen; was dazukommt, gehört unter „add:“, was wegfällt, unter „remove:“"
    ),
    "say which of the check's {} you change: “find:” with its words as the check has them, and what becomes different; "
    "a new one belongs below “add:”": (
        "sagen Sie, was unter {} Sie ändern: „find:“ mit den Wörtern, wie die Prüfung sie hat, und was anders wird; "
        "Neues gehört unter „add:“"
    ),
    "the check has no such phrase “{}”{}; a new one belongs below “add:”": (
        "die Prüfung hat keine Formulierung „{}“{}; eine neue gehört unter „add:“"
    ),
    "the check has no such rewrite “{}”{}": "die Prüfung macht keinen Vorschlag „{}“{}",
    "the check has no “{}” in its {}{}": "die Prüfung hat kein „{}“ unter {}{}",
    "the word list has no “{}”{}": "die Wortliste enthält kein „{}“{}",
    # Packs and plugins.
    "the packs extend each other in a circle: {}": "die Pakete bauen im Kreis aufeinander auf: {}",
    "“{}”: {}": "„{}“: {}",
    "the rule pack {}; name a folder with rule files, “de”, or an installed package's pack": (
        "das Regelpaket {}; nennen Sie einen Ordner mit Regeldateien, „de“ oder das Paket einer Installation"
    ),
    "the rule pack {}; name a folder with rule files, “de”, or an installed package's pack ({})": (
        "das Regelpaket {}; nennen Sie einen Ordner mit Regeldateien, „de“ oder das Paket einer Installation ({})"
    ),
    "is no folder": "ist kein Ordner",
    "was not found": "ist nicht zu finden",
    "is offered by {}, which can't be found ({})": "wird von {} angeboten, was nicht zu finden ist ({})",
    "is offered by {}, but there is no such folder in that package": (
        "wird von {} angeboten, aber einen solchen Ordner hat dieses Paket nicht"
    ),
    "no installed package offers the plugin “{}” (entry point group {}){}": (
        "kein installiertes Paket bietet die Erweiterung „{}“ an (Einstiegspunkte {}){}"
    ),
    "the plugin “{}” has the name of a built-in kind of check; it has to take another one": (
        "die Erweiterung „{}“ heißt wie eine eingebaute Art von Prüfungen; sie braucht einen anderen Namen"
    ),
    "the plugin “{}” is no kind of check: it offers neither a KindOfCheck nor KEYS and parse": (
        "die Erweiterung „{}“ ist keine Art von Prüfungen: Sie bietet weder ein KindOfCheck noch KEYS und parse an"
    ),
    "the plugin “{}” uses the key “{}”, which every check has": (
        "die Erweiterung „{}“ verwendet den Schlüssel „{}“, den jede Prüfung hat"
    ),
    "the plugin “{}” can't be loaded ({})": "die Erweiterung „{}“ lässt sich nicht laden ({})",
}


_QUOTES = ("“", "„", "<", "@")


@cache
def _patterns() -> list[tuple[re.Pattern[str], list[bool], str]]:
    """The messages as expressions, those with most words of their own first; and which of the parts filled in stand in
    quotes: these are the author's."""
    patterns = []
    for key in sorted(GERMAN, key=lambda key: -len(key.replace("{}", ""))):
        first, *rest = key.split("{}")
        parts = [first, *rest]
        expression = re.escape(first)
        for before, after in pairwise(parts):
            # What follows upon something filled in is a hint, or nothing.
            hint = (before == "" and before is not first) or before.endswith("”")
            expression += ("(|; .*?)" if hint else "(.*?)") + re.escape(after)
        quoted = [part.endswith(_QUOTES) for part in parts]
        patterns.append((re.compile(expression, re.DOTALL), quoted, GERMAN[key]))
    return patterns


def translated(message: str, lang: str) -> str:
    """A message of the loader in the user's language; one that is not known stays as it is."""
    if lang != "de" or not message:
        return message
    for pattern, quoted, german in _patterns():
        if match := pattern.fullmatch(message):
            groups = zip(match.groups(), quoted, strict=False)
            return german.format(*(group if own else translated(group, lang) for group, own in groups))
    return message
