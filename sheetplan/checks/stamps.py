"""Stamps: the initials and the date by which an officer signs an update, "(JS 12/06/26)"."""

from __future__ import annotations

import re

from sheetplan.checks.phrases import expression

_INITIALS = r"(?:(?:[A-Z]\.\s)?[A-Z]{2,4}\b|[A-Z](?:[. ]{1,2}[A-Z]\b){1,2})\.?"
_NAME = r"(?:[A-Z][a-z]*\.?\s){1,2}[A-Z][a-z]+"
_WHO = rf"(?:{_INITIALS}|{_NAME})(?:\s?[/,&]\s?(?:{_INITIALS}|{_NAME}))*"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DATE = (
    r"(?:[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}(?:\s?[./-]\s?(?:20)?[0-9]{2})?"
    rf"|20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}|(?:{_DAY}\s)?(?i:{expression('<month>')}))"
)
_SIGN = r"[\s:,;.–—-]{0,4}"
_SIGNED = rf"(?:{_WHO}{_SIGN}{_DATE}|{_DATE}{_SIGN}{_WHO})(?![\w/])"
_INITIALLED = _SIGNED.replace(_NAME, _INITIALS)
_OPEN, _CLOSE = r"[(\[{*\s]{0,4}", r"[)\]}*\s.]{0,4}"
# At the end initials may stand alone, in brackets: "(JS)". Not after a word that leads to a date:
# "to be presented at LT 12/06/26".
_NOT_A_MEETING = r"(?<!\bat )(?<!\bto )(?<!\bby )(?<!\bof )(?<!\bfor )(?<!\bthe )"
# At the beginning "Waste Board 12/06/26" may be a meeting: a name has a colon or a dash behind it.
_BEGINS = re.compile(rf"{_OPEN}(?:{_INITIALLED}{_CLOSE}[:–—-]?|{_SIGNED}{_CLOSE}[:–—-])\s*")
_LAST = re.compile(
    rf"{_OPEN}(?<![^\W_]){_NOT_A_MEETING}(?:{_SIGNED}|(?<=[(\[{{]){_WHO}(?=\s*[)\]}}])){_CLOSE}$"
)
_REACH = 48  # characters; a stamp is short


def has_stamp(text: str) -> bool:
    """Whether a text begins or ends with somebody's initials, or name, and a date."""
    match = _BEGINS.match(text) or _last(text)
    return match is not None and any(letter.isdigit() for letter in match[0])


def without_stamp(text: str) -> str:
    """A text without the initials and the date that it begins or ends with."""
    begins = _BEGINS.match(text)
    text = text[begins.end() :] if begins else text
    last = _last(text)
    return (text[: last.start()] if last else text).strip()


def _last(text: str) -> re.Match[str] | None:
    text = text.rstrip()
    start = max(0, len(text) - _REACH)
    return _LAST.search(text, start)
