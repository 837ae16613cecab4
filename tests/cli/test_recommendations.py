"""`sheetplan recommendations`, as officers see it; test_summarise.py has what reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import workbook_from_text
from tests.cli.running import names_in, run, unharmed
from tests.cycle.test_recommendations import REGISTER, THEMES


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    workbook_from_text(tmp_path / "register.xlsx", {"Answers": REGISTER})
    return workbook_from_text(tmp_path / "plan.xlsx", THEMES)


def test_each_recommendation_is_listed_with_its_verdict_and_what_answers_it(tracker: Path) -> None:
    done = run("recommendations", tracker, "--register", tracker.with_name("register.xlsx"))
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("plan.xlsx: recommendation progress, July 2026\n")
    assert "A1 Delivered Complete: LC.A1.1" in done.printed
    assert "P1 At risk as A2; Amber – medium progress: LC.A1.2;" in done.printed
    assert "Peers 2 1 at risk, 1 cites a reference that is not there" in done.printed
    assert "[register.xlsx]Answers!E5 (P2) no row of the tracker has the reference" in done.printed
    assert "Sheet Recommendations answered, a new sheet at the end" in done.printed
    assert names_in(tracker.parent) == [
        "plan (before recommendation progress July 2026).xlsx",
        "plan.xlsx",
        "register.xlsx",
    ]


def test_a_rehearsal_writes_nothing(tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = run(
            "recommendations", tracker, "--register", tracker.with_name("register.xlsx"), "-n"
        )
    assert "Sheet Recommendations answered, a new sheet at the end" in done.printed


def test_json_has_each_recommendation_and_the_coverage(tracker: Path) -> None:
    register = tracker.with_name("register.xlsx")
    report = run("recommendations", tracker, "--register", register, "--json", "-n").data["report"]
    line = report["lines"][3]
    assert (line["code"], line["verdict"]) == ("P2", "unknown reference")
    assert line["unknown"][0]["reference"] == "FA.A1.7"
    assert report["lines"][1]["actions"][0]["rating"]["meaning"] == "medium progress"
    assert report["total"]["codes"]["at risk"] == ["A2", "P1"]


def test_what_is_not_monitored_is_listed_apart(tmp_path: Path) -> None:
    text = """
        | Ref | Recommendation | Response    | Monitored |
        | A1  | Agree values   | See LC.A1.1 | yes       |
        | A2  | Use them       | See LC.A1.2 | no        |
    """
    path = workbook_from_text(tmp_path / "plan.xlsx", {**THEMES, "Answers": text})
    done = run("recommendations", path, "-n")
    assert done.status == 0
    first, _, apart = done.printed.partition("Not monitored through the plan")
    assert "A1 Delivered" in first
    assert "A2" not in first
    assert "A2 At risk" in apart
    assert "All reviews 1 1 delivered, 1 not monitored" in apart


def test_without_a_register_nothing_is_written_and_the_option_is_named(tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = run("recommendations", tracker)
    assert (done.status, done.out) == (3, "")
    assert "name it with --register FILE" in done.said


def test_a_workbook_without_a_register_is_refused(tracker: Path) -> None:
    done = run("recommendations", tracker, "--register", tracker)
    assert done.status == 3
    assert "plan.xlsx: no sheet is a register of recommendations." in done.said
