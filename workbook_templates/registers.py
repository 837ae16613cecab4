"""Draws registers.xlsx: the sheets on which a tracker keeps what became of its returns.

Each has a title, what it is for, what officers do there, and one Excel table with one blank row,
which shows how every row looks. Columns are known by their headings. Yellow cells are officers'
to fill in; the others are sheetplan's, and all of them may be sorted and filtered.

Text is formatted as text: a cell that begins with = stays text when somebody edits it.
"""

from __future__ import annotations

from pathlib import Path

from look import TEXT_MARKS, Look
from support_sheets import HEADINGS, Column, draw

TITLE = "Registers of the improvement plan's returns"
OPEN = "Open"
CHOICES = ("Use this answer", "Keep the tracker's")
DECISIONS = ("Agreed", "Not agreed", "Deferred")


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_returns(look)
    _draw_conflicts(look)
    _draw_requests(look)
    _draw_log(look)
    look.finish(title=TITLE)


def _draw_returns(look: Look) -> None:
    _draw(
        look,
        "Returns",
        "Returns",
        "Who was sent a return for which month, and what came back in it.",
        "There is nothing to fill in; cells are blank where a return has not come back. Missing "
        "are rows that were deleted in it, Rejected are answers that could not be merged.",
        [
            Column("Owner", 30, "kept key"),
            Column("E-mail", 28, "kept text"),
            Column("Month", 16, "kept month"),
            Column("Sent", 13, "kept day"),
            Column("Due", 13, "kept day"),
            Column("Returned", 13, "kept day"),
            Column("Rows asked", 10, "count"),
            Column("Answered", 12, "count"),
            Column("Blank", 9, "count"),
            Column("Missing", 11, "count"),
            Column("Merged", 10, "count"),
            Column("Conflicts", 12, "count"),
            Column("Change requests", 11, "count"),
            Column("Rejected", 11, "count"),
            Column("File", 26, "kept text"),
            Column("Reference", 32, "kept text"),  # with no blanks to break a line at
        ],
    )


def _draw_conflicts(look: Look) -> None:
    columns = [
        Column("Month", 16, "kept month"),
        Column("Reference", 13, "kept key"),
        Column("Field", 12, "kept text"),
        Column("Tracker keeps", 46, "kept text"),
        Column("Answer", 46, "kept text"),
        Column("From", 24, "kept text"),
        Column(
            "Choice", 18, "input text", "Which words the tracker is to have.", CHOICES,
            is_strict=True,
        ),
        Column("Outcome", 20, "kept text"),
        Column("Files", 30, "kept text"),
    ]  # fmt: skip
    outcome = next(at for at, column in enumerate(columns) if column.heading == "Outcome")
    _draw(
        look,
        "Conflicts",
        "Conflicts",
        "Answers that differ from each other, or from what the tracker says by now.",
        "Choose in the yellow cells which words the tracker is to have, then run sheetplan "
        "collect-returns with --resolve. Blank means a blank cell: under Answer, that the owner "
        "cleared it.",
        columns,
        state=outcome,
    )


def _draw_requests(look: Look) -> None:
    _draw(
        look,
        "Change requests",
        "ChangeRequests",
        "What owners ask for that only change control can grant: dates, wording, new actions.",
        "Note the decision in the yellow cells, and change the tracker yourself where it is "
        "agreed: sheetplan does not. Blank means that nothing was said.",
        [
            Column("Month", 16, "kept month"),
            Column("Reference", 13, "kept key"),
            Column("Field", 16, "kept text"),
            Column("Tracker says", 38, "kept text"),
            Column("Asked for", 44, "kept text"),
            Column("Reason", 36, "kept text"),
            Column("Asked by", 24, "kept text"),
            Column("Received", 14, "kept day"),
            Column("Decision", 16, "input text", "Other words may be typed.", DECISIONS),
            Column("File", 28, "kept text"),
        ],
    )


def _draw_log(look: Look) -> None:
    _draw(
        look,
        "Update log",
        "UpdateLog",
        "Every cell of the tracker that an answer was written into, and what it said before.",
        "There is nothing to fill in; the rows say where each of the tracker's words came from, "
        "so delete none. Blank means that the cell was blank.",
        [
            Column("When", 20, "kept moment"),
            Column("Month", 16, "kept month"),
            Column("Reference", 13, "kept key"),
            Column("Field", 12, "kept text"),
            Column("Before", 58, "kept text"),
            Column("After", 58, "kept text"),
            Column("What happened", 16, "kept text"),
            Column("Owner", 24, "kept text"),
            Column("File", 28, "kept text"),
        ],
    )


def _draw(
    look: Look,
    name: str,
    table: str,
    about: str,
    how: str,
    columns: list[Column],
    *,
    state: int | None = None,
) -> None:
    """Draw a register; the column `state`, counted from 0, is coloured by what it says."""
    sheet = draw(look, name, table, about, how, columns, paper="A3")
    row = HEADINGS + 1
    if state is not None:
        look.colour_state(sheet, row, state, OPEN)
    last = chr(ord("A") + len(columns) - 1)
    sheet.ignore_errors(dict.fromkeys(TEXT_MARKS, f"A{row + 1}:{last}{row + 1}"))
