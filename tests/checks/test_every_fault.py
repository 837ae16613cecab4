"""Every kind of fault, each put by itself into a tracker that has none, is told by its rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.datavalidation import DataValidation

import sheetplan
from sheetplan.model.finding import Severity
from tests.checks.faults import (
    AMBER,
    CHECKED,
    MONTHS,
    ON_TRACK,
    RED,
    SHEET,
    STATUSES,
    Fault,
    column,
    write,
)

A1, A2, A3, A4 = (f"HO.A1.{number}" for number in range(1, 5))
MAIN = "HO.A1.0"
NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
REASON = (
    "The contractor withdrew, so a new one is being found; work goes on in September. (RH 03/07/26)"
)
Spoil = Callable[[Fault], object]


def cells(reference: str = A2, **values: object) -> Spoil:
    """Write into an action's cells."""
    return lambda fault: fault.write(reference, **values)


def update(text: str, reference: str = A2, **values: object) -> Spoil:
    return cells(reference, update=text, **values)


def status(text: str, reference: str = A2, **values: object) -> Spoil:
    return cells(reference, status=text, **values)


def due(month: int, status: str = ON_TRACK, year: int = 2026, **values: object) -> Spoil:
    return cells(A2, due=datetime(year, month, 1), status=status, **values)


def every_month(reference: str = A2, **values: object) -> Spoil:
    def spoil(fault: Fault) -> None:
        for name, value in values.items():
            months = {f"{name}_{month.replace('-', '_')}": value for month in MONTHS}
            fault.write(reference, **months)

    return spoil


def all_of(*spoils: Spoil) -> Spoil:
    def spoil(fault: Fault) -> None:
        for one in spoils:
            one(fault)

    return spoil


def request(reference: str, month: str) -> Spoil:
    """A request that was made in a month and is not decided."""
    asked = ("CC-1", reference, "Due date", "Mar-27", "Jun-27", month, "Late bids", "Repairs")
    return lambda fault: fault.add("Change control", *asked, "", "", "", "", "", "asked.xlsx")


def moved_in_silence(fault: Fault) -> None:
    fault.add("Update log", "2026-05-03", "2026-05", A2, "Due date", "Dec-26", "Jan-27",
              "Carried out", "Repairs Manager", "asked.xlsx")  # fmt: skip


def _place(name: str, reference: str = A2) -> Callable[[Fault], str]:
    return lambda fault: fault.sheet.cell(fault.row(reference), column(name)).coordinate


def text_for_number(fault: Fault) -> None:
    fault.write(A2, due="01/03/2027")


def hidden(fault: Fault) -> None:
    fault.sheet.row_dimensions[fault.row(A2)].hidden = True


def no_drop_down(fault: Fault) -> None:
    choices = fault.sheet.data_validations.dataValidation[-1]
    letters = _place("status")(fault).rstrip("0123456789")
    row, last = fault.row(A2), fault.sheet.max_row
    choices.sqref = DataValidation("list", sqref=f"{letters}4:{letters}{row - 1} "
                                   f"{letters}{row + 1}:{letters}{last}").sqref  # fmt: skip


def other_format(fault: Fault) -> None:
    fault.sheet[_place("due")(fault)].number_format = "0"


def other_words_in_the_list(fault: Fault) -> None:
    for choices in fault.sheet.data_validations.dataValidation:
        choices.formula1 = choices.formula1[:-1] + ',Gone fishing"'


def dashboard(formula: str, *labels: str) -> Spoil:
    def spoil(fault: Fault) -> None:
        sheet = fault.book.create_sheet("Dashboard")
        sheet.append(labels or ("On track now",))
        sheet.append((formula,))

    return spoil


def another_workbook(fault: Fault) -> None:
    path = Relationship(type="externalLinkPath", Target="other.xlsx", TargetMode="External",
                        Id="rId1")  # fmt: skip
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = path
    fault.book._external_links.append(link)
    dashboard("=[1]Sheet1!$A$1")(fault)


