"""Columns inserted into a sheet, with all of the workbook that refers to those right of them."""

from sheetplan.ooxml.insertion.inserting import Inserted, insert_columns

__all__ = ["Inserted", "insert_columns"]
