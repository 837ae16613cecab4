"""What the commentary of one row becomes when a month is opened: the newest words lose their bold,
and each lead that has more to report gets the month's stamp, which waits for its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sheetplan.model.commentary import Commentary, CommentaryWords, Paragraph, Stamp
from sheetplan.model.commentary_stamping import stamp_for
from sheetplan.model.commentary_stamps import StampFound, month_written, read_marks
from sheetplan.model.month import Month
from sheetplan.model.month_spelling import find_months
from sheetplan.model.wording import compact, listed, shortened
from sheetplan.ooxml.cells import LONGEST_TEXT, Run
from sheetplan.ooxml.rich_text import Span
from sheetplan.sheets.commentary_actions import paragraphs_by_lead
from sheetplan.sheets.commentary_text import CommentaryText, Put

_LINE = re.compile(r"[^\r\n\v\u2028]+")
_BREAKS = "\r\n\v\u2028"
_ATTEMPTS = 6  # a stamp or a year that is put somewhere may change how the words beside it read


@dataclass(frozen=True)
class OpenedMonth:
    """The month that is opened.

    Attributes:
        month: The month.
        stamp: Its stamp, as it is put under each lead.
        stamps: Those of the plan, by which one of an older month is spelt.
        dates_later: Whether stamps without a year that would be taken for a later month get theirs.
    """

    month: Month
    stamp: str
    stamps: tuple[Stamp, ...]
    dates_later: bool = False
    _spelt: dict[tuple[Month, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def stamp_of(self, month: Month, words: CommentaryWords, *, with_year: bool) -> str:
        """The stamp of an older month, in the council's words and in brackets: without them it
        would be part of the sentence that it is put behind."""
        key = (month, with_year)
        if key not in self._spelt:
            spelt = stamp_for(month, self.stamps, with_year=with_year, words=words)
            if spelt[0] not in "([":
                spelt = stamp_for(month, (), with_year=with_year, words=words)
            self._spelt[key] = spelt
        return self._spelt[key]


@dataclass(frozen=True)
class OpenedText:
    """The commentary of a row in which a month is opened.

    Attributes:
        text: As it is.
        runs: As it becomes.
        leads: The leads that get the month's stamp; an empty name where the row has none.
        not_bold: How many paragraphs lose their bold.
        still_bold: Older paragraphs that keep it, as without it words above them would be read
            otherwise.
        stamped: The stamps of older months that are put behind words which were known by their
            bold alone.
        dated: The stamps of older months that get their year, as they are.
        obstacle: Why it stays as it is instead, as the rest of a sentence about the cell and what
            to do; empty where it need not.
    """

    text: CommentaryText
    runs: tuple[Run, ...]
    leads: tuple[str, ...] = ()
    not_bold: int = 0
    still_bold: tuple[str, ...] = ()
    stamped: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    obstacle: str = ""

    @property
    def reference(self) -> str:
        """The reference of its row, as typed."""
        return self.text.cell.row.reference_text

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.runs != self.text.runs

    @property
    def words(self) -> str:
        """All that it will say."""
        return "".join(run.text for run in self.runs)


def open_month(text: CommentaryText, opened: OpenedMonth, leads: Collection[str]) -> OpenedText:
    """The commentary of a row in which a month is opened.

    It is read again: nothing is written by which other words would be read as of another month or
    lead.

    Args:
        text: The commentary.
        opened: The month.
        leads: The leads that have more to report; an empty name for a row that has none.
    """
    opening = _Opening(text, opened, leads)
    made = opening.opened()
    if made is None:
        obstacle = (
            "would be read otherwise with the new stamp and without the bold of older words. "
            "Change it by hand."
        )
    elif made.is_changed and text.is_too_long(made.runs):
        obstacle = (
            f"would be longer than the {LONGEST_TEXT:,} characters that a cell holds. Move its "
            "oldest paragraphs elsewhere and run this again."
        )
    elif made.is_changed and text.obstacle:
        obstacle = text.obstacle.removeprefix(f"{text.item.found.sheet.name}!{text.name} ")
    else:
        return made
    return OpenedText(text, text.runs, obstacle=obstacle + opening.read_otherwise)


class _Opening:
    """The commentary of a row while a month is opened in it."""

    def __init__(self, text: CommentaryText, opened: OpenedMonth, leads: Collection[str]) -> None:
        self._text, self._opened = text, opened
        self._words = text.item.settings.commentary.words
        self._before = text.cell.commentary
        self._said = paragraphs_by_lead(self._before)
        month = opened.month
        paragraphs = self._before.paragraphs
        self._older = [i for i, p in enumerate(paragraphs) if p.is_latest and p.month != month]
        self._wordless = [i for i in self._older if not paragraphs[i].words]
        self._by_bold = [i for i in self._older if paragraphs[i].basis == "bold"]
        self._leads = [
            lead
            for lead in leads
            if all(p.month != month for p in self._said.get(lead, ()))
            and (lead or (not self._before.leads and self._before.paragraphs))
        ]
        self._new_stamps = [self._new_stamp(lead) for lead in self._leads]

    def opened(self) -> OpenedText | None:
        """The month opened; None where the cell would be read otherwise."""
        # An older stamp without words may head those below it once they look alike, so they get
        # one of their own; and it may close those above it, so it stays bold.
        for kept in ([], self._wordless):
            for stamped in ([], self._by_bold):
                made = self._opened_with(kept, stamped)
                if made is not None:
                    return self._less_bold(made, kept, stamped)
        return None

    @property
    def read_otherwise(self) -> str:
        """What is read as of another month in the cell as it is, once the month is opened
        elsewhere, as a sentence; empty where nothing is."""
        after = self._text.read(self._text.runs, self._opened.month)
        pairs = zip(self._before.paragraphs, after.paragraphs, strict=True)
        moved = [two for one, two in pairs if one.month != two.month]
        if not moved:
            return ""
        words = listed([f'"{shortened(each.text)}"' for each in moved], most=3)
        months = listed(list(dict.fromkeys(str(each.month or "no month") for each in moved)))
        return f" Until then {words} {'is' if len(moved) == 1 else 'are'} read as of {months}."

    def _less_bold(
        self, made: OpenedText, kept: Collection[int], stamped: Collection[int]
    ) -> OpenedText:
        """The same with as few as can be of the paragraphs that stay bold."""
        for i in kept:
            fewer = [j for j in kept if j != i]
            found = self._opened_with(fewer, stamped)
            if found is not None and len(found.still_bold) < len(made.still_bold):
                made, kept = found, fewer
        return made

    def _opened_with(self, kept: Collection[int], with_stamp: Collection[int]) -> OpenedText | None:
        """The month opened; None where the cell would be read otherwise.

        Args:
            kept: The paragraphs that stay bold. So do those without whose bold the month of words
                above them, of which nothing tells it, would be taken from the next stamp.
            with_stamp: Those that get the stamp of their month. So do others that would be read
                as of another month without.
        """
        paragraphs = self._before.paragraphs
        still_bold = set(kept)
        stamped = {i: self._old_stamp(i) for i in with_stamp}
        dated = {i for i, each in enumerate(paragraphs) if self._would_be_later(each)}
        for _ in range(_ATTEMPTS):
            older = [i for i in self._older if i not in still_bold]
            runs = self._runs(older, stamped, dated)
            moved = self._moved(self._text.read(runs, self._opened.month))
            if moved is None:
                return None
            if not moved:
                return OpenedText(
                    self._text,
                    runs,
                    tuple(self._leads),
                    len(older),
                    tuple(paragraphs[i].text for i in sorted(still_bold)),
                    tuple(stamped[i] for i in sorted(stamped)),
                    tuple(self._stamp_text(paragraphs[i]) for i in sorted(dated)),
                )
            for i in moved:
                self._keep_month(i, older, still_bold, stamped, dated)
        return None

    def _keep_month(
        self,
        i: int,
        older: Sequence[int],
        still_bold: set[int],
        stamped: dict[int, str],
        dated: set[int],
    ) -> None:
        """Do what keeps a paragraph of the month that it is of, where it would be read as another
        without the bold of the `older` ones."""
        paragraph = self._before.paragraphs[i]
        if paragraph.month is None:
            still_bold.update([j for j in older if j > i][:1])
        elif paragraph.stamp and paragraph.stamp.months:
            dated.add(i)
        elif paragraph.basis == "bold":
            stamped[i] = self._old_stamp(i, with_year=i in stamped)  # without it was not enough
        elif i in older:
            still_bold.add(i)

    def _runs(
        self, older: Iterable[int], stamped: Mapping[int, str], dated: Iterable[int]
    ) -> tuple[Run, ...]:
        """The cell's runs with the new stamps, and with what older paragraphs lose and get."""
        paragraphs = self._before.paragraphs
        puts = [put for i in dated for put in self._years(paragraphs[i])]
        for i, stamp in stamped.items():
            place = paragraphs[i].last
            puts.append(Put(place, place, f" {stamp}", is_alike=True))
        spans = self._spans(paragraphs[i] for i in older)
        return self._text.with_changes(spans, [*puts, *self._new_stamps])

    def _old_stamp(self, i: int, *, with_year: bool = False) -> str:
        month = self._before.paragraphs[i].month
        return self._opened.stamp_of(month, self._words, with_year=with_year) if month else ""

    # ------------------------------------------------------------ what is put where

    def _spans(self, paragraphs: Iterable[Paragraph]) -> Iterator[Span]:
        """Where the paragraphs stand, with the blanks around them."""
        words, place = self._text.words, 0
        for each in paragraphs:
            before, after = words[place : each.first], words[each.last :]
            first = place + len(before.rstrip())
            place = each.last + len(after) - len(after.lstrip())
            yield Span(first, place)

    def _new_stamp(self, lead: str) -> Put:
        """The month's stamp, on a line of its own after all that a lead says."""
        said = self._said.get(lead, ())
        if said:
            place = said[-1].last
        else:
            named = [p for p in self._before.places if compact(p.lead) == compact(lead)]
            line = _LINE.match(self._text.words, named[-1].last)
            place = line.end() if line else named[-1].last
        stamp = self._opened.stamp
        if said and _is_headed(said[-1]) and stamp[0] not in "([":
            stamp += ":"
        return Put(place, place, self._break(said) + stamp, bold=True)

    def _break(self, said: Sequence[Paragraph]) -> str:
        """What parts a lead's last paragraph from one before it, or else most paragraphs."""
        words = self._text.words
        of_lead = self._breaks(said[-2:])
        if of_lead:
            return of_lead[0]
        usual = Counter(self._breaks(self._before.paragraphs)).most_common(1)
        if usual:
            return usual[0][0]
        return "\r\n" if "\r\n" in words else "\n"

    def _breaks(self, paragraphs: Sequence[Paragraph]) -> list[str]:
        """The line breaks between paragraphs of one block that follow each other."""
        gaps = [self._text.words[one.last : two.first] for one, two in pairwise(paragraphs)]
        found = ("".join(c for c in gap if c in _BREAKS) for gap in gaps if not gap.strip())
        return [each for each in found if each]

    def _stamps(self, paragraph: Paragraph) -> Iterator[tuple[int, StampFound]]:
        """The stamps of a paragraph, each with the place where its line begins."""
        for line in _LINE.finditer(paragraph.text):
            for stamp in read_marks(line[0], self._words).stamps:
                yield paragraph.first + line.start(), stamp

    def _stamp_text(self, paragraph: Paragraph) -> str:
        return paragraph.stamp.text if paragraph.stamp else ""

    def _would_be_later(self, paragraph: Paragraph) -> bool:
        """Whether a stamp without a year would be taken for a month after the new one."""
        if not self._opened.dates_later:
            return False
        month = self._opened.month
        new = read_marks(self._opened.stamp, self._words).stamps
        stamps = [stamp for _, stamp in self._stamps(paragraph)]
        return bool(stamps) and month_written([*new, *stamps], month) > month

    def _years(self, paragraph: Paragraph) -> Iterator[Put]:
        """The years of the months that a paragraph's stamps name without one."""
        for begin, stamp in self._stamps(paragraph):
            undated = {number for number, year in stamp.named if year is None}
            meant = {month.month: month for month in stamp.months(self._text.item.written)}
            for mention in find_months(stamp.text.title()):
                if mention.number in undated and mention.year is None:
                    place = begin + stamp.first + mention.end
                    yield Put(place, place, f" {meant[mention.number].year}", is_alike=True)

    # ------------------------------------------------------------ how it would be read

    def _moved(self, after: Commentary) -> list[int] | None:
        """The paragraphs that would be read as of another month; None where more would change."""
        before = self._before
        waiting = Counter(map(self._waiting_for, filter(self._waits, before.paragraphs)))
        waiting.update(map(compact, self._leads))
        old = [(i, p) for i, p in enumerate(before.paragraphs) if not self._waits(p)]
        new = [each for each in after.paragraphs if not self._waits(each)]
        is_same = (
            [place.lead for place in after.places] == [place.lead for place in before.places]
            and [_without_month(p) for p in new] == [_without_month(p) for _, p in old]
            and Counter(map(self._waiting_for, filter(self._waits, after.paragraphs))) == waiting
        )
        if not is_same:
            return None
        return [i for (i, one), two in zip(old, new, strict=True) if one.month != two.month]

    def _waits(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a stamp of the month that waits for its words."""
        is_of_month = paragraph.is_latest and paragraph.month == self._opened.month
        return is_of_month and not paragraph.says_anything

    def _waiting_for(self, paragraph: Paragraph) -> str:
        return compact(paragraph.lead)


def _is_headed(each: Paragraph) -> bool:
    """Whether the stamp of a paragraph stands above its words: "July update:"."""
    is_headed = each.stamp is not None and each.text.startswith(f"{each.stamp.text}:")
    return is_headed or each.basis == "heading"


def _without_month(each: Paragraph) -> tuple[str, str, str, bool, str]:
    return each.lead, each.words, each.status, each.is_complete, each.colour
