"""How recommendations are answered, as a Word document: a row for each of them.

Recommendation | How it stands | What answers it.
"""

from __future__ import annotations

from pathlib import Path

from sheetplan.documents.writing import Paper
from sheetplan.reports.cover import title_of
from sheetplan.reports.progress_content import RecommendationProgress
from sheetplan.reports.register_lines import answered_by
from sheetplan.settings import Settings

_WIDTHS = (130, 37, 100)  # millimetres; together the page between its margins


def write_recommendation_progress(
    progress: RecommendationProgress, settings: Settings, target: Path
) -> None:
    """Write the report of a month to a new document.

    What is wrong with the register is for officers to mend, and not for a committee: it stays out.

    Args:
        progress: What it says.
        settings: The council's settings, with the phrases that are printed.
        target: The new file, which ends in .docx.

    Raises:
        MissingExtraError: python-docx is not installed.
        CannotWriteError: the file cannot be there.
    """
    reports = settings.reports
    paper = Paper(title_of("register_title", progress.month, settings), reports)
    for coverage in (progress.total, *progress.coverage):
        counts = [
            f"{reports.say(verdict.phrase)} {len(codes)}"
            for verdict, codes in coverage.codes.items()
            if codes
        ]
        if coverage.not_monitored:
            counts.append(f"{reports.say('section_not_monitored')} {len(coverage.not_monitored)}")
        paper.text(f"{', '.join(counts)}.", label=f"{coverage.source}:")
    lines = sorted(progress.lines, key=lambda line: not line.is_monitored)
    paper.links([line.code for line in lines])
    table = paper.table(
        [reports.say(phrase) for phrase in ("recommendation", "verdict", "answered_by")],
        _WIDTHS,
        reports.say("register_about"),
    )
    for number, line in enumerate(lines, 1):
        recommendation, verdict, answered = table.row()
        recommendation.heading(f"{line.source} {line.code}", 2, link=number)
        recommendation.text(line.text)
        verdict.text(line.verdict_words)
        if not line.is_monitored:
            verdict.text(reports.say("section_not_monitored"))
        answered.bullets(answered_by(line, settings))
        answered.text(line.wrong)
    paper.save(target)
