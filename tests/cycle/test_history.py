"""Filling the Update log with what older copies of the tracker show."""

from __future__ import annotations

import shutil
import warnings
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle.history_plan import HistoryPlan
from sheetplan.errors import NoSuchFileError, SettingsError, SheetNotFoundError
from sheetplan.model.action import Action
from sheetplan.model.return_records import FOUND_BY_COMPARISON
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import load_profile
from sheetplan.sheets.reading import read_layouts, read_tracker
from tests.builders import workbook_from_text
from tests.judges import calamine_values, diff, openpyxl_values, sdk_errors, valid

LOG = "Update log"
MAY = {"LC.A1.1": "Jul-26", "LC.A1.2": "Aug-26", "LC.B1.1": "Sep-26"}
JUNE = {"LC.A1.1": "Oct-26", "LC.A1.2": "August 2026", "LC.B1.1": "Sep-26"}
JULY = {"LC.B1.1": "", "LC.A1.2": "Aug-26", "LC.A1.1": "Mar-27"}
MOVES = [
    ("LC.A1.1", "Jul-26", "Oct-26", "may.xlsx", "june.xlsx"),
    ("LC.A1.1", "Oct-26", "Mar-27", "june.xlsx", "plan.xlsx"),
    ("LC.B1.1", "Sep-26", "", "june.xlsx", "plan.xlsx"),
]


def made(
    path: Path, dates: Mapping[str, str], *months: str, empty: str = "", **options: Any
) -> Path:
    """A tracker with these due dates, whose months are filled in but for an empty one."""
    heads = "".join(
        f" RAG {month} | Update {month} |" for month in (*months, *filter(None, [empty]))
    )
    said = " On track | Going well [AB] |" * len(months)
    rows = [
        f"| {ref} | Do it | {due} |{said}{' | |' if empty else ''}" for ref, due in dates.items()
    ]
    lines = [f"| Ref | Action | Due date |{heads}", *rows]
    return workbook_from_text(path, {"Theme 1": "\n".join(lines)}, **options)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    made(tmp_path / "may.xlsx", MAY, "May-26")
    made(tmp_path / "june.xlsx", JUNE, "May-26", "Jun-26")
    return made(tmp_path / "plan.xlsx", JULY, "Jun-26", "Jul-26")


def older(plan: Path) -> list[Path]:
    return [plan.with_name("june.xlsx"), plan.with_name("may.xlsx")]


def found(planned: HistoryPlan) -> list[tuple[str, str, str, str, str]]:
    return [(m.reference, m.before, m.after, m.older, m.newer) for m in planned.moves]


def codes(planned: HistoryPlan) -> list[str]:
    return [finding.code for finding in planned.findings]


