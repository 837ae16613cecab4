"""Knowing the columns of a plan by the words of their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheetplan.model.plan_source import SourceDocument, SourceTable, SourceTableRow
from sheetplan.model.wording import compact, listed, shortened, words_of
from sheetplan.settings.importing import ImportSettings

_NEEDED = ("number", "commentary")
_ONE_OF = ("aim", "action")
_NAMED_TABLES = 6

Kinds = Mapping[int, str]
"""The kind of each column, by the number of the column."""


class PlanHeadings:
    """The headings that a profile knows."""

    def __init__(self, settings: ImportSettings) -> None:
        self._headings = settings.headings
        self._kinds = {
            compact(words): kind for kind, all_ in settings.headings.items() for words in all_
        }

    def kind_of(self, text: str) -> str:
        """What a heading names; empty when it names nothing that we know.

        The whole heading counts first, then the longest name that it begins with; but a longer
        heading that begins with "No" is not the column of numbers.
        """
        words = words_of(text)
        for length in range(len(words), 0, -1):
            kind = self._kinds.get("".join(words[:length]), "")
            if kind and (kind != "number" or length == len(words)):
                return kind
        return ""

    def of(self, row: SourceTableRow) -> Kinds | None:
        """The kinds of the columns that a row heads; None when it is no row of headings."""
        kinds: dict[int, str] = {}
        found: set[str] = set()
        for cell in row.filled:
            kind = self.kind_of(cell.text)
            if kind and kind not in found:
                found.add(kind)
                kinds |= dict.fromkeys(range(cell.column, cell.column + cell.span), kind)
        is_one = found.issuperset(_NEEDED) and not found.isdisjoint(_ONE_OF)
        return kinds if is_one else None

    def wanted(self) -> str:
        """The headings that a plan needs, an example of each."""

        def example(kind: str) -> str:
            return f'"{next(iter(self._headings.get(kind, ())), kind)}"'

        needed = listed([example(kind) for kind in _NEEDED])
        return f"{needed}, and {' or '.join(map(example, _ONE_OF))}"


def described(document: SourceDocument) -> str:
    """What the first rows of a document's tables say, for whoever wonders why none is a plan."""
    tables = [block for block in document.blocks if isinstance(block, SourceTable)]
    said = [f"{table.name}: {_first_words(table)}" for table in tables[:_NAMED_TABLES]]
    more = len(tables) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more > 0 else "")


def _first_words(table: SourceTable) -> str:
    filled = (row for row in table.rows if len(row.filled) > 1)
    row = next(filled, None) or next((row for row in table.rows if row.filled), None)
    return "nothing" if row is None else listed(list(_quoted(c.text for c in row.filled)))


def _quoted(texts: Iterable[str]) -> Iterator[str]:
    return (f'"{shortened(text, 30)}"' for text in texts)
