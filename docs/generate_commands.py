"""Writes commands.md from what each command says for --help.

    python docs/generate_commands.py

A test fails when the page is not what this script would write.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import click

import sheetplan
from sheetplan.cli.main import sheetplan as program

PAGE = Path(__file__).resolve().with_name("commands.md")
WIDTH = 100
OPENING = """\
# Commands

This page is written by `docs/generate_commands.py` from what each command says for `--help`.
Where the command `sheetplan` is not found, write `python -m sheetplan` (Windows: `py`).
What each does in a month's work is told in [the monthly cycle](monthly-cycle.md).

Output is as wide as the window, 100 characters at the most.
On a terminal its headings are bold; set `NO_COLOR` to do without that.
Messages about what could not be done go to standard error.
With `--json` a command prints one object to standard output, and nothing else goes there.

| Exit status | Means |
|---|---|
| 0 | Done. |
| 1 | Done, and there is something to look at. |
| 2 | The command was typed wrongly. |
| 3 | It could not be done, and nothing was written. |
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8", newline="\n")


def page() -> str:
    """The page as it should be."""
    sections = [OPENING, _section("sheetplan", _help(program, "sheetplan"))]
    for name, command in program.commands.items():
        called = command.callback.__name__  # "import" is a word of Python's own
        parameters = inspect.signature(getattr(sheetplan, called)).parameters
        words = ", ".join([next(iter(parameters)), *(["…"] if len(parameters) > 1 else [])])
        twin = f"In Python: `sheetplan.{called}({words})`, see [python](python.md).\n"
        sections.append(_section(f"sheetplan {name}", _help(command, f"sheetplan {name}"), twin))
    return "\n".join(sections)


def _section(title: str, text: str, more: str = "") -> str:
    block = f"## {title}\n\n```text\n{text}\n```\n"
    return f"{block}\n{more}" if more else block


def _help(command: click.Command, called: str) -> str:
    context = click.Context(
        command, info_name=called, terminal_width=WIDTH, max_content_width=WIDTH
    )
    context.help_option_names = ["-h", "--help"]
    return command.get_help(context)


if __name__ == "__main__":
    main()
