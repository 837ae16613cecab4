"""What a return says of itself on its hidden sheet: whose it is, its headings, what was sent.

The sheet is known by its words. It may have been shown, renamed or moved, and blank rows or
columns may have come or gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sheetplan.model.owner_return import RETURN_FIELDS, ReturnIdentity, SentRow
from sheetplan.sheets.return_cells import ReturnSheet

_FACTS = ("tracker", "month", "owner", "owner_name", "schema")
_HEADING, _NEW_ACTION_HEADING = "heading", "new_action_heading"
_ABOVE = "above"
_SENT_HEADING = ("key", "asked")
_ASKED = "yes"
_DIGEST = re.compile(r"[0-9a-f]{12}")


@dataclass
class ReturnFacts:
    """What the hidden sheet says; nothing where there is none.

    Attributes:
        sheet: The sheet; None where there is none.
        facts: Single facts, such as the month, by their names.
        headings: The heading of each of RETURN_FIELDS.
        new_action_headings: The heading of each of NEW_ACTION_FIELDS.
        above: Digests of what was sent above the headings; none where it does not say so.
        sent: What was sent, by the keys of the rows; None where it does not say so.
    """

    sheet: ReturnSheet | None = None
    facts: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    new_action_headings: dict[str, str] = field(default_factory=dict)
    above: set[str] = field(default_factory=set)
    sent: dict[str, SentRow] | None = None

    @property
    def identity(self) -> ReturnIdentity | None:
        """Which return it is, where all that makes an identity is there."""
        parts = (self.facts.get(name, "") for name in ("tracker", "month", "owner", "schema"))
        return ReturnIdentity.find("/".join(parts))


def read_facts(sheets: Iterable[ReturnSheet]) -> ReturnFacts:
    """What the hidden sheet says, on whichever sheet that is."""
    for sheet in sheets:
        firsts = {next(iter(texts.values()), "") for texts in sheet.first_texts.values()}
        if {*_FACTS[:3], _HEADING} <= firsts or {_HEADING, _SENT_HEADING[0]} <= firsts:
            return _facts_on(sheet)
    return ReturnFacts()


def _facts_on(sheet: ReturnSheet) -> ReturnFacts:
    facts = ReturnFacts(sheet)
    columns: dict[int, str] = {}
    for row in sheet.sheet.rows:
        texts = sheet.texts(row)
        first, *rest = texts.values() or [""]
        if facts.sent is not None:
            if len(rest) > 1:
                facts.sent.setdefault(first, _sent_row(first, rest[0], texts, columns))
        elif (first, *rest[:1]) == _SENT_HEADING:
            columns = {column: text for column, text in texts.items() if text in RETURN_FIELDS}
            facts.sent = {}
        elif first in _FACTS and rest:
            facts.facts.setdefault(first, rest[0])
        elif first == _ABOVE and rest:
            facts.above.add(rest[0])
        elif first == _HEADING and len(rest) > 1:
            facts.headings.setdefault(rest[0], rest[1])
        elif first == _NEW_ACTION_HEADING and len(rest) > 1:
            facts.new_action_headings.setdefault(rest[0], rest[1])
    return facts


def _sent_row(
    key: str, asked: str, texts: Mapping[int, str], columns: Mapping[int, str]
) -> SentRow:
    digests = {
        name: texts[column]
        for column, name in columns.items()
        if _DIGEST.fullmatch(texts.get(column, ""))
    }
    return SentRow(key, asked == _ASKED, digests)
