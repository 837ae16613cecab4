"""The rules that a workbook is held to, numbered as the documentation numbers them.

Essential and desirable are the words of the Government Analysis Function's guidance on releasing
statistics in spreadsheets; the criteria are those of WCAG 2.2, levels A and AA, which the Public
Sector Bodies Accessibility Regulations 2018 (SI 2018/852) make a duty for what is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

GUIDANCE = "Government Analysis Function: Releasing statistics in spreadsheets"


class Audience(Enum):
    """For which documents a rule matters."""

    EVERYONE = "published or e-mailed"
    PUBLIC = "published"


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        number: What it is known by.
        name: What it asks for.
        is_essential: Whether the guidance calls it essential; else it is desirable.
        audience: For which documents it matters.
        why: Whom it serves, and how.
        remedy: What to do in Excel where it is broken.
        criterion: The WCAG success criterion that it serves, empty where there is none.
    """

    number: int
    name: str
    is_essential: bool
    audience: Audience
    why: str
    remedy: str
    criterion: str = ""

    @property
    def level(self) -> str:
        """Essential or desirable."""
        return "essential" if self.is_essential else "desirable"

    @property
    def source(self) -> str:
        """Where the rule comes from."""
        return f"{GUIDANCE}; WCAG 2.2, {self.criterion}" if self.criterion else GUIDANCE


def _essential(number: int, *words: str, public: bool = False) -> Rule:
    name, why, remedy, *criterion = words
    audience = Audience.PUBLIC if public else Audience.EVERYONE
    return Rule(number, name, True, audience, why, remedy, *criterion)


def _desirable(number: int, *words: str, public: bool = False) -> Rule:
    name, why, remedy, *criterion = words
    audience = Audience.PUBLIC if public else Audience.EVERYONE
    return Rule(number, name, False, audience, why, remedy, *criterion)


