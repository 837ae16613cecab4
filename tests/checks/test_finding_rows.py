"""The rows of the sheet Findings: what becomes of them after a check. No workbook is opened."""

from __future__ import annotations

from dataclasses import replace

from sheetplan.checks.content import Challenge, Checking, Place
from sheetplan.checks.finding_rows import answers_in, row_changes
from sheetplan.model.finding import Severity
from sheetplan.model.finding_record import ANSWERED, GONE, OPEN, FindingRecord
from sheetplan.model.month import Month
from sheetplan.model.support import Standing

JUNE, JULY = Month(2026, 6), Month(2026, 7)
NO_LEAD = "has no lead. Write who answers for it."


def challenge(
    *keys: str, message: str = NO_LEAD, rule: str = "lead-missing", answer: str = ""
) -> Challenge:
    """A finding at places K1, K2, … of Theme 1, as their keys k1, k2, … say."""
    places = tuple(Place("Theme 1", key.upper(), f"LC.A1.{key[1:]}") for key in keys)
    return Challenge(
        rule, "owners", Severity.WARNING, message, "Nobody answers.", places, keys, answer
    )


def checked(*challenges: Challenge, month: Month = JULY) -> Checking:
    """What a check comes to that found these."""
    return Checking(month, challenges, {}, knock_on=0, rules=1)


def row(key: str, **values: object) -> FindingRecord:
    """A row as a check in June wrote it."""
    keys = key.split()
    usual = FindingRecord(
        severity="Warning",
        finding=NO_LEAD[:1].upper() + NO_LEAD[1:],
        where=f"Theme 1!{', '.join(keys).upper()}",
        reference=", ".join(f"LC.A1.{key[1:]}" for key in keys),
        answer="",
        state=OPEN,
        found_in=JUNE,
        last_found=JUNE,
        why="Nobody answers.",
        rule="lead-missing",
        key=key,
    )
    return replace(usual, **values)  # type: ignore[arg-type]


def after(
    *records: FindingRecord, found: Checking, rules: tuple[str, ...] = ()
) -> list[FindingRecord]:
    """The rows after a check, the new ones at the end."""
    placed = [replace(r, standing=Standing("Findings", at)) for at, r in enumerate(records)]
    changes = row_changes(placed, found, rules)
    rows = dict(enumerate(placed))
    for new in changes.changed:
        assert isinstance(new, FindingRecord)
        assert new.standing is not None
        rows[new.standing.row] = new
    added = [new for new in changes.added if isinstance(new, FindingRecord)]
    return [replace(r, standing=None) for r in (*rows.values(), *added)]


# ---------------------------------------------------------------- what comes and goes


def test_what_is_found_first_is_a_row_that_says_all_of_it() -> None:
    (new,) = after(found=checked(challenge("k1", "k2")))
    assert new == row("k1 k2", found_in=JULY, last_found=JULY)


def test_what_is_found_again_only_says_when() -> None:
    assert after(row("k1"), found=checked(challenge("k1"))) == [row("k1", last_found=JULY)]


def test_a_second_check_of_the_month_changes_nothing() -> None:
    changes = row_changes(
        [row("k1", last_found=JULY), row("k9", state=GONE)], checked(challenge("k1"))
    )
    assert (changes.added, changes.changed) == ((), ())


def test_what_is_no_longer_found_stays_with_its_answer() -> None:
    rows = (row("k1"), row("k2", answer="Vacant", state=ANSWERED))
    assert after(*rows, found=checked()) == [
        row("k1", state=GONE),
        row("k2", answer="Vacant", state=GONE),
    ]


def test_what_comes_back_is_open_or_answered_as_it_was() -> None:
    rows = (row("k1", state=GONE), row("k2", answer="Vacant", state=GONE))
    found = checked(challenge("k1"), challenge("k2", answer="Vacant"))
    assert [r.state for r in after(*rows, found=found)] == [OPEN, ANSWERED]


def test_a_new_place_joins_an_open_row_and_a_mended_one_leaves_it() -> None:
    assert after(row("k1 k2"), found=checked(challenge("k2", "k3"))) == [
        row("k2 k3", last_found=JULY)
    ]


