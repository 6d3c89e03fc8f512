"""Packs on packs: what a pack changes in those before it, what it may not, and where packs are found."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replylint import examples
from replylint.checks import KINDS
from replylint.cli import main
from replylint.draft import Draft
from replylint.findings import Finding
from replylint.linter import Linter
from replylint.packs import resolve
from replylint.rules import RuleErrors, RuleSet, UnknownPackError, load
from replylint.source import Source, SourceMap

ROOT = Path(__file__).parents[1]
BASE = {
    "pack.yaml": "# nothing\n",
    "tone/grob.yaml": """
id: grob
kind: phrase
category: tone
severity: warning
message: {de: "„{match}“ ist grob.", en: "“{match}” is rude."}
why: {de: Das kränkt., en: It hurts.}
rewrite: ["das ist schade"]
phrases:
  - find: ["das ist doof", "das ist blöd"]
    rewrite: ["das ist ungünstig", "das ist ärgerlich"]
    severity: error
    message: {de: "„{match}“ ist sehr grob.", en: "“{match}” is very rude."}
  - "so ein @unfug"
except: ["ist doof gelaufen"]
unless: {sentence: ["Entschuldigung"]}
severities: [{when: "channel=chat", severity: suggestion}]
examples:
  - bad: Das ist doof.
  - good: Das ist dort.
""",
    "tone/lang.yaml": """
id: lang
kind: measure
category: tone
severity: suggestion
message: {de: "{value} Wörter, mehr als {limit}.", en: "{value} words, more than {limit}."}
why: {de: Kurz liest sich leichter., en: Short reads easier.}
of: sentence-words
limit: 30
examples:
  - bad: x
  - good: x
""",
    "tone/gruss.yaml": """
id: gruss
kind: required
category: required
severity: suggestion
message: {de: "Der Dank fehlt.", en: "The thanks are missing."}
why: {de: Höflichkeit., en: Politeness.}
when: eilig
present: ["danke", "vielen Dank"]
insert: ["Danke."]
examples:
  - bad: x
  - good: x
""",
    "tone/zahl.yaml": """
id: zahl
kind: pattern
category: tone
severity: suggestion
message: {de: "„{match}“", en: "“{match}”"}
why: {de: w, en: w}
patterns: ['\\b1000\\b']
except: ['1000 Euro']
examples:
  - bad: x
  - good: x
""",
    "signals/eilig.yaml": "id: eilig\nkind: signal\ndraft: [dringend]\n",
    "words/unfug.yaml": 'id: unfug\nwords: ["(Unfug|Quatsch)", Mist]\n',
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


LONG = """
id: lange
kind: phrase
category: tone
severity: warning
message: {de: x, en: x}
why: {de: x, en: x}
rewrite:
  - {sie: "{wir:Wir prüfen|ich:Ich prüfe} das für Sie.", du: "{wir:Wir prüfen|ich:Ich prüfe} das für dich."}
  - "{wir:Wir melden uns|ich:Ich melde mich} bei {sie:Ihnen|du:dir}."
phrases: [na ja]
examples: [{bad: Na ja.}, {good: Ja.}]
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(cache))
    write(tmp_path / "basis", BASE)
    return tmp_path


def house(folder: Path, files: dict[str, str], *, cached: bool = False) -> RuleSet:
    write(folder / "haus", files)
    return load(["basis", "haus/"], cached=cached)


def errors(folder: Path, files: dict[str, str], packs: tuple[str, ...] = ("basis", "haus")) -> list[str]:
    write(folder / "haus", files)
    with pytest.raises(RuleErrors) as caught:
        load(packs)
    return [str(error) for error in caught.value.errors]


def check(ruleset: RuleSet, text: str, **facts: str) -> list[Finding]:
    return Linter(ruleset).check(Draft(Source("x", text), text, SourceMap.identity(len(text)), facts=facts))


