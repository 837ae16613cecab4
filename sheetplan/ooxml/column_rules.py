"""Which drop-downs and colour rules hold in which cells, told apart by what they do.

Copying and pasting makes Excel cut one rule into many, each with cells and an identity of its own.
Such pieces do the same, so they count as one rule here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.drop_downs import words_offered
from sheetplan.ooxml.format_lists import form
from sheetplan.ooxml.formulas import moved_from
from sheetplan.ooxml.ranges import LAST_ROW, Area
from sheetplan.ooxml.rules import (
    CONDITIONAL_FORMAT,
    DROP_DOWN,
    IGNORED_ERROR,
    PROTECTED_RANGE,
    Rule,
    rules_of,
)
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import local_name, main, x14

_CONDITIONS = (main("cfRule"), x14("cfRule"))
_FORMATS = ("dxf", "extLst")
_NOT_WHAT_IT_DOES = {"priority", "id", "dxfId", "stopIfTrue"}


class HeldRule(NamedTuple):
    """What a rule does, which is the same for all pieces of it, and the cells that it is for.

    `does` is the words that a drop-down offers, and of a colour rule whatever tells it from others.
    """

    does: Hashable
    areas: tuple[Area, ...]


class Stretch(NamedTuple):
    """Rows of a column, the last one included, in which a rule holds."""

    first_row: int
    last_row: int
    does: Hashable


class SheetRules:
    """The drop-downs, colour rules and open ranges of one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self.drop_downs: list[HeldRule] = []
        self.colour_rules: list[HeldRule] = []
        self.protected_ranges: list[HeldRule] = []
        self.texts_meant: list[HeldRule] = []
        self._offered: dict[tuple[object, ...], str] = {}
        self._formats: dict[str, Hashable] = {}
        self._dxfs = sheet.workbook.styles.lists.items("dxfs")
        self._halves = {str(id.text) for id in sheet.root.iter(x14("id")) if id.text}
        for rule in rules_of(sheet):
            self._take_in(rule)

    def _take_in(self, rule: Rule) -> None:
        areas = tuple(rule.areas)
        if not areas:
            return
        if rule.what == DROP_DOWN:
            words = self._words(rule)
            if words:
                self.drop_downs.append(HeldRule(words, areas))
        elif rule.what == CONDITIONAL_FORMAT:
            for condition in rule.element.iter(*_CONDITIONS):
                # Of a rule of 2007 with another half of 2010, such as a data bar, one counts.
                if condition.tag == main("cfRule") or condition.get("id") not in self._halves:
                    self.colour_rules.append(HeldRule(self._does(condition, areas[0]), areas))
        elif rule.what == PROTECTED_RANGE:
            self.protected_ranges.append(HeldRule(True, areas))
        elif rule.what == IGNORED_ERROR and rule.element.get("numberStoredAsText") == "1":
            self.texts_meant.append(HeldRule(True, areas))

    def _words(self, rule: Rule) -> str:
        """What a drop-down offers, worked out once for all pieces of it."""
        kind, operator = rule.element.get("type"), rule.element.get("operator")
        key = (kind, operator, *[formula.text for formula in rule.formulas])
        if key not in self._offered:
            self._offered[key] = words_offered(rule, self._sheet)
        return self._offered[key]

    def _does(self, condition: etree._Element, anchor: Area) -> Hashable:
        """What a colour rule does, with formulas as they would read in the first cell."""
        origin = anchor.first_row, anchor.first_column
        settings = sorted(
            (str(name), str(value))
            for name, value in condition.attrib.items()
            if name not in _NOT_WHAT_IT_DOES
        )
        formulas, others = [], []
        for child in condition:
            name = local_name(child)
            if name in ("formula", "f"):
                formulas.append(moved_from(child.text or "", origin, (1, 1)))
            elif name and name not in _FORMATS:
                others.append(form(child))
        return tuple(settings), tuple(formulas), tuple(others), self._format(condition)

    def _format(self, condition: etree._Element) -> Hashable:
        """The format that a colour rule gives, wherever it is kept."""
        own = condition.find(x14("dxf"))
        if own is not None:
            return tuple(map(form, own))
        number = condition.get("dxfId", "")
        if number not in self._formats:
            is_there = number.isdigit() and int(number) < len(self._dxfs)
            self._formats[number] = tuple(map(form, self._dxfs[int(number)])) if is_there else ()
        return self._formats[number]


def stretches(rules: list[HeldRule], column: int) -> Iterator[Stretch]:
    """Where the rules hold in a column."""
    for rule in rules:
        for area in rule.areas:
            if area.first_column <= column <= area.last_column:
                yield Stretch(area.first_row, area.last_row, rule.does)


def held_in(
    rules: list[HeldRule], column: int, first_row: int, last_row: int = LAST_ROW
) -> list[Hashable]:
    """What the rules do that hold for any of some rows of a column, each once."""
    found = (
        stretch.does
        for stretch in stretches(rules, column)
        if stretch.first_row <= last_row and stretch.last_row >= first_row
    )
    return list(dict.fromkeys(found))
