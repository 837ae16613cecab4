"""Dates as people type them, and tables of what they mean."""

from datetime import date

from sheetplan.model import DateWords, Month, PlanDate, Precision

UK = DateWords()
EVERY_MONTH = tuple(range(1, 13))


def read(text: str, words: DateWords = UK) -> PlanDate:
    return PlanDate.read(text, words)


def expected(precision: str, first: str, last: str) -> tuple[Precision, date | None, date | None]:
    """A row of a table: "2023-03" is the whole month, "-" no day."""
    return Precision(precision), _day(first, last=False), _day(last or first, last=True)


def _day(text: str, *, last: bool) -> date | None:
    if text == "-":
        return None
    if len(text) == len("2023-03"):
        month = Month.parse(text)
        return month.last_day if last else month.first_day
    return date.fromisoformat(text)


def table(text: str) -> list[tuple[str, tuple[Precision, date | None, date | None]]]:
    """Rows of "typed | precision | first | last"; without a last the first counts for both."""
    rows = []
    for line in text.strip().splitlines():
        typed, precision, first, last = (cell.strip() for cell in f"{line} |".split("|")[:4])
        rows.append((typed, expected(precision, first, last)))
    return rows
