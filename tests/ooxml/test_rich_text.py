"""Rich text changed by place, judged character by character."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetplan.ooxml.cell_fonts import CellFonts
from sheetplan.ooxml.cells import Run, item_runs, stored_text
from sheetplan.ooxml.rich_text import Span, TextChange, changed, restyled, run_at
from sheetplan.ooxml.text_looks import TextLook, TextLooks
from sheetplan.ooxml.workbook import Workbook
from sheetplan.ooxml.xml import MAIN, canonical
from tests.builders import workbook_from_text

BOLD = f'<rPr xmlns="{MAIN}"><b/></rPr>'.encode()
ITALIC = f'<rPr xmlns="{MAIN}"><i/></rPr>'.encode()

# ---------------------------------------------------------------- any rich text

CHILDREN = {
    "b": ("<b/>", '<b val="1"/>', '<b val="true"/>', '<b val="0"/>', '<b val="false"/>'),
    "u": ("<u/>", '<u val="double"/>', '<u val="none"/>', '<u val="singleAccounting"/>'),
    "i": ("<i/>", '<i val="0"/>'),
    "strike": ("<strike/>",),
    "vertAlign": ('<vertAlign val="superscript"/>',),
    "sz": ('<sz val="9"/>', '<sz val="10.5"/>'),
    "color": (
        '<color rgb="FFC00000"/>',
        '<color theme="4" tint="-0.249977111117893"/>',
        '<color indexed="81"/>',
        '<color auto="1"/>',
    ),
    "rFont": ('<rFont val="Tahoma"/>', '<rFont val="Wingdings"/>'),
    "family": ('<family val="2"/>',),
    "charset": ('<charset val="1"/>', '<charset val="2"/>'),
    "scheme": ('<scheme val="minor"/>',),
    "condense": ("<condense/>",),
    "outline": ('<outline val="0"/>',),
    "unknown": ('<later val="7"><part/></later>',),
}


@st.composite
def looks(draw: st.DrawFn) -> bytes:
    """The properties of a run: any of them, in any order, or none at all."""
    names = draw(st.lists(st.sampled_from(sorted(CHILDREN)), unique=True, max_size=6))
    inside = "".join(draw(st.sampled_from(CHILDREN[name])) for name in names)
    return draw(st.sampled_from((b"", f'<rPr xmlns="{MAIN}">{inside}</rPr>'.encode())))


WORDS = st.text("ab \n\t_xé\U0001f6a7<&", max_size=5)
RICH = st.lists(st.builds(Run, WORDS, looks()), max_size=6)


def length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs)


@st.composite
def spans_of(draw: st.DrawFn, runs: Sequence[Run]) -> list[Span]:
    """Stretches of a text that do not overlap."""
    ends = sorted(draw(st.lists(st.integers(0, length(runs)), max_size=6)))
    return [Span(first, last) for first, last in pairwise(ends)][::2]


def characters(runs: Sequence[Run]) -> list[tuple[str, bytes]]:
    return [(character, run.properties) for run in runs for character in run.text]


# ---------------------------------------------------------------- changes


def test_words_are_put_between_others() -> None:
    runs = (Run("One. "), Run("Two.", BOLD))
    new = Run("And ", ITALIC)
    assert changed(runs, [TextChange(5, 5, (new,))]) == (runs[0], new, runs[1])
    cut = changed(runs, [TextChange(2, 2, (new,))])
    assert cut == (Run("On"), new, Run("e. "), runs[1])


def test_words_are_put_at_both_ends_and_into_nothing() -> None:
    new = Run("x", BOLD)
    assert changed([Run("a")], [TextChange(0, 0, (new,))]) == (new, Run("a"))
    assert changed([Run("a")], [TextChange(1, 1, (new,))]) == (Run("a"), new)
    assert changed([], [TextChange(0, 0, (new,))]) == (new,)


def test_of_two_changes_at_one_place_the_first_comes_first() -> None:
    one, two = TextChange(1, 1, (Run("1"),)), TextChange(1, 1, (Run("2"),))
    assert changed([Run("ab")], [one, two]) == (Run("a"), Run("1"), Run("2"), Run("b"))
    over = TextChange(1, 2, (Run("B"),))
    assert changed([Run("ab")], [over, one]) == (Run("a"), Run("1"), Run("B"))


def test_runs_without_words_go() -> None:
    runs = (Run("", BOLD), Run("ab"), Run("", ITALIC), Run("cd"), Run(""))
    assert changed(runs, [TextChange(2, 2)]) == (runs[1], runs[3])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([TextChange(0, 2), TextChange(1, 3)], "two changes overlap at 1"),
        ([TextChange(0, 3), TextChange(1, 1)], "two changes overlap at 1"),
        ([TextChange(3, 1)], "no change reaches from 3 to 1"),
        ([TextChange(-1, 1)], "no change reaches from -1 to 1"),
        ([TextChange(2, 5)], "a change reaches 5, and the text ends at 4"),
        ([TextChange(5, 5)], "a change reaches 5, and the text ends at 4"),
    ],
)
def test_changes_that_cannot_be_made_are_refused(changes: list[TextChange], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        changed([Run("ab"), Run("cd", BOLD)], changes)


@given(st.data())
def test_nothing_but_what_is_changed_is_another(data: Any) -> None:
    runs = data.draw(RICH)
    spans = data.draw(spans_of(runs))
    changes = [TextChange(*span, tuple(data.draw(RICH))) for span in spans]
    made = changed(runs, changes)
    expected = characters(runs)
    for change in reversed(changes):
        expected[change.first : change.last] = characters(change.runs)
    assert characters(made) == expected


@given(st.data())
def test_a_run_that_no_change_touches_is_itself(data: Any) -> None:
    runs = data.draw(RICH)
    spans = data.draw(spans_of(runs))
    made = {id(run) for run in changed(runs, [TextChange(*span) for span in spans])}
    place = 0
    for run in runs:
        first, last = place, place + len(run.text)
        place = last
        if run.text and all(span.last <= first or last <= span.first for span in spans):
            is_cut = any(first < span.first == span.last < last for span in spans)
            assert is_cut or id(run) in made


def test_the_run_at_a_place_is_the_one_before_it() -> None:
    runs = (Run("", BOLD), Run("ab"), Run("", ITALIC), Run("cd", BOLD))
    found = [run_at(runs, place) for place in range(6)]
    assert found == [runs[1], runs[1], runs[1], runs[3], runs[3], Run("")]
    assert run_at([], 0) == Run("")


# ---------------------------------------------------------------- looks


def spelt(look: str) -> Callable[[bytes], bytes]:
    return lambda properties: f"{look}{properties!r}".encode()


@given(st.data())
def test_nothing_but_the_stretches_looks_other(data: Any) -> None:
    runs = data.draw(RICH)
    spans = data.draw(spans_of(runs))
    expected = characters(runs)
    for span in spans:
        for at in range(*span):
            expected[at] = expected[at][0], spelt("new")(expected[at][1])
    assert characters(restyled(runs, spans, spelt("new"))) == expected


def test_a_run_of_which_the_look_stays_is_not_cut() -> None:
    runs = (Run("One. ", BOLD), Run("Two. Three."))
    made = restyled(runs, [Span(0, 9)], lambda look: ITALIC if look else look)
    assert made == (Run("One. ", ITALIC), runs[1])
    assert made[1] is runs[1]


def test_stretches_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="two changes overlap at 1"):
        restyled([Run("abc")], [Span(0, 2), Span(1, 3)], spelt("new"))


# ---------------------------------------------------------------- bold


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A workbook whose A1 is plain, B1 bold in navy Arial, and C1 bold and underlined."""

    def decorate(book: Any) -> None:
        sheet = book.worksheets()[0]
        navy = {"font_name": "Arial", "font_size": 9, "font_color": "#243B53", "bold": True}
        sheet.write_string("A1", "x", book.add_format({"italic": True}))
        sheet.write_string("B1", "x", book.add_format(navy))
        sheet.write_string("C1", "x", book.add_format({"bold": True, "underline": 1}))

    folder = tmp_path_factory.mktemp("fonts")
    return Workbook.open(workbook_from_text(folder / "a.xlsx", {"Plan": ""}, decorate=decorate))


