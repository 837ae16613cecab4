"""Returns that are made of rows, and where things stand in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sheetplan.cycle.return_making import ReturnMaker
from sheetplan.ooxml.saving import save_new
from sheetplan.returns.content import AskedRow
from sheetplan.returns.return_lines import return_text
from sheetplan.settings import Settings
from tests.judges import ROOT
from tests.returns.owner_rows import IDENTITY, SETTINGS, STATUSES, rows_of

UPDATE, NEW_ACTIONS, GUIDE, FACTS = "Your update", "New actions", "Guide", "_sheetplan"
SHIPPED = ROOT / "workbook_templates" / "owner_return.xlsx"


def made(path: Path, *rows: AskedRow, settings: Settings = SETTINGS) -> Path:
    """A return of these rows."""
    text = return_text(rows_of(*rows), IDENTITY, settings, statuses=STATUSES, due=date(2026, 9, 8))
    save_new(ReturnMaker(settings).make(text).package, path)
    return path
