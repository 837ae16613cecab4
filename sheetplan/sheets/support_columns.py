"""The support sheets: what each is called, its columns, and what their headings may say.

The first heading of a column is the one that a new sheet gets. Officers may move columns, rename
them within these words and add their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sheetplan.model.wording import compact


@dataclass(frozen=True)
class SupportColumn:
    """A column: its name in the program, its headings, and whether nothing can be read without."""

    name: str
    headings: tuple[str, ...]
    is_needed: bool = False

    @property
    def heading(self) -> str:
        """The heading of a new sheet."""
        return self.headings[0]


@dataclass(frozen=True)
class SupportKind:
    """A kind of support sheet.

    Attributes:
        name: What SupportRecords call its records.
        table: The name of its Excel table.
        sheet: The name of the sheet, where it is new.
        columns: Its columns in the order of a new sheet.
        renewal: How a new sheet is got where another has taken its name, to follow "and".
        former_tables: What its Excel table was called once.
    """

    name: str
    table: str
    sheet: str
    columns: tuple[SupportColumn, ...]
    renewal: str = "run sheetplan prepare"
    former_tables: tuple[str, ...] = ()

    def column_named(self, heading: str) -> SupportColumn | None:
        """The column that a heading names."""
        words = compact(heading)
        for column in self.columns:
            if words in map(compact, column.headings):
                return column
        return None

    def missing(self, found: Iterable[str]) -> list[str]:
        """The headings of the needed columns that are not among those found, by their names."""
        there = set(found)
        return [c.heading for c in self.columns if c.is_needed and c.name not in there]


def _column(name: str, *headings: str) -> SupportColumn:
    return SupportColumn(name, headings)


def _needed(name: str, *headings: str) -> SupportColumn:
    return SupportColumn(name, headings, is_needed=True)


RECOMMENDATIONS = SupportKind(
    "recommendations",
    "Recommendations",
    "Recommendations",
    (
        _needed("code", "Code", "Recommendation code", "Ref", "Reference", "No.", "Number"),
        _column("source", "Source", "Kind", "Type"),
        _needed("text", "Recommendation", "Full text", "Text", "Wording"),
        _column("sent", "Date sent", "Sent", "Date received"),
        _column(
            "considered",
            "Considered at council",
            "Date considered at council",
            "Date considered",
            "Considered",
        ),
        _column("accepted", "Accepted"),
        _column("auditor_view", "Auditor's latest view", "Auditor's view", "View"),
        _column("auditor_view_date", "Date of view", "Date of auditor's view", "View date"),
    ),
)

RECOMMENDATION_MAP = SupportKind(
    "recommendation_map",
    "RecommendationMap",
    "Recommendation map",
    (
        _needed("code", "Code", "Recommendation code", "Recommendation"),
        _needed(
            "target",
            "Reference, workstream or theme",
            "Reference",
            "Ref",
            "Action",
            "Answered by",
            "Target",
        ),
        _column("heading", "Heading to print", "Heading"),
    ),
)

MILESTONES = SupportKind(
    "milestones",
    "Milestones",
    "Milestones",
    (
        _column("id", "Id", "Milestone id", "Milestone no.", "Milestone number"),
        _needed("reference", "Main action", "Reference", "Ref", "Action"),
        _needed("wording", "Milestone", "Wording", "Text"),
        _column("due", "Due", "Due date"),
        _column("revised", "Revised due", "Revised due date", "Revised date", "Revised"),
        _column("status", "Status"),
        _column("completed", "Month completed", "Completed", "Completed in"),
        _column("codes", "Recommendation codes", "Recommendation code", "Recommendations", "Codes"),
    ),
)

NARRATIVE = SupportKind(
    "narrative",
    "Narrative",
    "Narrative",
    (
        _needed("month", "Month"),
        _needed("block", "Block", "Main action", "Reference", "Ref"),
        _column("title", "Title", "Title to print"),
        _column("theme", "Theme", "Theme to print under"),
        _column("order", "Order"),
        _needed("summary", "Summary"),
        _column("next_steps", "Next steps"),
        _column("state", "State"),
    ),
)

ACHIEVEMENTS = SupportKind(
    "achievements",
    "Achievements",
    "Achievements",
    (
        _needed("month", "Month"),
        _needed("theme", "Theme"),
        _column("reference", "Reference", "Ref"),
        _needed("wording", "Achievement", "Wording", "Text"),
        _column("printed", "Print", "Printed", "To print"),
    ),
)

SUPPORT_KINDS = (RECOMMENDATIONS, RECOMMENDATION_MAP, MILESTONES, NARRATIVE, ACHIEVEMENTS)
"""Every kind that reports need, in the order in which new sheets are added."""

OWNERS = SupportKind(
    "owners",
    "Owners",
    "Owners",
    (
        _needed("name", "Name in the tracker", "Name", "Owner", "Update owner"),
        _column("split_into", "Split into", "Split", "Owners"),
        _column("email", "E-mail", "E-mail address", "E-mail addresses", "Address"),
        _column("actions", "Actions", "Rows"),
    ),
)
"""Who the tracker's update owners are, which returns need."""

PREPARED_KINDS = (*SUPPORT_KINDS, OWNERS)
"""Every kind that `prepare` adds, in this order."""

THEME_LIST = SupportKind(
    "theme_list", "SupportThemes", "Support lists", (_needed("theme", "Theme", "Themes"),)
)
"""The titles of the themes, which drop-downs of other support sheets offer."""
