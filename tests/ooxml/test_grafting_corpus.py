"""A report grafted into a hundred workbooks that other programs made, and made anew twice."""

import pytest

from sheetplan.ooxml.grafting import graft, replace_sheet
from sheetplan.ooxml.marks import is_edited, put_mark
from sheetplan.ooxml.saving import FileState, save
from sheetplan.ooxml.workbook import Workbook
from tests.builders import parts_of
from tests.judges import calamine_values, diff, openpyxl_values, valid
from tests.ooxml.report_sheet import NAME, ROWS, report
from tests.ooxml.test_corpus import CORPUS, OTHERS, by_name

pytestmark = pytest.mark.shared

SUMMARY = "Wexcombe's summary"
# It has the name of a filter twice, of which xlsx_diff.py counts the second one lost.
TWO_OF_A_NAME = "ClosedXML__pivot_table_first_header_row.xlsx"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    more = [["WB.B1.1", "Dredge the harbour", 7], *ROWS]
    return report(folder / "july.xlsx"), report(folder / "august.xlsx", rows=more)


@pytest.mark.parametrize("path", [path for path in CORPUS if path.name not in OTHERS], ids=by_name)
def test_a_report_is_grafted_and_made_anew_and_nothing_else_changes(path, reports, tmp_path):
    july, august = reports
    first, second, third = (tmp_path / f"{n}{path.suffix}" for n in (1, 2, 3))
    changed(path, first, july)
    assert diff(path, first).harm == [] or path.name == TWO_OF_A_NAME
    assert other_parts_than_lists(path, first) == set()
    assert valid(path, first) == []
    read_by_others(path, first, july)

    changed(first, second, august)
    changed(second, third, july)
    sizes = [{name: len(data) for name, data in parts_of(p).items()} for p in (first, third)]
    gone = sizes[0].keys() - sizes[1].keys()
    assert sizes[0] == sizes[1] or gone == {"xl/calcChain.xml"}  # it may name an old formula
    assert valid(path, third) == []
    read_by_others(path, third, july)


def changed(path, target, source):
    """The workbook with the report of a source at its end, or anew where it stands, and marked."""
    workbook = Workbook.open(path)
    agreed = frozenset()
    if SUMMARY in workbook:
        sheet = workbook[SUMMARY]
        assert not is_edited(workbook, sheet)
        agreed = replace_sheet(workbook, sheet, Workbook.open(source), NAME)
    else:
        sheet = graft(workbook, Workbook.open(source), NAME, name=SUMMARY)
    put_mark(workbook, sheet, "summary", "2026-07")
    save(workbook.package, target, source=path, state=FileState.of(path), agreed=agreed)


def other_parts_than_lists(before, after):
    """The parts that changed, but for those that list what the workbook has."""
    old, new = parts_of(before), parts_of(after)
    workbook = Workbook.open(before)
    main_part = workbook.package.main_part
    lists = {"[Content_Types].xml", main_part, *workbook.package.related(main_part, "styles")}
    lists.add(main_part.replace("/", "/_rels/") + ".rels")
    changed = {name for name in old if old[name] != new.get(name)} - lists
    return {name for name in changed if not name.endswith("/")}  # folders hold nothing


def read_by_others(before, after, source):
    """What openpyxl and calamine read, where they can read the workbook as it was."""
    for read in (openpyxl_values, calamine_values):
        try:
            old = read(before)
        except Exception:  # what they cannot read is their own affair
            continue
        new = read(after)
        assert new.pop(SUMMARY) == read(source)[NAME]
        assert new == old
