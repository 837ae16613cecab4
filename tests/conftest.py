from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from tests.judges import ROOT, office, shared_folder, validator

# The same examples in every run, so that a run that fails can be run again.
settings.register_profile("sheetplan", derandomize=True, deadline=None)
settings.load_profile("sheetplan")

# Judges are started from several threads at once, which some sandboxed kernels do not bear with
# vfork ("Bad address"); Python's manual names this switch for that.
subprocess._USE_VFORK = False

_NEEDED = {
    "shared": (shared_folder, "the reference workbooks are not here (SHEETPLAN_SHARED)"),
    "office": (office, "LibreOffice (soffice) is not on this machine"),
    "validator": (validator, "ooxml-validator is not on this machine (SHEETPLAN_VALIDATOR)"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need what is not here, and say what it is."""
    for item in items:
        for marker, (find, reason) in _NEEDED.items():
            if item.get_closest_marker(marker) and find() is None:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def example_path(tmp_path: Path) -> Path:
    """A copy of the example workbook, to be changed."""
    return Path(shutil.copy(ROOT / "examples" / "improvement_plan.xlsx", tmp_path))


@pytest.fixture
def shared() -> Path:
    """The folder of reference workbooks; for tests that are marked `shared`."""
    folder = shared_folder()
    assert folder is not None, "mark the test with pytest.mark.shared"
    return folder
