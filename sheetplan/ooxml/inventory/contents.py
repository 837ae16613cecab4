"""What a workbook holds beyond the values of its cells, in words that Excel's own menus use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetplan.ooxml.rules import (
    CONDITIONAL_FORMAT,
    DROP_DOWN,
    IGNORED_ERROR,
    PROTECTED_RANGE,
    rules_of,
)
from sheetplan.ooxml.xml import X14, local_name, main

if TYPE_CHECKING:
    from sheetplan.ooxml.package import Package
    from sheetplan.ooxml.workbook import Workbook


@dataclass(frozen=True)
class Holding:
    """A kind of thing that a workbook holds, and how many of it."""

    singular: str
    plural: str
    count: int

    def __str__(self) -> str:
        if self.singular == self.plural:
            return self.singular
        return f"{self.count:,} {self.singular if self.count == 1 else self.plural}"


# Parts, known by the last word of the relationship that leads to them.
_PARTS = {
    "chart": ("chart", "charts"),
    "chartEx": ("chart of the new kind", "charts of the new kind"),
    "chartsheet": ("chart sheet", "chart sheets"),
    "image": ("picture", "pictures"),
    "pivotTable": ("pivot table", "pivot tables"),
    "slicer": ("slicer", "slicers"),
    "timeline": ("timeline", "timelines"),
    "table": ("table", "tables"),
    "queryTable": ("query table", "query tables"),
    "externalLink": ("link to another workbook", "links to other workbooks"),
    "connections": ("data connections", "data connections"),
    "vbaProject": ("macros", "macros"),
    "printerSettings": ("sheet with printer settings", "sheets with printer settings"),
    "ctrlProp": ("form control", "form controls"),
    "control": ("ActiveX control", "ActiveX controls"),
    "oleObject": ("embedded object", "embedded objects"),
    "package": ("embedded document", "embedded documents"),
    "diagramData": ("SmartArt drawing", "SmartArt drawings"),
    "webextension": ("add-in", "add-ins"),
    "custom-properties": ("custom properties", "custom properties"),
}
_DOCUMENT_LABEL = "docmetadata/labelinfo.xml"


def contents(workbook: Workbook) -> list[Holding]:
    """What the workbook holds, in an order that puts first what people miss first."""
    found = [
        *_label(workbook.package),
        *_comments(workbook.package),
        *_in_sheets(workbook),
        *_drawn(workbook.package),
        *_parts(workbook.package),
        *_in_workbook(workbook),
    ]
    return [holding for holding in found if holding.count]


def _label(package: Package) -> Iterator[Holding]:
    """A sensitivity label stands in a part of its own, or in the custom properties."""
    labelled = any(name.lower() == _DOCUMENT_LABEL for name in package.names)
    properties = [n for n in package.names if n.lower() == "docprops/custom.xml"]
    labelled = labelled or any(b"MSIP_Label_" in package.read(name) for name in properties)
    yield Holding("sensitivity label", "sensitivity label", int(labelled))
    saved = sum(package.content_types.of(n).endswith(".customXmlProperties+xml")
                for n in package.names)  # fmt: skip
    yield Holding("set of SharePoint or other custom data", "sets of SharePoint or other custom "
                  "data", saved)  # fmt: skip


def _comments(package: Package) -> Iterator[Holding]:
    threads = notes = 0
    for name in package.names:
        kind = package.content_types.of(name).lower()
        if kind == "application/vnd.ms-excel.threadedcomments+xml":
            threads += sum(local_name(e) == "threadedComment" for e in package.xml(name))
        elif kind.endswith("spreadsheetml.comments+xml"):
            notes += sum(local_name(e) == "comment" for e in package.xml(name).iter())
    yield Holding("threaded comment", "threaded comments", threads)
    yield Holding("note", "notes", notes)


def _in_sheets(workbook: Workbook) -> Iterator[Holding]:
    counts: Counter[str] = Counter()
    for sheet in workbook.sheets:
        for rule in rules_of(sheet):
            counts[rule.what] += 1
        root = sheet.root
        counts["formula"] += sum(1 for _ in sheet.rows.formulas())
        counts["merged"] += len(sheet.merged)
        counts["link"] += sum(1 for _ in root.iter(main("hyperlink")))
        counts["sparkline"] += sum(1 for _ in root.iter(f"{{{X14}}}sparkline"))
        counts["protected"] += sheet.child("sheetProtection") is not None
        counts["filter"] += sheet.child("autoFilter") is not None
        counts["frozen"] += root.find(f".//{main('pane')}[@state='frozen']") is not None
        counts["header"] += sheet.child("headerFooter") is not None
    yield Holding("drop-down rule", "drop-down rules", counts[DROP_DOWN])
    yield Holding("conditional format", "conditional formats", counts[CONDITIONAL_FORMAT])
    yield Holding("protected range", "protected ranges", counts[PROTECTED_RANGE])
    yield Holding("range with ignored errors", "ranges with ignored errors", counts[IGNORED_ERROR])
    yield Holding("formula", "formulas", counts["formula"])
    yield Holding("text with formatting inside it", "texts with formatting inside them",
                  _rich_texts(workbook))  # fmt: skip
    yield Holding("link", "links", counts["link"])
    yield Holding("sparkline", "sparklines", counts["sparkline"])
    yield Holding("group of merged cells", "groups of merged cells", counts["merged"])
    yield Holding("filter", "filters", counts["filter"])
    yield Holding("sheet with frozen panes", "sheets with frozen panes", counts["frozen"])
    yield Holding("protected sheet", "protected sheets", counts["protected"])
    yield Holding("page header or footer", "page headers or footers", counts["header"])


def _rich_texts(workbook: Workbook) -> int:
    package = workbook.package
    strings = package.related(package.main_part, "sharedStrings")
    shared = sum(
        any(True for _ in item.iterchildren(main("r")))
        for part in strings
        for item in package.xml(part).iter(main("si"))
    )
    return shared + sum(sheet.rows.rich_texts for sheet in workbook.sheets)


def _drawn(package: Package) -> Iterator[Holding]:
    shapes = sum(
        local_name(e) == "sp"
        for name in package.names
        if package.content_types.of(name).endswith(".drawing+xml")
        for e in package.xml(name).iter()
    )
    yield Holding("text box or shape", "text boxes or shapes", shapes)


def _parts(package: Package) -> Iterator[Holding]:
    counts: Counter[str] = Counter()
    for name in package.names:
        if name.endswith(".rels"):
            for element in package.xml(name):
                kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
                counts[kind] += 1
    for kind, (singular, plural) in _PARTS.items():
        yield Holding(singular, plural, counts[kind])


def _in_workbook(workbook: Workbook) -> Iterator[Holding]:
    root = workbook.package.xml(workbook.package.main_part)
    names = [
        name
        for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}")
        if name.get("hidden") not in ("1", "true")
    ]
    areas = sum(name.get("name") == "_xlnm.Print_Area" for name in names)
    builtin = sum(name.get("name", "").startswith("_xlnm.") for name in names)
    hidden = sum(sheet.state != "visible" for sheet in workbook.sheets)
    yield Holding("print area", "print areas", areas)
    yield Holding("name", "names", len(names) - builtin)
    yield Holding("hidden sheet", "hidden sheets", hidden)
