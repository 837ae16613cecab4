"""A plan made into the themes and rows of a tracker, with an account of every paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from sheetplan.importing.content import Column, Fate, ImportedPlan, ImportedTheme, Target
from sheetplan.importing.row_making import RowMaking
from sheetplan.importing.theme_names import sheet_names
from sheetplan.model.commentary_stamps import plan_month
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.plan_source import PlanRow, PlanSection, PlanSource, SourceDocument
from sheetplan.model.theme_codes import theme_codes
from sheetplan.model.wording import listed
from sheetplan.settings import Settings

TITLE = Column("title")
"""The cell with the title of a theme, whose code stands for a reference."""

_LAST_NUMBER = re.compile(r"(\d+)\D*\Z")
_ONE_DECIMAL = re.compile(r"\d+\.[1-9]")
_LAST_NOUGHT_LOST = "; if it is {0}0, type it as text, since Excel shows the number {0}0 as {0}"
_UNREAD = "Nothing refers to it, so it is kept here."


def imported_plan(
    document: SourceDocument,
    source: PlanSource,
    settings: Settings,
    taken: Collection[str],
    *,
    written: Month | None,
    today: Month,
) -> ImportedPlan:
    """Make a plan into the rows of a tracker.

    Args:
        document: The document.
        source: The plan that was found in it.
        settings: The council's words.
        taken: The names of sheets that no theme can have.
        written: The month in which the plan was written; what its stamps and titles tell when
            None.
        today: This month, where they tell nothing.
    """
    words = settings.commentary.words
    titles = (document.name, *(aside.paragraph.text for aside in source.asides))
    month = written or plan_month(_commentary_lines(source), titles, words, today)
    making = RowMaking(words, settings.vocabulary, month, source.notes)
    themes = tuple(_themes(source, making, taken))
    months = {m.month for t in themes for row in t.rows for m in row.lines if m.month}
    ordered = tuple(sorted(months)) or (month,)
    making.rate(ordered, settings.commentary.unrated)
    return ImportedPlan(
        name=document.name,
        written=month,
        months=ordered,
        themes=themes,
        fates=_in_order(document, source, making.fates, themes),
        findings=(
            *source.findings,
            *_numbers_repeated(source),
            *_colours_read(making, settings, document),
            *making.findings,
        ),
    )


def _numbers_repeated(source: PlanSource) -> Iterator[Finding]:
    """A warning for each row with the number of a row above it in its section."""
    for section in source.sections:
        first: dict[str, PlanRow] = {}
        for row in section.rows:
            above = first.setdefault(row.number, row)
            if row.number and above is not row:
                meant = _LAST_NOUGHT_LOST.format(row.number)
                yield Finding(
                    "import-number-repeated",
                    Severity.WARNING,
                    f"{row.place.part}, row {row.place.row}",
                    "",
                    row.number,
                    f"This number stands in {above.place.part}, row {above.place.row} too, so the "
                    "references of this row have B in place of A. Give each row a number of its "
                    f"own there{meant if _ONE_DECIMAL.fullmatch(row.number) else ''}.",
                )


def _colours_read(
    making: RowMaking, settings: Settings, document: SourceDocument
) -> Iterator[Finding]:
    """A note on what colours were taken for: another council means something else by them."""
    if making.colours:
        said = [f"{rag.value} is {meaning.words}" for rag, meaning in making.colours.items()]
        yield Finding(
            "import-colours-read",
            Severity.NOTE,
            document.name,
            "",
            "",
            f"Statuses were read from colours, as {settings.profile_name} has them: "
            f"{listed(said)}. Compare that with the plan's own key, and name another profile if "
            "it differs.",
        )


def _commentary_lines(source: PlanSource) -> Iterator[str]:
    for section in source.sections:
        for row in section.rows:
            for paragraph in row.cells.get("commentary", ()):
                yield from paragraph.text.splitlines()


def _themes(
    source: PlanSource, making: RowMaking, taken: Collection[str]
) -> Iterator[ImportedTheme]:
    titles = [section.title for section in source.sections]
    names = sheet_names(titles, taken)
    for section, code, name in zip(source.sections, theme_codes(titles), names, strict=True):
        title = f"{section.number}. {section.title}" if section.number else section.title
        stems = _stems(section, code)
        rows = [
            made
            for row, stem in zip(section.rows, stems, strict=True)
            for made in making.rows_of(row, title, stem)
        ]
        yield ImportedTheme(code, name, title, tuple(rows))


def _stems(section: PlanSection, code: str) -> Iterator[str]:
    """What the references of each row begin with: A and the last number of the row's own; B and a
    number in their order for rows that have none, or one that another row has."""
    used: set[int] = set()
    others = 0
    for row in section.rows:
        number = _last_number(row)
        if number is not None and number not in used:
            used.add(number)
            yield f"{code}.A{number}"
        else:
            others += 1
            yield f"{code}.B{others}"


def _last_number(row: PlanRow) -> int | None:
    found = _LAST_NUMBER.search(row.number)
    return int(found[1]) if found else None


def _in_order(
    document: SourceDocument,
    source: PlanSource,
    fates: Iterable[Fate],
    themes: Iterable[ImportedTheme],
) -> tuple[Fate, ...]:
    """The fates of all paragraphs of a document, in its order; none is without one."""
    known = {id(fate.paragraph): fate for fate in fates}
    for aside in source.asides:
        known[id(aside.paragraph)] = Fate(aside.paragraph, why=[aside.why])
    for section, theme in zip(source.sections, themes, strict=True):
        for paragraph in section.heading:
            known[id(paragraph)] = Fate(paragraph, theme.title, targets=[Target(theme.code, TITLE)])
    return tuple(
        known.get(id(paragraph)) or Fate(paragraph, why=[_UNREAD])
        for paragraph in document.paragraphs()
    )
