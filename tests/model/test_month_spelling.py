from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetplan.model import Month, MonthMention, find_months, replace_month, without_months
from sheetplan.model.month import FULL_NAMES, SHORT_NAMES

JUNE, JULY, AUGUST = Month(2023, 6), Month(2023, 7), Month(2023, 8)

# How headings spell a month: a pattern, and whether its name is cut short. `full` and `abbr` are
# replaced by the name, `yyyy`, `yy` and `mm` by the figures.
SPELLINGS = {
    "full yyyy": False,
    "full  yyyy": False,
    "full\nyyyy": False,
    "full, yyyy": False,
    "full (yyyy": False,
    "full-yy": False,
    "full_yyyy": False,
    "yyyy full": False,
    "abbr-yy": True,
    "abbr- yy": True,
    "abbr yy": True,
    "abbr 'yy": True,
    "abbr ’yy": True,
    "abbr.yy": True,
    "abbryy": True,
    "abbr–yy": True,
    "abbr/yy": True,
    "abbr yyyy": True,
    "abbr. yyyy": True,
    "yyyy-abbr": True,
    "yyyy-mm": False,
    "yyyy/mm": False,
    "mm/yyyy": False,
    "mm-yyyy": False,
}
CAPITALS = [str, str.upper, str.lower]

months = st.builds(Month, st.integers(2000, 2099), st.integers(1, 12))
spellings = st.tuples(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(CAPITALS))
surroundings = st.sampled_from(
    ["", "Status (", "RAG ", "Update (Initial and Date)/", "A1.2, ", "("]
)


def spell(month: Month, spelling: str, capitals=str) -> str:
    name = capitals(SHORT_NAMES[month.month - 1] if "abbr" in spelling else month.name)
    return (
        spelling.replace("yyyy", str(month.year))
        .replace("yy", f"{month.year % 100:02d}")
        .replace("mm", f"{month.month:02d}")
        .replace("full", name)
        .replace("abbr", name)
    )


def found(text: str) -> list[tuple[int, int | None, str]]:
    return [(mention.number, mention.year, mention.text) for mention in find_months(text)]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Update (Initial and Date)/July 2023)", (7, 2023, "July 2023")),
        ("Status (July 2023)", (7, 2023, "July 2023")),
        ("STATUS JULY 2023", (7, 2023, "JULY 2023")),
        ("RAG Nov-24", (11, 2024, "Nov-24")),
        ("Jul- 24", (7, 2024, "Jul- 24")),
        ("Jul '23 RAG", (7, 2023, "Jul '23")),
        ("Sept 2023", (9, 2023, "Sept 2023")),
        ("Status 2025-03", (3, 2025, "2025-03")),
        ("7/2023", (7, 2023, "7/2023")),
        ("Status_Jul_23", (7, 2023, "Jul_23")),
        ("2023 July", (7, 2023, "2023 July")),
        ("Plan 2022 July 2023", (7, 2023, "July 2023")),
        ("OC.A2.1 July 2023", (7, 2023, "July 2023")),
        ("July Update Due", (7, None, "July")),
        ("may 2023", (5, 2023, "may 2023")),
    ],
)
def test_find_months_reads_the_spellings_of_headings(text, mention):
    assert found(text) == [mention]


@pytest.mark.parametrize("name", [*FULL_NAMES, *SHORT_NAMES, "Sept"])
def test_find_months_knows_every_name_with_and_without_a_year(name):
    assert [mention.text for mention in find_months(f"RAG {name}")] == [name]
    assert [mention.text for mention in find_months(f"({name} 2023)")] == [f"{name} 2023"]


def test_find_months_finds_all_from_left_to_right_with_their_places():
    text = "Change Jun-23 to Jul-23"
    assert find_months(text) == [
        MonthMention(number=6, year=2023, start=7, end=13, text="Jun-23"),
        MonthMention(number=7, year=2023, start=17, end=23, text="Jul-23"),
    ]


