import pytest

from sheetplan.model import Action, DateWords, PlanDate, Severity
from sheetplan.model.action import Columns
from sheetplan.model.date_findings import date_findings


def action(**typed):
    """An action in row 7 of the sheet Theme 1, with these dates."""
    dates = {name: PlanDate.read(text, DateWords()) for name, text in typed.items()}
    columns = Columns({"start_date": "J", "due_date": "K"}, {})
    return Action("OC.A1.1", None, "Theme 1", 7, {}, {}, dates, columns)


def test_a_date_that_was_read_as_something_else_is_noted_with_its_cell():
    (found,) = date_findings(action(start_date="Mar-23", due_date="Ocr 23"))
    assert (found.code, found.severity) == ("date-mended", Severity.NOTE)
    assert str(found) == (
        'Theme 1!K7 (OC.A1.1): due date "Ocr 23" was read as October 2023. Correct it if that is '
        "wrong."
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", 'start date "soon" cannot be read as a date. Type it as 31 July 2023, Jul-23,'),
        ("June", 'start date "June" does not say of which year. Type it as Jul-23 or July 2023.'),
        ("31/02/2026", 'start date "31/02/2026" cannot be read as a date.'),
        ("x" * 500, f'start date "{"x" * 59}…" cannot be read'),
    ],
)
def test_a_date_that_cannot_be_read_is_warned_of(typed, said):
    (found,) = date_findings(action(start_date=typed))
    assert (found.code, found.severity, found.cell) == ("date-unreadable", Severity.WARNING, "J7")
    assert found.message.startswith(said)


@pytest.mark.parametrize("typed", ["Mar-23", "TBC", "Ongoing", "quarterly", "N/A", "2024/25"])
def test_a_date_that_is_understood_is_not_mentioned(typed):
    assert list(date_findings(action(due_date=typed))) == []


def test_an_action_without_dates_has_nothing_wrong_with_them():
    assert list(date_findings(action())) == []
