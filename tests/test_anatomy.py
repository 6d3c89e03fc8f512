"""What stands where in a reply: salutations, sign-offs, signatures, history."""

from __future__ import annotations

import random

import pytest

from replylint.draft import Anatomy
from replylint.german.anatomy import dissect
from replylint.german.placeholders import find
from replylint.source import Span

# Each case: name, text, and the parts expected, word for word. A part that isn't named must be missing; `body` and
# `closing` are only checked where named.
CASES: list[tuple[str, str, dict[str, str]]] = [
    # --- the plain letter
    (
        "letter",
        "Sehr geehrte Frau Berger,\n\nvielen Dank für Ihre Nachricht.\n\nRufen Sie gern an.\n\n"
        "Mit freundlichen Grüßen\nJana Petersen\nKundenservice\n",
        {
            "salutation": "Sehr geehrte Frau Berger,",
            "body": "vielen Dank für Ihre Nachricht.\n\nRufen Sie gern an.",
            "closing": "Rufen Sie gern an.",
            "formula": "Mit freundlichen Grüßen",
            "name": "Jana Petersen\nKundenservice",
        },
    ),
    (
        "crlf",
        "Guten Tag, Herr Lang,\r\n\r\ndas Paket ist da.\r\n\r\nViele Grüße\r\nTim\r\n",
        {"salutation": "Guten Tag, Herr Lang,", "body": "das Paket ist da.", "formula": "Viele Grüße", "name": "Tim"},
    ),
    (
        "no blank lines",
        "Hallo Anna,\ndein Rad ist fertig.\nDu kannst es abholen.\nViele Grüße\nPiet",
        {
            "salutation": "Hallo Anna,",
            "body": "dein Rad ist fertig.\nDu kannst es abholen.",
            "formula": "Viele Grüße",
            "name": "Piet",
        },
    ),
    (
        "hard wraps",
        "Liebe Frau Kern,\n\nvielen Dank für Ihre Nachricht, die wir heute Morgen erhalten\nhaben. Der Betrag ist"
        " überwiesen.\n\nHerzliche Grüße aus Kiel\nJana Petersen",
        {
            "salutation": "Liebe Frau Kern,",
            "formula": "Herzliche Grüße aus Kiel",
            "name": "Jana Petersen",
        },
    ),
    (
        "swiss, no comma",
        "Grüezi Frau Zurbriggen\n\nBesten Dank für Ihre Mail.\n\nFreundliche Grüsse\nReto Imboden",
        {"salutation": "Grüezi Frau Zurbriggen", "formula": "Freundliche Grüsse", "name": "Reto Imboden"},
    ),
    (
        "transliterated",
        "Guten Tag Frau Moeller,\n\ndanke fuer Ihre Mail.\n\nMit freundlichen Gruessen\nIhr Buchungsservice",
        {
            "salutation": "Guten Tag Frau Moeller,",
            "formula": "Mit freundlichen Gruessen",
            "name": "Ihr Buchungsservice",
        },
    ),
    (
        "decomposed umlauts",
        "Gru\u0308ezi Frau Lang\n\nBesten Dank.\n\nHerzliche Gru\u0308ße\nJana",
        {"salutation": "Gru\u0308ezi Frau Lang", "formula": "Herzliche Gru\u0308ße", "name": "Jana"},
    ),
    (
        "formula and name with one blank line between",
        "Hallo Tom,\n\ngeht klar.\n\nViele Grüße\n\nJana Petersen\n",
        {"salutation": "Hallo Tom,", "formula": "Viele Grüße", "name": "Jana Petersen"},
    ),
    (
        "bold type",
        "**Hallo Tom,**\n\ngeht klar.\n\n*Viele Grüße*\n*Jana*",
        {"salutation": "**Hallo Tom,**", "formula": "*Viele Grüße*", "name": "*Jana*"},
    ),
    # --- above the salutation
    (
        "subject line",
        "Betreff: AW: Rechnung Februar\n\nHallo Herr Lang,\n\ndie Rechnung stimmt.\n\nGruß\nAnke Sievers",
        {
            "subject": "Betreff: AW: Rechnung Februar",
            "salutation": "Hallo Herr Lang,",
            "formula": "Gruß",
            "name": "Anke Sievers",
        },
    ),
    (
        "file number, date and address",
        "Frau\nAnna Berger\nLindenweg 5\n24103 Kiel\n\nKiel, 3. Mai 2025\n\nUnser Zeichen: B-4711\nIhre Reklamation\n\n"
        "Sehr geehrte Frau Berger,\n\nwir haben geprüft.\n\nHochachtungsvoll\nStadtwerke",
        {
            "subject": "Frau\nAnna Berger\nLindenweg 5\n24103 Kiel\n\nKiel, 3. Mai 2025\n\nUnser Zeichen: B-4711\n"
            "Ihre Reklamation",
            "salutation": "Sehr geehrte Frau Berger,",
            "formula": "Hochachtungsvoll",
            "name": "Stadtwerke",
        },
    ),
    (
        "reply to greeting in the subject",
        "Subject: Re: Hallo\n\nIhr Paket ist unterwegs.\n\nViele Grüße\nTim",
        {"subject": "Subject: Re: Hallo", "body": "Ihr Paket ist unterwegs.", "formula": "Viele Grüße", "name": "Tim"},
    ),
    (
        "own mail header",
        "Von: service@example.org\nAn: tom@example.org\nBetreff: AW: Frage\n\nHallo Tom,\n\nja, geht.\n\nLG\nJana",
        {
            "subject": "Von: service@example.org\nAn: tom@example.org\nBetreff: AW: Frage",
            "salutation": "Hallo Tom,",
            "formula": "LG",
            "name": "Jana",
        },
    ),
    (
        "heading above a template's salutation",
        "Ihr Konto ist bereit\n\nGuten Tag {{ name }},\n\nmelden Sie sich an.",
        {"subject": "Ihr Konto ist bereit", "salutation": "Guten Tag {{ name }},"},
    ),
    # --- salutations
    (
        "formal, titles",
        "Sehr geehrte Frau Dr. von der Heide,\n\nes geht.",
        {"salutation": "Sehr geehrte Frau Dr. von der Heide,"},
    ),
    (
        "austrian title",
        "Sehr geehrter Herr Mag. Pichler,\n\nes geht.",
        {"salutation": "Sehr geehrter Herr Mag. Pichler,"},
    ),
    ("abbreviated", "S. g. Frau Huber,\n\nes geht.", {"salutation": "S. g. Frau Huber,"}),
    (
        "couple on two lines",
        "Sehr geehrte Frau Kern,\nsehr geehrter Herr Lang,\n\nes geht.",
        {"salutation": "Sehr geehrte Frau Kern,\nsehr geehrter Herr Lang,"},
    ),
    ("couple on one line", "Liebe Lisa, lieber Tom,\n\nes geht.", {"salutation": "Liebe Lisa, lieber Tom,"}),
    ("family", "Liebe Familie Lang,\n\nes geht.", {"salutation": "Liebe Familie Lang,"}),
    ("typo geerte", "Sehr geerte Frau Lang,\n\nes geht.", {"salutation": "Sehr geerte Frau Lang,"}),
    ("typo seht", "Seht geehrte Damen un Herren,\n\nes geht.", {"salutation": "Seht geehrte Damen un Herren,"}),
    ("typo halo", "Halo Tim,\n\nes geht.", {"salutation": "Halo Tim,"}),
    ("gender star", "Liebe*r Nutzer*in,\n\nes geht.", {"salutation": "Liebe*r Nutzer*in,"}),
    ("gender colon", "Liebe:r Kim,\n\nes geht.", {"salutation": "Liebe:r Kim,"}),
    (
        "gender brackets",
        "Sehr geehrte(r) Frau/Herr Lang,\n\nes geht.",
        {"salutation": "Sehr geehrte(r) Frau/Herr Lang,"},
    ),
    ("gender slash", "Sehr geehrte/r Kunde/in,\n\nes geht.", {"salutation": "Sehr geehrte/r Kunde/in,"}),
    ("neutral full name", "Guten Tag Kim Berger,\n\nes geht.", {"salutation": "Guten Tag Kim Berger,"}),
    ("bare greeting", "Hallo,\n\nes geht.", {"salutation": "Hallo,"}),
    ("bare greeting, exclamation", "Hi!\n\nEs geht.", {"salutation": "Hi!"}),
    ("empty merge", "Hallo ,\n\nes geht.", {"salutation": "Hallo ,"}),
    ("doubled", "Moin Moin Herr Iwersen,\n\nes geht.", {"salutation": "Moin Moin Herr Iwersen,"}),
    ("bavarian", "Grüß Gott, Herr Huber,\n\nes geht.", {"salutation": "Grüß Gott, Herr Huber,"}),
    ("dialect", "Griaß di Sepp,\n\nes geht.", {"salutation": "Griaß di Sepp,"}),
    ("group", "Hallo zusammen,\n\nes geht.", {"salutation": "Hallo zusammen,"}),
    ("round", "Moin in die Runde,\n\nes geht.", {"salutation": "Moin in die Runde,"}),
    ("swiss group", "Hoi zäme\n\nEs geht.", {"salutation": "Hoi zäme"}),
    (
        "address list",
        "An alle Mieterinnen und Mieter\n\nDas Wasser wird abgestellt.",
        {"salutation": "An alle Mieterinnen und Mieter"},
    ),
    ("miner's", "Glück auf, Herr Kowalski,\n\nes geht.", {"salutation": "Glück auf, Herr Kowalski,"}),
    ("emoji behind", "Hallo Anna 😊,\n\nes geht.", {"salutation": "Hallo Anna 😊,"}),
    ("bare title and name", "Frau Berger,\n\nes geht.", {"salutation": "Frau Berger,"}),
    ("bare first name", "Anna,\n\nes geht.", {"salutation": "Anna,"}),
    ("at name", "@Anna: es geht.", {"salutation": "@Anna", "body": "@Anna: es geht."}),
    (
        "placeholder salutation",
        "{{ anrede }} {{ nachname }},\n\nes geht.",
        {"salutation": "{{ anrede }} {{ nachname }},"},
    ),
    ("bracketed placeholder", "[Anrede] [Nachname],\n\nes geht.", {"salutation": "[Anrede] [Nachname],"}),
    ("name placeholder alone", "{{ customer.firstname }},\n\nes geht.", {"salutation": "{{ customer.firstname }},"}),
    (
        "control tags",
        "{if $GENDER == 'm'}Sehr geehrter Herr{else}Sehr geehrte Frau{/if} {$NAME},\n\nes geht.",
        {"salutation": "{if $GENDER == 'm'}Sehr geehrter Herr{else}Sehr geehrte Frau{/if} {$NAME},"},
    ),
    (
        "header and footer macros",
        '{include file="string:{config name=emailheaderplain}"}\n\nIhr Konto ist frei.\n\n{include file="footer.tpl"}',
        {
            "salutation": '{include file="string:{config name=emailheaderplain}"}',
            "body": "Ihr Konto ist frei.",
            "formula": '{include file="footer.tpl"}',
            "name": '{include file="footer.tpl"}',
        },
    ),
    (
        "header macro above a greeting",
        "{{> header}}\n\nHallo Tom,\n\nes geht.\n\nViele Grüße\n{{signature}}",
        {"salutation": "Hallo Tom,", "body": "es geht.", "formula": "Viele Grüße", "name": "{{signature}}"},
    ),
    # --- inside the first sentence
    (
        "chat",
        "Hey Lea, danke dir für die Nachricht!",
        {"salutation": "Hey Lea", "body": "Hey Lea, danke dir für die Nachricht!"},
    ),
    ("chat without comma", "moin tom klar geht das", {"salutation": "moin", "body": "moin tom klar geht das"}),
    (
        "greeting sentence of its own",
        "Hallo Tom! Danke für deine Mail.",
        {"salutation": "Hallo Tom!", "body": "Danke für deine Mail."},
    ),
    (
        "vocative inside",
        "Danke, Frau Berger, für Ihre Nachricht. Es geht.",
        {"salutation": "Frau Berger", "body": "Danke, Frau Berger, für Ihre Nachricht. Es geht."},
    ),
    (
        "vocative first",
        "Frau Lang, kannst du kurz anrufen?",
        {"salutation": "Frau Lang", "body": "Frau Lang, kannst du kurz anrufen?"},
    ),
    ("first name first", "Anna, das ging ja schnell!", {"salutation": "Anna", "body": "Anna, das ging ja schnell!"}),
    (
        "greeting, then a message about somebody",
        "Guten Tag, Ihre Bestellung ist da.",
        {"salutation": "Guten Tag", "body": "Guten Tag, Ihre Bestellung ist da."},
    ),
    # --- no salutation
    ("none: subject of a sentence", "Frau Berger hat uns informiert. Es geht.", {}),
    ("none: thanks", "Danke für deine Nachricht! Das Rad ist fertig.", {}),
    ("none: interjection", "Klar, das machen wir gern.", {}),
    ("none: adverb", "Lieber später als nie kommt das Paket.", {}),
    ("none: relative clause", "Pakete, die nach 12 Uhr kommen, gehen morgen raus.", {}),
    ("none: congratulations", "Herzlichen Glückwunsch,\n\nSie gehören jetzt dazu.", {}),
    (
        "none: only a farewell",
        "Ihr Paket ist da. Schönen Tag noch",
        {"body": "Ihr Paket ist da.", "formula": "Schönen Tag noch"},
    ),
    ("none: love at the end", "Das Paket ist da.\n\nLiebe Grüße\nTom", {"formula": "Liebe Grüße", "name": "Tom"}),
    # --- sign-offs
    (
        "abbreviation and name",
        "Hallo Anna,\n\nes geht.\n\nLG Tim",
        {"salutation": "Hallo Anna,", "formula": "LG", "name": "Tim"},
    ),
    (
        "abbreviation, lower case",
        "hi anna,\n\nes geht.\n\nlg tim",
        {"salutation": "hi anna,", "formula": "lg", "name": "tim"},
    ),
    (
        "abbreviation with points",
        "Hallo Anna,\n\nes geht.\n\nM. f. G.\nTim Kern",
        {"salutation": "Hallo Anna,", "formula": "M. f. G.", "name": "Tim Kern"},
    ),
    (
        "mfg",
        "Hallo Anna,\n\nes geht.\n\nMfG\nK. Brandt\nKundenbetreuung",
        {"salutation": "Hallo Anna,", "formula": "MfG", "name": "K. Brandt\nKundenbetreuung"},
    ),
    (
        "name after comma",
        "Danke für den Hinweis!\n\nGruß, Piet vom Radlager",
        {"formula": "Gruß", "name": "Piet vom Radlager"},
    ),
    (
        "greetings from",
        "Hallo,\n\nes geht.\n\nViele Grüße vom Faserwerk-Team",
        {"salutation": "Hallo,", "formula": "Viele Grüße", "name": "Faserwerk-Team"},
    ),
    (
        "name on the same line",
        "Hallo,\n\nes geht.\n\nViele Grüße Jana",
        {"salutation": "Hallo,", "formula": "Viele Grüße", "name": "Jana"},
    ),
    (
        "inline at the end",
        "Hey Lea, das klappt. Schau mal nach. Ciao, Nico",
        {"salutation": "Hey Lea", "body": "Hey Lea, das klappt. Schau mal nach.", "formula": "Ciao", "name": "Nico"},
    ),
    (
        "inline abbreviation",
        "Hallo Lea, das klappt! LG Tim",
        {"salutation": "Hallo Lea", "body": "Hallo Lea, das klappt!", "formula": "LG", "name": "Tim"},
    ),
    (
        "inline greetings",
        "Hallo Lea, das klappt, melde dich einfach. Liebe Grüße, dein Team Rad",
        {"salutation": "Hallo Lea", "formula": "Liebe Grüße", "name": "dein Team Rad"},
    ),
    (
        "verb formula",
        "Hallo Anna,\n\nes geht.\n\nEs grüßt Sie herzlich\nIhr Team Versand",
        {"salutation": "Hallo Anna,", "formula": "Es grüßt Sie herzlich", "name": "Ihr Team Versand"},
    ),
    (
        "wish",
        "Hallo Anna,\n\nes geht.\n\nEinen schönen Abend wünscht\nTom",
        {"salutation": "Hallo Anna,", "formula": "Einen schönen Abend wünscht", "name": "Tom"},
    ),
    (
        "wish with pronoun and name",
        "Hallo Anna,\n\nes geht.\n\nSchönes Wochenende wünscht Ihnen Ihr Team Versand",
        {"salutation": "Hallo Anna,", "formula": "Schönes Wochenende wünscht Ihnen", "name": "Ihr Team Versand"},
    ),
    (
        "farewell",
        "Hallo Anna,\n\nes geht.\n\nBis Montag\nNina",
        {"salutation": "Hallo Anna,", "formula": "Bis Montag", "name": "Nina"},
    ),
    (
        "dialect farewell",
        "Servus Sepp,\n\nes geht.\n\nPfiat di\nToni",
        {"salutation": "Servus Sepp,", "formula": "Pfiat di", "name": "Toni"},
    ),
    (
        "two formulas",
        "Hallo Anna,\n\nes geht.\n\nBis Samstag und liebe Grüße\nFiete, Hostel Kajüte 12",
        {"salutation": "Hallo Anna,", "formula": "Bis Samstag und liebe Grüße", "name": "Fiete, Hostel Kajüte 12"},
    ),
    (
        "two formulas on two lines",
        "Hallo Anna,\n\nes geht.\n\nBis bald\nViele Grüße\nFiete",
        {"salutation": "Hallo Anna,", "body": "es geht.", "formula": "Bis bald\nViele Grüße", "name": "Fiete"},
    ),
    (
        "formula with a wish below",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße\nund ein schönes Wochenende\nFiete",
        {
            "salutation": "Hallo Anna,",
            "body": "es geht.",
            "formula": "Viele Grüße\nund ein schönes Wochenende",
            "name": "Fiete",
        },
    ),
    (
        "thanks and greetings",
        "Hallo Anna,\n\nes geht.\n\nVielen Dank und mit freundlichen Grüßen\nIhr %title%-Team",
        {"salutation": "Hallo Anna,", "formula": "Vielen Dank und mit freundlichen Grüßen", "name": "Ihr %title%-Team"},
    ),
    (
        "typo in the formula",
        "Hallo Anna,\n\nes geht.\n\nMit feundlichen Grüße\nTim",
        {"salutation": "Hallo Anna,", "formula": "Mit feundlichen Grüße", "name": "Tim"},
    ),
    (
        "on behalf",
        "Hallo Anna,\n\nes geht.\n\nMit freundlichen Grüßen\n\ni. A. Kolbe\nBürgeramt Nord",
        {"salutation": "Hallo Anna,", "formula": "Mit freundlichen Grüßen", "name": "i. A. Kolbe\nBürgeramt Nord"},
    ),
    (
        "signed by hand",
        "Hallo Anna,\n\nes geht.\n\nMit freundlichen Grüßen\n%AGENT%\ni. A. ___________",
        {"salutation": "Hallo Anna,", "formula": "Mit freundlichen Grüßen", "name": "%AGENT%\ni. A. ___________"},
    ),
    (
        "english",
        "Hallo Anna,\n\nes geht.\n\nBest regards\nTim",
        {"salutation": "Hallo Anna,", "formula": "Best regards", "name": "Tim"},
    ),
    (
        "formula only",
        "Hallo Anna,\n\nes geht.\n\nMit freundlichen Grüßen\n",
        {"salutation": "Hallo Anna,", "formula": "Mit freundlichen Grüßen"},
    ),
    ("name only", "Hi Ayla,\n\nwenn noch was ist, meld dich!\n\nJonas", {"salutation": "Hi Ayla,", "name": "Jonas"}),
    (
        "name only, right below",
        "Hi Ayla,\n\nwenn noch was ist, meld dich!\nJonas",
        {"salutation": "Hi Ayla,", "body": "wenn noch was ist, meld dich!", "name": "Jonas"},
    ),
    ("name only, on behalf", "Es bleibt dabei.\n\ni. A. Scholz", {"name": "i. A. Scholz"}),
    (
        "team only",
        "Hallo Anna,\n\nes geht.\n\nIhr Team Versand",
        {"salutation": "Hallo Anna,", "name": "Ihr Team Versand"},
    ),
    (
        "team placeholder only",
        "Hi!\n\nEs geht.\n\nDas {event_name}-Team",
        {"salutation": "Hi!", "name": "Das {event_name}-Team"},
    ),
    (
        "signature macro",
        "Guten Tag {USERNAME},\n\nes geht.\n\n{EMAIL_SIG}",
        {"salutation": "Guten Tag {USERNAME},", "formula": "{EMAIL_SIG}", "name": "{EMAIL_SIG}"},
    ),
    (
        "firm that looks like an abbreviation",
        "Hallo,\n\nes geht.\n\nViele Grüße\nSG Flensburg",
        {"salutation": "Hallo,", "formula": "Viele Grüße", "name": "SG Flensburg"},
    ),
    (
        "none: greetings for a third",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße an den Kollegen bestelle ich gern.",
        {"salutation": "Hallo Anna,", "body": "es geht.\n\nViele Grüße an den Kollegen bestelle ich gern."},
    ),
    (
        "none: greet your wife",
        "Hallo Anna,\n\nes geht.\n\nGrüßen Sie Ihre Frau von uns.",
        {"salutation": "Hallo Anna,"},
    ),
    ("none: greeting card", "Hallo Anna,\n\nes geht.\n\nGrußkarten liegen bei.", {"salutation": "Hallo Anna,"}),
    ("none: thanks at the end", "Hallo Anna,\n\nes geht.\n\nHerzlichen Dank", {"salutation": "Hallo Anna,"}),
    (
        "none: a wish as a sentence",
        "Hallo Anna,\n\nes geht.\n\nWir wünschen Ihnen noch eine schöne Restwoche 😎",
        {"salutation": "Hallo Anna,"},
    ),
    (
        "none: a list at the end",
        "Hallo Anna,\n\nbitte schicken Sie uns:\n- Rechnung\n- Foto",
        {"salutation": "Hallo Anna,", "body": "bitte schicken Sie uns:\n- Rechnung\n- Foto"},
    ),
    ("none: a label at the end", "Hallo Anna,\n\nhier Ihr Zugang:\nKennwort\n", {"salutation": "Hallo Anna,"}),
    # --- signature and postscript
    (
        "delimiter",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße\nTim\n\n-- \nLundhaus GmbH\nTel. 030 555\n",
        {
            "salutation": "Hallo Anna,",
            "formula": "Viele Grüße",
            "name": "Tim",
            "signature": "Lundhaus GmbH\nTel. 030 555",
        },
    ),
    (
        "greeting below the delimiter",
        "Hallo Anna,\n\nes geht.\n\n--\nViele Grüße\nTim",
        {"salutation": "Hallo Anna,", "body": "es geht.", "formula": "Viele Grüße", "name": "Tim"},
    ),
    (
        "contact lines after the name",
        "Hallo Anna,\n\nes geht.\n\nFreundliche Grüße\nLeonie Stracke\nKundenbetreuung\n\nAventra Versicherung AG\n"
        "Lindenstraße 5, 24103 Kiel\nTel.: 0431 555-10\nwww.aventra.example\nHRB 4711, Amtsgericht Kiel",
        {
            "salutation": "Hallo Anna,",
            "formula": "Freundliche Grüße",
            "name": "Leonie Stracke\nKundenbetreuung",
            "signature": "Aventra Versicherung AG\nLindenstraße 5, 24103 Kiel\nTel.: 0431 555-10\nwww.aventra.example\n"
            "HRB 4711, Amtsgericht Kiel",
        },
    ),
    (
        "contact lines without a blank line",
        "Hallo Anna,\n\nes geht.\n\nFreundliche Grüße\nLeonie Stracke\nTel. 0431 555-10",
        {
            "salutation": "Hallo Anna,",
            "formula": "Freundliche Grüße",
            "name": "Leonie Stracke",
            "signature": "Tel. 0431 555-10",
        },
    ),
    (
        "confidentiality notice",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße\nTim\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der"
        " richtige Empfänger sind, löschen Sie sie bitte.",
        {
            "salutation": "Hallo Anna,",
            "formula": "Viele Grüße",
            "name": "Tim",
            "signature": "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der"
            " richtige Empfänger sind, löschen Sie sie bitte.",
        },
    ),
    (
        "telephone",
        "Hallo Anna,\n\nes geht.\n\nLG Tim\n\nVon meinem iPhone gesendet",
        {"salutation": "Hallo Anna,", "formula": "LG", "name": "Tim", "signature": "Von meinem iPhone gesendet"},
    ),
    (
        "postscript",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße\nTim\n\nP.S.: Der Schlüssel liegt bei Frau Kern. Sie ist ab acht da.",
        {
            "salutation": "Hallo Anna,",
            "formula": "Viele Grüße",
            "name": "Tim",
            "postscript": "P.S.: Der Schlüssel liegt bei Frau Kern. Sie ist ab acht da.",
        },
    ),
    (
        "postscript and signature",
        "Hallo Anna,\n\nes geht.\n\nViele Grüße\nTim\n\nPS: Bis Freitag ist offen.\n\nLundhaus GmbH\nTel. 030 555",
        {
            "salutation": "Hallo Anna,",
            "formula": "Viele Grüße",
            "name": "Tim",
            "postscript": "PS: Bis Freitag ist offen.",
            "signature": "Lundhaus GmbH\nTel. 030 555",
        },
    ),
    (
        "firm as the name",
        "Hallo Anna,\n\nes geht.\n\nHochachtungsvoll\nNetzvertrieb Oberlahn GmbH",
        {"salutation": "Hallo Anna,", "formula": "Hochachtungsvoll", "name": "Netzvertrieb Oberlahn GmbH"},
    ),
    (
        "a telephone number in the body is no signature",
        "Hallo Anna,\n\nes geht.\n\nSie erreichen mich unter 0221 555 0142.\n\nViele Grüße\nTim",
        {
            "salutation": "Hallo Anna,",
            "closing": "Sie erreichen mich unter 0221 555 0142.",
            "formula": "Viele Grüße",
            "name": "Tim",
        },
    ),
    (
        "automatic footer",
        "Guten Tag,\n\nes geht.\n\n---\nDiese E-Mail wurde an anna@example.org gesendet.\n© 2025 Lundhaus",
        {
            "salutation": "Guten Tag,",
            "body": "es geht.",
            "signature": "Diese E-Mail wurde an anna@example.org gesendet.\n© 2025 Lundhaus",
        },
    ),
    # --- history
    (
        "gmail, wrapped attribution",
        "Hallo Tom,\n\nklar.\n\nLG Jana\n\nAm Mo., 12. Mai 2025 um 10:15 Uhr schrieb Tom Muster <\ntom@example.org>:\n\n"
        "> Hallo,\n>\n> geht das?\n> Tom\n",
        {
            "salutation": "Hallo Tom,",
            "body": "klar.",
            "formula": "LG",
            "name": "Jana",
            "history": "Am Mo., 12. Mai 2025 um 10:15 Uhr schrieb Tom Muster <\ntom@example.org>:\n\n"
            "> Hallo,\n>\n> geht das?\n> Tom",
            "inquiry": "Hallo,\n\ngeht das?\nTom",
        },
    ),
    (
        "apple mail",
        "Ja.\n\n> Am 12.05.2025 um 10:15 schrieb Tom Muster <tom@example.org>:\n> \n> geht das?\n",
        {
            "history": "> Am 12.05.2025 um 10:15 schrieb Tom Muster <tom@example.org>:\n> \n> geht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "thunderbird, reply below",
        "Am 12.05.25 um 10:15 schrieb Tom Muster:\n> geht das?\n\nHallo Tom,\n\nja.\n\nGruß\nJana\n",
        {
            "history": "Am 12.05.25 um 10:15 schrieb Tom Muster:\n> geht das?",
            "inquiry": "geht das?",
            "salutation": "Hallo Tom,",
            "body": "ja.",
            "formula": "Gruß",
            "name": "Jana",
        },
    ),
    (
        "yahoo, unquoted",
        "Ja, geht.\n\nAm Montag, 12. Mai 2025 um 10:15:12 MESZ hat Tom Muster <tom@example.org> Folgendes geschrieben:\n\n"
        "geht das?\nTom",
        {
            "body": "Ja, geht.",
            "history": "Am Montag, 12. Mai 2025 um 10:15:12 MESZ hat Tom Muster <tom@example.org> Folgendes geschrieben:"
            "\n\ngeht das?\nTom",
            "inquiry": "geht das?\nTom",
        },
    ),
    (
        "english client",
        "Ja.\n\nOn Mon, May 12, 2025 at 10:15 AM Tom Muster <tom@example.org>\nwrote:\n\n> geht das?",
        {
            "history": "On Mon, May 12, 2025 at 10:15 AM Tom Muster <tom@example.org>\nwrote:\n\n> geht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "gmail on a telephone",
        "Ja.\n\nTom Muster <tom@example.org> schrieb am Mo., 12. Mai 2025, 10:15:\n\n> geht das?",
        {
            "history": "Tom Muster <tom@example.org> schrieb am Mo., 12. Mai 2025, 10:15:\n\n> geht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "outlook, with an older mail below",
        "Ja.\n\nGruß\nJana\n\nVon: Tom Muster <tom@example.org>\nGesendet: Montag, 12. Mai 2025 10:15\nAn: Service\n"
        "Betreff: Frage\n\nHallo,\ngeht das?\nTom\n\nVon: Service\nGesendet: Sonntag, 11. Mai 2025 9:00\nAn: Tom\n"
        "Betreff: Bestellung\n\nDanke für Ihre Bestellung.",
        {
            "body": "Ja.",
            "formula": "Gruß",
            "name": "Jana",
            "history": "Von: Tom Muster <tom@example.org>\nGesendet: Montag, 12. Mai 2025 10:15\nAn: Service\n"
            "Betreff: Frage\n\nHallo,\ngeht das?\nTom\n\nVon: Service\nGesendet: Sonntag, 11. Mai 2025 9:00\nAn: Tom\n"
            "Betreff: Bestellung\n\nDanke für Ihre Bestellung.",
            "inquiry": "Hallo,\ngeht das?\nTom",
        },
    ),
    (
        "outlook, english, with a rule",
        "Ja.\n\n________________________________\nFrom: Tom <tom@example.org>\nSent: Monday, May 12, 2025 10:15 AM\n"
        "To: Service\nSubject: Frage\n\ngeht das?",
        {
            "body": "Ja.",
            "history": "________________________________\nFrom: Tom <tom@example.org>\nSent: Monday, May 12, 2025 10:15 AM\n"
            "To: Service\nSubject: Frage\n\ngeht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "original message",
        "Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Tom\nGesendet: Montag\nAn: Service\nBetreff: Frage\n\ngeht das?\n",
        {
            "body": "Ja.",
            "history": "-----Ursprüngliche Nachricht-----\nVon: Tom\nGesendet: Montag\nAn: Service\nBetreff: Frage\n\n"
            "geht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "forwarded",
        "Zur Info.\n\n---------- Weitergeleitete Nachricht ----------\nVon: Tom <tom@example.org>\nDatum: 12. Mai 2025\n"
        "Betreff: Frage\nAn: Service\n\ngeht das?",
        {
            "body": "Zur Info.",
            "history": "---------- Weitergeleitete Nachricht ----------\nVon: Tom <tom@example.org>\nDatum: 12. Mai 2025\n"
            "Betreff: Frage\nAn: Service\n\ngeht das?",
            "inquiry": "geht das?",
        },
    ),
    (
        "inline replies",
        "Hallo Tom,\n\n> Wo ist das Paket?\n\nIm Lager.\n\n> Wann kommt es?\n\nMorgen.\n\nGruß\nJana",
        {
            "salutation": "Hallo Tom,",
            "body": "Im Lager.\n\n> Wann kommt es?\n\nMorgen.",
            "closing": "Morgen.",
            "formula": "Gruß",
            "name": "Jana",
            "history": "> Wo ist das Paket?",
            "inquiry": "Wo ist das Paket?\n\nWann kommt es?",
        },
    ),
    (
        "remains of a wrapped quote",
        "Ja.\n\n> Ich habe eine ziemlich lange Zeile geschrieben, die dann\numgebrochen wurde\n> und weiterging.",
        {
            "body": "Ja.",
            "history": "> Ich habe eine ziemlich lange Zeile geschrieben, die dann\numgebrochen wurde\n> und weiterging.",
            "inquiry": "Ich habe eine ziemlich lange Zeile geschrieben, die dann\numgebrochen wurde\nund weiterging.",
        },
    ),
    (
        "deeper history is cut",
        "Ja.\n\n> geht das?\n> \n> Am 11.05.25 um 9:00 schrieb Service:\n>> Danke für Ihre Bestellung.\n>>> alt",
        {
            "history": "> geht das?\n> \n> Am 11.05.25 um 9:00 schrieb Service:\n>> Danke für Ihre Bestellung.\n>>> alt",
            "inquiry": "geht das?",
        },
    ),
    (
        "trap: a colleague wrote",
        "Hallo Tom,\n\nAm 12.03. schrieb unser Kollege Ihnen bereits:\nDas Paket ist unterwegs.\n\nGruß\nJana",
        {
            "salutation": "Hallo Tom,",
            "body": "Am 12.03. schrieb unser Kollege Ihnen bereits:\nDas Paket ist unterwegs.",
            "formula": "Gruß",
            "name": "Jana",
        },
    ),
    (
        "trap: a colleague wrote, with date and time",
        "Hallo Tom,\n\nAm 12.03.2025 um 14:30 Uhr schrieb Ihnen Frau Kern:\nDas Paket ist unterwegs.\n\nGruß\nJana",
        {
            "salutation": "Hallo Tom,",
            "body": "Am 12.03.2025 um 14:30 Uhr schrieb Ihnen Frau Kern:\nDas Paket ist unterwegs.",
            "formula": "Gruß",
            "name": "Jana",
        },
    ),
    (
        "trap: a journey",
        "Hallo Tom,\n\nIhre Fahrt:\nVon: Hamburg\nAn: Berlin\nDatum: 3. Mai\n\nGruß\nJana",
        {"salutation": "Hallo Tom,", "formula": "Gruß", "name": "Jana"},
    ),
    (
        "trap: greetings in the history",
        "Das Paket ist da.\n\n> Hallo,\n> wo ist es?\n> Viele Grüße\n> Tom",
        {
            "body": "Das Paket ist da.",
            "history": "> Hallo,\n> wo ist es?\n> Viele Grüße\n> Tom",
            "inquiry": "Hallo,\nwo ist es?\nViele Grüße\nTom",
        },
    ),
    ("only history", "> geht das?\n> Tom", {"body": "", "history": "> geht das?\n> Tom", "inquiry": "geht das?\nTom"}),
    ("empty", "", {"body": ""}),
    ("blank", "\r\n \n", {"body": ""}),
    ("one word", "Ja", {"body": "Ja"}),
    ("salutation only", "Hallo Anna,", {"salutation": "Hallo Anna,", "body": ""}),
    ("greeting only", "Viele Grüße\nTom", {"body": "", "formula": "Viele Grüße", "name": "Tom"}),
]


def _dissect(text: str) -> Anatomy:
    return dissect(text, find(text))


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_parts(text: str, expected: dict[str, str]) -> None:
    anatomy = _dissect(text)
    spans: dict[str, Span | None] = {
        "subject": anatomy.subject,
        "salutation": anatomy.salutation,
        "formula": anatomy.sign_off_formula,
        "name": anatomy.sign_off_name,
        "postscript": anatomy.postscript,
        "signature": anatomy.signature,
        "history": anatomy.history,
    }
    if "body" in expected:
        spans["body"] = anatomy.body
    if "closing" in expected:
        spans["closing"] = anatomy.closing
    found = {part: text[span.start : span.end] for part, span in spans.items() if span is not None}
    if anatomy.inquiry is not None:
        found["inquiry"] = anatomy.inquiry
    assert found == expected


@pytest.mark.parametrize("text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_sentences_stand_in_order_and_cover_what_the_writer_wrote(text: str) -> None:
    anatomy = _dissect(text)
    end = 0
    paragraph = 0
    covered: set[int] = set()
    for sentence in anatomy.sentences:
        assert sentence.span.start >= end
        assert sentence.paragraph >= paragraph
        words = text[sentence.span.start : sentence.span.end]
        assert words == words.strip() != ""
        end, paragraph = sentence.span.end, sentence.paragraph
        covered.update(range(sentence.span.start, sentence.span.end))
    for part in (anatomy.subject, anatomy.salutation, anatomy.body, anatomy.sign_off, anatomy.postscript):
        if part is not None:
            quoted = {at for span in anatomy.quoted for at in range(span.start, span.end)}
            missing = [at for at in range(part.start, part.end) if at not in covered and at not in quoted]
            assert not text[min(missing, default=0) : max(missing, default=-1) + 1].strip() or all(
                text[at].isspace() for at in missing
            )
    for part in (anatomy.signature, anatomy.history):
        assert part is None or not covered & set(range(part.start, part.end))


def test_any_heap_of_lines_is_dissected() -> None:
    lines = sorted({line for case in CASES for line in case[1].splitlines()})
    lines += ["", "", "> x", "-- ", "{{", "😊", "*"]
    generator = random.Random(7)
    for _ in range(400):
        end = generator.choice(["\n", "\r\n", "\n\n"])
        text = end.join(generator.choice(lines) for _ in range(generator.randint(1, 12)))
        text = text[generator.randint(0, 5) : len(text) - generator.randint(0, 5)]
        anatomy = _dissect(text)
        done = 0
        for sentence in anatomy.sentences:
            assert done <= sentence.span.start < sentence.span.end <= len(text), text
            assert not any(sentence.span.overlaps(quoted) for quoted in anatomy.quoted), text
            done = sentence.span.end
        if anatomy.sign_off is not None:
            assert not len(anatomy.body) or anatomy.body.end <= anatomy.sign_off.start, text


def test_lines_of_salutation_and_sign_off_are_sentences() -> None:
    text = (
        "Betreff: Tasche\n\nSehr geehrte Frau Kern,\nsehr geehrter Herr Lang,\n\ndanke für Ihre Mail. Es geht:\n- heute\n"
        "- morgen\n\nViele Grüße\nJana Petersen\nService\n\nPS: Bis dann. Alles Gute."
    )
    anatomy = _dissect(text)
    assert [(text[s.span.start : s.span.end], s.paragraph) for s in anatomy.sentences] == [
        ("Betreff: Tasche", 0),
        ("Sehr geehrte Frau Kern,", 1),
        ("sehr geehrter Herr Lang,", 1),
        ("danke für Ihre Mail.", 2),
        ("Es geht:", 2),
        ("- heute", 2),
        ("- morgen", 2),
        ("Viele Grüße", 3),
        ("Jana Petersen", 3),
        ("Service", 3),
        ("PS: Bis dann.", 4),
        ("Alles Gute.", 4),
    ]
    assert anatomy.text == Span(0, len(text))
    assert anatomy.sign_off_complete


def test_a_salutation_inside_the_first_sentence_is_no_sentence() -> None:
    text = "Moin Jonas, klar geht das. LG Tim"
    anatomy = _dissect(text)
    assert [text[s.span.start : s.span.end] for s in anatomy.sentences] == ["Moin Jonas, klar geht das.", "LG Tim"]
    assert anatomy.salutation == Span(0, 10)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("Hallo,\n\nes geht.\n\nViele Grüße\nTim", True),
        ("Hallo,\n\nes geht.\n\nViele Grüße\n\n-- \nLundhaus GmbH", True),
        ("Hallo,\n\nes geht.\n\nViele Grüße", False),
        ("Hallo,\n\nes geht.\n\nTim", False),
        ("Hallo,\n\nes geht.", False),
        ("Hallo,\n\nes geht.\n\n{{> footer}}", True),
    ],
)
def test_sign_off_complete(text: str, complete: bool) -> None:
    assert _dissect(text).sign_off_complete is complete


def test_quoted_stretches_between_inline_replies() -> None:
    text = "> a?\n\nJa.\n\n> b?\n\nNein."
    anatomy = _dissect(text)
    assert [text[span.start : span.end] for span in anatomy.quoted] == ["> a?", "> b?"]
    assert [text[s.span.start : s.span.end] for s in anatomy.sentences] == ["Ja.", "Nein."]


LETTER = CASES[0][1].replace(
    "Rufen Sie gern an.", "Wir haben die Bestellung geprüft und melden uns morgen bei Ihnen. " * 12
)


@pytest.mark.parametrize(
    "piece",
    [
        "Das ist ein ganz normaler Satz mit z. B. einem Punkt. ",
        "> quoted line\n",
        "Hallo Anna,\n",
        "Viele Grüße\n",
        "Am 12.05.25 um 10:15 schrieb Tom:\n",
        "Von: Tom\n",
        "{{ name }} ",
        '„("',
        "Wort ",
        "Wort, ",
        "Anna Berta ",
        "\n",
        "-- \n",
        "a.b.",
        "😊 ",
        "12. ",
        "und ",
        "Tel. 030 555\n",
    ],
)
def test_long_hostile_text_comes_to_an_end(piece: str) -> None:
    """Anything worse than linear would take minutes here."""
    text = piece * (200_000 // len(piece))
    parts = dissect(text, find(text))
    assert 0 <= parts.body.start <= parts.body.end <= len(text)
