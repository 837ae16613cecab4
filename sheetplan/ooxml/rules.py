"""Rules over ranges: drop-downs, conditional formats, protected ranges, ignored errors.

Excel keeps each kind twice: in the elements of 2007, and, for what came with 2010, in the sheet's
extension list with the range in an <xm:sqref> ([MS-XLSX] 2.6). Both grow in the same way.
"""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from sheetplan.ooxml.edits import Edit
from sheetplan.ooxml.formulas import lies_in, may_read, moved_from, references, repoint
from sheetplan.ooxml.ranges import Area, ColumnCopy, covers_all, parse_areas, spell_areas
from sheetplan.ooxml.styles import RuleColours
from sheetplan.ooxml.worksheet import Worksheet
from sheetplan.ooxml.xml import canonical, main, x14, xm

DROP_DOWN = "drop-down"
CONDITIONAL_FORMAT = "conditional format"
PROTECTED_RANGE = "protected range"
IGNORED_ERROR = "ignored error"

_OLD_KINDS = (
    (DROP_DOWN, f"{main('dataValidations')}/{main('dataValidation')}"),
    (CONDITIONAL_FORMAT, main("conditionalFormatting")),
    (PROTECTED_RANGE, f"{main('protectedRanges')}/{main('protectedRange')}"),
    (IGNORED_ERROR, f"{main('ignoredErrors')}/{main('ignoredError')}"),
)
_NEW_KINDS = (
    (DROP_DOWN, x14("dataValidation")),
    (CONDITIONAL_FORMAT, x14("conditionalFormatting")),
    (PROTECTED_RANGE, x14("protectedRange")),
    (IGNORED_ERROR, x14("ignoredError")),
)
_FORMULAS = (main("formula"), main("formula1"), main("formula2"), xm("f"))
_RULES = (main("cfRule"), x14("cfRule"))
# What the comparison of `inventory` calls a rule.
_PLACES = {main(name): name for name in ("conditionalFormatting", "dataValidation")}


@dataclass(frozen=True)
class Rule:
    """One rule: its kind, and the element that names its range."""

    what: str
    element: etree._Element

    @property
    def _extended(self) -> etree._Element | None:
        return self.element.find(xm("sqref"))

    @property
    def areas(self) -> list[Area]:
        """The cells that the rule is for; none when the range cannot be read."""
        extended = self._extended
        text = self.element.get("sqref", "") if extended is None else extended.text or ""
        try:
            return parse_areas(text)
        except ValueError:
            return []

    def set_areas(self, areas: list[Area]) -> None:
        """Change the cells that the rule is for."""
        extended = self._extended
        if extended is None:
            self.element.set("sqref", spell_areas(areas))
        else:
            extended.text = spell_areas(areas)

    @property
    def priorities(self) -> list[int]:
        """When each of its conditions is tried; none for a rule that is no conditional format."""
        return [
            int(r.get("priority", "0")) for r in self.element.iter(*_RULES) if r.get("priority")
        ]

    @property
    def formulas(self) -> list[etree._Element]:
        """The elements whose text is a formula of the rule."""
        return [f for f in self.element.iter(*_FORMULAS) if f.text]


def rules_of(sheet: Worksheet) -> Iterator[Rule]:
    """The rules of a sheet, of both generations."""
    root = sheet.root
    for what, path in _OLD_KINDS:
        for element in root.iterfind(path):
            yield Rule(what, element)
    extensions = root.find(main("extLst"))
    for what, tag in _NEW_KINDS if extensions is not None else ():
        for element in extensions.iter(tag):  # type: ignore[union-attr]
            yield Rule(what, element)


def rule_edits(sheet: Worksheet, columns: ColumnCopy, *, repointing: bool = False) -> list[Edit]:
    """The edits that make each rule of the copied columns hold in the new ones.

    A rule grows, as it would in Excel when its cells are copied. One that reads the old columns
    by a fixed reference (`=$O5="Complete"`) would go on reading them, so it gets a copy with the
    reference moved on, and so does one that is tried after it. With `repointing`, a rule over
    earlier columns too (a whole row coloured by its latest status) is moved on itself.
    """
    edits: list[Edit] = []
    growing: list[_Placed] = []
    copied: list[_Placed] = []
    found = list(rules_of(sheet))
    for rule in found:
        areas = rule.areas
        moved = [area for area in map(columns.moved, areas) if area is not None]
        if not moved or (rule.what == DROP_DOWN and _is_taken(rule, moved, found)):
            continue
        reads_fixed = _reads_fixed(rule, sheet, columns)
        if reads_fixed and repointing and can_repoint(rule, columns):
            edits.append(_repointing(rule, sheet, columns))
        elif not covers_all(areas, moved):
            placed = _Placed(rule, moved, rule.priorities)
            (copied if reads_fixed else growing).append(placed)
    late = _overtaken(growing, copied)
    edits += [_growth(item.rule, sheet, columns) for item in growing if item not in late]
    return edits + _copies(copied + late, sheet, columns, found)


