"""Rules that count from their own cell across the new columns, and so cannot mean the same.

The formula of a rule is written for its first cell, and is counted on for the others. When columns
come between a cell and what it reads, but not between the first cell and what that reads, no one
formula says what the rule said.
"""

from __future__ import annotations

from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.insertion.moving import Moving
from sheetplan.ooxml.insertion.shifting import Insertion, UnmovableError
from sheetplan.ooxml.ranges import LAST_COLUMN, spell_areas
from sheetplan.ooxml.rules import Rule, rules_of
from sheetplan.ooxml.worksheet import Worksheet


def look_at_relative_rules(sheet: Worksheet, moving: Moving) -> None:
    """Say which rules of the sheet read otherwise in some of their cells once they have moved."""
    for rule in rules_of(sheet):
        for formula in rule.formulas:
            if _reads_otherwise(rule, formula.text or "", moving.insertion):
                moving.remark(
                    f'The {rule.what} of {spell_areas(rule.areas)} on sheet "{sheet.name}" counts '
                    "from its own cell across the new columns: look at what it reads."
                )


def _reads_otherwise(rule: Rule, formula: str, insertion: Insertion) -> bool:
    areas = rule.areas
    if not areas:
        return False
    anchor = areas[0].first_row, areas[0].first_column
    new_anchor = anchor[0], insertion.column(anchor[1])
    # The cells between which and what they read the new columns come stand beside these.
    beside = {insertion.at - 1, insertion.at}
    columns = {c for area in areas for c in (area.first_column, area.last_column)}
    columns |= {c for c in beside for a in areas if a.first_column <= c <= a.last_column}
    try:
        moved = insertion.formula(formula, insertion.sheet)
        for column in columns:
            there = anchor[0], insertion.column(column)
            if there[1] > LAST_COLUMN:
                continue
            wanted = insertion.formula(
                moved_from(formula, anchor, (anchor[0], column)), insertion.sheet
            )
            if moved_from(moved, new_anchor, there) != wanted:
                return True
    except UnmovableError:
        return False  # it is refused where it is moved
    return False
