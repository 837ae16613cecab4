"""`sheetplan inspect`: what sheetplan sees in a workbook."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import sheetplan
from sheetplan.cli.common import (
    count_of,
    heading,
    json_option,
    paragraph,
    print_json,
    profile_option,
    quoted_path,
    table,
    tracker_argument,
)
from sheetplan.model.month import Month
from sheetplan.model.wording import listed

if TYPE_CHECKING:
    from sheetplan.cycle.commentary_inspection import CommentaryInspection
    from sheetplan.cycle.inspection import Inspection

_DATES = 10  # that are printed
_WAYS = {
    "printed": "their own stamp",
    "heading": "a stamp above",
    "bold": "bold words",
    "next stamp": "the next stamp",
    "": "nothing",
}


@click.command()
@tracker_argument
@profile_option
@json_option
@click.pass_context
def inspect(ctx: click.Context, tracker: Path, profile: str | None, as_json: bool) -> None:
    """Show what sheetplan sees in a workbook. Writes nothing.

    Says for each sheet whether it is a tracker sheet, where its headings, fields and months stand,
    how many actions it has, what each status was understood as, what was not understood, and what
    else the workbook holds.

    \b
    Example:
      sheetplan inspect improvement_plan.xlsx
    """
    seen = sheetplan.inspect(tracker, profile=profile)
    if as_json:
        print_json(seen.as_data())
    else:
        _print(seen)
    ctx.exit(1 if seen.needs_attention else 0)


def _print(seen: Inspection) -> None:
    _print_sheets(seen)
    if seen.sheets:
        _print_columns(seen)
        _print_statuses(seen)
    if seen.commentary is not None:
        _print_commentary(seen.commentary)
    _print_findings(seen)
    heading("Beside the cells' values the workbook holds")
    paragraph(", ".join(map(str, seen.holdings)) + "." if seen.holdings else "nothing else.")
    paragraph("All of it stays when sheetplan writes.")
    click.echo()
    if seen.sheets:
        click.echo(f"Next: sheetplan roll-month {quoted_path(seen.path)} --dry-run")
    else:
        paragraph(f"Looked, in the first 30 rows of each sheet, for {seen.sought}.", indent=0)
        _print_remedies(seen)


def _print_remedies(seen: Inspection) -> None:
    """What to do where no sheet is a tracker sheet."""
    tracker = quoted_path(seen.path)
    other = "If the headings have other words:"
    if seen.is_commentary:
        click.echo(f"{other} sheetplan init {tracker} --profile commentary")
        click.echo("If months have columns of their own:")
        click.echo(f"sheetplan inspect {tracker} --profile standard")
        return
    click.echo(f"{other} sheetplan init {tracker}")
    click.echo("If no month has columns, and each month's words are added in one cell:")
    click.echo(f"sheetplan init {tracker} --profile commentary")


def _print_sheets(seen: Inspection) -> None:
    click.secho(str(seen.path.name), bold=True)
    if not seen.sheets:
        click.echo("No sheet is a tracker sheet.")
    else:
        months = seen.months
        ends = [str(months[0]), *([str(months[-1])] if len(months) > 1 else [])]
        span = (" to " if len(months) > 2 else " and ").join(ends)
        paragraph(
            f"{count_of(len(seen.sheets), 'tracker sheet')}, {count_of(seen.actions, 'action')}, "
            f"{count_of(len(months), 'month')} ({span}); words of {_words_of(seen)}",
            indent=0,
        )
        heading("Tracker sheets")
        rows: list[list[object]] = [["Sheet", "Headings", "Actions", "Months", "Latest in"]]
        for sheet in seen.sheets:
            first, last = sheet.layout.heading_rows
            rows.append(
                [
                    sheet.name + (" (hidden)" if sheet.state != "visible" else ""),
                    f"row {last}" if first == last else f"rows {first}-{last}",
                    sheet.actions,
                    _month_span([block.month for block in sheet.layout.months]),
                    _letters(sheet.latest_columns()),
                ]
            )
        table(rows, right=[2])
    if seen.others:
        heading("Other sheets")
        table([[other.sheet, other.reason] for other in seen.others])


def _words_of(seen: Inspection) -> str:
    """Whose words were looked for: a file's, or those of a profile that comes with sheetplan."""
    is_file = seen.profile.casefold().endswith(".toml")
    return seen.profile if is_file else f"the profile {seen.profile}"


