"""Input made to keep a Markdown reader busy for hours is read, or kept as typed with a finding that names the line."""

from __future__ import annotations

from multiprocessing import get_context
from queue import Empty
from typing import Any

import pytest

from assembler.readers.narrative import read_blocks

GUARD = 60
"""Seconds after which a case hangs; each takes less than two alone on the machine."""
SIZE = 200_000

_REPEATED = [
    "[", "![", "[a](", "[a]((", "[preuve:a", "# a\n", "a\n---\n", "a\n===\n\n", "> ", "> a\n", "<a ", "<", "*a ", "**a ", "*a_ ",
    "_a ", "__a", "*", "~", "~~a", "~a ", "^a", "\\", "\\a", "&", "&amp;", "&a", "a@", "<a@", "http://", "http://a ", "[^x] ",
    "[^x]: a\n", "- a\n", "1. a\n", "- ", "|", "|-", "| a |\n|---|\n", "```\n", "~~~ a\n", "<!--", "<!-- -->", "<!-- \n", " ", "\n",
    "\t", "#", "{", "1", "1 ", "123 ", "a'", "« ", "mot ", "mot\n", "mot\n\n", "[a] ", "[a][b] ", "[a]: b\n", ": a\n\n", "> - a\n",
    "> - 1. ", "    a\n", "* ", "`", "`` ` ", "a*b*", "> > > a\n\n- b\n", "a :", " ;", "www.", "C:\\", "(", "[a](b \"", "[a](<",
]  # fmt: skip

_BUILT = {
    "growing backticks": "".join("`" * length + " " for length in range(1, 600)),
    "growing quotations": "\n".join(">" * depth + " a" for depth in range(1, 600)),
    "growing lists": "\n".join("  " * depth + "- a" for depth in range(400)),
    "growing indents": "\n".join(" " * depth + "a" for depth in range(600)),
    "lazy lines": "> a\n" + "b\n" * 30_000,
    "wide table": "|" + "a|" * 30_000 + "\n|" + "-|" * 30_000 + "\n",
    "spaces in a heading": "# a" + " " * SIZE + "b",
    "braces in a heading": "# a {" + "a=" * SIZE + "}",
    "address of parentheses": "http://a" + ")" * SIZE,
    "notes in notes": "\n\n".join(f"[^{rank}]: [^{rank + 1}] [^{rank + 1}]" for rank in range(2_000)) + "\n\n[^0]",
    "paragraphs of brackets": "\n\n".join("[" * 190 for _ in range(1_000)),
    "paragraphs of carets": "\n\n".join("^a" * 400 for _ in range(500)),
    "calls of notes": "[^1]: a\n\n" + "x[^1] " * 30_000,
}


def _read(text: str, answers: Any) -> None:
    blocks, findings = read_blocks(text, "lycee/critere-1.md", 1)
    answers.put((len(blocks), {finding.code for finding in findings}))


def _read_in_a_child(text: str) -> tuple[int, set[str]]:
    context = get_context("fork")
    answers = context.Queue()
    child = context.Process(target=_read, args=(text, answers))
    child.start()
    try:
        answer: tuple[int, set[str]] = answers.get(timeout=GUARD)
    except Empty:
        pytest.fail(f"hangs, or died: {text[:40]!r}…")
    finally:
        child.kill()
        child.join()
    return answer


@pytest.mark.parametrize("repeated", _REPEATED)
def test_what_is_repeated_without_end_is_read(repeated: str) -> None:
    blocks, _ = _read_in_a_child(repeated * (SIZE // len(repeated)))
    assert blocks > 0 or not repeated.strip() or repeated in ("[^x]: a\n", "<!-- -->")


@pytest.mark.parametrize("name", _BUILT)
def test_what_is_built_to_hang_is_read(name: str) -> None:
    blocks, _ = _read_in_a_child(_BUILT[name])
    assert blocks > 0


def test_a_paragraph_too_complex_is_kept_as_typed_and_named_and_the_rest_is_read() -> None:
    blocks, findings = read_blocks("## Titre\n\n" + "[" * 201 + " mot\n\n**gras**\n", "lycee/critere-1.md", 1)
    assert [(finding.code, finding.source.line) for finding in findings if finding.source] == [
        ("markdown-too-complex", 3)
    ]
    assert [type(block).__name__ for block in blocks] == ["Heading", "Paragraph", "Paragraph"]


def test_quotations_deeper_than_any_author_writes_are_kept_as_typed() -> None:
    _, findings = read_blocks("> " * 21 + "mot", "lycee/critere-1.md", 1)
    assert [finding.code for finding in findings] == ["markdown-too-complex"]
    _, findings = read_blocks("> " * 20 + "mot", "lycee/critere-1.md", 1)
    assert findings == ()
