"""Achievements: what officers recorded, newest month first, and no month left out between two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetplan.model.finding import Finding, Severity
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.support import Achievement, SupportRecords
from sheetplan.model.wording import compact
from sheetplan.reports.content import AchievementMonth
from sheetplan.reports.places import found_in
from sheetplan.reports.themes import References, Themes

_SHEET = "Achievements"  # what a finding names where an achievement stands in no sheet
_LONGEST_GAP = 12  # months; a longer one is a slip in a year, and is not spelt out


class Achievements:
    """Places the achievements of a report. What is found wrong on the way is in `findings`."""

    def __init__(self, month: Month, themes: Themes, references: References) -> None:
        self.findings: list[Finding] = []
        self._month = month
        self._themes = themes
        self._references = references

    def by_theme(self, records: SupportRecords) -> dict[int, tuple[AchievementMonth, ...]]:
        """The achievements up to the reporting month, by the place of their theme."""
        placed: dict[int, dict[Month, list[tuple[str, str]]]] = {}
        for achievement in records.achievements:
            if not achievement.is_printed:
                continue
            place = self._place(achievement)
            if place is not None:
                months = placed.setdefault(place, {})
                item = achievement.reference, " ".join(achievement.wording.split())
                months.setdefault(achievement.month, []).append(item)
        return {place: tuple(_newest_first(months)) for place, months in placed.items()}

    def propose(self, records: SupportRecords, completed: Iterable[str]) -> None:
        """Note the actions that became complete in the month and of which nobody has decided."""
        sheet = records.sheets.get("achievements")
        decided = {
            compact(achievement.reference)
            for achievement in records.achievements
            if achievement.month == self._month
        }
        open_ones = [text for text in completed if compact(text) not in decided]
        if sheet is not None and open_ones:
            self.findings.append(
                Finding(
                    "achievement-proposed",
                    Severity.NOTE,
                    sheet,
                    "",
                    ", ".join(open_ones),
                    f"became complete in {self._month}. Add those that are achievements, in the "
                    "words to print; with no under Print the others are not proposed again.",
                )
            )

    def _place(self, achievement: Achievement) -> int | None:
        if achievement.month > self._month:
            self._find(
                achievement,
                "achievement-later",
                f"it is of {achievement.month}, which comes after {self._month}, so it is left "
                "out.",
                Severity.NOTE,
            )
            return None
        named = self._themes.named(achievement.theme)
        if named is not None:
            return named
        place = self._of_reference(achievement.reference)
        near = self._themes.nearest(achievement.theme)
        what = (
            "it is printed under that of its reference" if place is not None else "it is left out"
        )
        if achievement.theme.strip() or place is None:
            self._find(
                achievement,
                "achievement-theme-unknown",
                f'no theme is called "{achievement.theme}", so {what}.{near} Correct it.',
            )
        return place

    def _of_reference(self, typed: str) -> int | None:
        reference = Reference.parse(typed)
        if reference is None:
            return None
        rows = self._references.rows(typed)
        return self._themes.of_action(rows[0]) if rows else self._themes.of_code(reference)

    def _find(
        self,
        achievement: Achievement,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
    ) -> None:
        self.findings.append(
            found_in(
                achievement.standing,
                _SHEET,
                code,
                message,
                reference=achievement.reference,
                severity=severity,
            )
        )


def _newest_first(
    months: Mapping[Month, list[tuple[str, str]]],
) -> Iterable[AchievementMonth]:
    newest = sorted(months, reverse=True)
    for month, earlier in zip(newest, [*newest[1:], None], strict=True):
        yield AchievementMonth(month, tuple(months[month]))
        if earlier and month.months_since(earlier) <= _LONGEST_GAP:
            for back in range(1, month.months_since(earlier)):
                yield AchievementMonth(month.plus(-back), ())
