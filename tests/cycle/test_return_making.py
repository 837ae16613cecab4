"""The workbook that an owner is sent: what is in it, what can be typed, which return it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import sheetplan
from sheetplan.cycle.return_making import ReturnMaker
from sheetplan.model.owner_return import Owner, ReceivedReturn, ReturnIdentity, digest
from sheetplan.ooxml.saving import save_new
from sheetplan.returns.content import AskedRow
from sheetplan.returns.return_lines import return_text
from sheetplan.sheets.return_reading import read_return
from tests.builders import FIRST_SHEET, parts_of, patched
from tests.cycle.return_books import FACTS, GUIDE, NEW_ACTIONS, SHIPPED, UPDATE, made
from tests.judges import calamine_values, office_texts, openpyxl_values, sdk_errors, valid
from tests.returns.owner_rows import (
    AUGUST,
    HR,
    IDENTITY,
    SETTINGS,
    STATUSES,
    asked,
    context,
    rows_of,
)

HEADINGS = 6
LONG = ("The board met on Tuesday & agreed the next steps. " * 700)[:32_767]
ROWS = (
    asked("OC.A1.1", status="Medium progress"),
    asked("1.2", action="=SUM(A1:A9)", last_update='=HYPERLINK("x")', due_date="1-2"),
    asked("OC.A1.3", action="+1 post", workstream="@all", last_status="-", status="Complete"),
    asked("OC.A1.4", last_update="Größe: ½ & <b>\nsecond line\ttab", status="Onn track"),
    asked("OC.A1.5", last_update=LONG, last_status="Significant slippage", update="Late"),
)
TO_DO = ["Update needed", "Status needed", "Filled in", "Filled in", "Status needed"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return with texts of every awkward kind."""
    return made(tmp_path_factory.mktemp("return") / "hr.xlsx", *ROWS)


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    """The same as openpyxl reads it."""
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """A return with rows for information between those to be filled in."""
    folder = tmp_path_factory.mktemp("mixed")
    rows = asked("OC.A1.1"), context("OC.A1.2"), asked("OC.A1.3"), context("OC.A1.4")
    return openpyxl.load_workbook(made(folder / "hr.xlsx", *rows))[UPDATE]


def column(sheet: Worksheet, heading: str) -> dict[int, object]:
    """What stands under a heading, by row."""
    (letter,) = (cell.column_letter for cell in sheet[HEADINGS] if cell.value == heading)
    return {row: sheet[f"{letter}{row}"].value for row in range(HEADINGS + 1, sheet.max_row + 1)}


# ---------------------------------------------------------------- what is in it


def test_other_readers_find_every_text_as_text_whatever_it_begins_with(
    path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book[UPDATE]
    shown = {
        "Reference": "reference",
        "Workstream": "workstream",
        "Action": "action",
        "Due date": "due_date",
        "Last month's status": "last_status",
        "Last month's update": "last_update",
        "This month's status": "status",
        "This month's update": "update",
    }
    for heading, name in shown.items():
        assert list(column(sheet, heading).values()) == [row.texts[name] or None for row in ROWS]
    for row in sheet.iter_rows(min_row=HEADINGS + 1):
        for cell in row:
            if cell.column_letter == "I":
                assert cell.data_type == "f"
            else:
                assert cell.data_type == ("n" if cell.value is None else "s")
                assert cell.number_format == "@"
    assert calamine_values(path)[UPDATE] == openpyxl_values(path)[UPDATE]


def test_an_action_is_one_row_however_long_its_text_and_no_row_is_taller_than_excel_can_show(
    path: Path, book: openpyxl.Workbook
) -> None:
    sheet = book[UPDATE]
    assert len(column(sheet, "Reference")) == len(ROWS)
    assert column(sheet, "Last month's update")[HEADINGS + 5] == LONG
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)]
    assert max(heights) == 409.5
    rows = re.findall(rb"<row [^>]*>", parts_of(path)[FIRST_SHEET])
    assert not [row for row in rows[HEADINGS:] if b"customHeight" in row]  # they fit what is typed


