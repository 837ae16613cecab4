"""How recommendations are answered, as lines: one sheet by reviewer, or a table a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetplan.model.report_line import Line, LineValue, SheetText
from sheetplan.reports.cover import COVER, cover_cells, cover_lines, sheet_cells, title_of
from sheetplan.reports.line_values import Values
from sheetplan.reports.progress_content import (
    Coverage,
    RecommendationLine,
    RecommendationProgress,
)
from sheetplan.settings import Settings

_SHEETS = {"Coverage": "about_coverage", "Recommendations": "about_register"}
"""The sheets of the pack after its cover, and what says what each holds."""


def title(progress: RecommendationProgress, settings: Settings) -> str:
    """The title of the report."""
    return title_of("register_title", progress.month, settings)


def cells(progress: RecommendationProgress, settings: Settings) -> dict[str, LineValue]:
    """The single cells of the sheet in the tracker."""
    about = settings.reports.say("register_about")
    return {"title": title(progress, settings), "about": about}


def sheet_lines(progress: RecommendationProgress, settings: Settings) -> list[Line]:
    """The lines of the sheet in the tracker: coverage, then reviewer by reviewer, then what the
    plan is not meant to monitor, and what is wrong with the register."""
    say = settings.reports.say
    lines = [*_coverage_lines(progress, settings)]
    for coverage in progress.coverage:
        own = [o for o in progress.lines if o.source == coverage.source and o.is_monitored]
        if own:
            lines += [Line("source", {"source": coverage.source}), *_table(own, settings)]
    apart = [line for line in progress.lines if not line.is_monitored]
    if apart:
        lines.append(Line("source", {"source": say("section_not_monitored")}))
        lines.append(Line("text", {"text": say("about_not_monitored")}))
        lines += _table(apart, settings)
    if progress.findings:
        lines += [_section("register_findings", settings), Line("finding_heading", {})]
    for finding in progress.findings:
        sentence = finding.message[:1].upper() + finding.message[1:]
        lines.append(Line("finding", {"place": finding.place, "message": sentence}))
    return lines


def pack(progress: RecommendationProgress, settings: Settings) -> dict[str, SheetText]:
    """What each sheet of the pack says, in its order."""
    say = settings.reports.say
    abouts = {name: say(phrase) for name, phrase in _SHEETS.items()}
    lines = {
        "Coverage": [
            Line("coverage", _coverage_values(each))
            for each in (progress.total, *progress.coverage)
        ],
        "Recommendations": [
            Line("recommendation", {
                "source": line.source,
                "monitored": say("yes" if line.is_monitored else "no"),
                **_values(line, settings),
            })
            for line in progress.lines
        ],
    }  # fmt: skip
    cover = SheetText(
        cover_lines(abouts, settings),
        cover_cells(title(progress, settings), progress.month, settings),
    )
    return {COVER: cover} | {
        name: SheetText(lines[name], sheet_cells(name, about, progress.month, settings))
        for name, about in abouts.items()
    }


def _coverage_lines(progress: RecommendationProgress, settings: Settings) -> Iterator[Line]:
    yield _section("section_coverage", settings)
    yield Line("coverage_heading", {})
    # Of one reviewer the total says it all.
    several = progress.coverage if len(progress.coverage) > 1 else ()
    for coverage in (progress.total, *several):
        count = coverage.monitored
        yield Line("reviewer", {"source": coverage.source, "codes": "", "count": count})
        for verdict, codes in coverage.codes.items():
            if codes:
                yield _count(settings.reports.say(verdict.phrase), codes)
        if coverage.not_monitored:
            yield _count(settings.reports.say("section_not_monitored"), coverage.not_monitored)


def _count(words: str, codes: tuple[str, ...]) -> Line:
    return Line("coverage", {"verdict": words, "codes": ", ".join(codes), "count": len(codes)})


def _table(lines: Iterable[RecommendationLine], settings: Settings) -> Iterator[Line]:
    yield Line("recommendation_heading", {})
    for line in lines:
        yield Line("recommendation", _values(line, settings))


def _section(phrase: str, settings: Settings) -> Line:
    return Line("section", {"text": settings.reports.say(phrase)})


def answered_by(line: RecommendationLine, settings: Settings) -> list[str]:
    """What answers a recommendation, line by line: what its answer cites, then the ratings."""
    say = settings.reports.say
    said = [", ".join(line.cited)] if line.cited else []
    if line.through:
        said.append(say("answered_through", codes=", ".join(line.through)))
    return [*said, *line.ratings] or [say("no_reference")]


def _values(line: RecommendationLine, settings: Settings) -> Values:
    return {
        "code": line.code,
        "text": line.text,
        "verdict": line.verdict_words,
        "answered_by": "\n".join(answered_by(line, settings)),
        "wrong": line.wrong,
        "strand": line.strand,
        "question": line.question,
    }


def _coverage_values(coverage: Coverage) -> Values:
    counts = {verdict.key: len(codes) for verdict, codes in coverage.codes.items()}
    return {
        "source": coverage.source,
        "monitored": coverage.monitored,
        **counts,
        "not_monitored": len(coverage.not_monitored),
    }
