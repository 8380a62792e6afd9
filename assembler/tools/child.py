"""Child processes with limits, for work on files that come from outside: a hang, a crash or a glut of memory costs one job.

A child is a Python module that answers jobs: one JSON object a line on its standard input, one a line on its standard
output. A few children work side by side; each does many jobs, and is replaced when it dies.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assembler.errors import DossierError
from assembler.tools.faults import reason
from assembler.tools.programs import end_program
from assembler.tools.scratch import new_scratch

Job = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """A job without an answer: `timeout` after so many seconds, or `crash` when the child died on it."""

    reason: str


def work(
    module: str, jobs: Iterable[tuple[Job, float]], children: int, started: Callable[[Job], None]
) -> Iterator[tuple[Job, Answer | Lost]]:
    """Every job with its answer, in the order they end. Each job comes with its time limit in seconds.

    `module` is run as `python -m module`; `started` is told each job as a child takes it.
    """
    todo: queue.SimpleQueue[tuple[Job, float] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Job, Answer | Lost] | BaseException] = queue.SimpleQueue()
    count = 0
    for item in jobs:
        todo.put(item)
        count += 1
    alive: set[Child] = set()
    keepers = [
        threading.Thread(target=_keep, args=(module, todo, done, started, alive), daemon=True)
        for _ in range(min(children, count))
    ]
    for keeper in keepers:
        todo.put(None)
        keeper.start()
    try:
        for _ in range(count):
            ended = done.get()
            if isinstance(ended, BaseException):
                raise ended
            yield ended
    finally:
        _drain(todo, len(keepers))
        for child in tuple(alive):
            child.end()
        for keeper in keepers:
            keeper.join(5)


def _drain(todo: queue.SimpleQueue[tuple[Job, float] | None], keepers: int) -> None:
    """Leave nothing but the ends of work, for the case of an interruption."""
    with contextlib.suppress(queue.Empty):
        while True:
            todo.get_nowait()
    for _ in range(keepers):
        todo.put(None)


def _keep(
    module: str,
    todo: queue.SimpleQueue[tuple[Job, float] | None],
    done: queue.SimpleQueue[tuple[Job, Answer | Lost] | BaseException],
    started: Callable[[Job], None],
    alive: set[Child],
) -> None:
    """One child at a time, replaced when it dies, as long as there are jobs."""
    child: Child | None = None
    try:
        while (item := todo.get()) is not None:
            job, limit = item
            started(job)
            if child is None:
                child = Child(module)
                alive.add(child)
            answer = child.ask(job, limit)
            if isinstance(answer, Lost):
                child.end()
                alive.discard(child)
                child = None
            done.put((job, answer))
    except BaseException as fault:  # noqa: BLE001 - raised again where the answers are waited for
        done.put(fault)
    finally:
        if child is not None:
            child.end()
            alive.discard(child)


class Child:
    """A running child and the thread that waits for its answers. It starts at once; `end` it."""

    def __init__(self, module: str) -> None:
        try:
            self._folder = new_scratch()  # what a child that is ended leaves goes with it
            self._process = _started(module, self._folder)
        except OSError as fault:
            raise DossierError("disk", reason=reason(fault)) from fault
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, job: Job, limit: float | None) -> Answer | Lost:
        """The child's answer; after a `Lost` it can only be ended. `limit` is in seconds, None for none."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(job).encode() + b"\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=limit)
            answer = json.loads(line) if line else None
        except queue.Empty:
            return Lost("timeout")
        except (OSError, ValueError):
            return Lost("crash")
        return answer if isinstance(answer, dict) else Lost("crash")

    def end(self) -> None:
        """Stop the child with all it started."""
        end_program(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put(b"")


def _started(module: str, folder: Path) -> subprocess.Popen[bytes]:
    # -P: nothing is imported from the folder the user stands in.
    return subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        start_new_session=os.name == "posix",
    )


def _environment(folder: Path) -> dict[str, str]:
    """The child's environment: ours, with our package findable wherever it was started from, and a folder to work in."""
    own = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return {**os.environ, **own, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}


def answer_jobs(answer: Callable[[Job], Answer]) -> None:
    """Called by a child: answer jobs until there are no more."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what libraries print must not be taken for an answer
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


def limit_memory(soft: int, hard: int) -> None:
    """Called by a child: at most `soft` bytes of memory for itself and `hard` for what it starts, where the system can.

    No file that it or they write may be larger than `soft` either.
    """
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, soft))


@contextlib.contextmanager
def looser_memory() -> Iterator[None]:
    """Called by a child around a program it starts: that program may use up to the hard limit."""
    if os.name != "posix":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
