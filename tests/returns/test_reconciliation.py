"""Nothing is lost: long texts are kept whole, and the sums add up."""

from __future__ import annotations

from datetime import date

import pytest

from sheetplan.errors import ReconciliationError
from sheetplan.model.owner_return import ReceivedCell, TextRun
from sheetplan.returns.content import CellAnswer, Outcome
from sheetplan.returns.gathering import gather
from sheetplan.returns.reconciliation import tally
from sheetplan.returns.today import Today, no_obstacle
from tests.returns.building import (
    FIRST,
    FORMULA,
    JULY,
    PLAN,
    SHARED,
    STANDARD,
    asking_of,
    codes,
    council,
    returned,
)

# ---------------------------------------------------------------- long texts and odd characters


def test_a_text_too_long_for_a_cell_is_cut_there_and_whole_in_the_log() -> None:
    here = council()
    text = "a" * 32_766 + "🙂" + "b" * 10
    item = returned(PLAN, "Ann", {FIRST: {"update": text}})
    merging = here.collect(item)
    assert here.says(FIRST, "update") == "a" * 32_766
    merged, rest = here.records.log
    assert (merged.what, rest.what) == ("Merged", "Part 2 of 2")
    assert merged.after + rest.after == text
    assert codes(merging) == ["status-missing", "text-too-long"]
    again = here.collect(item)
    assert (again.writes, again.changes.added, again.changes.changed) == ((), (), ())


def test_a_text_that_just_fits_is_whole_in_the_cell() -> None:
    here = council()
    text = "🙂" + "a" * 32_765
    merging = here.collect(returned(PLAN, "Ann", {FIRST: {"update": text}}))
    assert (here.says(FIRST, "update"), codes(merging)) == (text, ["status-missing"])


def test_long_answers_in_conflict_and_long_requests_are_whole_in_the_log() -> None:
    here = council()
    long = "x" * 40_000
    here.type(FIRST, "update", "by telephone")
    here.collect(returned(PLAN, "Ann", {FIRST: {"update": long, "date_change_reason": long}}))
    kept = {(r.field, r.what): r.after for r in here.records.log}
    assert here.records.conflicts[0].answer + kept["update", "Part 2 of 2"] == long
    assert here.records.requests[0].reason + kept["due_date", "Part 2 of 2"] == long


def test_formatting_is_cut_with_its_text() -> None:
    runs = (TextRun("a" * 32_760), TextRun("b" * 10, b"<b/>"), TextRun("c"))
    cell = ReceivedCell("", "".join(run.text for run in runs), runs=runs)
    merging = council().collect(returned(PLAN, "Ann", {FIRST: {"update": cell}}))
    assert merging.writes[0].runs == (runs[0], TextRun("b" * 7, b"<b/>"))


def test_dropped_control_characters_are_counted() -> None:
    cell = ReceivedCell("", "fine", controls=2)
    merging = council().collect(
        returned(PLAN, "Ann", {FIRST: {"status": "On track", "update": cell}})
    )
    assert codes(merging) == ["return-control-characters"]
    assert merging.findings[0].message.startswith("2 control characters were dropped")


# ---------------------------------------------------------------- sums


def test_sums_of_a_return_add_up() -> None:
    here = council()
    here.type(SHARED, "update", "by telephone")
    item = returned(
        PLAN,
        "Ann",
        {FIRST: {"status": FORMULA, "update": "x", "due_date": "Sep-26"}, SHARED: {"update": "y"}},
    )
    (sums,) = here.collect(item).tallies
    assert (sums.asked, sums.answered, sums.blank, sums.missing) == (2, 2, 0, 0)
    assert (sums.changed, sums.merged, sums.conflicts, sums.requests, sums.rejected) == (
        4, 1, 1, 1, 1,
    )  # fmt: skip
    record = here.record("Ann")
    assert (record.merged, record.conflicts, record.requests, record.rejected) == (1, 1, 1, 1)
    assert (record.reference, record.returned) == (sums.reference, date(2026, 8, 7))


def test_several_files_of_one_owner_count_together_in_any_order() -> None:
    a = returned(PLAN, "Ann", {FIRST: {"update": "x"}}, file="a.xlsx")
    b = returned(PLAN, "Ann", {SHARED: {"update": "y"}}, file="b.xlsx")
    for order in ((a, b), (b, a)):
        here = council()
        for item in order:
            here.collect(item)
        record = here.record("Ann")
        assert (record.answered, record.blank, record.merged) == (2, 0, 2)
        assert record.file == "a.xlsx; b.xlsx"


def test_an_answer_that_gets_lost_stops_everything() -> None:
    item = returned(PLAN, "Ann", {FIRST: {"update": "x"}})
    today = Today(PLAN, JULY, asking_of(PLAN), council().records, no_obstacle)
    gathered = gather(item, today, STANDARD, trust_owners=False)
    with pytest.raises(ReconciliationError, match="1 cells came back changed and 0 are") as error:
        tally(gathered, [])
    assert "Ann.xlsx" in str(error.value)
    kept = CellAnswer("Ann.xlsx", "Ann", "H12", FIRST, "update", Outcome.MERGED, "x")
    assert tally(gathered, [kept]).adds_up
