"""`sheetplan summarise`, and what `sheetplan appendix` shares with it: words, files, refusals."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import patched, workbook_from_text
from tests.cli.running import names_in, run, start, unharmed
from tests.cycle.reporting import APPENDIX, SUMMARY, sheet_names, small_tracker, type_into
from tests.judges import openpyxl_values, valid

BOTH = pytest.mark.parametrize("verb", ["summarise", "appendix"])
OWNER = bytes([10]) + b"Priya Nair".ljust(54) + b"\0" + "Priya Nair".encode("utf-16-le")
ALL_IS_WELL = """
    | Ref     | Action       | Focus   | Statutory recommendation | RAG Jun-26 | Update Jun-26 | RAG Jul-26 | Update Jul-26 |
    | LC.A1.0 | Lead well    | Focus 2 |                          | N/A        | N/A           | N/A        | N/A           |
    | LC.A1.1 | Agree values |         | S1                       | On track   | Drafted [AB]  | Complete   | Adopted [AB]  |
"""  # noqa: E501
ITS_RECOMMENDATION = """
    | Code | Source    | Recommendation                  |
    | S1   | statutory | The Council should lead better. |
"""


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return small_tracker(tmp_path / "plan.xlsx")


def without_faults(folder: Path) -> Path:
    sheets = {"Theme 1": ALL_IS_WELL, "Recommendations": ITS_RECOMMENDATION}
    return workbook_from_text(folder / "plan.xlsx", sheets)


# ---------------------------------------------------------------- what is printed


def test_a_summary_says_what_it_holds_and_where_it_went(tracker: Path) -> None:
    done = run("summarise", tracker)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("plan.xlsx: exception summary, July 2026\n")
    assert "On track or complete: 2 of 6 due (33%)." in done.printed
    assert "Theme 1 1 1 0 1 2 of 4" in done.printed
    assert "Theme 2 0 1 1 0 0 of 2" in done.printed
    assert "Theme 1!A2 (LC.A1.0) no summary and no next steps have been written" in done.printed
    assert "Sheet Exception summary, a new sheet at the end" in done.printed
    assert "no cell of an earlier sheet touched" in done.printed
    assert "To take it back: sheetplan undo" in done.printed
    backup = "plan (before exception summary July 2026).xlsx"
    assert names_in(tracker.parent) == [backup, "plan.xlsx"]
    assert sheet_names(tracker)[-1] == SUMMARY


@BOTH
def test_with_nothing_to_put_right_the_exit_status_is_0(verb: str, tmp_path: Path) -> None:
    done = run(verb, without_faults(tmp_path))
    assert (done.status, done.err) == (0, "")
    assert "To put right" not in done.out


@BOTH
def test_a_dry_run_says_the_same_and_writes_nothing(verb: str, tracker: Path) -> None:
    with unharmed(tracker.parent):
        shown = run(verb, tracker, "-n")
        files = run(verb, tracker, "-n", "-o", "pack.xlsx", "--word", "report.docx")
    assert (shown.status, files.status) == (1, 1)
    assert "a new sheet at the end Would write plan.xlsx Backup plan (before" in shown.printed
    assert "Would write pack.xlsx Would write report.docx Nothing was written." in files.printed
    done = run(verb, tracker)
    assert shown.out.split("Sheet  ")[0] == done.out.split("Sheet  ")[0].rstrip(" ") + "  "


def test_the_findings_of_one_kind_stand_together_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = "\n".join(
        f"| LC.A{n}.1 | Act {n} | Whenever {n} | Amber | Late | Amber | Later |" for n in range(30)
    )
    head = "| Ref | Action | Due date | RAG Jun-26 | Update Jun-26 | RAG Jul-26 | Update Jul-26 |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {"Theme 1": f"{head}\n{rows}\n{rows}"})
    done = run("summarise", path)
    assert (
        "Theme 1!A32, A33, A34, A35, A36, A37 and 24 more (LC.A0.1, LC.A1.1, LC.A2.1, LC.A3.1, "
        "LC.A4.1, LC.A5.1 and 24 more) an earlier row has this reference too" in done.printed
    )
    assert "more; --json lists them all." in done.out
    assert len(done.out.splitlines()) < 60
    assert len(run("summarise", path, "--json").data["report"]["findings"]) > 60


@BOTH
def test_json_is_one_object_and_nothing_else(verb: str, tracker: Path) -> None:
    done = run(verb, tracker, "--json", "-n")
    assert (done.status, done.err) == (1, "")
    assert (done.data["month"], done.data["written"], done.data["dry_run"]) == ("2026-07", [], True)
    assert done.data["report"]["findings"][0]["severity"] == "warning"
    new = {"replaces": False, "edited": None, "notes": []}
    assert done.data["sheet"] == {"name": SUMMARY if verb == "summarise" else APPENDIX, **new}

    (written,) = run(verb, tracker, "--json").data["written"]
    assert written["output"] == str(tracker)
    assert Path(written["backup"]).is_file()
    assert written["verified"]["cells_lost"] == 0
    files = ["-o", tracker.with_name("pack.xlsx"), "--word", tracker.with_name("report.docx")]
    data = run(verb, tracker, "--json", *files).data
    assert data["sheet"] is None
    assert data["written"] == [
        {"output": str(file), "backup": None, "verified": None} for file in files[1::2]
    ]


@BOTH
def test_what_could_not_be_done_is_an_object_too(verb: str, tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = run(verb, tracker, "--json", "--month", "2031-01")
    assert done.status == 3
    assert done.data["error"] == "MonthMissingError"
    assert "the tracker does not have January 2031" in done.data["message"]
    assert done.said.endswith("Nothing was written.")


@BOTH
def test_no_line_is_wider_than_a_narrow_terminal(verb: str, tracker: Path) -> None:
    done = run(verb, tracker, "-n", columns=44)
    told = done.out.split("Nothing was written")[0].splitlines()
    assert max(map(len, told)) <= 44


def test_colours_are_left_out_when_they_are_not_wanted(tracker: Path) -> None:
    assert "\x1b[" not in start("summarise", tracker, "-n", env={"NO_COLOR": "1"}).out


# ---------------------------------------------------------------- the month


@BOTH
@pytest.mark.parametrize("spelt", ["2026-06", "June 2026", "jun-26", "Jun 2026", "June 26"])
def test_a_month_may_be_spelt_as_people_spell_it(verb: str, spelt: str, tracker: Path) -> None:
    assert run(verb, tracker, "--month", spelt, "--json", "-n").data["month"] == "2026-06"


@BOTH
@pytest.mark.parametrize("spelt", ["June", "2026-13", "soon", ""])
def test_what_is_no_month_is_wrong_usage(verb: str, spelt: str, tracker: Path) -> None:
    with unharmed(tracker.parent):
        done = run(verb, tracker, "--month", spelt)
    assert (done.status, done.out) == (2, "")
    assert "Invalid value for '--month'" in done.said


# ---------------------------------------------------------------- files of their own


@BOTH
def test_a_pack_and_a_document_are_written_and_the_tracker_is_not(verb: str, tracker: Path) -> None:
    before = tracker.read_bytes()
    folder = tracker.parent
    done = run(verb, tracker, "-o", folder / "pack.xlsx", "--word", folder / "report.docx")
    assert done.status == 1
    assert "Backup" not in done.out
    assert "undo" not in done.out
    assert tracker.read_bytes() == before
    assert names_in(folder) == ["pack.xlsx", "plan.xlsx", "report.docx"]
    assert sheet_names(folder / "pack.xlsx")[0] == "Cover"


@BOTH
def test_a_read_only_tracker_is_reported_on_in_files_only(verb: str, tracker: Path) -> None:
    tracker.chmod(0o444)
    for options in ([], ["-n"], ["-n", "--json"]):
        with unharmed(tracker.parent):
            done = run(verb, tracker, *options)
        assert done.status == 3
        assert "plan.xlsx: the file is marked read-only." in done.said
        assert "new file with -o" in done.said
    assert run(verb, tracker, "-o", tracker.with_name("pack.xlsx")).status == 1
    assert run(verb, tracker, "--word", tracker.with_name("report.docx")).status == 1


@BOTH
@pytest.mark.parametrize("rehearsal", [[], ["--dry-run"]])
@pytest.mark.parametrize(
    ("option", "name", "phrase"),
    [
        ("-o", "plan.xlsx", "there is a file of this name already"),
        ("-o", "pack.xlsm", "must end in .xlsx, as it is an Excel workbook without macros"),
        ("-o", "pack", 'Name it "pack.xlsx".'),
        ("-o", "no/such/pack.xlsx", "there is no such folder"),
        ("--word", "report.doc", "must end in .docx, as it is a Word document"),
        ("--word", "no/such/report.docx", "there is no such folder"),
        ("--word", ".", "this is a folder"),
    ],
)
def test_a_file_that_cannot_be_is_refused_before_the_other_is_written(
    verb: str, rehearsal: list[str], option: str, name: str, phrase: str, tracker: Path
) -> None:
    other = ["--word", "report.docx"] if option == "-o" else ["-o", "pack.xlsx"]
    other[1] = str(tracker.with_name(other[1]))
    with unharmed(tracker.parent):
        done = run(verb, tracker, option, tracker.parent / name, *other, *rehearsal)
    assert (done.status, done.out) == (3, "")
    assert phrase in done.said


@BOTH
@pytest.mark.parametrize("rehearsal", [[], ["--dry-run"]])
def test_without_python_docx_neither_file_is_written(
    verb: str, rehearsal: list[str], tracker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    pack, document = tracker.with_name("pack.xlsx"), tracker.with_name("report.docx")
    with unharmed(tracker.parent):
        done = run(verb, tracker, "-o", pack, "--word", document, *rehearsal)
    assert (done.status, done.out) == (3, "")
    assert 'Install it with: pip install "sheetplan[word]" Nothing was written.' in done.said
    assert run(verb, tracker, "-o", pack).status == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for files")
@BOTH
def test_no_pack_is_left_behind_when_the_document_cannot_be_written(
    verb: str, tracker: Path
) -> None:
    folder = tracker.parent / "locked"
    folder.mkdir(mode=0o500)
    document = folder / "report.docx"
    try:
        (folder / "try").touch()
    except PermissionError:
        pass
    else:  # the superuser may write anywhere, but not where there is no disk
        document = Path("/proc/report.docx")
    done = run(verb, tracker, "-o", tracker.with_name("pack.xlsx"), "--word", document)
    assert done.status == 3
    assert done.said.endswith("Nothing was written.")
    assert not tracker.with_name("pack.xlsx").exists()


@BOTH
def test_a_template_that_cannot_be_used_is_refused_in_a_dry_run_already(
    verb: str, tracker: Path
) -> None:
    workbook_from_text(tracker.with_name("ours.xlsx"), {"Sheet1": "| Our look |"})
    names = ["exception_summary", "statutory_appendix"]
    lines = "".join(f'{name} = "ours.xlsx"\n' for name in names)
    tracker.with_name("sheetplan.toml").write_text(
        f'profile = "standard"\n[templates]\n{lines}', "utf-8"
    )
    with unharmed(tracker.parent):
        for files in ([], ["-o", tracker.with_name("pack.xlsx")]):
            for rehearsal in ([], ["-n"]):
                done = run(verb, tracker, *files, *rehearsal)
                assert (done.status, done.out) == (3, "")
                assert "ours.xlsx: this template cannot be used:" in done.said
                missing = "Cover" if files else SUMMARY if verb == "summarise" else APPENDIX
                assert f"The sheet {missing} is missing." in done.said
    assert run(verb, tracker, "--word", tracker.with_name("report.docx")).status == 1


# ---------------------------------------------------------------- the tracker


@BOTH
@pytest.mark.parametrize("options", [[], ["-n"], ["-o", "pack.xlsx"]])
def test_a_tracker_open_in_excel_is_refused_with_the_name_of_who_has_it(
    verb: str, options: list[str], tracker: Path
) -> None:
    tracker.with_name("~$plan.xlsx").write_bytes(OWNER)
    with unharmed(tracker.parent):
        done = run(verb, tracker, *options)
    assert (done.status, done.out) == (3, "")
    assert "the workbook is open in Excel or another program (Priya Nair" in done.said


@BOTH
def test_a_tracker_that_is_not_there_is_named(verb: str, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.xlsx", tmp_path / "no folder" / "gone.xlsx"):
        done = run(verb, path)
        assert done.status == 3
        assert f"{path}: there is no such file." in done.said
    assert names_in(tmp_path) == []


@BOTH
def test_a_workbook_with_macros_stays_one_and_its_pack_has_none(verb: str, tracker: Path) -> None:
    with_macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    patched(tracker, {"[Content_Types].xml": lambda xml: xml.replace(plain, with_macros)})
    tracker = tracker.rename(tracker.with_suffix(".xlsm"))
    assert run(verb, tracker).status == 1
    assert sheet_names(tracker)[-1] in (SUMMARY, APPENDIX)
    assert run(verb, tracker, "-o", tracker.with_name("pack.xlsx")).status == 1
    assert names_in(tracker.parent)[-1] == "plan.xlsm"


@BOTH
def test_a_tracker_that_counts_its_days_from_1904_is_reported_on(verb: str, tmp_path: Path) -> None:
    text = ALL_IS_WELL.replace("Focus  ", "Due date").replace("|         | S1", "| 2026-08-01 | S1")
    sheets = {"Theme 1": text, "Recommendations": ITS_RECOMMENDATION}
    path = workbook_from_text(
        tmp_path / "plan.xlsx",
        sheets,
        date_format="d mmmm yyyy",
        decorate=lambda book: setattr(book, "date_1904", True),
    )
    before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
    due = openpyxl_values(before)["Theme 1"]["C3"]
    assert due == datetime(2030, 8, 2)  # 1 August 2026, had the days been counted from 1900
    assert run(verb, path).status == 0
    assert valid(before, path) == []
    pack = tmp_path / "pack.xlsx"
    run("appendix", path, "-o", pack)
    assert "2 August 2030" in openpyxl_values(pack)["Recommendation progress"].values()


# ---------------------------------------------------------------- where the sheet goes


def test_an_edited_sheet_stays_and_how_to_replace_it_is_said(tracker: Path) -> None:
    run("summarise", tracker)
    type_into(tracker, SUMMARY, 2, 1, "Seen by the Leader")
    done = run("summarise", tracker)
    assert (
        "Sheet Exception summary Jul 2026, a new sheet at the end; Exception summary was edited, "
        "so it stays as it is" in done.printed
    )
    assert "To replace the edited sheet, which the backup keeps: --replace" in done.printed
    shown = run("summarise", tracker, "--replace", "-n")
    assert "Exception summary, in its place; the earlier one is in the backup" in shown.printed
    data = run("summarise", tracker, "--replace", "--json").data["sheet"]
    assert (data["replaces"], data["edited"]) == (True, SUMMARY)
