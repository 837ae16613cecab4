"""The elements beside the cells, compared: each may stay, or grow as its kind allows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from lxml import etree

from sheetplan.ooxml.ranges import covers_all, parse_areas
from sheetplan.ooxml.xml import canonical, local_name, main, x14, xm

Note = Callable[..., None]

# Lists of a worksheet whose items are known by all but their range.
_RANGED = {
    "mergeCells": "ref",
    "dataValidations": "sqref",
    "protectedRanges": "sqref",
    "ignoredErrors": "sqref",
}
_EXTENSION_RANGED = (
    x14("conditionalFormatting"),
    x14("dataValidation"),
    x14("ignoredError"),
    x14("protectedRange"),
)
_AREA_IN_NAME = re.compile(r"(?:'(?:[^']|'')+'|[\w.]+)!\$?[A-Z]*\$?\d*(?::\$?[A-Z]*\$?\d*)?")


def compare_sheet_elements(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Two worksheets without their rows."""
    _root(old, new, note)
    for name, attribute in _RANGED.items():
        _holder(old.find(main(name)), new.find(main(name)), note)
        _ranged(name, _items(old, name), _items(new, name), attribute, note)
    formatting = main("conditionalFormatting")
    _ranged(
        "conditionalFormatting", old.findall(formatting), new.findall(formatting), "sqref", note
    )
    _columns(old.find(main("cols")), new.find(main("cols")), note)
    _dimension(old.find(main("dimension")), new.find(main("dimension")), note)
    _extensions(old.find(main("extLst")), new.find(main("extLst")), note)
    done = {*_RANGED, "conditionalFormatting", "cols", "dimension", "extLst", "sheetData", ""}
    rest = [e for e in new if local_name(e) not in done]
    for element in (e for e in old if local_name(e) not in done):
        name = local_name(element)
        form = canonical(element)
        twins = [e for e in rest if local_name(e) == name]
        same = next((e for e in twins if canonical(e) == form), None)
        if same is not None:
            rest.remove(same)
        elif not twins:
            note("lost", f"<{name}>")
        else:
            rest.remove(twins[0])
            if name == "autoFilter" and _only_grew(element, twins[0], "ref"):
                note("grown", f"<{name}>", f"{element.get('ref')} -> {twins[0].get('ref')}")
            else:
                note("changed", f"<{name}>")
    for element in rest:
        note("added", f"<{local_name(element)}>")


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _root(old: etree._Element, new: etree._Element, note: Note, *but: str) -> None:
    """What stands in the tag of a part's root, namespaces included, apart from some attributes."""
    before, after = ({k: v for k, v in _attributes(e).items() if k not in but} for e in (old, new))
    if before != after or old.nsmap != new.nsmap:
        note("changed", f"<{local_name(old)}>")


def _holder(old: etree._Element | None, new: etree._Element | None, note: Note) -> None:
    """What stands in the tag of a list, apart from how many items it has."""
    if old is None or new is None:
        return
    before, after = ({k: v for k, v in _attributes(e).items() if k != "count"} for e in (old, new))
    if before != after:
        note("changed", f"<{local_name(old)}>")


def _items(root: etree._Element, name: str) -> list[etree._Element]:
    holder = root.find(main(name))
    return [] if holder is None else [e for e in holder if local_name(e)]


def _grew(old: str, new: str) -> bool:
    try:
        return covers_all(parse_areas(new), parse_areas(old))
    except ValueError:
        return old == new


def _only_grew(old: etree._Element, new: etree._Element, attribute: str) -> bool:
    same = canonical(old, without=[attribute]) == canonical(new, without=[attribute])
    return same and _grew(old.get(attribute, ""), new.get(attribute, ""))


def _ranged(
    name: str,
    old: Iterable[etree._Element],
    new: Iterable[etree._Element],
    attribute: str,
    note: Note,
) -> None:
    """Match each old item with the new one that is equal but for a range that may have grown."""
    label = f"{name}" if name == "conditionalFormatting" else name.removesuffix("s")
    rest = [(canonical(e, without=[attribute]), e.get(attribute, "")) for e in new]
    _match(
        label, [(canonical(e, without=[attribute]), e.get(attribute, "")) for e in old], rest, note
    )


