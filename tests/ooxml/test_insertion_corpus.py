"""Columns inserted into each of a hundred workbooks of other programs: refused by name, or nothing
is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheetplan.errors import CannotInsertColumnsError
from sheetplan.ooxml.workbook import Workbook
from tests.judges import calamine_values, openpyxl_values, shared_folder, valid
from tests.ooxml.inserting import inserted, shifted_values
from tests.ooxml.test_corpus import OTHERS, by_name

pytestmark = pytest.mark.shared

CORPUS = sorted((shared_folder() or Path("absent")).glob("corpus/*.xls?"))
AT, COUNT = 2, 2

# What stands in the way on the first sheet, with words of the refusal.
REFUSED = {
    "Aspose.Cells-for-.NET__sampleFormattingSlicer.xlsx": 'pivot table "PivotTable1" in G14:L20',
    "Aspose.Cells-for-.NET__sampleGetDataConnection_WebQuery.xlsx": "a query that fills cells",
    "Aspose.Cells-for-.NET__sampleQueryTXT.xlsx": "a query that fills cells",
    "Aspose.Cells-for-.NET__sampleRemovingSlicer.xlsx": 'pivot table "PivotTable1" in G14:L20',
    "Aspose.Cells-for-.NET__sampleRenderingSlicer.xlsx": 'pivot table "PivotTable1" in G14:L20',
    "ClosedXML__CubeFromRange-Input.xlsx": "real-time data",
    "ClosedXML__CubeFromRange-Output.xlsx": "real-time data",
    "ClosedXML__pivot_table_first_header_row.xlsx": 'the pivot table "PivotTable2" in G3:AB8',
    "Open-XML-SDK__VolTypes.xlsx": "real-time data",
    "Open-XML-SDK__basicspreadsheet.xlsx": 'pivot table "PivotTable1" in B38:D43',
    "PhpSpreadsheet__sparklineEdgeCases.xlsx": "does not know ({OTHER-1234}, with somethingElse)",
    "test_files__smart_tags_2007.xlsx": "smart tags",
}


@pytest.mark.parametrize("path", [path for path in CORPUS if path.name not in OTHERS], ids=by_name)
def test_columns_are_inserted_and_all_is_there_or_it_is_said_what_is_in_the_way(path, tmp_path):
    if path.name in REFUSED:
        with pytest.raises(CannotInsertColumnsError, match=re.escape(REFUSED[path.name])):
            inserted(path, AT, COUNT, target=tmp_path / path.name)
        return
    done = inserted(path, AT, COUNT, target=tmp_path / path.name)
    assert done.verified.cells_lost == done.verified.cells_changed == 0
    assert valid(path, done.path) == []
    name = Workbook.open(path).sheets[0].name
    for read in (openpyxl_values, calamine_values):
        try:
            before = read(path)
        except Exception:  # what they cannot read is their own affair
            continue
        after = read(done.path)
        wanted = shifted_values(before[name], AT, COUNT)
        assert {cell: value for cell, value in after[name].items() if cell in wanted} == wanted
        assert set(after[name]) - set(wanted) <= headings(after[name])
        assert {k: v for k, v in after.items() if k != name} == {
            k: v for k, v in before.items() if k != name
        }


def headings(values: dict[str, object]) -> set[str]:
    """The heading cells that new columns of tables have been given."""
    return {cell for cell, value in values.items() if re.fullmatch(r"Column\d", str(value))}


@pytest.mark.parametrize("sheet", range(6))
def test_columns_come_into_each_theme_of_a_real_tracker(shared, tmp_path, sheet):
    path = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    done = inserted(path, 8, COUNT, sheet=sheet, target=tmp_path / "after.xlsx")
    assert valid(path, done.path) == []
    assert done.verified.cells_lost == done.verified.cells_changed == 0
    name = Workbook.open(path).sheets[sheet].name
    before, after = calamine_values(path), calamine_values(done.path)
    assert after == before | {name: shifted_values(before[name], 8, COUNT)}
