"""How the Word documents look: the page, the styles, the language, and what the file is called.

Everything is a style or a setting of the document, so that officers restyle it in Word in one
place. The font is on every machine, no text is smaller than 9 points, and every colour of text
can be read well on what is behind it.
"""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Any

from sheetplan.model.clock import utc_now

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Tc
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.styles.styles import Styles

_LANGUAGE = "en-GB"
_FONT = "Arial"
_BODY = 10  # points
_BLUE, _BLACK, _LINK = "1F3864", "0B0C0C", "0B4F9E"
_HEADINGS = ((16, _BLUE), (12, _BLUE), (11, _BLUE), (10.5, _BLUE), (10, _BLACK))
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_LONGEST_PROPERTY = 255  # characters of a title, which python-docx holds to


def dress(document: Document, *, title: str, author: str, footer: str) -> None:
    """Give an empty document its page, styles, language and properties.

    Args:
        document: The document, as python-docx makes it.
        title: Its title.
        author: Whose it is.
        footer: Its footer, with {page} and {pages} where the numbers go.
    """
    _set_page(document)
    _set_defaults(document.styles.element)
    _set_styles(document.styles)
    _set_compatibility(document)
    _set_properties(document, title, author)
    _number_pages(document, footer)


def element(tag: str, **attributes: str) -> Any:
    """A new element: `element("w:lang", val="en-GB")`."""
    from docx.oxml import OxmlElement

    return OxmlElement(tag, {_qualified(name): value for name, value in attributes.items()})


def shade(cell: CT_Tc) -> None:
    """Fill a cell of the heading row."""
    cell.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=_BLUE))


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _set_page(document: Document) -> None:
    """A4, lying on its side."""
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Mm

    section = document.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    section.header_distance = section.footer_distance = Mm(8)


def _set_defaults(styles: BaseOxmlElement) -> None:
    """What holds where no style says otherwise. A font of the theme would win over a named one."""
    [text] = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    for old in text.xpath("w:rFonts | w:sz | w:szCs | w:lang"):
        text.remove(old)
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _FONT)
    text.append(element("w:rFonts", **fonts))
    text.append(element("w:sz", val=str(_BODY * 2)))
    text.append(element("w:szCs", val=str(_BODY * 2)))
    text.append(element("w:lang", val=_LANGUAGE, eastAsia=_LANGUAGE, bidi="ar-SA"))
    [space] = styles.xpath("w:docDefaults/w:pPrDefault/w:pPr/w:spacing")
    for name, value in (("after", "80"), ("line", "252")):
        space.set(_qualified(name), value)


def _set_styles(styles: Styles) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    for level, (size, colour) in enumerate(_HEADINGS, 1):
        style: ParagraphStyle = styles[f"Heading {level}"]
        _remove(style.element, "w:rPr/w:rFonts")
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(2)
        # In a table Word would move the whole row, which may be pages long, to another page.
        style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = False
    heading = styles.add_style("Table heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style = styles["Normal"]
    heading.font.bold, heading.font.color.rgb = True, RGBColor(255, 255, 255)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline, link.font.color.rgb = True, RGBColor.from_string(_LINK)
    bullet: ParagraphStyle = styles["List Bullet"]
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Mm(4), Mm(-4)
    _remove(bullet.element, "w:pPr/w:contextualSpacing")  # closes up the list
    _remove(styles["Table Grid"].element, "w:pPr")  # the same for the paragraphs of a cell
    for margin in styles["Table Grid"].element.xpath("w:tblPr/w:tblCellMar/*[@w:w='0']"):
        margin.set(_qualified("w"), "57")  # a millimetre


def _remove(parent: BaseOxmlElement, path: str) -> None:
    for found in parent.xpath(path):
        found.getparent().remove(found)


def _set_compatibility(document: Document) -> None:
    """Make Word open it as its own, and not in the compatibility mode of older versions."""
    settings = document.settings.element
    [mode] = settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']")
    mode.set(_qualified("val"), "15")
    [language] = settings.xpath("w:themeFontLang")
    language.set(_qualified("val"), _LANGUAGE)
    [zoom] = settings.xpath("w:zoom")
    zoom.set(_qualified("percent"), "100")


def _set_properties(document: Document, title: str, author: str) -> None:
    properties = document.core_properties
    properties.title = title[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author[:_LONGEST_PROPERTY]
    properties.language = _LANGUAGE
    properties.comments = ""
    properties.created = properties.modified = utc_now()
    relations = document.part.package.rels
    for name in [name for name, found in relations.items() if "thumbnail" in found.reltype]:
        del relations[name]  # a picture of python-docx's empty page


def _number_pages(document: Document, footer: str) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    for words, field, _, _ in Formatter().parse(footer):
        paragraph.add_run(words)
        if field:
            number = element("w:fldSimple", instr=_FIELDS[field])
            number.append(paragraph.add_run("1")._r)  # until Word counts
            paragraph._p.append(number)
