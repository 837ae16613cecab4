"""What the paragraphs of one lead say of how the work stands in a month."""

from __future__ import annotations

from collections.abc import Collection, Iterable

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


def is_complete(paragraphs: Collection[Paragraph], month: Month, vocabulary: Vocabulary) -> bool:
    """Whether the work of a lead is done by a month: some paragraph says so, by its words or its
    colour, and none of the same month or a later one says anything else.

    What is done stays done in the months that follow. A paragraph of which nobody knows the month
    may be the newest, unless it says the same.
    """
    said = [paragraph for paragraph in paragraphs if paragraph.words]
    done = [each for each in said if _says_complete(each, vocabulary)]
    going_on = [each.month for each in said if each not in done]
    if None in going_on:
        return False
    last = max((each for each in going_on if each), default=None)
    since = [each.month for each in done if last is None or (each.month and each.month > last)]
    return any(each is None or each <= month for each in since)


def _says_complete(paragraph: Paragraph, vocabulary: Vocabulary) -> bool:
    meaning = meaning_of(paragraph.colour, vocabulary)
    return paragraph.is_complete or meaning is StatusMeaning.COMPLETE


def colour_meaning(colours: Iterable[str], vocabulary: Vocabulary) -> StatusMeaning | None:
    """What a council means by the colours of words of which some are of work that goes on; of
    several meanings the worst, None where no colour says anything."""
    found = {meaning_of(colour, vocabulary) for colour in colours}
    return next((meaning for meaning in _WORST_FIRST if meaning in found), None)
