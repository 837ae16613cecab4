"""LibreOffice inserts the same columns into a workbook of each kind: all stands where we put it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import picture, workbook_from_text, workbook_with_sheet
from tests.judges import valid
from tests.ooxml.inserting import Job, facts, insert_by_office, inserted

pytestmark = pytest.mark.office

PLACES = [(1, 1), (4, 2), (6, 1)]  # before A, D and F, and how many

PLAN = """
    | Ref     | Action       | Status   | Update | Evidence | Count | Total |
    | OC.A1.1 | Fix the roof | On track | Begun  | Minutes  | 3     | 7     |
    | OC.A1.2 | Fix the door | Complete | Done   | Photo    | 4     | 8     |
    | OC.A1.3 | Fix the lock | On hold  | Later  | Letter   | 5     | 9     |
"""
OTHER = """
    | Here | There |
    | 1    | 2     |
"""
Sheet = Any
Decorate = Callable[[Any, Sheet, Sheet], Any]


def formulas(book: Any, sheet: Sheet, other: Sheet) -> None:
    written = [
        "=F2+G2",
        "=SUM($C2:$G2)",
        "=SUM(C:C)+SUM(D:F)+SUM($A:$B)",
        "=SUM(A1:C9)",
        "=COUNTA(2:3)",
        '=IF(E2="E2",D2&"D2",$D$2)',
        "=SUM(D2:D4,F2:F4)",
        "=SUM(B2:INDEX(E:E,3))",
        "='It''s'!B2+A2",
        "=MAX(F2:G4 F3:G9)",
    ]
    for row, formula in enumerate(written, 1):
        sheet.write_formula(row, 8, formula)
    elsewhere = [
        "='Theme 1'!E2",
        "=SUM('Theme 1'!$C$2:$F$4)",
        "=COUNTA('Theme 1'!D:D)",
        "=D2",
        "=E5",
    ]
    for row, formula in enumerate(elsewhere, 1):
        other.write_formula(row, 4, formula)


def arrays(book: Any, sheet: Sheet, other: Sheet) -> None:
    sheet.write_array_formula("I2:I4", "{=F2:F4*G2:G4}")
    sheet.write_array_formula("A7:B8", "{=F2:G3}")
    other.write_array_formula("D2:D4", "{=LEN('Theme 1'!D2:D4)}")


def merges(book: Any, sheet: Sheet, other: Sheet) -> None:
    for area in ("A6:B6", "B7:C7", "C8:F8", "D9:E9", "F10:G12"):
        sheet.merge_range(area, area)
    other.merge_range("C5:F5", "stays")


def names(book: Any, sheet: Sheet, other: Sheet) -> None:
    book.define_name("Before", "='Theme 1'!$B$2:$C$4")
    book.define_name("Around", "='Theme 1'!$B$2:$E$4")
    book.define_name("After", "='Theme 1'!$D:$E")
    book.define_name("Elsewhere", "='It''s'!$D$2:$E$4")
    book.define_name("Both", "='Theme 1'!$E$2+'It''s'!$E$2")
    book.define_name("'Theme 1'!Own", "='Theme 1'!$G$2")
    sheet.print_area("B1:G9")
    sheet.repeat_columns("A:B")
    sheet.repeat_rows(0)
    other.print_area("B1:G9")


# LibreOffice gives new columns the rules and looks of the one to their left. A new month gets the
# rules and the looks of the month that it copies, so we do not; no rule here ends with C or E.


def drop_downs(book: Any, sheet: Sheet, other: Sheet) -> None:
    for cells, source in (
        ("A2:B4", "=$F$2:$F$4"),
        ("D2:D4", ["On track", "Complete"]),
        ("B6:F6", "=$G$2:$G$4"),
        ("F2:F4", "='It''s'!$D$1:$D$9"),
    ):
        sheet.data_validation(cells, {"validate": "list", "source": source})
    sheet.data_validation("G2:G4", {"validate": "custom", "value": "=F2<G2"})
    other.data_validation("E2", {"validate": "list", "source": "='Theme 1'!$E$2:$E$4"})


def conditional_formats(book: Any, sheet: Sheet, other: Sheet) -> None:
    look = book.add_format({"bg_color": "#FFC7CE"})
    for cells, formula in (
        ("A2:G4", '=$E2="Minutes"'),
        ("A2:B4", '=$C2="Complete"'),
        ("D2:D4", '=D2="Done"'),
        ("F2:G4", "=F2>$C$2"),
    ):
        sheet.conditional_format(cells, {"type": "formula", "criteria": formula, "format": look})
    sheet.conditional_format(
        "G2:G4", {"type": "cell", "criteria": ">", "value": "$F$2", "format": look}
    )
    other.conditional_format(
        "D2:E4", {"type": "formula", "criteria": "=$D2>'Theme 1'!$F$2", "format": look}
    )


def data_bars(book: Any, sheet: Sheet, other: Sheet) -> None:
    for cells in ("A2:B4", "F2:F4", "B6:G6"):
        sheet.conditional_format(cells, {"type": "data_bar", "data_bar_2010": True})


def filters(book: Any, sheet: Sheet, other: Sheet) -> None:
    sheet.autofilter("A1:G4")
    sheet.filter_column("B", 'x == "Fix the roof"')
    sheet.filter_column("E", 'x == "Minutes"')


def tables(book: Any, sheet: Sheet, other: Sheet) -> None:
    heads = [{"header": "One"}, {"header": "Two"}]
    sheet.add_table("I2:J5", {"name": "Right", "columns": heads})
    sheet.add_table("A8:B9", {"name": "Left", "columns": heads})
    sheet.write_formula("L2", "=SUM(Right[One])")


def notes(book: Any, sheet: Sheet, other: Sheet) -> None:
    for cell in ("B2", "D2", "G4"):
        sheet.write_comment(cell, f"of {cell}")
    other.write_comment("F2", "elsewhere")


def links(book: Any, sheet: Sheet, other: Sheet) -> None:
    for cell in ("B8", "E8"):
        sheet.write_url(cell, "https://example.org/")


def charts(book: Any, sheet: Sheet, other: Sheet) -> None:
    for values in ("='Theme 1'!$F$2:$F$4", "='Theme 1'!$C$2:$G$2", "='It''s'!$E$2:$F$2"):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": values, "name": "='Theme 1'!$F$1"})
        other.insert_chart("G9", chart)


def drawings(book: Any, sheet: Sheet, other: Sheet) -> None:
    """A picture left of the new columns, one over them and one right of them; two that stand."""
    dot = picture(Path(book.filename).with_name("dot.png"), 40, 20)
    for cell in ("A9", "F9"):
        for position in (1, 2):
            sheet.insert_image(cell, str(dot), {"object_position": position})
    sheet.insert_image("B14", str(dot), {"object_position": 1, "x_scale": 6})
    other.insert_image("F9", str(dot))


def breaks(book: Any, sheet: Sheet, other: Sheet) -> None:
    sheet.set_v_pagebreaks([2, 3, 5])


def panes(book: Any, sheet: Sheet, other: Sheet) -> None:
    sheet.freeze_panes(1, 2)
    sheet.write_formula("I2", "=D2")


def widths(book: Any, sheet: Sheet, other: Sheet) -> None:
    sheet.set_column("B:B", 30)
    sheet.set_column("C:E", 22)
    sheet.set_column("G:H", 40)
    other.set_column("D:E", 25)


def looks(book: Any, sheet: Sheet, other: Sheet) -> None:
    bold = book.add_format({"bold": True})
    sheet.write("D2", "bold", bold)
    sheet.write("B2", "bold", bold)
    sheet.write_blank("F9", None, bold)


KINDS: dict[str, Decorate] = {
    kind.__name__: kind
    for kind in (
        formulas,
        arrays,
        merges,
        names,
        drop_downs,
        conditional_formats,
        data_bars,
        filters,
        tables,
        notes,
        links,
        charts,
        drawings,
        breaks,
        panes,
        widths,
        looks,
    )
}
SHARED = """
<sheetData>
  <row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>
    <c r="D1"><v>4</v></c>
    <c r="F1"><f t="shared" ref="F1:F3" si="0">A1+$D$1</f><v>5</v></c>
    <c r="G1"><f t="shared" ref="G1:I1" si="1">B1*2</f><v>4</v></c>
    <c r="H1"><f t="shared" si="1"/><v>6</v></c><c r="I1"><f t="shared" si="1"/><v>8</v></c></row>
  <row r="2"><c r="A2"><v>1</v></c><c r="F2"><f t="shared" si="0"/><v>5</v></c></row>
  <row r="3"><c r="A3"><v>2</v></c><c r="F3"><f t="shared" si="0"/><v>6</v></c></row>
