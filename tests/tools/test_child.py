"""Work in children: whatever one of them does, its job alone is lost."""

from __future__ import annotations

import time

import pytest

from assembler.tools.child import Lost, work

MOODS = {"hang": "timeout", "die": "crash", "leave": "crash", "swell": "crash", "babble": "crash", "list": "crash"}


@pytest.mark.parametrize("children", [1, 3])
@pytest.mark.parametrize("mood", MOODS)
def test_a_job_that_goes_wrong_is_lost_alone(mood: str, children: int) -> None:
    names = ["a", "b", mood, "c", "d"]
    jobs = [({"name": name, "mood": name}, 1.0 if name == "hang" else 30.0) for name in names]
    answers = {job["name"]: answer for job, answer in work("saboteurs.moody", jobs, children, lambda _: None)}
    assert answers.pop(mood) == Lost(MOODS[mood])
    assert answers == {name: {"done": name} for name in ("a", "b", "c", "d")}


def test_every_job_may_go_wrong() -> None:
    jobs = [({"name": str(number), "mood": "die"}, 30.0) for number in range(6)]
    answers = [answer for _, answer in work("saboteurs.moody", jobs, 2, lambda _: None)]
    assert answers == [Lost("crash")] * 6


def test_a_module_that_is_not_there_loses_every_job() -> None:
    jobs = [({"name": "a"}, 30.0)]
    assert [answer for _, answer in work("saboteurs.absent", jobs, 2, lambda _: None)] == [Lost("crash")]


def test_no_job_needs_no_child() -> None:
    assert list(work("saboteurs.absent", [], 2, lambda _: None)) == []


def test_leaving_in_the_middle_ends_the_children() -> None:
    started = time.monotonic()
    jobs = [({"name": "a", "mood": "fine"}, 30.0), ({"name": "b", "mood": "fine"}, 30.0)]
    for _ in work("saboteurs.moody", jobs, 1, lambda _: None):
        break
    assert time.monotonic() - started < 20
