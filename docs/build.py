"""Writes docs/checks/ from the rule files, a page a check, German and English; and docs/cli.md from the commands.

`python docs/build.py --check` only compares.

The pages come from what the rules themselves say and prove: message, why, what is flagged and left alone, examples.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from commands import page as commands

from replylint import examples
from replylint.findings import Safety
from replylint.linter import Linter, Settings
from replylint.rules import Example, Rule, RuleSet, load

FOLDER = Path(__file__).parent
COMMANDS = Path("cli.md")
SOURCES = {
    "S0": ("Umgang mit unzufriedenen Kunden", "dealing with unhappy customers"),
    "S1": ("fünf Gebote und Verbote der Kundenantwort", "five do's and don'ts of customer replies"),
    "S2": ("Umgang mit schwierigen Kunden", "challenging customers"),
    "S3": ("den Menschen sehen, nicht den Fall", "see the human being, not a case"),
    "S4": ("Konfliktmanagement", "conflict management"),
    "Practice": ("Übung guter deutscher Geschäftspost", "what editors of German business mail expect"),
}
WORDS = {
    "de": {
        "severity": {"error": "Fehler", "warning": "Warnung", "suggestion": "Vorschlag"},
        "why": "Warum", "flags": "Was gemeldet wird", "leaves": "Was in Ruhe bleibt", "bad": "Gemeldet",
        "good": "Nicht gemeldet", "better": "besser", "source": "Quelle", "index": "Die Prüfungen", "off": "aus",
        "inquiry": "Anfrage", "insert": "einfügen",
    },
    "en": {
        "severity": {"error": "error", "warning": "warning", "suggestion": "suggestion"},
        "why": "Why", "flags": "What it flags", "leaves": "What it leaves alone", "bad": "Flagged",
        "good": "Not flagged", "better": "better", "source": "Source", "index": "The checks", "off": "off",
        "inquiry": "Inquiry", "insert": "insert",
    },
}  # fmt: skip
MOST_BAD, MOST_GOOD = 12, 8


def pages(ruleset: RuleSet) -> Iterator[tuple[Path, str]]:
    """Each page's path, relative to the folder, and its text."""
    for lang in ("de", "en"):
        words = WORDS[lang]
        lines = [f"# {words['index']}", ""]
        category = ""
        for rule in ruleset.rules.values():
            if rule.category != category:
                category = rule.category
                lines += ["", f"## {category}", "", "| | | |", "|---|---|---|"]
            severity = words["severity"][str(rule.severity)]  # type: ignore[index]
            off = "" if rule.enabled else f" ({words['off']})"
            lines.append(f"| [`{rule.id}`]({rule.id}.md) | {severity}{off} | {_cell(rule.flags.get(lang))} |")
            yield Path(lang) / f"{rule.id}.md", _page(ruleset, rule, lang)
        yield Path(lang) / "README.md", "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _page(ruleset: RuleSet, rule: Rule, lang: str) -> str:
    words = WORDS[lang]
    severity = words["severity"][str(rule.severity)]  # type: ignore[index]
    number = 1 if lang == "en" else 0
    sources = "; ".join(f"{name}: {SOURCES[name][number]}" for name in rule.sources)
    lines = [f"# {rule.id}", "", f"{severity} · {rule.category} · {words['source']}: {sources}", ""]
    for title, text in (("why", rule.why), ("flags", rule.flags), ("leaves", rule.leaves)):
        lines += [f"## {words[title]}", "", " ".join(text.get(lang).split()), ""]
    bad = _spread([example for example in rule.examples if example.bad], MOST_BAD)
    lines += [f"## {words['bad']}", ""]
    for example in bad:
        lines += _bad(ruleset, rule, example, lang)
    good = _spread([example for example in rule.examples if example.good], MOST_GOOD)
    lines += ["", f"## {words['good']}", ""]
    lines += [f"- {_quoted(example.good or '', ())}" for example in good]
    return "\n".join(lines) + "\n"


def _spread(examples: list[Example], most: int) -> list[Example]:
    """`most` of the examples, evenly over the list, so that every construction has its turn."""
    step = max(1, -(-len(examples) // most))
    return examples[::step][:most]


def _bad(ruleset: RuleSet, rule: Rule, example: Example, lang: str) -> list[str]:
    text = example.bad or ""
    words = WORDS[lang]
    findings = examples.findings(Linter(ruleset, Settings(lang=lang, select=(rule.id,))), rule, example)
    spans = [(finding.span.start, finding.span.end) for finding in findings if not finding.document_level]
    lines = [f"- {_quoted(text, spans)}"]
    if example.inquiry:
        lines.append(f"  - {words['inquiry']}: {_quoted(example.inquiry, ())}")
    if findings and findings[0].rewrites:
        rewrite = findings[0].rewrites[0]
        label = words["insert"] if findings[0].document_level else words["better"]
        if rewrite.text and rewrite.safety is not Safety.SAFE:
            lines.append(f"  - {label}: {_quoted(rewrite.text, ())}")
    return lines


def _quoted(text: str, spans: list[tuple[int, int]] | tuple[()]) -> str:
    """The text on one line, what is found in it bold, so that Markdown shows it as it is."""
    parts = []
    done = 0
    for start, end in sorted(spans):
        parts += [_escaped(text[done:start]), f"**{_escaped(text[start:end].strip())}**"]
        done = end
    parts.append(_escaped(text[done:]))
    return " ".join("".join(parts).split())


def _escaped(text: str) -> str:
    for mark in "\\`*_{}[]<>#|":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n\n", " ⏎ ").replace("\n", " ")


def main() -> int:
    """Write the pages, or with --check say which differ."""
    wanted = {Path("checks", path): text for path, text in pages(load(["de"]))}
    wanted[COMMANDS] = commands()
    present = {path.relative_to(FOLDER): path for path in (*FOLDER.glob("checks/**/*.md"), *FOLDER.glob(str(COMMANDS)))}
    stale = [path for path in present if path not in wanted]
    changed = [
        path
        for path, text in wanted.items()
        if path not in present or present[path].read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        for path in [*stale, *changed]:
            print(f"docs/{path} is not what the rules and commands say; run python docs/build.py")
        return 1 if stale or changed else 0
    for path in stale:
        present[path].unlink()
    for path, text in wanted.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
