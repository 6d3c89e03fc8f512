"""Placeholders of template systems, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from replylint.german.placeholders import find

FOUND: list[tuple[str, str, str]] = [
    # placeholder, kind, system
    ("{{ kunde.name }}", "name", "jinja"),
    ("{{vorname}}", "name", "jinja"),
    ("{{ kunde.anrede }}", "salutation", "jinja"),
    ("{{ auftrag.lieferdatum }}", "date", "jinja"),
    ("{{ order.orderDateTime|format_datetime('medium', 'short', locale='de-DE') }}", "date", "jinja"),
    ("{{ $accessUntil->format('d.m.Y H:i') }}", "date", "jinja"),
    ("{{ rawUrl('frontend.account', { 'deepLinkCode': code }) }}", "link", "jinja"),
    ("{{ order.amountNet|currency(currencyIsoCode) }}", "amount", "jinja"),
    ("{{order.id}}", "number", "jinja"),
    ("{{resetLink}}", "link", "jinja"),
    ("{{ requestedTime }}", "time", "jinja"),
    ("{{topic}}", "text", "jinja"),
    ("{{ loop.index }}", "unknown", "jinja"),
    ("{{{footer}}}", "include", "jinja"),
    ("{{> signature}}", "include", "jinja"),
    ("{{#if supportEmail}}", "tag", "jinja"),
    ("{{/if}}", "tag", "jinja"),
    ("{{else}}", "tag", "jinja"),
    ('{{template config_path="design/email/footer"}}', "include", "jinja"),
    ('{{block type="cms/block" block_id="email_template_contact"}}', "include", "jinja"),
    ("{{htmlescape var=$customer.name}}", "name", "jinja"),
    ("{% if order.salutation %}", "tag", "jinja"),
    ("{% endif %}", "tag", "jinja"),
    ("{% include 'footer.txt' %}", "include", "jinja"),
    ("{# Kommentar #}", "tag", "jinja"),
    ("{firstname}", "name", "brace"),
    ("{Anrede}", "salutation", "brace"),
    ("{recipient-first-name}", "name", "brace"),
    ("{section-name}", "name", "brace"),
    ("{id_order}", "number", "brace"),
    ("{mail_footer_txt}", "include", "brace"),
    ("{EMAIL_SIG}", "include", "brace"),
    ("{WELCOME_MSG}", "salutation", "brace"),
    ("{$NAME}", "name", "smarty"),
    ('{$sOrder.ordertime|date_format:"%d.%m.%Y"}', "time", "smarty"),
    ("{if $GENDER == 'm'}", "tag", "smarty"),
    ("{/if}", "tag", "smarty"),
    ("{else}", "tag", "smarty"),
    ('{include file="string:{config name=emailfooterplain}"}', "include", "smarty"),
    ("{config name=shopName}", "name", "smarty"),
    ("[% report.name %]", "name", "template-toolkit"),
    ("[% UNLESS email_confirmed %]", "tag", "template-toolkit"),
    ("[%# link to FMZ %]", "tag", "template-toolkit"),
    ("<%= @issue.created_at %>", "date", "erb"),
    ("<%= Current.user %>", "name", "erb"),
    ("<% end -%>", "tag", "erb"),
    ("<?= $name ?>", "name", "php"),
    ("@endif", "tag", "blade"),
    ("@if($supportUrl)", "tag", "blade"),
    ("#{ticket.customer.firstname}", "name", "zammad"),
    ("#{ticket.number}", "number", "zammad"),
    ("<OTRS_CUSTOMER_REALNAME>", "name", "otrs"),
    ("<OTRS_CUSTOMER_SUBJECT[20]>", "text", "otrs"),
    ("&lt;OTRS_CURRENT_UserFirstname&gt;", "name", "otrs"),
    ("%{ticket.name}", "name", "osticket"),
    ("%NAME%", "name", "percent"),
    ("%Name%", "name", "percent"),
    ("%datum%", "date", "percent"),
    ("%%FIRSTNAME%%", "name", "percent"),
    ("%s", "unknown", "printf"),
    ("%1$s", "unknown", "printf"),
    ("%(action_url)s", "link", "printf"),
    ("${Geldbetrag}", "amount", "dollar"),
    ("$NAME", "name", "dollar"),
    ("$order->date", "date", "dollar"),
    ("[[Kundenname]]", "name", "double-brackets"),
    ("[Name]", "name", "brackets"),
    ("[Vorname Nachname]", "name", "brackets"),
    ("[Ihr Name]", "name", "brackets"),
    ("[TT.MM.JJJJ]", "date", "brackets"),
    ("[Nummer einsetzen]", "number", "brackets"),
    ("[Betrag]", "amount", "brackets"),
    ("[SIGNATUR]", "include", "brackets"),
    ("[XX.XX.XXXX]", "number", "brackets"),
    ("[bitte ergänzen]", "unknown", "brackets"),
    ("[Your Name]", "name", "brackets"),
    ("<Datum>", "date", "angle"),
    ("<Name>", "name", "angle"),
    ("__NAME__", "name", "underscores"),
    ("@@name@@", "name", "at"),
    ("###NAME###", "name", "hashes"),
    ("*|FNAME|*", "name", "mailchimp"),
    (":name", "name", "colon"),
]

NOT_FOUND = [
    "Siehe [1] und [12].",
    "Mehr [in der Anleitung](https://example.org/a).",
    "Mehr unter [Name](https://example.org/name).",
    "![Name](bild.png)",
    "Er schrieb: „Das […] geht nicht [sic].“",
    "[EXTERN] Ihre Mail",
    "[Ticket#12] Ihre Frage",
    "[x] erledigt, [ ] offen",
    "[Name geändert]",
    "[Die] Sache geht weiter.",
    "Klicken Sie auf [Weiter].",
    "[cid:image001.png]",
    "100 % oder 50 % davon",
    "Das sind 10%ige und 20%ige Lösungen.",
    "https://example.org/Pf%C3%BCr%20die%C3%9Fe",
    "<https://example.org> oder <anna@example.org>",
    "Drücken Sie <Strg> und <Enter>.",
    "<b>fett</b><br><p>Absatz</p><title>",
    "Schreiben Sie `{{ name }}` in die Vorlage.",
    "Das kostet 5 $ oder $5.",
    "{unclosed und {{ auch, [Name und <Datum",
    "<% kein Ende",
    "__wichtig__ und __WICHTIG__",
    "um 12:30 Uhr :) und http://x",
    "a@b.example und @anna",
    'if (a[i] < b) { return "x"; }',
    "{ }",
    "",
]


@pytest.mark.parametrize(("words", "kind", "system"), FOUND, ids=[words for words, _, _ in FOUND])
def test_found_and_typed(words: str, kind: str, system: str) -> None:
    text = f"Vorher {words} nachher, {words}."
    found = find(text)
    assert [text[each.span.start : each.span.end] for each in found] == [words, words]
    assert {(each.kind, each.system) for each in found} == {(kind, system)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find(text) == []


def test_order_and_neighbours() -> None:
    text = "{{a}}{{ b }}[Name]%NAME%{$x}<Datum>"
    found = find(text)
    assert "".join(text[each.span.start : each.span.end] for each in found) == text
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


def test_an_unclosed_tag_does_not_swallow_the_next() -> None:
    text = "<% if a\nText\n<%= name %>"
    assert [text[each.span.start : each.span.end] for each in find(text)] == ["<%= name %>"]


def test_a_tag_over_two_lines() -> None:
    text = "{{ kunde\n   .name }}"
    assert [each.kind for each in find(text)] == ["name"]


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "{{ ",
        "[[ ",
        "[%",
        "%A",
        "<%",
        "{if ",
        "{if {",
        "__A",
        "$a.",
        "{%",
        "{{a{",
        "@if(",
        "`",
        "`a ",
        "[Name ",
        "<Name ",
    ],
)
def test_many_unclosed_ones_come_to_an_end(piece: str) -> None:
    """Anything worse than linear would take minutes here."""
    text = piece * (200_000 // len(piece))
    assert all(found.span.end <= len(text) for found in find(text))


def test_text_without_any_is_cheap() -> None:
    text = "Das ist ein ganz normaler Satz, der nichts dergleichen enthält. " * 20_000
    assert find(text) == []
