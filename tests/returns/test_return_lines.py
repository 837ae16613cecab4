"""What an owner's workbook says, before it has a look."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from sheetplan.model.action import Columns
from sheetplan.model.owner_return import (
    NEW_ACTION_FIELDS,
    RETURN_FIELDS,
    Owner,
    digest,
    settled,
    without_controls,
)
from sheetplan.model.report_line import Line
from sheetplan.returns.content import AskedRow
from sheetplan.returns.patterns import RETURN_SHEETS
from sheetplan.returns.return_lines import ReturnText, return_text
from sheetplan.settings import Settings, load_profile
from tests.returns.owner_rows import IDENTITY, SETTINGS, STATUSES, asked, context, rows_of

DUE = date(2026, 9, 8)
UPDATE, NEW_ACTIONS, GUIDE, FACTS = (patterns.sheet for patterns in RETURN_SHEETS)


def text_of(*rows, settings: Settings = SETTINGS, statuses=STATUSES, **facts) -> ReturnText:
    """What the workbook of these rows says."""
    owner_rows = rows_of(*rows, **facts)
    return return_text(owner_rows, IDENTITY, settings, statuses=statuses, due=DUE)


def cover(text: ReturnText) -> dict[str, object]:
    return dict(text.sheets[UPDATE].cells)


def lines(text: ReturnText, sheet: str, pattern: str) -> list[dict[str, object]]:
    """The values of a sheet's lines of one pattern."""
    return [dict(values) for name, values in text.sheets[sheet].lines if name == pattern]


def with_returns(**changes: object) -> Settings:
    return replace(SETTINGS, returns=replace(SETTINGS.returns, **changes))


def test_every_line_and_cell_fits_the_patterns_of_the_template() -> None:
    text = text_of(asked("OC.A1.1"), context("OC.A1.2"))
    assert list(text.sheets) == [patterns.sheet for patterns in RETURN_SHEETS]
    for patterns in RETURN_SHEETS:
        sheet = text.sheets[patterns.sheet]
        assert set(sheet.cells) == set(patterns.cells)
        wanted = {pattern.name: set(pattern.placeholders) for pattern in patterns.rows}
        for line in sheet.lines:
            assert set(line.values) == wanted[line.pattern], line
        unused = {"heading"} if patterns.sheet == FACTS else set()  # the template has them
        assert {line.pattern for line in sheet.lines} == wanted.keys() - unused


def test_the_cover_says_what_it_is_whose_whom_it_goes_back_to_and_by_when() -> None:
    said = cover(text_of(asked("OC.A1.1")))
    assert said["title"] == "Wexcombe Borough Council Improvement Plan: your update for August 2026"
    assert said["reference"] == f"For Head of HR. Return reference: {IDENTITY}"
    assert said["send_back"] == (
        "Please send this workbook back to plan@wexcombe.example by 8 September 2026."
    )
    assert "choose Enable Editing" in str(said["how"])


def test_without_a_council_and_an_address_the_cover_still_reads_as_sentences() -> None:
    bare = replace(SETTINGS.reports, council="")
    settings = replace(with_returns(return_to=""), reports=bare)
    said = cover(text_of(asked("OC.A1.1"), settings=settings))
    assert said["title"] == "Improvement Plan: your update for August 2026"
    assert "back to the person who sent it to you by 8 September" in str(said["send_back"])


def test_the_cover_names_the_statuses_that_need_an_update_in_the_legends_words() -> None:
    assert str(cover(text_of(asked("OC.A1.1")))["needed"]).startswith(
        "An update is needed as well for Amber – medium progress, Red – significant slippage and "
        "On hold:"
    )


def test_where_nothing_but_the_list_can_be_answered_its_words_are_said_and_explained() -> None:
    # In this profile amber is on track, so no colour may stand for what needs an update.
    settings = load_profile("commentary")
    statuses = ("On track", "Off track", "Complete", "On hold")
    text = text_of(asked("1.1"), settings=settings, statuses=statuses)
    assert str(cover(text)["needed"]).startswith(
        "An update is needed as well for Off track and On hold: the column To do says"
    )
    key = lines(text, GUIDE, "word")
    assert [said["status"] for said in key] == list(statuses)
    assert key[1]["meaning"] == (
        "Red – off track. The work is behind, or something keeps it from going on. An update is "
        "needed as well."
    )
    assert lines(text, GUIDE, "rating") == []
    assert text.other_status.startswith("Choose one from the list.")
    assert text_of(asked("1.1")).other_status == ""


