"""Workbooks that are odd as packages: many sheets, macros, prefixes, odd names of sheets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.builders import (
    FIRST_SHEET,
    package_with,
    parts_of,
    patched,
    replaced,
    workbook_from_text,
)
from tests.shapes.shape import AUGUST, PAIRS, pairs, shape

QUOTED = "Children's & families"


@shape({"Theme 1": AUGUST, QUOTED: AUGUST, "A < B": AUGUST})
def many_sheets(path: Path) -> Path:
    """Three themes between a cover and a legend, with quotes and ampersands in their names."""

    def decorate(book: Any) -> None:
        for sheet in book.worksheets()[1:4]:
            sheet.autofilter("A1:F4")
            sheet.print_area("A1:F4")
            sheet.protect()
        book.define_name("Latest", f"='{QUOTED.replace(chr(39), chr(39) * 2)}'!$E$2:$F$4")

    legend = "| Status | Means |\n| On track | No slippage |"
    sheets = {"Cover": "| Improvement plan |", "Theme 1": PAIRS, QUOTED: PAIRS, "A < B": PAIRS}
    return workbook_from_text(path, {**sheets, "Legend": legend}, decorate=decorate)


@shape({"Theme 1": AUGUST, "Old": AUGUST})
def hidden_theme(path: Path) -> Path:
    """A theme that is closed is hidden; it is rolled with the others."""

    def decorate(book: Any) -> None:
        book.get_worksheet_by_name("Old").hide()

    return workbook_from_text(path, {"Theme 1": PAIRS, "Old": PAIRS}, decorate=decorate)


@shape(suffix=".xlsm")
def macros(path: Path) -> Path:
    """A workbook with a VBA project, and a sheet that macros know by a code name."""
    path = pairs(path, lambda _, sheet: None)
    parts = parts_of(path)
    types = parts["[Content_Types].xml"].decode()
    types = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    vba = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    relation = (
        '<Relationship Id="rId99" Target="vbaProject.bin" Type='
        '"http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
    )
    rels = parts["xl/_rels/workbook.xml.rels"].decode().replace("</Relationships>", relation)
    return package_with(
        path,
        {
            "[Content_Types].xml": types.replace("<Override", vba + "<Override", 1).encode(),
            "xl/_rels/workbook.xml.rels": rels.encode(),
            "xl/vbaProject.bin": bytes(range(256)) * 8,
        },
    )


@shape()
def prefixed_parts(path: Path) -> Path:
    """The worksheet's elements have a prefix, as some exporting programs write them."""

    def decorate(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet.conditional_format(
            "E2:E4", {"type": "formula", "criteria": '=$E2="Complete"', "format": bold}
        )
        sheet.data_validation("E2:E4", {"validate": "list", "source": ["Complete"]})
        sheet.merge_range("A6:F6", "End")
        sheet.set_column("E:F", 20)
        sheet.write_rich_string("E1", "Status (", bold, "July 2023", ")")

    def prefixed(xml: bytes) -> bytes:
        text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml.decode())
        return text.replace("xmlns=", "xmlns:x=", 1).encode()

    return patched(pairs(path, decorate), {FIRST_SHEET: prefixed})


@shape()
def no_styles(path: Path) -> Path:
    """A program wrote the workbook without a styles part, so no colours can be added."""
    path = pairs(path, lambda _, sheet: None)
    parts = parts_of(path)
    override = re.compile(r'<Override PartName="/xl/styles.xml"[^>]*>')
    types = override.sub("", parts["[Content_Types].xml"].decode())
    relation = re.compile(r'<Relationship [^>]*Target="styles.xml"[^>]*>')
    rels = relation.sub("", parts["xl/_rels/workbook.xml.rels"].decode())
    return package_with(
        path,
        {
            "[Content_Types].xml": types.encode(),
            "xl/_rels/workbook.xml.rels": rels.encode(),
            "xl/styles.xml": None,
        },
    )


@shape()
def chain_of_calculation(path: Path) -> Path:
    """Excel's list of formulas in the order of their calculation, which may lack new ones."""

    def decorate(_: object, sheet: Any) -> None:
        sheet.write_formula("B9", '=COUNTIF(E2:E4,"Complete")', None, 1)

    path = pairs(path, decorate)
    chain = (
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<c r="B9" i="1"/></calcChain>'
    )
    part = (
        '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.calcChain+xml"/></Types>'
    )
    relation = (
        '<Relationship Id="rId98" Target="calcChain.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    package_with(path, {"xl/calcChain.xml": chain.encode()})
    replaced(path, "[Content_Types].xml", "</Types>", part)
    return replaced(path, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
