"""Where a finding of a report points to, and in which order actions stand."""

from __future__ import annotations

from collections.abc import Iterable

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.support import Recommendation, Standing, SupportRecords

_FIELDS = {
    "achievement-later": "month",
    "achievement-theme-unknown": "theme",
    "milestone-reference-unknown": "reference",
    "narrative-block-unknown": "block",
    "narrative-missing": "summary",
    "narrative-order-repeated": "order",
    "narrative-repeated": "block",
    "narrative-theme-unknown": "theme",
    "narrative-unused": "block",
    "recommendation-dates-contradict": "considered",
    "recommendation-main-action": "target",
    "recommendation-not-mapped": "code",
    "recommendation-reference-unknown": "target",
    "recommendation-target-unknown": "target",
}
"""The field of a support sheet's row that each finding is about."""


def found_at(
    action: Action,
    field: str,
    code: str,
    message: str,
    *,
    month: Month | None = None,
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding on a cell of the tracker: that of a field, of a month's own field with `month`."""
    cell = action.cell(field, month) or f"{action.row}:{action.row}"
    return Finding(code, severity, action.sheet, cell, action.reference_text, message)


def found_in(
    standing: Standing | None,
    sheet: str,
    code: str,
    message: str,
    *,
    reference: str = "",
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding on a cell of a support sheet, or on the whole `sheet` where no row is known."""
    if standing is None:
        return Finding(code, severity, sheet, "", reference, message)
    cell = standing.cell(_FIELDS.get(code, ""))
    return Finding(code, severity, standing.sheet, cell, reference, message)


def found_in_register(
    recommendation: Recommendation,
    field: str,
    code: str,
    message: str,
    *,
    severity: Severity = Severity.WARNING,
) -> Finding:
    """A finding on a field of a recommendation in a register."""
    standing = recommendation.standing
    assert standing is not None, "a register says where its recommendations stand"
    cell = standing.cell(field)
    return Finding(code, severity, standing.sheet, cell, recommendation.code, message)


def by_reference(action: Action) -> Reference:
    """What to sort actions by."""
    return action.reference or Reference(action.reference_text)


def with_those_of(
    records: SupportRecords, kinds: Iterable[str], own: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings of the support sheets of these kinds, then a report's own."""
    sheets = {records.sheets[kind] for kind in kinds if kind in records.sheets}
    return (*(finding for finding in records.findings if finding.sheet in sheets), *own)
