"""Draws registers.xlsx: the sheets on which a tracker keeps what became of its returns, and what
checks found in it.

Each has a title, what it is for, what officers do there, and one Excel table with one blank row,
which shows how every row looks. Columns are known by their headings. Yellow cells are officers'
to fill in; the others are sheetplan's, and all of them may be sorted and filtered.

Text is formatted as text: a cell that begins with = stays text when somebody edits it.
"""

from __future__ import annotations

from pathlib import Path

from look import TEXT_MARKS, Look
from support_sheets import HEADINGS, Column, draw

TITLE = "Registers of the improvement plan's returns and checks"
OPEN = "Open"
CHOICES = ("Use this answer", "Keep the tracker's")
DECISIONS = ("Agreed", "Not agreed", "Deferred")
REQUESTED = ("Due date", "Start date", "Action", "Workstream", "New action")


def build(path: Path) -> None:
    """Build the template at this path, replacing what is there."""
    look = Look(path)
    _draw_returns(look)
    _draw_conflicts(look)
    _draw_requests(look)
    _draw_log(look)
    _draw_findings(look)
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
        "Change control",
        "ChangeControl",
        "What is asked for that only change control can grant: dates, wording, new actions.",
        "Decide in the yellow cells, then run sheetplan change-control, which carries out what is "
        "agreed. To ask for a change here, write reference, field, from, to and reason below.",
        [
            Column("Id", 9, "kept key", "Leave it blank: sheetplan gives one."),
            Column("Reference", 13, "kept key"),
            Column("Field", 14, "kept text", "What is to change; blank means the due date.",
                   REQUESTED),
            Column("From", 24, "kept text"),
            Column("To", 26, "kept text", "Dates may be typed as in the tracker: 31/07/2026, "
                   "Jul-26, Autumn 2026."),
            Column("Requested", 15, "kept month"),
            Column("Reason", 36, "kept text"),
            Column("Asked by", 22, "kept text"),
            Column("Received", 13, "kept day"),
            Column("Decision", 15, "input text", "Other words may be typed.", DECISIONS),
            Column("Decided by", 20, "input text", "Who, or which board."),
            Column("Decided on", 14, "input day", "The day of the decision."),
            Column("Carried out", 20, "kept text"),
            Column("File", 20, "kept text"),
        ],
    )  # fmt: skip


def _draw_log(look: Look) -> None:
    _draw(
        look,
        "Update log",
        "UpdateLog",
        "What answers and change control wrote into the tracker, and what it said before.",
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


def _draw_findings(look: Look) -> None:
    columns = [
        Column("Severity", 11, "kept key"),
        Column("Finding", 56, "kept text"),
        Column("Where", 28, "kept text"),
        Column("Reference", 16, "kept text"),
        Column("Officer's answer", 42, "input text", "Why it is right as it is, or what is done."),
        Column("State", 16, "kept text"),
        Column("Found in", 16, "kept month"),
        Column("Last found", 16, "kept month"),
        Column("Why it matters", 36, "kept text"),
        Column("Rule", 22, "kept text"),
        Column("Key", 10, "kept code"),
    ]
    state = next(at for at, column in enumerate(columns) if column.heading == "State")
    _draw(
        look,
        "Findings",
        "CheckFindings",
        "What sheetplan check found in the plan, and what officers answered to it.",
        "Mend the cell, or answer in the yellow one: an answer holds as long as the cell says the "
        "same. Blank means not answered. State says what is settled, so that no row need go.",
        columns,
        state=state,
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