def told(ruleset: RuleSet, text: str, **facts: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Rule, severity, message and rewrites of each finding."""
    return [
        (each.rule, str(each.severity), each.message, tuple(rewrite.text for rewrite in each.rewrites))
        for each in check(ruleset, text, **facts)
    ]


DOOF = ("grob", "error", "„Das ist doof“ ist sehr grob.", ("Das ist ungünstig", "Das ist ärgerlich"))


def test_the_base_says_what_it_says() -> None:
    base = load(["basis"])
    assert told(base, "Das ist doof.") == [DOOF]
    assert told(base, "So ein Quatsch.") == [("grob", "warning", "„So ein Quatsch“ ist grob.", ("Das ist schade",))]


def test_a_check_is_switched_off(folder: Path) -> None:
    ruleset = house(folder, {"grob.yaml": "change: grob\nenabled: no\n"})
    assert told(ruleset, "Das ist doof.") == []
    assert not ruleset.rules["grob"].enabled


def test_a_check_is_reworded_for_all_its_phrases(folder: Path) -> None:
    change = 'change: grob\nmessage: {de: "Bei uns nicht: {match}.", en: x}\nwhy: {de: Hausstil., en: x}\n'
    ruleset = house(folder, {"grob.yaml": change})
    assert told(ruleset, "Das ist doof.") == [("grob", "error", "Bei uns nicht: Das ist doof.", DOOF[3])]
    assert [finding.why for finding in check(ruleset, "So ein Mist.")] == ["Hausstil."]


def test_a_severity_holds_for_all_its_phrases_and_cases(folder: Path) -> None:
    ruleset = house(folder, {"grob.yaml": "change: grob\nseverity: suggestion\n"})
    assert [each.severity.name for each in check(ruleset, "Das ist doof. So ein Mist.")] == ["SUGGESTION"] * 2
    assert load(["basis"]).rules["grob"].severities != ()
    assert ruleset.rules["grob"].severities == ()


def test_rewrites_are_replaced_added_and_removed(folder: Path) -> None:
    ruleset = house(folder, {"grob.yaml": 'change: grob\nrewrite: ["das ist nicht nett"]\n'})
    assert [each[3] for each in told(ruleset, "Das ist doof. So ein Mist.")] == [("Das ist nicht nett",)] * 2
    ruleset = house(folder, {"grob.yaml": 'change: grob\nadd: {rewrite: ["das ist Pech"]}\n'})
    assert [each[3] for each in told(ruleset, "Das ist doof. So ein Mist.")] == [
        ("Das ist Pech", *DOOF[3]),
        ("Das ist Pech", "Das ist schade"),
    ]
    ruleset = house(folder, {"grob.yaml": 'change: grob\nremove: {rewrite: ["das ist ungünstig", das ist schade]}\n'})
    assert [each[3] for each in told(ruleset, "Das ist doof. So ein Mist.")] == [("Das ist ärgerlich",), ()]


@pytest.mark.parametrize("text", ["Wir melden uns bei Ihnen.", "Ich melde mich bei dir."])
def test_a_rewrite_is_removed_as_people_read_it(folder: Path, text: str) -> None:
    write(folder / "basis", {"tone/lange.yaml": LONG})
    ruleset = house(folder, {"lange.yaml": f"change: lange\nremove: {{rewrite: {text}}}\n"})
    assert [each[3] for each in told(ruleset, "Na ja.")] == [("Wir prüfen das für Sie.",)]


def test_one_phrase_gets_other_rewrites_and_severity(folder: Path) -> None:
    change = """
change: grob
phrases:
  - find: das ist blöd
    rewrite: ["das ist ärgerlich", "das ist ungünstig"]
    severity: warning
"""
    ruleset = house(folder, {"grob.yaml": change})
    assert told(ruleset, "Das ist doof. Das ist blöd.") == [
        DOOF,
        ("grob", "warning", "„Das ist blöd“ ist sehr grob.", ("Das ist ärgerlich", "Das ist ungünstig")),
    ]


def test_phrases_exceptions_and_guards_are_added(folder: Path) -> None:
    change = """
change: grob
add:
  phrases:
    - {find: "das ist doof", rewrite: ["das ist dumm gelaufen"]}
    - "was soll das"
  except: ["das ist doof für uns"]
  unless: {sentence: ["leider"], next: ["Verzeihung"]}
examples:
  - bad: Was soll das?
  - good: Das ist doof für uns.
"""
    ruleset = house(folder, {"grob.yaml": change})
    texts = {
        "Was soll das?": ["Was soll das"],
        "Das ist blöd.": ["Das ist blöd"],
        "Das ist doof für uns.": [],
        "Das ist doof gelaufen.": [],
        "Das ist leider doof, das ist blöd.": [],
        "Das ist doof. Verzeihung.": [],
        "Entschuldigung, das ist blöd.": [],
    }
    assert {text: [each.quote for each in check(ruleset, text)] for text in texts} == texts
    # What is added goes before what was there.
    assert [each[3] for each in told(ruleset, "Das ist doof.")] == [("Das ist dumm gelaufen",)]


def test_phrases_exceptions_and_guards_are_removed(folder: Path) -> None:
    change = """
change: grob
remove:
  phrases: das ist doof
  except: ["ist doof gelaufen"]
  unless: {sentence: [Entschuldigung]}
  examples: ["Das ist doof."]
"""
    ruleset = house(folder, {"grob.yaml": change})
    assert [each.quote for each in check(ruleset, "Das ist doof. Entschuldigung, das ist blöd.")] == ["das ist blöd"]
    assert [example.good for example in ruleset.rules["grob"].examples] == ["Das ist dort."]


def test_other_kinds_are_changed_too(folder: Path) -> None:
    ruleset = house(
        folder,
        {
            "lang.yaml": "change: lang\nlimit: 3\n",
            "gruss.yaml": 'change: gruss\nadd: {present: ["merci"], insert: ["Merci."], when: ["channel=mail"]}\n',
            "zahl.yaml": "change: zahl\nadd: {patterns: ['\\b2000\\b'], except: ['Jahr 2000']}\nremove: {except: 1000 Euro}\n",
            "signals/eilig.yaml": "change: eilig\nadd: {draft: [sofort]}\n",
        },
    )
    assert [each.message for each in check(ruleset, "Das hier sind viele Wörter.")] == ["5 Wörter, mehr als 3."]
    assert [each.quote for each in check(ruleset, "1000 Euro. 2000 Euro. Jahr 2000.")] == ["1000", "2000"]
    assert told(ruleset, "Bitte sofort.", channel="mail") == [
        ("gruss", "suggestion", "Der Dank fehlt.", ("Merci.", "Danke."))
    ]
    assert told(ruleset, "Bitte sofort.") == told(ruleset, "Bitte sofort, merci.", channel="mail") == []


def test_word_lists_are_changed(folder: Path) -> None:
    change = "change: unfug\nadd: [Humbug]\nremove: [Quatsch, Mist]\n"
    ruleset = house(folder, {"words/unfug.yaml": change})
    text = "So ein Unfug. So ein Quatsch. So ein Mist. So ein Humbug."
    assert [each.quote for each in check(ruleset, text)] == ["So ein Unfug", "So ein Humbug"]


def test_a_pack_brings_its_own(folder: Path) -> None:
    own = BASE["tone/grob.yaml"].replace("id: grob", "id: eigen").replace("@unfug", "@eigenes")
    files = {"eigen.yaml": own.replace("doof", "öde"), "words/eigenes.yaml": "id: eigenes\nwords: [Ding]\n"}
    assert [each.rule for each in check(house(folder, files), "Das ist öde. So ein Ding. Das ist doof.")] == [
        *("eigen", "eigen", "grob")
    ]


def test_changes_add_up_over_packs(folder: Path) -> None:
    write(folder / "haus", {"a.yaml": "change: grob\nadd: {phrases: [hm]}\nseverity: error\n"})
    write(folder / "team", {"b.yaml": "change: grob\nseverity: suggestion\n", "pack.yaml": "extends: [../haus]"})
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n"})
    for packs in (["team"], ["basis", "haus", "team"], ["team", "haus"]):
        assert [str(each.severity) for each in check(load(packs), "Hm.")] == ["suggestion"]


def test_the_cache_knows_of_all_of_it(folder: Path) -> None:
    text = "Das ist doof."

    def severities() -> list[str]:
        fresh = [str(each.severity) for each in check(load(["haus"]), text)]
        for _ in range(2):
            kept = load(["haus"], cached=True)
            assert [str(each.severity) for each in check(kept, text)] == fresh
        return fresh

    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "a.yaml": "change: grob\nseverity: suggestion\n"})
    assert severities() == ["suggestion"]
    write(folder / "haus", {"a.yaml": "change: grob\nseverity: warning\n"})
    assert severities() == ["warning"]
    write(folder / "basis", {"words/unfug.yaml": "id: unfug\nwords: [Tand]\n"})
    assert [each.quote for each in check(load(["haus"], cached=True), "So ein Tand. So ein Mist.")] == ["So ein Tand"]
    write(folder / "zweite", {**BASE, "tone/grob.yaml": BASE["tone/grob.yaml"].replace("doof", "arg")})
    write(folder / "haus", {"pack.yaml": "extends: [../zweite]\n"})
    assert severities() == []


def test_a_broken_cache_of_packs_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(folder / "cache"))
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "a.yaml": "change: grob\nseverity: suggestion\n"})
    load(["haus"], cached=True)
    for path in (folder / "cache").iterdir():
        path.write_text("{", encoding="utf-8")
    assert [str(each.severity) for each in check(load(["haus"], cached=True), "Das ist doof.")] == ["suggestion"]


# What is wrong


def test_all_errors_of_a_pack_are_said_at_once(folder: Path) -> None:
    files = {
        "a.yaml": "change: grop\nenabled: no\n",
        "b.yaml": BASE["tone/grob.yaml"],
        "grob.yaml": "change: grob\nseverty: error\nexcept: [x]\nadd: {phrase: [x]}\nremove: {phrases: [das ist dof]}\n",
        "c.yaml": "change: unfug\nadd: [x]\n",
        "lang.yaml": "change: lang\n",
        "zahl.yaml": "change: zahl\nphrases: [x]\nadd: {patterns: ['(']}\n",
        "words/unfug.yaml": 'change: unfug\nremove: [Quatch]\nadd: ["a & b"]\n',
        "words/leer.yaml": "change: unfog\n",
        "signals/eilig.yaml": "change: eilig\nkind: signal\n",
    }
    assert errors(folder, files) == [
        "haus/a.yaml:1:9: unknown check “grop”; did you mean “grob”?",
        "haus/b.yaml:2:5: the check “grob” stands in an earlier pack already; to change it, write “change: grob” "
        "instead of “id: grob” and only what becomes different; for a check of your own take another id",
        "haus/c.yaml:1:9: “unfug” is a word list: put this file into a folder words/",
        "haus/grob.yaml:2:1: unknown key “severty”; did you mean “severity”?",
        "haus/grob.yaml:3:1: “except” can't be replaced as a whole; write below “add:” what comes to it, and below "
        "“remove:” what goes",
        "haus/grob.yaml:4:7: unknown key “phrase”; did you mean “phrases”?",
        "haus/grob.yaml:5:20: the check has no “das ist dof” in its phrases; did you mean “das ist doof”?",
        "haus/lang.yaml:1:1: this file changes nothing; write what becomes different, or “enabled: no”",
        "haus/signals/eilig.yaml:2:1: a change has no “kind”: that of the check stays; leave it out",
        "haus/words/leer.yaml:1:9: unknown word list “unfog”; did you mean “unfug”?",
        "haus/words/unfug.yaml:2:10: the word list has no “Quatch”; did you mean “Quatsch”?",
        "haus/words/unfug.yaml:3:8: a word list can't hold „&“ or „!“",
        "haus/zahl.yaml:2:1: unknown key “phrases”",
        "haus/zahl.yaml:3:19: is no regular expression (RE2): missing ): (",
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"a.yaml": "change: grob\nenabled: no\n", "b.yaml": "change: grob\nseverity: error\n"},
            "haus/b.yaml:1:9: “grob” is changed in a.yaml as well; put both into one file",
        ),
        ({"a.yaml": "change: [grob]\nenabled: no\n"}, "haus/a.yaml:1:9: expected text here, found a list"),
        (
            {"a.yaml": "change: grob\nphrases: [neu]\n"},
            "haus/a.yaml:2:11: say which of the check's phrases you change: “find:” with its words as the check has "
            "them, and what becomes different; a new one belongs below “add:”",
        ),
        (
            {"a.yaml": "change: grob\nphrases: [{find: das ist dof, rewrite: x}]\n"},
            "haus/a.yaml:2:18: the check has no such phrase “das ist dof”; did you mean “das ist doof”?; a new one "
            "belongs below “add:”",
        ),
        (
            {"a.yaml": "change: grob\nremove: {rewrite: das ist schad}\n"},
            "haus/a.yaml:2:19: the check has no such rewrite “das ist schad”; did you mean “das ist schade”?",
        ),
        (
            {"a.yaml": "change: grob\nadd: {unless: [x]}\n"},
            "haus/a.yaml:2:15: expected keys and values here, found a list",
        ),
        (
            {"a.yaml": "change: grob\nadd: {unless: {satz: [x]}}\n"},
            "haus/a.yaml:2:16: unknown key “satz”",
        ),
        ({"a.yaml": "change: grob\nadd: [x]\n"}, "haus/a.yaml:2:6: expected keys and values here, found a list"),
        ({"a.yaml": "change: grob\nseverity: laut\n"}, "haus/a.yaml:2:11: unknown value “laut”"),
        (
            {"words/unfug.yaml": "change: unfug\n"},
            "haus/words/unfug.yaml:1:1: this file changes nothing; write words below “add:” or “remove:”",
        ),
        (
            {"words/unfug.yaml": "id: unfug\nwords: [x]\n"},
            "haus/words/unfug.yaml:1:5: the word list “unfug” stands in an earlier pack already; to change it, write "
            "“change: unfug” instead of “id: unfug”",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_told(folder: Path, files: dict[str, str], message: str) -> None:
    assert any(error.startswith(message) for error in errors(folder, files)), errors(folder, files)


def test_a_pack_alone_has_nothing_to_change(folder: Path) -> None:
    assert errors(folder, {"a.yaml": "change: grob\nenabled: no\n"}, ("haus",)) == [
        "haus/a.yaml:1:9: there is no pack before this one that could have a check “grob”; write “extends: [de]” into "
        "this pack's pack.yaml"
    ]


def test_an_id_twice_in_a_pack_is_told(folder: Path) -> None:
    one = BASE["tone/grob.yaml"].replace("id: grob", "id: eins")
    assert errors(folder, {"a/eins.yaml": one, "b/eins.yaml": one}) == ["haus/b/eins.yaml:2:5: “eins” is defined twice"]


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        ("extends: [../nirgends]\n", "haus/pack.yaml:1:11: “../nirgends”: the rule pack was not found"),
        ("extends: [../haus]\n", "haus/pack.yaml:1:11: the packs extend each other in a circle: haus → ../haus"),
        (
            "extends: [../kreis]\n",
            "kreis/pack.yaml:1:11: the packs extend each other in a circle: haus → ../kreis → ../haus",
        ),
        ("extend: [de]\n", "haus/pack.yaml:1:1: unknown key “extend”; did you mean “extends”?"),
        ("extends: [3]\n", "haus/pack.yaml:1:11: expected text here, found the number 3; put it in quotes"),
        ("extends: [\n", "haus/pack.yaml:2:1: is not YAML"),
    ],
)
def test_a_broken_pack_file_is_told(folder: Path, pack: str, message: str) -> None:
    write(folder / "kreis", {"pack.yaml": "extends: [../haus]\n"})
    found = errors(folder, {"pack.yaml": pack}, ("haus",))
    assert len(found) == 1
    assert found[0].removeprefix("haus/../").startswith(message)


def test_hidden_folders_hold_no_rules(folder: Path) -> None:
    write(folder / "haus", {".github/workflows/ci.yaml": "on: push\n", ".config.yaml": "a: b\n"})
    assert [path.name for path in resolve(["haus"])[0].files()] == []


# Installed packs and plugins


@pytest.fixture
def site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages, with one that offers packs and kinds of check."""
    place = folder / "site-packages"
    code = """
from replylint.checks import KindOfCheck
from replylint.checks.base import Context, Hit, Workshop
from replylint.source import Span

KEYS = ("most",)
loaded = True


class Length:
    entries = ()

    def __init__(self, most):
        self.most = most

    def run(self, context):
        text = context.draft.text
        return [Hit(Span(self.most, len(text)), slots={"n": str(len(text))})] if len(text) > self.most else []


def parse(fields, workshop):
    return Length(int(fields["most"].number()) if "most" in fields else 10)


kind = KindOfCheck(KEYS, parse, {"most": {"type": "number"}})
takes_a_key = KindOfCheck(("message",), parse)
"""
    rule = (
        "id: kurz\nkind: laenge\ncategory: haus\nseverity: warning\nmessage: {de: '{n} Zeichen', en: x}\n"
        "why: {de: w, en: w}\nmost: 19\nexamples:\n  - {bad: Dieser Text ist zu lang., at: lang.}\n  - good: Kurz.\n"
    )
    points = """
[replylint.packs]
alpin = alpin_regeln
alpin-kurz = alpin_regeln:unter.ordner
nirgends = alpin_regeln:fehlt
fremd = gibt_es_nicht

[replylint.kinds]
laenge = alpin_code:kind
modul = alpin_code
phrase = alpin_code:kind
kaputt = alpin_fehler
keine = alpin_code:loaded
schluessel = alpin_code:takes_a_key
"""
    write(
        place,
        {
            "alpin_regeln/__init__.py": "raise RuntimeError('rules are no code')\n",
            "alpin_regeln/pack.yaml": "extends: [de]\n",
            "alpin_regeln/blame.yaml": "change: blame\nenabled: no\n",
            "alpin_regeln/unter/ordner/kurz.yaml": rule,
            "alpin_code.py": code,
            "alpin_fehler.py": "raise RuntimeError('kaputt')\n",
            "alpin-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: alpin\nVersion: 1.0\n",
            "alpin-1.0.dist-info/entry_points.txt": points,
            "alpin-1.0.dist-info/RECORD": "",
        },
    )
    monkeypatch.syspath_prepend(str(place))
    yield place
    for name in ("alpin_code", "alpin_fehler", "alpin_regeln"):
        sys.modules.pop(name, None)


def test_an_installed_pack_is_found_by_its_name(site: Path) -> None:
    write(site / "alpin_regeln", {"unter/ordner/kurz.yaml": "change: canned-phrase\nenabled: no\n"})
    ruleset = load(["alpin"])
    assert not ruleset.rules["blame"].enabled
    assert "alpin_regeln" not in sys.modules
    assert not load(["de", "alpin-kurz"]).rules["canned-phrase"].enabled


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("alpim", "alpim:1:1: the rule pack was not found; name a folder with rule files, “de”, or an installed"),
        ("nirgends", "nirgends:1:1: the rule pack is offered by alpin_regeln:fehlt, but there is no such folder"),
        ("fremd", "fremd:1:1: the rule pack is offered by gibt_es_nicht, but there is no such folder"),
    ],
)
@pytest.mark.usefixtures("site")
def test_an_installed_pack_that_cannot_be_had_is_told(name: str, message: str) -> None:
    with pytest.raises(UnknownPackError) as caught:
        load([name])
    assert str(caught.value).startswith(message)
    if name == "alpim":
        assert caught.value.known == ("alpin", "alpin-kurz", "fremd", "nirgends")
        assert "Meinten Sie „alpin“?" in run("rules", "alpim").stderr


