"""Sending returns: who gets which file, what the tracker then says, and what is never done."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.cycle import send_plan
from sheetplan.cycle.due_day import due_day, usual_due_day
from sheetplan.errors import (
    CannotWriteError,
    DamagedWorkbookError,
    LayoutError,
    MonthMissingError,
    OwnerNotFoundError,
    WorkbookInUseError,
)
from sheetplan.model.owner_return import owner_key
from tests.cli.running import names_in, unharmed
from tests.cycle.sending import (
    ASHA,
    HR,
    NOON,
    ZOE,
    codes,
    file_of,
    made_tracker,
    property_of,
    register,
    send_list,
    set_today,
    states,
)
from tests.judges import ROOT, calamine_values, diff, openpyxl_values, valid

TEMPLATE = ROOT / "workbook_templates" / "owner_return.xlsx"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15 August 2023, a Tuesday."""
    set_today(monkeypatch, NOON)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """A tracker with three owners in August, one of whom has addresses."""
    return made_tracker(tmp_path)


@pytest.fixture
def to(tmp_path: Path) -> Path:
    """Where returns go."""
    return tmp_path / "returns"


# ---------------------------------------------------------------- a first run


def test_each_owner_gets_a_workbook_with_the_rows_that_are_asked(tracker, to):
    sheetplan.send_returns(tracker, to)
    assert names_in(to) == sorted([*map(file_of, (HR, ASHA, ZOE)), "send-list.csv"])
    values = calamine_values(to / file_of(HR))["Your update"]
    assert {"OC.A1.1", "OC.A1.5"} <= set(values.values())
    assert not {"OC.A1.2", "OC.A1.3", "OC.A1.4"} & set(values.values())
    assert openpyxl_values(to / file_of(ASHA))["Your update"]["C7"] == "=SUM(A1)"


def test_with_all_rows_an_owner_sees_those_that_are_not_asked_as_well(tracker, to):
    sheetplan.send_returns(tracker, to, all_rows=True)
    values = calamine_values(to / file_of(HR))["Your update"]
    assert {"OC.A1.1", "OC.A1.2", "OC.A1.5"} <= set(values.values())
    assert {row["Owner"]: row["Rows asked"] for row in register(tracker)}[HR] == 2


def test_by_director_lead_the_leads_are_asked(tracker, to):
    sheetplan.send_returns(tracker, to, by="director-lead")
    assert names_in(to) == sorted([file_of("Asha"), file_of("Ben"), "send-list.csv"])


def test_only_those_who_are_named_are_sent_something(tracker, to):
    plan = sheetplan.send_returns(tracker, to, only="head of  hr").plan
    assert states(plan) == {HR: "new"}
    assert names_in(to) == [file_of(HR), "send-list.csv"]
    assert [row["Owner"] for row in register(tracker)] == [HR]
    two = sheetplan.plan_send_returns(tracker, to, only=[HR, ZOE])
    assert states(two) == {HR: "sent", ZOE: "new"}


def test_a_return_says_which_it_is_and_the_tracker_has_an_id(tracker, to):
    plan = sheetplan.send_returns(tracker, to).plan
    own = property_of(tracker, "sheetplan_tracker_id")
    assert len(own) == 8
    assert int(own, 16) >= 0
    for owner in plan.owners:
        path = to / owner.file
        assert property_of(path, "sheetplan_tracker_id") == own
        assert property_of(path, "sheetplan_id") == f"{own}/2023-08/{owner_key(owner.name)}/1"


def test_the_register_says_what_went_out(tracker, to):
    sheetplan.send_returns(tracker, to)
    rows = {row["Owner"]: row for row in register(tracker)}
    assert list(rows) == [HR, ASHA, ZOE]
    own = property_of(tracker, "sheetplan_tracker_id")
    hr = rows[HR]
    assert hr["Reference"] == f"{own}/2023-08/{owner_key(HR)}/1"
    assert (hr["Sent"], hr["Due"]) == (datetime(2023, 8, 15), datetime(2023, 8, 25))
    assert hr["Rows asked"] == 2
    assert hr["E-mail"] == "hr@wexcombe.example; jo@wexcombe.example"
    assert hr["Returned"] is None


def test_nothing_else_of_the_tracker_changes(tracker, to, tmp_path):
    before = shutil.copy(tracker, tmp_path / "before.xlsx")
    result = sheetplan.send_returns(tracker, to)
    found = diff(before, tracker)
    assert (found.lost, found.changed) == ([], [])
    assert valid(before, tracker) == []
    assert result.verified is not None
    assert result.verified.cells_lost == 0
    assert result.backup is not None
    assert result.backup.read_bytes() == before.read_bytes()
    assert result.backup.name == "plan (before sending returns August 2023).xlsx"


