"""Colour rules for status cells: the word stays in the cell, the colour only repeats it.

One conditional format holds for all status columns of a sheet, so that it can grow with each
month and never multiplies.
"""

from __future__ import annotations

from functools import partial

from sheetplan.model.status import Rag
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.ranges import LAST_ROW, Area, ColumnCopy, cell_name, spell_areas
from sheetplan.ooxml.rules import CONDITIONAL_FORMAT, add_conditional_formats, rules_of
from sheetplan.ooxml.styles import RuleColours
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.reading import action_rows

# WCAG 2.2 AA, 1.4.11: amber against a white sheet is 1.6 to 1, so each coloured cell has an edge.
_EDGE = "484949"
COLOUR_RULES = "colour rules"  # what the edit that adds them is called
_MARKS = " -/"  # between the words of a status
_CUT = str.maketrans("", "", _MARKS)
_COLOURED = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.BLUE, Rag.GREY)


def status_area(sheet: Worksheet, layout: SheetLayout, column: int) -> Area | None:
    """The status cells of one column, from the first action to the last."""
    rows = [found.row for found in action_rows(sheet, layout) if found.reference is not None]
    return Area(rows[0], column, rows[-1], column) if rows else None


def is_coloured(sheet: Worksheet, area: Area) -> bool:
    """Whether a conditional format holds for any of the cells."""
    return any(
        rule.what == CONDITIONAL_FORMAT and any(area.overlaps(other) for other in rule.areas)
        for rule in rules_of(sheet)
    )


def colour_edit(
    sheet: Worksheet, layout: SheetLayout, settings: Settings, columns: ColumnCopy
) -> Edit | None:
    """The edit that colours a new month's statuses, where the last month has no colour rules."""
    column = layout.rightmost.column_of("status")
    if column is None or is_coloured(sheet, Area(layout.first_row, column, LAST_ROW, column)):
        return None
    area = status_area(sheet, layout, column)
    moved = None if area is None else columns.moved(area)
    if moved is None or not sheet.workbook.styles.can_grow:
        return None
    return add_colours(sheet, [moved], settings)


def colour_edits(sheet: Worksheet, layout: SheetLayout, settings: Settings) -> list[Edit]:
    """The edits that give every month's statuses their colours.

    A month that has no rules gets those of the profile. Rules that hold for a part of a status
    column only, because rows were added below them, are made to reach its last action.
    """
    bare: list[Area] = []
    coloured: list[Area] = []
    for block in layout.months:
        column = block.column_of("status")
        area = None if column is None else status_area(sheet, layout, column)
        if area is not None:
            (coloured if is_coloured(sheet, area) else bare).append(area)
    edits = _completions(sheet, coloured, layout.months[0].first)
    if bare and sheet.workbook.styles.can_grow:
        edits.append(add_colours(sheet, bare, settings))
    return edits


def _completions(sheet: Worksheet, statuses: list[Area], first_monthly: int) -> list[Edit]:
    """The edits that make rules of the months reach the last action, below which none holds.

    Where other rules hold further down, as after rows were pasted in, no rule stops short.
    """
    rules = [rule for rule in rules_of(sheet) if rule.what == CONDITIONAL_FORMAT]
    short = {}
    for needed in statuses:
        ends = [a.last_row for rule in rules for a in rule.areas if a.overlaps(needed)]
        if max(ends) < needed.last_row:
            short[needed.first_column] = (max(ends), needed.last_row)

    def completed(area: Area) -> Area:
        last = area.last_row
        if area.first_column >= first_monthly and last > area.first_row:
            for column, (end, needed_row) in short.items():
                if area.first_column <= column <= area.last_column and area.last_row == end:
                    last = max(last, needed_row)
        return Area(area.first_row, area.first_column, last, area.last_column)

    edits = []
    for rule in rules:
        areas = rule.areas
        grown = [completed(area) for area in areas]
        if grown != areas:
            edits.append(
                Edit(
                    CONDITIONAL_FORMAT,
                    sheet.name,
                    spell_areas(areas),
                    spell_areas(grown),
                    partial(rule.set_areas, grown),
                )
            )
    return edits


def add_colours(sheet: Worksheet, areas: list[Area], settings: Settings) -> Edit:
    """The edit that adds a colour rule for each rating to the areas."""

    anchor = cell_name(areas[0].first_row, areas[0].first_column)
    rules = [
        (formula, RuleColours(colours.fill, colours.text, _EDGE))
        for rag in _COLOURED
        if (colours := settings.palette.get(rag)) and (formula := _formula(anchor, rag, settings))
    ]
    return Edit(
        COLOUR_RULES,
        sheet.name,
        "",
        spell_areas(areas),
        lambda: add_conditional_formats(sheet, areas, rules),
    )


def _formula(anchor: str, rag: Rag, settings: Settings) -> str:
    """A test for the words of a rating. Excel's = does not mind capitals, as the vocabulary does
    not; spaces, hyphens and slashes are cut, so that "On-Track" is green too.
    """
    begins: dict[int, set[str]] = {}
    alone: set[str] = set()
    for entry in settings.vocabulary.entries:
        if entry.rag is rag:
            for words in entry.words:
                bare_words = words.casefold().translate(_CUT)
                begins.setdefault(len(bare_words), set()).add(bare_words)
            alone |= {words.casefold() for words in entry.alone}
    bare = anchor
    for mark in _MARKS:
        bare = f'SUBSTITUTE({bare},"{mark}","")'
    tests = [
        f'LEFT({bare},{length})="{_quoted(words)}"'
        for length, group in sorted(begins.items())
        for words in sorted(_not_begun_by_another(group, begins))
    ]
    tests += [f'TRIM({anchor})="{_quoted(words)}"' for words in sorted(alone)]
    return f"OR({','.join(tests)})" if tests else ""


def _not_begun_by_another(group: set[str], begins: dict[int, set[str]]) -> set[str]:
    """The words that no shorter words of the same rating begin: the shorter test finds them."""
    others = [words for words_of_a_length in begins.values() for words in words_of_a_length]
    return {
        words
        for words in group
        if not any(words.startswith(other) for other in others if other != words)
    }


def _quoted(text: str) -> str:
    return text.replace('"', '""')
