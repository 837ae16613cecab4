"""An answer to one cell of the tracker, as it came back in one return."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sheetplan.model.owner_return import (
    ReceivedCell,
    TextRun,
    digest,
    settled,
    without_controls,
)
from sheetplan.returns.content import CellAnswer, Outcome
from sheetplan.returns.history import Giver
from sheetplan.returns.lengths import cut, cut_runs


@dataclass(frozen=True)
class Answer:
    """An answer to a cell of the tracker, in a return.

    Attributes:
        giver: Who gave it, and in which file.
        place: Its cell in the file.
        key: The key of its action.
        field: The field of the cell.
        cell: What came back; without words where the cell was cleared.
        sent: The digest of what was sent; None where that is not known.
    """

    giver: Giver
    place: str
    key: str
    field: str
    cell: ReceivedCell
    sent: str | None

    @cached_property
    def text(self) -> str:
        """What a cell of the tracker can hold of it, as texts are compared."""
        return settled(cut(self.cell.text))

    @property
    def runs(self) -> tuple[TextRun, ...]:
        """What is written into the tracker."""
        return cut_runs(self.cell.runs or (TextRun(self.cell.text),))

    def has_seen(self, text: str) -> bool:
        """Whether its owner was sent what the tracker says. Where that is not known, only a blank
        cell is certain to hide nothing."""
        return not settled(text) if self.sent is None else self.sent == digest(text)

    def came_to(self, outcome: Outcome, reason: str = "") -> CellAnswer:
        """What became of it."""
        return CellAnswer(
            self.giver.file, self.giver.owner, self.place, self.key, self.field,
            outcome, self.cell.text, reason,
        )  # fmt: skip


def among_others(cell: ReceivedCell, field: str) -> ReceivedCell:
    """An answer as a cell holds it that has the words of other months and leads too: plain words,
    and each line a paragraph. A status is one line."""
    lines = (line.strip() for line in without_controls(cell.text).splitlines())
    between = " " if field == "status" else "\n"
    return cell._replace(text=between.join(filter(None, lines)), runs=())
