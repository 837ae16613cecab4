"""Agreed dates, and the history of dates, in a plan without month columns that has dates."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText

import sheetplan
from sheetplan.cycle.control_plan import ControlPlan
from sheetplan.ooxml.saving import save_new
from tests.cli.running import run, unharmed
from tests.commentary import marked
from tests.commentary_books import HEADINGS, Row, Section, plan_book, published_sections
from tests.cycle.controlling import AGREED
from tests.cycle.controlling import HEADINGS as COLUMNS
from tests.cycle.reporting import type_into
from tests.documents import script
from tests.judges import ROOT, diff, openpyxl_values, valid

PROFILE = "commentary"
JUNE, SEPTEMBER = datetime(2026, 6, 1), datetime(2026, 9, 1)
ONE_LEAD = "[[Head of Waste]]\n**Half done. (July 2026 update)**"
TWO_LEADS = (
    "[[Head of Parks]]\nBegun. (June 2026 update)\n**Half done. (July 2026 update)**\n"
    "[[Head of Roads]]\n**Waits for money. (July 2026 update)**"
)
HISTORY = ("Reference", "Field", "Before", "After", "What happened", "File")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 5 August 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1785922200")


Made = Callable[..., Path]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A plan whose row 1.1 has one lead, and 1.2 two; with these columns after the commentary, and
    these requests on its sheet Change control."""

    def make(
        *requests: Mapping[str, str],
        dates: Sequence[Sequence[str | datetime]] = (("Jun-26",), ("Jun-26",)),
        columns: Sequence[str] = ("Due",),
        file: str = "plan.xlsx",
    ) -> Path:
        rows = [
            Row(number, "Clean streets", "Sweep them", "Streets", marked(text), more)
            for number, text, more in zip(("1.1", "1.2"), (ONE_LEAD, TWO_LEADS), dates, strict=True)
        ]
        headings = (*HEADINGS, *columns)
        path = plan_book(tmp_path / file, [Section("1. Waste", rows)], headings=headings)
        if requests:
            sheetplan.prepare(path, profile=PROFILE)
            _type_requests(path, requests)
        return path

    return make


def _type_requests(path: Path, requests: Sequence[Mapping[str, str]]) -> None:
    for row, request in enumerate(requests, start=5):
        for heading, words in request.items():
            if words:
                type_into(path, "Change control", row, COLUMNS.index(heading) + 1, words)


def agreed(reference: str, number: int = 1, **more: str) -> dict[str, str]:
    return {**AGREED, "Id": f"CC-{number}", "Reference": reference, **more}


def carried_out(path: Path) -> tuple[ControlPlan, Path]:
    """The plan, and a new file in which it is carried out; of the plan's own sheet nothing else
    than what it says is another, to the run."""
    output = path.with_name("after.xlsx")
    result = sheetplan.change_control(path, output=output, profile=PROFILE)
    written = {move.place for move in result.plan.control.writes}
    before, after = rich(path), rich(output)
    assert {f"Plan!{c}" for c in before | after if before.get(c) != after.get(c)} == written
    harm = [line for line in diff(path, output).harm if "{} -> {'ht':" not in line]  # taller rows
    assert [line for line in harm if not line.startswith(tuple(f"{p} " for p in written))] == []
    assert valid(path, output) == []
    return result.plan, output


def rich(path: Path) -> dict[str, CellRichText | str]:
    """What the cells of the plan hold, stretch by stretch."""
    sheet = openpyxl.load_workbook(path, rich_text=True)["Plan"]
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def logged(path: Path) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it would lose if it were to save
        sheet = openpyxl.load_workbook(path)["Update log"]
    (table,) = sheet.tables.values()
    first, *rows = ([cell.value for cell in row] for row in sheet[table.ref])
    return [dict(zip(first, row, strict=True)) for row in rows]


def refusals(path: Path) -> list[str]:
    """Why nothing is carried out, of a plan of which nothing is written."""
    with unharmed(path.parent):
        plan = sheetplan.change_control(path, profile=PROFILE).plan
    assert plan.control.moves == ()
    assert plan.needs_attention
    return [finding.message for finding in plan.control.refused]


# ---------------------------------------------------------------- change control


@pytest.mark.parametrize("heading", ["Due", "Due date", "Deadline"])
def test_an_agreed_date_is_written_in_the_plans_own_column(made: Made, heading: str) -> None:
    plan, output = carried_out(made(agreed("1.1"), columns=[heading]))
    assert openpyxl_values(output)["Plan"]["F5"] == "Sep-26"
    (entry,) = logged(output)
    assert [entry[name] for name in HISTORY] == [
        "1.1", "Due date", "Jun-26", "Sep-26", "Change control", "CC-1",
    ]  # fmt: skip
    assert not plan.needs_attention


