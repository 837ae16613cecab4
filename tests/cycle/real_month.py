"""A real council's tracker rolled to August 2023, its owners sorted out, and its returns sent.

It is no part of the project; see shared/README.md. It is looked into with openpyxl alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

import sheetplan
from tests.cycle.looking import book_of
from tests.cycle.mischief_filling import Filling
from tests.cycle.reporting import type_into
from tests.cycle.sending import set_today
from tests.judges import shared_folder

THEMES = [f"Theme {number}" for number in range(1, 7)]
DIVIDED = {
    "OC.B2.1": "HR Team",
    "OC.E2.7": "AD",
    "OC.H1.2": "Democratic",
    "CO.B1.7": "Strategic",
    "PC.F1.1": "Transforming",
}
"""By a row whose cell names two owners: the words with which the second one begins."""

SENT_AT = datetime(2023, 8, 15, 10)

_REFERENCE = re.compile(r"([A-Z]{2})\.?([A-Z]\d+)\.(\d+)\s?([a-z]?)")
_SETTINGS = """
profile = "standard"

[returns]
return_to = "Programme Office, plan@council.example"
"""

BEFORE_SENDING = {
    ("CO.B3.3", "status"): "On Track- little or no slippage",
    ("CO.B3.3", "update"): "The office knows that it goes well",
    ("CO.D2.3", "status"): "On Track- little or no slippage",
}
MEANWHILE = {
    ("CO.B3.3", "update"): "The office has heard more since",
    ("SD.A4.4", "status"): "On Track- little or no slippage",
}
"""What officers typed into August, before the returns were sent and while they were out."""

Place = tuple[str, str]


@dataclass(frozen=True)
class Action:
    """A row of the tracker, as openpyxl reads it.

    Attributes:
        key: Its reference in the usual spelling.
        sheet, row: Where it stands.
        texts: What its cells say, by their headings, in words with one blank between them.
        columns: Their columns, by their headings.
    """

    key: str
    sheet: str
    row: int
    texts: Mapping[str, str]
    columns: Mapping[str, int]

    @property
    def update_owner(self) -> str:
        """Whom its cell for the update owner names."""
        return next(text for name, text in self.texts.items() if name.startswith("Update Owner"))

    def column(self, field: str) -> int:
        """The column of August's status or update."""
        names = (name for name in self.columns if "August 2023" in name)
        return next(self.columns[name] for name in names if name.lower().startswith(field))


def read_actions(tracker: Path) -> dict[str, Action]:
    """The actions of a tracker by their keys; no reference is there twice."""
    found, book = {}, book_of(tracker)
    for name in THEMES:
        rows = book[name].iter_rows()
        headings = next(row for row in rows if any(cell.value == "Ref" for cell in row))
        columns = {_words(cell.value): cell.column for cell in headings}
        for row in rows:
            texts = {heading: _words(row[column - 1].value) for heading, column in columns.items()}
            if key := key_of(texts["Ref"]):
                assert key not in found
                found[key] = Action(key, name, row[0].row, texts, columns)
    return found


def key_of(reference: str) -> str:
    """A reference in the usual spelling; empty for what is none."""
    found = _REFERENCE.fullmatch(reference)
    return "{}.{}.{}{}".format(*found.groups()) if found else ""


def _words(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


class _Keys(dict[tuple[str, str], str]):
    """The key of each action by its wording and its reference, as they are sent."""

    def __missing__(self, sent: tuple[str, str]) -> str:
        return key_of(sent[1])


@dataclass(frozen=True)
class RealMonth:
    """The tracker whose returns were sent, and these, by their owners."""

    tracker: Path
    actions: Mapping[str, Action]
    returns: Mapping[str, Path]

    @property
    def places(self) -> dict[Place, Place]:
        """The sheet and the cell of each cell of August, by key and field."""
        return {
            (action.key, field): (action.sheet, cell_of(action, field))
            for action in self.actions.values()
            for field in ("status", "update")
        }

    def filling(self, owner: str, name: str) -> Filling:
        """An owner's return, to be filled in. Owners are known by how their names begin."""
        (path,) = (path for each, path in self.returns.items() if each.startswith(owner))
        return Filling(path.read_bytes(), _Keys(), [], Random(0), name)


def cell_of(action: Action, field: str) -> str:
    """The name of a cell of August."""
    return f"{chr(64 + action.column(field))}{action.row}"


def sent_month(folder: Path) -> RealMonth:
    """Roll, prepare, sort the owners out, and send the returns of August 2023."""
    shared = shared_folder()
    assert shared is not None
    tracker = folder / "plan.xlsx"
    shutil.copyfile(shared / "data" / "improvement_plan_tracker_2023-07.xlsx", tracker)
    (folder / "sheetplan.toml").write_text(_SETTINGS, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        set_today(patch, SENT_AT)
        sheetplan.roll_month(tracker)
        sheetplan.prepare(tracker)
        actions = read_actions(tracker)
        sort_owners_out(tracker, actions)
        type_into_august(tracker, actions, BEFORE_SENDING)
        sent = sheetplan.send_returns(tracker, folder / "sent", eml=True)
    type_into_august(tracker, actions, MEANWHILE)
    returns = {owner.name: folder / "sent" / owner.file for owner in sent.plan.owners}
    return RealMonth(tracker, actions, returns)


def type_into_august(
    tracker: Path, actions: Mapping[str, Action], words: Mapping[Place, str]
) -> None:
    """What officers type into the month, by key and field."""
    for (key, field), text in words.items():
        action = actions[key]
        type_into(tracker, action.sheet, action.row, action.column(field), text)


def sort_owners_out(tracker: Path, actions: Mapping[str, Action]) -> None:
    """Say on the sheet Owners who each is whom the tracker names, and give some addresses."""
    sheet = book_of(tracker)["Owners"]
    named = {_words(cell.value): cell.row for cell in sheet["A"]}
    for key, second in DIVIDED.items():
        owner = actions[key].update_owner
        at = owner.index(second)
        type_into(tracker, "Owners", named[owner], 2, f"{owner[:at].strip()}; {owner[at:]}")
    (cut_short,) = (name for name in named if name.endswith("Finan"))
    type_into(tracker, "Owners", named[cut_short], 2, "Director-Finance")
    type_into(tracker, "Owners", named["Head of HR"], 3, "hr@council.example")
    # The slash in it divides nobody, which is said by a row of its own with an address.
    first_blank = sheet.max_row + 1
    for column, words in ((1, "HR Team Manager L&D/OD"), (3, "training@council.example")):
        type_into(tracker, "Owners", first_blank, column, words)
