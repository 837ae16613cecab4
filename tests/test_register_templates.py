"""The shipped template of the registers: its tables, its drop-downs and its look."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from sheetplan.model.return_records import CHOICES
from sheetplan.sheets.register_columns import OPEN, REGISTER_KINDS, RETURN_KINDS
from sheetplan.sheets.support_columns import SupportKind
from tests.judges import calamine_values, openpyxl_values, sdk_errors
from tests.template_sheets import PAGE_WIDTHS, REGISTERS, contrast, fill_of, rgb, rules_of


@pytest.fixture(scope="module")
def registers() -> Workbook:
    """The template of the registers, as openpyxl reads it."""
    return openpyxl.load_workbook(REGISTERS)


EVERY_REGISTER = pytest.mark.parametrize("kind", REGISTER_KINDS, ids=lambda kind: kind.name)


def test_the_registers_stand_in_their_order_and_say_what_they_are(registers: Workbook) -> None:
    assert registers.sheetnames == [kind.sheet for kind in REGISTER_KINDS]
    told = registers.properties
    assert (told.title, told.language) == (
        "Registers of the improvement plan's returns and checks",
        "en-GB",
    )


@EVERY_REGISTER
def test_a_register_is_one_table_with_the_columns_of_its_kind_and_one_blank_row(
    kind: SupportKind, registers: Workbook
) -> None:
    sheet = registers[kind.sheet]
    (table,) = sheet.tables.values()
    headings = [column.heading for column in kind.columns]
    assert table.name == kind.table
    assert [column.name for column in table.tableColumns] == headings
    assert [cell.value for cell in sheet[4]] == headings
    assert range_boundaries(table.ref) == (1, 4, len(headings), 5)
    assert {cell.value for cell in sheet[5]} == {None}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$4:$4")


@EVERY_REGISTER
def test_a_register_has_a_title_and_a_line_on_what_it_is_and_one_on_what_officers_do(
    kind: SupportKind, registers: Workbook
) -> None:
    sheet = registers[kind.sheet]
    assert (sheet["A1"].value, sheet["A1"].style) == (kind.sheet, "Heading 1")
    assert all(str(sheet[cell].value).endswith(".") for cell in ("A2", "A3"))
    assert not sheet.merged_cells.ranges


@EVERY_REGISTER
def test_a_register_is_to_be_read_and_printed(kind: SupportKind, registers: Workbook) -> None:
    sheet = registers[kind.sheet]
    assert {cell.font.name for row in sheet for cell in row} == {"Arial"}
    wraps = {cell.value: cell.alignment.wrap_text for cell in sheet[4]}
    wraps |= {sheet.cell(4, cell.column).value: cell.alignment.wrap_text for cell in sheet[5]}
    # Many keys would make a row too tall to read the rest of it.
    assert {heading for heading, is_wrapped in wraps.items() if not is_wrapped} <= {"Key"}
    pairs = {(rgb(cell.font.color), fill_of(cell)) for row in sheet for cell in row}
    pairs |= {(rgb(rule.dxf.font.color), rgb(rule.dxf.fill.bgColor)) for _, rule in rules_of(sheet)}
    assert not {pair for pair in pairs if contrast(*pair) < 4.5}
    setup = sheet.page_setup
    assert (setup.orientation, setup.fitToHeight, setup.paperSize) == ("landscape", 0, 8)
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    margins = (sheet.page_margins.left + sheet.page_margins.right) * 96
    assert 0.8 * sum(round(7 * width) for width in widths) <= PAGE_WIDTHS["8"] - margins


def test_cells_of_a_register_are_text_but_for_dates_and_numbers(registers: Workbook) -> None:
    formats = {
        (kind.name, column.name): cell.number_format
        for kind in REGISTER_KINDS
        for column, cell in zip(kind.columns, registers[kind.sheet][5], strict=True)
    }
    assert {name for name, code in formats.items() if "yyyy" in code} == {
        *((kind.name, "month") for kind in RETURN_KINDS),
        *(("findings", name) for name in ("found_in", "last_found")),
        *(("returns", name) for name in ("sent", "due", "returned")),
        ("requests", "received"),
        ("requests", "decided_on"),
        ("log", "when"),
    }
    numbers = ("asked answered blank missing merged conflicts requests rejected").split()
    assert {name for name, code in formats.items() if code == "0"} == {
        ("returns", name) for name in numbers
    }
    assert set(formats.values()) == {
        *("@", "0", "mmmm yyyy", "d mmm yyyy", "dd mmm yyyy", "dd mmm yyyy hh:mm")
    }


def test_officers_fill_in_choices_and_decisions_from_drop_downs(registers: Workbook) -> None:
    yellow = {
        (kind.name, column.name)
        for kind in REGISTER_KINDS
        for column, cell in zip(kind.columns, registers[kind.sheet][5], strict=True)
        if fill_of(cell) == "FFF8CC"
    }
    assert yellow == {
        ("conflicts", "choice"),
        ("findings", "answer"),
        *(("requests", name) for name in ("decision", "decided_by", "decided_on")),
    }
    (choice,) = registers["Conflicts"].data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("G5", f'"{",".join(CHOICES)}"')
    assert choice.showErrorMessage
    rules = registers["Change control"].data_validations.dataValidation
    (decision,) = (rule for rule in rules if str(rule.sqref) == "J5")
    assert decision.formula1 == '"Agreed,Not agreed,Deferred"'
    assert not decision.showErrorMessage  # other words may be typed


def test_an_open_conflict_has_another_colour_than_a_settled_one(registers: Workbook) -> None:
    (still, settled) = (rule for _, rule in rules_of(registers["Conflicts"]))
    assert (still.operator, still.formula, still.stopIfTrue) == ("equal", [f'"{OPEN}"'], True)
    assert settled.type == "notContainsBlanks"
    assert rgb(still.dxf.fill.bgColor) != rgb(settled.dxf.fill.bgColor)


def test_two_other_readers_find_the_same_words_in_the_registers() -> None:
    assert openpyxl_values(REGISTERS) == calamine_values(REGISTERS)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong_with_the_registers() -> None:
    assert sdk_errors(REGISTERS) == []
