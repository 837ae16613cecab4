"""Trackers and returns as text tables, and a council that collects in memory. No workbook opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sheetplan.model import Action, Month, MonthEntry, Reference, Theme, Tracker
from sheetplan.model.action import Columns
from sheetplan.model.owner_return import (
    NEW_ACTION_FIELDS,
    RETURN_FIELDS,
    ReceivedCell,
    ReceivedReturn,
    ReceivedRow,
    ReturnIdentity,
    SentRow,
    digest,
    owner_key,
    settled,
)
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.return_records import (
    ConflictRecord,
    LogRecord,
    OwnerRecord,
    RequestRecord,
    ReturnRecord,
    ReturnRecords,
    ReturnRegisterRecord,
)
from sheetplan.model.support import Standing
from sheetplan.returns.asking import ask
from sheetplan.returns.content import Asking, Merging, Outcome
from sheetplan.returns.keys import keyed
from sheetplan.returns.merging import merge
from sheetplan.returns.resolving import resolve
from sheetplan.settings import load_profile

STANDARD = load_profile("standard")
JUNE, JULY = Month(2026, 6), Month(2026, 7)
NOW = datetime(2026, 8, 7, 9, 30)
FIRST_ROW = 12
LETTERS = dict(zip(RETURN_FIELDS, "ABCDEFGHIJ", strict=True))
_MONTHLY = {"status": "", "update": ""}


def tracker(text: str) -> Tracker:
    """A tracker from a line for each action.

    reference | owner | due | June's "status: update" | July's | start date

    The sheet Owners says that "Ann + Bob" are two.
    """
    rows = [line.strip() for line in text.strip().splitlines()]
    actions = tuple(_action(line, row) for row, line in enumerate(rows, start=5))
    return Tracker((Theme("Theme 1", "Plan", actions),), (JUNE, JULY))


def _action(line: str, row: int) -> Action:
    typed, owner, due, *rest = [cell.strip() for cell in line.split("|")]
    june, july, start = (*rest, "", "", "")[:3]
    entries = {}
    for month, said in ((JUNE, june), (JULY, july)):
        status, _, update = (piece.strip() for piece in said.partition(":"))
        entries[month] = MonthEntry(month, status, update)
    dates = {"due_date": due, "start_date": start}
    fields = {"action": f"Do {typed}", "update_owner": owner, **dates}
    return Action(
        typed,
        Reference.parse(typed),
        "Plan",
        row,
        {name: value for name, value in fields.items() if value},
        entries,
        {name: PlanDate.read(value, STANDARD.dates) for name, value in dates.items() if value},
        Columns(
            {"reference": "A", "action": "B", "due_date": "C", "start_date": "D"},
            {JUNE: {"status": "E", "update": "F"}, JULY: {"status": "G", "update": "H"}},
        ),
    )


def asking_of(plan: Tracker) -> Asking:
    """Whom the tracker asks for what."""
    cells = dict.fromkeys(action.words("update_owner") for action in plan.actions)
    owners = [
        OwnerRecord(cell, tuple(name.strip() for name in cell.split("+")))
        for cell in cells
        if "+" in cell
    ]
    return ask(plan, JULY, STANDARD, owners, all_rows=True)


def returned(
    plan: Tracker,
    owner: str,
    typed: Mapping[str, Mapping[str, str | ReceivedCell]] | None = None,
    *,
    file: str = "",
    new_actions: Sequence[Mapping[str, str]] = (),
) -> ReceivedReturn:
    """The return of an owner, sent when the tracker said this, with what was typed in its rows."""
    (own,) = [rows for rows in asking_of(plan).owners if rows.owner.name == owner]
    sent = {
        row.key: SentRow(row.key, row.is_asked, {f: digest(t) for f, t in row.texts.items()})
        for row in own.rows
    }
    rows = [{**row.texts, **(typed or {}).get(row.key, {})} for row in own.rows]
    return ReceivedReturn(
        file=file or f"{owner}.xlsx",
        content=f"{owner} {file}",
        identity=ReturnIdentity("0123abcd", JULY, owner_key(owner)),
        owner_name=owner,
        sheet="Update",
        columns=LETTERS,
        sent=sent,
        rows=tuple(received_row(row, at) for at, row in enumerate(rows, start=FIRST_ROW)),
        new_actions=tuple(_new_action(row, at) for at, row in enumerate(new_actions, start=4)),
        new_actions_sheet="New actions",
    )


def received_row(texts: Mapping[str, str | ReceivedCell], row: int) -> ReceivedRow:
    """A row of a return; blank cells are left out."""
    return ReceivedRow(
        row, {f: received_cell(t, f"{LETTERS[f]}{row}") for f, t in texts.items() if t != ""}
    )


def _new_action(texts: Mapping[str, str], row: int) -> ReceivedRow:
    letters = dict(zip(NEW_ACTION_FIELDS, "ABCDEFG", strict=True))
    return ReceivedRow(
        row, {f: received_cell(t, f"{letters[f]}{row}") for f, t in texts.items() if t}
    )


def received_cell(text: str | ReceivedCell, name: str) -> ReceivedCell:
    """A cell with that text at that place."""
    if isinstance(text, ReceivedCell):
        return text._replace(cell=name)
    return ReceivedCell(name, text)


def with_rows(
    item: ReceivedReturn, rows: Sequence[Mapping[str, str | ReceivedCell]]
) -> ReceivedReturn:
    """The return with other rows."""
    return replace(
        item, rows=tuple(received_row(row, at) for at, row in enumerate(rows, start=FIRST_ROW))
    )


def texts_of(item: ReceivedReturn) -> list[dict[str, str | ReceivedCell]]:
    """The rows of a return, to be changed and put back."""
    return [{field: cell.text for field, cell in row.cells.items()} for row in item.rows]


@dataclass
class Council:
    """A tracker with its registers; collecting changes both, as saving the workbook would."""

    plan: Tracker
    records: ReturnRecords = field(default_factory=ReturnRecords)

    def collect(
        self, *items: ReceivedReturn, trust_owners: bool = False, now: datetime = NOW
    ) -> Merging:
        """Merge some returns, and carry it out."""
        merging = self.dry_run(*items, trust_owners=trust_owners, now=now)
        self._carry_out(merging)
        return merging

    def dry_run(
        self, *items: ReceivedReturn, trust_owners: bool = False, now: datetime = NOW
    ) -> Merging:
        """Merge some returns, and change nothing."""
        return merge(
            items, self.plan, JULY, STANDARD, self.records, asking_of(self.plan),
            trust_owners=trust_owners, now=now,
        )  # fmt: skip

    def resolve(self, *, now: datetime = NOW) -> Merging:
        """Carry out the choices on Conflicts."""
        merging = resolve(self.plan, JULY, self.records, STANDARD, now)
        self._carry_out(merging)
        return merging

    def choose(self, **choices: str) -> None:
        """Choose on Conflicts: the answer, and the words that are chosen for it."""
        self.records = replace(
            self.records,
            conflicts=tuple(
                replace(row, choice=choices.get(row.answer or "blank", row.choice))
                for row in self.records.conflicts
            ),
        )

    def type(self, key: str, field: str, text: str) -> None:
        """An officer types into the tracker."""
        self._put({(id(keyed(self.plan)[key]), field): text})

    def says(self, key: str, field: str) -> str:
        """What the tracker says in July."""
        action = keyed(self.plan)[key]
        return action.status(JULY) if field == "status" else action.update(JULY)

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """All that the tracker says in July."""
        return {
            (key, field): settled(self.says(key, field))
            for key in keyed(self.plan)
            for field in _MONTHLY
        }

    @property
    def open_conflicts(self) -> list[tuple[str, ...]]:
        """The conflicts that are open: reference, field, what is kept, the answer, its owners."""
        return sorted(
            (row.key, row.field, row.kept, settled(row.answer), row.owners)
            for row in self.records.conflicts
            if row.is_open
        )

    @property
    def requests(self) -> list[tuple[str, ...]]:
        """What is asked for: reference, field, before, after, reason, owner."""
        return sorted(
            (r.key, r.field, r.before, r.after, r.reason, r.owner) for r in self.records.requests
        )

    @property
    def logged(self) -> list[tuple[str, ...]]:
        """The update log: what, owner, reference, field, before, after."""
        return [(r.what, r.owner, r.key, r.field, r.before, r.after) for r in self.records.log]

    def record(self, owner: str) -> ReturnRecord:
        """An owner's row of Returns."""
        (found,) = [record for record in self.records.returns if record.owner == owner]
        return found

    # ------------------------------------------------------------ carrying it out

    def _carry_out(self, merging: Merging) -> None:
        for write in merging.writes:
            action = write.action
            said = action.status(JULY) if write.field == "status" else action.update(JULY)
            assert write.before == said
            assert settled(write.after) != settled(write.before)
        self._put({(id(w.action), w.field): w.after for w in merging.writes})
        self._register(merging)

    def _put(self, texts: Mapping[tuple[int, str], str]) -> None:
        (theme,) = self.plan.themes
        actions = []
        for action in theme.actions:
            new = {f: texts[id(action), f] for f in _MONTHLY if (id(action), f) in texts}
            entry = action.entries[JULY]._replace(**new)
            actions.append(replace(action, entries={**action.entries, JULY: entry}))
        self.plan = replace(self.plan, themes=(replace(theme, actions=tuple(actions)),))

    def _register(self, merging: Merging) -> None:
        changed = {_place(record): record for record in merging.changes.changed}
        assert len(changed) == len(merging.changes.changed)
        registers = {}
        kinds = {
            "returns": ReturnRecord, "conflicts": ConflictRecord,
            "requests": RequestRecord, "log": LogRecord,
        }  # fmt: skip
        for name, kind in kinds.items():
            rows = [changed.pop(_place(r), r) for r in getattr(self.records, name)]
            for record in merging.changes.added:
                if isinstance(record, kind):
                    rows.append(replace(record, standing=Standing(name, 4 + len(rows))))
            registers[name] = tuple(rows)
        assert not changed
        self.records = replace(self.records, **registers)


