"""Reports of an invented council, made by hand: what the documents are asked to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sheetplan.documents.recommendations import write_recommendations
from sheetplan.documents.theme_summary import write_theme_summary
from sheetplan.model.month import Month
from sheetplan.model.plan_date import PlanDate, Precision
from sheetplan.model.status import Rag, StatusMeaning
from sheetplan.reports.content import (
    AchievementMonth,
    ActionLine,
    AppendixBlock,
    AppendixGroup,
    AppendixItem,
    AppendixTheme,
    Attention,
    ExceptionSummary,
    FocusBlock,
    MilestoneLine,
    Movement,
    Numbers,
    Rating,
    RecommendationsAppendix,
    ThemeSummary,
)
from sheetplan.settings import Settings, load_profile

JUNE = Month(2026, 6)
AMBER = Rating(StatusMeaning.MEDIUM_PROGRESS, Rag.AMBER, "Amber – medium progress")
GREEN = Rating(StatusMeaning.ON_TRACK, Rag.GREEN, "Green – on track")


def council(**reports: object) -> Settings:
    """The settings of Wexcombe Borough Council."""
    standard = load_profile("standard")
    named = {"council": "Wexcombe Borough Council", "contact": "plan@wexcombe.example", **reports}
    return replace(standard, reports=replace(standard.reports, **named))


def numbers(sentence: str) -> Numbers:
    return Numbers((), dict.fromkeys(Movement, ()), 2, 3, sentence)


def month_date(text: str) -> PlanDate:
    return PlanDate(text, Precision.MONTH)


def action_line(reference: str = "LC.A1.2", **fields: object) -> ActionLine:
    """An action that is behind: its commentary asks for change control."""
    line = ActionLine(
        reference=reference,
        theme="Leadership",
        workstream="Culture",
        action="Agree the staff charter",
        rating=AMBER,
        last_rating=GREEN,
        history=(),
        due=month_date("Apr-26"),
        due_words="Apr-26",
        slippage=2,
        slippage_words="2 months",
        lead="Chief Executive",
        update_owner="Chief Executive",
        reason="Slippage of 2 months against Apr-26",
        change_control="Date to be amended at change control",
        commentary="The unions asked for another meeting.",
        has_update=True,
        is_copied=False,
        sheet="Theme 1",
        row=5,
    )
    return replace(line, **fields)


def focus_block(**fields: object) -> FocusBlock:
    """A Focus 1 block with two updates and an issue."""
    block = FocusBlock(
        reference="LC.A1.0",
        title="A new culture",
        theme="Leadership",
        summary="The charter is in its second draft.",
        is_carried=False,
        progress=(("LC.A1.1", "Forty managers took part."), ("LC.A1.2", "Two talks were held.")),
        next_steps="Publish the charter in September.",
        issues=(action_line(),),
    )
    return replace(block, **fields)


def milestone(words: str, *, is_complete: bool = False) -> MilestoneLine:
    return MilestoneLine("M1", "LC.A1.0", words, "", "", is_complete, words)


def theme_summary(title: str = "Leadership", **fields: object) -> ThemeSummary:
    """A theme that has something under every heading."""
    theme = ThemeSummary(
        title=title,
        sheet="Theme 1",
        numbers=numbers("On track or complete: 2 of 3 due (67%)"),
        focus_blocks=(focus_block(),),
        exceptions=(action_line("LC.B1.1", action="Open the archive", change_control=""),),
        attention=Attention((), (), (), ()),
        achievements=(
            AchievementMonth(JUNE, (("LC.A1.1", "Training reached every manager."),)),
            AchievementMonth(Month(2026, 5), ()),
        ),
        milestones=(milestone("Charter – due Jun-26 – Open"),),
    )
    return replace(theme, **fields)


def empty_theme(title: str = "Finance") -> ThemeSummary:
    """A theme that has nothing under any heading."""
    return theme_summary(
        title,
        numbers=numbers("No actions to report"),
        focus_blocks=(),
        exceptions=(),
        achievements=(),
        milestones=(),
    )


def summary_of(*themes: ThemeSummary) -> ExceptionSummary:
    whole = numbers("On track or complete: 5 of 8 due (63%)")
    return ExceptionSummary(JUNE, Month(2026, 5), whole, themes, ())


def item(reference: str = "LC.A1.2", **fields: object) -> AppendixItem:
    """An action that answers a recommendation, with an update of this month."""
    made = AppendixItem(
        reference=reference,
        action="Agree the staff charter",
        update="Two talks were held.",
        dated=None,
        rating=AMBER,
        due=month_date("Apr-26"),
        due_words="Apr-26",
    )
    return replace(made, **fields)


def recommendation(code: str = "S1", **fields: object) -> AppendixBlock:
    """A recommendation that one theme of two answers."""
    block = AppendixBlock(
        code=code,
        source="Statutory",
        text="The Council must lead by example.",
        dates="Sent 3 March 2026; considered 24 March 2026, within the month that the law gives",
        accepted="Yes",
        auditor_view="Some progress (May 2026)",
        themes=(
            AppendixTheme("Leadership", (AppendixGroup("Culture", (item(),)),)),
            AppendixTheme("Finance", ()),
        ),
        open_milestones=(milestone("Charter – due Jun-26 – Open"),),
        completed_milestones=(milestone("Survey – Complete May 2026", is_complete=True),),
    )
    return replace(block, **fields)


def appendix_of(*blocks: AppendixBlock) -> RecommendationsAppendix:
    return RecommendationsAppendix(JUNE, blocks, ())


def written_summary(folder: Path, *themes: ThemeSummary, settings: Settings | None = None) -> Path:
    """The theme summary as a file."""
    path = folder / "summary.docx"
    write_theme_summary(summary_of(*themes), settings or council(), path)
    return path


def written_appendix(
    folder: Path, *blocks: AppendixBlock, settings: Settings | None = None, plain: bool = False
) -> Path:
    """The appendix as a file."""
    path = folder / "appendix.docx"
    write_recommendations(appendix_of(*blocks), settings or council(), path, plain=plain)
    return path
