"""What leads say for a month, put into the commentary of their row: each lead's paragraph of the
month is written anew, and all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sheetplan.model.commentary import Commentary, Paragraph, Stamp
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.commentary_stamps import read_marks
from sheetplan.model.month import Month
from sheetplan.model.owner_return import settled, without_controls
from sheetplan.model.wording import compact, shortened
from sheetplan.ooxml.cells import LONGEST_TEXT, Run
from sheetplan.settings import Settings
from sheetplan.sheets.commentary_actions import paragraphs_by_lead
from sheetplan.sheets.commentary_text import CommentaryText, Put

_YEAR = re.compile(r"\b20[0-9]{2}\b")
_AFTER_A_LEAD = " \t\xa0:-–—"
_BY_HAND = "Word it otherwise in the return and collect that again, or put it in by hand."


class LeadSays(NamedTuple):
    """What a lead says for a month: the status, which stands in the stamp, and the update."""

    status: str = ""
    update: str = ""

    @property
    def lines(self) -> list[str]:
        """The update's lines, each of which is a paragraph to whoever reads the plan."""
        lines = (line.strip() for line in without_controls(self.update).splitlines())
        return [line for line in lines if line]

    def is_like(self, other: LeadSays) -> bool:
        """Whether both say the same, whatever their blanks."""
        return settled(self.status) == settled(other.status) and [
            settled(line) for line in self.lines
        ] == [settled(line) for line in other.lines]


class Answered(NamedTuple):
    """The runs of a commentary with answers; none where it cannot hold them, with why."""

    runs: tuple[Run, ...]
    obstacle: str = ""


