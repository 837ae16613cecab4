"""Importing a plan without month columns: from a Word document or a workbook into a tracker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sheetplan.cycle.files import choose_new_file, saying_which_file
from sheetplan.cycle.import_workbook import make_imported_tracker
from sheetplan.cycle.plain_data import plain
from sheetplan.documents.plan_reading import read_plan_document
from sheetplan.errors import LayoutError, NotAPlanError, ReturnGivenError, SheetNotFoundError
from sheetplan.importing.account import ACCOUNT, DOUBTS, TEMPLATE
from sheetplan.importing.content import ImportedPlan
from sheetplan.importing.plan_import import imported_plan
from sheetplan.importing.plan_sections import find_plan
from sheetplan.model.clock import now
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_source import SourceDocument
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings, find_settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.blank_tracker import tracker_template
from sheetplan.sheets.plan_source_reading import read_plan_sheets
from sheetplan.sheets.reading import read_layouts
from sheetplan.sheets.register_columns import REGISTER_KINDS
from sheetplan.sheets.support_columns import PREPARED_KINDS, THEME_LIST
from sheetplan.sheets.templates import check_template, find_template

_DOCUMENTS = (".docx", ".doc", ".docm", ".dotx", ".dot", ".rtf", ".odt")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


@dataclass(frozen=True)
class ImportPlan:
    """A tracker that is ready to be written; nothing has been.

    Attributes:
        source: The document or workbook.
        path: The new tracker.
        workbook: The tracker.
        plan: What was found, and where each paragraph went.
        profile: Whose words it has.
    """

    source: Path
    path: Path
    workbook: Workbook
    plan: ImportedPlan
    profile: str

    def as_data(self) -> dict[str, Any]:
        """What the tracker will hold, as plain data."""
        plan = self.plan
        return {
            "source": str(self.source),
            "tracker": str(self.path),
            "profile": self.profile,
            "written": plan.written.iso,
            "months": [month.iso for month in plan.months],
            "themes": [
                {
                    "theme": theme.title,
                    "sheet": theme.sheet,
                    "code": theme.code,
                    "actions": [row.reference for row in theme.rows],
                }
                for theme in plan.themes
            ],
            "paragraphs": len(plan.fates),
            "kept_apart": sum(not fate.targets for fate in plan.fates),
            "findings": plain(plan.findings),
        }

    def apply(self) -> ImportResult:
        """Write the tracker.

        Raises:
            CannotWriteError: there is such a file by now; no room, no permission.
        """
        save_new(self.workbook.package, self.path)
        return ImportResult(self, self.path)


@dataclass(frozen=True)
class ImportResult:
    """A tracker that was written."""

    plan: ImportPlan
    output: Path

    def as_data(self) -> dict[str, Any]:
        """What it holds, and where, as plain data."""
        return {**self.plan.as_data(), "output": str(self.output)}


def plan_import(
    plan: str | Path,
    output: str | Path,
    *,
    month: Month | str | None = None,
    profile: str | Path | None = None,
) -> ImportPlan:
    """Plan the tracker that a plan without month columns becomes; nothing is written.

    Args:
        plan: The plan, a Word document or a workbook.
        output: The new tracker.
        month: The month in which the plan was written; what its stamps tell when None.
        profile: A settings file, or the name of a built-in profile; the sheetplan.toml nearest to
            the plan when None.

    Raises:
        CannotWriteError: there is such a file already, or it cannot be there.
        NotADocumentError: the document cannot be read.
        WorkbookError: the workbook cannot be read.
        MissingExtraError: python-docx is not installed, and the plan is a Word document.
        NotAPlanError: the workbook is a tracker already.
        ReturnGivenError: it is a return of an update owner.
        PlanNotFoundError: no table has the headings of a plan.
        SettingsError: sheetplan.toml cannot be understood.
        ValueError: `month` is no month.
    """
    asked = Month.given(month)
    path = choose_new_file(Path(output), ".xlsx", "the kind of workbook that is made")
    given = Path(plan)
    known = find_settings(given, profile)
    settings = replace(known, kind=TrackerKind.MONTHS)  # of what is made, whatever the plan is
    with saying_which_file(given):
        document = _read(given, settings)
        made, workbook = _made(document, settings, asked, tuple(_kind_note(known)))
    return ImportPlan(given, path, workbook, made, settings.profile_name)


def _made(
    document: SourceDocument, settings: Settings, written: Month | None, notes: tuple[Finding, ...]
) -> tuple[ImportedPlan, Workbook]:
    """A plan as a tracker will have it, and the tracker."""
    source = find_plan(document, settings.importing)
    blank, account = tracker_template(settings), _account_template(settings)
    kinds = (*PREPARED_KINDS, THEME_LIST, *REGISTER_KINDS)
    taken = [*blank.sheet_names, *account.sheet_names, *(kind.sheet for kind in kinds)]
    plan = imported_plan(document, source, settings, taken, written=written, today=Month.of(now()))
    plan = replace(plan, findings=(*notes, *plan.findings))
    return plan, make_imported_tracker(plan, blank, account, settings)


def _kind_note(known: Settings) -> Iterator[Finding]:
    """A note where the settings are for the plan as it was, and not for the tracker."""
    if known.kind is not TrackerKind.MONTHS:
        yield Finding(
            "import-kind",
            Severity.NOTE,
            known.profile_name,
            "",
            "",
            "These settings are for plans without month columns, and the new tracker has some. "
            "Keep it in a folder of its own, with these settings as its sheetplan.toml, so that "
            'colours and words mean the same there; and write kind = "months" under [tracker].',
        )


def import_plan(
    plan: str | Path,
    output: str | Path,
    *,
    month: Month | str | None = None,
    profile: str | Path | None = None,
) -> ImportResult:
    """Make a tracker from a plan without month columns.

    Args:
        plan: The plan, a Word document or a workbook.
        output: The new tracker.
        month: The month in which the plan was written; what its stamps tell when None.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; nothing was written.
        ValueError: `month` is no month.
    """
    return plan_import(plan, output, month=month, profile=profile).apply()


def _account_template(settings: Settings) -> Template:
    template = find_template(settings, TEMPLATE)
    check_template(template, [ACCOUNT, DOUBTS])
    return template


def _read(path: Path, settings: Settings) -> SourceDocument:
    """Read a plan by the kind of its file, which its name tells."""
    ending = path.suffix.lower()
    if ending in _WORKBOOKS:
        workbook = Workbook.open(path)
        _refuse_tracker(workbook, settings)
        return read_plan_sheets(workbook, path.name)
    if ending in _DOCUMENTS:
        return read_plan_document(path)
    raise NotAPlanError(
        "a plan is imported from a Word document (.docx) or from a workbook (.xlsx).",
        where=path,
        remedy="Open it in Word or Excel, use Save As, and import what was saved.",
    )


def _refuse_tracker(workbook: Workbook, settings: Settings) -> None:
    """Refuse a workbook that has month columns already, and a return."""
    try:
        reading = read_layouts(workbook, settings)
    except SheetNotFoundError:
        return
    except ReturnGivenError:
        raise
    except LayoutError:
        pass  # a tracker with something wrong in it, which the other verbs tell
    else:
        months = {block.month for item in reading.trackers for block in item.layout.months}
        first, last = min(months), max(months)
        span = str(first) if first == last else f"{first} to {last}"
        raise NotAPlanError(
            f"this is a tracker with month columns already ({span}, on "
            f"{reading.trackers[0].sheet.name}), so there is nothing to import.",
            where=workbook.package.name,
            remedy="Work on it as it is: sheetplan inspect shows what is understood of it.",
        )
