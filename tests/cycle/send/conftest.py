"""The tracker, the folder and the day of the tests of sending."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cycle.sending import NOON, made_tracker, set_today


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15 August 2023, a Tuesday."""
    set_today(monkeypatch, NOON)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with three owners in August, one of whom has addresses."""
    return made_tracker(tmp_path)


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """Where returns go."""
    return tmp_path / "returns"
