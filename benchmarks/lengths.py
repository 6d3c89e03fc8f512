"""How the time of each check grows with the text: 150 words against 15,000, ordinary and hostile ones.

Run by `speed.py` in the environment that holds the installed replylint; prints one JSON line for each text, with the
seconds of processor time of every step, signal and check: {"text": …, "costs": {name: [short, long]}}, or
{"text": …, "late": true} where the long one takes longer than a minute.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator

import inputs

from replylint.draft import Draft
from replylint.linter import Settings
from replylint.profiling import Profile, ProfiledLinter
from replylint.rules import load
from replylint.source import Source, SourceMap

TIMES = 100
LIMIT = 60
_SHORTS = 20
"""So many short texts are averaged over; one alone is over before the clock has ticked often."""


class LateError(Exception):
    """A text took too long."""


def _late(*_: object) -> None:
    raise LateError


def draft(text: str) -> Draft:
    """A draft of that text."""
    return Draft(Source("draft.txt", text), text, SourceMap.identity(len(text)))


def pairs(seed: int) -> Iterator[tuple[str, list[str], str]]:
    """The texts: a name, short ones to warm up and to average over, and a hundred times as long a one."""
    texts = inputs.drafts(TIMES + 2 * _SHORTS, seed)
    yield "drafts", texts[: 2 * _SHORTS], "\n".join(texts[2 * _SHORTS :])
    for (name, short), (_, long) in zip(inputs.hostile(), inputs.hostile(inputs.WORDS * TIMES), strict=True):
        # No two alike, since the second one would be known.
        yield name, [f"{short.rstrip(' ')}{number}" for number in range(2 * _SHORTS)], long


def main() -> None:
    """Measure all and print."""
    ruleset = load(["de"], cached=True)
    linter = ProfiledLinter(ruleset, Settings(), Profile())
    for text in inputs.drafts(300, 1):
        linter.check(draft(text))
    signal.signal(signal.SIGALRM, _late)
    for name, shorts, long in pairs(int(sys.argv[1])):
        profiles = []
        late = False
        for texts in (shorts[:_SHORTS], shorts[_SHORTS:], [long]):  # the first ones warm up
            linter.profile = Profile(time.process_time)
            profiles.append(linter.profile)
            signal.alarm(LIMIT)
            try:
                for text in texts:
                    linter.check(draft(text))
            except LateError:
                late = True
            finally:
                signal.alarm(0)
        result: dict[str, object] = {"text": name}
        if late:
            result["late"] = True
        else:
            result["costs"] = {
                f"{sort}:{what}": [cost.seconds / _SHORTS, profiles[2].of(sort, what).seconds]
                for (sort, what), cost in profiles[1].costs.items()
            }
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
