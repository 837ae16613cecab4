"""What the support sheets are filled with, as far as the tracker says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sheetplan.model.action import Action, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.support import codes_in
from sheetplan.model.wording import compact, shortened
from sheetplan.reports.content import Movement
from sheetplan.reports.focus_blocks import usual_title
from sheetplan.reports.milestone_splitting import MilestonePiece, split_milestones
from sheetplan.reports.numbers import numbers
from sheetplan.reports.outline import Outline, outline
from sheetplan.reports.places import found_at
from sheetplan.reports.ratings import Ratings
from sheetplan.reports.themes import Themes
from sheetplan.returns.asking import doubtful_owner
from sheetplan.returns.owner_doubts import doubt_in
from sheetplan.returns.owners import OwnerCell, owner_cell
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.support_adding import Content

Row = dict[str, Content]

_PIECES = re.compile(r"(\d+)")
_LONGEST_SHOWN = 80


@dataclass
class SupportRows:
    """The rows of each new support sheet.

    `themes` are the titles of the themes as reports print them; `findings` say what is doubtful in
    the rows that were made.
    """

    tracker: Tracker
    month: Month
    settings: Settings

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self._themes = Themes(self.tracker)
        self.themes = self._themes.titles
        self._outline: Outline = outline(self.tracker, self.settings)
        self._links = [
            (code, action)
            for action in self.tracker.actions
            for code in codes_in(str(action.fields.get("recommendations", "")))
        ]

    def of(self, kind: str) -> list[Row]:
        """The rows of a kind of support sheet; none where the tracker can say nothing for it."""
        makers = {
            "recommendations": self._recommendations,
            "recommendation_map": self._map,
            "milestones": self._milestones,
            "narrative": self._narrative,
            "achievements": self._achievements,
            "owners": self._owners,
        }
        return list(makers[kind]()) if kind in makers else []

    def _theme_of(self, action: Action) -> str:
        return self.themes[self._themes.of_action(action)]

    def _recommendations(self) -> Iterator[Row]:
        for code in sorted({code for code, _ in self._links}, key=_natural):
            yield {"code": code}

    def _map(self) -> Iterator[Row]:
        for code, action in sorted(self._links, key=lambda link: _natural(link[0])):
            yield {"code": code, "target": action.reference_text}

    def _milestones(self) -> Iterator[Row]:
        if self.settings.kind is TrackerKind.COMMENTARY:
            return  # what stands in the column of milestones there are outputs, which have no dates
        mains = {a.reference: a for a in self.tracker.actions if a.reference}
        counts: dict[str, int] = {}
        for action in self.tracker.actions:
            text = str(action.fields.get("milestones", ""))
            split = split_milestones(text, self.settings)
            own = action.reference
            main = mains.get(own.main_action, action) if own and own.main_action else action
            codes = ", ".join(codes_in(str(action.fields.get("recommendations", ""))))
            for piece in split.pieces:
                stem = _stem(main)
                counts[stem] = counts.get(stem, 0) + 1
                name = f"{stem}-M{counts[stem]}"
                yield {
                    "id": name,
                    "reference": main.reference_text,
                    "codes": codes,
                    **self._contents(piece),
                }
            if split.doubt:
                self.findings.append(_doubt(action, text, split.doubt))

    def _contents(self, piece: MilestonePiece) -> Row:
        row: Row = {"wording": piece.wording, "due": piece.due, "status": piece.status}
        if piece.completed:
            first = PlanDate.read(piece.completed, self.settings.dates).first
            if first is not None:
                row["completed"] = Month.of(first)
        return row

    def _narrative(self) -> Iterator[Row]:
        orders: dict[str, int] = {}
        for block in self._outline.blocks:
            theme = self._theme_of(block.main)
            orders[theme] = orders.get(theme, 0) + 1
            yield {
                "month": self.month,
                "block": block.main.reference_text,
                "title": usual_title(block),
                "theme": theme,
                "order": float(orders[theme]),
            }

    def _achievements(self) -> Iterator[Row]:
        for action in self._completed():
            yield {
                "month": self.month,
                "theme": self._theme_of(action),
                "reference": action.reference_text,
                "wording": str(action.fields.get("action", "")).strip(),
                "printed": "no",
            }

    def _owners(self) -> Iterator[Row]:
        """A row for each text of an owner cell, and a finding where it may name several people."""
        named: dict[str, list[tuple[Action, OwnerCell]]] = {}
        for action in self.tracker.actions:
            cell = owner_cell(action)
            if cell is not None:
                named.setdefault(compact(cell.text), []).append((action, cell))
        for cells in named.values():
            action, cell = cells[0]
            yield {"name": cell.text, "actions": float(len(cells))}
            doubt = doubt_in(cell.text)
            if doubt:
                self.findings.append(doubtful_owner(action, cell, doubt, len(cells)))

    def _completed(self) -> list[Action]:
        """The actions that became complete in the tracker's latest month."""
        actions, ratings = self._outline.reported, Ratings(self.settings)
        moved = numbers(actions, self.tracker.months, ratings, self.settings).movement
        completed = set(moved[Movement.COMPLETED])
        return [action for action in actions if action.reference_text in completed]


def _natural(code: str) -> list[tuple[bool, int, str]]:
    """S2 before S10."""
    pieces = [piece for piece in _PIECES.split(code.casefold()) if piece]
    return [(False, int(p), "") if p.isdigit() else (True, 0, p) for p in pieces]


def _stem(action: Action) -> str:
    """What the ids of an action's milestones begin with: OC.A2 for OC.A2.0."""
    reference = action.reference
    if reference is None:
        return action.reference_text
    return reference.canonical.removesuffix(".0") if reference.is_main_action else str(reference)


def _doubt(action: Action, text: str, doubt: str) -> Finding:
    return found_at(
        action,
        "milestones",
        "milestones-doubtful",
        f'"{shortened(text, _LONGEST_SHOWN)}" may be several milestones: {doubt}. It was kept as '
        "one; split it on the sheet Milestones if it is several.",
        severity=Severity.NOTE,
    )
