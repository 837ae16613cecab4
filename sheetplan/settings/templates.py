"""The section [templates]: a council's own workbooks for the look of what is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetplan.settings.section import Section

TEMPLATE_NAMES = (
    "exception_summary",
    "statutory_appendix",
    "recommendations",
    "support_sheets",
    "owner_return",
    "registers",
    "changes",
    "tracker_blank",
    "imported_plan",
)
"""The templates that sheetplan has, and that a council may replace."""


def template_paths(section: Section, base: Mapping[str, Path]) -> Mapping[str, Path]:
    """The council's own templates by their names; a path is relative to the settings file.

    Raises:
        SettingsError: a name that no template has, or what cannot be the path of a workbook.
    """
    section.accept_only(TEMPLATE_NAMES)
    folder = section.where.parent if isinstance(section.where, Path) else Path()
    paths = dict(base)
    for name, value in section.table.items():
        if not isinstance(value, str) or not value.lower().endswith(".xlsx"):
            raise section.error(
                f"{name}: {value!r} is not the path of a workbook without macros.",
                f'Write {name} = "templates/our_{name}.xlsx", with forward slashes.',
            )
        paths[name] = folder / value
    return paths
