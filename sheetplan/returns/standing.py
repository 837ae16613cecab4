"""Where a month's returns stand: who has returned, who has not, and what is still blank.

Whether a row is blank is seen in the tracker itself, as it is now: an officer may have typed what
somebody said on the telephone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import owner_key
from sheetplan.model.return_records import ReturnRecord, ReturnRecords
from sheetplan.model.wording import shortened
from sheetplan.returns.content import AskedRow, Asking, OwnerRows
from sheetplan.returns.history import names_in
from sheetplan.settings.returns import ReturnSettings

_LONGEST_TITLE = 90  # characters of an action in a message
_Cell = tuple[str, str]  # the key of an action, and a field


@dataclass(frozen=True)
class BlankRow:
    """A row that an update is asked for, and that lacks its status or its update."""

    key: str
    title: str
    sheet: str
    cell: str
    has_status: bool
    has_update: bool


@dataclass(frozen=True)
class OwnerStanding:
    """Where the return of one owner stands.

    Attributes:
        owner: The owner's name.
        email: Where to write to; empty where nobody said.
        sent: When the return was sent; None where it has not been.
        due: When it is due.
        returned: When it came back; None where it has not.
        asked: How many rows were asked for.
        blank: Those of them that are still blank in the tracker.
        days_left: How many days there are to the deadline, fewer than 0 when it has passed; None
            where nothing is waited for.
        conflicts: How many cells of theirs are in conflict and nobody has settled.
    """

    owner: str
    email: str
    sent: date | None
    due: date | None
    returned: date | None
    asked: int
    blank: tuple[BlankRow, ...]
    days_left: int | None
    conflicts: int

    @property
    def is_chased(self) -> bool:
        """Whether something is missing that this owner was asked for."""
        return self.sent is not None and (self.returned is None or bool(self.blank))


@dataclass(frozen=True)
class ChaseMessage:
    """A message to an owner who has not answered, or not all of it."""

    owner: str
    email: str
    subject: str
    text: str


@dataclass(frozen=True)
class MonthStanding:
    """Where the returns of a month stand, owner by owner in the order of the tracker."""

    month: Month
    owners: tuple[OwnerStanding, ...]
    conflicts: int

    @property
    def sent(self) -> int:
        """How many owners have been sent a return."""
        return sum(owner.sent is not None for owner in self.owners)

    @property
    def returned(self) -> int:
        """How many returns have come back."""
        return sum(owner.returned is not None for owner in self.owners)

    @property
    def asked(self) -> int:
        """How many rows were asked for."""
        return sum(owner.asked for owner in self.owners)

    @property
    def blank(self) -> int:
        """How many of them are still blank."""
        return sum(len(owner.blank) for owner in self.owners)

    @property
    def chased(self) -> tuple[OwnerStanding, ...]:
        """The owners who owe something."""
        return tuple(owner for owner in self.owners if owner.is_chased)


def standing(records: ReturnRecords, asking: Asking, today: date) -> MonthStanding:
    """See where the returns of a month stand.

    Args:
        records: What the registers say.
        asking: Whom to ask for what, as the tracker is now.
        today: The day from which days are counted.
    """
    month = asking.month
    registered = {r.owner_key: r for r in records.returns if r.month == month}
    asked = {rows.owner.key: rows for rows in asking.owners}
    disputed: dict[str, set[_Cell]] = defaultdict(set)
    for row in records.conflicts:
        if row.month == month and row.is_open:
            for name in names_in(row.owners):
                disputed[owner_key(name)].add((row.key, row.field))
    owners = [
        _owner_standing(registered.get(key), asked.get(key), month, today, disputed[key])
        for key in dict.fromkeys([*asked, *registered])
    ]
    return MonthStanding(month, tuple(owners), len(set().union(*disputed.values())))


def conflicts_of_other_months(records: ReturnRecords, month: Month) -> Iterator[Finding]:
    """The cells of other months that are still in conflict, which nobody looks at any more."""
    sheet = records.sheets.get("conflicts", "Conflicts")
    cells: dict[Month, set[_Cell]] = defaultdict(set)
    for row in records.conflicts:
        if row.month != month and row.is_open:
            cells[row.month].add((row.key, row.field))
    for other, disputed in sorted(cells.items()):
        are = "1 cell is" if len(disputed) == 1 else f"{len(disputed)} cells are"
        yield Finding(
            "conflicts-of-other-month", Severity.WARNING, sheet, "", "",
            f"{are} still in conflict for {other}. Run status --month {other.iso} to see how to "
            "settle that.",
        )  # fmt: skip


def _owner_standing(
    record: ReturnRecord | None,
    rows: OwnerRows | None,
    month: Month,
    today: date,
    disputed: Collection[_Cell],
) -> OwnerStanding:
    """Where one owner stands, whom the register knows or the tracker names, or both."""
    asked = rows.asked if rows else ()
    blank = (_blank_row(row, month, disputed) for row in asked)
    due = record.due if record else None
    is_waited_for = record is not None and record.returned is None
    name = record.owner if record else rows.owner.name if rows else ""
    return OwnerStanding(
        owner=name,
        email=(rows.owner.email if rows else "") or (record.email if record else ""),
        sent=record.sent if record else None,
        due=due,
        returned=record.returned if record else None,
        asked=record.asked if record else len(asked),
        blank=tuple(row for row in blank if row is not None),
        days_left=(due - today).days if due and is_waited_for else None,
        conflicts=len(disputed),
    )


def _blank_row(row: AskedRow, month: Month, disputed: Collection[_Cell]) -> BlankRow | None:
    """What a row lacks; None for nothing. What its owner answered and others dispute is there."""
    action = row.action
    has_status = bool(action.status(month)) or (row.key, "status") in disputed
    has_update = bool(action.update(month)) or (row.key, "update") in disputed
    if has_status and has_update:
        return None
    cell = action.cell("update" if has_status else "status", month)
    return BlankRow(row.key, action.title, action.sheet, cell, has_status, has_update)


# ---------------------------------------------------------------- the chase list


def chase_messages(standing: MonthStanding, settings: ReturnSettings) -> tuple[ChaseMessage, ...]:
    """A message to each owner who has not returned, or returned with blanks: ready to paste."""
    return tuple(
        ChaseMessage(
            owner.owner,
            owner.email,
            settings.say("chase_subject", month=standing.month),
            _chase_text(owner, standing.month, settings),
        )
        for owner in standing.chased
    )


def _chase_text(owner: OwnerStanding, month: Month, settings: ReturnSettings) -> str:
    count = len(owner.blank)
    head = settings.say("chase_one_row" if count == 1 else "chase_rows", count=count)
    rows = [head, *(_row_line(row, settings) for row in owner.blank)] if count else []
    return_to = settings.return_to or settings.say("chase_no_return_to")
    paragraphs = (
        settings.say("chase_greeting", owner=owner.owner),
        _opening(owner, month, settings),
        "\n".join(filter(None, rows)),
        settings.say("chase_close", return_to=return_to),
    )
    return "\n\n".join(filter(None, paragraphs))


def _opening(owner: OwnerStanding, month: Month, settings: ReturnSettings) -> str:
    if owner.returned is not None:
        return settings.say("chase_with_blanks", month=month, returned=_day_words(owner.returned))
    if owner.due is None or owner.days_left is None:
        return settings.say("chase_not_returned", month=month)
    phrase = "chase_due" if owner.days_left >= 0 else "chase_late"
    return settings.say(phrase, month=month, due=_day_words(owner.due))


def _row_line(row: BlankRow, settings: ReturnSettings) -> str:
    lacks = (row.has_status, row.has_update)
    phrase = {(True, False): "chase_no_update", (False, True): "chase_no_status"}.get(
        lacks, "chase_neither"
    )
    action = shortened(row.title, _LONGEST_TITLE)
    return settings.say("chase_row", reference=row.key, action=action, missing=settings.say(phrase))


def _day_words(day: date) -> str:
    """A day as messages say it: "31 July 2023"."""
    return f"{day.day} {Month.of(day)}"
