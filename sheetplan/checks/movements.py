"""Statuses against each other: main actions and their sub-actions, and month against month."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