def test_find_months_does_not_take_the_year_of_one_month_for_the_day_of_the_next():
    assert found("Jun-23 Jul-23") == [(6, 2023, "Jun-23"), (7, 2023, "Jul-23")]
    assert found("Jun 23/Jul 23") == [(6, 2023, "Jun 23"), (7, 2023, "Jul 23")]


@pytest.mark.parametrize(
    "text",
    ["Maybe", "Marketing", "Decision", "Summary", "Octopus", "Mayor", "Janet", "Augustine", "xMay"],
)
def test_find_months_reads_whole_words_only(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["this may slip", "we march on", "(may)"])
def test_find_months_passes_over_the_english_words_may_and_march(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["May", "March", "UPDATES DUE MAY", "RAG (March)"])
def test_find_months_takes_may_and_march_with_a_capital_for_months(text):
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "date",
    [
        "3 July 2023",
        "3rd July",
        "31st of July 2023",
        "03-Jul-23",
        "3.July.2023",
        "23-Mar",
        "3-7 July 2023",
        "03/07/2023",
        "3/7/2023",
        "3.7.23",
        "03.07.2023",
        "03-07-2023",
        "2023-07-03",
        "2023/07/03",
        "2023-07-03 00:00:00",
        "July 3",
        "July 23rd",
        "July 3rd, 2023",
        "July 23, 2023",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "Due by {}", "Agreed ({}), see minutes"])
def test_find_months_passes_over_dates(date, sentence):
    assert found(sentence.format(date)) == []


@pytest.mark.parametrize(
    "text", ["45 July 2023", "Q2 July 2023", "No.7 July 2023", "2 - July 2023"]
)
def test_find_months_finds_a_month_behind_a_number_that_is_no_day(text):
    assert [mention.month for mention in find_months(text)] == [JULY]


@pytest.mark.parametrize(
    "text", ["July 1999", "July 2150", "1999-07", "07/1999", "2023-13", "2023"]
)
def test_find_months_passes_over_years_outside_this_century(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["July 2023/24", "July 23/24", "July 2023-24", "July 50% done"])
def test_find_months_does_not_take_other_numbers_for_a_year(text):
    assert found(text) == [(7, None, "July")]


def test_find_months_does_not_take_the_end_of_a_financial_year_for_a_day():
    assert found("2023/24 July update due") == [(7, None, "July")]


def test_a_mention_without_a_year_has_no_month():
    (with_year,) = find_months("July 2023")
    (without_year,) = find_months("July")
    assert (with_year.month, without_year.month) == (JULY, None)


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (
            "Update (Initial and Date)/July 2023)",
            JULY,
            AUGUST,
            "Update (Initial and Date)/August 2023)",
        ),
        ("Status (July 2023)", JULY, AUGUST, "Status (August 2023)"),
        ("July Update Due", JULY, AUGUST, "August Update Due"),
        ("STATUS JULY 2023", JULY, AUGUST, "STATUS AUGUST 2023"),
        ("status july 2023", JULY, AUGUST, "status august 2023"),
        ("RAG Nov-24", Month(2024, 11), Month(2024, 12), "RAG Dec-24"),
        ("RAG Dec-23", Month(2023, 12), Month(2024, 1), "RAG Jan-24"),
        ("Status 2025-03", Month(2025, 3), Month(2025, 4), "Status 2025-04"),
        ("Status\n(July  2023)", JULY, AUGUST, "Status\n(August  2023)"),
        ("Jul- 24", Month(2024, 7), Month(2024, 8), "Aug- 24"),
        ("Jul '23", JULY, AUGUST, "Aug '23"),
        ("Aug-23", AUGUST, AUGUST.next, "Sep-23"),
        ("Sept 2023", Month(2023, 9), Month(2023, 10), "Oct 2023"),
        ("Sept 2023", Month(2023, 9), Month(2024, 9), "Sept 2024"),
        ("12/2023", Month(2023, 12), Month(2024, 1), "01/2024"),
        ("7/2023", JULY, AUGUST, "8/2023"),
        ("9/2023", Month(2023, 9), Month(2023, 10), "10/2023"),
        ("2023 December", Month(2023, 12), Month(2024, 1), "2024 January"),
        ("July 2023/24", JULY, AUGUST, "August 2023/24"),
        ("July (July 2023), JUL-23", JULY, AUGUST, "August (August 2023), AUG-23"),
    ],
)
def test_replace_month_keeps_everything_else_of_the_spelling(text, old, new, expected):
    assert replace_month(text, old, new) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Status (June 2023)",
        "Status (July 2022)",
        "Due 3 July 2023",
        "Due 03/07/2023",
        "Summary",
        "",
    ],
)
def test_replace_month_leaves_other_months_and_dates_alone(text):
    assert replace_month(text, JULY, AUGUST) == text


