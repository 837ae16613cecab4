"""The tracker and the returns of the tests of collecting."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cycle.collecting import both_returns, sent_tracker


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker that has sent its returns."""
    return sent_tracker(tmp_path / "tracker")


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """A folder with the returns of both owners."""
    return both_returns(tmp_path / "returns")
