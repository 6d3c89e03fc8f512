"""One spelling per German word: the form in which words are compared."""

from unicodedata import normalize

_TABLE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "\u00ad": None})


def fold(word: str) -> str:
    """Return `word` in lower case and NFC, with ä, ö, ü and ß written ae, oe, ue and ss.

    Soft hyphens are dropped. „Größe“, „Groesse“ and „GRÖSSE“ all give „groesse“.
    """
    if word.isascii():
        return word.lower()
    return normalize("NFC", normalize("NFC", word).lower()).translate(_TABLE)
