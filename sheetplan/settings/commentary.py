"""The sections [tracker] and [commentary]: the shape of a tracker, and how commentary reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from sheetplan.model.commentary import CommentaryWords
from sheetplan.model.status import StatusMeaning, Vocabulary
from sheetplan.settings.section import Section


class TrackerKind(Enum):
    """Where a tracker keeps what is said of each month."""

    MONTHS = "months"
    COMMENTARY = "commentary"


@dataclass(frozen=True)
class CommentarySettings:
    """How a council's commentary is read.

    Attributes:
        words: The words of its stamps and markers.
        unrated: What words mean that say nothing of how the work goes; None for no status.
    """

    words: CommentaryWords = field(default_factory=CommentaryWords)
    unrated: StatusMeaning | None = None


def tracker_kind(section: Section, base: TrackerKind) -> TrackerKind:
    """The shape of the council's tracker."""
    section.accept_only(["kind"])
    return TrackerKind(section.one_of("kind", (kind.value for kind in TrackerKind), base.value))


def commentary_settings(
    section: Section, base: CommentarySettings, vocabulary: Vocabulary
) -> CommentarySettings:
    """How the council's commentary is read, where it differs from the profile's.

    Args:
        section: The section.
        base: What the profile says.
        vocabulary: The council's statuses, which stamps may name.

    Raises:
        SettingsError: something in the section cannot be understood.
    """
    section.accept_only(("update", "complete", "unrated"))
    words = CommentaryWords(
        update=section.words("update", base.words.update),
        complete=section.words("complete", base.words.complete),
        statuses=tuple(words for entry in vocabulary.entries for words in entry.spellings),
        complete_statuses=tuple(
            words
            for entry in vocabulary.entries
            if entry.meaning is StatusMeaning.COMPLETE
            for words in entry.spellings
        ),
    )
    section.refuse_shared({"update": words.update, "complete": words.complete})
    for name in ("update", "complete"):
        if not getattr(words, name):
            raise section.error(f"{name} is empty.", f'Write {name} = ["{name}"].')
    return CommentarySettings(words, _meaning(section, base.unrated))


def _meaning(section: Section, base: StatusMeaning | None) -> StatusMeaning | None:
    known = {meaning.words.replace(" ", "_"): meaning for meaning in StatusMeaning}
    usual = base.words.replace(" ", "_") if base else "none"
    return known.get(section.one_of("unrated", (*known, "none"), usual))
