"""The section [checks]: what is understood, and what is refused with a word on how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetplan.checks.checking import rules_by_code
from sheetplan.errors import SettingsError
from sheetplan.model import Severity
from sheetplan.settings import load_profile, settings_text
from sheetplan.settings.checks import CheckSettings

STANDARD = load_profile("standard").checks


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], CheckSettings]:
    """The [checks] of a sheetplan.toml that adds this text to the standard profile."""

    def loaded(text: str) -> CheckSettings:
        path = tmp_path / "sheetplan.toml"
        path.write_text(f'profile = "standard"\n{text}\n', encoding="utf-8")
        return load_profile(path).checks

    return loaded


def test_the_standard_profile_asks_every_rule_at_its_own_severity() -> None:
    assert (dict(STANDARD.severities), dict(STANDARD.off)) == ({}, {})
    assert (STANDARD.on_hold_months, STANDARD.request_months) == (6, 1)
    assert "As above" in STANDARD.says_nothing


def test_a_file_replaces_what_it_names_and_nothing_else(
    load: Callable[[str], CheckSettings],
) -> None:
    checks = load('[checks]\non_hold_months = 3\nsays_nothing = ["Nothing new"]')
    assert (checks.on_hold_months, checks.says_nothing) == (3, ("Nothing new",))
    assert checks.request_months == STANDARD.request_months
    assert checks.gives_reason == STANDARD.gives_reason


def test_a_list_may_be_empty_so_that_nothing_is_judged_by_it(
    load: Callable[[str], CheckSettings],
) -> None:
    assert load("[checks]\nto_colleague = []").to_colleague == ()


def test_a_file_says_how_much_a_rule_matters(load: Callable[[str], CheckSettings]) -> None:
    checks = load('[checks.severity]\nlead-missing = "error"\nfocus-missing = "note"')
    assert checks.severities == {
        "lead-missing": Severity.ERROR,
        "focus-missing": Severity.NOTE,
    }
    assert checks.off == {}


def test_a_file_switches_rules_off_with_a_reason(load: Callable[[str], CheckSettings]) -> None:
    checks = load('[checks.off]\nfocus-missing = "  All of ours are in full.  "')
    assert checks.off == {"focus-missing": "All of ours are in full."}
    assert checks.severities == {}


def test_a_whole_file_that_is_older_than_the_section_checks_as_the_standard_profile(
    tmp_path: Path,
) -> None:
    whole = settings_text()
    begin, end = whole.index("[checks]"), whole.index("[templates]")
    path = tmp_path / "sheetplan.toml"
    path.write_text(whole[:begin] + whole[end:], encoding="utf-8")
    assert load_profile(path).checks == STANDARD


def test_the_examples_in_the_profile_name_rules_that_there_are() -> None:
    text = settings_text()
    section = text[text.index("[checks]") : text.index("[templates]")]
    codes = re.findall(r"[Ww]rite ([a-z]+(?:-[a-z]+)+) =", section)
    assert len(codes) == 2
    assert set(codes) <= {rule.code for _, rule in rules_by_code()}


@pytest.mark.parametrize(
    ("text", "place", "problem", "remedy"),
    [
        (
            "[checks]\non_hold_month = 3",
            "[checks]",
            '"on_hold_month" means nothing here.',
            'Did you mean "on_hold_months"?',
        ),
        (
            "[checks]\non_hold_months = 0",
            "[checks]",
            "on_hold_months must be a whole number from 1 to 60, not 0.",
            "",
        ),
        (
            "[checks]\nrequest_months = true",
            "[checks]",
            "request_months must be a whole number from 1 to 60, not True.",
            "",
        ),
        (
            '[checks]\nmeetings = "Cabinet"',
            "[checks]",
            "meetings must be a list of words between straight quotes",
            "",
        ),
        (
            '[checks]\nmeetings = ["Cabinet", " - "]',
            "[checks]",
            'meetings: " - " has no letter or figure to look for.',
            "",
        ),
        (
            '[checks]\nseverity = "error"',
            "[checks]",
            "severity must be a section of its own, under the line [checks.severity].",
            "",
        ),
        (
            '[checks.severity]\nlead-missing = "eror"',
            "[checks.severity]",
            "lead-missing: 'eror' is not known.",
            'Did you mean "error"? Accepted: error, warning, note.',
        ),
        (
            "[checks.severity]\nlead-missing = false",
            "[checks.severity]",
            "lead-missing: False is not known.",
            "Accepted: error, warning, note.",
        ),
        (
            '[checks]\noff = ["lead-missing"]',
            "[checks]",
            "off must be a section of its own, under the line [checks.off].",
            "",
        ),
        (
            '[checks.off]\nlead-missing = "  "',
            "[checks.off]",
            "lead-missing has no reason.",
            "Say why: lead-missing = ",
        ),
        (
            "[checks.off]\nlead-missing = true",
            "[checks.off]",
            "lead-missing must be words between straight quotes, not True.",
            "",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(
    load: Callable[[str], CheckSettings], text: str, place: str, problem: str, remedy: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load(text)
    assert refused.value.where == "sheetplan.toml"
    assert refused.value.message.startswith(f"{place} {problem}")
    assert remedy in refused.value.remedy
