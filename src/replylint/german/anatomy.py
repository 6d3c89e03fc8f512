"""What stands where in a reply: subject, salutation, body, sign-off, signature, postscript, history.

In: a draft's text and its placeholders. Out: an `Anatomy`, all spans in code points of that text. Everything works on
lines; quoted lines are set aside first, then the salutation is looked for from the top and the sign-off from the end of
what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

from replylint.draft import Anatomy, Sentence
from replylint.german import history
from replylint.german.lines import Line, mask, own_lines
from replylint.german.placeholders import Placeholder
from replylint.german.salutation import Salutation, find_salutation
from replylint.german.sentences import split
from replylint.german.signoff import FOOTER, POSTSCRIPT, SignOff, find_sign_off, is_prose, signature_delimiter
from replylint.source import Span


def dissect(text: str, placeholders: Sequence[Placeholder] = ()) -> Anatomy:
    """The parts of a reply. `placeholders` are those of `text`, in order; sentences never end within one."""
    layout = history.layout(text)
    lines = own_lines(layout, text, mask(text, placeholders))
    quoted = layout.quoted
    inquiry = history.inquiry(text, quoted) if quoted else None
    past = _history(quoted, lines)
    if not lines:
        at = quoted[0].start if quoted else 0
        return Anatomy(Span(at, at), (), history=past, quoted=quoted, inquiry=inquiry)

    end, signature_first = signature_delimiter(lines)
    salutation, subject_lines, first = find_salutation(lines[:end], layout.own_header)
    sign_off = find_sign_off(lines, first, end, salutation)
    body_end = end
    if signature_first is not None and (sign_off is None or sign_off.formula is None):
        # Some write their greeting below the delimiter; if text stands between, it was no delimiter.
        below = find_sign_off(lines, first, len(lines), salutation)
        if below is not None and below.formula is not None and below.first >= signature_first:
            sign_off = below
            body_end = end if below.start == lines[signature_first].start else len(lines)
            end, signature_first = len(lines), None
    shared = salutation is not None and not salutation.whole
    body_lines, tail = _divide(lines, first, body_end, sign_off, least=first + shared)
    postscript, signature = _after(lines, tail, end, signature_first, sign_off)

    body = _body_span(text, lines, body_lines, salutation, sign_off, first)
    prose, protected = _prose(text, placeholders)
    sentences: list[Sentence] = []
    paragraph = -1

    def add(spans: Sequence[Span], *, new: bool = True) -> None:
        nonlocal paragraph
        if spans and (new or paragraph < 0):
            paragraph += 1
        sentences.extend(Sentence(span, paragraph) for span in spans)

    for number in subject_lines:
        line = lines[number]
        add([line.span], new=number == subject_lines[0] or line.gap)
    if salutation is not None and salutation.whole:
        add(salutation.lines)
    paragraphs = _paragraphs(lines, body_lines, body)
    for span in paragraphs:
        add(split(prose, span, protected))
    if sign_off is not None:
        add(sign_off.lines)
    if postscript is not None:
        for span in _paragraphs(lines, _numbers_in(lines, postscript), postscript):
            add(split(prose, span, protected))
    return Anatomy(
        body=body,
        sentences=tuple(sentences),
        subject=_cover(lines, subject_lines),
        salutation=salutation.span if salutation is not None else None,
        closing=paragraphs[-1] if paragraphs else None,
        sign_off=Span(sign_off.start, sign_off.end) if sign_off is not None else None,
        sign_off_formula=sign_off.formula if sign_off is not None else None,
        sign_off_name=sign_off.name if sign_off is not None else None,
        postscript=postscript,
        signature=signature,
        history=past,
        quoted=quoted,
        inquiry=inquiry,
    )


def _history(quoted: Sequence[Span], lines: Sequence[Line]) -> Span | None:
    if not quoted:
        return None
    trailing = not lines or quoted[-1].start > lines[-1].end
    return quoted[-1] if trailing else quoted[0]


def _cover(lines: Sequence[Line], numbers: Sequence[int]) -> Span | None:
    return Span(lines[numbers[0]].start, lines[numbers[-1]].end) if numbers else None


def _numbers_in(lines: Sequence[Line], span: Span) -> list[int]:
    return [number for number, line in enumerate(lines) if span.start <= line.start and line.end <= span.end]


def _paragraphs(lines: Sequence[Line], numbers: Sequence[int], within: Span) -> list[Span]:
    """Runs of the writer's lines without a gap between them, cut to a range."""
    result: list[Span] = []
    begin = -1
    last = -1
    for number in numbers:
        line = lines[number]
        if begin >= 0 and line.gap:
            result.append(Span(begin, last))
            begin = -1
        start, end = max(line.start, within.start), min(line.end, within.end)
        if start >= end:
            continue
        if begin < 0:
            begin = start
        last = end
    if begin >= 0:
        result.append(Span(begin, last))
    return result


