"""The rows of a register: their cells as dates, numbers and fields."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.wording import compact, did_you_mean, listed
from sheetplan.sheets.headings import FieldNames
from sheetplan.sheets.register_columns import FIELD_WORDS, NEW_ACTION, OPEN, field_named
from sheetplan.sheets.support_rows import SupportRow

_TIME_OF_DAY = re.compile(r"[\s,T]+([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\s*\Z")
_HALF_A_SECOND = timedelta(microseconds=500_000)


class RegisterRow(SupportRow):
    """One row of a register."""

    @property
    def is_of_new_action(self) -> bool:
        """Whether the row is about an action that the plan does not have yet."""
        return field_named(self.text("field")) == NEW_ACTION

    def needed_key(self) -> str:
        """The reference of the row's action, with a finding where it is gone."""
        key = self.text("key")
        if not key and not self.is_of_new_action:
            self.find("register-reference-missing", "key", "",
                      "this row has no reference, so it is not read. Type the reference of its "
                      "action, or delete the row.")  # fmt: skip
        return key

    def field(self, reference: str) -> str:
        """The field that the row is about; its own words where they name none."""
        text = self.text("field")
        found = field_named(text)
        if found is None:
            self.find(
                "register-field-unknown", "field", reference,
                f'"{text}" is no field.{did_you_mean(text, FIELD_WORDS.values())} Type '
                f"{listed(list(FIELD_WORDS.values()), most=len(FIELD_WORDS))}.",
            )  # fmt: skip
        return text if found is None else found

    def requested_field(self) -> str:
        """The field that a request is about: the due date where the cell is blank, and one that the
        cell names by a heading of the tracker; its own words where they name none."""
        text = self.text("field")
        if not text:
            return "due_date"
        return field_named(text) or FieldNames.of(self.settings).field_of(text) or text

    def as_shown(self, name: str) -> str:
        """What a cell says; a date as the cell shows it, or as it can be read again."""
        value = self.table.value(self.number, name)
        if not isinstance(value, datetime):
            return self.text(name)
        return PlanDate.read(value, self.settings.dates, shown=self.shown(name, value)).text

    def outcome(self) -> str:
        """What became of a conflict; empty while it is open."""
        text = self.text("outcome")
        return "" if compact(text) == compact(OPEN) else text

    def count(self, name: str, reference: str) -> int:
        """The number in a cell; 0 for a blank one."""
        text = self.text(name)
        if not text or text.isdecimal():
            return int(text or 0)
        self.find("register-number-unreadable", name, reference,
                  f'"{text}" is not a whole number, so it is read as 0. Type how many there '
                  "are.")  # fmt: skip
        return 0

    def day(self, name: str, reference: str) -> date | None:
        """The day in a cell, which may be a real date or text; None for a blank one."""
        value = self.table.value(self.number, name)
        if isinstance(value, datetime):
            return value.date()
        text = self.text(name)
        day = self._day_in(text)
        if text and day is None:
            self.find("register-date-unreadable", name, reference,
                      f'"{text}" is not a day, so it is not read. Type it as 31 July 2023.'
                      )  # fmt: skip
        return day

    def moment(self, name: str, reference: str, month: Month) -> datetime:
        """The date and time in a cell; the beginning of the month where it cannot be read."""
        value = self.table.value(self.number, name)
        if isinstance(value, datetime):
            return (value + _HALF_A_SECOND).replace(microsecond=0)
        text = self.text(name)
        found = self._moment_in(text)
        if found is not None:
            return found
        self.find("register-date-unreadable", name, reference,
                  f'"{text}" is not a day and a time, so this row is read as the first of its '
                  "month. Type it as 31 July 2023 14:05.")  # fmt: skip
        return datetime.combine(month.first_day, time())

    def _moment_in(self, text: str) -> datetime | None:
        clock = _TIME_OF_DAY.search(text)
        hour, minute, second = map(int, clock.groups("0") if clock else (0, 0, 0))
        day = self._day_in(text[: clock.start()] if clock else text)
        return None if day is None else datetime.combine(day, time(hour, minute, second))

    def _day_in(self, text: str) -> date | None:
        found = PlanDate.read(text, self.settings.dates)
        return found.first if found.precision is Precision.DAY and not found.mended else None
