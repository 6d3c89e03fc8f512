"""`kind: tokens` as a whole: what it finds where, what it asks of spaCy, and what is told where that can't be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from folders import REFUSAL, document, put, run
from spacy.language import Language

from replylint.draft import Draft
from replylint.findings import Finding
from replylint.german import spacy as engine
from replylint.linter import BATCH, Linter, Settings
from replylint.rules import RuleSet, load
from replylint.source import Source, SourceMap

HEAD = """id: {id}
kind: tokens
category: haus
severity: warning
message: {{de: "„{{match}}“ ({{was}})", en: "“{{match}}” ({{was}})"}}
why: {{de: Darum., en: Because.}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    engine.pipeline.cache_clear()  # so that no test meets a pipeline that another has loaded
    return tmp_path


def rule(patterns: str, id: str = "muster", examples: str = "examples: []") -> None:
    put({f"haus/{id}.yaml": HEAD.format(id=id) + patterns.strip() + f"\n{examples}\n"})


def pack(patterns: str) -> RuleSet:
    rule(patterns)
    return load(["haus"])


def draft_of(text: str) -> Draft:
    return Draft(Source("x.txt", text), text, SourceMap.identity(len(text)))


def check(patterns: str, text: str, pipeline: str | None = None) -> list[Finding]:
    linter = Linter(pack(patterns), Settings(pipeline=pipeline))
    found = linter.check(draft_of(text))
    assert linter.failed == {}
    return found


def quotes(patterns: str, text: str, pipeline: str | None = None) -> list[str | None]:
    return [finding.quote for finding in check(patterns, text, pipeline)]


NOT_RESPONSIBLE = "patterns: [[{LOWER: nicht}, {IS_ALPHA: true, OP: '?', slot: was}, {LOWER: zuständig}]]"

# Without a trained pipeline


def test_a_finding_with_slots_and_a_rewrite() -> None:
    [finding] = check(
        """
in: body
patterns:
  - find: [{LEMMA: kündigen}, {LOWER: {IN: [den, die]}}, {IS_TITLE: true, slot: was}]
    rewrite: ["{was} beenden", {text: "{was} am [Datum] beenden"}]
    message: {de: "„{match}“: {was}.", en: x}
    severity: error
""",
        "Guten Tag,\n\nwir kündigen den\n   Vertrag morgen.",
    )
    assert (finding.quote, finding.message, str(finding.severity)) == (
        "kündigen den\n   Vertrag",
        "„kündigen den Vertrag“: Vertrag.",
        "error",
    )
    assert [(each.text, str(each.safety)) for each in finding.rewrites] == [
        ("Vertrag beenden", "review"),
        ("Vertrag am [Datum] beenden", "fill"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wir sind nicht zuständig.", ["nicht zuständig"]),
        ("Wir sind leider nicht\r\nmehr  zuständig.", ["nicht\r\nmehr  zuständig"]),
        ("Wir sind nicht zu\u00adstän\u00addig.", ["nicht zu\u00adstän\u00addig"]),
        ("Wir sind nicht zusta\u0308ndig.", ["nicht zusta\u0308ndig"]),
        ("Wir sind nicht {{ wort }} zuständig.", ["nicht {{ wort }} zuständig"]),
        ("Wir sind nicht{% if x %} zuständig{% endif %}.", ["nicht{% if x %} zuständig"]),
        ("Wir sind „nicht zuständig“.", []),
        ("Wir sind nicht. Zuständig ist Jana.", []),
        ("Wir sind nicht „so“ zuständig.", []),
        ("Nicht zuständig, sagte sie, nicht zuständig.", ["Nicht zuständig", "nicht zuständig"]),
        ("Wir sind zuständig.", []),
    ],
)
def test_a_match_stands_where_the_draft_has_it(text: str, found: Sequence[str]) -> None:
    assert quotes(NOT_RESPONSIBLE, text) == found


def test_a_match_lies_in_the_parts_named() -> None:
    text = "Guten Tag Frau Kern,\n\nFrau Kern ist nicht da.\n\nMit freundlichen Grüßen\nJana Kern"
    name = "patterns: [[{TEXT: Kern}]]"
    places = [at for at in range(len(text)) if text.startswith("Kern", at)]
    assert [finding.span.start for finding in check(f"in: [salutation]\n{name}", text)] == places[:1]
    assert [finding.span.start for finding in check(name, text)] == places[1:2]
    assert [finding.span.start for finding in check(f"in: text\n{name}", text)] == places


@pytest.mark.parametrize(
    ("lemma", "text", "found"),
    [
        ("kündigen", "Sie kündigten, wir haben gekündigt.", ["kündigten", "gekündigt"]),
        ("kündigen", "Die Kündigung liegt vor.", []),
        ("Frage", "Ich frage mich: Ihre Frage?", ["Frage"]),
        ("fragen", "Ich frage mich: Ihre Frage?", ["frage"]),
        ("fragen", "Fragen Sie uns zu allen Fragen.", ["Fragen"]),
        ("Fragen", "FRAGEN SIE UNS.", ["FRAGEN"]),
        ("meinen", "Was meinen Sie?", ["meinen"]),
        ("mein", "Das ist meine Meinung.", ["meine"]),
        ("Straße", "Die Strasse und die Straßen.", ["Strasse", "Straßen"]),
        ("E-Mail", "Ihre E-Mails sind da.", ["E-Mails"]),
    ],
)
def test_a_lemma_is_all_its_forms(lemma: str, text: str, found: list[str]) -> None:
    assert quotes(f"patterns: [[{{LEMMA: {lemma}}}]]", text) == found


def test_lemmas_in_lists_and_not_in_them() -> None:
    both = "patterns: [[{LOWER: wir}, {LEMMA: {IN: [prüfen, fragen]}}]]"
    assert quotes(both, "Hier fragen wir. Da prüft er. Dann will, wir fragten, er mehr.") == ["wir fragten"]
    other = "patterns: [[{LOWER: wir}, {LEMMA: {NOT_IN: [prüfen, fragen]}}]]"
    assert quotes(other, "Morgen, wir fragten, wir antworteten.") == ["wir antworteten"]


def test_expressions_and_places() -> None:
    assert quotes("patterns: [[{TEXT: {REGEX: '^[A-ZÄÖÜ].+ung$'}}]]", "Die Überprüfung der Leitungen und Leitung.") == [
        "Überprüfung",
        "Leitung",
    ]
    assert quotes("patterns: [[{LOWER: {REGEX: {NOT_IN: ['e', 'a']}}, IS_ALPHA: true}]]", "Er ist da.") == ["ist"]
    assert quotes("patterns: [[{LOWER: leider, IS_SENT_START: true}]]", "Leider nein. Das ist leider so.") == ["Leider"]


def test_what_stands_beside_a_pattern_counts_as_with_phrases() -> None:
    text = "Wir sind nicht zuständig, aber wir helfen. Sind wir nicht zuständig? Wir sind nicht mehr zuständig."
    assert quotes(f"{NOT_RESPONSIBLE}\nunless: {{sentence: [aber]}}", text) == [
        "nicht zuständig",
        "nicht mehr zuständig",
    ]
    assert quotes(f"{NOT_RESPONSIBLE}\nquestions: no", text) == ["nicht zuständig", "nicht mehr zuständig"]
    assert quotes(f"{NOT_RESPONSIBLE}\nexcept: [nicht mehr]", text) == ["nicht zuständig", "nicht zuständig"]
    assert quotes(f"{NOT_RESPONSIBLE}\nextent: clause", text)[0] == "Wir sind nicht zuständig"
    own = "patterns: [{find: [{LOWER: nicht}, {LOWER: mehr, slot: mark}], when: 'channel=chat'}]"
    assert quotes(own, text) == []
    chat = Linter(load(["haus"]), Settings(facts={"channel": "chat"}))
    assert [finding.quote for finding in chat.check(draft_of(text))] == ["mehr"]


def test_where_two_patterns_meet_the_first_listed_wins() -> None:
    both = "patterns: [[{LOWER: nicht}, {LOWER: mehr}], [{LOWER: mehr}, {LOWER: zuständig}], [{LOWER: zuständig}]]"
    assert quotes(both, "Wir sind nicht mehr zuständig.") == ["nicht mehr", "zuständig"]


def test_the_rules_survive_the_cache(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(folder / "cache"))
    pack("patterns: [{find: [{LEMMA: kündigen}, {TEXT: {REGEX: '^V'}, slot: was}], rewrite: '{was}'}]")
    found = []
    for _ in range(2):
        linter = Linter(load(["haus"], cached=True))
        found.append(
            [(each.quote, each.message, each.rewrites) for each in linter.check(draft_of("Wir kündigten Verträge."))]
        )
    assert found[0] == found[1]
    assert [each[:2] for each in found[0]] == [("kündigten Verträge", "„kündigten Verträge“ (Verträge)")]
    monkeypatch.setattr("replylint.german.spacy.forms", None)  # kept, too
    assert len(Linter(load(["haus"], cached=True)).check(draft_of("Wir kündigten Verträge."))) == 1


def test_hostile_drafts_take_no_time() -> None:
    patterns = """patterns:
  - [{TEXT: {REGEX: "^(a+)+$"}}, {LOWER: b}]
  - [{LOWER: a, OP: "+"}, {OP: "*"}, {LOWER: a, OP: "*"}, {OP: "*"}, {LOWER: b}]
  - [{LOWER: {FUZZY: aaaaaaaa}}, {LOWER: b}]"""
    linter = Linter(pack(patterns))
    # Trying one way after the other, this would not end.
    for text in (
        "a" * 50_000 + "! b",
        "a " * 4_000 + "b",
        "(" * 9_000 + " b",
        "„a“" * 3_000 + " b",
        "a\u0308" * 4_000 + " b",
    ):
        linter.check(draft_of(text))
    assert linter.failed == {}


# When spaCy is asked


def imported(text: str, *options: str) -> tuple[str, bool]:
    """The exit status of a run in a process of its own, and whether it imported spaCy."""
    put({"entwurf.txt": text})
    script = (
        "import sys\nfrom replylint.cli import main\n"
        f"try:\n    main(['check', 'entwurf.txt', *{list(options)!r}])\n"
        "except SystemExit as end:\n    print(end.code, 'spacy' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    status, has = result.stdout.splitlines()[-1].split()
    return status, has == "True"


def test_spacy_is_imported_only_where_the_words_stand() -> None:
    rule(NOT_RESPONSIBLE)
    assert imported("Wir sind nicht zuständig.", "--isolated") == ("1", False)
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "de_core_news_sm"\n'})
    assert imported("Wir sind zuständig.") == ("0", False), "the one word isn't there"
    assert imported("Wir sind nicht da. Zuständig ist Jana.") == ("0", False), "not in one sentence"
    put({"replylint.toml": 'rules = ["haus/"]\n'})
    assert imported("Wir sind nicht zuständig.") == ("1", True)
    rule("patterns: [[{IS_DIGIT: true}]]")
    assert imported("Guten Tag,\n\nalles ist gut.") == ("0", True), "it names no word"


def test_many_drafts_are_analysed_at_once(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []
    analyse = engine.Pipeline.analyse

    def counted(self: Any, stretches: Any) -> Any:
        batches.append(len(stretches))
        return analyse(self, stretches)

    monkeypatch.setattr(engine.Pipeline, "analyse", counted)
    linter = Linter(pack("patterns: [[{POS: NOUN}, {LEMMA: erfolgen}]]"), Settings(pipeline=tiny))
    drafts = [draft_of(f"Die Lieferung erfolgt morgen. Das ist Satz {number}.") for number in range(BATCH + 2)]
    found = list(linter.check_all(drafts))
    assert batches == [BATCH, 2]
    assert [[each.quote for each in findings] for findings in found] == [["Lieferung erfolgt"]] * (BATCH + 2)


# With a trained pipeline


def test_parts_of_speech_lemmas_and_features(tiny: str) -> None:
    nominal = "patterns: [[{POS: DET}, {POS: NOUN}, {POS: DET}, {POS: NOUN, slot: was}, {LEMMA: erfolgen}]]"
    [finding] = check(nominal, "Die Prüfung der Lieferung erfolgt morgen.", tiny)
    assert (finding.quote, finding.message) == (
        "Die Prüfung der Lieferung erfolgt",
        "„Die Prüfung der Lieferung erfolgt“ (Lieferung)",
    )
    plural = "patterns: [[{POS: NOUN, MORPH: {IS_SUPERSET: [Number=Plur]}}]]"
    assert quotes(plural, "Die Kosten sind hoch. Die Lieferung ist wichtig.", tiny) == ["Kosten"]
    assert quotes(
        "patterns: [[{POS: {REGEX: '^VERB$'}, LEMMA: {REGEX: 'en$'}}]]", "Wir senden die Rechnung.", tiny
    ) == ["senden"]
    assert quotes("patterns: [[{ENT_TYPE: PER}]]", "Ich schicke Frau Kern die Rechnung.", tiny) == ["Kern"]
    assert quotes("patterns: [[{DEP: ROOT, POS: VERB}]]", "Wir senden Ihnen die Rechnung.", tiny) == ["senden"]


def test_the_pipeline_is_loaded_once_and_only_what_is_needed_runs(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    original = spacy.load

    def load_noted(name: str) -> Any:
        loaded.append(str(name))
        return original(name)

    monkeypatch.setattr(spacy, "load", load_noted)
    rule("patterns: [[{POS: NOUN}, {LOWER: ist}]]", "eins")
    rule("patterns: [[{LEMMA: sein}]]", "zwei")
    rule("enabled: no\npatterns: [[{ENT_TYPE: PER}]]", "drei")
    ruleset = load(["haus"])
    first, second = (Linter(ruleset, Settings(pipeline=tiny)) for _ in range(2))
    [one, _] = [linter.context(draft_of("Die Frage ist gut.")) for linter in (first, second)]
    for linter in (first, second):
        assert [each.quote for each in linter.check(draft_of("Die Frage ist gut."))] == ["Frage ist", "ist"]
    assert loaded == [tiny]
    assert one.pipeline is not None
    [analysis] = one.pipeline.analyse([one.reading.stretches[0]])
    assert analysis is not None
    assert analysis.doc.has_annotation("POS")
    assert analysis.doc.has_annotation("LEMMA")
    assert not analysis.doc.has_annotation("DEP")
    assert not analysis.doc.has_annotation("ENT_IOB")


def test_a_check_that_needs_no_training_asks_the_blank_pipeline() -> None:
    assert quotes(NOT_RESPONSIBLE, "Wir sind nicht zuständig.", "gibt_es_nicht") == ["nicht zuständig"]


def test_what_spacy_has_seen_is_forgotten_at_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_MOST", 20)
    linter = Linter(pack("patterns: [[{LEMMA: senden}, {IS_ALPHA: true}]]"))
    drafts = [
        draft_of(f"Wir senden Ware{'abcdefghij'[number % 10] * (1 + number // 10)} heute.") for number in range(150)
    ]
    found = [finding for findings in linter.check_all(drafts) for finding in findings]
    assert len(found) == len(drafts)
    assert len(engine.pipeline(None).vocab.strings) < len(spacy.blank("de").vocab.strings) + 2 * BATCH + 20


def test_people_are_offered(tiny: str) -> None:
    text = "Ich frage heute Frau Kern.\n\nWir senden die Rechnung.\n"
    context = Linter(pack(NOT_RESPONSIBLE), Settings(pipeline=tiny)).context(draft_of(text))
    assert context.pipeline is not None
    context.pipeline.require({"ENT_TYPE"})
    found = context.pipeline.people(context.reading.stretches)
    assert [[text[span.start : span.end] for span in spans] for spans in found] == [["Kern"], []]


# What can't be had

NOUN = "patterns: [[{POS: NOUN}, {LOWER: erfolgt}]]"


def failed(text: str = REFUSAL) -> tuple[int, list[str], list[str]]:
    """The exit status of a run over two files, what it says, and the checks that still report."""
    put({"a.txt": text, "b.txt": text})
    result = run("check", "a.txt", "b.txt")
    report = document("a.txt", "b.txt")
    return result.exit_code, result.stderr.splitlines(), [each["rule"] for each in report["files"][0]["findings"]]


def test_no_trained_pipeline_is_told_once_and_never_silent() -> None:
    rule(NOUN)
    put({"replylint.toml": 'rules = ["de", "haus/"]\n[[overrides]]\nfiles = "b.txt"\nignore = ["emoticon"]\n'})
    message = (
        "replylint: muster: braucht eine trainierte spaCy-Pipeline (POS), und die Konfiguration nennt keine; bitte "
        'eine nennen (pipeline = "de_core_news_sm") oder die Prüfung abschalten ([checks] muster = "off").'
    )
    status, said, rules = failed()
    assert (status, said) == (2, [message])
    assert "negative-phrasing" in rules
    assert run("config").stderr.splitlines() == [message]
    put({"replylint.toml": 'rules = ["de", "haus/"]\n[checks]\nmuster = "off"\n'})
    assert failed()[:2] == (1, [])
    assert run("config").stderr == ""


def test_rules_and_explain_say_what_a_check_needs() -> None:
    rule(NOUN, "mit-pos")
    rule("patterns: [[{IS_DIGIT: true}]]", "immer")
    rule(NOT_RESPONSIBLE, "manchmal")
    listed = " ".join(run("rules", "haus").stdout.split())
    assert "mit-pos Warnung (braucht eine trainierte spaCy-Pipeline (POS))" in listed
    assert "immer Warnung (braucht spaCy, bei jedem Entwurf)" in listed
    assert "manchmal Warnung (braucht spaCy, wenn ein Entwurf die Wörter ihrer Muster enthält)" in listed
    assert "Needs a trained spaCy pipeline (POS)" in " ".join(
        run("explain", "mit-pos", "--rules", "haus", "--lang", "en").stdout.split()
    )


@pytest.mark.parametrize("lang", ["de", "en"])
def test_spacy_is_not_installed(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    rule(NOT_RESPONSIBLE)
    put({"replylint.toml": f'rules = ["de", "haus/"]\nlang = "{lang}"\n'})
    said = {
        "de": "replylint: muster: braucht spaCy, und das ist nicht installiert: pip install 'replylint[nlp]'.",
        "en": "replylint: muster: needs spaCy, which is not installed: pip install 'replylint[nlp]'.",
    }
    status, told, rules = failed(REFUSAL.replace("Viele", "Wir sind nicht zuständig.\n\nViele"))
    assert (status, told) == (2, [said[lang]])
    assert "negative-phrasing" in rules
    assert failed()[:2] == (1, []), "the words aren't there, nothing is missed"


def test_the_pipeline_is_not_installed() -> None:
    rule(NOUN)
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "de_core_news_klein"\n'})
    assert failed("Die Lieferung erfolgt morgen.")[:2] == (
        2,
        [
            "replylint: muster: braucht die spaCy-Pipeline „de_core_news_klein“, und die ist nicht installiert: "
            "python -m spacy download de_core_news_klein."
        ],
    )


def test_the_folder_of_the_pipeline(tiny: str) -> None:
    rule(NOUN)
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "modelle/klein"\n', "modelle/groß/x": "", "a.txt": REFUSAL})
    result = run("check", "a.txt")
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            "replylint.toml:2: „pipeline“: Einen Ordner „modelle/klein“ mit einer spaCy-Pipeline gibt es nicht",
            "replylint: Die Konfiguration hat 1 Fehler; bitte erst beheben.",
        ],
    )
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "modelle/groß"\n'})
    status, [said], _ = failed("Die Lieferung erfolgt morgen.")
    assert status == 2
    assert said.startswith("replylint: muster: braucht die spaCy-Pipeline „")
    assert "modelle/groß“, und die lässt sich nicht laden (OSError: [E053]" in said
    Path("modelle/klein").symlink_to(tiny)
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "modelle/klein"\n'})
    assert failed("Die Lieferung erfolgt morgen.") == (1, [], ["muster"])


def test_a_pipeline_of_another_language_and_one_that_lacks_something(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "en")
    spacy.blank("de").to_disk(tmp_path / "leer")
    rule(NOUN)
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "en"\n'})
    status, [said], _ = failed("Die Lieferung erfolgt morgen.")
    assert status == 2
    assert said.endswith("en“ ist für eine andere Sprache (en).")
    put({"replylint.toml": 'rules = ["haus/"]\npipeline = "leer"\n'})
    status, [said], _ = failed("Die Lieferung erfolgt morgen.")
    assert status == 2
    assert said.startswith("replylint: muster: braucht eine spaCy-Pipeline mit POS, etwa de_core_news_sm; „")
    rule(NOT_RESPONSIBLE.replace("LOWER: zuständig", "LEMMA: zuständig"))
    assert failed("Wir sind nicht zuständig.") == (1, [], ["muster"]), "the table serves where no component does"


def test_a_component_that_fails(tmp_path: Path) -> None:
    @Language.component("stolpert", assigns=["token.pos"])
    def stumble(doc: Any) -> Any:
        raise ValueError("zu lang\nund breit")

    nlp = spacy.blank("de")
    nlp.add_pipe("stolpert")
    nlp.to_disk(tmp_path / "stolpert")
    rule(NOUN)
    put({"replylint.toml": 'rules = ["de", "haus/"]\npipeline = "stolpert"\n'})
    status, [said], rules = failed(REFUSAL.replace("Viele", "Die Lieferung erfolgt morgen.\n\nViele"))
    assert status == 2
    assert said.startswith("replylint: muster: konnte nicht zu Ende prüfen: Die spaCy-Pipeline „")
    assert said.endswith("stolpert“ ist an einem Text gescheitert (ValueError: zu lang).")
    assert "negative-phrasing" in rules


# Changes by another pack


def test_another_pack_changes_patterns() -> None:
    rule("patterns: [{find: [{LOWER: nicht}, {LOWER: da}]}, [{LOWER: nie}], {find: [{LOWER: kaum}]}]")
    put(
        {
            "konzern/muster.yaml": """change: muster
patterns:
  - {find: [{LOWER: nicht}, {LOWER: da}], severity: error}
remove:
  patterns: [[{LOWER: nie}]]
add:
  patterns: [[{LOWER: selten}]]
""",
            "falsch/muster.yaml": "change: muster\npatterns: [{find: [{LOWER: nichts}], severity: error}]\n",
        }
    )
    found = Linter(load(["haus", "konzern"])).check(draft_of("Er ist nicht da, nie, kaum und selten."))
    assert [(each.quote, str(each.severity)) for each in found] == [
        ("nicht da", "error"),
        ("kaum", "warning"),
        ("selten", "warning"),
    ]
    result = run("test", "haus", "falsch")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == (
        'falsch/muster.yaml:2:19: die Prüfung hat keine Formulierung „[{"LOWER": "nichts"}]“; meinten Sie '
        '„[{"LOWER": "nie"}]“?; eine neue gehört unter „add:“'
    )


# Examples as tests

EXAMPLES = """examples:
  - {bad: Die Lieferung erfolgt morgen., at: Lieferung erfolgt}
  - good: Die Lieferung ist wichtig."""


def test_examples_need_the_pipeline_too(tiny: str) -> None:
    rule(NOUN, examples=EXAMPLES)
    result = run("test", "haus")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[0].startswith(
        "haus/muster.yaml:1: muster: braucht eine trainierte spaCy-Pipeline (POS)"
    )
    result = run("test", "haus", "--pipeline", tiny)
    assert (result.exit_code, result.stdout) == (0, "1 Prüfung und 2 Beispiele: Alles in Ordnung\n")
    put({"replylint.toml": f'rules = ["haus/"]\npipeline = "{tiny}"\n'})
    assert run("test").exit_code == 0
    assert "━" in run("explain", "muster").stdout


def test_a_pattern_that_no_example_reaches_and_an_exception_that_none_needs() -> None:
    rule(
        "patterns: [[{LOWER: nicht}], [{LOWER: nie}]]\nexcept: [nicht mehr, gar nicht]",
        examples="examples: [{bad: Das geht nicht., at: nicht}, {good: Das geht nicht mehr.}]",
    )
    result = run("test", "haus", "--coverage")
    assert result.exit_code == 1
    assert 'Kein Beispiel mit bad: erreicht die Formulierung „[{"LOWER": "nie"}]“' in result.stdout
    assert "1 von 2 Formulierungen, 1 von 2 Ausnahmen" in result.stdout


def test_the_example_pack(tiny: str) -> None:
    folder = Path(__file__).parents[1] / "examples" / "wortarten"
    result = run("test", str(folder), "--pipeline", tiny, "--coverage")
    assert result.exit_code == 0
    assert "bitte-statt-ung  2 von 2 Formulierungen" in result.stdout
    assert result.stdout.endswith("2 Prüfungen und 12 Beispiele: Alles in Ordnung\n")
    bare = run("test", str(folder))
    assert (bare.exit_code, bare.stdout.count("braucht eine trainierte spaCy-Pipeline")) == (2, 1)
