"""Whatever rules a sheet has, a new cell is coloured as the one that it copies would be there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from sheetplan.ooxml.ranges import Area, ColumnCopy
from sheetplan.ooxml.rules import rule_edits, rules_of
from sheetplan.ooxml.workbook import Workbook
from tests.builders import workbook_with_sheet
from tests.ooxml.editing import make

JULY = ColumnCopy(5, 6)  # E and F, copied to G and H
FORMULAS = [
    '{0}="Complete"',
    '$E{1}="Complete"',
    "$C{1}<>$F{1}",
    "{0}=$B{1}",
    "COUNTIF($E$2:$E$9,{0})>1",
    "$E{1}=$E$2",
]


@dataclass(frozen=True)
class Format:
    """A conditional format: its areas, and its conditions as (formula, priority)."""

    areas: tuple[Area, ...]
    conditions: tuple[tuple[str, int], ...]

    @property
    def xml(self) -> str:
        rules = "".join(
            f'<cfRule type="expression" priority="{priority}"><formula>{escape(formula)}</formula>'
            "</cfRule>"
            for formula, priority in self.conditions
        )
        areas = " ".join(area.corners for area in self.areas)
        return f'<conditionalFormatting sqref="{areas}">{rules}</conditionalFormatting>'


@st.composite
def area(draw) -> Area:
    rows = sorted(draw(st.tuples(st.integers(2, 6), st.integers(2, 6))))
    columns = sorted(draw(st.tuples(st.integers(1, 6), st.integers(1, 6))))
    return Area(rows[0], columns[0], rows[1], columns[1])


@st.composite
def formats(draw) -> list[Format]:
    count = draw(st.integers(1, 4))
    sizes = [draw(st.integers(1, 2)) for _ in range(count)]
    priorities = draw(st.permutations(range(1, sum(sizes) + 1)))
    found = []
    for size in sizes:
        areas = draw(st.lists(area(), min_size=1, max_size=2, unique=True))
        if len(areas) == 2 and areas[0].overlaps(areas[1]):
            areas = areas[:1]
        first = f"{get_column_letter(areas[0].first_column)}{areas[0].first_row}"
        conditions = []
        for _ in range(size):
            formula = draw(st.sampled_from(FORMULAS)).format(first, areas[0].first_row)
            conditions.append((formula, priorities[0]))
            priorities = priorities[1:]
        found.append(Format(tuple(areas), tuple(conditions)))
    return found


def tried(sheet, row: int, column: int) -> list[str]:
    """The conditions that hold for a cell, as they read there, in the order of their priority."""
    found = []
    for rule in rules_of(sheet):
        if not any(area.contains(row, column) for area in rule.areas):
            continue
        corner = rule.areas[0]
        anchor = f"{get_column_letter(corner.first_column)}{corner.first_row}"
        here = f"{get_column_letter(column)}{row}"
        for item in rule.element:
            formula = Translator(f"={item[0].text}", origin=anchor).translate_formula(here)
            found.append((int(item.get("priority")), formula))
    return [formula for _, formula in sorted(found)]


def moved_on(formula: str, here: str, there: str) -> str:
    """A condition of July's as it must read in August."""
    moved = Translator(formula, origin=here).translate_formula(there)
    return re.sub(r"\$([EF])(?=\$?\d)", lambda m: f"${'GH'['EF'.index(m[1])]}", moved)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("rules") / "rules.xlsx"


@given(made=formats())
def test_a_new_cell_has_the_conditions_of_the_one_it_copies_in_the_same_order(path, made):
    workbook_with_sheet(path, "<sheetData/>" + "".join(item.xml for item in made))
    sheet = Workbook.open(path)["Sheet1"]
    before = {(r, c): tried(sheet, r, c) for r in range(2, 7) for c in range(1, 7)}
    make(rule_edits(sheet, JULY))
    for (row, column), conditions in before.items():
        assert tried(sheet, row, column) == conditions
        if column >= JULY.first:
            here, there = (f"{get_column_letter(c)}{row}" for c in (column, column + 2))
            assert tried(sheet, row, column + 2) == [
                moved_on(condition, here, there) for condition in conditions
            ]


@given(made=formats())
def test_no_two_conditions_are_tried_at_once(path, made):
    workbook_with_sheet(path, "<sheetData/>" + "".join(item.xml for item in made))
    sheet = Workbook.open(path)["Sheet1"]
    make(rule_edits(sheet, JULY))
    priorities = [priority for rule in rules_of(sheet) for priority in rule.priorities]
    assert len(priorities) == len(set(priorities))
