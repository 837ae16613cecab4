"""Writing into the cells of a month, judged by openpyxl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.month_cells import MonthCells, MonthText, agreed_writes, put_month_cells
from sheetplan.sheets.reading import read_layouts
from tests.builders import FIRST_SHEET, patched, workbook_from_text
from tests.judges import diff, openpyxl_values, valid

JUNE, JULY = Month(2023, 6), Month(2023, 7)
RUN = '<rPr xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</rPr>'
BOLD, RED = (RUN.format(look).encode() for look in ("<b/>", '<color rgb="FFC00000"/>'))

TRACKER = """
    | Ref     | Action       | Status (June 2023) | Update (June 2023) | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Fix the roof | On track           | Begun              |                    |                    |
    | OC.A1.2 | Paint it     | On track           | Late               | On track           | Half done          |
    | OC.A1.3 | Sell it      | On track           | Late               | =C4 -> On track    |                    |
"""  # noqa: E501


def tracker(folder: Path, text: str = TRACKER, decorate: Any = None) -> Path:
    return workbook_from_text(folder / "plan.xlsx", {"Theme 1": text}, decorate=decorate)


def cells_of(path: Path, month: Month = JULY) -> tuple[Workbook, MonthCells]:
    workbook = Workbook.open(path)
    reading = read_layouts(workbook, load_profile("standard"))
    return workbook, MonthCells(workbook, reading, month)


def in_row(row: int) -> Action:
    """An action of the tracker, of which only its place counts."""
    return Action("", None, "Theme 1", row, {}, {})


def written(path: Path, *answers: tuple[int, str, tuple[Run, ...]]) -> Path:
    """The tracker with these rows' fields written, saved as a new file and proved."""
    workbook, cells = cells_of(path)
    placed = cells.placed([MonthText(in_row(row), field, runs) for row, field, runs in answers])
    writes = [each.write for each in placed if each.write]
    assert len(writes) == len(answers)
    put_month_cells(workbook, writes)
    after = path.with_name("after.xlsx")
    save(
        workbook.package, after, source=path, state=FileState.of(path),
        agreed=agreed_writes(writes),
    )  # fmt: skip
    assert valid(path, after) == []
    return after


def test_words_stand_in_the_columns_of_the_month(tmp_path: Path) -> None:
    path = tracker(tmp_path)
    after = written(path, (2, "status", (Run("Complete"),)), (2, "update", (Run("Done\nat last"),)))
    expected = openpyxl_values(path)
    expected["Theme 1"] |= {"E2": "Complete", "F2": "Done\nat last"}
    assert openpyxl_values(after) == expected
    assert not diff(path, after).lost


def test_what_a_cell_says_already_is_written_over_and_no_other_cell(tmp_path: Path) -> None:
    path = tracker(tmp_path)
    after = written(path, (3, "update", (Run("Done"),)))
    expected = openpyxl_values(path)
    expected["Theme 1"]["F3"] = "Done"
    assert openpyxl_values(after) == expected


def test_no_words_make_a_cell_blank(tmp_path: Path) -> None:
    after = written(tracker(tmp_path), (3, "update", ()))
    assert "F3" not in openpyxl_values(after)["Theme 1"]


@pytest.mark.parametrize("typed", ["=1+1", "+44 20 7946 0000", "-", "@team", "=cmd|'/c calc'!A1"])
def test_text_is_never_a_formula(tmp_path: Path, typed: str) -> None:
    after = written(tracker(tmp_path), (2, "update", (Run(typed),)))
    assert openpyxl_values(after, formulas=True)["Theme 1"]["F2"] == typed
    assert openpyxl.load_workbook(after)["Theme 1"]["F2"].data_type == "s"


def test_rich_text_keeps_its_look(tmp_path: Path) -> None:
    runs = (Run("Roof "), Run("fixed", BOLD), Run("."))
    after = written(tracker(tmp_path), (2, "update", runs))
    text = openpyxl.load_workbook(after, rich_text=True)["Theme 1"]["F2"].value
    assert isinstance(text, CellRichText)
    assert str(text) == "Roof fixed."
    assert text[1].font.b


def rich_text(path: Path, cell: str) -> CellRichText:
    text = openpyxl.load_workbook(path, rich_text=True)["Theme 1"][cell].value
    assert isinstance(text, CellRichText)
    return text


