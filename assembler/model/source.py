"""Where in the author's files a thing was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """`file` is relative to the candidature, with forward slashes; `line` counts from 1, None for the file as a whole."""

    file: str
    line: int | None = None

    @property
    def part(self) -> str:
        """The folder of the établissement, or `commun`, that the file belongs to."""
        return self.file.split("/")[0]
