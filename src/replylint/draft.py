"""A draft and its anatomy: one reply to one customer, and what stands where in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from replylint.source import Source, SourceMap, Span


class Address(StrEnum):
    """The form of address: Sie, du, or the plural ihr."""

    SIE = "sie"
    DU = "du"
    IHR = "ihr"


class Part(StrEnum):
    """A part of a reply. `BODY` runs from after the salutation to before the sign-off, the closing included;
    `CLOSING` is its last paragraph; `TEXT` is all that the writer wrote: subject to sign-off."""

    SUBJECT = "subject"
    SALUTATION = "salutation"
    BODY = "body"
    CLOSING = "closing"
    SIGN_OFF = "sign-off"
    SIGNATURE = "signature"
    HISTORY = "history"
    TEXT = "text"


MARK = "replylint"
"""A text without this word has no comments to replylint."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that speaks to replylint; it is no part of any draft's text. All spans are ranges of the file.

    `words` are what it says, from „replylint“ on, and `span` is where it stands. `line` is the line that it stands in,
    `below` runs on to the end of what follows it: the next filled line, in YAML and gettext the next reply. `removal`
    is what to delete to be rid of it, None where the file has it in another form (base64). `alone`: nothing else stands
    in its line.
    """

    words: str
    span: Span
    line: Span
    below: Span
    removal: Span | None
    alone: bool


@dataclass(frozen=True)
class Draft:
    """One reply as a reader found it.

    `text` is what the linter reads and `map` says where it stands in `source`. `key` is "" or the reply's key in its
    file. `inquiry` is what the customer wrote, where the reader or the user knows it; `facts` are what is known of it
    (kind, channel, address …). `subject` is a subject that stands outside the text (a mail's header). `comments` are
    all comments to replylint in the file, in order, the same for each of its drafts.
    """

    source: Source
    text: str
    map: SourceMap
    key: str = ""
    template: bool = False
    inquiry: str | None = None
    subject: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its range in the draft's text, without surrounding white space, and the number of its paragraph."""

    span: Span
    paragraph: int


@dataclass(frozen=True)
class Anatomy:
    """What stands where in a draft's text; every span is in code points of that text.

    The spans of parts that are missing are None. `body` is always there, possibly empty. `sentences` covers subject,
    salutation, body, sign-off and postscript; each salutation or sign-off line is a sentence of its own. A salutation
    inside the first sentence („Moin Jonas, klar geht das.“) is a part of that sentence and of the body. `quoted` are
    all stretches that the writer didn't write, in order, those between inline replies included: the body may hold some.
    `history` is the last of them if it ends the text, else the first. `inquiry` is the newest customer message there.
    """

    body: Span
    sentences: tuple[Sentence, ...]
    subject: Span | None = None
    salutation: Span | None = None
    closing: Span | None = None
    sign_off: Span | None = None
    sign_off_formula: Span | None = None
    sign_off_name: Span | None = None
    postscript: Span | None = None
    signature: Span | None = None
    history: Span | None = None
    quoted: tuple[Span, ...] = ()
    inquiry: str | None = None

    @property
    def sign_off_complete(self) -> bool:
        """Whether a closing formula stands there *and* a name, or a signature block in its place."""
        return self.sign_off_formula is not None and (self.sign_off_name is not None or self.signature is not None)

    @property
    def text(self) -> Span:
        """All that the writer wrote, from subject to sign-off or postscript; it may have quoted stretches inside."""
        if not self.sentences:
            return self.body
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)
