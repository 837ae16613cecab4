"""The cells of a pattern row, taken to pieces once so that thousands can be made from each.

A cell holds text with placeholders in braces. One that is nothing but a placeholder takes the
value as it is, so that numbers stay numbers and bold words bold; in any other the values become
text between the rest of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from lxml import etree

from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import CellReader, Run, formula_of
from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.filling.text import Value, escaped, number_text, plain, words_of
from sheetplan.ooxml.ranges import column_letters
from sheetplan.ooxml.xml import MAIN

Values = Mapping[str, Value]

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_BOLD = Run("", f'<rPr xmlns="{MAIN}"><b/></rPr>'.encode())
_DECLARATION = re.compile(rf' xmlns(?::\w+)?="{MAIN}"')


def placeholders_in(text: str) -> tuple[str, ...]:
    """The names in braces, in their order, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


class Frame(NamedTuple):
    """A cell without what is in it: its column, and the index of its format."""

    column: int
    style: str

    @classmethod
    def of(cls, column: int, cell: etree._Element) -> Frame:
        return cls(column, cell.get("s", ""))

    @property
    def start(self) -> str:
        """The cell as XML up to the number of its row."""
        return f'<c r="{column_letters(self.column)}'

    @property
    def look(self) -> str:
        """What comes after the number of the row."""
        return f'" s="{self.style}"' if self.style else '"'


class PatternCell(Protocol):
    """One cell of a pattern row."""

    frame: Frame
    placeholders: tuple[str, ...]

    def spell(self, row: int, values: Values) -> str:
        """The cell as XML in a row that is made from the pattern."""

    def value(self, values: Values) -> object:
        """What the made cell holds; None where only Excel can tell."""


class FixedCell:
    """A cell that is the same in every row: words, a number, or nothing."""

    placeholders: tuple[str, ...] = ()

    def __init__(self, frame: Frame, inside: str = "", kind: str = "", value: object = None):
        self.frame = frame
        self._start = frame.start
        self._rest = f"{frame.look}{_kind(kind)}>{inside}</c>" if inside else f"{frame.look}/>"
        self._value = value

    def spell(self, row: int, values: Values) -> str:
        return f"{self._start}{row}{self._rest}"

    def value(self, values: Values) -> object:
        return self._value


class FormulaCell:
    """A cell with a formula. It is filled down as Excel would, and its result is Excel's to find.

    Until Excel works it out, as in Protected View, it shows the value of a placeholder that is its
    result in the template, if that has one.

    `moves` must be there before a row is made.
    """

    moves: Moves

    def __init__(self, frame: Frame, formula: str, row: int, result: str = "") -> None:
        self.frame = frame
        self.placeholders: tuple[str, ...] = (result,) if result else ()
        self._formula, self._row, self._result = formula, row, result

    def spell(self, row: int, values: Values) -> str:
        own = self.moves.sheet
        formula = escaped(self.moves.formula(self._formula, own, filled=(self._row, row)))
        result = self.value(values)
        kind = ' t="str"' if isinstance(result, str) else ""
        stored = "" if result is None else f"<v>{_stored(result)}</v>"
        return f"{self.frame.start}{row}{self.frame.look}{kind}><f>{formula}</f>{stored}</c>"

    def value(self, values: Values) -> str | int | float | None:
        return plain(values[self._result]) if self._result else None

    def without_result(self) -> FormulaCell:
        """The same, whose result is Excel's to find."""
        return FormulaCell(self.frame, self._formula, self._row)


class ValueCell:
    """A cell that is exactly one placeholder.

    Args:
        frame: The cell.
        name: The placeholder.
        fonts: What words look like in the workbook's cells.
    """

    def __init__(self, frame: Frame, name: str, fonts: CellFonts) -> None:
        self.frame = frame
        self.placeholders: tuple[str, ...] = (name,)
        self._name = name
        self._fonts = fonts
        self._start, self._look = frame.start, frame.look
        self._text = f'{frame.look} t="inlineStr"><is><t xml:space="preserve">'

    def spell(self, row: int, values: Values) -> str:
        value = values[self._name]
        if isinstance(value, (int, float)):
            return f"{self._start}{row}{self._look}><v>{number_text(value)}</v></c>"
        if not isinstance(value, str):
            runs = [(self._bold if is_bold else "", text) for text, is_bold in value.runs if text]
            if any(look for look, _ in runs):
                return f'{self._start}{row}{self._look} t="inlineStr"><is>{_r(runs)}</is></c>'
            value = words_of(value)
        if not value:
            return f"{self._start}{row}{self._look}/>"
        return f"{self._start}{row}{self._text}{escaped(value)}</t></is></c>"

    def value(self, values: Values) -> str | int | float:
        return plain(values[self._name])

    @cached_property
    def _bold(self) -> str:
        """The look of bold words in the cell's own font."""
        return _run_look(self._fonts.worn_by([_BOLD], self.frame.style)[0])