class _Placed(NamedTuple):
    """A rule of the copied columns, with its cells as they stand in the new ones."""

    rule: Rule
    moved: list[Area]
    priorities: list[int]

    def would_overtake(self, other: _Placed) -> bool:
        """Whether it is tried after another that is copied: copies come after all others.

        Not a rule of 2007 with another half of 2010, such as a data bar: both must grow.
        """
        return (
            bool(self.priorities and other.priorities)
            and max(self.priorities) > min(other.priorities)
            and any(area.overlaps(another) for area in self.moved for another in other.moved)
            and self.rule.element.find(f".//{x14('id')}") is None
        )


def _overtaken(growing: list[_Placed], copied: list[_Placed]) -> list[_Placed]:
    """The rules that must be copied as well, so that all are tried in the order they were."""
    late: list[_Placed] = []
    new = copied
    while new:
        new = [
            item
            for item in growing
            if item not in late and any(item.would_overtake(other) for other in new)
        ]
        late += new
    return late


def _is_taken(rule: Rule, moved: list[Area], others: list[Rule]) -> bool:
    """Whether somebody has given the new cells their drop-downs already."""
    areas = [
        area
        for other in others
        if other.what == DROP_DOWN and other.element is not rule.element
        for area in other.areas
    ]
    return covers_all(areas, moved)


def _copies(
    items: list[_Placed], sheet: Worksheet, columns: ColumnCopy, others: list[Rule]
) -> list[Edit]:
    """The edits that add copies of rules, which are tried in the order of their originals."""
    there = {_without_order(other.element) for other in others} if items else set()
    edits, twins = [], []
    for item in items:
        twin = _twin(item, sheet, columns)
        if _without_order(twin) not in there:
            _renew_identities(twin)
            twins.append(twin)
            edits.append(_copying(item, twin, sheet))
    for number, condition in enumerate(_by_priority(twins), next_priority(sheet)):
        condition.set("priority", str(number))
    return edits


def rules_still_reading(sheet: Worksheet, columns: ColumnCopy) -> list[Rule]:
    """Rules that go on reading the old month when it is copied.

    They hold for earlier columns too, or held for the new ones before these were made.
    """
    return [
        rule
        for rule in rules_of(sheet)
        if (can_repoint(rule, columns) or _holds_in(rule, columns.targets[0]))
        and _reads_fixed(rule, sheet, columns)
    ]


def can_repoint(rule: Rule, columns: ColumnCopy) -> bool:
    """Whether a rule that reads the old month may read the new one: not one for July alone."""
    return any(area.first_column < columns.first for area in rule.areas)


def _holds_in(rule: Rule, column: int) -> bool:
    return any(area.first_column <= column <= area.last_column for area in rule.areas)


def _reads_fixed(rule: Rule, sheet: Worksheet, columns: ColumnCopy) -> bool:
    """Whether a formula of the rule has a fixed reference that lies in the copied columns.

    The cells that a drop-down takes its list from are no part of a month, wherever they stand.
    """
    own = sheet.name.casefold()
    is_list = rule.what == DROP_DOWN and rule.element.get("type") == "list"
    for formula in rule.formulas:
        text = formula.text or ""
        if "$" in text and may_read(text, columns):
            for reference in references(text):
                if (
                    reference.is_fixed
                    and (reference.sheet or own).casefold() == own
                    and lies_in(reference, columns)
                    and not (is_list and reference.has_fixed_rows)
                ):
                    return True
    return False


def _growth(rule: Rule, sheet: Worksheet, columns: ColumnCopy) -> Edit:
    areas = rule.areas
    grown = columns.grown(areas)
    return Edit(
        rule.what,
        sheet.name,
        spell_areas(areas),
        spell_areas(grown),
        lambda: rule.set_areas(grown),
    )


