"""The families of rules, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.checks import (
    agreed_dates,
    commentary,
    dates,
    movements,
    owners,
    plan_dates,
    references,
    statuses,
    updates,
    workbook,
)
from sheetplan.checks.rule import Rule

FAMILIES: Mapping[str, tuple[Rule, ...]] = {
    "references": references.RULES,
    "statuses": statuses.RULES,
    "dates": (*dates.RULES, *agreed_dates.RULES),
    "movements": movements.RULES,
    "updates": updates.RULES,
    "owners": owners.RULES,
    "change-control": plan_dates.RULES,
    "workbook": workbook.RULES,
    "commentary": commentary.RULES,
}
