"""How the shipped workbooks look: formats, colours of ratings, paper, and what a reader is told.

A build script draws a workbook through a `Look` and ends with `finish`:

    look = Look(path)
    sheet = look.sheet("Exceptions", widths=[12, 30, 80], paper="A3", repeat_row=3)
    sheet.write("A1", "{title}", look.style("title"))
    look.colour_ratings(sheet, row=4, column=1)
    look.finish(title="Exception summary")

Every colour is an RGB value and every font is named, so that a sheet looks the same when it is
moved to a workbook with another theme. Rows get no height: whoever fills them knows their text.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

FONT: dict[str, Any] = {
    "font_name": "Arial",
    "font_size": 10,
    "font_scheme": False,
    "font_color": "#0B0C0C",
}
NAVY = "#243B53"
PALE_BLUE = "#E3EAF2"
PALE_YELLOW = "#FFF8CC"
PALE_GREY = "#EDEEEE"
PALE_RED = "#F9D6D5"
DARK_GREY = "#484949"
LINE = "#7A8691"
LANGUAGE = "en-GB"
CREATED = datetime(2026, 6, 1, 8, 30)
PAPERS = {"A3": 8, "A4": 9}
MARGIN = 0.4
TEXT_MARKS = ("number_stored_as_text", "two_digit_text_year")
"""What Excel marks with a green triangle in cells that are text on purpose: 12, and 31/03/27."""

_PROFILE = Path(__file__).resolve().parents[1] / "sheetplan" / "profiles" / "standard.toml"
PALETTE: dict[str, dict[str, str]] = tomllib.loads(_PROFILE.read_text(encoding="utf-8"))["colours"]
"""The fill and the text of each colour of a rating, from the standard profile."""

RATING_WORDS = {
    "Red": "red",
    "Amber": "amber",
    "Green": "green",
    "Blue": "blue",
    "Complete": "blue",
    "Closed": "blue",
    "Grey": "grey",
    "On hold": "grey",
    "Not due to start": "grey",
}
"""How the text of a rating may begin, and the colour that it then takes."""

VERDICT_WORDS = {
    "Delivered": "blue",
    "On track": "green",
    "At risk": "amber",
    "Cites a reference": "red",
    "No trace": "red",
    "Not rated": "grey",
    "Answered outside": "grey",
}
"""How the text of a verdict on a recommendation may begin, and the colour that it then takes."""

_TOP = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1}
_BOXED = {**_TOP, "border": 1, "border_color": LINE}
_HEADING = {**_BOXED, "bold": True, "font_color": NAVY, "bg_color": PALE_BLUE}
_SHOWN = {"num_format": "@", "bg_color": PALE_GREY, "font_color": DARK_GREY}
_INPUT = {**_BOXED, "bg_color": PALE_YELLOW, "border_color": DARK_GREY, "locked": False}
KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": NAVY, "valign": "vcenter"},
    "about": {"font_size": 11, "valign": "vcenter"},
    "note": {"font_color": DARK_GREY, "valign": "top"},
    "strong note": {"bold": True, "font_size": 11, "valign": "vcenter"},
    "theme": {
        "bold": True,
        "font_size": 14,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
    },
    "theme text": {
        "bold": True,
        "font_size": 11,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "text_wrap": True,
    },
    "section": {
        "bold": True,
        "font_size": 12,
        "font_color": NAVY,
        "valign": "bottom",
        "bottom": 1,
        "bottom_color": NAVY,
    },
    "block": {"bold": True, "font_size": 11, "font_color": NAVY, "valign": "bottom"},
    "heading": _HEADING,
    "count heading": {**_HEADING, "align": "center", "indent": 0},
    "text": _BOXED,
    "label": {**_BOXED, "bold": True},
    "words": {},
    "strong": {"bold": True},
    "count": {**_BOXED, "align": "center", "indent": 0, "num_format": "0"},
    "rating": {**_BOXED, "bold": True, "border_color": DARK_GREY},
    "verdict": {**_BOXED, "bold": True, "border_color": DARK_GREY},
    "plain": _TOP,
    "plain label": {**_TOP, "bold": True},
    "input": _INPUT,
    "input date": {**_INPUT, "num_format": "mmm-yy"},
    "input day": {**_INPUT, "num_format": "d mmm yyyy"},
    "input month": {**_INPUT, "num_format": "mmmm yyyy"},
    "input text": {**_INPUT, "num_format": "@"},  # or Excel takes Mar-27 for a day
    "kept text": {**_BOXED, "num_format": "@"},  # edited, it does not become a formula
    "kept key": {**_BOXED, "num_format": "@", "bold": True},
    "kept code": {**_BOXED, "num_format": "@", "text_wrap": False, "align": "fill", "indent": 0},
    "kept day": {**_BOXED, "num_format": "dd mmm yyyy"},
    "kept moment": {**_BOXED, "num_format": "dd mmm yyyy hh:mm"},
    "kept month": {**_BOXED, "num_format": "mmmm yyyy"},
    "kept rating": {**_BOXED, "num_format": "@", "bold": True, "border_color": DARK_GREY},
    "input rating": {**_INPUT, "num_format": "@", "bold": True},
    "shown text": {**_BOXED, **_SHOWN},
    "shown key": {**_BOXED, **_SHOWN, "bold": True},
    "stored": {"num_format": "@"},
}
"""Every kind of cell. "text" stands in a table; "plain" stands on the page."""

ONE_LINE = {
    "title": 32,
    "about": 18,
    "note": 20,
    "strong note": 20,
    "theme": 27,
    "section": 27,
    "block": 22,
}
"""The kinds of cell that stay on one line, and the height of their row in points."""

HEADING_STYLES = {
    "title": ("Heading 1", 16),
    "theme": ("Heading 2", 17),
    "section": ("Heading 3", 18),
    "block": ("Heading 4", 19),
}
"""The kinds of cell that are tagged as headings: Excel's named style, and its number in Excel."""


