"""Focus 1: the main actions that are reported in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sheetplan.model.finding import Finding
from sheetplan.model.support import Narrative
from sheetplan.reports.action_lines import ActionLines
from sheetplan.reports.content import FocusBlock
from sheetplan.reports.exceptions import exception_lines
from sheetplan.reports.narratives import Narratives
from sheetplan.reports.outline import Block
from sheetplan.reports.places import by_reference, found_at
from sheetplan.reports.themes import Themes
from sheetplan.settings import Settings


class FocusBlocks:
    """Composes the blocks of a month. What is found wrong on the way is in `findings`."""

    def __init__(
        self, narratives: Narratives, themes: Themes, lines: ActionLines, settings: Settings
    ) -> None:
        self.findings: list[Finding] = []
        self._unwritten: list[Block] = []
        self._narratives = narratives
        self._themes = themes
        self._lines = lines
        self._settings = settings

    def by_theme(self, blocks: Iterable[Block]) -> dict[int, tuple[FocusBlock, ...]]:
        """The blocks by the place of the theme that they are printed under, in their order."""
        placed: dict[int, list[Block]] = {}
        for block in blocks:
            placed.setdefault(self._place(block), []).append(block)
        found = {
            place: tuple(self._block(block, place) for block in self._in_order(together))
            for place, together in placed.items()
        }
        self._find_unwritten()
        return found

    def _place(self, block: Block) -> int:
        narrative = self._narratives.of(block)
        if narrative is None or not narrative.theme.strip():
            return self._themes.of_action(block.main)
        named = self._themes.named(narrative.theme)
        if named is None:
            self._narratives.find(
                narrative,
                "narrative-theme-unknown",
                f'no theme is called "{narrative.theme}", so the block is printed under its own.'
                f"{self._themes.nearest(narrative.theme)} Correct it.",
            )
            return self._themes.of_action(block.main)
        return named

    def _in_order(self, blocks: Sequence[Block]) -> list[Block]:
        """By the order that officers wrote, then by reference; what has no order comes last."""
        seen: dict[float, Narrative] = {}
        orders: dict[int, float] = {}
        for block in blocks:
            narrative = self._narratives.of(block)
            if narrative is None or narrative.order is None:
                continue
            orders[id(block)] = narrative.order
            first = seen.setdefault(narrative.order, narrative)
            if first is not narrative:
                self._narratives.find(
                    narrative,
                    "narrative-order-repeated",
                    f"{first.block} and {narrative.block} both have the order "
                    f"{narrative.order:g} in one theme, so they are printed by reference. Give "
                    "each its own.",
                )
        last = float("inf")
        return sorted(
            blocks, key=lambda block: (orders.get(id(block), last), by_reference(block.main))
        )

    def _block(self, block: Block, place: int) -> FocusBlock:
        narrative = self._narratives.of(block)
        theme = self._themes.titles[place]
        title = " ".join(narrative.title.split()) if narrative else ""
        written = {
            "summary": narrative.summary.strip() if narrative else "",
            "next_steps": narrative.next_steps.strip() if narrative else "",
        }
        if missing := [name for name, words in written.items() if not words]:
            self._find_missing(block, missing)
        return FocusBlock(
            reference=block.main.reference_text,
            title=title or usual_title(block),
            theme=theme,
            summary=self._printed("summary", written, narrative),
            is_carried=bool(narrative and narrative.carried),
            progress=tuple(self._progress(block)),
            next_steps=self._printed("next_steps", written, narrative),
            issues=exception_lines(block.actions, theme, self._lines, self._settings),
        )

    def _printed(self, name: str, written: Mapping[str, str], narrative: Narrative | None) -> str:
        """What officers wrote, marked where it is an earlier month's; a phrase where they did not.

        `name` is that of the phrase as well, "summary" or "next_steps".
        """
        reports = self._settings.reports
        words = written[name]
        if not words:
            return reports.say(f"no_{name}", month=self._lines.month)
        if narrative is None or not narrative.carried:
            return words
        first = self._narratives.first_written(narrative)
        return reports.say("carried", text=words, month=first)

    def _find_missing(self, block: Block, names: Iterable[str]) -> None:
        narrative = self._narratives.of(block)
        if narrative is None:
            self._unwritten.append(block)
            return
        what = " and no ".join(name.replace("_", " ") for name in names)
        self._narratives.find(
            narrative,
            "narrative-missing",
            f"no {what} for {self._lines.month}. Write what is missing.",
        )

    def _find_unwritten(self) -> None:
        """One finding for all blocks that no narrative of the month is of."""
        if not self._unwritten:
            return
        named = ", ".join(block.main.reference_text for block in self._unwritten)
        self.findings.append(
            found_at(
                self._unwritten[0].main,
                "reference",
                "narrative-missing",
                f"no summary and no next steps have been written for {self._lines.month} of what "
                f"is reported in full: {named}. Write them in the sheet of narratives, which "
                "sheetplan prepare adds where it is missing.",
            )
        )

    def _progress(self, block: Block) -> Iterable[tuple[str, str]]:
        """The month's updates: the main action's own too, where there is one."""
        has_own = block.actions[0] is not block.main
        rows = (block.main, *block.actions) if has_own else block.actions
        for action in rows:
            if self._lines.has_update(action):
                yield action.reference_text, self._lines.commentary(action)


def usual_title(block: Block) -> str:
    """The workstream where the block is all of it, as people know it; else the main action."""
    workstream, action = (block.main.words(name) for name in ("workstream", "action"))
    first, second = (workstream, action) if block.is_alone else (action, workstream)
    return first or second or block.main.reference_text
