"""What Word, and people who have it read aloud, make of the documents."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.judges import sdk_errors
from tests.word.contents import (
    council,
    empty_theme,
    focus_block,
    recommendation,
    theme_summary,
    written_appendix,
    written_summary,
)
from tests.word.reading import W, WordFile, converted

LONG = "The team considered the second draft, and asked for a shorter one. " * 60


@pytest.fixture(scope="module", params=["summary", "appendix"])
def document(request, tmp_path_factory) -> WordFile:
    """Each of the documents, several pages long."""
    folder = tmp_path_factory.mktemp("word")
    if request.param == "summary":
        themes = (theme_summary(focus_blocks=(focus_block(summary=LONG),)), empty_theme())
        return WordFile(written_summary(folder, *themes))
    blocks = (recommendation(text=LONG), recommendation("S2"))
    return WordFile(written_appendix(folder, *blocks))


def test_headings_are_real_and_go_down_one_level_at_a_time(document):
    levels = [int(style[-1]) for style, _ in document.paragraphs() if style.startswith("heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for level in set(levels):
        found = document.find(
            f"//w:style[@w:styleId='Heading{level}']/w:pPr/w:outlineLvl/@w:val", "word/styles.xml"
        )
        assert found == [str(level - 1)]


def test_bullets_are_a_real_list(document):
    assert "List Bullet" in dict(document.paragraphs())
    assert document.find("//w:style[@w:styleId='ListBullet']/w:pPr/w:numPr", "word/styles.xml")
    assert not [text for _, text in document.paragraphs() if text.startswith(("•", "-", "*"))]


def test_the_heading_row_repeats_and_other_rows_may_break(document):
    first, *others = document.find("//w:tbl/w:tr")
    assert first.findall(f"{W}trPr/{W}tblHeader")
    for row in others:
        assert not row.findall(f".//{W}tblHeader")
        assert not row.findall(f".//{W}cantSplit")


def test_nothing_keeps_a_long_row_off_the_page_where_it_begins(document):
    for level in range(1, 6):
        style = f"//w:style[@w:styleId='Heading{level}']/w:pPr"
        for rule in ("keepNext", "keepLines"):
            assert document.find(f"{style}/w:{rule}/@w:val", "word/styles.xml") == ["0"]


def test_the_table_has_a_title_and_a_description_and_no_merged_cells(document):
    [caption] = document.find("//w:tblPr/w:tblCaption/@w:val")
    [description] = document.find("//w:tblPr/w:tblDescription/@w:val")
    assert caption == document.before_table()[0][1]
    assert description.endswith(".")
    assert not document.find("//w:gridSpan | //w:vMerge")


def test_every_link_leads_to_a_heading(document):
    bookmarks = {one.get(f"{W}name"): one.getparent() for one in document.find("//w:bookmarkStart")}
    links = document.find("//w:hyperlink")
    assert len(links) == len(bookmarks) == 2
    for link in links:
        target = bookmarks[link.get(f"{W}anchor")]
        assert target.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading2"
        assert "".join(link.itertext()) == "".join(target.itertext())


def test_the_document_says_what_it_is_whose_and_in_which_language(document):
    core = "docProps/core.xml"
    assert document.find("string(//dc:title)", core) == document.before_table()[0][1]
    assert document.find("string(//dc:creator)", core) == "Wexcombe Borough Council"
    assert document.find("string(//dc:language)", core) == "en-GB"
    assert document.find("string(//dc:description)", core) == ""
    assert document.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["en-GB"]
    assert not document.find("//w:style//w:lang", "word/styles.xml")


def test_without_a_council_sheetplan_is_the_author_and_a_long_title_is_cut(tmp_path):
    path = written_summary(tmp_path, empty_theme(), settings=council(council=""))
    assert WordFile(path).find("string(//dc:creator)", "docProps/core.xml") == "sheetplan"
    path.unlink()
    settings_ = council(council="Wexcombe " * 40 + "\x01")
    path = written_summary(tmp_path, empty_theme(), settings=settings_)
    title = WordFile(path).before_table()[0][1]
    assert "\ufffd Improvement Plan" in title
    assert WordFile(path).find("string(//dc:title)", "docProps/core.xml") == title[:255]


def test_pages_are_a4_landscape_and_numbered(document):
    [size] = document.find("//w:sectPr/w:pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("16838", "11906")
    assert size.get(f"{W}orient") == "landscape"
    fields = document.find("//w:fldSimple/@w:instr", "word/footer1.xml")
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(document.part("word/footer1.xml").itertext()).strip() == "Page 1 of 1"


def test_the_footer_is_the_councils_phrase(tmp_path):
    phrases = {**council().reports.phrases, "page": "{page} & more {{draft}}"}
    path = written_summary(tmp_path, empty_theme(), settings=council(phrases=phrases))
    footer = WordFile(path).part("word/footer1.xml")
    assert "".join(footer.itertext()).strip() == "1 & more {draft}"


def test_the_table_is_as_wide_as_the_page_allows(document):
    widths = document.find("//w:tblGrid/w:gridCol/@w:w")
    page = 16838 - 2 * 850
    assert 0 <= page - sum(map(int, widths)) < 20


def _styles_in_use(document: WordFile) -> list[object]:
    used = set(document.find("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    styles = document.find("//w:style", "word/styles.xml")
    return [one for one in styles if one.get(f"{W}styleId") in used | {"Normal", "Footer"}]


def test_all_text_is_in_one_common_font_of_9_points_or_more(document):
    fonts = document.find("//w:docDefaults//w:rFonts", "word/styles.xml")
    assert [set(one.attrib.values()) for one in fonts] == [{"Arial"}]
    sizes = document.find("//w:docDefaults//w:sz/@w:val", "word/styles.xml")
    for style in _styles_in_use(document):
        assert not style.findall(f".//{W}rFonts")
        sizes += [size.get(f"{W}val") for size in style.findall(f".//{W}sz") if "b" not in size.tag]
    assert min(int(size) for size in sizes if int(size) > 8) >= 18  # half points
    assert not document.find("//w:rFonts | //w:r/w:rPr/w:sz | //w:r/w:rPr/w:color")


def test_every_colour_can_be_read_on_what_is_behind_it(document):
    [fill] = set(document.find("//w:tc//w:shd/@w:fill"))
    for style in _styles_in_use(document):
        for colour in style.findall(f"{W}rPr/{W}color"):
            on = fill if style.get(f"{W}styleId") == "Tableheading" else "FFFFFF"
            assert _contrast(colour.get(f"{W}val"), on) > 7


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(part, 16) / 255 for part in re.findall("..", colour)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_word_opens_it_as_its_own_and_not_in_compatibility_mode(document):
    mode = "//w:compatSetting[@w:name='compatibilityMode']/@w:val"
    assert document.find(mode, "word/settings.xml") == ["15"]


@pytest.mark.validator
def test_microsofts_validator_finds_nothing_wrong(document):
    assert sdk_errors(document.path) == []


@pytest.mark.office
def test_libreoffice_reads_every_paragraph(document):
    shown = [line.strip() for line in converted(document.path, "txt").decode("utf-8").split("\n")]
    for _, said in document.paragraphs():
        for line in said.split("\n"):
            # A bullet stands before the first line of what is in a list.
            assert any(one.endswith(line.strip()) for one in shown), line


@pytest.mark.office
def test_libreoffice_makes_the_headings_the_outline_of_a_pdf(document):
    outline = re.findall(rb"/Title ?<FEFF([0-9A-F]+)>", converted(document.path, "pdf"))
    titles = Counter(bytes.fromhex(one.decode()).decode("utf-16-be") for one in outline)
    styled = [text for style, text in document.paragraphs() if style.startswith("heading")]
    assert Counter(styled) <= titles
