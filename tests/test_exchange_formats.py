"""The formats for other programs: golden files, their official schemas, real readers, and their laws."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from shared_findings import EVERYDAY, HOSTILE, WIDE, draft, found, hits, report

from replylint.draft import Draft
from replylint.findings import Description, Failure, FileReport, Report, Safety, Severity
from replylint.reporters import Options, render
from replylint.reporters.sarif import line_hashes
from replylint.source import Edit, Piece, Source, SourceMap, Span, apply_edits

HERE = Path(__file__).parent
ODD = draft("Schön 100 %: das geht nicht,\r\nund das 😊 auch nicht.\n", "./vorlagen/rück frage#1.txt", "$.a[0]")
CHECKS = (
    Description(
        "negative-phrasing",
        "tone",
        Severity.WARNING,
        "Wer liest, was möglich ist, bleibt im Gespräch.",
        "Was nur sagt, was nicht geht. Auch verkleidet.",
        "Auskünfte über Tatsachen.",
    ),
    Description("zuletzt", "tone", Severity.SUGGESTION, "Darum.", "Was?", "Das."),
)
REPORTS: dict[str, Report] = {
    "everyday": report(*EVERYDAY),
    "english": report(*EVERYDAY[1:2], lang="en"),
    "hostile": report(*hits(HOSTILE, "das geht nicht")),
    "wide": report(*hits(WIDE, "geht nicht")),
    "odd": Report(report(*hits(ODD, "nicht")).files, (), "de", (), CHECKS),
    "clean": Report((FileReport("a.txt", Source("a.txt", "Hallo\n"), 2),)),
    "failures": report(*EVERYDAY[-1:], failures=(Failure("b/ü, a.eml", "ist kaputt\x1b[31m"), Failure("c", "fehlt"))),
    "nothing": Report(),
}
FORMATS = {
    "sarif": "sarif",
    "github": "txt",
    "gitlab": "json",
    "junit": "xml",
    "checkstyle": "xml",
    "rdjson": "json",
    "markdown": "md",
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("format_", FORMATS)
def test_golden(name: str, format_: str) -> None:
    path = HERE / "golden" / f"{format_}-{name}.{FORMATS[format_]}"
    content = render(format_, REPORTS[name], Options())
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(content, encoding="utf-8", newline="\n")
    assert content == path.read_bytes().decode()
    assert content.endswith("\n")


def schema(name: str) -> Any:
    return json.loads((HERE / "schemas" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_fits_its_schema_and_what_github_asks_for(name: str) -> None:
    log = json.loads(render("sarif", REPORTS[name]))
    jsonschema.validate(log, schema("sarif-schema-2.1.0.json"))
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids))
    for rule in run["tool"]["driver"]["rules"]:
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert all(text.values())
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        [location] = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert not uri.startswith(("/", "./"))
        assert ":" not in uri
        assert set(location["physicalLocation"]["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}


def test_sarif_uris_lead_back_to_the_file() -> None:
    [result, _] = json.loads(render("sarif", REPORTS["odd"]))["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "vorlagen/r%C3%BCck%20frage%231.txt"
    assert unquote(uri) == "vorlagen/rück frage#1.txt"


def test_sarif_names_all_checks_of_the_run() -> None:
    [run] = json.loads(render("sarif", REPORTS["odd"]))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["negative-phrasing", "zuletzt"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "Was nur sagt, was nicht geht."


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        # What github/codeql-action gives for these texts.
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        (
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
            [
                "e9496ae3ebfced30:1",
                "fb7c023a8b9ccb3f:1",
                "ce8ba1a563dcdaca:1",
                "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1",
                "c8e28b0b4002a3a0:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
def test_line_hashes_are_githubs(text: str, hashes: list[str]) -> None:
    assert line_hashes(text) == hashes


@given(st.text("ab \t\n\r😊ü", max_size=300))
def test_every_line_has_its_hash(text: str) -> None:
    hashes = line_hashes(text)
    source = Source("a", text)
    assert len(hashes) == source.position(len(text)).line
    assert len(set(hashes)) == len(hashes)


def test_what_sarif_and_rdjson_propose_is_what_the_fix_makes() -> None:
    everyday = REPORTS["everyday"]
    [file] = everyday.files
    results = json.loads(render("sarif", everyday))["runs"][0]["results"]
    diagnostics = json.loads(render("rdjson", everyday))["diagnostics"]
    lines = file.source.text.splitlines(keepends=True)
    proposed = 0
    for finding, result, diagnostic in zip(file.findings, results, diagnostics, strict=True):
        fixes = [rewrite.fix for rewrite in finding.rewrites if rewrite.fix and rewrite.safety > Safety.FILL]
        assert len(fixes) == len(result.get("fixes", ())) == len(diagnostic.get("suggestions", ()))
        for fix, sarif, suggestion in zip(
            fixes, result.get("fixes", ()), diagnostic.get("suggestions", ()), strict=True
        ):
            wanted = apply_edits(file.source.text, fix.edits)
            [change] = sarif["artifactChanges"]
            edits = []
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
                end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
                edits.append(Edit(Span(start, end), replacement["insertedContent"]["text"]))
            assert apply_edits(file.source.text, edits) == wanted
            start, end = (
                len("".join(lines[: place["line"] - 1]).encode()) + place["column"] - 1
                for place in (suggestion["range"]["start"], suggestion["range"]["end"])
            )
            data = file.source.text.encode()
            assert (data[:start] + suggestion["text"].encode() + data[end:]).decode() == wanted
            proposed += 1
    assert proposed == 4


def test_nothing_is_proposed_where_the_file_would_need_quoting() -> None:
    text = '{"a": "das geht nicht"}'
    start = text.index("das")
    inside = Draft(
        Source("a.json", text), "das geht nicht", SourceMap((Piece(Span(0, 14), Span(start, start + 14)),)), "$.a"
    )
    each = report(found(inside, "geht nicht", 'geht "so"'))
    assert "fixes" not in json.loads(render("sarif", each))["runs"][0]["results"][0]
    assert "suggestions" not in json.loads(render("rdjson", each))["diagnostics"][0]


@pytest.mark.parametrize("name", REPORTS)
def test_rdjson_fits_its_schema(name: str) -> None:
    jsonschema.validate(json.loads(render("rdjson", REPORTS[name])), schema("rdjson-DiagnosticResult.json"))


def test_rdjson_counts_bytes() -> None:
    [first, second] = json.loads(render("rdjson", REPORTS["odd"]))["diagnostics"]
    assert first["location"]["range"] == {"start": {"line": 1, "column": 24}, "end": {"line": 1, "column": 29}}
    assert second["location"]["range"]["start"] == {"line": 2, "column": 19}


@pytest.mark.parametrize("name", REPORTS)
def test_gitlab_has_what_it_needs_and_no_fingerprint_twice(name: str) -> None:
    issues = json.loads(render("gitlab", REPORTS[name]))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == len(fingerprints)


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_read_with_its_counts(name: str) -> None:
    suites = JUnitXml.fromstring(render("junit", REPORTS[name]).encode())
    each = REPORTS[name]
    assert suites.failures == sum(finding.severity > Severity.SUGGESTION for finding in each.findings)
    assert suites.errors == len(each.failures)
    assert suites.tests == sum(len(file.findings) or 1 for file in each.files) + len(each.failures)
    for suite in suites:
        assert suite.tests == len(list(suite))


@pytest.mark.parametrize("format_", ["junit", "checkstyle"])
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=30))
def test_xml_can_be_read_whatever_a_draft_holds(format_: str, text: str) -> None:
    each = draft(text, "a<b>&\x1b.txt", text)
    rendered = render(format_, report(found(each, text, text, message=text)))
    ElementTree.fromstring(rendered.encode())


@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=30))
def test_no_draft_can_give_a_command_of_its_own(text: str) -> None:
    each = draft(f"::error::x\n{text}", "a,b:c%\r\n::x.txt", f"\n::stop-commands::{text}")
    lines = render("github", report(found(each, text, text, message=f"a\n::set-output name=x::{text}"))).split("\n")
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 1
    assert re.match(r"::warning file=[^,:\r\n]*,", commands[0])
    assert not re.search("[\x00-\x08\x0b-\x1f]", "".join(lines))


def test_github_puts_the_worst_first_and_columns_on_single_lines_only() -> None:
    lines = render("github", REPORTS["everyday"]).splitlines()
    assert [line.split(" ")[0] for line in lines[:5]] == ["::error", "::warning", "::warning", "::warning", "::notice"]
    assert "line=4,endLine=5,title" in lines[4]


@given(text=st.text(max_size=30))
def test_a_draft_stays_text_in_markdown(text: str) -> None:
    each = draft(f"a{text}", key=text)
    rendered = render("markdown", report(found(each, "a", f"<b>|{text}", message=f"[x](y) {text}")))
    row = rendered.splitlines()[-1]
    assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert not re.search(r"(?<!\\)[<`*_\[]", row)


def test_the_same_run_gives_the_same_bytes() -> None:
    for format_ in FORMATS:
        assert len({render(format_, report(*EVERYDAY)) for _ in range(3)}) == 1
