"""The rows of a plan without month columns as actions.

Each lead of a row is an action of its own, 1.1a and 1.1b where a row has several: leads answer for
their own paragraphs, and are rated by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sheetplan.model.action import Action, Columns, FieldValue, MonthEntry, Theme
from sheetplan.model.commentary import Commentary, Paragraph
from sheetplan.model.commentary_statuses import status_in
from sheetplan.model.date_words import DateWords
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact
from sheetplan.ooxml.ranges import column_letters
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_sheets import CommentaryCell, CommentarySheet
from sheetplan.sheets.layout import SheetLayout
from sheetplan.sheets.tracker_rows import TrackerRows

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def commentary_themes(item: CommentarySheet, title: str, words: DateWords) -> Iterator[Theme]:
    """The sections of a sheet as themes.

    Args:
        item: The sheet.
        title: What the sheet is called, for a section that has no title.
        words: The council's words for dates.
    """
    sheet = item.found.sheet
    rows = TrackerRows(sheet, item.layout, words, ())
    several = len(item.sections) > 1
    for section in item.sections:
        name = section.title or title
        actions = (action for cell in section.cells for action in _actions(item, cell, rows))
        yield Theme(
            name,
            sheet.name,
            tuple(_of_theme(action, name) if several else action for action in actions),
        )


def paragraphs_by_lead(commentary: Commentary) -> dict[str, list[Paragraph]]:
    """The paragraphs of each lead, in the order of the leads.

    What stands under no lead comes first, under an empty name; so does a cell that says nothing.
    """
    said: dict[str, list[Paragraph]] = {}
    for lead in ("", *commentary.leads):
        key = compact(lead)
        said[lead] = [each for each in commentary.paragraphs if compact(each.lead) == key]
    if not said[""] and len(said) > 1:
        del said[""]
    return said


def leads_by_reference(cell: CommentaryCell) -> dict[str, str]:
    """The leads of a row by the references of their actions, in order.

    An action has its row's reference, with a letter where the row has several: 2.2a, 2.2b. What
    stands under no lead is an action with an empty lead; so is a cell that says nothing.
    """
    reference = cell.row.reference_text
    leads = list(paragraphs_by_lead(cell.commentary))
    if len(leads) == 1:
        return {reference: leads[0]}
    return {
        reference + (_LETTERS[place] if place < len(_LETTERS) else f"-{place + 1}"): lead
        for place, lead in enumerate(leads)
    }


def _of_theme(action: Action, title: str) -> Action:
    return replace(action, fields={**action.fields, "theme": title})


def _actions(item: CommentarySheet, cell: CommentaryCell, rows: TrackerRows) -> Iterator[Action]:
    """The actions of a row: one for each lead, in order; the first for what has none."""
    row = cell.row
    of_row = rows.action(row.row, row.reference_text, row.reference)
    said = paragraphs_by_lead(cell.commentary)
    months = [block.month for block in item.layout.months]
    for place, (typed, lead) in enumerate(leads_by_reference(cell).items()):
        yield Action(
            reference_text=typed,
            reference=Reference.parse(typed),
            sheet=of_row.sheet,
            row=of_row.row,
            fields=_fields(of_row.fields, lead, is_first=place == 0),
            entries=_entries(item, cell, lead, said[lead], months),
            dates=of_row.dates,
            columns=_columns(item.layout),
        )


def _fields(
    of_row: Mapping[str, FieldValue], lead: str, *, is_first: bool
) -> dict[str, FieldValue]:
    """What the row says of an action. Outputs are told once, since they are the whole row's."""
    left_out = {"commentary"} if is_first else {"commentary", "milestones"}
    fields = {name: value for name, value in of_row.items() if name not in left_out}
    if "aim" in fields:
        fields.setdefault("action", fields["aim"])
    if lead:
        fields["director_lead"] = lead
    return fields


def _columns(layout: SheetLayout) -> Columns:
    fields = {name: column_letters(column) for name, column in layout.fields.items()}
    commentary = fields["commentary"]
    fields.setdefault("director_lead", commentary)
    if "aim" in fields:
        fields.setdefault("action", fields["aim"])
    month = {"status": commentary, "update": commentary}
    return Columns(fields, {block.month: month for block in layout.months})


def entries_by_lead(
    item: CommentarySheet, cell: CommentaryCell, month: Month
) -> dict[str, MonthEntry]:
    """What each lead of a row says for a month, in the order of the leads."""
    said = paragraphs_by_lead(cell.commentary)
    return {lead: _entries(item, cell, lead, p, [month])[month] for lead, p in said.items()}


def _entries(
    item: CommentarySheet,
    cell: CommentaryCell,
    lead: str,
    paragraphs: Sequence[Paragraph],
    months: Iterable[Month],
) -> dict[Month, MonthEntry]:
    """What a lead says for some months of the plan.

    The colours of its name and of the row say how the work stands now, in its newest month.
    """
    settings = item.settings
    newest = max((p.month for p in paragraphs if p.month and p.says_anything), default=None)
    of_row = {cell.fill, *(place.colour for place in cell.commentary.places if place.lead == lead)}
    entries = {}
    for month in months:
        found = status_in(
            month,
            paragraphs,
            of_row if newest is not None and month >= newest else (),
            settings.vocabulary,
            settings.commentary.unrated,
        )
        status = found.typed or _spelt(settings, found.meaning)
        update = "\n".join(p.words for p in paragraphs if p.month == month and p.words)
        is_inferred = bool(status) and not found.typed
        entries[month] = MonthEntry(month, status, update, is_inferred)
    return entries


def _spelt(settings: Settings, meaning: StatusMeaning | None) -> str:
    """The council's words for a meaning."""
    for entry in settings.vocabulary.entries:
        if entry.meaning is meaning and entry.words:
            return entry.words[0]
    return meaning.words.capitalize() if meaning else ""
