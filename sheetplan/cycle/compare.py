"""Comparing two trackers: what changed in the plan between two copies of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sheetplan.changes.comparing import compare as changes_between
from sheetplan.changes.content import PlanChanges, PlanFile
from sheetplan.changes.lines import changes_title, sheet_texts
from sheetplan.changes.patterns import CHANGES_SHEETS
from sheetplan.cycle.files import choose_new_file, saying_which_file
from sheetplan.cycle.plain_data import plain
from sheetplan.model.clock import utc_now
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.wording import listed
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings, find_settings
from sheetplan.sheets.reading import WorkbookReading, action_rows, read_layouts, read_tracker
from sheetplan.sheets.structure import structure
from sheetplan.sheets.templates import check_template, find_template

_TEMPLATE = "changes"
_QUOTED = 3  # texts that are no reference


@dataclass(frozen=True)
class ComparePlan:
    """What changed between two trackers, ready to be written; nothing has been written.

    Attributes:
        older: The older tracker.
        newer: The newer one.
        settings: The newer one's settings.
        changes: What changed.
    """

    older: Path
    newer: Path
    settings: Settings
    changes: PlanChanges

    def as_data(self) -> dict[str, Any]:
        """What changed, as plain data."""
        return {
            "older": str(self.older),
            "newer": str(self.newer),
            "counts": self.changes.counts,
            "changes": plain(self.changes),
        }

    def rehearse(self, output: str | Path) -> Path:
        """Look at all that `write` will need, and write nothing.

        Raises:
            SheetplanError: what `write` would raise, so far as can be told without doing it.
        """
        chosen = _chosen(output)
        _template(self.settings)
        return chosen

    @collecting_no_garbage()
    def write(self, output: str | Path) -> Path:
        """Write the changes as a new workbook, with a sheet for each kind.

        Raises:
            TemplateError: the template lacks something, or holds what means nothing.
            CannotWriteError: the file cannot be written.
        """
        chosen, template = _chosen(output), _template(self.settings)
        nothing = self.settings.reports.say("no_changes")
        for name, text in sheet_texts(self.changes, self.settings).items():
            template.fill(name, text.lines, text.cells, blank=nothing)
        template.set_properties(
            title=changes_title(self.settings),
            creator=self.settings.reports.council or "sheetplan",
            language="en-GB",
            made=utc_now(),
        )
        save_new(template.package, chosen)
        return chosen


@collecting_no_garbage()
def plan_compare(
    older: str | Path, newer: str | Path, *, profile: str | Path | None = None
) -> ComparePlan:
    """Compare two trackers, by the references of their actions and never by position.

    Args:
        older: The older tracker.
        newer: The newer one. It may have another layout, other months and other sheets.
        profile: A settings file, or the name of a built-in profile, for both; for each the nearest
            sheetplan.toml when None.

    Raises:
        WorkbookError: a file cannot be read.
        LayoutError: a workbook has no tracker sheet.
        NothingInCommonError: no action of one is in the other.
        SettingsError: the settings cannot be understood.
    """
    paths = Path(older), Path(newer)
    files, findings = [], list(same_file(*paths))
    for path, name in zip(paths, _names(*paths), strict=True):
        with saying_which_file(path):
            file, reading = _read(path, name, profile)
        files.append(file)
        findings += _unreadable_references(file, reading)
    changes = changes_between(*files)
    changes = replace(changes, findings=(*changes.findings, *findings))
    return ComparePlan(*paths, files[1].settings, changes)


def compare(
    older: str | Path,
    newer: str | Path,
    *,
    output: str | Path | None = None,
    profile: str | Path | None = None,
) -> PlanChanges:
    """Compare two trackers, and write what changed into a new workbook where one is named.

    Args:
        older: The older tracker.
        newer: The newer one.
        output: A new workbook with a sheet for each kind of change; new words are bold in it.
        profile: A settings file, or the name of a built-in profile, for both.

    Raises:
        SheetplanError: one of its families; nothing was written.
    """
    plan = plan_compare(older, newer, profile=profile)
    if output is not None:
        plan.write(output)
    return plan.changes


def read_plan(path: Path, *, name: str = "", profile: str | Path | None = None) -> PlanFile:
    """Read a tracker to be compared with another.

    Raises:
        WorkbookError: the file cannot be read.
        LayoutError: it has no tracker sheet.
        SettingsError: the settings cannot be understood.
    """
    with saying_which_file(path):
        return _read(path, name or path.name, profile)[0]


def _read(path: Path, name: str, profile: str | Path | None) -> tuple[PlanFile, WorkbookReading]:
    workbook, settings = Workbook.open(path), find_settings(path, profile)
    reading = read_layouts(workbook, settings)
    months = {block.month for item in reading.trackers for block in item.layout.months}
    tracker = read_tracker(reading, months=months)
    return PlanFile(name, tracker, settings, structure(workbook, reading)), reading


def _names(older: Path, newer: Path) -> tuple[str, str]:
    """What messages call the files: with their folders where the names are the same."""
    if older.name != newer.name:
        return older.name, newer.name
    folders = older.absolute().parent.name, newer.absolute().parent.name
    return f"{folders[0]}/{older.name}", f"{folders[1]}/{newer.name}"


def same_file(older: Path, newer: Path) -> Iterator[Finding]:
    """A finding where two names are of one file, which says that nothing changed in it."""
    try:
        is_same = os.path.samefile(older, newer)
    except OSError:
        return  # what is wrong with it is said when it is opened
    if is_same:
        message = f"{newer.name} was named twice, so it was compared with itself."
        yield Finding("same-file", Severity.WARNING, "", "", "", message)


def _unreadable_references(file: PlanFile, reading: WorkbookReading) -> Iterator[Finding]:
    """Rows that are not compared, since what stands for their reference is none."""
    for item in reading.trackers:
        rows = [row for row in action_rows(item.sheet, item.layout) if row.reference is None]
        if rows:
            quoted = listed([f'"{row.reference_text}"' for row in rows], most=_QUOTED)
            yield Finding(
                "reference-unreadable", Severity.NOTE, item.sheet.name, "", "",
                f"in {file.name} not every row is compared: {quoted} in the column of references "
                f"{'are no references' if len(rows) > 1 else 'is no reference'}.",
            )  # fmt: skip


def _chosen(output: str | Path) -> Path:
    return choose_new_file(Path(output), ".xlsx", "as it is an Excel workbook without macros")


def _template(settings: Settings) -> Template:
    template = find_template(settings, _TEMPLATE)
    check_template(template, CHANGES_SHEETS)
    return template