def test_a_kind_of_check_is_loaded_where_it_is_named(site: Path) -> None:
    write(site / "alpin_regeln", {"unter/ordner/modul.yaml": MODULE_RULE})
    for cached in (False, True, True):
        ruleset = load(["alpin-kurz"], cached=cached, plugins=["laenge", "modul"])
        assert told(ruleset, "Dieser Text ist zu lang.") == [("kurz", "warning", "24 Zeichen", ())]
    assert examples.run(load(["alpin-kurz"], plugins=["laenge", "modul"])) == []


MODULE_RULE = f"""
id: modul
kind: modul
category: haus
severity: warning
message: {{de: "{{n}}", en: x}}
why: {{de: w, en: w}}
most: 100
examples:
  - {{bad: "{"x" * 100}y.", at: "y."}}
  - good: Kurz.
"""


def test_a_kind_of_check_is_not_loaded_by_itself(site: Path) -> None:
    with pytest.raises(RuleErrors, match=r'unknown value “laenge”.*plugins = \["laenge"\]'):
        load(["alpin-kurz"])
    assert "alpin_code" not in sys.modules
    load(["de"], plugins=[])
    assert "alpin_code" not in sys.modules


def test_a_changed_plugin_is_noticed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLYLINT_CACHE_DIR", str(site.parent / "cache"))
    path = site / "alpin_code.py"
    assert told(load(["alpin-kurz"], cached=True, plugins=["laenge"]), "Dieser Text ist zu lang.") != []
    path.write_text(path.read_text(encoding="utf-8").replace("KEYS = (", "# anders\nKEYS = ("), encoding="utf-8")
    rule = site / "alpin_regeln" / "unter" / "ordner" / "kurz.yaml"
    kept = {each.name: each.read_bytes() for each in (site.parent / "cache").iterdir()}
    assert told(load(["alpin-kurz"], cached=True, plugins=["laenge"]), "Dieser Text ist zu lang.") != []
    assert kept != {each.name: each.read_bytes() for each in (site.parent / "cache").iterdir()}
    assert rule.is_file()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("laeng", "no installed package offers the plugin “laeng” (entry point group replylint.kinds); did you mean “laenge”?"),
        ("phrase", "the plugin “phrase” has the name of a built-in kind of check; it has to take another one"),
        ("kaputt", "the plugin “kaputt” can't be loaded (RuntimeError: kaputt)"),
        ("keine", "the plugin “keine” is no kind of check: it offers neither a KindOfCheck nor KEYS and parse"),
        ("schluessel", "the plugin “schluessel” uses the key “message”, which every check has"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("site")
def test_a_plugin_that_cannot_be_had_is_told(name: str, message: str) -> None:
    with pytest.raises(RuleErrors) as caught:
        load(["de"], plugins=[name])
    assert [error.message for error in caught.value.errors] == [message]
    result = run("rules", "--plugin", name, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


# The commands


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, args, prog_name="replylint")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def test_the_example_pack_proves_itself() -> None:
    result = run("test", str(ROOT / "examples" / "hausstil"), "--coverage")
    assert result.exit_code == 0, result.stdout
    assert "Kein Beispiel" not in result.stdout
    assert "Zwei Prüfungen" not in result.stdout


HOUSE = """
change: grob
add:
  phrases: ["das ist lahm", "das ist fad"]
  except: ["ist lahm geworden", "ist fad geworden"]
examples:
  - bad: Ach, das ist lahm und öde.
    at: das ist lahm und
  - good: Das ist lahm geworden.
"""


def test_what_an_example_came_to_is_shown_below_it(folder: Path) -> None:
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "grob.yaml": HOUSE})
    result = run("test", "haus", "--coverage")
    assert result.exit_code == 1
    assert result.stdout == (
        "haus/grob.yaml:7: grob: Die Prüfung meldet andere Wörter als erwartet\n"
        "    Ach, das ist lahm und öde.\n"
        "         ━━━━━━━━━━━━━━━━      erwartet\n"
        "         ━━━━━━━━━━━━          gemeldet\n"
        "haus/grob.yaml:4: grob: Kein Beispiel mit bad: erreicht die Formulierung „das ist fad“\n"
        "\n"
        "Was die Beispiele erreichen\n"
        "\n"
        "  grob  1 von 2 Formulierungen, 1 von 2 Ausnahmen\n"
        "    haus/grob.yaml:4: Kein Beispiel erreicht die Formulierung „das ist fad“\n"
        "    haus/grob.yaml:5: Kein Beispiel braucht die Ausnahme „ist fad geworden“\n"
        "\n"
        "1 Prüfung und 2 Beispiele: 2 Fehler\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "output"),
    [
        (
            "    at: das ist lahm und\n  - good: Das ist lahm geworden.\n",
            "    at: das ist lahm\n",
            "haus/grob.yaml:2: grob: Zu den neuen Ausnahmen fehlt ein Beispiel mit good:, das sie stehen lassen\n",
        ),
        (
            "at: das ist lahm und",
            "at: das ist fad",
            "haus/grob.yaml:7: grob: Die Wörter „das ist fad“ aus at: stehen nicht im Beispiel\n"
            "    Ach, das ist lahm und öde.\n"
            "         ━━━━━━━━━━━━          gemeldet\n",
        ),
        (
            "at: das ist lahm und",
            "at: das ist lahm\n    rewritten: Ach, das ist schade und dumm.",
            "haus/grob.yaml:7: grob: Mit dem ersten Vorschlag lautet der Text anders als erwartet\n"
            "    Ach, das ist schade und dumm.\n"
            "                            ━━━━  erwartet\n"
            "    Ach, das ist schade und öde.\n"
            "                            ━━━  ergab sich\n",
        ),
        (
            "Ach, das ist lahm und öde.\n    at: das ist lahm und",
            "Alles ist gut.",
            "haus/grob.yaml:7: grob: Die Prüfung meldet hier nichts\n    Alles ist gut.\n    ━━━━━━━━━━━━━  erwartet\n",
        ),
        (
            "good: Das ist lahm geworden.",
            "good: |\n      Guten Tag,\n\n      das ist lahm.",
            "haus/grob.yaml:9: grob: Die Prüfung soll das stehen lassen, meldet es aber wegen „das ist lahm“\n"
            "    das ist lahm.\n"
            "    ━━━━━━━━━━━━  gemeldet\n",
        ),
        (
            "good: Das ist lahm geworden.",
            "good:",
            "haus/grob.yaml:9: grob: Hier fehlt noch ein Beispiel, das die Prüfung stehen lassen soll\n",
        ),
    ],
    ids=["exception", "absent", "rewritten", "nothing", "silent", "unwritten"],
)
def test_each_failure_is_shown(folder: Path, old: str, new: str, output: str) -> None:
    assert old in HOUSE
    text = HOUSE.replace(old, new).replace(', "das ist fad"', "")
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "grob.yaml": text})
    result = run("test", "haus")
    assert result.exit_code == 1
    assert output in result.stdout
    plain = run("test", "haus", "--color", "always").stdout
    assert "\x1b[" in plain


