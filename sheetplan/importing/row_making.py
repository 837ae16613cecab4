"""One row of a plan, made into a main action and a sub-action for each of its leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetplan.importing.content import (
    ACTION,
    LEAD,
    OUTPUTS,
    SOURCE,
    UNDATED,
    Column,
    Fate,
    ImportedRow,
    Target,
    update_of,
)
from sheetplan.importing.row_statuses import RatedRow
from sheetplan.model.commentary import CommentaryRun, CommentaryWords, Paragraph
from sheetplan.model.commentary_doubts import commentary_findings
from sheetplan.model.commentary_reading import read_commentary
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_source import PlanRow, SourceParagraph
from sheetplan.model.status import Rag, StatusMeaning, Vocabulary
from sheetplan.model.wording import compact

_HOW = {
    "printed": "",
    "heading": "Its month stands on a line above it.",
    "bold": "It has no month of its own; it is in bold, as the newest are.",
    "next stamp": "It has no month of its own; it has that of the next stamp below.",
}
_UNDATED = "It names no month, and nothing else tells it."
_FULL = "The cell that it belongs to is full, so it is kept here."
_NO_COLUMN = "Its column is none that is brought along, so it is kept here."
_NOTE = "It is note {mark}, and stands below the paragraph that refers to it."


@dataclass
class RowMaking:
    """What rows are made with, and what is found on the way.

    Attributes:
        words: The words by which commentary is read.
        vocabulary: The council's statuses.
        written: The month in which the plan was written.
        notes: The paragraphs of the plan's notes.
        colours: What the colours were taken for from which statuses were read.
    """

    words: CommentaryWords
    vocabulary: Vocabulary
    written: Month
    notes: Mapping[str, tuple[SourceParagraph, ...]]
    fates: list[Fate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    colours: dict[Rag, StatusMeaning] = field(default_factory=dict)
    _rows: list[_Row] = field(default_factory=list)

    def rows_of(self, row: PlanRow, section: str, stem: str) -> list[ImportedRow]:
        """The rows that a row of the plan becomes.

        The aim is the main action; what is required of its leads is the text of their
        sub-actions. What stands under no lead belongs to the main action.

        Args:
            row: The row.
            section: What its section is called.
            stem: What its references begin with: "PL.A1".
        """
        made = _Row(self, row, section, stem)
        self._rows.append(made)
        return made.made()

    def rate(self, months: Sequence[Month], unrated: StatusMeaning | None) -> None:
        """Give all rows their statuses, when all of them are made.

        Args:
            months: The months of the plan.
            unrated: What words mean that tell nothing of how the work goes; None for no status.
        """
        for made in self._rows:
            for rated in made.rated():
                rated.rate(months, self.vocabulary, unrated)
                self.colours.update(rated.colours_read(self.vocabulary))
                if rated.is_complete_in_part:
                    made.find_part_complete(rated)


class _Row:
    """The making of one row's actions."""

    def __init__(self, making: RowMaking, row: PlanRow, section: str, stem: str) -> None:
        self._making, self._row, self._section, self._stem = making, row, section, stem
        self._paragraphs = row.cells.get("commentary", ())
        self._where = f"{row.place.part}, row {row.place.row}"
        self._starts, runs = _as_one_cell(self._paragraphs)
        self._commentary = read_commentary(runs, making.words, making.written)
        self._main = ImportedRow(f"{stem}.0", row.number)
        self._subs = self._sub_actions()

    def made(self) -> list[ImportedRow]:
        rows = [self._main, *self._subs.values()]
        self._put_cells()
        self._put_commentary()
        self._making.findings += commentary_findings(
            self._commentary, sheet=self._where, cell="", reference=self._row.number
        )
        for row in rows[1:] if self._row.number else ():
            row.put(SOURCE, self._row.number)
        return rows

    def _sub_actions(self) -> dict[str, ImportedRow]:
        """A sub-action for each lead; where none is named, one without a lead for what is said or
        to be done."""
        has_work = self._paragraphs or "action" in self._row.cells
        leads = self._commentary.leads or (("",) if has_work else ())
        found = {}
        for number, lead in enumerate(leads, 1):
            found[compact(lead)] = ImportedRow(f"{self._stem}.{number}", self._row.number)
        return found

    # ---------------------------------------------------------------- the cells of the plan

    def _put_cells(self) -> None:
        subs = list(self._subs.values())
        has_aim, has_action = "aim" in self._row.cells, "action" in self._row.cells
        homes: dict[str, tuple[Column, list[ImportedRow]]] = {
            "number": (SOURCE, [self._main]),
            "aim": (ACTION, [self._main, *([] if has_action else subs)]),
            "action": (ACTION, [*([] if has_aim else [self._main]), *subs]),
            "outputs": (OUTPUTS, [self._main]),
        }
        for kind, paragraphs in self._row.cells.items():
            if kind == "commentary":
                continue
            for paragraph in paragraphs:
                fate = self._fate(paragraph, kind)
                if kind not in homes:
                    fate.why.append(_NO_COLUMN)
                    self._put_notes(paragraph, paragraph.text, fate, None, SOURCE)
                    continue
                column, rows = homes[kind]
                for row in rows:
                    self._put(fate, row, column, paragraph.text.strip())
                    self._put_notes(paragraph, paragraph.text, fate, row, column)

    def _put(self, fate: Fate, row: ImportedRow, column: Column, text: str) -> None:
        if row.put(column, text):
            fate.targets.append(Target(row.reference, column))
            return
        fate.why.append(_FULL)
        self._find("import-cell-full", f"{row.reference}: {_FULL[0].lower()}{_FULL[1:]}")

    def _put_notes(
        self,
        paragraph: SourceParagraph,
        piece: str,
        fate: Fate,
        row: ImportedRow | None,
        column: Column,
    ) -> None:
        """Put the notes that a piece of a paragraph refers to below it."""
        for mark in paragraph.notes:
            if f"[{mark}]" not in piece:
                continue
            for note in self._making.notes.get(mark, ()):
                own = self._note_fate(note, mark, fate)
                if row is None:
                    own.why = [_NO_COLUMN]
                else:
                    self._put(own, row, column, f"[{mark}] {note.text.strip()}")

    def _note_fate(self, note: SourceParagraph, mark: str, fate: Fate) -> Fate:
        for known in self._making.fates:
            if known.paragraph is note:
                return known
        own = Fate(note, fate.section, fate.number, fate.column, why=[_NOTE.format(mark=mark)])
        self._making.fates.append(own)
        return own

    def _fate(self, paragraph: SourceParagraph, kind: str) -> Fate:
        fate = Fate(paragraph, self._section, self._row.number, kind)
        self._making.fates.append(fate)
        return fate

    # ---------------------------------------------------------------- commentary

    def _put_commentary(self) -> None:
        text = "\n".join(paragraph.text for paragraph in self._paragraphs)
        for lead in self._commentary.places:
            for row in self._led_by(lead.lead):
                if not row.lines.get(LEAD):
                    row.put(LEAD, lead.lead)
        for paragraph, start in zip(self._paragraphs, self._starts, strict=True):
            fate = self._fate(paragraph, "commentary")
            end = start + len(paragraph.text)
            for lead in self._commentary.places:
                if lead.first < end and start < lead.last:
                    fate.targets += [Target(row.reference, LEAD) for row in self._led_by(lead.lead)]
            for said in self._commentary.paragraphs:
                if said.first < end and start < said.last:
                    piece = text[max(said.first, start) : min(said.last, end)].strip()
                    self._put_said(fate, said, piece, paragraph)

    def _led_by(self, lead: str) -> list[ImportedRow]:
        """The rows of a lead: of the only one the main action too."""
        row = self._subs[compact(lead)]
        return [row, self._main] if len(self._subs) == 1 else [row]

    def _put_said(
        self, fate: Fate, said: Paragraph, piece: str, paragraph: SourceParagraph
    ) -> None:
        row = self._home(said)
        column = UNDATED if said.month is None else update_of(said.month)
        how = _UNDATED if said.month is None else _HOW.get(said.basis, "")
        if how and how not in fate.why:
            fate.why.append(how)
        self._put(fate, row, column, piece)
        self._put_notes(paragraph, piece, fate, row, column)

    def _home(self, said: Paragraph) -> ImportedRow:
        """The row of a paragraph: its lead's; where it stands under none, the main action's."""
        return self._subs.get(compact(said.lead), self._main)

    # ---------------------------------------------------------------- statuses

    def rated(self) -> Iterator[RatedRow]:
        """The rows with what tells their statuses."""
        said: dict[int, list[Paragraph]] = {
            id(row): [] for row in (self._main, *self._subs.values())
        }
        for paragraph in self._commentary.paragraphs:
            said[id(self._home(paragraph))].append(paragraph)
        newest = _newest(self._commentary.paragraphs)
        fills = frozenset(self._row.fills)
        yield RatedRow(self._main, tuple(said[id(self._main)]), newest, fills, is_main=True)
        for lead, row in self._subs.items():
            own = {place.colour for place in self._commentary.places if compact(place.lead) == lead}
            yield RatedRow(row, tuple(said[id(row)]), _newest(said[id(row)]), fills | own, False)

    def find_part_complete(self, rated: RatedRow) -> None:
        """Say that a part of a lead's work is complete, and that a person is to judge the whole."""
        count = sum(paragraph.is_complete for paragraph in rated.said)
        what = "1 paragraph says" if count == 1 else f"{count} paragraphs say"
        self._find(
            "import-part-complete",
            f"{rated.row.reference}: {what} that work is complete, and others of the same lead do "
            "not. Choose its status there.",
            Severity.NOTE,
        )

    def _find(self, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        finding = Finding(code, severity, self._where, "", self._row.number, message)
        if finding not in self._making.findings:
            self._making.findings.append(finding)


def _as_one_cell(
    paragraphs: tuple[SourceParagraph, ...],
) -> tuple[list[int], list[CommentaryRun]]:
    """Paragraphs as one text, a line for each, and where each of them begins in it."""
    starts: list[int] = []
    runs: list[CommentaryRun] = []
    place = 0
    for paragraph in paragraphs:
        if starts:
            runs.append(CommentaryRun("\n"))
            place += 1
        starts.append(place)
        runs += paragraph.runs
        place += len(paragraph.text)
    return starts, runs


def _newest(paragraphs: Iterable[Paragraph]) -> Month | None:
    said = (each.month for each in paragraphs if each.month and each.says_anything)
    return max(said, default=None)
