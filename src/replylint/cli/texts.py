"""What the program says, in German and English. What rules say stands in their rule files."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # Files that can't be checked; the path stands before these.
    "missing": (
        "gibt es nicht; bitte prüfen Sie den Pfad",
        "does not exist; please check the path",
    ),
    "forbidden": (
        "darf nicht gelesen werden; bitte prüfen Sie die Zugriffsrechte",
        "may not be read; please check its permissions",
    ),
    "unreadable": ("lässt sich nicht lesen ({reason})", "can't be read ({reason})"),
    "not-text": (
        "ist kein Text, sondern enthält Binärdaten; bitte als Textdatei (UTF-8) speichern",
        "is not text but holds binary data; please save it as a text file (UTF-8)",
    ),
    "not-decodable": (
        "ist kein lesbarer Text (weder UTF-8 noch Windows-1252); bitte als UTF-8 speichern",
        "is not readable text (neither UTF-8 nor Windows-1252); please save it as UTF-8",
    ),
    "bad-bom": (
        "beginnt mit der Kennung von {encoding}, ist aber anders kodiert; bitte als UTF-8 speichern",
        "begins with the byte order mark of {encoding} but is encoded otherwise; please save it as UTF-8",
    ),
    "bad-encoding": (
        "nennt die unbekannte Kodierung „{encoding}“; bitte als UTF-8 speichern",
        "declares the unknown encoding “{encoding}”; please save it as UTF-8",
    ),
    "front-matter-line": (
        "hat fehlerhafte Kopfdaten: Zeile {line} ist kein „Name: Wert“",
        "has malformed front matter: line {line} is no “key: value”",
    ),
    "front-matter-twice": (
        "hat fehlerhafte Kopfdaten: Zeile {line} nennt „{name}“ zum zweiten Mal",
        "has malformed front matter: line {line} gives “{name}” a second time",
    ),
    "front-matter-open": (
        "hat fehlerhafte Kopfdaten: Zeile 1 öffnet sie, aber keine Zeile „---“ schließt sie",
        "has malformed front matter: line 1 opens it, but no line “---” closes it",
    ),
    "front-matter-boolean": (
        "hat fehlerhafte Kopfdaten: „{name}“ ist „{value}“, weder true noch false",
        "has malformed front matter: “{name}” is “{value}”, neither true nor false",
    ),
    "empty": ("ist leer; es gibt nichts zu prüfen", "is empty; there is nothing to check"),
    "no-drafts": ("enthält keine Antwort, die zu prüfen wäre", "holds no reply to check"),
    "internal": (
        "unerwarteter Fehler ({error}); das liegt an replylint, nicht an Ihrem Text. "
        "Mit REPLYLINT_DEBUG=1 erscheinen Einzelheiten für eine Fehlermeldung",
        "unexpected error ({error}); the fault is replylint's, not your text's. "
        "Set REPLYLINT_DEBUG=1 to see the details for a bug report",
    ),
    "empty-folder": (
        "in diesem Ordner steht keine Textdatei ({suffixes})",
        "this folder holds no text file ({suffixes})",
    ),
    "paste": (
        "Bitte den Entwurf einfügen und mit {keys} abschließen.",
        "Please paste the draft and finish with {keys}.",
    ),
    "end-of-input": ("Strg+D (Windows: Strg+Z, Enter)", "Ctrl+D (Windows: Ctrl+Z, Enter)"),
    # Wrong use.
    "no-path": (
        "Was soll geprüft werden? Nennen Sie eine Datei oder einen Ordner, oder „-“ für die Standardeingabe.",
        "What shall be checked? Name a file or a folder, or “-” for standard input.",
    ),
    "stdin-twice": (
        "Die Standardeingabe kann nicht Entwurf und Anfrage zugleich sein; bitte eines davon als Datei angeben.",
        "Standard input can't be both the draft and the inquiry; please give one of them as a file.",
    ),
    "bad-fact": (
        "--fact „{value}“: erwartet wird NAME=WERT, zum Beispiel --fact kind=complaint.",
        "--fact “{value}”: expected NAME=VALUE, for example --fact kind=complaint.",
    ),
    "unknown-check": (
        "{option}: Eine Prüfung oder Kategorie „{name}“ gibt es nicht.{hint} „replylint rules“ zeigt alle.",
        "{option}: there is no check or category “{name}”.{hint} “replylint rules” lists them all.",
    ),
    "no-such-check": (
        "Eine Prüfung „{name}“ gibt es nicht.{hint} „replylint rules“ zeigt alle.",
        "There is no check “{name}”.{hint} “replylint rules” lists them all.",
    ),
    "did-you-mean": (" Meinten Sie „{name}“?", " Did you mean “{name}”?"),
    "output": (
        "--output {path}: lässt sich nicht schreiben ({reason}); bitte eine andere Datei angeben.",
        "--output {path}: can't be written ({reason}); please name another file.",
    ),
    "ENOENT": ("den Ordner gibt es nicht", "there is no such folder"),
    "EISDIR": ("das ist ein Ordner", "that is a folder"),
    "EACCES": ("die Berechtigung fehlt", "permission is lacking"),
    "EROFS": ("das Laufwerk ist schreibgeschützt", "the disk is write-protected"),
    "ENOSPC": ("das Laufwerk ist voll", "the disk is full"),
    "no-pack": (
        "Ein Regelpaket „{path}“ gibt es nicht; erwartet wird ein Ordner mit Regeldateien oder „de“.",
        "There is no rule pack “{path}”; expected is a folder of rule files, or “de”.",
    ),
    "rule-errors": (
        "Die Regeln haben {n} Fehler; bitte erst beheben.|Die Regeln haben {n} Fehler; bitte erst beheben.",
        "The rules have {n} error; please mend it first.|The rules have {n} errors; please mend them first.",
    ),
    "aborted": ("abgebrochen", "aborted"),
    # What click says.
    "try-help": ("„{command} --help“ zeigt, was möglich ist.", "“{command} --help” shows what is possible."),
    "no-such-option": ("Eine Option {name} gibt es nicht.{hint}", "There is no option {name}.{hint}"),
    "no-such-command": ("Einen Befehl „{name}“ gibt es nicht.{hint}", "There is no command “{name}”.{hint}"),
    "bad-choice": (
        "{option}: „{value}“ ist nicht möglich.{hint} Möglich sind: {choices}.",
        "{option}: “{value}” is not possible.{hint} Possible are: {choices}.",
    ),
    "option-needs-value": ("Die Option {name} braucht einen Wert.", "The option {name} needs a value."),
    "option-takes-no-value": ("Die Option {name} hat keinen Wert.", "The option {name} takes no value."),
    "unexpected-argument": ("„{name}“ ist hier zu viel.", "“{name}” is too much here."),
    "missing-argument": ("Es fehlt: {name}.", "Missing: {name}."),
    # Help.
    "usage": ("Aufruf", "Usage"),
    "options": ("Optionen", "Options"),
    "commands": ("Befehle", "Commands"),
    "options-metavar": ("[OPTION …]", "[OPTION …]"),
    "command-metavar": ("BEFEHL …", "COMMAND …"),
    "help": ("Diese Hilfe zeigen.", "Show this help."),
    # rules, explain, test.
    "error": ("Fehler", "error"),
    "warning": ("Warnung", "warning"),
    "suggestion": ("Vorschlag", "suggestion"),
    "off": ("aus", "off"),
    "rules-count": (
        "{n} Prüfung. „replylint explain PRÜFUNG“ erklärt sie.|"
        "{n} Prüfungen. „replylint explain PRÜFUNG“ erklärt eine davon.",
        "{n} check. “replylint explain CHECK” explains it.|{n} checks. “replylint explain CHECK” explains one of them.",
    ),
    "why": ("Warum", "Why"),
    "flags": ("Meldet", "Flags"),
    "leaves": ("Lässt stehen", "Leaves alone"),
    "sources": ("Quelle|Quellen", "Source|Sources"),
    "found": ("Wird gemeldet", "Found"),
    "better": ("Besser: ", "Better: "),
    "or": ("Oder: ", "Or: "),
    "cut": ("Streichen: ", "Cut: "),
    "insert": ("Einfügen: ", "Insert: "),
    "left-alone": ("Bleibt stehen", "Left alone"),
    "more-examples": (
        "… und {n} weiteres Beispiel (--all)|… und {n} weitere Beispiele (--all)",
        "… and {n} more example (--all)|… and {n} more examples (--all)",
    ),
    "inquiry": ("Auf die Anfrage: {words}", "To the inquiry: {words}"),
    "switch-off": ("Ausschalten", "Switch off"),
    "off-by-default": (
        "Von Haus aus ausgeschaltet; „--select {check}“ schaltet sie ein.",
        "Off by default; “--select {check}” switches it on.",
    ),
    "test-passed": (
        "{rules} und {examples}: Alles in Ordnung",
        "{rules} and {examples}: all fine",
    ),
    "test-failed": ("{rules} und {examples}: {failures}", "{rules} and {examples}: {failures}"),
    "n-rules": ("{n} Prüfung|{n} Prüfungen", "{n} check|{n} checks"),
    "n-examples": ("{n} Beispiel|{n} Beispiele", "{n} example|{n} examples"),
    "n-failures": ("{n} Fehler|{n} Fehler", "{n} failure|{n} failures"),
}


def text(lang: str, key: str, **values: object) -> str:
    """The text of that key in German or English; "singular|plural" texts choose by the value `n`."""
    german, english = TEXTS[key]
    template = english if lang == "en" else german
    if "n" in values and "|" in template:
        one, many = template.split("|")
        template = one if values["n"] == 1 else many
    return template.format(**values)


def did_you_mean(lang: str, name: str, known: list[str]) -> str:
    """The hint for a mistyped name, or "" where nothing known is near."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), known, 1, 0.6) or [each for each in known if name and name in each]
    return text(lang, "did-you-mean", name=near[0]) if near else ""
