"""The statuses that a plan tells: by what its paragraphs say, and by colours as the profile has
them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheetplan.importing.content import ImportedRow
from sheetplan.model.colour_meaning import meaning_of, rag_of
from sheetplan.model.commentary import Paragraph
from sheetplan.model.commentary_statuses import colour_meaning, status_in
from sheetplan.model.month import Month
from sheetplan.model.status import Rag, StatusMeaning, Vocabulary


@dataclass(frozen=True)
class RatedRow:
    """A row of the tracker with what tells how its work stands.

    Attributes:
        row: The row.
        said: The paragraphs that are about it.
        newest: The month of the newest of them; of a main action, of the newest of all its row's.
        colours: The colours behind the commentary and of the lead's name, which are of that month.
        is_main: Whether it is a main action, which the colour behind the commentary is about even
            where no paragraph is.
    """

    row: ImportedRow
    said: tuple[Paragraph, ...]
    newest: Month | None
    colours: frozenset[str]
    is_main: bool

    def rate(
        self, months: Iterable[Month], vocabulary: Vocabulary, unrated: StatusMeaning | None
    ) -> None:
        """Give the row its statuses.

        Args:
            months: The months of the plan.
            vocabulary: What the council means by colours.
            unrated: What words mean that tell nothing of how the work goes; None for no status.
        """
        for month in months:
            meaning = self._meaning(month, vocabulary, unrated)
            if meaning is not None:
                self.row.statuses[month] = meaning

    @property
    def is_complete_in_part(self) -> bool:
        """Whether a paragraph says that work is complete, and the row is not in any month."""
        says = any(paragraph.is_complete for paragraph in self.said)
        return says and StatusMeaning.COMPLETE not in self.row.statuses.values()

    def colours_read(self, vocabulary: Vocabulary) -> Iterator[tuple[Rag, StatusMeaning]]:
        """The colours that say something, with what they were taken for."""
        for colour in {*self.colours, *(paragraph.colour for paragraph in self.said)}:
            rag, meaning = rag_of(colour), meaning_of(colour, vocabulary)
            if rag is not None and meaning is not None:
                yield rag, meaning

    def _meaning(
        self, month: Month, vocabulary: Vocabulary, unrated: StatusMeaning | None
    ) -> StatusMeaning | None:
        is_now = self.newest is not None and month >= self.newest
        now = self.colours if is_now else frozenset()
        meaning = status_in(month, self.said, now, vocabulary, unrated).meaning
        if meaning is None and self.is_main and month == self.newest:
            return colour_meaning(now, vocabulary)
        return meaning
