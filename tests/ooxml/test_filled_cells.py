"""Reading the filled cells of a row: quickly where they are plain text, and never otherwise than a
parser reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan.errors import SheetplanError
from sheetplan.ooxml.cells import formula_of
from sheetplan.ooxml.filled_cells import FilledCells, WorkedOut
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.sheet_rows import cells_of
from sheetplan.ooxml.workbook import Workbook
from tests.builders import FIRST_SHEET, package_with, parts_of, workbook_from_text
from tests.judges import ROOT, shared_folder


def check(path: Path) -> int:
    """Compare every row with what a parser makes of it; the number of cells that are plain text."""
    workbook = Workbook(Package.open(path), for_reading=True)
    reader, plain = workbook.reader, 0
    for sheet in workbook.sheets:
        cells = FilledCells(sheet)
        for number in sheet.rows:
            parsed = {column: cell for column, cell in cells_of(sheet.rows[number]) if len(cell)}
            quick = cells.in_row(number)
            for column, cell in quick.items():
                text = reader.text(parsed[column])
                if isinstance(cell, str):
                    plain += 1
                    assert cell == text
                    assert formula_of(parsed[column]) is None
                    assert not any(run.properties for run in reader.runs(parsed[column]))
                elif isinstance(cell, WorkedOut):
                    formula = formula_of(parsed[column])
                    assert formula is not None
                    assert cell == (text, formula.text)
                else:
                    assert reader.text(cell) == text
            assert not any(reader.text(parsed[column]) for column in parsed.keys() - quick.keys())
    return plain


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*.xlsx")), ids=lambda path: path.stem)
def test_the_examples_read_as_a_parser_reads_them(path: Path) -> None:
    # Of the plan of dated paragraphs most cells are rich text, which is no plain text.
    assert check(path) > (50 if path.stem == "commentary_plan" else 100)


@pytest.mark.shared
def test_other_programs_workbooks_read_as_a_parser_reads_them() -> None:
    folder = shared_folder()
    assert folder is not None
    read = 0
    for path in sorted(folder.glob("corpus/*.xls?")):
        try:
            read += check(path) >= 0
        except SheetplanError:
            continue  # of a kind that is not read at all
    assert read > 50


CELLS = {
    "text": '<c r="A1" t="inlineStr"><is><t>a &amp; b</t></is></c>',
    "result": '<c r="A1" t="str"><v>a &amp; b</v></c>',
    "formula": '<c r="A1" t="str"><f>B1</f><v>a &amp; b</v></c>',
    "rich": '<c r="A1" t="inlineStr"><is><r><t>a </t></r>'
    "<r><rPr><b/></rPr><t>&amp; b</t></r></is></c>",
    "turned round": '<c t="inlineStr" r="A1"><is><t>a &amp; b</t></is></c>',
    "spaced": '<c r="A1" s="0" t="inlineStr" ><is><t xml:space="preserve">a &amp; b</t></is></c>',
    "phonetic": '<c r="A1" t="inlineStr"><is><t>a &amp; b</t>'
    '<rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
    "commented": '<c r="A1" t="inlineStr"><!-- x --><is><t>a <!-- y -->&amp; b</t></is></c>',
}


@pytest.mark.parametrize("cell", [*CELLS.values()], ids=[*CELLS])
def test_a_cell_in_any_form_says_the_same(tmp_path: Path, cell: str) -> None:
    path = workbook_from_text(tmp_path / "a.xlsx", {"Plan": "| X | Y |"})
    sheet = parts_of(path)[FIRST_SHEET]
    start, end = sheet.index(b'<c r="A1"'), sheet.index(b'<c r="B1"')
    package_with(path, {FIRST_SHEET: sheet[:start] + cell.encode() + sheet[end:]})
    check(path)
    workbook = Workbook.open(path)
    found = FilledCells(workbook.sheets[0]).in_row(1)
    assert found.keys() == {1, 2}
    reader = workbook.reader
    words = [
        cell if isinstance(cell, str) else
        cell.text if isinstance(cell, WorkedOut) else
        reader.text(cell)
        for cell in found.values()
    ]  # fmt: skip
    assert words == ["a & b", "Y"]
