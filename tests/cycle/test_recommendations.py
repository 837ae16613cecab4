"""`recommendations` from end to end: a register in the tracker or beside it, what is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import sheetplan
from sheetplan.errors import (
    MonthMissingError,
    NoRecommendationsError,
    NotAWorkbookError,
    RegisterNotFoundError,
)
from sheetplan.reports.progress_content import RecommendationProgress, Verdict
from tests.builders import package_with, parts_of, workbook_from_text
from tests.cycle.reporting import PLAN, sheet_names, type_into
from tests.judges import (
    ROOT,
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)
from tests.word.reading import WordFile

SHEET = "Recommendations answered"
THEMES = {name: text for name, text in PLAN.items() if name.startswith("Theme")}
REGISTER = """
    | Reviewer | Ref | Recommendation    | Response        | Where in the plan |
    | Audit    | A1  | Agree your values | =1+1 is two     | See LC.A1.1       |
    | Audit    | A2  | Use them          | '@all of us     | LC.A1.1-2         |
    | Peers    | P1  | Sell less         | See the answer to A2 |              |
    | Peers    | P2  | Balance           | We will         | FA.A1.7           |
"""


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return workbook_from_text(tmp_path / "plan.xlsx", THEMES)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return workbook_from_text(tmp_path / "register.xlsx", {"Answers": REGISTER})


def verdicts(progress: RecommendationProgress) -> dict[str, Verdict]:
    return {line.code: line.verdict for line in progress.lines}


EXPECTED = {
    "A1": Verdict.DELIVERED,
    "A2": Verdict.AT_RISK,
    "P1": Verdict.AT_RISK,
    "P2": Verdict.UNKNOWN_REFERENCE,
}


def test_a_register_in_the_tracker_is_found_without_being_named(tmp_path: Path) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", {**THEMES, "Answers": REGISTER})
    plan = sheetplan.plan_recommendations(path)
    assert verdicts(plan.content) == EXPECTED
    (finding,) = plan.content.findings
    assert (finding.sheet, finding.cell) == ("Answers", "E5")
    plan.apply()
    assert sheet_names(path) == ["Theme 1", "Theme 2", "Answers", SHEET]
    assert verdicts(sheetplan.plan_recommendations(path).content) == EXPECTED


def test_a_register_of_its_own_gives_the_same_and_stays_as_it_is(
    tracker: Path, register: Path
) -> None:
    before = register.read_bytes()
    plan = sheetplan.plan_recommendations(tracker, register=register)
    assert verdicts(plan.content) == EXPECTED
    assert plan.content.findings[0].sheet == "[register.xlsx]Answers"
    plan.apply()
    assert register.read_bytes() == before


def test_the_sheet_becomes_one_of_the_tracker_and_nothing_else_changes(
    tracker: Path, register: Path
) -> None:
    before = Path(shutil.copy(tracker, tracker.with_name("before.xlsx")))
    sheetplan.recommendations(tracker, register=register)
    assert sheet_names(tracker) == [*sheet_names(before), SHEET]
    assert diff(before, tracker).harm == []
    assert valid(before, tracker) == []
    written = calamine_values(tracker)[SHEET]
    assert written == openpyxl_values(tracker, formulas=True)[SHEET]
    said = "\n".join(map(str, written.values()))
    for words in (
        "A2\nUse them", "LC.A1.1-2\nAmber – medium progress: LC.A1.2\nComplete: LC.A1.1",
        "Answered as A2", "FA.A1.7 is not in the plan. Did you mean FA.A1.",
    ):  # fmt: skip
        assert words in said


def test_an_untouched_sheet_is_replaced_and_an_edited_one_stays(
    tracker: Path, register: Path
) -> None:
    for _ in range(2):
        sheetplan.recommendations(tracker, register=register)
    assert sheet_names(tracker)[2:] == [SHEET]
    type_into(tracker, SHEET, 2, 1, "For the auditor")
    sheetplan.recommendations(tracker, register=register)
    assert sheet_names(tracker)[2:] == [SHEET, "Recommendations answer Jul 2026"]
    assert openpyxl_values(tracker)[SHEET]["A2"] == "For the auditor"
    sheetplan.recommendations(tracker, register=register, replace=True)
    assert openpyxl_values(tracker)[SHEET]["A2"] != "For the auditor"


def test_what_was_written_can_be_taken_back(tracker: Path, register: Path) -> None:
    before = tracker.read_bytes()
    sheetplan.recommendations(tracker, register=register)
    assert tracker.read_bytes() != before
    sheetplan.undo(tracker)
    assert tracker.read_bytes() == before


def test_the_ratings_are_those_of_the_month_that_is_asked_for(
    tracker: Path, register: Path
) -> None:
    june = sheetplan.plan_recommendations(tracker, "2026-06", register=register).content
    assert verdicts(june)["A1"] is Verdict.ON_TRACK
    with pytest.raises(MonthMissingError):
        sheetplan.plan_recommendations(tracker, "2026-09", register=register)


def test_a_pack_has_a_cover_a_coverage_and_no_essential_breach(
    tracker: Path, register: Path
) -> None:
    pack, before = tracker.with_name("pack.xlsx"), tracker.read_bytes()
    sheetplan.recommendations(tracker, register=register, output=pack)
    assert tracker.read_bytes() == before
    assert sheet_names(pack) == ["Cover", "Coverage", "Recommendations"]
    rows = [list(map(str, row)) for row in _table(pack, "Coverage")]
    assert rows == [
        ["All reviews", "4", "1", "0", "2", "0", "0", "0", "1", "0"],
        ["Audit", "2", "1", "0", "1", "0", "0", "0", "0", "0"],
        ["Peers", "2", "0", "0", "1", "0", "0", "0", "1", "0"],
    ]
    assert [row[3] for row in _table(pack, "Recommendations")] == ["A1", "A2", "P1", "P2"]
    assert [str(breach) for breach in sheetplan.accessibility(pack).essential] == []


def test_a_word_document_tells_the_coverage_and_each_recommendation(
    tracker: Path, register: Path
) -> None:
    word = tracker.with_name("answers.docx")
    sheetplan.recommendations(tracker, register=register, word=word)
    document = WordFile(word)
    assert ("Normal", "All reviews: Delivered 1, At risk 2, Cites a reference that is not there 1."
            ) in document.before_table()  # fmt: skip
    heads, first, *_, last = document.rows()
    assert [cell[0][1] for cell in heads] == [
        "Recommendation", "How it stands", "What answers it",
    ]  # fmt: skip
    assert first == [
        [("heading 2", "Audit A1"), ("Normal", "Agree your values")],
        [("Normal", "Delivered")],
        [("List Bullet", "LC.A1.1"), ("List Bullet", "Complete: LC.A1.1")],
    ]
    assert last[2][-1][1].startswith("FA.A1.7 is not in the plan.")


def test_the_statutory_recommendations_of_the_tracker_stand_beside_those_of_the_register(
    tmp_path: Path, register: Path
) -> None:
    path = workbook_from_text(tmp_path / "plan.xlsx", PLAN)
    assert verdicts(sheetplan.plan_recommendations(path).content) == {"S1": Verdict.AT_RISK}
    both = sheetplan.plan_recommendations(path, register=register).content
    assert list(verdicts(both)) == ["A1", "A2", "P1", "P2", "S1"]
    assert [coverage.source for coverage in both.coverage] == ["Audit", "Peers", "statutory"]


def test_the_support_sheet_may_hold_the_answers_itself(tmp_path: Path) -> None:
    answers = "| Code | Recommendation | Response |\n| S1 | Lead. | We do: LC.A1.1 |"
    path = workbook_from_text(tmp_path / "plan.xlsx", {**THEMES, "Recommendations": answers})
    plan = sheetplan.plan_recommendations(path)
    assert verdicts(plan.content) == {"S1": Verdict.DELIVERED}
    assert plan.content.findings == ()


def test_a_longer_text_than_a_cell_takes_goes_on_in_the_next_row(
    tracker: Path, register: Path
) -> None:
    long = b"Agree your values " + b"by heart " * 3_000
    package_with(register, {
        "xl/sharedStrings.xml": parts_of(register)["xl/sharedStrings.xml"].replace(
            b"Agree your values", long)
    })  # fmt: skip
    before = Path(shutil.copy(tracker, tracker.with_name("before.xlsx")))
    sheetplan.recommendations(tracker, register=register)
    assert valid(before, tracker) == []
    texts = [str(value) for value in calamine_values(tracker)[SHEET].values()]
    assert sum(text.count("heart") for text in texts) == 3_000
    assert max(map(len, texts)) < 32_767


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("| Ref | Response | Owner |\n| A1 | We do. | AB |", "no column for the text"),
        ("| Ref | Recommendation |\n| A1 | Do. |", "no column for the response"),
        ("| Name | Age |\n| AB | 9 |", "no headings of a register"),
        ("", "no headings of a register"),
    ],
)
def test_a_workbook_without_a_register_is_refused_and_what_it_lacks_is_said(
    tracker: Path, text: str, seen: str
) -> None:
    path = workbook_from_text(tracker.with_name("other.xlsx"), {"Sheet": text})
    with pytest.raises(RegisterNotFoundError, match=seen) as refused:
        sheetplan.plan_recommendations(tracker, register=path)
    assert refused.value.where == "other.xlsx"
    assert "[recommendations] in sheetplan.toml" in refused.value.remedy


def test_an_empty_register_is_refused(tracker: Path) -> None:
    path = workbook_from_text(
        tracker.with_name("other.xlsx"), {"R": "| Ref | Recommendation | Response |"}
    )
    with pytest.raises(NoRecommendationsError, match="has headings, and no recommendation"):
        sheetplan.plan_recommendations(tracker, register=path)


def test_a_tracker_without_a_register_is_told_of_the_option(tracker: Path) -> None:
    with pytest.raises(NoRecommendationsError, match="--register FILE"):
        sheetplan.plan_recommendations(tracker)


def test_a_register_that_is_no_workbook_or_not_there_is_refused(tracker: Path) -> None:
    other = tracker.with_name("register.csv")
    other.write_text("Ref,Recommendation\n", "utf-8")
    with pytest.raises(NotAWorkbookError, match=r"register\.csv"):
        sheetplan.plan_recommendations(tracker, register=other)
    with pytest.raises(NotAWorkbookError, match=r"gone\.xlsx"):
        sheetplan.plan_recommendations(tracker, register=tracker.with_name("gone.xlsx"))


# ---------------------------------------------------------------- the example, by others


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its register answered."""
    folder = tmp_path_factory.mktemp("answered")
    path = Path(shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", folder))
    sheetplan.recommendations(path, register=ROOT / "examples" / "recommendations_register.xlsx")
    return path


@pytest.mark.shared
def test_the_example_keeps_all_that_was_in_it(answered: Path) -> None:
    example = ROOT / "examples" / "improvement_plan.xlsx"
    assert diff(example, answered).harm == []
    assert valid(example, answered) == []


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_wrong(answered: Path) -> None:
    example = ROOT / "examples" / "improvement_plan.xlsx"
    assert set(sdk_errors(answered)) <= set(sdk_errors(example))


@pytest.mark.office
def test_libreoffice_shows_the_sheet(answered: Path) -> None:
    texts = office_texts([answered])[answered][SHEET]
    assert texts["A1"].endswith("how recommendations are answered, June 2026")
    assert "No trace in the plan" in texts.values()


def _table(path: Path, sheet: str) -> list[list[object]]:
    """The rows of the table of a pack's sheet, read by openpyxl."""
    found = openpyxl.load_workbook(path)[sheet]
    (table,) = found.tables.values()
    return [[cell.value for cell in row] for row in found[table.ref][1:]]
