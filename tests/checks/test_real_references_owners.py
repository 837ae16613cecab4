"""What the rules on references and owners find in a real council's tracker.

Every finding was read beside its row and judged by hand; none of these is false. Beside each list
stands what makes it true.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.families import FAMILIES
from sheetplan.checks.rule import Rule
from sheetplan.cycle.report_opening import open_for_report
from sheetplan.model import Month
from sheetplan.model.citations import KnownReferences, cited
from sheetplan.model.return_records import OwnerRecord
from tests.checks.building import found
from tests.judges import shared_folder

pytestmark = pytest.mark.shared

RULES = {rule.code: rule for family in ("references", "owners") for rule in FAMILIES[family]}

FOUND = {
    "reference-duplicate": [],
    # The first dot is left out, or a space stands before the letter.
    "reference-badly-formed": ["OCA2.0", "OCA2.1", "OCA2.3", "OCA2.4", "PR.C1.2 b"],
    "reference-unreadable": [],
    # The rows run D3.0, 6, 4, 5, 7 and F1.0, 1, 3, 2.
    "reference-out-of-sequence": ["CO.D3.6", "PC.F1.3"],
    "main-action-missing": [],
    # Its action cites PC.C1.4, and PC.C1 has 0, 1 and 2.
    "reference-cited-unknown": ["PR.C1.5"],
    "lead-missing": [],
    "owner-not-on-sheet": [],  # there is no Owners sheet
    # Both say what their main action says; all other sub-actions say N/A or nothing.
    "focus-on-sub-action": ["CO.B1.6", "CO.B1.7"],
    "focus-missing": [],
    # A lone letter, pasted over the name that its main action has.
    "workstream-one-letter": ["PR.B1.6"],
    # O17 is two promises; O11, O18 and O8 are one promise in two wordings each.
    "we-will-two-texts": [
        "CO.B1.0", "CO.B3.0", "CO.C2.0", "CO.D4.0", "CO.D3.0", "CO.E1.0", "CO.F5.0", "SD.F1.0",
    ],
    # O2 and O22 differ in one verb, and in what O2 adds at its end.
    "we-will-two-codes": ["OC.B2.0", "CO.B1.6"],
    # Each holds two or more milestones whose line breaks were lost.
    "milestone-doubtful": [
        "CO.A1.0", "CO.B3.0", "CO.C1.0", "CO.E1.3", "CO.G1.0", "CO.G1.1", "SD.B1.0",
    ],
}  # fmt: skip

# What the council's register of recommendations cites, copied down by eye from its notes; a
# question mark where the tracker has no such row.
CITED_IN_REGISTER = [
    "CO.G1", "OC.E2.8", "CO.E1", "OC.G1.0", "CO.C1.7", "PC.E1", "PC.E1.6", "PC.F1", "CO.B3.3",
    "CO.A1.8-10?", "SD.D1.5?", "OC.E2.6", "OC.C1.6?", "CO.C1.8", "OC.D5.0", "CO.C2.6", "OC.C4",
    "SD.E2.6-7", "OC.E2.7", "CO.B3.2", "CO.F5.4", "CO.F5.5", "OCA2.3",
]  # fmt: skip


@pytest.fixture(scope="module")
def data() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the reference data are not on this machine")
    return folder / "data"


@pytest.fixture(scope="module")
def real(data: Path) -> CheckedPlan:
    """The tracker, as it is checked for July 2023."""
    with open_for_report(data / "improvement_plan_tracker_2023-07.xlsx", None, None) as opened:
        return CheckedPlan(opened.tracker, opened.month, opened.settings, opened.records)


@pytest.fixture(scope="module")
def known(real: CheckedPlan) -> KnownReferences:
    return KnownReferences(real.by_reference)


def test_the_lists_are_of_every_rule() -> None:
    assert list(FOUND) == list(RULES)


@pytest.mark.parametrize("code", FOUND)
def test_a_rule_finds_what_was_judged_true_and_nothing_else(code: str, real: CheckedPlan) -> None:
    assert real.month == Month(2023, 7)
    rule: Rule = RULES[code]
    assert [reference for reference, _ in found(rule, real)] == FOUND[code]


def test_an_owner_that_was_cut_off_is_not_on_the_sheet(real: CheckedPlan) -> None:
    fields = ("update_owner", "director_lead")
    names = {action.words(name) for action in real.actions for name in fields}
    cut = next(a.words("director_lead") for a in real.actions if a.reference_text == "PC.B3.4")
    owners = [OwnerRecord(name) for name in sorted(names - {cut})]
    with_sheet = CheckedPlan(real.tracker, real.month, real.settings, owners=owners)
    ((reference, message),) = found(RULES["owner-not-on-sheet"], with_sheet)
    assert reference == "PC.B3.4"
    assert message.startswith(f'"{cut}" is not on the Owners sheet. Did you mean "Director')


def test_the_register_is_cited_from_as_it_was_read_by_eye(
    data: Path, known: KnownReferences
) -> None:
    records = json.loads((data / "recommendations_register.json").read_text("utf-8"))
    names = [
        citation.text + "?" * bool(citation.unknown)
        for record in records
        for field, text in record.items()
        if isinstance(text, str) and "ref" not in field
        for citation in cited(text, known)
    ]
    assert list(dict.fromkeys(names)) == CITED_IN_REGISTER


def test_of_the_reports_one_citation_has_a_theme_that_nobody_has(
    data: Path, known: KnownReferences
) -> None:
    text = (data / "theme_progress_2024-01.json").read_text("utf-8")
    citations = cited(text, known)
    unknown = {str(reference) for citation in citations for reference in citation.unknown}
    assert unknown == {"SB.B1.14"}
    # All that has the shape of a reference, by a search of its own.
    shaped = set(re.findall(r"\b[A-Z]{2}\.[A-Z]\d\.\d+", text))
    assert {citation.text for citation in citations if citation.text.count(".") == 2} == shaped


def test_another_councils_plan_without_references_cites_none(
    data: Path, known: KnownReferences
) -> None:
    text = (data / "birmingham_plan_2018-09.json").read_text("utf-8")
    assert len(text) > 100_000
    assert cited(text, known) == ()
