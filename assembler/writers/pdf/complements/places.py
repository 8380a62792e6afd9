"""Where things stand: in this document, in the whole dossier, in the version handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from assembler.model.artefact import Pagination
from assembler.model.source import Source
from assembler.model.text import Block, Emphasis, Heading, Inline, Strong, Text
from assembler.model.typography import typographic
from assembler.model.version import Version
from assembler.model.walk import plain_text

NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Words that lead to a place of this document. Like `PageOf`, for the layout alone."""

    content: tuple[Inline, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page of this document where the place stands; nothing for a place that it has not."""

    anchor: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A paragraph that stays on the page of what follows; for the layout alone."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Pages by anchor: `now` of the whole dossier, `before` of version `since`."""

    now: Mapping[str, int]
    before: Mapping[str, int]
    since: int

    def sentence(self, now: str | None, before: str | None) -> str:
        """« page 37 du nouveau dossier, page 35 de la version n° 1 », as far as these places have a page."""
        return ", ".join(self._said(now, before))

    def _said(self, now: str | None, before: str | None) -> Iterator[str]:
        if now is not None and now in self.now:
            yield f"page {self.now[now]} du nouveau dossier"
        if before is not None and before in self.before:
            yield f"page {self.before[before]} de la version n°\u00a0{self.since}"


def places_of(version: Version, pagination: Pagination) -> Places:
    """The pages of both dossiers."""
    return Places(dict(pagination.pages), dict(version.pages), version.number)


def link(words: str, anchor: str) -> Inline:
    """Words that lead to a place of this document."""
    return cast("Inline", PlaceLink((Text(words),), anchor))


def page_of(anchor: str) -> Inline:
    """The page of a place of this document."""
    return cast("Inline", PageOf(anchor))


def line(words: str) -> Block:
    """A line of ours among the school's words, which stays with what follows."""
    return cast("Block", Lead((Emphasis((Text(typographic(words[:1].upper() + words[1:] + ".")),)),)))


def label(words: str) -> Block:
    """What became of the blocks below."""
    return cast("Block", Lead((Strong((Text(words),)),)))


def plainly(heading: Heading, level: int) -> Heading:
    """A heading of the dossier at its level in this document, without the links and notes of its title."""
    words = plain_text(heading.content) or "—"
    return Heading(min(level, 4), (Text(words),), (), heading.source, heading.number, heading.anchor)
