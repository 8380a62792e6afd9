"""A piece of evidence, from its entry in the manifest to a numbered exhibit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assembler.model.source import Source

# The key, among a manifest's required attachments, of the board's act.
BOARD_APPROVAL = "accord-ca"


class People(StrEnum):
    """Who can be recognised in an exhibit; the values are those of the manifest."""

    NONE = "aucune"
    ADULTS = "adultes"
    PUPILS = "eleves"


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes of a board; `refused` are members present who took no part."""

    in_favour: int
    against: int
    abstentions: int
    refused: int


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str
    quality: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What the manifest says of a board's act. None means not said; `body` is `ca`, `commission-permanente` or `autre`."""

    body: str
    body_name: str | None
    session: date | None
    act: str | None
    school_year: str | None
    convocation: int | None
    members: int | None
    present: int | None
    votes: Votes | None
    casting_vote: bool
    signatory: Signatory | None
    label_title: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a manifest, as its author wrote it.

    `id` is « etablissement/cle » (« commun/cle »), unique in the candidature. Exactly one of `file` (relative to the
    candidature) and `link` is set in a sound entry. `criteria` are numbers shown, the first is where the exhibit is
    numbered; required attachments have none. `expectations` are (criterion number, letter). `pages` is an extract, first
    and last page counted from 1.
    """

    id: str
    establishment: str
    key: str
    title: str
    file: str | None
    link: str | None
    criteria: tuple[str, ...]
    expectations: tuple[tuple[str, str], ...]
    date: date | None
    pages: tuple[int, int] | None
    people: People
    consents: str | None
    confidential: bool
    replaces: str | None
    approval: Approval | None
    source: Source

    @property
    def is_attachment(self) -> bool:
        """Whether this is a required attachment (`pieces:`) rather than evidence."""
        return not self.criteria


class Absence(StrEnum):
    """Why an exhibit's pages are not in the dossier; the divider says so."""

    LINK = "link"
    MISSING = "missing"
    OUTSIDE = "outside"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_KIND = "unknown-kind"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NO_PAGE = "no-page"
    NO_CONVERTER = "no-converter"
    CONVERSION = "conversion"
    TIMEOUT = "timeout"
    CRASH = "crash"
    CONFIDENTIAL = "confidential"
    TWIN = "twin"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page as it will be shown: width and height in points, after rotation."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Facts:
    """What the program learnt of an exhibit's file, once.

    `sha256` (hex) and `size` (bytes) are those of the author's file; `kind` is `pdf`, `image`, `office`, `link` or
    `unknown`. `pages` are those embedded (after the extract), empty when `absence` says why there are none. `prepared` is
    the name, in the store, of the PDF to embed: sound, unencrypted, right side up, only the pages wanted. `text` is the
    text layer (at most 20,000 characters), kept for required attachments only; `has_text` whether there is one.
    `cleaned` names what was left out of the copy: `javascript`, `launch`, `attachments`, `gps`, `metadata`…
    `source_pages` counts the pages of the author's file, `other_count` is a second engine's count (None when it cannot).
    `personal` names the personal numbers that the text holds, with the page: « INE, page 3 ».
    `detail` completes an absence (a file name like the one missing…). `original` is the name, in the store, of the author's
    signed file, to attach as it is: the copy embedded does not keep its signature.
    """

    sha256: str | None
    size: int
    kind: str
    pages: tuple[PageFacts, ...]
    prepared: str | None
    absence: Absence | None
    detail: str
    has_text: bool
    text: str
    signed: bool
    repaired: bool
    cleaned: tuple[str, ...]
    source_pages: int = 0
    other_count: int | None = None
    personal: tuple[str, ...] = ()
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of the dossier that cites an exhibit: `anchor` to link to, « 3.1 Titre » to show."""

    anchor: str
    place: str
    source: Source


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A numbered exhibit: it cannot exist without its label.

    `issued` is False while the label is provisional. `anchor` names its divider (or its index row where there is none).
    `superseded_by` is the label of the exhibit that replaces this one, else None.
    """

    label: str
    issued: bool
    anchor: str
    entry: Entry
    facts: Facts
    passages: tuple[Passage, ...]
    superseded_by: str | None
