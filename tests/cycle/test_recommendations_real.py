"""A real register of 43 recommendations, answered from the ratings of its council's tracker.

What each answer cites, and whether it is there, stands in the register's own data; the ratings are
read from the tracker's data with nothing of the project. See shared/README.md.
"""

from __future__ import annotations

import json
import re
import shutil
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import sheetplan
from sheetplan.reports.progress_content import RecommendationLine, Verdict
from tests.judges import calamine_values, diff, openpyxl_values, shared_folder, valid

pytestmark = pytest.mark.shared

Row = dict[str, Any]
HEADINGS = {
    "Review report": "review_report",
    "KLOE": "kloe_ref",
    "Strand": "strand",
    "Ref": "normalised_ref",
    "Recommendation": "recommendation",
    "Response": "response",
    "Incorporation into Improvement Plan": "incorporation",
    "Change control": "change_control",
}
LATE = ("Medium", "Significant", "On Hold", "On hold")
DONE = ("Complete", "Closed")
SETTLED = (*DONE, "N/A", "Assurance")
UNDER_WAY = ("On Track", "On track", "Not due")


class Real:
    """The register as a workbook, the tracker, and what the data say of both."""

    def __init__(self, folder: Path) -> None:
        shared = shared_folder()
        assert shared is not None
        data = shared / "data"
        name = "improvement_plan_tracker_2023-07"
        self.rows: list[Row] = json.loads((data / "recommendations_register.json").read_text())
        self.before, self.tracker = data / f"{name}.xlsx", folder / "plan.xlsx"
        shutil.copyfile(self.before, self.tracker)
        plan = json.loads((data / f"{name}.json").read_text("utf-8"))
        self.statuses = {
            _tidy(row["ref"]): next(
                said["status"] for said in row["updates"] if said["month"] == "2023-07"
            )
            for theme in plan["themes"]
            for row in theme["rows"]
        }
        self.register = folder / "register.xlsx"
        book = openpyxl.Workbook()
        book.active.append(list(HEADINGS))
        for row in self.rows:
            book.active.append([row[field] for field in HEADINGS.values()])
        book.save(self.register)

    @cached_property
    def lines(self) -> tuple[RecommendationLine, ...]:
        plan = sheetplan.plan_recommendations(self.tracker, register=self.register)
        plan.apply()
        return plan.content.lines

    def expected(self, row: Row) -> tuple[set[str], set[str]]:
        """The actions that answer a row, and the references of it that are not there.

        A main action stands for its sub-actions, where it has any; a row that says "see K1" has
        what K1 has.
        """
        there: set[str] = set()
        gone: set[str] = set()
        for detail in row["ip_ref_details"]:
            if detail["in_tracker_july_2023"]:
                there |= self._actions(detail["ref"])
            else:
                gone.add(detail["ref"])
        for other in self.rows:
            if other["row_id"] in row["see_also"]:
                more, also_gone = self.expected(other)
                there, gone = there | more, gone | also_gone
        return there, gone

    def _actions(self, cited: str) -> set[str]:
        stem = re.escape(cited.removesuffix(".0"))
        family = {r for r in self.statuses if re.match(rf"{stem}(?:\d+)?(?:\.\d+\w?)?$", r)}
        if re.search(r"\.[1-9]\d*$", cited):
            family = {cited}
        return {r for r in family if not r.endswith(".0")} or family


def _tidy(reference: str) -> str:
    """A reference as it should be typed: OCA2.1 is OC.A2.1."""
    return re.sub(r"^([A-Z]{2})([A-Z]\d)", r"\1.\2", "".join(reference.split()))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    return Real(tmp_path_factory.mktemp("register"))


def test_every_reference_of_every_answer_is_found_and_none_is_invented(real: Real) -> None:
    assert len(real.lines) == len(real.rows) == 43
    for row, line in zip(real.rows, real.lines, strict=True):
        there, gone = real.expected(row)
        assert {_tidy(action.reference) for action in line.actions} == there, row["row_id"]
        assert {item.reference for item in line.unknown} == gone, row["row_id"]


def test_each_answer_points_to_the_recommendations_that_the_data_name(real: Real) -> None:
    for row, line in zip(real.rows, real.lines, strict=True):
        assert list(line.through) == row["see_also"], row["row_id"]


def test_each_verdict_follows_from_the_statuses_of_the_month(real: Real) -> None:
    for row, line in zip(real.rows, real.lines, strict=True):
        there, gone = real.expected(row)
        statuses = [real.statuses[reference] for reference in there]
        if any(status.startswith(LATE) for status in statuses):
            wanted = {Verdict.AT_RISK}
        elif gone:
            wanted = {Verdict.UNKNOWN_REFERENCE}
        elif not there:
            wanted = {Verdict.OUTSIDE_THE_PLAN, Verdict.NO_TRACE}
        elif all(status.startswith(SETTLED) for status in statuses):
            wanted = {Verdict.DELIVERED}
        elif all(status.startswith((*SETTLED, *UNDER_WAY)) for status in statuses):
            wanted = {Verdict.ON_TRACK}
        else:
            wanted = {Verdict.NOT_RATED}
        assert line.verdict in wanted, row["row_id"]


def test_the_answers_that_name_no_action_were_told_apart_by_eye(real: Real) -> None:
    by_verdict = {
        verdict: {
            row["row_id"]
            for row, line in zip(real.rows, real.lines, strict=True)
            if line.verdict is verdict
        }
        for verdict in (Verdict.OUTSIDE_THE_PLAN, Verdict.NO_TRACE)
    }
    assert by_verdict == {
        Verdict.OUTSIDE_THE_PLAN: {
            "K3", "I3", "I9", "I10", "GT-KLOE8-1", "GT-KLOE8-4", "LGA-01",
        },
        Verdict.NO_TRACE: {
            "I1", "I2", "I11", "I12", "I15", "I22", "I23", "LGA-07", "LGA-08",
        },
    }  # fmt: skip


def test_the_only_note_in_the_texts_is_the_one_that_the_data_name(real: Real) -> None:
    (noted,) = [row for row in real.rows if "typed inside" in (row["reviewer_note_basis"] or "")]
    findings = sheetplan.plan_recommendations(real.tracker, register=real.register).findings
    (left,) = [f for f in findings if f.code == "recommendation-note-left"]
    assert left.cell == f"H{real.rows.index(noted) + 2}"


def test_nothing_of_the_tracker_is_lost(real: Real) -> None:
    assert real.lines
    assert diff(real.before, real.tracker).harm == []
    assert valid(real.before, real.tracker) == []
    sheet = "Recommendations answered"
    assert calamine_values(real.tracker)[sheet] == openpyxl_values(real.tracker)[sheet]
