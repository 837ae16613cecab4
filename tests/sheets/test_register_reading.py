"""Reading the registers of returns as officers leave them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sheetplan.model.month import Month
from sheetplan.model.return_records import ReturnRecords
from sheetplan.model.wording import compact
from sheetplan.sheets.register_columns import (
    FIELD_WORDS,
    KIND_OF,
    REGISTER_KINDS,
    field_named,
    field_words,
)
from tests.builders import workbook_from_text
from tests.sheets.registers import JULY, records_of, register

RETURNS = """
    | Owner           | Month      | Sent       | Returned   | Rows asked | Answered | Reference |
    | Head of Housing | 2026-07-01 | 2026-07-20 | 2026-07-29 | 12         | 10       | a1        |
    | Finance         | July 2026  | 2026-07-20 |            | '7         |          | b2        |
"""
CONFLICTS = """
    | Month     | Reference | Field  | Tracker keeps | Answer  | From | Choice             | Outcome | Files  |
    | July 2026 | LC.A1.2   | Update | Drafted       | Agreed  | Asha |                    | Open    | a.xlsx |
    | July 2026 | LC.A1.2   | status | Red           |         | Ben  | USE this answer.   | open    | b.xlsx |
    | July 2026 | LC.A1.3   | UPDATE |               | Begun   | Cleo | Keep the trackers  |         | c.xlsx |
    | July 2026 | LC.A1.4   | Update | Late          | Later   | Asha | Whatever           | Settled | a.xlsx |
"""  # noqa: E501
LOG = """
    | When                 | Month  | Reference | Field  | Before | After | What happened | Owner | File   |
    | 2026-07-29           | Jul-26 | LC.A1.2   | Status | Red    | Green | Merged        | Asha  | a.xlsx |
    | 29 July 2026 14:05   | Jul-26 | LC.A1.3   | Update |        | Begun | Merged        | Asha  | a.xlsx |
    | 29/07/2026, 14:05:09 | Jul-26 | LC.A1.4   | Update | Begun  |       | Withdrawn     | Asha  | a.xlsx |
    | last Tuesday         | Jul-26 | LC.A1.5   | Update | Begun  | Done  | Chosen        | Asha  | a.xlsx |
"""  # noqa: E501
REQUESTS = """
    | Month     | Reference | Field      | Tracker says | Asked for | Reason | Asked by | Decision | File   |
    | July 2026 | LC.A1.2   | Due date   | Jul-26       | Sep-26    | Floods | Asha     | Agreed   | a.xlsx |
    | July 2026 |           | New action |              | Mend it   | Broken | Asha     |          | a.xlsx |
