"""The charts of the summary's template: what they show, and that they say so in words."""

from __future__ import annotations

import re

import openpyxl
import pytest
from lxml import etree
from openpyxl.workbook import Workbook

from tests.template_sheets import SUMMARY, marked, members_of

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The template of the summary, as openpyxl reads it."""
    return openpyxl.load_workbook(SUMMARY, rich_text=True)


@pytest.mark.parametrize(("sheet", "row"), [("Exception summary", "chart"), ("Numbers", None)])
def test_a_chart_says_in_words_what_it_shows_and_stands_on_a_row_that_holds_it(
    sheet: str, row: str | None, book: Workbook
) -> None:
    anchor = _drawing(book.sheetnames.index(sheet))
    (told,) = anchor.iter(f"{DRAWING}cNvPr")
    assert "Stacked columns" in told.get("descr", "")
    first, last = (int(place.text or "") for place in anchor.iter(f"{DRAWING}row"))
    assert first == last
    if row is not None:
        assert first == marked(book[sheet], f"row_{row}")[0].row - 1


@pytest.mark.parametrize("sheet", ["Exception summary", "Numbers"])
def test_a_chart_shows_the_months_of_the_whole_plan_by_rating(sheet: str, book: Workbook) -> None:
    months = {cell.coordinate: cell.value for cell in marked(book[sheet], "row_month")}
    number = 1 + ["Exception summary", "Numbers"].index(sheet)
    chart = etree.fromstring(members_of(SUMMARY)[f"xl/charts/chart{number}.xml"])
    drawn = {}
    for series in chart.iter(f"{CHART}ser"):
        words, category, value = (
            next(series.find(f"{CHART}{kind}").itertext()) for kind in ("tx", "cat", "val")
        )
        assert months[_cell_of(category, sheet)] == "{month}"
        drawn[words] = months[_cell_of(value, sheet)]
    assert drawn == {
        "Complete": "{complete}",
        "Closed": "{closed}",
        "Green – on track": "{on_track}",
        "Not due to start": "{not_due_to_start}",
        "On hold": "{on_hold}",
        "Amber – medium progress": "{medium_progress}",
        "Red – significant slippage": "{significant_slippage}",
    }
    titles = ["".join(title.itertext(TEXT)) for title in chart.iter(f"{CHART}title")]
    assert titles == ["Actions by rating in each month", "Month", "Number of actions"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_chart_leaves_nothing_to_the_version_of_excel_that_its_workbook_is_from(
    number: int,
) -> None:
    chart = etree.fromstring(members_of(SUMMARY)[f"xl/charts/chart{number}.xml"])

    def said(parent: str, name: str) -> list[str | None]:
        children = [element.find(f"{CHART}{name}") for element in chart.iter(f"{CHART}{parent}")]
        return [None if child is None else child.get("val") for child in children]

    assert said("chartSpace", "roundedCorners") == ["0"]
    assert said("chart", "autoTitleDeleted") == ["0"]
    assert said("chart", "plotVisOnly") == ["1"]
    assert said("chart", "dispBlanksAs") == ["gap"]
    assert said("title", "overlay") == ["0"] * 3  # its own, and those of the axes
    assert said("legend", "overlay") == ["0"]
    assert said("barChart", "varyColors") == ["0"]
    assert said("ser", "invertIfNegative") == ["0"] * 7
    for axis in ("catAx", "valAx"):
        assert said(axis, "delete") == ["0"]
        assert said(axis, "majorTickMark") == ["out"]
        assert said(axis, "minorTickMark") == ["none"]
    assert said("catAx", "noMultiLvlLbl") == ["0"]


def _drawing(sheet: int) -> etree._Element:
    """The only thing that is drawn on a sheet of the summary, by the sheet's place."""
    members = members_of(SUMMARY)
    related = members[f"xl/worksheets/_rels/sheet{sheet + 1}.xml.rels"].decode()
    (number,) = re.findall(r"drawings/drawing(\d+)\.xml", related)
    (anchor,) = etree.fromstring(members[f"xl/drawings/drawing{number}.xml"])
    return anchor


def _cell_of(reference: str, sheet: str) -> str:
    place, _, cell = reference.rpartition("!")
    assert place.strip("'") == sheet
    first, _, last = cell.replace("$", "").partition(":")
    assert last in ("", first)
    return first
