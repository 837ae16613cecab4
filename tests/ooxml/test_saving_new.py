"""A package that no earlier file holds is written to a new one."""

import errno
import os
import stat

import pytest

from sheetplan.errors import CannotWriteError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.saving import save_new
from sheetplan.ooxml.workbook import Workbook
from tests.builders import workbook_from_text
from tests.judges import openpyxl_values, valid

TEXT = "| Ref | Status |\n| OC.A1.1 | On track |"


@pytest.fixture
def plan(tmp_path):
    """A small workbook, alone in its folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return workbook_from_text(folder / "plan.xlsx", {"Plan": TEXT})


def changed(path):
    """The workbook with a new cell."""
    workbook = Workbook.open(path)
    with workbook.editing(workbook["Plan"]) as sheet:
        put_text(sheet.ensure_cell(2, 3), [Run("new")])
    return workbook.package


def folder_of(path):
    """The content of each file in the folder."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def test_a_package_is_written_to_a_new_file(plan):
    package = changed(plan)
    before = plan.read_bytes()
    target = plan.with_name("pack.xlsx")
    save_new(package, target)
    assert openpyxl_values(target)["Plan"]["C2"] == "new"
    assert sorted(folder_of(plan)) == ["pack.xlsx", "plan.xlsx"]
    assert plan.read_bytes() == before
    assert valid(plan, target) == []


def test_a_new_file_has_the_permissions_that_new_files_have(plan):
    target, other = plan.with_name("pack.xlsx"), plan.with_name("other")
    save_new(changed(plan), target)
    other.touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_file_that_is_there_is_not_written_over(plan):
    before = folder_of(plan)
    with pytest.raises(CannotWriteError) as caught:
        save_new(changed(plan), plan)
    assert str(caught.value) == (
        "plan.xlsx: there is a file of this name already, and sheetplan does not write over it. "
        "Choose another name, or move that file away."
    )
    assert folder_of(plan) == before


def test_a_file_that_is_there_is_not_written_over_where_no_second_name_is_possible(
    plan, monkeypatch
):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    before = folder_of(plan)
    with pytest.raises(CannotWriteError, match="there is a file of this name already"):
        save_new(changed(plan), plan)
    assert folder_of(plan) == before
    save_new(changed(plan), plan.with_name("pack.xlsx"))
    assert openpyxl_values(plan.with_name("pack.xlsx"))["Plan"]["C2"] == "new"


def test_nothing_is_left_of_a_new_file_for_which_there_is_no_room(plan, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    before = folder_of(plan)
    with pytest.raises(CannotWriteError, match="there is no room left on the disk"):
        save_new(changed(plan), plan.with_name("pack.xlsx"))
    assert folder_of(plan) == before
