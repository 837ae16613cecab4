"""Rolling again and again: each month is as good as the first, and nothing multiplies."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.roll_plan import RollPlan
from sheetplan.errors import MonthEmptyError
from sheetplan.model.month import Month
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts
from tests.builders import parts_of
from tests.cycle.looking import MAIN, fill_in
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, sdk_errors, valid
from tests.shapes import SHAPES

EXAMPLE = ROOT / "examples" / "improvement_plan.xlsx"
MONTHS = 24


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_rolls_again_when_the_new_month_has_been_filled_in(tmp_path, all_rolled, name):
    item = all_rolled[name]
    first = tmp_path / f"first{item.shape.suffix}"
    shutil.copy(item.after, first)
    month = item.result.plan.month
    fill_in(first, month)
    result = sheetplan.roll_month(first, output=tmp_path / f"second{item.shape.suffix}")
    assert result.plan.month == month.next
    assert valid(first, result.output) == []
    harm = diff(first, result.output).harm
    assert bool(harm) <= bool(item.shape.harm)
    values = openpyxl_values(result.output)
    for sheet, cells in openpyxl_values(first).items():
        lost = {cell for cell in cells if values[sheet].get(cell) != cells[cell]}
        assert len(lost) == len(item.shape.takes.get(sheet, ()))


@dataclass
class Counts:
    """How much of each kind a workbook holds."""

    size: int
    cells: int
    rules: int
    drop_downs: int
    names: int
    formats: int
    strings: int
    parts: int

    @classmethod
    def of(cls, path: Path) -> Counts:
        parts = parts_of(path)
        roots = [etree.fromstring(data) for name, data in parts.items() if name.endswith(".xml")]

        def count(*names: str) -> int:
            tags = [f"{{*}}{name}" for name in names]
            return sum(1 for root in roots for _ in root.iter(*tags))

        return cls(
            path.stat().st_size,
            sum(1 for root in roots for _ in root.iter(f"{MAIN}c")),
            count("cfRule"),
            count("dataValidation"),
            count("definedName"),
            count("dxf", "xf"),
            count("si"),
            len(parts),
        )


@dataclass(frozen=True)
class Years:
    """A tracker after each of its months, none of them filled in, and the last roll.

    `rules` is how many each month adds: copies of those that read their month absolutely.
    """

    paths: list[Path]
    last: ChangeResult[RollPlan]
    rules: int


TRACKERS = {"example": 1, "colours_by_a_fixed_column": 2, "table_with_totals": 0}


@pytest.fixture(scope="module", params=TRACKERS)
def two_years(request, tmp_path_factory):
    """Twenty-four months opened one after the other."""
    folder = tmp_path_factory.mktemp("years")
    paths = [folder / "0.xlsx"]
    if request.param == "example":
        shutil.copy(EXAMPLE, paths[0])
    else:
        SHAPES[request.param].build(paths[0])
    for number in range(1, MONTHS + 1):
        output = folder / f"{number}.xlsx"
        result = sheetplan.roll_month(paths[-1], output=output, force=True)
        paths.append(output)
    return Years(paths, result, TRACKERS[request.param])


def test_two_years_of_months_add_what_they_must_and_nothing_else(two_years):
    paths = two_years.paths
    start, first, last = (Counts.of(path) for path in (paths[0], paths[1], paths[-1]))
    assert last.rules - first.rules == two_years.rules * (MONTHS - 1)
    assert (last.drop_downs, last.names) == (start.drop_downs, start.names)
    assert (last.strings, last.parts) == (start.strings, start.parts)
    assert first.formats - start.formats in (0, 5)  # one for each colour of the profile
    assert last.formats == first.formats
    cells = last.cells - first.cells
    assert cells == (first.cells - start.cells) * (MONTHS - 1)
    assert last.size - first.size <= 8 * cells + 40 * (last.rules - first.rules)


def test_after_two_years_every_judge_still_holds(two_years):
    first, before, last = two_years.paths[0], two_years.paths[-2], two_years.paths[-1]
    assert valid(first, last) == []
    banners = [banner for sheet in two_years.last.plan.sheets for banner in sheet.banners]
    harm = len(banners) + sum(banner.merged is not None for banner in banners)
    assert len(diff(before, last).harm) in (harm, 0)  # 0 where the judge is not there
    assert two_years.last.verified.cells_lost == 0
    read, read_otherwise = openpyxl_values(last), calamine_values(last)
    assert {name: cells.keys() for name, cells in read.items()} == {
        name: cells.keys() for name, cells in read_otherwise.items()
    }


def test_after_two_years_every_month_is_found(two_years):
    def months(path):
        reading = read_layouts(Workbook.open(path), load_profile("standard"))
        return [[block.month for block in item.layout.months] for item in reading.trackers]

    before, after = months(two_years.paths[0]), months(two_years.paths[-1])
    for old, new in zip(before, after, strict=True):
        assert new == old + [old[-1].plus(number) for number in range(1, MONTHS + 1)]


@pytest.mark.validator
def test_after_two_years_the_open_xml_sdk_finds_nothing_new(two_years):
    assert set(sdk_errors(two_years.paths[-1])) <= set(sdk_errors(two_years.paths[0]))


def test_rolling_what_has_not_been_filled_in_is_refused_unless_forced(all_rolled):
    after = all_rolled["month_in_each_heading"].after
    with pytest.raises(MonthEmptyError, match="August 2023"):
        sheetplan.plan_roll_month(after)
    assert sheetplan.plan_roll_month(after, force=True).month == Month(2023, 9)
