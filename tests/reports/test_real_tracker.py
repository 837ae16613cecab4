"""What the reports say of a real council's tracker, against lists that were made by hand.

The expectations are read from the council's own data with nothing of the project, or stand here as
they were copied down row by row.
"""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from sheetplan.model import Action, Month, MonthEntry, Reference, Theme, Tracker
from sheetplan.model.plan_date import PlanDate
from sheetplan.model.support import Recommendation, RecommendationLink, SupportRecords
from sheetplan.reports.appendix import appendix
from sheetplan.reports.content import Movement
from sheetplan.reports.summary import summarise
from sheetplan.settings import load_profile
from tests.judges import shared_folder

pytestmark = pytest.mark.shared

JUNE, JULY = Month(2023, 6), Month(2023, 7)
STANDARD = load_profile("standard")

# Copied down by eye: the rows whose July status is medium, significant or on hold, but for those
# under the five main actions of Focus 1; by theme, red before amber before on hold.
EXCEPTIONS = [
    ["OC.C4.1"],
    ["CO.C1.9", "CO.A1.9", "CO.D1.1"],
    ["SD.A6.4", "SD.F1.0", "SD.A5.3", "SD.A5.4"],
    [],
    ["PC.A5.2", "PC.C1.1"],
    ["PR.C1.1", "PR.D1.3"],
]
BLOCKS = [["OC.A2"], ["CO.D4", "CO.E1", "CO.F5"], ["SD.D1"], [], [], []]
ISSUES = ["OC.A2.1"]  # as the report says it; the tracker has OCA2.1
COMPLETED_IN_JULY = {
    "OC.B2.1", "OC.B2.4", "OC.E2.1", "OC.E2.3", "OC.E2.5", "OC.E2.6", "OC.E2.8", "CO.B1.6",
    "CO.C1.5", "CO.C1.6", "CO.E1.5", "SD.A1.3", "SD.E2.7", "PC.E1.5", "PC.E1.6",
}  # fmt: skip
WORSE_IN_JULY = {"OC.A2.1", "CO.C1.9", "SD.F1.0", "PC.C1.1", "PR.C1.1"}
BLANK_IN_JULY = {
    "CO.A1.11", "CO.D2.3", "CO.D3.6", "CO.D3.4", "CO.D3.5", "CO.E1.4", "PC.B3.4",
}  # fmt: skip


