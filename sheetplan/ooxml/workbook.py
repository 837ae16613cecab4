"""The workbook: its sheets, names, strings, formats and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from lxml import etree

from sheetplan.errors import NotAWorkbookError
from sheetplan.ooxml.cells import CellReader
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.styles import Styles
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, STRICT_MAIN, main

# CT_Workbook, ISO/IEC 29500-1, 18.2.27: what may stand after <calcPr>.
_AFTER_CALCULATION = (
    "oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst"
).split()


class Workbook:
    """An open workbook.

    Raises:
        NotAWorkbookError: signed, shared in the old way, or stored as Strict Open XML.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._refuse_what_an_edit_would_break()
        root = package.xml(package.main_part)
        kinds = {r.id: r for r in package.relationships(package.main_part)}
        self.sheets: list[Worksheet] = []
        self.sheet_names: list[str] = []
        for sheet in root.iterfind(f"{main('sheets')}/{main('sheet')}"):
            name = sheet.get("name", "")
            self.sheet_names.append(name)
            relationship = kinds.get(sheet.get(f"{{{OFFICE_RELATIONSHIPS}}}id", ""))
            if relationship is not None and relationship.kind == "worksheet":
                part = package.resolve(relationship.target)
                self.sheets.append(Worksheet(self, name, part, sheet.get("state", "visible")))
        package.read_ahead(sheet.part for sheet in self.sheets)

    @classmethod
    def open(cls, path: Path) -> Workbook:
        """Read the workbook at `path`.

        Raises:
            WorkbookError: one of its families, saying what is wrong with the file and what to do.
        """
        package = Package.open(path)
        with package.naming_the_file():
            return cls(package)

    def __getitem__(self, name: str) -> Worksheet:
        """The worksheet of that name; names of sheets do not mind capitals."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(sheet.name.casefold() == name.casefold() for sheet in self.sheets)

    def _refuse_what_an_edit_would_break(self) -> None:
        package = self.package
        if package.xml(package.main_part).tag.startswith(f"{{{STRICT_MAIN}}}"):
            raise NotAWorkbookError(
                "this is a Strict Open XML workbook, a rare kind that sheetplan does not edit.",
                remedy="In Excel use Save As, type Excel Workbook (*.xlsx), and run this again.",
            )
        if any(r.kind == "origin" and "digital-signature" in r.type
               for r in package.relationships("")):  # fmt: skip
            raise NotAWorkbookError(
                "the workbook is digitally signed, and any change would break the signature.",
                remedy="In Excel use File > Info > View Signatures to remove it, or work on a "
                "copy that is not signed.",
            )
        if package.related(package.main_part, "revisionHeaders"):
            raise NotAWorkbookError(
                "the workbook is shared in the old way (Review > Share Workbook), with its own "
                "record of every change.",
                remedy="In Excel choose Review > Unshare Workbook, save, and run this again.",
            )

    # ---------------------------------------------------------------- reading

    @cached_property
    def is_1904(self) -> bool:
        """Whether dates count from 1 January 1904 (18.2.28, date1904)."""
        properties = self.package.xml(self.package.main_part).find(main("workbookPr"))
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def styles(self) -> Styles:
        """The cell and rule formats."""
        parts = self.package.related(self.package.main_part, "styles")
        return Styles(self.package, parts[0] if parts else None)

    @cached_property
    def reader(self) -> CellReader:
        """What turns cell elements into values."""
        parts = self.package.related(self.package.main_part, "sharedStrings")
        strings = list(self.package.xml(parts[0]).iterchildren(main("si"))) if parts else []
        return CellReader(strings, self.styles, is_1904=self.is_1904)

    # ---------------------------------------------------------------- writing

    @contextmanager
    def editing(self, sheet: Worksheet) -> Iterator[Worksheet]:
        """Lend a sheet for changes, which are compared with what it was when the block ends.

        Nothing is kept when an exception leaves the block.
        """
        sheet.begin()
        try:
            yield sheet
        except BaseException:
            sheet.finish(keep=False)
            raise
        sheet.finish(keep=True)

    def recalculate_on_opening(self) -> None:
        """Ask Excel to work out every formula when it opens the workbook (18.2.2)."""
        root = self.package.xml(self.package.main_part)
        calculation = root.find(main("calcPr"))
        if calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true"):
            return
        with self.package.editing(self.package.main_part) as root:
            calculation = root.find(main("calcPr"))
            if calculation is None:
                calculation = etree.Element(main("calcPr"))
                later = [root.find(main(name)) for name in _AFTER_CALCULATION]
                follower = next((element for element in later if element is not None), None)
                if follower is None:
                    root.append(calculation)
                else:
                    follower.addprevious(calculation)
            calculation.set("fullCalcOnLoad", "1")
