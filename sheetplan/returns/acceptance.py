"""Which returns are this tracker's, for this month, of an owner whom it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sheetplan.model.month import Month
from sheetplan.model.owner_return import (
    PassedOverFile,
    ReadFile,
    ReceivedReturn,
    RejectedFile,
    ReturnIdentity,
    owner_key,
)
from sheetplan.model.wording import compact, did_you_mean

_NAME_IT = "If it is a return of this tracker, collect it alone with {options}."


@dataclass(frozen=True)
class Acceptance:
    """What a return has to be, to be merged.

    Attributes:
        tracker_id: The tracker's own id; empty where it has never sent a return.
        month: The month that is collected.
        months: The months that the tracker has.
        owners: The owners whom the tracker or its registers know, by their keys.
        owner: The owner whom a person named for a return that does not say whose it is.
        is_month_named: Whether that person named the month too.
    """

    tracker_id: str
    month: Month
    months: Sequence[Month]
    owners: Mapping[str, str]
    owner: str = ""
    is_month_named: bool = False

    def judged(self, files: Sequence[ReadFile]) -> tuple[ReadFile, ...]:
        """The files in their order; each return that is not accepted with why, and what to do."""
        returns = [file for file in files if isinstance(file, ReceivedReturn)]
        is_only = sum(map(self._is_nameless, returns)) == 1
        return tuple(
            self._judged(file, is_only=is_only) if isinstance(file, ReceivedReturn) else file
            for file in files
        )

    def _is_nameless(self, item: ReceivedReturn) -> bool:
        """Whether nobody knows whose return it is, unless a person says so."""
        if item.identity is None:
            return True
        is_wanted = (item.identity.tracker, item.identity.month) == (self.tracker_id, self.month)
        return is_wanted and item.identity.owner not in self.owners

    def _judged(self, item: ReceivedReturn, *, is_only: bool) -> ReadFile:
        identity = item.identity
        if not self.tracker_id:
            return _rejected(
                item, "tracker-without-id",
                "this tracker has never sent a return, so no return belongs to it.",
                "Collect it into the tracker that it was sent from, or a copy of that.",
            )  # fmt: skip
        if identity is not None and identity.tracker != self.tracker_id:
            return _rejected(
                item, "other-tracker",
                f"it belongs to another tracker: it was sent from the one with the id "
                f"{identity.tracker}, and this one's is {self.tracker_id}.",
                "Collect it into the tracker that it was sent from.",
            )  # fmt: skip
        if identity is not None and identity.month != self.month:
            return self._of_another_month(item, identity.month)
        if self._is_nameless(item):
            return self._named(item, is_only=is_only)
        assert identity is not None
        if item.is_untouched:
            return PassedOverFile(item.file, "nothing has been filled in since it was sent")
        return replace(item, owner_name=self.owners[identity.owner])

    def _of_another_month(self, item: ReceivedReturn, month: Month) -> RejectedFile:
        if month in self.months:
            remedy = f"Run collect-returns --month {month.iso} for it."
        else:
            remedy = f"The tracker does not have {month}."
        return _rejected(
            item, "other-month", f"it is for {month}, and {self.month} is collected.", remedy
        )

    def _named(self, item: ReceivedReturn, *, is_only: bool) -> ReceivedReturn | RejectedFile:
        """A return that nobody knows the owner of, with what a person says of it."""
        needs_month = item.identity is None
        options = "--owner NAME" + (f" --month {self.month.iso}" if needs_month else "")
        remedy = _NAME_IT.format(options=options)
        if item.identity is None:
            code, reason = "identity-missing", "it no longer says which return it is."
        else:
            name = f'"{item.owner_name}"' if item.owner_name else f"{item.identity.owner}"
            code = "owner-unknown"
            reason = f"it is the return of {name}, whom this tracker does not know as an owner."
        if not self.owner or (needs_month and not self.is_month_named):
            return _rejected(item, code, reason, remedy)
        if not is_only:
            reason += " There are several such files, and one name cannot be that of all."
            return _rejected(item, code, reason, remedy)
        named = {compact(name): name for name in self.owners.values()}
        name = named.get(compact(self.owner), "")
        if not name:
            reason = f'nobody of the name "{self.owner}" is an owner in this tracker.'
            return _rejected(item, code, reason, did_you_mean(self.owner, named.values()).strip())
        identity = ReturnIdentity(self.tracker_id, self.month, owner_key(name))
        return replace(item, identity=identity, owner_name=name)


def _rejected(item: ReceivedReturn, code: str, reason: str, remedy: str) -> RejectedFile:
    return RejectedFile(item.file, code, reason, remedy)
