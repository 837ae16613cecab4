"""Which returns are taken: of this tracker, for this month, of an owner whom it knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.model.month import Month
from sheetplan.model.owner_return import (
    PassedOverFile,
    ReceivedCell,
    ReceivedReturn,
    ReceivedRow,
    RejectedFile,
    ReturnIdentity,
    SentRow,
    digest,
    owner_key,
)
from sheetplan.returns.acceptance import Acceptance

JULY = Month(2026, 7)
OWNERS = {owner_key(name): name for name in ("Head of HR", "Head of ICT")}


def received(
    owner: str = "Head of HR",
    *,
    file: str = "return.xlsx",
    tracker: str = "1a2b3c4d",
    month: Month = JULY,
    says: bool = True,
    status: str = "On track",
    action: str = "Agree the strategy",
    sent_status: str = "",
) -> ReceivedReturn:
    identity = ReturnIdentity(tracker, month, owner_key(owner)) if says else None
    texts = {"reference": "OC.A1.1", "action": action, "status": status}
    row = ReceivedRow(7, {n: ReceivedCell(f"A{i}", t) for i, (n, t) in enumerate(texts.items())})
    as_sent = {**texts, "action": "Agree the strategy", "status": sent_status}
    sent = {"OC.A1.1": SentRow("OC.A1.1", True, {n: digest(t) for n, t in as_sent.items()})}
    return ReceivedReturn(
        file, "0" * 64, identity, owner if says else "", "Your update", {}, sent, (row,)
    )


def with_cells(cells: dict[str, ReceivedCell]) -> ReceivedReturn:
    """A return as it was sent, but for these cells."""
    item = received(status="")
    return replace(item, rows=(replace(item.rows[0], cells={**item.rows[0].cells, **cells}),))


def acceptance(
    tracker_id: str = "1a2b3c4d", owner: str = "", *, is_month_named: bool = False
) -> Acceptance:
    months = (Month(2026, 6), JULY)
    return Acceptance(tracker_id, JULY, months, OWNERS, owner=owner, is_month_named=is_month_named)


def rejected(item: ReceivedReturn, by: Acceptance | None = None) -> RejectedFile:
    (found,) = (by or acceptance()).judged([item])
    assert isinstance(found, RejectedFile)
    assert found.file == item.file
    return found


def accepted(item: ReceivedReturn, by: Acceptance) -> ReceivedReturn:
    (found,) = by.judged([item])
    assert isinstance(found, ReceivedReturn), found
    return found


def test_a_return_of_this_tracker_month_and_of_a_known_owner_is_taken() -> None:
    assert accepted(received(), acceptance()) == received()


@pytest.mark.parametrize("sent_status", ["", "On track"])
def test_a_return_as_it_was_sent_is_passed_over(sent_status: str) -> None:
    item = received(status=sent_status, sent_status=sent_status)
    (found,) = acceptance().judged([item])
    assert found == PassedOverFile("return.xlsx", "nothing has been filled in since it was sent")


def test_a_row_that_is_gone_is_no_answer() -> None:
    (found,) = acceptance().judged([replace(received(), rows=())])
    assert isinstance(found, PassedOverFile)


@pytest.mark.parametrize(
    "item",
    [
        received(status="", sent_status="On track"),
        received(status="", action="Agree another strategy"),
        replace(
            received(status=""),
            new_actions=(ReceivedRow(5, {"action": ReceivedCell("C5", "New")}),),
        ),
        replace(received(), sent=None),
        replace(received(status=""), sent=None),
        replace(received(status=""), notes=("Column M was not sent: see M8.",)),
        with_cells({"status": ReceivedCell("G7", "", formula="A1")}),
        with_cells({"update": ReceivedCell("H7", "", is_error=True)}),
    ],
    ids=[
        "a status cleared",
        "a wording changed",
        "a new action",
        "not known what was sent",
        "not known what was sent, and blank",
        "words beside the rows",
        "a formula that shows nothing",
        "an error that shows nothing",
    ],
)
def test_a_return_in_which_anything_was_done_is_taken(item: ReceivedReturn) -> None:
    assert accepted(item, acceptance()) == item


def test_answers_that_were_exchanged_between_rows_are_answers() -> None:
    first = received(status="On track", sent_status="Complete")
    (row,), sent = first.rows, {**(first.sent or {})}
    other = {**row.cells, "reference": ReceivedCell("A8", "OC.A1.2")}
    texts = {"reference": "OC.A1.2", "action": "Agree the strategy", "status": "On track"}
    sent["OC.A1.2"] = SentRow("OC.A1.2", True, {n: digest(t) for n, t in texts.items()})
    other["status"] = ReceivedCell("D8", "Complete")
    item = replace(first, rows=(row, ReceivedRow(8, other)), sent=sent)
    assert accepted(item, acceptance()) == item


def test_the_owners_name_is_the_trackers_own_spelling() -> None:
    assert accepted(received("HEAD of  HR"), acceptance()).owner_name == "Head of HR"


def test_a_return_of_another_tracker_is_rejected_with_both_ids() -> None:
    found = rejected(received(tracker="ffff0000"))
    assert found.code == "other-tracker"
    assert "belongs to another tracker" in found.reason
    assert "ffff0000" in found.reason
    assert "1a2b3c4d" in found.reason


def test_a_tracker_that_has_never_sent_a_return_takes_none() -> None:
    found = rejected(received(), acceptance(tracker_id=""))
    assert found.code == "tracker-without-id"
    assert found.reason == "this tracker has never sent a return, so no return belongs to it."


def test_a_return_for_another_month_says_how_to_collect_it() -> None:
    found = rejected(received(month=Month(2026, 6)))
    assert found.code == "other-month"
    assert found.reason == "it is for June 2026, and July 2026 is collected."
    assert found.remedy == "Run collect-returns --month 2026-06 for it."


def test_a_return_for_a_month_that_the_tracker_lacks_says_so() -> None:
    assert (
        rejected(received(month=Month(2026, 8))).remedy == "The tracker does not have August 2026."
    )


def test_a_return_of_an_owner_whom_nobody_knows_is_rejected() -> None:
    found = rejected(received("Head of Parks"))
    assert found.code == "owner-unknown"
    assert '"Head of Parks", whom this tracker does not know' in found.reason
    assert "--owner NAME." in found.remedy


def test_that_owner_may_have_become_one_whom_a_person_names() -> None:
    found = accepted(received("Head of People"), acceptance(owner="head of hr"))
    assert (found.owner_name, found.identity) == ("Head of HR", received().identity)


def test_a_return_that_no_longer_says_which_it_is_needs_an_owner_and_a_month() -> None:
    found = rejected(received(says=False))
    assert found.code == "identity-missing"
    assert "--owner NAME --month 2026-07" in found.remedy
    assert rejected(received(says=False), acceptance(owner="Head of HR")).code == "identity-missing"


def test_with_an_owner_and_a_month_it_is_taken() -> None:
    named = acceptance(owner="Head of HR", is_month_named=True)
    found = accepted(received(says=False), named)
    assert (found.identity, found.owner_name) == (received().identity, "Head of HR")


def test_a_named_owner_whom_nobody_knows_is_asked_about() -> None:
    found = rejected(received(says=False), acceptance(owner="Head of HRR", is_month_named=True))
    assert found.reason == 'nobody of the name "Head of HRR" is an owner in this tracker.'
    assert found.remedy == 'Did you mean "Head of HR"?'


def test_one_name_cannot_be_that_of_several_files() -> None:
    named = acceptance(owner="Head of HR", is_month_named=True)
    files = [received(says=False, file="a.xlsx"), received(), received(says=False, file="b.xlsx")]
    first, second, third = named.judged(files)
    assert isinstance(second, ReceivedReturn)
    for found in (first, third):
        assert isinstance(found, RejectedFile)
        assert "There are several such files" in found.reason


@pytest.mark.parametrize("owner", ["Head of ICT", "Nobody"])
def test_a_return_that_says_whose_it_is_stays_that_owners_whoever_is_named(owner: str) -> None:
    assert accepted(received(), acceptance(owner=owner)).owner_name == "Head of HR"
