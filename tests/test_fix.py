"""Fixes: each format written in its own style, byte for byte, and what is refused and why."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from fixing import FORMATS, MARK, finding, fix, kit, opened

from replylint import rules
from replylint.draft import Draft
from replylint.findings import Finding, Fix, Rewrite, Safety, Severity
from replylint.fix import Fixed, fixed
from replylint.linter import Linter, Settings
from replylint.readers import read
from replylint.source import Edit, Source, Span


def made(name: str, data: bytes, text: str, *others: str) -> bytes:
    """A file's bytes after its marks were replaced, with no fix refused."""
    result = fix(name, data, dict(enumerate((text, *others))))
    assert result.refused == []
    return result.data


def refused(name: str, data: bytes, text: str) -> str:
    """Why a file's only mark can't be replaced; it is then as it was."""
    result = fix(name, data, {0: text})
    assert (result.data, result.made) == (data, [])
    (refusal,) = result.refused
    return refusal.reason


# The style of each format


@pytest.mark.parametrize(
    ("name", "before", "text", "after"),
    [
        ("a.txt", "Ja, QZ0QZ so.\r\n\r\nGrüße", "„für“", "Ja, „für“ so.\r\n\r\nGrüße"),
        ("a.md", "Ja, **fett** QZ0QZ so.", "*", "Ja, **fett** * so."),
        ("a.md", "Ja, QZ0QZ so.", "*nicht* kursiv", "Ja, \\*nicht\\* kursiv so."),
        ("a.md", "Ja\\! \\QZ0QZ so.", "gut", "Ja\\! \\gut so."),
        ("a.md", "Ja \\<QZ0QZ> so.", "1", "Ja \\<1> so."),
        ("a.html", "<p>Ja, QZ0QZ so.</p>", "Müller & Söhne", "<p>Ja, Müller &amp; Söhne so.</p>"),
        ("a.html", "<p>Ja, QZ0QZ so.</p>", "<b> 1 < 2", "<p>Ja, &lt;b&gt; 1 &lt; 2 so.</p>"),
        ("a.html", "<p>Gr&uuml;&szlig;e QZ0QZ.</p>", "für „uns“", "<p>Gr&uuml;&szlig;e f&uuml;r &bdquo;uns&ldquo;.</p>"),
        ("a.html", "<p>Gr&#252;n QZ0QZ.</p>", "für", "<p>Gr&#252;n f&#252;r.</p>"),
        ("a.html", "<p>Ja, QZ0QZ so.</p>", "{{ kunde.name }}", "<p>Ja, {{ kunde.name }} so.</p>"),
        ("a.html", "<p>Ja, QZ0QZ so.</p>", "<OTRS_CUSTOMER_Name>", "<p>Ja, <OTRS_CUSTOMER_Name> so.</p>"),
        ("a.json", '{"text":"Das ist QZ0QZ so."}', 'das "Amt" \\ für', '{"text":"Das ist das \\"Amt\\" \\\\ für so."}'),
        ("a.json", '{"text":"Gr\\u00fcne QZ0QZ so."}', "für 😀", '{"text":"Gr\\u00fcne f\\u00fcr \\ud83d\\ude00 so."}'),
        ("a.json", '{"text":"Gr\\u00FCne QZ0QZ so."}', "für", '{"text":"Gr\\u00FCne f\\u00FCr so."}'),
        ("a.json", '{"text":"<p>Das <b>ist<\\/b> QZ0QZ so.<\\/p>"}', "1/2", '{"text":"<p>Das <b>ist<\\/b> 1\\/2 so.<\\/p>"}'),
        ("a.yaml", "- text: Das ist QZ0QZ so.  # ja\n", "„für“", "- text: Das ist „für“ so.  # ja\n"),
        ("a.yaml", "- text: 'Das ist QZ0QZ so.'\n", "'n \"Weg\": # ja", "- text: 'Das ist ''n \"Weg\": # ja so.'\n"),
        ("a.yaml", '- text: "Das ist QZ0QZ so."\n', 'das "Amt": # \\ ja', '- text: "Das ist das \\"Amt\\": # \\\\ ja so."\n'),
        ("a.yaml", "- text: >-\n    Das ist\n    QZ0QZ so.\n", "a: 'b' # c", "- text: >-\n    Das ist\n    a: 'b' # c so.\n"),
        ("a.yaml", "- text: |\n    Das ist\n    QZ0QZ so.\n", "a: 'b' # c", "- text: |\n    Das ist\n    a: 'b' # c so.\n"),
        ("a.csv", 'nr,text\n1,"Das ist QZ0QZ so."\n', '"gut", ja', 'nr,text\n1,"Das ist ""gut"", ja so."\n'),
        ("a.csv", "nr,text\n1,Das ist QZ0QZ so.\n", "gut", "nr,text\n1,Das ist gut so.\n"),
        ("a.csv", "nr,text\n1,Das ist QZ0QZ so.\n", '"gut", ja', 'nr,text\n1,"Das ist ""gut"", ja so."\n'),
        ("a.po", 'msgid "a"\nmsgstr ""\n"Das ist "\n"QZ0QZ so."\n', 'das "Amt" \\', 'msgid "a"\nmsgstr ""\n"Das ist "\n"das \\"Amt\\" \\\\ so."\n'),
    ],
)  # fmt: skip
def test_words_are_written_in_the_style_of_their_place(name: str, before: str, text: str, after: str) -> None:
    assert made(name, before.encode(), text).decode() == after


