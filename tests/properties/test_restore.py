"""What was written as plain data is read back the same; by another release, as much as it knows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from properties.texts import answers, dossier_of

from assembler.model.dossier import Dossier, Submission
from assembler.model.plain import plain
from assembler.model.restore import Misfit, restore
from assembler.pipeline import examine

DOSSIERS = sorted(path.parent for path in (Path(__file__).parents[1] / "dossiers").glob("*/candidature.yaml"))


def told(dossier: Dossier) -> Any:
    return json.loads(json.dumps(plain(dossier)))


@pytest.mark.parametrize("folder", DOSSIERS, ids=lambda each: each.name)
def test_every_example_is_read_back_the_same(folder: Path) -> None:
    dossier = examine(folder, date(2026, 11, 20), lambda *_: None).dossier
    dossier = replace(dossier, submission=Submission(2, "six mots"))
    assert restore(Dossier, told(dossier)) == dossier


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_every_text_is_read_back_the_same(seed: int) -> None:
    dossier = dossier_of(answers(Random(seed)))
    assert restore(Dossier, told(dossier)) == dossier


def test_what_an_older_release_did_not_write_is_empty() -> None:
    data = told(dossier_of(answers(Random(1))))
    for name in ("requests", "submission", "retired"):
        del data[name]
    del data["pack"]["deposit"], data["pack"]["words"], data["candidature"]["network"], data["candidature"]["campaign"]
    restored = restore(Dossier, data)
    assert (restored.requests, restored.submission, restored.retired) == ((), None, ())
    assert (restored.candidature.network, restored.candidature.campaign) == (None, "")
    assert restored.pack.deposit.archive is False


def test_what_a_newer_release_wrote_is_left_aside() -> None:
    dossier = dossier_of(answers(Random(1)))
    data = told(dossier)
    data["weather"] = {"type": "Weather", "sun": True}
    data["pack"]["weather"] = [1, 2]
    assert restore(Dossier, data) == dossier


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("candidature.edition", "hier"),
        ("candidature.title", 3),
        ("candidature.request", "peut-être"),
        ("pack.framework.criteria[1].number", None),
        ("answers[2]", {"type": "Chapitre"}),
        ("members[0].establishment", "lycee"),
        ("exhibits", "aucune"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(place: str, value: object) -> None:
    data: Any = told(dossier_of(answers(Random(1))))
    *way, last = place.replace("[", ".[").split(".")
    inner = data
    for step in way:
        inner = inner[int(step[1:-1])] if step.startswith("[") else inner[step]
    inner[int(last[1:-1]) if last.startswith("[") else last] = value
    with pytest.raises(Misfit) as caught:
        restore(Dossier, data)
    assert caught.value.place == place
