"""Names of sheets from the titles of sections."""

from __future__ import annotations

import pytest

from sheetplan.importing.theme_names import sheet_names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Streets", "Streets"),
        ("Homes / repairs: all of them", "Homes repairs all of them"),
        ("What residents can expect from us by next spring", "What residents can expect from"),
        ("Planning, budgets and performance of the council", "Planning"),
        ("'Quoted'", "Quoted"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", "Pneumonoultramicroscopicsilicov"),
        ("???", "Section"),
        ("Parks " + "\N{DECIDUOUS TREE}" * 14, "Parks"),  # Excel counts an emoji twice
        ("\N{DECIDUOUS TREE}" * 16, "\N{DECIDUOUS TREE}" * 15),
    ],
)
def test_a_name_is_one_that_a_sheet_can_have(title: str, name: str) -> None:
    [found] = sheet_names([title], [])
    assert len(found) <= 31
    if title.startswith(("What", "Planning")):
        assert title.startswith(found)
        return
    assert found == name


def test_names_differ_from_each_other_and_from_other_sheets() -> None:
    assert sheet_names(["Key", "Streets", "Streets"], ["key"]) == ("Key 2", "Streets", "Streets 2")
    assert sheet_names(["History"], []) == ("History 2",)
