"""What is doubtful in a commentary: stamps without a month, leads that may be none, bold words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sheetplan.model.commentary import Commentary, CommentaryDoubt, CommentaryWords, Paragraph
from sheetplan.model.commentary_stamps import (
    StampFound,
    complete_in_a_sentence,
    near_month,
    read_marks,
    stamps_within,
    unknown_status,
)
from sheetplan.model.commentary_text import CellText
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.wording import did_you_mean, words_of

_LONGEST_LEAD = 60
_GAP = re.compile(r"\t+|[ \xa0]{2,}")
_YEAR_UNCLEAR = "stamp year unclear"
_LONG_AGO = 6  # months: a stamp without a year that would be older may be of the year before
_NOTES = frozenset(("bold", "month", "complete"))
"""The kinds of doubt that seldom mislead a reader."""
_CODES = {
    "stamp": "commentary-stamp",
    "lead": "commentary-lead",
    "month": "commentary-month",
    "bold": "commentary-bold",
    "complete": "commentary-complete",
}


def is_commentary_doubt(finding: Finding) -> bool:
    """Whether a finding tells a doubt about commentary."""
    return finding.code in _CODES.values()


def commentary_findings(
    commentary: Commentary, *, sheet: str, cell: str, reference: str
) -> tuple[Finding, ...]:
    """What is doubtful in a cell's commentary, as findings on that cell."""
    return tuple(
        Finding(
            _CODES[doubt.kind],
            Severity.NOTE if doubt.kind in _NOTES else Severity.WARNING,
            sheet,
            cell,
            reference,
            doubt.sentence,
        )
        for doubt in commentary.doubts
    )


def doubts_of(
    commentary: Commentary, cell: CellText, words: CommentaryWords, written: Month
) -> tuple[CommentaryDoubt, ...]:
    """What could not be read for certain in a commentary, from its beginning to its end."""
    found: list[CommentaryDoubt] = list(_lead_doubts(commentary, cell))
    found += _unfilled_doubts(commentary, words, written)
    for paragraph in commentary.paragraphs:
        found += _stamp_doubts(paragraph, words, written)
        found += _look_doubts(paragraph, cell, written)
        found += _complete_doubts(paragraph, words)
    return tuple(_years_once(found))


def _years_once(found: Sequence[CommentaryDoubt]) -> Iterator[CommentaryDoubt]:
    """Doubts, of which those about years are one: most plans leave all their years out."""
    unclear = [doubt for doubt in found if doubt.doubt == _YEAR_UNCLEAR]
    others = len(unclear) - 1
    for doubt in found:
        if doubt.doubt != _YEAR_UNCLEAR:
            yield doubt
        elif doubt is unclear[0] and others:
            more = "one more stamp" if others == 1 else f"{others} more stamps"
            said = f"{doubt.message} The cell has {more} of so long ago without a year."
            yield doubt._replace(message=said)
        elif doubt is unclear[0]:
            yield doubt


def _lead_doubts(commentary: Commentary, cell: CellText) -> Iterator[CommentaryDoubt]:
    led = {paragraph.lead for paragraph in commentary.paragraphs}
    for place in commentary.places:
        if _is_parted(cell, place.first, place.last):
            yield CommentaryDoubt(
                "lead parted",
                place.lead,
                "may be several leads in one line, and was read as one. Put each lead on a line of "
                'its own, or "/" between those who lead together.',
            )
        if place.lead not in led:
            yield CommentaryDoubt(
                "lead without words", place.lead, "is a lead with no paragraph under it."
            )
    without = [paragraph for paragraph in commentary.paragraphs if not paragraph.lead]
    if without:
        first = without[0]
        remedy = "Put the lead on the line above it, in bold and underlined."
        if _looks_like_a_lead(first, cell):
            yield CommentaryDoubt(
                "lead not underlined",
                first.words,
                "looks like a lead, but is not both bold and underlined, as leads are. It was read "
                "as a paragraph.",
            )
        else:
            yield CommentaryDoubt("lead missing", first.words, f"stands under no lead. {remedy}")
    for paragraph in commentary.paragraphs:
        inside = _lead_inside(paragraph, cell)
        if inside:
            yield CommentaryDoubt(
                "lead second" if paragraph.lead else "lead within line",
                inside,
                "is bold and underlined as a lead is, but stands within a line. Put each lead on a "
                "line of its own.",
            )


def _is_parted(cell: CellText, first: int, last: int) -> bool:
    """Whether a lead has a gap in it as between two, which is not underlined."""
    gaps = _GAP.finditer(cell.text, first, last)
    return any(not cell.is_lead(place) for gap in gaps for place in range(*gap.span()))


def _looks_like_a_lead(paragraph: Paragraph, cell: CellText) -> bool:
    line = paragraph.words
    if paragraph.stamp or paragraph.is_complete or len(line) > _LONGEST_LEAD or line[-1:] in ".;:":
        return False
    seen = cell.seen(paragraph.first, paragraph.last)
    after = cell.seen(paragraph.last, len(cell.text))
    return bool(after) and (
        all(run.underline for run, _ in seen)
        or (all(run.bold for run, _ in seen) and not after[0][0].bold)
    )


