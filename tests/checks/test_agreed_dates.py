"""Agreed dates against what else is said, each finding beside what looks alike and is right."""

from __future__ import annotations

import pytest

from sheetplan.checks.agreed_dates import main_due_passed, recurring_complete, update_later_than_due
from tests.checks.building import found, graded, plan, told
from tests.reports.building import JULY

# ---------------------------------------------------------------- a later end


def later(said: str, due: str = "Jul-26") -> list[tuple[str, str]]:
    return found(
        update_later_than_due, plan(f"Theme\nBC.A1.1 | N/A | {due} | {said}", months=(JULY,))
    )


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("Jul-26", "On track: Delivery due in August"),
        ("Aug-26", "On track: Will be complete in Sept 26"),
        ("Jul-26", "On track: The review will be completed by 30/09/2026"),
        ("Jul-26", "Medium progress: The last ones remain due at the end of November"),
        ("Jul-26", "Medium progress: Work is to be finished in January 2027"),
    ],
)
def test_an_end_that_the_rating_does_not_allow_for_is_told(due: str, said: str) -> None:
    assert len(later(said, due)) == 1


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("Aug-26", "On track: Delivery due in August"),
        ("Jul-26", "On track: The next board meets in September"),
        ("Jul-26", "On track: Delivery was due in May and took place in June"),
        ("Jul-26", "Medium progress: Completion is planned for September"),
        ("Jul-26", "Significant slippage: Completion is planned for March 2027"),
        ("Quarterly", "On track: The next report will be completed in October"),
        ("TBC", "On track: Completion is planned for March 2027"),
        ("Jun-26 > Sep-26", "On track: Completion is planned for September"),
        ("", "On track: Completion is planned for March 2027"),
        ("Jul-26", "On track"),
    ],
)
def test_an_end_in_time_or_of_something_else_is_not(due: str, said: str) -> None:
    assert later(said, due) == []


def test_a_later_end_is_told_with_its_words_and_by_how_much_it_is_late() -> None:
    ((_, message),) = later("On track: Doors are ordered. Delivery due in September", "Jul-26")
    assert message.startswith(
        'is rated on track, and the update says "due in September", which is 2 months after the '
        "due date."
    )


def test_what_is_late_already_is_told_of_once() -> None:
    checked = plan(
        "Theme\nBC.A1.1 | N/A | May-26 | On track: Delivery due in August", months=(JULY,)
    )
    assert [code for code, _ in told(checked, only=["dates"])] == ["due-passed-on-track"]


# ---------------------------------------------------------------- complete, and comes again


def test_what_comes_again_is_told_of_in_the_month_in_which_it_is_completed() -> None:
    checked = plan(
        """Theme
        BC.A1.1 | N/A | Quarterly | On track | Complete
        BC.A1.2 | N/A | Ongoing | On track | Closed
        BC.A1.3 | N/A | Jul-26 | On track | Complete
        BC.A1.4 | N/A | Quarterly | Complete | Complete
        BC.A1.5 | N/A | Quarterly | On track | On track
        BC.A1.6 | N/A | TBC | On track | Complete
        """
    )
    told_of = [reference for reference, _ in found(recurring_complete, checked)]
    assert told_of == ["BC.A1.1", "BC.A1.2"]
    first = plan("Theme\nBC.A1.1 | N/A | Quarterly | Complete", months=(JULY,))
    assert found(recurring_complete, first) == []


# ---------------------------------------------------------------- main actions past their date


def mains(
    main_due: str, child: str, main: str = "N/A", child_due: str = "Mar-27"
) -> dict[str, str]:
    table = f"""Theme
        BC.A1.0 | Focus 2 | {main_due} | {main}
        BC.A1.1 | N/A | {child_due} | {child}
        """
    return graded(main_due_passed, plan(table, months=(JULY,)))


def test_a_main_action_past_its_date_with_open_work_is_graded_by_the_legend() -> None:
    assert mains("Jun-26", "On track") == {"BC.A1.0": "note"}
    assert mains("May-26", "Medium progress", main="") == {"BC.A1.0": "note"}
    assert mains("Apr-26", "On hold") == {"BC.A1.0": "warning"}


@pytest.mark.parametrize(
    "said",
    [
        {"main_due": "Jul-26", "child": "On track"},
        {"main_due": "Ongoing", "child": "On track"},
        {"main_due": "Apr-26", "child": "Complete"},
        {"main_due": "Apr-26", "child": "Assurance action"},
        {"main_due": "Apr-26", "child": "On track", "child_due": "Quarterly"},
        {"main_due": "Apr-26", "child": "On track", "main": "Significant slippage"},
    ],
    ids=lambda said: " ".join(said.values()),
)
def test_a_main_action_in_time_rated_or_done_is_not_told(said: dict[str, str]) -> None:
    assert mains(**said) == {}
