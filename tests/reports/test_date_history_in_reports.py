"""What reports print of dates that moved, and of requests to move them."""

from __future__ import annotations

from pathlib import Path

import pytest

import sheetplan
from sheetplan.model.date_history import DateRecords
from sheetplan.model.return_records import LogRecord, RequestRecord, ReturnRecords
from sheetplan.model.support import Recommendation, Standing, SupportRecords
from sheetplan.model.support import RecommendationLink as Link
from sheetplan.reports.appendix import appendix
from sheetplan.reports.content import ActionLine
from sheetplan.reports.date_records import date_records
from sheetplan.reports.summary import summarise
from tests.cycle.reporting import APPENDIX, SUMMARY, small_tracker
from tests.judges import diff, openpyxl_values, valid
from tests.reports.building import JULY, JUNE, MAY, STANDARD, tracker
from tests.reports.test_date_records import entry, request
from tests.sheets.registers import write

PHRASE = STANDARD.reports.say("change_control")
