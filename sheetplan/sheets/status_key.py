"""The key of a workbook: the list that says what each status means, on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.model.workbook_facts import CellFact
from sheetplan.ooxml.ranges import cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.settings import Settings
from sheetplan.sheets.reading import WorkbookReading

_ROWS, _COLUMNS = 40, 8  # a key stands at the top of its sheet
_LONGEST_WORDS, _SHORTEST_MEANING = 80, 12  # characters
_LEAST = 4  # statuses; fewer words that look like some may be anything

_Run = list[tuple[int, str]]


def status_key(
    workbook: Workbook, reading: WorkbookReading, settings: Settings
) -> tuple[CellFact, ...]:
    """The words that the key of a workbook defines, each with its cell; none without a key.

    A key is a column of different words most of which the vocabulary has, with what each of them
    means on its right. A list of words alone defines nothing.
    """
    for other in reading.others:
        sheet = workbook[other.sheet]
        if sheet.state != "visible":
            continue
        for column in range(1, _COLUMNS + 1):
            for run in _runs(sheet, column):
                key = _without_heading(run, settings)
                if key:
                    return tuple(
                        CellFact(sheet.name, cell_name(row, column), words) for row, words in key
                    )
    return ()


def _runs(sheet: Worksheet, column: int) -> Iterator[_Run]:
    """What stands one below the other in a column, with its meaning to the right."""
    run: _Run = []
    for row in range(1, _ROWS + 2):
        words = " ".join(sheet.text(row, column).split())
        has_meaning = len(sheet.text(row, column + 1).strip()) >= _SHORTEST_MEANING
        if words and has_meaning and len(words) <= _LONGEST_WORDS and row <= _ROWS:
            run.append((row, words))
        elif run:
            yield run
            run = []


def _without_heading(run: _Run, settings: Settings) -> _Run:
    """The statuses of a run of cells; none where it is no key."""
    understood = [settings.vocabulary.understand(words) for _, words in run]
    first = next((place for place, entry in enumerate(understood) if entry is not None), 0)
    key, known = run[first:], set(understood[first:]) - {None}
    is_key = len(known) >= _LEAST and 2 * len(known) > len(key) == len({w for _, w in key})
    return key if is_key else []
