"""Verbs that need the columns of a month, or of dates, and trackers that have none."""

from __future__ import annotations

from sheetplan.errors import NoMonthColumnsError
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind


def refuse_commentary(settings: Settings, verb: str) -> None:
    """Refuse a tracker that keeps every month in one cell.

    Args:
        settings: The council's settings, which say what kind of tracker it has.
        verb: The command, as it is typed: "sheetplan roll-month".

    Raises:
        NoMonthColumnsError: it is such a tracker.
    """
    if settings.kind is TrackerKind.COMMENTARY:
        raise NoMonthColumnsError(
            f"{verb} needs columns that this tracker does not have: its settings say that each "
            "month's words are added in one cell.",
            remedy="sheetplan import makes a tracker with month columns of it. As it is it "
            "works with inspect, prepare, check, summarise, appendix, recommendations, status, "
            "compare and accessibility.",
        )