def test_a_column_of_real_dates_gets_a_real_date(made: Made) -> None:
    _, output = carried_out(made(agreed("1.1"), dates=[(JUNE,), (JUNE,)]))
    cell = openpyxl.load_workbook(output)["Plan"]["F5"]
    assert (cell.value, cell.number_format) == (SEPTEMBER, "mmm-yy")


def test_headings_that_come_again_are_no_dates_of_the_column(tmp_path: Path) -> None:
    """A blank cell under real dates gets one though every section repeats the heading."""
    sections = [
        Section(f"{n}. Section", [Row(f"{n}.1", "Aim", "Act", "", marked(ONE_LEAD), [date])])
        for n, date in ((1, JUNE), (2, JUNE), (3, ""))
    ]
    path = plan_book(tmp_path / "plan.xlsx", sections, headings=(*HEADINGS, "Due"))
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Plan"]["F13"].number_format = "mmm-yy"
    book.save(path)
    sheetplan.prepare(path, profile=PROFILE)
    _type_requests(path, [agreed("3.1", From="")])
    _, output = carried_out(path)
    assert openpyxl_values(output)["Plan"]["F13"] == SEPTEMBER


def test_a_new_date_stands_beside_the_first_one_where_there_is_a_column_for_it(made: Made) -> None:
    dates = (("Jun-26", ""), ("Jun-26", ""))
    _, output = carried_out(made(agreed("1.1"), dates=dates, columns=["Due", "Revised date"]))
    values = openpyxl_values(output)["Plan"]
    assert (values["F5"], values["G5"]) == ("Jun-26", "Sep-26")
    assert logged(output)[0]["Field"] == "Revised date"


def test_the_date_of_a_row_with_two_leads_moves_for_both_and_that_is_said(made: Made) -> None:
    path = made(agreed("1.2b"))
    plan, output = carried_out(path)
    assert openpyxl_values(output)["Plan"]["F6"] == "Sep-26"
    assert [(e["Reference"], e["Before"], e["After"], e["File"]) for e in logged(output)] == [
        ("1.2b", "Jun-26", "Sep-26", "CC-1"),
        ("1.2a", "Jun-26", "Sep-26", "CC-1"),
    ]
    assert plan.as_data()["carried_out"][0]["also"] == ["1.2a"]
    done = run("change-control", path, "--profile", PROFILE)
    assert "CC-1 1.2b Plan!F6 Jun-26 Sep-26 holds for 1.2a too, in the same row" in done.printed
    assert done.status == 0


def test_the_date_of_a_row_with_one_lead_moves_for_it_alone(made: Made) -> None:
    plan, _ = carried_out(made(agreed("1.1")))
    assert plan.as_data()["carried_out"][0]["also"] == []


def test_two_requests_for_one_row_that_agree_are_one_move(made: Made) -> None:
    plan, output = carried_out(made(agreed("1.2a"), agreed("1.2b", 2, To="September 2026")))
    assert [(move.ids, move.place) for move in plan.control.moves] == [("CC-1; CC-2", "Plan!F6")]
    assert len(logged(output)) == 2


def test_two_requests_for_one_row_that_disagree_are_refused(made: Made) -> None:
    assert refusals(made(agreed("1.2a"), agreed("1.2b", 2, To="Oct-26"))) == [
        'CC-1 is to change Plan!F6 to "Sep-26", and CC-2, for 1.2b, to "Oct-26". The row has one '
        "cell for all its leads. Leave Agreed on the one that holds.",
        'CC-2 is to change Plan!F6 to "Oct-26", and CC-1, for 1.2a, to "Sep-26". The row has one '
        "cell for all its leads. Leave Agreed on the one that holds.",
    ]


def test_a_request_for_a_row_of_several_leads_is_asked_which(made: Made) -> None:
    assert refusals(made(agreed("1.2"))) == [
        'CC-1 is about "1.2", a row of 2 leads: 1.2a and 1.2b. Type one of these. What the row has '
        "one cell for changes for all of them."
    ]


def test_without_a_column_for_dates_it_is_said_what_to_do(made: Made) -> None:
    assert refusals(made(agreed("1.1"), columns=["Notes"])) == [
        "CC-1 is about the due date, for which Plan has no column. Add one; or change the plan by "
        "hand, and write so under Carried out."
    ]


def test_a_merged_date_is_not_written(made: Made) -> None:
    path = made(agreed("1.1"))
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Plan"].merge_cells("F5:F6")
    book.save(path)
    (message,) = refusals(path)
    assert "Plan!F5 is part of the merged cells F5:F6" in message


