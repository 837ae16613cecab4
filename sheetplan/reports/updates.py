"""What was written of an action in a month, and whether it was only copied."""

from __future__ import annotations

import re
from functools import lru_cache

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact
from sheetplan.settings import Settings

_LONGEST_FORMALITY = 40  # characters; what is longer says something


class Updates:
    """Reads updates. One that says only "N/A", or only a dash, says nothing."""

    def __init__(self, settings: Settings) -> None:
        self._say_nothing = {""}
        for entry in settings.vocabulary.entries:
            if entry.meaning is StatusMeaning.NOT_APPLICABLE:
                self._say_nothing |= {compact(words) for words in (*entry.words, *entry.alone)}

    def read(self, action: Action, month: Month) -> str:
        """The update as typed, or empty text where it says nothing."""
        text = action.update(month).strip()
        if len(text) <= _LONGEST_FORMALITY and compact(text) in self._say_nothing:
            return ""
        return text


def is_copied(text: str, last: str) -> bool:
    """Whether an update is that of the month before; spaces and line breaks do not count."""
    if not text or text == last:
        return bool(text)
    is_alike = text[0] == last[:1] and text[-1] == last[-1:]
    return is_alike and text.split() == last.split()


def asks_for_change_control(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` says one of these words, each of them as whole words.

    Words in capitals count in capitals only: "CC" is neither in "account" nor in "cc Finance".
    """
    small = text.lower()
    return any(
        rare in small and pattern.search(text) is not None for rare, pattern in _sought(words)
    )


@lru_cache(maxsize=8)
def _sought(all_words: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    """What to look for, each with its longest word: few texts have that one at all."""
    found = []
    for words in all_words:
        pieces = re.findall(r"[^\W_]+", words)
        letters = r"[\W_]+".join(map(re.escape, pieces))
        how = re.NOFLAG if words.isupper() else re.IGNORECASE
        pattern = re.compile(rf"(?<![^\W_]){letters}(?![^\W_])", how)
        found.append((max(pieces, key=len).lower(), pattern))
    return found
