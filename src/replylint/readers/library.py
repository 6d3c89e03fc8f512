"""Libraries: one file with many replies (YAML, JSON, CSV, gettext), each of them a draft with a key of its own.

Where the replies are, the configuration says; without one, the exports of common helpdesks are recognised by their
shape, and otherwise the keys under which such files keep a reply's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from replylint.draft import MARK, Comment, Draft
from replylint.expressions import expression
from replylint.readers import comments, csv, html, json, po, yaml
from replylint.readers.located import Located, map_of
from replylint.readers.mapping import chained
from replylint.source import Source, SourceMap, UnreadableError


@dataclass(frozen=True)
class Library:
    """Where a file keeps its replies. `body` is a JSONPath or, in CSV, a column's name; so are `title`, `language`,
    `inquiry` and each of `facts`, relative to the reply's own object. `html`: the bodies are HTML (None: look).
    `template`: they are templates (None: they are where no inquiry stands beside them)."""

    body: str | None = None
    title: str | None = None
    language: str | None = None
    inquiry: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    html: bool | None = None
    template: bool | None = None


@dataclass(frozen=True)
class Reply:
    """A reply as it stands in a library."""

    key: str
    body: Located
    title: str | None = None
    language: str | None = None
    inquiry: str | None = None
    html: bool | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


class NoRepliesError(UnreadableError):
    """A structured file in which no reply was recognised: perhaps not a library at all."""


_BODY_KEYS = (
    "comment_value_html", "comment_value", "content_html", "body_html", "html", "content", "body", "text", "texts",
    "template",
    "message", "reply", "answer", "antwort", "nachricht", "vorlage", "inhalt", "mailtext", "description_html", "value",
)  # fmt: skip
_TITLE_KEYS = ("title", "name", "titel", "label", "subject", "betreff")
_LANGUAGE_KEYS = ("language", "lang", "locale", "sprache", "language_code")
_INQUIRY_COLUMNS = ("inquiry", "question", "anfrage", "frage", "ticket", "body", "nachricht")
_ANSWER_COLUMNS = ("answer", "antwort", "reply", "response", "antworttext")
_FACT_KEYS = ("kind", "address", "channel", "anrede", "customer")
_MARKUP = expression(r"<(?:p|br|div|span|a|b|strong|ul|table|td|h[1-6])\b[^<>]*>", re.IGNORECASE)
_GERMAN = expression(
    r"\b(?:und|der|die|das|ist|nicht|sie|wir|ihre?[nmrs]?|für|fuer|mit|auf|ein|eine[nmrs]?|du|dein\w*|zu|bitte|danke|guten)\b",
    re.IGNORECASE,
)
_FOREIGN = expression(
    r"\b(?:the|you|your|and|is|of|to|we|for|please|thank|le|la|les|vous|nous|est|et|el|los|una?|gracias|il|che|per|grazie)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 3
_LONGEST = 1_000_000  # characters of a reply; a longer one is no reply


def read(source: Source, library: Library | None = None) -> list[Draft]:
    """The German replies of a library, in file order. Raises UnreadableError where the file is broken, NoRepliesError
    where it holds none."""
    return german(source, library)[0]


def german(source: Source, library: Library | None = None) -> tuple[list[Draft], str, int]:
    """The German replies of a library, its format, and how many replies in other languages it has. Raises as `read`."""
    library = library or Library()
    drafts = []
    skipped = 0
    found: list[Comment] = []
    for reply in _replies(source, library):
        if _is_german(reply):
            drafts.append(_draft(source, reply, library))
            found += drafts[-1].comments
        else:
            skipped += 1
    if not drafts and not skipped:
        if library.body is not None:
            raise NoRepliesError(f"holds no reply at “{library.body}”, where the configuration says that they are")
        raise NoRepliesError(
            "holds no replies that replylint recognises; say in the configuration under [[libraries]] where they are"
        )
    kind = format_of(source.path)
    if kind in _COMMENTS and MARK in source.text:
        found += _COMMENTS[kind](source)
    if found:
        found.sort(key=lambda comment: comment.span)
        drafts = [replace(draft, comments=tuple(found)) for draft in drafts]
    return drafts, kind, skipped


def replies(source: Source, library: Library | None = None) -> list[Reply]:
    """The German replies of a library as they stand there, in the order of its drafts. Raises as `read`."""
    return [reply for reply in _replies(source, library or Library()) if _is_german(reply)]


def _replies(source: Source, library: Library) -> Iterator[Reply]:
    for reply in _READERS[format_of(source.path)](source, library):
        if len(reply.body) > _LONGEST:
            line = source.position(reply.body.start).line
            raise UnreadableError(f"holds a reply of more than {_LONGEST} characters in line {line}")
        yield reply


def format_of(path: str) -> str:
    """The format of a library, as its name says: yaml, json, csv or po."""
    suffix = path.lower().rpartition(".")[2]
    return {"yml": "yaml", "tsv": "csv", "pot": "po"}.get(suffix, suffix)


def german_words(text: str) -> int:
    """How many of the commonest German words a text has."""
    return len(_GERMAN.findall(text))


_ANSWER = expression(r"antwort|answer|reply|response", re.IGNORECASE)


def likely_body(source: Source) -> str | None:
    """Where a file most likely keeps its replies, as a configuration would say it: the column or JSONPath with the most
    German words, one named for answers before all others. None where it has hardly any, or is broken."""
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    try:
        for path, name, text in _texts(source):
            counts[path] = counts.get(path, 0) + german_words(text)
            names[path] = name
    except UnreadableError:
        return None
    if not counts:
        return None
    best = max(counts, key=lambda path: (counts[path] > 2 and bool(_ANSWER.search(names[path])), counts[path]))
    return best if counts[best] > 2 else None


def _texts(source: Source) -> Iterator[tuple[str, str, str]]:
    """The texts of a file, each with its column or JSONPath (`[*]` for all of a list), and the name at its end."""
    kind = format_of(source.path)
    if kind == "csv":
        header, *rows = csv.parse(source) or [[]]
        for row in rows:
            yield from ((str(name), str(name), str(cell)) for name, cell in zip(header, row, strict=False))
        return
    documents = [json.parse(source)] if kind == "json" else yaml.parse(source) if kind == "yaml" else []
    waiting: list[tuple[str, str, Any]] = [("$", "", document) for document in reversed(documents)]
    while waiting:
        path, name, value = waiting.pop()
        if isinstance(value, str):
            yield path, name, value
        elif isinstance(value, list):
            waiting += [(f"{path}[*]", name, item) for item in reversed(value)]
        elif isinstance(value, dict):
            waiting += [(path + _step(key), str(key), item) for key, item in reversed(value.items())]


def _is_german(reply: Reply) -> bool:
    if reply.language:
        return reply.language.lower()[:2] in ("de", "ge")  # de, de-AT, de_CH, German, deutsch
    foreign = len(_FOREIGN.findall(reply.body[:2000]))
    return foreign < 3 or foreign <= 2 * len(_GERMAN.findall(reply.body[:2000]))


def _draft(source: Source, reply: Reply, library: Library) -> Draft:
    text, source_map, found = uncommented(source, reply, library)
    inquiry = reply.inquiry
    if conversion(reply, library) is html.convert:
        words, inner = html.convert(text)
        text, source_map = words, chained(words, inner, source_map)
    template = library.template if library.template is not None else inquiry is None
    return Draft(source, text, source_map, reply.key, template, inquiry, reply.title, dict(reply.facts), found)


def uncommented(
    source: Source, reply: Reply, library: Library | None = None
) -> tuple[str, SourceMap, tuple[Comment, ...]]:
    """A reply's text, or its HTML, without comments to replylint; where that stands in the file; and these comments."""
    text, pieces = str(reply.body), reply.body.map(source.text)
    convert = conversion(reply, library)
    is_html = convert is html.convert
    if convert is not None and not is_html:
        text, inner = convert(text)
        pieces = chained(text, inner, pieces)
    if MARK not in text:
        return text, pieces, ()
    in_text = html.comments_in(text) if is_html else comments.template(text)
    without = comments.taken(text, pieces, in_text, source.text)
    return without.text, without.map, without.comments


