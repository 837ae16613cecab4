"""Lines fit the pattern rows that draw them, and say all that the content says."""

from dataclasses import replace

import pytest

from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.support import (
    Achievement,
    Milestone,
    Narrative,
    Recommendation,
    RecommendationLink,
    SupportRecords,
)
from sheetplan.reports import appendix_lines, summary_lines
from sheetplan.reports.appendix import appendix
from sheetplan.reports.patterns import (
    APPENDIX_PACK,
    APPENDIX_SHEET,
    SUMMARY_PACK,
    SUMMARY_SHEET,
)
from sheetplan.reports.ratings import history_words
from sheetplan.reports.summary import summarise
from tests.reports.building import JULY, JUNE, MAY, STANDARD, date, tracker

WEXCOMBE = replace(
    STANDARD,
    reports=replace(
        STANDARD.reports, council="Wexcombe Borough Council", contact="plan@wexcombe.example"
    ),
)
PLAN = (
    """
    Theme 1 - People
    BC.A1.0 | Focus 1 | | N/A | N/A
    BC.A1.1 | | Apr-26 | On track: Begun | Medium progress: Half done
    BC.A2.0 | Focus 2 | | N/A | N/A
    BC.A2.1 | | May-26 | Medium progress: Late | Significant slippage: To change control
    BC.A2.2 | | Aug-26 | On track: Same | Onn track: Same
    """,
    "Theme 2 - Money\nMF.A1.0 | Focus 2 | | On track: Fine | Complete: Done",
)
RECORDS = SupportRecords(
    recommendations=(Recommendation("S1", "Statutory", "Do better."),),
    links=(
        RecommendationLink("S1", "BC.A2.1"),
        RecommendationLink("S1", "BC.A9.9"),
        RecommendationLink("S1", "BC.A1.1"),
    ),
    milestones=(
        Milestone("M1", "BC.A1.0", "Approved", date("Jul-26"), completed=JULY, codes=("S1",)),
        Milestone("M2", "BC.A1.0", "Opened", date("Oct-26"), status="On track", codes=("S1",)),
    ),
    narratives=(Narrative(JULY, "BC.A1.0", "The offer", "", 1.0, "Well.", "More."),),
    achievements=(
        Achievement(MAY, "People", "", "First day"),
        Achievement(JULY, "People", "BC.A1.1", "Open day"),
    ),
)


def summary(months=(JUNE, JULY), settings=WEXCOMBE, records=RECORDS, plan=PLAN):
    return summarise(tracker(*plan, months=months), records, JULY, settings)


def the_appendix():
    return appendix(tracker(*PLAN), RECORDS, JULY, WEXCOMBE)


def refuse_unfit(lines, sheet: SheetPatterns) -> None:
    """Fail where a line has no pattern on its sheet, or other values than it can take."""
    placeholders = {pattern.name: set(pattern.placeholders) for pattern in sheet.rows}
    for line in lines:
        assert set(line.values) == placeholders[line.pattern], line
        assert all(isinstance(value, (str, int, float)) for value in line.values.values()), line


def values(lines, pattern: str) -> list[dict]:
    return [dict(line.values) for line in lines if line.pattern == pattern]


def test_lines_of_the_summary_fit_their_patterns():
    lines = summary_lines.sheet_lines(summary(), WEXCOMBE)
    refuse_unfit(lines, SUMMARY_SHEET)
    unused = {pattern.name for pattern in SUMMARY_SHEET.rows} - {line.pattern for line in lines}
    assert unused == {"change_heading", "change"}  # of what changed since an older copy
    assert set(summary_lines.cells(summary(), WEXCOMBE)) == set(SUMMARY_SHEET.cells)


def test_lines_of_the_summarys_pack_fit_their_patterns():
    pack = summary_lines.pack_lines(summary(), WEXCOMBE)
    assert list(pack) == [sheet.sheet for sheet in SUMMARY_PACK]
    cells = summary_lines.pack_cells(summary(), WEXCOMBE)
    for sheet in SUMMARY_PACK:
        refuse_unfit(pack[sheet.sheet], sheet)
        assert pack[sheet.sheet], sheet.sheet
        assert set(cells[sheet.sheet]) == set(sheet.cells)


@pytest.mark.parametrize("plain", [False, True])
def test_lines_of_the_appendix_fit_their_patterns(plain):
    found = the_appendix()
    refuse_unfit(appendix_lines.sheet_lines(found, WEXCOMBE, plain=plain), APPENDIX_SHEET)
    assert set(appendix_lines.cells(found, WEXCOMBE)) == set(APPENDIX_SHEET.cells)
    pack = appendix_lines.pack_lines(found, WEXCOMBE, plain=plain)
    cells = appendix_lines.pack_cells(found, WEXCOMBE, plain=plain)
    unwanted = "Recommendation progress" if plain else "Progress without ratings"
    wanted = [sheet for sheet in APPENDIX_PACK if sheet.sheet != unwanted]
    assert list(pack) == list(cells) == [sheet.sheet for sheet in wanted]
    for sheet in wanted:
        refuse_unfit(pack[sheet.sheet], sheet)
        assert set(cells[sheet.sheet]) == set(sheet.cells)