def test_a_long_example_is_cut_to_its_marks(folder: Path) -> None:
    text = HOUSE.replace("Ach, ", "Ach, " + "und noch viel Text " * 12).replace(', "das ist fad"', "")
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "grob.yaml": text})
    lines = run("test", "haus").stdout.splitlines()
    assert [line.strip() for line in lines if line.strip().endswith(":") and "haus" not in line] == [
        *("erwartet:", "gemeldet:")
    ]
    assert max(map(len, lines[1:])) <= 80


def test_checks_that_meet_on_the_same_words_are_told(folder: Path) -> None:
    own = (
        BASE["tone/grob.yaml"]
        .replace("id: grob", "id: eigen")
        .replace('["das ist doof", "das ist blöd"]', "das ist doof")
        .replace('  - "so ein @unfug"\n', "")
    )
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "eigen.yaml": own})
    result = run("test", "haus")
    assert result.exit_code == 0, result.stdout
    assert result.stdout == (
        "Zwei Prüfungen melden dieselben Wörter\n"
        "\n"
        "  eigen und grob: „Das ist doof“\n"
        "    haus/eigen.yaml:18\n"
        "\n"
        "Soll nur eine von beiden melden, bekommt die andere „yields-to: [Name der\neinen]“.\n"
        "\n"
        "1 Prüfung und 2 Beispiele: Alles in Ordnung\n"
    )
    write(folder / "haus", {"eigen.yaml": own + "yields-to: [grob]\n"})
    assert run("test", "haus").stdout == "1 Prüfung und 2 Beispiele: Alles in Ordnung\n"


