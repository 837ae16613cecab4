"""Text that came from somewhere else, made fit to be written into a workbook.

Words stay as they are. What no workbook can hold goes, and is counted; formatting stays as far as
somebody made words stand out by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.xml import MAIN, local_name, main

# Programs differ in the line breaks that they keep: Numbers has U+2028, and what is copied from an
# e-mail in Outlook has vertical tabs. Words must not run together.
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
# But for tabs and line breaks; half characters, and what is no character at all.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_ON = re.compile(r"1|true")
# What makes a stretch of text stand out, and the values that it may have. The font and its size
# are those of the cell that the text is written into. Colours of the theme or the palette go: they
# are other colours in another workbook.
_KEPT = {
    "b": _ON,
    "i": _ON,
    "strike": _ON,
    "u": re.compile(r"single|double|singleAccounting|doubleAccounting"),
    "vertAlign": re.compile(r"superscript|subscript"),
}
_MAY_BE_BARE = {"b", "i", "strike", "u"}
_FIGURES = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
_BLACK = "000000"


class ReceivedText(NamedTuple):
    """A text, and how many control characters were dropped from it."""

    text: str
    dropped: int


class ReceivedRuns(NamedTuple):
    """The stretches of a text, and how many control characters were dropped from them."""

    runs: tuple[Run, ...]
    dropped: int


def received_text(text: str) -> ReceivedText:
    """A text with line breaks of one kind, and without control characters."""
    if text.isprintable():
        return ReceivedText(text, 0)
    whole = _HALVES.sub(_one_character, _LINE_BREAK.sub("\n", text))
    return ReceivedText(*_CONTROL.subn("", whole))


def received_runs(runs: Iterable[Run], own_colours: frozenset[str] = frozenset()) -> ReceivedRuns:
    """Stretches of text with the formatting that makes them stand out.

    Those that now look alike are one, and text without any formatting is one stretch.

    Args:
        runs: The stretches.
        own_colours: The colours of the fonts of the cell and the workbook that they stand in, in
            six hexadecimal figures: programs write them beside every word, so they mean nothing.
            Nor does black.
    """
    found: list[Run] = []
    dropped = 0
    for run in runs:
        text, count = received_text(run.text)
        dropped += count
        properties = _kept(run.properties, own_colours)
        if found and found[-1].properties == properties:
            found[-1] = Run(found[-1].text + text, properties)
        elif text:
            found.append(Run(text, properties))
    return ReceivedRuns(tuple(found), dropped)


def _one_character(halves: re.Match[str]) -> str:
    """What two halves stand for: some programs store such a character as _xD83D__xDE00_."""
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")


@lru_cache(maxsize=256)
def _kept(properties: bytes, own_colours: frozenset[str]) -> bytes:
    """An <rPr> made anew of what may stay of it; empty when nothing does."""
    if not properties:
        return b""
    made = etree.fromstring(f'<rPr xmlns="{MAIN}"/>')
    for element in etree.fromstring(properties):
        name, value = local_name(element), element.get("val")
        if made.find(main(name)) is not None:
            continue
        if name == "color":
            figures = _FIGURES.fullmatch(element.get("rgb", "").upper())
            if figures and figures[1] not in own_colours | {_BLACK}:
                etree.SubElement(made, main("color"), rgb=f"FF{figures[1]}")
        elif name in _KEPT and value is None and name in _MAY_BE_BARE:
            etree.SubElement(made, main(name))
        elif name in _KEPT and value is not None and _KEPT[name].fullmatch(value):
            etree.SubElement(made, main(name), val=value)
    return etree.tostring(made) if len(made) else b""