def _match(
    label: str, old: list[tuple[bytes, str]], rest: list[tuple[bytes, str]], note: Note
) -> None:
    left = []
    for item in old:
        if item in rest:
            rest.remove(item)
        else:
            left.append(item)
    for form, areas in left:
        wider = next((i for i in rest if i[0] == form and _grew(areas, i[1])), None)
        if wider is None:
            note("lost", f"<{label}> {areas}")
        else:
            rest.remove(wider)
            note("grown", f"<{label}> {areas}", f"-> {wider[1]}")
    for _, areas in rest:
        note("added", f"<{label}> {areas}")


def _columns(old: etree._Element | None, new: etree._Element | None, note: Note) -> None:
    before, after = _widths(old), _widths(new)
    for column, settings in before.items():
        if column not in after:
            note("lost", f"column {column}")
        elif after[column] != settings:
            note("changed", f"column {column}")
    for column in after.keys() - before.keys():
        note("added", f"column {column}")


def _widths(cols: etree._Element | None) -> dict[int, dict[str, str]]:
    widths: dict[int, dict[str, str]] = {}
    for col in cols if cols is not None else ():
        settings = {str(k): str(v) for k, v in col.attrib.items() if k not in ("min", "max")}
        for number in range(int(col.get("min", "1")), int(col.get("max", "1")) + 1):
            widths[number] = settings
    return widths


def _dimension(old: etree._Element | None, new: etree._Element | None, note: Note) -> None:
    if old is None or new is None:
        if old is not None:
            note("lost", "<dimension>")
        return
    if not _grew(old.get("ref", ""), new.get("ref", "")):
        note("changed", "<dimension>")


def _extensions(old: etree._Element | None, new: etree._Element | None, note: Note) -> None:
    before = {} if old is None else {e.get("uri"): e for e in old}
    after = {} if new is None else {e.get("uri"): e for e in new}
    for uri, extension in before.items():
        other = after.get(uri)
        if other is None:
            note("lost", f"<ext> {uri}")
        elif canonical(extension) != canonical(other):
            items, bare = _extension_items(extension)
            new_items, new_bare = _extension_items(other)
            if bare != new_bare:
                note("changed", f"<ext> {uri}")
            _match("x14 rule", items, new_items, note)
    for uri in after.keys() - before.keys():
        note("added", f"<ext> {uri}")


def _extension_items(extension: etree._Element) -> tuple[list[tuple[bytes, str]], bytes]:
    """The ranged rules of an extension (without their range), and the rest of it without them."""
    twin = etree.fromstring(etree.tostring(extension, with_tail=False))
    items = []
    for rule in list(twin.iter(*_EXTENSION_RANGED)):
        areas = rule.find(xm("sqref"))
        parent = rule.getparent()
        if areas is None or parent is None:
            continue
        rule.remove(areas)
        parent.attrib.pop("count", "")
        items.append((canonical(rule), areas.text or ""))
        parent.remove(rule)
    return items, canonical(twin)


