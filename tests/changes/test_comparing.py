"""What changed between two trackers: by reference, by meaning, and nothing that did not."""

from __future__ import annotations

import pytest

from sheetplan.changes.comparing import compare
from sheetplan.errors import NothingInCommonError
from sheetplan.model import Month
from sheetplan.reports.content import Movement
from tests.changes.building import changed, plan

JUNE, JULY = Month(2026, 6), Month(2026, 7)
HEAD = "reference | action | director_lead | due_date | 2026-06"
BOTH = f"{HEAD} | 2026-07"
MEND = "OC.A1.1 | Mend the roof | Asha | Jul-26 | On track: Begun"
PAINT = "OC.A1.2 | Paint it | Ben | Sep-26 | On track: Waiting"


def theme(*rows: str, head: str = HEAD, sheet: str = "Theme 1: Homes") -> str:
    return "\n".join([sheet, head, *rows])


# ---------------------------------------------------------------- actions


def test_nothing_differs_between_a_tracker_and_itself():
    found = changed(theme(MEND, PAINT), theme(MEND, PAINT))
    assert found.is_same
    assert not found.needs_attention


def test_order_and_spelling_of_references_do_not_count():
    found = changed(theme(MEND, PAINT), theme(PAINT, MEND.replace("OC.A1.1", "OCA1.1 ")))
    assert found.is_same


def test_blanks_line_breaks_and_spellings_of_one_meaning_do_not_count():
    after = "OC.A1.1 | Mend  the\\nroof | Asha | July 2026 | OnTrack- ok: Begun"
    assert changed(theme(MEND), theme(after)).is_same


def test_actions_that_came_and_went_are_told_with_what_the_tracker_says_of_them():
    sell = "OC.A2.1 | Sell the van | Cleo | TBC | On hold: Stopped"
    found = changed(theme(MEND, PAINT), theme(MEND, sell))
    (added,), (removed,) = found.added, found.removed
    assert (added.reference, added.action, added.theme) == ("OC.A2.1", "Sell the van", "Homes")
    assert (added.due, added.lead, added.rating) == ("TBC", "Cleo", "On hold")
    assert (removed.reference, removed.rating) == ("OC.A1.2", "Green – on track")
    assert (removed.sheet, removed.cell) == ("Theme 1", "A4")


def test_an_action_with_the_very_same_words_was_renumbered():
    found = changed(theme(MEND, PAINT), theme(MEND, PAINT.replace("OC.A1.2", "OC.A9.9")))
    (change,) = found.renumbered
    assert (change.before, change.reference) == ("OC.A1.2", "OC.A9.9")
    assert not found.added
    assert not found.removed


def test_what_else_changed_in_a_renumbered_action_is_told_too():
    after = "OC.A9.9 | Paint it | Cleo | Dec-26 | On track: Waiting"
    found = changed(theme(MEND, PAINT), theme(MEND, after))
    assert [(c.reference, c.field) for c in found.fields] == [("OC.A9.9", "director_lead")]
    assert [c.months for c in found.dates] == [3]


def test_of_two_actions_with_the_same_words_nobody_can_tell_which_was_renumbered():
    twins = [PAINT.replace("OC.A1.2", ref) for ref in ("OC.A9.1", "OC.A9.2")]
    found = changed(theme(MEND, PAINT), theme(MEND, *twins))
    assert not found.renumbered
    assert (len(found.added), len(found.removed)) == (2, 1)


def test_words_that_differ_in_a_letter_are_another_action():
    after = PAINT.replace("OC.A1.2", "OC.A9.9").replace("Paint it", "Paint it.")
    found = changed(theme(MEND, PAINT), theme(MEND, after))
    assert not found.renumbered
    assert (len(found.added), len(found.removed)) == (1, 1)


def test_rows_that_repeat_a_reference_are_matched_in_order_and_found():
    twice = [MEND, PAINT.replace("OC.A1.2", "OC.A1.1")]
    found = changed(theme(*twice), theme(*twice))
    assert found.is_same
    assert [(f.code, f.cell) for f in found.findings] == [("reference-duplicate", "A4")] * 2
    assert "older.xlsx" in found.findings[0].message
    assert "newer.xlsx" in found.findings[1].message
    assert found.needs_attention


# ---------------------------------------------------------------- themes


def themes(*rows_of: list[str]):
    sheets = ("Theme 1: Homes", "Theme 2: Streets")
    return plan(*(theme(*rows, sheet=s) for rows, s in zip(rows_of, sheets, strict=True)))


SWEEP = "OC.B1.1 | Sweep | Dee | Jul-26 | On track: Begun"


