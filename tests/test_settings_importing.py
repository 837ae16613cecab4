"""The section [import]: what the columns of a plan without month columns may be called."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.settings import load_profile
from sheetplan.settings.importing import PLAN_COLUMNS


def settings_of(folder: Path, text: str):
    path = folder / "sheetplan.toml"
    path.write_text(f'profile = "standard"\n[import]\n{text}', "utf-8")
    return load_profile(path).importing


def test_the_profile_has_words_for_every_column() -> None:
    headings = load_profile("standard").importing.headings
    assert list(headings) == list(PLAN_COLUMNS)
    assert all(headings.values())


def test_a_councils_words_stand_beside_the_profiles(tmp_path: Path) -> None:
    usual = load_profile("standard").importing.headings
    own = settings_of(tmp_path, 'aim = ["Ambition", "AIM"]').headings
    assert own["aim"] == (*usual["aim"], "Ambition")
    assert own["action"] == usual["action"]


def test_a_file_that_is_older_than_the_section_has_the_profiles_words(tmp_path: Path) -> None:
    path = tmp_path / "sheetplan.toml"
    path.write_text('profile = "standard"\n', "utf-8")
    assert load_profile(path).importing == load_profile("standard").importing


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('lead = ["Lead"]', '[import] "lead" means nothing here.'),
        ('aim = "Ambition"', "[import] aim must be a list of words"),
        ('aim = ["Required action"]', '[import] "Required action" stands under aim and under'),
        ('aim = ["!"]', '[import] aim: "!" has no letter or figure to look for.'),
    ],
)
def test_what_cannot_be_understood_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_of(tmp_path, text)
    assert message in str(refused.value)
