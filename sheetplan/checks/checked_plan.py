"""A plan that is being checked: its tracker, the month, and what rules ask of both again and
again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sheetplan.model.action import Action, Tracker
from sheetplan.model.date_history import DateRecords
from sheetplan.model.month import Month
from sheetplan.model.reference import Reference
from sheetplan.model.return_records import OwnerRecord, RequestRecord
from sheetplan.model.status import StatusEntry, StatusMeaning
from sheetplan.model.support import SupportRecords
from sheetplan.model.workbook_facts import WorkbookFacts
from sheetplan.reports.updates import Updates
from sheetplan.settings import Settings


@dataclass(frozen=True)
class CheckedPlan:
    """A tracker and the month in which it is checked.

    Attributes:
        tracker: The actions.
        month: The month that is checked; the tracker has it.
        settings: The council's settings.
        records: Its support sheets.
        owners: The rows of the Owners sheet; None where there is no such sheet.
        dates: What is known of moved dates, and of requests to move them.
        requests: The rows of the Change control sheet; None where there is no such sheet.
        facts: What the workbook holds beside its actions.
    """

    tracker: Tracker
    month: Month
    settings: Settings
    records: SupportRecords = field(default_factory=SupportRecords)
    owners: Sequence[OwnerRecord] | None = None
    dates: DateRecords = field(default_factory=DateRecords)
    requests: Sequence[RequestRecord] | None = None
    facts: WorkbookFacts = field(default_factory=WorkbookFacts)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """The tracker's months up to the checked one, oldest first."""
        return tuple(month for month in self.tracker.months if month <= self.month)

    @property
    def previous(self) -> Month | None:
        """The tracker's month before the checked one."""
        return self.months[-2] if len(self.months) > 1 else None

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Every action, in the order of the tracker."""
        return self.tracker.actions

    @cached_property
    def by_reference(self) -> Mapping[Reference, Action]:
        """The first action of each reference."""
        found: dict[Reference, Action] = {}
        for action in self.actions:
            if action.reference is not None:
                found.setdefault(action.reference, action)
        return found

    @cached_property
    def children(self) -> Mapping[Reference, tuple[Action, ...]]:
        """The sub-actions of each main action, whether that has a row or not."""
        families: dict[Reference, list[Action]] = defaultdict(list)
        for action in self.actions:
            if action.reference is not None and (main := action.reference.main_action):
                families[main].append(action)
        return {main: tuple(family) for main, family in families.items()}

    @cached_property
    def rated(self) -> tuple[Action, ...]:
        """The actions that carry a status: sub-actions, and main actions without any."""
        families = self.children
        return tuple(
            action
            for action in self.actions
            if action.reference is None or action.reference not in families
        )

    def entry(self, action: Action, month: Month | None = None) -> StatusEntry | None:
        """What the status of an action means in a month, the checked one when None; None where it
        is blank or not understood."""
        text = action.status(month or self.month)
        if text not in self._entries:
            self._entries[text] = self.settings.vocabulary.understand(text)
        return self._entries[text]

    def meaning(self, action: Action, month: Month | None = None) -> StatusMeaning | None:
        """What the status of an action means in a month, the checked one when None."""
        entry = self.entry(action, month)
        return None if entry is None else entry.meaning

    def update(self, action: Action, month: Month | None = None) -> str:
        """The update of a month, the checked one when None; empty where it says nothing, as
        "N/A" does."""
        return self._updates.read(action, month or self.month)

    @cached_property
    def _entries(self) -> dict[str, StatusEntry | None]:
        return {}

    @cached_property
    def _updates(self) -> Updates:
        return Updates(self.settings)
