"""replylint: a linter for written replies to customers, in German.

`lint_text` checks one reply, `lint_texts` many, a `Checker` both, over and over with the same rules; see docs/api.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from replylint.api import Checker, Error, Finding, Position, Reply, Rewrite, lint_text, lint_texts

__version__ = "0.1.0"
__all__ = ["Checker", "Error", "Finding", "Position", "Reply", "Rewrite", "__version__", "lint_text", "lint_texts"]


def __getattr__(name: str) -> Any:
    # The program itself imports this package and needs none of these.
    if name in __all__:
        from replylint import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
