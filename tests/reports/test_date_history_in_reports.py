"""What reports print of dates that moved, and of requests to move them."""

from __future__ import annotations

import pytest

from sheetplan.model.action import Tracker
from sheetplan.model.date_history import DateRecords
from sheetplan.model.return_records import CHANGE_CONTROL, LogRecord, RequestRecord, ReturnRecords
from sheetplan.model.support import Recommendation, RecommendationLink, SupportRecords
from sheetplan.reports.appendix import appendix
from sheetplan.reports.content import AppendixItem, ExceptionSummary
from sheetplan.reports.date_records import date_records
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker
from tests.reports.test_date_records import entry, request

PHRASE = STANDARD.reports.say("change_control")
LATE = "BC.A1.1 | | {due} | Amber: Late [AB] | Amber: {update}"
TWICE = (entry("Jul-26", "Oct-26", JUNE), entry("Oct-26", "Mar-27", JULY, what=CHANGE_CONTROL))

Rows = tuple[LogRecord | RequestRecord, ...]


def plan(due: str = "Mar-27", update: str = "Still late [AB]") -> Tracker:
    return tracker(f"Theme\n{LATE.format(due=due, update=update)}")


def known(of: Tracker, rows: Rows, *, has_sheet: bool) -> DateRecords:
    registers = ReturnRecords(
        log=tuple(row for row in rows if isinstance(row, LogRecord)),
        requests=tuple(row for row in rows if isinstance(row, RequestRecord)),
        sheets={"requests": "Change control"} if has_sheet else {},
    )
    return date_records(of, registers, STANDARD)


def summary_of(of: Tracker, *rows: LogRecord | RequestRecord, has_sheet: bool) -> ExceptionSummary:
    dates = known(of, rows, has_sheet=has_sheet)
    return summarise(of, SupportRecords(), JULY, STANDARD, dates=dates)


def printed(
    due: str = "Mar-27",
    *rows: LogRecord | RequestRecord,
    update: str = "Still late [AB]",
    has_sheet: bool = True,
) -> tuple[str, str]:
    """The due date and the change-control note of the one exception."""
    (theme,) = summary_of(plan(due, update), *rows, has_sheet=has_sheet).themes
    (line,) = theme.exceptions
    return line.due_words, line.change_control


def item(due: str, *rows: LogRecord | RequestRecord) -> AppendixItem:
    """The one item of an appendix."""
    of = plan(due)
    records = SupportRecords(
        recommendations=(Recommendation("S1", "Statutory", "Lead better"),),
        links=(RecommendationLink("S1", "BC.A1.1"),),
    )
    dates = known(of, rows, has_sheet=True)
    (block,) = appendix(of, records, JULY, STANDARD, dates=dates).blocks
    (found,) = block.themes[0].groups[0].items
    return found


def test_a_date_that_moved_is_printed_with_the_first_one_and_how_often() -> None:
    assert printed("Mar-27", *TWICE)[0] == "originally Jul-26, now Mar-27, moved twice"
    assert printed("Oct-26", TWICE[0])[0] == "originally Jul-26, now Oct-26, moved once"
    thrice = entry("Feb-26", "Jul-26", MAY)
    assert printed("Mar-27", thrice, *TWICE)[0] == "originally Feb-26, now Mar-27, moved 3 times"
    assert item("Mar-27", *TWICE).due_words == "originally Jul-26, now Mar-27, moved twice"


def test_a_silent_move_is_counted_and_printed() -> None:
    assert printed("Jun-27", *TWICE)[0] == "originally Jul-26, now Jun-27, moved 3 times"


def test_a_date_that_was_taken_out_is_said_to_be_gone() -> None:
    out = entry("Jul-26", "")
    assert printed("", out)[0] == "Originally Jul-26, now no date, moved once"


@pytest.mark.parametrize("due", ["Mar-27", "March 2027", "TBC"])
def test_a_date_that_nothing_says_has_moved_is_printed_as_typed(due: str) -> None:
    assert printed(due)[0] == due
    assert printed(due, entry("", due))[0] == due
    assert item(due).due_words == due


def test_a_revised_date_alone_does_not_say_how_often_it_was_revised() -> None:
    assert printed("Jul-26 > Mar-27")[0] == "Jul-26, revised Mar-27"
    moved = entry("Oct-26", "Mar-27", field="revised_date")
    assert printed("Jul-26 > Mar-27", moved)[0] == "originally Jul-26, now Mar-27, moved twice"


def test_what_is_due_next_says_so_too() -> None:
    of = tracker("Theme\nBC.A1.1 | | Sep-26 | On track: a | On track: b")
    (theme,) = summary_of(of, entry("Jul-26", "Sep-26"), has_sheet=False).themes
    (line,) = theme.attention.due_next
    assert line.due_words == "originally Jul-26, now Sep-26, moved once"


@pytest.mark.parametrize(
    "update",
    ["Still late [AB]", "Date change at CC [AB]", "Revise the delivery date at change control"],
)
def test_one_phrase_is_printed_while_a_request_is_open_whatever_the_update_says(
    update: str,
) -> None:
    assert printed("Jul-26", request("Mar-27"), update=update) == ("Jul-26", PHRASE)


@pytest.mark.parametrize(
    "rows", [(), (request("Mar-27", "Refused"),), (request("Mar-27", "Agreed"),)]
)
def test_the_sheet_decides_and_not_the_update(rows: Rows) -> None:
    update = "Date to go to change control [AB]"
    assert printed("Jul-26", *rows, update=update)[1] == ""
    assert printed("Jul-26", update=update, has_sheet=False)[1] == PHRASE


def test_a_request_for_other_words_does_not_amend_the_date() -> None:
    assert printed("Jul-26", request("Do less", field="action"))[1] == ""


def test_the_appendix_says_beside_the_date_that_it_is_to_be_amended() -> None:
    assert item("Jul-26", request("Mar-27")).due_words == f"Jul-26. {PHRASE}"
    both = item("Mar-27", *TWICE, request("Jun-27")).due_words
    assert both == f"originally Jul-26, now Mar-27, moved twice. {PHRASE}"


def test_change_control_that_stays_open_is_found_only_where_a_request_is() -> None:
    words = "Goes to change control [AB]"
    of = tracker(f"Theme\nBC.A1.1 | | Jul-26 | Amber: {words} | Amber: {words} Again")

    def codes(*rows: RequestRecord, has_sheet: bool) -> list[str]:
        return [f.code for f in summary_of(of, *rows, has_sheet=has_sheet).findings]

    assert "change-control-open" in codes(has_sheet=False)
    assert "change-control-open" in codes(request("Mar-27"), has_sheet=True)
    assert "change-control-open" not in codes(request("Mar-27", "Agreed"), has_sheet=True)
