"""Syllables of German words, counted as they are spoken.

A syllable is a vowel sound: „ie“, „ei“, „ai“, „eu“, „äu“, „au“, „ou“, „oi“ and doubled vowels are one, „-tion“ and
„-sion“ have one („Sta-tion“), „u“ after „q“ is none, „y“ before a vowel is none where it opens the word or stands after
a vowel. All other vowels side by side are two, as in compounds and foreign words („be-ach-ten“, „Bau-amt“,
„ak-tu-ell“, „Re-gi-on“).
Where letters that look like one sound are two („be-en-den“, „Fa-mi-li-e“, „Pa-ti-ent“) and where an English word has
fewer sounds than vowels („Team“, „Website“), this module lists them.
"""

from __future__ import annotations

from functools import lru_cache

from replylint.expressions import expression

_LETTERS = expression(r"[^\W\d_]+")
_SOUND = expression(r"eau(?=s?$)|ie|[aeä]u|[ae][iy]|aa|ee|oo|ou|oi|[aeiouäöüyáàâéèêëíîïóôúû]")
_CONSONANT = expression(r"(?<=q)u|(?:^|(?<=[aeiouäöü]))y(?=[aeiouäöü])|(?<=[stx])i(?=on)")
# A border of syllables goes between the two letters of what looks like one sound.
_APART = expression(
    "|".join(
        (
            r"(?<=be)(?=inhalt|irr)",  # beinhalten, beirren
            r"(?<=^be)(?=u[nr])|(?<=[gr]e)(?=im(?:pf|port)|ur(?:teil|laub)|install)",  # beurteilen, geimpft
            r"(?<=be)(?=e(?:nd|il|in|rd|ng))|(?<=ge)(?=e(?:h|i|n|b|rb|rn|s))",  # beenden, beeilen, geehrte, geeignet
            r"(?<=e)(?=ell|en$)",  # ideell, Ideen
            r"(?<=[^dh]i)(?=ent)|(?<=i)(?=ell|enz|ett)",  # Patient, speziell, Effizienz, Serviette
            r"(?<=famili)(?=e)|(?<=[lr]ini)(?=e)|(?<=prämi)(?=e)|(?<=seri)(?=e)|(?<=akti)(?=e)|(?<=ateri)(?=e)",
            r"(?<=feri)(?=e)|(?<=tali)(?=e)|(?<=medi)(?=e)|(?<=studi)(?=e(?!r))|(?<=foli)(?=e)|(?<=immobili)(?=e)",
            r"(?<=ödi)(?=e)|(?<=pani)(?=en$)|(?<=belgi)(?=e)|(?<=asi)(?=en)|(?<=kteri)(?=e)|(?<=iteri)(?=e)",
            r"(?<=isteri)(?=e)|(?<=ipendi)(?=e)|(?<=inzipi)(?=e)|(?<=hygi)(?=e)|(?<=kari)(?=es)|(?<=gymnasi)(?=e)|(?<=ppali)(?=e)",
            r"(?<=[st]e)(?=ums?$)|(?<=jubilä)(?=u)",  # Museum, Jubiläum
            r"(?<=koffe)(?=in)|(?<=prote)(?=in)",
            r"(?<=na)(?=iv)|(?<=mosa)(?=ik)|(?<=ukra)(?=in)",
            r"(?<=o)(?=o(?:per|rdin|log))|(?<=o)(?=i[sd])",  # Kooperation, koordinieren, Zoologie, heroisch
        )
    )
)
# English words, alone or in compounds, by the sounds that they have.
_ENGLISH = {
    "software": 2, "hardware": 2, "website": 2, "webpage": 2, "homepage": 2, "online": 2, "offline": 2, "hotline": 2,
    "deadline": 2, "guideline": 2, "update": 2, "upgrade": 2, "service": 2, "smartphone": 2, "phone": 1, "team": 1,
    "leasing": 2, "jeans": 1, "feature": 2, "release": 2, "image": 2, "load": 1, "coach": 1, "board": 1, "roaming": 2,
    "stream": 1, "case": 1, "code": 1, "airline": 2, "cloud": 1, "interface": 3, "engine": 2,
}  # fmt: skip
_ENGLISH_WORD = expression("|".join(sorted(_ENGLISH, key=len, reverse=True)))


@lru_cache(maxsize=16384)
def syllables(word: str) -> int:
    """How many syllables a word has, at least one; the parts of one with hyphens are added up. Figures and
    abbreviations without a vowel count as one."""
    return max(1, sum(_spoken(part) for part in _LETTERS.findall(word.lower())))


def _spoken(part: str) -> int:
    english = _ENGLISH_WORD.findall(part)
    if english:
        return sum(map(_ENGLISH.__getitem__, english)) + sum(map(_sounds, _ENGLISH_WORD.split(part)))
    return max(1, _sounds(part))


def _sounds(letters: str) -> int:
    letters = _CONSONANT.sub("j", letters)
    return sum(len(_SOUND.findall(piece)) for piece in _APART.split(letters))