class Look:
    """A workbook that is being drawn."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = Workbook(str(path), {"in_memory": True, "default_format_properties": FONT})
        self.book.set_size(2560, 1400)
        self._styles: dict[str, Format] = {}
        self._colours: dict[str, Format] = {}

    def style(self, kind: str) -> Format:
        """The format of a kind of cell."""
        if kind not in self._styles:
            self._styles[kind] = self.book.add_format(FONT | KINDS[kind])
        return self._styles[kind]

    def changed(self, kind: str, **changes: Any) -> Format:
        """The format of a kind of cell with something else about it."""
        return self.book.add_format(FONT | KINDS[kind] | changes)

    def sheet(
        self,
        name: str,
        *,
        widths: Sequence[float],
        paper: str = "A4",
        repeat_row: int | None = None,
    ) -> Worksheet:
        """Add a sheet: landscape, one page wide, numbered pages, no gridlines.

        `widths` are those of the columns from A on, in characters. Row `repeat_row`, counted from
        0, is printed on top of every page.
        """
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(PAPERS[paper])
        sheet.set_margins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer('&R&"Arial,Regular"&9Page &P of &N', {"margin": 0.3})
        if repeat_row is not None:
            sheet.repeat_rows(repeat_row)
        return sheet

    def colour(self, colour: str) -> Format:
        """The look of a cell in the colour of a rating."""
        if colour not in self._colours:
            pair = PALETTE[colour]
            self._colours[colour] = self.book.add_format(
                {
                    "bg_color": f"#{pair['fill']}",
                    "font_color": f"#{pair['text']}",
                    "border": 1,
                    "border_color": DARK_GREY,
                }
            )
        return self._colours[colour]

    def colour_ratings(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        last_row: int = 0,
        words_of: Mapping[str, str] = RATING_WORDS,
    ) -> None:
        """Give a cell the colour of the rating word that its text begins with.

        Rows and columns count from 0; with `last_row` the cells down to there have it too.
        """
        for words, colour in words_of.items():
            rule = {"type": "text", "criteria": "begins with", "value": words}
            form = rule | {"format": self.colour(colour)}
            sheet.conditional_format(row, column, max(row, last_row), column, form)

    def colour_state(self, sheet: Worksheet, row: int, column: int, open_word: str) -> None:
        """Give a cell that says what became of something a colour: another while it is open.

        Rows and columns count from 0. The word says it too.
        """
        still = {"type": "cell", "criteria": "equal to", "value": f'"{open_word}"'}
        still |= {"format": self.colour("amber"), "stop_if_true": True}
        quiet = {"bg_color": PALE_BLUE, "border": 1, "border_color": DARK_GREY}
        quiet |= {"font_color": FONT["font_color"]}
        settled = {"type": "no_blanks", "format": self.book.add_format(quiet)}
        for form in (still, settled):
            sheet.conditional_format(row, column, row, column, form)

    def name(self, sheet: Worksheet, name: str, area: str) -> None:
        """Name an area such as "$A$5:$L$5" of a sheet; the name belongs to the sheet."""
        place = quote_sheetname(sheet.get_name())
        self.book.define_name(f"{place}!{name}", f"={place}!{area}")

    def finish(self, *, title: str) -> None:
        """Close the workbook; tag headings as headings, and say its title and its language."""
        self.book.set_properties({"title": title, "author": "sheetplan", "created": CREATED})
        self.book.close()
        with zipfile.ZipFile(self.path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        tagged = {kind: style.xf_index for kind, style in self._styles.items()}
        members["xl/styles.xml"] = _with_heading_styles(members["xl/styles.xml"], tagged)
        members["docProps/core.xml"] = _with_language(members["docProps/core.xml"])
        for name, data in members.items():
            if name.startswith("xl/charts/chart"):
                members[name] = _with_all_said(data)
            elif data.count(b"<ignoredError ") > 1:
                members[name] = _with_marks_joined(data)
        _write(self.path, members)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def _with_heading_styles(data: bytes, tagged: dict[str, int]) -> bytes:
    """styles.xml with Excel's heading styles, which the formats of these kinds then bear."""
    root = etree.fromstring(data)
    formats, bases, styles = (
        root.find(f"{_MAIN}{name}") for name in ("cellXfs", "cellStyleXfs", "cellStyles")
    )
    assert formats is not None
    assert bases is not None
    assert styles is not None
    for kind, (name, number) in HEADING_STYLES.items():
        if kind not in tagged:
            continue
        cell_format = formats[tagged[kind]]
        index = str(len(bases))
        base = etree.fromstring(etree.tostring(cell_format))
        base.attrib.pop("xfId")
        bases.append(base)
        cell_format.set("xfId", index)
        style = etree.SubElement(styles, f"{_MAIN}cellStyle")
        style.attrib.update(
            {"name": name, "xfId": index, "builtinId": str(number), "customBuiltin": "1"}
        )
    for parent in (bases, styles):
        parent.set("count", str(len(parent)))
    return _spelt(root)


