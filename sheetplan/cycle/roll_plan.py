"""The plan of a roll: all that opening a month will do, to be shown and then carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.narrative_carrying import NarrativeCarrying
from sheetplan.cycle.old_month import Reader, Saying
from sheetplan.cycle.plain_data import plain
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.wording import compact
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.ranges import Area, gathered
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.sheets.month_columns import MonthColumns
from sheetplan.sheets.month_room import Room
from sheetplan.sheets.rag_colours import COLOUR_RULES
from sheetplan.sheets.writes import CellWrite


@dataclass
class RollPlan(ChangePlan):
    """All that rolling a tracker will do; nothing has been done.

    Attributes:
        month: The month that will be opened.
        sheets: What will be written on each tracker sheet.
        names: Names and print areas that grow.
        readers: What goes on reading the old month.
        moved: Formulas that will read the new month instead (with `repoint`).
        sayings: Titles and page headers that go on naming the old month.
        narrative: The rows that the narrative is given, where there is one.
        findings: What was left undone, and what a person can do.
    """

    kind: ClassVar[Literal["months"]] = "months"

    month: Month
    sheets: list[MonthColumns]
    names: list[Edit] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    moved: list[tuple[Worksheet, Edit]] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    narrative: NarrativeCarrying | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.month)

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        places = {place for sheet in self.sheets for place in sheet.agreed}
        moved = {(sheet.part, place) for sheet, edit in self.moved for place in edit.replaces}
        return frozenset(places | moved).union(self.narrative.agreed if self.narrative else ())

    @property
    def old_month(self) -> Month:
        """The tracker's last month before the roll."""
        return max(sheet.old_month for sheet in self.sheets)

    @property
    def new_headings(self) -> list[str]:
        """The new headings that name the month, each once however its spaces are typed."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            for write in sheet.headings_of_month:
                found.setdefault(compact(write.text), " ".join(write.text.split()))
        return list(found.values())

    @property
    def edits_beside_cells(self) -> list[Edit]:
        """What grows or is copied beside the cells, on the sheets and in the workbook."""
        on_sheets = [edit for sheet in self.sheets for edit in sheet.edits]
        said_apart = ("column width", COLOUR_RULES)
        return [edit for edit in on_sheets + self.names if edit.what not in said_apart]

    @property
    def coloured(self) -> list[str]:
        """The sheets whose last month has no colour rules, so that the new one gets some."""
        return [
            sheet.sheet.name
            for sheet in self.sheets
            if any(edit.what == COLOUR_RULES for edit in sheet.edits)
        ]

    @property
    def reformatted(self) -> int:
        """How many empty cells of the new columns had another format."""
        return sum(len(sheet.preformatted) for sheet in self.sheets)

    @property
    def can_repoint(self) -> bool:
        """Whether anything that reads the old month can be made to read the new one."""
        return any(reader.can_move for reader in self.readers)

    @property
    def banner_moves(self) -> dict[str, list[str]]:
        """The banners that move: each text, and where it will stand ("Q2 on Theme 1, Theme 2")."""
        moves: dict[str, dict[str, list[str]]] = {}
        for sheet in self.sheets:
            for banner in sheet.banners:
                cells = moves.setdefault(banner.write.text, {})
                cells.setdefault(banner.write.cell, []).append(sheet.sheet.name)
        return {
            text: [f"{cell} on {', '.join(sheets)}" for cell, sheets in cells.items()]
            for text, cells in moves.items()
        }

    @property
    def insertions(self) -> dict[tuple[str, str, str, str], list[str]]:
        """The columns that are inserted, each with the heading that they come before, and where
        what was in their place stood and stands; and on which sheets.
        """
        found: dict[tuple[str, str, str, str], list[str]] = {}
        for sheet in self.sheets:
            if sheet.room is not None:
                place = (sheet.room.letters, sheet.room.heading, *sheet.room.moved)
                found.setdefault(place, []).append(sheet.sheet.name)
        return found

    def grouped_readers(self) -> list[tuple[str, int, str]]:
        """What goes on reading the old month, gathered: place, how many formulas, an example."""
        cells: dict[str, list[str]] = {}
        example: dict[str, str] = {}
        others = []
        for reader in self.readers:
            if reader.cell:
                cells.setdefault(reader.place, []).append(reader.cell)
                example.setdefault(reader.place, reader.formula)
            else:
                others.append((reader.place, 1, reader.formula))
        found = []
        for sheet, names in cells.items():
            found.append((f"{sheet}!{', '.join(gather(names))}", len(names), example[sheet]))
        return found + others

    def grouped_sayings(self) -> list[Saying]:
        """What goes on naming the old month; page headers that say the same in one line."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for saying in self.sayings:
            kind, _, sheet = saying.place.rpartition(" of ")
            grouped.setdefault((kind, saying.text), []).append(sheet)
        return [
            Saying(f"{kind} of {', '.join(sheets)}" if kind else place, text)
            for (kind, text), sheets in grouped.items()
            for place in ([""] if kind else sheets)
        ]

    def as_data(self) -> dict[str, Any]:
        """What the plan will write, cell by cell and rule by rule, as plain data."""
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "sheets": [_sheet_data(sheet) for sheet in self.sheets],
            "names": _edits_data(self.names),
            "repointed": _edits_data(edit for _, edit in self.moved),
            "still_reading": [
                {"place": reader.where, "formula": reader.formula, "month": reader.month.iso}
                for reader in self.readers
            ],
            "still_saying": [{"place": s.place, "text": s.text} for s in self.sayings],
            "narrative": None if self.narrative is None else self.narrative.as_data(),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        columns = {id(sheet.sheet): sheet for sheet in self.sheets}
        moved: dict[int, list[Edit]] = {}
        for sheet, edit in self.moved:
            moved.setdefault(id(sheet), []).append(edit)
        narrative = self.narrative
        for sheet in self.workbook.sheets:
            carries = narrative is not None and narrative.sheet is sheet
            if id(sheet) not in columns and id(sheet) not in moved and not carries:
                continue
            with self.workbook.editing(sheet):
                for edit in moved.get(id(sheet), []):
                    edit.make()
                if id(sheet) in columns:
                    columns[id(sheet)].carry_out()
                if narrative is not None and carries:
                    narrative.carry_out()
        if self.names:
            with self.workbook.package.editing(self.workbook.package.main_part):
                for edit in self.names:
                    edit.make()
        self.workbook.recalculate_on_opening()


