"""The checks of templates beyond their rules' own examples: libraries, branches, and time."""

from __future__ import annotations

import json
import time

import pytest

from replylint import readers
from replylint.findings import Finding
from replylint.linter import Linter, Settings
from replylint.rules import load
from replylint.source import Source

RULES = load(["de"])
CHECKS = ("broken-placeholder", "mixed-placeholders", "empty-placeholder")


def check(name: str, text: str, *, select: tuple[str, ...] = CHECKS) -> list[Finding]:
    linter = Linter(RULES, Settings(select=select, template=True))
    return [finding for draft in readers.read(Source(name, text)) for finding in linter.check(draft)]


def library(*texts: str) -> str:
    return json.dumps([{"text": text} for text in texts], ensure_ascii=False)


def test_one_reply_of_another_system_than_its_library() -> None:
    usual = ["Guten Tag {{ kunde.name }}, das Rad ist da."] * 3
    [finding] = check("a.json", library(*usual, "Guten Tag <OTRS_CUSTOMER_REALNAME>, das Rad ist da."))
    assert (finding.rule, str(finding.severity), finding.draft.key) == ("mixed-placeholders", "warning", "$[3].text")
    assert "„{{ kunde.name }}“" in finding.message
    [finding] = check("a.json", library(usual[0], "Guten Tag <OTRS_CUSTOMER_REALNAME>, das Rad ist da."))
    assert str(finding.severity) == "suggestion", "which of them is the odd one, nobody knows"


def test_a_name_that_may_be_empty_is_told_once_in_a_file() -> None:
    texts = [
        f"Hallo {{{{ticket.requester.first_name}}}},\n\ndas {thing} ist da." for thing in ("Rad", "Schloss", "Licht")
    ]
    texts.append("Hallo {{ticket.requester.name}},\n\ndas Rad ist da.")
    assert [finding.draft.key for finding in check("a.json", library(*texts))] == ["$[0].text", "$[3].text"]


@pytest.mark.parametrize("suffix", [".twig", ".liquid", ".j2", ".hbs"])
def test_template_files_print_nothing_for_nothing(suffix: str) -> None:
    text = "Hallo {{ vorname }},\n\ndas Rad ist da."
    assert [finding.rule for finding in check(f"a.txt{suffix}", text)] == ["empty-placeholder"]
    assert check("a.txt", text) == []


def test_both_branches_are_prose_and_the_tags_are_none() -> None:
    refused = "Eine Rückerstattung können wir Ihnen leider nicht anbieten."
    text = f"Guten Tag,\n\n{{% if neu %}}{refused}{{% else %}}\n{refused}\n{{%- endif %}}\n\nViele Grüße\nJana\n"
    found = check("a.txt", text, select=("negative-phrasing",))
    assert [finding.quote for finding in found] == [refused.rstrip(".")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Der Befehl lautet `{{ name }` und nichts sonst, siehe {a: 1}.",
        'Setzen Sie in der Datei {"a": {"b": {"c": 1}}} ein.',
        "Mit 5 %RABATT, 50% auf alles, #sommer und #1.2 sind Sie dabei.",
        "Guten Tag {{#if name}}{{name}}{{/if}}, {{{html}}} und {{> fuss}} und {{! Hinweis }}.",
        "{{ \"Hallo %s\"|format(name) }} {{ a ~ '}' }} {% set x = {'a': 1} %}",
        "${kunde.name} ${{ kunde.name }} #{kunde.name} %{name} *|FNAME|*",
        "{$name|default:''} {if $a == 1}ja{/if} {foreach from=$x item=y}{$y}{/foreach}",
        "{% for a in b %}{% if a %}x{% elif c %}y{% endif %}{% endfor %}",
        "{{ name | meinfilter }} {{ name | defaults }} {{ name|dates }} {% meintag %}",
        "{% raw %}{{ name }{% endraw %}",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert [finding.quote for finding in check("a.txt", text, select=("broken-placeholder",))] == []


@pytest.mark.parametrize(
    "piece", ["{{ a ", "{{a} ", "a }} ", "{% if a ", "{% if a %}", "#{a ", "%NAME ", "{{a|defualt}} ", "{ {a"]
)
def test_the_time_is_linear(piece: str) -> None:
    begin = time.perf_counter()
    check("a.txt", piece * (200_000 // len(piece)), select=("broken-placeholder",))
    assert time.perf_counter() - begin < 20
