"""README.md, LISEZMOI.md and CHANGELOG.md are true: what they name exists, what they show is what the program says.

Blocks are told apart by their language: `console` is run for real, `sh` is looked up, `text` is looked for in what the program
says of the example and of a copy with mistakes, `yaml` and `markdown` are put into a new candidature, `tree` is looked for on disk.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from candidature import change, program

from assembler import __version__
from assembler.cli import cli

ROOT = Path(__file__).parents[1]
GUIDES = ("README.md", "LISEZMOI.md")
PROGRAM = re.compile(r"^(?:dossier|py -m assembler)(?= |$)")
SENTENCE = re.compile(r"(erreur|avertissement|remarque) · ")
FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?:\.(?:md|yaml|json|pdf|docx|py|txt)|/)|SHA256SUMS|LICENSE")

MISTAKES = (
    change("lycee-exemple/critere-4.md", "[preuve:convention-clee]", "[preuve:convention-cle]"),
    change("lycee-exemple/critere-1.md", ' {attendus="e"}', ""),
    change("lycee-exemple/etablissement.yaml", "uai: 0999999F", "uai: 0999999G"),
    change("lycee-exemple/preuves.yaml", "publics/convention-ufa.pdf", "publics/convention-ufa-2025.pdf"),
    change("lycee-exemple/preuves.yaml", "    seance: 2026-06-25\n", ""),
    change("lycee-exemple/preuves.yaml", "    titre: Guide de la mixité", "    titres: Guide de la mixité"),
    change("lycee-exemple/preuves.yaml", '    autorisations: "Six', '    # autorisations: "Six'),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A fenced block of a guide."""

    guide: str
    line: int
    language: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.guide}:{self.line}"


def blocks(*languages: str) -> list[Shown]:
    """The blocks of both guides in one of `languages`."""
    return [each for guide in GUIDES for each in fenced(guide) if each.language in languages]


def fenced(guide: str) -> Iterator[Shown]:
    start, language, lines = 0, None, []
    for number, line in enumerate((ROOT / guide).read_text("utf-8").splitlines(), 1):
        if not line.startswith("```"):
            lines.append(line)
        elif language is None:
            start, language, lines = number, line.removeprefix("```"), []
        else:
            yield Shown(guide, start, language, tuple(lines))
            language = None
    assert language is None, f"{guide}:{start}: a block is never closed"


def commands() -> list[tuple[str, str]]:
    """Every command that the guides show, with where."""
    found = [(str(each), line.removeprefix("$ ")) for each in blocks("sh", "console") for line in each.lines
             if each.language == "sh" or line.startswith("$ ")]  # fmt: skip
    for guide in GUIDES:
        found += [(guide, code) for code in inline_code(guide) if re.match(r"(dossier|make) \S|make$", code)]
    return found


