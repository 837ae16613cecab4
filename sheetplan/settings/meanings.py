"""Lists of what statuses mean, as several sections have them."""

from __future__ import annotations

from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact
from sheetplan.settings.section import Section, did_you_mean


def meanings(
    section: Section, key: str, base: tuple[StatusMeaning, ...]
) -> tuple[StatusMeaning, ...]:
    """The meanings that a list names, each once.

    Raises:
        SettingsError: one is no meaning of a status.
    """
    known = {compact(meaning.words): meaning for meaning in StatusMeaning}
    found = []
    for words in section.words(key, tuple(meaning.words for meaning in base)):
        meaning = known.get(compact(words))
        if meaning is None:
            names = [meaning.words.replace(" ", "_") for meaning in StatusMeaning]
            raise section.error(
                f'{key}: "{words}" is not a meaning of a status.', did_you_mean(words, names)
            )
        found.append(meaning)
    return tuple(dict.fromkeys(found))
