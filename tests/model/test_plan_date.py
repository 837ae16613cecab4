"""Dates as people type them. Each expectation is made by hand: precision, first and last day."""

from datetime import date, datetime

import pytest

from sheetplan.model import DateWords, PlanDate, Precision
from tests.model.dates import EVERY_MONTH, UK, expected, read, table

UNDERSTOOD = table("""
    Mar-23                             | month        | 2023-03
    mar 23                             | month        | 2023-03
    April 23                           | month        | 2023-04
    Sept 23                            | month        | 2023-09
    Sept. 2023                         | month        | 2023-09
    dec 22                             | month        | 2022-12
    Jul- 24                            | month        | 2024-07
    June-23                            | month        | 2023-06
    JUNE–23                            | month        | 2023-06
    Mar23                              | month        | 2023-03
    Aug ’23                            | month        | 2023-08
    2023-07                            | month        | 2023-07
    07/2023                            | month        | 2023-07
    2024 July                          | month        | 2024-07
    by March 2024                      | month        | 2024-03
    end of Sept 24                     | month        | 2024-09-28 | 2024-09-30
    mid-July 2024                      | month        | 2024-07-11 | 2024-07-21
    March/April 2024                   | month        | 2024-03    | 2024-04
    Nov to Feb 2024                    | month        | 2023-11    | 2024-02
    Nov 23 - Jan 24                    | month        | 2023-11    | 2024-01
    between March and May 2024         | month        | 2024-03    | 2024-05
    31/03/2024                         | day          | 2024-03-31
    1.4.24                             | day          | 2024-04-01
    04-03-2024                         | day          | 2024-03-04
    2024-03-31                         | day          | 2024-03-31
    1 April 2024                       | day          | 2024-04-01
    1st of April 2024                  | day          | 2024-04-01
    31-Mar-2024                        | day          | 2024-03-31
    Monday 3 July 2023                 | day          | 2023-07-03
    March 31, 2024                     | day          | 2024-03-31
    29 February 2024                   | day          | 2024-02-29
    w/c 3 July 2023                    | week         | 2023-07-03 | 2023-07-09
    week commencing Monday 3/7/23      | week         | 2023-07-03 | 2023-07-09
    w/e 7 July 2023                    | week         | 2023-07-01 | 2023-07-07
    Q1 2024/25                         | quarter      | 2024-04    | 2024-06
    Q3 2024/25                         | quarter      | 2024-10    | 2024-12
    Q4 24/25                           | quarter      | 2025-01    | 2025-03
    Quarter 2 2024-25                  | quarter      | 2024-07    | 2024-09
    3rd quarter of 2024/25             | quarter      | 2024-10    | 2024-12
    2024/25 Q2                         | quarter      | 2024-07    | 2024-09
    Q2/Q3 2024/25                      | quarter      | 2024-07    | 2024-12
    Spring 2023                        | season       | 2023-03    | 2023-05
    Autumn 23                          | season       | 2023-09    | 2023-11
    Spring/Summer 2024                 | season       | 2024-03    | 2024-08
    Winter 2023                        | season       | 2023-12    | 2024-02
    winter 2023/24                     | season       | 2023-12    | 2024-02
    end of summer 2023                 | season       | 2023-08
    early 2024                         | part of year | 2024-01    | 2024-04
    Mid 2023                           | part of year | 2023-05    | 2023-08
    mid-2023                           | part of year | 2023-05    | 2023-08
    late 2024                          | part of year | 2024-09    | 2024-12
    end of 2024                        | part of year | 2024-12
    end of financial year 2024/25      | part of year | 2025-03
    2024                               | year         | 2024-01    | 2024-12
    2024/25                            | year         | 2024-04    | 2025-03
    2024-25                            | year         | 2024-04    | 2025-03
    FY 24/25                           | year         | 2024-04    | 2025-03
    2023-2025                          | year         | 2023-01    | 2025-12
    TBC                                | to be confirmed | -
    tbc.                               | to be confirmed | -
    To be confirmed by the board       | to be confirmed | -
    TBC (March 2024)                   | to be confirmed | 2024-03
    March 2024 - TBC                   | to be confirmed | 2024-03
    Ongoing                            | ongoing      | -
    AA- on-going                       | ongoing      | -
    and annually thereafter            | ongoing      | -
    April 2024 onwards                 | ongoing      | 2024-04-01 | -
    from April 2024                    | ongoing      | 2024-04-01 | -
    April 2024 and annually thereafter | ongoing      | 2024-04-01 | -
    Ongoing to March 2025              | ongoing      | -          | 2025-03-31
    Ongoing - see March 2025           | ongoing      | -
    on hold                            | on hold      | -
    On hold until Mar-24               | on hold      | -
    N/A                                | not applicable | -
    none                               | not applicable | -
""")


