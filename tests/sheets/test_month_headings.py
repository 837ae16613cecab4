"""A new month's headings, spelled as the last month's are."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months, without_months
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.ranges import ColumnCopy
from sheetplan.sheets.month_headings import HeadingCopy, respelled_runs
from tests.sheets.building import reading_of

JULY, AUGUST = Month(2023, 7), Month(2023, 8)


def headings_of(path, text, new=None, **options):
    """The headings of a text table's last month, to be copied."""
    item = reading_of(path, text, **options)
    block = item.layout.rightmost
    columns = ColumnCopy(block.first, block.last)
    return HeadingCopy(item.sheet, item.layout, columns, block.month, new or block.month.next)


def copied(path, text, **options):
    """By cell, what the new headings say."""
    return {write.cell: write.text for write in headings_of(path, text, **options).block()}


@pytest.mark.parametrize(
    ("runs", "respelled"),
    [
        (["Status (July 2023)"], ["Status (August 2023)"]),
        (["Status (", "July 2023", ")"], ["Status (", "August 2023", ")"]),
        (["Status (Ju", "ly ", "2023)"], ["Status (August 2023", "", ")"]),
        (["July", " 2023"], ["August 2023", ""]),
        (["July 2023 and ", "July"], ["August 2023 and ", "August"]),
        (["June 2023 to July 2023"], ["June 2023 to August 2023"]),
        (["Approved 3 July 2023"], ["Approved 3 July 2023"]),
        ([""], [""]),
    ],
)
def test_runs_of_rich_text_keep_their_formats_around_the_month(runs, respelled):
    formatted = [Run(text, f"<rPr>{at}</rPr>".encode()) for at, text in enumerate(runs)]
    found = respelled_runs(formatted, JULY, AUGUST, None)
    assert [run.text for run in found] == respelled
    assert [run.properties for run in found] == [run.properties for run in formatted]


@given(st.lists(st.text(alphabet="Jul y203(S-", max_size=6), max_size=5), st.integers(0, 60))
def test_runs_cut_anywhere_say_what_the_whole_text_would(texts, at):
    text = "".join([*texts, " July 2023 ", *reversed(texts)])
    cut = at % len(text)
    whole = respelled_runs([Run(text)], JULY, AUGUST, None)
    pieces = respelled_runs([Run(text[:cut]), Run(text[cut:])], JULY, AUGUST, None)
    assert "".join(run.text for run in pieces) == whole[0].text
    assert without_months(whole[0].text) == without_months(text)
    assert [m.month for m in find_months(whole[0].text)] == [
        AUGUST if m.month == JULY else m.month for m in find_months(text)
    ]


def test_a_gap_of_months_is_spelled_like_any_other_step(tmp_path):
    text = "| Ref | RAG Jul-23 | Update Jul-23 |"
    headings = headings_of(tmp_path / "plan.xlsx", text, new=Month(2023, 11))
    assert [write.text for write in headings.block()] == ["RAG Nov-23", "Update Nov-23"]


@pytest.mark.parametrize(
    ("number_format", "typed", "new", "moved"),
    [
        ("mmm yyyy", "2023-07-01", Month(2023, 8), datetime(2023, 8, 1)),
        ("mmm yyyy", "2023-12-01", Month(2024, 1), datetime(2024, 1, 1)),
        ("mmm yyyy", "2023-01-31", Month(2023, 2), datetime(2023, 2, 28)),
        ("d-mmm", "2024-07-23", Month(2023, 8), datetime(2024, 8, 23)),
        ("d-mmm", "2023-12-23", Month(2024, 1), datetime(2023, 1, 24)),
        ("d-mmm", "2028-01-28", Month(2028, 2), datetime(2028, 2, 28)),
    ],
)
def test_a_real_date_moves_on_and_shows_the_new_month(tmp_path, number_format, typed, new, moved):
    text = f"| Ref | {typed} | < |\n| | Status | Update |"
    headings = headings_of(tmp_path / "plan.xlsx", text, new, date_format=number_format)
    write = next(headings.block())
    assert write.number == headings.sheet.workbook.reader.serial(moved)


def test_where_excel_could_not_have_misread_the_month_it_is_text(tmp_path):
    # Typed Jan-29 in 2029 it is 29 January; Feb-29 is no day of that year.
    text = "| Ref | 2029-01-29 | < |\n| | Status | Update |"
    assert copied(tmp_path / "plan.xlsx", text, date_format="d-mmm")["D1"] == "Feb-29"


def test_a_date_that_is_not_the_months_stays(tmp_path):
    text = "| Ref | 2023-07-01 | 2021-03-01 |\n| | Status (July 2023) | Update (July 2023) |"
    found = copied(tmp_path / "plan.xlsx", text, date_format="mmm yyyy")
    assert (found["D1"], found["E1"]) == ("01 August 2023", "01 March 2021")


def test_figures_in_the_headings_are_copied(tmp_path):
    text = "| Ref | 1 | 2 |\n| | Status (July 2023) | Update (July 2023) |"
    headings = headings_of(tmp_path / "plan.xlsx", text)
    assert [write.number for write in headings.block()][:2] == [1.0, 2.0]


def test_a_formula_in_the_headings_has_its_result_beside_it(tmp_path):
    text = '| Ref | ="Status ("&A9&")" -> Status (July 2023) | Update (July 2023) |'
    write, _ = headings_of(tmp_path / "plan.xlsx", text).block()
    assert write.formula == '"Status ("&C9&")"'
    assert "".join(run.text for run in write.runs) == "Status (August 2023)"


@pytest.mark.parametrize(
    ("months", "short"),
    [
        (["Apr 2023", "May 2023"], True),
        (["April 2023", "May 2023"], False),
        (["May 2023"], None),
        (["2023-04", "2023-05"], None),
        (["Sept 2023"], True),
    ],
)
def test_whether_months_are_cut_short_shows_in_any_month_but_may(tmp_path, months, short):
    text = " | ".join(["Ref", *(f"Status {month}" for month in months)])
    assert headings_of(tmp_path / "plan.xlsx", f"| {text} |").short is short


AGAIN = """
| Ref | Status (July 2023) | Update (July 2023) |
| 1.1 | Red                | Begun              |
| {0} | {1}                | {2}                |
"""


@pytest.mark.parametrize(
    ("cells", "is_again"),
    [
        (("Ref", "Status (July 2023)", "Update (July 2023)"), True),
        (("REF", "STATUS (July 2023)", "Update / July 2023"), True),
        (("", "Status (July 2023)", "Update (July 2023)"), True),
        (("", "Status", "Update"), True),
        (("", "", "Update (July 2023)"), True),
        (("1.2", "Status (July 2023)", "Update (July 2023)"), False),
        (("", "Status in July 2023", "Update (July 2023)"), False),
        (("", "", "Update: begun in July 2023"), False),
        (("", "", ""), False),
    ],
)
def test_headings_stand_again_only_in_their_own_words(tmp_path, cells, is_again):
    headings = headings_of(tmp_path / "plan.xlsx", AGAIN.format(*cells))
    columns = [column for column in (2, 3) if headings.sheet.text(3, column)]
    assert headings.stand_again(3, columns, cells[0]) is is_again
