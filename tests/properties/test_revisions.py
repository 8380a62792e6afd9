"""Tracked changes lose nothing and invent nothing, whatever was edited: both versions can be had back, to the look of a word."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.texts import answers, dossier_of, edited
from writers.word.revised import revised
from writers.word.tracked import marks

from assembler.assembly.compare import compare
from assembler.tools.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_accepting_gives_this_version_and_rejecting_the_one_before(store: Store, seed: int) -> None:
    random = Random(seed)
    texts = answers(random)
    old, new = dossier_of(texts), dossier_of(edited(texts, random))
    made = revised(old, new, store)
    assert made.is_true
    if compare(old, new, 1).nothing:
        assert marks(made.marked) == []