def test_undo_takes_the_register_back(tracker, to):
    before = tracker.read_bytes()
    sheetplan.send_returns(tracker, to)
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before


def test_the_tracker_can_go_into_a_new_file(tracker, to, tmp_path):
    before = tracker.read_bytes()
    result = sheetplan.send_returns(tracker, to, output=tmp_path / "new.xlsx")
    assert tracker.read_bytes() == before
    assert (result.output, result.backup) == (tmp_path / "new.xlsx", None)
    assert len(register(tmp_path / "new.xlsx")) == 3


def test_returns_are_sound_workbooks(tracker, to):
    plan = sheetplan.send_returns(tracker, to).plan
    for owner in plan.owners:
        assert openpyxl.load_workbook(to / owner.file).sheetnames[0] == "Your update"
        assert valid(TEMPLATE, to / owner.file) == []


def test_whom_it_goes_back_to_stands_in_the_return_and_in_the_message(tracker, to):
    sheetplan.send_returns(tracker, to, only=HR)
    wanted = "Programme Office, plan@wexcombe.example"
    texts = calamine_values(to / file_of(HR))["Your update"].values()
    assert any(f"back to {wanted} by" in str(text) for text in texts)
    assert wanted in send_list(to)[0]["message"]


def test_whom_reports_name_is_asked_where_returns_name_nobody(tracker, to, tmp_path):
    text = '[reports]\ncontact = "Jo Reed"\n'
    (tmp_path / "sheetplan.toml").write_text(f'profile = "standard"\n{text}', "utf-8")
    plan = sheetplan.send_returns(tracker, to).plan
    assert plan.return_to == "Jo Reed"
    assert "return-to-missing" not in codes(plan)
    texts = calamine_values(to / file_of(HR))["Your update"].values()
    assert any("back to Jo Reed by" in str(text) for text in texts)


def test_where_nobody_is_named_that_is_said(tracker, to, tmp_path):
    (tmp_path / "sheetplan.toml").unlink()
    plan = sheetplan.send_returns(tracker, to).plan
    (finding,) = [found for found in plan.findings if found.code == "return-to-missing"]
    assert "[returns]" in finding.message
    assert plan.return_to == "the person who sent it to you"
    assert "back to the person who sent it to you" in send_list(to)[0]["message"]


# ---------------------------------------------------------------- messages


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


# ---------------------------------------------------------------- the due day


@pytest.mark.parametrize(
    ("today", "days", "due"),
    [
        (date(2023, 8, 15), 10, date(2023, 8, 25)),
        (date(2023, 8, 16), 10, date(2023, 8, 28)),  # a Saturday
        (date(2023, 8, 17), 10, date(2023, 8, 28)),  # a Sunday
        (date(2023, 12, 28), 5, date(2024, 1, 2)),
    ],
)
def test_the_usual_day_is_so_many_days_on_and_never_on_a_weekend(today, days, due):
    assert usual_due_day(today, days) == due


@pytest.mark.parametrize(
    "typed", ["2023-08-19", "19 August 2023", "19 Aug 2023", " 2023-08-19 ", "19/8/2023"]
)
def test_a_day_may_be_typed_in_three_ways_and_stays_as_it_is(typed):
    assert due_day(typed, NOON.date()) == date(2023, 8, 19)


@pytest.mark.parametrize(
    "typed", ["", "Friday", "31 June 2024", "2024-13-01", "2024-W05-1", "8/19/2023", "12 Foo 2024"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError, match=r"is not a day\. Write it as 25 August 2023"):
        due_day(typed, NOON.date())


def test_a_day_that_has_passed_is_refused_and_today_is_not():
    with pytest.raises(ValueError, match="14 August 2023 has passed: today is 15 August 2023"):
        due_day("2023-08-14", NOON.date())
    assert due_day("2023-08-15", NOON.date()) == NOON.date()


def test_the_day_that_is_asked_for_is_in_register_and_messages(tracker, to):
    sheetplan.send_returns(tracker, to, due="1 September 2023")
    assert {row["Due"] for row in register(tracker)} == {datetime(2023, 9, 1)}
    assert {row["due"] for row in send_list(to)} == {"Friday 1 September 2023"}


# ---------------------------------------------------------------- nothing is half done


def test_a_plan_writes_nothing(tracker, to, tmp_path):
    with unharmed(tmp_path):
        plan = sheetplan.plan_send_returns(tracker, to, eml=True)
        assert plan.has_work
        assert len(plan.new_files) == 7


@pytest.mark.parametrize("is_new", [True, False])
def test_when_the_tracker_cannot_be_written_no_file_stays(tracker, to, tmp_path, is_new):
    if not is_new:
        to.mkdir()
        (to / "mine.txt").write_text("mine")
    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    os.utime(tracker, (1, 1))  # as if somebody had saved it meanwhile
    with unharmed(tmp_path), pytest.raises(WorkbookInUseError, match="changed the workbook"):
        plan.apply()
    assert to.exists() is not is_new


def test_when_one_return_cannot_be_written_none_stays(tracker, to, tmp_path):
    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    to.mkdir()
    (to / file_of(ZOE)).write_bytes(b"somebody was quicker")
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="of this name already"):
        plan.apply()


