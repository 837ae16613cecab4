"""The section [templates]: a council's own workbooks for the look of what is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetplan.settings.section import Section


def template_paths(section: Section, base: Mapping[str, Path]) -> Mapping[str, Path]:
    """The council's own templates by their names; a path is relative to the settings file."""
    return base
