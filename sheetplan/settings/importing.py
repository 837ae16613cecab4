"""The section [import]: how plans without month columns are headed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sheetplan.model.wording import compact
from sheetplan.settings.section import Section

PLAN_COLUMNS = ("number", "aim", "action", "outputs", "commentary")
"""The columns of such a plan."""


@dataclass(frozen=True)
class ImportSettings:
    """What the headings of each column may say."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def import_settings(section: Section, base: ImportSettings) -> ImportSettings:
    """The council's headings beside the profile's.

    Raises:
        SettingsError: a column is not known, or words stand under two of them.
    """
    section.accept_only(PLAN_COLUMNS)
    headings = {
        name: _joined(base.headings.get(name, ()), section.words(name)) for name in PLAN_COLUMNS
    }
    section.refuse_shared(headings)
    return replace(base, headings=headings)


def _joined(base: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    known = set(map(compact, base))
    return (*base, *(words for words in more if compact(words) not in known))
