"""Registers of recommendations as councils keep them: headings, codes, merged cells, shading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.recommendation_reading import RegisterReading, read_recommendations
from tests.builders import package_with, parts_of, workbook_from_text

STANDARD = load_profile("standard")
HEADINGS = ["Reviewer", "Ref", "Recommendation", "Response", "Where in the plan", "Change control"]
GREY = PatternFill("solid", fgColor="D9D9D9")
KEY = "Shaded: not intended to be monitored through the plan"

Read = Callable[..., RegisterReading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a register that openpyxl writes from its rows, and a function that goes on with it."""

    def reading(
        rows: Iterable[Iterable[object]], then: Callable[[Any], object] | None = None
    ) -> RegisterReading:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Register"
        for row in rows:
            sheet.append(list(row))
        if then is not None:
            then(sheet)
        book.save(tmp_path / "register.xlsx")
        return read_recommendations(Workbook.open(tmp_path / "register.xlsx"), STANDARD)

    return reading


def codes(found: RegisterReading) -> list[str]:
    return [recommendation.code for recommendation in found.recommendations]


def faults(found: RegisterReading) -> list[tuple[str, str]]:
    return [(finding.code, finding.cell) for finding in found.findings]


# ---------------------------------------------------------------- headings


def test_a_register_is_read_whole(read: Read) -> None:
    (one,) = read(
        [
            ["Recommendations of reviews"],
            [],
            ["Review report", "KLOE", "Strand", "Ref", "Recommendation", "Council's response",
             "Incorporation into Improvement Plan", "Change control"],
            ["Audit", "K1", "Waste", "A1", "Do better.", "We do.", "See BC.A1.1", "None"],
        ]
    ).recommendations  # fmt: skip
    assert (one.source, one.question, one.strand, one.code, one.text) == (
        "Audit", "K1", "Waste", "A1", "Do better.",
    )  # fmt: skip
    answer = one.answer
    assert (answer.response, answer.incorporation, answer.change_control) == (
        "We do.", "See BC.A1.1", "None",
    )  # fmt: skip
    assert one.is_monitored
    assert one.standing is not None
    assert (one.standing.sheet, one.standing.cell("response")) == ("Register", "F4")


@pytest.mark.parametrize(
    "headings",
    [
        ["No.", "Improvement point", "Management response"],
        ["RECOMMENDATION REF", "Full\ntext", "Our response (June 2026)"],
        ["Ref", "Recommendation", "Plan references"],
        ["Rec no", "Recommendations", "Changes to the plan"],
        ["Ref", "Recommendation (in short)", "Response"],
    ],
)
def test_columns_are_found_by_their_words(read: Read, headings: list[str]) -> None:
    found = read([headings, ["A1", "Do better.", "We do."]])
    assert [(r.code, r.text) for r in found.recommendations] == [("A1", "Do better.")]


def test_a_heading_that_is_a_name_counts_before_one_that_begins_with_it(read: Read) -> None:
    headings = ["Recommendation owner", "Response due", "Recommendation", "Response"]
    (one,) = read([headings, ["Asha", "May", "Do better.", "We do."]]).recommendations
    assert (one.text, one.answer.response) == ("Do better.", "We do.")


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (["Ref", "Response"], "no column for the text of the recommendations (there are code, "
                              "response)"),
        (["Ref", "Recommendation"], "no column for the response, for where it is in the plan or "
                                    "for change control (there are code, text)"),
        (["Ref", "Owner"], "no headings of a register"),
    ],
)  # fmt: skip
def test_a_sheet_without_a_needed_column_is_no_register(
    read: Read, headings: list[str], reason: str
) -> None:
    found = read([headings, ["A1", "Do better."]])
    assert (found.recommendations, found.sheets) == ((), ())
    assert [(other.sheet, other.reason) for other in found.others] == [("Register", reason)]


def test_a_councils_own_headings_stand_in_its_settings(tmp_path: Path) -> None:
    settings = tmp_path / "sheetplan.toml"
    settings.write_text(
        'profile = "standard"\n[recommendations]\ntext = ["What they want"]\n'
        'response = ["What we say"]\n', "utf-8",
    )  # fmt: skip
    path = workbook_from_text(
        tmp_path / "register.xlsx",
        {"R": "| Ref | What they want | What we say |\n| A1 | Do better. | We do. |"},
    )
    assert codes(read_recommendations(Workbook.open(path), STANDARD)) == []
    assert codes(read_recommendations(Workbook.open(path), load_profile(settings))) == ["A1"]


