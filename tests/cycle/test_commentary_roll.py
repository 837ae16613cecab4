"""Rolling a plan that keeps every month in one cell, from the file to the file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import sheetplan
from sheetplan.errors import (
    MonthEmptyError,
    MonthExistsError,
    MonthGapError,
    NoMonthColumnsError,
)
from sheetplan.model.month import Month
from tests.cli.running import run
from tests.commentary_books import published_book
from tests.cycle.rolling_commentary import (
    AUGUST,
    EXAMPLE,
    JULY,
    JUNE,
    NEW,
    PROFILE,
    TEXT,
    book,
    fill_in,
    reading,
    roll,
    texts,
    waiting,
)
from tests.judges import diff, openpyxl_values, valid

TALLER = (6, 7, 13, 14, 15, 20, 21, 22)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the example, to be changed."""
    return Path(shutil.copy(EXAMPLE, tmp_path))


# ---------------------------------------------------------------- done


def test_a_roll_writes_the_stamps_and_nothing_else(plan: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(plan, tmp_path / "before.xlsx"))
    rolled = roll(plan)
    assert (rolled.month, rolled.old_month, rolled.stamps) == (
        JULY,
        JULY.previous,
        ["(July update)"],
    )
    changed = {each.text.name for each in rolled.changed}
    assert changed == {"E6", "E7", "E9", "E13", "E14", "E15", "E20", "E21", "E22"}
    old, new = openpyxl_values(before)["Plan"], openpyxl_values(plan)["Plan"]
    assert {name for name in old if old[name] != new[name]} == changed - {"E9"}
    assert valid(before, plan) == []
    told = {*(f"Plan!{name}" for name in changed), *(f"Plan row {row}" for row in TALLER)}
    assert all(
        any(line.startswith(f"{place} ") for place in told) for line in diff(before, plan).harm
    )
    assert reading(plan, JULY) == reading(before, JULY)
    assert len(waiting(plan, JULY)) == 11


def test_a_cell_is_as_somebody_would_have_typed_it(plan: Path) -> None:
    roll(plan)
    value = openpyxl.load_workbook(plan, rich_text=True)["Plan"]["E15"].value
    assert isinstance(value, CellRichText)
    found = [
        (block.text, bool(block.font.b), block.font.u, block.font.rFont, block.font.sz)
        for block in value
        if isinstance(block, TextBlock)
    ]
    assert found == [
        ("Children's Librarian", True, "single", "Arial", 10.0),
        ("\nSchools were invited. (May update)", False, None, "Arial", 10.0),
        (
            "\n31 of 34 schools have joined; the last three are asked again by 3 July. "
            "(June update)",
            False,
            None,
            "Arial",
            10.0,
        ),
        ("\n(July update)", True, None, "Arial", 10.0),
    ]