def test_titles_name_the_council_and_the_month():
    assert summary_lines.title(summary(), WEXCOMBE) == (
        "Wexcombe Borough Council Improvement Plan: exception summary, July 2026"
    )
    assert summary_lines.title(summary(), STANDARD) == (
        "Improvement Plan: exception summary, July 2026"
    )
    cover = summary_lines.pack_cells(summary(), WEXCOMBE)["Cover"]
    assert (cover["month"], cover["contact"]) == ("July 2026", "plan@wexcombe.example")


def test_an_exception_says_everything_in_words():
    pack = summary_lines.pack_lines(summary(), WEXCOMBE)
    first, nothing = values(pack["Exceptions"], "exception")
    assert nothing["commentary"] == "No exceptions to report"
    assert [first] == [
        {
            "theme": "Theme 1 - People",
            "reference": "BC.A2.1",
            "action": "Do BC.A2.1",
            "rating": "Red – significant slippage",
            "last_rating": "Amber – medium progress",
            "history": "Jun-26 Amber – medium progress",
            "due": "May-26",
            "slippage": "2 months; the legend calls this medium",
            "lead": "Head of Finance",
            "reason": "Slippage of 2 months against May-26",
            "change_control": "Date to be amended at change control",
            "commentary": "To change control",
        }
    ]


def test_issues_of_a_block_are_printed_with_it_and_not_among_the_exceptions():
    lines = summary_lines.sheet_lines(summary(), WEXCOMBE)
    printed = [row["reference"] for row in values(lines, "exception")]
    assert printed == ["BC.A1.1", "BC.A2.1"]
    pack = summary_lines.pack_lines(summary(), WEXCOMBE)
    *_, last, nothing = values(pack["Focus 1"], "labelled")
    assert (nothing["theme"], nothing["text"]) == ("Theme 2 - Money", "No Focus 1 in this theme")
    assert last == {
        "theme": "Theme 1 - People",
        "reference": "BC.A1.0",
        "title": "The offer",
        "label": "Issues raised",
        "text": "BC.A1.1 Do BC.A1.1: Amber – medium progress. Slippage of 3 months against "
        "Apr-26. Half done.",
    }


def test_a_theme_with_nothing_says_so_part_by_part():
    lines = summary_lines.sheet_lines(summary(), WEXCOMBE)
    start = [dict(line.values) for line in lines].index({"theme": "Theme 2 - Money"})
    texts = [row["text"] for row in values(lines[start:], "text")]
    assert texts == [
        "On track or complete: 1 of 1 due (100%)",
        "No Focus 1 in this theme",
        "No exceptions to report",
        "Nothing else to note",
        "No achievements recorded",
        "No milestones recorded",
    ]


def test_a_theme_with_nothing_on_a_sheet_of_the_pack_has_a_row_that_says_so():
    pack = summary_lines.pack_lines(summary(), WEXCOMBE)
    said = {name: [dict(line.values) for line in lines][-1] for name, lines in pack.items()}
    assert said["Exceptions"]["theme"] == "Theme 2 - Money"
    assert {word for word in said["Exceptions"].values() if word} == {
        "Theme 2 - Money",
        "No exceptions to report",
    }
    assert said["Milestones"]["milestone"] == "No milestones recorded"
    assert said["Achievements"]["wording"] == "No achievements recorded"
    assert said["Numbers"]["total"] == 1


def test_what_is_to_be_noted_of_one_action_stands_in_one_line():
    pack = summary_lines.pack_lines(summary(), WEXCOMBE)
    first, nothing = values(pack["To note"], "attention")
    assert nothing["commentary"] == "Nothing else to note"
    assert [(first["reference"], first["why"])] == [
        (
            "BC.A2.2",
            "Status not understood: Onn track. Did you mean On track?; Update word for word as in "
            "June 2026; Due in the next 2 months",
        )
    ]


def test_numbers_of_the_whole_plan_and_of_each_theme_stand_month_by_month():
    rows = [
        (line.pattern, line.values["theme"], line.values["month"], line.values["total"])
        for line in summary_lines.pack_lines(summary(), WEXCOMBE)["Numbers"]
    ]
    assert rows == [
        ("month", "The whole plan", "June 2026", 4),
        ("month", "The whole plan", "July 2026", 4),
        ("theme_month", "Theme 1 - People", "June 2026", 3),
        ("theme_month", "Theme 1 - People", "July 2026", 3),
        ("theme_month", "Theme 2 - Money", "June 2026", 1),
        ("theme_month", "Theme 2 - Money", "July 2026", 1),
    ]


