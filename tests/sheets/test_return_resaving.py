"""Returns that other programs saved, or that are as they were sent: what is read is the same."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sheetplan
from sheetplan.model.owner_return import RETURN_FIELDS, digest, owner_key
from tests.judges import ROOT, office, openpyxl_values
from tests.return_files import COLUMNS, HEADINGS, IDENTITY, MAIN, ReturnBook, row
from tests.sheets.received import FILE, read, said

# ---------------------------------------------------------------- other programs, any order

MISCHIEF = (
    row("OC.A1.1", status="On track", update="=1+1 is “two” – Zoë\n• second line"),
    row("OC.A1.2", update="x" * 32_767),
    row("1.10", status="00123", date_change="31/03/2027", date_change_reason="Späte Lieferung"),
)


FILED = ReturnBook(rows=MISCHIEF, new_actions=[{"action": "+Bikes"}])


def test_a_return_that_openpyxl_saved_again_is_the_same() -> None:
    before = read(FILED)
    after = read(openpyxl.load_workbook(io.BytesIO(FILED.data), rich_text=True))
    assert (said(after), after.sent, after.identity, after.notes) == (
        list(MISCHIEF),
        before.sent,
        IDENTITY,
        (),
    )
    assert after.new_actions == before.new_actions


@pytest.fixture(scope="module")
def by_office(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with FILED and a return as it is sent, saved in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    save_by_office([sent, FILED.save(folder / FILE)], folder / "saved")
    return folder / "saved"


@pytest.mark.office
def test_a_return_that_libreoffice_saved_is_the_same(by_office: Path) -> None:
    before = read(FILED)
    after = read((by_office / FILE).read_bytes())
    assert said(after) == list(MISCHIEF)
    assert (after.sent, after.identity, after.owner_name) == (before.sent, IDENTITY, "Head of HR")
    assert [row.text("action") for row in after.new_actions] == ["+Bikes"]
    assert after.notes == ()


def save_by_office(paths: Sequence[Path], folder: Path) -> None:
    """Open workbooks in LibreOffice and save them into a folder."""
    profile = (folder.parent / "profile").as_uri()
    command = [str(office()), "--headless", f"-env:UserInstallation={profile}", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


ROWS = tuple(
    row(f"OC.A{theme}.{number}", status=f"Status {number}", update=f"Update {theme} {number}")
    for theme in (1, 2)
    for number in (1, 2, 10)
)


@settings(max_examples=60)
@given(
    columns=st.permutations([*COLUMNS, "Mine", ""]),
    rows=st.permutations(ROWS),
    blanks=st.lists(st.integers(6, 12), max_size=4),
    above=st.integers(0, 50),
    name=st.text(st.characters(whitelist_categories=["L", "N", "Zs"]), min_size=1, max_size=20),
)
def test_whatever_the_order_and_the_blanks_the_rows_are_the_same(
    columns: list[str], rows: list[dict[str, str]], blanks: list[int], above: int, name: str
) -> None:
    def insert(book: openpyxl.Workbook) -> None:
        for at in blanks:
            book.worksheets[0].insert_rows(at + above)

    book = ReturnBook(
        rows=rows, columns=columns, blank_rows=above, edit=insert, names={MAIN: f"x{name}"},
        headings={**HEADINGS, "": ""},
    )  # fmt: skip
    received = read(book)
    assert sorted(said(received), key=_by_reference) == sorted(ROWS, key=_by_reference)
    assert received.sent is not None
    assert set(received.sent) == {texts["reference"] for texts in ROWS}


def _by_reference(texts: Mapping[str, str]) -> str:
    return texts["reference"]


# ---------------------------------------------------------------- what is really sent


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return as it is sent to one owner of the example."""
    folder = tmp_path_factory.mktemp("sent")
    tracker = shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", folder)
    sheetplan.send_returns(tracker, folder / "out", only="Head of People Services")
    (path,) = (folder / "out").glob("*.xlsx")
    return path


def test_a_return_as_it_is_sent_is_read_whole(sent: Path) -> None:
    received = read(sent.read_bytes())
    assert tuple(received.columns) == RETURN_FIELDS
    assert received.owner_name == "Head of People Services"
    assert received.identity is not None
    assert received.identity.owner == owner_key("Head of People Services")
    assert (received.notes, received.new_actions) == ((), ())
    assert received.sent is not None
    assert list(received.sent) == [row.text("reference").replace(" ", "") for row in received.rows]
    for row_ in received.rows:
        digests = received.sent[row_.text("reference").replace(" ", "")].fields
        assert digests == {name: digest(row_.text(name)) for name in RETURN_FIELDS}
    values = openpyxl_values(sent)[received.sheet]
    cells = [cell for row_ in received.rows for cell in row_.cells.values()]
    assert {cell.cell: cell.text for cell in cells}.items() <= values.items()


@pytest.mark.office
def test_a_return_as_it_is_sent_comes_back_from_libreoffice_as_it_was(
    sent: Path, by_office: Path
) -> None:
    before = read(sent.read_bytes())
    after = read((by_office / sent.name).read_bytes())
    assert said(after) == said(before)
    assert (after.sent, after.identity, after.notes) == (before.sent, before.identity, ())
