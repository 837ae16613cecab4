"""Which row of a return is which action: by its reference or, where that is gone, its wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sheetplan.model.action import Action
from sheetplan.model.owner_return import INPUT_FIELDS, ReceivedCell, ReceivedRow, SentRow, digest
from sheetplan.model.wording import closest, listed
from sheetplan.returns.keys import keys_named

_MOST_GUESSED = 6  # references for which the nearest is looked for; the others are pasted junk


@dataclass(frozen=True)
class MatchedRow:
    """A row of a return, and the action that it is about.

    Attributes:
        row: The row.
        key: The action's key; empty where no action can be told.
        reason: Why none can be told, as a sentence.
        is_by_wording: Whether the reference was gone or altered, so that the wording told.
    """

    row: ReceivedRow
    key: str = ""
    reason: str = ""
    is_by_wording: bool = False

    @property
    def typed(self) -> str:
        """The reference as it came back."""
        return " ".join(self.row.text("reference").split())


@dataclass(frozen=True)
class _Row:
    """A row with what its reference and its wording say, each for itself."""

    row: ReceivedRow
    named: tuple[str, ...]
    alike: tuple[str, ...]

    @property
    def worded(self) -> str:
        """The only sent row that has its wording; empty where several have it, or none."""
        return self.alike[0] if len(self.alike) == 1 else ""


def match_rows(
    rows: Sequence[ReceivedRow], keyed: Mapping[str, Action], own: Mapping[str, SentRow]
) -> tuple[MatchedRow, ...]:
    """Find the action of every row, in the order of the rows.

    The reference tells, in whatever spelling. Where it is gone or names another action, the
    wording tells if it is that of exactly one sent row which no other row names. A row whose
    reference and wording name two sent rows, both of which are there, is about neither; nor is one
    whose reference is not that of any of several sent rows with its wording.

    Args:
        rows: The rows that came back.
        keyed: The tracker's actions by their keys.
        own: What was sent to this owner, by key.
    """
    return _Matching(keyed, own).match(rows)


class _Matching:
    def __init__(self, keyed: Mapping[str, Action], own: Mapping[str, SentRow]) -> None:
        self._keyed = keyed
        self._own = own
        self._by_wording: dict[str, list[str]] = defaultdict(list)
        for key, sent in own.items():
            if key in keyed:
                self._by_wording[sent.fields.get("action", "")].append(key)

    def match(self, rows: Sequence[ReceivedRow]) -> tuple[MatchedRow, ...]:
        read = [self._read(row) for row in rows]
        claimed = {row.named[0]: row.row.row for row in read if len(row.named) == 1}
        wanted: dict[str, list[_Row]] = defaultdict(list)
        for row in read:
            if row.worded and row.worded not in claimed:
                wanted[row.worded].append(row)
        matched = [self._matched(row, claimed, wanted[row.worded]) for row in read]
        return self._with_nearest(matched)

    def _read(self, row: ReceivedRow) -> _Row:
        wording = row.text("action")
        worded = digest(wording) if wording.strip() else ""
        named = keys_named(row.text("reference"), self._keyed)
        if len(named) > 1:
            named = self._told_apart(named, worded, digest(row.text("reference")))
        return _Row(row, named, tuple(self._by_wording.get(worded, ())) if worded else ())

    def _told_apart(self, named: tuple[str, ...], worded: str, typed: str) -> tuple[str, ...]:
        """Which of the rows that share a reference is meant; all of them where that is open."""

        def has_wording(key: str) -> bool:
            sent = self._own.get(key)
            if sent is not None and "action" in sent.fields:
                return sent.fields["action"] == worded
            return digest(str(self._keyed[key].fields.get("action", ""))) == worded

        def is_typed_alike(key: str) -> bool:
            return key in self._own and self._own[key].fields.get("reference") == typed

        tests: list[Callable[[str], bool]] = [has_wording, is_typed_alike]
        if worded:  # then its edited wording shows which row it was taken for
            tests.append(self._own.__contains__)
        for test in tests:
            found = tuple(filter(test, named))
            if len(found) == 1:
                return found
        return named

    def _matched(self, row: _Row, claimed: Mapping[str, int], rivals: list[_Row]) -> MatchedRow:
        key = row.named[0] if len(row.named) == 1 else ""
        if key and len(row.alike) > 1 and key not in row.alike:
            return MatchedRow(
                row.row,
                reason=f"Its reference is {key} and its wording that of {listed(row.alike)}, so it "
                "cannot be told which is meant.",
            )
        if not row.worded or row.worded == key:
            return self._by_reference(row, key)
        if row.worded not in claimed:
            if len(rivals) == 1 or not any(rival.named for rival in rivals):
                return MatchedRow(row.row, row.worded, is_by_wording=True)
            return MatchedRow(
                row.row,
                reason=f"Several rows have the wording of {row.worded} and another reference.",
            )
        if key or row.named:
            other = key or row.named[0]
            return MatchedRow(
                row.row,
                reason=f"Its reference is {other} and its wording that of {row.worded}, so it "
                "cannot be told which is meant.",
            )
        there = f"Its wording is that of {row.worded}, which stands in row {claimed[row.worded]}"
        return MatchedRow(row.row, reason=f"{there} as well, and it has no such reference.")

    def _by_reference(self, row: _Row, key: str) -> MatchedRow:
        if key:
            return MatchedRow(row.row, key)
        if row.named:
            return MatchedRow(
                row.row,
                reason=f"{len(row.named)} rows of the tracker have the reference {row.named[0]}, "
                "and its wording is that of none of them or of several.",
            )
        if row.alike:
            reason = f"It has no reference, and its wording is that of {listed(row.alike)}."
            return MatchedRow(row.row, reason=reason)
        return MatchedRow(row.row, reason="It has no reference, and no wording that was sent.")

    def _with_nearest(self, matched: list[MatchedRow]) -> tuple[MatchedRow, ...]:
        """The rows with what the tracker has instead of references that it does not have."""
        unknown = dict.fromkeys(
            row.typed
            for row in matched
            if not row.key and row.typed and not keys_named(row.typed, self._keyed)
            and has_answers(row.row)
        )  # fmt: skip
        reasons = {typed: _no_such(typed, self._keyed) for typed in islice(unknown, _MOST_GUESSED)}
        usual = "The tracker has no action with the reference that was typed."
        return tuple(
            replace(row, reason=reasons.get(row.typed, usual))
            if not row.key and row.typed in unknown
            else row
            for row in matched
        )


def is_typed(cell: ReceivedCell | None) -> bool:
    """Whether a cell holds anything but blanks."""
    return cell is not None and bool(cell.formula or cell.is_error or cell.text.strip())


def has_answers(row: ReceivedRow) -> bool:
    """Whether anything is typed in the columns that an owner fills in."""
    return any(is_typed(row.cells.get(name)) for name in INPUT_FIELDS)


def _no_such(typed: str, keys: Collection[str]) -> str:
    near = closest(typed, keys)
    nearest = f" The nearest is {near}." if near else ""
    return f'The tracker has no action "{typed}".{nearest}'
