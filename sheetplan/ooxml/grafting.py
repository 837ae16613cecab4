"""A sheet of one workbook brought into another, which otherwise stays byte for byte as it is.

What comes along: values, formulas, formats, widths, panes, page set-up, rules, links, tables,
charts, pictures, notes and the names that belong to the sheet. What a chart draws in colours of
the theme takes those of the target's theme; everything else keeps its colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from sheetplan.ooxml.defined_names import DefinedName, change_names, names_of
from sheetplan.ooxml.graft_names import NewNames
from sheetplan.ooxml.graft_parts import GraftedParts, renumber
from sheetplan.ooxml.graft_rows import GraftedRows, days_between
from sheetplan.ooxml.graft_styles import GraftedStyles
from sheetplan.ooxml.inventory.comparison import ALL_OF_IT
from sheetplan.ooxml.plain_form import plain_form
from sheetplan.ooxml.relationships import Relationship
from sheetplan.ooxml.sheet_rows import split_sheet
from sheetplan.ooxml.tables import tables_of
from sheetplan.ooxml.workbook import Workbook, ensure_child
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import OFFICE_RELATIONSHIPS, local_name, main, parse, serialise, xm

Agreed = frozenset[tuple[str, str]]

_FORMULAS = (main("formula"), main("formula1"), main("formula2"), xm("f"))
# These speak of something that belongs to the workbook as a whole.
_LEFT_BEHIND = ("customSheetViews", "phoneticPr")
_RELATIONSHIP_ID = f"{{{OFFICE_RELATIONSHIPS}}}id"
# Names of a sheet that are made with it, so go with what it was.
_MADE_WITH_A_SHEET = ("_xlnm.", "_sheetplan")


def graft(workbook: Workbook, source: Workbook, sheet_name: str, *, name: str) -> Worksheet:
    """Copy a sheet of another workbook to the end of this one.

    Args:
        workbook: The workbook that is given a sheet.
        source: The workbook that has it.
        sheet_name: The sheet's name there.
        name: Its name here.

    Raises:
        SheetNameError: a sheet cannot have this name, or another has it.
        CannotGraftError: it holds what cannot be brought into another workbook.
    """
    workbook.refuse_name(name)
    part = workbook.package.free_name("xl/worksheets/sheet{}.xml")
    grafted = _Grafting(workbook, source, source[sheet_name], name)
    position = len(workbook.sheet_names)
    sheet = workbook.add_sheet(name, part, grafted.data)
    if grafted.relationships:
        workbook.package.relate_all(part, grafted.relationships)
    change_names(workbook, grafted.names(position))
    if grafted.has_formulas:
        workbook.recalculate_on_opening()
    return sheet


def replace_sheet(
    workbook: Workbook, target: Worksheet, source: Workbook, sheet_name: str
) -> Agreed:
    """Put the content of another workbook's sheet in the place of a sheet's own.

    The sheet keeps its part, its ids, its place and its name, so links to it and formulas that
    read it still work; what else it had goes, down to its charts and tables.

    Args:
        workbook: The workbook.
        target: Its sheet.
        source: The workbook that has the new content.
        sheet_name: The sheet's name there.

    Returns:
        The (part, place) pairs that `save` has to be told are agreed.

    Raises:
        CannotGraftError: the new content holds what cannot be brought into another workbook.
    """
    package, position = workbook.package, workbook.position(target)
    tables = [table.name for table in tables_of(workbook, target)]
    kept = _Kept.of(target)
    agreed = package.unrelate(target.part, {r.id for r in package.relationships(target.part)})
    grafted = _Grafting(workbook, source, source[sheet_name], target.name, kept, tables)
    package.overwrite(target.part, grafted.data)
    if grafted.relationships:
        package.relate_all(target.part, grafted.relationships)
    made = {
        name.key
        for name in names_of(workbook)
        if name.scope == position and name.name.startswith(_MADE_WITH_A_SHEET)
    }
    agreed |= change_names(workbook, grafted.names(position, is_known=True), made)
    if kept.has_formulas:
        agreed |= _forget_order_of_calculation(workbook, position)
    workbook.recalculate_on_opening()
    target.read_anew()
    return agreed | {(target.part, ALL_OF_IT)}


def _forget_order_of_calculation(workbook: Workbook, position: int) -> Agreed:
    """Take out the list of formulas in the order of calculation, if it has any of a sheet's old
    ones: Excel makes it anew, but finds fault with one that names a cell without a formula."""
    package = workbook.package
    sheets = ensure_child(package.xml(package.main_part), "sheets")
    known_by = {sheets[position].get("sheetId"), str(position + 1)}
    gone = set()
    for relationship in package.relationships(package.main_part):
        if relationship.kind == "calcChain" and relationship.target in package:
            listed = [cell.get("i") for cell in package.xml(relationship.target)]
            if listed[:1] == [None] or known_by.intersection(listed):  # i: 18.6.1
                gone.add(relationship.id)
    return package.unrelate(package.main_part, gone)


@dataclass(frozen=True)
class _Kept:
    """What a sheet keeps of its old self: whether it is selected, and what macros call it."""

    is_selected: bool = False
    code_name: str = ""
    has_formulas: bool = False

    @classmethod
    def of(cls, sheet: Worksheet) -> _Kept:
        views = sheet.root.iterfind(f"{main('sheetViews')}/{main('sheetView')}")
        properties = sheet.child("sheetPr")
        return cls(
            any(view.get("tabSelected") in ("1", "true") for view in views),
            "" if properties is None else properties.get("codeName", ""),
            any(True for _ in sheet.rows.formulas()),
        )


class _Grafting:
    """One sheet of a source on its way into a target: its part, and what that leads to."""

    def __init__(
        self,
        target: Workbook,
        source: Workbook,
        sheet: Worksheet,
        name: str,
        kept: _Kept | None = None,
        earlier_tables: Iterable[str] = (),
    ) -> None:
        self._target, self._source, self._sheet = target, source, sheet
        self._names = NewNames(target, sheet.name, name)
        self._styles = GraftedStyles(source, target)
        parts = GraftedParts(source, target, self._names, self._styles, earlier_tables)
        parts.name_tables(sheet.part)
        frame, rows = self._read()
        self.has_formulas = rows.has_formulas
        self._change_formats(frame, rows)
        self._change_elements(frame, kept or _Kept())
        rows.rewrite_formulas(self._names.formula)
        self.relationships: list[Relationship] = parts.relationships(sheet.part)
        self._styles.write()
        head, _, tail = split_sheet(serialise(frame))
        self.data = head + rows.text + tail

    def _read(self) -> tuple[etree._Element, GraftedRows]:
        """The sheet without its rows, and these."""
        part = self._sheet.part
        data = plain_form(self._source.package.current(part), part)
        frame, rows = _split(data, part)
        return _split(serialise(parse(data, part)), part) if rows.is_odd else (frame, rows)

    def _change_formats(self, frame: etree._Element, rows: GraftedRows) -> None:
        """Number formats as the target does, and put into the cells what stood outside."""
        columns = [col for col in frame.iter(main("col")) if col.get("style")]
        formats = rows.formats | {int(col.get("style", "0")) for col in columns}
        days = days_between(self._source.is_1904, self._target.is_1904)
        if days:
            rows.move_dates({f for f in formats if self._source.styles.is_date(f)}, days)
        new = self._styles.cell_formats(formats)
        rows.renumber(new)
        rows.forget_metadata()
        rows.put_strings_inline(self._source.strings, self._styles)
        for col in columns:
            renumber(col, "style", new)
        ruled = [element for element in frame.iter() if "dxfId" in element.attrib]
        rule_formats = self._styles.rule_formats(int(e.get("dxfId", "0")) for e in ruled)
        for element in ruled:
            renumber(element, "dxfId", rule_formats)
        self._styles.settle_colours(frame)

    def _change_elements(self, frame: etree._Element, kept: _Kept) -> None:
        """Make what the sheet says of itself, and of places in the workbook, true in the target."""
        for name in [str(name) for name in frame.attrib if str(name).endswith("}uid")]:
            del frame.attrib[name]
        for element in list(frame):
            if local_name(element) in _LEFT_BEHIND:
                frame.remove(element)
        for view in frame.iter(main("sheetView")):
            view.attrib.pop("tabSelected", "")
            if kept.is_selected:
                view.set("tabSelected", "1")
        for properties in frame.iter(main("sheetPr")):
            properties.attrib.pop("codeName", "")
        if kept.code_name:
            ensure_first(frame, "sheetPr").set("codeName", kept.code_name)
        for link in frame.iter(main("hyperlink")):
            if link.get("location") and not link.get(_RELATIONSHIP_ID):
                link.set("location", self._names.place(link.get("location", "")))
        for formula in frame.iter(*_FORMULAS):
            formula.text = self._names.formula(formula.text or "")
        for limit in frame.iter(main("cfvo")):
            if limit.get("type") == "formula":
                limit.set("val", self._names.formula(limit.get("val", "")))

    def names(self, position: int, *, is_known: bool = False) -> list[DefinedName]:
        """The names to write: those of the sheet, and those of the workbook that it uses.

        A name of the workbook that means something else in the target becomes the sheet's own.

        Args:
            position: The position of the sheet in the target.
            is_known: Whether the target had the sheet, so may have names that it needs.
        """
        theirs, own = names_of(self._source), self._source.position(self._sheet)
        wanted = [name for name in theirs if name.scope == own]
        found = [self._renamed(name, position) for name in wanted]
        left = [name for name in theirs if name.scope is None]
        ours = {name.key: name for name in names_of(self._target)}
        while used := [name for name in left if name.name.casefold() in self._names.words]:
            left = [name for name in left if name not in used]
            for new in [self._renamed(name, None) for name in used]:
                old = ours.get(new.key)
                if old is None or (is_known and self._names.is_its_own(old.text)):
                    found.append(new)
                elif old.text != new.text:
                    found.append(replace(new, scope=position))
        return found

    def _renamed(self, name: DefinedName, scope: int | None) -> DefinedName:
        return replace(name, text=self._names.formula(name.text), scope=scope)


def _split(data: bytes, part: str) -> tuple[etree._Element, GraftedRows]:
    head, text, tail = split_sheet(data)
    frame = parse(head + tail, part)
    return frame, GraftedRows(text, f"{frame.prefix}:".encode() if frame.prefix else b"")


def ensure_first(frame: etree._Element, name: str) -> etree._Element:
    """The frame's element of a name that stands before all others, made if it is not there."""
    found = frame.find(main(name))
    if found is None:
        found = etree.Element(main(name))
        frame.insert(0, found)
    return found