_AXIS = ("delete", "0", "axId scaling")
_SAID = {
    "chartSpace": [("roundedCorners", "0", "date1904 lang")],
    "chart": [("autoTitleDeleted", "0", "title"), ("dispBlanksAs", "gap", "legend plotVisOnly")],
    "title": [("overlay", "0", "tx layout")],
    "legend": [("overlay", "0", "legendPos layout")],
    "barChart": [("varyColors", "0", "barDir grouping")],
    "ser": [("invertIfNegative", "0", "idx order tx spPr")],
    "catAx": [_AXIS, ("noMultiLvlLbl", "0", "auto lblAlgn lblOffset")],
    "valAx": [_AXIS],
}
"""By an element of a chart: what it says though it could be silent, and what stands before that."""


def _with_all_said(data: bytes) -> bytes:
    """A chart that looks the same in every workbook.

    Where a chart is silent, programs take one from Excel 2007, which is what XlsxWriter's workbooks
    say they are, to mean no, and one from a later Excel to mean what the schema has, which is often
    yes: in a tracker the chart would have round corners, and other axes.
    """
    root = etree.fromstring(data)
    for element in list(root.iter(f"{_CHART}*")):
        for name, value, before in _SAID.get(etree.QName(element).localname, []):
            names = [etree.QName(child).localname for child in element]
            place = max((i for i, n in enumerate(names, 1) if n in before.split()), default=0)
            element.insert(place, etree.Element(f"{_CHART}{name}", val=value))
    return _spelt(root)


def _with_marks_joined(data: bytes) -> bytes:
    """A sheet that says once for each area what Excel is not to mark there.

    XlsxWriter says it once for each kind of mark, of which Excel takes only the last to heart.
    """
    root = etree.fromstring(data)
    said: dict[str, etree._Element] = {}
    for element in list(root.iter(f"{_MAIN}ignoredError")):
        first = said.setdefault(element.get("sqref", ""), element)
        if first is not element:
            first.attrib.update(element.attrib)
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
    return _spelt(root)


def _with_language(data: bytes) -> bytes:
    root = etree.fromstring(data)
    etree.SubElement(root, f"{_DUBLIN_CORE}language").text = LANGUAGE
    return _spelt(root)


def _spelt(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _write(path: Path, members: dict[str, bytes]) -> None:
    """Write the package with every member dated alike, so that two builds are the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, data, compresslevel=9)
