"""Checking a tracker: the month, the rules, what stands in the settings, and odd trackers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sheetplan
from sheetplan.cycle.check_plan import CheckPlan
from sheetplan.errors import (
    MonthMissingError,
    RuleNotFoundError,
    SettingsError,
    SheetNotFoundError,
    WorkbookInUseError,
)
from sheetplan.model.finding import Severity
from sheetplan.model.month import Month
from tests.cycle.checking import PLAN, RULES, tracker_to_check

JUNE, JULY = Month(2026, 6), Month(2026, 7)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with a status that nobody knows in July, and without two leads."""
    return tracker_to_check(tmp_path / "plan.xlsx")


def found(plan: CheckPlan) -> list[tuple[str, list[str]]]:
    """The rule of each finding and its cells."""
    return [(c.code, [place.cell for place in c.places]) for c in plan.checking.challenges]


def check(path: Path, *rules: str, **more: object) -> CheckPlan:
    """A check by some rules."""
    return sheetplan.plan_check(path, rules=rules or RULES, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- what is found


def test_what_is_wrong_is_found_with_its_cells_and_nothing_is_written(tracker: Path) -> None:
    before = tracker.read_bytes()
    result = sheetplan.check(tracker, rules=RULES)
    assert found(result.plan) == [
        ("status-not-understood", ["G3"]),
        ("lead-missing", ["C3", "C5"]),
    ]
    assert result.plan.has_errors
    assert (result.output, result.backup) == (None, None)
    assert tracker.read_bytes() == before
    assert [path.name for path in tracker.parent.iterdir()] == ["plan.xlsx"]


def test_a_tracker_in_which_nothing_is_wrong_has_no_findings(tmp_path: Path) -> None:
    sound = PLAN.replace("Onn track", "On track ").replace("|      |", "| Cleo |")
    plan = check(tracker_to_check(tmp_path / "plan.xlsx", sound))
    assert found(plan) == []
    assert not plan.has_errors


def test_a_check_is_plain_data(tracker: Path) -> None:
    data = json.loads(json.dumps(check(tracker).as_data()))
    assert (data["month"], data["latest_month"], data["newest_filled"]) == ("2026-07",) * 3
    assert data["totals"] == {
        "errors": {"findings": 1, "places": 1},
        "warnings": {"findings": 1, "places": 2},
        "notes": {"findings": 0, "places": 0},
        "answered": {"findings": 0, "places": 0},
    }
    error = data["findings"][0]
    assert (error["rule"], error["family"], error["severity"]) == (
        "status-not-understood", "statuses", "error",
    )  # fmt: skip
    (place,) = error["places"]
    key = place.pop("key")
    assert len(key) == 8
    assert place == {
        "sheet": "Theme 1", "cell": "G3", "reference": "LC.A1.2", "says": "Onn track",
        "month": "2026-07",
    }  # fmt: skip
    assert (data["only"], data["off"], data["registers"]) == (sorted(RULES), {}, [])


# ---------------------------------------------------------------- the month


def test_the_newest_month_that_is_filled_in_is_checked(tmp_path: Path) -> None:
    rolled = PLAN.replace("RAG Jul-26 | Update Jul-26", "RAG Jul-26 | Update Jul-26 | RAG Aug-26")
    plan = check(tracker_to_check(tmp_path / "plan.xlsx", rolled))
    assert (plan.month, plan.newest_filled, plan.latest_month) == (JULY, JULY, Month(2026, 8))
    assert [code for code, _ in found(plan)] == list(RULES)


def test_another_month_can_be_named(tracker: Path) -> None:
    plan = check(tracker, month="June 2026")
    assert plan.month == JUNE
    assert [code for code, _ in found(plan)] == ["lead-missing"]


def test_a_month_that_the_tracker_does_not_have_is_refused(tracker: Path) -> None:
    with pytest.raises(MonthMissingError, match=r"plan\.xlsx: .*does not have May 2026"):
        check(tracker, month="May 2026")


def test_what_is_no_month_is_refused(tracker: Path) -> None:
    with pytest.raises(ValueError, match="Jumbly"):
        check(tracker, month="Jumbly")


# ---------------------------------------------------------------- rules


def test_rules_are_named_by_code_or_by_family(tracker: Path) -> None:
    assert {code for code, _ in found(check(tracker, "owners"))} >= {"lead-missing"}
    assert [code for code, _ in found(check(tracker, "lead-missing"))] == ["lead-missing"]
    assert found(sheetplan.plan_check(tracker, rules="lead-missing")) == found(
        check(tracker, "lead-missing")
    )


def test_a_rule_that_there_is_not_is_refused_with_the_nearest(tracker: Path) -> None:
    with pytest.raises(RuleNotFoundError) as raised:
        check(tracker, "led-missing")
    assert str(raised.value) == (
        '"led-missing" is no rule, and no family of rules. Did you mean "lead-missing"? sheetplan '
        "check --rules lists them all."
    )
    with pytest.raises(RuleNotFoundError, match='Did you mean "owners"'):
        check(tracker, "owner")


def settings(tracker: Path, text: str) -> None:
    (tracker.parent / "sheetplan.toml").write_text(f'profile = "standard"\n{text}', "utf-8")


def test_a_rule_can_be_switched_off_with_a_reason(tracker: Path) -> None:
    settings(tracker, '[checks.off]\nlead-missing = "Leads stand on another sheet"')
    plan = check(tracker)
    assert [code for code, _ in found(plan)] == ["status-not-understood"]
    assert plan.checking.off == {"lead-missing": "Leads stand on another sheet"}
    (rule,) = [rule for rule in sheetplan.check_rules(tracker) if rule.code == "lead-missing"]
    assert rule.off == "Leads stand on another sheet"


def test_a_rule_can_matter_more(tracker: Path) -> None:
    settings(tracker, '[checks.severity]\nlead-missing = "error"')
    assert {c.severity for c in check(tracker, "lead-missing").checking.challenges} == {
        Severity.ERROR
    }
    (rule,) = [rule for rule in sheetplan.check_rules(tracker) if rule.code == "lead-missing"]
    assert rule.severity is Severity.ERROR


@pytest.mark.parametrize("section", ["severity", "off"])
def test_settings_that_name_a_rule_that_there_is_not_are_refused(
    section: str, tracker: Path
) -> None:
    settings(tracker, f'[checks.{section}]\nlead-misses = "error"')
    with pytest.raises(SettingsError) as raised:
        check(tracker)
    assert str(raised.value).startswith(
        f'sheetplan.toml: [checks.{section}] "lead-misses" is no rule. Did you mean "lead-missing"?'
    )
    with pytest.raises(SettingsError):
        sheetplan.check_rules(tracker)


def test_every_rule_is_listed_with_why_it_matters() -> None:
    rules = sheetplan.check_rules()
    assert len({rule.code for rule in rules}) == len(rules) > 30
    assert all(rule.why.endswith(".") and not rule.off for rule in rules)


# ---------------------------------------------------------------- odd trackers


ODD = {
    "no dates": "| Ref | Action | RAG Jul-26 |\n| LC.A1.1 | Train | On track |",
    "one row": "| Ref | Action | Due date | RAG Jul-26 |\n| LC.A1.1 | Train | Jul-27 | On track |",
    "no rows": "| Ref | Action | RAG Jun-26 | RAG Jul-26 |",
    "no leads": "| Ref | RAG Jul-26 |\n| LC.A1.1 | On track |\n| LC.A1.2 | On track |",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_tracker_is_checked_for_what_can_be_checked(text: str, tmp_path: Path) -> None:
    plan = sheetplan.plan_check(tracker_to_check(tmp_path / "plan.xlsx", text))
    assert plan.month == JULY
    assert not plan.has_errors


def test_a_tracker_that_nobody_has_filled_in_is_checked_all_the_same(tmp_path: Path) -> None:
    text = (
        "| Ref | Action | RAG Jun-26 | RAG Jul-26 |\n| LC.A1.1 | Train | | |\n| LC.A1.1 | Do | | |"
    )
    plan = sheetplan.plan_check(tracker_to_check(tmp_path / "plan.xlsx", text))
    assert (plan.month, plan.newest_filled) == (JULY, None)
    assert "reference-duplicate" in {code for code, _ in found(plan)}


def test_a_month_in_which_nothing_is_filled_in_can_be_checked(tmp_path: Path) -> None:
    text = "| Ref | Action | RAG Jun-26 | RAG Jul-26 |\n| LC.A1.1 | Train | On track | |"
    path = tracker_to_check(tmp_path / "plan.xlsx", text)
    assert sheetplan.plan_check(path).month == JUNE
    plan = sheetplan.plan_check(path, JULY)
    assert (plan.month, plan.newest_filled) == (JULY, JUNE)


def test_a_workbook_without_a_tracker_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetNotFoundError, match=r"plan\.xlsx"):
        check(tracker_to_check(tmp_path / "plan.xlsx", "| Budget | 2026 |\n| Roads | 12 |"))


def test_a_tracker_that_somebody_has_open_can_be_checked_but_not_written_into(
    tracker: Path,
) -> None:
    tracker.with_name("~$plan.xlsx").write_bytes(b"")
    assert check(tracker).has_errors
    with pytest.raises(WorkbookInUseError):
        check(tracker, into_tracker=True)


def test_an_output_without_findings_to_write_is_a_slip(tracker: Path) -> None:
    with pytest.raises(ValueError, match="into_tracker"):
        sheetplan.check(tracker, output=tracker.with_name("out.xlsx"))
