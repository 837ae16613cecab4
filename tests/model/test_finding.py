from dataclasses import replace

from sheetplan.model import Finding, Severity

FINDING = Finding(
    code="status-unknown",
    severity=Severity.ERROR,
    sheet="Theme 1",
    cell="O9",
    reference="OC.B2.4",
    message='status "Onn track" is not in the vocabulary.',
)


def test_a_finding_says_where_before_what():
    assert str(FINDING) == ('Theme 1!O9 (OC.B2.4): status "Onn track" is not in the vocabulary.')


def test_a_finding_about_a_row_names_it_in_words():
    assert replace(FINDING, cell="9:9").place == "Theme 1, row 9 (OC.B2.4)"
    assert replace(FINDING, cell="O9:P9").place == "Theme 1!O9:P9 (OC.B2.4)"


def test_a_finding_about_a_whole_sheet_names_neither_cell_nor_reference():
    finding = replace(FINDING, cell="", reference="", message="no month has columns.")
    assert str(finding) == "Theme 1: no month has columns."
