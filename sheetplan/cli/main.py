"""The `sheetplan` command and what all of its verbs share."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from sheetplan import __version__
from sheetplan.cli.accessibility import accessibility
from sheetplan.cli.appendix import appendix
from sheetplan.cli.change_control import change_control
from sheetplan.cli.check import check
from sheetplan.cli.collect_returns import collect_returns
from sheetplan.cli.colour import colour
from sheetplan.cli.common import json_text, paragraph
from sheetplan.cli.compare import compare
from sheetplan.cli.history import history
from sheetplan.cli.import_plan import import_plan
from sheetplan.cli.init import init
from sheetplan.cli.inspect import inspect
from sheetplan.cli.new import new
from sheetplan.cli.prepare import prepare
from sheetplan.cli.recommendations import recommendations
from sheetplan.cli.roll_month import roll_month
from sheetplan.cli.send_returns import send_returns
from sheetplan.cli.status import status
from sheetplan.cli.summarise import summarise
from sheetplan.cli.undo import undo
from sheetplan.errors import SheetplanError

_FAULT = 3


class Verbs(click.Group):
    """The group of verbs; an error of sheetplan's is a message and exit status 3."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order of a month's work."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb."""
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except SheetplanError as error:
            _say(ctx, error, str(error), [f"sheetplan: {error.problem}", error.remedy])
            click.echo("Nothing was written.", err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read the output wanted no more of it; click knows what to do
            message = f"a fault in sheetplan stopped it ({_described(error)})."
            remedy = (
                "Please report it with this message. The workbook is whole: sheetplan puts only "
                "a finished and checked file in its place."
            )
            _say(ctx, error, message, [f"sheetplan: {message}", remedy])
            ctx.exit(_FAULT)


def _say(ctx: click.Context, error: Exception, message: str, paragraphs: list[str]) -> None:
    """Say what went wrong: words on standard error, and with --json an object on the other."""
    if ctx.meta.get("sheetplan.json"):
        data = {"error": type(error).__name__, "message": message}
        click.echo(json_text(data))
    for text in filter(None, paragraphs):
        for line in text.strip().split("\n"):
            paragraph(line.strip(), indent=2 if line.startswith(" ") else 0, err=True)


def _described(error: Exception) -> str:
    """What a programmer needs: the error, and the last place in sheetplan that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    package = Path(__file__).parents[1]
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(package)]
    place = f", {Path(own[-1].filename).name} line {own[-1].lineno}" if own else ""
    return f"{type(error).__name__}: {error}{place}"


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: sheetplan inspect TRACKER. Nothing is written by that.",
)
@click.version_option(__version__, "--version", message="sheetplan %(version)s")
def sheetplan() -> None:
    """Rolls a council's improvement plan workbook from month to month, and writes its reports.

    Works in the council's own workbook. After any write, everything that was in it is still there,
    and sheetplan proves it before it replaces the file.

    Exit status: 0 done, 1 something to look at, 2 wrong usage, 3 could not be done and nothing was
    written.
    """


_VERBS = (
    inspect, init, new, import_plan, prepare, roll_month, send_returns, collect_returns, status,
    change_control, check, history, summarise, appendix, recommendations, compare, colour,
    accessibility, undo,
)  # fmt: skip

for _verb in _VERBS:
    sheetplan.add_command(_verb)


def main() -> None:
    """Run the command line, with text that any console can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.disable()  # a command keeps nearly all that it makes until it ends, which is soon
    try:
        sheetplan(prog_name="sheetplan")
    finally:
        gc.freeze()  # or all of it would be looked through once more when Python ends
