"""What the program says, in German and English. What rules say stands in their rule files."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # Checks that can't be run, since what they need can't be had; the check's name stands before these.
    "untrained": (
        "braucht eine trainierte spaCy-Pipeline ({attributes}), und die Konfiguration nennt keine; bitte eine nennen "
        '(pipeline = "de_core_news_sm") oder die Prüfung abschalten ([checks] {check} = "off")',
        "needs a trained spaCy pipeline ({attributes}), and the configuration names none; please name one "
        '(pipeline = "de_core_news_sm"), or switch the check off ([checks] {check} = "off")',
    ),
    "no-spacy": (
        "braucht spaCy, und das ist nicht installiert: pip install 'replylint[nlp]'",
        "needs spaCy, which is not installed: pip install 'replylint[nlp]'",
    ),
    "no-pipeline": (
        "braucht die spaCy-Pipeline „{name}“, und die ist nicht installiert: python -m spacy download {name}",
        "needs the spaCy pipeline “{name}”, which is not installed: python -m spacy download {name}",
    ),
    "pipeline-broken": (
        "braucht die spaCy-Pipeline „{name}“, und die lässt sich nicht laden ({reason}); bitte eine installieren, die "
        "zur Version von spaCy passt („python -m spacy validate“ zeigt, welche)",
        "needs the spaCy pipeline “{name}”, which can't be loaded ({reason}); please install one that fits the "
        "version of spaCy (“python -m spacy validate” tells which)",
    ),
    "pipeline-language": (
        "braucht eine deutsche spaCy-Pipeline, etwa de_core_news_sm; „{name}“ ist für eine andere Sprache ({language})",
        "needs a German spaCy pipeline, such as de_core_news_sm; “{name}” is for another language ({language})",
    ),
    "pipeline-lacks": (
        "braucht eine spaCy-Pipeline mit {attributes}, etwa de_core_news_sm; „{name}“ liefert das nicht",
        "needs a spaCy pipeline with {attributes}, such as de_core_news_sm; “{name}” doesn't give that",
    ),
    "pipeline-fails": (
        "konnte nicht zu Ende prüfen: Die spaCy-Pipeline „{name}“ ist an einem Text gescheitert ({reason})",
        "could not finish: the spaCy pipeline “{name}” failed on a text ({reason})",
    ),
    # Files that can't be checked; the path stands before these.
    "missing": (
        "gibt es nicht; bitte prüfen Sie den Pfad",
        "does not exist; please check the path",
    ),
    "forbidden": (
        "darf nicht gelesen werden; bitte prüfen Sie die Zugriffsrechte",
        "may not be read; please check its permissions",
    ),
    "empty-path": (
        "Einer der Pfade ist leer; bitte eine Datei oder einen Ordner nennen („.“ ist der jetzige Ordner).",
        "One of the paths is empty; please name a file or a folder (“.” is the current one).",
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
    "csv-open": (
        "ist kein gültiges CSV: Das Anführungszeichen in Zeile {line}, Spalte {column} wird nicht geschlossen",
        "is not CSV: the quote at line {line}, column {column} is never closed",
    ),
    "csv-stray": (
        "ist kein gültiges CSV: In Zeile {line}, Spalte {column} beendet ein Anführungszeichen das Feld, danach folgt "
        "noch Text; im Text gehört es doppelt geschrieben",
        "is not CSV: a stray quote ends a cell at line {line}, column {column}; write it twice",
    ),
    "json-unexpected": (
        "ist kein gültiges JSON: In Zeile {line}, Spalte {column} steht etwas Unerwartetes",
        "is not JSON: something unexpected stands at line {line}, column {column}",
    ),
    "json-more": (
        "ist kein gültiges JSON: Ab Zeile {line}, Spalte {column} folgt noch etwas",
        "is not JSON: more text follows at line {line}, column {column}",
    ),
    "json-key": (
        "ist kein gültiges JSON: In Zeile {line}, Spalte {column} fehlt ein Schlüssel",
        "is not JSON: a key is missing at line {line}, column {column}",
    ),
    "json-colon": (
        "ist kein gültiges JSON: In Zeile {line}, Spalte {column} fehlt ein Doppelpunkt",
        "is not JSON: a colon is missing at line {line}, column {column}",
    ),
    "json-comma": (
        "ist kein gültiges JSON: In Zeile {line}, Spalte {column} fehlt ein Komma",
        "is not JSON: a comma is missing at line {line}, column {column}",
    ),
    "json-value": (
        "ist kein gültiges JSON: In Zeile {line}, Spalte {column} fehlt ein Wert",
        "is not JSON: a value is missing at line {line}, column {column}",
    ),
    "json-closes": (
        "ist kein gültiges JSON: „{mark}“ in Zeile {line}, Spalte {column} schließt nichts",
        "is not JSON: “{mark}” at line {line}, column {column} closes nothing",
    ),
    "json-end": (
        "ist kein gültiges JSON: Die Datei bricht in Zeile {line}, Spalte {column} ab",
        "is not JSON: the file breaks off at line {line}, column {column}",
    ),
    "not-yaml": (
        "ist kein gültiges YAML: Zeile {line}, Spalte {column} ({what})",
        "is not YAML: line {line}, column {column} ({what})",
    ),
    "not-yaml-at-all": ("ist kein gültiges YAML ({what})", "is not YAML ({what})"),
    "yaml-large": ("enthält zu viele Werte für eine YAML-Datei", "holds too many values for a YAML file"),
    "too-deep": ("ist zu tief verschachtelt", "is nested too deeply"),
    "too-large": ("ist zu groß (mehr als {n} MB); bitte aufteilen", "is too large (more than {n} MB); please split it"),
    "not-po": (
        "ist kein gettext-Katalog: Zeile {line} ist weder Text noch Kommentar",
        "is not a gettext catalogue: line {line} is neither text nor a comment",
    ),
    "no-column": (
        "hat keine Spalte „{name}“, wie sie die Konfiguration nennt; vorhanden sind: {columns}",
        "has no column “{name}”, which the configuration names; its columns are {columns}",
    ),
    "no-replies": (
        "enthält keine Antworten, die replylint erkennt; in der Konfiguration sagt [[libraries]], wo sie stehen",
        "holds no replies that replylint recognises; say in the configuration under [[libraries]] where they are",
    ),
    "no-replies-there": (
        "enthält keine Antwort unter „{path}“, wo sie laut Konfiguration stehen",
        "holds no reply at “{path}”, where the configuration says that they are",
    ),
    "long-reply": (
        "enthält in Zeile {line} eine Antwort mit mehr als {n} Zeichen; das ist kein Text für eine Antwort",
        "holds a reply of more than {n} characters in line {line}, which is no reply",
    ),
    "no-library": (
        "steht in der Konfiguration als Bibliothek, ist aber weder YAML noch JSON, CSV oder gettext",
        "is configured as a library, but is no YAML, JSON, CSV or gettext file",
    ),
    "bad-path": (
        "soll laut Konfiguration mit „{path}“ gelesen werden, aber das ist kein JSONPath ({reason})",
        "is described in the configuration by “{path}”, which is no JSONPath ({reason})",
    ),
    "no-mail": (
        "ist keine E-Mail: Am Anfang fehlt eine Kopfzeile wie „Subject: …“",
        "is no mail: it doesn't begin with a header such as “Subject: …”",
    ),
    "mail-empty": ("ist eine E-Mail ohne Text", "is a mail without any text"),
    "mail-no-text": (
        "ist eine E-Mail ohne lesbaren Text (sie enthält {types})",
        "is a mail without readable text (it holds {types})",
    ),
    "mail-boundary": (
        "ist eine beschädigte E-Mail: Die Trennlinie „{boundary}“ zwischen ihren Teilen fehlt",
        "is a broken mail: the boundary “{boundary}” between its parts is missing",
    ),
    "mail-encoding": (
        "hat einen Teil in der unbekannten Kodierung „{encoding}“",
        "has a part in the transfer encoding “{encoding}”, which replylint can't read",
    ),
    "empty": ("ist leer; es gibt nichts zu prüfen", "is empty; there is nothing to check"),
    "no-german": (
        "enthält keine deutsche Antwort ({n} in einer anderen Sprache)|"
        "enthält keine deutsche Antwort ({n} in anderen Sprachen)",
        "holds no German reply ({n} in another language)|holds no German reply ({n} in other languages)",
    ),
    # --verbose; the path stands before these.
    "read-as": ("{format}, {encoding}, {drafts}{skipped}", "{format}, {encoding}, {drafts}{skipped}"),
    "n-drafts": ("{n} Entwurf|{n} Entwürfe", "{n} draft|{n} drafts"),
    "n-skipped": (
        ", {n} in einer anderen Sprache übersprungen|, {n} in anderen Sprachen übersprungen",
        ", {n} in another language skipped|, {n} in other languages skipped",
    ),
    "left-out": ("keine Antworten erkannt, nicht geprüft", "no replies recognised, left alone"),
    "excluded": ("in der Konfiguration ausgenommen (exclude)", "left out by the configuration (exclude)"),
    "read-config": ("Konfiguration", "configuration"),
    "plain": ("Text", "text"),
    "markdown": ("Markdown", "Markdown"),
    "html": ("HTML", "HTML"),
    "mail": ("E-Mail", "mail"),
    "json": ("JSON-Bibliothek", "JSON library"),
    "yaml": ("YAML-Bibliothek", "YAML library"),
    "csv": ("CSV-Bibliothek", "CSV library"),
    "po": ("gettext-Bibliothek", "gettext library"),
    # The configuration; file and line stand before these.
    "config-errors": (
        "Die Konfiguration hat {n} Fehler; bitte erst beheben.|Die Konfiguration hat {n} Fehler; bitte erst beheben.",
        "The configuration has {n} error; please mend it first.|"
        "The configuration has {n} errors; please mend them first.",
    ),
    "config-file": ("{reason}", "{reason}"),
    "config-encoding": ("die Datei ist nicht in UTF-8 geschrieben", "the file is not written in UTF-8"),
    "config-toml": ("das ist kein gültiges TOML ({reason})", "this is no valid TOML ({reason})"),
    "config-unknown-key": ("den Schlüssel „{option}“ gibt es nicht.{hint}", "there is no key “{option}”.{hint}"),
    "config-not-here": (
        "den Schlüssel „{option}“ gibt es in „{table}“ nicht, nur auf der obersten Ebene. Möglich sind: {choices}",
        "there is no key “{option}” in “{table}”, only at the top level. Possible are: {choices}",
    ),
    "config-missing-key": ("hier fehlt „{missing}“", "“{missing}” is missing here"),
    "config-text": ("„{option}“ muss ein Text sein", "“{option}” has to be a text"),
    "config-texts": ("„{option}“ muss eine Liste von Texten sein", "“{option}” has to be a list of texts"),
    "config-boolean": ("„{option}“ muss true oder false sein", "“{option}” has to be true or false"),
    "config-day": (
        "„{option}“ muss ein Tag sein, z. B. 2027-01-31",
        "“{option}” has to be a day, e.g. 2027-01-31",
    ),
    "config-jobs": (
        '„{option}“ muss "auto" sein oder eine Zahl ab 1',
        '“{option}” has to be "auto", or a number from 1 on',
    ),
    "config-levels": (
        '„{option}“ muss eine Tabelle sein: Prüfung = "off", "on", "error", "warning" oder "suggestion"',
        '“{option}” has to be a table: check = "off", "on", "error", "warning" or "suggestion"',
    ),
    "config-table": ("„{option}“ muss eine Tabelle sein: Name = Wert", "“{option}” has to be a table: name = value"),
    "config-tables": ("„{option}“ schreibt man als [[{option}]]", "“{option}” is written as [[{option}]]"),
    "config-choice": (
        "„{option}“ kann nicht „{value}“ sein.{hint} Möglich sind: {choices}",
        "“{option}” can't be “{value}”.{hint} Possible are: {choices}",
    ),
    "config-pattern": (
        "„{option}“: Das Muster „{name}“ ist unvollständig",
        "“{option}”: the pattern “{name}” is incomplete",
    ),
    "config-backslash": (
        "„{option}“: In „{name}“ bitte „/“ statt „\\“ schreiben, auch unter Windows",
        "“{option}”: in “{name}”, please write “/” for “\\”, on Windows too",
    ),
    "config-pack": (
        "„{option}“: Einen Ordner „{name}“ mit Regeldateien gibt es nicht",
        "“{option}”: there is no folder “{name}” of rule files",
    ),
    "config-no-pack": (
        "„{option}“ nennt kein Regelpaket; mitgeliefert wird „de“",
        "“{option}” names no rule pack; the built-in one is “de”",
    ),
    "config-pipeline": (
        "„{option}“: Einen Ordner „{name}“ mit einer spaCy-Pipeline gibt es nicht",
        "“{option}”: there is no folder “{name}” with a spaCy pipeline",
    ),
    "config-inquiry": ("„{option}“: {name} {reason}", "“{option}”: {name} {reason}"),
    "config-contradiction": (
        "„{option}“ und „{other}“ widersprechen sich bei „{name}“; bitte nur eines angeben",
        "“{option}” and “{other}” contradict each other on “{name}”; please give one of them only",
    ),
    "config-extend-circle": (
        "„{option}“ führt im Kreis: {chain}",
        "“{option}” goes round in a circle: {chain}",
    ),
    "config-extend-missing": (
        "„{option}“: Die Datei {last} gibt es nicht ({chain})",
        "“{option}”: there is no file {last} ({chain})",
    ),
    "config-extend-nothing": (
        "„{option}“: In {last} steht keine Tabelle [tool.replylint] ({chain})",
        "“{option}”: there is no table [tool.replylint] in {last} ({chain})",
    ),
    "config-check": (
        "„{option}“: Eine Prüfung oder Kategorie „{name}“ gibt es nicht.{hint} „replylint rules“ zeigt alle",
        "“{option}”: there is no check or category “{name}”.{hint} “replylint rules” lists them all",
    ),
    "config-number": (
        "„{option}“ muss eine Zahl von {least} bis {most} sein",
        "“{option}” has to be a number from {least} to {most}",
    ),
    "config-url": (
        "„{option}“ muss die Adresse eines Servers sein, zum Beispiel http://localhost:8010",
        "“{option}” has to be the address of a server, such as http://localhost:8010",
    ),
    "config-url-secret": (
        "„{option}“ enthält Zugangsdaten; die gehören nicht in die Konfiguration (docs/grammar.md sagt, wohin)",
        "“{option}” holds credentials; they don't belong into the configuration (docs/grammar.md tells where they do)",
    ),
    "config-remote": (
        "„{option}“ nennt einen anderen Rechner als diesen, und was Sie Ihren Kunden schreiben, ginge dorthin. "
        "Ist das in Ordnung, dann erlaubt es allow-remote = true. Bisher wurde nichts gesendet",
        "“{option}” names another machine than this one, and what you write to your customers would go there. "
        "If that is fine, allow-remote = true permits it. Nothing has been sent so far",
    ),
    "config-server-or-local": (
        "„server“ und „local“ widersprechen sich; bitte nur eines angeben",
        "“server” and “local” contradict each other; please give one of them only",
    ),
    "config-no-server": (
        'hier fehlt server = "http://localhost:8010" oder local = true',
        'server = "http://localhost:8010" or local = true is missing here',
    ),
    # LanguageTool.
    "grammar-unconfigured": (
        "diese Prüfung fragt LanguageTool, und noch steht nirgends, wo es läuft. In replylint.toml genügt "
        '[languagetool] mit server = "http://localhost:8010" oder local = true (docs/grammar.md)',
        "this check asks LanguageTool, and nothing says yet where that runs. In replylint.toml, [languagetool] with "
        'server = "http://localhost:8010" or local = true will do (docs/grammar.md)',
    ),
    "grammar-package": (
        'dafür fehlt noch ein Paket; pip install "replylint[grammar]" bringt es mit',
        'a package is missing for this; pip install "replylint[grammar]" brings it along',
    ),
    "grammar-unreachable": (
        "LanguageTool ist unter {server} nicht zu erreichen ({reason}); bitte den Server starten oder die Adresse "
        "unter [languagetool] prüfen",
        "LanguageTool can't be reached at {server} ({reason}); please start the server, or check its address under "
        "[languagetool]",
    ),
    "grammar-unreachable-local": (
        "das LanguageTool, das replylint gestartet hat, antwortet nicht mehr ({reason}); oft fehlt ihm Arbeitsspeicher",
        "the LanguageTool that replylint started answers no more ({reason}); it often lacks memory",
    ),
    "grammar-timeout": (
        "LanguageTool hat unter {server} nach {seconds} Sekunden noch nicht geantwortet. Unter [languagetool] lassen "
        "„timeout“ mehr Zeit und ein kleineres „parallel“ mehr Luft",
        "LanguageTool at {server} has not answered after {seconds} seconds. Under [languagetool], “timeout” allows "
        "more time and a smaller “parallel” more room",
    ),
    "grammar-redirect": (
        "{server} verweist auf eine andere Adresse. replylint folgt dem nicht, damit kein Text an den Falschen gerät; "
        "bitte die endgültige Adresse eintragen",
        "{server} points to another address. replylint does not follow, so that no text gets to the wrong place; "
        "please give the final address",
    ),
    "grammar-refused": (
        "LanguageTool hat unter {server} die Antwort verweigert ({reason})",
        "LanguageTool at {server} refused to answer ({reason})",
    ),
    "grammar-answer": (
        "unter {server} antwortet etwas anderes als LanguageTool; bitte die Adresse unter [languagetool] prüfen",
        "what answers at {server} is not LanguageTool; please check the address under [languagetool]",
    ),
    "grammar-incomplete": (
        "LanguageTool ist unter {server} nicht fertig geworden; der Server bricht zu früh ab (maxCheckTimeMillis)",
        "LanguageTool at {server} did not finish; the server stops too early (maxCheckTimeMillis)",
    ),
    "grammar-java": (
        "LanguageTool braucht Java 17 oder neuer, und hier ist keines zu finden. Mit installiertem Java (etwa von "
        "adoptium.net) geht es; ohne, wenn „server“ statt „local“ einen laufenden Server nennt",
        "LanguageTool needs Java 17 or newer, and there is none here. It works once Java is installed (from "
        "adoptium.net, say), or without it where “server” names a running server instead of “local”",
    ),
    "grammar-java-old": (
        "LanguageTool braucht Java 17 oder neuer ({reason})",
        "LanguageTool needs Java 17 or newer ({reason})",
    ),
    "grammar-download": (
        "LanguageTool {version} wird einmalig heruntergeladen, rund 250 MB, nach {folder}.",
        "LanguageTool {version} is being downloaded, once, some 250 MB, to {folder}.",
    ),
    "grammar-download-failed": (
        "LanguageTool ließ sich nicht herunterladen ({reason})",
        "LanguageTool could not be downloaded ({reason})",
    ),
    "grammar-start": ("LanguageTool wird gestartet …", "LanguageTool is starting …"),
    "grammar-local": (
        "LanguageTool ließ sich nicht starten ({reason})",
        "LanguageTool could not be started ({reason})",
    ),
    "internal": (
        "unerwarteter Fehler ({error}); das liegt an replylint, nicht an Ihrem Text. "
        "Mit REPLYLINT_DEBUG=1 erscheinen Einzelheiten für eine Fehlermeldung",
        "unexpected error ({error}); the fault is replylint's, not your text's. "
        "Set REPLYLINT_DEBUG=1 to see the details for a bug report",
    ),
    "crashed": (
        "nicht geprüft: Der Prozess, der daran arbeitete, ist abgebrochen (Exit-Status {status}); "
        "mit --jobs 1 zeigt sich, woran es liegt",
        "not checked: the process that was at it has died (exit status {status}); --jobs 1 shows what the reason is",
    ),
    "crashed-before": (
        "nicht geprüft, weil zu viele Prozesse hintereinander abgebrochen sind",
        "not checked, since too many processes have died one after the other",
    ),
    "empty-folder": (
        "in diesem Ordner steht keine Datei, die Antworten enthalten kann ({suffixes})",
        "this folder holds no file that may hold replies ({suffixes})",
    ),
    "paste": (
        "Bitte den Entwurf einfügen und mit {keys} abschließen.",
        "Please paste the draft and finish with {keys}.",
    ),
    "end-of-input": ("Strg+D (Windows: Strg+Z, Enter)", "Ctrl+D (Windows: Ctrl+Z, Enter)"),
    # Wrong use.
    "config-of": ("Konfiguration für {path}: {file}", "Configuration of {path}: {file}"),
    "no-config": ("keine", "none"),
    "built-in": ("von Haus aus", "built in"),
    # init: what it says.
    "init-no-folder": (
        "ist kein Ordner; bitte den Ordner nennen, für den die Konfiguration gelten soll",
        "is no folder; please name the folder that the configuration is for",
    ),
    "init-exists": (
        "{path} gibt es schon. „replylint init“ überschreibt nichts; „replylint config“ zeigt, was gilt.",
        "{path} exists already. “replylint init” overwrites nothing; “replylint config” shows what counts.",
    ),
    "init-shared": (
        "In {path} steht schon eine Konfiguration unter [tool.replylint]. „replylint init“ überschreibt nichts; "
        "„replylint config“ zeigt, was gilt.",
        "{path} holds a configuration already, under [tool.replylint]. “replylint init” overwrites nothing; "
        "“replylint config” shows what counts.",
    ),
    "init-unwritable": (
        "{path} lässt sich nicht schreiben ({reason}). Mit --dry-run steht der Inhalt auf der Standardausgabe.",
        "{path} can't be written ({reason}). With --dry-run its content goes to standard output.",
    ),
    "init-written": ("{path} ist geschrieben.", "{path} is written."),
    "init-found": ("Gefunden", "Found"),
    "init-nothing": ("noch keine Antworten", "no replies yet"),
    "init-replies": ("{n} Antwort|{n} Antworten", "{n} reply|{n} replies"),
    "init-files": ("in {n} Datei|in {n} Dateien", "in {n} file|in {n} files"),
    "init-partial": (
        "(Der Ordner ist groß; angesehen wurde sein Anfang.)",
        "(The folder is large; its beginning was looked at.)",
    ),
    "init-templates": ("Vorlagen: {names}", "Templates: {names}"),
    "init-libraries": ("Bibliotheken: {names}", "Libraries: {names}"),
    "init-without": (
        "Deutscher Text, aber keine erkannte Antwort: {names}",
        "German text, but no known reply: {names}",
    ),
    "init-unreadable": ("Nicht lesbar: {names}", "Not readable: {names}"),
    "init-address": ("Anrede: {sie}-mal Sie, {du}-mal du; {verdict}", "Address: Sie {sie}×, du {du}×; {verdict}"),
    "init-house": ("Hausform ist „{form}“", "the house form is “{form}”"),
    "init-mixed": ("die Hausform ist noch offen", "the house form is still open"),
    "init-no-replies": ("Keine Antworten, also ausgenommen: {names}", "No replies, so left out: {names}"),
    "init-pre-commit": ("pre-commit ({file}), noch ohne replylint", "pre-commit ({file}), without replylint so far"),
    "init-hooked": ("pre-commit ({file}), mit replylint", "pre-commit ({file}), with replylint"),
    "init-above": (
        "{path} galt bisher auch hier; nun gilt nur noch die neue Datei (mit „extend“ auch beide)",
        "{path} counted here so far; now the new file counts alone (with “extend”, both do)",
    ),
    "init-more": ("und {n} weitere", "and {n} more"),
    "init-next": ("Als Nächstes", "Next"),
    "init-step-check": (
        "replylint check {path}     prüft, was da ist; danach die Konfiguration anpassen",
        "replylint check {path}     checks what is there; then adapt the configuration",
    ),
    "init-step-config": (
        "replylint config {path}    zeigt, was gilt und woher es kommt",
        "replylint config {path}    shows what counts and where it comes from",
    ),
    "init-step-libraries": (
        "[[libraries]]          in der Konfiguration sagt, wo in einer Datei die Antworten stehen",
        "[[libraries]]          in the configuration says where in a file the replies are",
    ),
    "init-step-hook": ("In {file}, unter „repos“:", "In {file}, under “repos”:"),
    "init-step-ci": ("Als Schritt für {ci}:", "As a step for {ci}:"),
    # init: what it writes.
    "toml-head": (
        "Konfiguration von replylint. Sie gilt für diesen Ordner und alles darunter, die Kommandozeile geht vor. "
        "„replylint config“ zeigt, was gilt; „replylint rules“ nennt alle Prüfungen.",
        "Configuration of replylint. It counts for this folder and all below it; the command line goes before it. "
        "“replylint config” shows what counts; “replylint rules” lists all checks.",
    ),
    "toml-lang": ("The language of the messages.", "The language of the messages."),
    "toml-fail-on": (
        'Ab welcher Schwere der Exit-Status 1 ist: "error", "warning", "suggestion" oder "never".',
        'From which severity on the exit status is 1: "error", "warning", "suggestion" or "never".',
    ),
    "toml-address": (
        'Die Hausform, "sie" oder "du": Eine Antwort, die anders anredet, wird gemeldet. Fehlt sie, entscheidet jeder '
        "Text selbst.",
        'The house form, "sie" or "du": a reply that takes the other is reported. Without it each text decides.',
    ),
    "toml-address-counts": ("Gefunden: {sie}-mal Sie, {du}-mal du.", "Found: Sie {sie}×, du {du}×."),
    "toml-address-none": ("Gefunden wurde noch keine Anrede.", "No form of address was found so far."),
    "toml-templates": (
        "Vorlagen, als Muster von diesem Ordner aus: Platzhalter sind hier gewollt. Dateien wie *.j2 und *.twig und "
        "die Bausteine in Bibliotheken gelten ohnehin als Vorlagen.",
        "Templates, as patterns from this folder on: placeholders are meant here. Files such as *.j2 and *.twig, and "
        "the entries of libraries, are taken for templates anyway.",
    ),
    "toml-exclude": (
        "Was keine Antwort ist, in der Schreibweise von .gitignore. Was dort steht, bleibt ohnehin außen vor.",
        "What is no reply, written as in .gitignore. What stands there is left out anyway.",
    ),
    "toml-archive": ("Ohne die alten Texte:", "Without the old texts:"),
    "toml-checks": (
        'Prüfungen und Kategorien: "off", "on" oder eine Schwere.',
        'Checks and categories: "off", "on" or a severity.',
    ),
    "toml-libraries": (
        "Wo Antworten in Dateien stehen, in denen replylint sie nicht von selbst findet: body ist ein JSONPath oder "
        "die Spalte einer CSV-Datei.",
        "Where replies stand in files in which replylint doesn't find them by itself: body is a JSONPath, or a column "
        "of a CSV file.",
    ),
    "toml-libraries-known": ("Von selbst erkannt: {names}.", "Recognised by itself: {names}."),
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
    "bad-jobs": (
        "--jobs „{value}“: erwartet wird eine Zahl ab 1, oder „auto“.",
        "--jobs “{value}”: expected a number from 1 on, or “auto”.",
    ),
    "unknown-check": (
        "{option}: Eine Prüfung oder Kategorie „{name}“ gibt es nicht.{hint} „replylint rules“ zeigt alle.",
        "{option}: there is no check or category “{name}”.{hint} “replylint rules” lists them all.",
    ),
    # Reports
    "stdout": ("die Standardausgabe", "standard output"),
    "two-reports": (
        "--format {one} und --format {other} gehen beide an denselben Ort ({place}); bitte je eine eigene Datei nennen,"
        " z. B. „sarif:bericht.sarif“.",
        "--format {one} and --format {other} both go to the same place ({place}); please name a file for each, e.g."
        " “sarif:out.sarif”.",
    ),
    "step-summary": (
        "Die Zusammenfassung für GitHub, „{path}“, lässt sich nicht schreiben ({reason}).",
        "The summary for GitHub, “{path}”, can't be written ({reason}).",
    ),
    "progress": ("{done} von {total} Dateien gelesen", "{done} of {total} files read"),
    "diff-base-outside": (
        "--diff-base geht nur in einem git-Repository; „{path}“ liegt in keinem.",
        "--diff-base needs a git repository; “{path}” is in none.",
    ),
    "diff-base-unknown": (
        "--diff-base: den Stand „{revision}“ kennt das git-Repository „{path}“ nicht; bitte prüfen Sie den Namen, oder "
        "holen Sie ihn mit „git fetch“.",
        "--diff-base: the git repository “{path}” doesn't know the revision “{revision}”; please check its name, or "
        "get it with “git fetch”.",
    ),
    "no-git": (
        "--diff-base braucht das Programm git; bitte installieren Sie es.",
        "--diff-base needs the program git; please install it.",
    ),
    "git-failed": ("--diff-base: git meldet „{reason}“.", "--diff-base: git says “{reason}”."),
    "contradiction": (
        "{one} und {other} widersprechen sich; bitte nur eines angeben.",
        "{one} and {other} contradict each other; please give one of them only.",
    ),
    "no-such-check": (
        "Eine Prüfung „{name}“ gibt es nicht.{hint} „replylint rules“ zeigt alle.",
        "There is no check “{name}”.{hint} “replylint rules” lists them all.",
    ),
    "did-you-mean": (" Meinten Sie „{name}“?", " Did you mean “{name}”?"),
    "output": (
        "{path}: lässt sich nicht schreiben ({reason}); bitte eine andere Datei angeben.",
        "{path}: can't be written ({reason}); please name another file.",
    ),
    # Suppressions of the configuration; file and line stand before these.
    "suppression-expired": (
        "Diese Ausnahme galt bis {date}; was sie ausnahm, wird wieder gemeldet.",
        "This suppression held until {date}; what it suppressed is reported again.",
    ),
    "suppression-unused": (
        "Diese Ausnahme wird nicht gebraucht: In den geprüften Antworten gibt es keinen Fund dazu.",
        "This suppression isn't needed: there is no finding for it in the replies that were checked.",
    ),
    # The baseline; option and path stand before these.
    "baseline-missing": (
        "gibt es nicht; „replylint baseline“ schreibt eine Baseline",
        "does not exist; “replylint baseline” writes a baseline",
    ),
    "baseline-json": (
        "ist kein gültiges JSON (Zeile {line}, Spalte {column}), vielleicht nach einem Merge-Konflikt; "
        "bitte beheben oder löschen und neu schreiben",
        "is not JSON (line {line}, column {column}), perhaps after a merge conflict; "
        "please mend it, or delete and write it anew",
    ),
    "baseline-other": (
        "ist keine Baseline von replylint; bitte den Pfad prüfen",
        "is no baseline of replylint; please check the path",
    ),
    "baseline-version": (
        "ist eine Baseline der Fassung {version}, dieses replylint kennt Fassung {known}; bitte replylint "
        "aktualisieren oder die Datei löschen und neu schreiben",
        "is a baseline of version {version}, this replylint knows version {known}; please update replylint, or delete "
        "the file and write it anew",
    ),
    "baseline-entry": (
        "ist beschädigt: Eintrag {number} ist unvollständig; bitte beheben oder löschen und neu schreiben",
        "is broken: entry {number} is incomplete; please mend it, or delete and write it anew",
    ),
    "baseline-unwritable": (
        "lässt sich nicht schreiben ({reason}); es bleibt alles, wie es war",
        "can't be written ({reason}); all stays as it was",
    ),
    "baseline-stale": (
        "{path}: {n} Eintrag trifft nicht mehr zu; „replylint baseline --prune“ entfernt ihn.|"
        "{path}: {n} Einträge treffen nicht mehr zu; „replylint baseline --prune“ entfernt sie.",
        "{path}: {n} entry stands for nothing any more; “replylint baseline --prune” removes it.|"
        "{path}: {n} entries stand for nothing any more; “replylint baseline --prune” removes them.",
    ),
    "baseline-written": ("{path}: {findings} in {files} festgehalten.", "{path}: {findings} in {files} recorded."),
    "baseline-kept": (
        "{n} Eintrag zu nicht geprüften Dateien bleibt.|{n} Einträge zu nicht geprüften Dateien bleiben.",
        "{n} entry of files that were not checked stays.|{n} entries of files that were not checked stay.",
    ),
    "baseline-pruned": (
        "{path}: {n} Eintrag entfernt, {left} übrig.|{path}: {n} Einträge entfernt, {left} übrig.",
        "{path}: {n} entry removed, {left} left.|{path}: {n} entries removed, {left} left.",
    ),
    "n-findings": ("{n} Fund|{n} Funde", "{n} finding|{n} findings"),
    "n-files": ("{n} Datei|{n} Dateien", "{n} file|{n} files"),
    "ENOENT": ("den Ordner gibt es nicht", "there is no such folder"),
    "EISDIR": ("das ist ein Ordner", "that is a folder"),
    "EACCES": ("die Berechtigung fehlt", "permission is lacking"),
    "EROFS": ("das Laufwerk ist schreibgeschützt", "the disk is write-protected"),
    "ENOSPC": ("das Laufwerk ist voll", "the disk is full"),
    "EFBIG": ("dafür ist kein Platz", "there is no room for it"),
    "EDQUOT": ("das Kontingent ist erschöpft", "the quota is exhausted"),
    # Fixes; the path stands before the first ones, path and line before the refusals.
    "changed-meanwhile": (
        "wurde inzwischen geändert und bleibt, wie sie ist; bitte noch einmal starten",
        "was changed meanwhile and is left as it is; please run once more",
    ),
    "not-written": (
        "lässt sich nicht schreiben ({reason}); die Datei ist unverändert",
        "can't be written ({reason}); the file is unchanged",
    ),
    "not-fixed": ("nicht geändert ({rule}): {reason}", "not changed ({rule}): {reason}"),
    "refused-markup": (
        "Zwischen den Wörtern steht eine Auszeichnung, die verloren ginge",
        "markup stands between the words and would be lost",
    ),
    "refused-encoding": (
        "In der Kodierung der Datei fehlt ein Zeichen dafür",
        "the file's encoding lacks a character for it",
    ),
    "refused-base64": (
        "Der Text steht in base64, das bleibt unberührt",
        "the text stands in base64, which is left alone",
    ),
    "refused-place": (
        "Diese Stelle der Datei lässt sich nicht ändern",
        "this place in the file can't be changed",
    ),
    "refused-proof": (
        "Die geänderte Datei würde nicht genau den neuen Text enthalten",
        "the changed file wouldn't hold exactly the new text",
    ),
    "refused-worse": (
        "Im Zusammenhang wäre der neue Text nicht besser",
        "in its context the new text would be no better",
    ),
    "fixed": (
        "{n} Fund behoben ({files}).|{n} Funde behoben ({files}).",
        "{n} finding fixed ({files}).|{n} findings fixed ({files}).",
    ),
    "would-fix": (
        "{n} Fund lässt sich beheben ({files}).|{n} Funde lassen sich beheben ({files}).",
        "{n} finding can be fixed ({files}).|{n} findings can be fixed ({files}).",
    ),
    "nothing-fixed": ("Nichts zu beheben.", "Nothing to fix."),
    "unsafe-more": (
        " {n} weiterer Fund hat eine Umformulierung; „--unsafe-fixes“ nimmt auch sie, lesen Sie dann bitte gegen.|"
        " {n} weitere Funde haben eine Umformulierung; „--unsafe-fixes“ nimmt auch sie, lesen Sie dann bitte gegen.",
        " {n} more finding has a rewrite; “--unsafe-fixes” takes it, too, please read it over then.|"
        " {n} more findings have a rewrite; “--unsafe-fixes” takes them, too, please read them over then.",
    ),
    # Review.
    "review-left": ("noch {n} Fund|noch {n} Funde", "{n} finding left|{n} findings left"),
    "review-clean": ("{name}: Alles in Ordnung.", "{name}: all fine."),
    "review-here": ("Hier fehlt etwas.", "Something is missing here."),
    "review-cut": ("(streichen)", "(cut)"),
    "review-gaps": (
        "Nach Angaben in [eckigen Klammern] werden Sie gefragt.",
        "You will be asked for what stands in [square brackets].",
    ),
    "review-gap": ("Ohne die Angabe bleibt der Text, wie er ist.", "Without it the text stays as it is."),
    "review-take": ("übernehmen", "take"),
    "review-edit": ("bearbeiten", "edit"),
    "review-skip": ("überspringen", "skip"),
    "review-ignore": ("unterdrücken", "suppress"),
    "review-undo": ("zurück", "undo"),
    "review-save": ("sichern und beenden", "save and quit"),
    "review-quit": ("beenden", "quit"),
    "review-drop": ("beenden, ohne zu sichern", "quit without saving"),
    "review-new": ("Neuer Text: ", "New text: "),
    "review-reason": ("Grund: ", "Reason: "),
    "review-refused": ("Das geht hier nicht: {reason}.", "That can't be done here: {reason}."),
    "review-done": ("Das waren alle Funde.", "Those were all findings."),
    "review-changes": (
        "{n} Änderung ist zu sichern.|{n} Änderungen sind zu sichern.",
        "{n} change is to be saved.|{n} changes are to be saved.",
    ),
    "review-saved": (
        "{name}: {n} Änderung gesichert.|{name}: {n} Änderungen gesichert.",
        "{name}: {n} change saved.|{name}: {n} changes saved.",
    ),
    "review-same": ("Nichts geändert.", "Nothing changed."),
    "review-dropped": ("{name}: Die Datei bleibt, wie sie war.", "{name}: the file stays as it was."),
    "review-kept": ("Ihr bearbeiteter Text liegt in {path}.", "Your edited text is in {path}."),
    "review-lost": (
        "Auch woanders lässt er sich nicht ablegen ({reason}); hier ist er:",
        "It can't be kept elsewhere either ({reason}); here it is:",
    ),
    "review-stdin": (
        "„review“ fragt auf der Standardeingabe; bitte eine Datei angeben.",
        "“review” asks on standard input; please name a file.",
    ),
    "review-folder": (
        "{path} ist ein Ordner; „review“ geht eine Datei durch.",
        "{path} is a folder; “review” goes through one file.",
    ),
    "review-blind": ("„review“ braucht eine Eingabe, um zu fragen.", "“review” needs an input to ask."),
    "review-excluded": (
        "{path} ist in der Konfiguration ausgenommen.",
        "{path} is excluded by the configuration.",
    ),
    "no-pack": (
        "Ein Regelpaket „{path}“ gibt es nicht; erwartet wird ein Ordner mit Regeldateien, „de“ oder der Name eines "
        "installierten Pakets.{hint}",
        "There is no rule pack “{path}”; expected is a folder of rule files, “de”, or the name of an installed pack."
        "{hint}",
    ),
    "rule-errors": (
        "Die Regeln haben {n} Fehler; bitte erst beheben.|Die Regeln haben {n} Fehler; bitte erst beheben.",
        "The rules have {n} error; please mend it first.|The rules have {n} errors; please mend them first.",
    ),
    "new-bad-id": (
        "„{name}“ geht nicht als Name einer Prüfung: Er besteht aus kleinen Buchstaben, Ziffern und einzelnen "
        "Bindestrichen.{hint}",
        "“{name}” can't be the name of a check: it is made of small letters, digits and single hyphens.{hint}",
    ),
    "new-known": (
        "„{name}“ ist schon eingebaut. „--kind change“ legt eine Datei an, die eine Prüfung ändert; für eine eigene "
        "bitte einen anderen Namen wählen.",
        "“{name}” is built in already. “--kind change” makes a file that changes a check; for one of your own please "
        "take another name.",
    ),
    "new-exists": (
        "{path} gibt es schon; „replylint new“ überschreibt nichts.",
        "{path} exists already; “replylint new” overwrites nothing.",
    ),
    "new-unwritable": ("{path} lässt sich nicht anlegen ({reason}).", "{path} can't be written ({reason})."),
    "new-written": ("{path} ist angelegt.", "{path} is written."),
    "new-fill": (
        "Nun eintragen, was dazugehört; „replylint test {pack}“ prüft die Datei.",
        "Now write what belongs there; “replylint test {pack}” checks the file.",
    ),
    "new-next": (
        "Nun die Beispiele eintragen; „replylint test {pack}“ sagt, was noch fehlt.",
        "Now write the examples; “replylint test {pack}” says what is still missing.",
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
    "changed-in": ("Geändert in", "Changed in"),
    "phrase": ("Formulierung: ", "Phrase: "),
    "needs": ("Braucht", "Needs"),
    "needs-trained": (
        "eine trainierte spaCy-Pipeline ({attributes})",
        "a trained spaCy pipeline ({attributes})",
    ),
    "needs-spacy": ("spaCy, bei jedem Entwurf", "spaCy, for every draft"),
    "needs-spacy-sometimes": (
        "spaCy, wenn ein Entwurf die Wörter ihrer Muster enthält",
        "spaCy, where a draft holds the words of its patterns",
    ),
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
    # test: what is wrong with an example; file, line and check stand before these.
    "bad-unwritten": (
        "Hier fehlt noch ein Beispiel, das die Prüfung melden soll",
        "an example that the check shall find still has to be written here",
    ),
    "good-unwritten": (
        "Hier fehlt noch ein Beispiel, das die Prüfung stehen lassen soll",
        "an example that the check shall leave alone still has to be written here",
    ),
    "no-examples": (
        "Die Prüfung braucht mindestens ein Beispiel mit bad: und eines mit good:",
        "the check needs a bad: and a good: example at least",
    ),
    "dead-phrase": (
        "Kein Beispiel mit bad: erreicht die Formulierung „{phrase}“",
        "no bad: example reaches the phrase “{phrase}”",
    ),
    "exception-unproven": (
        "Zu den neuen Ausnahmen fehlt ein Beispiel mit good:, das sie stehen lassen",
        "the new exceptions need a good: example that they leave alone",
    ),
    "not-found": ("Die Prüfung meldet hier nichts", "the check finds nothing here"),
    "at-of-whole-draft": (
        "Gemeldet wird der ganze Entwurf, nicht einzelne Wörter; bitte at: weglassen",
        "the finding is on the whole draft, not on words; leave out at:",
    ),
    "at-not-there": (
        "Die Wörter „{words}“ aus at: stehen nicht im Beispiel",
        "the words “{words}” of at: don't stand in the example",
    ),
    "found-elsewhere": (
        "Die Prüfung meldet andere Wörter als erwartet",
        "the check finds other words than expected",
    ),
    "no-rewrite": (
        "Erwartet wird ein Vorschlag (rewritten:), aber die Prüfung macht keinen",
        "a rewrite is expected (rewritten:), but the check offers none",
    ),
    "rewritten-otherwise": (
        "Mit dem ersten Vorschlag lautet der Text anders als erwartet",
        "with the first rewrite the text reads otherwise than expected",
    ),
    "rewrite-flagged": (
        "Der Vorschlag „{rewrite}“ wird selbst gemeldet: „{words}“ ({by})",
        "the rewrite “{rewrite}” is itself found: “{words}” ({by})",
    ),
    "not-silent": (
        "Die Prüfung soll das stehen lassen, meldet es aber",
        "the check shall leave this alone, but finds it",
    ),
    "not-silent-phrase": (
        "Die Prüfung soll das stehen lassen, meldet es aber wegen „{phrase}“",
        "the check shall leave this alone, but finds it by “{phrase}”",
    ),
    "expected": ("erwartet", "expected"),
    "found-instead": ("gemeldet", "found"),
    "came-out": ("ergab sich", "came out"),
    "coverage": ("Was die Beispiele erreichen", "What the examples reach"),
    "n-phrases": (
        "{reached} von {n} Formulierung|{reached} von {n} Formulierungen",
        "{reached} of {n} phrase|{reached} of {n} phrases",
    ),
    "n-exceptions": (
        "{reached} von {n} Ausnahme|{reached} von {n} Ausnahmen",
        "{reached} of {n} exception|{reached} of {n} exceptions",
    ),
    "unreached": (
        "Kein Beispiel erreicht die Formulierung „{phrase}“",
        "no example reaches the phrase “{phrase}”",
    ),
    "unused": (
        "Kein Beispiel braucht die Ausnahme „{phrase}“",
        "no example needs the exception “{phrase}”",
    ),
    "collisions": ("Zwei Prüfungen melden dieselben Wörter", "Two checks find the same words"),
    "collision": ("{one} und {other}: „{words}“", "{one} and {other}: “{words}”"),
    "n-more-examples": (
        " (und in {n} weiterem Beispiel)| (und in {n} weiteren Beispielen)",
        " (and in {n} more example)| (and in {n} more examples)",
    ),
    "collisions-hint": (
        "Soll nur eine von beiden melden, bekommt die andere „yields-to: [Name der einen]“.",
        "If only one of the two shall find them, give the other “yields-to: [name of the one]”.",
    ),
    # check --profile
    "profile": (
        "{each} je Entwurf ({drafts}, zusammen {all})",
        "{each} a draft ({drafts}, {all} in all)",
    ),
    "profile-once": (
        "Was ein Lauf nur einmal vorbereitet, zählt mit; über viele Entwürfe verteilt es sich.",
        "What a run prepares only once is included; over many drafts it spreads out.",
    ),
    "profile-empty": ("{drafts}: nichts zu messen", "{drafts}: nothing to time"),
    "profile-share": ("Anteil", "share"),
    "profile-each": ("je Entwurf", "a draft"),
    "profile-tried": ("versucht", "tried"),
    "profile-hits": ("Treffer", "hits"),
    "profile-what": ("wofür", "what for"),
    "profile-signal": ("Signal {name}", "signal {name}"),
    "profile-reading": ("Wörter, Sätze und Teile finden", "finding words, sentences and parts"),
    "profile-search": (
        "aussuchen, welche Formulierungen einen Versuch lohnen",
        "picking the phrases worth trying",
    ),
    "profile-ahead": (
        "vorarbeiten, wo eine Prüfung viele Entwürfe auf einmal liest",
        "working ahead where a check reads many drafts at once",
    ),
    "profile-reporting": ("aus Treffern Funde machen", "making findings of hits"),
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
