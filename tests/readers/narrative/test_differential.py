"""Our reading against markdown-it-py's on random documents, block by block, inline by inline, line by line.

`DOCUMENTS=100000` compares more than the usual 2,000; `SEED=7` begins elsewhere.
"""

from __future__ import annotations

import os

import pytest

from assembler.readers.narrative import read_blocks

from .documents import random_document
from .oracle import tree_of_oracle, tree_of_ours

DOCUMENTS = int(os.environ.get("DOCUMENTS", "2000"))
FIRST = int(os.environ.get("SEED", "0")) * 1_000_000
SHARES = 8


@pytest.mark.parametrize("share", range(SHARES))
def test_everyday_documents_are_read_as_commonmark_reads_them(share: int) -> None:
    for seed in range(FIRST + share, FIRST + DOCUMENTS, SHARES):
        text = random_document(seed)
        blocks, _ = read_blocks(text, "lycee/critere-1.md", 1)
        assert tree_of_ours(blocks, with_lines=True) == tree_of_oracle(text, with_lines=True), f"seed {seed}:\n{text}"
