"""Numbers as a cell shows them: what a number format makes of one, and durations."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

_PIECE = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | (?P<blank>_.) | \*.
  | \[\$(?P<currency>[^\]-]*)[^\]]*\]
  | \[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*[0-9]+)\]
  | \[(?P<total>h+|m+|s+)\] | (?P<clock>h+|m+|s+)
  | (?P<digits>general|[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)
  | (?P<end>;) | (?P<sign>[-+£$€%\s:().,/<>=&'!^~{}])
  | (?P<odd>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_MOST_DIGITS = 20  # of a number that is written out; others have an exponent


def plain_number(number: float) -> str:
    """A number as a person would type it, to the fifteen figures that Excel keeps.

    >>> plain_number(0.1 + 0.2)
    '0.3'
    """
    text = f"{number:.15g}"
    if not math.isfinite(number) or abs(Decimal(text).adjusted()) > _MOST_DIGITS:
        return text
    return f"{Decimal(text):f}"


def shown_number(number: float, code: str) -> str:
    """A number as a cell of a number format shows it.

    A format that shows nothing, or that is more than figures and the words around them (fractions,
    exponents, conditions), leaves the number as a person would type it.

    >>> shown_number(1200, '"£"#,##0')
    '£1,200'
    """
    sections = _sections(code)
    place = 1 if number < 0 else 2 if number == 0 else 0
    section = sections[place if place < len(sections) else 0]
    if not math.isfinite(number) or section is None:
        return plain_number(number)
    figures = section.spelt(abs(number))
    is_below = number < 0 and len(sections) == 1 and figures.strip("0.,")
    words = f"{'-' if is_below else ''}{section.before}{figures}{section.after}"
    return " ".join(words.split()) or plain_number(number)


def shows_duration(code: str) -> bool:
    """Whether a number format shows hours, minutes or seconds that are not those of a day."""
    return any(match["total"] for match in _PIECE.finditer(code))


def shown_duration(days: float, code: str) -> str:
    """A number of days as a cell of such a format shows it.

    >>> shown_duration(1.09375, "[h]:mm")
    '26:15'
    """
    seconds = round(abs(days) * 24 * 3600)
    words = "-" if days < 0 and seconds else ""
    for match in _PIECE.finditer(code):
        if match["end"]:
            break
        unit = match["total"] or match["clock"]
        if unit:
            count = seconds // _SECONDS[unit[0].lower()]
            if match["clock"] and unit[0] in "mMsS":
                count %= 60
            words += str(count).zfill(len(unit))
        elif not (match["digits"] or match["odd"]):
            words += _text_of(match)
    return " ".join(words.split()).rstrip(".")  # fractions of seconds are left out


class _Section(NamedTuple):
    """One section of a number format: its figures, and the words before and after them."""

    before: str
    digits: str
    after: str
    scale: int

    def spelt(self, number: float) -> str:
        """The figures of a number."""
        if not self.digits:
            return ""
        scaled = Decimal(f"{number:.15g}").scaleb(self.scale)
        if self.digits.lower() == "general":
            return plain_number(float(scaled))
        whole, _, fraction = self.digits.partition(".")
        grouping = "," if "," in whole else ""
        with localcontext(rounding=ROUND_HALF_UP):
            text = f"{scaled:{grouping}.{len(fraction)}f}"
        ones, point, rest = text.partition(".")
        while rest and rest[-1] == "0" and fraction[len(rest) - 1] != "0":
            rest = rest[:-1]
        ones = ones.zfill(whole.count("0")) if "0" in whole or ones != "0" else ""
        return ones + point + rest if rest else ones


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section | None, ...]:
    """The sections of a number format; None for one that is more than figures and words."""
    found: list[list[re.Match[str]]] = [[]]
    for match in _PIECE.finditer(code):
        if match["end"]:
            found.append([])
        else:
            found[-1].append(match)
    return tuple(map(_section, found[:3]))


def _section(pieces: list[re.Match[str]]) -> _Section | None:
    digits = [place for place, match in enumerate(pieces) if match["digits"]]
    if len(digits) > 1 or any(m["odd"] or m["clock"] or m["total"] for m in pieces):
        return None
    place = digits[0] if digits else len(pieces)
    stated = pieces[place][0] if digits else ""
    pattern = stated.rstrip(",")  # each comma there stands for "in thousands"
    scale = 2 * sum(m["sign"] == "%" for m in pieces) - 3 * (len(stated) - len(pattern))
    before, after = ("".join(map(_text_of, p)) for p in (pieces[:place], pieces[place + 1 :]))
    return _Section(before, pattern, after, scale)


def _text_of(match: re.Match[str]) -> str:
    """The words that a piece stands for, if it is no figure."""
    if match["blank"]:
        return " "
    return match["quoted"] or match["escaped"] or match["currency"] or match["sign"] or ""