def test_every_sheet_that_is_a_register_is_read_but_for_those_that_are_known(
    tmp_path: Path,
) -> None:
    text = "| Ref | Recommendation | Response |\n| {} | Do better. | We do. |"
    sheets = {name: text.format(name) for name in ("A1", "B1", "C1")}
    workbook = Workbook.open(workbook_from_text(tmp_path / "register.xlsx", sheets))
    assert codes(read_recommendations(workbook, STANDARD)) == ["A1", "B1", "C1"]
    assert codes(read_recommendations(workbook, STANDARD, without=["B1"])) == ["A1", "C1"]


def test_the_cells_of_another_workbook_are_told_from_the_trackers(tmp_path: Path) -> None:
    text = "| Recommendation | Response |\n| Do better. | We do. |"
    workbook = Workbook.open(workbook_from_text(tmp_path / "r.xlsx", {"R": text}))
    (finding,) = read_recommendations(workbook, STANDARD, file="r.xlsx").findings
    assert (finding.sheet, finding.cell) == ("[r.xlsx]R", "A2")


# ---------------------------------------------------------------- rows


def test_without_a_code_a_recommendation_is_named_by_its_row(read: Read) -> None:
    found = read([HEADINGS, ["Audit", None, "Do better.", "We do."]])
    assert codes(found) == ["Row 2"]
    assert faults(found) == [("recommendation-code-missing", "B2")]
    assert found.findings[0].severity.value == "note"


def test_a_code_that_comes_again_is_told_and_both_are_kept(read: Read) -> None:
    found = read(
        [HEADINGS, ["Audit", "A1", "Do better.", "We do."], ["Audit", "a1", "Do more.", "We do."],
         ["Peers", "A1", "Do less.", "We do."]]
    )  # fmt: skip
    assert codes(found) == ["A1", "a1 (row 3)", "A1"]
    assert faults(found) == [("recommendation-code-repeated", "B3")]
    assert "the recommendation in row 2 has this code too" in found.findings[0].message


def test_a_code_that_is_a_number_is_read_as_it_shows(read: Read) -> None:
    assert codes(read([HEADINGS, ["Audit", 7, "Do better."], ["Audit", 1.2, "Do."]])) == [
        "7",
        "1.2",
    ]


def test_an_answer_without_a_recommendation_is_told(read: Read) -> None:
    found = read([HEADINGS, ["Audit", "A1", None, "We do."], ["Audit", "A2", "Do.", "Yes"]])
    assert codes(found) == ["A2"]
    assert faults(found) == [("recommendation-text-missing", "C2")]


def test_a_register_without_rows_is_told(read: Read) -> None:
    found = read([HEADINGS])
    assert (found.sheets, codes(found)) == (("Register",), [])
    assert faults(found) == [("register-empty", "1:1")]


def test_a_heading_over_rows_is_their_reviewer_where_there_is_no_such_column(read: Read) -> None:
    rows = [
        HEADINGS[1:],
        ["Audit of 2026"],
        ["A1", "Do better.", "We do."],
        ["Peers"],
        ["P1", "Do more.", "We do."],
    ]
    merge = lambda sheet: sheet.merge_cells("A4:E4")  # noqa: E731
    found = read(rows, merge)
    assert [(r.source, r.code) for r in found.recommendations] == [
        ("Audit of 2026", "A1"),
        ("Peers", "P1"),
    ]
    assert found.findings == ()


def test_merged_cells_count_for_all_their_rows(read: Read) -> None:
    rows = [HEADINGS, ["Audit", "A1", "Do better.", "We do.", "BC.A1.1"],
            [None, "A2", "Do more.", "More.", None],
            ["Peers", "P1", "Do less.", "First part"],
            [None, None, None, "Second part"]]  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A2:A3", "E2:E3", "B4:B5", "C4:C5"):
            sheet.merge_cells(area)

    found = read(rows, merge)
    assert [(r.source, r.code, r.answer.incorporation) for r in found.recommendations] == [
        ("Audit", "A1", "BC.A1.1"),
        ("Audit", "A2", "BC.A1.1"),
        ("Peers", "P1", ""),
    ]
    assert found.recommendations[2].answer.response == "First part\nSecond part"


def test_headings_that_come_again_are_passed_over(read: Read) -> None:
    rows = [HEADINGS, ["Audit", "A1", "Do.", "Yes"], HEADINGS, ["Audit", "A2", "Do.", "Yes"]]
    assert codes(read(rows)) == ["A1", "A2"]


