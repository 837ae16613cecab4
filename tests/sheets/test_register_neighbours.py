"""Registers beside the tracker's own sheets: no verb takes the one for the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.return_records import RequestRecord
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.reading import read_layouts
from tests.builders import parts_of, workbook_from_text
from tests.judges import ROOT, openpyxl_values
from tests.sheets.building import STANDARD
from tests.sheets.registers import ONE_OF_EACH, PLAN, QUOTING, SHEETS, write


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker without registers."""
    return workbook_from_text(tmp_path / "plan.xlsx", {"Plan": PLAN})


def test_a_register_that_quotes_headings_is_no_tracker_sheet(tracker: Path) -> None:
    write(tracker, *QUOTING)
    reading = read_layouts(Workbook.open(tracker), STANDARD)
    assert [item.sheet.name for item in reading.trackers] == ["Plan"]
    assert {other.reason for other in reading.others} == {"a register of the returns"}


@pytest.mark.parametrize("verb", ["inspect", "roll_month", "colour", "summarise", "appendix"])
def test_a_verb_does_with_registers_what_it_does_without_them(verb: str, tmp_path: Path) -> None:
    plain = Path(shutil.copy(ROOT / "examples" / "improvement_plan_prepared.xlsx", tmp_path))
    path = Path(shutil.copy(plain, tmp_path / "with_registers.xlsx"))
    decided = [
        replace(record, decision="Not agreed") if isinstance(record, RequestRecord) else record
        for record in (*ONE_OF_EACH, *QUOTING)
    ]  # a report speaks of requests that are open
    write(path, *decided)
    before = parts_of(path)
    done, usual = getattr(sheetplan, verb)(path), getattr(sheetplan, verb)(plain)
    if verb == "inspect":
        assert [s.name for s in done.sheets] == [s.name for s in usual.sheets]
        assert (done.actions, done.findings) == (usual.actions, usual.findings)
        return
    after = parts_of(path)
    for name in _register_parts(path):
        assert after[name] == before[name]
    theirs, ours = openpyxl_values(path, formulas=True), openpyxl_values(plain, formulas=True)
    others = [name for name in ours if name not in SHEETS]  # Change control is in both
    assert {name: theirs[name] for name in others} == {name: ours[name] for name in others}


def _register_parts(path: Path) -> Iterator[str]:
    workbook = Workbook.open(path)
    for name in SHEETS:
        yield workbook[name].part
        yield from workbook.package.related(workbook[name].part, "table")
