from datetime import datetime

import pytest
import xlsxwriter

from sheetplan.ooxml.shown_dates import shown_date, shows_day_and_month
from tests.judges import office_values

MOMENT = datetime(2023, 7, 3, 14, 5, 9)
SHOWN = {
    "mmm-yy": "Jul-23",
    "mmm yy": "Jul 23",
    "mmmm yyyy": "July 2023",
    "[$-809]mmm-yy": "Jul-23",
    "[$-809]dd mmmm yyyy;@": "03 July 2023",
    "dd/mm/yyyy": "03/07/2023",
    "d/m/yy": "3/7/23",
    "d-mmm": "3-Jul",
    "d\\-mmm\\-yy": "3-Jul-23",
    "d-mmm-yy;@": "3-Jul-23",
    "ddd d mmm": "Mon 3 Jul",
    "dddd, d mmmm yyyy": "Monday, 3 July 2023",
    "mmmmm": "J",
    "yyyy": "2023",
    "yyyy-mm-dd": "2023-07-03",
    '"Due "mmm-yy': "Due Jul-23",
    '[Red]mmm" \'"yy': "Jul '23",
    "dd.mm.yy hh:mm": "03.07.23 14:05",
    "h:mm AM/PM": "2:05 PM",
    "hh:mm:ss": "14:05:09",
    "DD/MM/YYYY": "03/07/2023",
}


@pytest.mark.parametrize(("code", "shown"), SHOWN.items())
def test_a_date_is_spelt_as_its_number_format_says(code, shown):
    assert shown_date(MOMENT, code) == shown


@pytest.mark.office
def test_dates_are_spelt_as_libreoffice_shows_them(tmp_path):
    path = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, code in enumerate(SHOWN):
            sheet.write_datetime(row, 0, MOMENT, book.add_format({"num_format": code}))
    seen = office_values(path)
    assert {code: seen[f"A{row}"] for row, code in enumerate(SHOWN, 1)} == SHOWN


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("mm-dd-yy", "03/07/2023"),
        ("m/d/yy h:mm", "03/07/2023 14:05"),
        ("[$-F800]dddd, mmmm dd, yyyy", "03 July 2023"),
        ("[$-en-GB]d mmm yyyy", "3 Jul 2023"),
    ],
)
def test_what_follows_the_computers_settings_is_spelt_as_a_british_one_does(code, shown):
    assert shown_date(MOMENT, code) == shown


@pytest.mark.parametrize("code", ["d-mmm", "dd mmm", "[$-809]d-mmm;@", "d/m", 'd" of "mmmm'])
def test_a_format_of_day_and_month_is_known(code):
    assert shows_day_and_month(code)


@pytest.mark.parametrize(
    "code", ["mmm-yy", "d-mmm-yy", "dd/mm/yyyy", "dddd", "d", "mmmm", "h:mm", "General", '"d-mmm"']
)
def test_any_other_format_is_none(code):
    assert not shows_day_and_month(code)


@pytest.mark.parametrize("code", ["", "@", "0.00", '"open', "\\", "[", "_", ";;;"])
def test_a_format_that_shows_no_date_shows_none(code):
    assert "2023" not in shown_date(MOMENT, code)
