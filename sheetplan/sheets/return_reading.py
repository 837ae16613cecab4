"""Reading a return as it came back, whatever programs and people did to it on the way."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from sheetplan.errors import (
    DamagedWorkbookError,
    NotAWorkbookError,
    ReturnError,
    SheetplanError,
    UnsafeWorkbookError,
)
from sheetplan.model.owner_return import (
    INPUT_FIELDS,
    NEW_ACTION_FIELDS,
    ReceivedReturn,
    RejectedFile,
    settled,
)
from sheetplan.model.return_marks import OWNER_NAME_PROPERTY
from sheetplan.model.wording import listed
from sheetplan.ooxml.custom_properties import read_properties
from sheetplan.ooxml.foreign import remarks
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.return_cells import FIRST_ROWS, ReturnSheet
from sheetplan.sheets.return_columns import (
    NEW_ACTION_HEADINGS,
    ROW_HEADINGS,
    HeadingWords,
    ReturnTable,
    find_new_actions_table,
    find_rows_table,
)
from sheetplan.sheets.return_facts import ReturnFacts, read_facts
from sheetplan.sheets.return_identity import find_identity
from sheetplan.sheets.return_notes import notes_on

_MOST_BYTES_OF_XML = 64 * 1024**2

_SEND_IT_AGAIN = (
    "Open it in Excel, let it repair the file if it asks to, save it and collect it again; or ask "
    "its owner to send it once more."
)


def read_return(data: bytes, name: str, settings: Settings) -> ReceivedReturn | RejectedFile:
    """Read a file that came back.

    What is wrong with the file is never raised: then it is rejected, and the reason says what it
    is.

    Args:
        data: The file.
        name: Its name as messages give it.
        settings: What the council's headings may say.
    """
    try:
        with collecting_no_garbage():
            return _Reading(data, name, settings).received()
    except SheetplanError as error:
        return RejectedFile(name, _code(error), error.message, error.remedy)
    except _NOT_UNDERSTOOD as error:
        what = f" ({error})" if str(error) else ""
        return RejectedFile(
            name,
            "not-understood",
            f"something inside the workbook cannot be understood{what}.",
            _SEND_IT_AGAIN,
        )


# What contradictions inside a workbook come to; Excel writes none, and mends or refuses them.
_NOT_UNDERSTOOD = (ValueError, LookupError, ArithmeticError, AssertionError)
_CODES: Mapping[type[SheetplanError], str] = {
    NotAWorkbookError: "not-a-workbook",
    DamagedWorkbookError: "damaged",
    UnsafeWorkbookError: "unsafe",
}


def _code(error: SheetplanError) -> str:
    return error.code if isinstance(error, ReturnError) else _CODES.get(type(error), "unreadable")


class _Reading:
    """One return while it is read."""

    def __init__(self, data: bytes, name: str, settings: Settings) -> None:
        self._data, self._name, self._settings = data, name, settings
        self._package = Package(data, name)
        _refuse_too_large(self._package)
        self._workbook = Workbook(self._package, for_reading=True)
        for sheet in self._workbook.sheets:
            sheet.refuse_broken()
        self._sheets = [ReturnSheet(sheet) for sheet in self._workbook.sheets]
        self._facts = read_facts(self._sheets)

    def received(self) -> ReceivedReturn:
        """All that it says.

        Raises:
            ReturnError: it is no return, or it is not clear what it says.
        """
        facts, properties = self._facts, read_properties(self._package)
        identity = find_identity(self._workbook, properties, facts, self._sheets)
        rows_tables, new_tables = self._tables()
        table = _the_only(rows_tables, INPUT_FIELDS)
        if not {"reference", "action"} & table.columns.keys():
            raise _no_keys(table)
        new = _the_only(new_tables, NEW_ACTION_FIELDS) if new_tables else None
        return ReceivedReturn(
            file=self._name,
            content=hashlib.sha256(self._data).hexdigest(),
            identity=identity,
            # First where it is whole: Excel cuts properties to 255 characters.
            owner_name=facts.facts.get("owner_name") or properties.get(OWNER_NAME_PROPERTY, ""),
            sheet=table.sheet.name,
            columns={field: column_letters(column) for field, column in table.columns.items()},
            sent=facts.sent,
            rows=table.contents.rows,
            new_actions=new.contents.rows if new else (),
            new_actions_sheet=new.sheet.name if new else "",
            notes=(
                *remarks(self._package),
                *notes_on(identity, table, new, facts, self._sheets),
            ),
        )

    def _tables(self) -> tuple[list[ReturnTable], list[ReturnTable]]:
        """The tables of rows and those of new actions, in both the one with most columns first.

        Raises:
            ReturnError: there is no table of rows.
        """
        facts, settings = self._facts, self._settings
        words = HeadingWords(facts.headings, ROW_HEADINGS, settings)
        new_words = HeadingWords(facts.new_action_headings, NEW_ACTION_HEADINGS, settings)
        rows_tables, new_tables = [], []
        for sheet in self._sheets:
            if sheet is facts.sheet:
                continue
            if (table := find_rows_table(sheet, words)) is not None:
                rows_tables.append(table)
            elif (table := find_new_actions_table(sheet, new_words)) is not None:
                new_tables.append(table)
        if not rows_tables:
            raise _no_headings(facts)
        for tables in (rows_tables, new_tables):
            tables.sort(key=lambda table: -len(table.columns))
        return rows_tables, new_tables


def _the_only(tables: Sequence[ReturnTable], answers: Sequence[str]) -> ReturnTable:
    """The first table, where no other has other answers in it.

    Args:
        tables: The tables of a kind.
        answers: The fields that people fill in.

    Raises:
        ReturnError: two sheets, or two columns, differ in an answer: nothing is guessed.
    """
    first, *others = [table for table in tables if table.contents.rows] or tables[:1]
    for other in others:
        if _answers(other, answers) != _answers(first, answers):
            raise ReturnError(
                "sheets-disagree",
                f"the sheets {first.sheet.name} and {other.sheet.name} both have these rows, and "
                "their answers differ.",
                remedy="Ask its owner which of them counts. Delete the other, save the workbook "
                "and collect it then.",
            )
    for name in answers:
        _refuse_columns_that_differ(first, name)
    return first


def _answers(table: ReturnTable, names: Sequence[str]) -> Counter[tuple[str, ...]]:
    """What the rows of a table answer, in any order."""
    names = ("reference", *names)
    return Counter(tuple(settled(row.text(n)) for n in names) for row in table.contents.rows)


def _refuse_columns_that_differ(table: ReturnTable, name: str) -> None:
    """Raise ReturnError where two columns are headed as one field and do not say the same."""
    first, *others = table.all_columns.get(name, [0])
    for other in others:
        texts = {row.row: settled(row.text(name)) for row in table.contents.rows if row.text(name)}
        if texts != {r: settled(text) for r, text in table.contents.others.get(other, {}).items()}:
            raise ReturnError(
                "columns-disagree",
                f"columns {column_letters(first)} and {column_letters(other)} of "
                f'{table.sheet.name} are both headed "{table.headings[other]}", and they do not '
                "say the same.",
                remedy="Ask its owner which of them counts. Delete the other, save the workbook "
                "and collect it then.",
            )


def _refuse_too_large(package: Package) -> None:
    """Raise ReturnError for a file that is far larger than ten thousand pasted rows make it."""
    members = map(package.archive.member, package.archive.names)
    size = sum(m.info.file_size for m in members if m.name.lower().endswith((".xml", ".rels")))
    if size > _MOST_BYTES_OF_XML:
        raise ReturnError(
            "too-large",
            f"the workbook would unpack to {size / 1024**2:,.0f} MB, and "
            f"{_MOST_BYTES_OF_XML // 1024**2} are the most for a return.",
            remedy="Ask its owner to copy the answers into the workbook that was sent. Somebody "
            "may have formatted or filled whole columns of this one.",
        )


def _no_headings(facts: ReturnFacts) -> ReturnError:
    named = {name: heading for name, (heading, *_) in ROW_HEADINGS.items()} | facts.headings
    wanted = [f'"{named[name]}"' for name in ("reference", "action", "status", "update")]
    return ReturnError(
        "no-headings",
        f"no sheet has a row of headings such as {listed(wanted)} in its first {FIRST_ROWS} rows, "
        "so this is no return, or its headings are gone.",
        remedy="If it is one, ask its owner to fill in the workbook that was sent, and collect "
        "that.",
    )


def _no_keys(table: ReturnTable) -> ReturnError:
    return ReturnError(
        "no-keys",
        f"{table.sheet.name} has neither references nor actions any more, so nobody can tell "
        "which row is which.",
        remedy="Ask its owner for the columns that were deleted, or to fill in the workbook that "
        "was sent.",
    )
