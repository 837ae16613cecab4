"""Commentary for tests: runs from marked text, and from another council's published plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sheetplan.model.commentary import CommentaryRun
from tests.judges import shared_folder

_MARKED = re.compile(
    r"\[\[(?P<lead>.*?)\]\]|\*\*(?P<bold>.*?)\*\*|(?P<plain>.+?(?=\[\[|\*\*|\Z))", re.S
)


def marked(text: str) -> list[CommentaryRun]:
    """Runs of a text in which [[leads]] and **bold words** are marked."""
    return [
        CommentaryRun(match[0] if match["plain"] else (match["lead"] or match["bold"]),
                      bold=not match["plain"], underline=match["lead"] is not None)
        for match in _MARKED.finditer(text)
    ]  # fmt: skip


class PublishedRow(NamedTuple):
    """A row of the published plan: its section, what it says, and its paragraphs as data."""

    section: str
    title: str
    number: str
    item: dict[str, Any]
    paragraphs: list[dict[str, Any]]


def published_rows() -> Iterator[PublishedRow]:
    """The rows of the other council's plan."""
    path = shared_folder() / "data" / "birmingham_plan_2018-09.json"
    plan = json.loads(path.read_text("utf-8"))
    for section in plan["sections"]:
        for item in section["items"]:
            yield PublishedRow(
                section["number"], section["title"], item["number"] or "", item, item["lead_rag"]
            )


def published_runs(row: PublishedRow, *, marker_first: bool = False) -> list[CommentaryRun]:
    """A row's commentary as the data say that it looked.

    The data do not say whether COMPLETE stood before the stamp or after it; and a paragraph with
    bullets in it is put on one line, since it is one paragraph there.
    """
    runs: list[CommentaryRun] = []
    lead = None
    for entry in row.paragraphs:
        if entry["lead"] and entry["lead"] != lead:
            runs += [CommentaryRun(f"\n{entry['lead']}" if runs else entry["lead"], True, True)]
        lead = entry["lead"]
        if runs:
            runs.append(CommentaryRun("\n"))
        runs += _entry_runs(entry, marker_first)
    return runs


def _entry_runs(entry: dict[str, Any], marker_first: bool) -> list[CommentaryRun]:
    bold, extent = entry["latest"], entry["bold_extent"]
    words, stamp = one_line(entry["text"]), entry["stamp_raw"]
    heading = f"{stamp}\n" if stamp and entry["stamp_scope"] == "heading" else ""
    ends = [] if heading else [stamp]
    ends = [entry["complete_marker"], *ends] if marker_first else [*ends, entry["complete_marker"]]
    is_bare_line = bool(stamp) and not stamp.startswith("(") and not heading
    tail = "".join(f"{chr(10) if is_bare_line else ' '}{end}" for end in ends if end)
    middle = len(words) // 2 if extent == "partial" else 0
    return [
        run
        for run in (
            CommentaryRun(heading, bold),
            CommentaryRun(words[:middle]),
            CommentaryRun(words[middle:], bold and extent != "stamp only"),
            CommentaryRun(tail, bold),
        )
        if run.text
    ]


def one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())
