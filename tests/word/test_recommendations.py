"""The appendix: Recommendation | Summary | Milestones, as words in Word's styles."""

from __future__ import annotations

from sheetplan.model.month import Month
from sheetplan.reports.content import AppendixGroup, AppendixTheme
from tests.word.contents import council, item, recommendation, written_appendix
from tests.word.reading import WordFile

LAW = "within the month that the law gives"


def _summary(path):
    return WordFile(path).rows()[1][1]


def test_a_recommendation_has_all_that_the_council_reads_of_it(tmp_path):
    heads, row = WordFile(written_appendix(tmp_path, recommendation())).rows()
    assert [cell[0][1] for cell in heads] == ["Recommendation", "Summary", "Milestones"]
    first, summary, milestones = row
    assert first == [
        ("heading 2", "S1"),
        ("Normal", "The Council must lead by example."),
        ("Normal", "Source: Statutory"),
        ("Normal", f"Sent and considered: Sent 3 March 2026; considered 24 March 2026, {LAW}"),
        ("Normal", "Accepted: Yes"),
        ("Normal", "Auditor's latest view: Some progress (May 2026)"),
    ]
    assert summary == [
        ("heading 3", "Leadership"),
        ("heading 4", "Culture"),
        ("List Bullet", "LC.A1.2: Two talks were held.\nAmber – medium progress. Due Apr-26."),
        ("heading 3", "Finance"),
        ("Normal", "No actions in this theme"),
    ]
    assert milestones == [
        ("List Bullet", "Charter – due Jun-26 – Open"),
        ("heading 3", "Completed milestones"),
        ("List Bullet", "Survey – Complete May 2026"),
    ]


def test_a_recommendation_without_milestones_says_so(tmp_path):
    bare = recommendation(open_milestones=(), completed_milestones=())
    _, (_, _, milestones) = WordFile(written_appendix(tmp_path, bare)).rows()
    assert milestones == [("Normal", "No milestones recorded")]


def test_completed_milestones_alone_stand_under_their_heading(tmp_path):
    _, (_, _, milestones) = WordFile(
        written_appendix(tmp_path, recommendation(open_milestones=()))
    ).rows()
    assert milestones[0] == ("heading 3", "Completed milestones")


def test_an_update_of_an_earlier_month_names_it_and_one_of_this_month_does_not(tmp_path):
    items = (item("LC.A1.1", dated=Month(2026, 4)), item("LC.A1.2"))
    block = recommendation(themes=(AppendixTheme("Leadership", (AppendixGroup("X", items),)),))
    assert [text for _, text in _summary(written_appendix(tmp_path, block))[2:]] == [
        "LC.A1.1: Two talks were held.\nAs at April 2026. Amber – medium progress. Due Apr-26.",
        "LC.A1.2: Two talks were held.\nAmber – medium progress. Due Apr-26.",
    ]


def test_an_action_without_a_due_date_says_so(tmp_path):
    items = (item(due=None, due_words="No due date"),)
    block = recommendation(themes=(AppendixTheme("Leadership", (AppendixGroup("X", items),)),))
    said = _summary(written_appendix(tmp_path, block))[-1][1]
    assert said.endswith("\nAmber – medium progress. No due date.")


def test_plain_leaves_out_references_ratings_and_due_dates_and_nothing_else(tmp_path):
    items = (item("LC.A1.1", dated=Month(2026, 4)), item("LC.A1.2"))
    themes = (
        AppendixTheme("Leadership", (AppendixGroup("Culture", items),)),
        AppendixTheme("Finance", ()),
    )
    path = written_appendix(tmp_path, recommendation(themes=themes), plain=True)
    assert _summary(path) == [
        ("heading 3", "Leadership"),
        ("heading 4", "Culture"),
        ("List Bullet", "Two talks were held.\nAs at April 2026"),
        ("List Bullet", "Two talks were held."),
        ("heading 3", "Finance"),
        ("Normal", "No actions in this theme"),
    ]
    rows = WordFile(path).rows()
    assert rows[1][2][0] == ("List Bullet", "Charter – due Jun-26 – Open")


def test_recommendations_keep_their_order_and_have_a_link_each(tmp_path):
    path = written_appendix(tmp_path, recommendation("S2"), recommendation("S1"))
    assert [row[0][0][1] for row in WordFile(path).rows()] == ["Recommendation", "S2", "S1"]
    title = "Wexcombe Borough Council Improvement Plan: progress on recommendations, June 2026"
    assert WordFile(path).before_table() == [
        ("heading 1", title),
        ("Normal", "Contact: plan@wexcombe.example"),
        ("Normal", "S2; S1"),
    ]


def test_without_any_recommendation_the_table_has_its_heading_row_alone(tmp_path):
    rows = WordFile(written_appendix(tmp_path, settings=council(contact=""))).rows()
    assert len(rows) == 1