def test_rows_whose_words_were_seen_become_taller_and_others_do_not(
    plan: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(plan, rich_text=True)
    workbook["Plan"].row_dimensions[6].height = 30  # too low for what it says
    workbook["Plan"].row_dimensions[7].height = None
    workbook.save(plan)
    rolled = roll(plan)
    sheet = openpyxl.load_workbook(plan)["Plan"]
    heights = {row: sheet.row_dimensions[row].height for row in (6, 7, 8, 15)}
    assert heights == {6: 30, 7: None, 8: 44.25, 15: 51.75}
    assert {each.write.row for each in rolled.taller} == set(TALLER) - {6, 7}


def test_a_roll_leaves_a_backup_and_undo_puts_it_back(plan: Path) -> None:
    before = plan.read_bytes()
    roll(plan)
    backup = plan.with_name("commentary_plan (before July 2026).xlsx")
    assert backup.read_bytes() == before
    sheetplan.undo(plan)
    assert plan.read_bytes() == before


def test_a_roll_to_a_new_file_leaves_the_plan_alone(plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    sheetplan.roll_month(plan, output=tmp_path / "july.xlsx", profile=PROFILE)
    assert plan.read_bytes() == before
    assert len(waiting(tmp_path / "july.xlsx", JULY)) == 11


def test_a_dry_run_says_all_and_writes_nothing(plan: Path) -> None:
    before = plan.read_bytes()
    shown = run("roll-month", plan, "--profile", PROFILE, "--dry-run")
    assert shown.status == 0
    assert "commentary_plan.xlsx: July 2026 would be opened" in shown.out
    assert "Plan 12 14 11 3 11" in shown.printed
    assert '"(June update)" would be put behind paragraphs of 2.2' in shown.printed
    assert "Left empty 1 row, 3.4" in shown.printed
    assert 'Homes and Libraries Plan, June 2026" (Plan!A1)' in shown.printed
    assert plan.read_bytes() == before
    assert [path.name for path in plan.parent.iterdir()] == ["commentary_plan.xlsx"]


def test_json_tells_each_cell(plan: Path) -> None:
    data = run("roll-month", plan, "--profile", PROFILE, "--json").data
    (sheet,) = data["sheets"]
    assert (data["month"], data["after"], sheet["stamp"]) == ("2026-07", "2026-06", "(July update)")
    cell = next(cell for cell in sheet["cells"] if cell["cell"] == "E14")
    assert cell["stamped_leads"] == ["Head of Property", "Head of Libraries"]
    assert cell["stamped_paragraphs"] == ["(June update)"]
    assert cell["content"] == openpyxl_values(plan)["Plan"]["E14"]
    json.dumps(data)


def test_what_was_rolled_can_be_filled_in_and_rolled_again(plan: Path) -> None:
    before = reading(plan, JULY)
    roll(plan)
    fill_in(plan, JULY)
    assert roll(plan).month == AUGUST
    assert reading(plan, JUNE) == before
    assert len(waiting(plan, AUGUST)) == 11
    assert waiting(plan, JULY) == []


def test_the_narrative_is_carried_too(plan: Path) -> None:
    sheetplan.prepare(plan, profile=PROFILE)
    workbook = openpyxl.load_workbook(plan, rich_text=True)
    for name, value in (("A5", "June 2026"), ("B5", "1.1"), ("F5", "Homes are safer.")):
        workbook["Narrative"][name] = value
    workbook.save(plan)
    rolled = roll(plan)
    assert rolled.narrative is not None
    cells = openpyxl_values(plan)["Narrative"]
    said_so = [name for name, value in cells.items() if value == "Homes are safer."]
    assert said_so == ["F5", f"F{rolled.narrative.rows.targets.start}"]
    assert "Narrative 1 row" in run("roll-month", plan, "--profile", PROFILE, "--force").printed


# ---------------------------------------------------------------- which month


def test_a_second_roll_is_refused_and_force_allows_it(plan: Path) -> None:
    roll(plan)
    rolled = plan.read_bytes()
    with pytest.raises(MonthEmptyError, match="no lead says anything for July 2026") as error:
        roll(plan)
    assert "--force" in error.value.remedy
    assert plan.read_bytes() == rolled
    roll(plan, force=True)
    assert len(waiting(plan, AUGUST)) == 11


def test_a_month_that_is_there_is_refused(plan: Path) -> None:
    roll(plan)
    with pytest.raises(MonthExistsError, match="there already under every lead"):
        roll(plan, "2026-07")


def test_leads_that_were_added_since_get_the_stamp_of_the_newest_month(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", TEXT, "[[B]]\nThree. (May 2026 update)")
    rolled = roll(path, "2026-06")
    assert [each.leads for each in rolled.changed] == [("B",)]
    assert texts(path)[-2:] == [
        "A\nOne. (May 2026 update)\nTwo. (June 2026 update)",
        "B\nThree. (May 2026 update)\n(June 2026 update)",
    ]


@pytest.mark.parametrize(
    ("month", "message"),
    [
        ("2026-09", "so September 2026 would leave out July 2026 to August 2026"),
        ("2026-05", "May 2026 is before June 2026"),
    ],
)
def test_a_month_that_does_not_follow_is_refused(plan: Path, month: str, message: str) -> None:
    with pytest.raises(MonthGapError, match=message):
        roll(plan, month)


def test_a_gap_may_be_left_where_it_is_said(plan: Path) -> None:
    before = reading(plan, JULY)
    assert roll(plan, "2026-09", allow_gap=True).stamps == ["(September update)"]
    assert reading(plan, JULY) == before


def test_a_plan_in_which_all_is_complete_has_nothing_to_open(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "[[A]]\n**One. (June 2026 update) COMPLETE**")
    with pytest.raises(MonthEmptyError, match="no lead has more to report in July 2026"):
        roll(path)


def test_leads_without_words_begin_with_the_month_of_the_plan(tmp_path: Path) -> None:
    path = book(tmp_path / "plan.xlsx", "[[A]]", title="Improvement Plan, June 2026")
    assert roll(path).month == JUNE
    assert texts(path)[-1] == "A\n(June update)"


def test_formulas_are_not_made_to_read_another_month(plan: Path) -> None:
    with pytest.raises(NoMonthColumnsError, match="--repoint is about formulas"):
        sheetplan.roll_month(plan, profile=PROFILE, repoint=True)


# ---------------------------------------------------------------- years


def test_a_plan_without_years_that_would_be_read_otherwise_gets_them(tmp_path: Path) -> None:
    texts_before = (
        "[[A]]\nOne. (January update)\n**Two. (June update)**",
        "[[B]]\nOne. (May update)\n**Two. (June update)**",
    )
    path = book(tmp_path / "plan.xlsx", *texts_before, title="Plan, June 2026")
    before = reading(path, JULY)
    rolled = roll(path)
    assert rolled.stamps == ["(July 2026 update)"]
    assert rolled.dated == {"(January update)": {"1.1": 1}}
    assert texts(path)[-2:] == [
        f"A\nOne. (January 2026 update)\nTwo. (June update){NEW}",
        f"B\nOne. (May update)\nTwo. (June update){NEW}",
    ]
    assert reading(path, JULY) == before
    said_so = run("roll-month", path, "--profile", PROFILE, "--force", "--dry-run")
    assert "(August 2026 update)" in said_so.printed


def test_a_year_of_stamps_that_have_their_years_is_read_as_of_the_newest(tmp_path: Path) -> None:
    lines = [f"Done in {m}. ({m} update)" for m in map(JULY.plus, range(-13, 0))]
    path = book(tmp_path / "plan.xlsx", "\n".join(("[[A]]", *lines[:-1], f"**{lines[-1]}**")))
    before = reading(path, JULY)
    assert roll(path).month == JULY
    assert (reading(path, JULY), waiting(path, JULY)) == (before, [("1.1", "A")])


def test_a_stamp_of_the_year_before_gets_its_year(tmp_path: Path) -> None:
    path = book(
        tmp_path / "plan.xlsx",
        "[[A]]\nOld. (July update)\n**New. (June update)**",
        title="June 2026",
    )
    rolled = roll(path)
    assert rolled.dated == {"(July update)": {"1.1": 1}}
    assert texts(path)[-1].startswith("A\nOld. (July 2025 update)\nNew. (June")


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
def test_another_councils_plan_is_rolled_month_after_month(tmp_path: Path) -> None:
    path = published_book(tmp_path / "plan.xlsx")
    month = Month(2018, 9)
    for count in (51, 51):
        before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
        month = month.next
        rolled = roll(path)
        assert (rolled.month, sum(sheet.stamps for sheet in rolled.sheets)) == (month, count)
        assert valid(before, path) == []
        names = {each.text.name for each in rolled.changed}
        assert all(any(f"!{name} " in line for name in names) for line in diff(before, path).harm)
        assert reading(path, month) == reading(before, month)
        assert {finding.code for finding in rolled.findings} == {"month-still-bold"}
        fill_in(path, month)
