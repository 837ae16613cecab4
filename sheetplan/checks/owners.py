"""Owners and structure: who leads, what is reported in full, and codes that say two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Found, Place, at
from sheetplan.checks.rule import Rule, rule
from sheetplan.checks.support_texts import place_in
from sheetplan.checks.we_will import we_will_two_codes, we_will_two_texts
from sheetplan.model.action import Action
from sheetplan.model.finding import Severity
from sheetplan.model.focus import Focus
from sheetplan.model.reference import Reference
from sheetplan.model.wording import compact, did_you_mean, shortened
from sheetplan.reports.milestone_splitting import split_milestones
from sheetplan.returns.owners import OwnerBook, owner_cell


@rule("lead-missing", Severity.WARNING, "Nobody answers for an action without a lead.")
def lead_missing(plan: CheckedPlan) -> Iterator[Found]:
    """Where sub-actions usually leave the lead to their main action, it is the main action's."""
    without = [
        action
        for action in plan.actions
        if action.cell("director_lead") and owner_cell(action, "director_lead") is None
    ]
    subs = [action for action in plan.actions if _main_action(plan, action)]
    leaves_it = 2 * sum(_main_action(plan, action) is not None for action in without) > len(subs)
    for action in without:
        main = _main_action(plan, action) if leaves_it else None
        if main is None or owner_cell(main, "director_lead") is None:
            yield Found(
                "has no lead. Write who answers for it in the lead column.",
                (at(action, "director_lead"),),
            )


@rule(
    "owner-not-on-sheet",
    Severity.WARNING,
    "Whom the Owners sheet does not know is sent no return, so the update never comes.",
)
def owner_not_on_sheet(plan: CheckedPlan) -> Iterator[Found]:
    """Only the owners whom a return would go to: of rows that carry a status."""
    if plan.owners is None:
        return
    book = OwnerBook(plan.owners)
    names = {compact(record.name): record.name for record in plan.owners}
    not_asked = plan.settings.returns.not_asked
    cells: dict[str, list[Place]] = defaultdict(list)
    for action in plan.rated:
        cell = owner_cell(action)
        if cell is not None and plan.meaning(action) not in not_asked:
            for owner in book.owners_of(cell.text):
                if compact(owner.name) not in names:
                    cells[owner.name].append(at(action, cell.field))
    for name, places in cells.items():
        near = did_you_mean(name, names.values(), cutoff=0.8)
        yield Found(
            f'"{shortened(name)}" is not on the Owners sheet.{near} Add a row for that name, or '
            "correct the cell.",
            tuple(places),
        )


@rule(
    "focus-on-sub-action",
    Severity.NOTE,
    "A sub-action is reported as its main action is, whatever its own focus says.",
)
def focus_on_sub_action(plan: CheckedPlan) -> Iterator[Found]:
    """One that says what its main action says is told of only where others say nothing."""
    subs = [(action, main) for action in plan.actions if (main := _main_action(plan, action))]
    with_focus = [(action, main) for action, main in subs if _focus(plan, action) is not None]
    is_usual = 2 * len(with_focus) > len(subs)
    for action, main in with_focus:
        own, theirs = action.words("focus"), main.words("focus")
        says = f"{own}\n{theirs}"
        if _focus(plan, action) is not _focus(plan, main):
            yield Found(
                f'says "{shortened(own)}" and its main action "{shortened(theirs)}". A sub-action '
                "takes the focus of its main action: write N/A here, or correct the main action.",
                (at(action, "focus", says=says),),
                Severity.WARNING,
            )
        elif not is_usual:
            yield Found(
                "is a sub-action and has a focus of its own. It takes that of its main action: "
                "write N/A here.",
                (at(action, "focus", says=says),),
            )


