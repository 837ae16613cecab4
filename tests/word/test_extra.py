"""python-docx is an extra, and is loaded only when a document is begun."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sheetplan.documents.writing import refuse_without_python_docx
from sheetplan.errors import MissingExtraError
from tests.judges import ROOT
from tests.word.contents import empty_theme, written_summary


def test_without_python_docx_the_extra_to_install_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    for attempt in (
        refuse_without_python_docx,
        lambda: written_summary(tmp_path, empty_theme()),
    ):
        with pytest.raises(MissingExtraError) as refused:
            attempt()
        assert str(refused.value) == (
            "Word documents are written with python-docx, which is not installed. "
            'Install it with: pip install "sheetplan[word]"'
        )
        assert refused.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_with_python_docx_nothing_is_refused():
    refuse_without_python_docx()


def test_the_documents_load_python_docx_only_when_one_is_begun():
    program = (
        "import sheetplan.documents.theme_summary, sheetplan.documents.recommendations, sys; "
        "import sheetplan.documents.recommendation_progress, sheetplan.documents.plan_reading; "
        "print({'docx', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