def conversion(reply: Reply, library: Library | None = None) -> Callable[[str], tuple[str, SourceMap]] | None:
    """What makes a reply's text of its string, with the map between them; None where the string is the text."""
    is_html = reply.html if reply.html is not None else library.html if library is not None else None
    if is_html is None:
        is_html = _MARKUP.search(reply.body) is not None
    if is_html:
        return html.convert
    return line_ends if "\n" not in reply.body and "\\n" in reply.body else None


def line_ends(text: str) -> tuple[str, SourceMap]:
    """Some exports write a line end as the two characters „\\n“."""
    stretches = []
    at = 0
    for match in re.finditer(r"\\r\\n|\\n", text):
        stretches.append((text[at : match.start()], at, match.start(), True))
        stretches.append(("\n", match.start(), match.end(), False))
        at = match.end()
    stretches.append((text[at:], at, len(text), True))
    return "".join(words for words, *_ in stretches), map_of(stretches)


def _from_json(source: Source, library: Library) -> Iterator[Reply]:
    return _from_tree(json.parse(source), library, "$")


def _from_yaml(source: Source, library: Library) -> Iterator[Reply]:
    documents = yaml.parse(source)
    for number, document in enumerate(documents):
        yield from _from_tree(document, library, "$" if len(documents) == 1 else f"${number}")


