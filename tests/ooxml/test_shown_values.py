"""What a cell says in words: a table of values and number formats, and what it is judged by."""

import math
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.ooxml.shown_dates import shown_date
from sheetplan.ooxml.shown_numbers import plain_number, shown_duration, shown_number
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.ooxml.workbook import Workbook
from tests.builders import package_with, replaced, workbook_with_sheet
from tests.judges import office_values

DAY = 45152  # 14 August 2023
HALF_PAST_TWO = 14.5 / 24
ACCOUNTS = '_-"£"* #,##0.00_-;\\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'

SHOWN = [
    # numbers
    (0.1 + 0.2, "General", "0.3"),
    (3.0, "General", "3"),
    (-2.5, "General", "-2.5"),
    (0.0001, "General", "0.0001"),
    (447700900123, "General", "447700900123"),
    (1 / 3, "General", "0.333333333333333"),
    (7, "@", "7"),
    (3.0, "0", "3"),
    (2.5, "0", "3"),
    (1.005, "0.00", "1.01"),
    (-0.001, "0.00", "0.00"),
    (5, "000", "005"),
    (3, "0.##", "3"),
    (12345.678, "#,##0.###", "12,345.678"),
    (1234567, "0.0,,", "1.2"),
    (12, '0" days"', "12 days"),
    (12, '"Week "0', "Week 12"),
    (-1200, "#,##0;(#,##0)", "(1,200)"),
    (-3, "0;[Red]0", "3"),
    (0, '0;-0;"none"', "none"),
    (1, '"Yes";"Yes";"No"', "Yes"),
    # percent and money
    (0.5, "0%", "50%"),
    (0.125, "0%", "13%"),
    (0.1234, "0.0%", "12.3%"),
    (1200, '"£"#,##0', "£1,200"),
    (1200.5, "[$£-809]#,##0.00", "£1,200.50"),
    (1200, "#,##0\\ [$€-407]", "1,200 €"),
    (-1200, "£#,##0;[Red]-£#,##0", "-£1,200"),
    (1200, ACCOUNTS, "£1,200.00"),
    (-1200, ACCOUNTS, "-£1,200.00"),
    # times and durations
    (HALF_PAST_TWO, "h:mm", "14:30"),
    (HALF_PAST_TWO, "hh:mm:ss", "14:30:00"),
    (HALF_PAST_TWO, "h:mm AM/PM", "2:30 PM"),
    (DAY + HALF_PAST_TWO, "h:mm", "14:30"),
    (0, "hh:mm", "00:00"),
    (26.25 / 24, "[h]:mm", "26:15"),
    (26.25 / 24, "[hh]:mm:ss", "26:15:00"),
    (26.25 / 24, '[h]" hrs "mm" min"', "26 hrs 15 min"),
    (0.05, "[mm]:ss", "72:00"),
    (0.05, "[s]", "4320"),
    (0, "[h]:mm", "0:00"),
    (1 - 1e-9, "[h]:mm", "24:00"),
    (-0.0625, "[h]:mm", "-1:30"),
    # dates
    (DAY, "dd/mm/yyyy", "14/08/2023"),
    (DAY, "d/m/yy", "14/8/23"),
    (DAY, "[$-809]dd mmmm yyyy;@", "14 August 2023"),
    (DAY, "d-mmm", "14-Aug"),
    (DAY, "mmm-yy", "Aug-23"),
    (DAY, "mm/yyyy", "08/2023"),
    (DAY, "mmm d, yyyy", "Aug 14, 2023"),
    (DAY + HALF_PAST_TWO, "dd/mm/yyyy", "14/08/2023"),
    (DAY + HALF_PAST_TWO, "dd/mm/yyyy hh:mm", "14/08/2023 14:30"),
    # truth
    (True, "General", "TRUE"),
    (False, "General", "FALSE"),
]