def logged(path: Path) -> list[list[object]]:
    """The rows of the Update log without their time, as openpyxl reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it would lose if it were to save
        sheet = openpyxl.load_workbook(path)[LOG]
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [row[1:] for row in rows[1:]]


def test_moves_are_added_to_the_log_and_nothing_else_changes(plan: Path) -> None:
    before = Path(shutil.copy(plan, plan.with_name("before.xlsx")))
    result = sheetplan.history(plan, older(plan))

    assert found(result.plan) == MOVES
    how = ["Due date", FOUND_BY_COMPARISON]
    assert [
        [f"{row[0]:%B %Y}", row[1], *row[3:5], row[7], row[2], row[5]] for row in logged(plan)
    ] == [
        ["June 2026", "LC.A1.1", "Jul-26", "Oct-26", "june.xlsx", *how],
        ["July 2026", "LC.A1.1", "Oct-26", "Mar-27", "plan.xlsx", *how],
        ["July 2026", "LC.B1.1", "Sep-26", None, "plan.xlsx", *how],
    ]
    assert {row[6] for row in logged(plan)} == {None}  # nobody's answer
    first, second = openpyxl_values(plan)[LOG], calamine_values(plan)[LOG]
    assert {cell: str(value)[:10] for cell, value in first.items()} == {
        cell: str(value)[:10] for cell, value in second.items()
    }
    assert diff(before, plan).harm == []
    assert valid(before, plan) == []
    assert result.backup == plan.with_name("plan (before date history).xlsx")
    assert result.backup.read_bytes() == before.read_bytes()


def test_undo_takes_it_back(plan: Path) -> None:
    before = plan.read_bytes()
    sheetplan.history(plan, older(plan))
    sheetplan.undo(plan)
    assert plan.read_bytes() == before


def test_the_second_time_there_is_nothing_to_add(plan: Path) -> None:
    sheetplan.history(plan, older(plan))
    written = plan.read_bytes()
    again = sheetplan.history(plan, list(reversed(older(plan))))
    assert again.output is None
    assert found(again.plan) == MOVES
    assert again.plan.added == ()
    assert plan.read_bytes() == written


@pytest.mark.parametrize("date_format", ["dd/mm/yyyy hh:mm", "d-mmm", "h:mm"])
def test_real_dates_that_show_a_time_or_no_year_are_logged_so_that_they_can_be_read_again(
    date_format: str, tmp_path: Path
) -> None:
    options = {"date_format": date_format}
    june = made(tmp_path / "june.xlsx", {"LC.A1.1": "2026-06-30"}, "Jun-26", **options)
    plan = made(tmp_path / "plan.xlsx", {"LC.A1.1": "2026-09-30"}, "Jun-26", "Jul-26", **options)
    sheetplan.history(plan, june)
    assert logged(plan)[0][3:5] == ["30 June 2026", "30 September 2026"]
    checked = sheetplan.check(plan, rules="date-moved-in-silence").plan.checking
    assert [found.severity.value for found in checked.challenges] == ["warning"]


def test_a_later_run_adds_only_what_the_log_lacks(plan: Path) -> None:
    sheetplan.history(plan, plan.with_name("june.xlsx"))
    assert len(logged(plan)) == 2
    result = sheetplan.history(plan, older(plan))
    assert [move.before for move in result.plan.added] == ["Jul-26"]
    assert len(logged(plan)) == 3


def test_reports_and_checks_know_of_the_moves_from_then_on(plan: Path) -> None:
    sheetplan.history(plan, older(plan))
    checked = sheetplan.plan_check(plan, rules="date-moved-in-silence").checking
    assert [c.places[0].reference for c in checked.challenges] == ["LC.B1.1", "LC.A1.1"]
    plan_of_summary = sheetplan.plan_summarise(plan)
    words = [line.due_words for theme in plan_of_summary.content.themes
             for line in theme.attention.due_next]  # fmt: skip
    assert words == ["Aug-26"]


def test_a_new_file_leaves_the_tracker_as_it_was(plan: Path) -> None:
    before = plan.read_bytes()
    target = plan.with_name("filled.xlsx")
    result = sheetplan.history(plan, older(plan), output=target)
    assert plan.read_bytes() == before
    assert (result.output, result.backup) == (target, None)
    assert len(logged(target)) == 3


def test_the_plan_as_data_has_every_move_and_the_rows_of_the_log(plan: Path) -> None:
    data = sheetplan.plan_history(plan, older(plan)).as_data()
    assert data["compared"][0] == {"file": "may.xlsx", "month": "2026-05"}
    assert data["added"] == 3
    assert data["moves"][0]["newer_month"] == "2026-06"
    assert data["registers"][0]["sheet"] == LOG


# ---------------------------------------------------------------- the months of the files


def test_a_month_that_nobody_has_filled_in_is_not_the_file_s_month(tmp_path: Path) -> None:
    june = made(tmp_path / "june.xlsx", JUNE, "Jun-26")
    rolled = made(tmp_path / "plan.xlsx", JULY, "Jun-26", empty="Jul-26")
    planned = sheetplan.plan_history(rolled, june)
    assert [(str(copy.month), copy.file) for copy in planned.copies] == [
        ("June 2026", "june.xlsx"), ("June 2026", "plan.xlsx"),
    ]  # fmt: skip
    assert codes(planned) == []  # the tracker has opened a later month, so it is the newer
    assert [move.newer_month.iso for move in planned.moves] == ["2026-06", "2026-06"]


def test_a_copy_that_is_newer_than_the_tracker_is_passed_over_and_said(plan: Path) -> None:
    planned = sheetplan.plan_history(
        plan.with_name("june.xlsx"), [plan, plan.with_name("may.xlsx")]
    )
    assert [copy.file for copy in planned.copies] == ["may.xlsx", "june.xlsx"]
    (finding,) = planned.findings
    assert (finding.code, finding.sheet) == ("copy-newer", "plan.xlsx")
    assert "July 2026, and newer than the tracker, which is of June 2026" in finding.message
    assert len(planned.moves) == 1


def test_of_two_older_copies_of_one_month_the_first_is_compared(plan: Path) -> None:
    twin = made(plan.with_name("june2.xlsx"), MAY, "Jun-26")
    planned = sheetplan.plan_history(plan, [*older(plan), twin])
    assert found(planned) == MOVES
    (finding,) = planned.findings
    assert (finding.code, finding.sheet) == ("copy-repeated", "june2.xlsx")
    assert "June 2026, as june.xlsx is" in finding.message


def test_one_copy_of_the_tracker_s_own_month_is_taken_for_older_and_noted(plan: Path) -> None:
    early = made(plan.with_name("early.xlsx"), {**JULY, "LC.A1.1": "Dec-26"}, "Jun-26", "Jul-26")
    planned = sheetplan.plan_history(plan, [*older(plan), early])
    assert [move.after for move in planned.moves] == ["Oct-26", "Dec-26", "Mar-27", ""]
    assert codes(planned) == ["copy-of-same-month"]
    assert not planned.needs_attention


def test_the_tracker_itself_and_a_file_named_twice_count_once(plan: Path) -> None:
    planned = sheetplan.plan_history(plan, [plan, *older(plan), *older(plan)])
    assert found(planned) == MOVES
    assert planned.findings == ()


# ---------------------------------------------------------------- what cannot be compared


def test_files_that_are_no_tracker_are_passed_over_with_the_reason(plan: Path) -> None:
    notes = plan.with_name("notes.xlsx")
    notes.write_text("minutes")
    lists = workbook_from_text(plan.with_name("lists.xlsx"), {"Lists": "| A | B |"})
    planned = sheetplan.plan_history(plan, [notes, lists, plan.parent, *older(plan)])
    assert found(planned) == MOVES
    assert codes(planned) == ["copy-unreadable"] * 3
    assert [finding.sheet for finding in planned.findings][:2] == ["notes.xlsx", "lists.xlsx"]
    assert "no sheet is a tracker sheet" in planned.findings[1].message
    assert planned.needs_attention


def test_with_no_older_copy_left_there_is_nothing_to_do(plan: Path) -> None:
    planned = sheetplan.plan_history(plan, plan)
    assert (planned.moves, planned.has_work, len(planned.copies)) == ((), False, 1)


def test_a_plan_that_shares_no_reference_is_said_and_moves_nothing(plan: Path) -> None:
    other = made(plan.with_name("other.xlsx"), {"ZZ.A1.1": "Jul-26"}, "May-26")
    planned = sheetplan.plan_history(plan, other)
    assert planned.moves == ()
    assert codes(planned) == ["no-reference-shared"]


def test_a_tracker_without_dates_moves_nothing_and_says_so(tmp_path: Path) -> None:
    table = "| Ref | Action | RAG {} |\n| LC.A1.1 | Do it | On track |"
    files = [
        workbook_from_text(tmp_path / f"{month}.xlsx", {"Theme 1": table.format(month)})
        for month in ("Jun-26", "Jul-26")
    ]
    planned = sheetplan.plan_history(files[1], files[0])
    assert (planned.moves, codes(planned)) == ((), ["date-column-missing"])


def test_other_layouts_are_compared_by_what_they_mean(tmp_path: Path) -> None:
    old = workbook_from_text(
        tmp_path / "june.xlsx",
        {
            "Plan": """
                | Theme | Deadline   | Reference | June 2026 | <       | What we will do |
                |       |            |           | RAG       | Comment |                 |
                | One   | 2026-07-31 | LCA1.1    | On track  | Begun   | Do it           |
                | One   | 2026-08-01 | LC.A1.2   | On track  | Begun   | Do more         |
            """
        },
        date_format="mmm-yy",
    )
    new = made(tmp_path / "plan.xlsx", JULY, "Jul-26")
    assert [(m.reference, m.before, m.after) for m in sheetplan.plan_history(new, old).moves] == [
        ("LC.A1.1", "Jul-26", "Mar-27")
    ]


def test_a_tracker_that_is_none_or_is_not_there_stops_it(plan: Path) -> None:
    lists = workbook_from_text(plan.with_name("lists.xlsx"), {"Lists": "| A | B |"})
    with pytest.raises(SheetNotFoundError, match="no sheet is a tracker sheet"):
        sheetplan.plan_history(lists, older(plan))
    with pytest.raises(NoSuchFileError, match=r"april\.xlsx: there is no such file"):
        sheetplan.plan_history(plan, plan.with_name("april.xlsx"))
    plan.with_name("sheetplan.toml").write_text("profile = 7", "utf-8")
    with pytest.raises(SettingsError):
        sheetplan.plan_history(plan, older(plan))


def test_a_text_that_looks_like_a_formula_stays_text_in_the_log(tmp_path: Path) -> None:
    june = made(tmp_path / "june.xlsx", {"LC.A1.1": "Jul-26"}, "Jun-26")
    plan = made(tmp_path / "plan.xlsx", {"LC.A1.1": "'@SUM(1) Oct-26"}, "Jul-26")
    sheetplan.history(plan, june)
    shown = openpyxl_values(plan, formulas=True).get(LOG, {})
    assert not any(str(value).startswith("=") for value in shown.values())


@pytest.mark.validator
def test_the_sdk_finds_nothing_wrong_with_the_log(plan: Path) -> None:
    before = sdk_errors(plan)
    sheetplan.history(plan, older(plan))
    assert sdk_errors(plan) == before


# ---------------------------------------------------------------- the real tracker


def real_dates(path: Path) -> dict[str, Action]:
    """The actions whose due date can be read, by references that one row has."""
    actions = read_tracker(read_layouts(Workbook.open(path), load_profile("standard"))).actions
    times = Counter(action.reference for action in actions)
    return {
        action.reference_text: action
        for action in actions
        if times[action.reference] == 1
        and "due_date" in action.dates
        and action.dates["due_date"].last is not None
    }


def earlier(
    source: Path, target: Path, months: Mapping[str, str], dates: Mapping[str, str]
) -> Path:
    """An older copy, made with openpyxl: headings of earlier months, and other due dates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it loses much, and the copy is only read
        book = openpyxl.load_workbook(source)
    actions = real_dates(source)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=8):
            for cell in row:
                for month, other in months.items():
                    if month in str(cell.value):
                        cell.value = str(cell.value).replace(month, other)
                        break
    for reference, date in dates.items():
        action = actions[reference]
        book[action.sheet][action.cell("due_date")] = date
    book.save(target)
    return target


