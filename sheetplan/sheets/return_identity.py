"""Which return a file is, by vote of the places in which it says so.

Programs and people lose some of these places: copying the rows into a new workbook keeps only the
visible line, and a document inspector takes the properties. One place is enough, and two that
disagree are not settled here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheetplan.errors import ReturnError
from sheetplan.model.owner_return import SCHEMA, ReturnIdentity
from sheetplan.model.return_marks import (
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    MONTH_PROPERTY,
    OWNER_PROPERTY,
    SCHEMA_PROPERTY,
    TRACKER_PROPERTY,
)
from sheetplan.model.wording import listed
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.sheets.return_cells import ReturnSheet
from sheetplan.sheets.return_facts import ReturnFacts

_SEARCHED_ROWS = 30
_PARTS = (TRACKER_PROPERTY, MONTH_PROPERTY, OWNER_PROPERTY, SCHEMA_PROPERTY)


@dataclass(frozen=True)
class Statement:
    """One place that says which return a file is."""

    identity: ReturnIdentity
    place: str


def find_identity(
    workbook: Workbook,
    properties: Mapping[str, str],
    facts: ReturnFacts,
    sheets: Iterable[ReturnSheet],
) -> ReturnIdentity | None:
    """Which return a file is; None where no place says so.

    Args:
        workbook: The workbook.
        properties: Its custom properties.
        facts: What its hidden sheet says.
        sheets: All sheets.

    Raises:
        ReturnError: two places disagree, or the file was made by a newer version.
    """
    stated: dict[ReturnIdentity, list[str]] = {}
    for statement in _statements(workbook, properties, facts, sheets):
        stated.setdefault(statement.identity, []).append(statement.place)
    if len(stated) > 1:
        raise _disagreement(stated)
    identity = next(iter(stated), None)
    if identity is not None and identity.schema > SCHEMA:
        raise ReturnError(
            "newer-version",
            f"the return was made by a newer version of sheetplan (its form is {identity.schema}, "
            f"and {SCHEMA} is the newest that this one reads).",
            remedy="Update sheetplan on this computer, and collect the return then.",
        )
    return identity


def _statements(
    workbook: Workbook,
    properties: Mapping[str, str],
    facts: ReturnFacts,
    sheets: Iterable[ReturnSheet],
) -> Iterator[Statement]:
    whole = properties.get(IDENTITY_PROPERTY, "")
    for text in (whole, "/".join(properties.get(name, "") for name in _PARTS)):
        yield from _stated(text, "its properties (File > Info)")
    for name in names_of(workbook):
        if name.name.casefold() == IDENTITY_NAME:
            yield from _stated(name.text, f"the name {name.name}")
    if facts.sheet is not None and facts.identity is not None:
        yield Statement(facts.identity, f"the sheet {facts.sheet.name}")
    for sheet in sheets:
        if sheet is facts.sheet:
            continue
        for row, texts in sheet.first_texts.items():
            if row > _SEARCHED_ROWS:
                break
            for column, text in texts.items():
                if "/20" in text:
                    yield from _stated(text, f"{sheet.name}!{cell_name(row, column)}")


def _stated(text: str, place: str) -> Iterator[Statement]:
    identity = ReturnIdentity.find(text)
    if identity is not None:
        yield Statement(identity, place)


def _disagreement(stated: Mapping[ReturnIdentity, list[str]]) -> ReturnError:
    said = [
        f"{identity} in {listed(list(dict.fromkeys(places)))}"
        for identity, places in stated.items()
    ]
    return ReturnError(
        "identities-disagree",
        f"the file says that it is more than one return: {'; '.join(said)}.",
        remedy="Ask its owner which of them it is: the rows of one return may stand in the "
        "workbook of another. Then fill in the right one, and collect that.",
    )
