"""Collecting returns: every answer into the tracker, or where a person will see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sheetplan.cycle.backups import backups_of
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.collect_plan import CollectPlan, CollectStep
from sheetplan.cycle.files import open_to_change, saying_which_file
from sheetplan.cycle.return_files import find_files
from sheetplan.cycle.returns_opening import OpenedReturns, read_for_returns
from sheetplan.model.action import Action
from sheetplan.model.clock import now
from sheetplan.model.month import Month
from sheetplan.model.owner_return import ReadFile, ReceivedReturn
from sheetplan.model.return_records import ConflictRecord, RequestRecord
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.returns.acceptance import Acceptance
from sheetplan.returns.content import Merging
from sheetplan.returns.keys import keyed
from sheetplan.returns.merging import merge
from sheetplan.returns.resolving import resolve as carry_out_choices
from sheetplan.returns.today import Obstacle
from sheetplan.settings import find_settings
from sheetplan.sheets.commentary_cells import places_of_month
from sheetplan.sheets.month_cells import MonthText
from sheetplan.sheets.register_writing import plan_registers
from sheetplan.sheets.return_reading import read_return


@collecting_no_garbage()
def plan_collect_returns(
    tracker: str | Path,
    files: str | Path | Sequence[str | Path] = (),
    *,
    month: Month | str | None = None,
    owner: str | None = None,
    resolve: bool = False,
    trust_owners: bool = False,
    profile: str | Path | None = None,
) -> CollectPlan:
    """Plan what becomes of the answers in returns.

    Args:
        tracker: The workbook.
        files: The returns: files, folders, and zip archives of them; or one alone.
        month: The month that they are for; the tracker's latest when None.
        owner: Whose return it is, where the one file among them that does not say so needs it.
        resolve: Whether to carry out the choices on the Conflicts sheet; that is done first.
        trust_owners: Whether to merge answers to rows that another owner was sent.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        WorkbookError: the tracker cannot be read or is in use. A return that cannot be read is
            no error.
        NoSuchFileError: a file or folder that is named is not there.
        LayoutError: no tracker sheet, or a register cannot be written into.
        MonthMissingError: the tracker does not have the month.
        ReconciliationError: an answer is not accounted for.
        SettingsError: sheetplan.toml cannot be understood.
        ValueError: `month` is no month.
    """
    path, asked, moment = Path(tracker), Month.given(month), now()
    with saying_which_file(path):
        workbook, state = open_to_change(path)
        settings = find_settings(path, profile)
        opened = read_for_returns(workbook, settings, asked)
    named = [files] if isinstance(files, str | Path) else files
    found = list(_read_files(named, path, opened))
    judged = _acceptance(opened, owner or "", is_month_named=asked is not None).judged(found)
    steps: list[CollectStep] = []
    with saying_which_file(path):
        if resolve:
            steps.append(_choices_carried_out(opened, moment))
        if resolve and judged:
            steps[0].carry_out(workbook)
            opened = read_for_returns(workbook, settings, opened.month)
        if judged or not resolve:
            returns = [file for file in judged if isinstance(file, ReceivedReturn)]
            steps.append(_merged(returns, opened, moment, trust_owners=trust_owners))
        plan = CollectPlan(
            path=path,
            workbook=workbook,
            state=state,
            month=opened.month,
            found=len(found),
            files=judged,
            steps=tuple(steps),
            open_conflicts=_open_conflicts(opened, steps[-1].merging),
            conflicts_sheet=opened.conflicts_sheet,
            open_requests=_open_requests(opened, steps[-1].merging),
            requests_sheet=opened.requests_sheet,
            register_findings=opened.records.findings,
        )
    plan.reconcile()
    return plan


def _read_files(
    files: Sequence[str | Path], tracker: Path, opened: OpenedReturns
) -> Iterator[ReadFile]:
    """Every file that the paths lead to: a return, or why it is none."""
    for name, content in find_files(list(map(Path, files)), (tracker, *backups_of(tracker))):
        if isinstance(content, bytes):
            yield read_return(content, name, opened.settings)
        else:
            yield content


def _acceptance(opened: OpenedReturns, owner: str, *, is_month_named: bool) -> Acceptance:
    """What a return has to be, to be merged into this tracker."""
    return Acceptance(
        tracker_id=opened.tracker_id,
        month=opened.month,
        months=opened.tracker.months,
        owners=opened.owner_names,
        owner=owner,
        is_month_named=is_month_named,
    )


def _merged(
    returns: Sequence[ReceivedReturn],
    opened: OpenedReturns,
    moment: datetime,
    *,
    trust_owners: bool,
) -> CollectStep:
    def merging(obstacle: Obstacle) -> Merging:
        return merge(
            returns,
            opened.tracker,
            opened.month,
            opened.settings,
            opened.records,
            opened.asking,
            trust_owners=trust_owners,
            now=moment,
            obstacle=obstacle,
        )

    return _step(merging, opened)


def _choices_carried_out(opened: OpenedReturns, moment: datetime) -> CollectStep:
    def merging(obstacle: Obstacle) -> Merging:
        return carry_out_choices(
            opened.tracker,
            opened.month,
            opened.records,
            opened.settings,
            moment,
            obstacle=obstacle,
        )

    return _step(merging, opened)


def _step(merging_with: Callable[[Obstacle], Merging], opened: OpenedReturns) -> CollectStep:
    """What a merging writes, and where.

    Texts that a cell could hold alone may be too much for it together. Then some of them are
    refused, and what is left is merged anew.
    """
    places = places_of_month(opened.workbook, opened.reading, opened.month, opened.settings)
    refused: dict[tuple[int, str], str] = {}

    def obstacle(action: Action, field: str, text: str) -> str:
        return refused.get((id(action), field)) or places.obstacle(action, field, text)

    while True:
        merging = merging_with(obstacle)
        placed = places.placed([
            MonthText(w.action, w.field, tuple(Run(r.text, r.properties) for r in w.runs))
            for w in merging.writes
        ])  # fmt: skip
        known = len(refused)
        refused |= {(id(p.text.action), p.text.field): p.obstacle for p in placed if not p.write}
        if len(refused) == known:
            break
    return CollectStep(
        merging=merging,
        actions=keyed(opened.tracker),
        placed=placed,
        registers=plan_registers(opened.workbook, merging.changes, opened.settings),
    )


def _open_conflicts(opened: OpenedReturns, merging: Merging) -> int:
    """How many cells of the month are in conflict once a merging is carried out."""
    changed = [r for r in merging.changes.changed if isinstance(r, ConflictRecord)]
    places = [(r.standing.sheet, r.standing.row) for r in changed if r.standing]
    stayed = [
        r for r in opened.records.conflicts
        if r.standing is None or (r.standing.sheet, r.standing.row) not in places
    ]  # fmt: skip
    added = [r for r in merging.changes.added if isinstance(r, ConflictRecord)]
    rows = (r for r in (*stayed, *changed, *added) if r.month == opened.month and r.is_open)
    return len({(row.key, row.field) for row in rows})


def _open_requests(opened: OpenedReturns, merging: Merging) -> int:
    """How many requests will wait for a decision once a merging is carried out, whenever made."""
    added = [r for r in merging.changes.added if isinstance(r, RequestRecord)]
    return sum(request.is_open for request in (*opened.records.requests, *added))


def collect_returns(
    tracker: str | Path,
    files: str | Path | Sequence[str | Path] = (),
    *,
    month: Month | str | None = None,
    owner: str | None = None,
    resolve: bool = False,
    trust_owners: bool = False,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> ChangeResult[CollectPlan]:
    """Merge returns into a tracker: in place with a backup beside it, or in a new file.

    Args:
        tracker: The workbook.
        files: The returns: files, folders, and zip archives of them; or one alone. They are never
            changed.
        month: The month that they are for; the tracker's latest when None.
        owner: Whose return it is, where the one file among them that does not say so needs it.
        resolve: Whether to carry out the choices on the Conflicts sheet; that is done first.
        trust_owners: Whether to merge answers to rows that another owner was sent.
        output: A new file to write; the tracker itself when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; the tracker is as it was.
        ValueError: `month` is no month.
    """
    plan = plan_collect_returns(
        tracker,
        files,
        month=month,
        owner=owner,
        resolve=resolve,
        trust_owners=trust_owners,
        profile=profile,
    )
    return plan.apply(output)
