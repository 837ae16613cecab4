"""The chart of ratings by month: stacked columns, in the colours of the ratings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from look import DARK_GREY, FONT, NAVY, PALETTE
from pattern_sheet import PatternSheet

_BLUE, _GREEN, _AMBER, _RED, _GREY = (
    f"#{PALETTE[name]['fill']}" for name in ("blue", "green", "amber", "red", "grey")
)
_STRIPES = "wide_upward_diagonal"
SERIES: dict[str, dict[str, Any]] = {
    "complete": {"fill": {"color": _BLUE}},
    "closed": {"pattern": {"pattern": _STRIPES, "fg_color": _BLUE, "bg_color": "#FFFFFF"}},
    "on_track": {"fill": {"color": _GREEN}},
    "not_due_to_start": {"fill": {"color": _GREY}},
    "on_hold": {"pattern": {"pattern": _STRIPES, "fg_color": DARK_GREY, "bg_color": _GREY}},
    "medium_progress": {"fill": {"color": _AMBER}},
    "significant_slippage": {"fill": {"color": _RED}},
}
"""What is stacked, from the bottom up. Ratings that share a colour differ by stripes."""

WORDS = {
    "complete": "Complete",
    "closed": "Closed",
    "on_track": "Green – on track",
    "not_due_to_start": "Not due to start",
    "on_hold": "On hold",
    "medium_progress": "Amber – medium progress",
    "significant_slippage": "Red – significant slippage",
}
ALT_TEXT = (
    "Stacked columns, one for each month: how many actions of the whole plan have each rating. "
    "The table of ratings by month on this sheet has the same numbers."
)


def place_chart(
    sheet: PatternSheet,
    row: int,
    months: int,
    month_column: int,
    columns: Mapping[str, int],
    *,
    top: int = 0,
    size: tuple[int, int],
) -> None:
    """Place the chart on a row, `top` pixels below its upper edge.

    It shows row `months`, in which the month stands in `month_column`, and the number of each
    rating in its own of the `columns`.
    """
    chart = sheet.look.book.add_chart({"type": "column", "subtype": "stacked"})
    name = sheet.name
    for rating, drawn in SERIES.items():
        column = columns[rating]
        chart.add_series(
            {
                "name": WORDS[rating],
                "categories": [name, months, month_column, months, month_column],
                "values": [name, months, column, months, column],
                "border": {"color": DARK_GREY, "width": 0.75},
                "gap": 60,
                **drawn,
            }
        )
    chart.set_title({"name": "Actions by rating in each month", "name_font": _font(13, NAVY, True)})
    axis = {
        "name_font": _font(10),
        "num_font": _font(10),
        "major_tick_mark": "outside",
        "minor_tick_mark": "none",
    }
    chart.set_x_axis({"name": "Month", **axis})
    chart.set_y_axis(
        {
            "name": "Number of actions",
            **axis,
            "num_format": "0",
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#CECECE", "width": 0.75}},
        }
    )
    chart.set_legend({"position": "right", "font": _font(10)})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"color": "#FFFFFF"}})
    chart.set_size({"width": size[0], "height": size[1]})
    options = {"description": ALT_TEXT, "object_position": 2, "y_offset": top, "x_offset": 2}
    sheet.sheet.insert_chart(row, 0, chart, options)


def _font(size: int, color: str = FONT["font_color"], bold: bool = False) -> dict[str, Any]:
    return {"name": FONT["font_name"], "size": size, "color": color, "bold": bold}
