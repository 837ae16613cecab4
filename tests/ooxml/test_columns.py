import pytest
from lxml import etree

from sheetplan.ooxml.columns import column_settings, copy_columns, hide_columns
from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import main
from tests.builders import FIRST_SHEET, parts_of, workbook_with_sheet
from tests.ooxml.editing import edited

JUNE = ColumnCopy(3, 4)  # C and D, copied to E and F
TARGETS = ["column 5", "column 6"]


def sheet_with(tmp_path, columns):
    """A workbook with these <col>s: "1-3 w10 hidden" stands for columns A to C, 10 wide."""
    cols = []
    for line in columns:
        span, *settings = line.split()
        first, _, last = span.partition("-")
        spelled = f'<col min="{first}" max="{last or first}"'
        for setting in settings:
            name, value = {"w": "width", "s": "style", "o": "outlineLevel"}.get(setting[0]), "1"
            if setting in ("hidden", "collapsed", "customWidth"):
                name = setting
            else:
                value = setting[1:]
            spelled += f' {name}="{value}"'
        cols.append(spelled + "/>")
    inside = f"<cols>{''.join(cols)}</cols><sheetData/>" if cols else "<sheetData/>"
    return workbook_with_sheet(tmp_path / "before.xlsx", inside)


def spelled(path):
    """The <col>s of the first sheet, in the words of `sheet_with`; None where it has none."""
    cols = etree.fromstring(parts_of(path)[FIRST_SHEET]).find(main("cols"))
    if cols is None:
        return None
    found = []
    for col in cols:
        first, last = col.get("min"), col.get("max")
        letters = {"width": "w", "style": "s", "outlineLevel": "o"}
        words = [first if first == last else f"{first}-{last}"]
        for name, value in col.attrib.items():
            if name in letters:
                words.append(letters[name] + value)
            elif name not in ("min", "max"):
                words.append(name)
        found.append(" ".join(words))
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # each column by itself
        (["3 w10", "4 w50"], ["3 w10", "4 w50", "5 w10", "6 w50"]),
        # one <col> over both months' columns
        (["3-4 w10"], ["3-4 w10", "5 w10", "6 w10"]),
        # one that reaches over the new columns already is split, and its rest stays
        (["1-3 w10", "4-9 w50"], ["1-3 w10", "4 w50", "5 w10", "6 w50", "7-9 w50"]),
        # to the end of the sheet, as Excel writes when all columns were selected
        (["3 w10", "4-16384 w9"], ["3 w10", "4 w9", "5 w10", "6 w9", "7-16384 w9"]),
        (["1-16384 w9"], ["1-4 w9", "5 w9", "6 w9", "7-16384 w9"]),
        # settings of columns further right stay behind the new ones
        (["3 w10", "4 w50", "8 w7"], ["3 w10", "4 w50", "5 w10", "6 w50", "8 w7"]),
        # style and outline come along; hiding does not
        (
            ["3 w10 s5 o1 hidden", "4 w50 collapsed"],
            ["3 w10 s5 o1 hidden", "4 w50 collapsed", "5 w10 s5 o1", "6 w50"],
        ),
        # a column of the standard width stays of the standard width
        (["4 w50"], ["4 w50", "6 w50"]),
        (["1 w7"], ["1 w7"]),
    ],
)
def test_new_columns_are_as_wide_as_those_they_copy(tmp_path, before, after):
    written = edited(
        sheet_with(tmp_path, before), lambda sheet: copy_columns(sheet, JUNE), agreed=TARGETS
    )
    assert spelled(written) == after


def test_a_sheet_of_standard_widths_goes_on_without_any(tmp_path):
    path = sheet_with(tmp_path, [])
    written = edited(path, lambda sheet: copy_columns(sheet, JUNE))
    assert spelled(written) is None


def test_new_columns_lose_a_width_that_the_copied_ones_do_not_have(tmp_path):
    path = sheet_with(tmp_path, ["3 w10", "5 w70", "6 w80"])
    written = edited(path, lambda sheet: copy_columns(sheet, JUNE), agreed=TARGETS)
    assert spelled(written) == ["3 w10", "5 w10"]


@pytest.mark.parametrize("width", [2, 3])
def test_no_empty_list_of_columns_is_left_for_excel_to_repair(tmp_path, width):
    path = sheet_with(tmp_path, ["6-7 w70"])
    columns = ColumnCopy(6 - width, 5)
    written = edited(
        path,
        lambda sheet: copy_columns(sheet, columns),
        agreed=[f"column {column}" for column in columns.targets],
    )
    assert spelled(written) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["1-5 w10"], ["1 w10", "2 w10 hidden", "3-4 w10", "5 w10 hidden"]),
        (["5 w7 hidden"], ["2 hidden", "5 w7 hidden"]),
        ([], ["2 hidden", "5 hidden"]),
    ],
)
def test_a_hidden_column_keeps_its_width_and_the_others_are_seen(tmp_path, before, after):
    path = sheet_with(tmp_path, before)
    agreed = [f"column {column}" for column in range(1, 6)]
    written = edited(path, lambda sheet: hide_columns(sheet, [2, 5]), agreed=agreed)
    assert spelled(written) == after


def test_columns_are_never_named_twice_whatever_month_is_copied(tmp_path):
    path = sheet_with(tmp_path, ["1 w3", "2-5 w10", "7-9 w20", "11-16384 w9"])
    for first in range(1, 12):
        columns = ColumnCopy(first, first + 1)
        written = edited(
            path,
            lambda sheet, columns=columns: copy_columns(sheet, columns),
            agreed=[f"column {column}" for column in columns.targets],
        )
        spans = [tuple(map(int, line.split()[0].split("-"))) for line in spelled(written)]
        ends = [number for span in spans for number in (span[0], span[-1])]
        assert ends == sorted(ends)
        assert len({span[0] for span in spans}) == len(spans)


def test_settings_are_those_of_the_range_that_holds_the_column(tmp_path):
    path = sheet_with(tmp_path, ["1-3 w10 hidden", "5 w20"])
    sheet = Workbook.open(path)["Sheet1"]
    assert column_settings(sheet, 2)["width"] == "10"
    assert column_settings(sheet, 4) == {}
    hidden = [column_settings(sheet, column).get("hidden") for column in (3, 4, 5)]
    assert hidden == ["1", None, None]