def test_a_date_is_asked_for_only_where_the_plan_has_a_column_for_any() -> None:
    def row(key: str, *fields: str) -> AskedRow:
        found = asked(key, due_date="")
        columns = Columns(dict.fromkeys(fields, "D"), {})
        return replace(found, action=replace(found.action, columns=columns))

    without, dated = row("1.1", "reference", "action"), row("1.2", "reference", "due_date")
    for rows, hidden, steps in (
        ([without], ("due_date", "date_change", "date_change_reason"), 6),
        ([without, dated], (), 7),
        ([row("1.3", "revised_date")], (), 7),
    ):
        text = text_of(*rows)
        told = lines(text, GUIDE, "step")
        assert (text.hidden, len(told)) == (hidden, steps)
        assert ("Date change requested" in str(told)) is not bool(hidden)


def test_where_no_status_needs_an_update_the_cover_does_not_say_that_one_does() -> None:
    settings = with_returns(update_needed=())
    row = asked("OC.A1.1", status="On hold")
    text = text_of(row, settings=settings)
    assert cover(text)["needed"] == "What you leave blank stays as it is in the plan."
    assert lines(text, UPDATE, "asked")[0]["to_do"] == "Filled in"
    assert not [said for said in lines(text, GUIDE, "word") if "update is" in str(said["meaning"])]


def test_the_cover_speaks_of_grey_rows_only_where_there_are_some() -> None:
    assert "Grey rows" not in str(cover(text_of(asked("OC.A1.1")))["needed"])
    assert "Grey rows" in str(cover(text_of(asked("OC.A1.1"), context("OC.A1.2")))["needed"])


def test_rows_keep_their_order_and_texts_whether_asked_or_for_information() -> None:
    rows = [asked("OC.A1.2", action="=SUM(A1)"), context("OC.A1.1"), asked("OC.A1.3")]
    found = text_of(*rows).sheets[UPDATE].lines
    assert [line.pattern for line in found] == ["asked", "context", "asked"]
    assert [line.values["reference"] for line in found] == ["OC.A1.2", "OC.A1.1", "OC.A1.3"]
    assert found[0].values["action"] == "=SUM(A1)"
    assert found[1] == Line("context", dict(rows[1].texts))


@pytest.mark.parametrize(
    ("status", "update", "to_do"),
    [
        ("", "", "Status needed"),
        ("", "Going well", "Status needed"),
        ("On track", "", "Filled in"),
        ("Medium progress", "", "Update needed"),
        ("MEDIUM  progress ", "", "Update needed"),
        ("Medium progress", "Late by a month", "Filled in"),
        ("Amber", "", "Update needed"),  # not offered, but the tracker has it and it is understood
        ("Onn hold", "", "Filled in"),  # nobody can tell what it means
    ],
)
def test_to_do_says_what_is_missing_at_the_start(status: str, update: str, to_do: str) -> None:
    text = text_of(asked("OC.A1.1", status=status, update=update))
    assert lines(text, UPDATE, "asked")[0]["to_do"] == to_do


def test_there_are_as_many_numbered_blank_rows_for_new_actions_as_the_council_wants() -> None:
    found = lines(text_of(asked("OC.A1.1")), NEW_ACTIONS, "new_action")
    blank = dict.fromkeys(NEW_ACTION_FIELDS, "")
    assert found == [{"number": number, **blank} for number in (1, 2, 3)]


