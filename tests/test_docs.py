"""The documentation says what is so: its sessions run, its lists are whole, its links lead on."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import sheetplan
from sheetplan import errors
from sheetplan.cli.main import sheetplan as program
from sheetplan.cycle import return_file_kinds
from sheetplan.cycle.report_kind import REPORT_KINDS
from sheetplan.model.status import StatusMeaning
from sheetplan.ooxml import archive, package
from sheetplan.settings import FIELD_NAMES, load_profile
from sheetplan.settings.reports import ReportSettings
from sheetplan.settings.returns import ReturnSettings
from sheetplan.settings.templates import TEMPLATE_NAMES
from tests.documents import DOCS, LEFT_OUT, PAGES, blocks, run_page, script
from tests.judges import ROOT

README = ROOT / "README.md"
TOLD_ELSEWHERE = ("monthly-cycle.md",)  # by test_monthly_cycle.py
SESSIONS = [
    page
    for page in PAGES
    if page.name not in TOLD_ELSEWHERE
    and any(block.language in ("console", "python", "pycon") for block in blocks(page))
]
FOLDERS = ("examples", "tests", "workbook_templates")
LINKED = [*PAGES, *(ROOT / name / "README.md" for name in FOLDERS)]

_CODE = re.compile(r"[a-z]+(-[a-z]+)+")
_NO_CODES = {"update-owner", "director-lead", "quoted-printable", "drop-down"}
"""Texts that look like a finding's code and are choices of a verb, or words of mail or Excel."""
_ONE_WORD = {"damaged", "unsafe", "unreadable"}
"""Codes of files that are rejected, of a single word each."""
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_TWO_SENTENCES = re.compile(r"[a-z`)][.!?] [A-Z]")


# ---------------------------------------------------------------- what is shown is what happens


@pytest.mark.parametrize("page", SESSIONS, ids=lambda page: page.name)
def test_a_page_shows_what_happens(page: Path, tmp_path: Path) -> None:
    assert run_page(page, tmp_path) > 0


