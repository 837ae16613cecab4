"""The section [recommendations]: what is understood, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.settings import load_profile
from sheetplan.settings.recommendations import REGISTER_COLUMNS, RecommendationSettings

STANDARD = load_profile("standard").recommendations


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], RecommendationSettings]:
    """The [recommendations] of a sheetplan.toml that adds this text to the standard profile."""

    def loaded(text: str) -> RecommendationSettings:
        path = tmp_path / "sheetplan.toml"
        path.write_text(f'profile = "standard"\n{text}\n', encoding="utf-8")
        return load_profile(path).recommendations

    return loaded


def test_the_standard_profile_names_every_column() -> None:
    assert tuple(STANDARD.headings) == REGISTER_COLUMNS
    assert all(STANDARD.headings.values())


def test_headings_add_to_the_profiles_and_words_replace_them(
    load: Callable[[str], RecommendationSettings],
) -> None:
    found = load(
        '[recommendations]\ntext = ["Asked of us", "text"]\n'
        '[recommendations.words]\noutside_the_plan = ["Elsewhere"]'
    )
    assert found.headings["text"] == (*STANDARD.headings["text"], "Asked of us")
    assert found.headings["code"] == STANDARD.headings["code"]
    assert found.outside_the_plan == ("Elsewhere",)
    assert found.in_the_plan == STANDARD.in_the_plan


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[recommendations]\ntexts = ["A"]', '"texts" means nothing here.'),
        ('[recommendations.words]\nin_plan = ["A"]', '"in_plan" means nothing here.'),
        ('[recommendations]\ntext = ["Response"]', "stands under text and under response"),
        ('[recommendations]\ntext = "Asked"', "text must be a list of words"),
        ('[recommendations.words]\nleft_notes = ["??"]', "has no letter or figure to look for"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    load: Callable[[str], RecommendationSettings], text: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message.replace("?", r"\?")):
        load(text)
