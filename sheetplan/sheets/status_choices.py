"""The words for a status that returns offer: the tracker's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact
from sheetplan.ooxml.defined_names import names_of
from sheetplan.ooxml.formulas import parse_reference
from sheetplan.ooxml.ranges import LAST_ROW, Area, cell_name
from sheetplan.ooxml.rules import DROP_DOWN, Rule, rules_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.reading import SheetReading, WorkbookReading, action_rows

_MONTHS_COUNTED = 3
_DEEPEST = 5  # names that stand for names


@dataclass(frozen=True)
class StatusWords:
    """The words to offer, and what is doubtful about those that the tracker offers."""

    words: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def status_words(reading: WorkbookReading, month: Month, settings: Settings) -> StatusWords:
    """The words for a status in a month: those of the tracker's own drop-downs.

    Where it has none, each meaning is offered: one that is in use as the tracker spells it most,
    any other in the profile's first words, since last month's good news must not keep anybody from
    saying Red. Words that the vocabulary does not have are never offered: nobody would understand
    the answer.
    """
    offered = _Offered(settings)
    for item in reading.trackers:
        for cell, words in _drop_downs(item, month):
            offered.add(item.sheet, cell, words)
    found = tuple(offered.words.values()) or tuple(_of_each_meaning(reading, month, settings))
    return StatusWords(found, tuple(offered.findings))


@dataclass
class _Offered:
    """The words of all drop-downs, each once, and those that are not understood."""

    settings: Settings
    words: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def add(self, sheet: Worksheet, cell: str, offered: Iterable[str]) -> None:
        """Take in what the drop-down of a cell offers."""
        for words in offered:
            if self.settings.vocabulary.understand(words) is not None:
                self.words.setdefault(compact(words), words)
            elif compact(words) not in self._told:
                self._told.add(compact(words))
                self.findings.append(self._unknown(sheet, cell, words))

    def _unknown(self, sheet: Worksheet, cell: str, words: str) -> Finding:
        nearest = self.settings.vocabulary.nearest(words)
        meant = f' Did you mean "{nearest}"?' if nearest else ""
        return Finding(
            "status-choice-unknown", Severity.WARNING, sheet.name, cell, "",
            f'the drop-down offers "{words}", which is not in the vocabulary, so returns do not '
            f"offer it.{meant} Correct the list, or add the words under [status] in "
            "sheetplan.toml.",
        )  # fmt: skip


# ---------------------------------------------------------------- drop-downs


def _drop_downs(item: SheetReading, month: Month) -> Iterator[tuple[str, list[str]]]:
    """The lists of a sheet's status cells, each with the first cell that has it."""
    column = _status_column(item, month)
    if column is None:
        return
    statuses = Area(item.layout.first_row, column, LAST_ROW, column)
    for rule in rules_of(item.sheet):
        if rule.what != DROP_DOWN or rule.element.get("type") != "list":
            continue
        cells = [area for area in rule.areas if area.overlaps(statuses)]
        if cells:
            row = max(min(area.first_row for area in cells), item.layout.first_row)
            yield cell_name(row, column), _list_of(rule, item.sheet)


def _status_column(item: SheetReading, month: Month) -> int | None:
    blocks = (block for block in item.layout.months if block.month == month)
    return next((block.column_of("status") for block in blocks), None)


def _list_of(rule: Rule, sheet: Worksheet) -> list[str]:
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


# ---------------------------------------------------------------- what is typed


def _of_each_meaning(reading: WorkbookReading, month: Month, settings: Settings) -> Iterator[str]:
    """The words for each meaning, in the vocabulary's order."""
    counts: dict[StatusMeaning, Counter[str]] = {}
    for text, count in _typed(reading, month).items():
        entry = settings.vocabulary.understand(text)
        if entry is not None:
            counts.setdefault(entry.meaning, Counter())[text] += count
    for entry in settings.vocabulary.entries:
        spellings = counts.get(entry.meaning)
        if spellings:
            yield min(spellings, key=lambda text: (-spellings[text], len(text)))
        else:
            yield next(iter((*entry.words, *entry.alone)))


def _typed(reading: WorkbookReading, month: Month) -> Counter[str]:
    """How often each text stands in the status cells of the month and of those before it."""
    found: Counter[str] = Counter()
    for item in reading.trackers:
        months = sorted(block.month for block in item.layout.months if block.month <= month)
        rows = [found.row for found in action_rows(item.sheet, item.layout)]
        for each in months[-_MONTHS_COUNTED:]:
            column = _status_column(item, each)
            if column is not None:
                found.update(" ".join(item.sheet.text(row, column).split()) for row in rows)
    return found
