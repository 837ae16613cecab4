"""A real council's tracker rolled to August 2023, with its owners sorted out and its returns sent.

It is no part of the project; see shared/README.md.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl

import sheetplan
from sheetplan.model.owner_return import owner_key
from tests.cycle.mischief import Filling
from tests.cycle.reporting import type_into
from tests.judges import shared_folder
