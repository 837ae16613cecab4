"""Returns of a plan without month columns: filled in by its leads, and collected."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment

import sheetplan
from sheetplan import undo
from sheetplan.cli.main import sheetplan as command
from sheetplan.errors import ReconciliationError
from sheetplan.model.month import Month
from tests.cycle.collecting import records
from tests.cycle.commentary_returning import (
    BOTH,
    PROFILE,
    ROWS,
    SHARED_ROW,
    STREETS,
    WASTE,
    Answers,
    choose,
    collect,
    copied,
    filled,
    lines,
    made_plan,
    retyped,
    send,
    sent,
    split_owner,
)
from tests.judges import diff, openpyxl_values, sdk_errors, valid

JUNE, JULY = Month(2026, 6), Month(2026, 7)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan that has sent its returns for July."""
    path = made_plan(tmp_path, *ROWS)
    send(path)
    return path


@pytest.fixture(scope="module")
def shared_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan one row of which two owners answer for; it has sent its returns."""
    path = made_plan(tmp_path_factory.mktemp("shared"), ROWS[0], SHARED_ROW)
    split_owner(path, BOTH, WASTE, STREETS)
    send(path)
    return path


def test_answers_become_the_paragraphs_of_their_leads(plan: Path, tmp_path: Path) -> None:
    before = copied(plan, tmp_path / "before")
    filled(sent(plan, WASTE), {"1.1a": ("Off track", "Rounds began late.")})
    filled(
        sent(plan, STREETS),
        {
            "1.1b": ("", "All bins stand. COMPLETE"),
            "1.2": ("On track", "Lamps burn.\nAll of them."),
        },
    )
    result = collect(plan, plan.parent / "sent")
    assert lines(plan, 1) == [
        WASTE,
        "Vans were bought. (May update)",
        "Rounds were drawn. (June 2026 update)",
        "Rounds began late. (July update, Off track)",
        "",
        STREETS,
        "Bins were counted. (June update)",
        "All bins stand. COMPLETE (July update)",
    ]
    assert lines(plan, 2)[2:] == ["Lamps burn.", "All of them. (July update, On track)"]
    assert valid(before, plan) == []
    assert {each.split()[0] for each in diff(before, plan).lost} == set()
    assert result.plan.totals.merged == 5
    assert [(f.code, f.cell) for f in result.plan.findings] == [("status-missing", "E5")]
    written = result.plan.as_data()["writes"]
    assert [(w["cell"], w["reference"], w["field"]) for w in written] == [
        ("E5", "1.1a", "status"),
        ("E5", "1.1a", "update"),
        ("E5", "1.1b", "update"),
        ("E6", "1.2", "status"),
        ("E6", "1.2", "update"),
    ]
    logged = [(entry["Reference"], entry["After"]) for entry in records(plan, "Update log")]
    assert ("1.2", "Lamps burn.\nAll of them.") in logged
    assert len(logged) == 5


@pytest.mark.validator
def test_excels_own_rules_hold_in_a_plan_with_answers(plan: Path) -> None:
    before = sdk_errors(plan)
    filled(sent(plan, STREETS), {"1.1b": ("Complete", "Done 😀\nin bold"), "1.2": ("", "=1+1")})
    collect(plan, plan.parent / "sent")
    assert sdk_errors(plan) == before


def test_rows_that_become_taller_are_told(plan: Path) -> None:
    book = openpyxl.load_workbook(plan, rich_text=True)
    book["Plan"].row_dimensions[6].height = 60
    book["Plan"].column_dimensions["E"].width = 60
    book["Plan"]["E6"].alignment = Alignment(wrap_text=True)
    book.save(plan)
    filled(sent(plan, STREETS), {"1.2": ("", "\n".join(["Lamps burn."] * 9))})
    arguments = ["collect-returns", str(plan), str(plan.parent / "sent"), "--profile", PROFILE]
    said = CliRunner().invoke(command, arguments)
    assert "1 row is made taller, so that all words are seen." in said.output
    assert openpyxl.load_workbook(plan)["Plan"].row_dimensions[6].height > 100
    assert not collect(plan, plan.parent / "sent").plan.taller


def test_what_came_in_shows_in_the_summary_and_in_status(plan: Path) -> None:
    filled(sent(plan, WASTE), {"1.1a": ("Off track", "Rounds began late.")})
    filled(sent(plan, STREETS), {"1.2": ("On track", "")})
    collect(plan, plan.parent / "sent")
    content = sheetplan.plan_summarise(plan, profile=PROFILE).content
    assert [line.reference for theme in content.themes for line in theme.exceptions] == ["1.1a"]
    found = {o.owner: o for o in sheetplan.status(plan, profile=PROFILE).standing.owners}
    assert found[WASTE].blank == ()
    assert [(row.key, row.has_status) for row in found[STREETS].blank] == [
        ("1.1b", False),
        ("1.2", True),
    ]


def test_collecting_again_writes_nothing_and_undo_gives_the_plan_back(plan: Path) -> None:
    before = plan.read_bytes()
    filled(sent(plan, STREETS), {"1.1b": ("Complete", "Done."), "1.2": ("", "So far\n\nso good")})
    collect(plan, plan.parent / "sent")
    after = plan.read_bytes()
    assert after != before
    assert not collect(plan, plan.parent / "sent").plan.has_work
    assert plan.read_bytes() == after
    undo(plan)
    assert plan.read_bytes() == before


def test_an_answer_that_is_altered_by_its_owner_is_a_conflict(plan: Path, tmp_path: Path) -> None:
    first = filled(sent(plan, WASTE), {"1.1a": ("", "Begun.")}, tmp_path / "first.xlsx")
    collect(plan, first)
    second = filled(sent(plan, WASTE), {"1.1a": ("", "Late.")}, tmp_path / "second.xlsx")
    collect(plan, second)
    assert lines(plan, 1)[3] == "(July update)"
    assert {row["Answer"] for row in records(plan, "Conflicts")} == {"Begun.", "Late."}


def test_what_officers_typed_meanwhile_is_kept_until_they_choose(plan: Path) -> None:
    retyped(plan, 2, ROWS[1].replace("(July", "Lamps came. (July"))
    filled(sent(plan, STREETS), {"1.2": ("Off track", "Lamps burn.")})
    result = collect(plan, plan.parent / "sent")
    assert lines(plan, 2)[-1] == "Lamps came. (July update, Off track)"
    assert result.plan.open_conflicts == 1
    choose(plan, "Lamps burn.")
    collect(plan, resolve=True, month=JULY)
    assert lines(plan, 2)[-1] == "Lamps burn. (July update, Off track)"
    assert collect(plan, plan.parent / "sent").plan.writes == ()
    after = plan.read_bytes()
    assert not collect(plan, plan.parent / "sent").plan.has_work
    assert plan.read_bytes() == after


def test_a_choice_that_the_plan_cannot_hold_is_not_carried_out(plan: Path) -> None:
    retyped(plan, 2, ROWS[1].replace("(July", "Lamps came. (July"))
    filled(sent(plan, STREETS), {"1.2": ("", "Lamps burn.")})
    collect(plan, plan.parent / "sent")
    book = openpyxl.load_workbook(plan, rich_text=True)
    for cells in book["Conflicts"].iter_rows():
        for cell in cells:
            if cell.value == "Lamps burn.":
                cell.value = "Lamps burn. (May update)"
    book.save(plan)
    choose(plan, "Lamps burn. (May update)")
    result = collect(plan, resolve=True, month=JULY)
    (finding,) = result.plan.findings
    assert finding.code == "choice-not-carried-out"
    assert '"(May update)" in it would be read as the stamp' in finding.message
    assert lines(plan, 2)[-1] == "Lamps came. (July update)"


def test_a_late_return_of_an_older_month_goes_to_that_month(plan: Path) -> None:
    sheetplan.send_returns(plan, plan.parent / "june", JUNE, profile=PROFILE)
    (path,) = (plan.parent / "june").glob("*head-of-waste*.xlsx")
    filled(path, {"1.1a": ("Off track", "Rounds were drawn late.")})
    collect(plan, path, month=JUNE)
    assert lines(plan, 1)[2:4] == [
        "Rounds were drawn late. (June 2026 update, Off track)",
        "(July update)",
    ]


# ---------------------------------------------------------------- what is rejected


def rejected(plan: Path, answers: Answers, owner: str = STREETS) -> list[tuple[str, str]]:
    filled(sent(plan, owner), answers)
    result = collect(plan, plan.parent / "sent")
    return [(answer.cell, answer.reason) for answer in result.plan.rejected_answers]


def test_what_would_be_misread_is_rejected_and_the_rest_is_merged(plan: Path) -> None:
    ((cell, reason),) = rejected(plan, {"1.1b": ("On track", "Done. (May update)")})
    assert cell == "H7"
    assert reason == (
        '"(May update)" in it would be read as the stamp of a paragraph, and the stamp is put in '
        "by sheetplan. Word it otherwise in the return and collect that again, or put it in by "
        "hand."
    )
    assert lines(plan, 1)[-1] == "(July update, On track)"


def test_a_status_that_the_settings_do_not_know_is_rejected(plan: Path) -> None:
    ((cell, reason),) = rejected(plan, {"1.2": ("Of track", "Late.")})
    assert cell == "G8"
    assert 'Did you mean "Off track"?' in reason
    assert lines(plan, 2)[-1] == "Late. (July update)"


def test_of_answers_that_one_cell_cannot_hold_some_are_merged(plan: Path) -> None:
    filled(sent(plan, WASTE), {"1.1a": ("", "w" * 20_000)})
    reasons = rejected(plan, {"1.1b": ("On track", "s" * 20_000), "1.2": ("", "Lamps burn.")})
    assert [cell for cell, _ in reasons] == ["H7"]
    assert reasons[0][1].startswith("Plan!E5 would be longer with it")
    assert len(lines(plan, 1)[3]) == 20_000 + len(" (July update)")
    assert lines(plan, 1)[-1] == "(July update, On track)"
    assert lines(plan, 2)[-1] == "Lamps burn. (July update)"


def test_no_text_is_written_that_the_log_does_not_name(plan: Path) -> None:
    filled(sent(plan, STREETS), {"1.1b": ("On track", "Bins stand.")})
    found = sheetplan.plan_collect_returns(plan, [plan.parent / "sent"], profile=PROFILE)
    step = found.steps[-1]
    (status, update) = step.placed
    nowhere = update._replace(write=None)
    twice = update._replace(write=replace(update.write, replaces=False))
    for placed in ((status,), (status, nowhere), (status, twice), (update, status)):
        with pytest.raises(ReconciliationError, match="Update log"):
            replace(found, steps=(replace(step, placed=placed),)).reconcile()
    found.reconcile()


# ---------------------------------------------------------------- leads that come and go

BLANK = (
    f"[[{WASTE}]]\n**(July update)**\n[[{STREETS}]]\n**(July update)**",
    "[[Head of Roads]]\nRoads. (June 2026 update)\n**(July update)**",
)
SWAPPED = f"[[{STREETS}]]\n**(July update)**\n[[{WASTE}]]\n**(July update)**"
ABOVE = f"[[Head of Roads]]\n**(July update)**\n{BLANK[0]}"
GONE = f"[[{STREETS}]]\n**(July update)**\n[[Head of Roads]]\n**(July update)**"


@pytest.mark.parametrize("text", [SWAPPED, ABOVE, GONE])
def test_no_answer_goes_to_another_lead(tmp_path: Path, text: str) -> None:
    path = made_plan(tmp_path, *BLANK)
    send(path)
    retyped(path, 1, text)
    filled(sent(path, WASTE), {"1.1a": ("On track", "Waste speaks.")})
    filled(sent(path, STREETS), {"1.1b": ("", "Streets speak.")})
    result = collect(path, path.parent / "sent")
    assert result.plan.writes == ()
    assert len(result.plan.rejected_answers) == 3
    assert {a.reason for a in result.plan.rejected_answers} == {
        f"The tracker has another action under {key} than was sent: its lead is another. Put the "
        "answer in by hand where it belongs."
        for key in ("1.1a", "1.1b")
    }


def test_the_wording_of_an_action_may_be_changed_meanwhile(tmp_path: Path) -> None:
    path = made_plan(tmp_path, *BLANK)
    send(path)
    book = openpyxl.load_workbook(path, rich_text=True)
    book["Plan"]["C5"] = "Do it in another way"
    book.save(path)
    filled(sent(path, WASTE), {"1.1a": ("On track", "Waste speaks.")})
    collect(path, path.parent / "sent")
    assert lines(path, 1)[1] == "Waste speaks. (July update, On track)"


def test_what_officers_say_of_another_month_meanwhile_is_no_other_action(plan: Path) -> None:
    retyped(plan, 1, ROWS[0].replace("Rounds were drawn.", "Rounds were drawn up."))
    filled(sent(plan, WASTE), {"1.1a": ("", "Rounds began.")})
    collect(plan, plan.parent / "sent")
    assert lines(plan, 1)[2:4] == [
        "Rounds were drawn up. (June 2026 update)",
        "Rounds began. (July update)",
    ]


# ---------------------------------------------------------------- in any order

SAID = st.tuples(
    st.sampled_from(["", "On track", "Off track", "Offtrack"]),
    st.sampled_from(["", "Begun.", "Begun.\n\nLate.", "(May update)"]),
)


@given(
    answers=st.lists(st.tuples(SAID, SAID), min_size=2, max_size=2),
    data=st.data(),
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_order_of_collecting_does_not_matter(
    shared_plan: Path,
    tmp_path_factory: pytest.TempPathFactory,
    answers: list[tuple[tuple[str, str], tuple[str, str]]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("order")
    returns = [
        filled(sent(shared_plan, owner), {key: own, "1.2": both}, folder / f"{owner}.xlsx")
        for (owner, key), (own, both) in zip(
            ((WASTE, "1.1a"), (STREETS, "1.1b")), answers, strict=True
        )
    ]
    together = copied(shared_plan, folder / "together")
    collect(together, *returns)
    apart = copied(shared_plan, folder / "apart")
    for path in data.draw(st.sampled_from(list(permutations(returns)))):
        collect(apart, path)
    assert openpyxl_values(apart)["Plan"] == openpyxl_values(together)["Plan"]
    asked = [
        sorted((str(r["Field"]), str(r["Answer"])) for r in records(each, "Conflicts"))
        for each in (together, apart)
    ]
    assert asked[0] == asked[1]
