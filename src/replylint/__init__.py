"""replylint: a linter for written replies to customers, in German."""

__version__ = "0.1.0"
