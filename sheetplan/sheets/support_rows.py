"""The rows of a support sheet: their cells as text, months, dates and codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import only_month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.support import Standing, codes_in
from sheetplan.model.wording import compact, did_you_mean
from sheetplan.ooxml.shown_dates import shown_date
from sheetplan.settings import Settings
from sheetplan.sheets.headings import month_shown
from sheetplan.sheets.support_tables import SupportTable


@dataclass(frozen=True)
class SupportRow:
    """One row of a support sheet, which knows where to put what is wrong in it."""

    table: SupportTable
    number: int
    settings: Settings
    findings: list[Finding]

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return Standing(self.table.sheet.name, self.number, self.table.letters)

    def text(self, name: str) -> str:
        """What a cell says."""
        return self.table.text(self.number, name)

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of recommendations in a cell."""
        return codes_in(self.text(name))

    def month(self, name: str, reference: str, *, is_needed: bool = False) -> Month | None:
        """The month in a cell, which may be a real date or text."""
        table = self.table
        value = table.value(self.number, name)
        if isinstance(value, datetime):
            code = table.cells.number_format(self.number, table.columns[name])
            dated, is_misread = month_shown(value, code)
            if is_misread:
                self.find(
                    "month-misread-by-excel", name, reference,
                    f"shows {value.day}-{dated.name[:3]}, which Excel took for a day of the year; "
                    f"it was read as {dated}. Type 1 {dated} and format it as mmmm yyyy.",
                )  # fmt: skip
            return dated
        text = self.text(name)
        month = _month_in(text)
        if text and month is None:
            self.find(
                "support-month-unreadable", name, reference,
                f'"{text}" is not a month with its year. Type it as July 2023.',
            )  # fmt: skip
        elif not text and is_needed:
            self.find("support-month-unreadable", name, reference,
                      "there is no month. Type it as July 2023.")  # fmt: skip
        return month

    def date(self, name: str, reference: str) -> PlanDate | None:
        """The date in a cell, with a finding where it cannot be read as typed."""
        value = self.table.value(self.number, name)
        if value is None or not str(value).strip():
            return None
        if not isinstance(value, (str, int, float, date)):
            value = str(value)
        found = PlanDate.read(value, self.settings.dates, shown=self.shown(name, value))
        if found.precision is Precision.UNREADABLE:
            self.find(
                "support-date-unreadable", name, reference,
                f'"{found.text}" cannot be read as a date. Type it as 31 July 2023, Jul-23, '
                "Autumn 2023 or TBC.",
            )  # fmt: skip
        elif found.mended:
            self.find("support-date-mended", name, reference,
                      f'"{found.text}" was {found.mended}. Correct it if that is wrong.',
                      severity=Severity.NOTE)  # fmt: skip
        return found

    def shown(self, name: str, value: object) -> str:
        """A date as the cell shows it: "Jul-23" is a month. Empty for what is no date."""
        if not isinstance(value, datetime):
            return ""
        return shown_date(
            value, self.table.cells.number_format(self.number, self.table.columns[name])
        )

    def find(
        self,
        code: str,
        name: str,
        reference: str,
        message: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Note what is wrong in a cell."""
        table = self.table
        self.findings.append(
            Finding(
                code, severity, table.sheet.name, table.cell(self.number, name), reference, message
            )
        )

    def find_unknown_code(
        self, code: str, known: list[str] | None, name: str, reference: str
    ) -> None:
        """Note a code that no recommendation has; `known` is None where there is no list."""
        if known is None or compact(code) in map(compact, known):
            return
        self.find(
            "recommendation-code-unknown", name, reference,
            f'no recommendation has the code "{code}".{did_you_mean(code, known)} Correct it, or '
            "add the recommendation to its sheet.",
        )  # fmt: skip


def _month_in(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return only_month(text)
