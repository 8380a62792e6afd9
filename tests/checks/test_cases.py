"""One case for every finding: what is changed in the base candidature, and what is then said, where.

The sentences stand in `tests/cases/constats.md`, to be read as a school reads them; `ACCEPT=1` rewrites them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from candidature import (
    PACK,
    TEMPLATES,
    Change,
    append,
    change,
    copy_simple,
    drop,
    folder,
    link,
    own_pack,
    second_school,
    write,
)
from filelock import FileLock
from PIL import Image

from assembler.model.finding import Finding
from assembler.pipeline import Options, build, check_pack, examine
from assembler.report import finding_line, findings_plain
from assembler.tools import libreoffice

CASES_FILE = Path(__file__).parents[1] / "cases" / "constats.md"
DAY = date(2026, 11, 20)
OFFICE = libreoffice.find() is not None
OTHER_OFFICE = any(place.is_file() for place in map(Path, libreoffice._PLACES))


@dataclass(frozen=True, slots=True)
class Case:
    """`code` is expected at `place` (« file:line ») with `severity`, once `changes` are made."""

    code: str
    severity: str
    place: str | None
    *changes: Change
"""