def test_a_session_that_shows_something_else_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ sheetplan --version\nsheetplan … 9.9.9\n```\n", "utf-8")
    with pytest.raises(AssertionError, match=r"9\.9\.9' is not in what was printed"):
        run_page(page, tmp_path)


def test_the_readme_has_two_commands_of_one_line_each() -> None:
    first, second = _readme_commands()
    for line in (first, second):
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
        assert len(line.splitlines()) == 1
    assert "sheetplan roll-month" in first
    assert second.endswith("python -m pytest")


def test_ci_runs_exactly_the_second_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    done = subprocess.run(
        ["bash", str(script), "--show-test-line"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == _readme_commands()[1]
    assert "-m pytest" not in script.read_text("utf-8").replace(_pattern_in(script), "")


# ---------------------------------------------------------------- what is listed is whole


def test_the_page_of_commands_is_what_help_says() -> None:
    page = DOCS / "commands.md"
    # Words only: where click breaks its lines is its own affair.
    written = script(DOCS / "generate_commands.py").page()
    assert page.read_text("utf-8").split() == written.split(), "run docs/generate_commands.py"


def test_every_command_and_option_is_on_the_page_of_commands() -> None:
    page = (DOCS / "commands.md").read_text("utf-8")
    for name, command in program.commands.items():
        assert f"## sheetplan {name}\n" in page
        for option in command.params:
            assert all(spelling in page for spelling in option.opts if spelling.startswith("-"))


def test_every_error_is_described() -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    names = [name for name, kind in vars(errors).items() if inspect.isclass(kind) and
             issubclass(kind, errors.SheetplanError)]  # fmt: skip
    assert [name for name in names if f"`{name}`" not in page and name != "SheetplanError"] == []


def test_every_finding_and_reason_to_reject_a_file_is_described_and_no_other() -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    severities = "error|warning|note|rejected"
    described = set(re.findall(rf"^\| `([a-z-]+)` \| (?:{severities})", page, re.MULTILINE))
    codes = _codes_of_findings()
    assert len(codes) >= 5
    assert described == codes


def test_every_function_is_described() -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    names = [name for name in sheetplan.__all__ if name[0].islower()]
    assert [name for name in names if f"`sheetplan.{name}`" not in page] == []


def test_every_setting_is_described() -> None:
    page = (DOCS / "tracker-layout.md").read_text("utf-8")
    meanings = [meaning.words.replace(" ", "_") for meaning in StatusMeaning]
    sections = (*fields(ReportSettings), *fields(ReturnSettings))
    settings = [field.name for field in sections if field.name != "phrases"]
    names = (*FIELD_NAMES, *meanings, *settings, *TEMPLATE_NAMES)
    assert [name for name in names if f"`{name}`" not in page] == []


def test_the_limits_are_those_of_the_program() -> None:
    page = (DOCS / "the-promise.md").read_text("utf-8")
    megabyte = 1024**2
    for row in (
        f"| The file | {package._MOST_BYTES_IN_A_FILE // megabyte} MB |",
        f"| One part, unpacked | {archive.MOST_BYTES_IN_A_MEMBER // megabyte} MB |",
        f"| All parts, unpacked | {archive.MOST_BYTES_IN_ALL // 1024**3} GB |",
        f"| Number of parts | {archive.MOST_MEMBERS:,} |",
        f"| A part of more than {archive.SMALL_MEMBER // megabyte} MB | "
        f"At most {archive.MOST_COMPRESSION} times its packed size |",
    ):
        assert row in page


def test_the_colours_are_those_of_the_profile() -> None:
    page = (DOCS / "accessibility.md").read_text("utf-8")
    for rag, colours in load_profile("standard").palette.items():
        row = rf"^\| {rag.word}\b.* \| {colours.fill} \| .* \| {colours.contrast:.2f} to 1 \|$"
        assert re.search(row, page, re.MULTILINE), rag.word


def test_known_issues_are_headed_by_words_that_the_program_says() -> None:
    said = [text for text in map(_text, _constants()) if text]
    page = (DOCS / "known-issues.md").read_text("utf-8")
    ours = page[page.index("## What sheetplan says of a file") :]
    headings = re.findall(r"^### (.+)$", ours, re.MULTILINE)
    assert len(headings) > 20
    unsaid = [heading for heading in headings if not any(heading in text for text in said)]
    assert unsaid == []


# ---------------------------------------------------------------- form


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in {_anchor(h) for h in _HEADING.findall(file.read_text("utf-8"))}


def test_the_index_leads_to_every_page() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    pages = [page.name for page in DOCS.glob("*.md") if page.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_line_has_one_sentence(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for line in text.splitlines() if line and line[0] not in "#|!1234567890"]
    assert [line for line in lines if _TWO_SENTENCES.search(line)] == []


# ---------------------------------------------------------------- help


def _readme_commands() -> list[str]:
    (first,), (second,) = (
        block.text.splitlines() for block in blocks(README) if block.language == "sh"
    )
    return [first, second]


def _pattern_in(script: Path) -> str:
    """The line of the script that finds the README's command, and so has words of it."""
    return next(line for line in script.read_text("utf-8").splitlines() if "README.md" in line)


def _codes_of_findings() -> set[str]:
    """Every text with the form of a code, "date-unreadable", in the layers that find things.

    A code may be handed on from function to function, so where it stands tells nothing.
    """
    layers = ("model", "importing", "documents", "reports", "returns", "changes", "sheets", "cycle")
    texts = {_text(node) for layer in layers for node in _constants(layer)}
    no_codes = {
        *(report.mark for report in REPORT_KINDS),
        *_NO_CODES,
        *return_file_kinds._OTHER_KINDS,
    }
    return {
        *(text for text in texts - no_codes if _CODE.fullmatch(text)),
        *(f"is-{kind}" for kind in return_file_kinds._OTHER_KINDS),
        *_ONE_WORD,
    }


def _constants(layer: str = "") -> Iterator[ast.AST]:
    kinds = (ast.Constant, ast.JoinedStr)
    for path in (ROOT / "sheetplan" / layer).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, kinds))


def _text(node: ast.AST) -> str:
    """A string in the program, with … for what is put into it."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return LEFT_OUT


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
