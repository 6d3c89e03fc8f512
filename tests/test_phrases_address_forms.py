"""Rewrites have words for Sie, du and ihr within one wording: `{sie:…|du:…|ihr:…}`."""

from __future__ import annotations

from replylint.checks.rewriting import Template
from replylint.draft import Address


def test_inline_forms_of_address() -> None:
    template = Template({"any": "{wir:Wir helfen|ich:Ich helfe} {sie:Ihnen|du:dir|ihr:euch}."})
    assert template.wording(None, ich=False) == "Wir helfen Ihnen."
    assert template.wording(Address.SIE, ich=True) == "Ich helfe Ihnen."
    assert template.wording(Address.DU, ich=False) == "Wir helfen dir."
    assert template.wording(Address.IHR, ich=True) == "Ich helfe euch."


def test_ihr_may_be_left_out() -> None:
    assert Template({"any": "Für {sie:Sie|du:dich}."}).wording(Address.IHR, ich=False) == "Für dich."