"""  # noqa: E501


@pytest.fixture
def one(tmp_path: Path) -> Callable[..., ReturnRecords]:
    """The records of one sheet that a text table says."""

    def reading(name: str, text: str, **options: Any) -> ReturnRecords:
        return records_of(register(tmp_path / "plan.xlsx", name, text, **options))

    return reading


def codes(records: ReturnRecords) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in records.findings]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize("kind", REGISTER_KINDS, ids=lambda kind: kind.name)
def test_no_heading_names_two_columns_of_a_register(kind: Any) -> None:
    words = [compact(heading) for column in kind.columns for heading in column.headings]
    assert len(words) == len(set(words))


def test_the_columns_of_a_register_are_the_fields_of_its_records() -> None:
    for record, kind in KIND_OF.items():
        names = {field.name for field in fields(record)} - {"standing"}
        assert {column.name for column in kind.columns} == names


def test_a_field_is_one_word_in_a_record_and_plain_english_in_a_cell() -> None:
    assert {field_named(words): words for words in FIELD_WORDS.values()} == FIELD_WORDS
    assert (field_words("due_date"), field_named("due  DATE")) == ("Due date", "due_date")
    assert (field_words("colour"), field_named("Colour")) == ("colour", None)


# ---------------------------------------------------------------- records


def test_a_workbook_without_registers_has_no_records(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Plan": "| Ref | Status (July 2026) |"})
    assert records_of(path) == ReturnRecords()


def test_returns_have_real_or_typed_months_dates_and_numbers(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Returns", RETURNS)
    first, second = records.returns
    assert (first.month, second.month) == (JULY, JULY)
    assert (first.sent, first.returned, first.due) == (date(2026, 7, 20), date(2026, 7, 29), None)
    assert second.returned is None
    assert (first.asked, first.answered, first.blank) == (12, 10, 0)
    assert (second.asked, second.answered) == (7, 0)
    assert (first.owner, first.email, first.file, second.reference) == (
        "Head of Housing",
        "",
        "",
        "b2",
    )
    assert records.sheets == {"returns": "Returns"}
    assert records.findings == ()


def test_a_conflict_is_open_until_its_outcome_says_something_else(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Conflicts", CONFLICTS)
    assert [c.is_open for c in records.conflicts] == [True, True, True, False]
    assert [c.outcome for c in records.conflicts] == ["", "", "", "Settled"]
    assert [c.field for c in records.conflicts] == ["update", "status", "update", "update"]
    assert records.conflicts[1].answer == ""  # the owner cleared the cell


def test_a_choice_is_read_as_it_was_typed(one: Callable[..., ReturnRecords]) -> None:
    records = one("Conflicts", CONFLICTS.replace("USE this answer.", "Asha's          "))
    assert [c.choice for c in records.conflicts][1::2] == ["Asha's", "Whatever"]
    assert records.findings == ()  # what is no choice is found when choices are carried out


def test_requests_are_of_actions_and_of_new_ones(one: Callable[..., ReturnRecords]) -> None:
    records = one("Change control", REQUESTS)
    first, second = records.requests
    assert (first.key, first.field, first.before, first.after) == (
        "LC.A1.2",
        "due_date",
        "Jul-26",
        "Sep-26",
    )
    assert (first.decision, first.received) == ("Agreed", None)
    assert (second.key, second.field, second.reason) == ("", "new_action", "Broken")
    assert records.findings == ()


def test_a_table_that_has_its_former_name_and_headings_is_read(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Change requests", REQUESTS, table="ChangeRequests")
    assert [request.after for request in records.requests] == ["Sep-26", "Mend it"]
    assert {request.id for request in records.requests} == {""}
    assert (records.sheets, records.findings) == ({"requests": "Change requests"}, ())


TYPED = """
    | Id   | Reference | Field    | From | To     | Requested | Reason  | Asked by | Decision | Decided by | Decided on    | Carried out | File |
    |      | LC.A1.2   |          |      | Mar-27 |           | Floods  |          |          |            |               |             |      |
    | CC-7 | LC.A1.3   | Deadline | 2026 | 2027   | July 2026 | Strikes | Asha     | APPROVED | The Board  | 3 August 2026 | 4 Aug 2026  |      |
    | CC-8 | LC.A1.4   | Lead     | Ben  | Cleo   | July 2026 | Moved   | Asha     | Deferred | The Board  | in August     |             |      |
    | CC-9 | LC.A1.5   | Colour   | Red  | Blue   | July 2026 | Nicer   | Asha     | No       |            |               |             |      |
