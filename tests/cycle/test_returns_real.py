"""A real council's August: rolled, sent, filled in by everybody as people do, collected, settled.

See real_returns.py for who does what to which return, and shared/README.md for the tracker.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.cycle.looking import book_of
from tests.cycle.mischief_accounts import Accounts, Ledger, net_changes, plain
from tests.cycle.office_owner import save_by_office
from tests.cycle.real_collected import Collected
from tests.cycle.real_month import THEMES
from tests.cycle.real_returns import AMBER, PEOPLE
from tests.cycle.reporting import type_into
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, sdk_errors, valid

pytestmark = [
    pytest.mark.shared,
    # openpyxl says what it would lose of the tracker if it were to save it
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
]

TEMPLATE = ROOT / "workbook_templates" / "owner_return.xlsx"


# ---------------------------------------------------------------- nothing is lost


def test_every_return_that_was_sent_comes_back(collected: Collected) -> None:
    owners = set(collected.month.returns)
    came = {owner for person in PEOPLE for owner in owners if owner.startswith(person.owner)}
    assert came == owners


def test_every_cell_that_was_typed_is_accounted_for(collected: Collected) -> None:
    accounts = Accounts(collected.ledger(collected.after), [collected.data])
    lost = [
        f"{back.path.name} {typed.cell.place} ({typed.key} {typed.field}): {typed.text[:60]!r}"
        for back in collected.back
        for typed in back.filling.typed
        if not accounts.where(back.filling.name, typed)
    ]
    assert lost == []


def test_files_rows_and_cells_add_up(collected: Collected) -> None:
    totals = collected.result.plan.totals
    assert totals.found == len(collected.back) + 7
    assert totals.found == totals.merged_files + totals.rejected_files + totals.passed_over
    assert totals.asked == totals.answered + totals.blank + totals.missing
    assert totals.missing == 1
    assert totals.changed == (
        totals.merged + totals.same + totals.conflicts + totals.requests + totals.rejected
    )


def test_each_file_that_is_not_merged_says_why(collected: Collected) -> None:
    told = {
        file["file"]: file.get("code") or file["reason"]
        for file in collected.data["files"]
        if file["outcome"] != "merged"
    }
    of = {each.owner: each.path.name for each in collected.back}
    july, other = (each.path.name for each in collected.back[-2:])
    assert told == {
        of["AD-Trans"]: "identity-missing",
        of["Strategic Lead - Cust"]: "identities-disagree",
        of["Manager, Equality"]: "is-comma-separated",
        of["Director - Public Health"]: "nothing has been filled in since it was sent",
        july: "other-month",
        other: "other-tracker",
        "empty.xlsx": "not-a-workbook",
        "cut short.xlsx": "damaged",
        "with a password.xlsx": "not-a-workbook",
        "bomb.zip": "cannot-be-read",
        "~$ret01.xlsx": "a lock file, left while somebody had a workbook open",
        ".hidden.xlsx": "a hidden file",
        "desktop.ini": "a settings file of Windows",
    }


def test_the_cells_that_change_are_exactly_those_in_the_update_log(collected: Collected) -> None:
    """As xlsx_diff.py has it, which tells a cell by its sheet and name. Rows that were
    there grow with what came back."""
    compared = diff(collected.before, collected.after)
    taller = re.compile(r"(Returns|Change control|Theme \d) row \d+ .*'ht'")
    assert [line for line in compared.harm if not taller.match(line)] == []
    named = (re.match(r"(Theme \d)!([A-Z]+\d+) ", line) for line in compared.added)
    cells = {(found[1], found[2]) for found in named if found}
    before, after = (collected.ledger(t) for t in (collected.before, collected.after))
    logged = net_changes(before, after)
    assert {collected.month.places[at] for at in logged} == cells
    assert len(cells) > 150
    for at, (was, now) in logged.items():
        assert (before.month[at], plain(after.month[at])) == (was, plain(now))


def test_nothing_else_changes_but_registers(collected: Collected) -> None:
    before, after = map(openpyxl_values, (collected.before, collected.after))
    assert set(after) - set(before) == {"Conflicts", "Update log"}
    same = set(before) - {*THEMES, "Returns", "Change control"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}


def test_every_rule_of_excel_is_kept_by_the_tracker_and_the_returns(collected: Collected) -> None:
    assert valid(collected.before, collected.after) == []
    for path in collected.month.returns.values():
        assert valid(TEMPLATE, path) == [], path.name


@pytest.mark.validator
def test_the_sdk_finds_nothing_new_in_the_tracker_and_nothing_in_the_returns(
    collected: Collected,
) -> None:
    assert set(sdk_errors(collected.after)) <= set(sdk_errors(collected.before))
    for path in list(collected.month.returns.values())[::6]:
        assert sdk_errors(path) == [], path.name


def test_both_readers_read_the_registers_alike(collected: Collected) -> None:
    ours, others = openpyxl_values(collected.after), calamine_values(collected.after)
    for sheet in ("Conflicts", "Change control", "Update log", "Returns"):
        assert ours[sheet].keys() == others[sheet].keys()


# ---------------------------------------------------------------- afterwards


def settled(ledger: Ledger) -> dict[str, Any]:
    """What must not depend on when returns are collected."""
    return {
        "month": ledger.month,
        "conflicts": Counter((r["Reference"], r["Field"], r["Answer"]) for r in ledger.conflicts),
        "requests": Counter((r["Reference"], r["Field"], r["To"]) for r in ledger.requests),
    }


def test_half_now_and_half_later_comes_to_the_same(collected: Collected, tmp_path: Path) -> None:
    tracker = Path(shutil.copy(collected.before, tmp_path / "plan.xlsx"))
    paths = [each.path for each in collected.back]
    for some in (paths[1::2][::-1], paths[::2]):
        sheetplan.collect_returns(tracker, some)
    ledgers = (collected.ledger(path) for path in (tracker, collected.after))
    assert settled(next(ledgers)) == settled(next(ledgers))


@pytest.mark.office
def test_returns_that_libreoffice_saved_come_to_the_same(
    collected: Collected, tmp_path: Path
) -> None:
    paths = [each.path for each in collected.back if each.path.suffix == ".xlsx"]
    save_by_office(paths, tmp_path / "by office")
    trackers = [Path(shutil.copy(collected.before, tmp_path / f"{n}.xlsx")) for n in "ab"]
    plans = [
        sheetplan.collect_returns(tracker, files).plan
        for tracker, files in zip(trackers, (paths, [tmp_path / "by office"]), strict=True)
    ]
    assert plans[1].totals == plans[0].totals
    there, here = (settled(collected.ledger(tracker)) for tracker in trackers)
    assert here == there


def test_collecting_it_all_again_changes_nothing(collected: Collected) -> None:
    as_it_was = collected.after.read_bytes()
    again = sheetplan.collect_returns(collected.after, [collected.folder])
    assert again.output is None
    assert collected.after.read_bytes() == as_it_was


def test_a_return_that_does_not_say_whose_it_is_is_taken_for_the_one_who_is_named(
    collected: Collected, tmp_path: Path
) -> None:
    tracker = Path(shutil.copy(collected.after, tmp_path / "plan.xlsx"))
    back = collected.sent_back_by("AD-Trans")
    data = sheetplan.collect_returns(
        tracker, [back.path], month="2023-08", owner="AD-Transformation"
    ).plan.as_data()
    accounts = Accounts(collected.ledger(tracker), [data])
    assert [accounts.where(back.filling.name, typed) for typed in back.filling.typed] == [
        "tracker"
    ] * len(back.filling.typed)


@pytest.fixture(scope="module")
def resolved(
    collected: Collected, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[tuple[str, str], str]]:
    """The tracker after choices were carried out, and what was chosen, by key and field."""
    tracker = tmp_path_factory.mktemp("resolved") / "plan.xlsx"
    shutil.copy(collected.after, tracker)
    shutil.copy(collected.before.with_name("sheetplan.toml"), tracker.parent)
    sheet = book_of(tracker)["Conflicts"]
    headings, *records = sheet[sheet.tables["Conflicts"].ref]
    columns = {cell.value: at for at, cell in enumerate(headings)}
    chosen: dict[tuple[str, str], str] = {}
    for record in records:
        said = {name: str(record[at].value or "") for name, at in columns.items()}
        at = said["Reference"], said["Field"].lower()
        choice = record[columns["Choice"]]
        if at[0] == "CO.B3.3" or (at[0] == "PC.F1.3" and said["Answer"] == AMBER):
            chosen[at] = said["Answer"]
            type_into(tracker, "Conflicts", choice.row, choice.column, "Use this answer")
        elif at[0] == "CO.D2.3":
            chosen[at] = said["Tracker keeps"]
            type_into(tracker, "Conflicts", choice.row, choice.column, "Keep the tracker's")
    sheetplan.collect_returns(tracker, resolve=True)
    return tracker, chosen


def test_choices_are_carried_out_and_the_others_stay_open(
    collected: Collected, resolved: tuple[Path, dict[tuple[str, str], str]]
) -> None:
    tracker, chosen = resolved
    before, after = (collected.ledger(path) for path in (collected.after, tracker))
    assert len(chosen) == 3
    expected = {**before.month, **chosen}
    assert after.month == expected
    for record in after.conflicts:
        is_chosen = (record["Reference"], record["Field"].lower()) in chosen
        assert (record["Outcome"] != "Open") == is_chosen
    logged = net_changes(before, after)
    assert {at: now for at, (_, now) in logged.items()} == {
        at: text for at, text in chosen.items() if before.month[at] != text
    }
    assert valid(collected.after, tracker) == []


def test_the_summary_says_what_the_owners_said(
    collected: Collected, resolved: tuple[Path, dict[tuple[str, str], str]]
) -> None:
    tracker, _ = resolved
    plan = sheetplan.plan_summarise(tracker)
    exceptions = {line.reference for theme in plan.content.themes for line in theme.exceptions}
    assert (plan.month, exceptions) == (Month(2023, 8), {"PC.F1.2", "PC.F1.3"})
    sheetplan.summarise(tracker)
    printed = "\n".join(map(str, openpyxl_values(tracker)["Exception summary"].values()))
    updates = [
        typed.text
        for back in collected.back
        for typed in back.filling.typed
        if typed.field == "update"
    ]
    assert sum(text in printed for text in updates) > 20


def test_september_can_be_opened(
    collected: Collected, resolved: tuple[Path, dict[tuple[str, str], str]], tmp_path: Path
) -> None:
    tracker, _ = resolved
    rolled = sheetplan.roll_month(tracker, output=tmp_path / "september.xlsx")
    assert rolled.plan.month == Month(2023, 9)
    assert rolled.verified.cells_lost == 0
    assert valid(tracker, rolled.output) == []
    ledgers = (collected.ledger(path) for path in (tracker, rolled.output))
    assert next(ledgers).month == next(ledgers).month
    again = sheetplan.plan_send_returns(rolled.output, tmp_path / "sent")
    assert again.month == Month(2023, 9)