def test_replace_month_moves_one_month_of_two():
    assert replace_month("Change June to July 2023", JULY, AUGUST) == "Change June to August 2023"


@pytest.mark.parametrize(
    ("text", "short", "expected"),
    [
        ("RAG May-23", None, "RAG Jun-23"),
        ("RAG May '23", None, "RAG Jun '23"),
        ("RAG May 2023", None, "RAG June 2023"),
        ("May update due", None, "June update due"),
        ("RAG May 2023", True, "RAG Jun 2023"),
        ("RAG May-23", False, "RAG June-23"),
    ],
)
def test_may_is_full_and_short_in_one_so_the_caller_or_the_year_decides(text, short, expected):
    assert replace_month(text, Month(2023, 5), JUNE, short) == expected


@pytest.mark.parametrize("short", [True, False, None])
def test_short_does_not_override_a_name_that_speaks_for_itself(short):
    assert replace_month("July 2023, Jul-23", JULY, AUGUST, short) == "August 2023, Aug-23"


def test_respelled_refuses_a_text_that_names_no_month():
    with pytest.raises(ValueError, match="Status"):
        MonthMention(number=7, year=None, start=0, end=6, text="Status").respelled(AUGUST)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Status (July 2023)", "Status ()"),
        ("July Update Due", " Update Due"),
        ("RAG Jun-23 v Jul-23", "RAG  v "),
        ("Due 3 July 2023", "Due 3 July 2023"),
    ],
)
def test_without_months_cuts_out_months_and_nothing_else(text, left):
    assert without_months(text) == left


def test_find_months_is_not_slowed_by_a_cell_full_of_spaces():
    spaces = " " * 32_000
    assert found(f"July{spaces}2023{spaces}July") == [(7, None, "July"), (7, None, "July")]


@given(months, months, spellings, surroundings)
def test_a_respelled_month_is_found_again_as_the_new_month(old, new, spelling, before):
    (mention,) = find_months(f"{before}{spell(old, *spelling)})")
    assert mention.month == old
    respelled = mention.respelled(new, short=SPELLINGS[spelling[0]])
    assert respelled == spell(new, *spelling)
    assert [again.month for again in find_months(f"{before}{respelled})")] == [new]


@given(months, months, spellings, surroundings)
def test_replace_month_there_and_back_changes_nothing(old, new, spelling, before):
    text = f"{before}{spell(old, *spelling)})"
    short = SPELLINGS[spelling[0]]
    there = replace_month(text, old, new, short)
    assert there == f"{before}{spell(new, *spelling)})"
    assert replace_month(there, new, old, short) == text


@given(months, st.text(max_size=40))
def test_a_text_without_months_is_left_as_it_is(month, text):
    assume(not find_months(text))
    assert replace_month(text, month, month.next) == text
    assert without_months(text) == text


@given(st.lists(st.sampled_from(["July", "2023", "3", "-", "/", " ", "07", "may", "(", "x"])))
def test_mentions_stand_where_they_say_and_never_overlap(pieces):
    text = "".join(pieces)
    mentions = find_months(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    for mention in mentions:
        assert mention.respelled(AUGUST)
