"""Making the workbook that an owner fills in: the template filled, and its identity in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetplan.model.clock import utc_now
from sheetplan.model.owner_return import (
    NEW_ACTION_FIELDS,
    RETURN_FIELDS,
    digest,
    without_controls,
)
from sheetplan.model.pattern import SheetPatterns
from sheetplan.model.report_line import Line
from sheetplan.model.return_marks import (
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    MONTH_PROPERTY,
    OWNER_NAME_PROPERTY,
    OWNER_PROPERTY,
    SCHEMA_PROPERTY,
    TRACKER_PROPERTY,
)
from sheetplan.ooxml.columns import hide_columns
from sheetplan.ooxml.custom_properties import set_property
from sheetplan.ooxml.defined_names import DefinedName, change_names
from sheetplan.ooxml.drop_downs import refuse_other_words
from sheetplan.ooxml.filling import Template
from sheetplan.ooxml.ranges import cell_name
from sheetplan.returns.patterns import FACTS_SHEET, NEW_ACTIONS_SHEET, RETURN_SHEETS, UPDATE_SHEET
from sheetplan.returns.return_lines import ReturnText
from sheetplan.settings import Settings
from sheetplan.sheets.templates import check_template, find_template, refuse

TEMPLATE = "owner_return"


@dataclass(frozen=True)
class _FieldRow:
    """A pattern row whose cells stand for fields, and what the hidden sheet calls them."""

    kind: str
    patterns: SheetPatterns
    row: str
    fields: Sequence[str]


_FIELD_ROWS = (
    _FieldRow("heading", UPDATE_SHEET, "asked", RETURN_FIELDS),
    _FieldRow("new_action_heading", NEW_ACTIONS_SHEET, "new_action", NEW_ACTION_FIELDS),
)


class ReturnMaker:
    """Makes returns. The template is read and checked once.

    Args:
        settings: The council's name, and its own template where it has one.

    Raises:
        TemplateError: the council's own template lacks something, or holds what means nothing.
        WorkbookError: it cannot be read as a workbook.
    """

    def __init__(self, settings: Settings) -> None:
        self._creator = settings.reports.council or "sheetplan"
        template = find_template(settings, TEMPLATE)
        check_template(template, RETURN_SHEETS)
        columns = [_Columns(template, wanted) for wanted in _FIELD_ROWS]
        refuse(template, [fault for each in columns for fault in each.faults()])
        self._headings = [line for each in columns for line in each.lines()]
        self._texts_above = [text for each in columns for text in each.texts_above()]
        self._columns = columns[0].columns
        self._template = template

    def make(self, text: ReturnText) -> Template:
        """One return, ready to be saved."""
        made = self._template.anew()
        for name, sheet in text.sheets.items():
            lines = sheet.lines
            if name == FACTS_SHEET.sheet:
                lines = [*self._headings, *self._above(text), *lines]
            # Split over several rows, an action would come back as several.
            made.fill(name, lines, sheet.cells, whole_rows=True)
        made.set_properties(
            title=text.title, creator=self._creator, language="en-GB", made=utc_now()
        )
        self._fit(made, text)
        _write_identity(made, text)
        return made

    def _fit(self, made: Template, text: ReturnText) -> None:
        """Make the sheet for updates ask for no more than the plan can take."""
        if not text.other_status and not text.hidden:
            return
        workbook = made.workbook
        with workbook.editing(workbook[UPDATE_SHEET.sheet]) as sheet:
            if text.other_status:
                message = without_controls(text.other_status)
                refuse_other_words(sheet, self._columns["status"], message)
            hide_columns(sheet, [self._columns[field] for field in text.hidden])

    def _above(self, text: ReturnText) -> Iterator[Line]:
        """What stands above the headings, as the hidden sheet keeps it: else nobody could tell
        what an owner writes there."""
        cells = [text.sheets[wanted.patterns.sheet].cells.values() for wanted in _FIELD_ROWS]
        said = (str(value) for values in cells for value in values)
        for each in dict.fromkeys(map(digest, (*self._texts_above, *said))):
            yield Line("heading", {"kind": "above", "field": each, "heading": ""})


def _write_identity(made: Template, text: ReturnText) -> None:
    """Say which return it is where the file's sheets do not show it."""
    identity = text.identity
    hidden = (("hidden", "1"),)
    change_names(made.workbook, [DefinedName(IDENTITY_NAME, f'"{identity}"', settings=hidden)])
    said: Mapping[str, object] = {
        IDENTITY_PROPERTY: identity,
        TRACKER_PROPERTY: identity.tracker,
        MONTH_PROPERTY: identity.month.iso,
        OWNER_PROPERTY: identity.owner,
        OWNER_NAME_PROPERTY: text.owner_name,
        SCHEMA_PROPERTY: identity.schema,
    }
    for name, value in said.items():
        set_property(made.package, name, str(value))


class _Columns:
    """The columns of a sheet whose cells stand for fields, each known by its heading."""

    def __init__(self, template: Template, wanted: _FieldRow) -> None:
        self._wanted = wanted
        self._name = wanted.patterns.sheet
        self._row = template.rows(self._name)[wanted.row]
        self._above = min(template.rows(self._name).values()) - 1
        self._sheet = sheet = template.workbook[self._name]
        self.columns = {
            name: column
            for row, column, name in template.all_placeholders(self._name)
            if row == self._row and sheet.text(row, column) == f"{{{name}}}"
        }
        self._headings = {
            name: sheet.text(self._above, column).strip() if self._above else ""
            for name, column in self.columns.items()
        }

    def texts_above(self) -> Iterator[str]:
        """What the template itself says above the headings."""
        rows = self._sheet.rows
        for row in filter(lambda row: row < self._above, rows):
            for column in rows.cells_from(row, 1):
                yield self._sheet.text(row, column)

    def faults(self) -> Iterator[str]:
        """What keeps the rows that come back from being read."""
        seen: dict[str, str] = {}
        for field in self._wanted.fields:
            if field not in self.columns:
                yield (
                    f"{self._name}: no cell of the row row_{self._wanted.row} says {{{field}}} "
                    "and nothing else."
                )
                continue
            heading = self._headings[field]
            place = f"{self._name}!{cell_name(max(self._above, 1), self.columns[field])}"
            other = seen.setdefault(heading.casefold(), field)
            if not heading:
                yield f"{place}: the column of {{{field}}} has no heading above its pattern row."
            elif other != field:
                yield (
                    f"{place}: the columns of {{{other}}} and {{{field}}} have one heading, "
                    f'"{heading}", by which nobody can tell them apart.'
                )

    def lines(self) -> Iterator[Line]:
        """The heading of each field, as the hidden sheet keeps it."""
        for field in self._wanted.fields:
            heading = self._headings[field]
            yield Line("heading", {"kind": self._wanted.kind, "field": field, "heading": heading})