def test_counts_are_numbers_and_the_share_is_words():
    (_, july) = values(summary_lines.sheet_lines(summary(), WEXCOMBE), "month")
    assert (july["medium_progress"], july["complete"], july["not_understood"]) == (1, 1, 1)
    assert july["on_track_or_complete"] == "1 of 4 due (25%)"


def test_without_a_month_before_a_sentence_stands_for_the_movement():
    plan = ("Theme 1\n1.1 | | | On track: fine",)
    alone = summary(months=(JULY,), plan=plan, records=SupportRecords())
    sentence = "The tracker has no month before July 2026, so how ratings moved cannot be said"
    lines = summary_lines.sheet_lines(alone, WEXCOMBE)
    assert values(lines, "movement") == []
    assert sentence in [row["text"] for row in values(lines, "text")]
    (row,) = values(summary_lines.pack_lines(alone, WEXCOMBE)["Movement"], "movement")
    assert (row["theme"], row["references"]) == ("Theme 1", sentence)


def test_achievements_say_which_months_have_none():
    lines = summary_lines.sheet_lines(summary(), WEXCOMBE)
    assert [(row["month"], row["wording"]) for row in values(lines, "achievement")] == [
        ("July 2026", "Open day"),
        ("June 2026", "None recorded"),
        ("May 2026", "First day"),
    ]


def test_the_cover_has_each_sheet_and_a_key_in_the_councils_words():
    lines = summary_lines.pack_lines(summary(), WEXCOMBE)["Cover"]
    assert [row["sheet"] for row in values(lines, "sheet")] == [
        sheet.sheet for sheet in SUMMARY_PACK[1:]
    ]
    key = {row["rating"]: row["meaning"] for row in values(lines, "key")}
    assert list(key)[:3] == [
        "Green – on track",
        "Amber – medium progress",
        "Red – significant slippage",
    ]
    assert key["Amber – medium progress"] == (
        "Behind the due date by 1 month or more, up to 2 months, or a medium level of issues"
    )


def test_history_runs_months_of_one_rating_together():
    months = tuple(JULY.plus(back) for back in range(-5, 1))
    row = "1.1 | | | On track | On track | Medium progress | | Medium progress | On hold: a"
    found = summarise(tracker(f"T\n{row}", months=months), SupportRecords(), JULY, STANDARD)
    (line,) = found.themes[0].exceptions
    assert history_words(line.history, STANDARD) == (
        "Feb-26 to Mar-26 Green – on track; Apr-26 Amber – medium progress; May-26 No status; "
        "Jun-26 Amber – medium progress"
    )
    assert history_words((), STANDARD) == "No earlier rating"


def test_the_appendix_ends_with_what_is_wrong_with_the_map():
    lines = appendix_lines.sheet_lines(the_appendix(), WEXCOMBE)
    assert [line.pattern for line in lines[-3:]] == ["section", "finding_heading", "finding"]
    place, message = lines[-1].values["place"], lines[-1].values["message"]
    assert place == "Recommendation map (S1)"
    assert str(message).startswith('no row of the tracker has the reference "BC.A9.9"')


def test_plain_leaves_out_ratings_and_due_dates_and_nothing_else():
    whole = appendix_lines.sheet_lines(the_appendix(), WEXCOMBE)
    plain = appendix_lines.sheet_lines(the_appendix(), WEXCOMBE, plain=True)
    assert [row["update"] for row in values(plain, "plain_item")] == [
        row["update"] for row in values(whole, "item")
    ]
    assert [line for line in plain if line.pattern != "plain_item"] == [
        line for line in whole if line.pattern not in ("item", "item_heading")
    ]


def test_the_appendix_says_where_a_theme_has_no_actions():
    lines = appendix_lines.sheet_lines(the_appendix(), WEXCOMBE)
    start = [dict(line.values) for line in lines].index({"theme": "Theme 2 - Money"})
    assert lines[start + 1].values == {"text": "No actions in this theme"}
    pack = appendix_lines.pack_lines(the_appendix(), WEXCOMBE)["Recommendation progress"]
    assert pack[-1].values["update"] == "No actions in this theme"


def test_text_of_other_people_is_printed_as_typed():
    nasty = '=HYPERLINK("x") {action} {0} & <b> %s'
    found = summary(plan=(f"Theme 1\n1.1 | | | | On hold: {nasty}",), records=SupportRecords())
    lines = summary_lines.sheet_lines(found, WEXCOMBE)
    (row,) = values(lines, "exception")
    assert row["commentary"] == nasty


def test_every_phrase_can_be_the_councils_own():
    shouted = {
        name: phrase.replace("No ", "NO ") for name, phrase in STANDARD.reports.phrases.items()
    }
    theirs = replace(STANDARD, reports=replace(STANDARD.reports, phrases=shouted))
    found = summary(settings=theirs, records=SupportRecords())
    texts = [row["text"] for row in values(summary_lines.sheet_lines(found, theirs), "text")]
    assert "NO Focus 1 in this theme" in texts
    assert not any(text.startswith("No ") for text in texts)
