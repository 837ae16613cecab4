"""The appendix as lines: one sheet by recommendation for reading, or a table a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetplan.model.report_line import Line, LineValue
from sheetplan.reports.content import (
    AppendixBlock,
    AppendixItem,
    MilestoneLine,
    RecommendationsAppendix,
)
from sheetplan.reports.cover import COVER, cover_cells, cover_lines, sheet_cells, title_of
from sheetplan.reports.line_values import Values, milestone_values
from sheetplan.settings import Settings

_PROGRESS = "Recommendation progress"
_PLAIN = "Progress without ratings"
_SHEETS = {
    "Recommendations": "about_recommendations",
    _PROGRESS: "about_progress",
    _PLAIN: "about_plain",
    "Recommendation milestones": "about_recommendation_milestones",
}
"""The sheets of the pack after its cover, and what says what each holds."""


def title(appendix: RecommendationsAppendix, settings: Settings) -> str:
    """The title of the appendix."""
    return title_of("appendix_title", appendix.month, settings)


def cells(appendix: RecommendationsAppendix, settings: Settings) -> dict[str, LineValue]:
    """The single cells of the sheet in the tracker."""
    return {
        "title": title(appendix, settings),
        "about": settings.reports.say("appendix_about"),
    }


def sheet_lines(
    appendix: RecommendationsAppendix, settings: Settings, plain: bool = False
) -> list[Line]:
    """The lines of the sheet in the tracker; `plain` leaves ratings and due dates out."""
    lines: list[Line] = []
    for block in appendix.blocks:
        if lines:
            lines.append(Line("text", {"text": ""}))  # room above the next recommendation
        lines += _block_lines(block, settings, plain=plain)
    if appendix.findings:
        lines += [_section("map_findings", settings), Line("finding_heading", {})]
    for finding in appendix.findings:
        lines.append(Line("finding", {"place": finding.place, "message": finding.message}))
    return lines


def pack_cells(
    appendix: RecommendationsAppendix, settings: Settings, plain: bool = False
) -> dict[str, dict[str, LineValue]]:
    """The single cells of each sheet of the pack."""
    found = {COVER: cover_cells(title(appendix, settings), appendix.month, settings)}
    for name, about in _abouts(settings, plain=plain).items():
        found[name] = sheet_cells(name, about, appendix.month, settings)
    return found


def pack_lines(
    appendix: RecommendationsAppendix, settings: Settings, plain: bool = False
) -> dict[str, list[Line]]:
    """The lines of each sheet of the pack, in its order.

    Of the two sheets of progress only the one that is wanted is there.
    """
    abouts = _abouts(settings, plain=plain)
    found: dict[str, list[Line]] = {name: [] for name in abouts}
    for block in appendix.blocks:
        found["Recommendations"].append(Line("recommendation", _recommendation_values(block)))
        found[_PLAIN if plain else _PROGRESS] += _progress_rows(block, settings, plain=plain)
        found["Recommendation milestones"] += _milestone_rows(block, settings)
    cover = [
        line for line in cover_lines(abouts, settings) if not plain or "key" not in line.pattern
    ]
    return {COVER: cover, **found}


def _abouts(settings: Settings, *, plain: bool) -> dict[str, str]:
    unwanted = _PROGRESS if plain else _PLAIN
    return {
        name: settings.reports.say(phrase) for name, phrase in _SHEETS.items() if name != unwanted
    }


def _block_lines(block: AppendixBlock, settings: Settings, *, plain: bool) -> Iterator[Line]:
    yield Line("recommendation", {"code": block.code, "text": block.text})
    for phrase in ("source", "dates", "accepted", "auditor_view"):
        label = settings.reports.say(phrase)
        yield Line("fact", {"label": label, "text": getattr(block, phrase)})
    for theme in block.themes:
        yield Line("theme", {"theme": theme.title})
        if not theme.groups:
            yield Line("text", {"text": settings.reports.say("no_actions_in_theme")})
        for group in theme.groups:
            yield Line("heading", {"text": group.heading})
            if not plain:
                yield Line("item_heading", {})
            for item in group.items:
                pattern = "plain_item" if plain else "item"
                yield Line(pattern, _item_values(item, settings, plain=plain))
    yield _section("section_milestones", settings)
    if not block.open_milestones and not block.completed_milestones:
        yield Line("text", {"text": settings.reports.say("no_milestones")})
    yield from _milestones(block.open_milestones)
    if block.completed_milestones:
        yield _section("completed_milestones", settings)
        yield from _milestones(block.completed_milestones)


def _milestones(lines: Iterable[MilestoneLine]) -> Iterator[Line]:
    rows = [Line("milestone", milestone_values(line)) for line in lines]
    if rows:
        yield Line("milestone_heading", {})
    yield from rows


def _section(phrase: str, settings: Settings) -> Line:
    return Line("section", {"text": settings.reports.say(phrase)})


def _recommendation_values(block: AppendixBlock) -> Values:
    names = ("code", "source", "text", "dates", "accepted", "auditor_view")
    return {name: getattr(block, name) for name in names}


def _progress_rows(block: AppendixBlock, settings: Settings, *, plain: bool) -> Iterator[Line]:
    """A row for each item; a theme without any has one that says so."""
    pattern = "plain_item" if plain else "item"
    for theme in block.themes:
        head: Values = {"code": block.code, "theme": theme.title}
        for group in theme.groups:
            for item in group.items:
                values = _item_values(item, settings, plain=plain)
                yield Line(pattern, {**head, "heading": group.heading, **values})
        if not theme.groups:
            nothing: Values = {"update": settings.reports.say("no_actions_in_theme"), "dated": ""}
            if not plain:
                nothing |= {"reference": "", "action": "", "rating": "", "due": ""}
            yield Line(pattern, {**head, "heading": "", **nothing})


def _milestone_rows(block: AppendixBlock, settings: Settings) -> Iterator[Line]:
    """A row for each milestone; a recommendation without any has one that says so."""
    lines = (*block.open_milestones, *block.completed_milestones)
    nothing = settings.reports.say("no_milestones")
    rows = [milestone_values(line) for line in lines] or [
        {"reference": "", "milestone": nothing, "due": "", "status": ""}
    ]
    for values in rows:
        yield Line("milestone", {"code": block.code, **values})


def _item_values(item: AppendixItem, settings: Settings, *, plain: bool) -> Values:
    dated = settings.reports.say("dated", month=item.dated) if item.dated else ""
    values: Values = {"update": item.update, "dated": dated}
    if plain:
        return values
    return {
        "reference": item.reference,
        "action": item.action,
        **values,
        "rating": item.rating.words,
        "due": item.due_words,
    }
