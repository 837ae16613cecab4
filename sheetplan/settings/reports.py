"""The section [reports]: what counts as an exception, how far back to look, and what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.status import StatusMeaning
from sheetplan.settings.section import Section


@dataclass(frozen=True)
class ReportSettings:
    """How a council reports.

    Attributes:
        council: The council's name, for titles and cover sheets.
        contact: Whom a reader may ask.
        exceptions: The meanings that make an action an exception, in the order of the report.
        on_track_or_complete: The meanings that count as going well.
        not_yet_due: The meanings that are left out of the denominator as not yet due.
        not_applicable: The meanings that are left out of it as not applicable.
        history_months: How many months an exception's history goes back.
        due_next_months: How many months ahead an action counts as due next.
        focus_in_full: What the focus column says of a main action that is reported in full.
        focus_by_exception: What it says of one that is reported by exception.
        medium_slippage: From how many months of slippage an action is amber by the legend.
        significant_slippage: Over how many months of slippage it is red.
        change_control_words: Words of an update that say that a date goes to change control.
        phrases: Every phrase that a report prints, by its name.
    """

    council: str = ""
    contact: str = ""
    exceptions: tuple[StatusMeaning, ...] = ()
    on_track_or_complete: tuple[StatusMeaning, ...] = ()
    not_yet_due: tuple[StatusMeaning, ...] = ()
    not_applicable: tuple[StatusMeaning, ...] = ()
    history_months: int = 6
    due_next_months: int = 2
    focus_in_full: tuple[str, ...] = ("Focus 1",)
    focus_by_exception: tuple[str, ...] = ("Focus 2",)
    medium_slippage: int = 1
    significant_slippage: int = 2
    change_control_words: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)


def report_settings(section: Section, base: ReportSettings) -> ReportSettings:
    """The council's way of reporting, where it differs from the profile's."""
    return base