class AnsweredText:
    """The commentary of a row, for which leads answer for a month.

    Args:
        text: The commentary.
        month: The month.
        stamps: Those of the plan, by which a new one is spelt.
        settings: The council's words.
    """

    def __init__(
        self, text: CommentaryText, month: Month, stamps: Sequence[Stamp], settings: Settings
    ) -> None:
        self._text, self._month, self._settings = text, month, settings
        self._said = paragraphs_by_lead(text.cell.commentary)
        self._stamps = self._of_month_alone(stamps)
        self._is_newest = month >= text.item.written

    def with_answers(self, answers: Mapping[str, LeadSays]) -> Answered:
        """The runs in which leads say these things for the month, whatever they said before.

        They are read again: nothing is written that would not be read as it was meant, or that
        would change what is read elsewhere.
        """
        unread = (self._unread_status(says.status) for says in answers.values())
        obstacle = self._text.obstacle or next(filter(None, unread), "")
        if obstacle:
            return Answered((), obstacle)
        forms = (
            self._stamped_anew, self._stamped_once, self._stamped_each, self._stamped_in_brackets
        )  # fmt: skip
        for form in forms:
            puts = [put for lead, says in answers.items() for put in form(lead, says)]
            runs = self._text.with_changes((), puts)
            if self._text.is_too_long(runs):
                return Answered((), self._too_long)
            if self._is_read_back(self._text.read(runs, self._text.item.written), answers):
                return Answered(runs)
        return Answered((), self._misread(answers))

    # ------------------------------------------------------------ what is written

    def _of_month(self, lead: str) -> list[Paragraph]:
        return [each for each in self._said.get(lead, ()) if each.month == self._month]

    def _of_month_alone(self, stamps: Iterable[Stamp | None]) -> list[Stamp]:
        """Those by which others of the month can be spelt."""
        return [s for s in stamps if s and not s.status and s.months == (self._month,)]

    def _stamped_anew(self, lead: str, says: LeadSays) -> Iterable[Put]:
        """Only another stamp where the words stay: officers may have given them a colour."""
        own = self._of_month(lead)
        if not own or not says.lines or not says.is_like(LeadSays(says.status, _update(own))):
            return self._stamped_once(lead, says)
        last, stamp = own[-1], self._stamp(lead, says.status)
        if last.stamp is None:
            return [Put(last.last, last.last, f" {stamp}", self._is_newest)]
        first = self._text.words.rfind(last.stamp.text, last.first, last.last)
        if first < 0:
            return self._stamped_once(lead, says)
        return [Put(first, first + len(last.stamp.text), stamp, self._is_newest)]

    def _stamped_once(self, lead: str, says: LeadSays) -> Iterable[Put]:
        """The stamp behind the last line, which may speak for all."""
        *before, last = says.lines or [""]
        lines = (*before, _stamped(last, self._stamp(lead, says.status)))
        return self._puts(lead, "\n".join(lines))

    def _stamped_each(self, lead: str, says: LeadSays) -> Iterable[Put]:
        """A stamp behind each line."""
        stamp, last_stamp = self._stamp(lead), self._stamp(lead, says.status)
        return self._puts(lead, _each_stamped(says, stamp, last_stamp))

    def _stamped_in_brackets(self, lead: str, says: LeadSays) -> Iterable[Put]:
        """The same with stamps in brackets, however others are spelt: one without them stands on a
        line of its own, below words that an older stamp may head."""
        stamp = self._stamp(lead, in_brackets=True)
        last_stamp = self._stamp(lead, says.status, in_brackets=True)
        return self._puts(lead, _each_stamped(says, stamp, last_stamp))

    def _stamp(self, lead: str, status: str = "", *, in_brackets: bool = False) -> str:
        """The month's stamp, spelt as the one that it replaces or as others of the month; or as
        is usual, in brackets."""
        own = [each.stamp for each in self._of_month(lead) if each.stamp]
        return stamp_for(
            self._month,
            () if in_brackets else self._of_month_alone(own) or self._stamps,
            status=status,
            with_year=any(_YEAR.search(stamp.text) for stamp in own),
            words=self._settings.commentary.words,
        )

    def _puts(self, lead: str, text: str) -> Iterator[Put]:
        """A text in place of all that a lead has for the month, or after its last paragraph."""
        words, own = self._text.words, self._of_month(lead)
        if not own:
            place, between = self._end(lead)
            yield Put(place, place, between + text, self._is_newest)
            return
        first = own[0].first
        for each, following in pairwise(own):
            if words[each.last : following.first].strip():
                yield Put(len(words[:first].rstrip()), each.last)
                first = following.first
        yield Put(first, own[-1].last, text, self._is_newest)

    def _end(self, lead: str) -> tuple[int, str]:
        """The place after all that a lead says, and what parts paragraphs there."""
        words, paragraphs = self._text.words, self._said.get(lead, [])
        if paragraphs:
            between = words[paragraphs[-2].last : paragraphs[-1].first] if paragraphs[1:] else ""
            apart = between.count("\n") if not between.strip() else 1
            return paragraphs[-1].last, "\n" * max(apart, 1)
        places = self._text.cell.commentary.places
        named = (place.last for place in places if compact(place.lead) == compact(lead))
        place = max(named, default=0)
        while place < len(words) and words[place] in _AFTER_A_LEAD:
            place += 1
        return place, "\n" if place else ""

    # ------------------------------------------------------------ how it would be read

    def _is_read_back(self, after: Commentary, answers: Mapping[str, LeadSays]) -> bool:
        """Whether leads say just this for the month, and all else is as it was."""
        before, said = self._text.cell.commentary, paragraphs_by_lead(after)
        return (
            [place.lead for place in after.places] == [place.lead for place in before.places]
            and self._others(after, answers) == self._others(before, answers)
            and all(self._says(said.get(lead, ())).is_like(s) for lead, s in answers.items())
        )

    def _others(self, commentary: Commentary, answers: Mapping[str, LeadSays]) -> list[object]:
        """What paragraphs say that no answer is about."""
        leads = set(map(compact, answers))
        return [
            (each.lead, each.words, each.stamp, each.month, each.is_complete)
            for each in commentary.paragraphs
            if each.month != self._month or compact(each.lead) not in leads
        ]

    def _says(self, paragraphs: Sequence[Paragraph]) -> LeadSays:
        """What the paragraphs of a lead say for the month."""
        said = [each for each in paragraphs if each.month == self._month]
        statuses = [each.status for each in said if each.status]
        return LeadSays(statuses[-1] if statuses else "", _update(said))

    # ------------------------------------------------------------ why it cannot be written

    def _unread_status(self, status: str) -> str:
        """Why a status would not be read in a stamp; empty where it would."""
        if not status or can_stand_in_a_stamp(status, self._month, self._settings):
            return ""
        near = self._settings.vocabulary.nearest(status)
        meant = f' Did you mean "{near}"?' if near and compact(near) != compact(status) else ""
        return (
            f'"{shortened(status)}" would not be read as a status in the stamp of {self._month}.'
            f"{meant} Correct it in the return and collect that again, or add the words under "
            "[status] in sheetplan.toml."
        )

    @property
    def _place(self) -> str:
        return f"{self._text.item.found.sheet.name}!{self._text.name}"

    @property
    def _too_long(self) -> str:
        return (
            f"{self._place} would be longer with it than the {LONGEST_TEXT:,} characters that a "
            "cell holds. Shorten what the cell says and collect the return again."
        )

    def _misread(self, answers: Mapping[str, LeadSays]) -> str:
        """Why the plan would say something else than the answers."""
        words = self._settings.commentary.words
        for says in answers.values():
            for line in says.lines:
                for stamp in read_marks(line, words).stamps:
                    return (
                        f'"{shortened(stamp.text)}" in it would be read as the stamp of a '
                        f"paragraph, and the stamp is put in by sheetplan. {_BY_HAND}"
                    )
        return f"{self._place} would be read otherwise with it than it was meant. {_BY_HAND}"


def can_stand_in_a_stamp(status: str, month: Month, settings: Settings) -> bool:
    """Whether a status is read as just that in the stamp of a month."""
    words = settings.commentary.words
    stamps = read_marks(stamp_for(month, (), status=status, words=words), words).stamps
    return [settled(stamp.status) for stamp in stamps] == [settled(status)]


def _update(paragraphs: Iterable[Paragraph]) -> str:
    """What paragraphs say."""
    return "\n".join(each.words for each in paragraphs if each.words)


def _each_stamped(says: LeadSays, stamp: str, last_stamp: str) -> str:
    """What a lead says, with a stamp behind each line and another behind the last."""
    *before, last = says.lines or [""]
    return "\n".join((*(_stamped(line, stamp) for line in before), _stamped(last, last_stamp)))


def _stamped(line: str, stamp: str) -> str:
    """A line with its stamp behind it; below it where the stamp has no brackets, which would be
    part of the sentence."""
    return f"{line}{' ' if stamp[0] in '([' else chr(10)}{stamp}" if line else stamp
