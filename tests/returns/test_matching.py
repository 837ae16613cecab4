"""Which row of a return is which action."""

from __future__ import annotations

import pytest

from sheetplan.model.owner_return import SentRow, digest
from sheetplan.returns.keys import keyed
from sheetplan.returns.matching import MatchedRow, match_rows
from tests.returns.building import received_row, tracker

PLAN = tracker(
    """
    OC.A2.1 | Ann | Jul-26
    OC.A2.2 | Ann | Jul-26
    OC.A2.3 | Bob | Jul-26
    OC.A2.4 | Ann | Jul-26
    OC.A2.4 | Ann | Jul-26
    """
)
KEYED = keyed(PLAN)


def sent(*keys: str, **wordings: str) -> dict[str, SentRow]:
    """What was sent: the wording of an action is that of its reference."""
    texts = {
        key: {"reference": key, "action": wordings.get(key.replace(".", "_"), f"Do {key}")}
        for key in keys
    }
    return {
        key: SentRow(key, True, {name: digest(text) for name, text in cells.items()})
        for key, cells in texts.items()
    }


OWN = sent("OC.A2.1", "OC.A2.2", "OC.A2.4", "OC.A2.4 (2)")


def match(*rows: tuple[str, str], own: dict[str, SentRow] = OWN) -> tuple[MatchedRow, ...]:
    """The rows of a return: its reference, its wording; each with a status."""
    received = [
        received_row({"reference": reference, "action": wording, "status": "On track"}, at)
        for at, (reference, wording) in enumerate(rows, start=12)
    ]
    return match_rows(received, KEYED, own)


def keys(*rows: tuple[str, str], own: dict[str, SentRow] = OWN) -> list[str]:
    return [row.key for row in match(*rows, own=own)]


@pytest.mark.parametrize("typed", ["OC.A2.1", "OCA2.1", "oc.a2.1", " OC. A2.1 ", "OC A2.1"])
def test_a_reference_is_known_however_it_is_typed(typed: str) -> None:
    (row,) = match((typed, "Do OC.A2.1"))
    assert (row.key, row.is_by_wording) == ("OC.A2.1", False)


def test_the_reference_tells_where_the_wording_was_edited() -> None:
    assert keys(("OC.A2.1", "Do it better")) == ["OC.A2.1"]


def test_rows_may_come_in_any_order_with_others_between() -> None:
    assert keys(("OC.A2.2", "Do OC.A2.2"), ("Total", ""), ("OC.A2.1", "Do OC.A2.1")) == [
        "OC.A2.2",
        "",
        "OC.A2.1",
    ]


@pytest.mark.parametrize("typed", ["", "OC.Z9.9", "see above", "OC.A2.3"])
def test_the_wording_tells_where_the_reference_is_gone_or_altered(typed: str) -> None:
    (row,) = match((typed, "Do  OC.A2.1"))
    assert (row.key, row.is_by_wording) == ("OC.A2.1", True)


def test_the_wording_tells_nothing_where_another_row_has_the_reference() -> None:
    there, copy = match(("OC.A2.1", "Do OC.A2.1"), ("", "Do OC.A2.1"))
    assert (there.key, copy.key) == ("OC.A2.1", "")
    assert "OC.A2.1, which stands in row 12 as well" in copy.reason


def test_two_copies_without_a_reference_are_both_that_row() -> None:
    assert keys(("", "Do OC.A2.1"), ("", "Do OC.A2.1")) == ["OC.A2.1", "OC.A2.1"]


def test_a_wording_that_was_never_sent_tells_nothing() -> None:
    (row,) = match(("", "Do something"))
    assert (row.key, row.reason) == ("", "It has no reference, and no wording that was sent.")


def test_a_wording_that_two_rows_were_sent_with_tells_nothing() -> None:
    own = sent("OC.A2.1", "OC.A2.2", OC_A2_1="Alike", OC_A2_2="Alike")
    assert keys(("", "Alike"), own=own) == [""]