def test_when_a_draft_cannot_be_made_none_stays(tracker, to, tmp_path, monkeypatch):
    def broken(*_: object) -> bytes:
        raise MemoryError

    plan = sheetplan.plan_send_returns(tracker, to, eml=True)
    monkeypatch.setattr(send_plan, "draft", broken)
    with unharmed(tmp_path), pytest.raises(MemoryError):
        plan.apply()


# ---------------------------------------------------------------- what is refused


def test_a_file_that_is_not_this_return_is_named_and_kept(tracker, to, tmp_path):
    to.mkdir()
    (to / file_of(HR)).write_bytes(b"minutes of a meeting")
    (to / file_of(ASHA)).mkdir()
    with unharmed(tmp_path), pytest.raises(CannotWriteError) as caught:
        sheetplan.send_returns(tracker, to)
    assert f"{file_of(HR)} and {file_of(ASHA)} are there already" in str(caught.value)
    assert "does not write over them" in str(caught.value)


def test_the_return_of_another_tracker_is_not_this_one(tracker, to, tmp_path):
    other = made_tracker(tmp_path / "other")
    sheetplan.send_returns(other, to, only=HR)
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="is not the return of this"):
        sheetplan.send_returns(tracker, to, only=HR)


def test_a_file_has_no_place_where_a_folder_should_be(tracker, to, tmp_path):
    to.write_text("a file")
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="this is a file, not a folder"):
        sheetplan.send_returns(tracker, to)


def test_a_folder_is_made_but_not_those_above_it(tracker, to, tmp_path):
    with unharmed(tmp_path), pytest.raises(CannotWriteError, match="there is no such folder"):
        sheetplan.send_returns(tracker, to / "deep")
    assert not to.exists()


@pytest.mark.parametrize("name", ["Café – returns (v1.2) #1", "returns.xlsx", "it's & <that>"])
def test_odd_folder_names_are_no_obstacle(tracker, tmp_path, name):
    sheetplan.send_returns(tracker, tmp_path / name, eml=True)
    assert len(names_in(tmp_path / name)) == 7


def test_a_folder_name_that_no_system_takes_is_refused(tracker, tmp_path):
    with pytest.raises(CannotWriteError, match="there can be no folder of this name"):
        sheetplan.plan_send_returns(tracker, tmp_path / ("x" * 300))


def test_a_month_that_the_tracker_lacks_is_refused(tracker, to):
    with pytest.raises(MonthMissingError, match="does not have May 2024"):
        sheetplan.plan_send_returns(tracker, to, "2024-05")
    with pytest.raises(ValueError, match="is not a month"):
        sheetplan.plan_send_returns(tracker, to, "soon")


def test_an_owner_whom_nobody_asks_is_refused_with_the_nearest(tracker, to):
    with pytest.raises(OwnerNotFoundError) as caught:
        sheetplan.plan_send_returns(tracker, to, only=["Hed of HR"])
    assert 'no owner called "Hed of HR"' in str(caught.value)
    assert f'Did you mean "{HR}"?' in str(caught.value)


def test_whom_to_ask_is_one_of_two(tracker, to):
    with pytest.raises(ValueError, match="Accepted: update-owner, director-lead"):
        sheetplan.plan_send_returns(tracker, to, by="nobody")


def test_an_id_that_is_none_is_refused(tracker, to):
    book = openpyxl.load_workbook(tracker)
    book.custom_doc_props.append(
        openpyxl.packaging.custom.StringProperty(name="sheetplan_tracker_id", value="Plan")
    )
    book.save(tracker)
    with pytest.raises(DamagedWorkbookError, match='says "Plan", which is no id'):
        sheetplan.plan_send_returns(tracker, to)


