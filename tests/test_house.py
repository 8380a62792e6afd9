"""The rules of the house: what has a name has a sentence, what has a sentence has a case, and no room grows too large."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from checks.test_cases import CASES

from assembler import checks
from assembler.model.exhibit import Absence
from assembler.wording import FAILURES, FINDINGS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "assembler"
MODULES = sorted(PACKAGE.rglob("*.py"))
MARKDOWN_CASES = ROOT / "tests" / "cases" / "markdown"

LONGEST_MODULE, LONGEST_FUNCTION = 300, 60
LONG_MODULES = {
    "assembler/wording.py": "a table: every sentence the program may say",
    "assembler/readers/shapes.py": "one language in one place: what a file may hold and how it is read",
    "assembler/cli.py": "the only place that prints: one short function a command",
}
LONG_FUNCTIONS: dict[str, str] = {}

# Codes that no literal names: those made from why an exhibit's pages are not there (`exhibit-…`), and the fault of a picture.
MADE_UP = {f"exhibit-{each.value}" for each in Absence} - {"exhibit-link", "exhibit-confidential"}
KINDS = {"error", "warning", "note", "level", "_fault"}
VAGUE = {"manager", "helper", "helpers", "utils", "util", "common", "misc", "stuff"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every call of a plain name, with the texts among its first arguments (both branches of a choice)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, list(texts(node.args[0])) if node.args else []


def texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.IfExp(body=body, orelse=other):
            yield from texts(body)
            yield from texts(other)


def found_codes() -> set[str]:
    """Every code of a finding that the code can make."""
    literal = {code for path in MODULES for name, codes in calls(path) if name in KINDS for code in codes}
    chosen = {
        value.value
        for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.Assign)
        and any(isinstance(each, ast.Name) and each.id == "code" for each in node.targets)
        for value in ast.walk(node.value) if isinstance(value, ast.Constant)
        and isinstance(value.value, str) and re.fullmatch("[a-z]+(-[a-z]+)+", value.value)
    }  # fmt: skip
    pictures = set(re.findall(r'"(image-[a-z]+)"', (PACKAGE / "readers/narrative/pictures.py").read_text("utf-8")))
    return literal | chosen | pictures | MADE_UP


def failure_codes() -> set[str]:
    kinds = {"DossierError", "Missing", "Refused", "Unreadable", "LayoutError", "PreparedError"}
    return {code for path in MODULES for name, codes in calls(path) if name in kinds for code in codes}


# ---------------------------------------------------------------------------------------------------------- sentences


def test_every_finding_has_a_sentence_and_every_sentence_is_said() -> None:
    assert (sorted(found_codes() - set(FINDINGS)), sorted(set(FINDINGS) - found_codes())) == ([], [])


def test_every_failure_has_a_sentence_and_every_sentence_is_said() -> None:
    assert (sorted(failure_codes() - set(FAILURES)), sorted(set(FAILURES) - failure_codes())) == ([], [])


def test_every_finding_has_a_case() -> None:
    told = "".join(path.read_text("utf-8") for path in MARKDOWN_CASES.glob("*.md"))
    of_markdown = set(re.findall(r"^! \d+: \w+ ([a-z-]+)", told, re.MULTILINE))
    assert sorted(set(FINDINGS) - {case.code for case in CASES} - of_markdown) == []
    assert len({case.code for case in CASES}) == len(CASES)


@pytest.mark.parametrize("code", FINDINGS)
def test_a_sentence_is_a_french_sentence(code: str) -> None:
    for words in FINDINGS[code]:
        assert words[0].isupper() or words[0] in "«[{", words
        assert words.endswith((".", "?", "…", "?⟧", ".⟧")), words
        assert "'" not in words.replace("{{attendus", ""), "straight apostrophe"
        typed = words.replace('"b c"', "").replace('"{letter}"', "").replace('"{value}"', "")
        assert not re.search(r'"(?!\w[ \w]*")', typed), "straight quotes"
        assert words.count("«") == words.count("»")
        assert words.count("⟦") == words.count("⟧")


@pytest.mark.parametrize("code", FAILURES)
def test_a_failure_is_told_in_whole_sentences(code: str) -> None:
    assert FAILURES[code].endswith(".")
    assert FAILURES[code].count("«") == FAILURES[code].count("»")


def test_a_narratives_findings_can_all_be_said() -> None:
    """The values a finding of the Markdown reader carries fill the blanks of its sentence."""
    from assembler.readers.narrative import read_blocks
    from assembler.report import finding_line

    for path in sorted(MARKDOWN_CASES.glob("*.md")):
        typed = path.read_text("utf-8").partition("\n<<<<\n")[2].partition("\n>>>>\n")[0]
        for finding in read_blocks(typed, "lycee/critere-1.md", 1)[1]:
            line = finding_line(finding)
            assert " → " in line
            assert "\n" not in line


# ------------------------------------------------------------------------------------------------------------- checks


def test_every_check_is_asked_and_has_its_module() -> None:
    functions = {
        function
        for path in (PACKAGE / "checks").glob("*.py") if path.stem != "__init__"
        for name, function in vars(importlib.import_module(f"assembler.checks.{path.stem}")).items()
        if name.startswith("check_") and function.__module__ == f"assembler.checks.{path.stem}"
    }  # fmt: skip
    assert functions == set(checks.CHECKS)
    assert len(checks.CHECKS) == len(functions)


def test_the_approval_comes_first() -> None:
    assert [each.__name__ for each in checks.CHECKS[:2]] == ["check_approval", "check_approval_text"]


# -------------------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_says_why_it_exists_and_stays_small(path: Path) -> None:
    if shown(path) not in LONG_MODULES:
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(tree(path)), "no docstring"


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{shown(path)}:{node.name}"
        for path in MODULES for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }  # fmt: skip
    assert long == set(LONG_FUNCTIONS)


def test_exceptions_are_still_needed() -> None:
    needed = {shown(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE}
    assert set(LONG_MODULES) - needed == set()


def test_nothing_has_a_vague_name() -> None:
    names = {part for path in MODULES for part in re.split(r"[/_.]", shown(path))}
    names |= {
        word.lower()
        for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)
        for word in re.findall(r"[A-Z]?[a-z]+", node.name)
    }  # fmt: skip
    assert names & VAGUE == set()


# ---------------------------------------------------------------------------------------------------------------- all


def tracked() -> list[Path]:
    """Every text file of the repository that people wrote."""
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".typ", ".json", ".xml", ".sh", ""}
    left_out = {".venv", ".git", "build", "__pycache__", "node_modules", ".hypothesis"}
    return [
        path for path in ROOT.rglob("*")
        if path.suffix in kinds and path.is_file() and not left_out & set(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") for part in path.relative_to(ROOT).parts)
    ]  # fmt: skip


def test_nothing_is_left_to_do_and_no_machine_is_named() -> None:
    unfinished = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    machine = re.compile(r"(?<![\w.])/(work|root|home/\w+)/")
    temporary = re.compile(r"(?<![\w.])/tmp/")
    for path in tracked():
        text = path.read_text("utf-8", errors="replace")
        assert not unfinished.search(text), shown(path)
        assert not machine.search(text), shown(path)
        if "tests" not in path.relative_to(ROOT).parts:
            assert not temporary.search(text), shown(path)


def test_the_floors_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_help_and_check_do_not_load_what_they_do_not_need() -> None:
    """What `dossier --help` imports: neither a document library nor the pipeline."""
    code = "import sys, assembler.cli as cli; cli.run(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {each.split(".")[0] for each in done.stderr.split()} & {
        "pikepdf",
        "typst",
        "lxml",
        "docx",
        "PIL",
        "ruamel",
        "markdown",
    }
    assert loaded == set()
    assert "assembler.pipeline" not in done.stderr.split()
