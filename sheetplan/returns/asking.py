"""Asking for a month's updates: which owner is asked for which rows, and what each row shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sheetplan.model.action import Action, Theme, Tracker
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.owner_return import RETURN_FIELDS, Owner
from sheetplan.model.reference import Reference
from sheetplan.model.return_records import OwnerRecord
from sheetplan.model.wording import compact, shortened
from sheetplan.returns.content import AskedRow, Asking, OwnerRows
from sheetplan.returns.keys import keyed, number_behind
from sheetplan.returns.owners import OWNER_FIELDS, OwnerBook, OwnerCell, OwnerField, owner_cell
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind

_LONGEST_SHOWN = 100


def ask(
    tracker: Tracker,
    month: Month,
    settings: Settings,
    owners: Sequence[OwnerRecord],
    *,
    by: OwnerField = "update_owner",
    all_rows: bool = False,
    statuses_before: Mapping[str, str] | None = None,
) -> Asking:
    """Find out whom to ask for what in a month. An owner of nothing that is asked gets no return.

    A row is asked of each owner whom its cell names. It is not asked where its status says that
    nothing is to be reported, nor where it is a main action with sub-actions.

    Args:
        tracker: The tracker.
        month: The month to be updated.
        settings: How the council words statuses, and for which no update is asked.
        owners: The rows of the sheet Owners.
        by: Whom to ask: the update owner or, where there is none, the director lead; or the
            director lead alone.
        all_rows: Whether an owner's other rows are shown as well.
        statuses_before: What the month's statuses were, by the keys of the rows, where answers
            have been merged since: a row is asked for that an answer has closed.
    """
    before = statuses_before or {}
    return _Asking(tracker, month, settings, OwnerBook(owners), by, before).asking(all_rows)


def sent_texts(
    action: Action, key: str, month: Month, last_month: Month | None
) -> Mapping[str, str]:
    """What a return shows of a row, by the names of RETURN_FIELDS.

    The reference stands as typed, with a number behind it where its key has one. Status and update
    are what the tracker says already, which is nothing in most rows; a status that nobody typed,
    but that follows from something else, is not shown.
    """
    due = action.due
    return {
        "reference": action.reference_text + number_behind(key),
        "workstream": _workstream(action, month),
        "action": _text(action, "action"),
        "due_date": due.text if due is not None else action.words("due_date"),
        "last_status": action.status(last_month) if last_month else "",
        "last_update": action.update(last_month) if last_month else "",
        "status": action.typed_status(month),
        "update": action.update(month),
        "date_change": "",
        "date_change_reason": "",
    }


class _SentTexts(Mapping[str, str]):
    """The same, read when it is first asked for: whoever collects returns seldom asks."""

    def __init__(self, action: Action, key: str, month: Month, last_month: Month | None) -> None:
        self._row = action, key, month, last_month

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return sent_texts(*self._row)

    def __getitem__(self, name: str) -> str:
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(RETURN_FIELDS)

    def __len__(self) -> int:
        return len(RETURN_FIELDS)


def _workstream(action: Action, month: Month) -> str:
    """The workstream. In a plan without month columns, where one cell holds what all leads of a
    row say, it is the lead: nothing else tells the actions of a row apart."""
    has_one_cell = action.cell("status", month) == action.cell("update", month) != ""
    lead = action.words("director_lead") if has_one_cell else ""
    return action.words("workstream") or lead


def _text(action: Action, name: str) -> str:
    """What a field says, with its line breaks."""
    value = action.fields.get(name, "")
    return value.strip() if isinstance(value, str) else action.words(name)


@dataclass
class _Asking:
    """One month's asking."""

    tracker: Tracker
    month: Month
    settings: Settings
    book: OwnerBook
    by: OwnerField
    statuses_before: Mapping[str, str]

    def __post_init__(self) -> None:
        self.findings: list[Finding] = []
        self.last_month = max((m for m in self.tracker.months if m < self.month), default=None)
        self._keys = {id(action): key for key, action in keyed(self.tracker).items()}
        self._mains = {
            action.reference.main_action for action in self.tracker.actions if action.reference
        }
        self._seen: dict[Reference, Action] = {}
        self._cells: dict[str, list[tuple[Action, OwnerCell]]] = {}

    def asking(self, all_rows: bool) -> Asking:
        """Whom to ask for what."""
        rows: dict[Owner, list[AskedRow]] = {}
        for theme in self.tracker.themes:
            for action, cell, is_asked in self._rows_of(theme):
                owners = self.book.owners_of(cell.text)
                for owner in owners:
                    rows.setdefault(owner, [])
                if is_asked:
                    self._cells.setdefault(compact(cell.text), []).append((action, cell))
                if is_asked or all_rows:
                    row = self._row(action, theme, is_asked)
                    for owner in owners:
                        rows[owner].append(row)
        found = (OwnerRows(owner, tuple(own)) for owner, own in rows.items())
        self.findings += self._doubts()
        return Asking(
            self.month,
            self.last_month,
            tuple(owner_rows for owner_rows in found if owner_rows.asked),
            tuple(self.findings),
        )

    def _row(self, action: Action, theme: Theme, is_asked: bool) -> AskedRow:
        key = self._keys[id(action)]
        texts = _SentTexts(action, key, self.month, self.last_month)
        return AskedRow(key, action, theme.title, texts, is_asked)

    def _rows_of(self, theme: Theme) -> Iterator[tuple[Action, OwnerCell, bool]]:
        """The rows of a theme that name an owner, and whether each is asked for; none where it
        lacks the month."""
        actions = theme.actions
        if actions and not any(self.month in action.entries for action in actions):
            self.findings.append(_about(
                theme, "month-missing",
                f"this sheet has no columns for {self.month}, so nobody is asked for its rows. "
                "Open the month here as well, or correct the headings.",
            ))  # fmt: skip
            return
        has_owners = any(_has_column(actions, field) for field in self._fields)
        if actions and not has_owners:
            self.findings.append(_about(
                theme, "owner-column-missing",
                f"this sheet has no column for {self._who}, so nobody is asked for its rows. If "
                "the column is called something else, add its heading under [fields] in "
                "sheetplan.toml.",
            ))  # fmt: skip
        for action in actions:
            self._find_repeated(action)
            cell, is_asked = owner_cell(action, self.by), self._is_asked(action)
            if cell is not None:
                yield action, cell, is_asked
            elif is_asked and has_owners:
                self.findings.append(self._nobody(action))

    def _is_asked(self, action: Action) -> bool:
        reference = action.reference
        if reference is not None and reference.is_main_action and reference in self._mains:
            return False
        last = action.status(self.last_month) if self.last_month else ""
        status = self.statuses_before.get(self._keys[id(action)], action.status(self.month))
        meant = self.settings.vocabulary.understand(status or last)
        return meant is None or meant.meaning not in self.settings.returns.not_asked

    # ------------------------------------------------------------ findings

    @property
    def _fields(self) -> Sequence[OwnerField]:
        return OWNER_FIELDS if self.by == "update_owner" else (self.by,)

    @property
    def _who(self) -> str:
        return "an update owner or a director lead" if len(self._fields) > 1 else "a director lead"

    def _nobody(self, action: Action) -> Finding:
        cells = [action.cell(field) for field in self._fields]
        is_in_words = self.settings.kind is TrackerKind.COMMENTARY
        how = "the lead on a line of its own, bold and underlined" if is_in_words else "one"
        return _found(
            action, next(filter(None, cells), ""), "owner-missing",
            f"this row does not name {self._who}, so nobody is asked for its update. Type {how}.",
        )  # fmt: skip

    def _find_repeated(self, action: Action) -> None:
        if action.reference is None:
            return
        first = self._seen.setdefault(action.reference, action)
        if first is not action:
            self.findings.append(_found(
                action, action.cell("reference"), "reference-repeated",
                f"{first.sheet}!{first.cell('reference') or first.row} has this reference too. In "
                f'returns this row is "{self._keys[id(action)]}". Give each row its own.',
            ))  # fmt: skip

    def _doubts(self) -> Iterator[Finding]:
        """The owner cells that may name several people, each text once, where it first stands."""
        for cells in self._cells.values():
            action, cell = cells[0]
            doubt = self.book.doubt(cell.text)
            if doubt:
                yield doubtful_owner(action, cell, doubt, len(cells))


def doubtful_owner(action: Action, cell: OwnerCell, doubt: str, rows: int) -> Finding:
    """A finding on an owner cell that may name several people, for the first of some rows."""
    others = {1: "", 2: " One other row says the same."}.get(
        rows, f" {rows - 1} other rows say the same."
    )
    return _found(
        action, action.cell(cell.field), "owner-doubtful",
        f'"{shortened(cell.text, _LONGEST_SHOWN)}" may be several owners: {doubt}. It is taken for '
        f"one.{others} On the sheet Owners say whom it is split into, or give its e-mail address "
        "if it is one.",
    )  # fmt: skip


def _has_column(actions: Sequence[Action], field: str) -> bool:
    columns = actions[0].columns if actions else None
    return columns is None or field in columns.fields


def _found(action: Action, cell: str, code: str, message: str) -> Finding:
    """A finding on a cell of the tracker, or on the whole row where there is no such column."""
    place = cell or f"{action.row}:{action.row}"
    return Finding(code, Severity.WARNING, action.sheet, place, action.reference_text, message)


def _about(theme: Theme, code: str, message: str) -> Finding:
    return Finding(code, Severity.WARNING, theme.sheet, "", "", message)
