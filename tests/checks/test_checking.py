"""The engine of the checks: grouping, knock-on effects, severities, and officers' answers.

Most tests hand in small rules of their own, so that they say nothing of the real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from graphlib import TopologicalSorter

import pytest

from sheetplan.checks.checked_plan import CheckedPlan
from sheetplan.checks.checking import check, rules_by_code
from sheetplan.checks.content import Checking, Found, Place, at
from sheetplan.checks.rule import Rule, rule
from sheetplan.model import Severity
from sheetplan.settings import Settings
from tests.checks.building import plan
from tests.reports.building import JULY, JUNE, STANDARD

TABLE = """Money
BC.A1.1 | | | : old    | : late
BC.A1.2 | | | : fine   | : late, empty
BC.A1.3 | | | : old    | : empty
"""


@rule("late", Severity.WARNING, "Somebody waits.")
def late(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.actions:
        if "late" in action.update(plan.month):
            yield Found("is late.", (at(action, "update", plan.month),))


@rule("empty", Severity.NOTE, "Nobody knows.", unless=("late",))
def empty(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.actions:
        if "empty" in action.update(plan.month):
            yield Found("is empty.", (at(action, "update", plan.month),))


@rule("titled", Severity.NOTE, "A title is read first.")
def titled(plan: CheckedPlan) -> Iterator[Found]:
    for action in plan.actions:
        yield Found(f"does {action.title}.", (at(action, "action"),))


def checked(plan: CheckedPlan, *rules: Rule, only=(), answers=None) -> Checking:
    """A check by these rules alone; each is a family of its own name."""
    families = {f"family of {rule.code}": (rule,) for rule in rules}
    return check(plan, only=only, answers=answers, families=families)


def told(checking: Checking) -> list[tuple[str, list[str]]]:
    """The code of each finding and the references of its places."""
    return [(c.code, [place.reference for place in c.places]) for c in checking.challenges]


def with_checks(**changes: object) -> Settings:
    return replace(STANDARD, checks=replace(STANDARD.checks, **changes))


# ---------------------------------------------------------------- one finding, many places


def test_what_is_the_same_in_several_cells_is_one_finding() -> None:
    (found,) = checked(plan(TABLE), late).challenges
    assert (found.message, found.why, found.family) == (
        "is late.",
        "Somebody waits.",
        "family of late",
    )
    assert [place.reference for place in found.places] == ["BC.A1.1", "BC.A1.2"]
    assert len(found.keys) == 2


def test_what_is_said_in_other_words_is_another_finding() -> None:
    assert told(checked(plan(TABLE), titled)) == [
        ("titled", ["BC.A1.1"]),
        ("titled", ["BC.A1.2"]),
        ("titled", ["BC.A1.3"]),
    ]


def test_a_place_is_told_once_however_often_it_is_found() -> None:
    @rule("twice", Severity.NOTE, "It is.")
    def twice(plan: CheckedPlan) -> Iterator[Found]:
        place = at(plan.actions[0], "action")
        yield Found("is there.", (place, place))
        yield Found("is there.", (place,))

    assert told(checked(plan(TABLE), twice)) == [("twice", ["BC.A1.1"])]


def test_what_matters_more_on_one_row_is_a_finding_of_its_own() -> None:
    @rule("grave", Severity.WARNING, "It is.")
    def grave(plan: CheckedPlan) -> Iterator[Found]:
        for action, severity in zip(plan.actions, (None, Severity.ERROR, None), strict=True):
            yield Found("is wrong.", (at(action, "action"),), severity)

    found = checked(plan(TABLE), grave)
    assert told(found) == [("grave", ["BC.A1.2"]), ("grave", ["BC.A1.1", "BC.A1.3"])]
    assert [c.severity for c in found.challenges] == [Severity.ERROR, Severity.WARNING]


def test_a_plan_in_which_nothing_is_wrong_has_no_findings() -> None:
    found = checked(plan("Money\nBC.A1.1 | | | | : fine"), late, empty)
    assert (found.challenges, found.knock_on, found.rules) == ((), 0, 2)


def test_errors_come_first_and_then_the_order_of_the_tracker() -> None:
    @rule("grave", Severity.ERROR, "It is.")
    def grave(plan: CheckedPlan) -> Iterator[Found]:
        yield Found("is wrong.", (at(plan.actions[-1], "action"),))

    @rule("anywhere", Severity.NOTE, "It is.")
    def anywhere(plan: CheckedPlan) -> Iterator[Found]:
        yield Found("is on a support sheet.", (Place("A sheet", "B2", ""),))
        yield Found("is on the second sheet.", (at(plan.actions[3], "action"),))
        yield Found("is a whole sheet.", (Place("Sheet 1", "", ""),))

    second = "People\nLC.A1.1"
    found = checked(plan(TABLE, second), anywhere, titled, grave)
    assert [c.message.removeprefix("does ") for c in found.challenges] == [
        "is wrong.",
        "is a whole sheet.",
        "Do BC.A1.1.",
        "Do BC.A1.2.",
        "Do BC.A1.3.",
        "is on the second sheet.",
        "Do LC.A1.1.",
        "is on a support sheet.",
    ]


# ---------------------------------------------------------------- knock-on effects


def test_what_another_finding_explains_is_left_out_and_counted() -> None:
    found = checked(plan(TABLE), late, empty)
    assert told(found) == [("late", ["BC.A1.1", "BC.A1.2"]), ("empty", ["BC.A1.3"])]
    assert found.knock_on == 1


def test_a_finding_does_not_explain_the_same_row_of_another_sheet() -> None:
    other = "People\n\nLC.A1.1 | | | | : empty"
    found = checked(plan(TABLE, other), late, empty)
    assert ("empty", ["BC.A1.3", "LC.A1.1"]) in told(found)


def test_a_finding_on_a_whole_row_explains_one_in_a_cell_of_it() -> None:
    @rule("late", Severity.WARNING, "Somebody waits.")
    def whole_row(plan: CheckedPlan) -> Iterator[Found]:
        yield Found("is late.", (Place("Sheet 1", "7:7", ""),))

    assert told(checked(plan(TABLE), whole_row, empty)) == [("late", [""]), ("empty", ["BC.A1.2"])]


def test_a_rule_that_is_off_explains_nothing() -> None:
    settings = with_checks(off={"late": "The board agreed."})
    found = checked(plan(TABLE, settings=settings), late, empty)
    assert told(found) == [("empty", ["BC.A1.2", "BC.A1.3"])]
    assert found.knock_on == 0


def test_a_rule_that_was_not_asked_for_explains_all_the_same() -> None:
    assert told(checked(plan(TABLE), late, empty, only=["empty"])) == [("empty", ["BC.A1.3"])]


# ---------------------------------------------------------------- what is told


@pytest.mark.parametrize("name", ["late", "family of late"])
def test_only_what_is_asked_for_is_told(name: str) -> None:
    found = checked(plan(TABLE), late, empty, titled, only=[name])
    assert told(found) == [("late", ["BC.A1.1", "BC.A1.2"])]
    assert found.knock_on == 0  # what was left out had not been asked for


def test_a_rule_that_is_off_is_not_asked_and_its_reason_is_kept() -> None:
    settings = with_checks(off={"titled": "Titles are the board's own."})
    found = checked(plan(TABLE, settings=settings), late, titled)
    assert [code for code, _ in told(found)] == ["late"]
    assert (found.rules, found.off) == (1, {"titled": "Titles are the board's own."})


def test_the_council_says_how_much_a_rule_matters() -> None:
    settings = with_checks(severities={"late": Severity.ERROR})
    (found,) = checked(plan(TABLE, settings=settings), late).challenges
    assert found.severity is Severity.ERROR


def test_the_council_has_the_last_word_on_a_finding_of_its_own_severity() -> None:
    @rule("grave", Severity.WARNING, "It is.")
    def grave(plan: CheckedPlan) -> Iterator[Found]:
        yield Found("is wrong.", (at(plan.actions[0], "action"),), Severity.ERROR)

    settings = with_checks(severities={"grave": Severity.NOTE})
    (found,) = checked(plan(TABLE, settings=settings), grave).challenges
    assert found.severity is Severity.NOTE


def test_the_month_is_the_one_that_was_asked_for() -> None:
    @rule("old", Severity.NOTE, "It is.")
    def old(plan: CheckedPlan) -> Iterator[Found]:
        for action in plan.actions:
            if action.update(plan.month) == "old":
                yield Found("is old.", (at(action, "update", plan.month),))

    found = checked(plan(TABLE, month=JUNE), old)
    assert (found.month, told(found)) == (JUNE, [("old", ["BC.A1.1", "BC.A1.3"])])
    assert checked(plan(TABLE, month=JULY), old).challenges == ()


# ---------------------------------------------------------------- answers


def answered(before: str, after: str, *rules: Rule) -> list[tuple[str, list[str], str]]:
    """What is told of the second plan when everything in the first one has been answered."""
    answers = {key: "We know." for c in checked(plan(before), *rules).challenges for key in c.keys}
    return [
        (c.code, [place.reference for place in c.places], c.answer)
        for c in checked(plan(after), *rules, answers=answers).challenges
    ]


def test_an_answer_holds_while_nothing_changes() -> None:
    assert answered(TABLE, TABLE, late) == [("late", ["BC.A1.1", "BC.A1.2"], "We know.")]


def test_an_answer_holds_when_its_row_moves() -> None:
    before = "Money\nBC.A1.1 | | | | : late"
    after = "Money\n\nBC.A1.0 | | |\n\nBC.A1.1 | | | | : late"
    assert answered(before, after, late) == [("late", ["BC.A1.1"], "We know.")]


def test_an_answer_falls_when_its_cell_changes() -> None:
    before, after = "Money\nBC.A1.1 | | | | : late", "Money\nBC.A1.1 | | | | : later still"
    assert answered(before, after, late) == [("late", ["BC.A1.1"], "")]


def test_an_answer_does_not_hold_for_another_row_or_another_rule() -> None:
    both = "Money\nBC.A1.1 | | | | : late\nBC.A1.2 | | | | : late"
    assert answered("Money\nBC.A1.1 | | | | : late", both, late) == [
        ("late", ["BC.A1.1"], "We know."),
        ("late", ["BC.A1.2"], ""),
    ]
    keys = checked(plan(both), late).challenges[0].keys
    other = replace(empty, code="other", find=late.find)
    (found,) = checked(plan(both), other, answers=dict.fromkeys(keys, "We know.")).challenges
    assert not found.is_answered


def test_an_answer_of_one_month_does_not_hold_for_the_next() -> None:
    table = "Money\nBC.A1.1 | | | : late | : late"
    june, july = (checked(plan(table, month=month), late).challenges[0] for month in (JUNE, JULY))
    assert june.keys != july.keys


def test_an_answer_to_what_no_month_says_holds_in_the_next() -> None:
    june, july = (checked(plan(TABLE, month=month), titled).challenges[0] for month in (JUNE, JULY))
    assert june.keys == july.keys


def test_an_answer_holds_when_the_message_is_worded_anew() -> None:
    @rule("late", Severity.WARNING, "Somebody waits.")
    def reworded(plan: CheckedPlan) -> Iterator[Found]:
        yield Found("has been late for long.", next(iter(late.find(plan))).places)

    keys = checked(plan(TABLE), late).challenges[0].keys
    (found,) = checked(plan(TABLE), reworded, answers={keys[0]: "We know."}).challenges
    assert found.is_answered


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_blank_answer_is_none(blank: str) -> None:
    keys = checked(plan(TABLE), late).challenges[0].keys
    found = checked(plan(TABLE), late, answers=dict.fromkeys(keys, blank))
    assert [c.is_answered for c in found.challenges] == [False]
    assert found.open == found.challenges


def test_what_is_answered_is_told_apart_from_what_is_open() -> None:
    keys = checked(plan(TABLE), late).challenges[0].keys
    found = checked(plan(TABLE), late, answers={keys[1]: " Agreed with the lead. "})
    assert told(found) == [("late", ["BC.A1.1"]), ("late", ["BC.A1.2"])]
    assert [c.answer for c in found.challenges] == ["", "Agreed with the lead."]
    assert [c.places[0].reference for c in found.open] == ["BC.A1.1"]


def test_a_key_fits_into_a_cell_with_all_the_others() -> None:
    rows = "\n".join(f"BC.A1.{number} | | | | : late" for number in range(1, 3_101))
    (found,) = checked(plan(f"Money\n{rows}"), late).challenges
    assert len(found.places) == len(found.keys) == 3_100
    assert len(set(found.keys)) == 1
    answers = {found.keys[0]: "The board knows."}
    (again,) = checked(plan(f"Money\n{rows}"), late, answers=answers).challenges
    assert again.is_answered
    (more,) = checked(
        plan(f"Money\n{rows}\nBC.A1.9999 | | | | : late"), late, answers=answers
    ).challenges
    assert not more.is_answered


# ---------------------------------------------------------------- the rules themselves


def test_every_rule_has_a_code_and_a_reason_of_its_own() -> None:
    rules = [rule for _, rule in rules_by_code()]
    codes = [rule.code for rule in rules]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in codes)
    reasons = [rule.why for rule in rules]
    assert [why for why in reasons if not re.fullmatch(r"[A-Z].{10,}\.", why)] == []
    assert len(set(reasons)) == len(reasons)


def test_rules_are_explained_by_rules_that_there_are_and_never_by_each_other() -> None:
    explained = {rule.code: set(rule.unless) for _, rule in rules_by_code()}
    assert set().union(*explained.values()) <= set(explained)
    TopologicalSorter(explained).prepare()  # raises CycleError
