"""What tests of several modules share and what takes long to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_pipeline import train


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a tiny German pipeline."""
    return str(train(Path(tmp_path_factory.mktemp("pipeline")) / "de_klein"))
