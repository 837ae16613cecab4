"""The workbook: its sheets, names, strings, formats and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from lxml import etree

from sheetplan.errors import NotAWorkbookError, SheetNameError
from sheetplan.ooxml.cells import CellReader
from sheetplan.ooxml.package import Package
from sheetplan.ooxml.strings import SharedStrings
from sheetplan.ooxml.styles import Styles
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, STRICT_MAIN, main

# CT_Workbook, ISO/IEC 29500-1, 18.2.27.
_CHILD_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr "
    "smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
).split()
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def ensure_child(root: etree._Element, name: str) -> etree._Element:
    """The workbook's element of a name, made in its right place if it is not there."""
    found = root.find(main(name))
    if found is None:
        found = etree.Element(main(name))
        later = map(root.find, map(main, _CHILD_ORDER[_CHILD_ORDER.index(name) + 1 :]))
        follower = next((element for element in later if element is not None), None)
        if follower is None:
            root.append(found)
        else:
            follower.addprevious(found)
    return found


class Workbook:
    """An open workbook.

    Args:
        package: Its package.
        for_reading: Whether it will only be read: then one that is signed, or shared in the old
            way, will do.

    Raises:
        NotAWorkbookError: stored as Strict Open XML; signed, or shared in the old way.
    """

    def __init__(self, package: Package, *, for_reading: bool = False) -> None:
        self.package = package
        self._refuse_strict()
        if not for_reading:
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
        strings = package.related(package.main_part, "sharedStrings")
        package.read_ahead([*strings, *(sheet.part for sheet in self.sheets)])

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

    def _refuse_strict(self) -> None:
        package = self.package
        if package.xml(package.main_part).tag.startswith(f"{{{STRICT_MAIN}}}"):
            raise NotAWorkbookError(
                "this is a Strict Open XML workbook, a rare kind that sheetplan does not edit.",
                remedy="In Excel use Save As, type Excel Workbook (*.xlsx), and run this again.",
            )

    def _refuse_what_an_edit_would_break(self) -> None:
        package = self.package
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

    @property
    def has_protected_structure(self) -> bool:
        """Whether Excel lets nobody add, rename or delete sheets (18.2.29, lockStructure)."""
        protection = self.package.xml(self.package.main_part).find(main("workbookProtection"))
        return protection is not None and protection.get("lockStructure") in ("1", "true")

    @cached_property
    def styles(self) -> Styles:
        """The cell and rule formats."""
        parts = self.package.related(self.package.main_part, "styles")
        return Styles(self.package, parts[0] if parts else None)

    @cached_property
    def strings(self) -> SharedStrings:
        """The shared strings, which cells know by their place."""
        package = self.package
        parts = package.related(package.main_part, "sharedStrings")
        with package.naming_the_file():
            return SharedStrings(package.current(parts[0]), parts[0]) if parts else SharedStrings()

    @cached_property
    def reader(self) -> CellReader:
        """What turns cell elements into values."""
        return CellReader(self.strings, self.styles, is_1904=self.is_1904)

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
            ensure_child(root, "calcPr").set("fullCalcOnLoad", "1")

    def refuse_name(self, name: str) -> None:
        """Raise SheetNameError when a new sheet cannot have this name."""
        what = ""
        length = len(name.encode("utf-16-le", "surrogatepass")) // 2  # Excel counts an emoji twice
        if not name.strip():
            what = "it is empty"
        elif length > _LONGEST_NAME:
            what = f"it has {length} characters, and {_LONGEST_NAME} are the most"
        elif found := _NOT_IN_A_NAME.search(name):
            what = f"it holds {found[0]!r}; no sheet may have [ ] : * ? / or \\ in its name"
        elif name.startswith("'") or name.endswith("'"):
            what = "it begins or ends with an apostrophe"
        elif name.casefold() == "history":
            what = "Excel keeps that name for itself"
        elif name.casefold() in map(str.casefold, self.sheet_names):
            what = "there is a sheet of that name already"
        if what:
            raise SheetNameError(
                f'a sheet cannot be called "{name}": {what}.',
                where=self.package.name,
                remedy="Choose another name for it.",
            )

    def add_sheet(self, name: str, part: str, data: bytes) -> Worksheet:
        """Add a worksheet behind all others.

        Args:
            name: Its name.
            part: A free name for its part.
            data: The part.

        Raises:
            SheetNameError: a sheet cannot have this name, or another has it.
        """
        self.refuse_name(name)
        package = self.package
        package.add(part, data, _WORKSHEET)
        identifier = package.relate(package.main_part, f"{OFFICE_RELATIONSHIPS}/worksheet", part)
        with package.editing(package.main_part) as root:
            sheets = ensure_child(root, "sheets")
            number = max((int(sheet.get("sheetId", "0")) for sheet in sheets), default=0) + 1
            sheet = etree.SubElement(sheets, main("sheet"), name=name, sheetId=str(number))
            sheet.set(f"{{{OFFICE_RELATIONSHIPS}}}id", identifier)
        self.sheet_names.append(name)
        self.sheets.append(Worksheet(self, name, part, "visible"))
        return self.sheets[-1]

    def position(self, sheet: Worksheet) -> int:
        """Where a sheet stands, counted from 0: what names of its own know it by."""
        return self.sheet_names.index(sheet.name)
