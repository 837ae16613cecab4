"""What all verbs share: help, exit status, JSON, colours, widths and encodings."""

from __future__ import annotations

import inspect as introspection
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sheetplan
from sheetplan.cli.main import sheetplan as verbs
from tests.builders import workbook_from_text
from tests.cli.running import (
    TRACKER,
    Outcome,
    environment,
    run,
    start,
    start_code,
    tracker_in,
    unharmed,
)
from tests.judges import openpyxl_values

VERBS = [
    "inspect",
    "init",
    "new",
    "import",
    "prepare",
    "roll-month",
    "send-returns",
    "collect-returns",
    "status",
    "change-control",
    "check",
    "history",
    "summarise",
    "appendix",
    "recommendations",
    "compare",
    "colour",
    "accessibility",
    "undo",
]
READ_ONLY = ("inspect", "status", "accessibility")
PRINTING = {"as_json", "summary", "list_rules"}
"""What a command is told about how it prints, which its function is not."""
OWNED = """
    | Ref     | Action       | Update owner | Status (July 2023) | Update (July 2023) |
    | OC.A1.1 | Fix the roof | Head of HR   | On track           |                    |
"""
COMMENTARY = """
    | No. | Improvement aim | Required action | Lead / RAG status     |
    | 1.1 | Better roads    | Mend them       | Begun. (July Update)  |
"""


def function_of(verb: str) -> str:
    """The function that does what a command does; "import" is a word of Python's own."""
    return "import_plan" if verb == "import" else verb.replace("-", "_")


def beside_the_tracker(verb: str, folder: Path) -> list[str]:
    """What a verb has to be told beside the tracker."""
    told = {"collect-returns": ["--resolve"], "send-returns": ["--to", str(folder / "returns")]}
    told["history"] = [str(tracker_in(folder / "older"))]
    told["check"] = ["--into-tracker"]
    told["new"] = ["--themes", "Finance, People"]
    told["import"] = ["--output", str(folder / "imported.xlsx")]
    told["compare"] = [str(tracker_in(folder / "newer"))]
    return told.get(verb, [])


HEAVY = {"pandas", "openpyxl", "xlsxwriter", "lxml"}


def _imported(outcome: Outcome) -> set[str]:
    """The packages that `-X importtime` says were imported."""
    return {line.split("|")[-1].strip().partition(".")[0] for line in outcome.err.splitlines()}


def test_help_imports_no_heavy_library():
    outcome = start("--help", options=("-X", "importtime"))
    assert outcome.status == 0
    assert "click" in _imported(outcome)
    assert not HEAVY & _imported(outcome)


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_imports_no_heavy_library(verb):
    code = "import sys; from sheetplan.cli.main import sheetplan as verbs\n"
    code += "try: verbs.main([sys.argv[1], '--help'])\n"
    code += f"finally: print(sorted({HEAVY!r} & set(sys.modules)))"
    outcome = start_code(code, verb)
    assert outcome.out.splitlines()[-1] == "[]"


def test_rolling_a_month_imports_neither_pandas_nor_xlsxwriter(tmp_path):
    outcome = start("roll-month", tracker_in(tmp_path), options=("-X", "importtime"))
    assert outcome.status == 0
    assert "lxml" in _imported(outcome)
    assert not {"pandas", "xlsxwriter"} & _imported(outcome)


def test_help_lists_the_verbs_in_the_order_of_a_months_work():
    lines = run("--help").out.split("Commands:")[1].splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")][: len(VERBS)] == VERBS
    assert not any(line.endswith("...") for line in lines), "click cut a description off"


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_verb_ends_with_an_example(verb):
    text = run(verb, "--help").out
    file = "plan.docx" if verb == "import" else "improvement_plan.xlsx"
    assert f"    sheetplan {verb} {file}" in text
    assert "--json" in text


def test_each_command_has_a_function_of_the_same_name_and_the_other_way_round():
    functions = {
        name
        for name in sheetplan.__all__
        if introspection.isfunction(getattr(sheetplan, name)) and not name.startswith("plan_")
    }
    functions.remove("check_rules")  # which `check --rules` prints
    assert {function_of(name) for name in verbs.commands} == functions


