"""What else must grow when columns are copied to the right: merges, filter, names, print areas."""

from __future__ import annotations

from collections.abc import Callable, Collection

from lxml import etree

from sheetplan.ooxml.columns import column_settings, copy_columns
from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import Corner, parse_reference, rewrite, tokens
from sheetplan.ooxml.ranges import Area, ColumnCopy, column_letters
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import main

_MERGE = main("mergeCell")


def width_edit(sheet: Worksheet, columns: ColumnCopy) -> Edit:
    """The edit that gives the new columns the widths and outline of those they copy."""
    sources = range(columns.first, columns.last + 1)
    widths = [column_settings(sheet, column).get("width", "standard") for column in sources]
    letters = [column_letters(column) for column in columns.targets]
    return Edit(
        "column width",
        sheet.name,
        "",
        ", ".join(f"{name} {width}" for name, width in zip(letters, widths, strict=True)),
        lambda: copy_columns(sheet, columns),
        replaces=tuple(f"column {column}" for column in columns.targets),
    )


def merge_edits(
    sheet: Worksheet, columns: ColumnCopy, leaving: Collection[Area] = ()
) -> list[Edit]:
    """Merged areas of the copied columns repeat; those that span to their end grow.

    One that would then overlap another stays as it is: Excel calls such a sheet corrupt.

    Args:
        sheet: The sheet.
        columns: The columns that are copied.
        leaving: Merged areas that move instead, and so neither repeat nor grow.
    """
    edits = []
    merged = sheet.merged

    def is_free(area: Area, but: Area | None = None) -> bool:
        return not any(area.overlaps(other) for other in merged if other != but)

    for area in merged:
        if area in leaving:
            continue
        if columns.first <= area.first_column and area.last_column <= columns.last:
            copied = columns.moved(area)
            assert copied is not None
            if not is_free(copied):
                continue
            edits.append(Edit("merge", sheet.name, "", str(copied), _adds_merge(sheet, copied)))
        elif columns.stretched(area) != area and is_free(columns.stretched(area), but=area):
            edits.append(move_merge(sheet, area, columns.stretched(area)))
    return edits


def move_merge(sheet: Worksheet, old: Area, new: Area) -> Edit:
    """The edit that takes a merge from one area to another, or away where others stand there."""

    def make() -> None:
        merges = sheet.child("mergeCells")
        assert merges is not None
        is_free = not any(new.overlaps(area) for area in sheet.merged if area != old)
        for item in list(merges.iterchildren(_MERGE)):
            if Area.parse(item.get("ref", "")) != old:
                continue
            if is_free:
                item.set("ref", new.corners)
            else:
                merges.remove(item)
                _count(merges)

    gone = () if new.covers(old) else (f"<mergeCell> {old}",)
    return Edit("merge", sheet.name, str(old), str(new), make, replaces=gone)


def _adds_merge(sheet: Worksheet, area: Area) -> Callable[[], None]:
    def make() -> None:
        merges = sheet.ensure_child("mergeCells")
        etree.SubElement(merges, _MERGE, ref=area.corners)
        _count(merges)

    return make


def _count(merges: etree._Element) -> None:
    if merges.get("count"):
        merges.set("count", str(len(merges)))


def filter_edit(sheet: Worksheet, columns: ColumnCopy) -> Edit | None:
    """The edit that makes the sheet's filter reach over the new columns."""
    element = sheet.child("autoFilter")
    if element is None or not element.get("ref"):
        return None
    area = Area.parse(element.get("ref", ""))
    grown = columns.stretched(area)
    if grown == area:
        return None

    def make() -> None:
        current = sheet.child("autoFilter")
        assert current is not None
        current.set("ref", grown.corners)

    return Edit("filter", sheet.name, str(area), str(grown), make)


def name_edits(workbook: Workbook, copies: dict[str, ColumnCopy]) -> list[Edit]:
    """Names whose area holds all copied columns and ends with them grow, print areas included.

    Only names that are plain areas: what a formula in a name means is its author's affair.

    Args:
        workbook: The workbook.
        copies: The copied columns of each sheet, by its casefolded name.
    """
    main_part = workbook.package.main_part
    names = workbook.package.xml(main_part).find(main("definedNames"))
    edits = []
    for place, name in enumerate(names if names is not None else ()):
        text = name.text or ""
        if not _is_plain_area(text):
            continue
        grown = rewrite(text, lambda piece: _stretched(piece, copies))
        if grown == text:
            continue
        label = name.get("name", "").removeprefix("_xlnm.").replace("_", " ").strip()
        what = {"Print Area": "print area", "FilterDatabase": "filter name"}.get(
            label, f"name {name.get('name')}"
        )

        def make(place: int = place, grown: str = grown) -> None:
            current = workbook.package.xml(main_part).find(main("definedNames"))
            assert current is not None
            current[place].text = grown

        edits.append(Edit(what, "", text, grown, make))
    return edits


def _is_plain_area(text: str) -> bool:
    """Whether a name's text is references and nothing else, perhaps several with commas."""
    pieces = tokens(text)
    return bool(pieces) and all(
        (t.type == "OPERAND" and t.subtype == "RANGE") or t.value == "," for t in pieces
    )


def _stretched(text: str, copies: dict[str, ColumnCopy]) -> str | None:
    reference = parse_reference(text)
    if reference is None or reference.sheet is None:
        return None
    columns = copies.get(reference.sheet.casefold())
    if columns is None or reference.last is None:
        return None
    first, last = reference.columns
    if first <= columns.first and last == columns.last:
        end = Corner(last + columns.count, reference.last.fixed, reference.last.row)
        return f"{reference.spelled_sheet}{reference.first}:{end}"
    return None
