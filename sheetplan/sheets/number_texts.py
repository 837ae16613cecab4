"""Numbers and dates that are stored as text, in a column in which the others are real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from sheetplan.model.date_words import DateWords
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.workbook_facts import CellFact
from sheetplan.ooxml.column_rules import stretches
from sheetplan.ooxml.ranges import cell_name
from sheetplan.sheets.checked_sheet import CheckedSheet

_NUMBER = re.compile(r"[£$€]?\s*[-+]?\d[\d,]*(?:\.\d+)?\s*%?")


def numbers_as_text(checked: CheckedSheet, words: DateWords) -> Iterator[CellFact]:
    """The cells of actions that hold a number or a date as text where most hold a real one.

    Only columns outside the months count. A reference such as 1.10 must be text, and where an
    officer has told Excel to ignore it, it is meant.

    Of dates only days count: trackers say "Mar-23" and "Autumn 2024" in words on purpose, and what
    they say is read as well as a real date. A day in words looks like its neighbours, and is sorted
    and filtered apart from them.
    """
    for column, field in checked.lasting.items():
        if field == "reference":
            continue
        values = checked.values(column)
        real = [value for value in values.values() if _is_real(value)]
        if len(real) * 2 <= len(values):
            continue
        are_dates = sum(isinstance(value, datetime) for value in real) * 2 > len(real)
        meant = list(stretches(checked.rules.texts_meant, column))
        for row, value in values.items():
            if any(stretch.first_row <= row <= stretch.last_row for stretch in meant):
                continue
            if isinstance(value, str) and _says_one(value.strip(), words, are_dates=are_dates):
                place = cell_name(row, column)
                yield CellFact(checked.sheet.name, place, value.strip(), checked.reference(row))


def _is_real(value: object) -> bool:
    return isinstance(value, int | float | datetime) and not isinstance(value, bool)


def _says_one(text: str, words: DateWords, *, are_dates: bool) -> bool:
    """Whether a text is nothing but a number, or a day."""
    if not are_dates:
        return _NUMBER.fullmatch(text) is not None
    date = PlanDate.read(text, words)
    return date.precision is Precision.DAY and date.first == date.last and not date.mended