def test_the_guide_has_its_steps_in_order_and_leaves_out_one_that_the_council_emptied() -> None:
    whole = lines(text_of(asked("OC.A1.1")), GUIDE, "step")
    assert [said["step"] for said in whole] == [f"Step {number}" for number in range(1, 8)]
    phrases = {**SETTINGS.returns.phrases, "return_step_new": ""}
    fewer = lines(text_of(asked("OC.A1.1"), settings=with_returns(phrases=phrases)), GUIDE, "step")
    assert [said["step"] for said in fewer] == [f"Step {number}" for number in range(1, 7)]
    assert "New actions" in str(whole)
    assert "New actions" not in str(fewer)


def test_the_key_has_the_words_that_are_offered_with_their_rating_and_definition() -> None:
    words = lines(text_of(asked("OC.A1.1")), GUIDE, "word")
    assert [said["status"] for said in words] == list(STATUSES)
    assert words[1]["meaning"] == (
        "Amber – medium progress. Behind the due date by 1 month or more, up to 2 months, or a "
        "medium level of issues. An update is needed as well."
    )
    assert words[3]["meaning"] == "Complete. The action is complete."


def test_the_key_has_the_statuses_that_no_offered_word_stands_for() -> None:
    others = lines(text_of(asked("OC.A1.1")), GUIDE, "rating")
    assert [said["status"] for said in others] == [
        "Not due to start", "Closed", "Not applicable", "Assurance action", "New action",
    ]  # fmt: skip
    assert others[0]["meaning"] == "Work is not due to start yet."


# ---------------------------------------------------------------- what programs read


def test_the_hidden_sheet_says_which_return_it_is() -> None:
    facts = lines(text_of(asked("OC.A1.1")), FACTS, "fact")
    assert {said["name"]: said["value"] for said in facts} == {
        "tracker": "1a2b3c4d",
        "month": "2026-08",
        "owner": IDENTITY.owner,
        "owner_name": "Head of HR",
        "schema": "1",
    }


def test_the_hidden_sheet_has_the_key_and_the_digest_of_every_cell_of_a_row() -> None:
    rows = asked("OC.A1.1 (2)", last_update="Two\r\n lines "), context("OC.A1.3")
    first, second = lines(text_of(*rows), FACTS, "sent")
    assert (first["key"], first["is_asked"]) == ("OC.A1.1 (2)", "yes")
    assert (second["key"], second["is_asked"]) == ("OC.A1.3", "no")
    assert first["last_update_digest"] == hashlib.sha256(b"Two\nlines").hexdigest()[:12]
    assert {name for name in first if name.endswith("_digest")} == {
        f"{name}_digest" for name in RETURN_FIELDS
    }


def test_the_hidden_sheet_has_every_status_that_rules_of_colour_meet() -> None:
    rows = asked("OC.A1.1", last_status=" Amber "), asked("OC.A1.2", last_status="Onn track")
    found = lines(text_of(*rows), FACTS, "status")
    assert [tuple(said.values()) for said in found] == [
        ("On track", "green", "no"),
        ("Medium progress", "amber", "yes"),
        ("Significant slippage", "red", "yes"),
        ("Complete", "blue", "no"),
        ("On hold", "grey", "yes"),
        ("Amber", "amber", "yes"),
    ]


def test_a_status_longer_than_excel_looks_up_is_sent_but_has_no_colour() -> None:
    status = "On track " + "and so on " * 40
    text = text_of(asked("OC.A1.1", last_status=status))
    assert lines(text, UPDATE, "asked")[0]["last_status"] == status
    assert status.strip() not in [said["status"] for said in lines(text, FACTS, "status")]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("a\x0bb", "a\nb"), ("a\x07b\x9f", "ab"), ("half \ud83d", "half "), ("tab\tline\n", None)],
)
def test_control_characters_do_not_go_out_and_the_digest_is_that_of_what_does(
    typed: str, sent: str | None
) -> None:
    sent = typed if sent is None else sent
    text = text_of(asked("OC.A1.1", last_update=typed), owner=Owner("Head\x07 of\nHR"))
    assert lines(text, UPDATE, "asked")[0]["last_update"] == sent == without_controls(typed)
    said = lines(text, FACTS, "sent")[0]["last_update_digest"]
    # What the tracker still holds is known to be what was sent.
    assert said == digest(sent) == digest(typed)
    assert settled(typed) == settled(sent)
    assert text.owner_name == "Head of HR"
