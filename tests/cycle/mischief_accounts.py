"""Looking for every word that somebody typed, in a tracker and in what a run said of itself.

The tracker is read with openpyxl; nothing here knows how returns are read or merged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tests.cycle.mischief_filling import Typed

Cells = Mapping[tuple[str, str], str]
"""What the month's cells say, by key and field."""

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FIELDS = {"Status": "status", "Update": "update"}
_NOT_LOOKED_AT = "What stands above the headings was not looked at."
_CELL_HOLDS = 32_767  # units of UTF-16


def plain(text: str) -> str:
    """The words of a text: without control characters, and with one blank between words."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    whole = whole.replace("\ufffd", "")
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", whole)).split())


def exact(text: str) -> str:
    """A text but for its control characters, with one kind of line breaks: as a cell has to say
    it that the text was merged into."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\ufffd", "")
    return _CONTROL.sub("", re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", whole))


def said(value: object) -> str:
    """What a cell says, as openpyxl has it: which leaves _x000B_ as it is spelt."""
    text = "" if value is None else str(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def beginning(text: str) -> str:
    """What a cell holds of a text."""
    units = exact(text).encode("utf-16-le")
    return units[: _CELL_HOLDS * 2].decode("utf-16-le", "ignore")


@dataclass(frozen=True)
class Ledger:
    """A tracker, as openpyxl reads it.

    Attributes:
        month: What the cells of the month say.
        conflicts, requests, log: The rows of its registers, by their headings.
    """

    month: Cells
    conflicts: Sequence[Mapping[str, str]]
    requests: Sequence[Mapping[str, str]]
    log: Sequence[Mapping[str, str]]

    @classmethod
    def read(cls, tracker: Path, places: Mapping[tuple[str, str], tuple[str, str]]) -> Ledger:
        """Read a tracker; `places` are the sheet and the cell of each cell of the month."""
        return cls.of(openpyxl.load_workbook(tracker), places)

    @classmethod
    def of(
        cls, book: openpyxl.Workbook, places: Mapping[tuple[str, str], tuple[str, str]]
    ) -> Ledger:
        """Read a tracker that is open."""
        month = {at: said(book[sheet][cell].value) for at, (sheet, cell) in places.items()}
        names = ("Conflicts", "Change control", "Update log")
        return cls(month, *(tuple(_records(book, name)) for name in names))


def _records(book: openpyxl.Workbook, name: str) -> Iterator[Mapping[str, str]]:
    if name not in book.sheetnames:
        return
    rows = [[said(value) for value in row] for row in book[name].iter_rows(values_only=True)]
    at = next(number for number, row in enumerate(rows) if "Reference" in row)
    for row in rows[at + 1 :]:
        if any(row):
            yield dict(zip(rows[at], row, strict=True))


class Accounts:
    """Where each typed text may be found after some runs.

    Args:
        ledger: The tracker after them.
        results: What they said of themselves, as data.
    """

    def __init__(self, ledger: Ledger, results: Sequence[Mapping[str, Any]]) -> None:
        self._ledger = ledger
        self._files = [entry for data in results for entry in data["files"]]
        self._answers = [entry for data in results for entry in data["not_merged"]]
        self._findings = [entry for data in results for entry in data["findings"]]

    def where(self, name: str, typed: Typed) -> str:
        """Where a text is; empty where it is lost. `name` is a word of its file's name."""
        if any(name in f["file"] and f["outcome"] == "rejected" for f in self._files):
            return "rejected file"
        if any(self._names(a, typed) for a in self._answers if name in a["file"]):
            return "answer that was not merged"
        if typed.field in _FIELDS.values():
            found = self._in_registers(typed)
        elif typed.field == "other":
            found = ""
        else:
            found = self._in_requests(typed)
        return found or self._in_notes(name, typed)

    @staticmethod
    def _names(answer: Mapping[str, Any], typed: Typed) -> bool:
        """Whether an answer that was not merged is a text, or gives its reason by it."""
        cell, place = answer["cell"].split("!")[-1], typed.cell.place
        if typed.field == "reference":
            named = _figures(f"{answer['key']} {answer['reason']}")
            return _row(cell) == _row(place) and _figures(typed.text) in named
        if typed.formula and typed.formula in f"{answer['text']} {answer['reason']}":
            return bool(cell == place)
        return cell == place and plain(typed.text) == plain(answer["text"])

    def _in_registers(self, typed: Typed) -> str:
        def is_here(at: tuple[str, str]) -> bool:
            return at[1] == typed.field and typed.key in (at[0], None)

        log = [record for record in self._ledger.log if is_here(_at(record))]
        texts = {
            "tracker": [text for at, text in self._ledger.month.items() if is_here(at)],
            "Conflicts": [r["Answer"] for r in self._ledger.conflicts if is_here(_at(r))],
            "Update log": [r["After"] for r in log],
        }
        start, rest = beginning(typed.text), exact(typed.text)[len(beginning(typed.text)) :]
        parts = (r["After"] for r in log if r["What happened"].startswith("Part"))
        if plain(rest) not in plain("".join(parts)):
            return ""
        found = (name for name, each in texts.items() if plain(start) in map(plain, each))
        return next(found, "")

    def _in_requests(self, typed: Typed) -> str:
        asked = (
            plain(f"{record['To']} {record['Reason']}")
            for record in self._ledger.requests
            if typed.key is None or record["Reference"] == typed.key
        )
        text = plain(typed.text)
        return "Change control" if text and any(text in each for each in asked) else ""

    def _in_notes(self, name: str, typed: Typed) -> str:
        """A note on the file that names the cell, its column or its sheet."""
        place = typed.cell.place
        named = re.compile(rf"\b{place}\b|\bColumn {place.rstrip('0123456789')} of ")
        notes = [n for f in self._files if name in f["file"] for n in f.get("notes", ())]
        if any(named.search(note) for note in notes):
            return "note"
        if typed.field == "other" and typed.key is None and any(_NOT_LOOKED_AT in n for n in notes):
            return "note"
        return self._in_findings(name, typed)

    def _in_findings(self, name: str, typed: Typed) -> str:
        """A finding on the file that says that a row or a column was passed over."""
        row = re.compile(rf"\b[A-Z]+{_row(typed.cell.place)}\b")
        for finding in (f for f in self._findings if name in f["sheet"]):
            code, is_this_row = finding["code"], row.search(finding["cell"])
            if code == "return-row-unknown" and is_this_row:
                return "row that was passed over"
            if code == "return-reference-altered" and is_this_row and typed.field == "reference":
                return "reference that was passed over"
            is_gone = typed.field.replace("_", " ") in finding["message"]
            if code == "return-column-missing" and is_gone and typed.formula:
                return "column that is missing"
        return ""


def _figures(text: str) -> str:
    """The letters and figures of a reference, which messages may spell more tidily."""
    return "".join(filter(str.isalnum, text)).casefold()


def _row(cell: str) -> str:
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _at(record: Mapping[str, str]) -> tuple[str, str]:
    return record["Reference"], _FIELDS.get(record["Field"], record["Field"])


def net_changes(before: Ledger, after: Ledger) -> dict[tuple[str, str], tuple[str, str]]:
    """The cells that the Update log says were written, with what they said first and last."""
    written = ("Merged", "Withdrawn", "Chosen")
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for record in after.log[len(before.log) :]:
        if record["What happened"] in written:
            first = found.get(_at(record), (record["Before"], ""))[0]
            found[_at(record)] = first, record["After"]
    return {at: pair for at, pair in found.items() if pair[0] != pair[1]}
