"""The layout engine, run in child processes that are there before they are needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from assembler.tools.child import Answer, Child, Lost

_MODULE = "assembler.tools.typesetter"


class Engine:
    """So many children `waiting`, one for each layout; others are started when these are used up."""

    def __init__(self, waiting: int = 0) -> None:
        self._waiting = deque(Child(_MODULE) for _ in range(waiting))
        self._busy: set[Child] = set()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Stop every child, those at work too."""
        for child in (*self._waiting, *self._busy):
            child.end()
        self._waiting.clear()

    def lay_out(self, bench: Path, fonts: Iterable[Path], moment: int, limit: float | None) -> Answer | Lost:
        """Make `dossier.pdf` of the `dossier.typ` in the folder `bench`, dated `moment` (seconds), within `limit` seconds.

        The answer holds what the layout says of its places (`found`), or what the engine says is wrong (`fault`).
        """
        child = self._waiting.popleft() if self._waiting else Child(_MODULE)
        self._busy.add(child)
        try:
            return child.ask({"bench": str(bench), "fonts": [str(each) for each in fonts], "moment": moment}, limit)
        finally:
            child.end()
            self._busy.discard(child)
