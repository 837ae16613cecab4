"""How words look in a Word document: bold, underlined, coloured, directly or by a style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sheetplan.model.commentary import CommentaryRun

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_AUTOMATIC = ("", "auto")
_HIGHLIGHTS = {
    "red": "FF0000", "darkRed": "800000", "yellow": "FFFF00", "darkYellow": "808000",
    "green": "00FF00", "darkGreen": "008000", "blue": "0000FF", "darkBlue": "000080",
    "cyan": "00FFFF", "darkCyan": "008080", "magenta": "FF00FF", "darkMagenta": "800080",
}  # fmt: skip
"""The highlighters that are colours (ISO/IEC 29500-1, 17.18.40)."""


class WordLooks:
    """The looks of the words in a document."""

    def __init__(self, document: Document) -> None:
        styles = list(document.styles.element.iter(f"{_W}style"))
        self._styles = {style.get(f"{_W}styleId"): style for style in styles}
        self._usual = next(
            (
                style.get(f"{_W}styleId")
                for style in styles
                if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") == "1"
            ),
            "",
        )

    def run(self, text: str, run: Any, paragraph: Any) -> CommentaryRun:
        """A stretch of text in the look of a run."""
        said = list(self._said(run, paragraph))
        return CommentaryRun(
            text,
            bold=next((on for each in said if (on := _switch(each, "b")) is not None), False),
            underline=next((on for each in said if (on := _switch(each, "u")) is not None), False),
            colour=next((colour for each in said if (colour := _colour(each))), ""),
        )

    def heading_level(self, paragraph: Any) -> int:
        """The level of a heading, 0 for any other paragraph: by its style, in any language."""
        for properties in self._chain(_style(paragraph, "pPr", "pStyle") or self._usual, "pPr"):
            level = properties.find(f"{_W}outlineLvl")
            if level is not None:
                number = level.get(f"{_W}val", "")
                return int(number) + 1 if number.isdigit() and int(number) < 9 else 0
        return 0

    def _said(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """What is said of a run, the nearest first: by itself, its style, its paragraph's."""
        own = run.find(f"{_W}rPr")
        if own is not None:
            yield own
        yield from self._chain(_style(run, "rPr", "rStyle"), "rPr")
        yield from self._chain(_style(paragraph, "pPr", "pStyle") or self._usual, "rPr")

    def _chain(self, style: str, kind: str) -> Iterator[Any]:
        """The properties of a style, and of those that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            properties = element.find(f"{_W}{kind}")
            if properties is not None:
                yield properties
            based = element.find(f"{_W}basedOn")
            style = "" if based is None else based.get(f"{_W}val", "")


def shading(properties: Any) -> str:
    """The colour behind a cell, a paragraph or a run, from its properties; empty for none."""
    shade = None if properties is None else properties.find(f"{_W}shd")
    fill = "" if shade is None else shade.get(f"{_W}fill", "")
    return "" if fill in _AUTOMATIC else fill.upper()


def _style(element: Any, properties: str, name: str) -> str:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _switch(properties: Any, name: str) -> bool | None:
    """Whether something is switched on; None where nothing is said of it."""
    found = properties.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val", "1") not in _OFF


def _colour(properties: Any) -> str:
    """The colour that marks words: of a highlighter, else behind them, else their own."""
    marked = properties.find(f"{_W}highlight")
    if marked is not None and marked.get(f"{_W}val") in _HIGHLIGHTS:
        return _HIGHLIGHTS[marked.get(f"{_W}val")]
    own = properties.find(f"{_W}color")
    value = "" if own is None else own.get(f"{_W}val", "")
    return shading(properties) or ("" if value in _AUTOMATIC else value.upper())
