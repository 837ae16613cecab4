"""The keys by which returns name the actions of a tracker, whatever its references look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from sheetplan.model.action import Action, Tracker
from sheetplan.model.reference import Reference

_NUMBERED = re.compile(r"(?P<reference>.+?)\s*\(\s*(?P<number>[0-9]{1,6})\s*\)\s*")
_LEAD = re.compile(r"[A-Za-z]|-[0-9]+")  # what a lead adds to the reference of its row


def keyed(tracker: Tracker) -> dict[str, Action]:
    """Every action by its key, in the order of the tracker.

    A key is the reference in its tidy spelling. Where rows repeat a reference, the second of them
    has " (2)" behind it, and so on: "OC.A2.1 (2)".
    """
    found: dict[str, Action] = {}
    rows: dict[str, Iterator[int]] = {}
    for action in tracker.actions:
        stem = _stem(action.reference_text, action.reference)
        key = _numbered(stem, next(rows.setdefault(stem, count(1))))
        found[key] = action
    return found


def keys_named(text: str, keyed: Mapping[str, Action]) -> tuple[str, ...]:
    """The keys that a typed reference names, however badly it is typed.

    A reference that several rows have names all of them, and one with a number behind it, such as
    "OCA2.1 (2)", names one row. None is named by what is no reference, or not in the tracker.

    Args:
        text: What was typed.
        keyed: The actions by their keys.
    """
    # As most are typed: a key is its own tidy spelling.
    stem = text if text in keyed else _stem(text, Reference.parse(text))
    if stem in keyed:
        return tuple(_keys_of(stem, keyed))
    numbered = _NUMBERED.fullmatch(text.strip())
    if numbered is None:
        return ()
    head = numbered["reference"]
    key = _numbered(_stem(head, Reference.parse(head)), int(numbered["number"]))
    return (key,) if key in keyed else ()


def keys_of_leads(text: str, keyed: Mapping[str, Action]) -> tuple[str, ...]:
    """The keys of a row's leads, where a typed reference is the row's own: of 2.2a and 2.2b, which
    stand in one row, for 2.2. Empty for any other."""
    stem = _stem(text, Reference.parse(text))
    leads = [k for k in keyed if k.startswith(stem) and _LEAD.fullmatch(k, len(stem))]
    rows = {(keyed[key].sheet, keyed[key].row) for key in leads}
    return tuple(leads) if len(leads) > 1 and len(rows) == 1 else ()


def number_behind(key: str) -> str:
    """What a key has behind its reference: " (2)", or nothing for the first row of one."""
    numbered = _NUMBERED.fullmatch(key)
    return f" ({numbered['number']})" if numbered else ""


def _keys_of(stem: str, keyed: Mapping[str, Action]) -> Iterator[str]:
    for number in count(1):
        key = _numbered(stem, number)
        if key not in keyed:
            return
        yield key


def _stem(typed: str, reference: Reference | None) -> str:
    return reference.canonical if reference is not None else " ".join(typed.split())


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem} ({number})"
