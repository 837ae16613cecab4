"""The workbook: what its cells and rules hold that nobody meant."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
