"""Templates of a council's own for `prepare`, and names that are taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

import sheetplan
from sheetplan.errors import SheetNameError, TemplateError
from sheetplan.sheets.support_columns import PREPARED_KINDS, THEME_LIST
from tests.builders import workbook_from_text
from tests.cycle.preparing import PLAN, prepared, rows_of
from tests.judges import valid


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """Two themes with July 2026, a column of milestones, and one of recommendations."""
    return workbook_from_text(tmp_path / "plan.xlsx", PLAN)


def test_a_template_without_a_table_is_named(tracker: Path) -> None:
    template = workbook_from_text(tracker.parent / "ours.xlsx", {"Milestones": "| Id |\n| 1 |"})
    settings = tracker.parent / "sheetplan.toml"
    settings.write_text(
        f'profile = "standard"\n[templates]\nsupport_sheets = "{template.name}"\n', "utf-8"
    )
    with pytest.raises(TemplateError) as caught:
        sheetplan.prepare(tracker)
    assert "no Excel table with the name Narrative" in str(caught.value)
    assert 'the columns "Main action" and "Milestone" cannot be found' in str(caught.value)
    assert caught.value.where == "ours.xlsx"


def test_a_councils_own_template_may_order_its_columns_as_it_likes(tracker: Path) -> None:
    own = tracker.parent / "ours.xlsx"
    book = xlsxwriter.Workbook(str(own))
    for kind in (*PREPARED_KINDS, THEME_LIST):
        headings = ["Asked by", *(c.heading for c in reversed(kind.columns))]
        options = {"name": kind.table, "columns": [{"header": h} for h in headings]}
        book.add_worksheet(kind.sheet).add_table(1, 1, 2, 1 + len(headings) - 1, options)
    book.close()
    settings = tracker.parent / "sheetplan.toml"
    settings.write_text(
        f'profile = "standard"\n[templates]\nsupport_sheets = "{own.name}"\n', "utf-8"
    )
    _, output = prepared(tracker)
    assert rows_of(output, "Recommendation map")[0] == [None, None, "LC.A1.0", "S1"]
    assert valid(tracker, output) == []


def test_a_name_that_is_taken_by_a_chart_sheet_stops_it(tracker: Path, tmp_path: Path) -> None:
    def decorate(book: Any) -> None:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='Theme 1'!$A$1:$A$2"})
        book.add_chartsheet("Narrative").set_chart(chart)

    path = workbook_from_text(tmp_path / "chart.xlsx", PLAN, decorate=decorate)
    before = path.read_bytes()
    with pytest.raises(SheetNameError, match="Narrative"):
        sheetplan.prepare(path)
    assert path.read_bytes() == before
