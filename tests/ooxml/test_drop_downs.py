"""Drop-downs that take nothing but their own words."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sheetplan.ooxml.drop_downs import refuse_other_words
from tests.ooxml.editing import edited

RULES = (
    ("B2:B9", {"validate": "list", "source": ["On track", "Off track"], "error_type": "warning"}),
    ("C2:C9", {"validate": "list", "source": ["Yes", "No"], "error_type": "information"}),
    ("B11:B19", {"validate": "length", "criteria": "<", "value": 9, "error_type": "warning"}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sheet with a list in B, another in C, and another kind of rule in B."""
    book = xlsxwriter.Workbook(str(tmp_path / "lists.xlsx"))
    sheet = book.add_worksheet()
    for area, rule in RULES:
        sheet.data_validation(area, {**rule, "error_title": "Note", "error_message": "Well?"})
    book.close()
    return tmp_path / "lists.xlsx"


def rules_after(path: Path, message: str) -> dict[str, tuple[str, str]]:
    """How each rule takes other words, and what it says, once the list in B refuses them."""
    written = edited(
        path,
        lambda sheet: refuse_other_words(sheet, 2, message),
        agreed=["<dataValidation> B2:B9"],
    )
    rules = openpyxl.load_workbook(written).active.data_validations.dataValidation
    return {str(rule.sqref): (rule.errorStyle or "stop", rule.error) for rule in rules}


def test_a_list_refuses_other_words_and_other_rules_stay_as_they_were(path: Path) -> None:
    assert rules_after(path, 'Choose <one> & no "other"') == {
        "B2:B9": ("stop", 'Choose <one> & no "other"'),
        "C2:C9": ("information", "Well?"),
        "B11:B19": ("warning", "Well?"),
    }


def test_a_message_that_excel_could_not_show_is_cut_off(path: Path) -> None:
    assert rules_after(path, "x" * 300)["B2:B9"] == ("stop", "x" * 225)