def worn(book: Workbook, column: int) -> str | None:
    cell = book.sheets[0].cell(1, column)
    assert cell is not None
    return cell.get("s")


def said(properties: bytes) -> list[bytes]:
    """What an <rPr> says, each in a form that does not depend on its namespaces."""
    return [canonical(child) for child in etree.fromstring(properties)]


def is_on(properties: bytes, name: str) -> bool:
    found = etree.fromstring(properties).find(f"{{{MAIN}}}{name}")
    return found is not None and found.get("val") not in ("0", "false", "none")


@given(look=looks(), column=st.integers(1, 3))
def test_only_the_bold_goes(book: Workbook, look: bytes, column: int) -> None:
    made = CellFonts(book).not_bold(look, worn(book, column))
    if not look:
        return
    if is_on(look, "b") and not is_on(look, "u"):
        assert said(made) == [each for each in said(look) if not each.startswith(b"<b ")]
    else:
        assert made is look


def test_words_that_look_as_a_bold_cell_keep_the_rest_of_its_font(book: Workbook) -> None:
    made = CellFonts(book).not_bold(b"", worn(book, 2))
    names = {etree.QName(child).localname: dict(child.attrib) for child in etree.fromstring(made)}
    assert names["rFont"] == {"val": "Arial"}
    assert names["sz"] == {"val": "9"}
    assert names["color"] == {"rgb": "FF243B53"}
    assert "b" not in names


