"""Who is asked for which rows in a month, and what each row shows."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from sheetplan.model import Action, MonthEntry, Reference, StatusMeaning, Tracker
from sheetplan.model.action import Columns
from sheetplan.model.owner_return import RETURN_FIELDS, Owner
from sheetplan.model.return_records import OwnerRecord
from sheetplan.returns.asking import ask, sent_texts
from tests.reports.building import JULY, JUNE, MAY, STANDARD, date
from tests.returns.plans import COLUMNS, _action, asked, plan, said

WITHOUT_OWNERS = Columns({"reference": "A"}, COLUMNS.months)
WITH_LEADS = Columns({"reference": "A", "director_lead": "F"}, COLUMNS.months)
PLAN = """
    BC.A1.0 | CEO  |      | N/A       | N/A
    BC.A1.1 | CEO  | HR   | On track  |
    BC.A1.2 | CEO  | IT   | Amber     | On track
    BC.A1.3 | CEO  |      | Complete  |
    BC.A1.4 | CEO  | HR   | Closed    | Closed
    BC.A1.5 | CEO  | h.r. |           |
"""


# ---------------------------------------------------------------- who is asked for what


def test_a_row_is_asked_of_its_update_owner_else_of_its_lead() -> None:
    asking = ask(plan(PLAN), JULY, STANDARD, ())
    assert asked(asking) == {
        "CEO": ["BC.A1.3"],
        "HR": ["BC.A1.1", "BC.A1.5"],
        "IT": ["BC.A1.2"],
    }
    assert (asking.month, asking.last_month, asking.findings) == (JULY, JUNE, ())
    assert {row.theme for rows in asking.owners for row in rows.rows} == {"Theme 1"}


def test_the_lead_alone_is_asked_where_that_is_wanted() -> None:
    asking = ask(plan(PLAN), JULY, STANDARD, (), by="director_lead")
    assert asked(asking) == {"CEO": ["BC.A1.1", "BC.A1.2", "BC.A1.3", "BC.A1.5"]}


def test_owners_stand_in_the_order_in_which_the_tracker_names_them() -> None:
    second = "FA.A1.1 | CFO | HR | Red |\nFA.A1.2 | CFO | | Red |"
    asking = ask(plan(PLAN, second), JULY, STANDARD, ())
    assert list(asked(asking)) == ["CEO", "HR", "IT", "CFO"]
    assert asked(asking)["HR"] == ["BC.A1.1", "BC.A1.5", "FA.A1.1"]
    assert [row.theme for row in asking.owners[1].rows] == ["Theme 1", "Theme 1", "Theme 2"]


def test_an_owner_of_nothing_that_is_asked_gets_no_return() -> None:
    table = "BC.A1.1 | CEO | HR | Closed | \nBC.A1.2 | CEO | IT | On track |"
    for all_rows in (False, True):
        assert list(asked(ask(plan(table), JULY, STANDARD, (), all_rows=all_rows))) == ["IT"]


def test_the_other_rows_of_an_owner_are_shown_where_that_is_wanted() -> None:
    asking = ask(plan(PLAN), JULY, STANDARD, (), all_rows=True)
    rows = {r.owner.name: [(row.key, row.is_asked) for row in r.rows] for r in asking.owners}
    assert rows == {
        "CEO": [("BC.A1.0", False), ("BC.A1.3", True)],
        "HR": [("BC.A1.1", True), ("BC.A1.4", False), ("BC.A1.5", True)],
        "IT": [("BC.A1.2", True)],
    }
    assert asked(asking) == asked(ask(plan(PLAN), JULY, STANDARD, ()))


def test_each_owner_of_a_cell_that_is_split_is_asked() -> None:
    table = "BC.A1.1 | CEO | HR/IT | Red |\nBC.A1.2 | CEO | IT | Red |"
    split = [OwnerRecord("HR/IT", ("HR", "IT")), OwnerRecord("IT", email="it@wexcombe.example")]
    asking = ask(plan(table), JULY, STANDARD, split)
    assert asked(asking) == {"HR": ["BC.A1.1"], "IT": ["BC.A1.1", "BC.A1.2"]}
    assert asking.owners[1].owner == Owner("IT", "it@wexcombe.example")
    assert asking.findings == ()


# ---------------------------------------------------------------- which rows are asked for


def is_asked(june: str, july: str = "", *, settings=STANDARD) -> bool:
    return bool(ask(plan(f"BC.A1.1 | CEO | | {june} | {july}"), JULY, settings, ()).owners)


@pytest.mark.parametrize(
    "status", ["On track", "Amber", "Red", "Complete", "On hold", "Not due to start", "", "Onn trk"]
)
def test_a_row_is_asked_for_whatever_last_month_says(status: str) -> None:
    assert is_asked(status)


@pytest.mark.parametrize("status", ["Closed", "closed - evidence seen", "N/A"])
def test_but_not_where_it_says_that_nothing_is_to_be_reported(status: str) -> None:
    assert not is_asked(status)


def test_what_this_month_says_already_counts_before_last_month() -> None:
    assert is_asked("Closed", "On track")
    assert not is_asked("On track", "Closed")
    assert is_asked("Closed", "#N/A")


def test_a_row_that_an_answer_closed_was_asked_for() -> None:
    tracker = plan("BC.A1.1 | CEO | HR | On track | Closed")
    assert asked(ask(tracker, JULY, STANDARD, ())) == {}
    before = {"BC.A1.1": ""}
    asking = ask(tracker, JULY, STANDARD, (), statuses_before=before)
    assert asked(asking) == {"HR": ["BC.A1.1"]}


def test_the_council_says_for_which_statuses_nobody_is_asked() -> None:
    returns = replace(STANDARD.returns, not_asked=(StatusMeaning.ON_HOLD,))
    settings = replace(STANDARD, returns=returns)
    assert not is_asked("On hold", settings=settings)
    assert is_asked("Closed", settings=settings)


def test_in_the_first_month_of_a_tracker_all_rows_are_asked_for() -> None:
    columns = Columns(COLUMNS.fields, {JULY: COLUMNS.months[JULY]})
    tracker = plan("BC.A1.1 | CEO | | |", columns=columns, months=(JULY,))
    asking = ask(tracker, JULY, STANDARD, ())
    assert asking.last_month is None
    assert asked(asking) == {"CEO": ["BC.A1.1"]}
    assert asking.owners[0].rows[0].texts["last_status"] == ""


def test_the_last_month_is_the_one_before_in_the_tracker_though_one_was_left_out() -> None:
    assert ask(plan(PLAN, months=(MAY, JULY)), JULY, STANDARD, ()).last_month == MAY
    assert ask(plan(PLAN, months=(MAY, JUNE, JULY)), JUNE, STANDARD, ()).last_month == MAY


def test_a_main_action_with_sub_actions_is_not_asked_for() -> None:
    sub_elsewhere = plan("BC.A1.0 | CEO | | Red |", "BCA1.1 | CFO | | Closed |")
    assert asked(ask(sub_elsewhere, JULY, STANDARD, ())) == {}


def test_a_main_action_without_sub_actions_is() -> None:
    alone = plan("BC.A1.0 | CEO | | Red |\nBC.A2.1 | CEO | | Closed |")
    assert asked(ask(alone, JULY, STANDARD, ())) == {"CEO": ["BC.A1.0"]}


# ---------------------------------------------------------------- what a row shows


def test_a_row_shows_the_tracker_as_it_is() -> None:
    action = Action(
        "OCA2.1",
        Reference.parse("OCA2.1"),
        "Sheet 1",
        5,
        {
            "workstream": " Values \n and skills ",
            "action": "- Train\n- Support \n",
        },
        {
            JUNE: MonthEntry(JUNE, "On track", "Begun\n[AB]"),
            JULY: MonthEntry(JULY, "Amber", "=late"),
        },
        {"due_date": date("Jul-26"), "revised_date": date("Autumn 2026")},
    )
    assert dict(sent_texts(action, "OC.A2.1", JULY, JUNE)) == {
        "reference": "OCA2.1",
        "workstream": "Values and skills",
        "action": "- Train\n- Support",
        "due_date": "Autumn 2026",
        "last_status": "On track",
        "last_update": "Begun\n[AB]",
        "status": "Amber",
        "update": "=late",
        "date_change": "",
        "date_change_reason": "",
    }


def test_the_due_date_is_the_first_one_where_the_revised_one_names_no_day() -> None:
    action = replace(
        _action("BC.A1.1 | CEO | | Red |", "Sheet 1", 5, COLUMNS),
        dates={"due_date": date("Jul-26"), "revised_date": date("TBC")},
    )
    assert sent_texts(action, "BC.A1.1", JULY, JUNE)["due_date"] == "Jul-26"
    assert sent_texts(replace(action, dates={}), "BC.A1.1", JULY, JUNE)["due_date"] == ""


def test_every_field_of_a_return_has_a_text_also_in_an_empty_row() -> None:
    (rows,) = ask(plan("BC.A1.1 | CEO | | |"), JULY, STANDARD, ()).owners
    texts = rows.rows[0].texts
    assert tuple(texts) == RETURN_FIELDS
    assert {name for name, text in texts.items() if text} == {"reference"}


# ---------------------------------------------------------------- findings


def test_a_row_that_names_nobody_is_named_and_asked_of_nobody() -> None:
    asking = ask(plan("BC.A1.1 | | TBC | Red |\nBC.A1.2 | | | Closed |"), JULY, STANDARD, ())
    assert asked(asking) == {}
    assert said(asking) == [("owner-missing", "Sheet 1!I5 (BC.A1.1)", "warning")]
    assert asking.findings[0].message == (
        "this row does not name an update owner or a director lead, so nobody is asked for its "
        "update. Type one."
    )


def test_by_the_lead_alone_it_is_the_cell_of_the_lead_that_is_named() -> None:
    asking = ask(plan("BC.A1.1 | | HR | Red |"), JULY, STANDARD, (), by="director_lead")
    assert said(asking) == [("owner-missing", "Sheet 1!F5 (BC.A1.1)", "warning")]
    assert "does not name a director lead" in asking.findings[0].message


def test_a_sheet_without_a_column_for_owners_is_named_once() -> None:
    table = "BC.A1.1 | | | Red |\nBC.A1.2 | | | Red |"
    asking = ask(plan(table, columns=WITHOUT_OWNERS), JULY, STANDARD, ())
    assert said(asking) == [("owner-column-missing", "Sheet 1", "warning")]
    assert "no column for an update owner or a director lead" in asking.findings[0].message


def test_a_sheet_with_a_column_for_leads_alone_is_asked_of_them() -> None:
    asking = ask(plan("BC.A1.1 | CEO | | Red |", columns=WITH_LEADS), JULY, STANDARD, ())
    assert asked(asking) == {"CEO": ["BC.A1.1"]}
    assert asking.findings == ()


def test_a_sheet_without_the_month_is_named_and_the_others_are_asked() -> None:
    themes = plan(PLAN, "FA.A1.1 | CFO | | Red").themes
    asking = ask(Tracker(themes, (JUNE, JULY)), JULY, STANDARD, (), all_rows=True)
    assert "CFO" not in asked(asking)
    assert said(asking) == [("month-missing", "Sheet 2", "warning")]
    assert "no columns for July 2026" in asking.findings[0].message


def test_rows_with_one_reference_are_both_asked_and_told_apart() -> None:
    asking = ask(plan("BC.A1.1 | CEO | | Red |", "BCA1.1 | CEO | | Amber |"), JULY, STANDARD, ())
    (rows,) = asking.owners
    assert [(row.key, row.texts["reference"]) for row in rows.rows] == [
        ("BC.A1.1", "BC.A1.1"),
        ("BC.A1.1 (2)", "BCA1.1 (2)"),
    ]
    assert said(asking) == [("reference-repeated", "Sheet 2!A5 (BCA1.1)", "warning")]
    assert asking.findings[0].message == (
        'Sheet 1!A5 has this reference too. In returns this row is "BC.A1.1 (2)". Give each row '
        "its own."
    )


def test_a_doubtful_owner_is_named_once_where_it_first_stands() -> None:
    table = """
        BC.A1.1 | CEO | HR / IT  | Red |
        BC.A1.2 | CEO | HR/IT    | Red |
        BC.A1.3 | CEO | hr \\n it | Red |
        BC.A1.4 | CEO | A; B     | Closed |
    """
    asking = ask(plan(table), JULY, STANDARD, ())
    assert asked(asking) == {"HR / IT": ["BC.A1.1", "BC.A1.2", "BC.A1.3"]}
    assert said(asking) == [("owner-doubtful", "Sheet 1!I5 (BC.A1.1)", "warning")]
    assert asking.findings[0].message == (
        '"HR / IT" may be several owners: a slash may divide it. It is taken for one. 2 other '
        "rows say the same. On the sheet Owners say whom it is split into, or give its e-mail "
        "address if it is one."
    )


def test_a_long_owner_cell_is_not_shown_whole() -> None:
    asking = ask(plan(f"BC.A1.1 | CEO | {'A; ' * 200}| Red |"), JULY, STANDARD, ())
    assert len(asking.findings[0].message) < 350


# ---------------------------------------------------------------- whole workbooks


def test_thousands_of_rows_are_asked_for_in_a_moment() -> None:
    def table(theme: int) -> str:
        rows = (f"T{theme}.A{n}.1 | CEO | Officer {n % 40} | On track |" for n in range(1000))
        return "\n".join(rows)

    tracker = plan(*map(table, range(4)))
    began = time.perf_counter()
    asking = ask(tracker, JULY, STANDARD, (), all_rows=True)
    assert time.perf_counter() - began < 2
    assert sum(len(rows.asked) for rows in asking.owners) == 4000