@rule(
    "focus-missing",
    Severity.WARNING,
    "What has no focus is reported by exception, so that its good news is never read.",
    unless=("main-action-missing", "reference-duplicate"),
)
def focus_missing(plan: CheckedPlan) -> Iterator[Found]:
    """Main actions, and actions without one; nothing where the sheet has no such column."""
    heads = [
        action
        for action in plan.actions
        if action.cell("focus") and _main_action(plan, action) is None
    ]
    blank = [head for head in heads if not head.words("focus")]
    if 2 * len(blank) > len(heads):
        problem = "no action has" if len(blank) == len(heads) else "most actions do not have"
        yield Found(
            f"{problem} a focus, so they are reported by exception. Write one beside each main "
            "action if that is not what is meant.",
            (at(blank[0], "focus"),),
            Severity.NOTE,
        )
        heads = [head for head in heads if head.words("focus")]
    for head in heads:
        if _focus(plan, head) is None:
            typed = head.words("focus")
            problem = f'"{shortened(typed)}" is no focus' if typed else "has no focus"
            yield Found(
                f"{problem}, so it is reported by exception. Write one that the settings know.",
                (at(head, "focus"),),
            )


@rule(
    "workstream-one-letter",
    Severity.WARNING,
    "A report prints the workstream as a heading.",
)
def workstream_one_letter(plan: CheckedPlan) -> Iterator[Found]:
    """Not where a council calls its workstreams A, B and C."""
    named = [name for action in plan.actions if (name := compact(action.words("workstream")))]
    letters = {name for name in named if len(name) == 1 and name.isalpha()}
    if 2 * sum(name in letters for name in named) > len(named):
        return
    for action in plan.actions:
        if compact(action.words("workstream")) in letters:
            main = _main_action(plan, action)
            meant = main.words("workstream") if main else ""
            more = f' Its main action says "{shortened(meant)}".' if len(compact(meant)) > 1 else ""
            yield Found(
                f'the workstream says "{action.words("workstream")}" only.{more} Write its name.',
                (at(action, "workstream"),),
            )


@rule(
    "milestone-doubtful",
    Severity.NOTE,
    "Milestones that are run together are reported as one, and none of them as reached.",
)
def milestone_doubtful(plan: CheckedPlan) -> Iterator[Found]:
    """Where the Milestones sheet has an action's milestones, its rows are what is reported."""
    on_sheet = {_milestone_key(milestone.reference) for milestone in plan.records.milestones}
    for action in plan.actions:
        text = str(action.fields.get("milestones", ""))
        main = action.reference.main_action if action.reference else None
        if not text or {str(action.reference), str(main)} & on_sheet:
            continue
        if doubt := split_milestones(text, plan.settings).doubt:
            yield Found(
                f"may hold several milestones: {doubt}. Put each on a line of its own.",
                (at(action, "milestones", says=text),),
            )
    sheet = plan.records.sheets.get("milestones", "")
    for milestone in plan.records.milestones:
        if milestone.completed is None and (
            doubt := split_milestones(milestone.wording, plan.settings).doubt
        ):
            yield Found(
                f"may hold several milestones: {doubt}. Put each on a row of its own.",
                (place_in(sheet, milestone.standing, "wording", milestone.id, milestone.wording),),
            )


def _main_action(plan: CheckedPlan, action: Action) -> Action | None:
    """The main action of a sub-action; None for another row, or where the tracker lacks it."""
    main = action.reference.main_action if action.reference else None
    return plan.by_reference.get(main) if main else None


def _focus(plan: CheckedPlan, action: Action) -> Focus | None:
    reports = plan.settings.reports
    return Focus.read(
        action.fields.get("focus"),
        in_full=reports.focus_in_full,
        by_exception=reports.focus_by_exception,
    )


def _milestone_key(typed: str) -> str:
    return str(Reference.parse(typed) or typed)


RULES: tuple[Rule, ...] = (
    lead_missing,
    owner_not_on_sheet,
    focus_on_sub_action,
    focus_missing,
    workstream_one_letter,
    we_will_two_texts,
    we_will_two_codes,
    milestone_doubtful,
)
