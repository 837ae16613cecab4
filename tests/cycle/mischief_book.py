"""A return as a grid of cells that can be moved about, and written as a workbook again.

It is edited as XML and a zip file, so that it can be given what no library writes: texts that are
too long, results of formulas, cells that say one thing and hold another. It shares no code with
what reads returns.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.utils import column_index_from_string, get_column_letter

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_M = f"{{{_NS['m']}}}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DATA = re.compile(rb"<sheetData>.*</sheetData>|<sheetData/>", re.DOTALL)
_TABLES = re.compile(rb"<tableParts.*</tableParts>", re.DOTALL)
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)

FORMATS = {"percent": "0%", "date": "dd/mm/yyyy", "time": "hh:mm", "duration": "[h]:mm:ss"}
"""The number formats that cells may be given."""


@dataclass(eq=False)
class Cell:
    """A cell: its style, its type, and the XML inside it. `place` is known once it is written."""

    style: str = ""
    kind: str = ""
    inside: str = ""
    place: str = ""

    def copy(self) -> Cell:
        return Cell(self.style, self.kind, self.inside)

    def clear(self) -> None:
        self.kind = self.inside = ""

    def put_text(self, text: str) -> None:
        """Type a text, as Excel stores one that begins with an equals sign as well."""
        self.put_runs(f'<t xml:space="preserve">{_spelt(text)}</t>')

    def put_rich(self, text: str) -> None:
        """Type a text of which a part is bold."""
        half = len(text) // 2
        bold = f'<r><rPr><b/></rPr><t xml:space="preserve">{_spelt(text[:half])}</t></r>'
        self.put_runs(f'{bold}<r><t xml:space="preserve">{_spelt(text[half:])}</t></r>')

    def put_runs(self, runs: str) -> None:
        self.kind, self.inside = "inlineStr", f"<is>{runs}</is>"

    def put_value(self, value: str, kind: str = "", style: str = "", formula: str = "") -> None:
        """Put a number (no kind), a switch (b), an error (e) or the result of a formula."""
        self.kind, self.style = kind, style or self.style
        result = f"<v>{escape(value)}</v>" if value else ""
        self.inside = (f"<f>{escape(formula)}</f>" if formula else "") + result

    def xml(self) -> str:
        style = f' s="{self.style}"' if self.style else ""
        kind = f' t="{self.kind}"' if self.kind else ""
        return f'<c r="{self.place}"{style}{kind}>{self.inside}</c>'


def _spelt(text: str) -> str:
    """A text as workbooks spell it: control characters as _x000B_, and what looks like that too.

    A carriage return is spelt &#13;, since XML would read it as a line feed.
    """
    spelt = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(spelt).replace("\r", "&#13;")


@dataclass(eq=False)
class Row:
    """A row: its cells by the number of their column, and whether a filter hides it."""

    cells: dict[int, Cell] = field(default_factory=dict)
    is_hidden: bool = False

    def cell(self, column: int) -> Cell:
        return self.cells.setdefault(column, Cell())

    def copy(self) -> Row:
        return Row({column: cell.copy() for column, cell in self.cells.items()}, self.is_hidden)


@dataclass(eq=False)
class Sheet:
    """A worksheet: its rows from the first on, blank ones too."""

    name: str
    part: str
    rows: list[Row]
    state: str = ""

    def insert_column(self, at: int) -> None:
        """Put a blank column before another."""
        for row in self.rows:
            row.cells = {c + (c >= at): cell for c, cell in row.cells.items()}

    def swap_columns(self, one: int, other: int) -> None:
        for row in self.rows:
            pair = row.cells.pop(one, None), row.cells.pop(other, None)
            row.cells |= {c: cell for c, cell in zip((other, one), pair, strict=True) if cell}

    def data(self) -> bytes:
        """The rows as XML; each cell learns its place."""
        found = []
        for number, row in enumerate(self.rows, 1):
            cells = [cell for _, cell in sorted(self._placed(number, row))]
            hidden = ' hidden="1"' if row.is_hidden else ""
            if cells or hidden:
                found.append(f'<row r="{number}"{hidden}>{"".join(c.xml() for c in cells)}</row>')
        return f"<sheetData>{''.join(found)}</sheetData>".encode("utf-8", "surrogatepass")

    def _placed(self, number: int, row: Row) -> Iterator[tuple[int, Cell]]:
        for column, cell in row.cells.items():
            cell.place = f"{get_column_letter(column)}{number}"
            yield column, cell


class Book:
    """A return that was sent.

    Attributes:
        sheets: Its worksheets, in their order.
        styles: A style for each of FORMATS, by name.
        names: The defined name and the custom properties that say which return it is are kept?
    """

    def __init__(self, data: bytes) -> None:
        self._parts = _parts_of(data)
        self._strings = _strings(self._parts.get("xl/sharedStrings.xml", b""))
        self.sheets = list(self._read_sheets())
        self.styles = self._add_styles()
        self.has_name = self.has_properties = True
        self.is_macro_enabled = False

    @property
    def text_parts(self) -> bytes:
        """The XML of all sheets."""
        return b"".join(self._parts[sheet.part] for sheet in self.sheets)

    def sheet(self, name: str) -> Sheet:
        """The sheet that was sent under a name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def text(self, cell: Cell) -> str:
        """What a cell says that was sent with text."""
        if cell.kind == "s":
            return self._strings[int(re.sub("<[^>]*>", "", cell.inside))]
        root = etree.fromstring(f"<c>{cell.inside}</c>".encode())
        return "".join(root.itertext("{*}t", "t", "v"))

    def _read_sheets(self) -> Iterator[Sheet]:
        rels = etree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        targets = {rel.get("Id"): rel.get("Target").removeprefix("/xl/") for rel in rels}
        for sheet in etree.fromstring(self._parts["xl/workbook.xml"]).iterfind(".//m:sheet", _NS):
            part = f"xl/{targets[sheet.get(f'{{{_RELATIONSHIPS}}}id')]}"
            yield Sheet(sheet.get("name"), part, _rows(self._parts[part]), sheet.get("state", ""))

    def _add_styles(self) -> dict[str, str]:
        root = etree.fromstring(self._parts["xl/styles.xml"])
        formats = root.find("m:numFmts", _NS)
        if formats is None:
            formats = etree.Element(f"{_M}numFmts")
            root.insert(0, formats)
        looks = root.find("m:cellXfs", _NS)
        assert looks is not None
        found = {}
        for number, (name, code) in enumerate(FORMATS.items(), 190):
            etree.SubElement(formats, f"{_M}numFmt", numFmtId=str(number), formatCode=code)
            etree.SubElement(looks, f"{_M}xf", numFmtId=str(number), fontId="0", fillId="0",
                             borderId="0", xfId="0", applyNumberFormat="1")  # fmt: skip
            found[name] = str(len(looks) - 1)
        formats.set("count", str(len(formats)))
        looks.set("count", str(len(looks)))
        self._parts["xl/styles.xml"] = etree.tostring(root)
        return found

    # ---------------------------------------------------------------- writing

    def data(self) -> bytes:
        """The return as a file."""
        parts = dict(self._parts)
        for sheet in self.sheets:
            # Tables are left out: they would have to follow what moves.
            xml = _TABLES.sub(b"", _DIMENSION.sub(b"", parts[sheet.part]))
            rows = sheet.data()
            parts[sheet.part] = _DATA.sub(lambda _, rows=rows: rows, xml)
        parts["xl/workbook.xml"] = self._workbook()
        if not self.has_properties:
            parts["docProps/custom.xml"] = re.sub(
                rb"<property .*</property>", b"", parts["docProps/custom.xml"]
            )
        if self.is_macro_enabled:
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return stream.getvalue()

    def _workbook(self) -> bytes:
        root = etree.fromstring(self._parts["xl/workbook.xml"])
        sheets = root.find("m:sheets", _NS)
        assert sheets is not None
        rels = etree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        targets = {f"xl/{rel.get('Target').removeprefix('/xl/')}": rel.get("Id") for rel in rels}
        known = {targets[sheet.part] for sheet in self.sheets}
        by_id = {sheet.get(f"{{{_RELATIONSHIPS}}}id"): sheet for sheet in sheets}
        is_whole = len(known) == len(by_id)
        for element in by_id.values():
            sheets.remove(element)
        for sheet in self.sheets:
            element = by_id[targets[sheet.part]]
            element.set("name", sheet.name)
            if sheet.state:
                element.set("state", sheet.state)
            else:
                element.attrib.pop("state", None)
            sheets.append(element)
        for name in list(root.iterfind(".//m:definedName", _NS)):
            # Names of a sheet count the sheets, which may have moved; others name a sheet.
            is_kept = self.has_name if name.get("name") == "_sheetplan_id" else is_whole
            if name.get("localSheetId") or not is_kept:
                name.getparent().remove(name)
        names = root.find("m:definedNames", _NS)
        if names is not None and not len(names):
            root.remove(names)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@cache
def _cached_parts(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


def _parts_of(data: bytes) -> dict[str, bytes]:
    return dict(_cached_parts(data))


@cache
def _strings(xml: bytes) -> tuple[str, ...]:
    if not xml:
        return ()
    items = etree.fromstring(xml).iterfind("m:si", _NS)
    return tuple("".join(item.itertext(f"{_M}t")) for item in items)


def _rows(xml: bytes) -> list[Row]:
    rows: list[Row] = []
    for element in etree.fromstring(xml).iterfind(".//m:row", _NS):
        number = int(element.get("r"))
        rows += [Row() for _ in range(number - len(rows))]
        for c in element:
            column = column_index_from_string(re.sub("[0-9]", "", c.get("r")))
            inside = b"".join(_bare(child) for child in c).decode()
            rows[number - 1].cells[column] = Cell(c.get("s", ""), c.get("t", ""), inside)
    return rows


def _bare(element: etree._Element) -> bytes:
    """An element as XML without the declaration of its namespace, which its new place has."""
    return (
        etree.tostring(element, with_tail=False)
        .replace(f' xmlns="{_NS["m"]}"'.encode(), b"")
        .replace(f' xmlns:r="{_RELATIONSHIPS}"'.encode(), b"")
    )
