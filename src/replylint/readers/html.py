"""HTML, and templates of it: what a reader of the mail would see, with positions to the code point.

In: HTML as it is, however broken. Out: its text as lines and paragraphs. Block elements are paragraphs, `<br>` a line
break, list items lines with a mark, table cells paragraphs; white space is collapsed and character references are
decoded. Comments, scripts, styles, titles, hidden elements and attributes are left out. What stands in a quotation or
in a mail client's quote container is written as quoted lines („> …“), which is history to the linter. Template tags are
text. The tokeniser follows the WHATWG's, reduced to what matters here; nothing recurses, and the time is linear.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from replylint.draft import Draft
from replylint.expressions import expression
from replylint.german import placeholders
from replylint.readers import plain
from replylint.readers.comments import Found, says
from replylint.readers.mapping import MapBuilder
from replylint.source import Source, SourceMap, Span


def read(source: Source) -> list[Draft]:
    """The one draft of an HTML file, which may have front matter. Raises UnreadableError where that is malformed."""
    return [plain.draft(source, convert, comments_in, yaml=True)]


def comments_in(text: str, start: int = 0) -> list[Found]:
    """The comments to replylint in HTML that begins at `start`, those of templates too."""
    converter = _Converter(text, start)
    converter.run()
    return converter.comments


def convert(text: str, start: int = 0) -> tuple[str, SourceMap]:
    """The text of HTML that begins at `start`, and its map to `text`. Takes anything."""
    return _Converter(text, start).run()


def is_markup(text: str) -> bool:
    """Whether a text has elements that form lines: whether it is HTML rather than text with a tag or two."""
    if _LINE_FORMING.search(text) is not None:
        return True
    return _BREAK.search(text) is not None and _BLANK.search(text) is None


def declared_charset(data: bytes) -> str | None:
    """The encoding that the head of an HTML file declares, as Python knows it, or None."""
    match = _META_CHARSET.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii")
    return "cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name


_META_CHARSET = expression(
    rb"""<meta\b[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE
)

