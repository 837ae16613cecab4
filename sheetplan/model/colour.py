"""Colours that carry words, and whether the words can be read on them."""

from __future__ import annotations

from typing import NamedTuple

LOWEST_CONTRAST = 4.5
"""What the accessibility guidelines (WCAG 2.2 AA) ask of text on its background."""


class Colours(NamedTuple):
    """A fill and the colour of the text on it, each as six hexadecimal figures."""

    fill: str
    text: str

    @property
    def contrast(self) -> float:
        """How well the text stands out from the fill, from 1 to 21, as WCAG reckons it."""
        lighter, darker = sorted((_luminance(self.fill), _luminance(self.text)), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)

    @property
    def is_readable(self) -> bool:
        """Whether the text stands out enough to be read by people with low vision."""
        return self.contrast >= LOWEST_CONTRAST


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
