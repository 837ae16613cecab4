"""Statuses that nobody defined, that are spelt anyhow, or that are not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetplan.checks.spellings import spellings
from sheetplan.checks.statuses import (
    RULES,
    legend_not_understood,
    status_blank,
    status_na_with_update,
    status_not_in_key,
    status_not_understood,
    status_spellings,
)
from sheetplan.model import Month
from sheetplan.model.workbook_facts import CellFact, WorkbookFacts
from sheetplan.settings import load_profile
from tests.checks.building import found, graded, plan
from tests.reports.building import JULY, JUNE, MAY, STANDARD

IN_TOML = "Correct the cell, or add the words under [status] in sheetplan.toml."

# ---------------------------------------------------------------- not understood


def test_a_status_that_nobody_defined_is_an_error_in_the_checked_month():
    checked = plan(
        """Theme
        BC.A1.1 | N/A | | On track | Onn track
        BC.A1.2 | N/A | | On track | On track - all milestones met
        BC.A1.3 | N/A | | On track | Onn track
        BC.A1.4 | N/A | | On track |
        """
    )
    message = f'status "Onn track" is not in the vocabulary. Did you mean "On track"? {IN_TOML}'
    assert found(status_not_understood, checked) == [("BC.A1.1", message), ("BC.A1.3", message)]
    assert set(graded(status_not_understood, checked).values()) == {"error"}


def test_a_status_like_no_other_is_not_guessed_at():
    ((_, message),) = found(
        status_not_understood, plan("Theme\nBC.A1.1 | N/A | | Ask Jo", months=(JULY,))
    )
    assert message == f'status "Ask Jo" is not in the vocabulary. {IN_TOML}'


def test_earlier_months_are_one_note_for_each_text_with_the_cells_of_its_last_month():
    checked = plan(
        """Theme
        BC.A1.1 | N/A | | Fine | Fine | On track
        BC.A1.2 | N/A | | Fine | On track | On track
        BC.A1.3 | N/A | | Well | On track | On track
        """,
        months=(MAY, JUNE, JULY),
    )
    assert found(status_not_understood, checked) == [
        ("BC.A1.1", 'status "Fine", in 3 cells of earlier months, the last of them June 2026, is '
                    f"not in the vocabulary. {IN_TOML}"),
        ("BC.A1.3", 'status "Well", in 1 cell of earlier months, the last of them May 2026, is not '
                    f"in the vocabulary. {IN_TOML}"),
    ]  # fmt: skip
    assert set(graded(status_not_understood, checked).values()) == {"note"}


def test_a_text_that_the_checked_month_has_as_well_is_told_of_there_alone():
    checked = plan("Theme\nBC.A1.1 | N/A | | Fine | On track\nBC.A1.2 | N/A | | On track | Fine")
    assert graded(status_not_understood, checked) == {"BC.A1.2": "error"}


def test_months_after_the_checked_one_are_not_looked_at():
    checked = plan("Theme\nBC.A1.1 | N/A | | On track | Fine", month=JUNE)
    assert found(status_not_understood, checked) == []


def test_words_of_the_council_are_understood(tmp_path):
    file = tmp_path / "sheetplan.toml"
    file.write_text('profile = "standard"\n[status.on_track]\nwords = ["Fine"]')
    checked = plan("Theme\nBC.A1.1 | | | Fine", months=(JULY,), settings=load_profile(file))
    assert found(status_not_understood, checked) == []


def test_a_long_status_is_shortened_and_its_markup_is_only_text():
    checked = plan(f"Theme\nBC.A1.1 | | | =<b>{'x' * 500}", months=(JULY,))
    ((_, message),) = found(status_not_understood, checked)
    assert message.startswith(f'status "=<b>{"x" * 55}…" is not')


# ---------------------------------------------------------------- several spellings


def test_spellings_of_one_status_are_counted_over_all_months():
    checked = plan(
        """Theme
        BC.A1.1 | N/A | | On track | On track | On track
        BC.A1.2 | N/A | | OnTrack | On track | On-Track
        BC.A1.3 | N/A | | OnTrack | OnTrack | On track - all is well
        BC.A1.4 | N/A | | Complete | Complete | Complete
        """,
        months=(MAY, JUNE, JULY),
    )
    message = (
        '"on track" is spelt in 3 ways: "On track" (5 cells), "OnTrack" (3 cells) and "On-Track" '
        "(1 cell). Use the first everywhere."
    )
    assert found(status_spellings, checked) == [("BC.A1.3", message), ("BC.A1.2", message)]
    (told_of,) = status_spellings.find(checked)
    columns = checked.actions[0].columns.months
    assert [place.cell for place in told_of.places] == [
        f"{columns[JUNE]['status']}7", f"{columns[JULY]['status']}6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("On track", "On track - all milestones met"),
        ("On track", "On track. See the update"),
        ("On track - a", "On track - b"),
        ("On  track", "On track"),
        ("On\\ntrack", "On track"),
        ("Complete", "Closed"),
        ("On track", "Onn track"),  # is not understood, and told of as such
    ],
)
def test_what_nobody_would_call_a_spelling(one, other):
    checked = plan(f"Theme\nBC.A1.1 | N/A | | {one}\nBC.A1.2 | N/A | | {other}", months=(JULY,))
    assert found(status_spellings, checked) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N/A", "n/a"),
        ("On track", "On Track"),
        ("On track", "On track."),
        ("Complete", "Completed"),
        ("Green", "On track"),
        ("Green", "Green."),
        ("New action - from May", "New action added - from June"),
        ("Amber", "Medium progress - 1-2 months"),
        ("Complete & closed", "Complete and closed"),
    ],
)
def test_what_anybody_would_call_one(one, other):
    checked = plan(f"Theme\nBC.A1.1 | N/A | | {one}\nBC.A1.2 | N/A | | {other}", months=(JULY,))
    ((reference, message),) = found(status_spellings, checked)
    assert reference == "BC.A1.2"
    assert "is spelt in 2 ways" in message


def test_the_words_of_a_legend_that_are_spelt_in_two_ways_are_two_spellings():
    long, short = (
        "Medium progress- slippage of 1-2 months",
        "Medium progress-slippage of 1 - 2 months",
    )
    rows = [f"BC.A1.{n} | N/A | | {long if n < 3 else short}" for n in range(1, 4)]
    (told_of,) = status_spellings.find(plan("\n".join(["Theme", *rows]), months=(JULY,)))
    assert f'"{long}" (2 cells) and "{short}" (1 cell)' in told_of.message
    # Two cells alone may be comments that somebody typed twice.
    assert found(status_spellings, plan("\n".join(["Theme", *rows[1:]]), months=(JULY,))) == []


@pytest.mark.parametrize(
    ("offered", "odd"),
    [
        (["N/A", "On track"], ["BC.A1.3"]),
        (["n/a", "On track"], ["BC.A1.1", "BC.A1.2"]),
        (["N/A", "n/a"], []),  # somebody meant both
        (["On track"], ["BC.A1.3"]),
    ],
)
def test_the_spelling_that_the_drop_down_offers_is_the_right_one(offered, odd):
    facts = WorkbookFacts(status_choices=tuple(CellFact("Sheet 1", "M5", w) for w in offered))
    table = "Theme\nBC.A1.1 | | | N/A\nBC.A1.2 | | | N/A\nBC.A1.3 | | | n/a"
    told_of = found(status_spellings, plan(table, months=(JULY,), facts=facts))
    assert [reference for reference, _ in told_of] == odd
    ends = "words of the drop-down everywhere." if offered[0] != "On track" else "first everywhere."
    assert all(message.endswith(ends) for _, message in told_of)


ON_TRACK = next(entry for entry in STANDARD.vocabulary.entries if "On track" in entry.words)
COMMENTS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30)


@given(st.dictionaries(COMMENTS.map("On track".__add__), st.integers(1, 50), min_size=1))
def test_every_cell_is_counted_under_one_spelling(uses):
    ways = spellings(ON_TRACK, uses)
    assert sum(way.count for way in ways) == sum(uses.values())
    assert sorted(text for way in ways for text in way.texts) == sorted(uses)
    assert [way.count for way in ways] == sorted((way.count for way in ways), reverse=True)


def test_an_answer_holds_while_the_cell_is_spelt_so():
    checked = plan("Theme\nBC.A1.1 | | | N/A\nBC.A1.2 | | | n/a", months=(JULY,))
    (told_of,) = status_spellings.find(checked)
    assert [(place.says, place.month) for place in told_of.places] == [("n/a", None)]


# ---------------------------------------------------------------- blank


def test_a_row_without_a_status_is_found_and_so_is_one_that_is_new():
    checked = plan(
        """Theme
        BC.A1.0 | Focus 2 | | N/A |
        BC.A1.1 | N/A | | On track | On track: Work goes on
        BC.A1.2 | N/A | | On track |
        BC.A1.3 | N/A | | |
        BC.A1.4 | N/A | | On track | : Work goes on
        BC.A1.5 | N/A | | Closed |
        BC.A1.6 | N/A | | N/A |
        BC.A1.7 | N/A | | Complete |
        """
    )
    plain = "has no status for July 2026. Ask its owner for one."
    assert found(status_blank, checked) == [
        ("BC.A1.2", plain),
        ("BC.A1.3", plain),
        ("BC.A1.4", "has an update and no status for July 2026. Ask its owner for one."),
        ("BC.A1.7", plain),
    ]
    assert set(graded(status_blank, checked).values()) == {"warning"}


def test_silence_about_what_is_late_is_an_error():
    checked = plan(
        """Theme
        BC.A1.1 | N/A | Jun-26 | On track | :
        BC.A1.2 | N/A | Jul-26 | On track | :
        BC.A1.3 | N/A | Jun-26 | On track | : Bids are in
        BC.A1.4 | N/A | Jun-26 | On track | On track
        """
    )
    grades = {"BC.A1.1": "error", "BC.A1.2": "warning", "BC.A1.3": "warning"}
    assert graded(status_blank, checked) == grades
    assert "neither status nor update" in found(status_blank, checked)[0][1]


def test_a_status_that_the_key_does_not_define_is_told_with_all_its_cells():
    key = tuple(
        CellFact("Key", f"A{row}", words)
        for row, words in enumerate(("On track", "Medium progress", "Complete", "N/A"), start=2)
    )
    rows = """Theme
        BC.A1.1 | N/A | | On track | On hold
        BC.A1.2 | N/A | | On track | On hold
        BC.A1.3 | N/A | | On hold | On track - all milestones met
        BC.A1.4 | N/A | | On track | Onn track
        """
    (one,) = status_not_in_key.find(plan(rows, facts=WorkbookFacts(status_key=key)))
    assert [place.reference for place in one.places] == ["BC.A1.1", "BC.A1.2"]
    assert '"on hold"' in one.message
    assert found(status_not_in_key, plan(rows)) == []


def test_words_of_the_key_that_nobody_understands_are_told():
    key = (CellFact("Key", "A2", "On track"), CellFact("Key", "A3", "Gone fishing"))
    checked = plan("Theme\nBC.A1.1 | N/A | | On track", facts=WorkbookFacts(status_key=key))
    (one,) = legend_not_understood.find(checked)
    assert one.message.startswith('the key defines "Gone fishing"')
    assert one.places[0].words == "Key!A3"


def test_what_was_closed_long_ago_needs_no_status_however_long_it_is_blank():
    rows = "Theme\nBC.A1.1 | N/A | | Closed | |\nBC.A1.2 | N/A | | On track | On track | On track"
    assert found(status_blank, plan(rows, months=(MAY, JUNE, JULY))) == []


def test_a_sheet_that_nobody_has_filled_in_is_one_finding():
    empty = """Theme
        BC.A1.0 | Focus 2 | | N/A | N/A
        BC.A1.1 | N/A | | On track |
        BC.A1.2 | N/A | | Complete |
        BC.A1.3 | N/A | | Closed | Closed
        """
    filled = "Other\nBC.B1.1 | N/A | | On track | On track\nBC.B1.2 | N/A | | On track |"
    checked = plan(empty, filled)
    assert [reference for reference, _ in found(status_blank, checked)] == ["", "BC.B1.2"]
    whole, _ = status_blank.find(checked)
    assert whole.message == (
        "none of the actions on this sheet that need a status for July 2026 has one. Ask the "
        "update owners for them."
    )
    assert whole.places[0].words == "Sheet 1"


def test_one_blank_row_on_a_sheet_of_its_own_is_a_row():
    assert found(status_blank, plan("Theme\nBC.A1.1 | N/A | | |"))[0][0] == "BC.A1.1"


def test_a_month_that_is_filled_in_is_not_blank():
    assert found(status_blank, plan("Theme\nBC.A1.1 | N/A | | | What is that?")) == []


# ---------------------------------------------------------------- N/A beside an update


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("N/A: Tender is out, bids are due on 4 August", True),
        ("N/A: N/A", False),
        ("N/A:", False),
        ("N/A: -", False),
        ("N/A: No update required", False),
        ("N/A: As above", False),
        ("N/A: No change", False),
        ("On track: Tender is out", False),
        (": Tender is out", False),
    ],
)
def test_an_update_that_says_something_needs_a_status(said, is_found):
    checked = plan(f"Theme\nBC.A1.1 | N/A | | {said}", months=(JULY,))
    assert graded(status_na_with_update, checked) == ({"BC.A1.1": "warning"} if is_found else {})


def test_of_a_main_action_whose_sub_actions_have_statuses_it_is_a_note():
    checked = plan("Theme\nBC.A1.0 | | | N/A: All well\nBC.A1.1 | | | On track", months=(JULY,))
    assert graded(status_na_with_update, checked) == {"BC.A1.0": "note"}


def test_an_answer_holds_for_the_status_and_the_update():
    (told_of,) = status_na_with_update.find(
        plan("Theme\nBC.A1.1 | | | N/A: Tender is out", months=(JULY,))
    )
    assert (told_of.places[0].says, told_of.places[0].month) == ("N/A\nTender is out", JULY)


# ---------------------------------------------------------------- the legend


def test_choices_that_the_vocabulary_does_not_know_are_found_where_they_are_offered():
    choices = [("M5", "On track"), ("M5", "Onn track"), ("O9", "Parked"), ("O9", ""), ("O9", "N/A")]
    facts = WorkbookFacts(
        status_choices=tuple(CellFact("Sheet 1", cell, says) for cell, says in choices)
    )
    checked = plan("Theme\nBC.A1.1 | | | On track", months=(JULY,), facts=facts)
    remedy = "Correct the list, or add the words under [status] in sheetplan.toml."
    assert [(f.places[0].words, f.message) for f in legend_not_understood.find(checked)] == [
        ("Sheet 1!M5", 'the drop-down offers "Onn track", which is not in the vocabulary. Did you '
                       f'mean "On track"? {remedy}'),
        ("Sheet 1!O9", f'the drop-down offers "Parked", which is not in the vocabulary. {remedy}'),
    ]  # fmt: skip


# ---------------------------------------------------------------- small trackers


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_tracker_of_one_row_and_one_month_or_of_none_has_nothing_wrong(rule):
    month = Month(2026, 7)
    for table in ("Theme\nBC.A1.1 | N/A | | On track: Work goes on", "Theme"):
        assert found(rule, plan(table, months=(month,))) == []
