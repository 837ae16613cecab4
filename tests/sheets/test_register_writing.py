"""Writing the registers of returns: new sheets, and any record in them."""

from __future__ import annotations

import shutil
import string
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.month import Month
from sheetplan.model.return_records import (
    CHOICES,
    ConflictRecord,
    LogRecord,
    RegisterChanges,
    RequestRecord,
    ReturnRecord,
)
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.register_columns import FIELD_WORDS
from sheetplan.sheets.register_reading import read_registers
from sheetplan.sheets.register_writing import plan_registers
from tests.builders import parts_of, workbook_from_text
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)
from tests.sheets.building import STANDARD
from tests.sheets.registers import (
    CONFLICT,
    ENTRY,
    ONE_OF_EACH,
    PLAN,
    QUOTING,
    REQUEST,
    RETURN,
    SHEETS,
    records_of,
    sheet_of,
    table_of,
    values_in,
    without_place,
    write,
)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker without registers."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a row in each register, which others read and nobody changes."""
    path = tmp_path_factory.mktemp("registers") / "plan.xlsx"
    shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", path)
    write(path, *ONE_OF_EACH)
    return path


# ---------------------------------------------------------------- new registers


def test_a_register_is_added_when_it_gets_its_first_row_and_no_other_is(tracker: Path) -> None:
    plan = write(tracker, RETURN)
    assert [new.pattern.sheet.name for new in plan.new] == ["Returns"]
    assert list(openpyxl_values(tracker)) == ["Plan", "Returns"]
    write(tracker, CONFLICT, REQUEST, ENTRY)
    assert list(openpyxl_values(tracker)) == ["Plan", *SHEETS]


def test_new_registers_hold_the_records_from_their_first_row_on(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH, replace(ENTRY, key="LC.A1.3"))
    assert values_in(sheet_of(tracker, "Returns"), 5) == [
        "Head of Housing", "housing@wexcombe.example", datetime(2026, 7, 1),
        datetime(2026, 7, 20), datetime(2026, 7, 31), None,
        12, None, None, None, None, None, None, None, None,
        "1a2b3c4d/2026-07/head-of-housing-3f2a/1",
    ]  # fmt: skip
    assert values_in(sheet_of(tracker, "Conflicts"), 5) == [
        datetime(2026, 7, 1), "LC.A1.2", "Update", "Drafted. [AB]", "Agreed. [CD]",
        "Head of Housing", None, "Open", "housing.xlsx",
    ]  # fmt: skip
    assert values_in(sheet_of(tracker, "Change control"), 5) == [
        "CC-1", "LC.A1.2", "Due date", "31/07/2026", "30/09/2026", datetime(2026, 7, 1),
        "Tenants asked for more time.", "Head of Housing", datetime(2026, 7, 29), None, None, None,
        None, "housing.xlsx",
    ]  # fmt: skip
    log = sheet_of(tracker, "Update log")
    assert values_in(log, 5) == [
        datetime(2026, 7, 29, 9, 15, 7), datetime(2026, 7, 1), "LC.A1.2", "Status", "On track",
        "Complete", "Merged", "Head of Housing", "housing.xlsx",
    ]  # fmt: skip
    assert (log["C6"].value, table_of(log)) == ("LC.A1.3", "A4:I6")


def test_what_was_written_is_read_back(written: Path) -> None:
    found = records_of(written)
    records = (*found.returns, *found.conflicts, *found.requests, *found.log)
    assert without_place(records) == list(ONE_OF_EACH)
    assert found.findings == ()
    assert list(found.sheets.values()) == SHEETS


def test_the_tracker_is_what_it_was_when_registers_are_added(written: Path) -> None:
    before = ROOT / "examples" / "improvement_plan.xlsx"
    assert diff(before, written).harm == []
    assert valid(before, written) == []


def test_two_other_readers_find_the_same_words(written: Path) -> None:
    theirs, others = openpyxl_values(written), calamine_values(written)
    for name in SHEETS:
        texts = {c: v for c, v in theirs[name].items() if isinstance(v, str)}
        assert {c: others[name].get(c) for c in texts} == texts


def test_dates_months_and_times_are_real_and_show_as_such(written: Path) -> None:
    returns, log = sheet_of(written, "Returns"), sheet_of(written, "Update log")
    assert [returns[cell].number_format for cell in ("C5", "D5", "F5", "A5")] == [
        "mmmm yyyy", "dd mmm yyyy", "dd mmm yyyy", "@",
    ]  # fmt: skip
    assert log["A5"].number_format == "dd mmm yyyy hh:mm"


def test_months_are_real_dates_in_a_tracker_that_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        book.add_worksheet("Plan").write_row(0, 0, ("Ref", "Status (July 2026)"))
    write(path, ENTRY)
    write(path, replace(ENTRY, key="LC.A1.3"))
    assert [sheet_of(path, "Update log")[cell].value for cell in ("A6", "B5")] == [
        ENTRY.when,
        datetime(2026, 7, 1),
    ]
    assert [entry.when for entry in records_of(path).log] == [ENTRY.when] * 2


