"""What an owner's workbook says: the lines and the single cells of its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheetplan.model.month import Month
from sheetplan.model.owner_return import (
    NEW_ACTION_FIELDS,
    RETURN_FIELDS,
    ReturnIdentity,
    digest,
    without_controls,
)
from sheetplan.model.report_line import Line, LineValue, SheetText
from sheetplan.model.status import StatusEntry
from sheetplan.model.wording import listed
from sheetplan.returns.content import AskedRow, OwnerRows
from sheetplan.returns.patterns import (
    FACTS_SHEET,
    FILLED_IN,
    GUIDE_SHEET,
    NEW_ACTIONS_SHEET,
    STATUS_MISSING,
    UPDATE_MISSING,
    UPDATE_SHEET,
)
from sheetplan.settings import Settings
from sheetplan.settings.commentary import TrackerKind
from sheetplan.settings.rating_words import definition, rating_words
from sheetplan.settings.returns import guide_steps

_SPACES = re.compile(" +")
_OF_DATES = ("due_date", "date_change", "date_change_reason")
_LONGEST_LOOKED_UP = 255  # characters, of what Excel's MATCH looks for


@dataclass(frozen=True)
class ReturnText:
    """A return in words, ready for its template.

    Attributes:
        identity: Which return it is.
        owner_name: Whose it is.
        title: Its title.
        sheets: What each sheet says, by its name in the template.
        other_status: What Excel says to a status that is not in the list, which it then refuses;
            empty where other words may be typed.
        hidden: The fields whose columns are not shown, since the plan has nothing of the kind.
    """

    identity: ReturnIdentity
    owner_name: str
    title: str
    sheets: Mapping[str, SheetText]
    other_status: str = ""
    hidden: tuple[str, ...] = ()


def return_text(
    owner_rows: OwnerRows,
    identity: ReturnIdentity,
    settings: Settings,
    *,
    statuses: Sequence[str],
    due: date,
) -> ReturnText:
    """What one owner's workbook says.

    Args:
        owner_rows: The owner, and the rows to be shown.
        identity: Which return it is.
        settings: The council's name and words, and whom returns go back to.
        statuses: The words that the drop-down offers.
        due: The day by which it is to come back.
    """
    return _ReturnLines(owner_rows, identity, settings, statuses, due).text()


@dataclass
class _ReturnLines:
    owner_rows: OwnerRows
    identity: ReturnIdentity
    settings: Settings
    statuses: Sequence[str]
    due: date

    def __post_init__(self) -> None:
        self.say = self.settings.returns.say
        self.month = self.identity.month
        self.owner_name = " ".join(without_controls(self.owner_rows.owner.name).split())
        self.rows = [(row, _sendable(row)) for row in self.owner_rows.rows]
        self.known = self._known_statuses()
        # In a plan without month columns no other words can stand in the stamp of a month.
        self.only_offered = self.settings.kind is TrackerKind.COMMENTARY

    def text(self) -> ReturnText:
        council = self.settings.reports.council
        title = self.say("return_title", council=council, month=self.month).strip()
        return ReturnText(
            self.identity,
            self.owner_name,
            title,
            {
                UPDATE_SHEET.sheet: SheetText(list(self._actions()), self._cover(title)),
                NEW_ACTIONS_SHEET.sheet: self._new_actions(),
                GUIDE_SHEET.sheet: self._guide(),
                FACTS_SHEET.sheet: SheetText(list(self._facts()), {}),
            },
            self.say("return_other_status"),
            () if self.owner_rows.has_dates else _OF_DATES,
        )

    # ---------------------------------------------------------------- your update

    def _cover(self, title: str) -> dict[str, LineValue]:
        return {
            "title": title,
            "reference": self.say(
                "return_reference", owner=self.owner_name, reference=self.identity
            ),
            "send_back": self.say("return_send_back", **self._back),
            "how": self.say("return_how"),
            "needed": " ".join(filter(None, self._what_blanks_mean())),
        }

    @property
    def _back(self) -> dict[str, str]:
        """Whom it goes back to, and by when."""
        return_to = self.settings.returns.return_to or self.say("return_no_return_to")
        return {"return_to": return_to, "due": f"{self.due.day} {Month.of(self.due)}"}

    def _what_blanks_mean(self) -> Iterator[str]:
        needed = self._need_updates()
        if needed:
            yield self.say("return_needed", statuses=listed(needed))
        yield self.say("return_blank")
        if any(not row.is_asked for row, _ in self.rows):
            yield self.say("return_context")

    def _need_updates(self) -> list[str]:
        """The statuses that need an update: in the legend's words, or as the list has them where
        nothing else can be answered."""
        reports, vocabulary = self.settings.reports, self.settings.vocabulary
        if self.only_offered:
            offered = ((words, vocabulary.understand(words)) for words in self.statuses)
            return [words for words, entry in offered if self._needs_update(entry)]
        return [
            rating_words(entry.meaning, entry.rag, reports)
            for entry in vocabulary.entries
            if self._needs_update(entry)
        ]

    def _actions(self) -> Iterator[Line]:
        for row, texts in self.rows:
            if row.is_asked:
                yield Line("asked", {**texts, "to_do": self._to_do(texts)})
            else:
                yield Line("context", texts)

    def _to_do(self, texts: Mapping[str, str]) -> str:
        """What the formula under To do comes to."""
        status, update = _looked_up(texts["status"]), _looked_up(texts["update"])
        if not status:
            return STATUS_MISSING
        entry = self.known.get(status.casefold(), ("", None))[1]
        return UPDATE_MISSING if self._needs_update(entry) and not update else FILLED_IN

    def _needs_update(self, entry: StatusEntry | None) -> bool:
        return entry is not None and entry.meaning in self.settings.returns.update_needed

    # ---------------------------------------------------------------- the other sheets

    def _new_actions(self) -> SheetText:
        count = self.settings.returns.new_actions
        blank = dict.fromkeys(NEW_ACTION_FIELDS, "")
        lines = [Line("new_action", {"number": at, **blank}) for at in range(1, count + 1)]
        return SheetText(
            lines,
            {
                "title": self.say("return_new_title", month=self.month),
                "about": self.say("return_new_about"),
            },
        )

    def _guide(self) -> SheetText:
        return SheetText(
            [*self._steps(), *self._key()],
            {
                "title": self.say("return_guide_title"),
                "about": self.say("return_guide_about"),
            },
        )

    def _steps(self) -> Iterator[Line]:
        yield Line("section", {"text": self.say("return_guide_steps")})
        steps = guide_steps(has_dates=self.owner_rows.has_dates)
        said = (self.say(step, **self._back) for step in steps)
        for number, text in enumerate(filter(None, said), 1):
            yield Line("step", {"step": self.say("return_step", number=number), "text": text})

    def _key(self) -> Iterator[Line]:
        """The words of the drop-down, then the statuses that none of them stands for, unless
        nothing but those words can be answered."""
        vocabulary, reports = self.settings.vocabulary, self.settings.reports
        yield Line("section", {"text": self.say("return_guide_key")})
        headings = {"status": "return_key_status", "meaning": "return_key_meaning"}
        yield Line("key_heading", {name: self.say(phrase) for name, phrase in headings.items()})
        offered = [(words, vocabulary.understand(words)) for words in self.statuses]
        for words, entry in offered:
            yield Line("word", {"status": words, "meaning": self._meaning(entry)})
        said = {entry.meaning for _, entry in offered if entry is not None}
        for entry in vocabulary.entries:
            if entry.meaning not in said and not self.only_offered:
                words = rating_words(entry.meaning, entry.rag, reports)
                meaning = f"{definition(entry.meaning, reports)}."
                yield Line("rating", {"status": words, "meaning": meaning})

    def _meaning(self, entry: StatusEntry | None) -> str:
        if entry is None:
            return ""
        reports = self.settings.reports
        meaning = self.say(
            "return_meaning",
            rating=rating_words(entry.meaning, entry.rag, reports),
            definition=definition(entry.meaning, reports),
        )
        if self._needs_update(entry):
            meaning = f"{meaning} {self.say('return_update_needed')}".strip()
        return meaning

    # ---------------------------------------------------------------- what programs read

    def _facts(self) -> Iterator[Line]:
        facts = {
            "tracker": self.identity.tracker,
            "month": self.month.iso,
            "owner": self.identity.owner,
            "owner_name": self.owner_name,
            "schema": str(self.identity.schema),
        }
        for name, value in facts.items():
            yield Line("fact", {"name": name, "value": value})
        for words, entry in self.known.values():
            colour, needs = entry.rag.value, "yes" if self._needs_update(entry) else "no"
            yield Line("status", {"status": words, "colour": colour, "needs_update": needs})
        yield Line("sent_heading", {})
        for row, texts in self.rows:
            digests = {f"{name}_digest": digest(texts[name]) for name in RETURN_FIELDS}
            asked = "yes" if row.is_asked else "no"
            yield Line("sent", {"key": row.key, "is_asked": asked, **digests})

    def _known_statuses(self) -> dict[str, tuple[str, StatusEntry]]:
        """The statuses that are offered or sent and are understood, as a formula looks them up."""
        sent = (texts[name] for _, texts in self.rows for name in ("last_status", "status"))
        found: dict[str, tuple[str, StatusEntry]] = {}
        for words in map(_looked_up, (*self.statuses, *sent)):
            entry = self.settings.vocabulary.understand(words)
            if entry is not None and len(words) <= _LONGEST_LOOKED_UP:
                found.setdefault(words.casefold(), (words, entry))
        return found


def _sendable(row: AskedRow) -> dict[str, str]:
    return {name: without_controls(row.texts[name]) for name in RETURN_FIELDS}


def _looked_up(text: str) -> str:
    """A text as Excel's TRIM makes it."""
    return _SPACES.sub(" ", text).strip(" ")