def test_an_action_on_another_themes_sheet_has_moved():
    found = compare(themes([MEND, PAINT], [SWEEP]), themes([MEND], [SWEEP, PAINT]))
    (move,) = found.moved
    assert (move.reference, move.before, move.after) == ("OC.A1.2", "Homes", "Streets")
    assert not found.added
    assert not found.removed


def test_a_sheet_that_was_renamed_moved_no_action():
    older = plan(theme(MEND, PAINT))
    assert not compare(older, plan(theme(MEND, PAINT, sheet="1 Homes: Homes"))).moved
    assert not compare(older, plan(theme(MEND, PAINT, sheet="One: Roofs"))).moved


def test_a_month_in_a_title_is_no_other_theme():
    older = plan(theme(MEND, PAINT, sheet="A: Homes, June 2026"))
    newer = plan(theme(MEND, PAINT, sheet="B: Homes, July 2026"))
    assert not compare(older, newer).moved


def test_one_sheet_that_was_cut_into_several_moved_no_action():
    older = plan(theme(MEND, PAINT, SWEEP, sheet="All: The plan"))
    newer = themes([MEND], [PAINT, SWEEP])
    assert not compare(older, newer).moved
    assert not compare(newer, older).moved


def test_a_theme_column_tells_the_theme_where_there_is_one():
    head = "reference | action | theme"
    rows = "OC.A1.1 | Mend | Homes", "OC.A1.2 | Paint | Homes"
    moved = "OC.A1.1 | Mend | Homes", "OC.A1.2 | Paint | Streets"
    (move,) = changed(theme(*rows, head=head), theme(*moved, head=head)).moved
    assert (move.reference, move.before, move.after) == ("OC.A1.2", "Homes", "Streets")


# ---------------------------------------------------------------- texts and dates


def test_a_field_that_says_something_else_is_told_with_both_texts():
    after = MEND.replace("Mend the roof", "Mend the roof\\nby May").replace("Asha", "Ben")
    found = changed(theme(MEND), theme(after))
    assert [(c.field, c.before, c.after, c.cell) for c in found.fields] == [
        ("action", "Mend the roof", "Mend the roof\nby May", "B3"),
        ("director_lead", "Asha", "Ben", "C3"),
    ]


def test_a_column_that_only_one_tracker_has_is_no_change_of_its_rows():
    head, row = "reference | action | evidence", "OC.A1.1 | Mend the roof | A photograph"
    assert not changed(theme(MEND), theme(row, head=head)).fields
    assert not changed(theme(row, head=head), theme(MEND)).fields


@pytest.mark.parametrize(
    ("before", "after", "months"),
    [
        ("Jul-26", "Oct-26", 3),
        ("Oct-26", "31/07/2026", -3),
        ("Jul-26", "31/07/2026", 0),
        ("Jul-26", "TBC", None),
        ("TBC", "Jul-26", None),
        ("", "Jul-26", None),
        ("Jul-26", "", None),
        ("Jul 26 or so, perhaps", "whenever Bob can", None),
    ],
)
def test_a_date_is_told_with_by_how_many_months_it_moved(before, after, months):
    row = "OC.A1.1 | Mend | Asha | {} | On track: Begun"
    (change,) = changed(theme(row.format(before)), theme(row.format(after))).dates
    assert (change.field, change.before, change.after) == ("due_date", before, after)
    assert change.months == months


@pytest.mark.parametrize(
    ("before", "after"),
    [("Jul-26", "July 2026"), ("31/07/2026", "31 July 2026"), ("TBC", "tbc"), ("", "")],
)
def test_a_date_that_means_the_same_has_not_moved(before, after):
    row = "OC.A1.1 | Mend | Asha | {} | On track: Begun"
    assert changed(theme(row.format(before)), theme(row.format(after))).is_same


def test_a_revised_date_moves_from_the_due_date_even_where_its_column_is_new():
    before, after = "OC.A1.1 | Mend | Jul-26", "OC.A1.1 | Mend | Jul-26 | Dec-26"
    head = "reference | action | due_date"
    found = changed(theme(before, head=head), theme(after, head=f"{head} | revised_date"))
    (change,) = found.dates
    assert (change.field, change.before, change.after, change.months) == (
        "revised_date", "", "Dec-26", 5,
    )  # fmt: skip


# ---------------------------------------------------------------- statuses and months


def two(before: str, after: str, june: str = "On track: Begun") -> tuple[str, str]:
    """The row with June alone, and the one with June and July."""
    head = "OC.A1.1 | Mend the roof | Asha | Jul-26"
    return theme(f"{head} | {before}"), theme(f"{head} | {june} | {after}", head=BOTH)


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        ("On track", "Complete", Movement.COMPLETED),
        ("On track", "Red", Movement.WORSENED),
        ("Red", "Amber", Movement.IMPROVED),
        ("Complete", "On track", Movement.WORSENED),
        ("", "On track", Movement.NEW),
        ("On track", "", Movement.NO_UPDATE),
    ],
)
def test_a_rating_is_compared_between_the_newest_months_of_the_two(before, after, movement):
    found = changed(*two(f"{before}: Begun", f"{after}: More", f"{before}: Begun"))
    assert (found.older.month, found.newer.month) == (JUNE, JULY)
    (move,) = found.statuses
    assert move.movement is movement
    assert not found.past
    assert not found.needs_attention


