"""Notes that were left in a register: the reviewer's, or for a colleague, and not for print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sheetplan.checks.phrases import phrases_of
from sheetplan.checks.texts import note_to_colleague
from sheetplan.model.finding import Finding, Severity
from sheetplan.model.support import Recommendation
from sheetplan.model.wording import shortened
from sheetplan.reports.answer_citations import ANSWERS
from sheetplan.reports.places import found_in_register
from sheetplan.settings import Settings

# "[XY: please say more]". What a reviewer puts in brackets to complete a quotation has no colon.
_SIGNED = re.compile(r"\[\s*[A-Z][A-Za-z'’ ]{0,24}:[^\]]*\]")


def notes_left(recommendations: Iterable[Recommendation], settings: Settings) -> Iterator[Finding]:
    """The notes in the texts of registers, and those that stand beside them.

    The text of a recommendation is the reviewer's own, who may ask questions in it; there only
    what says that it is a note counts.
    """
    left = phrases_of(settings.recommendations.left_notes)
    for recommendation in recommendations:
        texts = {name: getattr(recommendation.answer, name) for name in ANSWERS}
        for field, text in {"text": recommendation.text, **texts}.items():
            signed = _SIGNED.search(text)
            words = signed[0] if signed else left.first(text)
            if not words and field != "text":
                words = note_to_colleague(text, settings.checks.to_colleague)
            if words:
                yield found_in_register(
                    recommendation,
                    field,
                    "recommendation-note-left",
                    f'"{shortened(words)}" is a note of the reviewer or for a colleague. Settle '
                    "it, and take it out before this is published.",
                )
        if recommendation.note:
            yield found_in_register(
                recommendation,
                "note",
                "recommendation-note-beside",
                f'a note stands beside it: "{shortened(recommendation.note)}". It is not printed. '
                "Settle it, and delete it.",
                severity=Severity.NOTE,
            )
