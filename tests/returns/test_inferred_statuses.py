"""Returns of plans in which a status may follow from colours or words: only typed ones count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetplan.model import Action, Reference, Theme, Tracker
from sheetplan.model.action import Columns
from sheetplan.model.owner_return import ReceivedCell, TextRun
from sheetplan.returns.answers import among_others
from sheetplan.returns.asking import sent_texts
from sheetplan.returns.content import Outcome
from sheetplan.returns.keys import keyed
from tests.returns.building import JULY, JUNE, Council, asking_of, returned, tracker

KEY = "OC.A1.1"
ONE_CELL = Columns({}, {month: {"status": "E", "update": "E"} for month in (JUNE, JULY)})


def plan(*, is_inferred: bool) -> Tracker:
    """A plan with one action that is on track in both months, as typed or as inferred."""
    made = tracker(f"{KEY} | Ann | | On track: before | On track: so far")
    ((theme,), (action,)) = made.themes, made.actions
    entries = {
        month: entry._replace(is_inferred=is_inferred) for month, entry in action.entries.items()
    }
    actions = (replace(action, entries=entries),)
    return replace(made, themes=(Theme(theme.title, theme.sheet, actions),))


@pytest.mark.parametrize(("is_inferred", "sent"), [(True, ""), (False, "On track")])
def test_a_return_shows_this_months_status_only_where_it_was_typed(
    is_inferred: bool, sent: str
) -> None:
    (action,) = plan(is_inferred=is_inferred).actions
    texts = sent_texts(action, KEY, JULY, JUNE)
    assert (texts["status"], texts["update"]) == (sent, "so far")
    assert texts["last_status"] == "On track"


@pytest.mark.parametrize("is_inferred", [True, False])
def test_who_is_asked_does_not_depend_on_who_typed_the_status(is_inferred: bool) -> None:
    (rows,) = asking_of(plan(is_inferred=is_inferred)).owners
    assert [row.key for row in rows.asked] == [KEY]


def test_the_same_status_is_an_answer_where_it_was_inferred() -> None:
    here = Council(plan(is_inferred=True))
    merging = here.dry_run(returned(here.plan, "Ann", {KEY: {"status": "On track"}}))
    assert [answer.outcome for answer in merging.answers] == [Outcome.MERGED]
    assert [(write.before, write.after) for write in merging.writes] == [("", "On track")]
    typed = Council(plan(is_inferred=False))
    assert not typed.dry_run(returned(typed.plan, "Ann", {KEY: {"status": "On track"}})).answers


def test_a_status_that_is_inferred_otherwise_meanwhile_is_no_conflict() -> None:
    here = Council(plan(is_inferred=True))
    item = returned(here.plan, "Ann", {KEY: {"status": "Complete"}})
    here.type(KEY, "status", "Off track")
    assert [a.outcome for a in here.dry_run(item).answers] == [Outcome.MERGED]
    typed = Council(plan(is_inferred=False))
    item = returned(typed.plan, "Ann", {KEY: {"status": "Complete"}})
    typed.type(KEY, "status", "Off track")
    assert [a.outcome for a in typed.dry_run(item).answers] == [Outcome.CONFLICT]


# ---------------------------------------------------------------- several leads in one row


def two_leads(*names: str) -> Tracker:
    """A plan with a row of these leads, of whom nothing was said last month."""
    actions = tuple(
        Action(
            reference_text=f"2.2{letter}",
            reference=Reference.parse(f"2.2{letter}"),
            sheet="Plan",
            row=5,
            fields={"action": "Mend roofs", "director_lead": name, "update_owner": "Ann"},
            entries={},
            columns=ONE_CELL,
        )
        for letter, name in zip("abc", names, strict=False)
    )
    (action,) = plan(is_inferred=True).actions
    entries = {
        month: entry._replace(status="", update="") for month, entry in action.entries.items()
    }
    each = tuple(replace(action, entries=entries) for action in actions)
    return Tracker((Theme("Theme 1", "Plan", each),), (JUNE, JULY))


def test_the_actions_of_a_row_are_told_apart_by_their_lead() -> None:
    actions = keyed(two_leads("Head of Waste", "Head of Streets"))
    shown = [sent_texts(each, key, JULY, JUNE)["workstream"] for key, each in actions.items()]
    assert shown == ["Head of Waste", "Head of Streets"]
    (action,) = plan(is_inferred=True).actions
    of_months = replace(action, fields={**action.fields, "director_lead": "Head of Waste"})
    assert sent_texts(of_months, KEY, JULY, JUNE)["workstream"] == ""


@pytest.mark.parametrize(
    ("now", "outcomes"),
    [
        (("Head of Waste", "Head of Streets"), ["merged", "merged"]),
        (("Head of Waste", "Head of Streets", "Head of Parks"), ["merged", "merged"]),
        (("Head of Streets", "Head of Waste"), ["rejected", "rejected"]),
        (("Head of Parks", "Head of Waste", "Head of Streets"), ["rejected", "rejected"]),
        (("Head of Waste", "Head of Parks"), ["merged", "rejected"]),
    ],
)
def test_an_answer_goes_to_its_lead_or_nowhere(now: tuple[str, ...], outcomes: list[str]) -> None:
    item = returned(
        two_leads("Head of Waste", "Head of Streets"),
        "Ann",
        {"2.2a": {"update": "Waste speaks."}, "2.2b": {"update": "Streets speak."}},
    )
    answers = Council(two_leads(*now)).dry_run(item).answers
    assert [answer.outcome.value for answer in answers] == outcomes
    assert all("its lead is another" in a.reason for a in answers if a.outcome is Outcome.REJECTED)


# ---------------------------------------------------------------- answers among others' words


def test_an_answer_among_others_is_plain_lines_without_blank_ones() -> None:
    runs = (TextRun("So ", b"<b/>"), TextRun("far"))
    cell = ReceivedCell("H7", " So far \r\n\r\n\x0bgood\u2028 end\x07", runs)
    assert among_others(cell, "update") == ReceivedCell("H7", "So far\ngood\nend")


def test_a_status_among_others_is_one_line() -> None:
    assert among_others(ReceivedCell("G7", "Off\ntrack "), "status").text == "Off track"
