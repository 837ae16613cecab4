"""Options that several verbs take, and how they print."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sheetplan.model.month import Month

if TYPE_CHECKING:
    from sheetplan.cycle.files import Destination

F = TypeVar("F", bound=Callable[..., Any])

WIDEST = 100
_LOWEST = 16  # lines of a terminal
_MARGIN = "  "  # in front of tables
_LAST_COLUMN = 24  # as narrow as the last column gets before the others wrap too
_LONG_WORD = 24  # a word that is longer may be broken, unless the terminal is wide
_PLAIN_PATH = re.compile(r"[\w./\\:~+,@%=-]+")
_ORDERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys and does not show: control characters, and turns of direction."""


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


def month_option(help_text: str) -> Callable[[F], F]:
    """A reporting month, as a person types it."""

    def read(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Month | None:
        try:
            return None if value is None else Month.parse(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return click.option("--month", callback=read, metavar="MONTH", help=help_text)


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


def print_destination(place: Destination, first: Sequence[Sequence[str]] = ()) -> None:
    """Where a change would be written, at the end of a dry run; `first` are rows above that."""
    click.echo()
    rows = [*first, ["Would write", place.output.name]]
    if place.backup is not None:
        rows.append(["Backup", place.backup.name])
    table(rows)
    print_nothing_written()


def print_nothing_written() -> None:
    """What a dry run says last."""
    click.echo()
    click.echo("Nothing was written. Run it again without --dry-run to do this.")


def print_json(data: object) -> None:
    """One JSON object on standard output."""
    click.echo(json_text(data, indent=2))


def json_text(data: object, indent: int | None = None) -> str:
    """Data as JSON, in which what a terminal would obey is escaped."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    return _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def heading(text: str) -> None:
    """A heading of the output."""
    click.echo()
    for line in wrapped(text, width_of_terminal()):
        click.secho(line, bold=True)


def table(rows: Sequence[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """Rows in aligned columns, whose cells wrap where the terminal is too narrow for them.

    Args:
        rows: The cells of each row.
        right: The columns, counted from 0, whose cells stand at the right: numbers.
    """
    cells = [[str(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths, gap = _column_widths(cells, width_of_terminal() - len(_MARGIN))
    rightward = set(right)
    for row in cells:
        columns = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*columns, fillvalue=""):
            line = gap.join(
                part.rjust(width) if i in rightward else part.ljust(width)
                for i, (part, width) in enumerate(zip(parts, widths, strict=True))
            )
            click.echo((_MARGIN + line).rstrip())


def _column_widths(cells: list[list[str]], room: int) -> tuple[list[int], str]:
    """The width of each column and the gap between them.

    The last column, which holds the longest texts, gives way first; then the widest.
    """
    columns = list(zip(*cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    floors = [
        min(width, max((len(word) for cell in column for word in cell.split()), default=0))
        for column, width in zip(columns, widths, strict=True)
    ]
    floors = [min(floor, max(_LONG_WORD, room * 2 // 5)) for floor in floors]
    last = len(widths) - 1
    gap = "  "
    excess = sum(widths) + len(gap) * last - room
    if excess > 0:
        shrunk = max(min(widths[last], max(_LAST_COLUMN, floors[last])), widths[last] - excess)
        excess -= widths[last] - shrunk
        widths[last] = shrunk
    while excess > 0:
        widest = max(range(last + 1), key=lambda i: (widths[i] > floors[i], widths[i]))
        if widths[widest] <= floors[widest]:
            return widths, " "  # every word has its room and no more
        widths[widest] -= 1
        excess -= 1
    return widths, gap


def paragraph(text: str, *, indent: int = 2, err: bool = False) -> None:
    """Text wrapped to the terminal."""
    for line in wrapped(text, width_of_terminal() - indent, breaking=False):
        click.echo(" " * indent + line, err=err)


def wrapped(text: str, width: int, *, breaking: bool = True) -> list[str]:
    """The lines of a text: at least one; a word that is longer than a line may be broken.

    What people typed into a workbook is among it, so nothing is left that a terminal would obey.
    """
    text = obeyed_by_none(text)
    lines = textwrap.wrap(text, max(width, 1), break_on_hyphens=False, break_long_words=breaking)
    return lines or [""]


def obeyed_by_none(text: str) -> str:
    """A text without what a terminal would obey instead of showing it."""
    return _ORDERS.sub("\ufffd", text)


def width_of_terminal() -> int:
    """How many characters stand in a line."""
    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)


def height_of_terminal() -> int:
    """How many lines stand on one screen."""
    return max(_LOWEST, shutil.get_terminal_size((WIDEST, 24)).lines)


def count_of(number: int, singular: str) -> str:
    """ "1 action", "12 actions"."""
    return f"{number:,} {singular if number == 1 else singular + 's'}"


def quoted_path(path: Path) -> str:
    """A path as it can be pasted into a command, in Windows' window as in others."""
    text = str(path)
    return text if _PLAIN_PATH.fullmatch(text) else f'"{text}"'
