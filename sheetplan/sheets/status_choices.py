"""The words for a status that returns offer: the tracker's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact
from sheetplan.ooxml.drop_downs import choices, is_list
from sheetplan.ooxml.ranges import LAST_ROW, Area, cell_name
from sheetplan.ooxml.rules import DROP_DOWN, rules_of
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.commentary_answers import can_stand_in_a_stamp
from sheetplan.sheets.reading import SheetReading, WorkbookReading, action_rows

_MONTHS_COUNTED = 3


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

    A plan without month columns has a status in the stamp of a month: it is offered what can stand
    there and rates the work.
    """
    if settings.kind is TrackerKind.COMMENTARY:
        return StatusWords(tuple(_for_stamps(month, settings)))
    offered = _Offered(settings)
    for item in reading.trackers:
        for cell, words in status_drop_downs(item, month):
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


def status_drop_downs(item: SheetReading, month: Month) -> Iterator[tuple[str, list[str]]]:
    """The lists of a sheet's status cells, each with the first cell that has it."""
    column = _status_column(item, month)
    if column is None:
        return
    statuses = Area(item.layout.first_row, column, LAST_ROW, column)
    for rule in rules_of(item.sheet):
        if rule.what != DROP_DOWN or not is_list(rule):
            continue
        cells = [area for area in rule.areas if area.overlaps(statuses)]
        if cells:
            row = max(min(area.first_row for area in cells), item.layout.first_row)
            yield cell_name(row, column), choices(rule, item.sheet)


def _status_column(item: SheetReading, month: Month) -> int | None:
    blocks = (block for block in item.layout.months if block.month == month)
    return next((block.column_of("status") for block in blocks), None)


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
            yield entry.spellings[0]


def _for_stamps(month: Month, settings: Settings) -> Iterator[str]:
    """The words for each meaning that has a colour, as far as a stamp can hold any."""
    for entry in settings.legend:
        fitting = (w for w in entry.spellings if can_stand_in_a_stamp(w, month, settings))
        yield from islice(fitting, 1)


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