def _lead_inside(paragraph: Paragraph, cell: CellText) -> str:
    """The first words of a paragraph that are bold and underlined."""
    seen = cell.seen(paragraph.first, paragraph.last)
    return next((run.text.strip() for run, _ in seen if run.bold and run.underline), "")


def _unfilled_doubts(
    commentary: Commentary, words: CommentaryWords, written: Month
) -> Iterator[CommentaryDoubt]:
    """The stamps of older months that nobody filled in, in one doubt; those of which something
    else is doubtful have theirs."""
    found = [
        paragraph
        for paragraph in commentary.paragraphs
        if paragraph.month is not None
        and paragraph.month < written
        and not paragraph.says_anything
        and not any(doubt for s in _stamps(paragraph, words) for doubt in _one_stamp(s, written))
    ]
    if len(found) == 1:
        yield CommentaryDoubt("stamp without words", found[0].text, "is a stamp without words.")
    elif found:
        yield CommentaryDoubt(
            "stamp without words",
            found[-1].text,
            f"is the last of {len(found)} stamps of older months without words.",
        )


def _stamp_doubts(
    paragraph: Paragraph, words: CommentaryWords, written: Month
) -> Iterator[CommentaryDoubt]:
    stamps = _stamps(paragraph, words)
    if not stamps and paragraph.month is None:
        yield CommentaryDoubt(
            "month unknown",
            paragraph.words,
            "has no stamp, and nothing tells of which month it is.",
        )
    for stamp in stamps:
        yield from _one_stamp(stamp, written)
    for line in paragraph.text.splitlines():
        for stamp in stamps_within(line, words):
            yield CommentaryDoubt(
                "stamp within line",
                stamp.text,
                "stands within a line and was not read as a stamp. Begin a new line after it.",
            )
        if unknown := unknown_status(line, words):
            yield CommentaryDoubt(
                "stamp status unknown",
                unknown[0],
                f'was not read as a stamp, as "{unknown[1]}" is no status that the settings '
                f"know.{_near_status(unknown[1], words)}",
            )
    if any(stamp.status for stamp in stamps) and not paragraph.status:
        yield CommentaryDoubt(
            "stamp status older",
            " ".join(stamp.text for stamp in stamps),
            "names a status in a stamp that is not of its newest month. It was not read.",
        )


def _near_status(text: str, words: CommentaryWords) -> str:
    """The question whether a text was meant to be a status; no "not" is added or taken away."""
    is_negative = words_of(text)[:1] == ["not"]
    alike = [each for each in words.statuses if (words_of(each)[:1] == ["not"]) == is_negative]
    return did_you_mean(text, alike, cutoff=0.75)


def _stamps(paragraph: Paragraph, words: CommentaryWords) -> list[StampFound]:
    return [s for line in paragraph.text.splitlines() for s in read_marks(line, words).stamps]


def _one_stamp(stamp: StampFound, written: Month) -> Iterator[CommentaryDoubt]:
    if not stamp.named:
        near = next(filter(None, map(near_month, words_of(stamp.text))), "")
        question = f' Did you mean "{near}"?' if near else ""
        yield CommentaryDoubt(
            "stamp without month", stamp.text, f"is a stamp that names no month.{question}"
        )
        return
    month = stamp.months(written)[-1]
    if month > written:
        yield CommentaryDoubt(
            "stamp in the future", stamp.text, f"is later than {written}, the month of the plan."
        )
    elif stamp.named[-1][1] is None and written.months_since(month) > _LONG_AGO:
        yield CommentaryDoubt(
            _YEAR_UNCLEAR,
            stamp.text,
            f"has no year and was read as {month}. Write the year if that is wrong.",
        )


def _look_doubts(paragraph: Paragraph, cell: CellText, written: Month) -> Iterator[CommentaryDoubt]:
    if not paragraph.is_latest:
        return
    if paragraph.basis in ("printed", "heading") and paragraph.month and paragraph.month < written:
        yield CommentaryDoubt(
            "bold older month",
            paragraph.words or paragraph.text,
            f"is in bold, as the newest is, but its stamp is of {paragraph.month}.",
        )
    elif paragraph.basis == "bold" and not all(
        run.bold for run, _ in cell.seen(paragraph.first, paragraph.last)
    ):
        yield CommentaryDoubt(
            "bold part", paragraph.words, f"is in bold in part only. It was read as of {written}."
        )


def _complete_doubts(paragraph: Paragraph, words: CommentaryWords) -> Iterator[CommentaryDoubt]:
    markers = [read_marks(line, words).complete for line in paragraph.text.splitlines()]
    marker = next(filter(None, markers), "")
    if paragraph.status:
        if marker and not paragraph.is_complete:
            yield CommentaryDoubt(
                "complete beside a status",
                marker,
                f'was not read: its stamp says "{paragraph.status}".',
            )
    elif paragraph.is_complete and words_of(marker) not in [words_of(w) for w in words.complete]:
        yield CommentaryDoubt(
            "complete in part", marker, "was read as complete. Is there something left to do?"
        )
    elif not paragraph.is_complete and complete_in_a_sentence(paragraph.words, words):
        yield CommentaryDoubt(
            "complete in a sentence",
            paragraph.words[-60:],
            f"does not count as complete: write {words.complete[0].upper()} after a full stop.",
        )
