"""The sections and rows of a plan, found in the paragraphs and tables of its document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sheetplan.errors import PlanNotFoundError
from sheetplan.importing.plan_headings import Kinds, PlanHeadings, described
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.plan_source import (
    Aside,
    PlanRow,
    PlanSection,
    PlanSource,
    SourceCell,
    SourceDocument,
    SourceParagraph,
    SourcePlace,
    SourceTable,
    SourceTableRow,
)
from sheetplan.model.wording import compact
from sheetplan.settings.importing import ImportSettings

_TITLE = re.compile(
    r"(?:(?:section|theme|priority|part)\s+)?(?P<number>\d{1,2})\s*[.:)–-]?\s+(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"[A-Za-z]{0,4}[-./ ]?\d{1,3}(?:[.-]\d{1,3})*[.)]?\s?[a-z]?", re.ASCII)
_LONGEST_TITLE = 150
_OUTSIDE = "It stands outside the rows of the plan, so it is kept here."
_HEADING_ROW = "It heads a column."
_TITLE_AGAIN = "It says again what the section is called."
_OTHER_TABLE = "It stands in a table with other headings, so it is kept here."


def find_plan(document: SourceDocument, settings: ImportSettings) -> PlanSource:
    """Find the sections of a plan and their rows.

    A row that goes on over a page, with no number of its own, is put together again, and rows of
    headings that come again are passed over.

    Raises:
        PlanNotFoundError: there is no table, or none with the headings of a plan.
    """
    headings = PlanHeadings(settings)
    search = _Search(document, headings)
    for block in document.blocks:
        if isinstance(block, SourceTable):
            search.read_table(block)
        else:
            search.before.append(block)
    search.put_aside(search.before, _OUTSIDE)
    if not any(each.rows for each in search.sections):
        raise _no_plan(document, headings, has_headings=bool(search.sections))
    sections = tuple(
        PlanSection(each.number, each.title, tuple(each.heading), tuple(each.rows))
        for each in search.sections
        if each.rows
    )
    search.put_aside(
        (p for each in search.sections if not each.rows for p in each.heading), _OUTSIDE
    )
    search.put_aside(document.margins, "It stands beside the text, so it is kept here.")
    return PlanSource(
        document.name,
        sections,
        tuple(search.asides),
        document.notes,
        (*document.findings, *search.findings),
    )


@dataclass
class _Section:
    number: str
    title: str
    heading: list[SourceParagraph]
    rows: list[PlanRow] = field(default_factory=list)


class _Search:
    """What is found on the way from the top of a document to its end."""

    def __init__(self, document: SourceDocument, headings: PlanHeadings) -> None:
        self._headings = headings
        self._kinds: Kinds | None = None
        self.before: list[SourceParagraph] = []
        self.sections: list[_Section] = []
        self.asides: list[Aside] = []
        self.findings: list[Finding] = []

    def put_aside(self, paragraphs: Iterable[SourceParagraph], why: str) -> None:
        """Keep paragraphs that become no part of a row."""
        self.asides += [Aside(paragraph, why) for paragraph in paragraphs]

    def read_table(self, table: SourceTable) -> None:
        """Read a table: one of the plan's, one that goes on from the last, or another."""
        is_headed = any(self._headings.of(row) is not None for row in table.rows)
        if not is_headed and not self._goes_on(table):
            self.put_aside((p for row in table.rows for c in row.cells for p in c.paragraphs),
                           _OTHER_TABLE)  # fmt: skip
            return
        if is_headed:
            self._kinds = None
            self._begin_section(table)
        for row in table.rows:
            self._read_row(row, table)

    def _goes_on(self, table: SourceTable) -> bool:
        """Whether a table without headings has the columns of the one before it, and rows like
        it: Word cuts tables in two where somebody splits them."""
        if self._kinds is None or not self.sections:
            return False
        widths = {_width(row) for row in table.rows}
        first = next((row for row in table.rows if row.filled), None)
        if first is None or max(widths) != max(self._kinds) or any(p.level for p in self.before):
            return False
        number = _of_kind(first, self._kinds, "number")
        return not number or _NUMBER.fullmatch(number) is not None

    def _begin_section(self, table: SourceTable) -> None:
        """Begin a section where something stands above a table that says what it is called."""
        title = _title_among(self.before)
        self.put_aside((p for p in self.before if p is not title), _OUTSIDE)
        self.before = []
        if title is not None:
            self._add_section(title.text, [title])
        elif table.title or not self.sections:
            self._add_section(table.title or "Plan", [])

    def _add_section(self, text: str, heading: list[SourceParagraph]) -> None:
        title = _TITLE.fullmatch(" ".join(text.split()))
        number, words = (title["number"], title["title"]) if title else ("", " ".join(text.split()))
        self.sections.append(_Section(number, words, heading))

    # ---------------------------------------------------------------- rows

    def _read_row(self, row: SourceTableRow, table: SourceTable) -> None:
        paragraphs = [p for cell in row.cells for p in cell.paragraphs]
        kinds = self._headings.of(row)
        if not paragraphs:
            return
        if kinds is not None:
            self._kinds = kinds
            self.put_aside(paragraphs, _HEADING_ROW)
        elif self._is_title(row, table):
            self._read_title(paragraphs)
        elif self._kinds is None:
            self.put_aside(paragraphs, _OUTSIDE)
        else:
            self._add_row(row, table, self._kinds)

    def _read_title(self, paragraphs: list[SourceParagraph]) -> None:
        """Begin a section with a row that says what it is called, unless it says nothing new."""
        text = " ".join(paragraphs[0].text.split())
        section = self.sections[-1] if self.sections else None
        if section is not None and section.heading:
            known = " ".join(section.heading[0].text.split())
            if compact(text).startswith(compact(known)):
                self.put_aside(paragraphs, _TITLE_AGAIN)
                return
            if not section.rows and _TITLE.fullmatch(text) is None:
                self.put_aside(paragraphs, _OUTSIDE)  # a word on what follows
                return
        self._add_section(text, paragraphs[:1])
        self.put_aside(paragraphs[1:], _OUTSIDE)

    def _is_title(self, row: SourceTableRow, table: SourceTable) -> bool:
        """Whether a row says what the section is called: one cell over all columns, or the first
        with something that is no number."""
        if len(row.filled) != 1:
            return False
        cell = row.filled[0]
        if not _is_short(cell.paragraphs[0]):
            return False
        width = max(_width(each) for each in table.rows)
        is_wide = cell.span >= max(width - 1, 2)
        is_number = _NUMBER.fullmatch(cell.text.strip()) is not None
        return is_wide or (cell.column == 1 and not is_number)

    def _add_row(self, row: SourceTableRow, table: SourceTable, kinds: Kinds) -> None:
        cells: dict[str, list[SourceParagraph]] = {}
        for cell in row.filled:
            cells.setdefault(kinds.get(cell.column, "other"), []).extend(cell.paragraphs)
        number = " ".join("\n".join(p.text for p in cells.get("number", [])).split())
        fills = tuple(c.fill for c in row.cells if kinds.get(c.column) == "commentary" and c.fill)
        place = SourcePlace(table.name, row.number)
        made = PlanRow(place, number, {kind: tuple(all_) for kind, all_ in cells.items()}, fills)
        rows = self.sections[-1].rows
        if not number and rows and not self._is_own_row(made):
            rows[-1] = _joined(rows[-1], made)
        else:
            rows.append(made)

    def _is_own_row(self, row: PlanRow) -> bool:
        """Whether a row without a number is one of its own, and not the rest of the one above.

        It is when it has an aim, and its commentary begins with somebody's name; what is said of
        either guess is for the reader to judge.
        """
        if not row.cells.get("aim"):
            return False
        before = self.sections[-1].rows[-1]
        first = next(iter(row.cells.get("commentary", ())), None)
        is_own = first is not None and _is_lead(first)
        above = before.number or "the row above"
        what = (
            f"has no number and begins with a lead, so it is taken for a row of its own after "
            f"{above}. Give it a number there if it is one."
            if is_own
            else f"has no number, so it is taken for the rest of {above}."
        )
        self.findings.append(
            Finding(
                "import-no-number", Severity.WARNING, _spot(row.place), "", "", f"This row {what}"
            )
        )
        return is_own