@pytest.mark.parametrize("text", ["=1+1", "+44 1234", "-3%", "@asha", "'quoted", "<b>"])
def test_text_stays_text_whatever_it_begins_with(text: str, tracker: Path) -> None:
    write(tracker, replace(ENTRY, before=text, after=f"{text}\nmore"))
    assert openpyxl_values(tracker)["Update log"]["E5"] == text
    assert calamine_values(tracker)["Update log"]["F5"] == f"{text}\nmore"
    assert b"<f>" not in parts_of(tracker)["xl/worksheets/sheet2.xml"]
    (entry,) = records_of(tracker).log
    assert (entry.before, entry.after) == (text, f"{text}\nmore")


def test_what_no_workbook_can_hold_is_shown_as_such_and_stops_nothing(tracker: Path) -> None:
    write(tracker, replace(ENTRY, file="bad\x07name\udc80.xlsx", after="x" * 40_000))
    (entry,) = records_of(tracker).log
    assert entry.file == "bad\ufffdname\ufffd.xlsx"
    assert entry.after == "x" * 32_766 + "…"


def test_what_is_long_enough_for_a_cell_is_whole(tracker: Path) -> None:
    write(tracker, replace(ENTRY, after="x" * 32_767))
    assert records_of(tracker).log[0].after == "x" * 32_767


def test_length_is_counted_as_excel_does(tracker: Path) -> None:
    write(tracker, replace(ENTRY, after="x" + "\U0001f6a7" * 20_000))
    assert records_of(tracker).log[0].after == "x" + "\U0001f6a7" * 16_382 + "…"


def test_a_row_is_tall_enough_for_its_words(tracker: Path) -> None:
    write(tracker, ENTRY, replace(ENTRY, after="Many words. " * 40))
    write(tracker, replace(ENTRY, after="Many words. " * 40), ENTRY)
    heights = [sheet_of(tracker, "Update log").row_dimensions[row].height for row in range(5, 9)]
    assert heights[0] is heights[3] is None
    assert heights[1] == heights[2] > 100


# ---------------------------------------------------------------- any records

_LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_WORDS = st.text(st.one_of(_LETTERS, st.sampled_from("\n=_x0041")), max_size=40).map(str.strip)
_KEYS = st.text(string.ascii_uppercase + string.digits + ".", min_size=1, max_size=8)
_DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
_MAYBE = st.none() | _DAYS
_MONTHS = _DAYS.map(Month.of)
_FIELDS = st.sampled_from(list(FIELD_WORDS))
_COUNTS = st.integers(0, 100_000)
_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
_RECORDS = st.one_of(
    st.builds(
        ReturnRecord, _MONTHS, _WORDS, _KEYS, email=_WORDS, sent=_MAYBE, due=_MAYBE,
        returned=_MAYBE, asked=_COUNTS, answered=_COUNTS, blank=_COUNTS, missing=_COUNTS,
        merged=_COUNTS, conflicts=_COUNTS, requests=_COUNTS, rejected=_COUNTS, file=_WORDS,
        standing=st.none(),
    ),
    st.builds(
        ConflictRecord, _MONTHS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS, _WORDS,
        st.sampled_from(("", *CHOICES)), st.sampled_from(("", "Chosen", "Kept")), st.none(),
    ),
    st.builds(
        RequestRecord, _MONTHS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS, _MAYBE,
        _WORDS, _WORDS, _WORDS, _MAYBE, _WORDS, st.none(),
    ),
    st.builds(
        LogRecord, _MOMENTS, _MONTHS, _WORDS, _WORDS, _KEYS, _FIELDS, _WORDS, _WORDS, _WORDS,
        st.none(),
    ),
)  # fmt: skip


@given(record=_RECORDS)
def test_any_record_is_read_back_as_it_was_written(record: Any, written: Path) -> None:
    workbook = Workbook.open(written)
    plan_registers(workbook, RegisterChanges((record,)), STANDARD).carry_out()
    found = read_registers(workbook, STANDARD)
    last = {
        type(records[-1]): records[-1]
        for records in (found.returns, found.conflicts, found.requests, found.log)
    }[type(record)]
    assert replace(last, standing=None) == record
    assert found.findings == ()


# ---------------------------------------------------------------- judges


@pytest.mark.office
def test_libreoffice_shows_every_register(written: Path) -> None:
    shown = office_texts([written])[written]
    assert [shown[name]["A1"] for name in SHEETS] == SHEETS
    assert (shown["Update log"]["A5"], shown["Update log"]["B5"]) == (
        "29 Jul 2026 09:15",
        "July 2026",
    )
    assert (shown["Returns"]["D5"], shown["Conflicts"]["H5"]) == ("20 Jul 2026", "Open")


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(tracker: Path) -> None:
    write(tracker, *ONE_OF_EACH)
    write(tracker, *ONE_OF_EACH, *QUOTING)
    assert sdk_errors(tracker) == []


@pytest.mark.shared
def test_a_real_tracker_gets_registers_without_harm(shared: Path, tmp_path: Path) -> None:
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    path = Path(shutil.copy(before, tmp_path / "plan.xlsx"))
    write(path, *ONE_OF_EACH)
    found = records_of(path)
    write(
        path,
        *(
            replace(ENTRY, key=f"LC.A1.{n}", when=ENTRY.when + timedelta(minutes=n))
            for n in range(99)
        ),
        changed=(replace(found.conflicts[0], outcome="Chosen"),),
    )
    assert diff(before, path).harm == []
    assert valid(before, path) == []
    assert len(records_of(path).log) == 100
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
