"""The section [checks]: how strict the checks are, and the words by which they judge texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheetplan.model.finding import Severity
from sheetplan.settings.section import Section

_LISTS = (
    "says_nothing",
    "still_to_come",
    "meetings",
    "gives_reason",
    "gives_next_step",
    "says_late",
    "says_unstarted",
    "says_unchanged",
    "to_colleague",
    "gives_evidence",
    "speaks_of_end",
)
_NUMBERS = {"on_hold_months": (1, 60), "request_months": (1, 60), "shortest_copy": (1, 500)}


@dataclass(frozen=True)
class CheckSettings:
    """How a council's plan is checked.

    Attributes:
        on_hold_months: How many months an action may be on hold before somebody asks.
        request_months: How many months a change request may wait for its decision.
        shortest_copy: How many characters a text needs for it to count that several rows have it.
        says_nothing: Updates that say nothing when they are all that is said, "As above".
        still_to_come: Words that speak of what is still to come, "will be presented".
        meetings: What decisions are made at, "Cabinet".
        gives_reason: Words that give a reason, "due to".
        gives_next_step: Words that say what comes next, "will", "next step".
        says_late: Words that say that work is late or has stopped, "slipped".
        says_unstarted: Updates that say that work has not begun, "Due to start <month>".
        says_unchanged: Words that say that nothing has changed, where an update opens with them.
        to_colleague: Words of a note to a colleague, "suggest this is closed".
        gives_evidence: Words that speak of evidence, "evidenced by".
        speaks_of_end: Words that speak of the end of the work, "completion".
        severities: How much the findings of a rule matter to this council, by the rule's code.
        off: The rules that are switched off, with the reason, by code.
    """

    on_hold_months: int = 6
    request_months: int = 1
    shortest_copy: int = 40
    says_nothing: tuple[str, ...] = ()
    still_to_come: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    gives_reason: tuple[str, ...] = ()
    gives_next_step: tuple[str, ...] = ()
    says_late: tuple[str, ...] = ()
    says_unstarted: tuple[str, ...] = ()
    says_unchanged: tuple[str, ...] = ()
    to_colleague: tuple[str, ...] = ()
    gives_evidence: tuple[str, ...] = ()
    speaks_of_end: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    off: Mapping[str, str] = field(default_factory=dict)


def check_settings(section: Section, base: CheckSettings) -> CheckSettings:
    """How the council's plan is checked, where that differs from the profile's.

    Raises:
        SettingsError: something in the section cannot be understood.
    """
    section.accept_only((*_NUMBERS, *_LISTS, "severity", "off"))
    numbers = {
        name: section.number(name, getattr(base, name), *limits)
        for name, limits in _NUMBERS.items()
    }
    words = {name: section.words(name, getattr(base, name)) for name in _LISTS}
    severities = _severities(section.section("severity"))
    off = _reasons(section.section("off"))
    changed: dict[str, Any] = {**numbers, **words}
    return replace(
        base, **changed, severities={**base.severities, **severities}, off={**base.off, **off}
    )


def _severities(section: Section) -> dict[str, Severity]:
    names = [severity.value for severity in Severity]
    return {code: Severity(section.one_of(code, names)) for code in section.table}


def _reasons(section: Section) -> dict[str, str]:
    reasons = {code: section.text(code).strip() for code in section.table}
    for code, reason in reasons.items():
        if not reason:
            raise section.error(
                f"{code} has no reason.", f'Say why: {code} = "The lead agreed that …".'
            )
    return reasons
