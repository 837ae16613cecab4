"""What the paragraphs of one lead say of how the work stands in a month."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sheetplan.model.colour_meaning import meaning_of
from sheetplan.model.commentary import Paragraph
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning, Vocabulary

_WORST_FIRST = (
    StatusMeaning.SIGNIFICANT_SLIPPAGE,
    StatusMeaning.MEDIUM_PROGRESS,
    StatusMeaning.ON_HOLD,
    StatusMeaning.NOT_DUE_TO_START,
    StatusMeaning.ON_TRACK,
)


class MonthStatus(NamedTuple):
    """How the work of a lead stands in a month: what it means, and how it is typed if it is.

    Both are empty where nothing tells; a status that is not typed follows from something else.
    """

    meaning: StatusMeaning | None
    typed: str = ""


def status_in(
    month: Month,
    paragraphs: Collection[Paragraph],
    colours_now: Collection[str],
    vocabulary: Vocabulary,
    unrated: StatusMeaning | None,
) -> MonthStatus:
    """How the work of a lead stands in a month.

    A status in a stamp decides, the last of the month. Where there is none, what says that the work
    is done does, then the colours; then the council's word for what says neither. What was closed
    by a status stays so while nothing more is said.

    Args:
        month: The month.
        paragraphs: All that the lead says, in any month.
        colours_now: The colours around the words, where they are of that month: those of the lead's
            name and behind the words, which say how the work stands now.
        vocabulary: The council's statuses.
        unrated: What words mean that tell nothing of how the work goes; None for no status.
    """
    said = [each for each in paragraphs if each.month == month and each.says_anything]
    typed = next((each.status for each in reversed(said) if each.status), "")
    if typed:
        entry = vocabulary.understand(typed)
        return MonthStatus(entry.meaning if entry else None, typed)
    before = _last_typed(month, paragraphs)
    colours = set() if before else set(colours_now)
    done_now = any(meaning_of(colour, vocabulary) is StatusMeaning.COMPLETE for colour in colours)
    if done_now or is_complete(paragraphs, month, vocabulary):
        return MonthStatus(StatusMeaning.COMPLETE)
    if said:
        colours.update(paragraph.colour for paragraph in said)
        return MonthStatus(colour_meaning(colours, vocabulary) or unrated)
    entry = vocabulary.understand(before)
    is_closed = entry is not None and entry.meaning in vocabulary.carried_forward
    is_certain = all(each.month for each in paragraphs if each.says_anything)
    return MonthStatus(entry.meaning if entry and is_closed and is_certain else None)


def _last_typed(month: Month, paragraphs: Iterable[Paragraph]) -> str:
    """The status in the last stamp before a month; empty where the words are newer than that."""
    said = [p for p in paragraphs if p.says_anything and p.month and p.month <= month]
    newest = max((paragraph.month for paragraph in said if paragraph.month), default=None)
    return next((p.status for p in reversed(said) if p.month == newest and p.status), "")


def is_complete(paragraphs: Collection[Paragraph], month: Month, vocabulary: Vocabulary) -> bool:
    """Whether the work of a lead is done by a month: some paragraph says so, by its words or its
    colour, and none of the same month or a later one says anything else. The status in a stamp
    speaks for all of its month.

    What is done stays done in the months that follow. A paragraph of which nobody knows the month
    may be the newest, unless it says the same.
    """
    said = [paragraph for paragraph in paragraphs if paragraph.says_anything]
    deciding = {each.month: each for each in said if each.status}
    deciding.pop(None, None)
    done = [each for each in said if _says_complete(deciding.get(each.month, each), vocabulary)]
    going_on = [each.month for each in said if each not in done]
    if None in going_on:
        return False
    last = max((each for each in going_on if each), default=None)
    since = [each.month for each in done if last is None or (each.month and each.month > last)]
    return any(each is None or each <= month for each in since)


def _says_complete(paragraph: Paragraph, vocabulary: Vocabulary) -> bool:
    if paragraph.status:
        return paragraph.is_complete
    meaning = meaning_of(paragraph.colour, vocabulary)
    return paragraph.is_complete or meaning is StatusMeaning.COMPLETE


def colour_meaning(colours: Iterable[str], vocabulary: Vocabulary) -> StatusMeaning | None:
    """What a council means by the colours of words of which some are of work that goes on; of
    several meanings the worst, None where no colour says anything."""
    found = {meaning_of(colour, vocabulary) for colour in colours}
    return next((meaning for meaning in _WORST_FIRST if meaning in found), None)
