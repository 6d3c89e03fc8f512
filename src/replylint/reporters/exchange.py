"""What the formats for other programs share: readable text, paths as URIs, XML, and edits that may be made blindly."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree

from replylint.expressions import expression
from replylint.findings import Finding, Rewrite, Safety
from replylint.source import Span

# What XML 1.0 can't hold, and what no other format should show either.
_UNREADABLE = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_AS_IT_IS = (".txt", ".text", ".md", ".markdown")


def readable(text: str) -> str:
    """`text` without control characters and what turns the direction of writing; each becomes U+FFFD."""
    return _UNREADABLE.sub("\ufffd", text)


def uri(path: str) -> str:
    """A relative path as a relative URI reference, percent-encoded."""
    return quote(readable(path.removeprefix("./")), safe="/-._~")


def xml(root: ElementTree.Element) -> str:
    """An XML document, indented, with its last line end."""
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def message(finding: Finding) -> str:
    """What a finding says, with the reply's key in its file."""
    text = finding.message
    if finding.draft.key:
        text = f"{text} [{finding.draft.key}]"
    return readable(text)


def suggestions(finding: Finding) -> list[tuple[Rewrite, tuple[tuple[Span, str], ...]]]:
    """The rewrites that another program may make in the file as it is, each with its edits: ranges of the file, and
    what to write there. Only where the file's text is the draft's, so that nothing has to be quoted or escaped."""
    draft = finding.draft
    if draft.key or not draft.source.path.lower().endswith(_AS_IT_IS):
        return []
    result = []
    for rewrite in finding.rewrites:
        if rewrite.fix is None or rewrite.safety < Safety.REVIEW:
            continue
        edits = rewrite.fix.edits
        if all(draft.map.editable(edit.span) for edit in edits):
            result.append((rewrite, tuple((draft.map.to_source(edit.span), edit.text) for edit in edits)))
    return result