@pytest.fixture(scope="module")
def data():
    """The tracker as data."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the reference data are not on this machine")
    name = "improvement_plan_tracker_2023-07.json"
    return json.loads((folder / "data" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def tracker(data):
    """The tracker as the reports take it."""
    return Tracker(
        tuple(
            Theme(theme["title"], f"Theme {number}", tuple(_actions(theme, f"Theme {number}")))
            for number, theme in enumerate(data["themes"], start=1)
        ),
        (JUNE, JULY),
    )


@pytest.fixture(scope="module")
def summary(tracker):
    """The summary of July 2023."""
    return summarise(tracker, SupportRecords(), JULY, STANDARD)


def _actions(theme, sheet):
    names = ("workstream", "action", "director_lead", "update_owner", "due_date", "focus")
    for number, row in enumerate(theme["rows"], start=5):
        entries = {}
        for said in row["updates"]:
            month = Month.parse(said["month"])
            entries[month] = MonthEntry(month, said["status"].strip(), said["update"].strip())
        yield Action(
            row["ref"],
            Reference.parse(row["ref"]),
            sheet,
            number,
            {name: row[name] for name in names if row[name]},
            entries,
            {"due_date": PlanDate.read(row["due_date"], STANDARD.dates)} if row["due_date"] else {},
        )


def plain(reference: str) -> str:
    """A reference as the council means it: four are typed OCA2.1, and one with a space."""
    return reference.replace("OCA", "OC.A").replace(" ", "")


def july(row) -> tuple[str, str]:
    """The status of July in small letters, and the update."""
    (said,) = [said for said in row["updates"] if said["month"] == "2023-07"]
    return said["status"].strip().lower(), said["update"].strip()


def reported(data):
    """The rows that count, theme by theme, each with the focus that its main action has."""
    for number, theme in enumerate(data["themes"]):
        rows = {plain(row["ref"]): row for row in theme["rows"]}
        stems = [reference.rpartition(".")[0] for reference in rows]
        for reference, row in rows.items():
            stem, _, last = reference.rpartition(".")
            if last != "0" or stems.count(stem) == 1:
                yield number, reference, row, rows[f"{stem}.0"]["focus"]


def test_exceptions_are_exactly_those_of_the_list(summary):
    found = [[plain(line.reference) for line in theme.exceptions] for theme in summary.themes]
    assert found == EXCEPTIONS


def test_the_list_is_what_the_rows_themselves_say(data):
    by_theme = defaultdict(list)
    for number, reference, row, focus in reported(data):
        status, _ = july(row)
        if focus == "Focus 2" and status.startswith(("medium", "significant", "action on hold")):
            by_theme[number].append(reference)
    assert [sorted(by_theme[number]) for number in range(6)] == [
        sorted(all_) for all_ in EXCEPTIONS
    ]


def test_commentary_of_every_exception_is_the_cell_of_july(data, summary):
    cells = {reference: july(row)[1] for _, reference, row, _ in reported(data)}
    for theme in summary.themes:
        for line in theme.exceptions:
            copied = " (word for word as in June 2023)" if line.is_copied else ""
            assert line.commentary == f"{cells[plain(line.reference)]}{copied}"


def test_slippage_is_counted_from_the_due_dates_as_they_stand(summary):
    months = {
        line.reference: (line.due_words, line.slippage)
        for theme in summary.themes
        for line in theme.exceptions
    }
    assert months == {
        "OC.C4.1": ("May-23", 2),
        "CO.C1.9": ("Mar-24", 0),
        "CO.A1.9": ("Jun-23", 1),
        "CO.D1.1": ("TBC", None),
        "SD.A6.4": ("Jun-23", 1),
        "SD.F1.0": ("Oct-23", 0),
        "SD.A5.3": ("Oct-23", 0),
        "SD.A5.4": ("Jun-23", 1),
        "PC.A5.2": ("Mid 2023", 0),
        "PC.C1.1": ("Aug-23", 0),
        "PR.C1.1": ("May-23", 2),
        "PR.D1.3": ("TBC", None),
    }


def test_blocks_are_the_five_main_actions_of_focus_1(summary):
    found = [
        [plain(block.reference).removesuffix(".0") for block in theme.focus_blocks]
        for theme in summary.themes
    ]
    assert found == BLOCKS
    issues = [
        plain(line.reference)
        for theme in summary.themes
        for block in theme.focus_blocks
        for line in block.issues
    ]
    assert issues == ISSUES


def test_numbers_add_up_to_the_rows(data, summary):
    rows = list(reported(data))
    assert summary.numbers.months[-1].total == len(rows) == 112
    counted = defaultdict(int)
    for _, _, row, _ in rows:
        status, _ = july(row)
        counted[status.replace("-", " ").partition(" ")[0]] += 1
    # Counted by the first word, which tells the statuses of this tracker apart.
    assert dict(counted) == {
        "on": 35, "medium": 8, "significant": 3, "not": 6, "complete": 28, "closed": 1,
        "action": 2, "assurance": 17, "new": 5, "": 7,
    }  # fmt: skip
    whole = summary.numbers.months[-1]
    assert {m.words: count for m, count in whole.counts.items()} == {
        "on track": 35, "medium progress": 8, "significant slippage": 3, "not due to start": 6,
        "complete": 28, "closed": 1, "on hold": 2, "not applicable": 0, "assurance action": 17,
        "new action": 5,
    }  # fmt: skip
    assert (whole.blank, whole.not_understood) == (7, 0)
    assert summary.numbers.sentence == (
        "On track or complete: 64 of 84 due (76%), 6 not yet due, 17 rated assurance action and 5 "
        "rated new action left out"
    )
    for number, theme in enumerate(summary.themes):
        assert theme.numbers.months[-1].total == sum(1 for at, *_ in rows if at == number)


def test_every_row_moved_in_one_way(data, summary):
    moved = {
        movement: {plain(reference) for reference in references}
        for movement, references in summary.numbers.movement.items()
    }
    assert moved[Movement.COMPLETED] == COMPLETED_IN_JULY
    assert moved[Movement.WORSENED] == WORSE_IN_JULY
    assert moved[Movement.IMPROVED] == {"CO.D1.2", "CO.G1.4"}
    assert moved[Movement.NEW] == {"SD.A6.5"}
    assert moved[Movement.NO_UPDATE] == BLANK_IN_JULY
    assert sum(map(len, moved.values())) == len(list(reported(data)))


def test_a_request_for_change_control_that_stood_in_june_too_is_found(summary):
    found = [f.reference for f in summary.findings if f.code == "change-control-open"]
    assert found == ["PC.B3.3"]


def test_every_part_of_the_councils_own_report_has_its_place(summary):
    """What it prints of a theme: blocks, exceptions, achievements, milestones."""
    folder = shared_folder()
    assert folder is not None
    path = folder / "data" / "theme_progress_2024-01.json"
    theirs = json.loads(path.read_text("utf-8"))["themes"]
    places = {"focus1", "focus2_exceptions", "achievements", "key_milestones", "title"}
    silent = {"focus1_none", "focus1_note", "no_exceptions", "focus2_note"}
    assert len(theirs) == len(summary.themes)
    for theme in theirs:
        assert set(theme) == places | silent
        for block in theme["focus1"]:
            assert set(block) == {
                "workstream", "summary", "progress_this_month", "next_steps", "issues_raised",
            }  # fmt: skip
    # A block of theirs is called by its workstream where it is all of it, as ours is.
    titles = [block.title for theme in summary.themes for block in theme.focus_blocks]
    assert titles[0] == theirs[0]["focus1"][0]["workstream"]
    assert "Corporate Transformation" in titles


# ---------------------------------------------------------------- the appendix


def test_the_appendix_prints_for_every_theme_what_the_mapping_says(data, tracker):
    folder = shared_folder()
    assert folder is not None
    mapping = json.loads((folder / "data" / "statutory_mapping.json").read_text("utf-8"))
    expected: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    themes = {
        plain(row["ref"]): number
        for number, theme in enumerate(data["themes"])
        for row in theme["rows"]
    }
    links = []
    for item in mapping:
        for reference in item["refs"]:
            links.append(RecommendationLink(item["code"], reference, item["heading"]))
            expected[item["code"], themes[reference], item["heading"]].add(reference)
    records = SupportRecords(
        recommendations=tuple(Recommendation(c, "Statutory", c) for c in ("S1", "S2", "S3")),
        links=tuple(links),
    )
    report = appendix(tracker, records, JULY, STANDARD)
    printed = {
        (block.code, number, group.heading): {plain(item.reference) for item in group.items}
        for block in report.blocks
        for number, theme in enumerate(block.themes)
        for group in theme.groups
    }
    assert printed == dict(expected)
    assert all(len(block.themes) == 6 for block in report.blocks)
    assert {f.code for f in report.findings} <= {"recommendation-main-action"}


def test_the_appendix_prints_the_latest_update_that_says_something(data, tracker):
    rows = {plain(row["ref"]): row for theme in data["themes"] for row in theme["rows"]}
    references = ["PC.B3.4", "PC.E1.5", "CO.A1.10", "PC.F1.0"]
    links = tuple(RecommendationLink("S1", reference) for reference in references)
    records = SupportRecords((Recommendation("S1", "Statutory", "Text"),), links)
    (block,) = appendix(tracker, records, JULY, STANDARD).blocks
    items = {
        item.reference: (item.update, item.dated)
        for theme in block.themes
        for group in theme.groups
        for item in group.items
    }
    june, now = ({r: rows[r]["updates"][at]["update"].strip() for r in references} for at in (0, 1))
    assert items == {
        "PC.B3.4": (june["PC.B3.4"], JUNE),
        "PC.E1.5": (now["PC.E1.5"], None),
        "CO.A1.10": (now["CO.A1.10"], None),
        "PC.F1.0": ("No update given", None),
    }


def test_a_reference_that_went_with_its_row_is_found(tracker):
    records = SupportRecords(
        (Recommendation("S1", "Statutory", "Text"),), (RecommendationLink("S1", "CO.A1.12"),)
    )
    codes = [f.code for f in appendix(tracker, records, JULY, STANDARD).findings]
    assert codes == ["recommendation-reference-unknown", "recommendation-not-mapped"]
