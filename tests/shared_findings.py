"""Reports made by hand, for the tests of reporters: what each must cope with, without a linter."""

from __future__ import annotations

from collections.abc import Mapping

from replylint.draft import Draft
from replylint.findings import Failure, FileReport, Finding, Fix, Report, Rewrite, Safety, Severity
from replylint.source import Edit, Source, SourceMap, Span


def draft(text: str, path: str = "entwurf.txt", key: str = "") -> Draft:
    """A draft that is a whole plain-text file."""
    return Draft(Source(path, text), text, SourceMap.identity(len(text)), key)


def found(
    draft: Draft,
    words: str,
    *rewrites: str | tuple[str, Safety],
    rule: str = "negative-phrasing",
    severity: Severity = Severity.WARNING,
    message: str = "„{match}“ sagt nur, was nicht geht.",
    category: str = "tone",
) -> Finding:
    """A finding on the first place where these words stand."""
    start = draft.text.index(words)
    span = Span(start, start + len(words))
    return Finding(
        rule,
        category,
        severity,
        message.replace("{match}", words),
        "Wer liest, was möglich ist, bleibt im Gespräch.",
        draft,
        span,
        rewrites=tuple(_rewrite(rewrite, span) for rewrite in rewrites),
    )


def missing(
    draft: Draft,
    after: str,
    *rewrites: str | tuple[str, Safety],
    rule: str = "missing-apology",
    severity: Severity = Severity.ERROR,
    message: str = "Sie antworten auf „defekt“, aber eine Entschuldigung fehlt.",
) -> Finding:
    """A document-level finding behind these words."""
    place = draft.text.index(after) + len(after) if after else 0
    span = Span(place, place)
    return Finding(
        rule,
        "required",
        severity,
        message,
        "Eine Entschuldigung nimmt den Ärger.",
        draft,
        span,
        document_level=True,
        rewrites=tuple(_rewrite(rewrite, span) for rewrite in rewrites),
    )


def _rewrite(rewrite: str | tuple[str, Safety], span: Span) -> Rewrite:
    text, safety = (rewrite, Safety.REVIEW) if isinstance(rewrite, str) else rewrite
    return Rewrite(text, safety, span, None if safety is Safety.FILL else Fix((Edit(span, text),), safety))


def report(*findings: Finding, lang: str = "de", failures: tuple[Failure, ...] = (), suppressed: int = 0) -> Report:
    """A report of these findings; those of one file follow each other."""
    files: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.draft.source.path, []).append(finding)
    return Report(
        tuple(
            FileReport(path, each[0].draft.source, len({f.draft.key for f in each}), tuple(each), suppressed)
            for path, each in files.items()
        ),
        failures,
        lang,
    )


REFUSAL = draft(
    "Sehr geehrte Frau Müller,\n"
    "\n"
    "Ihr Mixer kam defekt an. Das machen wir leider nicht.\n"
    "Wir melden uns so schnell\n"
    "wie möglich!! :-)\n"
    "\n"
    "Mit freundlichen Grüßen\n"
    "Jana Petersen\n"
)
EVERYDAY = (
    missing(
        REFUSAL,
        "Sehr geehrte Frau Müller,",
        ("Es tut mir leid, dass Ihr [Gerät] beschädigt bei Ihnen angekommen ist.", Safety.FILL),
        "Bitte entschuldigen Sie.",
    ),
    found(
        REFUSAL,
        "Das machen wir leider nicht",
        "Lassen Sie mich sehen, was wir tun können.",
        ("Gern prüfe ich bis [Datum], welche anderen Wege es gibt.", Safety.FILL),
    ),
    found(
        REFUSAL,
        "so schnell\nwie möglich",
        ("bis [Datum]", Safety.FILL),
        rule="vague-commitment",
        severity=Severity.SUGGESTION,
        message="Bis wann? „{match}“ nennt keinen Tag.",
        category="promises",
    ),
    found(REFUSAL, "!!", ("!", Safety.SAFE), rule="shouting", message="„{match}“ klingt laut."),
    found(REFUSAL, ":-)", ("", Safety.SAFE), rule="emoticon", message="„{match}“ passt nicht in eine Antwort."),
)

_LONG = (
    "Vielen Dank für Ihre Nachricht vom vergangenen Dienstag, über die wir uns sehr gefreut haben, und für Ihre Geduld. "
    "Das ist leider nicht möglich. "
    "Wir haben den Vorgang an die zuständige Abteilung weitergegeben, die sich in den nächsten Tagen mit Ihnen in "
    "Verbindung setzen wird, um alles Weitere zu besprechen.\n"
)
LONG_LINES = draft(_LONG, "lang.txt")

_WIDE = (
    "Gru\u0308ße aus 東京 – das geht nicht 😊 wirklich\n"
    "\tTab\tdas geht nicht\n"
    "👨‍👩‍👧 🇩🇪 ❤️ 👍🏽 das geht nicht\n"
    "Ver\u00adzö\u00adge\u00adrung, das\u00a0geht nicht\n"
)
WIDE = draft(_WIDE, "breit.txt")

_HOSTILE = (
    "Rot \x1b[31m das geht nicht \x1b]0;Titel\x07 und [bold]fett[/bold] [/x]\n"
    "Links \u202edas geht nicht\u202c rechts \x9b2J\x7f\u2028Ende\n"
)
HOSTILE = draft(_HOSTILE, "böse\x1b[2J\n.txt")


def hits(draft: Draft, words: str, **options: Mapping[str, str]) -> list[Finding]:
    """A finding on every place where these words stand."""
    result = []
    start = draft.text.find(words)
    while start >= 0:
        span = Span(start, start + len(words))
        message = f"„{words}“ sagt nur, was nicht geht."
        result.append(Finding("negative-phrasing", "tone", Severity.WARNING, message, "Weil.", draft, span))
        start = draft.text.find(words, span.end)
    return result
