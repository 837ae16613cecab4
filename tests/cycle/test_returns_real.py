"""A real council's August: rolled, sent, filled in by everybody as people do, collected, settled.

See real_returns.py for who does what to which return, and shared/README.md for the tracker.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.collect_plan import CollectPlan
from sheetplan.model.month import Month
from tests.cycle.looking import book_of
from tests.cycle.mischief_accounts import Accounts, Ledger, net_changes, plain
from tests.cycle.real_month import (
    BEFORE_SENDING,
    COLLECTED_AT,
    MEANWHILE,
    THEMES,
    RealMonth,
    cell_of,
    sent_month,
)
from tests.cycle.real_returns import (
    AMBER,
    LONG,
    ON_TRACK,
    PEOPLE,
    SentBack,
    put_junk_into,
    send_back,
)
from tests.cycle.reporting import type_into
from tests.cycle.sending import set_today
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, sdk_errors, valid

pytestmark = [
    pytest.mark.shared,
    # openpyxl says what it would lose of the tracker if it were to save it
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
]

TEMPLATE = ROOT / "workbook_templates" / "owner_return.xlsx"


@dataclass(frozen=True)
class Collected:
    """The tracker before and after its returns were collected."""

    month: RealMonth
    folder: Path
    before: Path
    after: Path
    back: list[SentBack]
    result: ChangeResult[CollectPlan]

    @property
    def data(self) -> dict[str, Any]:
        """What the run said of itself."""
        return self.result.plan.as_data()

    def ledger(self, tracker: Path) -> Ledger:
        return Ledger.read(tracker, self.month.places)

    def sent_back_by(self, owner: str) -> SentBack:
        return next(each for each in self.back if each.owner == owner)

    def typed(self, owner: str, key: str, field: str) -> str:
        """What an owner typed last into a cell."""
        found = self.sent_back_by(owner).filling.typed
        return [each.text for each in found if (each.key, each.field) == (key, field)][-1]


@pytest.fixture(scope="module", autouse=True)
def late_in_august() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        set_today(patch, COLLECTED_AT)
        yield


@pytest.fixture(scope="module")
def collected(late_in_august: None, tmp_path_factory: pytest.TempPathFactory) -> Collected:
    folder = tmp_path_factory.mktemp("real")
    month = sent_month(folder)
    back = send_back(month, folder / "back")
    put_junk_into(folder / "back")
    before = Path(shutil.copy(month.tracker, folder / "before.xlsx"))
    result = sheetplan.collect_returns(month.tracker, [folder / "back"])
    return Collected(month, folder / "back", before, month.tracker, back, result)


# ---------------------------------------------------------------- nothing is lost


def test_every_return_that_was_sent_comes_back(collected: Collected) -> None:
    owners = [owner for owner in collected.month.returns]
    came = {owner for person in PEOPLE for owner in owners if owner.startswith(person.owner)}
    assert came == set(owners)


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
    """As xlsx_diff.py has it, which tells a cell by its sheet and name."""
    compared = diff(collected.before, collected.after)
    assert compared.harm == []
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
    assert set(after) - set(before) == {"Conflicts", "Change requests", "Update log"}
    same = set(before) - {*THEMES, "Returns"}
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
    for sheet in ("Conflicts", "Change requests", "Update log", "Returns"):
        assert ours[sheet].keys() == others[sheet].keys()


# ---------------------------------------------------------------- what became of what


def rows(records: Any, key: str) -> list[Mapping[str, str]]:
    """The rows of a register that are about an action."""
    return [record for record in records if record["Reference"] == key]


def findings(collected: Collected, key: str) -> list[str]:
    return [f["code"] for f in collected.data["findings"] if f["reference"] == key]


def test_words_arrive_whole(collected: Collected) -> None:
    month = collected.ledger(collected.after).month
    typed = collected.typed("Chief Executive", "CO.B1.6", "update")
    assert month["CO.B1.6", "update"] == typed.replace("\r\n", "\n")
    assert "\n\n• Zoë’s £5\tand more" in month["CO.B1.6", "update"]
    assert month["CO.B3.1", "update"].startswith("Soft\nbreak, bell and null")
    assert any("2 control characters" in f["message"] for f in collected.data["findings"])


def test_what_a_cell_cannot_hold_is_in_the_log(collected: Collected) -> None:
    ledger = collected.ledger(collected.after)
    parts = [r["After"] for r in rows(ledger.log, "CO.B3.2") if r["What happened"][:4] == "Part"]
    assert len(ledger.month["CO.B3.2", "update"]) == 32_767
    assert "".join([ledger.month["CO.B3.2", "update"], *parts]).endswith("x" * 999 + "end")
    assert len("".join([ledger.month["CO.B3.2", "update"], *parts])) > LONG
    assert findings(collected, "CO.B3.2") == ["text-too-long"]


def test_bold_words_stand_in_the_font_of_the_cell(collected: Collected) -> None:
    action = collected.month.actions["OC.B2.4"]
    cell = book_of(collected.after)[action.sheet][cell_of(action, "update")]
    assert isinstance(cell.value, CellRichText)
    first, bold, last = cell.value
    assert str(cell.value) == collected.typed("Chief Executive", "OC.B2.4", "update")
    assert (bold.text, bold.font.b) == (str(cell.value)[4:11], True)
    assert (bold.font.rFont, bold.font.sz) == (cell.font.name, cell.font.sz)
    assert isinstance(first, str)
    assert isinstance(last, str)


def test_text_that_begins_like_a_formula_is_text(collected: Collected) -> None:
    book = book_of(collected.after)
    for key in ("CO.C2.4", "CO.C2.5", "CO.C2.6", "CO.D3.6", "CO.D3.4"):
        action = collected.month.actions[key]
        cell = book[action.sheet][cell_of(action, "update")]
        assert (cell.data_type, cell.value[0] in "=+-@") == ("s", True)


def test_a_formula_is_shown_and_not_merged(collected: Collected) -> None:
    answers = {a["text"]: a for a in collected.data["not_merged"] if a["outcome"] == "rejected"}
    assert "=G7&H7" in answers["Complete"]["reason"]
    assert collected.ledger(collected.after).month["SD.D1.4", "status"] == ""
    notes = collected.result.plan.returns
    said = next(r.notes for r in notes if r.owner_name == "Director-Finance")
    assert any("DDE" in note for note in said)
    assert any("budget.xlsx" in note for note in said)


def test_statuses_in_other_words_are_merged_as_typed_and_named(collected: Collected) -> None:
    month = collected.ledger(collected.after).month
    assert month["SD.A1.2b", "status"] == "Onn track - little or no slipage"
    assert findings(collected, "SD.A1.2b") == ["status-not-understood"]
    (message,) = (f["message"] for f in collected.data["findings"] if f["reference"] == "SD.A1.2b")
    assert 'Did you mean "On' in message
    assert findings(collected, "PC.F1.2") == ["update-missing"]
    assert month["PC.F1.2", "status"] == AMBER
    assert findings(collected, "PC.B3.3") == ["status-before-start"]
    assert month["PC.B3.3", "status"] == "Complete"


def test_what_was_pasted_over_a_drop_down_is_what_the_cell_showed(collected: Collected) -> None:
    month = collected.ledger(collected.after).month
    keys = ("SD.A6.4", "SD.A6.5", "PR.D1.3")
    assert [month[key, "status"] for key in keys] == ["3", "06/07/2023", "45%"]
    assert month["PR.D1.4", "status"] == ""  # the error #REF!


def test_rows_are_known_without_their_references(collected: Collected) -> None:
    month = collected.ledger(collected.after).month
    for key in ("CO.A1.9", "CO.A1.10", "CO.A1.11"):
        assert month[key, "update"] == collected.typed("PMO", key, "update")
        assert findings(collected, key) == ["return-reference-altered"]


def test_two_owners_who_answer_alike_agree_and_others_wait(collected: Collected) -> None:
    ledger = collected.ledger(collected.after)
    assert ledger.month["PC.F1.1", "update"] == "Handed over in July"
    assert rows(ledger.conflicts, "PC.F1.1") == []
    at_odds = rows(ledger.conflicts, "PC.F1.3")
    statuses = {row["Answer"] for row in at_odds if row["Field"] == "Status"}
    assert statuses == {AMBER, ON_TRACK}
    assert ledger.month["PC.F1.3", "status"] == ""


def test_a_row_that_is_there_twice_waits(collected: Collected) -> None:
    ledger = collected.ledger(collected.after)
    answers = {row["Answer"] for row in rows(ledger.conflicts, "OC.E2.7")}
    own = [t.text for t in collected.sent_back_by("AD - HR").filling.typed if t.key == "OC.E2.7"]
    assert {text for text in own if text != ON_TRACK} <= answers


def test_what_officers_typed_meanwhile_stays(collected: Collected) -> None:
    ledger = collected.ledger(collected.after)
    changed, same = MEANWHILE
    assert ledger.month[changed] == MEANWHILE[changed]
    (row,) = rows(ledger.conflicts, "CO.B3.3")
    assert (row["Tracker keeps"], row["Answer"]) == (
        MEANWHILE[changed],
        collected.typed("Leadership", *changed),
    )
    assert rows(ledger.conflicts, "SD.A4.4") == []
    assert ledger.month[same] == ON_TRACK


def test_a_cell_that_came_back_cleared_is_asked_about(collected: Collected) -> None:
    ledger = collected.ledger(collected.after)
    (row,) = rows(ledger.conflicts, "CO.D2.3")
    at = ("CO.D2.3", "status")
    assert (row["Tracker keeps"], row["Answer"]) == (BEFORE_SENDING[at], "")
    assert ledger.month[at] == BEFORE_SENDING[at]


def test_what_is_not_theirs_to_change_is_a_change_request(collected: Collected) -> None:
    requests = collected.ledger(collected.after).requests
    asked = Counter((row["Asked by"], row["Field"]) for row in requests)
    lead = "Strategic Lead - Service Improvement"
    fields = {"Action": 1, "Due date": 3, "Workstream": 1, "New action": 2}
    of_hr = {("Head of HR", "Reference"): 1}  # a reference that nobody could have meant
    assert asked == {(lead, name): count for name, count in fields.items()} | of_hr
    dates = [row for row in requests if row["Asked for"] == "Mar-28"]
    assert len(dates) == 2
    assert all("The supplier is late" in row["Reason"] for row in dates)
    themes = openpyxl_values(collected.after)
    before = openpyxl_values(collected.before)
    for name in THEMES:
        locked = {cell: text for cell, text in before[name].items() if cell[0] < "M"}
        assert locked.items() <= themes[name].items()


def test_a_row_of_another_owner_is_merged_only_where_owners_are_trusted(
    collected: Collected, tmp_path: Path
) -> None:
    typed = collected.typed("Strategic Lead - Serv", "CO.B3.1", "update")
    path = collected.sent_back_by("Strategic Lead - Serv").path
    (answer,) = (a for a in collected.data["not_merged"] if a["text"] == typed)
    assert answer["outcome"] == "rejected"
    tracker = Path(shutil.copy(collected.before, tmp_path / "plan.xlsx"))
    sheetplan.collect_returns(tracker, [path], trust_owners=True)
    assert collected.ledger(tracker).month["CO.B3.1", "update"] == typed


def test_ten_thousand_rows_more_do_no_harm(collected: Collected) -> None:
    month = collected.ledger(collected.after).month
    for key in ("SD.A7.2", "PR.C1.2b"):
        assert month[key, "update"] == collected.typed("Director- Children", key, "update")
    codes = Counter(finding["code"] for finding in collected.data["findings"])
    assert codes["return-row-unknown"] == 1


def test_the_returns_sheet_has_the_sums(collected: Collected) -> None:
    by_reference = {tally.owner: tally for tally in collected.result.plan.tallies}
    sheet = book_of(collected.after)["Returns"]
    headings, *records = sheet[sheet.tables["Returns"].ref]
    columns = {cell.value: at for at, cell in enumerate(headings)}
    seen = 0
    for record in records:
        tally = by_reference.get(record[columns["Owner"]].value)
        counts = [record[columns[name]].value for name in ("Rows asked", "Answered", "Missing")]
        if tally is None:
            assert counts[1:] == [None, None]
        else:
            assert counts == [tally.asked, tally.answered, tally.missing]
            seen += 1
    assert seen == collected.result.plan.totals.merged_files


# ---------------------------------------------------------------- afterwards


def settled(ledger: Ledger) -> dict[str, Any]:
    """What must not depend on when returns are collected."""
    return {
        "month": ledger.month,
        "conflicts": Counter((r["Reference"], r["Field"], r["Answer"]) for r in ledger.conflicts),
        "requests": Counter((r["Reference"], r["Field"], r["Asked for"]) for r in ledger.requests),
    }


def test_half_now_and_half_later_comes_to_the_same(collected: Collected, tmp_path: Path) -> None:
    tracker = Path(shutil.copy(collected.before, tmp_path / "plan.xlsx"))
    paths = [each.path for each in collected.back]
    for some in (paths[1::2][::-1], paths[::2]):
        sheetplan.collect_returns(tracker, some)
    ledgers = (collected.ledger(path) for path in (tracker, collected.after))
    assert settled(next(ledgers)) == settled(next(ledgers))


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
    assert (plan.month, exceptions) == (Month(2023, 8), {"PC.F1.2"})
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
