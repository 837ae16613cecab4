"""The rows of an owner's return, for tests of what returns say. No tracker is opened."""

from __future__ import annotations

from dataclasses import replace

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.model.owner_return import RETURN_FIELDS, Owner, ReturnIdentity
from sheetplan.model.reference import Reference
from sheetplan.returns.content import AskedRow, OwnerRows
from sheetplan.settings import load_profile

STANDARD = load_profile("standard")
SETTINGS = replace(
    STANDARD,
    reports=replace(STANDARD.reports, council="Wexcombe Borough Council"),
    returns=replace(STANDARD.returns, return_to="plan@wexcombe.example", new_actions=3),
)
AUGUST = Month(2026, 8)
HR = Owner("Head of HR", "hr@wexcombe.example")
IDENTITY = ReturnIdentity("1a2b3c4d", AUGUST, HR.key)
STATUSES = ("On track", "Medium progress", "Significant slippage", "Complete", "On hold")


def asked(key: str, *, is_asked: bool = True, **texts: str) -> AskedRow:
    """A row whose cells say what `texts` has by the names of RETURN_FIELDS."""
    said = {
        "reference": key,
        "workstream": "Our people",
        "action": f"Do what {key} asks for",
        "due_date": "Mar-27",
        "last_status": "On track",
        "last_update": "Begun in July",
    }
    texts = {name: texts.get(name, said.get(name, "")) for name in RETURN_FIELDS}
    action = Action(key, Reference.parse(key), "Theme 1", 5, {}, {})
    return AskedRow(key, action, "Theme 1: People", texts, is_asked)


def context(key: str, **texts: str) -> AskedRow:
    """A row that is shown for information."""
    return asked(key, is_asked=False, **texts)


def rows_of(*rows: AskedRow, owner: Owner = HR) -> OwnerRows:
    """The rows of an owner."""
    return OwnerRows(owner, rows)