</sheetData>
"""


Pair = tuple[Path, Path, Path]


def places(kind: str) -> list[tuple[int, int]]:
    """Where columns are inserted: not where LibreOffice will not (beside an array), or does not
    give the new column the width of the one to its left."""
    return {"arrays": PLACES[1:2], "widths": PLACES[:2]}.get(kind, PLACES)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory) -> dict[tuple[str, tuple[int, int]], Pair]:
    """Of each kind and place: the workbook, ours with the columns, and LibreOffice's own; these
    two saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("kinds")
    sources = {kind: build(folder, kind) for kind in KINDS}
    sources["shared"] = workbook_with_sheet(folder / "shared.xlsx", SHARED, name="Theme 1")
    jobs, found = [], {}
    for kind, source in sources.items():
        for at, count in PLACES:
            if (at, count) not in places(kind):
                continue
            ours = inserted(source, at, count, target=folder / f"{kind}_{at}_ours.xlsx").path
            pair = folder / f"{kind}_{at}_1.xlsx", folder / f"{kind}_{at}_2.xlsx"
            jobs += [Job(ours, pair[0]), Job(source, pair[1], at, count)]
            found[kind, (at, count)] = (source, *pair)
    insert_by_office(jobs, folder / "office")
    return found


def build(folder: Path, kind: str) -> Path:
    def decorate(book: Any) -> None:
        KINDS[kind](book, *book.worksheets())

    return workbook_from_text(
        folder / f"{kind}.xlsx", {"Theme 1": PLAN, "It's": OTHER}, decorate=decorate
    )


@pytest.mark.parametrize(
    ("kind", "place"),
    [(kind, place) for kind in [*KINDS, "shared"] for place in places(kind)],
    ids=str,
)
def test_libreoffice_puts_everything_where_we_do(pairs, kind, place):
    _, ours, theirs = pairs[kind, place]
    assert facts(ours) == facts(theirs)


@pytest.mark.parametrize("kind", [*KINDS, "shared"])
def test_the_insertion_can_be_seen_at_all(pairs, kind):
    source, _, theirs = pairs[kind, PLACES[1]]
    assert facts(source) != facts(theirs)


@pytest.mark.shared
@pytest.mark.parametrize("kind", [*KINDS, "shared"])
def test_every_rule_that_excel_holds_a_workbook_to_is_kept(pairs, kind):
    source, _, _ = pairs[kind, PLACES[1]]
    assert valid(source, source.with_name(f"{kind}_{PLACES[1][0]}_ours.xlsx")) == []