def _is_lead(paragraph: SourceParagraph) -> bool:
    return all(run.bold and run.underline for run in paragraph.runs if run.text.strip())


def _joined(row: PlanRow, rest: PlanRow) -> PlanRow:
    """A row with what goes on in the next."""
    kinds = dict.fromkeys((*row.cells, *rest.cells))
    cells = {kind: (*row.cells.get(kind, ()), *rest.cells.get(kind, ())) for kind in kinds}
    return replace(row, cells=cells, fills=(*row.fills, *rest.fills))


def _title_among(paragraphs: list[SourceParagraph]) -> SourceParagraph | None:
    """The paragraph above a table that says what its section is called: the last heading, else
    the last that begins with a number, else the last in bold."""
    for fits in (_is_heading, _begins_with_a_number, _is_bold):
        for paragraph in reversed(paragraphs):
            if fits(paragraph):
                return paragraph
    return None


def _is_heading(paragraph: SourceParagraph) -> bool:
    return paragraph.level > 0


def _begins_with_a_number(paragraph: SourceParagraph) -> bool:
    return _is_short(paragraph) and _TITLE.fullmatch(paragraph.text.strip()) is not None


def _is_bold(paragraph: SourceParagraph) -> bool:
    return _is_short(paragraph) and paragraph.is_bold


def _is_short(paragraph: SourceParagraph) -> bool:
    return len(paragraph.text) <= _LONGEST_TITLE


def _of_kind(row: SourceTableRow, kinds: Kinds, kind: str) -> str:
    cells: Iterable[SourceCell] = (c for c in row.cells if kinds.get(c.column) == kind)
    return " ".join(cell.text.strip() for cell in cells).strip()


def _width(row: SourceTableRow) -> int:
    """The last column that a row covers."""
    return max((cell.column + cell.span - 1 for cell in row.cells), default=0)


def _spot(place: SourcePlace) -> str:
    return f"{place.part}, row {place.row}"


def _no_plan(
    document: SourceDocument, headings: PlanHeadings, *, has_headings: bool
) -> PlanNotFoundError:
    if has_headings:
        return PlanNotFoundError(
            "it has the headings of a plan, and no rows under them.",
            where=document.name,
            remedy="Look whether it is the right file.",
        )
    remedy = (
        "If its headings have other words, add them under [import] in sheetplan.toml (sheetplan "
        "init writes one)."
    )
    if not any(isinstance(block, SourceTable) for block in document.blocks):
        return PlanNotFoundError(
            "there is no table in it, and a plan is read from tables.",
            where=document.name,
            remedy="Put the plan's rows into a table with headings.",
        )
    return PlanNotFoundError(
        f"no table in it has the headings of a plan: {headings.wanted()}. What is there: "
        f"{described(document)}.",
        where=document.name,
        remedy=remedy,
    )
