"""A new tracker: what stands in it, that every verb accepts it, and what cannot be made."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import sheetplan
from sheetplan.errors import MonthEmptyError, NoRecommendationsError
from tests.cycle.starting import (
    FIRST_ROW,
    LISTED,
    SUPPORT,
    TEMPLATE,
    THEMES,
    blank,
    fill_in,
    opened,
)
from tests.judges import (
    calamine_values,
    office_texts,
    openpyxl_values,
    sdk_errors,
    shared_folder,
    valid,
)

HEADINGS = [
    "Workstream", "Ref", "Action", "Milestones", "We will", "Director lead", "Cabinet member",
    "Other leads", "Update owner (if different)", "Start date", "Due date", "Focus",
    "Recommendation", "Status (August 2026)", "Update (Initials and date) (August 2026)",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank tracker, which is only read."""
    return blank(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def filled(tmp_path: Path, made: Path) -> Path:
    """A tracker that has been filled in."""
    path = Path(shutil.copy(made, tmp_path))
    fill_in(path)
    return path


# ---------------------------------------------------------------- what stands in it


def test_the_sheets_are_the_dashboard_the_key_the_lists_the_themes_and_the_support(
    made: Path,
) -> None:
    assert opened(made).sheetnames == ["Dashboard", "Key", "Lists", *THEMES, *SUPPORT]
    assert {sheet.sheet_state for sheet in opened(made)} == {"visible"}


def test_a_theme_sheet_is_ready_to_be_filled_in(made: Path) -> None:
    sheet = opened(made)["People and culture"]
    assert sheet["A1"].value == "People and culture"
    assert [cell.value for cell in sheet[4]] == HEADINGS
    typed = {c.coordinate: c.value for row in sheet["A5:O60"] for c in row if c.value is not None}
    assert typed == {"B5": "PC.A1.0"}
    assert sheet.tables["Plan_PC"].ref == "A4:O5"
    assert sheet.tables["Plan_PC"].column_names == HEADINGS
    assert sheet.freeze_panes == "D5"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")  # A3
    assert sheet.print_title_rows == "$4:$4"
    last = FIRST_ROW + 39
    assert sheet.cell(last, 14).border.left.style == "thin"
    assert sheet.cell(last + 1, 14).border.left.style is None
    assert sheet.cell(last, 11).number_format == "d mmm yyyy"


def test_drop_downs_and_colours_reach_every_ready_row(made: Path) -> None:
    sheet = opened(made)["Finance"]
    lists = {
        str(rule.sqref): rule.formula1
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists == {
        "F5:F44": "DirectorLeads", "G5:G44": "CabinetMembers", "L5:L44": "FocusList",
        "N5:N44": "StatusList",
    }  # fmt: skip
    coloured = [rules.sqref for rules in sheet.conditional_formatting]
    assert sorted(map(str, coloured)) == ["A5:M44", "N5:N44"]


def test_each_column_says_what_belongs_in_it_and_no_cell_has_dummy_text(made: Path) -> None:
    sheet = opened(made)["Finance"]
    rules = sheet.data_validations.dataValidation
    hinted = {c: rule for rule in rules for area in rule.sqref.ranges for _, c in area.top}
    assert sorted(hinted) == list(range(1, 16))
    assert all(rule.prompt and rule.showInputMessage for rule in hinted.values())
    assert "15 March" not in str([rule.prompt for rule in rules])


def test_the_lists_have_the_words_of_the_profile(made: Path) -> None:
    book = opened(made)
    rows = [[cell.value for cell in row] for row in book["Lists"]["A4:D14"]]
    assert rows[0] == ["Status", "Focus", "Director lead", "Cabinet member"]
    assert [row[0] for row in rows[1:]] == LISTED
    assert [row[1] for row in rows[1:4]] == ["Focus 1", "Focus 2", "N/A"]
    assert book.defined_names["StatusList"].attr_text == "Lists!$A$5:$A$14"


def test_the_key_says_in_words_what_each_status_means(made: Path) -> None:
    rows = [[cell.value for cell in row] for row in opened(made)["Key"]["A8:D17"]]
    assert [row[0] for row in rows] == LISTED
    assert rows[1] == [
        "Medium progress",
        "Behind the due date by 1 month or more, up to 2 months, or a medium level of issues",
        "Amber – medium progress",
        "Not on track",
    ]
    counted = {row[0]: row[3] for row in rows}
    assert counted["Closed"] == "On track or complete"
    assert counted["N/A"] == "Not counted"


def test_two_other_readers_find_the_same(made: Path) -> None:
    typed, formulas = openpyxl_values(made), openpyxl_values(made, formulas=True)
    assert calamine_values(made) == typed
    assert str(formulas["Dashboard"]["D5"]).startswith("=COUNTIFS(Finance!NewestStatus,D$4,")
    assert "'People and culture'!NewestStatus" in str(formulas["Dashboard"]["D6"])
    assert not [f for sheet in formulas.values() for f in sheet.values() if "#REF!" in str(f)]


@pytest.mark.shared
def test_excels_rules_hold(made: Path, filled: Path) -> None:
    sheetplan.roll_month(filled)
    assert shared_folder() is not None
    assert not valid(TEMPLATE, made)
    assert not valid(TEMPLATE, filled)


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(made: Path) -> None:
    assert sdk_errors(made) == []


def test_the_council_and_its_words_stand_in_it(tmp_path: Path) -> None:
    (tmp_path / "sheetplan.toml").write_text(
        'profile = "standard"\n[reports]\ncouncil = "Wexcombe Borough Council"\n'
        'focus_in_full = ["Priority"]\nmedium_slippage = 2\nsignificant_slippage = 3\n'
        'on_track_or_complete = ["complete"]\n[colours]\namber = { fill = "FFE08A", text = '
        '"000000" }\n[status.on_track]\nwords = ["Going well"]\nrag = "amber"\n',
        "utf-8",
    )
    book = opened(blank(tmp_path))
    assert book["Dashboard"]["A1"].value == "Wexcombe Borough Council Improvement Plan"
    assert book["Lists"]["B5"].value == "Priority"
    key = {row[0].value: [cell.value for cell in row] for row in book["Key"]["A8:D17"]}
    assert key["Medium progress"][1].startswith("Behind the due date by 2 months")
    assert key["Going well"][2:] == ["Amber – on track", "Not on track"]
    assert book["Dashboard"]["D4"].value == book["Lists"]["A5"].value == "Going well"
    fills = {
        rule.dxf.fill.bgColor.rgb[2:]: rule.formula[0]
        for rules in book["Finance"].conditional_formatting
        for rule in rules.rules
    }
    assert '"goingwell"' in fills["FFE08A"]


# ---------------------------------------------------------------- the dashboard


class Dashboards(NamedTuple):
    """The rows of dashboards below their headings, as LibreOffice works them out.

    Attributes:
        blank, filled, rolled: Of a blank tracker, of one that was filled in, and of one whose next
            month was then opened.
        typed: How often each status was typed into each theme of the one that was filled in.
    """

    blank: list[list[str]]
    filled: list[list[str]]
    rolled: list[list[str]]
    typed: dict[str, Counter[str]]


@pytest.fixture(scope="module")
def dashboards(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Dashboards:
    """One run of LibreOffice opens them all."""
    folder = tmp_path_factory.mktemp("dashboards")
    filled, rolled = (Path(shutil.copy(made, folder / f"{n}.xlsx")) for n in ("filled", "rolled"))
    typed = fill_in(filled)
    book = opened(filled)
    book["Finance"]["N7"] = "Amberish"  # one that is on no list, in the place of Medium progress
    book["Finance"]["N5"] = "Closed"  # the main action, which has sub-actions
    for cell, text in (("B12", "FI.B1.0"), ("C12", "Do it all"), ("N12", "Complete")):
        book["Finance"][cell] = text  # another that has none
    book.save(filled)
    fill_in(rolled)
    sheetplan.roll_month(rolled)
    shown = office_texts([made, filled, rolled])
    return Dashboards(*(_rows(shown[path]["Dashboard"]) for path in (made, filled, rolled)), typed)


def _rows(shown: Mapping[str, str]) -> list[list[str]]:
    letters = "ABCDEFGHIJKLMNOPQR"
    return [[shown.get(f"{letter}{row}", "") for letter in letters] for row in range(5, 8)]


@pytest.mark.office
def test_the_dashboard_counts_what_was_typed(dashboards: Dashboards) -> None:
    finance, people, both = dashboards.filled
    typed = {**dashboards.typed["People and culture"], "N/A": 0}  # of the main action
    wanted = [str(typed.get(word, 0)) for word in LISTED]
    assert people[:3] == ["People and culture", "PC", "August 2026"]
    assert people[3:13] == wanted
    # No status, other words, actions, due, and 2 On track and 1 Complete of them.
    assert people[13:] == ["0", "0", "6", "6", "50%"]
    assert finance[13:] == ["0", "1", "7", "7", "57%"]
    assert both[:4] == ["All themes", "All", "August 2026", "4"]
    assert both[15:] == ["13", "13", "54%"]


@pytest.mark.office
def test_a_main_action_counts_where_it_has_no_sub_actions(dashboards: Dashboards) -> None:
    finance = dict(zip(LISTED, dashboards.filled[0][3:13], strict=True))
    assert (finance["Closed"], finance["Complete"]) == ("0", "2")


@pytest.mark.office
def test_the_dashboard_follows_a_month_that_is_opened(dashboards: Dashboards) -> None:
    finance, _, both = dashboards.rolled
    assert finance[2] == both[2] == "September 2026"
    assert finance[10] == "0"  # the N/A that was carried forward is that of the main action
    assert finance[13:] == ["6", "0", "6", "6", "0%"]


@pytest.mark.office
def test_the_dashboard_of_a_blank_tracker_counts_nothing(dashboards: Dashboards) -> None:
    finance, _, both = dashboards.blank
    assert finance[3:] == both[3:] == ["0"] * 14 + ["None due"]


def test_a_roll_finds_nothing_that_goes_on_reading_the_old_month(filled: Path) -> None:
    plan = sheetplan.roll_month(filled).plan
    assert not plan.readers
    assert not plan.findings
    book = opened(filled)
    assert book["Finance"].tables["Plan_FI"].column_names[-2:] == [
        "Status (September 2026)",
        "Update (Initials and date) (September 2026)",
    ]
    rules = book["Finance"].data_validations.dataValidation
    assert {"N5:N44 P5:P44"} & {str(rule.sqref) for rule in rules}


# ---------------------------------------------------------------- every verb


def test_a_blank_tracker_is_understood_whole(made: Path) -> None:
    seen = sheetplan.inspect(made)
    assert seen.findings == ()
    assert [sheet.name for sheet in seen.sheets] == list(THEMES)
    assert (seen.actions, seen.blank) == (2, 2)
    assert [str(month) for month in seen.months] == ["August 2026"]
    fields = ("workstream reference action milestones we_will director_lead cabinet_member "
              "other_leads update_owner start_date due_date focus recommendations")  # fmt: skip
    assert " ".join(name for name, _ in seen.sheets[0].columns()) == fields
    assert not sheetplan.plan_prepare(made).has_work
    assert not sheetplan.plan_colour(made).has_work


def test_verbs_say_of_a_blank_tracker_that_it_is_to_be_filled_in(made: Path) -> None:
    found = {found.code for found in sheetplan.plan_check(made).checking.challenges}
    assert {"status-blank", "lead-missing"} <= found
    assert not found & {"reference-repeated", "month-missing"}
    with pytest.raises(MonthEmptyError, match="nobody has filled in August 2026 yet"):
        sheetplan.plan_summarise(made)
    with pytest.raises(MonthEmptyError, match="no status and no update on any of its 2 actions"):
        sheetplan.plan_roll_month(made)
    with pytest.raises(NoRecommendationsError):
        sheetplan.plan_appendix(made)


def test_a_month_is_worked_through_with_every_verb(filled: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(filled, tmp_path / "older.xlsx"))
    assert {count.entry is not None for count in sheetplan.inspect(filled).statuses} == {True}
    sheetplan.check(filled, into_tracker=True)
    assert [report.output for report in sheetplan.summarise(filled)]
    assert [report.output for report in sheetplan.appendix(filled)]
    sheetplan.roll_month(filled)
    sent = sheetplan.send_returns(filled, tmp_path / "returns")
    (file,) = (tmp_path / "returns").glob("*.xlsx")
    assert len(sent.plan.new_files) > 1
    _answer(file)
    collected = sheetplan.collect_returns(filled, [file])
    assert collected.output == filled
    assert opened(filled)["Finance"]["P6"].value == "Complete"
    assert sheetplan.status(filled).month.iso == "2026-09"
    assert sheetplan.change_control(filled).plan is not None
    assert sheetplan.compare(older, filled).statuses
    assert not sheetplan.history(filled, older).plan.has_work  # no date has moved
    sheetplan.undo(filled)
    assert opened(filled)["Finance"]["P6"].value is None


def _answer(path: Path) -> None:
    """Answer every row of a return with Complete."""
    book = opened(path)
    sheet = book["Your update"]
    heading = next(row for row in sheet if row[0].value == "Reference")
    at = {str(cell.value): cell.column for cell in heading}
    for row in range(heading[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, at["This month's status"]).value = "Complete"
            sheet.cell(row, at["This month's update"]).value = "Done, and seen to be. AB 25/09/26"
    book.save(path)


def test_the_essential_rules_of_accessibility_hold_but_for_blank_forms(
    made: Path, filled: Path
) -> None:
    broken = {(b.rule.number, b.sheet) for b in sheetplan.accessibility(made).essential}
    blank_forms = {name for name in SUPPORT if name not in ("Narrative", "Support lists")}
    assert broken == {(8, name) for name in blank_forms}  # tables of which officers fill the rows
    themes = sheetplan.accessibility(filled, sheets=[*THEMES, "Key", "Lists"])
    assert not [breach for breach in themes.essential if breach.sheet in THEMES]


# ---------------------------------------------------------------- protection


def test_a_protected_tracker_is_open_where_months_are_filled_in(tmp_path: Path) -> None:
    path = blank(tmp_path, protect=True)
    book = opened(path)
    sheet = book["Finance"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert book["Dashboard"].protection.sheet
    assert not book["Lists"].protection.sheet
    locked = {column: sheet.cell(FIRST_ROW, column).protection.locked for column in range(1, 16)}
    assert [column for column, is_locked in locked.items() if not is_locked] == [14, 15]
    assert sheet["N4"].protection.locked
    fill_in(path)
    sheetplan.roll_month(path)
    rolled = opened(path)["Finance"]
    assert rolled.protection.sheet
    assert not rolled["P6"].protection.locked
    assert rolled["P4"].protection.locked


def test_a_tracker_is_not_protected_unless_asked(made: Path) -> None:
    assert not any(sheet.protection.sheet for sheet in opened(made))