def test_a_row_whose_reference_and_wording_name_two_rows_is_neither() -> None:
    """As after sorting one column only: nobody knows which of the two was answered."""
    rows = match(("OC.A2.2", "Do OC.A2.1"), ("OC.A2.1", "Do OC.A2.2"))
    assert [row.key for row in rows] == ["", ""]
    assert rows[0].reason == (
        "Its reference is OC.A2.2 and its wording that of OC.A2.1, so it cannot be told which is "
        "meant."
    )


def test_a_wording_that_was_filled_down_is_no_proof() -> None:
    rows = match(("OC.A2.1", "Do OC.A2.4"), ("OC.A2.2", "Do OC.A2.4"))
    assert [row.key for row in rows] == ["", ""]
    own = sent("OC.A2.1", "OC.A2.2", "OC.A2.9")
    assert keys(("OC.A2.2", "Do OC.A2.2"), ("OC.A2.1", "Do OC.A2.2"), own=own) == ["OC.A2.2", ""]


def test_a_reference_that_the_tracker_lacks_is_named_with_the_nearest() -> None:
    (row,) = match(("OC.A2.19", "Do something"))
    assert row.reason.startswith('The tracker has no action "OC.A2.19". The nearest is OC.A2.')


def test_a_reference_of_another_owner_is_told() -> None:
    assert keys(("OC.A2.3", "Do OC.A2.3")) == ["OC.A2.3"]


# ---------------------------------------------------------------- repeated references


def test_repeated_references_are_told_apart_by_their_number() -> None:
    assert keys(("OC.A2.4 (2)", "Edited"), ("OC.A2.4", "Edited")) == ["OC.A2.4 (2)", "OC.A2.4"]


def test_repeated_references_are_told_apart_by_their_wording() -> None:
    own = sent("OC.A2.4", "OC.A2.4 (2)")
    assert keys(("OCA2.4", "Do OC.A2.4 (2)"), ("OCA2.4", "Do OC.A2.4"), own=own) == [
        "OC.A2.4 (2)",
        "OC.A2.4",
    ]


def test_the_one_of_two_that_was_sent_is_meant() -> None:
    assert keys(("OCA2.4", "Edited"), own=sent("OC.A2.4 (2)")) == ["OC.A2.4 (2)"]


def test_neither_of_two_is_meant_where_no_wording_shows_which() -> None:
    (row,) = match(("OC.A2.4", ""), own=sent("OC.A2.4 (2)"))
    assert row.key == ""
    assert "2 rows of the tracker have the reference OC.A2.4" in row.reason
    assert keys(("OC.A2.4 (2)", ""), own=sent("OC.A2.4 (2)")) == ["OC.A2.4 (2)"]


def test_repeated_references_that_nothing_tells_apart_are_neither() -> None:
    (row,) = match(("OCA2.4", "Edited"))
    assert row.key == ""
    assert "2 rows of the tracker have the reference OC.A2.4" in row.reason


# ---------------------------------------------------------------- many rows


def test_ten_thousand_pasted_rows_are_quick_and_share_a_reason() -> None:
    rows = match(*((f"XX.B{n}.1", "") for n in range(10_000)))
    assert not any(row.key for row in rows)
    assert len({row.reason for row in rows}) == 7


ALIKE = sent("OC.A2.1", "OC.A2.2", "OC.A2.4", OC_A2_1="Report", OC_A2_2="Report")


def test_a_wording_that_several_rows_have_tells_against_a_reference_of_none_of_them() -> None:
    (row,) = match(("OC.A2.4", "Report"), own=ALIKE)
    assert (row.key, row.reason) == (
        "",
        "Its reference is OC.A2.4 and its wording that of OC.A2.1 and OC.A2.2, so it cannot be "
        "told which is meant.",
    )
    (row,) = match(("", "Report"), own=ALIKE)
    assert row.reason == "It has no reference, and its wording is that of OC.A2.1 and OC.A2.2."


def test_a_wording_that_several_rows_have_does_not_hide_the_reference_of_one_of_them() -> None:
    assert keys(("OC.A2.2", "Report"), ("OC.A2.1", "Report"), own=ALIKE) == ["OC.A2.2", "OC.A2.1"]