def test_a_new_place_gets_a_row_of_its_own_beside_an_answered_one() -> None:
    answered = row("k1 k2", answer="Vacant")
    found = checked(challenge("k1", answer="Vacant"), challenge("k3"))
    assert after(answered, found=found) == [
        row("k1 k2", answer="Vacant", state=ANSWERED, last_found=JULY, where="Theme 1!K1",
            reference="LC.A1.1"),
        row("k3", found_in=JULY, last_found=JULY),
    ]  # fmt: skip


def test_a_new_place_joins_no_row_of_another_rule() -> None:
    other = row("k1", rule="focus-missing")
    found = checked(challenge("k1", rule="focus-missing"), challenge("k3"))
    assert [r.key for r in after(other, found=found)] == ["k1", "k3"]


def test_a_message_that_is_worded_anew_is_no_new_finding() -> None:
    (same,) = after(row("k1"), found=checked(challenge("k1", message="names no lead.")))
    assert (same.finding, same.found_in) == ("Names no lead.", JUNE)


# ---------------------------------------------------------------- what a check does not speak of


def test_the_rows_of_rules_that_were_not_told_of_stay() -> None:
    rows = (row("k1"), row("k2", rule="focus-missing"))
    assert after(*rows, found=checked(), rules=("focus-missing",)) == [
        row("k1"),
        row("k2", rule="focus-missing", state=GONE),
    ]


def test_a_check_of_an_earlier_month_does_not_know_what_is_gone() -> None:
    later = row("k1", last_found=JULY)
    assert after(later, found=checked(month=JUNE)) == [later]
    assert after(later, found=checked(month=JULY)) == [replace(later, state=GONE)]


def test_a_check_of_an_earlier_month_does_not_turn_the_clock_back() -> None:
    later = row("k1", last_found=JULY)
    assert after(later, found=checked(challenge("k1"), month=JUNE)) == [later]


def test_a_row_that_officers_wrote_themselves_stays() -> None:
    own = row("", finding="Ask the auditor", rule="", state="")
    assert after(own, found=checked(challenge("k1"))) == [
        own,
        row("k1", found_in=JULY, last_found=JULY),
    ]


# ---------------------------------------------------------------- many places


def test_many_cells_are_counted_and_each_sheet_has_a_line() -> None:
    places = [Place("Theme 1", f"K{n}", f"LC.A1.{n}") for n in range(1, 50)]
    places += [Place("Theme 2", "K4", "FA.A1.1"), Place("Theme 3", "", "")]
    many = replace(
        challenge("k1"), places=tuple(places), keys=tuple(f"{n:08x}" for n in range(len(places)))
    )
    (new,) = after(found=checked(many))
    first, second, third = new.where.splitlines()
    assert first.startswith("Theme 1!K1, K2, K3, ")
    assert first.endswith(", K12 and 37 more")
    assert (second, third) == ("Theme 2!K4", "Theme 3")
    assert new.reference.endswith("LC.A1.20 and 30 more")
    assert len(new.keys) == 51


def test_a_finding_on_very_many_sheets_names_some() -> None:
    places = tuple(Place(f"Theme {n}", "K1", "") for n in range(1, 31))
    many = replace(challenge("k1"), places=places, keys=tuple(f"k{n}" for n in range(30)))
    (new,) = after(found=checked(many))
    assert new.where.endswith("Theme 12!K1\nand on 18 more sheets")


# ---------------------------------------------------------------- answers


def test_answers_are_known_by_the_keys_of_their_rows() -> None:
    rows = [row("k1 k2", answer="Vacant"), row("k3"), row("", answer="Ours")]
    assert answers_in(rows) == {"k1": "Vacant", "k2": "Vacant"}


def test_where_two_rows_bear_a_key_both_answers_count() -> None:
    rows = [row("k1", answer="Vacant"), row("k1 k2", answer="Interim"), row("k1", answer="Vacant")]
    assert answers_in(rows) == {"k1": "Vacant; Interim", "k2": "Interim"}
