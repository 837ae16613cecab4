"""The theme summary: Theme | Summary | Achievements | Key milestones, as words in Word's styles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.model.month import Month
from sheetplan.reports.content import AchievementMonth
from tests.word.contents import (
    AMBER,
    action_line,
    council,
    empty_theme,
    focus_block,
    milestone,
    month_date,
    theme_summary,
    written_summary,
)
from tests.word.reading import WordFile

AGREED = "LC.A1.2 Agree the staff charter: Amber – medium progress."


def test_a_theme_has_all_that_the_council_reads_of_it(tmp_path):
    heads, row = WordFile(written_summary(tmp_path, theme_summary())).rows()
    assert [cell[0][1] for cell in heads] == [
        "Theme", "Summary", "Achievements", "Key milestones",
    ]  # fmt: skip
    theme, summary, achievements, milestones = row
    assert theme == [("heading 2", "Leadership")]
    assert summary == [
        ("Normal", "On track or complete: 2 of 3 due (67%)"),
        ("heading 3", "Focus 1: reported in full"),
        ("heading 4", "A new culture"),
        ("heading 5", "Summary"),
        ("Normal", "The charter is in its second draft."),
        ("heading 5", "Progress this month"),
        ("List Bullet", "LC.A1.1: Forty managers took part."),
        ("List Bullet", "LC.A1.2: Two talks were held."),
        ("heading 5", "Next steps"),
        ("Normal", "Publish the charter in September."),
        ("heading 5", "Issues raised"),
        (
            "List Bullet",
            f"{AGREED} Due Apr-26. Slippage of 2 months against Apr-26. "
            "Date to be amended at change control.",
        ),
        ("heading 3", "Focus 2: exceptions"),
        (
            "Normal",
            "LC.B1.1 Open the archive: Amber – medium progress. Due Apr-26. "
            "Slippage of 2 months against Apr-26.",
        ),
        ("Normal", "Progress commentary: The unions asked for another meeting."),
    ]
    assert achievements == [
        ("heading 3", "June 2026"),
        ("List Bullet", "Training reached every manager."),
        ("heading 3", "May 2026"),
        ("Normal", "None recorded"),
    ]
    assert milestones == [("List Bullet", "Charter – due Jun-26 – Open")]


def test_a_theme_with_nothing_to_report_says_so_under_every_heading(tmp_path):
    _, row = WordFile(written_summary(tmp_path, empty_theme())).rows()
    assert row == [
        [("heading 2", "Finance")],
        [
            ("Normal", "No actions to report"),
            ("heading 3", "Focus 1: reported in full"),
            ("Normal", "No Focus 1 in this theme"),
            ("heading 3", "Focus 2: exceptions"),
            ("Normal", "No exceptions to report"),
        ],
        [("Normal", "No achievements recorded")],
        [("Normal", "No milestones recorded")],
    ]


def test_a_block_without_updates_or_issues_says_so(tmp_path):
    theme = theme_summary(focus_blocks=(focus_block(progress=(), issues=()),))
    _, (_, summary, _, _) = WordFile(written_summary(tmp_path, theme)).rows()
    at = summary.index(("heading 5", "Progress this month"))
    assert summary[at + 1] == ("Normal", "No updates this month")
    at = summary.index(("heading 5", "Issues raised"))
    assert summary[at + 1] == ("Normal", "No issues raised")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due": month_date("TBC"), "due_words": "TBC"}, "Due TBC. Slippage of 2 months"),
        ({"due": None, "due_words": "No due date"}, "progress. No due date. Slippage of 2 months"),
        ({"reason": ""}, "Due Apr-26. Date to be amended at change control."),
        ({"reason": "Why not?"}, "Due Apr-26. Why not? Date to be"),
        ({"action": "Agree it."}, "LC.A1.2 Agree it: Amber – medium progress. Due Apr-26."),
        ({"action": "Agree it..."}, "LC.A1.2 Agree it...: Amber – medium progress."),
        ({"action": "Why not?"}, "LC.A1.2 Why not?: Amber – medium progress."),
        (
            {"rating": replace(AMBER, words="On hold"), "reason": "On hold"},
            "charter: On hold. Due Apr-26. Date to be amended",
        ),
    ],
)
def test_an_exception_says_when_it_is_due_and_why_it_is_one(fields, words, tmp_path):
    theme = theme_summary(exceptions=(action_line(**fields),))
    _, (_, summary, _, _) = WordFile(written_summary(tmp_path, theme)).rows()
    assert words in summary[-2][1]


def test_themes_achievements_and_milestones_keep_their_order(tmp_path):
    months = tuple(AchievementMonth(Month(2026, month), (("", "It."),)) for month in (6, 5, 4))
    theme = theme_summary(
        "Finance", achievements=months, milestones=(milestone("B"), milestone("A"))
    )
    rows = WordFile(written_summary(tmp_path, theme, theme_summary("Assets"))).rows()
    assert [row[0][0][1] for row in rows] == ["Theme", "Finance", "Assets"]
    headings = [text for style, text in rows[1][2] if style == "heading 3"]
    assert headings == ["June 2026", "May 2026", "April 2026"]
    assert [text for _, text in rows[1][3]] == ["B", "A"]


def test_the_title_the_contact_and_the_whole_plan_stand_first_with_a_link_to_each_theme(tmp_path):
    path = written_summary(tmp_path, theme_summary(), empty_theme())
    assert WordFile(path).before_table() == [
        ("heading 1", "Wexcombe Borough Council Improvement Plan: exception summary, June 2026"),
        ("Normal", "Contact: plan@wexcombe.example"),
        ("Normal", "The whole plan: On track or complete: 5 of 8 due (63%)"),
        ("Normal", "Leadership; Finance"),
    ]


def test_without_a_council_and_a_contact_none_is_named(tmp_path):
    settings = council(council="", contact="")
    said = WordFile(written_summary(tmp_path, theme_summary(), settings=settings)).before_table()
    assert said[0] == ("heading 1", "Improvement Plan: exception summary, June 2026")
    assert said[1][1].startswith("The whole plan: ")


def test_the_councils_own_phrases_are_printed(tmp_path):
    phrases = dict(council().reports.phrases)
    phrases |= {"theme": "Portfolio", "no_exceptions": "All well", "commentary": "{commentary}!"}
    settings = council(phrases=phrases)
    path = written_summary(tmp_path, empty_theme(), theme_summary(), settings=settings)
    rows = WordFile(path).rows()
    assert rows[0][0][0][1] == "Portfolio"
    assert rows[1][1][-1] == ("Normal", "All well")
    assert rows[2][1][-1] == ("Normal", "The unions asked for another meeting.!")


def test_a_phrase_that_a_council_left_empty_leaves_no_empty_heading(tmp_path):
    phrases = {**council().reports.phrases, "section_focus": "", "no_milestones": " "}
    path = written_summary(tmp_path, empty_theme(), settings=council(phrases=phrases))
    styles = [style for style, text in WordFile(path).paragraphs() if not text.strip()]
    assert not [style for style in styles if style.startswith("heading")]
    assert ("heading 3", "Focus 2: exceptions") in WordFile(path).paragraphs()