def _sheet_data(sheet: MonthColumns) -> dict[str, Any]:
    """What will be written on one sheet."""
    return {
        "sheet": sheet.sheet.name,
        "after": sheet.old_month.iso,
        "columns": sheet.letters,
        "actions": sheet.actions,
        "headings": _writes_data(sheet.headings),
        "carried_forward": _writes_data(sheet.carried),
        "formulas": _writes_data(sheet.formulas),
        "inserted": None if sheet.room is None else _room_data(sheet.room),
        "moved": [
            {"from": banner.old_cell, "to": banner.write.cell, "text": banner.write.text}
            for banner in sheet.banners
        ],
        "grown": _edits_data(sheet.edits),
        "doubts": sheet.doubts,
    }


def _room_data(room: Room) -> dict[str, str]:
    """Columns that were inserted, and where those stand that were in their place."""
    before, after = room.moved
    return {
        "columns": room.letters,
        "before": room.heading,
        "moved_from": before,
        "moved_to": after,
    }


def _writes_data(writes: Iterable[CellWrite]) -> list[dict[str, str]]:
    return [{"cell": write.cell, "content": write.text} for write in writes]


def _edits_data(edits: Iterable[Edit]) -> list[dict[str, str]]:
    """What grows or is copied beside the cells."""
    return [
        {"what": edit.what, "sheet": edit.sheet, "before": edit.before, "after": edit.after}
        for edit in edits
    ]


def gather(cells: Iterable[str]) -> list[str]:
    """The ranges that hold just these cells of one sheet, such as ["B6:M11", "O6"]."""
    areas = map(Area.parse, cells)
    return [str(area) for area in gathered((a.first_row, a.first_column) for a in areas)]
