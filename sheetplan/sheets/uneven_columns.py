"""Columns in which some rows have other drop-downs, colour rules, formats or locks than most.

Rows are compared with their like: main actions that have sub-actions, main actions that have none,
and sub-actions may lawfully differ. Rows between the actions, and blank ones below them, do not
count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime

from sheetplan.model.workbook_facts import CellFact, UnevenColumn
from sheetplan.ooxml.column_rules import HeldRule, stretches
from sheetplan.ooxml.columns import column_settings
from sheetplan.ooxml.ranges import cell_name, column_letters
from sheetplan.ooxml.shown_dates import date_codes, shown_date
from sheetplan.ooxml.shown_values import shown_text
from sheetplan.sheets.checked_sheet import CheckedSheet
from sheetplan.sheets.structure import column_headings

_MOST = 0.8  # how many of the rows must agree for it to be what is usual
_SOME_DAY = datetime(2026, 3, 31)

Kinds = Mapping[int, Hashable]
"""By row: what a cell has; equal for cells that have the same."""
Words = Callable[[int, Hashable, Hashable], str]
"""What a row's cell has, in words: the row, what it has, and what is usual."""


def uneven_columns(checked: CheckedSheet) -> Iterator[UnevenColumn]:
    """The columns of a sheet that are uneven, from left to right."""
    groups = _groups(checked)
    headings = column_headings(checked.sheet, checked.layout)
    for column in checked.columns:
        for what, kinds, words in _looks(checked, column):
            found: dict[str, list[CellFact]] = defaultdict(list)
            for rows in groups:
                for usual, facts in _unlike(checked, column, rows, kinds, words):
                    found[usual] += facts
            for usual, facts in found.items():
                yield UnevenColumn(
                    checked.sheet.name,
                    column_letters(column),
                    headings.get(column, ""),
                    what,
                    usual,
                    tuple(facts),
                )


def _groups(checked: CheckedSheet) -> list[list[int]]:
    """The rows of actions, those that are alike together."""
    references = [action.reference for action in checked.actions.values()]
    parents = {reference.main_action for reference in references if reference is not None}
    groups: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for row, action in checked.actions.items():
        is_main = action.reference is not None and action.reference.is_main_action
        groups[is_main, is_main and action.reference in parents].append(row)
    return list(groups.values())


def _unlike(
    checked: CheckedSheet, column: int, rows: Sequence[int], kinds: Kinds, words: Words
) -> Iterator[tuple[str, list[CellFact]]]:
    """What is usual among some rows, and the cells that have something else."""
    held = [row for row in rows if row in kinds]
    counts = Counter(kinds[row] for row in held)
    if len(counts) < 2:
        return
    usual, count = counts.most_common(1)[0]
    if count < _MOST * len(held):
        return
    example = next(row for row in held if kinds[row] == usual)
    others = [row for row in held if kinds[row] != usual]
    said = [words(row, kinds[row], usual) for row in others]
    facts = [
        CellFact(checked.sheet.name, cell_name(row, column), says, checked.reference(row))
        for row, says in zip(others, said, strict=True)
    ]
    yield words(example, usual, usual), facts


def _looks(checked: CheckedSheet, column: int) -> Iterator[tuple[str, Kinds, Words]]:
    """What is compared in a column: what it is called, what each row has, and words for it."""
    rows = sorted(checked.actions)
    rules = checked.rules
    yield "drop-down", _held(rules.drop_downs, column, rows), _offer
    yield "colour rule", _held(rules.colour_rules, column, rows), _colours
    formats = _number_formats(checked, column)

    def shown(row: int, kind: Hashable, usual: Hashable) -> str:
        return _shown(checked, row, column, is_usual=kind == usual)

    yield "number format", formats, shown
    yield "protection", _locks(checked, column, rows), _lock


# ---------------------------------------------------------------- rules


def _held(rules: list[HeldRule], column: int, rows: Sequence[int]) -> dict[int, Hashable]:
    """What the rules do that hold in each row of a column: found at the rows where it changes."""
    changes: dict[int, list[tuple[Hashable, int]]] = defaultdict(list)
    for stretch in stretches(rules, column):
        changes[stretch.first_row].append((stretch.does, 1))
        changes[stretch.last_row + 1].append((stretch.does, -1))
    found: dict[int, Hashable] = {}
    open_rules: Counter[Hashable] = Counter()
    starts = sorted(changes)
    waiting = iter(starts)
    following = next(waiting, None)
    held: Hashable = frozenset()
    for row in rows:
        while following is not None and following <= row:
            for does, count in changes[following]:
                open_rules[does] += count
            held = frozenset(does for does, count in open_rules.items() if count > 0)
            following = next(waiting, None)
        found[row] = held
    return found


def _offer(row: int, kind: Hashable, usual: Hashable) -> str:
    assert isinstance(kind, frozenset)
    return "; ".join(sorted(kind)) or "none"


def _colours(row: int, kind: Hashable, usual: Hashable) -> str:
    assert isinstance(kind, frozenset)
    assert isinstance(usual, frozenset)
    if not kind or kind == usual:
        return f"{len(kind)} colour rules" if len(kind) > 1 else "1 colour rule" if kind else "none"
    missing, more = len(usual - kind), len(kind - usual)
    said = [f"{missing} of {len(usual)} missing"] if missing else []
    return " and ".join([*said, f"{more} more"] if more else said)


# ---------------------------------------------------------------- formats


def _number_formats(checked: CheckedSheet, column: int) -> dict[int, Hashable]:
    """How numbers and dates show; words show as they are, whatever the format is."""
    found: dict[int, Hashable] = {}
    for row, value in checked.values(column).items():
        if isinstance(value, int | float | datetime) and not isinstance(value, bool):
            code = checked.cells.number_format(row, column)
            is_date = isinstance(value, datetime)
            found[row] = tuple(date_codes(code)) if is_date else code.partition(";")[0]
    return found


def _shown(checked: CheckedSheet, row: int, column: int, *, is_usual: bool) -> str:
    """How a cell shows, and a usual one of its column."""
    value = checked.cells.value(row, column)
    if is_usual and isinstance(value, datetime):
        code = checked.cells.number_format(row, column)
        return f"dates such as {shown_date(_SOME_DAY, code)}"
    return shown_text(checked.sheet, row, column)


def _locks(checked: CheckedSheet, column: int, rows: Sequence[int]) -> dict[int, Hashable]:
    """Whether each cell is locked, of a sheet that is protected."""
    protection = checked.sheet.child("sheetProtection")
    if protection is None or protection.get("sheet") not in ("1", "true"):
        return {}
    is_locked = checked.sheet.workbook.styles.is_locked
    of_column = int(column_settings(checked.sheet, column).get("style") or 0)
    open_rows = _held(checked.rules.protected_ranges, column, rows)
    found: dict[int, Hashable] = {}
    for row in rows:
        style = checked.cells.style(row, column)
        if style is None:
            settings = checked.sheet.rows.settings(row)
            has_look = settings.get("customFormat") in ("1", "true")
            style = int(settings.get("s") or 0) if has_look else of_column
        found[row] = is_locked(style) and not open_rows[row]
    return found


def _lock(row: int, kind: Hashable, usual: Hashable) -> str:
    return "locked" if kind else "not locked"
