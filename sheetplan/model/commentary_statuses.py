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
    StatusMeaning.COMPLETE,
)


def is_complete(paragraphs: Collection[Paragraph], month: Month) -> bool:
    """Whether the work of a lead is done by a month: some paragraph says so, and no paragraph of
    the same month or a later one says anything else.

    What is done stays done in the months that follow. A paragraph of which nobody knows the month
    may be the newest, unless it says the same.
    """
    said = [paragraph for paragraph in paragraphs if paragraph.words]
    going_on = [paragraph.month for paragraph in said if not paragraph.is_complete]
    if None in going_on:
        return False
    last = max((each for each in going_on if each), default=None)
    for paragraph in said:
        if paragraph.is_complete:
            if paragraph.month is None:
                if last is None:
                    return True
            elif (last is None or paragraph.month > last) and paragraph.month <= month:
                return True
    return False


def colour_meaning(colours: Iterable[str], vocabulary: Vocabulary) -> StatusMeaning | None:
    """What a council means by the colours of words; of several meanings the worst."""
    found = {meaning_of(colour, vocabulary) for colour in colours}
    return next((meaning for meaning in _WORST_FIRST if meaning in found), None)