def _month_span(months: list[Any]) -> str:
    """Months from left to right: first to last where none is missing, else all of them."""
    whole = all(b.months_since(a) == 1 for a, b in pairwise(months))
    if whole and len(months) > 2:
        return f"{months[0]} to {months[-1]}"
    return ", ".join(map(str, months))


def _letters(columns: list[tuple[str, str]]) -> str:
    return ", ".join(f"{letters} {field or 'other'}" for letters, field in columns)


def _print_columns(seen: Inspection) -> None:
    """The fields and their columns, each arrangement once with the sheets that have it."""
    arrangements: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for sheet in seen.sheets:
        arrangements.setdefault(tuple(sheet.columns()), []).append(sheet.name)
    for fields, sheets in arrangements.items():
        heading(f"Columns of {listed(sheets)}")
        paragraph(", ".join(f"{letters} {name.replace('_', ' ')}" for name, letters in fields))


def _print_statuses(seen: Inspection) -> None:
    latest = seen.months[-1]
    heading(f"Statuses (in all months, and in {latest})")
    spelled = Counter(s.entry.meaning for s in seen.statuses if s.entry)
    rows: list[list[object]] = [["All", latest.name, "Understood as", "RAG", "As typed"]]
    for status in seen.statuses:
        entry = status.entry
        rows.append(
            [
                status.count,
                status.in_latest,
                entry.meaning.words if entry else "NOT UNDERSTOOD",
                entry.rag.word if entry else "",
                f'"{status.text}"',
            ]
        )
    table(rows, right=[0, 1])
    if seen.blank:
        have = "has" if seen.blank == 1 else "have"
        paragraph(f"{count_of(seen.blank, 'action')} {have} no status in {latest}.")
    several = [f"{meaning.words} ({n})" for meaning, n in spelled.items() if n > 1]
    if several:
        paragraph(f"Typed in several ways: {', '.join(several)}.")


def _print_commentary(commentary: CommentaryInspection) -> None:
    heading(f"Commentary, written in {commentary.written}")
    paragraph(
        f"{count_of(commentary.paragraphs, 'paragraph')} in {count_of(commentary.rows, 'row')} "
        f"under {count_of(len(commentary.leads), 'lead')}; {commentary.newest} of them in bold, "
        f"{commentary.complete} complete."
    )
    ways = (f"{_WAYS[basis]} {count}" for basis, count in commentary.bases.items())
    paragraph(f"Months known by {', '.join(ways)}.")
    rows: list[list[object]] = [["Stamps", "As typed", "Read as"]]
    for stamp in commentary.stamps:
        months = listed([str(month) for month in stamp.months]) or "NO MONTH"
        rows.append([stamp.count, f'"{stamp.text}"', months])
    table(rows, right=[0])
    to_come = commentary.to_come
    paragraph(
        f"{count_of(len(commentary.dates), 'date')} named in the words, {len(to_come)} of them "
        f"after {commentary.written}{':' if to_come else '.'}"
    )
    table(
        [
            [
                f"{named.sheet}!{named.cell} ({named.reference})",
                f'"{named.text}"',
                Month.of(named.last),
            ]
            for named in to_come[:_DATES]
        ]
    )
    if len(to_come) > _DATES:
        paragraph(f"and {len(to_come) - _DATES} more: see --json.")


def _print_findings(seen: Inspection) -> None:
    if seen.findings:
        heading("Not understood, or to look at")
        table([[finding.place, finding.message] for finding in seen.findings])
