"""Some of the files that nobody here wrote, as evidence: in the dossier, or refused with a sentence. `make corpora` tries all."""

from __future__ import annotations

import sys

import corpora
import corpora_templates
import pytest

MOST = 60


@pytest.mark.skipif(sys.platform == "win32", reason="each build is a fork of this process")
def test_files_that_nobody_here_wrote_are_in_the_dossier_or_refused_in_words() -> None:
    if not corpora.CORPORA.is_dir():
        pytest.skip(f"the corpora are not in {corpora.CORPORA}: nothing was tried on them")
    paths = corpora.sample(MOST)
    tried = corpora.try_each(paths, lambda *_: None)
    assert len(tried) == MOST
    assert {path.name: each.faults for path, each in zip(paths, tried, strict=True) if each.faults} == {}
    assert sum(each.embedded for each in tried) > MOST / 2


def test_word_files_that_nobody_here_wrote_are_templates_or_refused_in_words() -> None:
    if not corpora.CORPORA.is_dir():
        pytest.skip(f"the corpora are not in {corpora.CORPORA}: nothing was tried on them")
    groups = (("word/docxtpl", False), ("word/python-docx", False))
    lines, wrong = corpora_templates.section(groups, validated=False)
    print("\n".join(lines))
    assert not wrong, lines
    assert sum(line.startswith("| word/") for line in lines) == len(groups)
