"""Collecting returns, judged by openpyxl: every answer arrives, or it is said why not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle.collect_plan import CollectPlan
from sheetplan.errors import ContentLossError, ReconciliationError
from sheetplan.model.return_records import RegisterChanges
from tests.cli.running import unharmed
from tests.cycle.collecting import (
    HR,
    ICT,
    TRACKER,
    collect,
    from_hr,
    records,
    rejected,
    return_book,
    said_of_july,
    sent_tracker,
)
from tests.judges import diff, openpyxl_values, valid
from tests.return_files import HIDDEN, PLACES, row

# ---------------------------------------------------------------- what arrives


def test_every_answer_stands_in_the_month_of_its_row(tracker: Path, returns: Path) -> None:
    plan = collect(tracker, returns)
    assert said_of_july(tracker) == {
        "H2": "Complete",
        "I2": "Done in July",
        "H3": "On track",
        "I3": "Going well",
        "H4": "On track",
        "I4": "Servers bought",
    }
    assert [(t.file, t.answered, t.asked, t.merged) for t in plan.tallies] == [
        ("Head of HR.xlsx", 2, 2, 4),
        ("Head of ICT.xlsx", 1, 2, 2),
    ]


def test_the_cells_that_change_are_exactly_those_in_the_update_log(
    tracker: Path, returns: Path
) -> None:
    before = tracker.with_name("before.xlsx")
    shutil.copy(tracker, before)
    collect(tracker, returns)
    old, new = openpyxl_values(before)["Theme 1"], openpyxl_values(tracker)["Theme 1"]
    rows = {str(text): name[1:] for name, text in old.items() if name[0] == "A"}
    changed = {name: (old.get(name), new.get(name)) for name in new if old.get(name) != new[name]}
    logged = {
        ("H" if entry["Field"] == "Status" else "I") + rows[str(entry["Reference"])]: (
            entry.get("Before"),
            entry["After"],
        )
        for entry in records(tracker, "Update log")
    }
    assert changed == logged
    assert len(logged) == 6
    assert not old.keys() - new.keys()
    assert valid(before, tracker) == []
    assert not diff(before, tracker).lost


def test_the_register_has_the_sums_of_each_return(tracker: Path, returns: Path) -> None:
    collect(tracker, returns)
    by_owner = {record["Owner"]: record for record in records(tracker, "Returns")}
    ict = by_owner[ICT]
    assert (ict["Rows asked"], ict["Answered"], ict["Blank"], ict["Missing"]) == (2, 1, 1, 0)
    assert (ict["Merged"], ict["Conflicts"], ict["Rejected"]) == (2, 0, 0)
    assert ict["File"] == "Head of ICT.xlsx"
    assert by_owner[HR]["Merged"] == 4


def test_the_returns_are_never_touched(tracker: Path, returns: Path) -> None:
    with unharmed(returns):
        collect(tracker, returns)


def test_the_tracker_is_written_once_with_a_backup_beside_it(tracker: Path, returns: Path) -> None:
    before = tracker.read_bytes()
    result = sheetplan.collect_returns(tracker, [returns])
    assert result.backup is not None
    assert result.backup.name == "plan (before collecting returns July 2023).xlsx"
    assert result.backup.read_bytes() == before
    assert result.verified is not None
    assert result.verified.cells_lost == 0
    assert sheetplan.undo(tracker).backup == result.backup
    assert tracker.read_bytes() == before


def test_another_file_can_be_written_and_the_tracker_stays(tracker: Path, returns: Path) -> None:
    with unharmed(returns):
        before = tracker.read_bytes()
        collect(tracker, returns, output=tracker.with_name("new.xlsx"))
    assert tracker.read_bytes() == before
    assert len(said_of_july(tracker.with_name("new.xlsx"))) == 6


def test_a_copy_of_the_tracker_takes_its_returns(tracker: Path, returns: Path) -> None:
    copy = Path(shutil.copy(tracker, tracker.with_name("copy of plan.xlsx")))
    collect(copy, returns)
    assert len(said_of_july(copy)) == 6


def test_text_is_never_a_formula(tracker: Path, tmp_path: Path) -> None:
    typed = '=HYPERLINK("http://x","y")'
    book = return_book(HR, row("OC.A1.1", status="On track", update=typed))
    collect(tracker, book.save(tmp_path / "a.xlsx"))
    assert openpyxl_values(tracker, formulas=True)["Theme 1"]["I2"] == typed
    assert openpyxl.load_workbook(tracker)["Theme 1"]["I2"].data_type == "s"


# ---------------------------------------------------------------- again, and in any order


def test_collecting_twice_changes_nothing(tracker: Path, returns: Path) -> None:
    collect(tracker, returns)
    with unharmed(tracker.parent):
        result = sheetplan.collect_returns(tracker, [returns])
    assert result.output is None
    assert {t.merged for t in result.plan.tallies} == {0}
    assert {t.same for t in result.plan.tallies} == {4, 2}


def test_that_is_so_where_it_closed_all_its_rows_and_no_longer_says_what_was_sent(
    tracker: Path, tmp_path: Path
) -> None:
    rows = (row("OC.A1.1", status="Closed"), row("OC.A1.2", status="Closed"))
    places = [place for place in PLACES if place != HIDDEN]
    path = return_book(HR, *rows, places=places).save(tmp_path / "hr.xlsx")
    collect(tracker, path)
    as_it_was = tracker.read_bytes()
    plan = collect(tracker, path)
    assert tracker.read_bytes() == as_it_was
    assert (plan.totals.asked, plan.totals.same, plan.totals.rejected) == (2, 2, 0)


def test_the_same_return_under_another_name_changes_no_cell(tracker: Path, returns: Path) -> None:
    collect(tracker, returns)
    before = said_of_july(tracker)
    shutil.move(returns / "Head of HR.xlsx", returns / "hr final FINAL.xlsx")
    plan = collect(tracker, returns / "hr final FINAL.xlsx")
    assert said_of_july(tracker) == before
    assert not plan.writes


# ---------------------------------------------------------------- what cannot be written


def _with_formula(folder: Path) -> Path:
    """A tracker whose status of OC.A1.2 in July is a formula."""
    lines = TRACKER.splitlines()
    at = next(number for number, line in enumerate(lines) if "OC.A1.2 |" in line)
    cells = lines[at].split("|")
    cells[8] = " =F3 -> Medium Progress "
    lines[at] = "|".join(cells)
    return sent_tracker(folder, "\n".join(lines))


def test_a_formula_of_the_tracker_is_not_written_over_and_the_answer_is_named(
    tmp_path: Path,
) -> None:
    tracker = _with_formula(tmp_path / "tracker")
    plan = collect(tracker, from_hr(tmp_path / "hr.xlsx"))
    assert openpyxl_values(tracker, formulas=True)["Theme 1"]["H3"] == "=F3"
    (answer,) = plan.rejected_answers
    assert (answer.key, answer.field, answer.text) == ("OC.A1.2", "status", "On track")
    assert answer.reason.startswith("Theme 1!H3 holds a formula (=F3), which is not written over.")
    (tally,) = plan.tallies
    assert tally.adds_up
    assert (tally.changed, tally.rejected) == (4, 1)
    assert {e["Reference"] for e in records(tracker, "Update log") if e["Field"] == "Status"} == {
        "OC.A1.1"
    }
    assert records(tracker, "Returns")[0]["Rejected"] == 1


def test_that_stays_so_when_the_return_is_collected_again(tmp_path: Path) -> None:
    tracker = _with_formula(tmp_path / "tracker")
    collect(tracker, from_hr(tmp_path / "hr.xlsx"))
    with unharmed(tracker.parent):
        plan = collect(tracker, tmp_path / "hr.xlsx")
    assert len(plan.rejected_answers) == 1
    assert plan.tallies[0].adds_up


def test_a_cell_that_another_covers_is_not_written(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.get_worksheet_by_name("Theme 1").merge_range("I2:I3", "")

    tracker = sent_tracker(tmp_path / "tracker", decorate=merge)
    plan = collect(tracker, from_hr(tmp_path / "hr.xlsx"))
    (answer,) = plan.rejected_answers
    assert "Theme 1!I3 is part of the merged cells I2:I3, whose words stand in I2." in answer.reason
    assert said_of_july(tracker)["I2"] == "Done in July"
    assert "I3" not in said_of_july(tracker)


# ---------------------------------------------------------------- owners


def _foreign(folder: Path) -> Path:
    """The return of Head of HR with an answer to a row that Head of ICT was sent."""
    rows = (row("OC.A1.1", update="Ours"), row("OC.A1.3", update="Theirs"))
    sent = {"OC.A1.1": row("OC.A1.1")}
    return return_book(HR, *rows, sent=sent).save(folder / "hr.xlsx")


def test_an_answer_to_anothers_row_is_named_and_not_merged(tracker: Path, tmp_path: Path) -> None:
    plan = collect(tracker, _foreign(tmp_path))
    assert said_of_july(tracker) == {"I2": "Ours"}
    (answer,) = plan.rejected_answers
    assert (answer.key, answer.text) == ("OC.A1.3", "Theirs")
    assert "--trust-owners" in answer.reason
    assert plan.needs_attention


def test_it_is_merged_where_owners_are_trusted(tracker: Path, tmp_path: Path) -> None:
    plan = collect(tracker, _foreign(tmp_path), trust_owners=True)
    assert said_of_july(tracker) == {"I2": "Ours", "I4": "Theirs"}
    assert not plan.rejected_answers


def test_a_return_without_any_reference_is_taken_for_the_owner_and_month_that_are_named(
    tracker: Path, tmp_path: Path
) -> None:
    path = from_hr(tmp_path / "hr.xlsx", places=())
    said = rejected(tracker, path)["hr.xlsx"]
    assert "it no longer says which return it is" in said
    assert "--owner NAME --month 2023-07" in said
    collect(tracker, path, owner="head of hr", month="2023-07")
    assert said_of_july(tracker)["I2"] == "Done in July"


def test_an_owner_whom_nobody_knows_is_asked_about(tracker: Path, tmp_path: Path) -> None:
    book = return_book("Head of Parks", row("OC.A1.1", update="Mown"))
    path = book.save(tmp_path / "parks.xlsx")
    assert (
        '"Head of Parks", whom this tracker does not know' in rejected(tracker, path)["parks.xlsx"]
    )
    collect(tracker, path, owner=HR)
    assert said_of_july(tracker) == {"I2": "Mown"}


# ---------------------------------------------------------------- other trackers, other months


def test_a_formula_where_a_status_should_be_is_shown_and_not_merged(
    tracker: Path, tmp_path: Path
) -> None:
    path = return_book(HR, row("OC.A1.1", status="=1+1", update="Done")).make()
    cell = next(c for cells in path["Your update"].iter_rows() for c in cells if c.value == "=1+1")
    cell.data_type = "f"
    path.save(tmp_path / "hr.xlsx")
    plan = collect(tracker, tmp_path / "hr.xlsx")
    assert said_of_july(tracker) == {"I2": "Done"}
    (answer,) = plan.rejected_answers
    assert "=1+1" in answer.reason


# ---------------------------------------------------------------- what has to be so


def with_merging(plan: CollectPlan, **changes: Any) -> CollectPlan:
    """The plan with another last step."""
    step = plan.steps[-1]
    changed = replace(step, merging=replace(step.merging, **changes))
    return replace(plan, steps=(*plan.steps[:-1], changed))


def test_nothing_is_written_where_the_sums_do_not_add_up(tracker: Path, returns: Path) -> None:
    plan = sheetplan.plan_collect_returns(tracker, [returns])
    plan.reconcile()
    merging, (first, *others) = plan.steps[-1].merging, plan.tallies
    for wrong in (
        with_merging(plan, tallies=(replace(first, blank=1), *others)),
        with_merging(plan, tallies=(replace(first, changed=5, merged=5), *others)),
        with_merging(plan, tallies=tuple(others)),
        with_merging(plan, answers=merging.answers[1:]),
        with_merging(plan, writes=merging.writes[1:]),
        with_merging(plan, changes=RegisterChanges()),
    ):
        with unharmed(tracker.parent), pytest.raises(ReconciliationError, match="does not add up"):
            wrong.apply()


def test_a_file_that_is_not_accounted_for_stops_it_too(tracker: Path, returns: Path) -> None:
    plan = sheetplan.plan_collect_returns(tracker, [returns])
    with unharmed(tracker.parent), pytest.raises(ReconciliationError, match="3 files were found"):
        replace(plan, found=3).apply()


def test_a_plan_writes_nothing_and_says_the_same_as_the_result(
    tracker: Path, returns: Path
) -> None:
    with unharmed(tracker.parent):
        planned = sheetplan.plan_collect_returns(tracker, [returns]).as_data()
    done = sheetplan.collect_returns(tracker, [returns]).as_data()
    assert {k: done[k] for k in planned if k != "registers"} == {
        k: v for k, v in planned.items() if k != "registers"
    }


def test_rows_of_a_fixed_height_that_become_taller_are_told(tmp_path: Path) -> None:
    def fix_heights(book: Any) -> None:
        sheet = book.get_worksheet_by_name("Theme 1")
        sheet.set_row(1, 30)
        sheet.write_blank("I2", None, book.add_format({"text_wrap": True}))

    tracker = sent_tracker(tmp_path, decorate=fix_heights)
    answer = return_book(HR, row("OC.A1.1", status="On track", update="One\nTwo\nThree"))
    plan = collect(tracker, answer.save(tmp_path / "hr.xlsx"))
    assert [(told["sheet"], told["row"]) for told in plan.as_data()["taller"]] == [("Theme 1", 2)]
    assert 44 <= openpyxl.load_workbook(tracker)["Theme 1"].row_dimensions[2].height <= 48
    assert collect(tracker, tmp_path / "hr.xlsx").taller == ()


def test_the_promise_is_checked_on_what_is_written_over(tracker: Path, tmp_path: Path) -> None:
    collect(tracker, from_hr(tmp_path / "hr.xlsx"))
    other = return_book(HR, row("OC.A1.2", update="Stalled")).save(tmp_path / "other.xlsx")
    plan = sheetplan.plan_collect_returns(tracker, [other])
    assert [(cell.write.cell, cell.replaces) for cell in plan.steps[-1].cells] == [
        ("I3", True)
    ]  # withdrawn
    step = plan.steps[-1]
    blind = replace(step, placed=tuple(
        placed._replace(write=replace(placed.write, replaces=False)) for placed in step.placed
    ))  # fmt: skip
    with unharmed(tracker.parent), pytest.raises(ContentLossError, match="I3"):
        replace(plan, steps=(blind,)).apply()
