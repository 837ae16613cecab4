"""Rows with two updates, and what a rule finds in them."""

from __future__ import annotations

from sheetplan.checks.content import Found
from tests.checks.building import found


def references(rule, checked) -> list[str]:
    """The references that a rule finds."""
    return [reference for reference, _ in found(rule, checked)]


def findings(rule, checked) -> list[Found]:
    return list(rule.find(checked))


def row(reference: str, june: str, july: str) -> str:
    """A line of a table: what each month says, as "status: update"."""
    return f"{reference} | | Dec-26 | {june} | {july}"


def table(*rows: str) -> str:
    return "\n".join(["Money", *rows])


LONG = "Forms were printed and sent to every school in the town"
