"""The names of owners in returns: file names, names that are alike, cells that name several."""

from __future__ import annotations

import pytest

import sheetplan
from sheetplan.errors import CannotWriteError
from sheetplan.model.owner_return import owner_key
from tests.cli.running import names_in
from tests.cycle.sending import (
    ASHA,
    HR,
    ZOE,
    codes,
    made_tracker,
    property_of,
    register,
    send_list,
)


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