SPELT_OUT = [
    # Nobody shall take one date for another, whatever the sheet shows.
    (DAY, "m/d/yyyy", "14 August 2023"),
    (DAY, "[$-409]mm\\-dd\\-yy;@", "14 August 2023"),
    (DAY, "yyyy-mm-dd", "14 August 2023"),
    (DAY + HALF_PAST_TWO, "yyyy-mm-dd hh:mm:ss", "14 August 2023 14:30"),
    (DAY + HALF_PAST_TWO, "yyyy-mm-dd", "14 August 2023"),
    (DAY, "yyyy-mm-dd hh:mm:ss", "14 August 2023"),
    # What follows the computer's settings.
    (DAY, "mm-dd-yy", "14/08/2023"),
    (DAY + HALF_PAST_TWO, "m/d/yy h:mm", "14/08/2023 14:30"),
    (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "14 August 2023"),
    (HALF_PAST_TWO, "[$-F400]h:mm:ss\\ AM/PM", "14:30:00"),
    # A time has no day, and a number before the first day is no date.
    (HALF_PAST_TWO, "dd/mm/yyyy", "14:30"),
    (HALF_PAST_TWO, "dd/mm/yyyy hh:mm", "14:30"),
    (0, "dd/mm/yyyy", "0"),
    (-1, "dd/mm/yyyy", "-1"),
    (1e9, "dd/mm/yyyy", "1000000000"),
    # What a sheet hides was typed nevertheless; what is more than figures is left plain.
    (7, ";;;", "7"),
    (0.5, "# ?/?", "0.5"),
    (12345, "0.00E+00", "12345"),
    (7, "[>=5]0.0;0", "7"),
    (1180, "00-00", "1180"),
]


def built(path, cells):
    """A workbook with these values, each in its number format, one below the other."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, (value, code) in enumerate(cells):
            sheet.write(row, 0, value, book.add_format({"num_format": code}))
    return path


def texts(path):
    """What the cells of the first column say, by row."""
    sheet = Workbook.open(path).sheets[0]
    return {row: shown_text(sheet, row, 1) for row in sheet.rows}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A workbook with a cell for each value of the table."""
    path = tmp_path_factory.mktemp("shown") / "shown.xlsx"
    return built(path, [(value, code) for value, code, _ in SHOWN])


def test_values_are_in_words_as_their_sheet_shows_them(shown):
    assert texts(shown) == {row: words for row, (_, _, words) in enumerate(SHOWN, 1)}


@pytest.mark.office
def test_libreoffice_shows_the_same(shown):
    seen = office_values(shown)
    assert [" ".join(seen[f"A{row}"].split()) for row in range(1, len(SHOWN) + 1)] == [
        words for _, _, words in SHOWN
    ]


def test_what_could_be_misread_is_spelt_out(tmp_path):
    path = built(tmp_path / "spelt.xlsx", [(value, code) for value, code, _ in SPELT_OUT])
    assert texts(path) == {row: words for row, (_, _, words) in enumerate(SPELT_OUT, 1)}


def test_what_openpyxl_wrote_and_reads_back_is_said(tmp_path):
    values = {
        "Begun\nand done": "Begun\nand done",
        datetime(2023, 8, 14): "14 August 2023",
        datetime(2023, 8, 14, 14, 30): "14 August 2023 14:30",
        date(2023, 8, 14): "14 August 2023",
        time(14, 30): "14:30:00",
        timedelta(hours=26, minutes=15): "26:15:00",
        12.5: "12.5",
        True: "TRUE",
        "#N/A": "#N/A",
    }
    path = tmp_path / "written.xlsx"
    book = openpyxl.Workbook()
    for row, value in enumerate(values, 1):
        book.active.cell(row, 1, value)
    book.save(path)
    assert texts(path) == dict(enumerate(values.values(), 1))


def test_a_time_never_takes_the_text_of_its_neighbour(tmp_path):
    cells = [("On track", "@"), (HALF_PAST_TWO, "h:mm"), ("Begun", "@"), (1.5, "[h]:mm")]
    assert texts(built(tmp_path / "times.xlsx", cells)) == {
        1: "On track",
        2: "14:30",
        3: "Begun",
        4: "36:00",
    }


