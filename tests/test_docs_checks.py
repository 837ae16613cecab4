"""The page on checks says what is so: every rule as the registry has it, and the figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import fields
from pathlib import Path

import pytest

import sheetplan
from sheetplan.checks.families import FAMILIES
from sheetplan.model.month import Month
from sheetplan.settings.checks import CheckSettings
from tests.checks import test_real_statuses, test_real_updates
from tests.checks.well_kept import rated_rows
from tests.documents import DOCS

PAGE = (DOCS / "checks.md").read_text("utf-8")

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
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
    found, false = (sum(int(row[column]) for row in figures) for column in (2, 4))
    assert f"{found} cells were found, of which {_WORDS[false]} were judged false" in PAGE
    assert f"{rated_rows()} rated rows" in PAGE


@pytest.mark.shared
def test_the_figures_are_those_of_the_tracker(shared: Path) -> None:
    tracker = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    july, june = (_found(tracker, Month(2023, month)) for month in (7, 6))
    assert july == [
        (code, severity, int(true), int(false))
        for code, severity, _, true, false in sorted(_FIGURES.findall(PAGE))
    ]
    true, false = (sum(row[column] for row in june) for column in (2, 3))
    assert f"In June there were {true + false}, of which {_WORDS[false]} were judged" in PAGE


def _found(tracker: Path, month: Month) -> list[tuple[str, str, int, int]]:
    """By rule and severity, in how many cells something was found that is true, and that is not."""
    judged = [rules.FALSE[month] for rules in (test_real_statuses, test_real_updates)]
    found: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for challenge in sheetplan.check(tracker, month).plan.checking.challenges:
        false = {reference for each in judged for reference in each.get(challenge.code, "").split()}
        for place in challenge.places:
            found[challenge.code, challenge.severity.value][place.reference in false] += 1
    return sorted((*key, counts[False], counts[True]) for key, counts in found.items())
