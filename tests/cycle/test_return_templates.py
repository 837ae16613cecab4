"""Templates of a council's own for returns: what they may change, and what they must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sheetplan.cycle.return_making import ReturnMaker
from sheetplan.errors import TemplateError
from sheetplan.model.owner_return import ReceivedReturn
from sheetplan.settings import Settings
from sheetplan.sheets.return_reading import read_return
from tests.cycle.return_books import FACTS, GUIDE, NEW_ACTIONS, SHIPPED, UPDATE, made
from tests.judges import openpyxl_values
from tests.returns.owner_rows import SETTINGS, asked


def settings_with(template: Path) -> Settings:
    """The settings of a council with a template of its own."""
    return replace(SETTINGS, templates={"owner_return": template})


@pytest.fixture
def own(tmp_path: Path) -> Callable[[Callable[[openpyxl.Workbook], object]], Settings]:
    """The settings of a council whose copy of the template was changed, and saved by openpyxl."""

    def change(edit: Callable[[openpyxl.Workbook], object]) -> Settings:
        book = openpyxl.load_workbook(SHIPPED)
        edit(book)
        book.save(tmp_path / "ours.xlsx")
        return settings_with(tmp_path / "ours.xlsx")

    return change


def heading(cell: str, text: str | None) -> Callable[[openpyxl.Workbook], object]:
    """Another heading over a column of Your update; the table's name for it follows."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book[UPDATE]
        del sheet.tables["ActionUpdates"]
        sheet[cell].value = text

    return edit


def faults(settings: Settings) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        ReturnMaker(settings)
    assert "ours.xlsx" in str(caught.value)
    return list(caught.value.faults)


def test_the_shipped_template_can_be_used() -> None:
    ReturnMaker(SETTINGS)


def test_the_hidden_sheet_has_the_headings_of_the_councils_own_template(own, tmp_path) -> None:
    settings = own(heading("H6", "News"))
    path = made(tmp_path / "hr.xlsx", asked("OC.A1.1"), settings=settings)
    rows = [[cell.value for cell in row[:3]] for row in openpyxl.load_workbook(path)[FACTS]]
    assert ["heading", "update", "News"] in rows
    assert ["heading", "status", "This month's status"] in rows
    assert ["new_action_heading", "lead", "Lead"] in rows
    read = read_return(path.read_bytes(), path.name, settings)
    assert isinstance(read, ReceivedReturn), read
    assert read.columns["update"] == "H"


def test_a_template_that_lost_the_results_of_its_formulas_leaves_them_to_excel(
    own, tmp_path
) -> None:
    settings = own(lambda book: None)  # openpyxl keeps no results
    path = made(tmp_path / "hr.xlsx", asked("OC.A1.1"), settings=settings)
    assert openpyxl_values(path)[UPDATE].get("I7") is None
    assert openpyxl_values(path, formulas=True)[UPDATE]["I7"].startswith('=IF(TRIM(G7)=""')


def test_a_field_without_a_cell_of_its_own_is_named(own) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book[UPDATE]["G7"].value = None
        book[UPDATE]["D7"].value = "by {due_date}"
        book[NEW_ACTIONS]["G4"].value = None

    assert faults(own(edit)) == [
        "Your update: no cell of the row row_asked says {due_date} and nothing else.",
        "Your update: no cell of the row row_asked says {status} and nothing else.",
        "New actions: no cell of the row row_new_action says {lead} and nothing else.",
    ]


def test_a_column_without_a_heading_is_named(own) -> None:
    assert faults(own(heading("H6", None))) == [
        "Your update!H6: the column of {update} has no heading above its pattern row."
    ]


def test_two_columns_of_one_heading_are_named(own) -> None:
    assert faults(own(heading("H6", "this MONTH'S status "))) == [
        "Your update!H6: the columns of {status} and {update} have one heading, \"this MONTH'S "
        'status", by which nobody can tell them apart.'
    ]


def test_all_that_is_missing_is_said_at_once(own) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        del book[UPDATE].defined_names["row_asked"]
        book.remove(book[GUIDE])

    found = faults(own(edit))
    assert found[0].startswith("Your update: no row has the name row_asked (an action for which")
    assert "The sheet Guide is missing." in found


def test_a_template_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(TemplateError, match="as owner_return, and there is no such file"):
        ReturnMaker(settings_with(tmp_path / "ours.xlsx"))