def test_dates_that_count_from_1904_are_read_so(tmp_path):
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        day = book.add_format({"num_format": "d mmm yyyy"})
        hours = book.add_format({"num_format": "[h]:mm"})
        book.add_worksheet().write_datetime("A1", datetime(2023, 8, 14), day)
        book.worksheets()[0].write_number("A2", 26.25 / 24, hours)
        book.worksheets()[0].write_number("A3", -1 / 24, hours)
    assert texts(path) == {1: "14 Aug 2023", 2: "26:15", 3: "-1:00"}


CELLS = {
    '<c r="A1" t="str"><f>B1&amp;""</f><v>On track</v></c>': "On track",
    '<c r="A1"><f>1+1</f><v>2</v></c>': "2",
    '<c r="A1" t="b"><f>1=1</f><v>1</v></c>': "TRUE",
    '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>': "#DIV/0!",
    '<c r="A1"><f>1+1</f></c>': "",
    '<c r="A1" t="d"><v>2023-08-14</v></c>': "14 August 2023",
    '<c r="A1" t="d"><v>2023-08-14T14:30:00Z</v></c>': "14 August 2023 14:30",
    '<c r="A1" t="d"><v>14:30:00</v></c>': "14:30:00",
    '<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>': "=1+1",
    '<c r="A1" t="s"><v>999</v></c>': "",
    '<c r="A1" t="n"><v>twelve</v></c>': "twelve",
    '<c r="A1"><v>1E400</v></c>': "inf",
    '<c r="A1"><v>1e30</v></c>': "1e+30",
    '<c r="A1" s="99"><v>12</v></c>': "12",
    '<c r="A1"/>': "",
    "": "",
}


@pytest.mark.parametrize(("cell", "words"), CELLS.items())
def test_a_cell_says_its_stored_value(tmp_path, cell, words):
    inside = f'<sheetData><row r="1">{cell}</row></sheetData>'
    path = workbook_with_sheet(tmp_path / "cell.xlsx", inside)
    assert shown_text(Workbook.open(path).sheets[0], 1, 1) == words


def test_a_workbook_without_formats_shows_numbers_plainly(tmp_path):
    path = built(tmp_path / "bare.xlsx", [(0.5, "0%"), ("Begun", "@")])
    package_with(path, {"xl/styles.xml": None})
    replaced(path, "[Content_Types].xml", 'PartName="/xl/styles.xml"', 'PartName="/xl/gone.xml"')
    replaced(path, "xl/_rels/workbook.xml.rels", "relationships/styles", "relationships/gone")
    assert texts(path) == {1: "0.5", 2: "Begun"}


@given(st.floats(-1e300, 1e300))
def test_a_plain_number_is_the_number(number):
    assert math.isclose(float(plain_number(number)), number, rel_tol=1e-14, abs_tol=0)


@given(
    st.integers(-(10**9), 10**9), st.sampled_from(["0", "#,##0", "0.00", '"£"#,##0', "0 [$€-2]"])
)
def test_no_figure_of_a_whole_number_is_lost(number, code):
    words = "".join(c for c in shown_number(number, code).split(".")[0] if c in "-0123456789")
    assert int(words) == number


@given(st.integers(0, 10**6), st.sampled_from(["[h]:mm", "[hh]:mm:ss", "[h]:m"]))
def test_no_minute_of_a_duration_is_lost(minutes, code):
    hours, rest, *_ = shown_duration(minutes / 1440, code).split(":")
    assert 60 * int(hours) + int(rest) == minutes


@given(st.floats(allow_nan=False), st.text('0#?,.%;"\\[]$£-@hmsdyE+_* /', max_size=12))
def test_any_format_shows_something(number, code):
    assert shown_number(number, code)
    assert isinstance(shown_duration(min(max(number, -1e6), 1e6), code), str)
    assert isinstance(shown_date(datetime(2023, 8, 14), code), str)
