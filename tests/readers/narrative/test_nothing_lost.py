"""Whatever is typed, every visible word is read, once and in order; and nothing that XML forbids goes through."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from assembler.model.text import Text
from assembler.readers.narrative import decode, read_blocks, split_front_matter

from .documents import random_document
from .plain_words import plain_text, plain_words, words_of

EXAMPLES = int(os.environ.get("EXAMPLES", "300"))
SPEC = Path(__file__).parents[4] / "shared" / "corpora" / "markdown" / "spec.txt"
_MARKS = (
    ["W"] * 12 + ["\n"] * 5 + ["\n\n"] * 4 + [" "] * 6
    + ["- ", "* ", "1. ", "2) ", "• ", "– ", "> ", "# ", "## ", "#### ", "| ", "|", "|---|---|\n", "---\n", "===\n", "***\n"]
    + ["`", "``", "\n```\n", "~~~", "**", "*", "_", "__", "~~", "^", "~", "[", "]", "[^", "(", ")", "![", "!", "\\", "\\\n"]
    + ["<", ">", "&amp;", "&", "  ", "    ", "\t", "  \n", "[preuve:", "[ ] ", "[x] ", ":", "'", "«", "»", "{", "}", "=", "<br>"]
)  # fmt: skip
_HIDDEN = re.compile(
    r"(?ms)<!--.*?-->|\]\(<[^>]*>\)|\]\([^)]*\)|\] ?\[[^\]\n]*\]|^[> ]*\[[^\n]*\]:.*?(?=\n\n|\n>|\Z)"
    r"|&\#?\w+;|^[> ]*(?:```|~~~)[^\n]*|MAILTO"
)
"""What no reader sees: comments, addresses and labels of links, definitions, names of entities and languages."""


@st.composite
def _typed(draw: st.DrawFn) -> str:
    """Marks and words in any order; every word is another."""
    marks = draw(st.lists(st.sampled_from(_MARKS), min_size=1, max_size=60))
    return "".join(f"w{rank}x" if mark == "W" else mark for rank, mark in enumerate(marks))


@settings(max_examples=EXAMPLES, deadline=None)
@given(_typed())
@example("w1x\n- w2x\n\n  > w3x\nw4x\n| w5x | w6x |\n|-|-|\n| w7x | w8x | w9x |\nw10x")
@example("[^w1x] ~~w2x ^w3x^ `w4x **w5x\n    w6x\n\tw7x")
def test_every_word_typed_is_read_in_order(text: str) -> None:
    assume(not re.search(r"\]\(|\]:|<!--", text) and not re.search(r"\{[^\n]*[#.=][^\n]*\}", text))
    blocks, _ = read_blocks(text, "lycee/critere-1.md", 1)
    languages = {
        word for line in re.findall(r"(?:`{3,}|~{3,})[ \t]*(\S+)", text) for word in re.findall(r"w\d+x", line)
    }
    shown, typed = (re.findall(r"w\d+x", each) for each in (plain_text(blocks), text))
    assert [word for word in shown if word not in languages] == [word for word in typed if word not in languages]


@pytest.mark.parametrize("seed", range(200))
def test_every_word_of_an_everyday_document_is_read(seed: int) -> None:
    text = random_document(seed)
    blocks, _ = read_blocks(text, "lycee/critere-1.md", 1)
    shown = re.sub(r"\]\(http://[^)]*\)|&amp;|(?m:^[> ]*(```|~~~~|---|___).*$)|(?m:^ *\d+\.(?= ))", " ", text)
    shown = re.sub(r"(?m:^[> ]*\d+\.(?= ))", " ", shown)
    assert sorted(set(words_of(shown)) - set(plain_words(blocks))) == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=300))
@example("\x00\x0b\x0c\x1f\x7f\x85\u2028\u2029\ue000\ue0031\ue003\ufeff\ufffe&#1;&#xE002;&#xD800;&#0;")
@example("[^\\:] [preuve:\\:] [preuve:`a`] http://a\\_b[preuve:x] ![[preuve:x] `a`](b) <a\\_b@c>")
@example("## \ue0000\ue000\n- \ue0002\ue000")
def test_whatever_is_typed_what_is_read_can_be_written_as_xml(text: str) -> None:
    blocks, _ = read_blocks(text, "lycee/critere-1.md", 1)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\ue003\ufffe\uffff\u2028]", plain_text(blocks)
    )
    assert "Text(text='')" not in repr(blocks)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_and_read(raw: bytes) -> None:
    text, _ = decode(raw, "lycee/critere-1.md")
    _, body, first_line, _ = split_front_matter(text)
    read_blocks(body, "lycee/critere-1.md", first_line)
    assert first_line + body.count("\n") == text.count("\n") + 1


def _spec_examples() -> list[str]:
    if not SPEC.exists():
        return []
    found = re.findall(
        r"^`{32} example.*?\n(.*?)^\.\n.*?^`{32}$", SPEC.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return [typed.replace("→", "\t") for typed in found]


@pytest.mark.skipif(not SPEC.exists(), reason=f"the CommonMark specification is not at {SPEC}")
def test_no_example_of_the_commonmark_specification_breaks_the_reader_or_loses_a_word() -> None:
    examples = _spec_examples()
    assert len(examples) > 600
    lost = {}
    for typed in examples:
        blocks, _ = read_blocks(typed, "lycee/critere-1.md", 1)
        shown = plain_text(blocks)
        if missing := [word for word in words_of(_HIDDEN.sub(" ", typed)) if word not in shown and not word.isdigit()]:
            lost[typed] = missing
    assert lost == {}


def test_the_whole_file_is_kept_as_typed_when_it_is_too_much_to_read() -> None:
    text = "- mot\n" * 30_000
    blocks, findings = read_blocks(text, "lycee/critere-1.md", 5)
    assert [finding.code for finding in findings] == ["markdown-too-complex"]
    assert len(plain_words(blocks)) == 30_000
    assert blocks[0].source.line == 5


def test_text_is_never_empty_nor_doubled() -> None:
    blocks, _ = read_blocks("a **b** <nom> & `c` **** ~~~~ d\\*e", "lycee/critere-1.md", 1)
    content = blocks[0].content  # type: ignore[union-attr]
    pairs = pairwise(content)
    assert not any(isinstance(left, Text) and isinstance(right, Text) for left, right in pairs)
