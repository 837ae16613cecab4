"""The workbook of what changed between two trackers."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import sheetplan
from sheetplan.changes.patterns import CHANGES_SHEETS
from tests.builders import workbook_from_text
from tests.cycle.comparing import OLDER, TEMPLATE, two_trackers
from tests.judges import calamine_values, office_texts, openpyxl_values, sdk_errors, valid

SHEETS = [patterns.sheet for patterns in CHANGES_SHEETS]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return two_trackers(tmp_path)


@pytest.fixture
def book(pair: tuple[Path, Path], tmp_path: Path) -> Path:
    sheetplan.compare(*pair, output=tmp_path / "changes.xlsx")
    return tmp_path / "changes.xlsx"


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet's table, as openpyxl reads them."""
    found = openpyxl.load_workbook(path)[sheet]
    return list(found.iter_rows(min_row=5, values_only=True))


def test_each_kind_of_change_is_a_table_on_a_sheet_of_its_own(book: Path) -> None:
    found = openpyxl.load_workbook(book)
    assert found.sheetnames == SHEETS
    for sheet in found.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert table.ref.split(":")[1].endswith(str(sheet.max_row))
        assert str(sheet["A1"].value).endswith(", June 2026 to July 2026")
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.orientation == "landscape"
    assert found.properties.language == "en-GB"


def test_the_tables_say_what_changed(book: Path) -> None:
    theme = "Aim: lead well"
    assert rows(book, "Actions") == [
        ("Added", "LC.A1.9", theme, "=1+1 values", None, "New action; Due Mar-27; Ben"),
        (
            "Removed", "LC.A1.3", "Theme 1", "Count values",
            "Green – on track; Due May-26; Asha", None,
        ),
        ("Moved to another theme", "FA.A1.1", theme, "Save", "Theme 2", theme),
    ]  # fmt: skip
    assert rows(book, "Dates") == [
        ("LC.A1.2", theme, "Use our values daily", "Due date", "May-26", "Oct-26",
         "5 months later", 5)
    ]  # fmt: skip
    assert [row[3:] for row in rows(book, "Statuses")] == [
        ("Green – on track", "Complete", "Completed"),
        ("Green – on track", "Amber – medium progress", "Worsened"),
    ]
    assert rows(book, "Past months") == [
        ("LC.A1.2", theme, "Use our values daily", "June 2026", "Status", "On track", "Amber")
    ]


def test_new_words_are_bold_and_the_others_are_not(book: Path) -> None:
    found = openpyxl.load_workbook(book, rich_text=True)["Texts"]
    after = found["F5"].value
    assert isinstance(after, CellRichText)
    assert [
        (run.text, run.font.b, run.font.rFont) if isinstance(run, TextBlock) else run
        for run in after
    ] == ["Use ", ("our", True, "Arial"), " values ", ("daily", True, "Arial")]
    assert found["E5"].value == "Use values"


def test_what_begins_like_a_formula_is_text(book: Path) -> None:
    assert openpyxl.load_workbook(book)["Actions"]["D5"].data_type != "f"
    assert openpyxl_values(book) == calamine_values(book)


def test_the_cover_says_which_trackers_and_how_much_changed(book: Path) -> None:
    cover = list(openpyxl_values(book)["Cover"].values())
    assert "june.xlsx, 5 actions, filled in up to June 2026" in cover
    assert "july.xlsx, 5 actions, filled in up to July 2026" in cover
    assert any(str(text).endswith("they moved. 1 change.") for text in cover)


def test_a_kind_without_changes_says_so(pair: tuple[Path, Path], tmp_path: Path) -> None:
    copy = Path(shutil.copy(pair[0], tmp_path / "copy.xlsx"))
    sheetplan.compare(pair[0], copy, output=tmp_path / "none.xlsx")
    for sheet in SHEETS[1:]:
        ((first, *others),) = rows(tmp_path / "none.xlsx", sheet)
        assert first == "No changes"
        assert set(others) == {None}


def test_findings_stand_on_the_cover(tmp_path: Path) -> None:
    text = OLDER["Theme 1"].replace("LC.A1.3", "LC.A1.2")
    twice = workbook_from_text(tmp_path / "twice.xlsx", {"Theme 1": text})
    older = workbook_from_text(tmp_path / "older.xlsx", OLDER)
    sheetplan.compare(older, twice, output=tmp_path / "changes.xlsx")
    cover = openpyxl_values(tmp_path / "changes.xlsx")["Cover"]
    assert "Theme 1!A4 (LC.A1.2)" in cover.values()


def test_it_keeps_excels_rules_and_the_essential_ones_of_accessibility(book: Path) -> None:
    assert valid(TEMPLATE, book) == []
    assert not sheetplan.accessibility(book).essential


@pytest.mark.office
def test_libreoffice_shows_what_changed(book: Path) -> None:
    shown = office_texts([book])[book]
    assert set(shown) == set(SHEETS)
    assert shown["Texts"]["F5"] == "Use our values daily"
    assert shown["Actions"]["D5"] == "=1+1 values"


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(book: Path) -> None:
    assert sdk_errors(book) == []


def test_long_texts_go_on_in_more_rows_with_their_new_words_bold(tmp_path: Path) -> None:
    sentence = "The board met on Tuesday and agreed the next steps with the finance team. "
    said = [sentence * 60, sentence * 30 + "All of it is new. " + sentence * 30]
    head = "| Ref | Action | RAG Jun-26 | Update Jun-26 |"
    paths = [
        workbook_from_text(
            tmp_path / f"{at}.xlsx", {"Theme 1": f"{head}\n| A1.1 | Mend | Red | {text} |"}
        )
        for at, text in enumerate(said)
    ]
    sheetplan.compare(*paths, output=tmp_path / "changes.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "changes.xlsx", rich_text=True)["Texts"]
    assert sheet.max_row > 5
    runs = [run for row in range(5, sheet.max_row + 1) for run in _runs(sheet.cell(row, 6).value)]
    assert [run.text.strip() for run in runs if isinstance(run, TextBlock)] == ["All of it is new."]
    assert {sheet.cell(row, 1).value for row in range(5, sheet.max_row + 1)} == {"A1.1"}


def _runs(value: object) -> list[object]:
    return list(value) if isinstance(value, CellRichText) else [value]
