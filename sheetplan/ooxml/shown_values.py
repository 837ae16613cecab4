"""What a cell says, in words, as its sheet shows it: for what people typed or pasted."""

from __future__ import annotations

from datetime import date, datetime, time

from sheetplan.ooxml.cells import words_for
from sheetplan.ooxml.shown_dates import date_codes, shown_date
from sheetplan.ooxml.shown_numbers import (
    plain_number,
    shown_duration,
    shown_number,
    shows_duration,
)
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_OF_A_CLOCK = {"h", "hh", "minute", "minutes", "s", "ss", "am/pm"}
_ANY_DAY = date(1900, 1, 1)


def shown_text(sheet: Worksheet, row: int, column: int) -> str:
    """What a cell says, in words; empty for an empty one. A formula says its stored result.

    Numbers, dates and times read as their number format shows them on a British computer. A date
    that is shown month first or year first is spelt out, such as 14 August 2023: nobody shall take
    it for another.
    """
    value = sheet.value(row, column)
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float | datetime | time):
        return words_for(value)
    cell = sheet.cell(row, column)
    assert cell is not None
    code = sheet.workbook.styles.number_format(int(cell.get("s") or 0))
    if isinstance(value, int | float):
        return shown_number(value, code)
    if cell.get("t") != "d":  # of a date as ISO 8601 spells it there is no number
        number = float(cell.findtext(main("v")) or 0)
        if shows_duration(code):
            return shown_duration(number, code)
        if number < 0:
            return plain_number(number)
    return _shown_time(value, code) if isinstance(value, time) else _shown_date(value, code)


def _shown_time(value: time, code: str) -> str:
    """A time of no day. Where a day is shown as well, a workbook has none to show."""
    moment = datetime.combine(_ANY_DAY, value)
    if set(date_codes(code)) <= _OF_A_CLOCK:
        return shown_date(moment, code)
    return shown_date(moment, "hh:mm") if value != time() else "0"


def _shown_date(value: datetime, code: str) -> str:
    """A date, spelt out where its format leaves a doubt."""
    codes = date_codes(code)
    days = [place for place, code in enumerate(codes) if code in ("d", "dd")]
    months = [place for place, code in enumerate(codes) if code in ("m", "mm")]
    if codes and not (days and months and months[0] < days[0]):
        return shown_date(value, code)
    has_time = value.time() != time() and (not codes or _OF_A_CLOCK & set(codes))
    return shown_date(value, "d mmmm yyyy hh:mm" if has_time else "d mmmm yyyy")
