"""Reading a commentary: its leads, its paragraphs, and the month that each speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sheetplan.model.commentary import (
    Commentary,
    CommentaryRun,
    CommentaryWords,
    LeadPlace,
    Paragraph,
    Stamp,
)
from sheetplan.model.commentary_doubts import doubts_of
from sheetplan.model.commentary_stamps import UNSEEN, LineMarks, StampFound, read_marks
from sheetplan.model.commentary_text import CellText
from sheetplan.model.month import Month
from sheetplan.model.wording import compact

_LINE = re.compile(r"[^\r\n\v\u2028]+")
# A lead that ends so goes on in the next line, or after a stretch that is not underlined.
_JOINS = re.compile(r"(?:[\s/,&;+–—-]|\band\b|\bwith\b)*")
_GOES_ON = re.compile(r"(?:[/,&+]|\band|\bwith)\s*$")
_AFTER_A_STAMP = " \t\xa0\r\n.,;:–—-" + UNSEEN
_AROUND_A_LEAD = " \t\xa0:-–—"


@dataclass
class _Draft:
    """A paragraph while its lines are read.

    `block` counts the leads before it; `opened_by` is the stamp at its head, or above it.
    """

    block: int
    lead: str
    first: int
    last: int
    stamps: list[tuple[int, StampFound]] = field(default_factory=list)
    complete: str = ""
    has_words: bool = True
    is_bold: bool = False
    opened_by: StampFound | None = None


def read_commentary(
    runs: Sequence[CommentaryRun], words: CommentaryWords, written: Month, *, doubting: bool = True
) -> Commentary:
    """Read a cell of commentary.

    Args:
        runs: The cell's text, in stretches of one look.
        words: The council's words.
        written: The month in which it was written: that of what is in bold, and the last that a
            stamp without a year can mean.
        doubting: Whether to say what is doubtful, which takes half of the time.
    """
    cell = CellText(runs)
    drafts = _Drafts(cell, words)
    for match in _LINE.finditer(cell.text):
        if match[0].strip():
            drafts.read_line(match.start(), match.end())
    drafts.finish()
    paragraphs = _with_months(cell, drafts.found, words, written)
    leads: dict[str, str] = {}
    for place in drafts.places:
        leads.setdefault(compact(place.lead), place.lead)
    commentary = Commentary(tuple(paragraphs), tuple(leads.values()), tuple(drafts.places))
    if not doubting:
        return commentary
    return replace(commentary, doubts=doubts_of(commentary, cell, words, written))


class _Drafts:
    """The paragraphs of a cell, read line by line."""

    def __init__(self, cell: CellText, words: CommentaryWords) -> None:
        self.found: list[_Draft] = []
        self.places: list[LeadPlace] = []
        self._cell, self._words = cell, words
        self._waiting: _Draft | None = None  # a stamp on a line of its own, whose words may follow
        self._heading: _Draft | None = None  # the paragraph whose heading holds for the next too

    def read_line(self, first: int, last: int) -> None:
        """Read one line that is not blank."""
        first, last = _bare(self._cell.text, first, last)
        rest = self._read_lead(first, last)
        if rest > first:
            first, last = _bare(self._cell.text, rest, last)
        if first == last:
            return
        marks = read_marks(self._cell.text[first:last], self._words)
        draft = self._draft(first, last, marks)
        if marks.has_words:
            self._add_words(draft, marks)
        else:
            self._add_marks(draft, marks)

    def finish(self) -> None:
        """A stamp that no words followed waits for them: it is a paragraph without words."""
        if self._waiting is not None:
            self.found.append(self._waiting)
        self._waiting = None

    def _read_lead(self, first: int, last: int) -> int:
        """Take the lead with which a line begins; gives the place after it."""
        text = self._cell.text
        end = first
        while end < last and self._cell.is_lead(end):
            while end < last and (self._cell.is_lead(end) or text[end].isspace()):
                end += 1
            joined = _JOINS.match(text, end, last)
            if joined and joined.end() < last and self._cell.is_lead(joined.end()):
                end = joined.end()
        lead_first, lead_last = _bare(text, first, end, _AROUND_A_LEAD)
        if not any(character.isalpha() for character in text[lead_first:lead_last]):
            return first
        self.finish()
        self._heading = None
        self._place_lead(lead_first, lead_last)
        while end < last and text[end] in _AROUND_A_LEAD:
            end += 1
        return end

    def _place_lead(self, first: int, last: int) -> None:
        text = self._cell.text
        before = self.places[-1] if self.places else None
        is_next = before is not None and not text[before.last : first].strip(
            _AROUND_A_LEAD + "\r\n"
        )
        if before is not None and is_next and _GOES_ON.search(before.lead):
            first = self.places.pop().first
        lead = " ".join(text[first:last].split())
        self.places.append(LeadPlace(lead, first, last, self._cell.colour(first, last)))

    def _draft(self, first: int, last: int, marks: LineMarks) -> _Draft:
        return _Draft(
            block=len(self.places),
            lead=self.places[-1].lead if self.places else "",
            first=first,
            last=last,
            stamps=[(first, stamp) for stamp in marks.stamps],
            complete=marks.complete,
            has_words=marks.has_words,
            is_bold=self._cell.is_bold(first, last),
        )

    def _add_words(self, draft: _Draft, marks: LineMarks) -> None:
        heading, self._waiting = self._waiting, None
        if heading is not None:
            if not draft.stamps and (heading.is_bold == draft.is_bold or heading.opened_by):
                draft.first, draft.stamps = heading.first, heading.stamps
                draft.complete = draft.complete or heading.complete
                draft.opened_by = heading.stamps[0][1]
            else:
                self.found.append(heading)
        elif marks.heads:
            draft.opened_by = marks.stamps[0]
        if draft.opened_by is not None:
            self._heading = draft
        elif draft.stamps or (self._heading and self._heading.is_bold != draft.is_bold):
            self._heading = None
        elif self._heading is not None:
            draft.opened_by = self._heading.opened_by
        self.found.append(draft)

    def _add_marks(self, draft: _Draft, marks: LineMarks) -> None:
        """A line of stamps and markers closes the paragraph above it, or heads the one below."""
        self.finish()
        above = self.found[-1] if self.found else None
        if above is not None and not marks.heads and self._closes(above, draft):
            above.last = draft.last
            above.stamps += draft.stamps
            above.complete = above.complete or draft.complete
        elif draft.stamps:
            if marks.heads:
                draft.opened_by = draft.stamps[0][1]
            self._waiting = draft
        else:
            self.found.append(draft)

    def _closes(self, above: _Draft, line: _Draft) -> bool:
        if above.block != line.block or above.is_bold != line.is_bold or not above.has_words:
            return False
        if line.stamps and (above.stamps or self._heading is not None):
            return False
        return not (line.complete and above.complete)


def _bare(text: str, first: int, last: int, blanks: str = " \t\xa0") -> tuple[int, int]:
    """A stretch without the blanks around it."""
    while first < last and (text[first] in blanks or text[first].isspace()):
        first += 1
    while last > first and (text[last - 1] in blanks or text[last - 1].isspace()):
        last -= 1
    return first, last


def _with_months(
    cell: CellText, drafts: list[_Draft], words: CommentaryWords, written: Month
) -> list[Paragraph]:
    """The paragraphs, each with its month and how that is known."""
    own = [_own_months(draft, written) for draft in drafts]
    found = []
    for at, draft in enumerate(drafts):
        month, basis = (own[at][-1], "printed") if own[at] else (None, "")
        if month is None and draft.opened_by is not None and not draft.stamps:
            months = draft.opened_by.months(written)
            month, basis = (months[-1], "heading") if months else (None, "")
        if month is None and draft.is_bold:
            month, basis = written, "bold"
        if month is None and not draft.complete:
            month = _next_month(at, drafts, own)
            basis = "next stamp" if month else ""
        stamp = _own_stamp(draft, own[at], written)
        is_complete = bool(draft.complete)
        if stamp and stamp.status:
            is_complete = words.is_complete_status(stamp.status)
        found.append(
            Paragraph(
                lead=draft.lead,
                text=cell.text[draft.first : draft.last],
                words=_without_stamps(cell.text, draft),
                stamp=stamp,
                month=month,
                basis=basis,
                is_complete=is_complete,
                is_latest=draft.is_bold,
                colour=cell.colour(draft.first, draft.last),
                first=draft.first,
                last=draft.last,
            )
        )
    return found


def _own_stamp(draft: _Draft, months: tuple[Month, ...], written: Month) -> Stamp | None:
    """A paragraph's own stamp; of several all, with the last status that is of its month."""
    if not draft.stamps:
        return None
    stamps = [stamp for _, stamp in draft.stamps]
    of_month = [stamp for stamp in stamps if stamp.months(written)[-1:] == months[-1:]]
    status = next((stamp.status for stamp in reversed(of_month) if stamp.status), "")
    return Stamp(" ".join(stamp.text for stamp in stamps), months, status)


def _own_months(draft: _Draft, written: Month) -> tuple[Month, ...]:
    """The months of a paragraph's own stamp."""
    months = {month for _, stamp in draft.stamps for month in stamp.months(written)}
    return tuple(sorted(months))


def _next_month(at: int, drafts: list[_Draft], own: list[tuple[Month, ...]]) -> Month | None:
    """The month of the next stamp of a block, which may close more paragraphs than its own.

    The newest are in bold: where bold words begin, others are of an older month.
    """
    for draft, months in zip(drafts[at + 1 :], own[at + 1 :], strict=True):
        if draft.block != drafts[at].block or draft.is_bold:
            return None
        if months:
            return months[-1]
    return None


def _without_stamps(text: str, draft: _Draft) -> str:
    """What a paragraph says beside its stamps."""
    pieces = []
    place = draft.first
    for begin, stamp in sorted(draft.stamps, key=lambda item: item[0] + item[1].first):
        pieces.append(text[place : begin + stamp.first].strip())
        place = begin + stamp.last
    pieces.append(text[place : draft.last].strip())
    first, *others = pieces
    others = [piece.lstrip(_AFTER_A_STAMP) for piece in others]
    return " ".join(piece for piece in (first, *others) if piece.strip(UNSEEN))
