"""Change control: dates that moved in silence, and requests that wait."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
