"""What became of each thing that people did to the returns of a real council's August."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText

import sheetplan
from tests.cycle.looking import book_of
from tests.cycle.real_collected import Collected
from tests.cycle.real_month import (
    BEFORE_SENDING,
    MEANWHILE,
    THEMES,
    cell_of,
)
from tests.cycle.real_returns import (
    AMBER,
    LONG,
    ON_TRACK,
)
from tests.judges import openpyxl_values

pytestmark = [
    pytest.mark.shared,
    # openpyxl says what it would lose of the tracker if it were to save it
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),
]


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
    dates = [row for row in requests if row["To"] == "Mar-28"]
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