def _divide(
    lines: Sequence[Line], first: int, end: int, sign_off: SignOff | None, *, least: int
) -> tuple[list[int], int]:
    """The numbers of the body's lines, and of the first line after the sign-off.

    Where there is no sign-off, footers end the body, but the lines before `least` are never taken for one.
    """
    if sign_off is None:
        stop = end
        while stop > least and FOOTER.match(lines[stop - 1].masked) and lines[stop - 1].gap:
            stop -= 1
        return list(range(first, stop)), stop
    last = sign_off.first
    inside = last < len(lines) and sign_off.start > lines[last].start + lines[last].lead
    return list(range(first, min(last + inside, end))), sign_off.after


def _after(
    lines: Sequence[Line], tail: int, end: int, signature_first: int | None, sign_off: SignOff | None
) -> tuple[Span | None, Span | None]:
    """What stands below the sign-off: the postscript, and the signature block."""
    postscript: Span | None = None
    signature: Span | None = None
    number = tail
    while number < len(lines):
        if number == end and signature_first is not None:
            number = max(signature_first, tail)
            if number < len(lines):
                start = signature.start if signature is not None else lines[number].start
                signature = Span(start, lines[-1].end)
            break
        stop = number + 1
        while stop < min(len(lines), end) and not lines[stop].gap:
            stop += 1
        group = Span(lines[number].start, lines[stop - 1].end)
        text = lines[number].masked
        if POSTSCRIPT.match(text.strip()) or (
            sign_off is not None and signature is None and is_prose(lines, number, stop)
        ):
            postscript = Span(postscript.start, group.end) if postscript is not None else group
        else:
            signature = Span(signature.start, group.end) if signature is not None else group
        number = stop
    return postscript, signature


def _prose(text: str, placeholders: Sequence[Placeholder]) -> tuple[str, list[Span]]:
    """The text with blanks for control tags, so that „nein.{% else %}Ja“ is two sentences; and the other placeholders,
    within which none ends."""
    protected = [placeholder.span for placeholder in placeholders if placeholder.kind != "tag"]
    if len(protected) == len(placeholders):
        return text, protected
    pieces = []
    done = 0
    for placeholder in placeholders:
        if placeholder.kind == "tag":
            span = placeholder.span
            pieces += [text[done : span.start], "\xa0" * len(span)]
            done = span.end
    return "".join([*pieces, text[done:]]), protected


def _body_span(
    text: str,
    lines: Sequence[Line],
    numbers: Sequence[int],
    salutation: Salutation | None,
    sign_off: SignOff | None,
    first: int,
) -> Span:
    """The body's range; empty, at the place where it belongs, where there is none."""
    if numbers:
        start = lines[numbers[0]].start
        if salutation is not None and salutation.whole and start < salutation.span.end <= lines[numbers[0]].end:
            start = salutation.span.end
        end = lines[numbers[-1]].end
        if sign_off is not None and start <= sign_off.start < end:
            end = sign_off.start
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            return Span(start, end)
    if salutation is not None:
        return Span(salutation.span.end, salutation.span.end)
    if sign_off is not None:
        return Span(sign_off.start, sign_off.start)
    at = lines[min(first, len(lines) - 1)].end
    return Span(at, at)
