"""Which month a roll opens, and every reason why it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetplan import Month, plan_roll_month
from sheetplan.errors import (
    DuplicateHeadingError,
    LayoutError,
    MonthEmptyError,
    MonthError,
    MonthExistsError,
    MonthGapError,
)
from tests.builders import workbook_from_text

JULY, AUGUST, SEPTEMBER = Month(2023, 7), Month(2023, 8), Month(2023, 9)


def sheet(*months: str, status: str = "On track") -> str:
    """A tracker sheet of these months, with one action that has a status in each."""
    headings = " | ".join(f"Status ({month}) | Update ({month})" for month in months)
    cells = " | ".join(f"{status} |" for _ in months)
    return f"| Ref | Action | {headings} |\n| A1.1 | Fix | {cells} |"


def book(folder: Path, *sheets: str) -> Path:
    """A tracker of Theme 1, Theme 2 and so on."""
    named = {f"Theme {number}": text for number, text in enumerate(sheets, 1)}
    return workbook_from_text(folder / "plan.xlsx", named)


def chosen(path: Path, month: Month | None = None, **options: bool) -> Month:
    return plan_roll_month(path, month, **options).month


def test_without_a_month_the_one_after_the_last_is_opened(tmp_path):
    assert chosen(book(tmp_path, sheet("June 2023", "July 2023"))) == AUGUST


def test_december_is_followed_by_january(tmp_path):
    assert chosen(book(tmp_path, sheet("December 2023"))) == Month(2024, 1)


def test_the_next_month_may_be_named(tmp_path):
    assert chosen(book(tmp_path, sheet("July 2023")), AUGUST) == AUGUST


@pytest.mark.parametrize("month", [Month(2023, 6), JULY])
def test_a_month_that_is_there_is_refused_with_the_one_that_comes_next(month, tmp_path):
    path = book(tmp_path, sheet("June 2023", "July 2023"))
    with pytest.raises(MonthExistsError) as caught:
        chosen(path, month)
    assert str(caught.value) == (
        f"plan.xlsx: {month} is there already on every tracker sheet. The next month is August "
        "2023. To take back a roll that was made too early: sheetplan undo."
    )


def test_a_gap_in_the_past_is_no_place_for_a_month(tmp_path):
    path = book(tmp_path, sheet("May 2023", "July 2023"))
    with pytest.raises(MonthGapError, match="June 2023 is before July 2023, the last month of"):
        chosen(path, Month(2023, 6), allow_gap=True)
    assert chosen(path) == AUGUST


def test_a_gap_needs_the_month_and_the_permission(tmp_path):
    path = book(tmp_path, sheet("July 2023"))
    with pytest.raises(MonthGapError, match="--month 2023-09 --allow-gap"):
        chosen(path, SEPTEMBER)
    assert chosen(path, SEPTEMBER, allow_gap=True) == SEPTEMBER
    assert chosen(path, allow_gap=True) == AUGUST


def test_sheets_that_end_with_different_months_are_refused_by_name(tmp_path):
    path = book(tmp_path, sheet("July 2023"), sheet("July 2023", "August 2023"), sheet("May 2023"))
    with pytest.raises(MonthGapError) as caught:
        chosen(path)
    assert "Theme 2 with August 2023, but Theme 1 with July 2023." in str(caught.value)
    assert "sheetplan undo" in str(caught.value)
    with pytest.raises(MonthExistsError, match="August 2023 is there already on Theme 2"):
        chosen(path, AUGUST)


def test_a_sheet_that_stopped_earlier_may_skip_months_when_that_is_said(tmp_path):
    path = book(tmp_path, sheet("August 2023"), sheet("June 2023"))
    with pytest.raises(MonthGapError, match=r"Theme 2 ends with June 2023.*leave out July 2023 to"):
        chosen(path, SEPTEMBER)
    assert chosen(path, SEPTEMBER, allow_gap=True) == SEPTEMBER


def test_a_month_that_stands_twice_is_refused_with_its_columns(tmp_path):
    path = book(tmp_path, sheet("June 2023"), sheet("July 2023", "June 2023", "July 2023"))
    with pytest.raises(DuplicateHeadingError, match=r"Theme 2 has July 2023 at column C and .* G"):
        chosen(path)


def test_months_out_of_order_are_refused_with_their_columns(tmp_path):
    path = book(tmp_path, sheet("July 2023", "June 2023"))
    with pytest.raises(LayoutError, match=r"July 2023 \(columns C to D\).*\(columns E to F\)"):
        chosen(path)


# ---------------------------------------------------------------- the last month is empty


def test_a_last_month_without_a_word_is_refused_unless_forced(tmp_path):
    path = book(tmp_path, sheet("July 2023", status=""))
    with pytest.raises(MonthEmptyError, match="no status and no update on its only action"):
        chosen(path)
    assert chosen(path, force=True) == AUGUST


def test_what_was_only_carried_forward_fills_no_month(tmp_path):
    path = book(tmp_path, sheet("June 2023", "July 2023", status="N/A"))
    with pytest.raises(MonthEmptyError):
        chosen(path)


def test_one_word_on_any_sheet_is_enough(tmp_path):
    path = book(tmp_path, sheet("July 2023", status=""), sheet("July 2023"))
    assert chosen(path) == AUGUST


def test_a_tracker_without_actions_is_rolled_all_the_same(tmp_path):
    text = "| Ref | Action | Status (July 2023) | Update (July 2023) |"
    assert chosen(book(tmp_path, text)) == AUGUST


def test_all_of_these_are_errors_of_the_month(tmp_path):
    path = book(tmp_path, sheet("July 2023"))
    for month in (JULY, Month(2023, 5), Month(2024, 5)):
        with pytest.raises(MonthError):
            chosen(path, month)
