import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetplan.ooxml.ranges import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    ColumnCopy,
    cell_name,
    column_letters,
    column_number,
    covers_all,
    parse_areas,
    spell_areas,
)


def ends(least, most):
    """Two numbers, the lesser first."""
    return st.tuples(st.integers(least, most), st.integers(least, most)).map(sorted)


@st.composite
def areas(draw, last_row=60, last_column=60):
    (top, bottom), (left, right) = draw(ends(1, last_row)), draw(ends(1, last_column))
    return Area(top, left, bottom, right)


area_lists = st.lists(areas(), min_size=1, max_size=6)
copies = ends(1, 60).map(lambda pair: ColumnCopy(*pair))


def cells_in(some):
    """The cells of areas, one by one, as a dull but certain way to see what lies where."""
    return {
        (row, column)
        for area in some
        for row in range(area.first_row, area.last_row + 1)
        for column in range(area.first_column, area.last_column + 1)
    }


# ---------------------------------------------------------------- columns


def test_columns_are_lettered_as_excel_letters_them():
    # Worked out by hand: 26 letters, then 676 pairs, then triples up to 16,384.
    by_hand = {
        1: "A", 2: "B", 26: "Z", 27: "AA", 28: "AB", 52: "AZ", 53: "BA", 256: "IV", 677: "ZA",
        702: "ZZ", 703: "AAA", 704: "AAB", 728: "AAZ", 729: "ABA", 16384: "XFD",
    }  # fmt: skip
    assert {number: column_letters(number) for number in by_hand} == by_hand
    assert {column_number(letters): letters for letters in by_hand.values()} == by_hand


def test_letters_of_columns_follow_one_another_as_an_odometer_turns():
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    singles = list(alphabet)
    pairs = [a + b for a in alphabet for b in alphabet]
    triples = [a + b + c for a in "ABC" for b in alphabet for c in alphabet]
    expected = singles + pairs + triples
    assert [column_letters(n) for n in range(1, len(expected) + 1)] == expected


def test_small_letters_name_the_same_column():
    assert column_number("ab") == column_number("AB") == 28


def test_a_cell_is_named_by_column_and_row():
    assert cell_name(7, 28) == "AB7"


# ---------------------------------------------------------------- areas


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B2", Area(2, 2, 2, 2)),
        ("B2:D9", Area(2, 2, 9, 4)),
        ("$B$2:$D$9", Area(2, 2, 9, 4)),
        ("b2:d9", Area(2, 2, 9, 4)),
        ("D9:B2", Area(2, 2, 9, 4)),
        ("D2:B9", Area(2, 2, 9, 4)),
        ("B:D", Area(1, 2, LAST_ROW, 4)),
        ("$B:$B", Area(1, 2, LAST_ROW, 2)),
        ("2:9", Area(2, 1, 9, LAST_COLUMN)),
        ("A1:XFD1048576", Area(1, 1, LAST_ROW, LAST_COLUMN)),
    ],
)
def test_an_area_is_read_in_every_spelling_that_excel_has(text, area):
    assert Area.parse(text) == area


@pytest.mark.parametrize(
    "text", ["", ":", "B", "2", "B2:", ":B2", "B2:C", "B:2", "B2:C3:D4", "B2 C3", "#REF!", "ABCD1"]
)
def test_what_is_no_area_is_refused(text):
    with pytest.raises(ValueError, match="not a range of cells"):
        Area.parse(text)


@pytest.mark.parametrize("text", ["B2", "B2:D9", "B:D", "B:B", "2:9", "2:2"])
def test_an_area_is_spelled_as_excel_spells_it(text):
    assert str(Area.parse(text)) == text


@given(areas(LAST_ROW, LAST_COLUMN))
def test_an_area_that_is_spelled_and_read_again_is_the_same(area):
    assert Area.parse(str(area)) == area


@given(area_lists)
def test_a_list_of_areas_that_is_spelled_and_read_again_is_the_same(some):
    assert parse_areas(spell_areas(some)) == some


def test_a_list_of_areas_may_have_any_white_space_between_them():
    assert parse_areas(" B2:B9\n D2 ") == [Area(2, 2, 9, 2), Area(2, 4, 2, 4)]


@given(areas(), areas())
def test_covering_and_overlapping_agree_with_the_cells(one, other):
    mine, theirs = cells_in([one]), cells_in([other])
    assert one.covers(other) == (theirs <= mine)
    assert one.overlaps(other) == bool(mine & theirs) == other.overlaps(one)