def test_examples_of_the_packs_below_are_run_when_asked_for(folder: Path) -> None:
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "grob.yaml": "change: grob\nenabled: no\n"})
    assert run("test", "haus").stdout == "1 Prüfung und 0 Beispiele: Alles in Ordnung\n"
    result = run("test", "haus", "--all")
    assert result.exit_code == 1
    assert result.stdout.endswith("4 Prüfungen und 8 Beispiele: 6 Fehler\n")


def test_rules_and_explain_know_of_packs(folder: Path) -> None:
    write(folder / "haus", {"pack.yaml": "extends: [../basis]\n", "grob.yaml": HOUSE})
    assert "grob" in run("rules", "haus").stdout
    shown = run("explain", "grob", "--rules", "haus", "--phrases").stdout
    assert "Geändert in  haus/grob.yaml" in shown
    assert "Formulierung: das ist lahm\n" in shown
    assert "Phrase: das ist doof\n" in run("explain", "grob", "--rules", "haus", "--phrases", "--lang", "en").stdout
    missing = run("explain", "grop", "--rules", "haus")
    assert missing.exit_code == 2
    assert "Eine Prüfung „grop“ gibt es nicht. Meinten Sie „grob“?" in missing.stderr


# replylint new


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_new_check_fails_until_its_examples_are_written(folder: Path, lang: str) -> None:
    # What is wrong with suppressions, names and grammar, and the house's way of naming women and men, are told by checks which a
    # pack changes but has no more of.
    one_of_a_kind = ("suppression", "name", "gender", "grammar")
    names = {**{kind: f"mein-{kind}" for kind in KINDS if kind not in one_of_a_kind}, "change": "blame"}
    for number, (kind, name) in enumerate(names.items()):
        made = run("new", name, "--kind", kind, "--lang", lang)
        assert made.exit_code == 0, made.stderr
        lines = made.stdout.splitlines()
        assert lines[-2].startswith(f"hausstil/{name}.yaml ")
        assert (len(lines) == 3 and lines[0].startswith("hausstil/pack.yaml ")) == (number == 0)
        assert "replylint test hausstil/" in lines[-1]
    result = run("test", "hausstil", "--lang", "en")
    assert result.exit_code == 1
    assert sorted(line.partition(": ")[2] for line in result.stdout.splitlines()[:-2]) == sorted(
        f"{name}: an example that the check shall {what} still has to be written here"
        for name in names.values()
        for what in ("find", "leave alone")
    )
    assert result.stdout.endswith(f"{len(names)} checks and {2 * len(names)} examples: {2 * len(names)} failures\n")