def test_the_table_holds_exactly_the_rows_and_repeats_its_headings_on_paper(
    book: openpyxl.Workbook,
) -> None:
    sheet = book[UPDATE]
    (table,) = sheet.tables.values()
    assert (table.name, table.ref) == ("ActionUpdates", f"A{HEADINGS}:K{HEADINGS + len(ROWS)}")
    assert table.autoFilter.ref == table.ref
    assert sheet.freeze_panes == f"B{HEADINGS + 1}"
    assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"


def test_the_sheet_for_new_actions_has_numbered_blank_rows(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book[NEW_ACTIONS].iter_rows(min_row=3)]
    assert rows == [
        ["No.", "Theme", "Workstream", "Action", "Start date", "Due date", "Lead", "Reason"],
        *([number, *[None] * 7] for number in (1, 2, 3)),
    ]


def test_the_file_says_its_title_whose_it_is_and_its_language(book: openpyxl.Workbook) -> None:
    told = book.properties
    assert told.title == "Wexcombe Borough Council Improvement Plan: your update for August 2026"
    assert (told.creator, told.language) == ("Wexcombe Borough Council", "en-GB")
    assert told.lastModifiedBy == "Wexcombe Borough Council"


def test_the_file_is_as_old_as_the_return_and_not_as_its_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1788251400")
    told = openpyxl.load_workbook(made(tmp_path / "hr.xlsx", asked("OC.A1.1"))).properties
    assert told.created == told.modified == datetime(2026, 9, 1, 8, 30)


def test_it_opens_on_the_first_sheet_and_has_neither_macros_nor_links(
    path: Path, book: openpyxl.Workbook
) -> None:
    assert book.sheetnames == [UPDATE, NEW_ACTIONS, GUIDE, FACTS]
    assert book.active.title == UPDATE
    names = "".join(parts_of(path))
    assert not [word for word in ("vba", "externalLink", "connections") if word in names]


# ---------------------------------------------------------------- what can be typed


def test_only_what_an_owner_fills_in_is_unlocked_and_visibly_so(mixed: Worksheet) -> None:
    inputs = {"G", "H", "J", "K"}
    for row, is_asked in enumerate((True, False, True, False), HEADINGS + 1):
        for cell in mixed[row]:
            is_input = is_asked and cell.column_letter in inputs
            assert cell.protection.locked is not is_input, cell.coordinate
            fill = str(cell.fill.fgColor.rgb) if cell.fill.fill_type else ""
            shown = "FFFFF8CC" if is_input else "" if is_asked else "FFEDEEEE"
            assert fill == shown, cell.coordinate
    locked = [cell for row in mixed.iter_rows(max_row=HEADINGS) for cell in row]
    assert all(cell.protection.locked for cell in locked)


def test_a_row_for_information_says_so_in_words(mixed: Worksheet) -> None:
    said = list(column(mixed, "To do").values())
    assert [text == "For information" for text in said] == [False, True, False, True]


def test_new_actions_can_be_typed_beside_their_numbers(book: openpyxl.Workbook) -> None:
    for row in book[NEW_ACTIONS].iter_rows(min_row=4):
        assert [cell.protection.locked for cell in row] == [True, *[False] * 7]
        assert {cell.number_format for cell in row[1:]} == {"@"}


def test_sheets_are_protected_without_a_password_and_filters_and_row_heights_still_work(
    path: Path,
) -> None:
    parts = parts_of(path)
    for number in range(1, 5):
        (found,) = re.findall(
            rb"<sheetProtection ([^>]*)/>", parts[f"xl/worksheets/sheet{number}.xml"]
        )
        # 0 is what is allowed (ISO/IEC 29500-1, 18.3.1.85)
        assert sorted(found.decode().split()) == [
            'autoFilter="0"', 'formatColumns="0"', 'formatRows="0"', 'objects="1"',
            'scenarios="1"', 'sheet="1"',
        ]  # fmt: skip
    assert b"workbookProtection" not in parts["xl/workbook.xml"]


def test_a_status_is_offered_in_the_trackers_words_and_others_may_be_typed(
    book: openpyxl.Workbook,
) -> None:
    rules = {str(rule.sqref): rule for rule in book[UPDATE].data_validations.dataValidation}
    rule = rules[f"G{HEADINGS + 1}:G{HEADINGS + len(ROWS)}"]
    assert (rule.type, rule.formula1) == ("list", "StatusWords")
    assert rule.errorStyle == "information"
    sheet, area = book.defined_names["StatusWords"].attr_text.split("!")
    words = [cell.value for row in book[sheet][area.replace("$", "")] for cell in row]
    assert words == list(STATUSES)


