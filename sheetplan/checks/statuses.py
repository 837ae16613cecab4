"""Statuses: not understood, spelt in several ways, or blank where one is due."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
