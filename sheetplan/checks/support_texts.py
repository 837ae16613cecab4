"""The texts of the support sheets that speak of actions as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.content import Place
from sheetplan.model.support import Standing


def support_texts(plan: CheckedPlan) -> Iterator[tuple[str, Place]]:
    """Each text, and where it stands.

    What was written for an earlier month, and milestones that are done, may well speak of actions
    that have since gone.
    """
    for kind, reference, name, text, standing in _texts(plan):
        if text:
            sheet = plan.records.sheets.get(kind, "")
            yield text, place_in(sheet, standing, name, reference, text)


def _texts(plan: CheckedPlan) -> Iterator[tuple[str, str, str, str, Standing | None]]:
    """The kind of a record, its reference, a field of it, what that says, and where it stands."""
    records = plan.records
    for recommendation in records.recommendations:
        for name in ("text", "accepted", "auditor_view"):
            text = getattr(recommendation, name)
            yield "recommendations", recommendation.code, name, text, recommendation.standing
    for link in records.links:
        yield "recommendation_map", link.code, "target", link.target, link.standing
        yield "recommendation_map", link.code, "heading", link.heading, link.standing
    for milestone in records.milestones:
        if milestone.completed is None:
            for name in ("reference", "wording"):
                text = getattr(milestone, name)
                yield "milestones", milestone.id, name, text, milestone.standing
    for narrative in records.narratives:
        if narrative.month == plan.month:
            for name in ("block", "title", "summary", "next_steps"):
                text = getattr(narrative, name)
                yield "narrative", narrative.block, name, text, narrative.standing
    for achievement in records.achievements:
        if achievement.month == plan.month:
            for name in ("reference", "wording"):
                text = getattr(achievement, name)
                yield "achievements", achievement.reference, name, text, achievement.standing


def place_in(sheet: str, standing: Standing | None, field: str, reference: str, text: str) -> Place:
    """The cell of a record's field; its whole sheet where nobody knows the row."""
    if standing is None:
        return Place(sheet, "", reference, text)
    return Place(standing.sheet, standing.cell(field), reference, text)
