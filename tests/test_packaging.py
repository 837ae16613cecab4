"""What is installed is what the project says that it is."""

from __future__ import annotations

import configparser
import importlib.metadata
import importlib.resources
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import sheetplan
from tests.judges import ROOT

RUNTIME = {"click", "lxml", "openpyxl", "pandas", "XlsxWriter"}


def test_the_version_is_the_same_everywhere() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", sheetplan.__version__)
    assert _setup()["metadata"]["version"] == "attr: sheetplan.__version__"
    done = _sheetplan("--version")
    assert done.stdout == f"sheetplan {sheetplan.__version__}\n"


def test_the_installed_version_is_this_one() -> None:
    try:
        installed = importlib.metadata.version("sheetplan")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("sheetplan runs from its folder here and is not installed")
    assert installed == sheetplan.__version__


def test_the_command_and_the_module_are_one_program() -> None:
    scripts = _setup()["options.entry_points"]["console_scripts"]
    assert scripts.strip() == "sheetplan = sheetplan.cli.main:main"
    from sheetplan.cli.main import main

    assert callable(main)
    assert "roll-month" in _sheetplan("--help").stdout


def test_what_the_library_promises_is_there() -> None:
    assert all(getattr(sheetplan, name) for name in sheetplan.__all__)
    with pytest.raises(AttributeError, match="no attribute 'roll_year'"):
        sheetplan.roll_year  # noqa: B018


def test_the_profile_is_package_data() -> None:
    profile = importlib.resources.files("sheetplan") / "profiles" / "standard.toml"
    assert tomllib.loads(profile.read_text("utf-8"))["fields"]["reference"]
    assert "profiles/*.toml" in _setup()["options.package_data"]["sheetplan"]


def test_only_what_the_design_names_is_needed_to_run() -> None:
    needed = _setup()["options"]["install_requires"].split()
    assert {re.split(r"[<>=]", line)[0] for line in needed} == RUNTIME


def test_the_wheel_holds_the_whole_package_and_nothing_else(tmp_path: Path) -> None:
    setuptools = pytest.importorskip("setuptools", reason="setuptools is not installed")
    if int(setuptools.__version__.split(".")[0]) < 77:
        pytest.skip(f"setuptools {setuptools.__version__} is too old to build this project")
    tree = tmp_path / "tree"  # building leaves folders behind, so it is done elsewhere
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("sheetplan", "workbook_templates"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=ignored)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)

    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*command, "--no-index", "--wheel-dir", str(tmp_path), str(tree)],
        check=True, capture_output=True,
    )  # fmt: skip

    (wheel,) = tmp_path.glob("sheetplan-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = {
        path.relative_to(tree).as_posix()
        for path in (tree / "sheetplan").rglob("*")
        if path.suffix in (".py", ".toml", ".typed")
    }
    templates = {
        f"sheetplan/workbook_templates/{path.name}"
        for path in (tree / "workbook_templates").iterdir()
        if path.suffix in (".py", ".xlsx")
    }
    assert templates
    assert held == source | templates


def _setup() -> configparser.ConfigParser:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    return setup


def _sheetplan(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sheetplan", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
