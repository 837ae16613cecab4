"""A report of a checked plan: none while there is an error that nobody has answered."""

from __future__ import annotations

from pathlib import Path

from sheetplan.cycle.check import plan_check
from sheetplan.errors import UnansweredErrorsError
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month

_NAMED = 3  # errors that the message tells


def refuse_unchecked(path: Path, month: Month, profile: str | Path | None) -> None:
    """Refuse a report on a month in which a check finds an error that nobody has answered.

    Raises:
        UnansweredErrorsError: there is one; names the first few.
    """
    errors = plan_check(path, month, profile=profile).open_of(Severity.ERROR)
    if not errors:
        return
    told = [f"  {found.places[0].words}: {found.message}" for found in errors[:_NAMED]]
    more = len(errors) - len(told)
    raise UnansweredErrorsError(
        f"the check of {month} finds {len(errors)} error{'s' if len(errors) > 1 else ''} that "
        "nobody has answered:\n" + "\n".join(told) + (f"\n  and {more} more" if more else ""),
        where=path,
        remedy=f"\nMend the cells, or answer on the sheet Findings: sheetplan check {path.name} "
        "--into-tracker",
    )
