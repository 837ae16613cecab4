"""Statuses against dates: what the legend's own months say of a rating."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
