"""`sheetplan new`: what it takes, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import workbook_from_text
from tests.cli.running import run, unharmed
from tests.judges import openpyxl_values

REGISTER = """
    | Reviewer  | Theme   | Ref | Recommendation | Response | Monitored |
    | Peer team | Finance | R1  | Agree a budget | Yes      |           |
    | Peer team | Finance | R2  | Say thank you  | Yes      | no        |
"""


def test_it_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    outcome = run("new", path, "--themes", "Finance, People and culture", "--month", "2026-08")
    assert (outcome.status, outcome.err) == (0, "")
    assert "plan.xlsx: a new tracker from August 2026" in outcome.out
    assert "People and culture  PC       1  PC.A1.0" in outcome.out
    assert "Open it in Excel" in outcome.out
    assert f"Then: sheetplan inspect {path}" in outcome.out
    assert openpyxl_values(path)["People and culture"]["B5"] == "PC.A1.0"


def test_with_semicolons_a_theme_may_have_commas(tmp_path: Path) -> None:
    data = run(
        "new", tmp_path / "plan.xlsx", "--themes", "Homes, streets; Finance", "--json", "-n"
    ).data
    assert [theme["theme"] for theme in data["themes"]] == ["Homes, streets", "Finance"]


def test_a_rehearsal_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    with unharmed(tmp_path):
        outcome = run("new", tmp_path / "plan.xlsx", "--themes", "Finance", "--dry-run")
    assert outcome.status == 0
    assert "Finance  FI" in outcome.out
    assert outcome.out.endswith("Run it again without --dry-run to do this.\n")


def test_a_register_is_counted_and_what_is_left_out_is_named(tmp_path: Path) -> None:
    register = workbook_from_text(tmp_path / "register.xlsx", {"Register": REGISTER})
    words = ("--themes", "Finance", "--from-register", register, "--protect")
    outcome = run("new", tmp_path / "plan.xlsx", *words)
    assert "; protected without a password" in outcome.out
    assert "1 recommendation became main actions." not in outcome.out
    assert "1 recommendation became a main action." in outcome.out
    assert "not monitored through the plan: R2." in outcome.printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "no theme was named. Name them with commas between"),
        (["--themes", "Finance,,People"], "a theme has no name."),
        (["--themes", "Finance,Finance"], 'the theme "Finance" is named twice.'),
        (["--themes", "Finance", "--month", "Augst"], '"Augst" is not a month.'),
    ],
)
def test_what_is_typed_wrongly_is_wrong_usage(
    words: list[str], message: str, tmp_path: Path
) -> None:
    outcome = run("new", tmp_path / "plan.xlsx", *words)
    assert outcome.status == 2
    assert message in outcome.said
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"precious")
    with unharmed(tmp_path):
        outcome = run("new", tmp_path / "plan.xlsx", "--themes", "Finance")
    assert outcome.status == 3
    assert "there is a file of this name already" in outcome.said
