"""Every habit of `tests/cases/markdown`: why, what is typed, what is read. `ACCEPT=1` rewrites what is read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from assembler.readers import narrative
from assembler.readers.narrative import read_blocks

from .notation import show

CASES = sorted((Path(__file__).parents[2] / "cases" / "markdown").glob("*.md"))
_INPUT, _OUTPUT = "\n<<<<\n", "\n>>>>\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_habit_is_read_as_its_author_meant(path: Path) -> None:
    why, _, rest = path.read_text(encoding="utf-8").partition(_INPUT)
    typed, _, expected = rest.partition(_OUTPUT)
    read = show(*read_blocks(typed, "lycee/critere-1.md", 1)) + "\n"
    if os.environ.get("ACCEPT") == "1":
        path.write_text(f"{why}{_INPUT}{typed}{_OUTPUT}{read}", encoding="utf-8")
        return
    assert read == expected


def test_there_are_cases_and_each_says_why() -> None:
    assert len(CASES) >= 60
    assert [path.name for path in CASES if len(path.read_text(encoding="utf-8").partition(_INPUT)[0]) < 12] == []


def test_every_finding_of_the_reader_has_a_case() -> None:
    package = Path(narrative.__file__).parent
    raised = {
        code
        for module in package.glob("*.py")
        for code in re.findall(r'"((?:[a-z]+-)+[a-z]+)"', module.read_text(encoding="utf-8"))
        if re.match(
            r"(?:attribute|bullet|expectation|fence|footnote|heading|html|image|indented|link|number|reference|table)-",
            code,
        )
    }
    shown = "\n".join(path.read_text(encoding="utf-8") for path in CASES)
    assert len(raised) >= 20
    assert sorted(code for code in raised if f" {code}" not in shown) == []