def test_a_row_that_is_still_to_be_filled_in_has_not_moved():
    line = "OC.A1.{} | Mend it | Asha | Jul-26 | On track: Begun"
    older = theme(line.format(1), line.format(2))
    newer = theme(f"{line.format(1)} | Red: Stopped", f"{line.format(2)} | ", head=BOTH)
    (move,) = changed(older, newer).statuses
    assert move.reference == "OC.A1.1"


def test_a_month_that_nobody_has_filled_in_is_not_the_newest():
    found = changed(*two("On track: Begun", "", "On track: Begun"))
    assert found.newer.month == JUNE
    assert found.is_same


def test_statuses_that_are_not_understood_are_compared_by_their_words():
    assert not changed(*two("Onn track", "onn-Track", "Onn track")).statuses
    (move,) = changed(*two("Onn track", "Blimey", "Onn track")).statuses
    assert (move.before, move.after) == ("Onn track", "Blimey")


def test_an_update_of_the_month_that_both_end_with_is_a_changed_text():
    found = changed(theme(MEND), theme(MEND.replace("Begun", "Begun at last")))
    (change,) = found.fields
    assert (change.field, change.month, change.after) == ("update", JUNE, "Begun at last")
    assert not found.past


def test_a_past_month_that_says_something_else_is_told_and_to_be_looked_at():
    found = changed(*two("On track: Begun", "Amber: Late", "Amber: Never begun"))
    assert [(c.month, c.field, c.before, c.after) for c in found.past] == [
        (JUNE, "status", "On track", "Amber"),
        (JUNE, "update", "Begun", "Never begun"),
    ]
    assert not found.fields
    assert found.needs_attention


def test_what_was_filled_in_after_the_older_was_saved_is_no_change_of_the_past():
    other = "OC.A1.2 | Paint it | Ben | Sep-26 | "
    older = theme(MEND, other)
    newer = theme(f"{MEND} | Amber: Late", f"{other} On track: Begun | On track: On", head=BOTH)
    found = changed(older, newer)
    assert not found.past
    assert [c.reference for c in found.statuses] == ["OC.A1.1", "OC.A1.2"]


def test_a_blank_of_a_month_long_past_that_was_filled_in_is_one():
    head = "reference | action | 2026-05 | 2026-06"
    found = changed(
        theme("OC.A1.1 | Mend | | On track: Begun", head=head),
        theme("OC.A1.1 | Mend | Red: Not begun | On track: Begun", head=head),
    )
    assert [(c.month.iso, c.field, c.before) for c in found.past] == [
        ("2026-05", "status", ""),
        ("2026-05", "update", ""),
    ]


# ---------------------------------------------------------------- odd pairs


def test_two_trackers_that_share_no_reference_are_not_compared():
    other = theme("ZZ.Q1.1 | Something else | Asha | Jul-26 | On track: Begun")
    with pytest.raises(NothingInCommonError, match="share no reference") as raised:
        changed(theme(MEND, PAINT), other)
    assert "older.xlsx and newer.xlsx" in str(raised.value)


def test_a_tracker_without_an_action_has_nothing_to_compare():
    with pytest.raises(NothingInCommonError, match=r"older\.xlsx has no action to compare"):
        changed(theme(), theme(MEND))
    with pytest.raises(NothingInCommonError, match=r"older\.xlsx and newer\.xlsx have no action"):
        changed(theme(), theme())


def test_an_older_one_that_is_the_newer_is_said_and_compared_all_the_same():
    before, after = two("On track: Begun", "Red: Late")
    found = changed(after, before)
    (finding,) = found.findings
    assert finding.code == "older-is-newer"
    assert "filled in up to July 2026" in finding.message
    assert [(c.before, c.after) for c in found.statuses] == [
        ("Red – significant slippage", "Green – on track")
    ]
    assert not found.past


def test_trackers_without_months_or_dates_are_compared_by_their_words():
    head = "reference | action"
    found = changed(theme("1.1 | Mend", head=head), theme("1.1 | Mend it", head=head))
    assert (found.older.month, found.newer.month) == (None, None)
    assert found.counts == {
        "added": 0, "removed": 0, "renumbered": 0, "moved": 0, "fields": 1, "dates": 0,
        "statuses": 0, "past": 0, "structure": 0,
    }  # fmt: skip
