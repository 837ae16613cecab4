"""Filling templates: ordinary workbooks whose pattern rows show how each kind of row looks."""

from sheetplan.ooxml.filling.template import Template

__all__ = ["Template"]
