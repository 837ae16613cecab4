"""`sheetplan import`: what it takes, what it says, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import run, unharmed
from tests.judges import ROOT, openpyxl_values
from tests.plans import draw_document, one_section, plan_row

EXAMPLE = ROOT / "examples" / "plan.docx"


def test_it_says_what_it_found_and_what_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    outcome = run("import", EXAMPLE, "-o", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "plan.docx: read as of March 2026, with updates of January 2026, February" in outcome.out
    assert (
        "2. Repairs, estates and safety of homes  RE       4  Repairs, estates and" in outcome.out
    )
    assert "Of 55 paragraphs 39 went into rows and titles, and 16 stand on" in outcome.printed
    assert '"(Update)" is a stamp that names no month' in outcome.printed
    assert f"Next: sheetplan inspect {path}" in outcome.printed
    assert openpyxl_values(path)["Answering residents"]["B5"] == "AR.A1.0"


def test_a_rehearsal_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    with unharmed(tmp_path):
        outcome = run("import", EXAMPLE, "-o", tmp_path / "plan.xlsx", "--dry-run")
    assert outcome.status == 0
    assert "Answering residents  " in outcome.out
    assert outcome.out.endswith("Run it again without --dry-run to do this.\n")


def test_data_has_the_references_of_each_section(tmp_path: Path) -> None:
    outcome = run("import", EXAMPLE, "-o", tmp_path / "plan.xlsx", "--json", "--month", "2026-04")
    data = outcome.data
    assert (data["written"], data["months"]) == ("2026-04", ["2026-01", "2026-02", "2026-03",
                                                             "2026-04"])  # fmt: skip
    assert data["themes"][1]["actions"] == ["RE.A1.0", "RE.A1.1", "RE.B1.0", "RE.B1.1"]
    assert (data["paragraphs"], data["kept_apart"], data["dry_run"]) == (55, 16, False)
    assert data["output"] == str(tmp_path / "plan.xlsx")


def test_many_findings_of_one_kind_are_not_all_printed(tmp_path: Path) -> None:
    rows = [plan_row(f"1.{n}", "__Head__", "Begun. (Update)", "x. (June Update)") for n in range(9)]
    source = draw_document(one_section(*rows), tmp_path / "source.docx")
    outcome = run("import", source, "-o", tmp_path / "plan.xlsx", "-n")
    assert "more of these kinds: all stand on the sheet To look at." in outcome.printed
    assert outcome.printed.count("names no month") == 3


def test_without_an_output_the_command_is_put_wrongly() -> None:
    outcome = run("import", EXAMPLE)
    assert outcome.status == 2
    assert "Missing option '-o' / '--output'" in outcome.err


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (EXAMPLE.with_name("improvement_plan.xlsx"), "this is a tracker with month columns alre"),
        (EXAMPLE.with_name("README.md"), "a plan is imported from a Word document (.docx) or"),
        (EXAMPLE.with_name("none.docx"), "there is no such file."),
    ],
)
def test_what_cannot_be_imported_is_refused_and_nothing_written(
    source: Path, message: str, tmp_path: Path
) -> None:
    with unharmed(tmp_path):
        outcome = run("import", source, "-o", tmp_path / "plan.xlsx")
    assert outcome.status == 3
    assert message in outcome.said
    assert "Nothing was written." in outcome.said


def test_without_python_docx_the_extra_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    outcome = run("import", EXAMPLE, "-o", tmp_path / "plan.xlsx")
    assert outcome.status == 3
    assert 'pip install "sheetplan[word]"' in outcome.said


def test_a_workbook_is_imported_without_python_docx(tmp_path: Path) -> None:
    program = (
        "import sys\nsys.modules['docx'] = None\nfrom sheetplan.cli.main import sheetplan\n"
        "from tests.plans import draw_workbook\n"
        "from pathlib import Path\nfrom tests.plans import one_section, plan_row\n"
        f"folder = Path({str(tmp_path)!r})\n"
        "draw_workbook(one_section(plan_row('1.1', '__Head__', 'x. (June Update)')), "
        "folder / 'plan.xlsx')\n"
        "sheetplan(['import', str(folder / 'plan.xlsx'), '-o', str(folder / 'new.xlsx')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "new.xlsx").exists()
