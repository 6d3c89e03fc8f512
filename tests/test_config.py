"""The configuration: which file counts, what it may say, and what is told when it is wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import DU, REFUSAL, SIE, document, put, run

from replylint import rules
from replylint.config import Config, Configs, Globs, load


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True, scope="module")
def _built_in_rules_loaded_once() -> Iterator[None]:
    kept = rules.load(["de"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "load", lambda packs, **_: kept)
        yield


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_toml", ".toml").replace("_txt", ".txt"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rules_found(*args: str, input: str | None = None) -> list[str]:
    files = document(*args, input=input)["files"]
    return sorted({finding["rule"] for file in files for finding in file["findings"]})


def test_no_file_no_configuration() -> None:
    assert Configs().of(".") == Config()


def test_the_nearest_file_counts_alone() -> None:
    write(
        replylint_toml='select = ["negative-phrasing"]',
        a__b__brief_txt=REFUSAL,
        a__replylint_toml='select = ["missing-thanks"]',
        brief_txt=REFUSAL,
    )
    assert rules_found("brief.txt") == ["negative-phrasing"]
    assert rules_found("a/b/brief.txt") == ["missing-thanks"]
    assert rules_found("a", "brief.txt") == ["missing-thanks", "negative-phrasing"]
    assert "pronoun-case" not in rules_found("brief.txt", "--isolated")
    assert len(rules_found("brief.txt", "--isolated")) > 1
    assert rules_found("brief.txt", "--config", "a/replylint.toml") == ["missing-thanks"]


def test_pyproject_counts_where_it_has_a_table_for_it() -> None:
    write(
        pyproject_toml='[project]\nname = "x"\n\n[tool.replylint]\nselect = "negative-phrasing"\n',
        a__pyproject_toml='[project]\nname = "replylint-texte"\n',
        a__brief_txt=REFUSAL,
        b__pyproject_toml="[project\n",
        b__brief_txt=REFUSAL,
    )
    assert rules_found("a/brief.txt", "b") == ["negative-phrasing"]
    write(replylint_toml='select = ["missing-thanks"]')
    assert rules_found("a/brief.txt") == ["missing-thanks"], "replylint.toml goes before pyproject.toml"


def test_standard_input_takes_that_of_its_name() -> None:
    write(replylint_toml='select = ["negative-phrasing"]', a__replylint_toml='select = ["missing-thanks"]')
    assert rules_found("-", input=REFUSAL) == ["negative-phrasing"]
    assert rules_found("-", "--stdin-filename", "brief.txt", input=REFUSAL) == ["negative-phrasing"]
    assert rules_found("-", "--stdin-filename", "a/brief.txt", input=REFUSAL) == ["missing-thanks"]
    assert rules_found("-", "--stdin-filename", "weg/brief.txt", input=REFUSAL) == ["negative-phrasing"]


def test_the_command_line_wins() -> None:
    write(replylint_toml='select = ["tone"]\nfail-on = "never"\nlang = "en"', brief_txt=REFUSAL)
    result = run("check", "brief.txt")
    assert (result.exit_code, "Warning:" in result.stdout) == (0, True)
    assert rules_found("brief.txt", "--select", "missing-thanks") == ["missing-thanks"]
    assert "negative-phrasing" not in rules_found("brief.txt", "--ignore", "negative-phrasing")
    result = run("check", "brief.txt", "--fail-on", "warning", "--lang", "de")
    assert (result.exit_code, "Warnung:" in result.stdout) == (1, True)


def test_fail_on_counts_for_the_files_below_it() -> None:
    write(replylint_toml='fail-on = "never"', brief_txt=REFUSAL, a__replylint_toml="", a__brief_txt=REFUSAL)
    assert run("check", "brief.txt", "--select", "negative-phrasing").exit_code == 0
    assert run("check", ".", "--select", "negative-phrasing").exit_code == 1


def test_facts_and_address_give_way_to_what_the_file_says() -> None:
    write(
        replylint_toml='address = "du"\n[facts]\nkind = "complaint"\n',
        brief_txt="Hallo,\n\ndie Bestellung ist da.\n",
        lob_txt="---\nkind: praise\n---\nHallo,\n\ndie Bestellung ist da.\n",
    )
    assert rules_found("brief.txt", "--select", "missing-apology") == ["missing-apology"]
    assert rules_found("lob.txt", "--select", "missing-apology") == []
    assert rules_found("brief.txt", "--select", "missing-apology", "--fact", "kind=praise") == []


def test_templates_and_exclude() -> None:
    write(
        replylint_toml='templates = ["vorlagen/*.txt"]\nexclude = ["alt", "*-entwurf.txt"]',
        vorlagen__a_txt="Guten Tag [Name],\n\ndas Rad ist da.\n",
        b_txt="Guten Tag [Name],\n\ndas Rad ist da.\n",
        vorlagen__alt__c_txt="\0",
    )
    write(**{"d-entwurf_txt": "\0"})
    report = document(".", "--select", "leftover-placeholder")
    assert [(file["path"], len(file["findings"])) for file in report["files"]] == [("b.txt", 1), ("vorlagen/a.txt", 0)]
    assert report["failures"] == []
    assert run("check", "vorlagen/alt/c.txt").exit_code == 2, "what is named is read"
    assert rules_found("vorlagen/a.txt", "--draft", "--select", "leftover-placeholder") == ["leftover-placeholder"]


LIBRARY = """
[[libraries]]
files = "*.egal.json"
body = "$.nix"

