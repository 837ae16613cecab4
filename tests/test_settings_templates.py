"""The section [templates] of sheetplan.toml."""

from pathlib import Path

import pytest

from sheetplan.errors import SettingsError
from sheetplan.settings import load_profile


@pytest.fixture
def settings_file(tmp_path):
    """Write the lines of [templates] into a sheetplan.toml, and return its path."""

    def write(lines: str) -> Path:
        path = tmp_path / "sheetplan.toml"
        path.write_text(f'profile = "standard"\n[templates]\n{lines}\n', encoding="utf-8")
        return path

    return write


def test_the_standard_profile_has_no_templates_of_its_own():
    assert dict(load_profile("standard").templates) == {}


def test_a_path_starts_from_the_folder_of_the_settings_file(settings_file, tmp_path):
    path = settings_file('exception_summary = "templates/our_summary.xlsx"')
    assert load_profile(path).templates == {
        "exception_summary": tmp_path / "templates" / "our_summary.xlsx"
    }


def test_a_whole_path_is_taken_as_it_is(settings_file, tmp_path):
    elsewhere = (tmp_path / "elsewhere" / "appendix.XLSX").as_posix()
    settings = load_profile(settings_file(f'statutory_appendix = "{elsewhere}"'))
    assert settings.templates["statutory_appendix"] == Path(elsewhere)


def test_a_template_that_sheetplan_does_not_have_is_refused(settings_file):
    with pytest.raises(SettingsError) as caught:
        load_profile(settings_file('exception_sumary = "ours.xlsx"'))
    assert str(caught.value).startswith(
        'sheetplan.toml: [templates] "exception_sumary" means nothing here. Did you mean '
        '"exception_summary"? Accepted: exception_summary, statutory_appendix'
    )


@pytest.mark.parametrize("value", ["3", '"ours.xlsm"', '"ours"', '["ours.xlsx"]'])
def test_what_is_no_path_of_a_workbook_without_macros_is_refused(settings_file, value):
    with pytest.raises(SettingsError) as caught:
        load_profile(settings_file(f"exception_summary = {value}"))
    assert "is not the path of a workbook without macros." in str(caught.value)
    assert 'exception_summary = "templates/our_exception_summary.xlsx"' in str(caught.value)
