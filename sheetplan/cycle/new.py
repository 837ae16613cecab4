"""Beginning a plan: a blank tracker that every verb accepts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sheetplan.cycle.files import choose_new_file
from sheetplan.cycle.new_plan import NewPlan, NewResult
from sheetplan.cycle.new_themes import new_themes
from sheetplan.cycle.new_workbook import make_tracker
from sheetplan.cycle.register_file import read_register_file
from sheetplan.errors import NoMonthColumnsError, NoRecommendationsError
from sheetplan.model.clock import now
from sheetplan.model.month import Month
from sheetplan.model.support import Recommendation
from sheetplan.settings import Settings, find_settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.sheets.blank_tracker import tracker_template
from sheetplan.sheets.register_columns import REGISTER_KINDS
from sheetplan.sheets.support_columns import PREPARED_KINDS, THEME_LIST


def plan_new(
    tracker: str | Path,
    themes: Sequence[str] = (),
    *,
    month: Month | str | None = None,
    from_register: str | Path | None = None,
    protect: bool = False,
    profile: str | Path | None = None,
) -> NewPlan:
    """Plan a blank tracker; nothing is written.

    Args:
        tracker: The new file.
        themes: The names of the themes, each of which gets a sheet.
        month: Its first month; this month when None.
        from_register: A workbook with a register of recommendations, each of which becomes an
            action.
        protect: Whether the headings and the columns of the plan are locked, without a password.
        profile: A settings file, or the name of a built-in profile; the nearest sheetplan.toml
            when None.

    Raises:
        CannotWriteError: there is such a file already, or it cannot be there.
        WorkbookError: the register cannot be read.
        RegisterNotFoundError: no sheet of that workbook is a register.
        NoRecommendationsError: its register is blank.
        ThemeNameError: no theme was named, or one has a name that no sheet can have.
        TemplateError: the council's own template lacks something.
        NoMonthColumnsError: the settings are those of a tracker without month columns.
        SettingsError: sheetplan.toml cannot be understood.
    """
    path = choose_new_file(Path(tracker), ".xlsx", "the kind of workbook that is made")
    first = Month.given(month) or Month.of(now())
    settings = find_settings(path, profile)
    if settings.kind is not TrackerKind.MONTHS:
        raise NoMonthColumnsError(
            "a new tracker has columns for each month, and the settings say that each month's "
            "words are added in one cell.",
            where=settings.profile_name,
            remedy='Name other settings with --profile, such as "standard".',
        )
    register = () if from_register is None else _register(Path(from_register), settings)
    template = tracker_template(settings)
    others = [kind.sheet for kind in (*PREPARED_KINDS, THEME_LIST, *REGISTER_KINDS)]
    monitored = [each for each in register if each.is_monitored]
    found = new_themes(themes, monitored, template.workbook, others)
    workbook = make_tracker(template, found, monitored, first, settings, is_protected=protect)
    left_out = tuple(each.code for each in register if not each.is_monitored)
    return NewPlan(path, workbook, first, found, protect, settings.profile_name, left_out)


def new(
    tracker: str | Path,
    themes: Sequence[str] = (),
    *,
    month: Month | str | None = None,
    from_register: str | Path | None = None,
    protect: bool = False,
    profile: str | Path | None = None,
) -> NewResult:
    """Make a blank tracker.

    Args:
        tracker: The new file.
        themes: The names of the themes, each of which gets a sheet.
        month: Its first month, such as "2026-08"; this month when None.
        from_register: A workbook with a register of recommendations, each of which becomes an
            action.
        protect: Whether the headings and the columns of the plan are locked, without a password.
        profile: A settings file, or the name of a built-in profile.

    Raises:
        SheetplanError: one of its families; nothing was written.
        ValueError: `month` is no month.
    """
    return plan_new(
        tracker, themes, month=month, from_register=from_register, protect=protect, profile=profile
    ).apply()


def _register(path: Path, settings: Settings) -> Sequence[Recommendation]:
    """The recommendations of a workbook's registers."""
    found = read_register_file(path, settings)
    if not found.recommendations:
        raise NoRecommendationsError(
            f"the register {found.sheets[0]} has headings, and no recommendation under them.",
            where=path,
            remedy="Fill it in; or leave --from-register out to begin without.",
        )
    return found.recommendations
