"""Doubts about a line that may be several milestones run together.

Copying between programs drops line breaks; what is left reads "Design approved Pilot complete".
"""

from __future__ import annotations

import re

_CLAUSE_DASH = re.compile(r"\s[-–—]\s|\w[-–—]\s")
_COMMA = re.compile(r",\s+(?=[A-Z])")
_CAPITALISED = re.compile(r"[\"'‘“(]?[A-Z][a-z]+")
_FINISHED = frozenset(
    "adopted agreed approved awarded begins begun commenced commences complete completed concludes "
    "delivered developed embedded established implemented launched published refreshed reviewed "
    "signed".split()
)
_JOINS = frozenset(
    "a all an and any as at between by de draft during first for from further in into its level "
    "new of on or our per phase stage than the their this to towards under until via wide with "
    "within year".split()
)


def doubt_in(line: str) -> str:
    """Why a line may be several milestones; empty where nothing speaks for it."""
    if ";" in line:
        return "a semicolon may divide it"
    if _CLAUSE_DASH.search(line):
        return "a dash may divide it"
    commas = [(line[: comma.start()], line[comma.end() :]) for comma in _COMMA.finditer(line)]
    if any(len(before.split()) > 2 and len(after.split()) > 2 for before, after in commas):
        return "a comma may divide it"
    words = line.split()
    if words and len(words[0]) > 3 and words[0][0].isupper() and words[0] in words[2:]:
        return f'"{words[0]}" stands in it twice, as if a milestone began there again'
    if finished := _finished_in_the_middle(words):
        return f'"{finished}" stands in its middle, as if a milestone ended there'
    if begins := _capital_in_the_middle(words):
        return f'"{begins}" stands in its middle, as if a milestone began there'
    return ""


def _finished_in_the_middle(words: list[str]) -> str:
    """The end of a milestone, where a capital or a figure follows it: "approved", "in place"."""
    for at in range(1, len(words) - 1):
        if words[at + 1][0].isupper() or words[at + 1][0].isdigit():
            if words[at].casefold() in _FINISHED and words[at - 1] not in _JOINS:
                return words[at]
            if [word.casefold() for word in words[at - 1 : at + 1]] == ["in", "place"]:
                return f"{words[at - 1]} {words[at]}"
    return ""


def _capital_in_the_middle(words: list[str]) -> str:
    """A capital that follows a word in small letters which does not lead on to it."""
    for at in range(2, len(words) - 2):
        before = words[at - 1]
        leads_on = before in _JOINS or before.endswith("ed") or not before.isalpha()
        if before.islower() and not leads_on and _CAPITALISED.fullmatch(words[at]):
            return words[at]
    return ""