def test_a_new_check_passes_with_its_examples(folder: Path) -> None:
    run("new", "ersuchen", "--pack", "regeln/haus")
    path = folder / "regeln" / "haus" / "ersuchen.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("- bad: ", "- bad: Wir ersuchen Sie um Geduld.", 1).replace(
        "# at: …", "at: Wir ersuchen Sie um  "
    )
    text = text.replace("- good: ", "- good: Wir bitten Sie um Geduld.", 1)
    path.write_text(text.replace("# rewritten: …", "rewritten: Wir bitten Sie um Geduld."), encoding="utf-8")
    result = run("test", "regeln/haus")
    assert (result.exit_code, result.stdout) == (0, "1 Prüfung und 2 Beispiele: Alles in Ordnung\n")
    assert "category: haus\n" in text


@pytest.mark.parametrize(("kind", "place"), [("signal", "signals"), ("words", "words")])
def test_new_signals_and_word_lists_load(folder: Path, kind: str, place: str) -> None:
    made = run("new", "netz", "--kind", kind, "--pack", "haus")
    assert made.stdout.endswith("Nun eintragen, was dazugehört; „replylint test haus/“ prüft die Datei.\n")
    assert (folder / "haus" / place / "netz.yaml").is_file()
    assert run("test", "haus").stdout == "0 Prüfungen und 0 Beispiele: Alles in Ordnung\n"