def test_escaped_folded_and_wrapped_words_go_as_a_whole() -> None:
    draft = 'msgid "a"\nmsgstr ""\n"Das f\\"r\\"\\n"\n"uns so."\n'
    span = Span(4, 13)

    def check(draft: Draft) -> list[Finding]:
        if draft.text[4:13] != 'f"r"\nuns ':
            return []
        return [finding(draft, span, Rewrite("", Safety.SAFE, span, Fix((Edit(span, "da "),), Safety.SAFE)))]

    assert fixed(opened("a.po", draft.encode()), kit(check), Safety.SAFE).data.decode() == (
        'msgid "a"\nmsgstr ""\n"Das da so."\n'
    )


def test_an_escape_goes_with_its_character() -> None:
    result = fixed(Source("a.md", "Das geht so\\!\\!\n"), kit(LINTER.check), Safety.SAFE)
    assert (result.source.text, [found.rule for found in result.made]) == ("Das geht so\\!\n", ["shouting"])


def test_quoted_printable_stays_within_its_lines() -> None:
    head = b"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    body = b"Das ist f=C3=BCr Sie QZ0QZ und noch ein ganzes St=C3=BCck weiter =\nso.\n"
    words = "für alle Fälle und „überhaupt“ = immer, auch wenn es länger dauert,"
    result = made("a.eml", head + body, words)
    assert result.startswith(head)
    lines = result[len(head) :].decode("ascii").splitlines()
    assert all(len(line) <= 76 for line in lines), lines
    assert read(opened("a.eml", result))[0].text == f"Das ist für Sie {words} und noch ein ganzes Stück weiter so.\n"


def test_a_cp1252_file_stays_one() -> None:
    assert made("a.txt", "Grüße QZ0QZ\r\n".encode("cp1252"), "„für“ 5 €") == "Grüße „für“ 5 €\r\n".encode("cp1252")


def test_a_file_that_becomes_ascii_on_the_way_keeps_its_encoding() -> None:
    def check(draft: Draft) -> list[Finding]:
        words = {"ü": ("u", 3), "QZ": ("ä", 1)}
        found = []
        for mark, (text, severity) in words.items():
            at = draft.text.find(mark)
            if at >= 0 and (mark == "ü" or "ü" not in draft.text):
                span = Span(at, at + len(mark))
                rewrite = Rewrite(text, Safety.SAFE, span, Fix((Edit(span, text),), Safety.SAFE))
                found.append(replace(finding(draft, span, rewrite, rule=mark), severity=Severity(severity)))
        # The second mark counts only once the first is gone, and less.
        return found

    assert fixed(opened("a.txt", b"f\xfcr QZ\n"), kit(check), Safety.SAFE).data == b"fur \xe4\n"


