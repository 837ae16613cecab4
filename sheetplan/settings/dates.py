"""The section [dates]: what seasons, quarters and open dates mean."""

from __future__ import annotations

from collections.abc import Mapping

from sheetplan.model.date_words import DateWords, MonthSpan
from sheetplan.model.month import FULL_NAMES
from sheetplan.settings.section import Section

_LISTS = ("monthly", "recurring", "ongoing", "on_hold", "to_be_confirmed", "not_applicable")
_SPANS = ("seasons", "parts")
_MONTHS = tuple(name.casefold() for name in FULL_NAMES)


def date_words(section: Section, base: DateWords) -> DateWords:
    """The council's words for dates, where they differ from the profile's."""
    section.accept_only(("financial_year_begins", *_SPANS, *_LISTS))
    lists = {name: section.words(name, getattr(base, name)) for name in _LISTS}
    section.refuse_shared(lists)
    begins = section.table.get("financial_year_begins", FULL_NAMES[base.financial_year_begins - 1])
    return DateWords(
        financial_year_begins=_month(section, "financial_year_begins", begins),
        seasons=_spans(section.section("seasons"), base.seasons),
        parts=_spans(section.section("parts"), base.parts),
        **lists,
    )


def _spans(section: Section, base: Mapping[str, MonthSpan]) -> dict[str, MonthSpan]:
    found = dict(base)
    for name, value in section.table.items():
        if not name.isalpha():
            raise section.error(f'"{name}" must be one word of letters.')
        if not isinstance(value, list) or len(value) != 2:
            raise section.error(
                f"{name} must be its first and its last month.", f'Write {name} = ["March", "May"].'
            )
        first, last = (_month(section, name, month) for month in value)
        if first > last and section.name.endswith("parts"):
            raise section.error(f"{name} must not run over the new year.")
        found[name.casefold()] = first, last
    return found


def _month(section: Section, key: str, value: object) -> int:
    if not isinstance(value, str) or value.casefold() not in _MONTHS:
        raise section.error(f"{key}: {value!r} is not a month.", 'Write it in full: "April".')
    return _MONTHS.index(value.casefold()) + 1
