"""The account of an import: a line for each paragraph of the source, and for each doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetplan.importing.content import LONGEST_TEXT, ImportedPlan, Target
from sheetplan.model.pattern import Pattern, SheetPatterns
from sheetplan.model.report_line import Line, SheetText
from sheetplan.model.wording import listed

TEMPLATE = "imported_plan"
_HEAD = {"title": "the title", "about": "one sentence on what the sheet holds"}
ACCOUNT = SheetPatterns(
    "Where it went",
    _HEAD,
    (
        Pattern(
            "paragraph",
            "a paragraph of the plan that was imported",
            ("part", "row", "section", "number", "column", "paragraph", "text", "target", "why"),
        ),
    ),
)
DOUBTS = SheetPatterns(
    "To look at",
    _HEAD,
    (Pattern("doubt", "what is doubtful", ("place", "number", "message")),),
)
_NONE = "Nothing is doubtful."
_COLUMNS = {
    "number": "Number",
    "aim": "Aim",
    "action": "Required action",
    "outputs": "Outputs",
    "commentary": "Commentary",
    "other": "Other",
}


def account_of(plan: ImportedPlan, cells: Mapping[Target, str]) -> SheetText:
    """What the sheet says that tells where each paragraph went.

    Args:
        plan: The plan.
        cells: The cell of each target, such as "Finance!D7".
    """
    kept = sum(not fate.targets for fate in plan.fates)
    here = f"{kept:,} are kept on this sheet alone." if kept else "None is kept here alone."
    about = (
        f"{len(plan.fates):,} paragraphs of {plan.name}, read as of {plan.written}, each with "
        f"where it went. {here}"
    )
    return SheetText(tuple(_lines(plan, cells)), {"title": ACCOUNT.sheet, "about": about})


def _lines(plan: ImportedPlan, cells: Mapping[Target, str]) -> Iterator[Line]:
    for fate in plan.fates:
        place, text = fate.paragraph.place, fate.paragraph.text
        values = {
            "part": place.part,
            "row": place.row or "",
            "section": fate.section,
            "number": fate.number,
            "column": _COLUMNS.get(fate.column, ""),
            "paragraph": place.paragraph,
            "target": ", ".join(dict.fromkeys(cells[target] for target in fate.targets)),
            "why": " ".join(fate.why),
        }
        for first in range(0, len(text), LONGEST_TEXT):
            piece = text[first : first + LONGEST_TEXT]
            yield Line("paragraph", {**values, "text": piece})


def doubts_of(plan: ImportedPlan) -> SheetText:
    """What the sheet says that lists what is doubtful."""
    lines = [
        Line("doubt", {"place": each.sheet, "number": each.reference, "message": each.message})
        for each in plan.findings
    ]
    months = listed([month.label for month in plan.months], most=12)
    about = f"Of {plan.name}, with updates of {months}. {'' if lines else _NONE}"
    return SheetText(lines, {"title": DOUBTS.sheet, "about": about.strip()})
