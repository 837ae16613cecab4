"""The rows of the sheet Findings: what officers answered in them, and what becomes of them.

A row is known by the keys of its places. Rows are added at the end and never taken away, so that
officers may sort and filter them as they like.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sheetplan.checks.content import Challenge, Checking, Place
from sheetplan.model.finding_record import ANSWERED, GONE, OPEN, FindingRecord
from sheetplan.model.month import Month
from sheetplan.model.return_records import RegisterChanges
from sheetplan.model.wording import listed

_MOST_CELLS = 12  # of one sheet that a row names
_MOST_SHEETS = 12
_MOST_REFERENCES = 20


def answers_in(records: Iterable[FindingRecord]) -> dict[str, str]:
    """What officers answered, by the keys of the places; where two rows bear one, both answers."""
    given: dict[str, dict[str, None]] = {}
    for record in records:
        for key in record.keys if record.answer else ():
            given.setdefault(key, {})[record.answer] = None
    return {key: "; ".join(answers) for key, answers in given.items()}


def row_changes(
    records: Sequence[FindingRecord], checking: Checking, rules: Collection[str] = ()
) -> RegisterChanges:
    """What is to become of the rows after a check.

    Args:
        records: The rows as they are.
        checking: What was found, with the answers of these rows.
        rules: The codes of the rules that were told of; all when empty. The rows of the others
            stay as they are.
    """
    found = _Found(checking.challenges)
    kept = {key for record in records for key in record.keys}
    hosts = _hosts(records)
    grown: dict[int, list[str]] = {}
    added = []
    for challenge in checking.challenges:
        keys = [key for key in dict.fromkeys(challenge.keys) if key not in kept]
        if not keys:
            continue
        bearing = (hosts.get((challenge.code, key)) for key in challenge.keys)
        host = next((at for at in bearing if at is not None), None)
        if host is None:
            added.append(_new(challenge, keys, found, checking.month))
        else:
            grown.setdefault(host, []).extend(keys)
    updated = (
        _updated(record, grown.get(at, []), found, checking.month, rules)
        for at, record in enumerate(records)
    )
    changed = (new for old, new in zip(records, updated, strict=True) if new != old)
    return RegisterChanges(tuple(added), tuple(changed))


class _Found:
    """What was found, by the keys of the places."""

    def __init__(self, challenges: Iterable[Challenge]) -> None:
        self.challenges: dict[str, Challenge] = {}
        self._places: dict[str, list[Place]] = {}
        for challenge in challenges:
            for key, place in zip(challenge.keys, challenge.places, strict=True):
                self.challenges.setdefault(key, challenge)
                self._places.setdefault(key, []).append(place)

    def places_of(self, keys: Iterable[str]) -> list[Place]:
        """The places that have these keys."""
        return [place for key in keys for place in self._places[key]]


def _hosts(records: Sequence[FindingRecord]) -> dict[tuple[str, str], int]:
    """By rule and key: the row that nobody has answered, which more places may join."""
    hosts: dict[tuple[str, str], int] = {}
    for at, record in enumerate(records):
        for key in record.keys if not record.answer else ():
            hosts.setdefault((record.rule, key), at)
    return hosts


def _new(challenge: Challenge, keys: list[str], found: _Found, month: Month) -> FindingRecord:
    places = found.places_of(keys)
    return FindingRecord(
        severity=challenge.severity.value.capitalize(),
        finding=_sentence(challenge.message),
        where=_cells(places),
        reference=_references(places),
        answer="",
        state=OPEN,
        found_in=month,
        last_found=month,
        why=_on_a_line(challenge.why),
        rule=challenge.code,
        key=" ".join(keys),
    )


def _updated(
    record: FindingRecord,
    more: list[str],
    found: _Found,
    month: Month,
    rules: Collection[str],
) -> FindingRecord:
    """A row as it is after a check. What was answered keeps its keys, those of places that are
    mended among them."""
    keys = [*(key for key in record.keys if key in found.challenges), *more]
    if not keys:
        is_asked = bool(record.keys) and (not rules or record.rule in rules)
        is_newer = record.last_found is not None and record.last_found > month
        return replace(record, state=GONE) if is_asked and not is_newer else record
    challenge, places = found.challenges[keys[0]], found.places_of(keys)
    return replace(
        record,
        severity=challenge.severity.value.capitalize(),
        finding=_sentence(challenge.message),
        where=_cells(places),
        reference=_references(places),
        state=ANSWERED if record.answer else OPEN,
        last_found=max(month, record.last_found or month),
        why=_on_a_line(challenge.why),
        key=record.key if record.answer else " ".join(keys),
    )


def _cells(places: Iterable[Place]) -> str:
    """Where places are, a line for each sheet."""
    by_sheet: dict[str, dict[str, None]] = {}
    for place in places:
        by_sheet.setdefault(place.sheet, {})[place.cell] = None
    named = ((sheet, list(filter(None, cells))) for sheet, cells in by_sheet.items())
    lines = [f"{sheet}!{_commas(cells, _MOST_CELLS)}" if cells else sheet for sheet, cells in named]
    more = len(lines) - _MOST_SHEETS
    if more > 0:
        lines = [*lines[:_MOST_SHEETS], f"and on {more} more sheets"]
    return "\n".join(lines)


def _references(places: Iterable[Place]) -> str:
    named = (_on_a_line(place.reference) for place in places)
    return _commas(list(dict.fromkeys(filter(None, named))), _MOST_REFERENCES)


def _commas(words: list[str], most: int) -> str:
    return ", ".join(words) if len(words) <= most else listed(words, most)


def _sentence(text: str) -> str:
    text = _on_a_line(text)
    return text[:1].upper() + text[1:]


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