@pytest.mark.parametrize("verb", VERBS)
def test_a_command_and_its_function_take_the_same_choices(verb):
    name = function_of(verb)
    of_function = set(introspection.signature(getattr(sheetplan, name)).parameters)
    if {f"plan_{name}", f"plan_{verb}"} & set(sheetplan.__all__):
        of_function.add("dry_run")  # its plan is a function of its own
    of_command = {parameter.name for parameter in verbs.commands[verb].params}
    assert of_command - PRINTING == of_function


def test_the_version_is_the_packages():
    assert start("--version").out == f"sheetplan {sheetplan.__version__}\n"


def test_a_name_that_the_package_does_not_have_is_no_import_but_an_error():
    with pytest.raises(AttributeError, match="no attribute 'rol_month'"):
        _ = sheetplan.rol_month


@pytest.mark.parametrize(
    "words", [["rol-month", "x"], ["roll-month"], ["undo", "x", "y"], ["inspect", "--nothing", "x"]]
)
def test_wrong_usage_is_exit_status_2_with_the_way_to_help(words):
    outcome = run(*words)
    assert outcome.status == 2
    assert outcome.out == ""
    assert "help' for help." in outcome.err or "-h' for help." in outcome.err


@pytest.mark.parametrize("verb", VERBS)
def test_an_error_with_json_is_one_object_on_standard_output_and_words_on_the_other(verb, tmp_path):
    beside = beside_the_tracker(verb, tmp_path)
    path = tracker_in(tmp_path) if verb == "new" else tmp_path / "gone.xlsx"
    outcome = run(verb, path, "--json", *beside)
    assert outcome.status == 3
    assert set(outcome.data) == {"error", "message"}
    of_its_own = {"undo": "BackupError", "new": "CannotWriteError"}
    assert outcome.data["error"] == of_its_own.get(verb, "NotAWorkbookError")
    assert outcome.said == f"sheetplan: {outcome.data['message']} Nothing was written."


def test_an_error_without_json_prints_nothing_on_standard_output(tmp_path):
    assert run("inspect", tmp_path / "gone.xlsx").out == ""


def _ready_for(verb: str, folder: Path) -> Path:
    """A tracker with which a verb has something to do, or the place for a new one."""
    if verb == "new":
        return folder / "plan.xlsx"
    if verb == "import":
        return workbook_from_text(folder / "plan.xlsx", {"Streets": COMMENTARY})
    sheets = {
        "Theme 1": OWNED if verb == "send-returns" else TRACKER,
        "Recommendations": "| Code | Recommendation |\n| S1 | Do better |",
        "Recommendation map": "| Code | Answered by |\n| S1 | Theme 1 |",
    }
    path = workbook_from_text(folder / "plan.xlsx", sheets)
    if verb == "undo":
        run("roll-month", path)
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_json_is_one_object_and_nothing_else(verb, tmp_path):
    path = _ready_for(verb, tmp_path)
    # A tracker is no publication, nothing says whom returns go back to, and it has no due dates.
    usual = 1 if verb in ("accessibility", "history", "send-returns", "status") else 0
    beside = beside_the_tracker(verb, tmp_path)
    for words in [[]] if verb in READ_ONLY else [["--dry-run"], []]:
        outcome = start(verb, path, "--json", *beside, *words)
        assert (outcome.status, outcome.err) == (usual, "")
        assert outcome.data.get("dry_run", False) is bool(words)


def test_the_keys_of_a_rehearsal_are_those_of_the_performance(tmp_path):
    path = tracker_in(tmp_path)
    for verb in ("colour", "roll-month", "undo", "init"):
        shown, done = run(verb, path, "--json", "-n").data, run(verb, path, "--json").data
        assert list(shown) == list(done), verb
        assert shown.get("output") == done.get("output")
        assert shown.get("backup") == done.get("backup")


@pytest.mark.parametrize("verb", VERBS)
def test_a_rehearsal_writes_nothing(verb, tmp_path):
    path = _ready_for(verb, tmp_path)
    words = [*beside_the_tracker(verb, tmp_path), *([] if verb in READ_ONLY else ["--dry-run"])]
    with unharmed(tmp_path):
        assert run(verb, path, *words).status in (0, 1)


# ---------------------------------------------------------------- consoles


