"""The words of the invented Wexcombe Borough Council improvement plan, read from improvement_plan/.

There is one TOML file for each theme. It holds workstreams, and in each workstream its actions in
the order of the sheet. Director and cabinet member are said once for the workstream; an action may
name its own. `may` and `june` are pairs of status and update; a main action that leaves them out
has N/A in all four cells, as officers type it, and a sub-action that leaves out its focus has N/A.
In an update, **two stars** mark bold words and ^^two carets^^ mark red ones.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

NOT_APPLICABLE = "N/A"
FOLDER = Path(__file__).resolve().parent / "improvement_plan"


@dataclass(frozen=True)
class Action:
    """One row of a theme sheet; each field is named after the column that it fills."""

    workstream: str
    ref: str
    action: str
    director: str
    cabinet: str
    start: date | str
    due: date | str
    focus: str
    may_status: str
    may_update: str
    june_status: str
    june_update: str
    milestones: str = ""
    we_will: str = ""
    leads: str = ""
    owner: str = ""

    @property
    def is_main(self) -> bool:
        """True for a main action: its reference ends in .0, and its row is drawn in bold."""
        return self.ref.endswith(".0")


@dataclass(frozen=True)
class Note:
    """A note on one cell; the cell is named by reference and column so that rows may move."""

    ref: str
    column: str
    author: str
    text: str


@dataclass(frozen=True)
class Comment:
    """One entry in a thread of comments."""

    person: str
    at: str
    text: str


@dataclass(frozen=True)
class Thread:
    """A comment and its replies on one cell."""

    ref: str
    column: str
    comments: tuple[Comment, ...]
    resolved: bool = False

    def entry_name(self, number: int) -> str:
        """A name for one entry that no other entry has; its fixed identifier is made from it."""
        return f"thread/{self.ref}/{self.column}/{number}"


@dataclass(frozen=True)
class Theme:
    """One theme of the plan: what stands on one theme sheet."""

    title: str
    actions: tuple[Action, ...]
    notes: tuple[Note, ...]
    threads: tuple[Thread, ...]


def read_themes(folder: Path = FOLDER) -> list[Theme]:
    """Read every theme of the plan, in the order of their file names."""
    return [
        _theme(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("theme_*.toml"))
    ]


def _theme(data: Mapping[str, Any]) -> Theme:
    return Theme(
        title=data["title"],
        actions=tuple(
            _action(stream, row) for stream in data["workstream"] for row in stream["action"]
        ),
        notes=tuple(Note(**note) for note in data.get("note", [])),
        threads=tuple(_thread(thread) for thread in data.get("thread", [])),
    )


def _action(stream: Mapping[str, Any], row: Mapping[str, Any]) -> Action:
    fields = {
        "workstream": stream["name"],
        "director": stream["director"],
        "cabinet": stream["cabinet"],
        "focus": NOT_APPLICABLE,
        **row,
    }
    for month in ("may", "june"):
        status, update = fields.pop(month, (NOT_APPLICABLE, NOT_APPLICABLE))
        fields |= {f"{month}_status": status, f"{month}_update": update}
    return Action(**fields)


def _thread(data: Mapping[str, Any]) -> Thread:
    comments = tuple(Comment(**comment) for comment in data["comment"])
    return Thread(data["ref"], data["column"], comments, data.get("resolved", False))
