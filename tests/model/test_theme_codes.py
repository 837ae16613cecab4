"""Codes of themes: two letters each, and no two the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.reference import Reference
from sheetplan.model.theme_codes import theme_codes


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["Finance", "People"], ["FI", "PE"]),
        (["Corporate Oversight", "Culture and values"], ["CO", "CV"]),
        (["People and culture", "Place & communities"], ["PC", "PL"]),
        (["Finance", "Fire", "Fitness"], ["FI", "FR", "FT"]),
        (["The audit of us", "Audit"], ["AU", "AD"]),
        (["Tŷ a chartref"], ["TC"]),
        (["2030", "X", "X1"], ["TA", "XA", "XB"]),
    ],
)
def test_a_code_is_made_of_the_letters_of_the_name(names: list[str], codes: list[str]) -> None:
    assert list(theme_codes(names)) == codes


@given(st.lists(st.text(max_size=8), max_size=60))
def test_no_two_themes_have_the_same_code_and_each_makes_a_reference(names: list[str]) -> None:
    codes = theme_codes(names)
    assert len(set(codes)) == len(names)
    for code in codes:
        reference = Reference.parse(f"{code}.A1.0")
        assert reference is not None
        assert (reference.theme, reference.is_main_action) == (code, True)