def _repointing(rule: Rule, sheet: Worksheet, columns: ColumnCopy) -> Edit:
    areas = rule.areas
    grown = columns.grown(areas)
    copies = {sheet.name.casefold(): columns}

    def make() -> None:
        rule.set_areas(grown)
        for formula in rule.formulas:
            formula.text = repoint(formula.text or "", copies, sheet.name, only_fixed=True)

    before = spell_areas(areas)
    return Edit(
        rule.what,
        sheet.name,
        before,
        f"{spell_areas(grown)}, repointed",
        make,
        replaces=(f"<{_PLACES.get(rule.element.tag, 'x14 rule')}> {before}",),
    )


def _twin(item: _Placed, sheet: Worksheet, columns: ColumnCopy) -> etree._Element:
    """A copy of a rule that holds for the new columns and reads them."""
    twin = copy.deepcopy(item.rule.element)
    twin.tail = None
    copied = Rule(item.rule.what, twin)
    old, new = item.rule.areas[0], item.moved[0]
    copied.set_areas(item.moved)
    copies = {sheet.name.casefold(): columns}
    for formula in copied.formulas:
        text = moved_from(
            formula.text or "",
            (old.first_row, old.first_column),
            (new.first_row, new.first_column),
        )
        formula.text = repoint(text, copies, sheet.name, only_fixed=True)
    return twin


def _copying(item: _Placed, twin: etree._Element, sheet: Worksheet) -> Edit:
    def make() -> None:
        item.rule.element.addnext(twin)
        holder = twin.getparent()
        if holder is not None and holder.get("count"):
            holder.set("count", str(len(holder)))

    after = f"{spell_areas(item.moved)} (a copy that reads them)"
    return Edit(item.rule.what, sheet.name, "", after, make)


def add_conditional_formats(
    sheet: Worksheet, areas: list[Area], rules: Sequence[tuple[str, RuleColours]]
) -> None:
    """Add a conditional format; inside `Workbook.editing` of the sheet.

    Args:
        sheet: The sheet.
        areas: The cells that it is for.
        rules: Formulas, true of the first cell of the areas where they hold, and the colours that
            they give; the first that holds counts most.
    """
    formats = sheet.workbook.styles.add_rule_formats([colours.as_xml() for _, colours in rules])
    holder = etree.Element(main("conditionalFormatting"), sqref=spell_areas(areas))
    first = next_priority(sheet)
    for at, ((formula, _), number) in enumerate(zip(rules, formats, strict=True)):
        rule = etree.SubElement(holder, main("cfRule"), type="expression")
        rule.set("dxfId", str(number))
        rule.set("priority", str(first + at))
        etree.SubElement(rule, main("formula")).text = formula
    sheet.insert_child(holder)


def next_priority(sheet: Worksheet) -> int:
    """A priority after those of all conditional formats of the sheet (18.3.1.10, priority)."""
    taken = [int(rule.get("priority") or 0) for rule in sheet.root.iter(*_RULES)]
    return max(taken, default=0) + 1


def _by_priority(elements: list[etree._Element]) -> list[etree._Element]:
    """The <cfRule>s in some elements that have a priority, the first to be tried first."""
    rules = [rule for e in elements for rule in e.iter(*_RULES) if rule.get("priority")]
    return sorted(rules, key=lambda rule: int(rule.get("priority", "0")))


def _without_order(element: etree._Element) -> bytes:
    twin = copy.deepcopy(element)
    for rule in twin.iter(*_RULES):
        rule.attrib.pop("priority", "")
        rule.attrib.pop("id", "")
    for attribute in [a for a in twin.attrib if str(a).endswith("}uid")]:
        del twin.attrib[attribute]
    return canonical(twin)


def _renew_identities(element: etree._Element) -> None:
    """Give a copy its own identifiers, the same ones whenever the same copy is made."""

    def renewed(identity: str) -> str:
        return "{" + str(uuid.uuid5(uuid.NAMESPACE_OID, identity + "copy")).upper() + "}"

    for item in element.iter():
        for attribute, value in list(item.attrib.items()):
            if str(attribute).endswith("}uid") or (attribute == "id" and item.tag == x14("cfRule")):
                item.set(attribute, renewed(str(value)))
        if item.tag == x14("id") and item.text:
            item.text = renewed(item.text)
