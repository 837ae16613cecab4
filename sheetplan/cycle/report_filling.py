"""Filling the templates of the reports: a sheet for the tracker, or a pack of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sheetplan.cycle.report_kind import COVERED_SHEET, ReportText, with_sheets_covered
from sheetplan.model.clock import utc_now
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.grafting import graft
from sheetplan.ooxml.saving import save_new
from sheetplan.reports.cover import COVER
from sheetplan.settings import Settings
from sheetplan.sheets.templates import check_template, find_template


def sheet_template(text: ReportText, settings: Settings) -> Template:
    """The template of a report, fit to draw its sheet for the tracker.

    Raises:
        TemplateError: the council's own template lacks something, or holds what means nothing.
    """
    template = find_template(settings, text.kind.template)
    check_template(template, [text.kind.sheet])
    return template


def pack_template(text: ReportText, settings: Settings) -> Template:
    """The template of a report, fit to draw its sheets of the pack.

    Raises:
        TemplateError: the council's own template lacks something, or holds what means nothing.
    """
    template = find_template(settings, text.kind.template)
    check_template(template, [sheet for sheet in text.kind.pack if sheet.sheet in text.pack])
    return template


def filled_sheet(text: ReportText, settings: Settings) -> Template:
    """The template with the report's sheet for the tracker filled in.

    Raises:
        TemplateError: the council's own template lacks something, or holds what means nothing.
    """
    template = sheet_template(text, settings)
    template.fill(text.kind.sheet.sheet, text.sheet.lines, text.sheet.cells)
    return template


def save_pack(texts: Sequence[ReportText], settings: Settings, output: Path) -> None:
    """Write reports as one new workbook: the first one's sheets, then those of the others.

    Raises:
        TemplateError: a template lacks something, or holds what means nothing.
        CannotWriteError: the file cannot be written.
    """
    first, *others = texts
    pack = _filled_pack(_with_cover_for(first, others), settings)
    for text in others:
        added = _filled_pack(text, settings)
        for name in text.pack:
            if name != COVER:
                graft(pack.workbook, added.workbook, name, name=name)
    pack.set_properties(
        title=first.title,
        creator=settings.reports.council or "sheetplan",
        language="en-GB",
        made=utc_now(),
    )
    save_new(pack.workbook.package, output)


def _with_cover_for(first: ReportText, others: Sequence[ReportText]) -> ReportText:
    """The first report with a cover that names the sheets of the others too."""
    theirs = [
        line for text in others for line in text.pack[COVER].lines if line.pattern == COVERED_SHEET
    ]
    covered = {**first.pack, COVER: with_sheets_covered(first.pack[COVER], theirs)}
    return replace(first, make_pack=lambda: covered)


def _filled_pack(text: ReportText, settings: Settings) -> Template:
    template = pack_template(text, settings)
    template.keep_only(list(text.pack))  # first, or the others are made to follow each sheet
    for name, sheet in text.pack.items():
        template.fill(name, sheet.lines, sheet.cells)
    return template
