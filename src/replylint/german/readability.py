"""How hard a German text is to read, by two formulae made for German."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from replylint.german.syllables import syllables

_LONG = 6  # letters; a word with more is a long one


@dataclass(frozen=True, slots=True)
class Readability:
    """What the formulae need of a text: its sentences and words, the words' syllables, and how many words have one
    syllable, three or more, or more than six letters. A text without words has no readability: see `measured`."""

    sentences: int
    words: int
    syllables: int
    short: int
    many: int
    long: int

    @property
    def words_per_sentence(self) -> float:
        """The mean length of its sentences, in words."""
        return self.words / self.sentences

    @property
    def syllables_per_word(self) -> float:
        """The mean length of its words, in syllables."""
        return self.syllables / self.words

    @property
    def vienna(self) -> float:
        """The first Wiener Sachtextformel: the school year for which a factual text is suited, some 4 (very easy) to 15
        (very hard).

        0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875, where MS, IW and ES are the percentages of words with
        three or more syllables, with more than six letters, and with one syllable, and SL is the mean length of
        sentences in words. Richard Bamberger and Erich Vanecek: Lesen, Verstehen, Lernen, Schreiben. Die
        Schwierigkeitsstufen von Texten in deutscher Sprache. Wien: Jugend und Volk 1984."""
        share = 100 / self.words
        return (
            0.1935 * self.many * share
            + 0.1672 * self.words_per_sentence
            + 0.1297 * self.long * share
            - 0.0327 * self.short * share
            - 0.875
        )

    @property
    def flesch(self) -> float:
        """Flesch's Reading Ease as Amstad fitted it to German: 100 is very easy, 0 very hard.

        180 - ASL - 58.5 ASW, where ASL is the mean length of sentences in words and ASW that of words in syllables.
        Toni Amstad: Wie verständlich sind unsere Zeitungen? Dissertation, Universität Zürich 1978."""
        return 180 - self.words_per_sentence - 58.5 * self.syllables_per_word


def measured(sentences: Iterable[Sequence[str]]) -> Readability | None:
    """The figures of a text, given as the words of each sentence; None where it has no words."""
    texts = [words for words in sentences if words]
    if not texts:
        return None
    words = [word for text in texts for word in text]
    counts = [syllables(word) for word in words]
    return Readability(
        sentences=len(texts),
        words=len(words),
        syllables=sum(counts),
        short=sum(count == 1 for count in counts),
        many=sum(count >= 3 for count in counts),
        long=sum(sum(letter.isalpha() for letter in word) > _LONG for word in words),
    )
