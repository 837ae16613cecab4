"""What was odd about a return and did no harm, or stands in it where nobody reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from sheetplan.errors import WorkbookError
from sheetplan.model.owner_return import SCHEMA, ReturnIdentity, digest
from sheetplan.model.wording import compact, listed
from sheetplan.ooxml.ranges import cell_name, column_letters
from sheetplan.ooxml.xml import main
from sheetplan.sheets.return_cells import ReturnSheet
from sheetplan.sheets.return_columns import ReturnTable
from sheetplan.sheets.return_facts import ReturnFacts

_WORKED_OUT = frozenset(
    map(compact, ("Status needed", "Update needed", "Filled in", "For information"))
)
"""What the column To do says by itself, where its formulas were pasted over by what they say."""

_GUIDE = "guide"


def notes_on(
    identity: ReturnIdentity | None,
    table: ReturnTable,
    new_actions: ReturnTable | None,
    facts: ReturnFacts,
    sheets: Iterable[ReturnSheet],
) -> Iterator[str]:
    """What to tell whoever collects a return.

    Args:
        identity: Which return it is.
        table: Its rows.
        new_actions: Its rows for new actions.
        facts: What its hidden sheet says.
        sheets: All its sheets.
    """
    if identity is not None and identity.schema < SCHEMA:
        yield f"It was made by an older version of sheetplan (its form is {identity.schema})."
    if facts.sent is None:
        yield (
            "Its hidden sheet is gone, so it no longer says what was sent in it. What stands above "
            "the headings was not looked at."
        )
    for read in filter(None, (table, new_actions)):
        yield from _above_the_headings(read, facts)
        yield from _other_columns(read)
        yield from _merged_cells(read)
    read_sheets = [facts.sheet, *(read.sheet for read in (table, new_actions) if read)]
    for sheet in sheets:
        yield from _beside_the_cells(sheet)
        is_known = sheet in read_sheets or sheet.name.casefold() == _GUIDE
        if not is_known and any(sheet.first_texts.values()):
            yield f"Nothing was read from the sheet {sheet.name}, which was not sent."


def _above_the_headings(table: ReturnTable, facts: ReturnFacts) -> Iterator[str]:
    """What people wrote above the headings, where the file says what was sent there."""
    cells = [
        cell_name(row, column)
        for row, texts in table.sheet.first_texts.items()
        for column, text in texts.items()
        if row < table.heading_row and digest(text) not in facts.above
    ]
    if facts.above and cells:
        yield (
            f"What stands above the headings of {table.sheet.name} in {listed(cells)} was not "
            "sent, so it was not merged."
        )


def _other_columns(table: ReturnTable) -> Iterator[str]:
    """Columns that people added, and what stands in them."""
    for column, texts in sorted(table.contents.others.items()):
        heading = table.headings.get(column, "")
        typed = [row for row, text in texts.items() if not _is_worked_out(heading, text)]
        if not typed:
            continue
        cells = listed([cell_name(row, column) for row in typed])
        headed = f', headed "{heading}",' if heading else ""
        yield (
            f"Column {column_letters(column)} of {table.sheet.name}{headed} was not sent, so what "
            f"it says was not merged: see {cells}."
        )


def _is_worked_out(heading: str, text: str) -> bool:
    return compact(text) in _WORKED_OUT or (compact(heading) == "no" and text.isdigit())


def _merged_cells(table: ReturnTable) -> Iterator[str]:
    columns = table.columns.values()
    areas = [
        area
        for area in table.sheet.sheet.merged
        if area.first_row > table.heading_row
        and any(area.first_column <= column <= area.last_column for column in columns)
    ]
    if areas:
        yield (
            f"{table.sheet.name} has merged cells ({listed([str(area) for area in areas])}): what "
            "they say counts for the first cell of each only."
        )


def _beside_the_cells(sheet: ReturnSheet) -> Iterator[str]:
    """What people said in comments and drawings, which are not read."""
    worksheet = sheet.sheet
    package = worksheet.workbook.package
    with suppress(WorkbookError):  # a note is no reason to reject the file
        refs = [
            comment.get("ref", "")
            for part in package.related(worksheet.part, "comments")
            for comment in package.xml(part).iter(main("comment"))
        ]
        if refs:
            yield f"{sheet.name} has comments ({listed(refs)}); what they say was not merged."
        if any(len(package.xml(part)) for part in package.related(worksheet.part, "drawing")):
            yield (
                f"{sheet.name} has pictures, text boxes or other drawings; what they say was not "
                "merged."
            )