def test_excel_marks_no_cell_for_holding_a_number_or_a_date_as_text(path: Path) -> None:
    """A green triangle offers to turn what was typed into a number or a date.

    Of two that are about the same cells, Excel takes only the last to heart.
    """
    parts = parts_of(path)
    for number, area in ((1, f"A7:K{HEADINGS + len(ROWS)}"), (2, "A4:H6")):
        data = parts[f"xl/worksheets/sheet{number}.xml"].decode()
        assert re.findall(r"<ignoredError ([^>]*)/>", data) == [
            f'sqref="{area}" numberStoredAsText="1" twoDigitTextYear="1"',
        ]


def test_nothing_is_selected_but_the_first_cell_of_the_first_sheet(path: Path) -> None:
    """Typing would go into every selected sheet at once."""
    parts = parts_of(path)
    sheets = [parts[f"xl/worksheets/sheet{number}.xml"] for number in range(1, 5)]
    assert [b'tabSelected="1"' in data for data in sheets] == [True, False, False, False]
    assert b"activeTab" not in parts["xl/workbook.xml"]
    assert b"firstSheet" not in parts["xl/workbook.xml"]


def test_each_input_says_what_belongs_in_it_when_it_is_chosen(mixed: Worksheet) -> None:
    rules = mixed.data_validations.dataValidation
    said = {str(rule.sqref): (rule.promptTitle, rule.prompt) for rule in rules}
    assert set(said) == {f"{letter}7 {letter}9" for letter in "GHJK"}
    assert "Where To do says Update needed" in said["H7 H9"][1]
    assert all(len(title) <= 32 and len(words) <= 255 for title, words in said.values())


def test_a_missing_update_is_marked_in_its_cell_and_beside_it(book: openpyxl.Workbook) -> None:
    marked = {
        str(area.sqref): [rule.formula[0] for rule in area.rules]
        for area in book[UPDATE].conditional_formatting
    }
    last = HEADINGS + len(ROWS)
    for letter in "HI":
        assert '$I7="Update needed"' in marked[f"{letter}7:{letter}{last}"]


def test_what_is_to_do_stands_in_the_file_before_anything_is_worked_out(path: Path) -> None:
    assert [openpyxl_values(path)[UPDATE][f"I{row}"] for row in range(7, 12)] == TO_DO
    assert calamine_values(path)[UPDATE]["I7"] == "Update needed"


@pytest.mark.office
def test_libreoffice_works_out_what_the_file_says_and_shows_the_same_texts(
    path: Path, tmp_path: Path
) -> None:
    def without_results(data: bytes) -> bytes:
        changed, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
        assert count == len(ROWS)
        return changed

    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(path.read_bytes())
    patched(bare, {FIRST_SHEET: without_results})
    assert openpyxl_values(bare)[UPDATE].get("I7") is None
    shown = office_texts([path, bare])
    assert [shown[bare][UPDATE][f"I{row}"] for row in range(7, 12)] == TO_DO
    values = openpyxl_values(path)
    for sheet in (UPDATE, NEW_ACTIONS, GUIDE):
        assert shown[path][sheet] == {name: str(text) for name, text in values[sheet].items()}


# ---------------------------------------------------------------- which return it is


def test_it_says_which_return_it_is_in_four_places(book: openpyxl.Workbook) -> None:
    told = {item.name: item.value for item in book.custom_doc_props.props}
    assert told == {
        "sheetplan_id": str(IDENTITY),
        "sheetplan_tracker_id": "1a2b3c4d",
        "sheetplan_month": "2026-08",
        "sheetplan_owner": HR.key,
        "sheetplan_owner_name": "Head of HR",
        "sheetplan_schema": "1",
    }
    name = book.defined_names["_sheetplan_id"]
    assert (name.attr_text, name.hidden) == (f'"{IDENTITY}"', True)
    assert str(IDENTITY) in book[UPDATE]["A2"].value
    facts = book[FACTS]
    assert facts.sheet_state == "veryHidden"
    said = {row[0].value: row[1].value for row in facts.iter_rows()}
    assert [said[part] for part in ("tracker", "month", "owner", "owner_name", "schema")] == [
        "1a2b3c4d", "2026-08", HR.key, "Head of HR", "1",
    ]  # fmt: skip


