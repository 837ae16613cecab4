"""What a workbook holds, and what a change did to it: how the promise is seen and checked."""

from sheetplan.ooxml.inventory.comparison import Comparison, Difference, Kind, compare_packages
from sheetplan.ooxml.inventory.contents import Holding, contents

__all__ = ["Comparison", "Difference", "Holding", "Kind", "compare_packages", "contents"]
