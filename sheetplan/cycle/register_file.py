"""A register of recommendations in a workbook of its own."""

from __future__ import annotations

from pathlib import Path

from sheetplan.cycle.files import saying_which_file
from sheetplan.errors import RegisterNotFoundError
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.recommendation_reading import RegisterReading, read_recommendations

_DESCRIBED = 6  # sheets that a message lists


def read_register_file(path: Path, settings: Settings) -> RegisterReading:
    """The registers of a workbook that was named as one.

    Raises:
        WorkbookError: it cannot be read.
        RegisterNotFoundError: none of its sheets is a register.
    """
    with saying_which_file(path):
        found = read_recommendations(Workbook.open(path), settings, file=path.name)
        if found.sheets:
            return found
        seen = "; ".join(f"on {other.sheet}: {other.reason}" for other in found.others[:_DESCRIBED])
        raise RegisterNotFoundError(
            "no sheet is a register of recommendations. Looked, in the first 30 rows of each "
            'sheet, for a heading such as "Recommendation" and beside it one such as "Response" or '
            f'"Where in the plan". What is there: {seen or "no worksheets"}.',
            remedy="If the headings have other words, add them under [recommendations] in "
            "sheetplan.toml (sheetplan init writes one).",
        )
