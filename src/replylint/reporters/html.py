"""A report to look at: one file for the browser, without network, with the words marked in their replies.

It is complete without its script, which only filters. Whatever a draft holds is text here, and the page's policy lets
no other script run.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from replylint import __version__
from replylint.draft import Draft
from replylint.findings import FileReport, Finding, Report, Safety, Severity
from replylint.reporters import Options
from replylint.reporters.exchange import readable
from replylint.reporters.text import severity_name, summary

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "title": "replylint: Bericht",
        "filters": "Filter",
        "check": "Prüfung",
        "severity": "Schwere",
        "file": "Datei",
        "all": "alle",
        "shown": "Funde gezeigt:",
        "chart": "Funde nach Prüfung",
        "count": "Anzahl",
        "worst": "Wo am meisten zu tun ist",
        "replies": "Antworten",
        "better": "Besser",
        "or": "Oder",
        "cut": "Streichen.",
        "add": "Ergänzen",
        "here": "Hier fehlt etwas",
        "fill": "Angaben in [eckigen Klammern] bitte ausfüllen.",
        "why": "Warum",
        "failures": "Nicht geprüft",
        "clean": "Nichts gefunden. Alles in Ordnung.",
        "n": "{n} Fund|{n} Funde",
        "made": "Erstellt mit replylint {version}.",
        "skip": "Zu den Antworten",
    },
    "en": {
        "title": "replylint: report",
        "filters": "Filters",
        "check": "Check",
        "severity": "Severity",
        "file": "File",
        "all": "all",
        "shown": "Findings shown:",
        "chart": "Findings by check",
        "count": "Number",
        "worst": "Where there is most to do",
        "replies": "Replies",
        "better": "Better",
        "or": "Or",
        "cut": "Cut it.",
        "add": "Add",
        "here": "Something is missing here",
        "fill": "Please fill in what stands in [square brackets].",
        "why": "Why",
        "failures": "Not checked",
        "clean": "Nothing found. All fine.",
        "n": "{n} finding|{n} findings",
        "made": "Made by replylint {version}.",
        "skip": "To the replies",
    },
}
_WORST = 10
_WEIGHTS = {Severity.ERROR: 9, Severity.WARNING: 3, Severity.SUGGESTION: 1}

_STYLE = """
:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;
--link:#0550ae;
--error:#a40e26;--error-mark:#ffd9dc;--warning:#7d4e00;--warning-mark:#fff0c2;--suggestion:#0b5b76;
--suggestion-mark:#d8f2fb}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--soft:#9da7b3;--line:#30363d;
--card:#161b22;
--link:#79b8ff;--error:#ff9a9f;--error-mark:#5b1a20;--warning:#f0c25c;--warning-mark:#4d3800;
--suggestion:#7ed3ee;
--suggestion-mark:#0c4254}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);
font:1rem/1.5 system-ui,sans-serif}
header,main,footer{max-width:80rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;margin:0}
h2{font-size:1.2rem}
h3{font-size:1rem;margin:0 0 .5rem;overflow-wrap:anywhere}a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
html{scroll-padding-top:8rem}q{white-space:pre-line}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;padding:.75rem;border:1px solid var(--line);
border-radius:.5rem;
background:var(--card);position:sticky;top:0;z-index:1}label{display:grid;gap:.2rem;font-size:.9rem;
color:var(--soft)}
select{font:inherit;max-width:20rem;padding:.25rem;color:var(--text);background:var(--ground);
border:1px solid var(--soft);border-radius:.25rem}
.overview{margin-bottom:1rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem 2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.15rem .5rem .15rem 0;
font-weight:normal;vertical-align:middle}
td.bar{width:55%}td.bar span{display:block;print-color-adjust:exact;-webkit-print-color-adjust:exact;
height:.9rem;min-width:2px;border-radius:2px}td.n{text-align:right}
article{border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0;content-visibility:auto;
contain-intrinsic-size:auto 20rem;
display:grid;gap:1rem;grid-template-columns:minmax(0,3fr) minmax(0,2fr)}article h3{grid-column:1/-1}
@media (max-width:50rem){article{grid-template-columns:minmax(0,1fr)}}
.draft{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);padding:.75rem;border-radius:.25rem;
margin:0}
.findings{list-style:none;margin:0;padding:0;display:grid;gap:.75rem;align-content:start}
.findings li{border-left:4px solid;padding-left:.75rem;overflow-wrap:anywhere}
.findings p{margin:.1rem 0}.findings small{color:var(--soft)}
.findings li.error{border-color:var(--error)}.findings li.warning{border-color:var(--warning)}
.findings li.suggestion{border-color:var(--suggestion)}
mark{color:inherit;border-bottom:2px solid}mark.error{border-color:var(--error)}
mark.error{background:var(--error-mark)}strong.error{color:var(--error)}
.bar .error,td.bar span.error{background:var(--error)}mark.warning{border-color:var(--warning)}
mark.warning{background:var(--warning-mark)}
strong.warning{color:var(--warning)}td.bar span.warning{background:var(--warning)}
mark.suggestion{border-color:var(--suggestion)}
mark.suggestion{background:var(--suggestion-mark)}strong.suggestion{color:var(--suggestion)}
td.bar span.suggestion{background:var(--suggestion)}
mark.off{background:none;border:0}mark.here.off{display:none}[hidden]{display:none!important}
@media print{form,.skip{display:none}article{content-visibility:visible;break-inside:avoid;display:block}
mark{border-bottom:2px solid}}
"""
_SCRIPT = """
(() => {
  const form = document.querySelector("form"), shown = document.getElementById("shown");
  form.hidden = false;
  const filter = () => {
    const fit = new Set();
    const want = Object.fromEntries(new FormData(form));
    let n = 0;
    for (const article of document.querySelectorAll("article")) {
      let any = false;
      const file = !want.file || article.dataset.file === want.file;
      for (const item of article.querySelectorAll("li[data-check]")) {
        const fits = file && (!want.check || item.dataset.check === want.check)
          && (!want.severity || item.dataset.severity === want.severity);
        item.hidden = !fits;
        if (fits) fit.add(item.id.slice(1));
        any = any || fits;
        n += fits;
      }
      article.hidden = !any;
    }
    for (const mark of document.querySelectorAll("mark"))
      mark.classList.toggle("off", !mark.dataset.of.split(" ").some(number => fit.has(number)));
    shown.textContent = n;
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", event => event.preventDefault());
  filter();
})();
"""


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply with its findings, each with its number in the report (from 1)."""

    number: int
    file: FileReport
    draft: Draft
    findings: Sequence[tuple[int, Finding]]

    @property
    def name(self) -> str:
        """Where it stands."""
        return self.file.path + (f" › {self.draft.key}" if self.draft.key else "")

    @property
    def weight(self) -> int:
        """How bad it is."""
        return sum(_WEIGHTS[finding.severity] for _, finding in self.findings)


def render(report: Report, options: Options) -> str:
    """The report as one HTML document."""
    del options
    return "".join(f"{line}\n" for line in _Page(report).lines())


def _text(text: str) -> str:
    return escape(readable(text.replace("\r\n", "\n").replace("\r", "\n"))).replace("\t", "&#9;")


class _Page:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.texts = _TEXTS[report.lang]
        self.replies = list(self._replies())
        self.whys = {check.id: check.why for check in report.checks}

    def _replies(self) -> Iterator[_Reply]:
        number = 0
        place = 0
        for file in self.report.files:
            # By the draft itself: what is wrong with a suppression is a finding on the file's own text, without a key.
            drafts: dict[int, list[Finding]] = {}
            for finding in file.findings:
                drafts.setdefault(id(finding.draft), []).append(finding)
            for findings in drafts.values():
                place += 1
                yield _Reply(place, file, findings[0].draft, list(enumerate(findings, number + 1)))
                number += len(findings)

    def lines(self) -> Iterator[str]:
        texts = self.texts
        digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
        yield "<!DOCTYPE html>"
        yield f'<html lang="{self.report.lang}">'
        yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield f"<title>{texts['title']}</title><style>{_STYLE}</style></head>"
        yield "<body>"
        if self.replies:
            yield f'<a class="skip" href="#replies">{texts["skip"]}</a>'
        yield f"<header><h1>{texts['title']}</h1><p>{_text(summary(self.report))}</p></header>"
        yield "<main>"
        yield from self.failures()
        if self.replies:
            yield from self.overview()
            yield from self.filters()
            yield f'<section aria-labelledby="replies"><h2 id="replies" tabindex="-1">{texts["replies"]}</h2>'
            for reply in self.replies:
                yield from self.reply(reply)
            yield "</section>"
        elif not self.report.failures:
            yield f"<p>{texts['clean']}</p>"
        yield "</main>"
        yield f"<footer><p><small>{texts['made'].format(version=__version__)}</small></p></footer>"
        if self.replies:
            yield f"<script>{_SCRIPT}</script>"
        yield "</body></html>"

    def failures(self) -> Iterator[str]:
        if self.report.failures:
            yield f"<section><h2>{self.texts['failures']}</h2><ul>"
            yield from (f"<li>{_text(each.path)}: {_text(each.message)}</li>" for each in self.report.failures)
            yield "</ul></section>"

    def overview(self) -> Iterator[str]:
        texts = self.texts
        counts = Counter(finding.rule for finding in self.report.findings)
        severities = {finding.rule: finding.severity for finding in sorted(self.report.findings, key=_severity)}
        most = max(counts.values())
        yield f'<div class="overview"><section><h2 id="chart">{texts["chart"]}</h2><table aria-labelledby="chart">'
        yield f'<thead><tr><th scope="col">{texts["check"]}</th>'
        yield f'<th scope="col" colspan="2">{texts["count"]}</th></tr></thead><tbody>'
        for rule, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            bar = f'<span class="{severities[rule]}" style="width:{100 * n / most:.1f}%"></span>'
            yield f'<tr><th scope="row">{_text(rule)}</th><td class="bar">{bar}</td><td class="n">{n}</td></tr>'
        yield "</tbody></table></section>"
        yield f"<section><h2>{texts['worst']}</h2><ol>"
        for reply in sorted(self.replies, key=lambda reply: (-reply.weight, reply.number))[:_WORST]:
            n = len(reply.findings)
            one, many = texts["n"].split("|")
            told = (one if n == 1 else many).format(n=n)
            yield f'<li><a href="#r{reply.number}">{_text(reply.name)}</a> <small>({told})</small></li>'
        yield "</ol></section></div>"

    def filters(self) -> Iterator[str]:
        texts = self.texts
        rules = sorted({finding.rule for finding in self.report.findings})
        severities = sorted({finding.severity for finding in self.report.findings}, reverse=True)
        files = list(dict.fromkeys(reply.file.path for reply in self.replies))
        yield f'<form hidden role="search" aria-label="{texts["filters"]}">'
        for name, options in (
            ("severity", [(str(each), severity_name(each, self.report.lang)) for each in severities]),
            ("check", [(each, each) for each in rules]),
            ("file", [(each, each) for each in files]),
        ):
            listed = "".join(f'<option value="{_text(value)}">{_text(shown)}</option>' for value, shown in options)
            everything = f'<option value="">{texts["all"]}</option>'
            yield f'<label>{texts[name]}<select name="{name}">{everything}{listed}</select></label>'
        yield f'<p role="status">{texts["shown"]} <output id="shown"></output></p></form>'

    def reply(self, reply: _Reply) -> Iterator[str]:
        yield f'<article id="r{reply.number}" data-file="{_text(reply.file.path)}" aria-labelledby="h{reply.number}">'
        yield f'<h3 id="h{reply.number}">{_text(reply.name)}</h3>'
        yield f'<p class="draft">{self.marked(reply)}</p><ul class="findings">'
        for number, finding in reply.findings:
            yield "".join(self.finding(number, finding))
        yield "</ul></article>"

    def marked(self, reply: _Reply) -> str:
        """The reply's text with the words of its findings marked; the worst finding colours what several share."""
        text = reply.draft.text
        spans = [(number, finding) for number, finding in reply.findings if len(finding.span)]
        places: dict[int, list[tuple[int, Finding]]] = {}
        for number, finding in reply.findings:
            if not len(finding.span):
                places.setdefault(finding.span.start, []).append((number, finding))
        edges = (edge for _, each in spans for edge in (each.span.start, each.span.end))
        borders = [*sorted({0, len(text), *places, *edges}), len(text)]
        named: set[int] = set()
        parts = []
        for start, end in pairwise(borders):
            if missing := places.get(start):
                del places[start]
                parts.append(self.mark(missing, [n for n, _ in missing], "▲", self.texts["here"]))
            if start == end:
                continue
            here = [(n, each) for n, each in spans if each.span.start <= start and end <= each.span.end]
            words = _text(text[start:end])
            if not here:
                parts.append(words)
                continue
            fresh = [n for n, _ in here if n not in named]
            named.update(fresh)
            parts.append(self.mark(here, fresh, words))
        return "".join(parts)

    @staticmethod
    def mark(here: Sequence[tuple[int, Finding]], fresh: Sequence[int], words: str, label: str = "") -> str:
        """Marked words with the numbers of all their findings, and an anchor for those that begin there; with a label,
        the mark of a place where something is missing."""
        worst = max(each.severity for _, each in here)
        numbers = " ".join(str(n) for n, _ in here)
        look = f'{worst} here" role="img" aria-label="{label}' if label else str(worst)
        result = f'<mark class="{look}"{_id(fresh[:1])} data-of="{numbers}">{words}</mark>'
        for n in fresh[1:]:
            result = f"<span{_id([n])}>{result}</span>"
        return result

    def finding(self, number: int, finding: Finding) -> Iterator[str]:
        texts, severity = self.texts, finding.severity
        start = finding.start
        yield f'<li id="f{number}" class="{severity}" data-check="{_text(finding.rule)}" data-severity="{severity}">'
        place = f'<a href="#m{number}">{start.line}:{start.column}</a>'
        name = severity_name(severity, self.report.lang)
        yield f'<p><strong class="{severity}">{name}</strong> {_text(finding.message)}</p>'
        label = texts["add"] if finding.document_level else texts["better"]
        for rewrite in finding.rewrites:
            proposed = _text(rewrite.text) if rewrite.text else texts["cut"]
            yield f"<p>{label}: <q>{proposed}</q></p>" if rewrite.text else f"<p>{proposed}</p>"
            label = texts["or"]
        if any(rewrite.safety is Safety.FILL for rewrite in finding.rewrites):
            yield f"<p><small>{texts['fill']}</small></p>"
        yield f"<p><small>{_text(finding.rule)} · {place}"
        if why := self.whys.get(finding.rule) or finding.why:
            yield f" · {texts['why']}: {_text(why)}"
        yield "</small></p></li>"


def _id(numbers: Sequence[int]) -> str:
    return f' id="m{numbers[0]}"' if numbers else ""


def _severity(finding: Finding) -> Severity:
    return finding.severity
