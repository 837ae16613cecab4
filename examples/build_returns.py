"""Builds improvement_plan_returns.xlsx, which has sent July's returns, and five that came back.

    python examples/build_returns.py            writes them beside this script
    python examples/build_returns.py FOLDER     writes them into another folder

The prepared example is rolled to July 2026, an officer says who shares a row, and all owners are
sent their returns; five of them are filled in with what improvement_plan/returns.toml says. Two
runs give the same bytes.
"""

import os
import shutil
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from build_prepared import FILE as PREPARED
from build_prepared import grow
from filled_returns import WORDS, filled_in, owner_returns

import sheetplan
from sheetplan.model.owner_return import owner_key
from sheetplan.model.return_marks import TRACKER_PROPERTY
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.custom_properties import set_property
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.support_columns import PREPARED_KINDS
from sheetplan.sheets.support_tables import find_support_tables

HERE = Path(__file__).resolve().parent
TRACKER, RETURNS = "improvement_plan_returns.xlsx", "returns"
MONTH = "2026-07"
SETTINGS = """\
profile = "standard"

[reports]
council = "Wexcombe Borough Council"

[returns]
return_to = "the Improvement Team, improvement@wexcombe.example"
"""


def build(folder: Path) -> None:
    """Build the tracker and the returns in a folder, replacing what is there."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    os.environ["SOURCE_DATE_EPOCH"] = _epoch(words["sent"])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "sheetplan.toml").write_text(SETTINGS, "utf-8")
        rolled, ready, sent = work / "rolled.xlsx", work / "ready.xlsx", work / "sent"
        sheetplan.roll_month(PREPARED, MONTH, repoint=True, output=rolled)
        workbook = Workbook.open(rolled)
        share_row(workbook, words["shared"])
        set_property(workbook.package, TRACKER_PROPERTY, words["tracker_id"])
        save_new(workbook.package, ready)
        (folder / TRACKER).unlink(missing_ok=True)
        sheetplan.send_returns(ready, sent, output=folder / TRACKER)
        shutil.rmtree(folder / RETURNS, ignore_errors=True)
        (folder / RETURNS).mkdir()
        for each in owner_returns():
            package = filled_in(sent / f"{MONTH}_{owner_key(each['owner'])}.xlsx", each)
            save_new(package, folder / RETURNS / each["file"])


def share_row(workbook: Workbook, words: dict[str, str]) -> None:
    """Type in that two owners share a row, and on the sheet Owners who they are."""
    area = Area.parse(words["cell"])
    with workbook.editing(workbook[words["sheet"]]) as sheet:
        cell = sheet.ensure_cell(area.first_row, area.first_column)
        put_text(cell, [Run(words["name"])])
    owners = find_support_tables(workbook, PREPARED_KINDS)[0]["owners"]
    row = owners.rows[-1] + 1
    grow(workbook, owners, row)
    with workbook.editing(owners.sheet) as sheet:
        for name in ("name", "split_into"):
            put_text(sheet.ensure_cell(row, owners.columns[name]), [Run(words[name])])


def _epoch(time: str) -> str:
    """A time as SOURCE_DATE_EPOCH gives it."""
    return str(int(datetime.fromisoformat(time).replace(tzinfo=UTC).timestamp()))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
