"""The text of a cell whose characters differ in how they look."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from sheetplan.model.commentary import CommentaryRun


class CellText:
    """The text of a cell, and how each character of it looks."""

    def __init__(self, runs: Sequence[CommentaryRun]) -> None:
        self.text = "".join(run.text for run in runs)
        self._runs = list(runs)
        self._ends = list(accumulate(len(run.text) for run in runs))

    def seen(self, first: int, last: int) -> list[tuple[CommentaryRun, int]]:
        """The runs within a stretch that show something there, with how many characters."""
        found = []
        for place in range(bisect_right(self._ends, first), len(self._runs)):
            run, end = self._runs[place], self._ends[place]
            begin = max(first, end - len(run.text))
            if begin >= last:
                break
            count = len("".join(self.text[begin : min(last, end)].split()))
            if count:
                found.append((run, count))
        return found

    def is_lead(self, place: int) -> bool:
        """Whether a character is bold and underlined, as leads are."""
        run = self._runs[bisect_right(self._ends, place)]
        return run.bold and run.underline

    def is_bold(self, first: int, last: int) -> bool:
        """Whether anything in a stretch is bold, beside what is underlined as leads are."""
        return any(run.bold and not run.underline for run, _ in self.seen(first, last))

    def colour(self, first: int, last: int) -> str:
        """The colour of most of a stretch."""
        counts: Counter[str] = Counter()
        for run, count in self.seen(first, last):
            counts[run.colour.upper()] += count
        return counts.most_common(1)[0][0] if counts else ""