_PARAGRAPHS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir dl dt fieldset figcaption figure footer
    form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav ol p pre search section summary table
    tbody td tfoot th thead tr ul optgroup option button
    """.split()
)
_VOID = frozenset("area base br col embed hr img input keygen link meta param source track wbr".split())
_KNOWN = _PARAGRAPHS | _VOID | frozenset(
    """
    a abbr acronym applet audio b basefont bdi bdo big canvas cite code colgroup data datalist del dfn div em font frame
    head i iframe image ins kbd label li map mark marquee meter nobr noembed noframes noscript object output
    picture plaintext progress q rb rp rt rtc ruby s samp script select small span strike strong style sub sup svg math
    template textarea time title tt u var video xml xmp
    """.split()
)  # fmt: skip
_RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())  # without tags inside
_UNSEEN = frozenset("applet audio canvas datalist math object select svg template video xml".split())
_TRACKED = frozenset("blockquote center div dl form menu ol pre section article table td th tr ul".split())
_LISTS = frozenset("ul ol menu dir".split())
_CELLS = frozenset("td th caption".split())
_ROWS = frozenset("tr thead tbody tfoot".split())

_LINE_FORMING = expression(
    r"</?(?:p|div|table|td|th|tr|li|ul|ol|dl|dd|dt|h[1-6]|blockquote|body|html|pre|section|article|center|hr)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_BREAK = expression(r"<br(?=[\s/>])", re.IGNORECASE)
_LINE_END = expression(r"[ \t]*(?:\r?\n|\Z)")
_BLANK = expression(r"\n[ \t]*\r?\n")
_BLANK_LINE = r"(?:<br[^<>]{0,60}>|&nbsp;|&#160;|\xa0)\s{0,9}(?:</(?:span|font|b|o:p)>\s{0,9}){0,3}</"
_INSIDE = r"\s{0,9}(?:<(?:span|font|b|o:p)\b[^<>]{0,300}>\s{0,9}){0,3}"
# Mail programs write each line as a `div`, a Word paragraph, and blank ones as one with a mere break in it.
_DIV_LINES = expression(rf"<div\b[^<>]{{0,300}}>{_INSIDE}{_BLANK_LINE}div", re.IGNORECASE)
_WORD_LINES = expression(rf"<p\b[^<>]{{0,100}}\bMso[^<>]{{0,200}}>{_INSIDE}{_BLANK_LINE}p", re.IGNORECASE)

_RUN = r"[^<&{ \t\n\r\f]+(?: [^<&{ \t\n\r\f]+)*+"
_TOKEN = expression(rf"(?P<words>{_RUN})|(?P<white>[ \t\n\r\f]+)|(?P<mark>[<&{{])")
_CDATA_TOKEN = expression(r"(?P<words>[^ \t\n\r\f]+)|(?P<white>[ \t\n\r\f]+)|(?P<mark>(?!))")
_TAG_NAME = expression(r"<(/?)([A-Za-z][^\s/<>]*)")
# Attributes up to the tag's end: quotes count only after an equals sign, and only where they are closed; template tags
# may stand anywhere.
_TAG_REST = expression(
    r"""(?: [^>"'={<]++ | =\s*+(?:"[^"]*+"|'[^']*+')?+ | \{%(?:(?!%\}).){0,300}+%\} | \{\{[^{}]{0,300}+\}\}
        | <%(?:(?!%>).){0,300}+%> | <\?(?:(?!\?>).){0,300}+\?> | ["'{<] )*+>""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = expression(r"""([^\s/>="'][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_MATTERS = expression(
    r"quote|cite|hidden|display|visibility|mso|rplyfwd|header|appendonsend|white-space|reference|hide", re.I
)
_QUOTE_CLASS = expression(
    r"(?<![\w-])(?:x_)*(?:gmail_quote(?:_container)?|yahoo_quoted|yahooQuotedMessage|protonmail_quote"
    r"|moz-cite-prefix|moz-forward-container|tutanota_quote|zmail_extra|freshdesk_quote|front-blockquote|gmx_quote|hs_reply_quote"
    r"|ms-outlook-mobile-reference-message|mail-editor-reference-message-container|reply_quote|quoted_message)(?![\w-])"
)
_REST_IS_HISTORY = expression(r"(?<![\w-])(?:x_)*(?:divRplyFwdMsg|OutlookMessageHeader|appendonsend)(?![\w-])")
_HIDDEN = expression(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_PRE_STYLE = expression(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_STRINGS = r""""[^"\n{]{0,100}+"|'[^'\n{]{0,100}+'"""
_PRINTS = expression(
    rf"\{{\{{\{{?(?!\{{)(?:{_STRINGS}|[^{{}}<]|<(?![A-Za-z/!])|\{{[^{{}}<]{{0,100}}\}}){{1,600}}+\}}\}}\}}?"
)
_CONTROLS = expression(rf"\{{%(?:{_STRINGS}|[^%{{]|%(?!\}})|\{{(?!%)){{0,600}}+%\}}")
_SMARTY = expression(
    r"\{/?(?:if|elseif|else|foreach|foreachelse|for|section|sectionelse|include|assign|capture|block|while|config_load)"
    r"(?=[\s}])[^{}\n<]{0,300}+\}"
)
_LONGEST_SHOWN = 700
_COMMENT_TAG = expression(r"\{%[-~]?\s*comment\b")
_END_COMMENT = expression(r"\{%[-~]?\s*endcomment\s*[-~]?%\}")
_COMMENT_MARK = expression(r"\{\{(?:~?!--|~?!|--)")
_COMMENT_MARKS = {"{{!--": "--}}", "{{!": "}}", "{{--": "--}}"}
_HELPDESK_TAG = expression(r"</?(?:OTRS|KIX|ZNUNY|OTOBO)_[\w.\-]{1,80}(?:\[\d{1,4}\])?/?>")
_REFERENCE = expression(r"&(?:#[xX][0-9A-Fa-f]{1,8}|#[0-9]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_LONGEST_TAG = 20_000  # a template tag longer than this is none
_MOST_BREAKS = 4  # more line breaks in a row than this say nothing


class _Open(NamedTuple):
    """An open element: what ends with it."""

    name: str
    quote: int
    hidden: int
    pre: int
    is_list: bool


class _Scope:
    """The open elements of a table cell, or of all outside of tables: end tags don't reach out of it."""

    __slots__ = ("cell", "counts", "elements")

    def __init__(self, cell: str) -> None:
        self.cell = cell
        self.elements: list[_Open] = []
        self.counts: dict[str, int] = {}


class _Converter:
    """The state of one conversion."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.at = start
        self.out = MapBuilder()
        self.breaks = 0  # line breaks before the next words
        self.space: tuple[int, int] | None = None  # white space before the next words
        self.item = ""  # a list item's mark before the next words
        self.quote = self.hidden = 0  # depth
        self.last_quote = 0  # its depth at the last line
        self.pre = 0 if is_markup(text) else 1
        self.div_level = 1 if _DIV_LINES.search(text) else 2
        self.word_level = 1 if _WORD_LINES.search(text) else 2
        self.lists: list[int] = []  # for each open list the number of its last item, -1 without numbers
        self.scopes = [_Scope("")]
        self.never: set[str] = set()  # what is known not to come any more
        self.marks: dict[str, int] = {}
        self.fields: dict[str, bool] = {}  # unknown tags: whether they are placeholders
        self.comments: list[Found] = []  # those to replylint

    def run(self) -> tuple[str, SourceMap]:
        """Reads to the end."""
        text, end = self.text, len(self.text)
        while self.at < end:
            match = _TOKEN.match(text, self.at)
            if match is None:
                break
            kind = match.lastgroup
            if kind == "words":
                self.words(match[0], self.at, match.end())
                self.at = match.end()
            elif kind == "white":
                self.white(self.at, match.end())
                self.at = match.end()
            elif match[0] == "<":
                self.at = self.markup(self.at)
            elif match[0] == "&":
                self.at = self.reference(self.at)
            else:
                self.at = self.brace(self.at)
        return self.out.build()

    # What is seen

    def words(self, words: str, start: int, end: int, *, verbatim: bool = True) -> None:
        """Adds words, with the breaks or the space before them."""
        if self.hidden or not words:
            return
        out = self.out
        if self.breaks or not len(out):
            self.break_line(start)
        elif self.space is not None:
            self.add_space(*self.space)
        self.space = None
        if verbatim:
            out.verbatim(words, start)
        else:
            out.derived(words, start, end)

    def break_line(self, start: int) -> None:
        """The line breaks before words at `start`, the marks of quotation and list, and an indentation."""
        out = self.out
        mark = "> " * min(self.quote, 9) + self.item
        ends = "\n" * min(self.breaks, _MOST_BREAKS) if len(out) else ""
        done = out.source_end if len(out) else start
        if len(ends) > 1 and min(self.quote, self.last_quote):
            ends = "\n" + ">\n" * (len(ends) - 1)
        self.last_quote = self.quote
        indent = start
        if self.pre and self.space is not None and self.space[1] == start:
            indent = self.space[0]
        gap = self.text[done:indent] if indent - done <= 2 * _MOST_BREAKS else ""
        if gap and not mark and gap.replace("\r\n", "\n") == ends:
            out.verbatim(gap, done)
        else:
            out.derived(ends, done, indent)
            out.derived(mark, indent, indent)
        if indent < start:
            out.verbatim(self.text[indent:start], indent)
        self.breaks = 0
        self.item = ""

    def add_space(self, start: int, end: int) -> None:
        """The white space of the range, collapsed to one space unless it is preformatted."""
        text, out = self.text, self.out
        if self.pre:
            out.verbatim(text[start:end], start)
        elif text[end - 1] == " ":
            out.verbatim(" ", end - 1)
        elif text[start] == " ":
            out.verbatim(" ", start)
        else:
            out.derived(" ", start, end)

    def white(self, start: int, end: int) -> None:
        """White space: it waits for what follows."""
        if self.hidden:
            return
        if self.pre:
            last = max(self.text.rfind("\n", start, end), self.text.rfind("\r", start, end)) + 1
            if last > start:
                run = self.text[start:last].replace("\r\n", "\n")
                self.breaks += run.count("\n") + run.count("\r")
                self.space = None
                start = last
        if start < end and (self.space is None or self.pre):
            self.space = (start, end)

    def block(self, level: int) -> None:
        """A block's border: the next words stand on a line of their own, or in a paragraph of their own."""
        self.space = None
        if not self.item:
            self.breaks = max(self.breaks, level)

    # Characters with a meaning

    def reference(self, start: int) -> int:
        """A character reference at `start`, or a mere ampersand; gives where to go on."""
        match = _REFERENCE.match(self.text, start)
        words, length = decoded(match[0]) if match is not None else ("", 0)
        if not length:
            self.words("&", start, start + 1)
            return start + 1
        end = start + length
        if words in ("\n", "\t", " ", "\r", "\f"):
            if self.space is None and not self.breaks and len(self.out):
                self.space = None
                self.words(" ", start, end, verbatim=False)
            return end
        self.words(words, start, end, verbatim=False)
        return end

    def brace(self, start: int) -> int:
        """A template tag at `start`, or a mere brace; gives where to go on."""
        text = self.text
        two = text[start : start + 2]
        if two == "{{" and (mark := _COMMENT_MARK.match(text, start)) is not None:
            closing = _COMMENT_MARKS[mark[0].replace("~", "")]
            stop = self.next(closing, mark.end())
            if stop - start <= _LONGEST_TAG:
                return self.comment(start, stop + len(closing), text[mark.end() : stop])
            match = None
        elif two == "{{":
            match = _PRINTS.match(text, start, start + _LONGEST_SHOWN)
        elif two == "{%":
            if _COMMENT_TAG.match(text, start):
                after = self.search(_END_COMMENT, start)
                if after is not None:
                    words = text[text.find("%}", start) + 2 : text.rfind("{%", start, after)]
                    return self.comment(start, after, words)
            match = _CONTROLS.match(text, start, start + _LONGEST_SHOWN)
            if match is None:
                # A tag too long to be told from prose is left out.
                end = self.next("%}", start) + 2
                if end - start <= _LONGEST_TAG and text.find("{%", start + 2, end) < 0:
                    return end
        elif two == "{#":
            end = self.next("#}", start + 2) + 2
            if end - start <= _LONGEST_TAG and text.find("{#", start + 2, end) < 0:
                return self.comment(start, end, text[start + 2 : end - 2])
            match = None
        else:
            match = _SMARTY.match(text, start)
        end = start + 1 if match is None else match.end()
        alone = two != "{{" and match is not None and self.alone(start, end)
        if alone:
            self.block(1)
        self.words(text[start:end], start, end)
        if alone:
            self.block(1)
        return end

    def comment(self, start: int, end: int, words: str) -> int:
        """A comment, which is left out; gives where to go on."""
        said = says(words)
        if said is not None:
            self.comments.append(Found(start, end, said))
        return end

    def alone(self, start: int, end: int) -> bool:
        """Whether a control tag has a line of its own in the file and stands within no sentence."""
        text = self.text
        before = text[max(0, start - 200) : start]
        if before.rpartition("\n")[2].strip() or not _LINE_END.match(text, end, end + 200):
            return False
        return bool(self.breaks) or not before.strip() or before.rstrip()[-1] in ".!?:>}]"

    def search(self, pattern: re.Pattern[str], start: int) -> int | None:
        """Where the next match ends; what isn't found once is never looked for again."""
        if pattern.pattern in self.never:
            return None
        match = pattern.search(self.text, start)
        if match is None:
            self.never.add(pattern.pattern)
            return None
        return match.end()

    def next(self, mark: str, start: int) -> int:
        """Where a mark stands next; far beyond the text's end if nowhere. Asked for in ascending order only."""
        found = self.marks.get(mark, -1)
        if found < start:
            found = self.text.find(mark, start)
            self.marks[mark] = found = found if found >= 0 else len(self.text) + 2 * _LONGEST_TAG
        return found

    def markup(self, start: int) -> int:
        """A tag, comment or the like at `start`, or a mere „<“; gives where to go on."""
        text = self.text
        following = text[start + 1 : start + 2]
        if following == "!":
            return self.declaration(start)
        if following in ("%", "?"):
            return self.program(start)
        name = _TAG_NAME.match(text, start)
        if name is None:
            if following == "/":
                end = self.next(">", start)
                if end < len(text):
                    return end + 1
            self.words("<", start, start + 1)
            return start + 1
        if name[2][0] in "OKZ":
            helpdesk = _HELPDESK_TAG.match(text, start)
            if helpdesk is not None:
                self.words(helpdesk[0], start, helpdesk.end())
                return helpdesk.end()
        rest = None if ">" in self.never else _TAG_REST.match(text, name.end())
        if rest is None:
            self.never.add(">")  # the file ends inside this tag, so there are no further ones
            self.words("<", start, start + 1)
            return start + 1
        end = rest.end()
        lower = name[2].lower()
        if lower not in _KNOWN and end - start <= 60 and self.is_field(text[start:end]):
            self.words(text[start:end], start, end)
            return end
        if name[1]:
            self.close(lower)
            return end
        return self.open(lower, rest[0], end)

    def is_field(self, tag: str) -> bool:
        """Whether an unknown tag is a placeholder such as `<Name einfügen>`."""
        if tag not in self.fields:
            found = placeholders.find(tag)
            self.fields[tag] = bool(found) and found[0].span == Span(0, len(tag))
        return self.fields[tag]

    def declaration(self, start: int) -> int:
        """A comment, a doctype, CDATA."""
        text = self.text
        if text.startswith("<!--", start):
            end = text.find("-->", start + 2)
            return len(text) if end < 0 else self.comment(start, end + 3, text[start + 4 : end])
        if text.startswith("<![CDATA[", start):
            end = self.next("]]>", start)
            if end < len(text):
                self.literally(start + 9, end)
                return end + 3
        end = text.find(">", start)
        return len(text) if end < 0 else end + 1

    def literally(self, start: int, end: int) -> None:
        """Text without markup."""
        for match in _CDATA_TOKEN.finditer(self.text, start, end):
            if match.lastgroup == "white":
                self.white(*match.span())
            else:
                self.words(match[0], *match.span())

    def program(self, start: int) -> int:
        """An ERB or PHP tag, which is text, or a processing instruction, which isn't."""
        text = self.text
        closing = text[start + 1] + ">"
        end = self.next(closing, start + 2)
        if end >= len(text):
            if closing == "?>":
                end = text.find(">", start)
                return len(text) if end < 0 else end + 1
            self.words("<", start, start + 1)
            return start + 1
        end += 2
        if end - start <= 600 and (closing == "%>" or text.startswith(("<?=", "<?php"), start)):
            self.words(text[start:end], start, end)
        return end

    # Elements

    def open(self, name: str, rest: str, end: int) -> int:
        """A start tag; gives where to go on."""
        if name == "br":
            self.space = None
            if not self.hidden:
                self.breaks += not self.item
            if self.pre:  # the line break in the file says the same
                end += 2 if self.text.startswith("\r\n", end) else self.text.startswith("\n", end)
            return end
        attributes = _attributes(rest) if len(rest) > 1 and _MATTERS.search(rest) else None
        if name in _RAW:
            return self.raw(name, end)
        level = self.level(name, attributes)
        quote, hidden, pre = self.effects(name, attributes)
        if name in _VOID:
            if level:
                self.block(level)
            return end
        self.imply_ends(name)
        if name == "li" and not self.hidden:
            self.block(1 if self.lists else 2)
            self.item = self.mark()
        elif (level or quote) and not self.hidden:
            if quote:
                self.item = ""
            self.block(2 if quote else level)
        is_list = name in _LISTS
        self_closing = rest.endswith("/>") and name in _UNSEEN
        if (name in _TRACKED or quote or hidden or pre or is_list or self.hidden) and not self_closing:
            self.push(_Open(name, quote, hidden, pre, is_list))
            if is_list:
                self.lists.append(0 if name == "ol" else -1)
        if pre and name == "pre":
            end += 2 if self.text.startswith("\r\n", end) else self.text.startswith("\n", end)
        return end

    def level(self, name: str, attributes: dict[str, str] | None) -> int:
        """The line breaks that an element's borders ask for, at least."""
        if name in ("div", "center"):
            return self.div_level
        if name == "p" and self.word_level == 1 and attributes and attributes.get("class", "").startswith("Mso"):
            return 1
        if name in _LISTS:
            return 1 if self.lists else 2
        if name in _PARAGRAPHS or name.startswith(("mj-", "x-")):
            return 2
        return 0

    def effects(self, name: str, attributes: dict[str, str] | None) -> tuple[int, int, int]:
        """What an element does to all inside it: quotes, hides, keeps white space."""
        quote = int(name == "blockquote")
        hidden = int(name in _UNSEEN)
        pre = int(name in ("pre", "listing", "plaintext"))
        if attributes is not None:
            names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            if (
                attributes.get("type", "").lower() == "cite"
                or attributes.get("name", "").lower() == "quote"
                or _QUOTE_CLASS.search(names)
            ):
                quote = 1
            if not self.quote and _REST_IS_HISTORY.search(names):
                self.block(2)
                self.quote = 1
            style = attributes.get("style", "")
            if "hidden" in attributes or _HIDDEN.search(style):
                hidden = 1
            if _PRE_STYLE.search(style):
                pre = 1
        return quote, hidden, pre

    def mark(self) -> str:
        """The mark of the next item of the innermost list."""
        if not self.lists or self.lists[-1] < 0:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def raw(self, name: str, end: int) -> int:
        """An element whose content is neither text nor markup."""
        closing = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE)
        after = self.search(closing, end)
        if after is not None:
            return after
        return len(self.text) if name in ("script", "style") else end

    def imply_ends(self, name: str) -> None:
        """Ends elements whose end tag may be left out."""
        scope = self.scopes[-1]
        if name in _CELLS or name in _ROWS:
            if scope.cell in _CELLS:
                self.leave()
            scope = self.scopes[-1]
            while name in _ROWS and scope.elements and scope.elements[-1].name == "tr":
                self.pop(scope)
        if scope.elements:
            top = scope.elements[-1].name
            if (top == "p" and (name in _PARAGRAPHS or name == "div")) or (top == "li" == name):
                self.pop(scope)

    def push(self, element: _Open) -> None:
        """Opens an element."""
        if element.name in _CELLS or element.name == "table":
            self.scopes.append(_Scope(element.name))
        scope = self.scopes[-1]
        scope.elements.append(element)
        scope.counts[element.name] = scope.counts.get(element.name, 0) + 1
        self.quote += element.quote
        self.hidden += element.hidden
        self.pre += element.pre

    def pop(self, scope: _Scope) -> None:
        """Ends the innermost open element."""
        element = scope.elements.pop()
        scope.counts[element.name] -= 1
        self.quote -= element.quote
        self.hidden -= element.hidden
        self.pre -= element.pre
        if element.is_list:
            self.lists.pop()
        if element.quote and not self.hidden:
            self.item = ""
            self.block(2)

    def leave(self) -> None:
        """Ends the innermost table or cell and all in it."""
        scope = self.scopes.pop()
        while scope.elements:
            self.pop(scope)

    def close(self, name: str) -> None:
        """An end tag; one that fits no open element is passed over, but for its line break."""
        if name == "br":
            self.block(1)
            return
        scope = self.scopes[-1]
        if name == "table":
            for number in range(len(self.scopes) - 1, 0, -1):
                if self.scopes[number].cell == "table":
                    while len(self.scopes) > number:
                        self.leave()
                    break
        elif name in _CELLS:
            if scope.cell == name:
                self.leave()
        elif name in _ROWS:
            if scope.cell in _CELLS:
                self.leave()
                scope = self.scopes[-1]
            if name == "tr" and scope.elements and scope.elements[-1].name == "tr":
                self.pop(scope)
        elif scope.counts.get(name):
            while scope.elements:
                done = scope.elements[-1].name == name
                self.pop(scope)
                if done:
                    break
        if self.hidden:
            return
        if name == "li":
            self.item = ""
            self.block(1)
        else:
            level = self.level(name, {"class": "Mso"} if name == "p" else None)
            if level:
                if name in _LISTS or name in _CELLS:
                    self.item = ""
                self.block(level)


def _attributes(rest: str) -> dict[str, str]:
    """The attributes of a tag, by name in lower case; the first of two wins."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(rest):
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return found


_references: dict[str, tuple[str, int]] = {}


def decoded(reference: str) -> tuple[str, int]:
    """The character of a character reference, and how much of the reference it takes: 0 if it is none."""
    known = _references.get(reference)
    if known is None:
        if len(_references) > 4096:
            _references.clear()
        known = _references[reference] = _decode(reference)
    return known


def _decode(reference: str) -> tuple[str, int]:
    from html import unescape
    from html.entities import html5

    if reference[1] == "#":
        return unescape(reference if reference[-1] == ";" else reference + ";"), len(reference)
    name = reference[1:]
    if name in html5:
        return html5[name], len(reference)
    for length in range(len(name) - 1, 1, -1):  # the old ones need no semicolon: „&uumlber“
        if name[:length] in html5:
            return html5[name[:length]], 1 + length
    return "", 0