def test_other_words_are_written_though_the_plan_has_only_aims(tmp_path: Path) -> None:
    rows = [Row("1.1", "Clean streets", "", "Streets", marked(ONE_LEAD))]
    headings = ("No.", "Improvement aim", "", *HEADINGS[3:])
    path = plan_book(tmp_path / "plan.xlsx", [Section("1. Waste", rows)], headings=headings)
    sheetplan.prepare(path, profile=PROFILE)
    asked = {"Field": "Action", "From": "Clean streets", "To": "Clean parks"}
    _type_requests(path, [agreed("1.1", **asked)])
    _, output = carried_out(path)
    assert openpyxl_values(output)["Plan"]["B5"] == "Clean parks"


def test_what_was_carried_out_is_done_with_and_can_be_taken_back(made: Made) -> None:
    path = made(agreed("1.2a"))
    before = path.read_bytes()
    sheetplan.change_control(path, profile=PROFILE)
    with unharmed(path.parent):
        again = sheetplan.change_control(path, profile=PROFILE).plan
    assert (again.has_work, again.needs_attention) == (False, False)
    sheetplan.undo(path)
    assert path.read_bytes() == before


def test_a_date_that_an_owner_asks_for_moves_once_it_is_agreed(made: Made) -> None:
    path = made()
    sheetplan.send_returns(path, path.parent / "sent", profile=PROFILE)
    filling = script(ROOT / "examples" / "filled_returns.py")
    (sent,) = (path.parent / "sent").glob("*head-of-roads*.xlsx")
    (reference,) = filling.references(sent)
    asked = {"date_change": "Sep-26", "date_change_reason": "No money before"}
    back = filling.filled_in(sent, {"row": [{"reference": reference, **asked}]})
    save_new(back, path.with_name("back.xlsx"))
    sheetplan.collect_returns(path, path.with_name("back.xlsx"), profile=PROFILE)
    assert openpyxl_values(path)["Plan"]["F6"] == "Jun-26"
    for heading in ("Decision", "Decided by", "Decided on"):
        type_into(path, "Change control", 5, COLUMNS.index(heading) + 1, AGREED[heading])
    plan, output = carried_out(path)
    assert [request.key for move in plan.control.moves for request in move.requests] == ["1.2b"]
    assert openpyxl_values(output)["Plan"]["F6"] == "Sep-26"


@pytest.mark.parametrize("is_agreed", [True, False])
def test_only_a_move_that_was_agreed_is_none_in_silence(made: Made, is_agreed: bool) -> None:
    """For both leads of the row."""
    old = made(file="old.xlsx")
    if is_agreed:
        _, plan = carried_out(made(agreed("1.2a")))
    else:
        plan = made(dates=(("Jun-26",), ("Sep-26",)))
    sheetplan.history(plan, old, profile=PROFILE)
    found = sheetplan.check(plan, rules="date-moved-in-silence", profile=PROFILE).plan.checking
    told = sorted(place.reference for c in found.challenges for place in c.places)
    assert told == ([] if is_agreed else ["1.2a", "1.2b"])


# ---------------------------------------------------------------- history


def test_history_logs_the_dates_that_moved_for_each_lead(made: Made) -> None:
    old = made(file="old.xlsx", dates=((JUNE,), ("Jun-26",)))
    plan = made(dates=(("June 2026",), ("Dec-26",)))
    before = rich(plan)
    result = sheetplan.history(plan, old, profile=PROFILE)
    assert [(m.reference, m.before, m.after) for m in result.plan.moves] == [
        ("1.2a", "Jun-26", "Dec-26"),
        ("1.2b", "Jun-26", "Dec-26"),
    ]
    assert [entry["Reference"] for entry in logged(plan)] == ["1.2a", "1.2b"]
    assert rich(plan) == before


def test_history_says_that_a_plan_has_no_dates(made: Made) -> None:
    old = made(file="old.xlsx", columns=["Notes"])
    plan = made(columns=["Notes"], dates=(("Jul-26",), ("Aug-26",)))
    with unharmed(plan.parent):
        done = run("history", plan, old, "--profile", PROFILE)
    assert done.status == 1
    assert (
        "plan.xlsx has no column for due dates or revised dates, so no date can be compared. Add "
        "one, headed Due date." in done.printed
    )


# ---------------------------------------------------------------- another council's plan


@pytest.mark.shared
def test_another_councils_plan_keeps_all_but_the_date_that_was_agreed(tmp_path: Path) -> None:
    """It has no dates of its own, so each row is given one."""
    sections = [
        Section(section.title, [row._replace(more=("Jun-26",)) for row in section.rows])
        for section in published_sections()
    ]
    path = plan_book(tmp_path / "plan.xlsx", sections, headings=(*HEADINGS, "Due"))
    sheetplan.prepare(path, profile=PROFILE)
    _type_requests(path, [agreed("1.1a"), agreed("1.1b", 2), agreed("6.1", 3)])
    plan, _ = carried_out(path)
    assert [(move.ids, move.place) for move in plan.control.moves] == [
        ("CC-1; CC-2", "Plan!F5"),
        ("CC-3", "Plan!F58"),
    ]
