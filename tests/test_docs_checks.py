"""The page on checks says what is so: every rule as the registry has it, and the figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

import sheetplan
from sheetplan.checks.families import FAMILIES
from sheetplan.settings.checks import CheckSettings
from tests.checks.well_kept import rated_rows
from tests.documents import DOCS

PAGE = (DOCS / "checks.md").read_text("utf-8")

_SECTION = re.compile(r"^The family `([a-z-]+)`\.$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"^\| `([a-z-]+)` \| (\w+)[^|]* \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_FIGURES = re.compile(r"^\| `([a-z-]+)` \| (\w+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


def test_every_rule_stands_under_its_family_with_its_severity_and_its_reason() -> None:
    told = {family: _RULE.findall(text) for family, text in _SECTION.findall(PAGE)}
    assert told == {
        family: [(rule.code, rule.severity.value, rule.why) for rule in rules]
        for family, rules in FAMILIES.items()
    }


def test_every_setting_is_described() -> None:
    own_sections = {"severities": "[checks.severity]", "off": "[checks.off]"}
    names = [field.name for field in fields(CheckSettings)]
    sought = [own_sections.get(name, name) for name in names]
    assert [name for name in sought if name not in PAGE] == []


def test_every_rule_that_knows_a_text_by_its_words_says_what_it_cannot_see() -> None:
    section = PAGE[PAGE.index("## What the rules on texts") : PAGE.index("## How far to trust it")]
    texts = [rule.code for rule in FAMILIES["updates"] if rule.code != "update-blank"]
    assert [code for code in texts if f"`{code}`" not in section] == []


def test_the_figures_add_up() -> None:
    figures = _FIGURES.findall(PAGE)
    assert figures
    assert all(int(cells) == int(true) + int(false) for _, _, cells, true, false in figures)
    assert f"{sum(int(row[2]) for row in figures)} cells were found" in PAGE
    assert f"{rated_rows()} rated rows" in PAGE


@pytest.mark.shared
def test_the_figures_are_those_of_the_tracker(shared: Path) -> None:
    tracker = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    assert _found(tracker, "2023-07") == {
        (code, severity): int(cells) for code, severity, cells, _, _ in _FIGURES.findall(PAGE)
    }
    assert f"In June there were {sum(_found(tracker, '2023-06').values())}, " in PAGE


def _found(tracker: Path, month: str) -> Counter[tuple[str, str]]:
    """In how many cells each rule finds something, by how much that matters."""
    found = Counter[tuple[str, str]]()
    for challenge in sheetplan.check(tracker, month).plan.checking.challenges:
        found[challenge.code, challenge.severity.value] += len(challenge.places)
    return found