def test_a_cell_that_is_longer_than_excel_takes_is_read_whole(tmp_path: Path) -> None:
    path = workbook_from_text(
        tmp_path / "r.xlsx",
        {"R": "| Ref | Recommendation | Response |\n| A1 | Do better. | LONG |"},
    )
    texts = parts_of(path)["xl/sharedStrings.xml"].replace(b"LONG", b"word " * 8_000 + b"BC.A1.1")
    package_with(path, {"xl/sharedStrings.xml": texts})
    (one,) = read_recommendations(Workbook.open(path), STANDARD).recommendations
    assert len(one.answer.response) > 32_767
    assert one.answer.response.endswith("BC.A1.1")


def test_text_is_data_whatever_it_begins_with(read: Read) -> None:
    def type_text(sheet: Any) -> None:
        sheet["D2"].value = "=1+1 of our sites"
        sheet["D2"].data_type = "s"

    (one,) = read([HEADINGS, ["Audit", "A1", "<b>Do</b> & more"]], type_text).recommendations
    assert (one.text, one.answer.response) == ("<b>Do</b> & more", "=1+1 of our sites")


# ---------------------------------------------------------------- what is not monitored

ROWS = [HEADINGS, ["Audit", "A1", "Do better.", "We do."], ["Audit", "A2", "Do more.", "We do."]]


def monitored(found: RegisterReading) -> list[bool]:
    return [recommendation.is_monitored for recommendation in found.recommendations]


def shade(sheet: Any, row: int) -> None:
    for cell in sheet[row]:
        cell.fill = GREY


@pytest.mark.parametrize("place", ["A9", "H1", "J2", "C9"])
def test_a_key_with_the_fill_of_a_row_says_that_it_is_not_monitored(read: Read, place: str) -> None:
    def key(sheet: Any) -> None:
        shade(sheet, 3)
        sheet[place].value, sheet[place].fill = KEY, GREY

    found = read(ROWS, key)
    assert (monitored(found), found.findings) == ([True, False], ())


def test_a_key_may_stand_beside_a_cell_with_the_fill(read: Read) -> None:
    def key(sheet: Any) -> None:
        shade(sheet, 3)
        sheet["H1"].fill, sheet["I1"].value = GREY, KEY

    assert monitored(read(ROWS, key)) == [True, False]


def test_a_fill_without_a_key_says_nothing(read: Read) -> None:
    assert monitored(read(ROWS, lambda sheet: shade(sheet, 3))) == [True, True]


def test_a_key_speaks_of_its_own_fill_only(read: Read) -> None:
    def key(sheet: Any) -> None:
        shade(sheet, 3)
        sheet["H1"].value, sheet["H1"].fill = KEY, PatternFill("solid", fgColor="FFEEAA")

    assert monitored(read(ROWS, key)) == [True, True]


def test_a_key_without_a_fill_is_told(read: Read) -> None:
    def key(sheet: Any) -> None:
        shade(sheet, 3)
        sheet["A9"].value = KEY

    found = read(ROWS, key)
    assert monitored(found) == [True, True]
    assert faults(found) == [("register-key-unclear", "A9")]


def test_an_answer_that_says_so_is_no_key(read: Read) -> None:
    rows = [HEADINGS, ["Audit", "A1", "Contracts are not monitored.", "Not monitored before."]]
    found = read(rows, lambda sheet: shade(sheet, 2))
    assert (monitored(found), found.findings) == ([True], ())


def test_a_column_of_yes_and_no_counts_before_a_fill(read: Read) -> None:
    headings = [*HEADINGS[1:4], "Monitored through the plan"]
    rows = [headings, *([code, "Do.", "Yes", said] for code, said in
            (("A1", "Yes"), ("A2", "no"), ("A3", None), ("A4", "Yes")))]  # fmt: skip

    def key(sheet: Any) -> None:
        shade(sheet, 4)
        shade(sheet, 5)
        sheet["H1"].value, sheet["H1"].fill = KEY, GREY

    assert monitored(read(rows, key)) == [True, False, False, True]


# ---------------------------------------------------------------- notes


def test_notes_beside_a_recommendation_are_kept_apart_from_its_answer(read: Read) -> None:
    rows = [[*HEADINGS, "Notes"], ["Audit", "A1", "Do.", "Yes", "", "", "Ask Ben"]]

    def comment(sheet: Any) -> None:
        sheet["D2"].comment = Comment("Is this so?", "AB")

    (one,) = read(rows, comment).recommendations
    assert one.note == "Ask Ben\nIs this so?"
    assert one.answer.response == "Yes"
