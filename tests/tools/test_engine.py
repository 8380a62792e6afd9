"""The layout engine in its children: as many layouts as wanted, and none left behind."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from assembler.tools.child import Lost
from assembler.tools.engine import Engine

SHEET = """
#set document(title: [Titre], date: datetime(year: 2026, month: 1, day: 1))
#set text(lang: "fr")
= Titre
#context [#metadata((pages: 1))<pagination>]
"""
ENDLESS = "#for a in range(1000000) { for b in range(1000000) {} }"


def bench(folder: Path, layout: str) -> Path:
    folder.mkdir()
    (folder / "dossier.typ").write_text(layout, "utf-8")
    return folder


def test_there_are_as_many_layouts_as_wanted_whoever_was_waiting(tmp_path: Path) -> None:
    with Engine(waiting=1) as engine:
        answers = [engine.lay_out(bench(tmp_path / str(nth), SHEET), (), 0, None) for nth in range(3)]
    assert answers == [{"found": {"pages": 1}}] * 3
    assert (tmp_path / "0" / "dossier.pdf").read_bytes() == (tmp_path / "2" / "dossier.pdf").read_bytes()


def test_what_is_wrong_is_told_in_the_engines_words(tmp_path: Path) -> None:
    with Engine() as engine:
        answer = engine.lay_out(bench(tmp_path / "a", "#inconnu()"), (), 0, None)
    assert isinstance(answer, dict)
    assert "unknown variable: inconnu" in answer["fault"]


def test_a_layout_without_end_is_ended(tmp_path: Path) -> None:
    with Engine() as engine:
        assert engine.lay_out(bench(tmp_path / "a", ENDLESS), (), 0, 1.0) == Lost("timeout")


def test_ending_the_engine_ends_the_layout_under_way(tmp_path: Path) -> None:
    engine = Engine(waiting=1)
    answers: list[object] = []
    work = threading.Thread(
        target=lambda: answers.append(engine.lay_out(bench(tmp_path / "a", ENDLESS), (), 0, None)), daemon=True
    )
    work.start()
    while not engine._busy:
        time.sleep(0.01)
    engine.end()
    work.join(20)
    assert answers == [Lost("crash")]