def inline_code(guide: str) -> list[str]:
    prose = re.sub(r"^```.*?^```$", "", (ROOT / guide).read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the program says of the example with mistakes in it."""
    place = Path(shutil.copytree(ROOT / "content", tmp_path_factory.mktemp("fautes") / "content"))
    for mistake in MISTAKES:
        mistake(place)
    shutil.copy(place / "lycee-exemple" / "critere-4.md", place / "lycee-exemple" / "critere-4 (copie en conflit).md")
    told = program("check", place)
    assert told.code == 1, told.err
    return told.out


def test_every_block_says_what_it_is() -> None:
    known = {"console", "sh", "text", "yaml", "markdown", "tree"}
    assert [str(each) for each in blocks("")] == []
    assert {each.language for guide in GUIDES for each in fenced(guide)} <= known


@pytest.mark.parametrize(("place", "command"), commands())
def test_every_command_shown_exists_with_its_options(place: str, command: str) -> None:
    words = shlex.split(command)
    if words[0] == "make":
        makefile = (ROOT / "Makefile").read_text("utf-8")
        for word in words[1:]:
            pattern = rf"^{word.partition('=')[0]} \?=" if "=" in word else rf"^{word}:"
            assert re.search(pattern, makefile, re.MULTILINE), f"{place}: the Makefile has no « {word} »"
    elif PROGRAM.match(command):
        _parse(shlex.split(PROGRAM.sub("dossier", command))[1:])
    else:
        assert words[0] in ("py", "python3", "source"), f"{place}: what is « {command} »?"


def _parse(words: list[str]) -> None:
    """Let click read the words, without running anything; it raises on what does not exist."""
    command: click.Command = cli
    while isinstance(command, click.Group):
        options = {name for each in command.get_params(click.Context(command)) for name in each.opts}
        while words and words[0].startswith("-"):
            assert words[0] in options, f"« {words[0]} » is no option"
            words = words[1:]
        if not words:
            return
        assert words[0] in command.commands, f"« {words[0]} » is no command"
        command, words = command.commands[words[0]], words[1:]
    if words != ["--help"]:
        command.make_context("dossier", words)


def test_the_tour_of_the_readme_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "tests" / "dossiers" / "reseau-trois", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for block in blocks("console"):
        shown: list[str] = []
        real: list[str] = []
        for line in (*block.lines, "$ "):
            if not line.startswith("$ "):
                shown.append(line)
                continue
            for each in _unmatched(shown, real):
                _settle(block, each, real)
            if words := shlex.split(line.removeprefix("$ dossier ").removeprefix("$ ")):
                told = program(*words)
                shown, real = [], [*told.err.splitlines(), *told.out.splitlines()]


def test_what_the_guides_quote_is_what_the_program_says(said: str) -> None:
    real = said.splitlines()
    for block in blocks("text"):
        for line in block.lines:
            if not any(_same(line, each) for each in real):
                _settle(block, line, real)


def _settle(block: Shown, line: str, real: list[str]) -> None:
    """Fail on a line that the program does not say; or, when asked to accept, write what it says instead."""
    nearest = difflib.get_close_matches(line, real, 1, 0.5)
    if not (nearest and os.environ.get("ACCEPT")):
        pytest.fail(f"{block}: not said: {line}\nnearest: {''.join(nearest)}")
    guide = ROOT / block.guide
    guide.write_text(guide.read_text("utf-8").replace(f"\n{line}\n", f"\n{nearest[0]}\n"), "utf-8")


def _unmatched(shown: list[str], real: list[str]) -> list[str]:
    """The lines shown that do not come, in their order, among the real ones; « … » stands for anything."""
    missing, place = [], 0
    for line in shown:
        if line in ("", "…"):
            continue
        here = next((nth for nth in range(place, len(real)) if _same(line, real[nth])), None)
        if here is None:
            missing.append(line)
        else:
            place = here + 1
    return missing


def _same(shown: str, real: str) -> bool:
    """Findings to the letter, up to an ellipsis that ends the line; other lines by their first words. Numbers may change."""
    shown, real = (re.sub(r"\d+", "0", " ".join(each.split())) for each in (shown, real))
    if SENTENCE.match(shown):
        return real.startswith(shown.removesuffix("…")) if shown.endswith("…") else real == shown
    words = shown.removesuffix("…").split()[:4]
    return real.split()[: len(words)] == words


@pytest.mark.parametrize("guide", GUIDES)
def test_a_candidature_written_as_the_guide_shows_is_understood(guide: str, tmp_path: Path) -> None:
    place = tmp_path / "mon-dossier"
    program("new", place)
    for block in fenced(guide):
        text = "\n".join(block.lines) + "\n"
        if block.language == "yaml":
            name = block.lines[0].removeprefix("# ")
            (place / (name if name == "candidature.yaml" else f"mon-lycee/{name}")).write_text(text, "utf-8")
        elif block.language == "markdown":
            (place / "mon-lycee" / "critere-4.md").write_text(text, "utf-8")
    findings = json.loads(program("check", place, "--format", "json").out)["constats"]
    files = {"mon-lycee/preuves.yaml", "mon-lycee/critere-4.md", "candidature.yaml"}
    expected = re.compile(
        r"expectation-|(exhibit|approval-file)-missing|exhibit-uncited|approval-title|review-missing|calendar-"
        r"|labels-provisional|placeholder-left"
    )
    surprises = [each for each in findings if each["fichier"] in files and not expected.match(each["code"])]
    assert surprises == []


def test_every_key_named_is_in_a_schema() -> None:
    known = _keys()
    for guide in GUIDES:
        for code in inline_code(guide):
            if named := re.fullmatch(r"([a-z-]+):(?: (.+))?", code):
                key, value = named.groups()
                assert key in known, f"{guide}: no file has the key « {key} »"
                choices = known[key]
                assert not value or not choices or value in choices, f"{guide}: « {code} »"


def _keys() -> dict[str, set[str]]:
    """Every key of our YAML files, with its choices where it has some."""
    found: dict[str, set[str]] = {}

    def walk(schema: object) -> None:
        if isinstance(schema, dict):
            for key, value in schema.get("properties", {}).items():
                found.setdefault(key, set()).update(map(str, value.get("enum", ())))
            for value in schema.values():
                walk(value)
        elif isinstance(schema, list):
            for value in schema:
                walk(value)

    for name in ("candidature", "etablissement", "preuves", "pack"):
        walk(json.loads((ROOT / "assembler" / "schemas" / f"{name}.schema.json").read_text("utf-8")))
    return found


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_named_is_there(guide: str, tmp_path: Path) -> None:
    program("new", tmp_path / "mon-dossier")
    known = _known_files(tmp_path)
    for code in [*inline_code(guide), *re.findall(r"\]\(([^):]+)\)", (ROOT / guide).read_text("utf-8"))]:
        if FILE.fullmatch(code):
            assert code in known, f"{guide}: there is no « {code} »"


def _known_files(new: Path) -> set[str]:
    """What a reader may find: from the top of the project, of a candidature, of a school, of an edition, of a new folder."""
    editions = {f"{folder}{stem}{end}" for folder in ("", "build/") for stem in ("dossier", "brouillon")
                for end in (".docx", ".pdf", "-sans-annexes.pdf")}  # fmt: skip
    known = editions | {
        "dossier.json",
        "constats.json",
        "SHA256SUMS",
        "build/",
        "numeros.yaml",
        "import-commentaires.md",
        "complements.pdf",
        "modifications.docx",
        "commun/",
        "liasse/",
        "mis-de-cote/",
        ".venv/",
        ".venv/bin/",
    }
    roots = (ROOT, ROOT / "content", ROOT / "content" / "lycee-exemple", ROOT / "assembler" / "writers" / "pdf" / "fonts",
             new, new / "mon-dossier", new / "mon-dossier" / "mon-lycee")  # fmt: skip
    made = {
        ".venv",
        ".git",
        "build",
        ".hypothesis",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".import_linter_cache",
    }
    for root in roots:
        for top in root.iterdir():
            for path in [top, *top.rglob("*")] if top.name not in made else []:
                known.add(path.relative_to(root).as_posix() + ("/" if path.is_dir() else ""))
    return known


def test_the_trees_shown_are_true(tmp_path: Path) -> None:
    program("new", tmp_path / "mon-dossier")
    told = program("build", ROOT / "content", "-o", tmp_path / "build")
    assert told.code == 0, told.err
    for block in blocks("tree"):
        paths = _paths(block)
        top = ROOT if paths[0].parts[0] == "content" else tmp_path
        for path in paths:
            assert (top / path).exists(), f"{block}: there is no « {path} »"
        if paths[0].name == "build":
            assert sorted(each.name for each in paths[1:]) == sorted(each.name for each in (top / "build").iterdir())


def _paths(block: Shown) -> list[Path]:
    """The paths that indentation tells, a folder before what is in it."""
    paths: list[Path] = []
    above: list[tuple[int, Path]] = []
    for line in block.lines:
        indent, name = len(line) - len(line.lstrip()), line.split()[0]
        above = [each for each in above if each[0] < indent]
        path = above[-1][1] / name if above else Path(name)
        above.append((indent, path))
        paths.append(path)
    return paths


def test_the_french_guide_shows_every_command() -> None:
    text = (ROOT / "LISEZMOI.md").read_text("utf-8")
    assert [name for name in ("new", "check", "build", "number") if f"dossier {name}" not in text] == []


def test_the_exit_codes_told_are_those_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "lettre.txt").write_text("x")
    tried = {
        0: ("--version",),
        2: ("construire",),
        3: ("check", tmp_path / "absent"),
        5: ("new", tmp_path / "plein"),
    }
    assert {code: program(*words).code for code, words in tried.items()} == {code: code for code in tried}


def test_the_changelog_opens_on_this_version() -> None:
    versions = re.findall(r"^## (\S+) — (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert versions[0] == (project, "non publiée")
    assert project == __version__
