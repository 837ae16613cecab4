"""Dates in every spelling: what is read is what was meant, whatever it is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model import DateWords, Month, PlanDate, Precision
from sheetplan.model.month import FULL_NAMES, SHORT_NAMES
from tests.model.dates import read

months = st.builds(Month, st.integers(2010, 2099), st.integers(1, 12))
SPELLINGS = [
    "{short}-{yy}", "{short} {yy}", "{full} {yy}", "{full}-{yy}", "{short}- {yy}", "{full} {yyyy}",
    "{short} {yyyy}", "{short}{yy}", "{short} '{yy}", "{short}/{yy}", "{short}.{yyyy}",
    "{yyyy}-{mm}", "{mm}/{yyyy}", "{yyyy} {full}", "{full}, {yyyy}",
]  # fmt: skip
CAPITALS = [str, str.upper, str.lower]


@given(months, st.sampled_from(SPELLINGS), st.sampled_from(CAPITALS))
def test_every_month_is_read_in_every_spelling(month, spelling, capitals):
    text = spelling.format(
        short=capitals(SHORT_NAMES[month.month - 1]),
        full=capitals(FULL_NAMES[month.month - 1]),
        yyyy=month.year,
        yy=f"{month.year % 100:02d}",
        mm=f"{month.month:02d}",
    )
    found = read(text)
    assert (found.precision, found.mended) == (Precision.MONTH, "")
    assert (found.first, found.last) == (month.first_day, month.last_day)


@given(
    st.dates(date(2010, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "{} %B %Y",
                     "{}-%b-%y", "{}th of %B %Y", "%A {} %B %Y", "%B {}, %Y"]),
)  # fmt: skip
def test_every_day_is_read_in_every_spelling_day_first(day, spelling):
    found = read(day.strftime(spelling).format(day.day))
    assert (found.precision, found.first, found.last) == (Precision.DAY, day, day)
    assert found.mended == ""


@given(st.integers(15, 49), st.sampled_from(SHORT_NAMES))
def test_every_swapped_month_is_read_as_a_month_and_said(year, name):
    found = read(f"{year}-{name}")
    month = Month(2000 + year, SHORT_NAMES.index(name) + 1)
    assert (found.first, found.last) == (month.first_day, month.last_day)
    assert found.mended == f"read as {month}"


@given(st.integers(2010, 2098), st.integers(1, 4))
def test_every_quarter_lies_in_its_financial_year(year, quarter):
    label = f"{year}/{(year + 1) % 100:02d}"
    whole, found = read(label), read(f"Q{quarter} {label}")
    first = Month(year, 4).plus(3 * (quarter - 1))
    assert (found.first, found.last) == (first.first_day, first.plus(2).last_day)
    assert whole.first <= found.first <= found.last <= whole.last


pieces = st.sampled_from(
    "Mar-23 April 23 2024 2024/25 Q3 Autumn Mid end of early to and - , ( ) / from until by 31 "
    "31/03/2024 quarterly monthly TBC ongoing on hold Jan Feb 23-Mar 6 1st Ocr w/c not ? n/a "
    "may".split()
)


@given(st.lists(pieces | st.text(max_size=4), max_size=6).map(" ".join))
def test_whatever_is_typed_the_days_are_in_order_and_the_text_reads_the_same_again(text):
    found = read(text)
    if found.first and found.last:
        assert found.first <= found.last
    if found.precision is Precision.UNREADABLE:
        assert (found.first, found.last) == (None, None)
    assert read(found.text) == found == PlanDate.read(text, DateWords())