_ALL = (
    _essential(
        1,
        "No merged cells",
        "A screen reader loses its place in merged cells, and says the heading of the wrong "
        "column.",
        "Unmerge them (Home > Merge & Centre); wrap the text, or use Format Cells > Alignment > "
        "Centre Across Selection.",
        "1.3.1 Info and relationships",
    ),
    _essential(
        2,
        "Data marked up as a table",
        "Only in a table does a screen reader say the heading of each cell.",
        "Select the data with its one row of headings and use Insert > Table.",
        "1.3.1 Info and relationships",
    ),
    _essential(
        3,
        "One row of headings, each different text",
        "Headings are what a screen reader says for each cell, so each must tell one column.",
        "Give each column one heading of its own, in one row, typed as text.",
        "1.3.1 Info and relationships",
    ),
    _desirable(
        4,
        "Tables have names that say what they hold",
        "People who cannot see the sheet go to a table by its name.",
        "Click in the table and type a name under Table Design > Table Name.",
        "2.4.6 Headings and labels",
    ),
    _desirable(
        5,
        "One table on a sheet, and nothing below it",
        "What stands below or beside a table is easily missed.",
        "Put each table on a sheet of its own, and notes above the table or on a sheet of notes.",
        "1.3.2 Meaningful sequence",
    ),
    _essential(
        6,
        "Title in A1, what the sheet holds in row 2, the table from column A",
        "A screen reader begins in A1: there it must hear what the sheet is.",
        "Put the sheet's title in A1 and a sentence on what it holds in A2; begin the table in "
        "column A below them.",
        "1.3.2 Meaningful sequence",
    ),
    _essential(
        7,
        "The title is marked as a heading",
        "People move from heading to heading, and large letters alone are no heading.",
        "Select A1 and choose Heading 1 under Home > Cell Styles.",
        "1.3.1 Info and relationships",
        public=True,
    ),
    _essential(
        8,
        "No blank rows or columns in the data, and no blank sheets",
        "A blank row or column sounds like the end of the data.",
        "Delete blank rows, columns and sheets; make space with row heights and widths.",
        "1.3.2 Meaningful sequence",
    ),
    _essential(
        9,
        "Blank cells are explained",
        "Nobody can hear whether a blank cell means none, not known, or forgotten.",
        "Fill them in (None, No update, Not applicable), or say above the table what a blank cell "
        "means.",
        "1.3.1 Info and relationships",
    ),
    _essential(
        10,
        "Sheets have names that say what they hold",
        "The name is the first thing that is said of a sheet.",
        "Double-click the tab and type a short name of its own.",
        "2.4.2 Page titled",
    ),
    _essential(
        11,
        "Opens on the first sheet, in A1",
        "Reading begins where the workbook was left when it was saved.",
        "Press Ctrl+Home on each sheet, choose the first sheet, and save.",
        "2.4.3 Focus order",
        public=True,
    ),
    _essential(
        12,
        "Text wraps, and no row cuts it off",
        "Text that is cut cannot be read by people who enlarge it, nor on paper.",
        "Choose Home > Wrap Text and a wider column; then Home > Format > AutoFit Row Height.",
        "1.4.4 Resize text",
    ),
    _essential(
        13,
        "Colour is never the only signal",
        "One man in twelve cannot tell red from green, and a screen reader says no colours.",
        "Type the word that the colour stands for into the cell.",
        "1.4.1 Use of colour",
    ),
    _essential(
        14,
        "Text stands out from its background",
        "Text below a contrast of 4.5 to 1 (large text 3 to 1) cannot be read with low vision.",
        "Choose a darker text or a lighter fill (or the reverse) until the contrast is enough.",
        "1.4.3 Contrast (minimum)",
    ),
    _essential(
        15,
        "Charts and pictures have a text alternative",
        "Of a chart or picture a screen reader can say only its alternative text.",
        "Right-click it, choose View Alt Text and say what it shows, or mark it as decorative.",
        "1.1.1 Non-text content",
    ),
    _essential(
        16,
        "No headers, footers, text boxes or floating objects",
        "A screen reader passes over them, and they cover cells when text is enlarged.",
        "Move their words into cells; page numbers alone may stay in a footer.",
        "1.3.2 Meaningful sequence",
    ),
    _essential(
        17,
        "Notes are marked in words",
        "Raised figures, asterisks and daggers are not said, or said as noise.",
        "Write [note 1] where the mark stands, and the notes on a sheet of their own called Notes.",
        "1.3.1 Info and relationships",
        public=True,
    ),
    _essential(
        18,
        "The document has a title, an author and a language",
        "The title is what is said when the file opens; the language decides how words are said.",
        "Fill in Title and Author under File > Info. For the language close the workbook, "
        "right-click the file in Windows, and use Properties > Details.",
        "2.4.2 Page titled, 3.1.1 Language of page",
        public=True,
    ),
    _essential(
        19,
        "Links say where they lead",
        "People listen to a list of links by themselves, without the words around them.",
        "Right-click the link, choose Edit Hyperlink, and type what it leads to as its text.",
        "2.4.4 Link purpose",
    ),
    _desirable(
        20,
        "Nothing is hidden",
        "A screen reader may read what is hidden, and who opens the file may unhide it.",
        "Unhide it, or delete it before you publish.",
        public=True,
    ),
    _desirable(
        21,
        "No frozen panes and no filters",
        "Frozen panes leave little room when the sheet is enlarged; filters can hide rows.",
        "Use View > Unfreeze Panes and Data > Filter to take them off what you publish.",
        "1.4.10 Reflow",
        public=True,
    ),
    _desirable(
        22,
        "No macros, links to other workbooks or data connections",
        "They bring up warnings, are blocked in many places, and do not work for readers.",
        "Save as Excel Workbook (*.xlsx); use Data > Edit Links > Break Link, and Data > Queries "
        "& Connections to delete connections.",
    ),
)

RULES = {rule.number: rule for rule in _ALL}
"""Every rule by its number, in order."""
