"""Every shape of the catalogue in tests/shapes, summarised twice and then read by others."""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.month import Month
from tests.cycle.reporting import SUMMARY
from tests.judges import (
    calamine_values,
    diff,
    office_texts,
    openpyxl_values,
    sdk_errors,
    valid,
)
from tests.shapes import SHAPES


@dataclass(frozen=True)
class Summarised:
    """A shape before its summary, and after it was made twice."""

    before: Path
    after: Path
    month: Month
    placed: str


@pytest.fixture(scope="module")
def all_summarised(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Summarised]:
    folder = tmp_path_factory.mktemp("summarised")
    found = {}
    for name, shape in SHAPES.items():
        before, after = folder / f"{name} before{shape.suffix}", folder / f"{name}{shape.suffix}"
        shape.build(before)
        shutil.copy(before, after)
        sheetplan.summarise(after)
        plan = sheetplan.plan_summarise(after)
        plan.apply()
        found[name] = Summarised(before, after, plan.month, plan.placement.words)
    return found


@pytest.fixture(params=SHAPES)
def summarised(request: pytest.FixtureRequest, all_summarised: dict[str, Summarised]) -> Summarised:
    """One shape after the other."""
    return all_summarised[request.param]


def test_the_second_summary_takes_the_place_of_the_first(summarised: Summarised) -> None:
    assert summarised.placed == f"{SUMMARY}, in its place"


@pytest.mark.shared
def test_nothing_is_lost_or_changed(summarised: Summarised) -> None:
    assert diff(summarised.before, summarised.after).harm == []


@pytest.mark.shared
def test_every_rule_that_excel_holds_a_workbook_to_is_kept(summarised: Summarised) -> None:
    assert valid(summarised.before, summarised.after) == []


def test_openpyxl_and_calamine_read_the_same_and_all_that_was_there(summarised: Summarised) -> None:
    written = calamine_values(summarised.after)
    assert written[SUMMARY] == openpyxl_values(summarised.after, formulas=True)[SUMMARY]
    assert str(written[SUMMARY]["A1"]).endswith(f"exception summary, {summarised.month}")
    before = calamine_values(summarised.before)
    assert {name: written[name] for name in before} == before


@pytest.fixture(scope="module")
def found_by_sdk(all_summarised: dict[str, Summarised]) -> dict[Path, Future[list[str]]]:
    workers = ThreadPoolExecutor(max_workers=2)
    return {s.after: workers.submit(sdk_errors, s.after) for s in all_summarised.values()}


@pytest.mark.validator
def test_the_open_xml_sdk_finds_nothing_that_it_did_not_find_before(
    summarised: Summarised, found_by_sdk: dict[Path, Future[list[str]]]
) -> None:
    found = found_by_sdk[summarised.after].result()
    assert not found or set(found) <= set(sdk_errors(summarised.before))


@pytest.mark.office
def test_libreoffice_shows_every_summary(all_summarised: dict[str, Summarised]) -> None:
    shown = office_texts([item.after for item in all_summarised.values()])
    for name, item in all_summarised.items():
        texts = shown[item.after].get(SUMMARY, {})
        assert texts.get("A1", "").endswith(f"exception summary, {item.month}"), name
