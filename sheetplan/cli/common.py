"""Options that several verbs take, and how they print."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

WIDEST = 100


def tracker_argument(command: F) -> F:
    """The workbook."""
    return click.argument("tracker", type=click.Path(path_type=Path))(command)


def profile_option(command: F) -> F:
    """Other settings than those of the nearest sheetplan.toml."""
    return click.option(
        "--profile",
        metavar="FILE",
        help="Settings file, or the name of a built-in profile. "
        "[default: the nearest sheetplan.toml, else standard]",
    )(command)


def output_option(command: F) -> F:
    """A new file instead of a change in place."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="OUTPUT",
        help="Write to a new file. [default: in place, with a backup beside it]",
    )(command)


def dry_run_option(command: F) -> F:
    """Show only."""
    return click.option(
        "-n", "--dry-run", is_flag=True, help="Show what would be done; write nothing."
    )(command)


def json_option(command: F) -> F:
    """Data instead of words."""

    def remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> bool:
        ctx.meta["sheetplan.json"] = value
        return value

    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=remember,
        help="Print one JSON object to standard output and nothing else.",
    )(command)


def print_json(data: object) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def heading(text: str) -> None:
    """A heading of the output."""
    click.echo()
    click.secho(text, bold=True)


def table(rows: Sequence[Sequence[object]], *, indent: int = 2, right: Iterable[int] = ()) -> None:
    """Rows in aligned columns; the last column wraps to the width of the terminal.

    Args:
        rows: The cells of each row.
        indent: How far the table stands in.
        right: The columns, counted from 0, whose cells stand at the right: numbers.
    """
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return
    count = max(map(len, cells))
    widths = [max(len(row[i]) if i < len(row) else 0 for row in cells) for i in range(count)]
    before = indent + sum(width + 2 for width in widths[:-1])
    room = max(24, width_of_terminal() - before)
    rightward = set(right)
    for row in cells:
        start = " " * indent
        for i, cell in enumerate(row[:-1]):
            padded = cell.rjust(widths[i]) if i in rightward else cell.ljust(widths[i])
            start += padded + "  "
        last = row[-1].rjust(widths[-1]) if count - 1 in rightward else row[-1]
        lines = textwrap.wrap(last, room, break_on_hyphens=False) or [""]
        click.echo((start + lines[0]).rstrip())
        for line in lines[1:]:
            click.echo(" " * len(start) + line)


def paragraph(text: str, *, indent: int = 2) -> None:
    """Text wrapped to the terminal."""
    margin = " " * indent
    for line in textwrap.wrap(text, width_of_terminal() - indent, break_on_hyphens=False):
        click.echo(margin + line)


def width_of_terminal() -> int:
    """How many characters stand in a line."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def count_of(number: int, singular: str, plural: str | None = None) -> str:
    """ "1 action", "12 actions"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str], most: int = 8) -> str:
    """ "A, B and C", or with a count of those that are left out."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def quoted_path(path: Path) -> str:
    """A path as it can be pasted into a command."""
    text = str(path)
    return f'"{text}"' if " " in text or "&" in text or "'" in text else text
