"""The section [dates]: what seasons, quarters and open dates mean."""

from __future__ import annotations

from sheetplan.model.plan_date import DateWords
from sheetplan.settings.section import Section


def date_words(section: Section, base: DateWords) -> DateWords:
    """The council's words for dates, where they differ from the profile's."""
    return base