class Piece(NamedTuple):
    """A stretch of a cell's text: its <rPr>, and words or the name of a placeholder."""

    look: str
    words: str
    is_placeholder: bool


class WordsCell:
    """A cell of words and placeholders. Words may have a look of their own; values take the
    cell's."""

    def __init__(self, frame: Frame, runs: Sequence[Run]) -> None:
        self.frame = frame
        self._pieces = list(_pieces(runs))
        self.placeholders = placeholders_in("".join(run.text for run in runs))
        self._is_rich = any(piece.look for piece in self._pieces)

    def spell(self, row: int, values: Values) -> str:
        if self._is_rich:
            inside = _r((piece.look, _said(piece, values)) for piece in self._pieces)
        else:
            inside = _t(self.value(values))
        return f'{self.frame.start}{row}{self.frame.look} t="inlineStr"><is>{inside}</is></c>'

    def value(self, values: Values) -> str:
        return "".join([_said(piece, values) for piece in self._pieces])


def pattern_cell(
    column: int, cell: etree._Element, row: int, reader: CellReader, fonts: CellFonts
) -> PatternCell:
    """A cell of a pattern row, taken to pieces."""
    frame = Frame.of(column, cell)
    formula = formula_of(cell)
    runs = reader.runs(cell) if cell.get("t") in ("s", "inlineStr", "str") else []
    text = "".join(run.text for run in runs)
    names = placeholders_in(text)
    if formula is not None:
        result = names[0] if names and text == f"{{{names[0]}}}" else ""
        return FormulaCell(frame, formula.text or "", row, result)
    if not names:
        return FixedCell(frame, inside(cell), cell.get("t", ""), reader.value(cell))
    if text == f"{{{names[0]}}}":
        return ValueCell(frame, names[0], fonts)
    return WordsCell(frame, runs)


def inside(element: etree._Element) -> str:
    """What stands between the tags of an element, without the prefix of its namespace."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    if text.endswith("/>"):
        return ""
    text = text[text.index(">") + 1 : text.rindex("</")]
    return _without_prefix(text, element.prefix)


def _without_prefix(text: str, prefix: str | None) -> str:
    return re.sub(rf"<(/?){prefix}:", r"<\1", text) if prefix else text


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    """The words between the placeholders run by run, and the placeholders, which may lie across
    runs: each takes the look of the run in which it begins."""
    text = "".join(run.text for run in runs)
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        yield from _words(runs, at, match.start())
        look = next(_words(runs, match.start(), match.end())).look
        yield Piece(look, match[1], True)
        at = match.end()
    yield from _words(runs, at, len(text))


def _words(runs: Sequence[Run], first: int, last: int) -> Iterator[Piece]:
    """The text from one place to another, each run's part with its look."""
    start = 0
    for run in runs:
        words = run.text[max(first - start, 0) : max(last - start, 0)]
        if words:
            yield Piece(_run_look(run), words, False)
        start += len(run.text)


def _run_look(run: Run) -> str:
    if not run.properties:
        return ""
    properties = etree.fromstring(run.properties)
    return f"<rPr>{inside(properties)}</rPr>" if len(properties) else ""


def _said(piece: Piece, values: Values) -> str:
    if not piece.is_placeholder:
        return piece.words
    return words_of(values[piece.words])


def _stored(value: str | int | float) -> str:
    return escaped(value) if isinstance(value, str) else number_text(value)


def _r(said: Iterable[tuple[str, str]]) -> str:
    """Stretches of text, each with its look."""
    return "".join(f"<r>{look}{_t(words)}</r>" for look, words in said if words)


def _t(words: str) -> str:
    return f'<t xml:space="preserve">{escaped(words)}</t>'


def _kind(kind: str) -> str:
    return f' t="{kind}"' if kind else ""
