"""Libraries: which replies a file holds, under which key, with which facts, and where their words stand in it."""

from __future__ import annotations

from typing import Any

import pytest

from replylint.draft import Draft
from replylint.readers import library, read
from replylint.readers.library import Library, NoRepliesError
from replylint.source import Source, Span, UnreadableError


def drafts(name: str, text: str, **options: Any) -> list[Draft]:
    return library.read(Source(name, text), Library(**options))


def at(draft: Draft, words: str) -> str:
    """The file's slice for words of the draft."""
    start = draft.text.index(words)
    span = draft.map.to_source(Span(start, start + len(words)))
    return draft.source.text[span.start : span.end]


ZENDESK = r"""{"macros": [
  {"title": "Versand", "active": true, "actions": [
    {"field": "status", "value": "solved"},
    {"field": "comment_value_html", "value": "<p>Guten Tag {{ticket.requester.name}},<\/p><p>das geht leider nicht &amp; nie.<\/p>"}]},
  {"title": "Größe", "actions": [
    {"field": "comment_value", "value": ["channel:all", "Gr\u00fc\u00dfe \ud83d\ude42\nda machen wir nichts"]}]}]}"""


def test_zendesk_macros() -> None:
    first, second = read(Source("macros.json", ZENDESK))
    assert (first.key, first.subject, first.template) == ("$.macros[0].actions[1].value", "Versand", True)
    assert first.text.split("\n\n") == ["Guten Tag {{ticket.requester.name}},", "das geht leider nicht & nie."]
    assert at(first, "das geht leider nicht") == "das geht leider nicht"
    assert at(first, "nicht & nie") == "nicht &amp; nie"
    assert (second.key, second.text) == ("$.macros[1].actions[0].value[1]", "Grüße 🙂\nda machen wir nichts")
    assert at(second, "Grüße") == r"Gr\u00fc\u00dfe"
    assert at(second, "da machen wir nichts") == "da machen wir nichts"


@pytest.mark.parametrize(
    ("text", "key", "body"),
    [
        ('[{"id": 1, "title": "A", "content": "kurz und gut", "content_html": "<div>Hallo <b>du</b> da</div>"}]',
         "$[0].content_html", "Hallo du da"),
        ('{"text_modules": [{"name": "A", "keywords": "a", "content": "<p>Hallo du da</p>"}]}',
         "$.text_modules[0].content", "Hallo du da"),
        ('[{"name": "A", "keywords": "a", "content": "Hallo du da"}]', "$[0].content", "Hallo du da"),
        ('[{"Name": "A", "Template": "Hallo <OTRS_CUSTOMER_REALNAME>", "TemplateType": "Answer", "ContentType": "text/plain"}]',
         "$[0].Template", "Hallo <OTRS_CUSTOMER_REALNAME>"),
        ('{"type": "list", "data": [{"type": "macro", "name": "A", "body": "<p>Hallo du</p>", "body_text": "Hallo du da"}]}',
         "$.data[0].body_text", "Hallo du da"),
        ('{"_embedded": {"saved-replies": [{"id": 3, "name": "A", "text": "Hallo du da<br>dort"}]}}',
         "$._embedded['saved-replies'][0].text", "Hallo du da\ndort"),
    ],
    ids=["freshdesk", "zammad", "zammad-list", "otrs", "intercom", "helpscout"],
)  # fmt: skip
def test_helpdesk_exports_need_no_configuration(text: str, key: str, body: str) -> None:
    [draft] = drafts("export.json", text)
    assert (draft.key, draft.text.strip()) == (key, body)


def test_other_files_are_read_by_the_names_of_their_keys() -> None:
    text = (
        "absage:\n  titel: Absage\n  kind: complaint\n  text: |\n    Das machen wir\n    leider nicht.\nrest: [1, 2]\n"
    )
    [draft] = drafts("antworten.yaml", text)
    assert (draft.key, draft.text, draft.subject) == ("$.absage.text", "Das machen wir\nleider nicht.\n", "Absage")
    assert draft.facts == {"kind": "complaint"}
    assert at(draft, "machen wir\nleider") == "machen wir\n    leider"
    assert not draft.map.editable(Span(4, 20)), "the indentation between the lines would be lost"
    assert draft.map.editable(Span(4, 14))


def test_a_path_says_where_the_replies_are() -> None:
    text = '{"de": [{"t": "Eins", "x": "Hallo.", "k": "praise"}, {"t": "Zwei", "x": "", "k": null}], "sonst": "Das ist nichts."}'
    [draft] = drafts("x.json", text, body="$.de[*].x", title="$.t", facts={"kind": "$.k"})
    assert (draft.key, draft.text, draft.subject, draft.facts) == ("$.de[0].x", "Hallo.", "Eins", {"kind": "praise"})


def test_csv_columns_and_their_rows() -> None:
    text = 'Nr;Sprache;Anfrage;Antwort\n1;de;"Wo ist ""es""?";"Guten Tag,\ndas ""Paket"" kommt."\n2;en;Where?;It comes soon.\n'
    source = Source("antworten.csv", text)
    [draft] = library.read(source)
    assert draft.key == "Zeile 2, Spalte „Antwort“"
    assert draft.text == 'Guten Tag,\ndas "Paket" kommt.'
    assert draft.inquiry == 'Wo ist "es"?'
    assert not draft.template, "an answer to a known inquiry is no template"
    assert at(draft, 'das "Paket" kommt') == 'das ""Paket"" kommt'
    assert library.german(source)[1:] == ("csv", 1)


def test_line_ends_written_as_two_characters() -> None:
    [draft] = drafts("x.csv", "antwort\nGuten Tag\\n\\ndas geht nicht.\n")
    assert draft.text == "Guten Tag\n\ndas geht nicht."
    assert at(draft, "Tag\n\ndas") == "Tag\\n\\ndas"


def test_an_unknown_column_is_told_with_those_there_are() -> None:
    with pytest.raises(UnreadableError, match="no column “Text”; its columns are a, b"):
        drafts("x.csv", "a;b\n1;2\n", body="Text")


def test_german_translations_of_a_catalogue() -> None:
    text = 'msgid ""\nmsgstr "Language: de_CH\\n"\n\nmsgid "hello"\nmsgstr "Grüezi\\n"\n"mitenand"\n'
    [draft] = drafts("de.po", text)
    assert (draft.key, draft.text) == ("hello", "Grüezi\nmitenand")
    assert drafts("fr.po", text.replace("de_CH", "fr")) == []


def test_other_languages_are_skipped() -> None:
    text = (
        '[{"text": "Thank you for your message, we will get back to you."}, {"text": "Vielen Dank für die Nachricht."}]'
    )
    [draft] = drafts("x.json", text)
    assert draft.key == "$[1].text"


def test_a_file_without_replies_is_told() -> None:
    with pytest.raises(NoRepliesError, match="holds no replies"):
        drafts("package.json", '{"name": "x", "version": "1.0"}')
