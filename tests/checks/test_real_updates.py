"""What is told of a real council's updates, each finding read and judged.

Every finding in the tracker of 2023 stands here by its reference, with those that the reader held
to be wrong apart. The council's two reports of January 2024 are judged by the rules that need
nothing but a text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

import pytest

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.checking import check
from sheetplan.checks.cut_off import is_cut_off
from sheetplan.checks.future_texts import FutureWords, names_time_ahead, promises
from sheetplan.checks.texts import (
    gives_next_step,
    gives_reason,
    note_to_colleague,
    says_nothing,
)
from sheetplan.model import Action, Month, MonthEntry, Reference, Theme, Tracker
from sheetplan.model.workbook_facts import WorkbookFacts
from tests.judges import shared_folder
from tests.reports.building import STANDARD

pytestmark = pytest.mark.shared

JUNE, JULY, JANUARY = Month(2023, 6), Month(2023, 7), Month(2024, 1)
WORDS = STANDARD.checks

TRUE = {
    JUNE: {
        "update-blank": "CO.C2.5 CO.D1.1 CO.D1.2 CO.D2.5 SD.A3.0",
        "update-says-nothing": "OC.B2.4 CO.D3.5 PR.A2.3 OC.D5.1 SD.D1.2 SD.E2.6 PC.F1.1",
        "update-contradicts-status": "PR.A1.8",  # on track, and due to start in September
        "update-out-of-date": "CO.C1.4 SD.A1.3",
        "update-without-reason": "OC.C4.1 SD.A5.3",
        "update-without-next-step": "OC.C4.1 CO.G1.4 SD.A5.3 SD.F1.0",
        "update-cut-off": "PC.A5.2",
        "update-note-to-colleague": "OC.E2.2 CO.D3.7 PC.B3.3",
        "update-without-initials": "1 2 3 5 6 DM.C3.1",
    },
    JULY: {
        "update-blank": "CO.C2.5 PR.C1.5",
        "update-copied": "OC.E2.4 OC.G1.3 OC.G1.4 OC.G1.5 CO.A1.11 CO.B1.5 CO.B3.1 CO.B3.2 CO.C2.6 "
        "CO.D4.4 CO.D4.5 SD.A7.2 SD.A8.3 SD.D1.3 SD.D1.4 PC.A1.3 PC.F1.3 PR.A1.8 PR.A3.3",
        "update-says-nothing": "OC.B2.4 CO.C1.8 OC.D5.1 SD.D1.2 SD.E2.6 PC.F1.1",
        # "No change", and complete since June; on track, and due to start in September
        "update-contradicts-status": "CO.C1.5 CO.C1.6 PR.A1.8",
        "update-without-reason": "CO.D1.1 SD.A5.3 SD.A6.4 PC.A5.2 PR.D1.3",
        "update-without-next-step": "PR.C1.1 SD.F1.0",
        "update-cut-off": "OC.C4.1 PR.B1.6",
        "update-note-to-colleague": "OC.B2.1 CO.E1.4 SD.A1.2b PC.B3.3",
        "update-without-initials": "1 2 3 5 6 DM.C3.1",
    },
}
"""By month and rule; a figure is a sheet on which hardly anyone signs."""

FALSE = {
    # The delay that it tells of was over; a reason, but in words that are on no list.
    JUNE: {"update-contradicts-status": "PC.A4.3", "update-without-reason": "PR.D1.3"},
    # An assurance action of every third month, which July is not; "extended" to finish a design.
    JULY: {"update-blank": "CO.D2.5", "update-without-reason": "CO.A1.9"},
}


def data(name: str):
    folder = shared_folder()
    if folder is None:
        pytest.skip("the reference data are not on this machine")
    return json.loads((folder / "data" / f"{name}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    themes = data("improvement_plan_tracker_2023-07")["themes"]
    return Tracker(
        tuple(
            Theme(theme["title"], str(number), tuple(_actions(theme, str(number))))
            for number, theme in enumerate(themes, start=1)
        ),
        (JUNE, JULY),
    )


def _actions(theme, sheet: str) -> Iterator[Action]:
    for number, row in enumerate(theme["rows"], start=5):
        entries = {}
        for said in row["updates"]:
            month = Month.parse(said["month"])
            entries[month] = MonthEntry(month, said["status"], said["update"])
        yield Action(row["ref"], Reference.parse(row["ref"]), sheet, number, {}, entries)


@pytest.mark.parametrize("month", [JUNE, JULY], ids=str)
def test_every_finding_of_the_tracker_has_been_judged(tracker, month):
    facts = WorkbookFacts(asks_for_initials=frozenset("123456"))
    plan = CheckedPlan(tracker, month, STANDARD, facts=facts)
    found = defaultdict(set)
    for challenge in check(plan, only=("updates",)).challenges:
        found[challenge.code] |= {place.reference or place.sheet for place in challenge.places}
    judged = defaultdict(set)
    for kind in (TRUE, FALSE):
        for code, references in kind[month].items():
            judged[code] |= set(references.split())
    assert found == judged


# ---------------------------------------------------------------- the reports of January 2024


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text of both reports, by where it stands."""
    return dict(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    for number, theme in enumerate(data("theme_progress_2024-01")["themes"], start=1):
        for block in theme["focus1"]:
            for part in ("summary", "progress_this_month", "next_steps", "issues_raised"):
                for place, text in enumerate(block[part], start=1):
                    yield f"{number} {block['workstream']} {part} {place}", text
        for item in theme["focus2_exceptions"]:
            yield f"{number} exception {item['ref']}", item["progress_commentary"]
        for group in theme["achievements"]:
            for place, text in enumerate(group["items"], start=1):
                yield f"{number} achieved {group['month']} {place}", text
        for place, milestone in enumerate(theme["key_milestones"], start=1):
            yield f"{number} milestone {place}", milestone["raw"]
    for recommendation in data("statutory_appendix_2024-01")["recommendations"]:
        code = recommendation["code"]
        groups = [group for theme in recommendation["themes"] for group in theme["groups"]]
        for number, group in enumerate(groups, start=1):
            for place, text in enumerate(group["items"], start=1):
                yield f"{code} {number} {place}", text
        for kind in ("outstanding", "completed"):
            for place, milestone in enumerate(recommendation[f"{kind}_milestones"], start=1):
                yield f"{code} {kind} {place}", milestone["raw"]


def test_promises_of_the_reports_that_have_passed(texts):
    words = FutureWords(WORDS.still_to_come, WORDS.meetings, STANDARD.dates)
    found = {
        place
        for place, text in texts.items()
        if any(p.last_day(JANUARY) < JANUARY.first_day for p in promises(text, words))
    }
    assert found == {
        "4 achieved October 1", "5 milestone 3", "5 milestone 6", "S1 3 3", "S1 4 1",
    }  # fmt: skip


def test_texts_of_the_reports_that_are_cut_off(texts):
    found = {place for place, text in texts.items() if is_cut_off(text)}
    stray_dash = "4 milestone 1"  # not cut off, as the reader holds
    assert found == {"S3 1 4", stray_dash}


def test_nothing_of_the_reports_says_nothing_or_was_meant_for_a_colleague(texts):
    assert not [text for text in texts.values() if says_nothing(text, WORDS.says_nothing)]
    assert not [text for text in texts.values() if note_to_colleague(text, WORDS.to_colleague)]


def test_exceptions_of_the_reports_without_a_reason_or_a_next_step(texts):
    exceptions = {
        place.rpartition(" ")[2]: text for place, text in texts.items() if "exception" in place
    }
    assert len(exceptions) == 12
    assert {
        reference
        for reference, text in exceptions.items()
        if not gives_reason(text, WORDS.gives_reason, WORDS.meetings)
    } == {"OC.E2.4", "OC.G1.3"}
    assert {
        reference
        for reference, text in exceptions.items()
        if not gives_next_step(text, WORDS.gives_next_step)
        and not names_time_ahead(text, JANUARY, STANDARD.dates)
    } == {"OC.G1.3", "PR.D1.3"}