@pytest.mark.parametrize(("text", "meaning"), UNDERSTOOD)
def test_what_is_understood_has_its_precision_and_days_and_nothing_to_mend(text, meaning):
    found = read(text)
    assert (found.precision, found.first, found.last) == meaning
    assert (found.text, found.mended) == (text, "")


MENDED = [
    ("Ocr 23", "month", "2023-10", "2023-10", "read as October 2023"),
    ("Febuary 2024", "month", "2024-02", "2024-02", "read as February 2024"),
    ("Setp-23", "month", "2023-09", "2023-09", "read as September 2023"),
    ("Autum 2021", "season", "2021-09", "2021-11", "read as September to November 2021"),
    ("ongiong", "ongoing", "-", "-", "read as ongoing"),
    ("Quaterly", "recurring", "-", "-", "read as recurring"),
    ("23-Mar", "month", "2023-03", "2023-03", "read as March 2023"),
    ("by 22-Dec", "month", "2022-12", "2022-12", "read as December 2022"),
    ("Q3 2024", "quarter", "2024-10", "2024-12", "read as October to December 2024"),
    ("03/31/2024", "day", "2024-03-31", "2024-03-31", "read as 31 March 2024"),
    ("March 2024 Cabinet", "month", "2024-03", "2024-03", "read as March 2024"),
    ("Mar 24?", "month", "2024-03", "2024-03", "read as March 2024"),
]


@pytest.mark.parametrize(("text", "precision", "first", "last", "mended"), MENDED)
def test_a_slip_of_the_pen_is_read_and_said(text, precision, first, last, mended):
    found = read(text)
    assert (found.precision, found.first, found.last) == expected(precision, first, last)
    assert (found.text, found.mended) == (text, mended)


RECURRING = [
    ("monthly", EVERY_MONTH, None, None),
    ("Monthly updates through IP", EVERY_MONTH, None, None),
    ("Monthly until March 2025", EVERY_MONTH, None, date(2025, 3, 31)),
    ("quarterly", (), None, None),
    ("6 monthly", (), None, None),
    ("Every 6 months", (), None, None),
    ("Every six months", (), None, None),
    ("annually", (), None, None),
    ("quarterly (from Nov) Nov Feb May Aug", (2, 5, 8, 11), None, None),
    ("Jan April July October", (1, 4, 7, 10), None, None),
    ("Jan, Apr, Jul & Oct", (1, 4, 7, 10), None, None),
    ("6 monthly Jan July", (1, 7), None, None),
    ("June & December each year", (6, 12), None, None),
    ("by 31 March each year", (3,), None, None),
    ("Ongoing - March, June, Sep, Dec", (3, 6, 9, 12), None, None),
    ("Ongoing, quarterly", (), None, None),
    ("Quarterly from April 2024", (), date(2024, 4, 1), None),
    ("Jan 23 Apr 23 July 23", (1, 4, 7), date(2023, 1, 1), date(2023, 7, 31)),
    ("March and June 2024", (3, 6), date(2024, 3, 1), date(2024, 6, 30)),
    ("Jul 23, Sept 23", (7, 9), date(2023, 7, 1), date(2023, 9, 30)),
]


@pytest.mark.parametrize(("text", "months", "first", "last"), RECURRING)
def test_what_comes_again_tells_its_months_and_how_long_it_goes_on(text, months, first, last):
    found = read(text)
    assert found.precision is Precision.RECURRING
    assert (found.months, found.first, found.last) == (months, first, last)
    assert found.mended == ""


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "?", "soon", "Spring", "Q3", "June", "23rd March", "31 March", "1-Mar", "12-Mar",
        "Apr-05", "31/02/2024", "31 April 2024", "13/13/2024", "45108", "Jum 23", "Mat 23",
        "not before March 2024", "after March 2024", "March 2024 or later",
        "Dec 23 revised to Mar 24", "Mar-23 Jul-23", "Mar-23\nJul-23", "Budget 2024",
        "100 day plan", "not ongoing", "no longer monthly", "Spring 2023/24", "2024/26", "2024/23",
        "Q5 2024/25", "w/c March 2024", "May slip to 2024", "Jan/July", "Oct to Mar", "Mar 1924",
        "2nd phase Mar 24 3", "x" * 5000, "#REF!", "#N/A",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_guessed(text):
    found = read(text)
    assert found.precision is Precision.UNREADABLE
    assert (found.first, found.last, found.mended) == (None, None, "")
    assert not found.names_a_day


def test_a_month_without_a_year_says_which_month_it_is():
    assert read("June").months == (6,)
    assert read("June").last is None


