"""The section [returns]: whom returns go back to, by when, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetplan.model.status import StatusMeaning
from sheetplan.settings.meanings import meanings
from sheetplan.settings.phrases import phrases
from sheetplan.settings.section import Section

_MOST_DAYS = 60
_MOST_NEW_ACTIONS = 100


@dataclass(frozen=True)
class ReturnSettings:
    """How a council asks for its monthly updates.

    Attributes:
        return_to: Whom returns go back to: a name, an address or both.
        days_to_answer: How many days after sending a return is due.
        not_asked: The meanings of a status for which no update is asked.
        update_needed: The meanings that need an update beside the status.
        new_actions: How many blank rows there are for new actions.
        phrases: What returns and the messages that carry them say, by name.
    """

    return_to: str = ""
    days_to_answer: int = 10
    not_asked: tuple[StatusMeaning, ...] = ()
    update_needed: tuple[StatusMeaning, ...] = ()
    new_actions: int = 10
    phrases: Mapping[str, str] = field(default_factory=dict)

    def say(self, phrase: str, **values: object) -> str:
        """The phrase of that name with its values filled in. What is filled in stays as it is."""
        return self.phrases[phrase].format(**values)


_STEPS = ("open", "fill", "status", "update", "date", "new", "send")


def guide_steps(*, has_dates: bool) -> tuple[str, ...]:
    """How a return is filled in, step by step: phrases of [returns].

    Args:
        has_dates: Whether another due date can be asked for.
    """
    return tuple(f"return_step_{step}" for step in _STEPS if has_dates or step != "date")


_MAIL_VALUES = frozenset(["owner", "month", "actions", "file", "due", "return_to"])
_MAIL_PHRASES: Mapping[str, frozenset[str]] = {
    "mail_one_action": frozenset(),
    "mail_actions": frozenset(["count"]),
    **dict.fromkeys(
        """
        mail_subject mail_reminder_subject mail_greeting
        mail_ask mail_reminder_due mail_reminder_late mail_reminder_sent
        mail_help mail_thanks
        """.split(),
        _MAIL_VALUES,
    ),
}

_CHASE_PHRASES: Mapping[str, frozenset[str]] = {
    "chase_greeting": frozenset(["owner"]),
    "chase_with_blanks": frozenset(["month", "returned"]),
    "chase_row": frozenset(["reference", "action", "missing"]),
    "chase_rows": frozenset(["count"]),
    "chase_close": frozenset(["return_to"]),
    **dict.fromkeys(("chase_due", "chase_late"), frozenset(["month", "due"])),
    **dict.fromkeys(("chase_subject", "chase_not_returned"), frozenset(["month"])),
    **dict.fromkeys(
        "chase_one_row chase_no_status chase_no_update chase_neither chase_no_return_to".split(),
        frozenset(),
    ),
}

_WORKBOOK_PHRASES: Mapping[str, frozenset[str]] = {
    "return_title": frozenset(["council", "month"]),
    "return_reference": frozenset(["owner", "reference"]),
    "return_send_back": frozenset(["return_to", "due"]),
    "return_needed": frozenset(["statuses"]),
    "return_step": frozenset(["number"]),
    "return_step_send": frozenset(["return_to", "due"]),
    "return_new_title": frozenset(["month"]),
    "return_meaning": frozenset(["rating", "definition"]),
    **dict.fromkeys(
        """
        return_no_return_to return_how return_blank return_context
        return_new_about
        return_guide_title return_guide_about return_guide_steps return_guide_key
        return_step_open return_step_fill return_step_status return_step_update
        return_step_date return_step_new return_key_status return_key_meaning
        return_update_needed return_other_status
        """.split(),
        frozenset(),
    ),
}

RETURN_PHRASES: Mapping[str, frozenset[str]] = {
    **_CHASE_PHRASES,
    **_MAIL_PHRASES,
    **_WORKBOOK_PHRASES,
}
"""Every phrase by its name, with the names of the values that it may use."""


def return_settings(section: Section, base: ReturnSettings) -> ReturnSettings:
    """The council's way of asking, where it differs from the profile's.

    Raises:
        SettingsError: something in the section cannot be understood.
    """
    section.accept_only(ReturnSettings.__dataclass_fields__)
    return ReturnSettings(
        return_to=section.text("return_to", base.return_to),
        days_to_answer=section.number("days_to_answer", base.days_to_answer, 1, _MOST_DAYS),
        not_asked=meanings(section, "not_asked", base.not_asked),
        update_needed=meanings(section, "update_needed", base.update_needed),
        new_actions=section.number("new_actions", base.new_actions, 1, _MOST_NEW_ACTIONS),
        phrases=phrases(section.section("phrases"), base.phrases, RETURN_PHRASES),
    )
