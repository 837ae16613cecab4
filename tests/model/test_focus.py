import pytest

from sheetplan.model import Focus


@pytest.mark.parametrize(
    ("value", "focus"),
    [
        ("Focus 1", Focus.IN_FULL),
        ("FOCUS-1 ", Focus.IN_FULL),
        ("focus1", Focus.IN_FULL),
        (1.0, Focus.IN_FULL),
        ("1", Focus.IN_FULL),
        ("Focus 2", Focus.BY_EXCEPTION),
        (2, Focus.BY_EXCEPTION),
        ("Focus 11", None),
        (1.5, None),
        ("N/A", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_focus_is_read_by_its_words_and_nothing_else_is_a_focus(value, focus):
    found = Focus.read(value, in_full=("Focus 1", "1"), by_exception=("Focus 2", "2"))
    assert found is focus


def test_without_words_nothing_is_a_focus():
    assert Focus.read("", in_full=(), by_exception=("",)) is None
