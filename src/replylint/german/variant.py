"""Which German a draft is written in: that of Germany, Austria or Switzerland, as LanguageTool tells them apart."""

from __future__ import annotations

from replylint.expressions import expression

# What is written so in one country and means the same in no other; „heuer“ and „Grüß Gott“ are Bavarian, too, Franken a
# part of Bavaria, and „allfällig“ both Austrian and Swiss.
_SWISS = expression(
    r"(?i)\b(?:grüezi|chf|natel|velos?|parkier(?:en|t)|trottoirs?|postfinance|rappen|uf wiederluege|offerier(?:en|t)"
    r"|\d[\d'’.,]*(?:–)? ?franken|fr\. ?\d)(?!\w)"
)
_AUSTRIAN = expression(
    r"(?i)\b(?:jänners?|feber|erlagschein\w{0,3}|ehestmöglich(?:e[mnrs]?)?|ehebaldigst|urgier(?:en|t)|urgenz(?:en)?"
    r"|sackerln?|bankomat\w{0,4}|marillen?|paradeiser|(?:zahlschein|bank|post)?kassa)\b"
)
# Words that have ß after a long vowel or a diphthong, but not in Switzerland.
_WITHOUT_SHARP_S = expression(
    r"(?i)\b\w{0,20}(?:grüss|strasse|gröss|gross(?:e[mnrs]?|artig|zügig)?\b|ausser|äusser|schliess|gemäss|mässig|massnahm"
    r"|heiss(?:e[nst]?|t)?\b|weiss\b|reiss(?:en|t)|dreissig|geniess|spass\b|bloss\b|füss|süss)"
)
_UMLAUT = expression("[äöüÄÖÜ]")
_SHARP_S = expression("[ßẞ]")


def of(text: str) -> str:
    """The variant that a text is written in: "de-AT" or "de-CH" where its words or its spelling show it, else "de-DE".

    A text with ß is not Swiss; one with ss in its place is, unless it has no umlauts either and so may only lack the
    keys."""
    if not _SHARP_S.search(text):
        if _SWISS.search(text) or (_UMLAUT.search(text) and _WITHOUT_SHARP_S.search(text)):
            return "de-CH"
    return "de-AT" if _AUSTRIAN.search(text) else "de-DE"