@pytest.mark.shared
def test_the_moves_of_a_real_tracker_are_found_and_no_others(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    now = {ref: action.dates["due_date"].text for ref, action in real_dates(source).items()}
    early, late = list(now)[::9], list(now)[::12]
    may = earlier(
        source, tmp_path / "may.xlsx", {"July 2023": "May 2023", "June 2023": "April 2023"},
        {ref: "January 2020" for ref in early},
    )  # fmt: skip
    june = earlier(
        source, tmp_path / "june.xlsx", {"June 2023": "May 2023", "July 2023": "June 2023"},
        {ref: "March 2020" for ref in late},
    )  # fmt: skip
    plan = Path(shutil.copyfile(source, tmp_path / "plan.xlsx"))
    expected = set()
    for reference in {*early, *late}:
        dates = [
            "January 2020" if reference in early else now[reference],
            "March 2020" if reference in late else now[reference],
            now[reference],
        ]
        expected |= {(reference, *pair) for pair in pairwise(dates) if pair[0] != pair[1]}

    result = sheetplan.history(plan, [june, may])

    assert [copy.month.iso for copy in result.plan.copies] == ["2023-05", "2023-06", "2023-07"]
    typed = {str(a.reference): ref for ref, a in real_dates(source).items()}
    found = [(typed[m.reference], m.before, m.after) for m in result.plan.moves]
    assert len(found) == len(set(found)) > 10
    assert set(found) == expected
    assert len(logged(plan)) == len(found)
    assert diff(source, plan).harm == []
    assert valid(source, plan) == []
    assert sheetplan.history(plan, [may, june]).output is None
