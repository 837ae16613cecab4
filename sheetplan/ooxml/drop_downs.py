"""What may be chosen or typed in a cell: the lists of drop-downs, and other such rules in words."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils.datetime import from_excel

from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.formulas import parse_reference
from sheetplan.ooxml.ranges import Area
from sheetplan.ooxml.rules import DROP_DOWN, Rule, rules_of
from sheetplan.ooxml.worksheet import Worksheet

_DEEPEST = 5  # names that stand for names
_LONGEST_MESSAGE = 225  # characters, of what Excel shows
_KINDS = {
    "whole": "a whole number",
    "decimal": "a number",
    "date": "a date",
    "time": "a time",
    "textLength": "text of a length",
}
_OPERATORS = {
    "between": "between {} and {}",
    "notBetween": "not between {} and {}",
    "equal": "equal to {}",
    "notEqual": "not equal to {}",
    "lessThan": "under {}",
    "lessThanOrEqual": "up to {}",
    "greaterThan": "over {}",
    "greaterThanOrEqual": "from {}",
}


def is_list(rule: Rule) -> bool:
    """Whether a rule for what may be typed is a list to choose from."""
    return rule.element.get("type") == "list"


def refuse_other_words(sheet: Worksheet, column: int, message: str) -> None:
    """Make the lists of a column take nothing but their own words.

    Args:
        sheet: The sheet.
        column: The column.
        message: What Excel says to other words; what is too long for it is cut off.
    """
    for rule in rules_of(sheet):
        has_column = any(a.first_column <= column <= a.last_column for a in rule.areas)
        if rule.what == DROP_DOWN and is_list(rule) and has_column:
            rule.element.set("errorStyle", "stop")
            rule.element.set("showErrorMessage", "1")
            rule.element.set("error", message[:_LONGEST_MESSAGE])


def words_offered(rule: Rule, sheet: Worksheet) -> str:
    """What a drop-down offers, or another such rule lets in, in words: "On track, Complete",
    "a date from 1 January 2023"; empty for one that only shows a message."""
    kind = rule.element.get("type", "none")
    formulas = [f"={formula.text or ''}" for formula in rule.formulas]
    if kind == "list":
        return ", ".join(choices(rule, sheet)) or "".join(formulas[:1])
    if kind == "custom":
        return "".join(["what fits ", *formulas[:1]]) if formulas else ""
    if kind not in _KINDS:
        return ""
    limits = _OPERATORS.get(rule.element.get("operator", "between"), "")
    ends = [_limit(formula, kind) for formula in formulas]
    has_all = limits.count("{}") <= len(ends)
    return f"{_KINDS[kind]} {limits.format(*ends)}" if limits and has_all else _KINDS[kind]


def _limit(formula: str, kind: str) -> str:
    """A limit as people write it: of a date, the day that its number stands for."""
    text = formula.removeprefix("=")
    try:
        number = float(text)
    except ValueError:
        return formula
    if kind == "date" and 0 < number < 2_958_466:  # the year 9999
        day = from_excel(number)
        return f"{day.day} {day:%B %Y}"
    return text


def choices(rule: Rule, sheet: Worksheet) -> list[str]:
    """What a drop-down offers; nothing where only Excel could work it out."""
    formulas = rule.formulas
    text = (formulas[0].text or "").strip() if formulas else ""
    if text.startswith('"') and text.endswith('"'):
        pieces = text[1:-1].replace('""', '"').split(",")
    else:
        pieces = list(_cells_of(text, sheet))
    return [words for piece in pieces if (words := " ".join(piece.split()))]


def _cells_of(formula: str, sheet: Worksheet, depth: int = 0) -> Iterator[str]:
    """The texts of the cells that a formula names, directly or by a defined name."""
    reference = parse_reference(formula.removeprefix("="))
    if reference is None:
        meant = _meaning_of(formula.removeprefix("="), sheet)
        if meant and depth < _DEEPEST:
            yield from _cells_of(meant, sheet, depth + 1)
        return
    book = sheet.workbook
    if reference.sheet is not None and reference.sheet not in book:
        return
    source = sheet if reference.sheet is None else book[reference.sheet]
    area = Area.parse(str(reference)[len(reference.spelled_sheet) :])
    for row in source.rows:
        if area.first_row <= row <= area.last_row:
            for column in range(area.first_column, area.last_column + 1):
                yield source.text(row, column)


def _meaning_of(name: str, sheet: Worksheet) -> str:
    """What a defined name stands for; the sheet's own holds before the workbook's."""
    position = sheet.workbook.position(sheet)
    found = {n.scope: n.text for n in names_of(sheet.workbook) if n.key[0] == name.casefold()}
    return found.get(position, found.get(None, ""))
