"""Commentary: its leads, its paragraphs, their months, and what is done."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.model.commentary import Commentary, CommentaryRun, CommentaryWords, Paragraph
from sheetplan.model.commentary_doubts import commentary_findings
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.month import Month
from tests.commentary import marked, one_line, published_rows, published_runs

WORDS = CommentaryWords()
SEPTEMBER = Month(2023, 9)


def read(text: str, words: CommentaryWords = WORDS, written: Month = SEPTEMBER) -> Commentary:
    return read_commentary(marked(text), words, written)


def the_paragraph(line: str) -> Paragraph:
    (paragraph,) = read(f"[[Head of Waste]]\n{line}").paragraphs
    return paragraph


def months(text: str) -> list[tuple[str, str | None, str]]:
    return [(p.words, p.month and p.month.iso, p.basis) for p in read(text).paragraphs]


def doubts(text: str) -> list[tuple[str, str]]:
    return [(doubt.doubt, doubt.says) for doubt in read(text).doubts]


def test_leads_stand_bold_and_underlined_over_their_paragraphs() -> None:
    found = read("[[Head of Waste]]\nOne.\nTwo.\n\n[[Solicitor / Chief Whip]]\nThree.")
    assert found.leads == ("Head of Waste", "Solicitor / Chief Whip")
    assert [(p.lead, p.words) for p in found.paragraphs] == [
        ("Head of Waste", "One."),
        ("Head of Waste", "Two."),
        ("Solicitor / Chief Whip", "Three."),
    ]


def test_a_lead_may_stand_at_the_beginning_of_its_line() -> None:
    found = read("[[Head of Waste]]: One (July Update)")
    assert found.leads == ("Head of Waste",)
    assert found.paragraphs[0].words == "One"


@pytest.mark.parametrize(
    "text",
    [
        "[[Director of Place and]]\n[[Solicitor]]\nOne.",
        "[[Director of Place]] and [[Solicitor]]\nOne.",
    ],
)
def test_a_lead_that_goes_on_is_one_lead(text: str) -> None:
    assert read(text).leads == ("Director of Place and Solicitor",)


def test_a_lead_that_comes_again_is_named_once_and_has_two_places() -> None:
    found = read("[[Solicitor]]\nOne.\n[[Head of Waste]]\nTwo.\n[[Solicitor]]\nThree.")
    assert found.leads == ("Solicitor", "Head of Waste")
    assert [place.lead for place in found.places] == ["Solicitor", "Head of Waste", "Solicitor"]


def test_places_say_where_everything_stands_and_leave_nothing_out() -> None:
    text = "[[Head of Waste]]\n  One (July Update)\r\n\n**September Update:**\n**Two**\nThree\nDONE"
    plain = "".join(run.text for run in marked(text))
    found = read(text)
    left = list(plain)
    for item in (*found.places, *found.paragraphs):
        left[item.first : item.last] = " " * (item.last - item.first)
    assert not "".join(left).strip()
    assert [plain[p.first : p.last] for p in found.paragraphs] == [p.text for p in found.paragraphs]


_PIECES = st.sampled_from(
    [
        "(",
        ")",
        "July",
        "Update",
        " ",
        "\n",
        "\r\n",
        "COMPLETE",
        "COMPLETE FOR X",
        "2026",
        ":",
        "a b",
    ]
)
_RUNS = st.lists(
    st.builds(
        CommentaryRun, st.lists(_PIECES, max_size=6).map("".join), st.booleans(), st.booleans()
    ),
    max_size=8,
)


@given(_RUNS)
def test_whatever_stands_in_a_cell_is_a_lead_or_in_a_paragraph(runs: list[CommentaryRun]) -> None:
    text = "".join(run.text for run in runs)
    found = read_commentary(runs, WORDS, SEPTEMBER)
    left = list(text)
    for item in (*found.places, *found.paragraphs):
        left[item.first : item.last] = " " * (item.last - item.first)
    assert not "".join(left).strip(" \r\n:")
    assert [text[p.first : p.last] for p in found.paragraphs] == [p.text for p in found.paragraphs]


@pytest.mark.parametrize(
    ("stamp", "named"),
    [
        ("(September Update)", "2023-09"),
        ("(September update)", "2023-09"),
        ("( September Update)", "2023-09"),
        ("(Sept Update)", "2023-09"),
        ("(July 2023 update)", "2023-07"),
        ("(August Update 2023)", "2023-08"),
        ("(July 2023)", "2023-07"),
        ("(Update July 2023)", "2023-07"),
        ("[Jul '23 update]", "2023-07"),
        ("(12 July update)", "2023-07"),
        ("(may update)", "2023-05"),
        ("(August / September 2023 updates)", "2023-08 2023-09"),
        ("(August and September Updates)", "2023-08 2023-09"),
        ("(December / January 2023 updates)", "2022-12 2023-01"),
        ("(July Update) (August Update)", "2023-07 2023-08"),
        ("September Update", "2023-09"),
        ("September 2022 Update.", "2022-09"),
        ("(October Update)", "2022-10"),
    ],
)
def test_a_stamp_is_read_in_every_spelling(stamp: str, named: str) -> None:
    paragraph = the_paragraph(f"The survey is out. {stamp}")
    assert paragraph.stamp is not None
    assert " ".join(month.iso for month in paragraph.stamp.months) == named
    assert paragraph.words == "The survey is out."
    assert paragraph.month is not None
    assert paragraph.month.iso == named.split()[-1]
    assert paragraph.basis == "printed"


@pytest.mark.parametrize(
    "line",
    [
        "The survey is out (see update)",
        "The survey is out (September)",
        "The survey is out (12 July 2023)",
        "The survey goes out with the September update",
        "The survey is out (annex to the July update)",
        "The survey is out (2023/24)",
    ],
)
def test_other_words_at_the_end_are_no_stamp(line: str) -> None:
    paragraph = the_paragraph(line)
    assert (paragraph.stamp, paragraph.words) == (None, line)


def test_a_stamp_may_head_its_line() -> None:
    assert months("[[A]]\nJuly Update: One\n(August Update) Two") == [
        ("One", "2023-07", "printed"),
        ("Two", "2023-08", "printed"),
    ]


def test_a_heading_holds_until_the_next_stamp_or_lead() -> None:
    text = "[[A]]\nJuly Update:\nOne\nTwo\nThree (August Update)\nFour\n[[B]]\nFive"
    assert months(text) == [
        ("One", "2023-07", "printed"),
        ("Two", "2023-07", "heading"),
        ("Three", "2023-08", "printed"),
        ("Four", None, ""),
        ("Five", None, ""),
    ]


def test_a_heading_needs_no_colon_where_no_words_stand_above_it() -> None:
    assert months("[[A]]\nJuly Update\nOne\nAugust Update\nTwo") == [
        ("One", "2023-07", "printed"),
        ("Two", "2023-08", "printed"),
    ]


def test_a_stamp_on_a_line_of_its_own_closes_what_stands_above_it() -> None:
    found = read("[[A]]\nOne\nTwo\nJuly Update\n[[B]]\nThree\nJuly Update")
    assert [(p.text, p.basis) for p in found.paragraphs] == [
        ("One", "next stamp"),
        ("Two\nJuly Update", "printed"),
        ("Three\nJuly Update", "printed"),
    ]


def test_an_empty_stamp_in_bold_waits_for_its_words() -> None:
    found = read(
        "[[A]]\nOne (August Update)\n**(September Update)**\n[[B]]\nTwo\n**(September Update)**"
    )
    assert [(p.words, p.is_latest) for p in found.paragraphs] == [
        ("One", False),
        ("", True),
        ("Two", False),
        ("", True),
    ]


def test_bold_words_without_a_stamp_are_of_the_month_of_the_plan() -> None:
    assert months("[[A]]\nOne (July Update)\n**Two**") == [
        ("One", "2023-07", "printed"),
        ("Two", "2023-09", "bold"),
    ]


def test_the_next_stamp_of_a_block_speaks_for_older_words_only() -> None:
    assert months("[[A]]\nOne\nTwo (July Update)\nThree\n**Four (September Update)**") == [
        ("One", "2023-07", "next stamp"),
        ("Two", "2023-07", "printed"),
        ("Three", None, ""),
        ("Four", "2023-09", "printed"),
    ]


def test_what_is_complete_is_closed_and_takes_no_later_stamp() -> None:
    assert months("[[A]]\nOne. COMPLETE\nTwo (July Update)")[0] == ("One. COMPLETE", None, "")


@pytest.mark.parametrize(
    "line",
    [
        "Agreed by Council COMPLETE",
        "Agreed by Council (July Update) COMPLETE",
        "Agreed by Council COMPLETE (July Update)",
        "Agreed by Council NOW COMPLETE",
        "Agreed by Council. Complete.",
        "Agreed by Council – complete (July Update)",
        "Agreed by Council (complete)",
        "Agreed by Council\nCOMPLETE",
        "COMPLETE: agreed by Council",
        "COMPLETE FOR CABINET",
    ],
)
def test_a_marker_says_that_the_work_is_done(line: str) -> None:
    assert the_paragraph(line).is_complete


@pytest.mark.parametrize(
    "line",
    [
        "The list is incomplete.",
        "Complete the review",
        "Officers will report once complete",
        "The strategy is complete. It goes to Cabinet.",
        "The survey (phase one) complete",
        "The survey is complete.",
        "NOT COMPLETE",
        "NOT YET COMPLETE (July Update)",
        "Works 50% COMPLETE",
        "TO BE COMPLETED",
        "near-COMPLETE",
    ],
)
def test_other_words_do_not_say_that_the_work_is_done(line: str) -> None:
    assert not the_paragraph(line).is_complete


def test_a_council_may_have_other_words() -> None:
    words = CommentaryWords(update=("position",), complete=("delivered",))
    found = read("[[A]]\nOne DELIVERED (July position)\nTwo COMPLETE (July Update)", words)
    assert [(p.is_complete, p.month and p.month.iso) for p in found.paragraphs] == [
        (True, "2023-07"),
        (False, None),
    ]


def test_the_colour_of_a_paragraph_is_that_of_most_of_it() -> None:
    runs = [CommentaryRun("A", True, True), CommentaryRun("\nGoes well (", colour="ffc000")]
    found = read_commentary([*runs, CommentaryRun("July Update)")], WORDS, SEPTEMBER)
    assert [p.colour for p in found.paragraphs] == [""]
    found = read_commentary([*runs, CommentaryRun("July)")], WORDS, SEPTEMBER)
    assert [p.colour for p in found.paragraphs] == ["FFC000"]


def test_a_blank_cell_says_nothing() -> None:
    assert read(" \n ") == Commentary((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[A]]\nOne (Update)", [("stamp without month", "(Update)")]),
        ("[[A]]\nOne (Setpember Update)", [("stamp without month", "(Setpember Update)")]),
        ("[[A]]\nOne (October 2023 Update)", [("stamp in the future", "(October 2023 Update)")]),
        ("[[A]]\nOne (October Update)", [("stamp year unclear", "(October Update)")]),
        (
            "[[A]]\nOne (July Update). Two (August Update)",
            [("stamp within line", "(July Update)")],
        ),
        ("[[A]]\n(August Update)", [("stamp without words", "(August Update)")]),
        ("[[A]]\n**(September Update)**", []),
        ("[[A]]\n**(Update)**", [("stamp without month", "(Update)")]),
        ("[[A]] did it, [[B]] did not (July Update)", [("lead second", "B")]),
        ("[[A B]]\t[[C]]\nDone. (July Update)", [("lead parted", "A B C")]),
        ("[[A]]   [[B]]\nDone. (July Update)", [("lead parted", "A B")]),
        ("[[A]] [[B]]\nDone. (July Update)", []),
        ("[[A  B]] / [[C]]\nDone. (July Update)", []),
        ("Work of [[B]] (July Update)", [("lead missing", "Work of B"), ("lead within line", "B")]),
        ("One (July Update)", [("lead missing", "One")]),
        ("**Head of Waste**\nOne (July Update)", [("lead not underlined", "Head of Waste")]),
        ("[[A]]\n[[B]]\nOne (July Update)", [("lead without words", "A")]),
        ("[[A]]\nOne", [("month unknown", "One")]),
        ("[[A]]\n**One (July Update)**", [("bold older month", "One")]),
        ("[[A]]\nOne **and more**", [("bold part", "One and more")]),
        (
            "[[A]]\nOne COMPLETE FOR CABINET (July Update)",
            [("complete in part", "COMPLETE FOR CABINET")],
        ),
        ("[[A]]\nIt is complete. (July Update)", [("complete in a sentence", "It is complete.")]),
        ("[[A]]\nOne (July Update)\n**Two COMPLETE (September Update)**", []),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert doubts(text) == expected


def test_doubts_become_findings_on_the_cell() -> None:
    found = commentary_findings(
        read("[[A]]\nOne (Setpember Update)\nTwo (July Update)"),
        sheet="Plan",
        cell="E4",
        reference="1.1",
    )
    assert str(found[0]) == (
        'Plan!E4 (1.1): "(Setpember Update)" is a stamp that names no month. '
        'Did you mean "September"?'
    )
    assert found[0].code == "commentary-stamp"


@pytest.mark.shared
@pytest.mark.parametrize("marker_first", [False, True])
def test_another_councils_paragraphs_are_read_as_they_were_by_hand(marker_first: bool) -> None:
    wrong = []
    count = 0
    for row in published_rows():
        runs = published_runs(row, marker_first=marker_first)
        found = read_commentary(runs, WORDS, Month(2018, 9)).paragraphs
        assert len(found) == len(row.paragraphs), row.number
        for paragraph, entry in zip(found, row.paragraphs, strict=True):
            count += 1
            stamps = entry["stamps"] if entry["stamp_raw"] else []
            expected = (
                entry["lead"] or "",
                one_line(entry["text"]),
                stamps,
                entry["stamp_effective"],
                entry["complete"],
                entry["latest"],
            )
            read_as = (
                paragraph.lead,
                paragraph.words[: len(one_line(entry["text"]))],
                [month.label for month in paragraph.stamp.months] if paragraph.stamp else [],
                paragraph.month and paragraph.month.label,
                paragraph.is_complete,
                paragraph.is_latest,
            )
            if read_as != expected:
                wrong.append((row.number, paragraph.stamp and paragraph.stamp.text))
    assert count == 196
    # A festival's month in brackets at the end of a line cannot be told from a stamp. It is in
    # bold, so that there is a finding on it.
    assert wrong == [("6.3", "(July 2018)")]