def test_new_never_overwrites(folder: Path) -> None:
    run("new", "mein-check")
    path = folder / "hausstil" / "mein-check.yaml"
    path.write_text("mine", encoding="utf-8")
    for kind in ("phrase", "words"):
        result = run("new", "mein-check", "--kind", kind)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == (
            "replylint: hausstil/mein-check.yaml gibt es schon; „replylint new“ überschreibt nichts.\n"
        )
    assert path.read_text(encoding="utf-8") == "mine"
    assert sorted(each.name for each in (folder / "hausstil").rglob("*.yaml")) == ["mein-check.yaml", "pack.yaml"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("Meine Prüfung",),
            "„Meine Prüfung“ geht nicht als Name einer Prüfung: Er besteht aus kleinen Buchstaben, Ziffern und "
            "einzelnen Bindestrichen. Meinten Sie „meine-prüfung“?",
        ),
        (("../raus",), "„../raus“ geht nicht als Name einer Prüfung"),
        (("a--b",), "„a--b“ geht nicht als Name einer Prüfung"),
        (("blame",), "„blame“ ist schon eingebaut. „--kind change“ legt eine Datei an, die eine Prüfung ändert;"),
        (("complaint", "--kind", "signal"), "„complaint“ ist schon eingebaut."),
        (("kunde", "--kind", "words"), "„kunde“ ist schon eingebaut."),
        (("blam", "--kind", "change"), "Eine Prüfung „blam“ gibt es nicht. Meinten Sie „blame“?"),
        (("neu", "--kind", "frase"), "--kind: „frase“ ist nicht möglich. Meinten Sie „phrase“?"),
        (("neu", "--pack", "basis/pack.yaml"), "basis/pack.yaml/pack.yaml lässt sich nicht anlegen"),
    ],
)
def test_new_tells_what_is_wrong(folder: Path, args: tuple[str, ...], message: str) -> None:
    before = sorted(folder.rglob("*"))
    result = run("new", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"replylint: {message}"), result.stderr
    assert sorted(folder.rglob("*")) == before


