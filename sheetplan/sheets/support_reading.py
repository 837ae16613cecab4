"""Reading the support sheets: their rows as records, and what is wrong in them as findings."""

from __future__ import annotations

from dataclasses import replace

from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.support import (
    Achievement,
    Milestone,
    Narrative,
    Recommendation,
    RecommendationLink,
    SupportRecords,
)
from sheetplan.model.wording import compact
from sheetplan.ooxml.workbook import Workbook
from sheetplan.settings import Settings
from sheetplan.sheets.support_rows import SupportRow
from sheetplan.sheets.support_tables import find_support_tables

_NOT_PRINTED = ("no", "n", "false")


def read_support(workbook: Workbook, settings: Settings) -> SupportRecords:
    """Read the records of the support sheets that a workbook has.

    Columns may stand in any order, with others between them. A sheet that lacks a column which it
    cannot be read without is skipped, and a finding says so.
    """
    tables, there, findings = find_support_tables(workbook)

    def rows_of(kind: str) -> list[SupportRow]:
        if kind not in tables:
            return []
        table = tables[kind]
        return [SupportRow(table, number, settings, findings) for number in table.rows]

    recommendations = _recommendations(rows_of("recommendations"))
    codes = [r.code for r in recommendations] if "recommendations" in tables else None
    return SupportRecords(
        recommendations=recommendations,
        links=_links(rows_of("recommendation_map"), codes),
        milestones=_milestones(rows_of("milestones"), codes),
        narratives=_narratives(rows_of("narrative")),
        achievements=_achievements(rows_of("achievements")),
        findings=tuple(findings),
        sheets=there,
    )


def _recommendations(rows: list[SupportRow]) -> tuple[Recommendation, ...]:
    found: dict[str, Recommendation] = {}
    for row in rows:
        code, text = row.text("code"), row.text("text")
        if not code:
            row.find("recommendation-code-missing", "code", "",
                     "this recommendation has no code, so nothing can answer it. Give it one, "
                     "such as S1.")  # fmt: skip
            continue
        if compact(code) in found:
            row.find("recommendation-code-repeated", "code", code,
                     "another recommendation above has this code; only that one is read. Give "
                     "this one a code of its own.")  # fmt: skip
            continue
        if not text:
            row.find("recommendation-text-missing", "text", code,
                     "this recommendation has no text. Copy its full text in.")  # fmt: skip
        found[compact(code)] = Recommendation(
            code,
            row.text("source"),
            text,
            row.date("sent", code),
            row.date("considered", code),
            row.text("accepted"),
            row.text("auditor_view"),
            row.date("auditor_view_date", code),
            row.standing,
        )
    return tuple(found.values())


def _links(rows: list[SupportRow], codes: list[str] | None) -> tuple[RecommendationLink, ...]:
    found = []
    for row in rows:
        typed, target = row.codes("code"), row.text("target")
        if not typed:
            row.find("recommendation-code-missing", "code", target,
                     "this row of the map has no recommendation code. Choose one.")  # fmt: skip
        elif not target:
            row.find("recommendation-target-missing", "target", typed[0],
                     "this row of the map does not say what answers the recommendation. Type a "
                     "reference, a workstream or a theme.")  # fmt: skip
        else:
            for code in typed:
                row.find_unknown_code(code, codes, "code", target)
                found.append(RecommendationLink(code, target, row.text("heading"), row.standing))
    return tuple(found)


def _milestones(rows: list[SupportRow], codes: list[str] | None) -> tuple[Milestone, ...]:
    found = []
    seen: set[str] = set()
    for row in rows:
        name, reference, wording = row.text("id"), row.text("reference"), row.text("wording")
        place = name or reference
        if name and compact(name) in seen:
            row.find("milestone-id-repeated", "id", name,
                     "another milestone above has this id. Give this one its own.")  # fmt: skip
        seen.add(compact(name))
        if not wording:
            row.find("wording-missing", "wording", place,
                     "this milestone says nothing, so it is left out. Word it, or delete the "
                     "row.")  # fmt: skip
            continue
        if not reference:
            row.find("milestone-reference-missing", "reference", place,
                     "this milestone names no main action, so no theme shows it. Type the "
                     "reference of one.")  # fmt: skip
        milestone_codes = row.codes("codes")
        for code in milestone_codes:
            row.find_unknown_code(code, codes, "codes", place)
        found.append(
            Milestone(
                name,
                reference,
                wording,
                row.date("due", place),
                row.date("revised", place),
                row.text("status"),
                row.month("completed", place),
                milestone_codes,
                row.standing,
            )
        )
    return tuple(found)


def _narratives(rows: list[SupportRow]) -> tuple[Narrative, ...]:
    found: dict[tuple[Month, str], Narrative] = {}
    for row in rows:
        block = row.text("block")
        month = row.month("month", block, is_needed=True)
        if not block:
            row.find("narrative-block-missing", "block", "",
                     "this row names no block. Type the reference of a main action.")  # fmt: skip
        if month is None or not block:
            continue
        key = month, block_key(block)
        if key in found:
            row.find("narrative-repeated", "block", block,
                     f"this block has a row for {month} above; only that one is read. Delete one "
                     "of them.")  # fmt: skip
            continue
        found[key] = Narrative(
            month,
            block,
            row.text("title"),
            row.text("theme"),
            _order(row, block),
            row.text("summary"),
            row.text("next_steps"),
            standing=row.standing,
        )
    return tuple(replace(n, carried=_is_carried(n, found)) for n in found.values())


def block_key(block: str) -> str:
    """A block by its reference, however that is typed."""
    reference = Reference.parse(block)
    return compact(block) if reference is None else reference.canonical


def _order(row: SupportRow, block: str) -> float | None:
    text = row.text("order")
    try:
        return float(text) if text else None
    except ValueError:
        row.find("narrative-order-unreadable", "order", block,
                 f'"{text}" is not a number, so the block is printed last. Type 1, 2, 3 and so '
                 "on.")  # fmt: skip
        return None


def _is_carried(narrative: Narrative, all_: dict[tuple[Month, str], Narrative]) -> bool:
    """Whether it says what an earlier month said of the same block."""
    words = (narrative.summary, narrative.next_steps)
    return any(words) and any(
        month < narrative.month
        and block == block_key(narrative.block)
        and (other.summary, other.next_steps) == words
        for (month, block), other in all_.items()
    )


def _achievements(rows: list[SupportRow]) -> tuple[Achievement, ...]:
    found = []
    for row in rows:
        reference, wording = row.text("reference"), row.text("wording")
        theme = row.text("theme")
        if compact(row.text("printed")) in _NOT_PRINTED:
            month = row.month("month", reference)
            if month is not None:
                found.append(
                    Achievement(month, theme, reference, wording, row.standing, is_printed=False)
                )
            continue
        if not wording:
            row.find("wording-missing", "wording", reference,
                     "this achievement says nothing, so it is left out. Word it, or delete the "
                     "row.")  # fmt: skip
            continue
        month = row.month("month", reference, is_needed=True)
        if not theme:
            row.find("achievement-theme-missing", "theme", reference,
                     "this achievement names no theme, so none shows it. Choose one.")  # fmt: skip
        if month is not None:
            found.append(Achievement(month, theme, reference, wording, row.standing))
    return tuple(found)
