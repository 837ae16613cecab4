"""Reading a plan from a workbook: lines of cells in their looks, merged cells, and numbers."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from sheetplan.model.plan_source import SourceDocument, SourceParagraph, SourceTable
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.plan_source_reading import read_plan_sheets

BLACK = "000000"  # XlsxWriter's theme says so of all words


def read(path: Path) -> SourceDocument:
    return read_plan_sheets(Workbook.open(path), path.name)


def shown(paragraph: SourceParagraph) -> list[tuple[object, ...]]:
    return [tuple(run) for run in paragraph.runs if run.text]


def tables(found: SourceDocument) -> list[SourceTable]:
    return [block for block in found.blocks if isinstance(block, SourceTable)]


def test_each_line_of_a_cell_is_a_paragraph_in_its_look(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    lead = book.add_format({"bold": True, "underline": 1})
    newest, red = book.add_format({"bold": True}), book.add_format({"font_color": "#FF0000"})
    sheet = book.add_worksheet("Streets")
    pieces = [lead, "Head\n", "Begun.\n\n", newest, "Well", red, " but late"]
    sheet.write_rich_string(0, 0, *pieces)
    sheet.write_string(1, 0, "All bold", newest)
    book.close()
    [table] = tables(read(path))
    [cell] = table.rows[0].cells
    assert [(p.place.paragraph, shown(p)) for p in cell.paragraphs] == [
        (1, [("Head", True, True, BLACK)]),
        (2, [("Begun.", False, False, BLACK)]),
        (4, [("Well", True, False, BLACK), (" but late", False, False, "FF0000")]),
    ]
    [second] = table.rows[1].cells
    assert shown(second.paragraphs[0]) == [("All bold", True, False, BLACK)]
    assert (table.name, table.title) == ("Streets", "Streets")


def test_merged_cells_count_once_and_tell_how_wide_they_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "1. Streets")
    sheet.merge_range(1, 0, 2, 0, "1.1")
    sheet.write_string(2, 1, "goes on", book.add_format({"bg_color": "#92D050"}))
    book.close()
    [table] = tables(read(path))
    assert [[(c.column, c.span, c.text, c.fill) for c in row.cells] for row in table.rows] == [
        [(1, 3, "1. Streets", "")],
        [(1, 1, "1.1", "")],
        [(2, 1, "goes on", "92D050")],
    ]


def test_a_number_reads_as_its_sheet_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_number(0, 0, 1.1, book.add_format({"num_format": "0.00"}))
    sheet.write_number(0, 1, 1.1)
    sheet.write_formula(0, 2, '="a"&"b"', None, "ab")
    sheet.write_boolean(0, 3, True)
    book.close()
    [table] = tables(read(path))
    assert [cell.text for cell in table.rows[0].cells] == ["1.10", "1.1", "ab", "TRUE"]


def test_hidden_sheets_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Streets").write(0, 0, "x")
    hidden = book.add_worksheet("Homes")
    hidden.write(0, 0, "y")
    hidden.hide()
    book.close()
    assert [table.name for table in tables(read(path))] == ["Streets", "Homes"]
