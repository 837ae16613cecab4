from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model import Month

months = st.builds(Month, st.integers(2000, 2099), st.integers(1, 12))
distances = st.integers(-1000, 1000)


def test_month_is_read_in_every_form_that_people_need():
    july = Month(2023, 7)
    assert (july.label, str(july), july.name, july.iso) == (
        "July 2023",
        "July 2023",
        "July",
        "2023-07",
    )


@pytest.mark.parametrize("number", [0, 13, -1])
def test_month_refuses_a_number_that_no_month_has(number):
    with pytest.raises(ValueError, match="1 to 12"):
        Month(2023, number)


def test_month_refuses_a_year_that_no_calendar_has():
    with pytest.raises(ValueError, match="year"):
        Month(0, 1)


def test_months_sort_by_year_before_month():
    assert sorted([Month(2024, 1), Month(2023, 12), Month(2023, 2)]) == [
        Month(2023, 2),
        Month(2023, 12),
        Month(2024, 1),
    ]


def test_next_and_previous_cross_the_turn_of_the_year():
    assert Month(2023, 12).next == Month(2024, 1)
    assert Month(2024, 1).previous == Month(2023, 12)


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (Month(2023, 2), date(2023, 2, 28)),
        (Month(2024, 2), date(2024, 2, 29)),
        (Month(2023, 4), date(2023, 4, 30)),
        (Month(2023, 12), date(2023, 12, 31)),
        (Month(9999, 12), date(9999, 12, 31)),
    ],
)
def test_last_day_knows_short_months_and_leap_years(month, last):
    assert month.last_day == last


@pytest.mark.parametrize(
    "typed",
    [
        "2023-08",
        "August 2023",
        "Aug 2023",
        "Aug-23",
        "aug 23",
        "AUGUST 2023",
        "  August   2023 ",
        "aug-2023",
        "Aug - 23",
    ],
)
def test_parse_accepts_what_people_type(typed):
    assert Month.parse(typed) == Month(2023, 8)


def test_parse_reads_sept_with_four_letters():
    assert Month.parse("Sept 2023") == Month(2023, 9)


def test_parse_reads_mar_23_as_a_month_and_not_as_a_day():
    assert Month.parse("Mar-23") == Month(2023, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "August",
        "2023",
        "23-Mar",
        "2023-13",
        "2023-00",
        "2023-8",
        "08/2023",
        "1 August 2023",
        "2023-08-01",
        "Augustus 2023",
        "Au 23",
        "Aug23",
        "Aug 1923",
        "Aug 123",
        "next month",
    ],
)
def test_parse_refuses_anything_else_and_says_what_it_accepts(typed):
    with pytest.raises(ValueError, match="is not a month") as caught:
        Month.parse(typed)
    assert str(caught.value).endswith("Write it as 2023-08, August 2023, Aug 2023 or Aug-23.")


@given(months, distances)
def test_plus_and_months_since_are_each_others_inverse(month, distance):
    assert month.plus(distance).months_since(month) == distance
    assert month.plus(distance).plus(-distance) == month


@given(months, months)
def test_months_since_agrees_with_the_order(one, other):
    assert (one.months_since(other) > 0) == (one > other)
    assert one.months_since(other) == -other.months_since(one)


@given(months)
def test_a_month_ends_the_day_before_the_next_begins(month):
    assert (month.next.first_day - month.last_day).days == 1
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


@given(months)
def test_parse_reads_what_a_month_prints(month):
    assert Month.parse(month.label) == Month.parse(month.iso) == month
