"""Who has returned, who has not, what is blank, and what is said to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheetplan.model.action import Action
from sheetplan.model.owner_return import Owner
from sheetplan.model.return_records import ConflictRecord, ReturnRecord, ReturnRecords
from sheetplan.returns.content import AskedRow, Asking, OwnerRows
from sheetplan.returns.standing import (
    MonthStanding,
    OwnerStanding,
    chase_messages,
    conflicts_of_other_months,
    standing,
)
from sheetplan.settings import load_profile
from tests.reports.building import JULY, JUNE, tracker

SETTINGS = load_profile("standard").returns
TODAY = date(2026, 7, 20)
HR, ICT = Owner("Head of HR", "hr@wexcombe.example"), Owner("Head of ICT")

ROWS = """
    Theme 1
    BC.A1.1 |  | Apr-27 | On track: Begun | On track: Going well
    BC.A1.2 |  | Apr-27 | On track: Begun | On track:
    BC.A1.3 |  | Apr-27 | On track: Begun | : Slow
    BC.A1.4 |  | Apr-27 | On track: Begun | :
    BC.A1.5 |  | Apr-27 | Closed:         | :
"""


def actions(text: str = ROWS) -> list[Action]:
    return list(tracker(text).actions)


def row(action: Action, *, is_asked: bool = True) -> AskedRow:
    return AskedRow(action.reference_text, action, "Theme 1", {}, is_asked)


def asking(*owners: tuple[Owner, list[Action]]) -> Asking:
    rows = (OwnerRows(owner, tuple(map(row, theirs))) for owner, theirs in owners)
    return Asking(JULY, JUNE, tuple(rows), ())


def record(owner: Owner, **facts: object) -> ReturnRecord:
    usual = ReturnRecord(
        JULY, owner.name, f"1a2b3c4d/2026-07/{owner.key}/1", sent=date(2026, 7, 6),
        due=date(2026, 7, 22), asked=4,
    )  # fmt: skip
    return replace(usual, **facts)


def seen(*records: ReturnRecord, of: Asking, today: date = TODAY) -> MonthStanding:
    return standing(ReturnRecords(returns=records), of, today)


def hr(found: MonthStanding) -> OwnerStanding:
    return next(owner for owner in found.owners if owner.owner == HR.name)


def test_an_owner_who_was_sent_a_return_is_waited_for_until_the_deadline() -> None:
    found = seen(record(HR), of=asking((HR, actions()[:4])))
    (owner,) = found.owners
    assert (owner.sent, owner.due, owner.returned) == (date(2026, 7, 6), date(2026, 7, 22), None)
    assert owner.email == "hr@wexcombe.example"
    assert (owner.asked, len(owner.blank), owner.days_left) == (4, 3, 2)
    assert owner.is_chased


@pytest.mark.parametrize(
    ("today", "days"), [(date(2026, 7, 22), 0), (date(2026, 7, 23), -1), (date(2026, 8, 1), -10)]
)
def test_days_are_counted_to_and_over_the_deadline(today: date, days: int) -> None:
    assert hr(seen(record(HR), of=asking((HR, actions()[:4])), today=today)).days_left == days


def test_nothing_is_waited_for_once_all_has_come_back() -> None:
    back = record(HR, returned=date(2026, 7, 14))
    owner = hr(seen(back, of=asking((HR, actions()[:1]))))
    assert (owner.blank, owner.days_left, owner.is_chased) == ((), None, False)


def test_what_is_blank_is_seen_in_the_tracker_as_it_is_now() -> None:
    back = record(HR, returned=date(2026, 7, 14), blank=0)
    owner = hr(seen(back, of=asking((HR, actions()[:4]))))
    lacks = [(blank.key, blank.has_status, blank.has_update) for blank in owner.blank]
    assert lacks == [
        ("BC.A1.2", True, False),
        ("BC.A1.3", False, True),
        ("BC.A1.4", False, False),
    ]
    assert owner.is_chased


def test_a_row_that_is_shown_and_not_asked_for_is_not_blank() -> None:
    closed = actions()[4]
    context = Asking(JULY, JUNE, (OwnerRows(HR, (row(closed, is_asked=False),)),), ())
    assert hr(seen(record(HR), of=context)).blank == ()


def test_an_owner_who_was_sent_nothing_is_listed_and_not_chased() -> None:
    found = seen(record(HR), of=asking((HR, actions()[:1]), (ICT, actions()[1:3])))
    ict = found.owners[1]
    assert (ict.owner, ict.sent, ict.asked, len(ict.blank)) == (ICT.name, None, 2, 2)
    assert not ict.is_chased
    assert (found.sent, found.returned) == (1, 0)


def test_an_owner_of_the_register_whom_the_tracker_no_longer_names_is_kept() -> None:
    found = seen(record(ICT, returned=date(2026, 7, 8)), of=asking((HR, actions()[:1])))
    assert [owner.owner for owner in found.owners] == [HR.name, ICT.name]
    assert (found.owners[1].asked, found.owners[1].blank) == (4, ())


def test_returns_of_other_months_do_not_count() -> None:
    june = record(HR, month=JUNE, returned=date(2026, 6, 9))
    assert hr(seen(june, of=asking((HR, actions()[:1])))).sent is None


def test_open_conflicts_are_counted_by_cell_and_for_their_owner() -> None:
    def conflict(key: str, answer: str, outcome: str = "") -> ConflictRecord:
        return ConflictRecord(JULY, key, "update", "", answer, HR.name, "a.xlsx", outcome=outcome)

    records = ReturnRecords(
        returns=(record(HR), record(ICT)),
        conflicts=(
            conflict("BC.A1.1", "Good"),
            conflict("BC.A1.1", "Bad"),  # the other answer to the same cell
            conflict("BC.A1.2", "Good", outcome="Chosen"),
            replace(conflict("BC.A1.1", "Good"), month=JUNE),
        ),
    )
    found = standing(records, asking((HR, actions()[:2]), (ICT, actions()[2:4])), TODAY)
    assert found.conflicts == 1
    assert [owner.conflicts for owner in found.owners] == [1, 0]


def test_open_conflicts_of_other_months_are_told() -> None:
    rows = tuple(
        ConflictRecord(month, key, "status", "", answer, "Head of HR", "hr.xlsx", outcome=outcome)
        for month, key, answer, outcome in (
            (JUNE, "BC.A1.1", "Good", ""),
            (JUNE, "BC.A1.1", "Bad", ""),  # the other answer to the same cell
            (JUNE, "BC.A1.2", "Good", "Used"),
            (JULY, "BC.A1.1", "Good", ""),
        )
    )
    (finding,) = conflicts_of_other_months(ReturnRecords(conflicts=rows), JULY)
    assert (finding.sheet, finding.message) == (
        "Conflicts",
        "1 cell is still in conflict for June 2026. Run status --month 2026-06 to see how to "
        "settle that.",
    )
    assert not list(conflicts_of_other_months(ReturnRecords(conflicts=rows[2:]), JULY))


def test_an_answer_that_waits_on_conflicts_is_not_asked_for_again() -> None:
    back = record(HR, returned=date(2026, 7, 14))
    waits = ConflictRecord(
        JULY, "BC.A1.2", "update", "", "Good", f"{HR.name}; {ICT.name}", "a.xlsx"
    )
    found = standing(
        ReturnRecords(returns=(back,), conflicts=(waits,)), asking((HR, actions()[:2])), TODAY
    )
    assert (hr(found).blank, hr(found).is_chased) == ((), False)
    settled = replace(waits, outcome="Tracker kept")
    found = standing(
        ReturnRecords(returns=(back,), conflicts=(settled,)), asking((HR, actions()[:2])), TODAY
    )
    assert [blank.key for blank in hr(found).blank] == ["BC.A1.2"]


# ---------------------------------------------------------------- the chase list


def test_an_owner_who_has_not_returned_is_told_what_and_by_when() -> None:
    found = seen(record(HR), of=asking((HR, actions()[1:4])))
    (message,) = chase_messages(found, replace(SETTINGS, return_to="plan@wexcombe.example"))
    assert (message.owner, message.email) == ("Head of HR", "hr@wexcombe.example")
    assert message.subject == "Improvement Plan: your update for July 2026"
    assert message.text == (
        "Dear Head of HR,\n"
        "\n"
        "We have not had your Improvement Plan update for July 2026 yet. It is due on 22 July "
        "2026.\n"
        "\n"
        "Still blank are 3 actions:\n"
        "- BC.A1.2 Do BC.A1.2: no update\n"
        "- BC.A1.3 Do BC.A1.3: no status\n"
        "- BC.A1.4 Do BC.A1.4: no status and no update\n"
        "\n"
        "Please fill it in in the workbook that you were sent, and send that back to "
        "plan@wexcombe.example."
    )


def test_a_late_owner_is_told_that_the_deadline_has_passed() -> None:
    found = seen(record(HR), of=asking((HR, actions()[3:4])), today=date(2026, 7, 30))
    (message,) = chase_messages(found, SETTINGS)
    assert "It was due on 22 July 2026." in message.text
    assert "Still blank is 1 action:\n- BC.A1.4" in message.text
    assert message.text.endswith("send that back to the person who sent it to you.")


def test_a_return_without_a_deadline_is_chased_without_one() -> None:
    found = seen(record(HR, due=None), of=asking((HR, actions()[3:4])))
    (message,) = chase_messages(found, SETTINGS)
    assert "update for July 2026 yet.\n\nStill blank" in message.text


def test_an_owner_who_returned_with_blanks_is_thanked_and_asked_for_the_rest() -> None:
    back = record(HR, returned=date(2026, 7, 14))
    (message,) = chase_messages(seen(back, of=asking((HR, actions()[:2]))), SETTINGS)
    assert (
        "Thank you for your Improvement Plan update for July 2026, which came back on 14 July"
        in (message.text)
    )
    assert "BC.A1.1" not in message.text
    assert "- BC.A1.2 Do BC.A1.2: no update" in message.text


def test_there_is_one_message_for_each_owner_who_owes_something_and_no_other() -> None:
    found = seen(
        record(HR, returned=date(2026, 7, 14)),
        record(ICT),
        of=asking((HR, actions()[:1]), (ICT, actions()[1:2]), (Owner("Nobody"), actions()[2:3])),
    )
    assert [message.owner for message in chase_messages(found, SETTINGS)] == ["Head of ICT"]


def test_a_long_action_is_cut_short_in_a_message() -> None:
    (action,) = actions("Theme 1\nBC.A1.1 | | Apr-27 | : | :")
    long = replace(action, fields={"action": "Long words " * 20})
    (message,) = chase_messages(seen(record(HR), of=asking((HR, [long]))), SETTINGS)
    line = next(line for line in message.text.splitlines() if line.startswith("- "))
    assert line.startswith("- BC.A1.1 Long words Long")
    assert line.endswith("…: no status and no update")
    assert len(line) < 140


def test_braces_that_somebody_typed_stay_as_they_are() -> None:
    odd = Owner("Head of {owner}")
    found = seen(record(odd), of=asking((odd, actions()[3:4])))
    assert chase_messages(found, SETTINGS)[0].text.startswith("Dear Head of {owner},\n")
