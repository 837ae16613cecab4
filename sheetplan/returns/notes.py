"""What was odd about a return and is no answer: told once for the whole file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.owner_return import INPUT_FIELDS, ReceivedReturn, ReceivedRow
from sheetplan.model.wording import listed
from sheetplan.returns.matching import MatchedRow


def notes_on(
    received: ReceivedReturn,
    rows: Sequence[MatchedRow],
    junk: Sequence[str],
    blanked: Sequence[str],
) -> Iterator[Finding]:
    """What to tell of a return besides what became of its answers.

    Args:
        received: The return.
        rows: Its rows, with their actions.
        junk: A cell of each row that is no action's and has nothing filled in.
        blanked: The locked cells that came back blank.
    """
    yield from _lost_columns(received)
    if junk:
        yield _note(
            received, "return-row-unknown", junk, "no action that was sent stands in these rows, "
            "and nothing is filled in: they were passed over.",
        )  # fmt: skip
    if blanked:
        yield _note(
            received, "return-locked-blank", blanked, "what was sent here came back blank. Nothing "
            "is asked for by that, and nothing was changed.",
        )  # fmt: skip
    for row in rows:
        if row.is_by_wording:
            typed = f'reference "{row.typed}"' if row.typed else "missing reference"
            yield _note(
                received, "return-reference-altered", [_first_cell(row.row)],
                f"the {typed} was passed over: the wording is that of {row.key}.", key=row.key,
            )  # fmt: skip
    yield from _control_characters(received)


def _lost_columns(received: ReceivedReturn) -> Iterator[Finding]:
    lost = [name.replace("_", " ") for name in INPUT_FIELDS if name not in received.columns]
    if lost and received.rows:
        yield _note(
            received, "return-column-missing", [],
            f"there is no column for {listed(lost)}, so nothing was taken from there. If it was "
            "deleted, ask for the return again.", severity=Severity.WARNING,
        )  # fmt: skip


def _control_characters(received: ReceivedReturn) -> Iterator[Finding]:
    rows = (*received.rows, *received.new_actions)
    cells = [cell for row in rows for cell in row.cells.values() if cell.controls]
    if cells:
        count = sum(cell.controls for cell in cells)
        what = "a control character was" if count == 1 else f"{count} control characters were"
        yield _note(
            received, "return-control-characters", [cell.cell for cell in cells],
            f"{what} dropped, which no cell of a workbook may hold.",
        )  # fmt: skip


def _note(
    received: ReceivedReturn, code: str, cells: Sequence[str], message: str, *,
    key: str = "", severity: Severity = Severity.NOTE,
) -> Finding:  # fmt: skip
    place = f"{received.file}, {received.sheet}" if received.sheet else received.file
    return Finding(code, severity, place, listed(cells), key, message)


def _first_cell(row: ReceivedRow) -> str:
    cell = row.cells.get("reference") or row.cells["action"]
    return cell.cell