def test_blanks_around_a_date_are_no_part_of_it_and_line_breaks_do_not_count():
    assert read("  Mar-23\n") == read("Mar-23")
    assert read("March\n2023").last == date(2023, 3, 31)


# ---------------------------------------------------------------- dates and numbers


def test_a_real_date_is_a_day():
    found = PlanDate.read(date(2024, 3, 31), UK)
    assert (found.text, found.precision) == ("31 March 2024", Precision.DAY)
    assert (found.first, found.last) == (date(2024, 3, 31), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("shown", "precision", "first", "last"),
    [
        ("Jul-23", "month", "2023-07", "2023-07"),
        ("July 2023", "month", "2023-07", "2023-07"),
        ("2023", "year", "2023-01", "2023-12"),
        ("03/07/2023", "day", "2023-07-03", "2023-07-03"),
    ],
)
def test_a_date_is_as_precise_as_the_cell_shows_it(shown, precision, first, last):
    found = PlanDate.read(datetime(2023, 7, 3), UK, shown=shown)
    assert (found.precision, found.first, found.last) == expected(precision, first, last)
    assert (found.text, found.mended) == (shown, "")


@pytest.mark.parametrize(
    "shown",
    ["3-Jul", "23-Jul", "Aug-23", "juillet 2023", "0:00", "03/07/2023 00:00", "2023-07-03 0:00:00"],
)
def test_a_date_of_which_the_cell_shows_too_little_or_a_time_is_told_as_a_day(shown):
    found = PlanDate.read(datetime(2023, 7, 3), UK, shown=shown)
    assert (found.text, found.mended) == ("3 July 2023", "")
    assert PlanDate.read(found.text, UK) == found


def test_a_day_and_month_among_months_was_a_month_that_excel_misread():
    found = PlanDate.read(date(2022, 3, 23), UK, shown="23-Mar", is_day_month=True)
    assert (found.precision, found.first, found.last) == expected("month", "2023-03", "")
    assert (found.text, found.mended) == ("23-Mar", "read as March 2023")


def test_a_day_and_month_that_would_be_a_month_of_long_ago_is_a_day():
    found = PlanDate.read(date(2022, 3, 9), UK, shown="9-Mar", is_day_month=True)
    assert (found.precision, found.last) == (Precision.DAY, date(2022, 3, 9))


@pytest.mark.parametrize("value", [2024, 2024.0])
def test_the_number_of_a_year_is_a_year(value):
    assert PlanDate.read(value, UK).last == date(2024, 12, 31)


@pytest.mark.parametrize("value", [45108.0, 3.5, 0, -1, 24.0])
def test_any_other_number_is_unreadable(value):
    assert PlanDate.read(value, UK).precision is Precision.UNREADABLE


# ---------------------------------------------------------------- the council's own words


def test_words_of_time_mean_what_the_council_says():
    words = DateWords(
        financial_year_begins=7,
        seasons={"spring": (2, 4), "harvest": (8, 9)},
        parts={"early": (1, 3)},
        recurring=("Each term",),
        to_be_confirmed=("Awaited",),
    )
    assert read("Spring 2024", words).last == date(2024, 4, 30)
    assert read("harvest 2024", words).first == date(2024, 8, 1)
    assert read("Early 2024", words).last == date(2024, 3, 31)
    assert read("Q1 2024/25", words).first == date(2024, 7, 1)
    assert read("2024/25", words).last == date(2025, 6, 30)
    assert read("each term", words).precision is Precision.RECURRING
    assert read("awaited", words).precision is Precision.TO_BE_CONFIRMED
    assert read("TBC", words).precision is Precision.UNREADABLE


def test_a_council_without_seasons_reads_all_other_dates():
    words = DateWords(seasons={}, parts={})
    assert read("Spring 2024", words).precision is Precision.UNREADABLE
    assert read("early 2024", words).precision is Precision.UNREADABLE
    assert read("100 days from Mar-24", words).precision is Precision.ONGOING
    assert read("Mar-24", words).last == date(2024, 3, 31)


def test_two_councils_do_not_mix_their_words():
    other = DateWords(seasons={"spring": (1, 1)})
    assert read("Spring 2024").first == date(2024, 3, 1)
    assert read("Spring 2024", other).first == date(2024, 1, 1)
    assert read("Spring 2024").first == date(2024, 3, 1)


def test_a_date_knows_which_days_it_can_mean():
    assert read("Mar-23").can_mean(date(2023, 3, 31))
    assert not read("Mar-23").can_mean(date(2023, 4, 1))
    assert read("from April 2024").can_mean(date(2030, 1, 1))
    assert not read("TBC").can_mean(date(2023, 3, 31))