[[libraries]]
files = ["texte/*.json"]
body = "$.bausteine[*].inhalt.de"
title = "$.name"
facts = { kind = "$.art" }
html = false

[[libraries]]
files = "antworten.csv"
body = "Unser Text"
"""


def test_libraries() -> None:
    entry = {"name": "Absage", "inhalt": {"de": "Das machen wir leider nicht.", "en": "We don't do that."}}
    Path("texte").mkdir()
    Path("texte/a.json").write_text(json.dumps({"bausteine": [entry]}), encoding="utf-8")
    Path("antworten.csv").write_text("Text;Unser Text\nEgal ist das;Das machen wir leider nicht.\n", encoding="utf-8")
    write(replylint_toml=LIBRARY)
    result = run("check", ".", "--format", "concise", "--select", "negative-phrasing")
    assert [(line.split(" ", 1)[0], line[line.index("[") :]) for line in result.stdout.splitlines()] == [
        ("antworten.csv:2:14:", "[Zeile 2, Spalte „Unser Text“]"),
        ("texte/a.json:1:53:", "[$.bausteine[0].inhalt.de]"),
    ]


@pytest.mark.parametrize(
    ("library", "message"),
    [
        ('body = "$.x["', "soll laut Konfiguration mit „$.x[“ gelesen werden, aber das ist kein JSONPath ("),
        ('body = "$.weg"', "enthält keine Antwort unter „$.weg“, wo sie laut Konfiguration stehen."),
    ],
)
def test_a_library_that_is_not_as_described(library: str, message: str) -> None:
    write(replylint_toml=f'[[libraries]]\nfiles = "*.json"\n{library}\n')
    Path("a.json").write_text('{"text": "Das machen wir leider nicht."}', encoding="utf-8")
    result = run("check", ".")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"replylint: a.json: {message}")


def test_a_library_in_a_format_that_has_no_entries() -> None:
    write(replylint_toml='[[libraries]]\nfiles = "*.txt"\nbody = "$.x"\n', a_txt=REFUSAL)
    assert "a.txt: steht in der Konfiguration als Bibliothek, ist aber weder YAML" in run("check", ".").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nslect = ["tone"]', "2: den Schlüssel „slect“ gibt es nicht. Meinten Sie „select“?"),
        ("[facs]\nx = 'y'", "1: den Schlüssel „facs“ gibt es nicht. Meinten Sie „facts“?"),
        ("select = [1]", "1: „select“ muss eine Liste von Texten sein"),
        (
            "#\nselect = ['tone']\n\naddress = 'ihnen'",
            "4: „address“ kann nicht „ihnen“ sein. Möglich sind: sie, du, auto",
        ),
        (
            "fail-on = 'warnung'",
            "1: „fail-on“ kann nicht „warnung“ sein. Meinten Sie „warning“? Möglich sind: error, warning,",
        ),
        ("libraries = 'x'", "1: „libraries“ schreibt man als [[libraries]]"),
        ("[[libraries]]\nfiles = 'a'\n\n[[libraries]]\nbody = 'b'", "4: hier fehlt „files“"),
        ("[[libraries]]\nfiles = 'a'\n[[libraries]]\nfiles = 'b'\nhtml = 'ja'", "5: „html“ muss true oder false sein"),
        ("[[libraries]]\nfiles = 'a'\n[libraries.facts]\nkind = 3", "4: „kind“ muss ein Text sein"),
        ("[[libraries]]\nfiles = 'a'\nbdy = 'b'", "3: den Schlüssel „bdy“ gibt es nicht. Meinten Sie „body“?"),
        ("facts = 'x'", "1: „facts“ muss eine Tabelle sein: Name = Wert"),
        ("lang = 'de'\nselect = [\n", "2: das ist kein gültiges TOML ("),
        ("lang = 'de'\nx = = 2\n", "2: das ist kein gültiges TOML ("),
        ("ignore = ['ton']", "1: „ignore“: Eine Prüfung oder Kategorie „ton“ gibt es nicht. Meinten Sie „tone“?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str) -> None:
    write(replylint_toml=text, brief_txt=REFUSAL)
    for args in (("check", "brief.txt"), ("check", "brief.txt", "--config", "replylint.toml")):
        result = run(*args)
        assert (result.exit_code, result.stdout) == (2, "")
        first, last = result.stderr.splitlines()
        assert first[first.index("replylint.toml:") :].startswith(f"replylint.toml:{message}")
        assert last == "replylint: Die Konfiguration hat 1 Fehler; bitte erst beheben."


def test_all_that_is_wrong_is_told_at_once_in_both_languages() -> None:
    write(pyproject_toml="[tool.ruff]\nselect = 'x'\n\n[tool.replylint]\nlang = 'fr'\nslect = []\n", brief_txt=REFUSAL)
    lines = run("check", "brief.txt", "--lang", "en").stderr.splitlines()
    places = [line[line.index("pyproject.toml") :] for line in lines[:-1]]
    assert places[0].startswith("pyproject.toml:5: “lang” can't be “fr”.")
    assert places[1] == "pyproject.toml:6: there is no key “slect”. Did you mean “select”?"
    assert lines[-1] == "replylint: The configuration has 2 errors; please mend them first."


def test_a_file_that_is_not_there_or_not_utf_8() -> None:
    write(brief_txt=REFUSAL)
    assert run("check", "brief.txt", "--config", "weg.toml").stderr.startswith("weg.toml:1: gibt es nicht;")
    Path("replylint.toml").write_bytes(b"lang = 'de'\n# gr\xfc\xdfe\n")
    assert ":2: die Datei ist nicht in UTF-8 geschrieben" in run("check", "brief.txt").stderr


@pytest.mark.parametrize(
    ("pattern", "fits", "others"),
    [
        ("*.json", ["a.json", "x/y/a.json"], ["a.jsonl", "../a.json"]),
        ("texte/*.json", ["texte/a.json"], ["texte/x/a.json", "x/texte/a.json"]),
        ("texte/**/*.json", ["texte/a.json", "texte/x/y/a.json"], ["a.json"]),
        ("texte", ["texte/a.json", "x/texte/a/b.txt"], ["texte2/a.json"]),
        ("./texte/", ["texte/a.json"], ["xtexte/a.json"]),
        ("/texte/x?.txt", ["texte/x1.txt"], ["texte/x12.txt", "texte/x/.txt"]),
        ("[ab]*.txt", ["a1.txt", "x/b.txt"], ["c.txt"]),
        ("[!ab].txt", ["c.txt"], ["a.txt"]),
        ("a[[]b[*].txt", ["a[b*.txt"], ["a[bc.txt", "ab.txt"]),
        ("a+(b).txt", ["a+(b).txt"], ["aab.txt"]),
    ],
)
def test_globs(folder: Path, pattern: str, fits: list[str], others: list[str]) -> None:
    globs = Globs(str(folder), (pattern,))
    assert [path for path in fits if not globs.match(path)] == []
    assert [path for path in others if globs.match(path)] == []


def test_a_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write(replylint_toml='lang = "de"')
    for name in ("a", "a/b", "a/b/c"):
        Path(name).mkdir()
    configs = Configs()
    found = configs.of("a/b/c")
    monkeypatch.setattr(os.path, "isfile", lambda _: pytest.fail("looked again"))
    assert configs.of("a/b") is configs.of("a") is configs.of(".") is found
    assert load("replylint.toml").lang == "de"


def test_tomllib_is_imported_for_a_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "tomllib", raising=False)
    write(brief_txt=REFUSAL, pyproject_toml="[project]\nname = 'x'\n")
    run("check", "brief.txt")
    assert "tomllib" not in sys.modules


def test_the_readmes_example_is_right() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    write(replylint_toml=readme.partition("```toml\n")[2].partition("```")[0])
    config = load("replylint.toml")
    assert (config.select, config.facts) == (("tone", "promises"), {"channel": "mail"})
    library = config.library("export/a.json")
    assert library is not None
    assert (library.body, library.facts) == ("$.bausteine[*].inhalt.de", {"kind": "$.art"})


def findings(*args: str) -> list[tuple[str, str, str, str]]:
    """Rule, severity, quote and message of each finding."""
    return [
        (each["rule"], each["severity"], each["quote"], each["message"])
        for file in document(*args)["files"]
        for each in file["findings"]
    ]


def test_levels_of_checks() -> None:
    put({"brief.txt": REFUSAL})
    shown = ("negative-phrasing", "missing-thanks")
    assert [each[:2] for each in findings("brief.txt") if each[0] in shown] == [
        ("missing-thanks", "warning"),
        ("negative-phrasing", "warning"),
    ]
    put({"replylint.toml": '[checks]\nnegative-phrasing = "error"\nmissing-thanks = "off"\n'})
    assert [each[:2] for each in findings("brief.txt") if each[0] in shown] == [("negative-phrasing", "error")]
    assert rules_found("brief.txt", "--select", "missing-thanks") == ["missing-thanks"], "the command line wins"
    put({"replylint.toml": '[checks]\ntone = "off"\nnegative-phrasing = "suggestion"\n'})
    tone = [name for name in rules_found("brief.txt") if name in ("negative-phrasing", "unexplained-bad-news")]
    assert "negative-phrasing" in tone, "a check goes before its category"
    put({"replylint.toml": 'select = ["tone"]\n[checks]\ntone = "suggestion"\nmissing-thanks = "error"\n'})
    assert {each[1] for each in findings("brief.txt")} == {"suggestion"}, "select narrows"


def test_a_check_that_is_off_by_default_is_switched_on() -> None:
    # That of grammar needs a server, and says so: test_grammar.py.
    off = [rule.id for rule in rules.load(["de"]).rules.values() if not rule.enabled and rule.kind != "grammar"]
    put({"brief.txt": REFUSAL})
    for name in off:
        put({"replylint.toml": f'[checks]\n{name} = "on"\n'})
        assert run("check", "brief.txt", "--quiet").exit_code in (0, 1)


def test_the_house_form() -> None:
    put({"replylint.toml": 'address = "sie"\n', "du.txt": DU, "sie.txt": SIE})
    mix = ("--select", "address-mix")
    assert findings("sie.txt", *mix) == []
    assert findings("du.txt", *mix) == [
        ("address-mix", "error", "deine", "„deine“ passt nicht zum vorgegebenen „Sie“.")
    ], "once, on the first form"
    assert findings("du.txt", *mix, "--address", "auto") == []
    assert findings("sie.txt", *mix, "--address", "du", "--lang", "en") == [
        ("address-mix", "error", "Ihre", "“Ihre” doesn't go with “du”, the form of address that is given.")
    ]
    put({"du.txt": f"---\naddress: du\n---\n{DU}"})
    assert findings("du.txt", *mix) == [], "the file says that it may differ"
    put({"du.txt": DU.replace("Dein Rad", "Ihr Rad").replace("du kannst", "Sie können")})
    assert [each[2:] for each in findings("du.txt", *mix)] == [
        ("deine", "„deine“ passt nicht zur Anrede im Rest der Antwort.")
    ], "where the house form prevails, the others are a mix"


EXTENDED = {
    "haus/basis.toml": 'fail-on = "never"\nselect = ["tone"]\nexclude = ["/alt/"]\n[checks]\nblame = "off"\nemoticon = "off"\n',
    "haus/replylint.toml": 'extend = "basis.toml"\n[checks]\nemoticon = "error"\n',
    "haus/ort/replylint.toml": 'extend = ["../basis.toml", "../zwei.toml"]\n',
    "haus/zwei.toml": 'extend = "basis.toml"\nselect = ["care"]\n',
}


def test_extend() -> None:
    put(EXTENDED)
    config = load("haus/replylint.toml")
    assert (config.fail_on, config.select, config.checks) == ("never", ("tone",), {"emoticon": "error"}), (
        "keys win whole"
    )
    assert config.exclude.excludes("haus/alt/a.txt")
    assert str(config.place("fail-on")) == "Place(path='" + os.path.abspath("haus/basis.toml") + "', line=1)"  # noqa: PTH100
    assert config.place("checks", "blame") == config.place("checks"), "the table below is gone as a whole"
    config = load("haus/ort/replylint.toml")
    assert (config.select, config.checks) == (("care",), {"blame": "off", "emoticon": "off"})
    assert config.exclude.excludes("haus/alt/a.txt"), "paths are relative to the file that they stand in"
    assert not config.exclude.excludes("haus/ort/alt/a.txt")


def refused(text: str | None = None, *args: str) -> list[str]:
    """What `check` says of a configuration that it refuses, without the closing line."""
    if text is not None:
        put({"replylint.toml": text})
    put({"brief.txt": REFUSAL})
    result = run("check", "brief.txt", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()[:-1]


def test_extend_that_goes_wrong() -> None:
    put(
        {
            "a.toml": 'extend = "b.toml"\n',
            "b.toml": '\nextend = "sub/../replylint.toml"\n',
            "pyproject.toml": "[tool.ruff]\n",
        }
    )
    assert refused('lang = "de"\nextend = "a.toml"\n') == [
        "b.toml:2: „extend“ führt im Kreis: replylint.toml → a.toml → b.toml → replylint.toml"
    ]
    assert refused('extend = "replylint.toml"\n') == [
        "replylint.toml:1: „extend“ führt im Kreis: replylint.toml → replylint.toml"
    ]
    assert refused('\nextend = ["weg.toml"]\n') == [
        "replylint.toml:2: „extend“: Die Datei weg.toml gibt es nicht (replylint.toml → weg.toml)"
    ]
    assert refused('extend = "pyproject.toml"\n') == [
        "replylint.toml:1: „extend“: In pyproject.toml steht keine Tabelle [tool.replylint] (replylint.toml → pyproject.toml)"
    ]
    put({"a.toml": "lang = 3\n", "b.toml": "x = = 1\n"})
    assert refused('extend = ["a.toml", "b.toml"]\nslect = "tone"\n')[::2] == [
        "a.toml:1: „lang“ kann nicht „3“ sein. Möglich sind: de, en",
        "replylint.toml:2: den Schlüssel „slect“ gibt es nicht. Meinten Sie „select“?",
    ], "all at once"


def test_the_same_base_twice_is_no_circle() -> None:
    put({"a.toml": 'extend = "c.toml"\n', "b.toml": 'extend = "c.toml"\n', "c.toml": 'lang = "en"\n'})
    put({"replylint.toml": 'extend = ["a.toml", "b.toml"]\n'})
    assert load("replylint.toml").lang == "en"


OVERRIDES = """
select = ["tone", "missing-thanks"]
address = "sie"
facts = { channel = "mail", kind = "complaint" }
[checks]
negative-phrasing = "off"

