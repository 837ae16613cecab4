"""What a colour says of an action: by its hue, and then by the profile, never by itself."""

from __future__ import annotations

import colorsys
from functools import lru_cache

from sheetplan.model.status import Rag, StatusMeaning, Vocabulary

# Degrees of the colour circle, between which a colour has a name.
_HUES = ((0, 16, Rag.RED), (22, 66, Rag.AMBER), (70, 170, Rag.GREEN), (190, 250, Rag.BLUE))
_RED_AGAIN = 340
_PALEST, _DARKEST = 0.12, 0.2  # what is paler or darker than that is no colour


@lru_cache(maxsize=1024)
def rag_of(colour: str) -> Rag | None:
    """The rating whose colour this is; None for black, white, grey and what lies between."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return None
    hue, saturation, brightness = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _PALEST or brightness < _DARKEST:
        return None
    degrees = hue * 360
    if degrees >= _RED_AGAIN:
        return Rag.RED
    return next((rag for first, last, rag in _HUES if first <= degrees <= last), None)


def meaning_of(colour: str, vocabulary: Vocabulary) -> StatusMeaning | None:
    """What a profile takes a colour for; None where it has no status of that colour.

    Of several the first in the profile counts.
    """
    rag = rag_of(colour)
    if rag is None:
        return None
    return next((entry.meaning for entry in vocabulary.entries if entry.rag is rag), None)
