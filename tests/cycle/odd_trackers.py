"""Trackers with something odd in them, and what a report says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sheetplan
from tests.builders import workbook_from_text
from tests.cycle.reporting import SUMMARY
from tests.judges import ROOT, Values, calamine_values, diff, valid

SHIPPED_SUMMARY = ROOT / "workbook_templates" / "exception_summary.xlsx"
HEAD = "| Ref | Action | Due date | Focus | RAG Jun-26 | Update Jun-26 | RAG Jul-26 | Update Jul-26"
MAIN = "| LC.A1.0 | Lead | Mar-27 | Focus 1 | N/A | N/A | N/A | N/A |"
ACTION = "| LC.A1.1 | Agree | Jul-26 | N/A | On track | Drafted | Amber | Slipped |"
OTHERS = "\n".join([HEAD, MAIN.replace("LC", "FA"), ACTION.replace("LC", "FA")])


def plan(folder: Path, *rows: str, decorate: Any = None, **sheets: str) -> Path:
    """A tracker with these rows on Theme 1, and other sheets by their names (_ for a space)."""
    texts = {name.replace("_", " "): text for name, text in sheets.items()}
    themes = {"Theme 1": "\n".join([HEAD, *(rows or (MAIN, ACTION))])}
    return workbook_from_text(folder / "plan.xlsx", {**themes, **texts}, decorate=decorate)


def found(path: Path, verb: str = "summarise") -> dict[str, tuple[str, str]]:
    """By the code of each finding: its place, and its words."""
    made = sheetplan.plan_summarise(path) if verb == "summarise" else sheetplan.plan_appendix(path)
    return {f.code: (f"{f.sheet}!{f.cell}", f.message) for f in made.findings}


def written(path: Path, verb: Callable[[Path], Any] = sheetplan.summarise) -> Values:
    """Write a report into a tracker, see that nothing was harmed, and give what calamine reads."""
    before = Path(shutil.copy(path, path.with_name("before.xlsx")))
    verb(path)
    assert diff(before, path).harm == []
    assert valid(before, path) == []
    return calamine_values(path)


def said(values: Values, sheet: str = SUMMARY) -> str:
    """All that stands on a sheet."""
    return "\n".join(map(str, values[sheet].values()))
