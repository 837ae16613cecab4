"""The section [reports]: what counts as an exception, how far back to look, and what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.status import StatusMeaning
from sheetplan.settings.meanings import meanings
from sheetplan.settings.phrases import phrases
from sheetplan.settings.section import Section

_MOST_MONTHS = 36
_FOCUS = ("focus_in_full", "focus_by_exception")
_SHARES = ("on_track_or_complete", "not_yet_due", "not_applicable", "left_out")
"""An action counts for one of these at most, or the numbers would not add up."""


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
        left_out: Other meanings that are left out of it, each named.
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
    left_out: tuple[StatusMeaning, ...] = ()
    history_months: int = 6
    due_next_months: int = 2
    focus_in_full: tuple[str, ...] = ("Focus 1",)
    focus_by_exception: tuple[str, ...] = ("Focus 2",)
    medium_slippage: int = 1
    significant_slippage: int = 2
    change_control_words: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)

    def say(self, phrase: str, **values: object) -> str:
        """The phrase of that name with its values filled in. What is filled in stays as it is."""
        return self.phrases[phrase].format(**values)


def report_settings(section: Section, base: ReportSettings) -> ReportSettings:
    """The council's way of reporting, where it differs from the profile's.

    Raises:
        SettingsError: something in the section cannot be understood, or contradicts itself.
    """
    section.accept_only(name for name in ReportSettings.__dataclass_fields__)
    found = ReportSettings(
        council=section.text("council", base.council),
        contact=section.text("contact", base.contact),
        exceptions=meanings(section, "exceptions", base.exceptions),
        on_track_or_complete=meanings(section, "on_track_or_complete", base.on_track_or_complete),
        not_yet_due=meanings(section, "not_yet_due", base.not_yet_due),
        not_applicable=meanings(section, "not_applicable", base.not_applicable),
        left_out=meanings(section, "left_out", base.left_out),
        history_months=section.number("history_months", base.history_months, 0, _MOST_MONTHS),
        due_next_months=section.number("due_next_months", base.due_next_months, 1, _MOST_MONTHS),
        focus_in_full=section.words("focus_in_full", base.focus_in_full),
        focus_by_exception=section.words("focus_by_exception", base.focus_by_exception),
        medium_slippage=section.number("medium_slippage", base.medium_slippage, 0, _MOST_MONTHS),
        significant_slippage=section.number(
            "significant_slippage", base.significant_slippage, 0, _MOST_MONTHS
        ),
        change_control_words=section.words("change_control_words", base.change_control_words),
        phrases=phrases(section.section("phrases"), base.phrases),
    )
    _refuse_contradictions(section, found)
    return found


def _refuse_contradictions(section: Section, found: ReportSettings) -> None:
    section.refuse_shared(
        {key: [meaning.words for meaning in getattr(found, key)] for key in _SHARES}
    )
    if found.significant_slippage < found.medium_slippage:
        raise section.error(
            f"significant_slippage ({found.significant_slippage}) is less than medium_slippage "
            f"({found.medium_slippage}).",
            "An action is red only after it is amber.",
        )
    section.refuse_shared({key: getattr(found, key) for key in _FOCUS})