def test_the_hidden_sheet_has_the_digests_of_what_the_cells_say(book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book[FACTS].iter_rows()]
    start = next(number for number, row in enumerate(rows) if row[0] == "key")
    names = rows[start][2:]
    for row, sent in zip(rows[start + 1 :], ROWS, strict=True):
        assert row[:2] == [sent.key, "yes"]
        assert row[2:] == [digest(sent.texts[str(name)]) for name in names]


def test_no_mark_of_the_template_is_left(book: openpyxl.Workbook) -> None:
    names = [*book.defined_names, *(name for sheet in book for name in sheet.defined_names)]
    assert not [name for name in names if name.startswith(("row_", "cell_"))]
    texts = [cell.value for sheet in book for row in sheet for cell in row]
    assert not [text for text in texts if isinstance(text, str) and re.search(r"\{\w+\}", text)]


def test_a_return_is_read_as_it_was_sent(path: Path) -> None:
    read = read_return(path.read_bytes(), path.name, SETTINGS)
    assert isinstance(read, ReceivedReturn), read
    assert (read.identity, read.owner_name, read.notes) == (IDENTITY, "Head of HR", ())
    assert read.new_actions == ()
    assert read.sent is not None
    assert list(read.sent) == [row.key for row in ROWS]
    for row, sent in zip(read.rows, ROWS, strict=True):
        assert {name: digest(row.text(name)) for name in sent.texts} == read.sent[sent.key].fields


def test_one_maker_makes_returns_that_have_nothing_of_each_other(tmp_path: Path) -> None:
    maker = ReturnMaker(SETTINGS)
    for number, name in enumerate(("Head of HR", "Head of ICT")):
        owner = Owner(name)
        rows = rows_of(*(asked(f"OC.A{number + 1}.{at + 1}") for at in range(number + 1)))
        rows = replace(rows, owner=owner)
        identity = ReturnIdentity("1a2b3c4d", AUGUST, owner.key)
        text = return_text(rows, identity, SETTINGS, statuses=STATUSES, due=date(2026, 9, 8))
        save_new(maker.make(text).package, tmp_path / f"{owner.key}.xlsx")
    first, second = (openpyxl_values(path) for path in sorted(tmp_path.iterdir()))
    assert [first[UPDATE].get(cell) for cell in ("A7", "A8")] == ["OC.A1.1", None]
    assert [second[UPDATE].get(cell) for cell in ("A7", "A8")] == ["OC.A2.1", "OC.A2.2"]
    hr, ict = (b"".join(parts_of(path).values()) for path in sorted(tmp_path.iterdir()))
    for own, others in ((b"Head of HR", ict), (b"Head of ICT", hr), (b"OC.A1.", ict)):
        assert own not in others
    assert b"OC.A2." not in hr


# ---------------------------------------------------------------- judges


def test_no_essential_rule_of_accessibility_is_broken(tmp_path: Path) -> None:
    usual = [replace_long(row) for row in ROWS]
    found = sheetplan.accessibility(made(tmp_path / "hr.xlsx", *usual))
    assert found.essential == ()
    assert {breach.rule.number for breach in found.breaches} == {20, 21}


def replace_long(row: AskedRow) -> AskedRow:
    """The row, with no more text than a row can show."""
    return replace(row, texts={name: text[:300] for name, text in row.texts.items()})


def test_it_keeps_the_rules_that_the_template_keeps(path: Path) -> None:
    assert valid(SHIPPED, path) == []


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(path: Path) -> None:
    assert sdk_errors(path) == []


# ---------------------------------------------------------------- what is typed beside it


def test_what_an_owner_writes_above_the_headings_is_named(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book[UPDATE]["A4"] = "I am on leave: ask Jo"
    book[UPDATE]["C2"] = "Sent on Monday"
    book[NEW_ACTIONS]["A2"] = "None, thank you"
    book.save(path)
    read = read_return(path.read_bytes(), path.name, SETTINGS)
    assert isinstance(read, ReceivedReturn), read
    assert read.notes == (
        "What stands above the headings of Your update in C2 and A4 was not sent, so it was not "
        "merged.",
        "What stands above the headings of New actions in A2 was not sent, so it was not merged.",
    )
