"""Narratives: what officers wrote of the main actions that are reported in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetplan.model.action import Action
from sheetplan.model.finding import Finding
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.support import Narrative
from sheetplan.reports.outline import Block
from sheetplan.reports.places import found_in
from sheetplan.reports.themes import References

_SHEET = "Narrative"  # what a finding names where a narrative stands in no sheet


class Narratives:
    """The narratives of a month by the rows of their main actions."""

    def __init__(
        self,
        month: Month,
        narratives: Sequence[Narrative],
        blocks: Iterable[Block],
        references: References,
    ) -> None:
        self.findings: list[Finding] = []
        self._all = narratives
        self._references = references
        self._found: dict[int, Narrative] = {}
        in_full = {id(block.main) for block in blocks}
        for narrative in narratives:
            if narrative.month == month:
                self._keep(narrative, in_full)

    def of(self, block: Block) -> Narrative | None:
        """What was written of a block for the month."""
        return self._found.get(id(block.main))

    def first_written(self, narrative: Narrative) -> Month:
        """The month for which words that are carried forward were first written."""
        words = narrative.summary, narrative.next_steps
        main = self._main_row(narrative.block)
        months = [
            other.month
            for other in self._all
            if other.month < narrative.month
            and (other.summary, other.next_steps) == words
            and self._main_row(other.block) is main
        ]
        return min(months, default=narrative.month.previous)

    def find(self, narrative: Narrative, code: str, message: str) -> None:
        """Note what is wrong with a narrative."""
        self.findings.append(
            found_in(narrative.standing, _SHEET, code, message, reference=narrative.block)
        )

    def _keep(self, narrative: Narrative, in_full: set[int]) -> None:
        main = self._main_row(narrative.block)
        if main is None:
            self.find(
                narrative,
                "narrative-block-unknown",
                f'no row of the tracker has the reference "{narrative.block}", so what is written '
                f"here is not printed.{self._references.nearest(narrative.block)} Correct it.",
            )
        elif id(main) not in in_full:
            self.find(
                narrative,
                "narrative-unused",
                f"{narrative.block} is reported by exception, so what is written here is not "
                "printed. Correct the reference, or the focus of that main action.",
            )
        elif id(main) in self._found:
            self.find(
                narrative,
                "narrative-repeated",
                f"this block has a row for {narrative.month} above; only that one is read. Delete "
                "one of them.",
            )
        else:
            self._found[id(main)] = narrative

    def _main_row(self, typed: str) -> Action | None:
        """The main action that a block names, which may be typed as one of its sub-actions."""
        reference = Reference.parse(typed)
        main = reference and reference.main_action
        rows = (main and self._references.rows(str(main))) or self._references.rows(typed)
        return rows[0] if rows else None