def dressed(folder: Path, font: dict[str, Any]) -> Path:
    """The tracker with F3 in a font of its own."""

    def decorate(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Theme 1")
        sheet.write_string("F3", "Half done", book.add_format(font))

    return tracker(folder, decorate=decorate)


def test_what_stands_out_does_so_in_the_font_of_the_cell(tmp_path: Path) -> None:
    font = {"font_name": "Gill Sans MT", "font_size": 13, "font_color": "#1F3864"}
    runs = (Run("Roof "), Run("fixed", BOLD), Run(" late", RED))
    path = dressed(tmp_path, font)
    plain, bold, red = rich_text(written(path, (3, "update", runs)), "F3")
    assert plain == "Roof "
    assert (bold.text, bold.font.b, bold.font.color.rgb) == ("fixed", True, "FF1F3864")
    assert (red.text, red.font.b, red.font.color.rgb) == (" late", False, "FFC00000")
    for each in (bold, red):
        assert (each.font.rFont, each.font.sz, each.font.family) == ("Gill Sans MT", 13, 2)


def test_a_stretch_keeps_what_makes_the_whole_cell_stand_out(tmp_path: Path) -> None:
    path = dressed(tmp_path, {"italic": True})
    _, both = rich_text(written(path, (3, "update", (Run("Roof "), Run("fixed", BOLD)))), "F3")
    assert (both.font.b, both.font.i) == (True, True)


def test_in_a_cell_that_was_not_stored_it_has_the_font_of_the_column(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        large = book.add_format({"font_size": 15})
        book.get_worksheet_by_name("Theme 1").set_column("F:F", 30, large)

    path = tracker(tmp_path, decorate=decorate)
    _, bold = rich_text(written(path, (2, "update", (Run("Roof "), Run("fixed", BOLD)))), "F2")
    assert (bold.font.b, bold.font.sz) == (True, 15)


def test_the_look_of_the_cell_stays(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        wrap = book.add_format({"text_wrap": True, "bg_color": "#FFEEDD"})
        book.get_worksheet_by_name("Theme 1").write_string("F3", "Half done", wrap)

    path = tracker(tmp_path, decorate=decorate)
    cell = openpyxl.load_workbook(written(path, (3, "update", (Run("Done"),))))["Theme 1"]["F3"]
    assert (cell.value, cell.alignment.wrap_text, cell.fill.fgColor.rgb) == (
        "Done",
        True,
        "FFFFEEDD",
    )


def test_a_cell_that_was_not_stored_gets_the_look_of_its_column(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        wrap = book.add_format({"text_wrap": True})
        book.get_worksheet_by_name("Theme 1").set_column("F:F", 40, wrap)

    path = tracker(tmp_path, decorate=decorate)
    after = written(path, (2, "update", (Run("Begun"),)), (2, "status", (Run("On track"),)))
    sheet = openpyxl.load_workbook(after)["Theme 1"]
    assert sheet["F2"].alignment.wrap_text
    assert not sheet["E2"].alignment.wrap_text


def test_a_cell_that_was_not_stored_gets_the_look_of_its_row_before_that(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet = book.get_worksheet_by_name("Theme 1")
        sheet.set_column("F:F", 40, wrap)
        sheet.set_row(1, None, bold)

    after = written(tracker(tmp_path, decorate=decorate), (2, "update", (Run("Begun"),)))
    cell = openpyxl.load_workbook(after)["Theme 1"]["F2"]
    assert cell.font.b
    assert not cell.alignment.wrap_text


def rows_of_height(
    folder: Path, height: float | None, *, wraps: bool = True, action: str = "", merged: str = ""
) -> Path:
    """A tracker whose row of OC.A1.1 has a height; perhaps with another action, or with cells that
    are merged."""

    def decorate(book: Any) -> None:
        wrap = book.add_format({"text_wrap": wraps})
        sheet = book.get_worksheet_by_name("Theme 1")
        sheet.set_column("E:F", 40)
        sheet.set_row(1, height)
        sheet.write_string("B2", action or "Fix the roof", wrap)
        sheet.write_blank("E2", None, wrap)
        sheet.write_blank("F2", None, wrap)
        if merged:
            sheet.merge_range(merged, action, wrap)

    return tracker(folder, decorate=decorate)


THREE_LINES = (Run("Slates came.\n"), Run("The north side is done.\nThe south side is next."))


def height_of_row_2(path: Path) -> float | None:
    height: float | None = openpyxl.load_workbook(path)["Theme 1"].row_dimensions[2].height
    return height


def test_a_row_that_showed_all_its_words_still_does(tmp_path: Path) -> None:
    path = rows_of_height(tmp_path, 30)
    after = written(path, (2, "status", (Run("On track"),)), (2, "update", THREE_LINES))
    assert 44 <= (height_of_row_2(after) or 0) <= 48
    assert [line.split(" ", 3)[:3] for line in diff(path, after).harm] == [["Theme", "1", "row"]]
    assert openpyxl.load_workbook(after)["Theme 1"].row_dimensions[3].height is None


def test_a_row_that_is_hardly_lower_than_its_words_are_estimated_does_too(tmp_path: Path) -> None:
    path = rows_of_height(tmp_path, 38, action="Fix\nthe\nroof")  # 45 points, as they are estimated
    after = written(path, (2, "update", (*THREE_LINES, Run("\nThen the hall."))))
    assert (height_of_row_2(after) or 0) > 55


def test_a_row_that_becomes_taller_is_named_once(tmp_path: Path) -> None:
    _, cells = cells_of(rows_of_height(tmp_path, 30))
    texts = [MonthText(in_row(2), field, THREE_LINES) for field in ("status", "update")]
    heights = [each.write.row_height for each in cells.placed(texts) if each.write]
    assert [bool(height) for height in heights] == [True, False]


@pytest.mark.parametrize(
    ("height", "facts"),
    [
        (90, {}),  # it is tall enough
        (None, {}),  # it gets its height when it is opened
        (30, {"wraps": False}),
        (30, {"action": "Fix the roof before it rains in " * 9}),  # that was cut off before
    ],
)
def test_other_rows_keep_their_height(
    tmp_path: Path, height: float | None, facts: dict[str, Any]
) -> None:
    after = written(rows_of_height(tmp_path, height, **facts), (2, "update", THREE_LINES))
    assert height_of_row_2(after) == height


def test_words_in_merged_cells_do_not_count_towards_a_height(tmp_path: Path) -> None:
    path = rows_of_height(
        tmp_path, 30, action="Fix the roof before it rains in " * 9, merged="B2:B3"
    )
    after = written(path, (2, "update", THREE_LINES))
    assert (height_of_row_2(after) or 0) > 40


def test_a_free_cell_has_no_obstacle(tmp_path: Path) -> None:
    _, cells = cells_of(tracker(tmp_path))
    assert [cells.obstacle(in_row(row), "update", "x") for row in (2, 3, 4)] == ["", "", ""]


def test_a_formula_is_an_obstacle(tmp_path: Path) -> None:
    _, cells = cells_of(tracker(tmp_path))
    assert cells.obstacle(in_row(4), "status", "x") == (
        "Theme 1!E4 holds a formula (=C4), which is not written over. Type the words there by hand."
    )


def test_a_shared_formula_is_one_too(tmp_path: Path) -> None:
    def share(xml: bytes) -> bytes:
        cell = b'<c r="E4" t="str"><f>C4</f><v>On track</v></c>'
        assert cell in xml
        return xml.replace(
            cell, b'<c r="E4" t="str"><f t="shared" ref="E4:F4" si="0">C4</f><v>On track</v></c>'
            b'<c r="F4" t="str"><f t="shared" si="0"/><v>Late</v></c>',
        )  # fmt: skip

    _, cells = cells_of(patched(tracker(tmp_path), {FIRST_SHEET: share}))
    assert cells.obstacle(in_row(4), "update", "x") == (
        "Theme 1!F4 holds a formula (=D4), which is not written over. Type the words there by hand."
    )


def test_a_cell_that_another_covers_is_an_obstacle_and_the_other_is_not(tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        book.get_worksheet_by_name("Theme 1").merge_range("F2:F3", "Both")

    _, cells = cells_of(tracker(tmp_path, decorate=decorate))
    assert cells.obstacle(in_row(2), "update", "x") == ""
    assert cells.obstacle(in_row(3), "update", "x") == (
        "Theme 1!F3 is part of the merged cells F2:F3, whose words stand in F2. Unmerge them and "
        "run this again."
    )


def test_a_month_without_such_a_column_is_an_obstacle(tmp_path: Path) -> None:
    text = """
        | Ref     | Action       | Status (June 2023) | Update (June 2023) | Status (July 2023) |
        | OC.A1.1 | Fix the roof | On track           | Begun              |                    |
    """
    _, cells = cells_of(tracker(tmp_path, text))
    assert cells.obstacle(in_row(2), "status", "x") == ""
    assert cells.obstacle(in_row(2), "update", "x") == (
        "Theme 1 has no column for the update of July 2023."
    )
