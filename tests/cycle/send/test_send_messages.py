"""What goes out with returns: the list of messages, the drafts, and who has no address."""

from __future__ import annotations

from email import message_from_bytes, policy

import sheetplan
from tests.cli.running import names_in
from tests.cycle.sending import (
    ASHA,
    HR,
    ZOE,
    codes,
    file_of,
    made_tracker,
    send_list,
)


def test_the_list_of_messages_has_everybody_with_the_addresses_that_there_are(tracker, to):
    sheetplan.send_returns(tracker, to)
    rows = send_list(to)
    assert [row["name"] for row in rows] == [HR, ASHA, ZOE]
    assert [row["to"] for row in rows] == ["hr@wexcombe.example; jo@wexcombe.example", "", ""]
    assert [row["rows"] for row in rows] == ["2", "1", "1"]
    assert rows[0]["file"] == file_of(HR)
    assert rows[0]["due"] == "Friday 25 August 2023"


def test_without_eml_there_is_no_draft_and_with_it_one_for_each(tracker, to, tmp_path):
    sheetplan.send_returns(tracker, to)
    assert not [name for name in names_in(to) if name.endswith(".eml")]
    other = made_tracker(tmp_path / "other")
    sheetplan.send_returns(other, to.with_name("drafts"), eml=True)
    drafts = to.with_name("drafts")
    for owner in (HR, ASHA, ZOE):
        mail = message_from_bytes(
            (drafts / file_of(owner)).with_suffix(".eml").read_bytes(), policy=policy.default
        )
        (attached,) = mail.iter_attachments()
        assert attached.get_filename() == file_of(owner)
        assert attached.get_content() == (drafts / file_of(owner)).read_bytes()
    assert mail["To"] is None
    assert mail.get_body(("plain",)).get_content().startswith("Dear Zoë Ž. / Finance,")


def test_owners_without_an_address_are_listed_in_one_finding(tracker, to):
    plan = sheetplan.plan_send_returns(tracker, to)
    (finding,) = [found for found in plan.findings if found.code == "email-missing"]
    assert finding.sheet == "Owners"
    assert "Asha and Zoë Ž. / Finance" in finding.message
    assert HR not in finding.message


def test_without_a_sheet_of_owners_prepare_is_named(tmp_path, to):
    plan = sheetplan.plan_send_returns(made_tracker(tmp_path, owners=""), to)
    (finding,) = [found for found in plan.findings if found.code == "email-missing"]
    assert "sheetplan prepare adds this sheet" in finding.message


def test_a_cell_that_may_name_several_is_one_owner_and_said_to_be_doubtful(tracker, to):
    assert "owner-doubtful" in codes(sheetplan.plan_send_returns(tracker, to))
