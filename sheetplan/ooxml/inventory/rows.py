"""The rows of two forms of a worksheet: compared as text, and cell by cell where they differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from sheetplan.ooxml.sheet_rows import cells_of, name_the_cells
from sheetplan.ooxml.xml import canonical, local_name

Note = Callable[..., None]

_SPANS = re.compile(rb'\sspans="[^"]*"')
_NUMBER = re.compile(rb'\sr="(\d+)"')


@dataclass
class CellCount:
    """How many cells stayed as they were, and how many did not.

    Filled are those that were there, held nothing and hold something now.
    """

    unchanged: int = 0
    filled: int = 0
    added: int = 0
    changed: int = 0
    lost: int = 0


def each_row(rows: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The rows in a stretch of text: number, opening tag, and the cells as they stand in it."""
    if not rows:
        return
    name = re.search(rb"<((?:[\w.-]+:)?row)\b", rows)
    if name is None:
        return
    start_tag, end_tag = b"<" + name[1], b"</" + name[1] + b">"
    at, number = rows.find(start_tag), 0
    while at >= 0:
        close = rows.index(b">", at)
        stated = _NUMBER.search(rows, at, close)
        number = int(stated[1]) if stated else number + 1
        if rows[close - 1 : close] == b"/":
            yield number, rows[at : close - 1], b""
            at = rows.find(start_tag, close)
        else:
            end = rows.index(end_tag, close)
            yield number, rows[at:close], rows[close + 1 : end]
            at = rows.find(start_tag, end)


def compare_rows(
    old_frame: bytes, old_rows: bytes, new_frame: bytes, new_rows: bytes, note: Note
) -> CellCount:
    """Note what is lost or changed in the rows, and count their cells."""
    opening = re.search(rb"<((?:[\w.-]+:)?)sheetData\b", old_frame)
    cell_tag = b"<" + (opening[1] if opening else b"") + b"c"
    wrap = _wrapper(old_frame), _wrapper(new_frame)
    looked_at = CellCount()  # the cells of rows that do not begin with all that they held
    in_lost_rows = in_such_rows = 0
    new = each_row(new_rows)
    ahead = next(new, None)
    for number, tag, cells in each_row(old_rows):
        while ahead is not None and ahead[0] < number:
            ahead = next(new, None)
        if ahead is None or ahead[0] > number:
            note("lost", f"row {number}")
            in_lost_rows += _count(cells, cell_tag)
            continue
        _compare_row_settings(number, tag, ahead[1], wrap, note)
        if not ahead[2].startswith(cells):
            in_such_rows += _count(cells, cell_tag)
            start, end, new_end = _where_they_differ(cells, ahead[2], cell_tag + b" ")
            alike = _count(cells[:start], cell_tag) + _count(cells[end:], cell_tag)
            looked_at.unchanged += alike
            sides = cells[start:end], ahead[2][start:new_end]
            _compare_cells(number, *sides, wrap, note, looked_at)
        ahead = next(new, None)
    before, after = _count(old_rows, cell_tag), _count(new_rows, cell_tag)
    lost = in_lost_rows + looked_at.lost
    return CellCount(
        unchanged=before - in_lost_rows - in_such_rows + looked_at.unchanged,
        filled=looked_at.filled,
        added=after - (before - lost),
        changed=looked_at.changed,
        lost=lost,
    )


def _where_they_differ(old: bytes, new: bytes, cell: bytes) -> tuple[int, int, int]:
    """The whole cells in which two forms of a row differ: where they begin in both, and where
    they end in each. What stands before and behind them is the same text."""
    shorter = min(len(old), len(new))
    alike = _longest(shorter, lambda length: old[:length] == new[:length])
    start = max(0, old.rfind(cell, 0, alike + len(cell)))
    alike = _longest(
        shorter - start, lambda length: old[len(old) - length :] == new[len(new) - length :]
    )
    end = old.find(cell, len(old) - alike)
    end = len(old) if end < 0 else end
    return start, end, len(new) - (len(old) - end)


def _longest(most: int, is_alike: Callable[[int], bool]) -> int:
    """The greatest length for which something is so that is so for every smaller one."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if is_alike(middle):
            least = middle
        else:
            most = middle - 1
    return least


def _count(cells: bytes, tag: bytes) -> int:
    """How many cells begin here: every cell that can be found again has a name, so a space."""
    return cells.count(tag + b" ")


def _wrapper(frame: bytes) -> tuple[bytes, bytes]:
    """The root's own tags, between which a row can be parsed by itself."""
    start = re.search(rb"<(?:[\w.-]+:)?worksheet\b[^>]*>", frame)
    assert start is not None
    name = start[0][1:].split(b">")[0].split()[0]
    return start[0], b"</" + name + b">"


def _parsed(row: bytes, wrap: tuple[bytes, bytes]) -> etree._Element:
    return etree.fromstring(wrap[0] + row + wrap[1])[0]


def _compare_row_settings(
    number: int,
    old: bytes,
    new: bytes,
    wrap: tuple[tuple[bytes, bytes], tuple[bytes, bytes]],
    note: Note,
) -> None:
    """`spans` may go: it only hints at where cells stand."""
    if old == new or _SPANS.sub(b"", old) == _SPANS.sub(b"", new):
        return
    before, after = (
        dict(_parsed(tag + b"/>", w).attrib) for tag, w in zip((old, new), wrap, strict=True)
    )
    for settings in (before, after):
        settings.pop("spans", None)
        settings.pop("r", None)
    if before != after:
        note("changed", f"row {number}", f"{before} -> {after}")


def _compare_cells(
    number: int,
    old: bytes,
    new: bytes,
    wrap: tuple[tuple[bytes, bytes], tuple[bytes, bytes]],
    note: Note,
    count: CellCount,
) -> None:
    sides = []
    for cells, w in zip((old, new), wrap, strict=True):
        tag = b"row"
        prefix = re.match(rb"<((?:[\w.-]+:)?)worksheet", w[0])
        if prefix:
            tag = prefix[1] + tag
        row = _parsed(b"<" + tag + b">" + cells + b"</" + tag + b">", w)
        name_the_cells(row, number)
        sides.append(({cell.get("r", ""): cell for _, cell in cells_of(row)}, row))
    (before, old_row), (after, new_row) = sides
    for name, cell in before.items():
        other = after.get(name)
        if other is None:
            note("lost", name)
            count.lost += 1
        elif canonical(cell) == canonical(other):
            count.unchanged += 1
        elif len(cell) == 0 and cell.attrib.get("s") == other.attrib.get("s"):
            note("added", name)  # an empty cell was filled, its style kept
            count.filled += 1
        else:
            note("changed", name)
            count.changed += 1
    extras = [canonical(e) for e in old_row if local_name(e) != "c"]
    if extras != [canonical(e) for e in new_row if local_name(e) != "c"]:
        note("changed", f"row {number}", "extension")
