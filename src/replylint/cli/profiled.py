"""What `--profile` shows: the time of a run by check, signal and step, the most expensive first."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.cli.texts import text
from replylint.profiling import AHEAD, READING, REPORTING, SEARCH, Profile, Sort

_MANY = 200
_STEPS = {
    READING: "profile-reading",
    SEARCH: "profile-search",
    AHEAD: "profile-ahead",
    REPORTING: "profile-reporting",
}


def lines(profile: Profile, lang: str) -> Iterator[str]:
    """The table's lines; nothing but one where no draft was checked."""
    seconds = profile.seconds
    drafts = text(lang, "n-drafts", n=profile.drafts)
    if not seconds:
        yield text(lang, "profile-empty", drafts=drafts)
        return
    each = _time(seconds / profile.drafts, lang)
    yield text(lang, "profile", each=each, drafts=drafts, all=_time(seconds, lang))
    if profile.drafts < _MANY:
        yield text(lang, "profile-once")
    heads = [text(lang, key) for key in ("profile-share", "profile-each", "profile-tried", "profile-hits")]
    yield _row(heads, text(lang, "profile-what"))
    for sort, name, cost in profile.ranked():
        share = _number(100 * cost.seconds / seconds, 1, lang)
        counts = ["", ""] if sort is Sort.STEP else [str(cost.tried or ""), str(cost.hits or "")]
        what = text(lang, _STEPS[name]) if sort is Sort.STEP else name
        if sort is Sort.SIGNAL:
            what = text(lang, "profile-signal", name=name)
        yield _row([f"{share} %", _time(cost.seconds / profile.drafts, lang), *counts], what)


def _row(cells: list[str], what: str) -> str:
    return "".join(f"{cell:>12}" for cell in cells) + f"  {what}"


def _time(seconds: float, lang: str) -> str:
    if seconds >= 1:
        return f"{_number(seconds, 2, lang)} s"
    if seconds >= 0.001:
        return f"{_number(seconds * 1e3, 2, lang)} ms"
    return f"{_number(seconds * 1e6, 1, lang)} µs"


def _number(value: float, digits: int, lang: str) -> str:
    written = f"{value:.{digits}f}"
    return written if lang == "en" else written.replace(".", ",")
