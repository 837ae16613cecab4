"""One cell more in each of a hundred workbooks that other programs made: nothing else changes."""

import zipfile
from pathlib import Path

import pytest

from sheetplan.errors import WorkbookError
from sheetplan.ooxml.cells import Run, put_text
from sheetplan.ooxml.ranges import LAST_COLUMN, cell_name
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.worksheet import Worksheet
from tests.judges import calamine_values, diff, openpyxl_values, shared_folder, valid
from tests.ooxml.editing import edited

pytestmark = pytest.mark.shared

TEXT = "héllo & <b> =1+1 \n x "
CORPUS = sorted((shared_folder() or Path("absent")).glob("corpus/*.xls?"))

# What an edit would break, with words of the refusal.
REFUSED = {
    "Aspose.Cells-for-.NET__sampleDigitallySignedByCells.xlsx": "digitally signed",
    "Open-XML-SDK__ActiveXControls-O12-XL-Controls.xlsx": "Strict Open XML",
    "Open-XML-SDK__OLE-O12-XL-OLE.xlsx": "Strict Open XML",
    "Open-XML-SDK__Revision_NameCommentChange.xlsx": "shared in the old way",
    "Open-XML-SDK__SharedWorkbook.xlsx": "shared in the old way",
    "poi__SimpleStrict.xlsx": "Strict Open XML",
    "poi__hello-world-signed.xlsx": "digitally signed",
    "poi__ms-office-2010-signed.xlsx": "digitally signed",
    "poi__workbookProtection_workbook_revision_protected.xlsx": "shared in the old way",
}
WITHOUT_WORKSHEETS = {"Aspose.Cells-for-.NET__sampleFindIfWorksheetIsDialogSheet.xlsx"}
OTHERS = REFUSED.keys() | WITHOUT_WORKSHEETS


def by_name(path: Path) -> str:
    return path.name


def place_for_a_cell(sheet: Worksheet) -> tuple[int, int]:
    """A cell where nothing stands: right of all that does, or below it."""
    last = max((sheet.rows.last_column(row) for row in sheet.rows), default=0)
    return (1, last + 1) if last < LAST_COLUMN else (max(sheet.rows) + 1, 1)


@pytest.mark.parametrize("path", [path for path in CORPUS if path.name in REFUSED], ids=by_name)
def test_a_workbook_that_an_edit_would_break_is_refused(path):
    with pytest.raises(WorkbookError) as caught:
        Workbook.open(path)
    assert str(caught.value).startswith(f"{path.name}: ")
    assert REFUSED[path.name] in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("path", [path for path in CORPUS if path.name in WITHOUT_WORKSHEETS])
def test_a_workbook_without_worksheets_has_none(path):
    assert Workbook.open(path).sheets == []


@pytest.mark.parametrize("path", [path for path in CORPUS if path.name not in OTHERS], ids=by_name)
def test_one_cell_is_added_and_nothing_else_changes(path, tmp_path):
    sheet = Workbook.open(path).sheets[0]
    row, column = place_for_a_cell(sheet)

    def add(sheet: Worksheet) -> None:
        put_text(sheet.ensure_cell(row, column), [Run(TEXT)])
        sheet.grow_dimension(row, column)

    after = edited(path, add, target=tmp_path / path.name)
    assert other_members(after, sheet.part) == other_members(path, sheet.part)
    assert diff(path, after).harm == []
    assert valid(path, after) == []
    read_by_others(path, after, sheet.name, cell_name(row, column))


def other_members(path: Path, part: str) -> dict[str, tuple[bytes, object]]:
    """Each member but one: its packed bytes, and what the file says of it."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            if info.filename == part or info.is_dir():
                continue
            lengths = data[info.header_offset + 26 : info.header_offset + 30]
            name, extra = (int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
            start = info.header_offset + 30 + name + extra
            packed = data[start : start + info.compress_size]
            found[info.filename] = (packed, (info.date_time, info.CRC, info.compress_type))
    return found


def read_by_others(before: Path, after: Path, sheet: str, cell: str) -> None:
    """What openpyxl and calamine read, where they can read the workbook as it was."""
    for read in (openpyxl_values, calamine_values):
        try:
            old = read(before)
        except Exception:  # what they cannot read is their own affair
            continue
        new = read(after)
        assert new[sheet].pop(cell) == TEXT
        assert new == old


def test_the_workbooks_that_are_expected_to_be_others_are_there():
    assert {path.name for path in CORPUS} >= OTHERS
    assert len(CORPUS) > 100
