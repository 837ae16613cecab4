"""Statuses: what an officer types in a status cell, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate, islice

from sheetplan.model.wording import compact, words_of

_LONGEST_WORDS = 12


class Rag(Enum):
    """What a status comes to in a report. Blue is complete; grey is not under way."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"
    NONE = "none"

    @property
    def word(self) -> str:
        """The word to print: colour alone must never carry the meaning."""
        return "Not rated" if self is Rag.NONE else self.value.capitalize()


class StatusMeaning(Enum):
    """What a status says of an action, whatever words and colours a council has for it.

    In one council Amber is one to two months late, in another it is on track: statuses are
    compared by meaning and never by colour.
    """

    ON_TRACK = "on track"
    MEDIUM_PROGRESS = "medium progress"
    SIGNIFICANT_SLIPPAGE = "significant slippage"
    NOT_DUE_TO_START = "not due to start"
    COMPLETE = "complete"
    CLOSED = "closed"
    ON_HOLD = "on hold"
    NOT_APPLICABLE = "not applicable"
    ASSURANCE_ACTION = "assurance action"
    NEW_ACTION = "new action"

    @property
    def words(self) -> str:
        """The meaning in words: "on track"."""
        return self.value


@dataclass(frozen=True)
class StatusEntry:
    """One meaning of a council's vocabulary and the words that stand for it.

    `words` may be followed by more ("On track - all milestones met"); `alone` count only when
    nothing else is in the cell, as the letter R or the word Red.
    """

    meaning: StatusMeaning
    rag: Rag
    words: tuple[str, ...]
    alone: tuple[str, ...] = ()
    carried_forward: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that stands for it where nothing else is said."""
        return (*self.words, *self.alone)


@dataclass(frozen=True)
class Vocabulary:
    """The statuses of a council: which words mean what."""

    entries: tuple[StatusEntry, ...]

    def __post_init__(self) -> None:
        seen: dict[str, StatusEntry] = {}
        for entry, words in self._spelt(alone=True):
            if seen.setdefault(compact(words), entry) is not entry:
                raise ValueError(f'"{words}" has two meanings in one vocabulary.')

    def understand(self, text: str) -> StatusEntry | None:
        """The entry that `text` means; None when its words are not in the vocabulary.

        Case, spaces and punctuation do not count. The whole text is tried first, then the longest
        words that it begins with. Words in the middle never count: "not on track" is not on track.
        Nor is the error #N/A, which a formula shows, a status that is not applicable.
        """
        if text.lstrip().startswith("#"):
            return None
        beginnings = list(accumulate(words_of(text)))
        if not beginnings:
            return None
        if whole := self._by_whole_text.get(beginnings[-1]):
            return whole
        for beginning in reversed(beginnings[:_LONGEST_WORDS]):
            if entry := self._by_beginning.get(beginning):
                return entry
        return None

    def nearest(self, text: str) -> str | None:
        """The words of the vocabulary that `text` was probably meant to be, for "Did you mean"."""
        import difflib  # late: only a mistake pays for it

        typed = words_of(text)
        if not typed:
            return None
        # "Not complete" is near to "complete" in its letters only.
        is_negative = typed[0] in ("not", "no")
        spelt = {
            compact(words): words
            for _, words in self._spelt(alone=True)
            if compact(words).startswith("not") == is_negative
        }
        best, best_ratio = None, 0.0
        for beginning in islice(accumulate(typed), _LONGEST_WORDS):
            for near in difflib.get_close_matches(beginning, spelt, n=1, cutoff=0.75):
                ratio = difflib.SequenceMatcher(None, near, beginning).ratio()
                if ratio >= best_ratio:
                    best, best_ratio = spelt[near], ratio
        return best

    @cached_property
    def carried_forward(self) -> frozenset[StatusMeaning]:
        """The meanings that a new month begins with, so that nobody need have typed them in it."""
        return frozenset(entry.meaning for entry in self.entries if entry.carried_forward)

    @cached_property
    def _by_whole_text(self) -> dict[str, StatusEntry]:
        return {compact(words): entry for entry, words in self._spelt(alone=True)}

    @cached_property
    def _by_beginning(self) -> dict[str, StatusEntry]:
        return {compact(words): entry for entry, words in self._spelt(alone=False)}

    def _spelt(self, alone: bool) -> Iterator[tuple[StatusEntry, str]]:
        for entry in self.entries:
            for words in entry.spellings if alone else entry.words:
                yield entry, words
