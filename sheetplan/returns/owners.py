"""Owners: whom a cell of the tracker names, as far as the sheet Owners says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sheetplan.model.action import Action
from sheetplan.model.owner_return import Owner
from sheetplan.model.return_records import OwnerRecord
from sheetplan.model.wording import compact
from sheetplan.returns.owner_doubts import doubt_in

OwnerField = Literal["update_owner", "director_lead"]
OWNER_FIELDS: tuple[OwnerField, ...] = ("update_owner", "director_lead")
"""Where a row names its owner: in the first of these that names anybody."""

_NOBODY = frozenset(
    "na notapplicable none nil no nobody same samelead sameaslead aslead tba tbc tobeadvised "
    "tobeconfirmed tobeagreed tobedecided vacant vacantpost".split()
)


class OwnerCell(NamedTuple):
    """The cell that names a row's owner: its field, and its text with its line breaks."""

    field: OwnerField
    text: str


def owner_cell(action: Action, by: OwnerField = "update_owner") -> OwnerCell | None:
    """The cell that names the owner of a row; None where none does.

    "N/A", "TBC" and the like name nobody.

    Args:
        action: The row.
        by: The update owner or, where there is none, the director lead; or the director lead
            alone.
    """
    for field in OWNER_FIELDS if by == "update_owner" else (by,):
        value = action.fields.get(field, "")
        text = value.strip() if isinstance(value, str) else action.words(field)
        words = compact(text)
        if words and words not in _NOBODY:
            return OwnerCell(field, text)
    return None


class OwnerBook:
    """Who the owner cells of a tracker name. Names match whatever their spaces and capitals.

    Args:
        records: The rows of the sheet Owners; none where there is no such sheet.
    """

    def __init__(self, records: Sequence[OwnerRecord] = ()) -> None:
        self._records: dict[str, OwnerRecord] = {}
        for record in records:
            self._records.setdefault(compact(record.name), record)
        self._owners: dict[str, Owner] = {}

    def owners_of(self, text: str) -> tuple[Owner, ...]:
        """The owners whom a cell names, each once.

        A text that the sheet does not split names one owner. Where the sheet lacks the name, the
        owner is called as it was first spelt.
        """
        names = self._names_in(text, frozenset())
        return tuple({compact(name): self._owner(name) for name in names}.values())

    def doubt(self, text: str) -> str:
        """Why a cell may name more owners than it is taken for; empty where that is settled.

        What settles it is a row of the sheet Owners that says who it is: with an e-mail address,
        or split into others, or into the same name again for one owner. A row with the bare name,
        such as `prepare` makes of every cell, settles nothing.
        """
        for name in self._names_in(text, frozenset()):
            record = self._records.get(compact(name))
            if record is None or not (record.email or record.split_into):
                doubt = doubt_in(name)
                if doubt:
                    is_whole = compact(name) == compact(text)
                    return doubt if is_whole else f'of its piece "{name}", {doubt}'
        return ""

    def _names_in(self, text: str, above: frozenset[str]) -> Iterator[str]:
        """The names that a text is split into; `above` are those that it is itself a piece of.

        A piece that would be split into itself again is an owner.
        """
        name = compact(text)
        record = self._records.get(name)
        if record is None or not record.split_into or name in above:
            yield text
            return
        for piece in record.split_into:
            yield from self._names_in(piece, above | {name})

    def _owner(self, name: str) -> Owner:
        words = compact(name)
        if words not in self._owners:
            record = self._records.get(words)
            called = " ".join((record.name if record else name).split())
            self._owners[words] = Owner(called, record.email if record else "")
        return self._owners[words]
