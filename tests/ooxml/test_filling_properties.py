"""Whatever the lines are, the rows are these lines, and every rule holds for exactly its rows."""

import tempfile
from itertools import pairwise
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

from sheetplan.ooxml.filling.moves import Moves
from sheetplan.ooxml.filling.splitting import CONTINUED, Room
from tests.builders import parts_of
from tests.judges import calamine_values
from tests.ooxml.filling import Filled, filled, template

PATTERNS = {"theme": 3, "item": 5, "note": 6}  # row 4 is a gap
TABLE = """
    | {title}       |        |
    | Name          | Count  |
    | {name}        |        |
    |               |        |
    | {name}        | {count} |
    | Note: {name}! |        |
    | End           | =SUM(B5:B5) -> 0 |
"""
MARKS = {"cell_title": "$A$1", **{f"row_{name}": f"$A${row}" for name, row in PATTERNS.items()}}

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
).filter(lambda text: "_x" not in text)
lines = st.lists(
    st.tuples(
        st.sampled_from(sorted(PATTERNS)),
        st.fixed_dictionaries(
            {
                "name": texts,
                "count": st.integers(-(10**9), 10**9)
                | st.floats(-1e9, 1e9, allow_subnormal=False)
                | texts,
            }
        ),
    ),
    max_size=25,
)


def draw(book):
    sheet = book.get_worksheet_by_name("Report")
    for row in PATTERNS.values():
        sheet.conditional_format(row - 1, 0, row - 1, 1, {"type": "blanks"})
        sheet.data_validation(row - 1, 1, row - 1, 1, {"validate": "list", "source": [f"r{row}"]})
    sheet.conditional_format("A1:B7", {"type": "no_blanks"})


def expected(pattern, values):
    """What a reader finds in the two cells of a row."""
    name = values["name"]
    return {
        "theme": [name or None, None],
        "item": [name or None, None if values["count"] == "" else values["count"]],
        "note": [f"Note: {name}!", None],
    }[pattern]


@settings(max_examples=60)
@given(lines)
def test_the_rows_are_the_lines_in_their_order(written):
    with tempfile.TemporaryDirectory() as folder:
        path = filled(template(Path(folder), TABLE, MARKS, draw), written, {"title": "T"})
        sheet = openpyxl.load_workbook(path)["Report"]
        read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_col=2)]
        assert read[: len(written)] == [expected(*line) for line in written]
        assert read[len(written)][0] == "End"
        assert len(read) == len(written) + 1
        counted = calamine_values(path)["Report"]
        assert counted[f"A{len(written) + 3}"] == "End"


@settings(max_examples=60)
@given(lines)
def test_every_rule_holds_for_exactly_the_rows_made_from_its_own(written):
    with tempfile.TemporaryDirectory() as folder:
        path = filled(template(Path(folder), TABLE, MARKS, draw), written, {"title": "T"})
        sheet = openpyxl.load_workbook(path)["Report"]
    made = {
        name: [row for row, (pattern, _) in enumerate(written, 3) if pattern == name]
        for name in PATTERNS
    }
    formats = [rows_in(rule.sqref) for rule in sheet.conditional_formatting]
    everything = list(range(1, len(written) + 4))
    assert formats == [rows for rows in made.values() if rows] + [everything]
    lists = {rule.formula1: rows_in(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert lists == {f'"r{PATTERNS[name]}"': rows for name, rows in made.items() if rows}
    for rule in sheet.conditional_formatting:
        areas = str(rule.sqref).split()
        runs = [range_boundaries(area) for area in areas]
        assert all(one[3] + 1 < other[1] for one, other in pairwise(runs))


def rows_in(sqref):
    return sorted({row for area in sqref.ranges for row in range(area.min_row, area.max_row + 1)})


@given(
    st.lists(st.sampled_from([2, 3, 5]), max_size=12),
    st.integers(1, 9),
    st.integers(0, 5),
)
def test_a_reference_covers_what_was_made_from_its_rows_and_nothing_outside_it(order, first, more):
    made = {row: [at for at, pattern in enumerate(order, 2) if pattern == row] for row in (2, 3, 5)}
    moves = Moves("Report", 2, 5, made)
    last = first + more
    shift = len(order) - 4
    kept = [row if row < 2 else row + shift for row in range(first, last + 1) if not 2 <= row <= 5]
    rows = sorted(kept + [new for row in made if first <= row <= last for new in made[row]])
    runs = [row for start, end in moves.runs(first, last) for row in range(start, end + 1)]
    assert runs == rows
    assert moves.span(first, last) == ((rows[0], rows[-1]) if rows else None)


@given(st.text(" .\nabcW", max_size=600), st.integers(1, 30), st.integers(1, 12))
def test_cut_text_fits_and_nothing_of_it_is_lost(text, width, lines_):
    room = Room(12.75, float(max(width, 12)), lines_ + 1)
    pieces = room.cut(text)
    assert all(room.lines(piece) <= room.most_lines for piece in pieces)
    told = "".join(piece.removeprefix(CONTINUED) for piece in pieces)
    assert "".join(told.split()) == "".join(text.split())


def test_the_template_itself_is_never_changed(tmp_path):
    made = template(tmp_path, TABLE, MARKS, draw)
    before = parts_of(tmp_path / "template.xlsx")
    filled(made, [], {"title": "T"})
    assert parts_of(tmp_path / "template.xlsx") == before
    assert Filled.open(tmp_path / "template.xlsx").rows("Report") == PATTERNS