def _place(record: ReturnRegisterRecord) -> tuple[str, int]:
    assert record.standing is not None
    return record.standing.sheet, record.standing.row


def outcomes(merging: Merging) -> dict[str, Outcome]:
    """What became of each answer, by its cell; of one return only."""
    found = {answer.cell: answer.outcome for answer in merging.answers}
    assert len(found) == len(merging.answers)
    return found


def codes(merging: Merging) -> list[str]:
    """The codes of the findings."""
    return [finding.code for finding in merging.findings]


def answers_of(merging: Merging, owner: str) -> list[tuple[str, str]]:
    """What became of an owner's answers: the outcome and the reason."""
    return [(a.outcome.value, a.reason) for a in merging.answers if a.owner == owner]


PLAN = tracker(
    """
    OC.A1.1 | Ann       | Jul-26       | On track: June  |                | Sep-26
    OC.A1.2 | Ann + Bob | 31 July 2026 | On hold: June   |
    OC.A1.3 | Bob       |              |                 | On track: seen
    OC.A1.4 | Ann       |              | Closed          |
    """
)
FIRST, SHARED, FILLED, CLOSED = "OC.A1.1", "OC.A1.2", "OC.A1.3", "OC.A1.4"
"""A small tracker, and the keys of its rows: of Ann alone, of two owners, filled in already, and
not asked for."""

FORMULA = ReceivedCell("", "7", formula="3+4")


def council() -> Council:
    """One that has the small tracker, and has collected nothing."""
    return Council(PLAN)
