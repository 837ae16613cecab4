"""Milestones, in the one form in which they are printed.

"Strategy approved – due Jul-23, revised Oct-23 – Complete July 2023".
"""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.support import Milestone
from sheetplan.reports.content import MilestoneLine
from sheetplan.reports.due_dates import due_words
from sheetplan.reports.places import found_in
from sheetplan.reports.ratings import DONE
from sheetplan.reports.themes import References, Themes
from sheetplan.settings import Settings

_SHEET = "Milestones"  # what a finding names where a milestone stands in no sheet


def milestones_by_theme(
    milestones: Iterable[Milestone],
    month: Month,
    themes: Themes,
    references: References,
    settings: Settings,
) -> tuple[dict[int, tuple[MilestoneLine, ...]], list[Finding]]:
    """The milestones by the place of their theme, in the order of their sheet; and findings.

    A milestone outlives its row: where no row bears its reference it stands under the theme whose
    references begin in the same way.
    """
    placed: dict[int, list[MilestoneLine]] = {}
    findings = []
    for milestone in milestones:
        rows = references.rows(milestone.reference)
        place = themes.of_action(rows[0]) if rows else None
        if not rows and milestone.reference.strip():
            reference = Reference.parse(milestone.reference)
            place = themes.of_code(reference) if reference else None
            what = "is printed by how its reference begins" if place is not None else "is left out"
            findings.append(
                found_in(
                    milestone.standing,
                    _SHEET,
                    "milestone-reference-unknown",
                    f'no row of the tracker has the reference "{milestone.reference}", so the '
                    f"milestone {what}.{references.nearest(milestone.reference)} Correct it if "
                    "it is wrong.",
                    reference=milestone.id or milestone.reference,
                )
            )
        if place is not None:
            placed.setdefault(place, []).append(milestone_line(milestone, month, settings))
    return {place: tuple(lines) for place, lines in placed.items()}, findings


def milestone_line(milestone: Milestone, month: Month, settings: Settings) -> MilestoneLine:
    """A milestone as it stands at the end of `month`."""
    reports = settings.reports
    wording = " ".join(milestone.wording.split()).rstrip(" .;:-–—")
    due = due_words(milestone.due, milestone.revised, settings)
    status, is_complete = _status(milestone, month, settings)
    words = wording
    for piece in (reports.say("milestone_due", due=due) if due else "", status):
        if piece:
            words = reports.say("milestone", before=words, after=piece)
    return MilestoneLine(
        id=milestone.id,
        reference=milestone.reference,
        wording=wording,
        due=due or reports.say("no_due_date"),
        status=status,
        is_complete=is_complete,
        words=words,
    )


def open_first(
    milestones: Iterable[Milestone], month: Month, settings: Settings
) -> tuple[tuple[MilestoneLine, ...], tuple[MilestoneLine, ...]]:
    """The milestones that are open, soonest first, and those that are completed, oldest first."""
    open_: list[tuple[Milestone, MilestoneLine]] = []
    completed: list[tuple[Milestone, MilestoneLine]] = []
    for milestone in milestones:
        line = milestone_line(milestone, month, settings)
        (completed if line.is_complete else open_).append((milestone, line))
    open_.sort(key=lambda pair: _soonest(pair[0]))
    completed.sort(key=lambda pair: pair[0].completed or Month(1, 1))
    return tuple(line for _, line in open_), tuple(line for _, line in completed)


def _status(milestone: Milestone, month: Month, settings: Settings) -> tuple[str, bool]:
    """The status in words, and whether it is complete at the end of `month`.

    What was completed later was open then, whatever its status says today.
    """
    reports = settings.reports
    typed = " ".join(milestone.status.split()).rstrip(" .")
    meant = settings.vocabulary.understand(typed)
    says_done = meant is not None and meant.meaning in DONE
    if milestone.completed is None:
        return typed or reports.say("milestone_open"), says_done
    if milestone.completed > month:
        return reports.say("milestone_open") if says_done or not typed else typed, False
    done = reports.say("complete")
    complete = reports.say(
        "milestone_complete", status=done[:1].upper() + done[1:], month=milestone.completed
    )
    return complete, True


def _soonest(milestone: Milestone) -> tuple[bool, str]:
    for date in (milestone.revised, milestone.due):
        if date is not None and date.last is not None:
            return False, date.last.isoformat()
    return True, ""
