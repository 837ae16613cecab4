"""Words and colours of an imported plan: what they mean, and that text stays text."""

from __future__ import annotations

from pathlib import Path

import sheetplan
from tests.cycle.importing import JUNE_AND_JULY, listed, opened, planned
from tests.plans import one_section, plan_row


def test_the_meaning_of_a_colour_is_that_of_the_profile(tmp_path: Path) -> None:
    row = {**JUNE_AND_JULY, "fill": "FFC000"}
    usual = planned(tmp_path, one_section(row))
    words = usual.plan.themes[0].rows[0].statuses.values()
    assert [meaning.words for meaning in words] == ["medium progress"]
    profile = tmp_path / "ours.toml"
    profile.write_text(
        'profile = "standard"\n[status.on_track]\nrag = "amber"\n[status.medium_progress]\n'
        'rag = "none"\n',
        "utf-8",
    )
    ours = planned(tmp_path, one_section(row), profile=profile)
    words = ours.plan.themes[0].rows[0].statuses.values()
    assert [meaning.words for meaning in words] == ["on track"]
    [note] = [f for f in ours.plan.findings if f.code == "import-colours-read"]
    assert "as ours.toml has them: amber is on track." in note.message


def test_settings_for_plans_without_month_columns_are_no_hindrance(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(JUNE_AND_JULY), profile="commentary")
    assert [finding.code for finding in made.plan.findings][:2] == [
        "import-kind",
        "import-colours-read",
    ]
    rows = {row.reference: row.statuses for row in made.plan.rows}
    assert [meaning.words for meaning in rows["ST.A1.1"].values()] == ["on track", "complete"]
    assert sheetplan.inspect(made.apply().output, profile="standard").actions == 2


def test_text_is_data_whatever_it_begins_with(tmp_path: Path) -> None:
    row = plan_row("1.1", "__Head__", "=1+1 (June 2026 Update)", aim=["=2+2"], action=["@SUM(A1)"])
    made = planned(tmp_path, one_section(row)).apply().output
    sheet = opened(made)["Streets"]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("D5", "D6", "R6")] == [
        ("=2+2", "s"),
        ("@SUM(A1)", "s"),
        ("=1+1 (June 2026 Update)", "s"),
    ]


def test_a_paragraph_that_no_cell_can_hold_stays_in_the_account(tmp_path: Path) -> None:
    long = "word " * 13_000
    row = plan_row("1.1", "__Head__", long, "Done. (June 2026 Update)")
    made = planned(tmp_path, one_section(row)).apply()
    pieces = [row.text for row in listed(made.output) if row.text.startswith("word")]
    assert "".join(pieces).strip() == long.strip()
    assert "import-cell-full" in [finding.code for finding in made.plan.plan.findings]


def test_a_row_with_nothing_but_a_number_and_an_aim_is_a_main_action_alone(tmp_path: Path) -> None:
    made = planned(tmp_path, one_section(JUNE_AND_JULY, plan_row("1.2", action=[], outputs=[])))
    assert [row.reference for row in made.plan.rows] == ["ST.A1.0", "ST.A1.1", "ST.A2.0"]


def test_a_section_that_is_called_as_another_sheet_gets_another_name(tmp_path: Path) -> None:
    plan = one_section(JUNE_AND_JULY)
    plan["sections"][0]["title"] = "Dashboard"
    [theme] = planned(tmp_path, plan).plan.themes
    assert (theme.sheet, theme.title) == ("Dashboard 2", "1. Dashboard")


def test_a_number_that_stands_twice_is_told_with_both_places(tmp_path: Path) -> None:
    """Such as 1.10, which Excel shows as 1.1 where it was typed as a number."""
    again = plan_row("1.1", "__Head of Paths__", "Begun. (June Update)")
    plan = planned(tmp_path, one_section(JUNE_AND_JULY, again)).plan
    assert [row.reference for row in plan.rows if row.number == "1.1"][-1] == "ST.B1.1"
    [told] = [f for f in plan.findings if f.code == "import-number-repeated"]
    assert (told.sheet, told.reference) == ("Table 1, row 3", "1.1")
    assert "stands in Table 1, row 2 too" in told.message
    assert told.message.endswith("type it as text, since Excel shows the number 1.10 as 1.1.")

    other = planned(tmp_path, one_section(JUNE_AND_JULY, plan_row("1.10", "__Head__", "x"))).plan
    assert not [f for f in other.findings if f.code == "import-number-repeated"]