def key(words: str, statuses: Sequence[str]) -> Spoil:
    def spoil(fault: Fault) -> None:
        sheet = fault.book.create_sheet("Status key")
        sheet.append(("Rating", "What the rating means"))
        for status in (*statuses, words):
            sheet.append((status, f"What officers call {status.lower()}"))

    return spoil


def two_rows_the_same(fault: Fault) -> None:
    text = "The board met and was content with what it saw of the programme so far. (RH 03/07/26)"
    fault.write(A1, update=text)
    fault.write(A3, update=text)


def last_month_again(fault: Fault) -> None:
    before = fault.sheet.cell(fault.row(A2), column("update_2026_06")).value
    fault.write(A2, update=before)


def without_a_main_action(fault: Fault) -> None:
    fault.write(A4, ref="HO.B7.1")


def complete_main(status_of_child: str) -> Spoil:
    return all_of(status("Complete", MAIN), status(status_of_child, A2, update=REASON))


def complete_children(fault: Fault) -> None:
    fault.write(MAIN, status=ON_TRACK, update="Two of four parts are done. (RH 03/07/26)")
    for reference in (A1, A2, A3, A4):
        fault.write(reference, status="Complete", due=datetime(2026, 7, 1))


def register_text(fault: Fault) -> None:
    fault.add("Achievements", "2026-07", "Theme 1 - Homes", A1, "Linked to HO.A1.9: done", "yes")


