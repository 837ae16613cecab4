"""Writing the registers of returns: what is added and what changes, planned and carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetplan.errors import LayoutError
from sheetplan.model.return_records import RegisterChanges, RegisterRecord
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.register_columns import KIND_OF, REGISTER_KINDS
from sheetplan.sheets.register_contents import contents_of
from sheetplan.sheets.register_edits import RegisterEdit, plan_edit, rows_data
from sheetplan.sheets.support_adding import Content, add_support_sheet, find_patterns
from sheetplan.sheets.support_columns import SupportKind
from sheetplan.sheets.support_tables import SupportTable, find_support_tables

TEMPLATE = "registers"


@dataclass(frozen=True)
class NewRegister:
    """A register that will be added: where the template has it, and its rows."""

    pattern: SupportTable
    rows: tuple[Mapping[str, Content], ...]

    def as_data(self) -> dict[str, Any]:
        """Its rows as plain data."""
        return {
            "sheet": self.pattern.sheet.name,
            "is_new": True,
            "rows": rows_data(dict(enumerate(self.rows, self.pattern.first_row))),
            "changed": [],
        }


@dataclass(frozen=True)
class RegisterPlan:
    """What will be written into the registers; nothing has been done.

    Attributes:
        workbook: The tracker.
        new: The registers that will be added, in their order.
        edits: What will be written into those that are there.
    """

    workbook: Workbook
    new: tuple[NewRegister, ...]
    edits: tuple[RegisterEdit, ...]

    @property
    def has_work(self) -> bool:
        """Whether anything will be written."""
        return bool(self.new or any(edit.added or edit.changed for edit in self.edits))

    @property
    def agreed(self) -> frozenset[tuple[str, str]]:
        """All that is written over, for the promise: (part, place)."""
        return frozenset(place for edit in self.edits for place in edit.agreed)

    def as_data(self) -> list[dict[str, Any]]:
        """What will be written, sheet by sheet, as plain data."""
        edits = [edit.as_data() for edit in self.edits]
        return edits + [register.as_data() for register in self.new]

    def carry_out(self) -> None:
        """Write it, while no sheet of the workbook is being edited."""
        for edit in self.edits:
            edit.carry_out()
        for register in self.new:
            add_support_sheet(self.workbook, register.pattern, register.rows)
        if any(edit.formulas for edit in self.edits):
            self.workbook.recalculate_on_opening()


def plan_registers(
    workbook: Workbook, changes: RegisterChanges, settings: Settings
) -> RegisterPlan:
    """Plan what the registers will say. A register that is not there is added from the template.

    Raises:
        LayoutError: a register cannot be written into; says which, why, and what to do.
        SheetNameError: a new one cannot have its name.
        TemplateError: the council's own template lacks a register, or one of its columns.
    """
    tables, there, findings = find_support_tables(workbook, REGISTER_KINDS)
    missing: dict[SupportKind, list[RegisterRecord]] = {}
    edits = []
    for kind in REGISTER_KINDS:
        added, changed = (
            [record for record in records if KIND_OF[type(record)] is kind]
            for records in (changes.added, changes.changed)
        )
        if not added and not changed:
            continue
        if kind.name in tables:
            edits.append(plan_edit(tables[kind.name], added, changed, settings))
        elif kind.name in there:
            fault = next(f for f in findings if f.sheet == there[kind.name])
            raise LayoutError(str(fault), where=workbook.package.name)
        else:
            missing[kind] = added
    patterns = find_patterns(list(missing), settings, TEMPLATE)
    for pattern in patterns.values():
        workbook.refuse_name(pattern.sheet.name)
    new = (
        NewRegister(patterns[kind.name], tuple(map(contents_of, added)))
        for kind, added in missing.items()
    )
    return RegisterPlan(workbook, tuple(new), tuple(edits))
