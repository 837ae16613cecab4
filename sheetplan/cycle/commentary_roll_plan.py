"""The plan of a roll where every month is kept in one cell: shown, and then carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from sheetplan.cycle.change import ChangePlan
from sheetplan.cycle.commentary_months import PlanRow
from sheetplan.cycle.narrative_carrying import NarrativeCarrying
from sheetplan.cycle.old_month import Saying
from sheetplan.cycle.plain_data import plain
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.wording import listed, shortened
from sheetplan.sheets.commentary_month import OpenedText
from sheetplan.sheets.commentary_sheets import CommentarySheet
from sheetplan.sheets.month_cells import MonthCellWrite, agreed_writes, put_month_cells

STILL_BOLD = "month-still-bold"
"""The code of findings on older words that keep their bold."""


@dataclass(frozen=True)
class RolledSheet:
    """A sheet of the plan in which the month is opened.

    Attributes:
        item: The sheet.
        stamp: The month's stamp, as it is spelt there.
        rows: Its rows.
        opened: The commentary of each row that says anything, as it becomes.
        writes: What is written into its cells.
    """

    item: CommentarySheet
    stamp: str
    rows: tuple[PlanRow, ...]
    opened: tuple[OpenedText, ...]
    writes: tuple[MonthCellWrite, ...] = ()

    @property
    def name(self) -> str:
        """Its name."""
        return self.item.found.sheet.name

    @property
    def changed(self) -> tuple[OpenedText, ...]:
        """The commentaries that are written anew."""
        return tuple(each for each in self.opened if each.is_changed)

    @property
    def leads(self) -> int:
        """How many leads its rows name; a row with words and no lead counts as one."""
        return sum(len(row.open_leads) + row.done for row in self.rows if not row.is_empty)

    @property
    def done(self) -> int:
        """How many of them have nothing more to report."""
        return sum(row.done for row in self.rows)

    @property
    def stamps(self) -> int:
        """How many stamps of the month are added."""
        return sum(len(each.leads) for each in self.opened)

    @property
    def not_bold(self) -> int:
        """How many paragraphs lose their bold."""
        return sum(each.not_bold for each in self.opened)

    @property
    def empty(self) -> list[str]:
        """The references of the rows that say nothing."""
        return [row.text.cell.row.reference_text for row in self.rows if row.is_empty]

    def findings(self) -> Iterator[Finding]:
        """What stays as it is though the month would change it, and why."""
        for each in self.opened:
            if each.obstacle:
                yield self._finding("month-not-opened", each, f"the cell {each.obstacle}")
            elif each.still_bold:
                words = listed([f'"{shortened(text)}"' for text in each.still_bold], most=3)
                yield self._finding(
                    STILL_BOLD,
                    each,
                    f"{words} {'stays' if len(each.still_bold) == 1 else 'stay'} bold: without it, "
                    "words above that have no stamp would be read as of the same month. Put a "
                    "stamp behind those, and take the bold off by hand.",
                )

    def _finding(self, code: str, opened: OpenedText, message: str) -> Finding:
        text = opened.text
        return Finding(code, Severity.WARNING, self.name, text.name, opened.reference, message)


@dataclass
class CommentaryRollPlan(ChangePlan):
    """All that rolling a plan with dated paragraphs will do; nothing has been done.

    Attributes:
        month: The month that will be opened.
        old_month: The plan's newest month before the roll.
        sheets: What will be written on each sheet.
        sayings: Titles and page headers that go on naming the old month.
        narrative: The rows that the narrative is given, where there is one.
        findings: What was left undone, and what a person can do.
    """

    kind: ClassVar[Literal["commentary"]] = "commentary"

    month: Month
    old_month: Month
    sheets: list[RolledSheet]
    sayings: list[Saying] = field(default_factory=list)
    narrative: NarrativeCarrying | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.month)

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        narrative = self.narrative.agreed if self.narrative else frozenset()
        return agreed_writes(self._writes) | narrative

    @property
    def changed(self) -> list[OpenedText]:
        """The commentaries that are written anew."""
        return [each for sheet in self.sheets for each in sheet.changed]

    @property
    def taller(self) -> list[MonthCellWrite]:
        """The cells whose rows become taller with them."""
        return [each for each in self._writes if each.row_height]

    @property
    def stamps(self) -> list[str]:
        """The spellings of the new stamps."""
        return list(dict.fromkeys(sheet.stamp for sheet in self.sheets if sheet.stamps))

    @property
    def stamped(self) -> dict[str, Counter[str]]:
        """The stamps of older months that are put behind paragraphs: how many in each row."""
        return _by_stamp((stamp, each) for each in self.changed for stamp in each.stamped)

    @property
    def dated(self) -> dict[str, Counter[str]]:
        """The stamps of older months that get their year: how many in each row."""
        return _by_stamp((stamp, each) for each in self.changed for stamp in each.dated)

    @property
    def still_bold(self) -> list[str]:
        """The references of rows in which older words keep their bold."""
        return [finding.reference for finding in self.findings if finding.code == STILL_BOLD]

    def as_data(self) -> dict[str, Any]:
        """What the plan will write, row by row, as plain data."""
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "after": self.old_month.iso,
            "sheets": [_sheet_data(sheet) for sheet in self.sheets],
            "still_saying": [{"place": s.place, "text": s.text} for s in self.sayings],
            "narrative": None if self.narrative is None else self.narrative.as_data(),
            "findings": plain(self.findings),
        }

    def carry_out(self) -> None:
        put_month_cells(self.workbook, self._writes)
        if self.narrative is not None:
            with self.workbook.editing(self.narrative.sheet):
                self.narrative.carry_out()
        self.workbook.recalculate_on_opening()

    @property
    def _writes(self) -> list[MonthCellWrite]:
        return [each for sheet in self.sheets for each in sheet.writes]


def _by_stamp(stamps: Iterable[tuple[str, OpenedText]]) -> dict[str, Counter[str]]:
    """Each stamp with the references of the rows that it is in, as often as it is there."""
    found: dict[str, Counter[str]] = {}
    for stamp, text in stamps:
        found.setdefault(stamp, Counter())[text.reference] += 1
    return found


def _sheet_data(sheet: RolledSheet) -> dict[str, Any]:
    """What will be written on one sheet."""
    return {
        "sheet": sheet.name,
        "stamp": sheet.stamp,
        "rows": len(sheet.rows),
        "leads": sheet.leads,
        "done": sheet.done,
        "empty": sheet.empty,
        "cells": [_text_data(each) for each in sheet.changed],
        "taller": [
            {"row": each.write.row, "points": float(each.row_height)}
            for each in sheet.writes
            if each.row_height
        ],
    }


def _text_data(each: OpenedText) -> dict[str, Any]:
    return {
        "cell": each.text.name,
        "reference": each.reference,
        "stamped_leads": list(each.leads),
        "not_bold": each.not_bold,
        "still_bold": list(each.still_bold),
        "stamped_paragraphs": list(each.stamped),
        "dated_stamps": list(each.dated),
        "content": each.words,
    }