def compare_workbook_elements(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Two forms of the workbook part: sheets may be added at the end, names may grow or be added,
    and it may recalculate."""
    _root(old, new, note)
    for element in old:
        name = local_name(element)
        other = new.find(element.tag) if name else None
        if not name or (other is not None and canonical(element) == canonical(other)):
            continue
        if other is None:
            note("lost", f"<{name}>")
        elif name == "sheets":
            _sheets(element, other, note)
        elif name == "definedNames":
            _names(element, other, note)
        elif name == "calcPr":
            recalculates = canonical(element, without=["fullCalcOnLoad"]) == canonical(
                other, without=["fullCalcOnLoad"]
            )
            note("grown" if recalculates else "changed", "<calcPr>")
        else:
            note("changed", f"<{name}>")
    for element in new:
        if local_name(element) and old.find(element.tag) is None:
            note("added", f"<{local_name(element)}>")


def _sheets(old: etree._Element, new: etree._Element, note: Note) -> None:
    """The sheets must begin with those that were there: names belong to them by position."""
    before, after = [canonical(e) for e in old], [canonical(e) for e in new]
    if after[: len(before)] != before:
        note("changed", "<sheets>")
    for sheet in list(new)[len(old) :]:
        note("added", f"sheet {sheet.get('name')}")


def place_of_name(name: str, scope: str | None) -> str:
    """What a difference calls a defined name.

    Args:
        name: The name.
        scope: The position of the sheet that it belongs to; None for the workbook's own.
    """
    return f"name {name}" + (f" of sheet {int(scope) + 1}" if scope else "")


def _names(old: etree._Element, new: etree._Element, note: Note) -> None:
    def key(name: etree._Element) -> tuple[str, str]:
        return name.get("name", ""), name.get("localSheetId", "")

    after: dict[tuple[str, str], list[etree._Element]] = {}
    for name in new:
        after.setdefault(key(name), []).append(name)
    for name in old:
        others = after.get(key(name))
        place = place_of_name(*key(name))
        if not others:
            note("lost", place)
            continue
        other = others.pop(0)  # some programs write one twice
        if _attributes(name) != _attributes(other):
            note("changed", place)
        elif name.text != other.text:
            grew = _name_grew(name.text or "", other.text or "")
            note("grown" if grew else "changed", place, f"{name.text} -> {other.text}")
    for name_key, left in after.items():
        for _ in left:
            note("added", place_of_name(*name_key))


def _name_grew(old: str, new: str) -> bool:
    before = [piece.rsplit("!", 1) for piece in _AREA_IN_NAME.findall(old)]
    after = [piece.rsplit("!", 1) for piece in _AREA_IN_NAME.findall(new)]
    if not before or _AREA_IN_NAME.sub("", old) != _AREA_IN_NAME.sub("", new):
        return False
    return all(
        sheet == other and _grew(area.replace("$", ""), wider.replace("$", ""))
        for (sheet, area), (other, wider) in zip(before, after, strict=True)
    )


def compare_styles(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Every list of formats must begin with what it held: formats are known by position."""
    _root(old, new, note)
    for group in old:
        name = local_name(group)
        other = new.find(group.tag) if name else None
        if not name:
            continue
        if other is None:
            note("lost", f"<{name}>")
            continue
        _holder(group, other, note)
        before, after = [canonical(e) for e in group], [canonical(e) for e in other]
        if after[: len(before)] != before:
            note("changed", f"<{name}>")
        elif len(after) > len(before):
            note("grown", f"<{name}>", f"{len(before)} -> {len(after)}")
    for group in new:
        if local_name(group) and old.find(group.tag) is None:
            note("added", f"<{local_name(group)}>")


def compare_table(old: etree._Element, new: etree._Element, note: Note) -> None:
    """A table may gain columns at its right."""
    _root(old, new, note, "ref")
    columns = main("tableColumns")
    before = [canonical(c) for c in _items(old, "tableColumns")]
    after = [canonical(c) for c in _items(new, "tableColumns")]
    if after[: len(before)] != before or not _grew(old.get("ref", ""), new.get("ref", "")):
        note("changed", "<tableColumns>")
    elif len(after) > len(before):
        note("grown", "<tableColumns>", f"{len(before)} -> {len(after)}")
    for element in old:
        other = new.find(element.tag)
        if element.tag == columns or not local_name(element):
            continue
        if other is None or not _only_grew(element, other, "ref"):
            note("changed", f"<{local_name(element)}>")


def compare_relationships(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Relationships may be added."""

    def label(element: etree._Element) -> str:
        return f"relationship {element.get('Id')}"

    _compare_sets(old, new, note, label)


def compare_content_types(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Content types may be added."""

    def label(element: etree._Element) -> str:
        name = element.get("PartName", "").lstrip("/")
        return f"content type of {name or '.' + element.get('Extension', '')}"

    _compare_sets(old, new, note, label)


def place_of_property(element: etree._Element) -> str:
    """What a difference calls a property of the workbook that somebody named."""
    return f"property {element.get('name')}"


def compare_custom_properties(old: etree._Element, new: etree._Element, note: Note) -> None:
    """Properties may be added."""
    _root(old, new, note)
    _compare_sets(old, new, note, place_of_property)


def _compare_sets(
    old: etree._Element, new: etree._Element, note: Note, label: Callable[[etree._Element], str]
) -> None:
    """Two lists whose order says nothing."""
    before, after = Counter(map(canonical, old)), Counter(map(canonical, new))
    for element in old:
        if after[canonical(element)] <= 0:
            note("lost", label(element))
        after[canonical(element)] -= 1
    for element in new:
        if before[canonical(element)] <= 0:
            note("added", label(element))
        before[canonical(element)] -= 1
