"""Writing a month's answers into a plan without month columns: each becomes the month's paragraph
of its lead, and one cell may take several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetplan.model.action import Action
from sheetplan.model.month import Month
from sheetplan.ooxml.cells import Run
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.commentary_actions import leads_by_reference
from sheetplan.sheets.commentary_answers import Answered, AnsweredText, LeadSays
from sheetplan.sheets.commentary_sheets import CommentaryCell, CommentarySheet
from sheetplan.sheets.commentary_text import CommentaryText, CommentaryTexts
from sheetplan.sheets.month_cells import (
    MonthCells,
    MonthText,
    PlacedText,
    PlacesOfMonth,
    with_heights,
)
from sheetplan.sheets.reading import WorkbookReading

_Row = tuple[str, int]  # a sheet and a row of it


def places_of_month(
    workbook: Workbook, reading: WorkbookReading, month: Month, settings: Settings
) -> PlacesOfMonth:
    """Where the answers for a month are written, in a tracker of the kind that the settings say.

    Args:
        workbook: The tracker, open.
        reading: Where everything stands on its sheets.
        month: The month.
        settings: The council's settings.
    """
    if settings.kind is TrackerKind.COMMENTARY:
        return CommentaryCells(workbook, reading, month, settings)
    return MonthCells(workbook, reading, month)


class CommentaryCells:
    """The paragraphs of one month, on all sheets of a plan without month columns."""

    def __init__(
        self, workbook: Workbook, reading: WorkbookReading, month: Month, settings: Settings
    ) -> None:
        self._workbook, self._month, self._settings = workbook, month, settings
        self._texts = CommentaryTexts(workbook)
        self._cells: dict[_Row, tuple[CommentarySheet, CommentaryCell]] = {
            (item.sheet.name, cell.row.row): (item.commentary, cell)
            for item in reading.trackers
            if item.commentary is not None
            for cell in item.commentary.cells
        }
        self._stamps = [
            paragraph.stamp
            for _, cell in self._cells.values()
            for paragraph in cell.commentary.paragraphs
            if paragraph.stamp is not None
        ]

    def obstacle(self, action: Action, field: str, text: str) -> str:
        """Why a text cannot be written into the commentary of an action's row, as a sentence;
        empty where it can. It may still be too much beside others: `placed` sees to that.

        Args:
            action: The action.
            field: What the text is: "status" or "update".
            text: The text.
        """
        row = self._row(action)
        return row.with_texts([MonthText(action, field, (Run(text),))]).obstacle

    def placed(self, texts: Sequence[MonthText]) -> tuple[PlacedText, ...]:
        """The cells of some texts. All texts of one row go into one cell; one that does not fit
        in there with those before it is not placed."""
        rows: dict[_Row, list[int]] = {}
        for number, text in enumerate(texts):
            rows.setdefault((text.action.sheet, text.action.row), []).append(number)
        found: dict[int, PlacedText] = {}
        for numbers in rows.values():
            row = self._row(texts[numbers[0]].action)
            found |= zip(numbers, row.placed([texts[n] for n in numbers]), strict=True)
        return tuple(found[number] for number in range(len(texts)))

    def _row(self, action: Action) -> _CommentaryRow:
        item, cell = self._cells[action.sheet, action.row]
        text = self._texts.of(item, cell)
        answered = AnsweredText(text, self._month, self._stamps, self._settings)
        return _CommentaryRow(self._workbook, text, answered, self._month)


class _CommentaryRow:
    """The commentary of one row, into which texts are put."""

    def __init__(
        self, workbook: Workbook, text: CommentaryText, answered: AnsweredText, month: Month
    ) -> None:
        self._workbook, self._text, self._answered, self._month = workbook, text, answered, month
        self._leads = leads_by_reference(text.cell)

    def placed(self, texts: Sequence[MonthText]) -> list[PlacedText]:
        fitting: list[MonthText] = []
        obstacles = [""] * len(texts)
        answered = self.with_texts(texts)
        if answered.obstacle:
            for number, text in enumerate(texts):
                obstacles[number] = self.with_texts([*fitting, text]).obstacle
                fitting += [] if obstacles[number] else [text]
            answered = self.with_texts(fitting)
        (write,) = with_heights(self._workbook, [self._text.write(answered.runs)])
        return [
            PlacedText(text, None if obstacle else write, obstacle)
            for text, obstacle in zip(texts, obstacles, strict=True)
        ]

    def with_texts(self, texts: Iterable[MonthText]) -> Answered:
        """The commentary with some texts; what a lead gives no text for is as it says now."""
        answers: dict[str, LeadSays] = {}
        for text in texts:
            action, month = text.action, self._month
            lead = self._leads[action.reference_text]
            now = LeadSays(action.typed_status(month), action.update(month))
            says = answers.get(lead, now)
            is_status = text.field == "status"
            answers[lead] = LeadSays(
                text.words if is_status else says.status,
                says.update if is_status else text.words,
            )
        return self._answered.with_answers(answers)