def _from_tree(tree: Any, library: Library, root: str) -> Iterator[Reply]:
    if library.body is not None:
        yield from _by_path(tree, library, root)
        return
    for recognise in SHAPES.values():
        replies = list(recognise(tree))
        if replies:
            yield from replies
            return
    yield from _by_keys(tree, root)


def _by_path(tree: Any, library: Library, root: str) -> Iterator[Reply]:
    import jsonpath

    @cache
    def compiled(path: str) -> Any:
        try:
            return jsonpath.compile(path)
        except jsonpath.JSONPathError as error:
            reason = str(error).partition("\n")[0]
            raise UnreadableError(
                f"is described in the configuration by “{path}”, which is no JSONPath ({reason})"
            ) from error

    def first(path: str, value: Any) -> str | None:
        found = compiled(path).match(value)
        return None if found is None or found.obj is None else str(found.obj)

    assert library.body is not None
    try:
        matches = list(compiled(library.body).finditer(tree))
    except RecursionError as error:
        raise UnreadableError("is nested too deeply") from error
    for match in matches:
        if not isinstance(match.obj, Located) or not match.obj.strip():
            continue
        parent: Any = match.parent.obj if match.parent is not None else tree
        yield Reply(
            root + _path(match.parts),
            match.obj,
            first(library.title, parent) if library.title else None,
            first(library.language, parent) if library.language else None,
            first(library.inquiry, parent) if library.inquiry else None,
            facts={name: value for name, path in library.facts.items() if (value := first(path, parent)) is not None},
        )


def _path(parts: Iterable[Any]) -> str:
    return "".join(_step(part) for part in parts)


def _step(part: Any) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if re.fullmatch(r"[^\W\d]\w*(?:-\w+)*", str(part)) else f"['{part}']"


def _pick(mapping: Mapping[str, Any], keys: Iterable[str]) -> str | None:
    lower = {key.lower(): value for key, value in mapping.items()}
    return next((str(lower[key]) for key in keys if isinstance(lower.get(key), str) and lower[key]), None)


def _facts(mapping: Mapping[str, Any]) -> dict[str, str]:
    return {
        key.lower(): str(value)
        for key, value in mapping.items()
        if key.lower() in _FACT_KEYS and isinstance(value, str)
    }


def _reply(mapping: Mapping[str, Any], body: Any, key: str, *, markup: bool | None = None) -> Iterator[Reply]:
    if isinstance(body, Located) and body.strip():
        yield Reply(
            key, body, _pick(mapping, _TITLE_KEYS), _pick(mapping, _LANGUAGE_KEYS), None, markup, _facts(mapping)
        )


