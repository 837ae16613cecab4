"""Splitting a tracker's milestone cells: only where bullets, dashes or line breaks make it certain.

What cannot be split for certain stays one milestone, and the doubt is said. A due date or a mark
such as "Complete" at the very end of a milestone moves to a column of its own, again only when it
is certain what it is. All other words stay as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheetplan.model.month import FULL_NAMES, SHORT_NAMES
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.status import StatusMeaning
from sheetplan.model.wording import compact, words_of
from sheetplan.reports.milestone_doubts import doubt_in
from sheetplan.settings import Settings

_SYMBOLS = "•·▪■●○◦►➢"
_DASHES = "-–—"
_MARK = re.compile(
    rf"(?P<symbol>[{_SYMBOLS}*])\s*"
    rf"|(?P<dash>[{_DASHES}])(?!\d)\s*"
    r"|(?P<letter_o>o)\s+(?=[A-Z])"
    r"|\(?(?P<number>\d{1,2})[.)]\s+"
    r"|\(?(?P<letter>[a-z])[.)]\s+"
)
_INNER_SYMBOL = re.compile(rf"\s+(?=[{_SYMBOLS}]\s)")
_INNER_NUMBER = re.compile(r"\s+(?=\(?\d{1,2}[.)]\s+\S)")
_GOES_ON = frozenset(
    "a all an and any at before by for from in into its of on or our per that the their to under "
    "until with within".split()
)
_NOTHING = frozenset(
    "a aa action applicable assurance n na nil no none not required tba tbc".split()
)

_TAIL = re.compile(
    rf"\s*(?P<dash>\s[{_DASHES}]\s*|[{_DASHES}]\s+)(?P<after_dash>[^()]+?)[.,;]?\Z"
    r"|\s*\((?P<in_brackets>[^()]+)\)[.,;]?\Z"
    r"|(?P<stop>[,;:.])\s+(?P<after_stop>[^()]+?)[.,;]?\Z"
    r"|\s+(?P<joiner>(?:due\s+)?by|due(?:\s+in)?)\s+(?P<after_joiner>[^()]+?)[.,;]?\Z",
    re.IGNORECASE,
)
_TAILS = ("after_dash", "in_brackets", "after_stop", "after_joiner")
_LONGEST_TAIL = 60
_MONTH_WORDS = {name.casefold() for name in (*FULL_NAMES, *SHORT_NAMES, "Sept")}
_DATE_WORDS = _MONTH_WORDS | set(
    "the of end early mid late start beginning spring summer autumn winter".split()
)
_FIGURES = re.compile(r"\d{1,2}(st|nd|rd|th)?|\d{4}|q[1-4]")
_CERTAIN = (
    Precision.DAY,
    Precision.MONTH,
    Precision.QUARTER,
    Precision.SEASON,
    Precision.PART_OF_YEAR,
)
_MARKS = ("Done", "Achieved", "In progress", "Ongoing", "Commenced", "Started", "Under way")
_DONE = (StatusMeaning.COMPLETE, StatusMeaning.CLOSED)
_NO_MARKS = (
    StatusMeaning.NOT_APPLICABLE,
    StatusMeaning.ASSURANCE_ACTION,
    StatusMeaning.NEW_ACTION,
)


@dataclass(frozen=True)
class MilestonePiece:
    """One milestone of a cell. All of it is as typed.

    `typed` is the whole stretch of the cell, with its bullet; the others are what it holds.
    """

    typed: str
    wording: str
    due: str = ""
    status: str = ""
    completed: str = ""


@dataclass(frozen=True)
class SplitCell:
    """The milestones of a cell, and why it may hold more than were found: empty if it does not."""

    pieces: tuple[MilestonePiece, ...]
    doubt: str = ""


def split_milestones(text: str, settings: Settings) -> SplitCell:
    """Split what a milestone cell says. "N/A" and the like are no milestones."""
    if not set(words_of(text)) - _NOTHING:
        return SplitCell(())
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        pieces, doubt = _several_lines(lines, settings)
    else:
        pieces, doubt = _one_line(lines[0], settings)
    read = tuple(_read_piece(piece, settings) for piece in pieces)
    return SplitCell(tuple(piece for piece in read if words_of(piece.wording)), doubt)


# ---------------------------------------------------------------- where it divides


def _several_lines(lines: list[str], settings: Settings) -> tuple[list[str], str]:
    marks = [_MARK.match(line) for line in lines]
    whole = [" ".join(lines)]
    if any(_INNER_SYMBOL.search(line) for line in lines):
        return whole, "a bullet in it may divide it"
    if any(marks):
        if not all(map(_has_words, lines)):
            return whole, "a bullet of it has nothing behind it"
        if marks[0] is None:
            return whole, "only some of its lines have a bullet"
        if not _is_one_list([mark for mark in marks if mark]):
            return whole, "its lines have bullets of several kinds"
        pieces: list[str] = []
        for line, mark in zip(lines, marks, strict=True):
            if mark:
                pieces.append(line)
            elif line[0].islower():
                pieces[-1] += f" {line}"
            else:
                return whole, "only some of its lines have a bullet"
        return pieces, ""
    for before, line in pairwise(lines):
        if line[0].islower() or before[-1] in ",:&/(" or before[-1] in _DASHES:
            return whole, "a line of it may only go on with the line above"
        if (words_of(before) or [""])[-1] in _GOES_ON:
            return whole, "a line of it may only go on with the line above"
    if any(_is_date(line, settings) or _is_mark(line, settings) for line in lines):
        return whole, "a line of it is only a date or a status"
    return lines, ""


def _one_line(line: str, settings: Settings) -> tuple[list[str], str]:
    mark = _MARK.match(line)
    symbols = _INNER_SYMBOL.split(line)
    if len(symbols) > 1:
        if symbols[0].endswith(":") or not all(map(_has_words, symbols)):
            return [line], "a bullet in it may divide it"
        return symbols, ""
    if mark and mark["dash"]:
        parts = re.split(rf"\s+(?={mark['dash']}\s)", line)
        if len(parts) > 1 and all(_could_stand_alone(part, settings) for part in parts):
            return parts, ""
    if mark and mark["number"]:
        parts = _INNER_NUMBER.split(line)
        if (
            len(parts) > 1
            and all(map(_has_words, parts))
            and _is_one_list([m for m in map(_MARK.match, parts) if m])
        ):
            return parts, ""
    body = line[mark.end() :] if mark else line
    return [line], doubt_in(_read_piece(body, settings).wording)


def _is_one_list(marks: Sequence[re.Match[str]]) -> bool:
    """Whether bullets are of one kind, or count from one on."""
    kinds = {mark.lastgroup for mark in marks}
    if kinds == {"number"}:
        return [int(mark["number"]) for mark in marks] == list(range(1, len(marks) + 1))
    if kinds == {"letter"}:
        return [ord(mark["letter"]) - 96 for mark in marks] == list(range(1, len(marks) + 1))
    return len({mark[0].strip() for mark in marks}) == 1


def _has_words(line: str) -> bool:
    """Whether a line says anything behind its bullet."""
    mark = _MARK.match(line)
    return bool(words_of(line[mark.end() :] if mark else line))


def _could_stand_alone(part: str, settings: Settings) -> bool:
    """Whether what stands between two dashes is a milestone, and no date or aside."""
    body = part[1:].strip()
    return (
        len(body.split()) > 1
        and not body[0].islower()
        and not _is_date(body, settings)
        and not _is_mark(body, settings)
    )


# ---------------------------------------------------------------- what stands at its end


def _read_piece(typed: str, settings: Settings) -> MilestonePiece:
    """Take the bullet off, and the date and the mark at the end where they are certain."""
    mark = _MARK.match(typed)
    wording = (typed[mark.end() :] if mark else typed).strip().rstrip(";").strip()
    piece = MilestonePiece(typed, wording)
    for _ in range(2):
        piece = _without_tail(piece, settings)
    if piece.due and _is_done(piece.status, settings):  # due then, or completed then?
        return replace(piece, wording=wording, due="", status="")
    return piece


def _without_tail(piece: MilestonePiece, settings: Settings) -> MilestonePiece:
    """Take one date or mark off the end of a wording, the longest that is certain."""
    for start in range(max(0, len(piece.wording) - _LONGEST_TAIL), len(piece.wording)):
        tail = _TAIL.match(piece.wording, start)
        if tail is None or not words_of(piece.wording[:start]):
            continue
        text = next(filter(None, (tail[name] for name in _TAILS))).strip(f"{_DASHES} ")
        rest = piece.wording[:start].rstrip()
        if not piece.status and not tail["joiner"]:
            if _is_mark(text, settings):
                return replace(piece, wording=rest, status=text)
            status, when = _mark_and_month(text, settings)
            if when and not piece.due:
                return replace(piece, wording=rest, status=status, completed=when)
        is_due = _is_date(text, settings, year_alone=bool(tail["joiner"]))
        has_date = piece.due or piece.completed or _is_done(piece.status, settings)
        if is_due and not has_date:
            return replace(piece, wording=rest, due=text)
    return piece


def _is_date(text: str, settings: Settings, *, year_alone: bool = False) -> bool:
    """Whether a text is a date and nothing else, said without a slip.

    A year alone may be part of a name, as in "Vision – 2030".
    """
    words = words_of(text)
    if not words or not all(word in _DATE_WORDS or _FIGURES.fullmatch(word) for word in words):
        return False
    found = PlanDate.read(text, settings.dates)
    if found.mended or found.first is None:
        return False
    return found.precision in _CERTAIN or (year_alone and found.precision is Precision.YEAR)


def _is_mark(text: str, settings: Settings) -> bool:
    """Whether a text is a status and nothing else."""
    return compact(text) in {compact(words) for words in _mark_words(settings)}


def _mark_words(settings: Settings) -> list[str]:
    entries = settings.vocabulary.entries
    known = [w for e in entries if e.meaning not in _NO_MARKS for w in e.words]
    return [*known, *_MARKS]


def _is_done(status: str, settings: Settings) -> bool:
    entry = settings.vocabulary.understand(status)
    return entry is not None and entry.meaning in _DONE


def _mark_and_month(text: str, settings: Settings) -> tuple[str, str]:
    """ "Complete November 2023" as the mark and the month; empty where it is no such thing."""
    status, _, when = text.partition(" ")
    when = when.strip(" ()")
    if _is_done(status, settings) and _is_mark(status, settings) and _is_date(when, settings):
        found = PlanDate.read(when, settings.dates)
        if found.precision in (Precision.DAY, Precision.MONTH):
            return status, when
    return "", ""
