"""The plan of a report: what it says, and where its sheet goes in the tracker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sheetplan.cycle.files import (
    Destination,
    choose_destination,
    choose_new_file,
    save_changed,
    saying_which_file,
)
from sheetplan.cycle.plain_data import plain
from sheetplan.cycle.report_doubts import doubts
from sheetplan.cycle.report_filling import (
    filled_sheet,
    pack_template,
    save_pack,
    sheet_template,
)
from sheetplan.cycle.report_kind import ReportKind, ReportText
from sheetplan.cycle.report_opening import OpenedTracker
from sheetplan.cycle.report_placing import Placement, place_report
from sheetplan.documents.writing import refuse_without_python_docx
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.ooxml.garbage import collecting_no_garbage
from sheetplan.ooxml.grafting import graft, replace_sheet
from sheetplan.ooxml.marks import put_mark
from sheetplan.ooxml.saving import FileState, Verified
from sheetplan.ooxml.workbook import Workbook
from sheetplan.reports.content import ExceptionSummary, RecommendationsAppendix
from sheetplan.reports.progress_content import RecommendationProgress
from sheetplan.settings import Settings

Content = TypeVar("Content", ExceptionSummary, RecommendationsAppendix, RecommendationProgress)

_PACK = (".xlsx", "as it is an Excel workbook without macros")
_WORD = (".docx", "as it is a Word document")


@dataclass
class ReportPlan(Generic[Content]):
    """A report that is ready to be written; nothing has been written.

    Attributes:
        path: The tracker.
        workbook: The tracker, open.
        state: The file as it was when it was read.
        settings: The council's settings.
        month: The reporting month.
        content: What the report says.
        texts: The report as lines, and in a pack those that go with it.
        findings: What a person can put right.
        placement: Where its sheet goes in the tracker.
        document: Writes it as a Word document in the committee's layout.
    """

    path: Path
    workbook: Workbook
    state: FileState
    settings: Settings
    month: Month
    content: Content
    texts: Sequence[ReportText]
    findings: tuple[Finding, ...]
    placement: Placement
    document: Callable[[Path], None]

    @classmethod
    def of(
        cls,
        opened: OpenedTracker,
        content: Content,
        texts: Sequence[ReportText],
        document: Callable[[Path], None],
        *,
        replace: bool,
        more_findings: Iterable[Finding] = (),
    ) -> ReportPlan[Content]:
        """The plan of what a report says of a tracker.

        `replace` lets it take the place of a generated sheet that somebody edited; `more_findings`
        are beside those of the tracker and of what the report says.
        """
        kind = texts[0].kind
        return cls(
            path=opened.path,
            workbook=opened.workbook,
            state=opened.state,
            settings=opened.settings,
            month=opened.month,
            content=content,
            texts=texts,
            findings=(*more_findings, *doubts(opened), *content.findings),
            placement=place_report(
                opened.workbook, kind.mark, kind.sheet.sheet, opened.month, replace=replace
            ),
            document=document,
        )

    @property
    def text(self) -> ReportText:
        """The report itself."""
        return self.texts[0]

    @property
    def kind(self) -> ReportKind:
        """Which of the reports it is."""
        return self.text.kind

    def as_data(self) -> dict[str, Any]:
        """What the report says and where it goes, as plain data."""
        return {
            "tracker": str(self.path),
            "month": self.month.iso,
            "report": {**plain(self.content), "findings": plain(self.findings)},
            "sheet": {
                "name": self.placement.name,
                "replaces": self.placement.replaces is not None,
                "edited": self.placement.edited.name if self.placement.edited else None,
                "notes": list(self.placement.notes),
            },
        }

    def destination(self) -> Destination:
        """Where `apply` will write.

        Raises:
            CannotWriteError: it cannot be written there.
        """
        return choose_destination(self.path, None, f"{self.kind.words} {self.month}")

    def apply(self) -> ReportResult:
        """Put the report into the tracker as a sheet, the promise checked on what was written.

        Raises:
            TemplateError: the template cannot draw it.
            WorkbookError: it could not be written; the workbook is as it was.
        """
        place = self.destination()
        template = filled_sheet(self.text, self.settings)
        with saying_which_file(self.path):
            agreed: frozenset[tuple[str, str]] = frozenset()
            sheet = self.placement.replaces
            name = self.kind.sheet.sheet
            if sheet is None:
                sheet = graft(self.workbook, template.workbook, name, name=self.placement.name)
            else:
                agreed = replace_sheet(self.workbook, sheet, template.workbook, name)
            put_mark(self.workbook, sheet, self.kind.mark, self.month.iso)
        verified = save_changed(self.workbook, self.path, self.state, place, agreed)
        return ReportResult(place.output, place.backup, verified)

    def choose_files(self, pack: Path | None, word: Path | None) -> list[Path]:
        """The new files that `write` will make.

        Raises:
            CannotWriteError: one of them cannot be there.
            MissingExtraError: python-docx, which writes Word documents, is not installed.
        """
        asked = ((pack, *_PACK), (word, *_WORD))
        files = [choose_new_file(path, ending, why) for path, ending, why in asked if path]
        if word is not None:
            refuse_without_python_docx()
        return files

    def rehearse(self, pack: Path | None = None, word: Path | None = None) -> list[Path]:
        """Look at all that `write` will need, and write nothing.

        Returns:
            The new files that it will make; none where it will change the tracker.

        Raises:
            SheetplanError: what `write` would raise, so far as can be told without doing it.
        """
        files = self.choose_files(pack, word)
        if pack is not None:
            for text in self.texts:
                pack_template(text, self.settings)
        elif not files:
            self.destination()
            sheet_template(self.text, self.settings)
        return files

    @collecting_no_garbage()
    def write(
        self, pack: str | Path | None = None, word: str | Path | None = None
    ) -> list[ReportResult]:
        """Write the report as the files that are named; as a sheet of the tracker if none is.

        Raises:
            SheetplanError: one of its families; the tracker is as it was, and no file is new.
        """
        pack = None if pack is None else Path(pack)
        word = None if word is None else Path(word)
        files = self.choose_files(pack, word)  # both are looked at before either is written
        if not files:
            return [self.apply()]
        if pack is not None:
            save_pack(self.texts, self.settings, pack)
        if word is not None:
            try:
                self.document(word)
            except BaseException:
                if pack is not None:  # both or neither
                    pack.unlink(missing_ok=True)
                raise
        return [ReportResult(file, None, None) for file in files]


@dataclass(frozen=True)
class ReportResult:
    """What was written: the tracker with a backup and what was verified, or a new file."""

    output: Path
    backup: Path | None
    verified: Verified | None

    def as_data(self) -> Mapping[str, Any]:
        """The files and what was verified, as plain data."""
        return {
            "output": str(self.output),
            "backup": None if self.backup is None else str(self.backup),
            "verified": None if self.verified is None else self.verified.as_data(),
        }
