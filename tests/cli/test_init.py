"""`sheetplan init`: a settings file to edit."""

from __future__ import annotations

from sheetplan.settings import settings_text
from tests.cli.running import TRACKER, names_in, run, tracker_in, unharmed


def test_init_says_what_it_wrote_and_what_to_do_next(tmp_path):
    path = tracker_in(tmp_path / "our plans", text=TRACKER.replace("Complete", "Parked"))
    before = path.read_bytes()
    outcome = run("init", path)
    assert (outcome.status, outcome.err) == (0, "")
    assert "sheetplan.toml written beside plan.xlsx" in outcome.out
    assert "1 thing in the tracker not understood so far; listed at the end" in outcome.out
    assert outcome.out.endswith(f'  Then: sheetplan inspect "{path}"\n')
    assert path.read_bytes() == before
    assert names_in(path.parent) == ["plan.xlsx", "sheetplan.toml"]


def test_where_all_is_understood_nothing_is_said_of_it(tmp_path):
    assert "not understood" not in run("init", tracker_in(tmp_path)).out


def test_a_second_init_writes_nothing(tmp_path):
    path = tracker_in(tmp_path)
    run("init", path)
    with unharmed(tmp_path):
        outcome = run("init", path)
    assert outcome.status == 3
    assert "sheetplan.toml: there is a settings file already; it was left as it is" in outcome.said
    assert "Edit it, or rename it" in outcome.said


def test_a_rehearsal_prints_the_file(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = run("init", path, "-n")
    assert outcome.out == settings_text()


def test_json_names_the_file_and_what_was_not_understood(tmp_path):
    path = tracker_in(tmp_path, text=TRACKER.replace("Complete", "Parked"))
    data = run("init", path, "--json").data
    assert data["settings_file"] == str(tmp_path / "sheetplan.toml")
    assert data["dry_run"] is False
    assert [text.partition(":")[0] for text in data["not_understood"]] == ["Theme 1!E3 (OC.A1.2)"]


def test_all_verbs_use_the_file_that_init_wrote(tmp_path):
    path = tracker_in(tmp_path / "plans" / "2023", text=TRACKER.replace("N/A", "Parked"))
    assert run("inspect", path).status == 1
    run("init", path)
    written = path.with_name("sheetplan.toml")
    text = written.read_text(encoding="utf-8").replace('["N/A", ', '["N/A", "Parked", ')
    written.unlink()
    (tmp_path / "sheetplan.toml").write_text(text, encoding="utf-8")  # in a folder above
    outcome = run("inspect", path)
    assert outcome.status == 0
    assert "words of sheetplan.toml Tracker" in outcome.printed
    assert '1 "Parked"; all other cells are empty' in run("roll-month", path, "-n").printed


def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path):
    path = tracker_in(tmp_path)
    run("init", path)
    written = path.with_name("sheetplan.toml")
    lines = written.read_text(encoding="utf-8").splitlines()
    at = next(
        n for n, line in enumerate(lines, 1) if line.startswith("banner") or "[banner]" in line
    )
    lines[at] = "words = [“due”]"
    written.write_text("\n".join(lines), encoding="utf-8")
    with unharmed(tmp_path):
        outcome = run("roll-month", path)
    assert outcome.status == 3
    assert outcome.said.startswith(f"sheetplan: sheetplan.toml: line {at + 1}: ")
    assert "It has curly quotes; use the straight ones" in outcome.said
