"""The section [recommendations]: how registers of recommendations are headed and worded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheetplan.model.wording import compact
from sheetplan.settings.section import Section

REGISTER_COLUMNS = (
    "reviewer",
    "question",
    "strand",
    "code",
    "text",
    "response",
    "incorporation",
    "change_control",
    "note",
    "monitored",
)
"""The columns of a register."""

_WORDS = ("not_monitored", "outside_the_plan", "in_the_plan", "left_notes")


@dataclass(frozen=True)
class RecommendationSettings:
    """How a council words its registers of recommendations.

    Attributes:
        headings: What the headings of each column may say.
        not_monitored: What says that the plan is not meant to monitor a recommendation.
        outside_the_plan: What an answer begins with that needs nothing in the plan.
        in_the_plan: What says that an answer is in the plan, or will be.
        left_notes: What a note of the reviewer or for a colleague says.
    """

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_monitored: tuple[str, ...] = ()
    outside_the_plan: tuple[str, ...] = ()
    in_the_plan: tuple[str, ...] = ()
    left_notes: tuple[str, ...] = ()


def recommendation_settings(
    section: Section, base: RecommendationSettings
) -> RecommendationSettings:
    """The council's headings beside the profile's, and its words where it has its own.

    Raises:
        SettingsError: something in the section cannot be understood, or contradicts itself.
    """
    section.accept_only((*REGISTER_COLUMNS, "words"))
    headings = {
        name: _joined(base.headings.get(name, ()), section.words(name)) for name in REGISTER_COLUMNS
    }
    section.refuse_shared(headings)
    own = section.section("words")
    own.accept_only(_WORDS)
    words: dict[str, Any] = {name: own.words(name, getattr(base, name)) for name in _WORDS}
    return replace(base, headings=headings, **words)


def _joined(base: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    known = set(map(compact, base))
    return (*base, *(words for words in more if compact(words) not in known))
