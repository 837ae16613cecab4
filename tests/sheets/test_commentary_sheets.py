"""Plans without month columns: their sections and rows, and each lead of a row as an action."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from sheetplan.errors import SheetNotFoundError
from sheetplan.model.action import Action, Tracker
from sheetplan.model.commentary import CommentaryRun
from sheetplan.model.month import Month
from sheetplan.ooxml.text_looks import TextLooks
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import WorkbookReading, action_rows, read_layouts, read_tracker
from tests.commentary import marked
from tests.commentary_books import (
    HEADINGS,
    PlanBook,
    Row,
    Section,
    plan_book,
    published_book,
    published_sections,
)

SETTINGS = load_profile("commentary")
JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (7, 8, 9))
TEXT = "[[Head of Waste]]\nOne. (July 2023 Update)\n**Two. (September Update)**"


def row(number: str | float, text: str = TEXT, action: str = "Do it") -> Row:
    return Row(number, "An aim", action, "A report", marked(text))


def reading_of(path: Path) -> WorkbookReading:
    return read_layouts(Workbook.open(path), SETTINGS)


def tracker_of(path: Path) -> Tracker:
    return read_tracker(reading_of(path))


def plan(tmp_path: Path, *sections: Section, **settings: str) -> Path:
    return plan_book(tmp_path / "plan.xlsx", sections, **settings)  # type: ignore[arg-type]


def only(tmp_path: Path, text: str) -> list[Action]:
    return list(tracker_of(plan(tmp_path, Section("1. Waste", [row("1.1", text)]))).actions)


# ---------------------------------------------------------------- sections and rows


def test_the_sections_of_a_sheet_are_themes(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        Section("1. Waste", [row("1.1"), row("1.2")]),
        Section("Section 2: Culture and people", [row("2.1")]),
    )
    themes = tracker_of(path).themes
    assert [(theme.title, theme.sheet) for theme in themes] == [
        ("1. Waste", "Plan"),
        ("Section 2: Culture and people", "Plan"),
    ]
    assert [a.reference_text for theme in themes for a in theme.actions] == ["1.1", "1.2", "2.1"]
    assert themes[1].actions[0].words("theme") == "Section 2: Culture and people"


def test_a_sheet_for_each_section_is_read_too(tmp_path: Path) -> None:
    book = PlanBook(tmp_path / "plan.xlsx")
    book.add_sheet("Waste", "Waste collection", [Section("", [row("1.1")])])
    book.add_sheet("People", "", [Section("", [row("2.1", "[[A]]\nOne (August 2023 Update)")])])
    book.close()
    tracker = tracker_of(tmp_path / "plan.xlsx")
    assert [theme.title for theme in tracker.themes] == ["Waste collection", "People"]
    assert tracker.months == (JULY, AUGUST, SEPTEMBER)
    assert tracker.themes[1].actions[0].update(SEPTEMBER) == ""


def test_headings_that_come_again_on_a_page_begin_no_section(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1")]), Section("", [row("1.2")]))
    assert [theme.title for theme in tracker_of(path).themes] == ["1. Waste"]


def test_a_note_between_rows_begins_no_section(tmp_path: Path) -> None:
    path = plan(
        tmp_path, Section("1. Waste", [row("1.1")]), Section("Continued below", [row("1.2")])
    )
    assert [theme.title for theme in tracker_of(path).themes] == ["1. Waste"]


def test_titles_and_headings_are_no_rows(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1")]), Section("2. Culture", [row("2.1")]))
    (item,) = reading_of(path).trackers
    assert [found.reference_text for found in action_rows(item.sheet, item.layout)] == [
        "1.1",
        "2.1",
    ]


def test_a_row_without_a_number_is_kept_to_be_told_of(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1"), row(""), row("see above")]))
    (item,) = reading_of(path).trackers
    assert item.commentary is not None
    assert item.commentary.found.unread == (6, 7)


def test_a_plan_numbered_without_dots_is_read(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("Waste", [row(1), row(2)]), Section("Culture", [row(3)]))
    assert [(t.title, [a.reference_text for a in t.actions]) for t in tracker_of(path).themes] == [
        ("Waste", ["1", "2"]),
        ("Culture", ["3"]),
    ]


@pytest.mark.parametrize(
    "heading", ["Lead / RAG status (September 2023)", "LEAD AND PROGRESS", "Commentary and lead"]
)
def test_the_commentary_is_found_by_its_heading(tmp_path: Path, heading: str) -> None:
    path = plan(tmp_path, Section("", [row("1.1")]), headings=[*HEADINGS[:4], heading])  # type: ignore[arg-type]
    assert len(tracker_of(path).actions) == 1


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        ([*HEADINGS[:4], "Budget"], "A4 heads a reference column, but no heading beside it names"),
        (["Budget", *HEADINGS[1:]], "no heading names a reference column and a commentary"),
        (["No.", "Budget", "Cost", "Year", "Lead / RAG status"], "no heading names a reference"),
    ],
)
def test_a_sheet_without_the_headings_is_refused(
    tmp_path: Path, headings: list[str], reason: str
) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1")]), headings=headings)  # type: ignore[arg-type]
    with pytest.raises(SheetNotFoundError) as error:
        reading_of(path)
    assert reason in error.value.message
    assert "[import]" in error.value.remedy


def test_such_a_plan_under_the_standard_profile_is_refused_with_the_way_on(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1")]))
    with pytest.raises(SheetNotFoundError, match="--profile commentary"):
        read_layouts(Workbook.open(path), load_profile("standard"))


# ---------------------------------------------------------------- actions


def test_each_lead_of_a_row_is_an_action(tmp_path: Path) -> None:
    first, second = only(
        tmp_path,
        "[[Head of Waste]]\nOne (July 2023 update)\n[[Solicitor]]\nTwo (August update)\n"
        "[[Head of Waste]]\nThree\nFour (August update)",
    )
    assert (first.reference_text, first.words("director_lead")) == ("1.1a", "Head of Waste")
    assert (second.reference_text, second.words("director_lead")) == ("1.1b", "Solicitor")
    assert first.update(AUGUST) == "Three\nFour"
    assert second.update(AUGUST) == "Two"
    assert first.row == second.row
    assert "milestones" in first.fields
    assert "milestones" not in second.fields


def test_a_row_with_one_lead_keeps_its_number(tmp_path: Path) -> None:
    (action,) = only(tmp_path, TEXT)
    assert action.reference_text == "1.1"
    assert action.title == "Do it"
    assert action.words("aim") == "An aim"
    assert action.words("milestones") == "A report"
    assert "commentary" not in action.fields


def test_what_stands_under_no_lead_is_an_action_of_its_own(tmp_path: Path) -> None:
    first, second = only(tmp_path, "Old (July 2023 update)\n[[Solicitor]]\nTwo (August update)")
    assert (first.reference_text, first.words("director_lead")) == ("1.1a", "")
    assert (second.reference_text, second.words("director_lead")) == ("1.1b", "Solicitor")


def test_a_row_that_says_nothing_yet_is_an_action(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1"), row("1.2", "")]))
    _, action = tracker_of(path).actions
    assert [entry for entry in action.entries.values() if entry.status or entry.update] == []


def test_where_nothing_is_required_the_aim_is_the_action(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1", action="")]))
    assert tracker_of(path).actions[0].title == "An aim"


def test_a_month_and_its_cell_are_those_of_the_commentary(tmp_path: Path) -> None:
    (action,) = only(tmp_path, TEXT)
    assert [(m, e.status, e.update) for m, e in action.entries.items()] == [
        (JULY, "On track", "One."),
        (SEPTEMBER, "On track", "Two."),
    ]
    assert action.cell("update", JULY) == action.cell("status", SEPTEMBER) == "E5"


def test_a_status_is_read_from_words_and_colours(tmp_path: Path) -> None:
    runs = [
        CommentaryRun("Head of Waste", True, True),
        CommentaryRun("\nOne (July 2023 update)", colour="C00000"),
        CommentaryRun("\nTwo (August update)", colour="C06000"),
        CommentaryRun("\nThree COMPLETE (September update)", True),
    ]
    path = plan(tmp_path, Section("1. Waste", [Row("1.1", "Aim", "Action", "", runs)]))
    (action,) = tracker_of(path).actions
    assert [entry.status for entry in action.entries.values()] == [
        "Off track",
        "On track",
        "Complete",
    ]


def test_the_colour_of_a_lead_says_how_its_work_stands_now(tmp_path: Path) -> None:
    runs = [
        CommentaryRun("Head of Waste", True, True, "C00000"),
        CommentaryRun("\nOne (July 2023 update)\nTwo (August update)"),
    ]
    path = plan(tmp_path, Section("1. Waste", [Row("1.1", "Aim", "Action", "", runs)]))
    (action,) = tracker_of(path).actions
    assert [entry.status for entry in action.entries.values()] == ["On track", "Off track"]


def test_a_month_in_which_a_lead_says_nothing_has_no_status(tmp_path: Path) -> None:
    first, second = only(tmp_path, "[[A]]\nOne (July 2023 update)\n[[B]]\nTwo (August update)")
    assert (first.status(AUGUST), second.status(JULY)) == ("", "")


def test_the_years_of_stamps_are_those_near_the_newest_that_is_printed(tmp_path: Path) -> None:
    (action,) = only(tmp_path, "[[A]]\nOne (December 2023 update)\nTwo (January update)")
    assert list(action.entries) == [Month(2023, 12), Month(2024, 1)]


def test_where_no_stamp_has_a_year_the_title_says_it(tmp_path: Path) -> None:
    section = Section("1. Waste", [row("1.1", "[[A]]\nOne (June update)\nTwo (July update)")])
    path = plan(tmp_path, section, title="Improvement Plan, August 2019")
    (action,) = tracker_of(path).actions
    assert list(action.entries) == [Month(2019, 6), Month(2019, 7)]


# ---------------------------------------------------------------- looks


def test_stretches_look_as_another_reader_sees_them(tmp_path: Path) -> None:
    path = plan(tmp_path, Section("1. Waste", [row("1.1", f"{TEXT}\nlast"), row("1.2", "**all**")]))
    workbook = Workbook.open(path)
    looks, sheet = TextLooks(workbook), workbook.sheets[0]
    theirs = openpyxl.load_workbook(path, rich_text=True)["Plan"]["E5"].value
    assert isinstance(theirs, CellRichText)
    seen = [
        (block.text, bool(block.font.b), bool(block.font.u)) if isinstance(block, TextBlock)
        else (block, False, False)
        for block in theirs
    ]  # fmt: skip
    ours = [(run.text, run.look.bold, run.look.underline) for run in looks.runs(sheet, 5, 5)]
    assert ours == seen
    assert [(run.text, run.look.bold) for run in looks.runs(sheet, 6, 5)] == [("all", True)]


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
@pytest.mark.parametrize("sheet_per_section", [False, True])
def test_another_councils_plan_is_read_whole(tmp_path: Path, sheet_per_section: bool) -> None:
    path = published_book(tmp_path / "plan.xlsx", sheet_per_section=sheet_per_section)
    reading = reading_of(path)
    tracker = read_tracker(reading)
    sections = published_sections()
    assert [theme.title for theme in tracker.themes] == [section.title for section in sections]
    assert [month.label for month in tracker.months] == [
        "July 2018",
        "August 2018",
        "September 2018",
    ]
    references = [
        [line.number for line in section.rows if line.number] for section in sections
    ]  # of one row the number is missing
    assert [
        list(dict.fromkeys(action.reference_text.rstrip("abcdef") for action in theme.actions))
        for theme in tracker.themes
    ] == references
    assert sum(len(i.commentary.found.unread) for i in reading.trackers if i.commentary) == 1
    paragraphs = [
        p
        for item in reading.trackers
        if item.commentary
        for cell in item.commentary.cells
        for p in cell.commentary.paragraphs
    ]
    assert len(paragraphs) == 196 - 3  # three stand in the row without a number
    told = sum(
        len(entry.update.split("\n"))
        for a in tracker.actions
        for entry in a.entries.values()
        if entry.update
    )
    assert told == sum(paragraph.month is not None for paragraph in paragraphs)
