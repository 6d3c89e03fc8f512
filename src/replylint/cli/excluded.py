"""Which files the configuration and `.gitignore` leave out."""

from __future__ import annotations

import os

from replylint.config import Config, Configs
from replylint.globs import GitIgnored


class Excluded:
    """What a run leaves out. `force`: whether files that are named may be, too (None: as the configuration says);
    those that were are `left_out`."""

    def __init__(self, configs: Configs, *, force: bool | None = None) -> None:
        self.configs = configs
        self.force = force
        self.left_out: list[str] = []

    def named(self, path: str) -> bool:
        """Whether to leave out a file or folder that was named."""
        folder = os.path.isdir(path)  # noqa: PTH112
        config = self.configs.of(path if folder else os.path.dirname(path) or ".")  # noqa: PTH120
        force = bool(config.force_exclude) if self.force is None else self.force
        if not (force and config.exclude.excludes(path, folder=folder)):
            return False
        self.left_out.append(path)
        return True

    def search(self, top: str) -> Search:
        """A search of a folder that was named."""
        return Search(self.configs, top)


class Search:
    """A search of a folder. What leaves out the folder itself leaves out nothing in it: it was asked for."""

    def __init__(self, configs: Configs, top: str) -> None:
        self.configs = configs
        self.top = top
        self._ignored = GitIgnored(top)
        self._counts: dict[int, bool] = {}

    def excludes(self, folder: str, path: str, is_folder: bool) -> bool:
        """Whether to leave out a file or folder that was found in a searched folder."""
        config = self.configs.of(folder)
        if self._exclude_counts(config) and config.exclude.decide(path, folder=is_folder):
            return True
        return config.respect_gitignore is not False and self._ignored.match(path, folder=is_folder)

    def _exclude_counts(self, config: Config) -> bool:
        if not config.exclude.patterns:
            return False
        counts = self._counts.get(id(config))
        if counts is None:
            counts = self._counts[id(config)] = not config.exclude.excludes(self.top, folder=True)
        return counts
