"""Dates as a cell shows them: what a number format makes of a day."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

# Excel shows these as the computer is set (18.8.30); an officer's computer is set to British.
_AS_THE_COMPUTER_IS_SET = {
    "mm-dd-yy": "dd/mm/yyyy",
    "m/d/yy h:mm": "dd/mm/yyyy hh:mm",
    "[$-f800]dddd, mmmm dd, yyyy": "dd mmmm yyyy",
    "[$-x-sysdate]dddd, mmmm dd, yyyy": "dd mmmm yyyy",
    "[$-f400]h:mm:ss am/pm": "hh:mm:ss",
    "[$-x-systime]h:mm:ss am/pm": "hh:mm:ss",
}
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | [_*]. | \[[^\]]*\]
  | (?P<code>y+|m+|d+|h+|s+|am/pm|a/p) | (?P<sign>[^\s\w;]|\s)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def shown_date(moment: datetime, code: str) -> str:
    """A date as a cell of a number format shows it, in English.

    >>> shown_date(datetime(2023, 7, 1), "[$-809]mmm-yy")
    'Jul-23'
    """
    tokens = _tokens(code)
    has_noon = any(token == "am/pm" for token, _ in tokens)
    spelt = [_spelt(moment, token, has_noon) if token else text for token, text in tokens]
    return "".join(spelt).strip()


def shows_day_and_month(code: str) -> bool:
    """Whether a number format shows the day and the month and not the year, as d-mmm does."""
    codes = set(date_codes(code))
    return bool(codes & {"d", "dd"}) and bool(codes & _MONTH_CODES) and not codes & {"yy", "yyyy"}


def date_codes(code: str) -> list[str]:
    """What a number format shows of a date, in its order.

    >>> date_codes("dd/mm/yyyy hh:mm")
    ['dd', 'mm', 'yyyy', 'hh', 'minutes']
    """
    return [token for token, _ in _tokens(code) if token]


_MONTH_CODES = {"m", "mm", "mmm", "mmmm", "mmmmm"}


@lru_cache(maxsize=256)
def _tokens(code: str) -> tuple[tuple[str, str], ...]:
    """The pieces of a number format: what of the date to show, or a text that stands between."""
    bare = code.partition(";")[0].replace("\\", "").casefold()
    code = _AS_THE_COMPUTER_IS_SET.get(bare, code)
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(code) and code[at] != ";":
        match = _TOKEN.match(code, at)
        if match is None:
            at += 1
            continue
        text = match["quoted"] or match["escaped"] or match["sign"] or ""
        found.append((_usual(match["code"].casefold()) if match["code"] else "", text))
        at = match.end()
    times = [at for at, (token, _) in enumerate(found) if token]
    for before, here, after in zip([-1, *times], times, [*times[1:], -1], strict=False):
        beside_time = (before >= 0 and found[before][0] in ("h", "hh")) or (
            after >= 0 and found[after][0] in ("s", "ss")
        )
        if found[here][0] in ("m", "mm") and beside_time:
            found[here] = "minute" if found[here][0] == "m" else "minutes", ""
    return tuple(found)


def _usual(code: str) -> str:
    """The code that a longer or shorter spelling stands for."""
    if code[0] == "y":
        return "yy" if len(code) < 3 else "yyyy"
    if code[0] == "a":
        return "am/pm"
    return code[: {"d": 4, "m": 5, "h": 2, "s": 2}[code[0]]]


def _spelt(moment: datetime, token: str, has_noon: bool) -> str:
    hour = (moment.hour - 1) % 12 + 1 if has_noon else moment.hour
    month, day = _MONTHS[moment.month - 1], _DAYS[moment.weekday()]
    return {
        "yy": f"{moment.year % 100:02d}",
        "yyyy": f"{moment.year:04d}",
        "m": f"{moment.month}",
        "mm": f"{moment.month:02d}",
        "mmm": month[:3],
        "mmmm": month,
        "mmmmm": month[0],
        "d": f"{moment.day}",
        "dd": f"{moment.day:02d}",
        "ddd": day[:3],
        "dddd": day,
        "h": f"{hour}",
        "hh": f"{hour:02d}",
        "minute": f"{moment.minute}",
        "minutes": f"{moment.minute:02d}",
        "s": f"{moment.second}",
        "ss": f"{moment.second:02d}",
        "am/pm": "AM" if moment.hour < 12 else "PM",
    }[token]
