"""References: duplicate, badly formed, out of sequence, orphaned, or cited and not there."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
