"""The architecture's own statement: who may import whom. Arrows point down only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.judges import ROOT

PACKAGE = ROOT / "sheetplan"

# Each layer, from the top: the layers that it may import, and the libraries.
MAY_IMPORT = {
    "__main__": {"cli"},
    "cli": {"cycle", "model", "errors", "sheetplan", "click"},
    "cycle": {
        "checks",
        "changes",
        "documents",
        "importing",
        "reports",
        "returns",
        "sheets",
        "ooxml",
        "model",
        "settings",
        "disk",
        "errors",
    },
    "checks": {"reports", "returns", "model", "settings", "errors"},
    "changes": {"reports", "model", "settings", "errors"},
    "documents": {"reports", "model", "settings", "disk", "errors", "docx"},
    "importing": {"model", "settings", "errors"},
    "reports": {"model", "settings", "errors"},
    "returns": {"model", "settings", "errors"},
    "sheets": {"ooxml", "model", "settings", "errors"},
    "ooxml": {"disk", "errors", "lxml", "openpyxl"},
    "settings": {"model", "errors"},
    "model": set(),
    "disk": {"errors"},
    "errors": set(),
    "sheetplan": set(),  # the front door: it imports a verb when somebody asks for it
}


class Import(NamedTuple):
    """An import of a module: where it stands, what it names, and when it happens."""

    importer: str
    line: int
    imported: str
    when: str  # "loading", "typing" or "running"


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    wrong = {
        f"{found.importer}, line {found.line}: {found.imported}"
        for found in imports()
        if _layer(found.importer) == layer
        and found.when != "typing"
        and (target := _layer(found.imported)) not in MAY_IMPORT[layer] | {layer}
        and target not in sys.stdlib_module_names
    }
    assert not wrong


def test_every_layer_is_in_the_table() -> None:
    assert {_layer(module) for module in modules()} == set(MAY_IMPORT)


def test_no_import_of_ours_hides_in_a_function() -> None:
    hidden = [
        f"{found.importer}, line {found.line}: {found.imported}"
        for found in imports()
        if found.when == "running" and found.imported.split(".")[0] == "sheetplan"
    ]
    assert not hidden


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for found in imports():
        if found.when == "loading" and found.imported in graph:
            graph[found.importer] |= {found.imported, *_packages_loaded_with(found)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_help_loads_no_heavy_library() -> None:
    assert not _loaded_by("--help") & {"lxml", "openpyxl", "pandas", "numpy", "xlsxwriter", "docx"}


def test_rolling_loads_no_pandas(example_path: Path) -> None:
    loaded = _loaded_by("roll-month", str(example_path))
    # openpyxl itself loads numpy where it is there
    assert not loaded & {"pandas", "xlsxwriter", "docx"}
    assert "lxml" in loaded


@cache
def modules() -> dict[str, Path]:
    """The package's modules by their dotted names."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports() -> tuple[Import, ...]:
    """All imports in the package."""
    return tuple(
        Import(module, line, imported, when)
        for module, path in modules().items()
        for line, imported, when in _imports_in(ast.parse(path.read_text("utf-8")), "loading")
    )


def _imports_in(node: ast.AST, when: str) -> Iterator[tuple[int, str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((child.lineno, alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: imports say the whole name"
            for alias in child.names:
                whole = f"{child.module}.{alias.name}"
                yield child.lineno, whole if whole in modules() else str(child.module), when
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _imports_in(ast.Module(child.body, []), "typing")
            yield from _imports_in(ast.Module(child.orelse, []), when)
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _imports_in(child, "running")
        else:
            yield from _imports_in(child, when)


def _layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "sheetplan" and len(parts) > 1 else parts[0]


def _packages_loaded_with(found: Import) -> set[str]:
    """The packages that Python loads on the way to a module, but for those of the importer."""
    parts = found.imported.split(".")
    ways = {".".join(parts[:length]) for length in range(1, len(parts))}
    return {way for way in ways if not f"{found.importer}.".startswith(f"{way}.")}


def _loaded_by(*words: str) -> set[str]:
    program = (
        "import sys\nfrom sheetplan.cli.main import sheetplan\n"
        "try:\n    sheetplan(sys.argv[1:], prog_name='sheetplan')\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stderr.split()}
