"""The `sheetplan` command and what all of its verbs share."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import click

from sheetplan import __version__
from sheetplan.cli.colour import colour
from sheetplan.cli.init import init
from sheetplan.cli.inspect import inspect
from sheetplan.cli.roll_month import roll_month
from sheetplan.cli.undo import undo
from sheetplan.errors import SheetplanError


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
            if ctx.meta.get("sheetplan.json"):
                name = type(error).__name__
                click.echo(json.dumps({"error": name, "message": str(error)}, ensure_ascii=False))
            click.echo(f"sheetplan: {error}", err=True)
            click.echo("Nothing was written.", err=True)
            ctx.exit(error.exit_code)


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: sheetplan inspect TRACKER. Nothing is written by that.",
)
@click.version_option(__version__, "--version", message="sheetplan %(version)s")
def sheetplan() -> None:
    """Rolls a council's improvement plan workbook from one reporting month to the next.

    Works in the council's own workbook. After any write, everything that was in it is still there,
    and sheetplan proves it before it replaces the file.

    Exit status: 0 done, 1 something to look at, 2 wrong usage, 3 could not be done and nothing was
    written.
    """


for _verb in (inspect, init, roll_month, colour, undo):
    sheetplan.add_command(_verb)


def main() -> None:
    """Run the command line, with text that any console can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sheetplan(prog_name="sheetplan")
