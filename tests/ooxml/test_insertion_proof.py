"""The proof of an insertion: it sees whatever an insertion could do wrong, and nothing else."""

from __future__ import annotations

import pytest

from sheetplan.errors import ContentLossError
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.insertion.shifting import Insertion
from sheetplan.ooxml.inventory.moved import compare_moved
from sheetplan.ooxml.inventory.undoing import Undoing
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import SHEET_ROOT, workbook_from_text
from tests.ooxml.inserting import inserted

UNDOING = Undoing("Theme 1", 4, 2, "Theme 1")
ELSEWHERE = Undoing("Theme 1", 4, 2, "Key")
SHEET = ".spreadsheetml.worksheet+xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def places(before: str, after: str, kind: str = SHEET, undoing: Undoing = UNDOING) -> list[str]:
    """What the proof finds wrong with one form of a part after another."""
    if kind == SHEET:
        before, after = (f"{SHEET_ROOT}{text}</worksheet>" for text in (before, after))
    found = compare_moved("part", kind, before.encode(), after.encode(), undoing)
    return [difference.place for difference in found.differences]


def row(*cells: str) -> str:
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


BEFORE = row(
    '<c r="A1" s="1"><v>1</v></c>',
    '<c r="D1"><f>A1+E1</f><v>2</v></c>',
    '<c r="E1" t="s"><v>3</v></c>',
)
AFTER = row(
    '<c r="A1" s="1"><v>1</v></c>',
    '<c r="F1"><f>A1+G1</f><v>2</v></c>',
    '<c r="G1" t="s"><v>3</v></c>',
)


def test_cells_that_only_moved_are_proved():
    assert places(BEFORE, AFTER) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<v>1</v>", "<v>9</v>"),
        ('s="1"', 's="2"'),
        ('t="s"', 't="n"'),
        ("A1+G1", "A1+E1"),  # not moved
        ("A1+G1", "A1+F1"),
        ("A1+G1", "B1+G1"),
        ("A1+G1", "A1-G1"),
        ('r="G1"', 'r="H1"'),
        ('r="G1"', 'r="E1"'),  # in a new column
        ('<c r="A1" s="1"><v>1</v></c>', ""),
        ("</row>", '<c r="H1"><v>1</v></c></row>'),
        ("</row>", '</row><row r="2"/>'),
        ('<row r="1">', '<row r="1" hidden="1">'),
    ],
)
def test_a_cell_that_did_anything_else_is_seen(right, wrong):
    assert right in AFTER
    assert places(BEFORE, AFTER.replace(right, wrong)) != []


def test_a_shared_formula_may_be_written_out_but_must_read_the_same():
    before = row(
        '<c r="E1"><f t="shared" ref="E1:F1" si="0">A1</f></c>',
        '<c r="F1"><f t="shared" si="0"/></c>',
    )
    after = '<c r="G1"><f>A1</f></c>', '<c r="H1"><f>B1</f></c>'
    assert places(before, row(*after)) == []
    assert places(before, row(after[0], '<c r="H1"><f>C1</f></c>')) == ["row 1"]


FRAMES = [
    ('<dimension ref="A1:E9"/>', '<dimension ref="A1:G9"/>', '<dimension ref="A1:E9"/>'),
    (
        '<mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="C1:F1"/></mergeCells>',
        '<mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>',
    ),
    (
        '<autoFilter ref="A1:E9"><filterColumn colId="4"/></autoFilter>',
        '<autoFilter ref="A1:G9"><filterColumn colId="6"/></autoFilter>',
        '<autoFilter ref="A1:G9"><filterColumn colId="5"/></autoFilter>',
    ),
    (
        '<cols><col min="3" max="4" width="9"/></cols>',
        '<cols><col min="3" max="6" width="9"/></cols>',
        '<cols><col min="3" max="5" width="9"/></cols>',
    ),
    (
        '<dataValidations count="1"><dataValidation sqref="E1"><formula1>F1</formula1>'
        "</dataValidation></dataValidations>",
        '<dataValidations count="1"><dataValidation sqref="G1"><formula1>H1</formula1>'
        "</dataValidation></dataValidations>",
        '<dataValidations count="1"><dataValidation sqref="G1"><formula1>F1</formula1>'
        "</dataValidation></dataValidations>",
    ),
    (
        '<pageMargins left="4" right="4" top="1" bottom="1" header="0" footer="0"/>',
        '<pageMargins left="4" right="4" top="1" bottom="1" header="0" footer="0"/>',
        '<pageMargins left="6" right="4" top="1" bottom="1" header="0" footer="0"/>',
    ),
]


@pytest.mark.parametrize(("before", "right", "wrong"), FRAMES)
def test_an_element_beside_the_cells_is_where_it_should_be_or_is_seen(before, right, wrong):
    data = "<sheetData/>"
    assert places(before + data, right + data) == []
    assert places(before + data, wrong + data) != []
    assert places(before + data, data) != []


def test_names_move_where_their_columns_are_fixed():
    text = f"<workbook {MAIN}><definedNames>{{}}</definedNames></workbook>"
    name = "<definedName name=\"One\">'Theme 1'!${}$1:E1</definedName>"
    kind, before = ".sheet.main+xml", text.format(name.format("E"))
    assert places(before, text.format(name.format("G")), kind, ELSEWHERE) == []
    assert places(before, before, kind, ELSEWHERE) == ["<definedName>"]


def test_a_note_and_its_box_move_together():
    text = "<x:ClientData><x:Anchor>5, 1, 2, 3, {}, 4, 5, 6</x:Anchor><x:Column>{}</x:Column>"
    text = text.replace("5, 1", "{}, 1", 1)
    before = text.format(5, 7, 4)
    assert places(before, text.format(7, 9, 6), "vmlDrawing") == []
    assert places(before, text.format(7, 9, 4), "vmlDrawing") == ["all of it"]
    assert places(before, text.format(9, 9, 6), "vmlDrawing") == ["all of it"]
    assert places(before, before, "vmlDrawing", ELSEWHERE) == []


def test_a_sheet_of_its_own_may_not_change_but_for_what_it_reads():
    before = row("<c r=\"E1\"><f>E2+'Theme 1'!E1</f></c>")
    after = row("<c r=\"E1\"><f>E2+'Theme 1'!G1</f></c>")
    assert places(before, after, undoing=ELSEWHERE) == []
    assert places(before, before, undoing=ELSEWHERE) == ["row 1"]
    assert places(before, after.replace('r="E1"', 'r="G1"'), undoing=ELSEWHERE) != []


def test_a_workbook_that_was_moved_wrongly_is_not_written(tmp_path):
    """The columns are said to come at another place than where they came."""
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": "| 1 | 2 | =B1 |"})
    workbook, state = Workbook.open(path), FileState.of(path)
    insertion = Insertion("Theme 1", 2, 1, ("Theme 1",))
    sheet = workbook.sheets[0]

    def change(data: bytes) -> bytes:
        assert Moving(insertion).formula("B1", "Theme 1", "C1") == "C1"
        return data.replace(b'r="C1"', b'r="D1"').replace(b"<f>B1", b"<f>C1")  # B1 was forgotten

    workbook.package.move(
        workbook.package.planned_move(sheet.part, change), Undoing("Theme 1", 2, 1, "Theme 1")
    )
    before = path.read_bytes()
    with pytest.raises(ContentLossError, match="row 1"):
        save(workbook.package, path, source=path, state=state)
    assert path.read_bytes() == before
    assert inserted(path, 2).verified.cells_moved == 2
