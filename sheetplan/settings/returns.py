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


RETURN_PHRASES: Mapping[str, frozenset[str]] = {}
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
