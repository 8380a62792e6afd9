"""What an author writes: blocks of text made of inlines. The whole language of narratives is in this file.

Two stages show in the node types. As written: `Citation`, `CriterionReference`, `ExpectationReference`.
As tied by `assembly/tie.py`: `ExhibitLink`, `CriterionLink`, `ExpectationLink`. A node of the first kind that is
still there after tying is a finding, and writers show it as a fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assembler.model.source import Source

# ---------------------------------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters, never empty; French non-breaking spaces are already in place."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break the author asked for inside a paragraph."""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link out of the dossier; `url` is http, https or mailto."""

    url: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, standing where it is called; writers number notes in order of appearance."""

    content: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """`[preuve:cle]` or `[preuve:etablissement/cle]`, as written."""

    key: str
    source: Source


@dataclass(frozen=True, slots=True)
class ExhibitLink:
    """A citation tied to its exhibit. `exhibit` is the exhibit's `id`; `anchor` names this very place for links back."""

    exhibit: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class CriterionReference:
    """`[critere:4]`, as written."""

    number: str
    source: Source


@dataclass(frozen=True, slots=True)
class CriterionLink:
    """A reference tied to the answer to a criterion: shown as « critère 4 », linked to `anchor`."""

    number: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ExpectationReference:
    """`[attendu:4.b]`, as written."""

    reference: str
    source: Source


@dataclass(frozen=True, slots=True)
class ExpectationLink:
    """A reference tied to an expectation: shown as « attendu 4.b », linked to `anchor`, its row of the compliance table."""

    reference: str
    anchor: str


Inline = (
    Text | Emphasis | Strong | Strike | Superscript | Subscript | Code | LineBreak | WebLink | Footnote
    | Citation | ExhibitLink | CriterionReference | CriterionLink | ExpectationReference | ExpectationLink
)  # fmt: skip

# ----------------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A section title. `level` is 1 for a section of a chapter (« 3.1 »), 2 for « 3.1.1 », to 4.

    `expectations` are the letters this section answers. `number` (« 3.1 ») is None in chapters that are not numbered and
    before numbering; `anchor` is None before numbering.
    """

    level: int
    content: tuple[Inline, ...]
    expectations: tuple[str, ...]
    source: Source
    number: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ListItem:
    """`checked` is None for an ordinary item, else the state of its box (`- [x]`)."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class OrderedList:
    """`start` is the first number."""

    items: tuple[ListItem, ...]
    start: int
    source: Source


class Alignment(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells. `header` is empty when the author gave none; every row has as many cells as `alignments`.

    `caption` may be empty; `number` counts the captioned tables of the dossier, None before numbering or without caption.
    """

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    caption: tuple[Inline, ...]
    source: Source
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture standing alone. `path` is relative to the candidature; the picture itself is `Dossier.pictures`' of that path.

    `alternative` may be empty (a finding). `number` counts the captioned figures, None before numbering or without caption.
    """

    path: str
    alternative: str
    caption: tuple[Inline, ...]
    source: Source
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    blocks: tuple[Block, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    source: Source


Block = Heading | Paragraph | BulletList | OrderedList | Table | Figure | Quotation | CodeBlock | Rule
