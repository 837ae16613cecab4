"""Owners and structure: who leads, what is reported in full, and codes that say two things."""

from __future__ import annotations

from sheetplan.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
