from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import sheetplan
from sheetplan.cycle.change import ChangeResult
from sheetplan.cycle.roll_plan import RollPlan
from tests.cycle.real_collected import Collected, collect_august
from tests.judges import office_texts, sdk_errors
from tests.shapes import SHAPES, Shape


@dataclass(frozen=True)
class Rolled:
    """A shape before and after its next month was opened."""

    shape: Shape
    before: Path
    after: Path
    result: ChangeResult[RollPlan]


@pytest.fixture(scope="session")
def all_rolled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rolled]:
    """Every shape of the catalogue, rolled once into a new file."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    found = {}
    for name, shape in SHAPES.items():
        old, new = before / f"{name}{shape.suffix}", after / f"{name}{shape.suffix}"
        shape.build(old)
        found[name] = Rolled(shape, old, new, sheetplan.roll_month(old, output=new))
    return found


@pytest.fixture(params=SHAPES)
def rolled(request: pytest.FixtureRequest, all_rolled: dict[str, Rolled]) -> Rolled:
    """One shape after the other."""
    return all_rolled[request.param]


@pytest.fixture(scope="session")
def shown_by_office(all_rolled: dict[str, Rolled]) -> dict[Path, dict[str, dict[str, str]]]:
    """What LibreOffice shows of every rolled shape; one run of it opens them all."""
    return office_texts([item.after for item in all_rolled.values()])


@pytest.fixture(scope="session")
def found_by_sdk(all_rolled: dict[str, Rolled]) -> dict[Path, Future[list[str]]]:
    """What the Open XML SDK finds in every rolled shape, two at a time."""
    workers = ThreadPoolExecutor(max_workers=2)
    return {item.after: workers.submit(sdk_errors, item.after) for item in all_rolled.values()}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """The real tracker before and after the returns of August 2023 were collected."""
    return collect_august(tmp_path_factory.mktemp("real"))
