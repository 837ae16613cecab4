"""Where things stand on each theme sheet, with the ways in which the six sheets differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MONTHS = {"may": "May 2026", "june": "June 2026"}


@dataclass(frozen=True)
class Column:
    """A column of a theme sheet: its headings, its width and the kind of cell it holds."""

    heading: str
    group: str
    width: float
    kind: str = "text"
    month: str = ""


def _month_columns(month: str) -> dict[str, Column]:
    name = MONTHS[month]
    return {
        f"{month}_status": Column(f"Status ({name})", "Progress against plan", 19, "status", month),
        f"{month}_update": Column(
            f"Update (Initial and Date)({name})", "Evidence of status rating", 44, "text", month
        ),
    }


COLUMNS: dict[str, Column] = {
    "workstream": Column("Workstream", "Static data", 16),
    "ref": Column("Ref", "Static data", 10, "centre"),
    "action": Column("Action", "Static data", 35),
    "milestones": Column("Milestones", "Static data", 23),
    "we_will": Column("We will statement (code & statement in full)", "Static data", 29),
    "director": Column("Director Lead", "Owners", 17),
    "cabinet": Column("Cabinet Member", "Owners", 17),
    "leads": Column("Other Leads", "Owners", 15),
    "owner": Column("Update Owner (if different)", "Owners", 17),
    "start": Column("Start date", "Dates", 11, "date"),
    "due": Column("Due date", "Dates", 13, "date"),
    "focus": Column("Main Action Risk", "Focus", 10, "centre"),
    **_month_columns("may"),
    **_month_columns("june"),
}
EVERY_COLUMN = tuple(COLUMNS)
NO_MILESTONES = tuple(key for key in COLUMNS if key not in ("milestones", "we_will"))


@dataclass(frozen=True)
class Layout:
    """How one theme sheet differs from the others. Rows and columns count from nought."""

    sheet: str
    tab: str
    columns: tuple[str, ...] = EVERY_COLUMN
    headings: Mapping[str, str] = field(default_factory=dict)
    group_row: int = 2
    banner: str = "June Update Due"
    title_merged: bool = False
    months_merged: bool = False
    gaps: bool = False
    owners_grouped: bool = False
    totals: bool = False
    rules: str = "apart"
    missing_update_rule: bool = False
    text_numbers: str = ""
    is_protected: bool = False

    @property
    def field_row(self) -> int:
        """The row of field headings, under the group headings."""
        return self.group_row + 1

    @property
    def first_row(self) -> int:
        """The row of the first action."""
        return self.group_row + 2

    @property
    def last_column(self) -> int:
        """The last column of the sheet."""
        return len(self.columns) - 1

    def at(self, key: str) -> int:
        """The place of a column on this sheet."""
        return self.columns.index(key)

    def heading(self, key: str) -> str:
        """The heading of a column, as it is spelt on this sheet."""
        return self.headings.get(key, COLUMNS[key].heading)

    def group(self, key: str) -> tuple[str, str]:
        """The group that a column stands under; neighbours with the same one share a heading."""
        column = COLUMNS[key]
        if column.month and self.months_merged:
            return "Progress against plan", column.month
        return column.group, column.month


LAYOUTS: tuple[Layout, ...] = (
    Layout(
        sheet="Theme 1",
        tab="#2E6DA4",
        group_row=1,
        banner="",
        headings={"june_update": "Update (Initial and Date)/June 2026)"},
    ),
    Layout(
        sheet="Theme 2",
        tab="#3B7A57",
        title_merged=True,
        rules="together",
        missing_update_rule=True,
    ),
    Layout(
        sheet="Theme 3 - Residents' services",
        tab="#8A6D1D",
        headings={"june_status": "Status  (June 2026)"},
        gaps=True,
        owners_grouped=True,
    ),
    Layout(sheet="Theme 4", tab="#7A4B8C", totals=True),
    Layout(
        sheet="Theme 5",
        tab="#A3532B",
        columns=NO_MILESTONES,
        headings={"june_update": "Update (Initial and Date)\n(June 2026)"},
        text_numbers="due",
        is_protected=True,
    ),
    Layout(
        sheet="Theme 6 - Partners & people",
        tab="#2B7F86",
        months_merged=True,
        rules="none",
    ),
)