def test_a_register_that_cannot_be_read_is_never_taken_for_an_empty_one(tracker, to, tmp_path):
    sheetplan.send_returns(tracker, to)
    book = openpyxl.load_workbook(tracker)
    table = book["Returns"].tables["Returns"]
    for cell in book["Returns"][table.ref][0]:
        if cell.value == "Month":
            cell.value = "Mth"
    for column in table.tableColumns:
        column.name = "Mth" if column.name == "Month" else column.name
    book.save(tracker)
    with unharmed(tmp_path), pytest.raises((LayoutError, CannotWriteError)):
        sheetplan.send_returns(tracker, to)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "name",
    ["O'Brien / Children's", "A: B\\C?", "日本", "Élodie Ñ", "CON", "x" * 120, 'Q "R" <S>'],
)
def test_any_name_makes_a_plain_file_name(tmp_path, to, name):
    row = f"\n| OC.A1.1 | Fix | '{name} | Asha | Mar-24 | On track | Begun | | |"
    tracker = made_tracker(tmp_path, row, owners="")
    sheetplan.send_returns(tracker, to, eml=True)
    (file,) = [found for found in names_in(to) if found.endswith(".xlsx")]
    assert file.isascii()
    assert len(file) <= 40
    assert not set(file) & set(" \"*:<>?/\\|'")
    assert property_of(to / file, "sheetplan_owner_name") == " ".join(name.split())
    assert send_list(to)[0]["name"] == name
    assert register(tracker)[0]["Owner"] == name


def test_two_names_that_begin_alike_have_two_files(tmp_path, to):
    names = ("Head of Strategic Finance North", "Head of Strategic Finance South")
    rows = "".join(
        f"\n| OC.A1.{at} | Fix | {name} | Asha | Mar-24 | On track | Begun | | |"
        for at, name in enumerate(names, 1)
    )
    sheetplan.send_returns(made_tracker(tmp_path, rows, owners=""), to)
    files = [name for name in names_in(to) if name.endswith(".xlsx")]
    assert len(files) == 2
    assert len({file[:28] for file in files}) == 1


def test_two_names_with_one_file_name_are_refused(tmp_path, to):
    names: dict[str, str] = {}
    for number in range(5_000):  # four figures of a digest: some two of these have the same
        name = f"Head of Strategic Services {number}"
        other = names.setdefault(owner_key(name), name)
        if other != name:
            break
    rows = "".join(
        f"\n| OC.A1.{at} | Fix | {each} | Asha | Mar-24 | On track | Begun | | |"
        for at, each in enumerate((other, name), 1)
    )
    with pytest.raises(CannotWriteError, match="would both be called"):
        sheetplan.plan_send_returns(made_tracker(tmp_path, rows, owners=""), to)


def test_an_owner_cell_that_is_split_sends_to_each_of_its_owners(tmp_path, to):
    owners = f"| Name | Split into | E-mail |\n| {ZOE} | Zoë Ž; Head of Finance | |"
    tracker = made_tracker(tmp_path, owners=owners)
    plan = sheetplan.send_returns(tracker, to).plan
    assert [owner.name for owner in plan.owners] == [HR, ASHA, "Zoë Ž", "Head of Finance"]
    assert "owner-doubtful" not in codes(plan)


# ---------------------------------------------------------------- plain data


def test_the_plan_as_data_says_all_of_it(tracker, to):
    data = sheetplan.plan_send_returns(tracker, to, eml=True, only=HR).as_data()
    (owner,) = data["owners"]
    assert owner == {
        "owner": HR,
        "email": ["hr@wexcombe.example", "jo@wexcombe.example"],
        "rows": 2,
        "reference": f"{data['tracker_id']}/2023-08/{owner_key(HR)}/1",
        "file": file_of(HR),
        "draft": f"{Path(file_of(HR)).stem}.eml",
        "state": "new",
        "made": True,
        "due": "2023-08-25",
        "sent": None,
        "returned": None,
    }
    assert data["month"] == "2023-08"
    assert data["send_list"] == "send-list.csv"


# ---------------------------------------------------------------- a real tracker


@pytest.mark.shared
def test_every_row_of_a_real_tracker_that_is_asked_is_in_a_return_and_nothing_is_lost(
    shared, tmp_path
):
    before = shared / "data" / "improvement_plan_tracker_2023-07.xlsx"
    tracker = Path(shutil.copyfile(before, tmp_path / "plan.xlsx"))
    plan = sheetplan.send_returns(tracker, tmp_path / "returns").plan
    assert len(plan.owners) > 20
    found = diff(before, tracker)
    assert found.lost == []
    assert [line for line in found.changed if "docProps/custom.xml" not in line] == []
    assert valid(before, tracker) == []
    for owner in plan.owners:
        path = tmp_path / "returns" / owner.file
        texts = set(calamine_values(path)["Your update"].values())
        assert {row.texts["reference"] for row in owner.rows.asked} <= texts
        assert valid(TEMPLATE, path) == []
    rows = {row["Owner"]: row["Rows asked"] for row in register(tracker)}
    assert rows == {owner.name: len(owner.rows.asked) for owner in plan.owners}