def test_words_that_look_as_another_cell_stay_as_they_are(book: Workbook) -> None:
    fonts = CellFonts(book)
    assert fonts.not_bold(b"", worn(book, 1)) == b""
    assert fonts.not_bold(b"", worn(book, 3)) == b""  # a lead: underlined too


@given(look=looks(), column=st.integers(1, 3), bold=st.booleans())
def test_words_beside_others_have_their_typeface_and_nothing_that_means_something(
    book: Workbook, look: bytes, column: int, bold: bool
) -> None:
    made = CellFonts(book).beside(look, worn(book, column), bold=bold)
    found = {etree.QName(child).localname: child for child in etree.fromstring(made)}
    assert not {"i", "u", "strike", "vertAlign"} & set(found)
    assert ("b" in found) == bold
    if look and b'charset val="2"' not in look:
        near = {etree.QName(child).localname: child for child in etree.fromstring(look)}
        for name in ("rFont", "sz", "family", "charset", "scheme"):
            assert (name in found) == (name in near)
            assert name not in near or canonical(found[name]) == canonical(near[name])
    (shown,) = TextLooks(book).looked([Run("x", made)], worn(book, column))
    colour = {1: "", 2: "243B53", 3: ""}[column]
    assert shown.look._replace(colour="") == TextLook(bold, underline=False)
    assert colour in ("", shown.look.colour)


def test_words_beside_a_symbol_are_not_in_its_font(book: Workbook) -> None:
    look = f'<rPr xmlns="{MAIN}"><sz val="9"/><rFont val="Wingdings"/><charset val="2"/></rPr>'
    made = CellFonts(book).beside(look.encode(), worn(book, 2), bold=True)
    assert b"Arial" in made
    assert b"Wingdings" not in made


# ---------------------------------------------------------------- written and read again


@given(RICH)
def test_what_is_written_is_read_with_the_same_looks(runs: list[Run]) -> None:
    stored = stored_text(runs).inside
    root = etree.fromstring(f'<c xmlns="{MAIN}" xmlns:x14="urn:x14">{stored}</c>')
    read = item_runs(root[0]) if len(root) else []
    assert [character for character, _ in characters(read)] == [
        character for character, _ in characters(runs)
    ]
    if len(runs) > 1 and any(run.text for run in runs):
        looks_read = [said(run.properties) if run.properties else None for run in read]
        assert looks_read == [said(run.properties) if run.properties else None for run in runs]


def test_namespaces_that_only_its_strings_declare_do_not_travel_with_a_run() -> None:
    root = etree.fromstring(
        f'<sst xmlns="{MAIN}" xmlns:x14ac="urn:x14ac" xmlns:mc="urn:mc"><si>'
        "<r><rPr><b/><color theme='1'/></rPr><t>a</t></r><r><t>b</t></r></si></sst>"
    )
    runs = item_runs(root[0])
    stored = stored_text(changed(runs, [TextChange(2, 2, (Run("c"),))]))
    assert stored.inside == (
        '<is><r><rPr><b/><color theme="1"/></rPr><t>a</t></r><r><t>b</t></r><r><t>c</t></r></is>'
    )