"""  # noqa: E501


def test_officers_may_type_a_request_without_a_month_and_of_the_due_date_without_a_field(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Change control", TYPED)
    assert [(r.id, r.month, r.field) for r in records.requests] == [
        ("", None, "due_date"),
        ("CC-7", JULY, "due_date"),
        ("CC-8", JULY, "director_lead"),
        ("CC-9", JULY, "Colour"),
    ]
    assert [r.decided_on for r in records.requests] == [None, date(2026, 8, 3), None, None]
    assert codes(records) == [("register-date-unreadable", "K4")]


def test_a_request_is_open_until_it_is_decided_and_a_decision_may_be_put_off(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Change control", TYPED)
    assert [r.is_open for r in records.requests] == [True, False, True, False]
    assert [r.is_agreed for r in records.requests] == [False, True, False, False]
    assert [r.is_carried_out for r in records.requests] == [False, True, False, False]


def test_the_log_says_when_to_the_minute_or_the_second(one: Callable[..., ReturnRecords]) -> None:
    records = one("Update log", LOG)
    assert [entry.when for entry in records.log] == [
        datetime(2026, 7, 29),
        datetime(2026, 7, 29, 14, 5),
        datetime(2026, 7, 29, 14, 5, 9),
        datetime(2026, 7, 1),
    ]
    assert [entry.what for entry in records.log] == ["Merged", "Merged", "Withdrawn", "Chosen"]
    (finding,) = records.findings
    assert (finding.code, finding.cell, finding.reference) == (
        "register-date-unreadable",
        "A5",
        "LC.A1.5",
    )
    assert '"last Tuesday" is not a day and a time' in finding.message


def test_a_record_knows_its_row_and_its_columns_wherever_officers_moved_them(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one(
        "Register of conflicts",
        """
        | Done? | Outcome | FROM | answer | kept | Ref     | Files  | Column | Choose | MONTH  |
        | yes   |         | Asha | Agreed | Late | LC.A1.2 | a.xlsx | Update |        | Jul-26 |
        |       |         |      |        |      |         |        |        |        |        |
        | no    |         | Ben  | Begun  | Late | LC.A1.3 | b.xlsx | Status |        | Jul-26 |
        """,
        table="Conflicts2",
    )
    first, second = records.conflicts
    assert (first.month, first.answer, second.field) == (JULY, "Agreed", "status")
    assert second.standing is not None
    assert (second.standing.sheet, second.standing.row) == ("Register of conflicts", 4)
    assert second.standing.cell("answer") == "D4"
    assert records.sheets == {"conflicts": "Register of conflicts"}
    assert records.findings == ()


# ---------------------------------------------------------------- what is wrong


def test_a_row_without_a_month_is_not_read_and_the_others_are(
    one: Callable[..., ReturnRecords],
) -> None:
    text = RETURNS.replace("| 2026-07-01 |", "|            |").replace("July 2026 ", "Summer '26")
    records = one("Returns", f"{text}| Homes | Aug-26 | | | | | c3 |")
    assert [r.reference for r in records.returns] == ["c3"]
    assert records.returns[0].month == Month(2026, 8)
    assert codes(records) == [
        ("support-month-unreadable", "B2"),
        ("support-month-unreadable", "B3"),
    ]


@pytest.mark.parametrize("typed", ["soon", "July 2026", "31/06/2026", "46234", "=1/0 -> #DIV/0!"])
def test_what_is_no_day_is_said_and_is_no_date(
    typed: str, one: Callable[..., ReturnRecords]
) -> None:
    records = one("Returns", RETURNS.replace("2026-07-29", typed))
    assert records.returns[0].returned is None
    (finding,) = records.findings
    assert (finding.code, finding.cell, finding.reference) == (
        "register-date-unreadable",
        "D2",
        "Head of Housing",
    )
    assert finding.message.endswith("is not a day, so it is not read. Type it as 31 July 2023.")


@pytest.mark.parametrize("typed", ["31/07/2026", "31 July 2026", "31 Jul 26", "Fri 31/07/26"])
def test_a_day_may_be_typed(typed: str, one: Callable[..., ReturnRecords]) -> None:
    records = one("Returns", RETURNS.replace("2026-07-29", typed))
    assert (records.returns[0].returned, records.findings) == (date(2026, 7, 31), ())


@pytest.mark.parametrize("typed", ["a dozen", "12.5", "-3", "1²"])
def test_what_is_no_number_is_said_and_is_nought(
    typed: str, one: Callable[..., ReturnRecords]
) -> None:
    records = one("Returns", RETURNS.replace("| 12  ", f"| {typed}"))
    assert records.returns[0].asked == 0
    (finding,) = records.findings
    assert (finding.code, finding.cell) == ("register-number-unreadable", "E2")
    assert f'"{typed}" is not a whole number' in finding.message


def test_a_return_that_lost_its_reference_is_there_and_said(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Returns", RETURNS.replace("a1", "").replace("b2", ""))
    assert [r.reference for r in records.returns] == ["", ""]
    assert codes(records) == [
        ("register-reference-missing", "G2"),
        ("register-reference-missing", "G3"),
    ]
    assert "Copy the one that the return itself shows" in records.findings[0].message


def test_a_conflict_or_an_entry_that_lost_its_reference_is_about_nothing(
    one: Callable[..., ReturnRecords],
) -> None:
    conflicts = one("Conflicts", CONFLICTS.replace("LC.A1.3", ""))
    assert [c.key for c in conflicts.conflicts] == ["LC.A1.2", "LC.A1.2", "LC.A1.4"]
    assert codes(conflicts) == [("register-reference-missing", "B4")]
    log = one("Update log", LOG.replace("LC.A1.3", "").replace("last Tuesday", "2026-07-30"))
    assert [entry.key for entry in log.log] == ["LC.A1.2", "LC.A1.4", "LC.A1.5"]
    assert codes(log) == [("register-reference-missing", "C3")]


def test_an_entry_about_a_new_action_has_no_reference(one: Callable[..., ReturnRecords]) -> None:
    text = LOG.replace("last Tuesday", "2026-07-30").replace("| Update |  ", "| New action |  ")
    records = one("Update log", text.replace("LC.A1.3", ""))
    assert [(entry.key, entry.field) for entry in records.log][1] == ("", "new_action")
    assert records.findings == ()


def test_requests_with_different_reasons_are_two(one: Callable[..., ReturnRecords]) -> None:
    row = REQUESTS.strip().splitlines()[1]
    records = one("Change control", f"{REQUESTS}{row.replace('Floods', 'Strikes')}\n{row}")
    assert [request.reason for request in records.requests] == ["Floods", "Broken", "Strikes"]
    assert codes(records) == [("register-row-repeated", "B5")]


def test_a_field_that_is_none_is_said_and_kept(one: Callable[..., ReturnRecords]) -> None:
    records = one("Conflicts", CONFLICTS.replace("| status |", "| Statis |"))
    assert records.conflicts[1].field == "Statis"
    (finding,) = records.findings
    assert (finding.code, finding.cell) == ("register-field-unknown", "C3")
    assert finding.message.startswith('"Statis" is no field. Did you mean "Status"? Type')


def test_of_rows_that_say_the_same_the_first_is_read(one: Callable[..., ReturnRecords]) -> None:
    records = one("Returns", RETURNS.replace("b2", "a1"))
    assert [r.owner for r in records.returns] == ["Head of Housing"]
    (finding,) = records.findings
    assert (finding.code, finding.cell) == ("register-row-repeated", "G3")
    assert finding.message.startswith("row 2 says this already")
    conflicts = one("Conflicts", CONFLICTS + CONFLICTS.strip().splitlines()[1])
    assert len(conflicts.conflicts) == 4
    assert codes(conflicts) == [("register-row-repeated", "B6")]


def test_the_log_may_say_the_same_twice(one: Callable[..., ReturnRecords]) -> None:
    records = one("Update log", LOG + LOG.strip().splitlines()[1])
    assert len(records.log) == 5


def test_a_register_without_a_needed_column_is_not_read(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Conflicts", CONFLICTS.replace("Choice", "Chosen").replace("From", "Whence"))
    assert (records.conflicts, records.sheets) == ((), {"conflicts": "Conflicts"})
    (finding,) = records.findings
    assert finding.message == (
        'the columns "From" and "Choice" cannot be found, so the sheet is not read. Give the '
        "column its heading back; or, if this is a sheet of another kind, rename it and run this "
        "again, which adds a new one."
    )


def test_a_table_of_another_kind_that_has_a_registers_name_is_to_be_renamed_not_its_sheet(
    one: Callable[..., ReturnRecords],
) -> None:
    text = "| Team | Desk |\n| HR | 12 |"
    records = one("Stock", text, table="Returns")
    assert (records.returns, records.sheets) == ((), {"returns": "Stock"})
    (finding,) = records.findings
    assert finding.sheet == "Stock"
    assert finding.message.endswith(
        "so the table Returns is not read. Give the column its heading back; or, if it is a table "
        "of another kind, give it another name under Table Design and run this again, which adds "
        "a new one."
    )


def test_rows_that_were_typed_right_below_a_table_are_read_and_said(
    one: Callable[..., ReturnRecords],
) -> None:
    records = one("Change control", REQUESTS, table="ChangeControl", beyond=1)
    assert len(records.requests) == 2
    assert codes(records) == [("support-rows-below-table", "3:3")]