def test_what_stands_around_replies_stays_as_it_is() -> None:
    data = (
        b"# Kopf\n"
        b"replies:\n"
        b"  - {title: \"a\", body: 'Ihr Rad ist ''da'' QZ0QZ!'}   # eins\n"
        b'  - {title: b, body: "Ihr Rad ist \\u0022da\\u0022 QZ0QZ!"}\n'
        b"  - title: c\n"
        b"    body: !!str Ihr Rad ist da QZ0QZ!\n"
        b"    other: [1,   2]\n"
        b"  - body: >-\n"
        b"      Ihr Rad\n"
        b"      ist da QZ0QZ!\n"
        b"...\n"
    )
    assert made("a.yaml", data, "und heil") == data.replace(b"QZ0QZ", b"und heil")


# Refusals


@pytest.mark.parametrize(
    ("name", "data", "text", "reason"),
    [
        ("a.txt", "Grüße QZ0QZ\n".encode("cp1252"), "😀", "encoding"),
        ("a.html", b"<p>Ja, Q<b>Z0Q</b>Z so.</p>", "gut", "markup"),
        ("a.md", b"Ja, Q**Z0Q**Z so.", "gut", "markup"),
        ("a.yaml", b"- text: Das ist QZ0QZ so.\n", "so: ja # nein", "proof"),
        ("a.html", b"<p>Ja, QZ0QZ so.</p>", "zwei  Leerzeichen", "proof"),
        ("a.eml", b"Subject: a\nContent-Transfer-Encoding: 7bit\n\nJa, QZ0QZ so.\n", "für", "encoding"),
        ("a.eml", b"Subject: a\nContent-Type: text/plain; charset=iso-8859-1\n\nF\xfcr QZ0QZ.\n", "„uns“", "encoding"),
        (
            "a.eml",
            b"Subject: a\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"Ja, QZ0QZ so.\n") + b"\n",
            "gut",
            "base64",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(name: str, data: bytes, text: str, reason: str) -> None:
    assert refused(name, data, text) == reason


def test_one_refusal_does_not_stop_the_others() -> None:
    data = "".join(f"- text: Das hier ist QZ{number}QZ.\n" for number in range(9)).encode()
    rewrites = {number: f"Satz {number}" for number in range(9)} | {4: "so: nein"}
    result = fix("a.yaml", data, rewrites)
    assert result.data.decode() == "".join(
        f"- text: Das hier ist {'QZ4QZ' if number == 4 else f'Satz {number}'}.\n" for number in range(9)
    )
    assert [(refusal.finding.rule, refusal.reason) for refusal in result.refused] == [("mark-4", "proof")]


def test_a_file_that_the_fixes_would_break_is_left_alone() -> None:
    # An unread part: the library's first text can't be told from a key any more.
    assert refused("a.yaml", b"text: QZ0QZ ist das hier\nb: 1\n", "- eins") == "proof"


COMMENTED = [
    ("a.html", b"<p>Ja, QZ0QZ so.</p><!-- replylint: ignore blame -->\n<p>Und QZ1QZ.</p>"),
    ("a.md", b"Ja, QZ0QZ so.\n\n<!-- replylint: ignore blame -->\nUnd **das** QZ1QZ.\n"),
    ("a.txt", b"Ja, QZ0QZ so.\n\n# replylint: ignore blame\nUnd das QZ1QZ.\n"),
    ("a.txt", b"Ja, QZ0QZ so.\n\n<!-- replylint: ignore blame -->\nUnd das QZ1QZ.\n"),
    ("a.yaml", b"- text: |\n    Ja das QZ0QZ so.\n    # replylint: ignore blame\n    Und das QZ1QZ.\n"),
    ("a.yaml", b"# replylint: ignore blame\n- text: |\n    Ja das QZ0QZ so.\n\n    Und das QZ1QZ.\n"),
    ("a.json", b'[{"text":"<p>Ja, QZ0QZ so.</p><!-- replylint: ignore blame --><p>Und QZ1QZ.</p>"}]'),
    ("a.csv", b'nr;text\n1;"Ja das QZ0QZ so.\n<!-- replylint: ignore blame -->\nUnd QZ1QZ."\n'),
    ("a.po", b'# replylint: ignore blame\nmsgid "a"\nmsgstr "Ja das QZ0QZ so und das QZ1QZ."\n'),
    (
        "a.eml",
        b"Subject: a\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>Ja, QZ0QZ so.</p><!-- replylint: ignore blame -->\n<p>Und QZ1QZ.</p>\n",
    ),
    ("a.eml", b"Subject: a\n\nJa, QZ0QZ so.\n\n# replylint: ignore blame\nUnd das QZ1QZ.\n"),
    (
        "a.eml",
        b"Subject: a\nContent-Type: text/plain; format=flowed\n\nJa, QZ0QZ so. \nhier\n\nreplylint: ignore blame\nUnd das QZ1QZ.\n",
    ),
    ("a.json", b'[{"text":"Ja, das QZ0QZ so.\\n{# replylint: ignore blame #}\\nUnd das QZ1QZ."}]'),
    ("a.json", b'[{"text":"Ja, das QZ0QZ so.\\n# replylint: ignore blame\\nUnd das QZ1QZ."}]'),
    ("a.csv", b'nr;text\n1;"Ja das QZ0QZ so.\n# replylint: ignore blame\nUnd QZ1QZ."\n'),
    ("a.yaml", b"- text: |\n    Ja das QZ0QZ so.\n    <!-- replylint: ignore blame -->\n    Und das QZ1QZ.\n"),
    ("a.yaml", b"- text: |\n    <p>Ja das QZ0QZ so.</p>\n    <!-- replylint: ignore blame -->\n    Und das QZ1QZ.\n"),
    (
        "a.eml",
        b"Subject: a\nContent-Type: text/plain; format=flowed\n\nJa, QZ0QZ so. \nhier\n\n# replylint: ignore blame\nUnd das QZ1QZ.\n",
    ),
    (
        "a.eml",
        b"Subject: a\nContent-Transfer-Encoding: quoted-printable\n\nJa, QZ0QZ so. =\nhier\n\n# replylint: ignore =\nblame\nUnd das QZ1QZ.\n",
    ),
    ("a.html.twig", b"<p>Ja, QZ0QZ so.</p>{# replylint: ignore blame #}\n<p>Und QZ1QZ.</p>"),
]


@pytest.mark.parametrize(("name", "data"), COMMENTED)
def test_comments_to_replylint_stay_where_they_are(name: str, data: bytes) -> None:
    assert made(name, data, "eins zwei", "drei") == data.replace(b"QZ0QZ", b"eins zwei").replace(b"QZ1QZ", b"drei")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Das geht\n# replylint: ignore blame\nso nicht.\n"),
        ("a.md", "Das geht <!-- replylint: ignore blame --> so nicht.\n"),
        ("a.json", '[{"text": "Das geht {# replylint: ignore blame #} so nicht."}]'),
        ("a.html", "<p>Das geht <!-- replylint: ignore blame -->so nicht.</p>"),
    ],
)
def test_a_comment_amid_the_words_is_not_lost(name: str, text: str) -> None:
    source = opened(name, text.encode())
    words = read(source)[0].text
    start, end = words.index("geht"), words.index("nicht")

    def check(draft: Draft) -> list[Finding]:
        span = Span(start, end)
        rewrite = Rewrite("", Safety.SAFE, span, Fix((Edit(span, "ist "),), Safety.SAFE))
        return [finding(draft, span, rewrite)] if "geht" in draft.text else []

    result = fixed(source, kit(check), Safety.SAFE)
    assert "replylint: ignore blame" in result.source.text


# Which fixes


def rule(pattern: str, *texts: str, safety: Safety = Safety.SAFE, severity: Severity = Severity.WARNING) -> Callable[[Draft], list[Finding]]:  # fmt: skip
    """A check for words, with rewrites."""

    def check(draft: Draft) -> list[Finding]:
        found = []
        at = draft.text.find(pattern)
        while at >= 0:
            span = Span(at, at + len(pattern))
            rewrites = [Rewrite(text, safety, span, Fix((Edit(span, text),), safety)) for text in texts]
            found.append(replace(finding(draft, span, *rewrites, rule=pattern), severity=severity))
            at = draft.text.find(pattern, at + len(pattern))
        return found

    return check


def together(*checks: Callable[[Draft], Sequence[Finding]]) -> Callable[[Draft], list[Finding]]:
    return lambda draft: sorted((f for check in checks for f in check(draft)), key=lambda f: f.span)


def run(text: str, check: Callable[[Draft], Sequence[Finding]], least: Safety = Safety.SAFE) -> Fixed:
    """Fixes a text twice: the second time changes nothing."""
    result = fixed(Source("a.txt", text), kit(check), least)
    again = fixed(result.source, kit(check), least)
    assert (again.source.text, again.made) == (result.source.text, [])
    assert [r.reason for r in again.refused] == [r.reason for r in result.refused]
    return result


def test_overlapping_fixes_take_rounds() -> None:
    result = run("aab und ab", together(rule("aa", "a"), rule("ab", "c")))
    assert (result.source.text, sorted(f.rule for f in result.made)) == ("c und c", ["aa", "ab", "ab"])


def test_a_fix_that_brings_a_worse_or_another_finding_is_refused() -> None:
    result = run("eins", together(rule("eins", "zwei"), rule("zwei", "eins")))
    assert (result.source.text, [r.reason for r in result.refused]) == ("eins", ["worse"])


def test_a_fix_may_bring_a_suggestion() -> None:
    result = run("eins", together(rule("eins", "zwei"), rule("zwei", severity=Severity.SUGGESTION)))
    assert (result.source.text, result.refused) == ("zwei", [])


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    checks = together(
        rule("eins", "zwei"),
        rule("zwei", "eins", severity=Severity.SUGGESTION),
        rule("drei", "vier drei"),
    )
    assert run("eins zwei drei", checks).source.text == "zwei zwei drei"


def test_the_next_rewrite_takes_the_place_of_a_refused_one() -> None:
    result = run("eins", together(rule("eins", "zwei", "drei"), rule("zwei")))
    assert (result.source.text, result.refused) == ("drei", [])


def test_rewrites_that_are_not_safe_enough_are_counted() -> None:
    checks = together(
        rule("eins", "1"), rule("zwei", "2", safety=Safety.REVIEW), rule("drei", "[x]", safety=Safety.FILL)
    )
    safe, unsafe = run("eins zwei drei", checks), run("eins zwei drei", checks, Safety.REVIEW)
    assert (safe.source.text, safe.more) == ("1 zwei drei", 1)
    assert (unsafe.source.text, unsafe.more) == ("1 2 drei", 0)
    assert run("eins zwei drei", checks, Safety.FILL).source.text == "1 2 drei"


def test_an_alias_is_changed_once_and_counts_for_both() -> None:
    data = b"a:\n  text: &a Das hier ist QZ0QZ so.\nb:\n  text: *a\n"
    assert made("a.yaml", data, "gut") == data.replace(b"QZ0QZ", b"gut")


# Missing sentences, by the built-in rules

LINTER = Linter(rules.load(["de"]))


def completed(name: str, text: str) -> str:
    """A file with its missing sentences, after a second run that changes nothing."""
    result = fixed(opened(name, text.encode()), kit(LINTER.check), Safety.REVIEW)
    again = fixed(result.source, kit(LINTER.check), Safety.REVIEW)
    assert (again.source.text, again.made) == (result.source.text, [])
    return result.source.text


COMPLAINT = "---\nkind: complaint\n---\nGuten Tag Frau Kern,\n\n{}\n\nViele Grüße\nJana Petersen\n"
THANKS = "vielen Dank, dass Sie uns das so offen geschrieben haben."
SORRY = "Wir verstehen gut, dass Sie sich ärgern. Es tut uns leid, dass das passiert ist. Bitte entschuldigen Sie."


def test_thanks_open_the_body_and_what_follows_gets_a_capital() -> None:
    assert completed("a.txt", COMPLAINT.format("wir senden Ihnen bis Freitag eine neue Lampe zu.")) == COMPLAINT.format(
        f"{THANKS} {SORRY}\n\nWir senden Ihnen bis Freitag eine neue Lampe zu.\n\nIst das für Sie so in Ordnung?"
    )


def test_a_chat_in_one_line_stays_one() -> None:
    text = "---\nkind: complaint\n---\nGuten Tag Frau Kern, vielen Dank für Ihre Nachricht. Wir senden Ihnen bis Freitag eine neue Lampe zu. Viele Grüße, Jana Petersen\n"
    assert "\n\n" not in completed("a.txt", text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p style="x">Guten Tag Frau Kern,</p>\n\n  <p style="x" id="a">die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.</p>\n\n  <p>Viele Grüße<br>Jana Petersen</p>\n',
            f'<p style="x">Guten Tag Frau Kern,</p>\n\n  <p style="x">{THANKS} {SORRY}</p>\n\n  <p style="x" id="a">Die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.</p>\n\n  <p style="x">Ist das für Sie so in Ordnung?</p>\n\n  <p>Viele Grüße<br>Jana Petersen</p>\n',
        ),
        (
            "<div>Guten Tag Frau Kern,<br /><br />die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.<br /><br />Viele Grüße<br />Jana Petersen</div>\n",
            f"<div>Guten Tag Frau Kern,<br /><br />{THANKS} {SORRY}<br /><br />Die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.<br /><br />Ist das für Sie so in Ordnung?<br /><br />Viele Grüße<br />Jana Petersen</div>\n",
        ),
        (
            "<div>Guten Tag Frau Kern,</div><div><br></div><div>die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.</div><div><br></div><div>Viele Grüße</div><div>Jana Petersen</div>\n",
            f"<div>Guten Tag Frau Kern,</div><div><br></div><div>{THANKS} {SORRY}</div><div><br></div><div>Die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.</div><div><br></div><div>Ist das für Sie so in Ordnung?</div><div><br></div><div>Viele Grüße</div><div>Jana Petersen</div>\n",
        ),
    ],
    ids=["paragraphs", "breaks", "lines"],
)
def test_paragraphs_of_html_are_like_their_neighbours(before: str, after: str) -> None:
    front = "---\nkind: complaint\n---\n"
    assert completed("a.html", front + before) == front + after


REPLY = "Guten Tag Frau Kern,\n\nvielen Dank für ihre Nachricht!! Das machen wir leider nicht. Die Lampe ist defekt angekommen. Wir senden Ihnen bis Freitag eine neue.\n\nViele Grüße\nJana Petersen"
BETTER = f"vielen Dank für Ihre Nachricht! {SORRY} Lassen Sie mich sehen, was wir tun können. Die Lampe ist defekt angekommen."


@pytest.mark.parametrize("form", FORMATS)
def test_the_built_in_rules_mend_a_reply_in_every_format(form: str) -> None:
    name, data = FORMATS[form](REPLY)
    source = opened(name, data)
    linter = Linter(LINTER.ruleset, Settings(facts={"kind": "complaint"}))
    result = fixed(source, kit(linter.check), Safety.REVIEW)
    text = " ".join(result.drafts[0].text.split())
    assert (BETTER in text, result.refused) == (True, [])
    again = fixed(opened(name, result.data), kit(linter.check), Safety.REVIEW)
    assert (again.data, again.made) == (result.data, [])


def test_a_mark_is_what_the_tests_say_it_is() -> None:
    assert [match[1] for match in MARK.finditer("QZ0QZ QZ12QZ QZ")] == ["0", "12"]
