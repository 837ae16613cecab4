"""Updates: blank, copied, empty of meaning, out of date, or at odds with their status."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