FAULTS: tuple[tuple[str, str, Spoil, Severity | None], ...] = (
    # references
    ("a duplicate", "reference-duplicate", cells(ref=A1), ERROR),
    ("badly formed", "reference-badly-formed", cells(ref="HOA1.2"), WARNING),
    ("unreadable", "reference-unreadable", cells(ref="see below"), WARNING),
    ("out of sequence", "reference-out-of-sequence", cells(ref="HO.A1.9"), NOTE),
    ("no main action", "main-action-missing", without_a_main_action, WARNING),
    ("an update cites nothing", "reference-cited-unknown",
     update("Goes with HO.A1.8, whose tests ended in June. (RH 03/07/26)"), WARNING),
    ("an action cites nothing", "reference-cited-unknown",
     cells(action="Link to HO.Z1.4: lifts"), WARNING),
    ("a register cites nothing", "reference-cited-unknown", register_text, WARNING),
    # statuses
    ("a status nobody defined", "status-not-understood", status("Compleet"), ERROR),
    ("a spelling of its own", "status-spellings", status("ontrack"), NOTE),
    ("no status", "status-blank", status("", update=""), WARNING),
    ("neither status nor update of what is late", "status-blank",
     due(5, "", update=""), ERROR),
    ("no status beside an update", "status-blank", status(""), WARNING),
    ("N/A beside an update", "status-na-with-update", status("N/A"), WARNING),
    ("a list offers what nobody defined", "legend-not-understood", other_words_in_the_list,
     WARNING),
    ("a key defines what nobody knows", "legend-not-understood", key("Gone fishing", STATUSES),
     WARNING),
    ("a key that lacks a status", "status-not-in-key", key("On hold", STATUSES[1:5]), NOTE),
    # statuses against dates
    ("due this month and on track", "", due(7), None),
    ("due last month and on track", "due-passed-on-track", due(6), WARNING),
    ("due two months ago and on track", "due-passed-on-track", due(5), WARNING),
    ("due three months ago and on track", "due-passed-on-track", due(4), ERROR),
    ("complete long before its date", "complete-in-future", status("Complete", update="Complete"),
     WARNING),
    ("closed long before its date", "complete-in-future",
     all_of(status("Closed", update="N/A"), cells(status_2026_06="Complete",
                                                  update_2026_06="Done")), WARNING),
    ("not due to start, past its start", "not-due-after-start", status("Not due to start"),
     WARNING),
    ("amber over two months late", "rating-milder", due(3, AMBER, update=REASON), WARNING),
    ("on track, to end after its date", "update-later-than-due",
     due(8, update="68 of 120 done; completion is due in November. (RH 03/07/26)"), WARNING),
    ("amber, to end when red", "update-later-than-due",
     due(7, AMBER, update="Bids were few; it is to be finished in November. (RH 03/07/26)"),
     WARNING),
    ("what comes again is complete", "recurring-complete",
     cells(due="Quarterly", status="Complete"), NOTE),
    ("main action late, child open", "main-due-passed",
     cells(MAIN, due=datetime(2026, 6, 1)), NOTE),
    ("main action very late, child open", "main-due-passed",
     cells(MAIN, due=datetime(2026, 3, 1)), WARNING),
    ("red before its date", "rating-harsher",
     due(12, RED, update="Because bids were few, a second round is planned. (RH 03/07/26)"), NOTE),
    ("start after due", "start-after-due", cells(start=datetime(2027, 6, 1)), WARNING),
    ("the agreed date in the start column", "start-without-due", cells(due=""), WARNING),
    ("no date at all", "date-unreadable", cells(due="when the plan allows"), WARNING),
    ("a month that became a day", "date-mended", cells(due="27-Mar"), NOTE),
    # statuses against statuses
    ("main complete, child on track", "main-complete-child-open", complete_main(ON_TRACK),
     WARNING),
    ("main complete, child late", "main-complete-child-open", complete_main(RED), ERROR),
    ("children complete, main open", "children-complete-main-open", complete_children, WARNING),
    ("worse by two steps", "status-two-steps", due(4, RED, update="As above"), WARNING),
    ("better by two steps", "status-two-steps",
     all_of(cells(status_2026_06=RED, update_2026_06=REASON)), NOTE),
    ("reopened", "status-reopened", cells(status_2026_06="Complete"), WARNING),
    ("on hold for eight months", "on-hold-long",
     all_of(every_month(status="On hold"), update(REASON)), WARNING),
    ("closed and never complete", "closed-not-complete",
     status("Closed", update="The audit report of June shows it. (RH 03/07/26)"), WARNING),
    ("closed without evidence", "closed-without-evidence",
     status("Closed", update="All of it is behind us now. (RH 03/07/26)"), WARNING),
    # updates
    ("no update", "update-blank", update(""), NOTE),
    ("no update on a late one", "update-blank", due(6, AMBER, update=""), WARNING),
    ("last month's update", "update-copied", last_month_again, WARNING),
    *((f'"{words}"', "update-says-nothing", update(words), WARNING) for words in
      ("As above", "as last month", "as June update", "No change", "Complete", "complete.",
       "As June update. (RH 03/07/26)", "Ongoing", "On track", "No update")),
    *((f'"{words}"', "update-out-of-date", update(f"{words} (RH 03/07/26)"), WARNING) for words in
      ("The doors were ordered. Delivery is due in May.",
       "The paper will be presented to Cabinet on 13/05/26.",
       "The paper goes to Scrutiny on 9 June.")),
    *((f"amber without a reason: {words}", "update-without-reason",
       due(6, AMBER, update=f"{words} (RH 03/07/26)"), severity) for words, severity in
      (("60 of 120 lifts tested. The rest will be tested in August.", NOTE),
       ("60 of 120 lifts tested by the team.", WARNING))),
    ("red without a next step", "update-without-next-step",
     due(4, RED, update="The contractor withdrew in May because of costs. (RH 03/07/26)"),
     WARNING),
    ("amber without a next step", "update-without-next-step",
     due(6, AMBER, update="The contractor withdrew in May because of costs. (RH 03/07/26)"), NOTE),
    *((f'on track, and "{words}"', "update-contradicts-status",
       update(f"{words} (RH 03/07/26)"), WARNING) for words in
      ("The work has slipped to the spring.", "Work was delayed by the supplier.",
       "The project is paused.", "The pilot is on hold.")),
    ("on track, and not begun", "update-contradicts-status",
     update("Due to start September 2026"), WARNING),
    ("complete, and nothing has changed", "update-contradicts-status",
     due(7, "Complete", update="No change, we are putting the report together. (RH 03/07/26)"),
     WARNING),
    *((f'cut off: "…{words[-20:]}"', "update-cut-off", update(words), WARNING) for words in
      ("68 of 120 lifts tested, and the remaining lifts are going to be",
       "68 of 120 lifts tested. The tests found that the",
       "68 of 120 lifts tested (of which")),
    *((f'"{words}"', "update-note-to-colleague", update(words), WARNING) for words in
      ("Suggest this is closed. (RH 03/07/26)", "Lifts tested; check with RT (RH 03/07/26)",
       "68 of 120 tested. Sam, can you confirm the number? (RH 03/07/26)")),
    ("not signed", "update-without-initials", update("68 of 120 boilers serviced, as planned."),
     NOTE),
    ("one text on two rows", "update-same-on-rows", two_rows_the_same, WARNING),
    # owners and structure
    ("no lead", "lead-missing", cells(lead=""), WARNING),
    ("an owner whom nobody knows", "owner-not-on-sheet", cells(owner="Head of Lifts"), WARNING),
    ("a focus on a sub-action", "focus-on-sub-action", cells(focus="Focus 1"), NOTE),
    ("another focus than its main action", "focus-on-sub-action", cells(focus="Focus 2"), WARNING),
    ("a main action without a focus", "focus-missing", cells(MAIN, focus=""), WARNING),
    ("a lone letter", "workstream-one-letter", cells(workstream="c"), WARNING),
    ("one code, two texts", "we-will-two-texts",
     cells("HO.A2.0", we_will="H1 - We will plant ten thousand trees"), WARNING),
    ("two codes, one text", "we-will-two-codes",
     cells("HO.A2.0", we_will="H2 - We will mend homes at the first visit"), WARNING),
    ("milestones run together", "milestone-doubtful",
     cells(MAIN, milestones="Survey complete Plan complete Board in place"), NOTE),
    # change control
    ("moved in silence", "date-moved-in-silence", moved_in_silence, ERROR),
    ("a request that waits", "request-waiting", request(A2, "2026-04"), WARNING),
    ("a request in an update", "request-not-recorded",
     update("A new date goes to change control in August. (RH 03/07/26)"), WARNING),
    ("a request for no action", "request-reference-unknown", request("HO.Z9.9", "2026-07"),
     WARNING),
    # the workbook
    ("a cell in error", "cell-error", dashboard("=#REF!+1"), WARNING),
    ("a hidden row", "row-hidden", hidden, WARNING),
    ("a date as text", "number-as-text", text_for_number, WARNING),
    ("a row without the drop-down", "rules-uneven", no_drop_down, WARNING),
    ("a number format of its own", "rules-uneven", other_format, NOTE),
    ("a formula that reads June", "formula-reads-old-month",
     dashboard(f"=COUNTIF({SHEET}!X4:X13,\"On track\")"), WARNING),
    ("another workbook", "external-link", another_workbook, NOTE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "spoil", "severity"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_is_told_by_its_rule(
    tmp_path: Path, code: str, spoil: Spoil, severity: Severity | None
) -> None:
    told = _told(write(tmp_path / "spoilt.xlsx", spoil))
    assert (told.get(code) if code else None) is severity, told


def test_without_a_fault_nothing_is_told(tmp_path: Path) -> None:
    assert _told(write(tmp_path / "plan.xlsx")) == {}


def _told(tracker: Path) -> dict[str, Severity]:
    found = sheetplan.check(tracker, CHECKED).plan.checking.challenges
    return {challenge.code: challenge.severity for challenge in found}