def _objects(tree: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a list `name`, or of the tree itself where it is such a list."""
    if isinstance(tree, dict) and isinstance(tree.get(name), list):
        items, path = tree[name], f"$.{name}"
    elif isinstance(tree, list):
        items, path = tree, "$"
    else:
        return
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield f"{path}[{number}]", item


def zendesk(tree: Any) -> Iterator[Reply]:
    """Zendesk macros: the comment among a macro's actions."""
    for path, macro in _objects(tree, "macros"):
        for number, action in enumerate(macro.get("actions") or () if isinstance(macro.get("actions"), list) else ()):
            if isinstance(action, dict) and action.get("field") in ("comment_value", "comment_value_html"):
                value = action.get("value")
                key = f"{path}.actions[{number}].value"
                if isinstance(value, list) and value:
                    value, key = value[-1], f"{key}[{len(value) - 1}]"
                yield from _reply(macro, value, key, markup=action["field"].endswith("html"))


def freshdesk(tree: Any) -> Iterator[Reply]:
    """Freshdesk canned responses: HTML beside the same as text; the HTML is what is sent."""
    for path, response in _objects(tree, "canned_responses"):
        if "content_html" in response:
            yield from _reply(response, response["content_html"], f"{path}.content_html", markup=True)


def zammad(tree: Any) -> Iterator[Reply]:
    """Zammad text modules: HTML found by keywords."""
    for name in ("text_modules", "TextModule"):
        for path, module in _objects(tree, name):
            if "keywords" in module and "content" in module:
                yield from _reply(module, module["content"], f"{path}.content")
        if not isinstance(tree, dict) or name in tree:
            return


def otrs(tree: Any) -> Iterator[Reply]:
    """OTRS and Znuny templates."""
    for path, template in _objects(tree, "Templates"):
        if "Template" in template and ("TemplateType" in template or "ContentType" in template):
            markup = "html" in str(template.get("ContentType", ""))
            yield from _reply(template, template["Template"], f"{path}.Template", markup=markup)


def intercom(tree: Any) -> Iterator[Reply]:
    """Intercom saved replies (macros)."""
    for path, macro in _objects(tree, "data"):
        body = macro.get("body_text", macro.get("body"))
        if macro.get("type") in ("macro", "saved_reply") and body is not None:
            yield from _reply(macro, body, f"{path}.{'body_text' if 'body_text' in macro else 'body'}")


def helpscout(tree: Any) -> Iterator[Reply]:
    """Help Scout saved replies."""
    embedded = tree.get("_embedded") if isinstance(tree, dict) else None
    for path, reply in _objects(embedded, "saved-replies"):
        yield from _reply(
            reply, reply.get("text"), f"$._embedded['saved-replies']{path[path.index('[') :]}.text", markup=True
        )


SHAPES: Mapping[str, Callable[[Any], Iterator[Reply]]] = {
    "zendesk": zendesk,
    "freshdesk": freshdesk,
    "zammad": zammad,
    "otrs": otrs,
    "intercom": intercom,
    "helpscout": helpscout,
}


def _by_keys(tree: Any, root: str) -> Iterator[Reply]:
    """All texts under a key that such files use for a reply; of several in one object the first."""
    stack: list[tuple[str, Any, Mapping[str, Any]]] = [(root, tree, {})]
    while stack:
        path, value, _ = stack.pop()
        if isinstance(value, list):
            stack.extend((f"{path}[{number}]", item, {}) for number, item in reversed(list(enumerate(value))))
            continue
        if not isinstance(value, dict):
            continue
        lower = {key.lower(): key for key in value}
        chosen = next((lower[key] for key in _BODY_KEYS if key in lower and _prose(value[lower[key]])), None)
        if chosen is not None:
            body = value[chosen]
            for number, item in enumerate(body if isinstance(body, list) else [body]):
                step = _step(chosen) + (f"[{number}]" if isinstance(body, list) else "")
                if _prose(item):
                    yield from _reply(value, item, path + step, markup=True if "html" in chosen else None)
        for key in reversed(value):
            if key != chosen and isinstance(value[key], (dict, list)):
                stack.append((path + _step(key), value[key], value))


def _prose(value: Any) -> bool:
    if isinstance(value, list):
        return any(_prose(item) for item in value)
    return isinstance(value, Located) and len(value.split(None, _LEAST_WORDS)) >= _LEAST_WORDS


def _from_csv(source: Source, library: Library) -> Iterator[Reply]:
    rows = csv.parse(source)
    if not rows:
        return
    header = {cell.strip().lower(): number for number, cell in reversed(list(enumerate(rows[0])))}

    def column(name: str | None, known: Iterable[str] = ()) -> int | None:
        if name is not None:
            if name.lower() not in header:
                raise UnreadableError(f"has no column “{name}”; its columns are {', '.join(rows[0])}")
            return header[name.lower()]
        return next((header[key] for key in known if key in header), None)

    answer = next((key for key in _ANSWER_COLUMNS if key in header), None)
    body = column(library.body, (answer,) if answer else _BODY_KEYS)
    if body is None:
        return
    title = column(library.title, _TITLE_KEYS)
    language = column(library.language, _LANGUAGE_KEYS)
    inquiry = column(library.inquiry, _INQUIRY_COLUMNS if answer else ())
    facts = {name: column(path) for name, path in library.facts.items()} or {
        name: header[name] for name in _FACT_KEYS if name in header
    }

    def cell(row: list[Located], number: int | None) -> str | None:
        return str(row[number]) if number is not None and number < len(row) and row[number] else None

    for row in rows[1:]:
        if body < len(row) and row[body].strip():
            line = source.position(row[body].start).line
            yield Reply(
                f"Zeile {line}, Spalte „{rows[0][body]}“",
                row[body],
                cell(row, title),
                cell(row, language),
                cell(row, inquiry) if inquiry != body else None,
                facts={name: value for name, number in facts.items() if (value := cell(row, number)) is not None},
            )


def _from_po(source: Source, library: Library) -> Iterator[Reply]:
    del library
    header, messages = po.parse(source)
    language = header.get("language") or None
    for message in messages:
        if message.msgstr.strip() and not message.fuzzy:
            key = " ".join(message.msgid.split())
            number = f"[{message.number}]" if message.number else ""
            yield Reply((key if len(key) <= 60 else f"{key[:57]}…") + number, message.msgstr, language=language)


_READERS: Mapping[str, Callable[[Source, Library], Iterator[Reply]]] = {
    "json": _from_json,
    "yaml": _from_yaml,
    "csv": _from_csv,
    "po": _from_po,
}
_COMMENTS: Mapping[str, Callable[[Source], tuple[Comment, ...]]] = {"yaml": yaml.comments_in, "po": po.comments_in}