[[overrides]]
files = ["chat/"]
address = "du"
facts = { channel = "chat" }
checks = { negative-phrasing = "error" }

[[overrides]]
files = ["chat/alt/", "x.txt"]
select = ["negative-phrasing"]
fail-on = "never"
template = true
"""


def test_overrides() -> None:
    put({"replylint.toml": OVERRIDES})
    config = load("replylint.toml")
    chat, both, last = (config.for_path(name) for name in ("chat/a.txt", "chat/alt/a.txt", "x.txt"))
    assert config.for_path("a.txt") is config
    assert config.for_path("chat/b.txt") is chat
    assert (chat.address, chat.facts) == ("du", {"channel": "chat", "kind": "complaint"}), "tables add"
    assert chat.checks == {"negative-phrasing": "error"}
    assert (both.address, both.fail_on, both.template, both.select) == ("du", "never", True, ("negative-phrasing",))
    assert (last.address, last.checks) == ("sie", {}), "what is selected here is off no longer"
    assert [config.place("address"), both.place("address"), both.place("fail-on")] == [
        config.place("address"),
        chat.place("overrides", 0, "address"),
        config.place("overrides", 1, "fail-on"),
    ]
    put({"a.txt": REFUSAL, "chat/a.txt": REFUSAL, "chat/alt/a.txt": REFUSAL})
    assert "negative-phrasing" not in rules_found("a.txt")
    assert "negative-phrasing" in rules_found("chat/a.txt")
    assert rules_found("chat/alt/a.txt") == ["negative-phrasing"]
    assert (run("check", "chat/a.txt").exit_code, run("check", "chat/alt/a.txt").exit_code) == (1, 0)


def test_what_an_override_names_is_free_from_what_was_said_above() -> None:
    put(
        {
            "replylint.toml": 'select = ["blame", "tone"]\nignore = ["emoticon", "shouting"]\n'
            '[[overrides]]\nfiles = "a.txt"\nchecks = { blame = "off", emoticon = "on", missing-thanks = "on" }\n'
            '[[overrides]]\nfiles = "b.txt"\nselect = ["shouting"]\n'
        }
    )
    config = load("replylint.toml")
    a, b = config.for_path("a.txt"), config.for_path("b.txt")
    assert (a.select, a.ignore) == (("tone", "emoticon", "missing-thanks"), ("shouting",))
    assert (b.select, b.ignore) == (("shouting",), ("emoticon",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('select = ["blame"]\nignore = ["care", "blame"]', "2: „ignore“ und „select“ widersprechen sich bei „blame“; bitte nur eines angeben"),
        ('select = "blame"\n[checks]\nblame = "off"', "3: „checks“ und „select“ widersprechen sich bei „blame“; bitte nur eines angeben"),
        ('ignore = "blame"\n[checks]\ncare = "on"\nblame = "error"', "4: „checks“ und „ignore“ widersprechen sich bei „blame“; bitte nur eines angeben"),
        ('[[overrides]]\nfiles = "a"\nselect = "blame"\nignore = "blame"', "4: „ignore“ und „select“ widersprechen sich bei „blame“; bitte nur eines angeben"),
        ('[checks]\nblam = "off"', "2: „checks“: Eine Prüfung oder Kategorie „blam“ gibt es nicht. Meinten Sie „blame“? „replylint rules“ zeigt alle"),
        ('[[overrides]]\nfiles = "a"\nignore = ["ton"]', "3: „ignore“: Eine Prüfung oder Kategorie „ton“ gibt es nicht. Meinten Sie „tone“? „replylint rules“ zeigt alle"),
        ('[[overrides]]\nfiles = "a"\n[overrides.checks]\nblam = "on"', "4: „checks“: Eine Prüfung oder Kategorie „blam“ gibt es nicht. Meinten Sie „blame“? „replylint rules“ zeigt alle"),
        ('[checks]\nblame = "aus"', "2: „blame“ kann nicht „aus“ sein. Möglich sind: off, on, error, warning, suggestion"),
        ('rules = ["de", "hausstil/"]', "1: „rules“: Einen Ordner „hausstil/“ mit Regeldateien gibt es nicht"),
        ("rules = []", "1: „rules“ nennt kein Regelpaket; mitgeliefert wird „de“"),
        ('format = "jsn"', "1: „format“ kann nicht „jsn“ sein. Meinten Sie „json“? Möglich sind: text, concise, json"),
        ('inquiry = "weg.txt"', "1: „inquiry“: weg.txt gibt es nicht; bitte prüfen Sie den Pfad"),
    ],
)  # fmt: skip
def test_what_can_not_be(text: str, message: str) -> None:
    (line,) = refused(text)
    assert line == f"replylint.toml:{message}" or line.startswith(f"replylint.toml:{message}, "), line


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ("--isolated", "--config", "replylint.toml"),
            "--isolated und --config widersprechen sich; bitte nur eines angeben.",
        ),
        (
            ("--select", "care,blame", "--ignore", "blame"),
            "--select blame und --ignore blame widersprechen sich; bitte nur eines angeben.",
        ),
    ],
)
def test_options_that_contradict_each_other(args: tuple[str, ...], message: str) -> None:
    put({"replylint.toml": "", "brief.txt": REFUSAL})
    result = run("check", "brief.txt", *args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"replylint: {message}\n")


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def forbidden(path: Path) -> bytes:
        if path.name == "replylint.toml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert refused("") == ["replylint.toml:1: darf nicht gelesen werden; bitte prüfen Sie die Zugriffsrechte"]


def test_a_configuration_that_is_a_folder() -> None:
    Path("ordner").mkdir()
    assert refused(None, "--config", "ordner") == ["ordner:1: lässt sich nicht lesen (Is a directory)"]


def test_what_holds_for_a_run_is_that_of_the_first_path() -> None:
    put(
        {
            "a/replylint.toml": 'select = "negative-phrasing"\nformat = "concise"\noutput = "bericht.txt"\nstatistics = true\nquiet = true\ncache = false\n',
            "a/brief.txt": REFUSAL,
            "b/brief.txt": REFUSAL,
        }
    )
    assert run("check", "b", "a").stdout.startswith("b/brief.txt\n"), "for reading, and on standard output"
    assert run("check", "a").stdout == ""
    assert Path("a/bericht.txt").read_text(encoding="utf-8") == (
        "a/brief.txt:3:1: warning negative-phrasing „eine Rückerstattung können wir Ihnen leider nicht anbieten“ sagt nur, "
        "was nicht geht.\n1 negative-phrasing\n"
    )
    assert run("check", "a", "--format", "json", "--output", "x.json", "--no-statistics").stdout == ""
    assert json.loads(Path("x.json").read_text(encoding="utf-8"))["schema"] == "replylint/1"


def test_an_inquiry_that_the_configuration_names() -> None:
    put(
        {
            "t/replylint.toml": '[[overrides]]\nfiles = "a.txt"\ninquiry = "fragen/a.txt"\n',
            "t/fragen/a.txt": "Der Mixer ist nach zwei Wochen kaputt, und niemand antwortet mir.",
            "t/a.txt": "Guten Tag Frau Kern,\n\nwir schicken Ihnen morgen einen neuen Mixer.\n\nViele Grüße\nTom Berg\n",
        }
    )
    assert rules_found("t/a.txt", "--select", "missing-apology") == ["missing-apology"]
    assert rules_found("t/a.txt", "--select", "missing-apology", "--isolated") == []
    put({"lob.txt": "Danke, alles bestens."})
    assert rules_found("t/a.txt", "--select", "missing-apology", "--inquiry", "lob.txt") == []


def test_template() -> None:
    text = "Guten Tag [Name],\n\ndas Rad ist da.\n"
    put(
        {
            "replylint.toml": 'template = true\n[[overrides]]\nfiles = "b.txt"\ntemplate = false\n',
            "a.txt": text,
            "b.txt": text,
        }
    )
    select = ("--select", "leftover-placeholder")
    assert [(file["path"], len(file["findings"])) for file in document(".", *select)["files"]] == [
        ("a.txt", 0),
        ("b.txt", 1),
    ]
    assert rules_found("a.txt", "--draft", *select) == ["leftover-placeholder"]


def test_rule_packs_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    put({"t/haus/x.yaml": "", "t/replylint.toml": 'rules = ["de", "haus/"]\n', "t/a.txt": REFUSAL, "b.txt": REFUSAL})
    loaded: list[list[str]] = []
    kept = rules.load(["de"])

    def load_noting(packs: list[str], **_: object) -> rules.RuleSet:
        loaded.append(list(packs))
        return kept

    monkeypatch.setattr(rules, "load", load_noting)
    run("check", "t/a.txt", "b.txt")
    assert loaded == [["de", "t/haus"], ["de"]]
