"""A month of whole plans without month columns: rolled, sent, answered in every row, collected."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan import undo
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.commentary_books import published_book
from tests.cycle.commentary_returning import PROFILE, collect, copied, filled
from tests.judges import ROOT, valid


def answered_plan(plan: Path) -> tuple[Path, dict[str, tuple[str, str]]]:
    """A plan rolled, sent and collected with an answer to every row: as it was before, and the
    answers."""
    sheetplan.roll_month(plan, profile=PROFILE)
    send_to = plan.parent / "returns"
    sheetplan.send_returns(plan, send_to, profile=PROFILE)
    said: dict[str, tuple[str, str]] = {}
    for path in sorted(send_to.glob("*.xlsx")):
        sheet = openpyxl.load_workbook(path)["Your update"]
        keys = [str(row[0].value) for row in sheet.iter_rows(min_row=7) if row[0].value]
        own = {
            key: (
                ("On track", "Off track", "Complete", "")[(len(said) + n) % 4],
                (f"{key} goes on.\nNext: café “soon”", f"{key} is done. COMPLETE")[n % 2],
            )
            for n, key in enumerate(keys)
        }
        filled(path, own)
        said |= own
    before = copied(plan, plan.parent / "before")
    result = sheetplan.collect_returns(plan, [send_to], profile=PROFILE)
    totals = result.plan.totals
    assert totals.merged == sum(bool(text) for answer in said.values() for text in answer)
    assert (totals.rejected, totals.conflicts, totals.blank) == (0, 0, 0)
    return before, said


def says(path: Path) -> dict[str, dict[Month, tuple[str, str]]]:
    """What each action says for its months."""
    workbook = Workbook.open(path)
    tracker = read_tracker(read_layouts(workbook, load_profile(PROFILE)))
    return {
        action.reference_text: {
            each: (action.typed_status(each), action.update(each)) for each in action.entries
        }
        for action in tracker.actions
    }


def check_answered(plan: Path, month: Month) -> None:
    before, said = answered_plan(plan)
    expected = says(before)
    for key, answer in said.items():
        expected[key][month] = answer
    assert says(plan) == expected
    assert len(said) > 9
    assert valid(before, plan) == []
    after = plan.read_bytes()
    assert not collect(plan, plan.parent / "returns").plan.has_work
    assert plan.read_bytes() == after
    undo(plan)
    assert plan.read_bytes() == before.read_bytes()


def test_the_example_goes_through_a_whole_month(tmp_path: Path) -> None:
    plan = Path(shutil.copy(ROOT / "examples" / "commentary_plan.xlsx", tmp_path))
    check_answered(plan, Month(2026, 7))


@pytest.mark.shared
def test_another_councils_plan_goes_through_a_whole_month(tmp_path: Path) -> None:
    check_answered(published_book(tmp_path / "plan.xlsx"), Month(2018, 10))