# Whatever stands in a file


_NAMES = st.sampled_from(
    [
        *("change", "add", "remove", "id", "kind", "phrases", "patterns", "present", "except", "unless", "rewrite"),
        *("severity", "message", "examples", "enabled", "find", "sentence", "de", "en", "sie", "du", "text", "words"),
        *("insert", "ways", "when", "limit", "draft", "from", "extends", "bad", "good", "x"),
    ]
)
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 40),
    st.sampled_from(["grob", "lang", "unfug", "eilig", "das ist doof", "error", "a & b", "(", "", "phrase", "@unfug"]),
)  # fmt: skip
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    target=st.sampled_from(["grob", "lang", "gruss", "zahl", "eilig", "unfug", "fehlt"]),
    room=st.sampled_from(["", "words/", "signals/"]),
    tree=st.dictionaries(_NAMES, _TREES, max_size=4),
    changes=st.booleans(),
)
def test_any_file_loads_or_is_told(
    folder: Path, target: str, room: str, tree: dict[str, object], changes: bool
) -> None:
    place = folder / "zufall"
    shutil.rmtree(place, ignore_errors=True)
    document = {"change": target, **tree} if changes else tree
    write(place, {f"{room}datei.yaml": yaml.safe_dump(document)})
    try:
        ruleset = load(["basis", "zufall"])
    except RuleErrors as errors:
        assert all(error.line >= 1 and error.column >= 1 and error.message for error in errors.errors)
        assert all(Path(error.path).is_relative_to("zufall") for error in errors.errors), errors
    else:
        check(ruleset, "Das ist doof. So ein Quatsch. 1000 Dinge, dringend.")
        assert all(failure.path.startswith("zufall") for failure in examples.run(ruleset, resolve(["zufall"])))


def test_the_commands_help_in_both_languages() -> None:
    for command, other in (("new", "Start a check"), ("schema", "Print the JSON")):
        assert run(command, "--help").stdout.startswith(f"Aufruf: replylint {command} ")
        assert other not in run(command, "--help").stdout
        assert other in " ".join(run(command, "--lang", "en", "--help").stdout.split())
    assert "--pack ORDNER" in run("new", "--help").stdout


# The configuration names packs and plugins


def test_the_packs_of_the_configuration_count_everywhere(folder: Path) -> None:
    write(
        folder,
        {
            "replylint.toml": 'rules = ["basis", "haus/"]\n',
            "haus/grob.yaml": HOUSE.replace("at: das ist lahm und", "at: das ist lahm").replace(', "das ist fad"', ""),
            "brief.txt": "Das ist lahm.\n",
        },
    )
    checked = run("check", "brief.txt", "--format", "concise")
    assert (checked.exit_code, checked.stdout.splitlines()[0].startswith("brief.txt:1:1: ")) == (1, True)
    assert "Geändert in  haus/grob.yaml" in run("explain", "grob").stdout
    assert run("rules").stdout.splitlines()[-1].startswith("4 Prüfungen.")
    assert run("test").stdout.splitlines()[-1] == "4 Prüfungen und 10 Beispiele: 6 Fehler"
    write(folder, {"haus/grob.yaml": "change: grop\nenabled: no\n"})
    broken = run("check", "brief.txt")
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert broken.stderr == (
        "haus/grob.yaml:1:9: „grop“ gibt es nicht (Prüfung); meinten Sie „grob“?\n"
        "replylint: Die Regeln haben 1 Fehler; bitte erst beheben.\n"
    )


def test_a_folder_is_not_taken_for_the_pack_of_its_name(folder: Path) -> None:
    shutil.move(folder / "basis", folder / "de")
    write(folder, {"replylint.toml": 'rules = ["./de"]\n'})
    assert run("rules").stdout.splitlines()[-1].startswith("4 Prüfungen.")


def test_plugins_of_the_configuration_are_loaded(site: Path) -> None:
    config = 'rules = ["alpin-kurz"]\nplugins = ["laenge"]\n'
    write(site.parent, {"replylint.toml": config, "brief.txt": "Dieser Text ist zu lang.\n"})
    assert run("check", "brief.txt", "--format", "concise").exit_code == 1
    assert "kurz" in run("rules").stdout
    assert '"const": "laenge"' in run("schema").stdout
    write(site.parent, {"replylint.toml": 'rules = ["alpin-kurz"]\n'})
    assert run("check", "brief.txt").exit_code == 2
