"""Keeps a council's improvement plan workbook from month to month, and writes its reports.

Everything that was in the workbook is still there afterwards, and that is proved each time.
Each function here is also a command: `sheetplan.roll_month(path)` is `sheetplan roll-month PATH`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetplan.cycle.accessibility import accessibility
    from sheetplan.cycle.appendix import appendix, plan_appendix
    from sheetplan.cycle.backups import undo
    from sheetplan.cycle.change_control import change_control, plan_change_control
    from sheetplan.cycle.check import check, plan_check
    from sheetplan.cycle.check_rules import check_rules
    from sheetplan.cycle.collect_returns import collect_returns, plan_collect_returns
    from sheetplan.cycle.colour import colour, plan_colour
    from sheetplan.cycle.compare import compare, plan_compare
    from sheetplan.cycle.history import history, plan_history
    from sheetplan.cycle.import_plan import import_plan, plan_import
    from sheetplan.cycle.init import init
    from sheetplan.cycle.inspection import inspect
    from sheetplan.cycle.new import new, plan_new
    from sheetplan.cycle.prepare import plan_prepare, prepare
    from sheetplan.cycle.recommendations import plan_recommendations, recommendations
    from sheetplan.cycle.roll_month import plan_roll_month, roll_month
    from sheetplan.cycle.send_returns import plan_send_returns, send_returns
    from sheetplan.cycle.status import status
    from sheetplan.cycle.summarise import plan_summarise, summarise
    from sheetplan.errors import SheetplanError
    from sheetplan.model.month import Month

__version__ = "0.1.0"

__all__ = [
    "Month",
    "SheetplanError",
    "accessibility",
    "appendix",
    "change_control",
    "check",
    "check_rules",
    "collect_returns",
    "colour",
    "compare",
    "history",
    "import_plan",
    "init",
    "inspect",
    "new",
    "plan_appendix",
    "plan_change_control",
    "plan_check",
    "plan_collect_returns",
    "plan_colour",
    "plan_compare",
    "plan_history",
    "plan_import",
    "plan_new",
    "plan_prepare",
    "plan_recommendations",
    "plan_roll_month",
    "plan_send_returns",
    "plan_summarise",
    "prepare",
    "recommendations",
    "roll_month",
    "send_returns",
    "status",
    "summarise",
    "undo",
]

_HOMES = {
    "Month": "sheetplan.model.month",
    "SheetplanError": "sheetplan.errors",
    "accessibility": "sheetplan.cycle.accessibility",
    "appendix": "sheetplan.cycle.appendix",
    "change_control": "sheetplan.cycle.change_control",
    "check": "sheetplan.cycle.check",
    "check_rules": "sheetplan.cycle.check_rules",
    "collect_returns": "sheetplan.cycle.collect_returns",
    "colour": "sheetplan.cycle.colour",
    "compare": "sheetplan.cycle.compare",
    "history": "sheetplan.cycle.history",
    "import_plan": "sheetplan.cycle.import_plan",
    "init": "sheetplan.cycle.init",
    "inspect": "sheetplan.cycle.inspection",
    "new": "sheetplan.cycle.new",
    "plan_appendix": "sheetplan.cycle.appendix",
    "plan_change_control": "sheetplan.cycle.change_control",
    "plan_check": "sheetplan.cycle.check",
    "plan_collect_returns": "sheetplan.cycle.collect_returns",
    "plan_colour": "sheetplan.cycle.colour",
    "plan_compare": "sheetplan.cycle.compare",
    "plan_history": "sheetplan.cycle.history",
    "plan_import": "sheetplan.cycle.import_plan",
    "plan_new": "sheetplan.cycle.new",
    "plan_prepare": "sheetplan.cycle.prepare",
    "plan_recommendations": "sheetplan.cycle.recommendations",
    "plan_roll_month": "sheetplan.cycle.roll_month",
    "plan_send_returns": "sheetplan.cycle.send_returns",
    "plan_summarise": "sheetplan.cycle.summarise",
    "prepare": "sheetplan.cycle.prepare",
    "recommendations": "sheetplan.cycle.recommendations",
    "roll_month": "sheetplan.cycle.roll_month",
    "send_returns": "sheetplan.cycle.send_returns",
    "status": "sheetplan.cycle.status",
    "summarise": "sheetplan.cycle.summarise",
    "undo": "sheetplan.cycle.backups",
}


def __getattr__(name: str) -> object:
    """Import a verb when it is first used: `sheetplan --help` should not wait for lxml."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