def _on_a_terminal(*words: object, **env: str) -> str:
    pty = pytest.importorskip("pty", reason="needs a terminal, which this system cannot make")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sheetplan", *map(str, words)]
    with subprocess.Popen(
        command,
        stdout=theirs,
        stderr=theirs,
        stdin=theirs,
        env=environment({"TERM": "xterm"} | env),
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not piece:
                break
            shown += piece
        process.wait(timeout=60)
    os.close(ours)
    return shown.decode()


def test_a_terminal_gets_bold_headings(tmp_path):
    assert "\x1b[1m" in _on_a_terminal("inspect", tracker_in(tmp_path))


def test_a_terminal_with_no_color_gets_plain_text(tmp_path):
    shown = _on_a_terminal("inspect", tracker_in(tmp_path), NO_COLOR="1")
    assert "Tracker sheets" in shown
    assert "\x1b" not in shown


def test_a_pipe_gets_plain_text(tmp_path):
    assert "\x1b" not in start("inspect", tracker_in(tmp_path)).out


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_of_few_letters_is_no_reason_to_stop(encoding, tmp_path):
    text = TRACKER.replace("Late [CD]", "→ ✓ 日本").replace("Medium progress", "Żółty → ✓")
    path = tracker_in(tmp_path / "Żółć", text=text)
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    outcome = start("inspect", path, env=env)
    assert outcome.status == 1
    assert '"Żółty → ✓"' in outcome.out
    assert start("inspect", path.with_name("日本.xlsx"), env=env).status == 3


@pytest.mark.parametrize("columns", [100, 80, 60])
@pytest.mark.parametrize("verb", ["inspect", "roll-month", "colour"])
def test_no_line_is_wider_than_the_terminal(verb, columns, example_path):
    words = [] if verb == "inspect" else ["--dry-run"]
    outcome = run(verb, example_path, *words, columns=columns)
    to_paste = ("Next: ", "Nothing was written. ")
    lines = [line for line in outcome.out.splitlines() if not line.startswith(to_paste)]
    assert max(map(len, lines)) <= columns


def test_an_error_wraps_between_words(tmp_path):
    outcome = run("roll-month", tracker_in(tmp_path), "--month", "2023-07", columns=40)
    assert max(map(len, outcome.err.splitlines())) <= 40
    assert "plan.xlsx: July 2023 is there already on every tracker sheet." in outcome.said


def test_a_reader_that_wants_no_more_is_no_error(tmp_path):
    command = [sys.executable, "-m", "sheetplan", "inspect", str(tracker_in(tmp_path))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


# ---------------------------------------------------------------- paths and faults


def test_the_folders_of_a_council_are_no_obstacle(tmp_path):
    folder = tmp_path / "OneDrive - Wexcombe Borough Council" / "Café plans & 'notes'"
    path = tracker_in(folder, "Improvement Plan 2023–24 (v1.2) #final.xlsx")
    assert start("inspect", path).status == 0
    assert start("init", path).status == 0
    assert start("colour", path).status == 0
    rolled = start("roll-month", path)
    assert rolled.status == 0
    assert rolled.out.endswith(f'To take it back: sheetplan undo "{path}"\n')
    assert openpyxl_values(path)["Theme 1"]["G1"] == "Status (August 2023)"
    assert start("undo", path).status == 0
    assert "G1" not in openpyxl_values(path)["Theme 1"]


def test_a_tracker_is_found_from_any_folder(tmp_path, monkeypatch):
    tracker_in(tmp_path / "plans")
    monkeypatch.chdir(tmp_path / "plans")
    assert run("roll-month", "plan.xlsx").status == 0
    assert run("undo", "./plan.xlsx").status == 0
    monkeypatch.chdir(tmp_path)
    assert run("roll-month", "plans/../plans/plan.xlsx").status == 0


_FAULT = """
import os, sys
from sheetplan.cli.main import main
def broken(*_):
    raise RuntimeError("the unforeseen")
os.replace = broken
main()
"""


def test_a_fault_of_sheetplans_own_is_said_without_a_traceback(tmp_path):
    path = tracker_in(tmp_path)
    with unharmed(tmp_path):
        outcome = start_code(_FAULT, "roll-month", path, "-o", tmp_path / "new.xlsx", "--json")
    assert outcome.status == 3
    assert "RuntimeError: the unforeseen, saving.py line" in outcome.said
    assert "Please report it" in outcome.said
    assert "Traceback" not in outcome.err
    assert json.loads(outcome.out)["error"] == "RuntimeError"


def test_sheets_with_quotes_and_ampersands_print_as_they_are(tmp_path):
    name = "Residents' & <others>"
    path = workbook_from_text(tmp_path / "plan.xlsx", {name: TRACKER})
    assert name in run("inspect", path).out
    assert name in run("roll-month", path).out