@given(area_lists, area_lists)
def test_what_is_said_to_be_covered_has_every_cell_covered(have, needed):
    assume(covers_all(have, needed))
    assert cells_in(needed) <= cells_in(have)


def test_an_area_may_be_covered_column_by_column():
    assert covers_all(parse_areas("B2:B9 C1:D9"), parse_areas("B2:D9"))


def test_an_area_of_which_one_column_is_missing_is_not_covered():
    assert not covers_all(parse_areas("B2:B9 D1:D9"), parse_areas("B2:D9"))


def test_an_area_of_which_one_row_is_missing_is_not_covered():
    assert not covers_all(parse_areas("B2:B8"), parse_areas("B2:B9"))


# ---------------------------------------------------------------- copies of columns

JUNE = ColumnCopy(15, 16)  # O and P, copied to Q and R


def grown(sqref):
    """What becomes of a rule's range when O:P are copied to Q:R."""
    return spell_areas(JUNE.grown(parse_areas(sqref)))


def test_a_copy_stands_right_after_the_columns_that_it_copies():
    assert list(JUNE.targets) == [17, 18]
    assert [JUNE.target(column) for column in (15, 16)] == [17, 18]
    assert [JUNE.includes(column) for column in (14, 15, 16, 17)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("O5:P20", "O5:R20"),  # all of the month
        ("O5:O20", "O5:O20 Q5:Q20"),  # the first column of it
        ("P5:P20", "P5:P20 R5:R20"),  # the last
        ("M5:P20", "M5:R20"),  # months before it too
        ("M5:O20", "M5:O20 Q5:Q20"),
        ("M5:M20 O5:O20", "M5:M20 O5:O20 Q5:Q20"),
        ("O5:O20 M5:M20", "O5:O20 M5:M20 Q5:Q20"),  # the first area still anchors the rule
        ("O1:P1048576", "O1:R1048576"),  # whole columns, as Excel stores them
        ("O:O", "O1:O1048576 Q1:Q1048576"),
    ],
)
def test_a_range_grows_as_excels_own_copy_of_the_columns_grows_it(before, after):
    assert grown(before) == after


@pytest.mark.parametrize("sqref", ["A5:N20", "Q5:R20", "O5:R20", "A5:XFD20", "A1"])
def test_a_range_that_has_nothing_to_gain_stays_as_it_is(sqref):
    assert grown(sqref) == sqref


@given(copies, area_lists)
def test_growth_never_drops_a_cell(copy, some):
    assert cells_in(some) <= cells_in(copy.grown(some))


@given(copies, area_lists)
def test_growth_keeps_the_first_areas_top_left_cell_which_anchors_the_rule(copy, some):
    first = copy.grown(some)[0]
    assert (first.first_row, first.first_column) == (some[0].first_row, some[0].first_column)


@given(copies, area_lists)
def test_growth_reaches_the_copy_of_every_cell(copy, some):
    wanted = {(row, copy.target(column)) for row, column in cells_in(some) if copy.includes(column)}
    assert wanted <= cells_in(copy.grown(some))


@given(copies, area_lists)
def test_growth_adds_cells_only_in_the_new_columns(copy, some):
    added = cells_in(copy.grown(some)) - cells_in(some)
    assert all(column in copy.targets for _, column in added)


@given(copies, area_lists)
def test_growth_that_was_done_once_is_not_done_again(copy, some):
    once = copy.grown(some)
    assert cells_in(copy.grown(once)) == cells_in(once)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A4:P30", "A4:R30"),
        ("O4:P30", "O4:R30"),
        ("A4:O30", "A4:O30"),  # ends in the middle of the month
        ("P4:P30", "P4:P30"),  # begins in the middle of it
        ("A4:N30", "A4:N30"),
        ("A4:T30", "A4:T30"),  # goes on behind it
    ],
)
def test_a_rectangle_stretches_only_when_it_ends_with_the_month(before, after):
    assert str(JUNE.stretched(Area.parse(before))) == after


def test_the_part_of_an_area_in_the_copied_columns_moves():
    assert JUNE.moved(Area.parse("M5:O20")) == Area.parse("Q5:Q20")


def test_an_area_outside_the_copied_columns_has_no_part_that_moves():
    assert JUNE.moved(Area.parse("A5:N20")) is None


def test_a_whole_row_does_not_move_past_the_last_column_of_a_sheet():
    last = ColumnCopy(LAST_COLUMN - 1, LAST_COLUMN - 1)
    assert last.moved(Area.parse("2:9")) == Area(2, LAST_COLUMN, 9, LAST_COLUMN)
