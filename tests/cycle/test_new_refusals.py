"""What no new tracker can be made of: names, files, months, templates and settings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import CannotWriteError, NoMonthColumnsError, TemplateError, ThemeNameError
from tests.cycle.starting import SUPPORT, TEMPLATE, THEMES, blank, opened
from tests.judges import ROOT

# ---------------------------------------------------------------- what cannot be made


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        ([], "no theme was named"),
        (["  "], "no theme was named"),
        (["Finance", ""], "a theme has no name"),
        (["Finance", "FINANCE "], 'the theme "FINANCE" is named twice'),
        (["Finance: tax"], "it holds ':'"),
        (["A theme whose name is far too long"], "it has 34 characters, and 31 are the most"),
        (["\N{DECIDUOUS TREE}" * 16], "it has 32 characters"),  # Excel counts an emoji twice
        (["Half \ud83c"], r"it holds '\\ud83c'"),
        (["Key"], "there is a sheet of that name already"),
        (["milestones"], 'a theme cannot be called "milestones": another sheet'),
        (["Owners"], 'a theme cannot be called "Owners": another sheet'),
        # Sheets that other verbs add when they are needed.
        (["Change Control"], "another sheet of the tracker has that name, or will have it"),
        (["Returns"], 'a theme cannot be called "Returns"'),
        (["Findings"], 'a theme cannot be called "Findings"'),
        (["Update log"], 'a theme cannot be called "Update log"'),
        (["History"], "Excel keeps that name for itself"),
        (["'Finance'"], "begins or ends with an apostrophe"),
    ],
)
def test_names_that_no_theme_can_have_are_refused(
    themes: list[str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ThemeNameError, match=message) as caught:
        blank(tmp_path, themes)
    assert caught.value.remedy
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["People & place", "Residents' services", "A1", "2027/28"[:4]])
def test_names_that_formulas_have_to_quote_work(name: str, tmp_path: Path) -> None:
    path = blank(tmp_path, [name])
    assert opened(path).sheetnames[3] == name
    assert [sheet.name for sheet in sheetplan.inspect(path).sheets] == [name]


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"precious")
    with pytest.raises(CannotWriteError, match="does not write over it"):
        blank(tmp_path)
    assert (tmp_path / "plan.xlsx").read_bytes() == b"precious"


@pytest.mark.parametrize("name", ["plan.xlsm", "plan", "nowhere/plan.xlsx"])
def test_a_file_that_cannot_be_there_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError):
        sheetplan.new(tmp_path / name, THEMES)


def test_a_month_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        blank(tmp_path, month="next month")


def test_without_a_month_a_tracker_begins_in_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # 21 September 2026
    path = blank(tmp_path, month=None)
    assert opened(path)["Finance"]["N4"].value == "Status (September 2026)"
    assert opened(path).properties.created.date() == date(2026, 9, 21)


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    plan = sheetplan.plan_new(tmp_path / "plan.xlsx", THEMES, month="2026-08")
    assert not list(tmp_path.iterdir())
    assert plan.other_sheets == ["Dashboard", "Key", "Lists", *SUPPORT]
    assert [theme.code for theme in plan.themes] == ["FI", "PC"]
    assert plan.apply().output == tmp_path / "plan.xlsx"


# ---------------------------------------------------------------- a council's own template


def _own_template(folder: Path, change: Any) -> None:
    book = openpyxl.load_workbook(TEMPLATE)
    change(book)
    book.save(folder / "ours.xlsx")
    settings = 'profile = "standard"\n[templates]\ntracker_blank = "ours.xlsx"\n'
    (folder / "sheetplan.toml").write_text(settings, "utf-8")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_councils_own_template_is_used(tmp_path: Path) -> None:
    def restyle(book: Any) -> None:
        book["Theme"]["A3"] = "Ask the Improvement Team."
        book["Theme"].column_dimensions["C"].width = 60

    _own_template(tmp_path, restyle)
    sheet = opened(blank(tmp_path))["Finance"]
    assert sheet["A3"].value == "Ask the Improvement Team."
    assert sheet.column_dimensions["C"].width == 60


def _without_month(book: Any) -> None:
    sheet = book["Theme"]
    for cell, column in zip(sheet[4], sheet.tables["Plan"].tableColumns, strict=True):
        cell.value = column.name = str(cell.value).replace(" (month)", "")


def _without_ready_row(book: Any) -> None:
    del book["Theme"].defined_names["row_ready"]


def _without_table(book: Any) -> None:
    del book["Key"].tables["StatusKey"]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_without_month, "no heading of an Excel table names a month"),
        (_without_ready_row, r"no row has the name row_ready \(a row to fill in\)"),
        (_without_table, "Key: there is no Excel table on it"),
    ],
)
def test_what_a_template_lacks_is_said(change: Any, fault: str, tmp_path: Path) -> None:
    _own_template(tmp_path, change)
    with pytest.raises(TemplateError, match=fault):
        blank(tmp_path)


def test_a_profile_that_does_not_know_the_headings_is_refused(tmp_path: Path) -> None:
    text = (ROOT / "sheetplan" / "profiles" / "standard.toml").read_text("utf-8")
    own = text.replace('"Status", "Status rating"', '"Health", "Health rating"')
    (tmp_path / "sheetplan.toml").write_text(own, "utf-8")
    with pytest.raises(TemplateError, match="Finance would not be a tracker sheet") as caught:
        blank(tmp_path)
    assert "[fields]" in caught.value.remedy


def test_settings_of_a_tracker_without_month_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoMonthColumnsError, match="a new tracker has columns for each month"):
        sheetplan.new(tmp_path / "plan.xlsx", ["Finance"], profile="commentary")
    assert not list(tmp_path.iterdir())
