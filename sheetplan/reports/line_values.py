"""The values of lines that stand on the sheet in the tracker and in the pack alike."""

from __future__ import annotations

from collections.abc import Iterator

from sheetplan.model.report_line import LineValue
from sheetplan.model.status import StatusMeaning
from sheetplan.reports.content import (
    ActionLine,
    Attention,
    ExceptionSummary,
    FocusBlock,
    MilestoneLine,
    MonthCounts,
    Numbers,
    ThemeSummary,
)
from sheetplan.reports.numbers import share_words
from sheetplan.reports.ratings import history_words
from sheetplan.settings import Settings
from sheetplan.settings.rating_words import months_words
from sheetplan.settings.reports import ReportSettings

Values = dict[str, LineValue]


def month_values(counts: MonthCounts, settings: Settings) -> Values:
    """The numbers of a month: how many actions had each rating."""
    by_meaning = {
        meaning.words.replace(" ", "_"): counts.counts.get(meaning, 0) for meaning in StatusMeaning
    }
    return {
        "month": counts.month.label,
        **by_meaning,
        "no_update": counts.blank,
        "not_understood": counts.not_understood,
        "total": counts.total,
        "on_track_or_complete": share_words(counts, settings),
    }


def movement_values(numbers: Numbers, settings: Settings) -> Iterator[Values]:
    """How ratings moved: each way, how many, and which."""
    for movement, references in numbers.movement.items():
        yield {
            "movement": settings.reports.say(movement.value.replace(" ", "_")),
            "count": len(references),
            "references": ", ".join(references),
        }


def exception_values(line: ActionLine, settings: Settings) -> Values:
    """An exception, or an issue of a Focus 1 block."""
    reports = settings.reports
    last = line.last_rating.words if line.last_rating else reports.say("no_earlier_rating")
    return {
        "reference": line.reference,
        "action": line.action,
        "rating": line.rating.words,
        "last_rating": last,
        "history": history_words(line.history, settings),
        "due": line.due_words,
        "slippage": line.slippage_words,
        "lead": line.lead,
        "reason": line.reason,
        "change_control": line.change_control,
        "commentary": line.commentary,
    }


def attention_values(
    attention: Attention, summary: ExceptionSummary, settings: Settings
) -> Iterator[Values]:
    """What else to note, each action once with all that is to be noted of it."""
    noted: dict[tuple[str, int, str], tuple[ActionLine, list[str]]] = {}
    for line, why in _whys(attention, summary, settings):
        # A row of a plan without month columns has an action for each of its leads.
        place = line.sheet, line.row, line.reference
        noted.setdefault(place, (line, []))[1].append(why)
    for line, whys in noted.values():
        yield {
            "why": "; ".join(whys),
            "reference": line.reference,
            "action": line.action,
            "rating": line.rating.words,
            "due": line.due_words,
            "lead": line.lead,
            "commentary": line.commentary,
        }


def labelled_values(block: FocusBlock, settings: Settings) -> Iterator[Values]:
    """A Focus 1 block but for its issues, piece by piece: each with its label."""
    reports = settings.reports
    yield {"label": reports.say("summary"), "text": block.summary}
    for reference, words in block.progress:
        text = reports.say("update", reference=reference, update=words)
        yield {"label": reports.say("progress"), "text": text}
    if not block.progress:
        yield {"label": reports.say("progress"), "text": reports.say("no_progress")}
    yield {"label": reports.say("next_steps"), "text": block.next_steps}
    if not block.issues:
        yield {"label": reports.say("issues"), "text": reports.say("no_issues")}


def issue_said(line: ActionLine, reports: ReportSettings) -> str:
    """An action and its rating, with nothing of the full stop that may end the action."""
    action = line.action.rstrip()
    if action.endswith(".") and not action.endswith(".."):
        action = action[:-1]
    return reports.say("issue", reference=line.reference, action=action, rating=line.rating.words)


def issue_words(line: ActionLine, settings: Settings) -> str:
    """An issue of a Focus 1 block in one cell: what, its rating, why, and the commentary."""
    rated = issue_said(line, settings.reports)
    pieces = [rated, line.reason, line.change_control, line.commentary]
    return " ".join(piece if piece[-1] in ".!?)" else f"{piece}." for piece in pieces if piece)


def achievement_values(theme: ThemeSummary, settings: Settings) -> Iterator[Values]:
    """Achievements month by month; a month without any says so."""
    for month in theme.achievements:
        for reference, wording in month.items or (("", settings.reports.say("none_recorded")),):
            yield {"month": month.month.label, "reference": reference, "wording": wording}


def milestone_values(line: MilestoneLine) -> Values:
    """A milestone, its pieces in cells of their own."""
    return {
        "reference": line.reference,
        "milestone": line.wording,
        "due": line.due,
        "status": line.status,
    }


def _whys(
    attention: Attention, summary: ExceptionSummary, settings: Settings
) -> Iterator[tuple[ActionLine, str]]:
    reports = settings.reports
    for line in attention.no_update:
        if line.has_update:
            why = "why_no_status"
        else:
            why = "why_neither" if line.rating.is_blank else "why_no_update"
        yield line, reports.say(why)
    for line in attention.not_understood:
        status = line.rating.words
        near = settings.vocabulary.nearest(status)
        why = "why_not_understood_near" if near else "why_not_understood"
        yield line, reports.say(why, status=status, nearest=near)
    for line in attention.copied:
        yield line, reports.say("why_copied", month=summary.previous)
    for line in attention.due_next:
        months = months_words(reports.due_next_months, reports)
        yield line, reports.say("why_due_next", months=months)
