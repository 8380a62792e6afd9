"""Two versions of a dossier, and the Word file with the changes between them, for the tests of tracked changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.model.source import Source
from assembler.model.version import Version
from assembler.tools.store import Store
from assembler.writers.word import write_word
from assembler.writers.word.revisions import write_revisions

from .sample import template, workshop
from .tracked import W, accepted, marks, rejected, shown

NO_PAGES = Pagination((), 1)


@dataclass(frozen=True, slots=True)
class Revised:
    """The Word files of both versions, and the one with the changes."""

    old: bytes
    new: bytes
    marked: bytes

    @property
    def is_true(self) -> bool:
        """Whether all accepted is the new one, and all rejected the old one: words, looks, numbers, tables, notes."""
        return shown(accepted(self.marked)) == shown(self.new) and shown(rejected(self.marked)) == shown(self.old)

    def words(self, tag: str) -> str:
        """The words in the marks of that kind, `ins` or `del`; a bar between two marks."""
        texts = (
            "".join(mark.itertext(f"{W}t", f"{W}delText")) for mark in marks(self.marked) if mark.tag == f"{W}{tag}"
        )
        return "|".join(text for text in texts if text)


def revised(
    old: Dossier,
    new: Dossier,
    store: Store,
    file: Path | None = None,
    *,
    draft: bool = False,
    pages: Pagination = NO_PAGES,
) -> Revised:
    """Both versions in the template `file`, or in the shipped one."""
    file = file or template()

    def plain(dossier: Dossier) -> bytes:
        return write_word(
            dossier, draft=draft, pagination=pages, toc_pages=None, store=store, template=file, workshop=workshop()
        )

    after = plain(new)
    version = Version(1, old, (), (), Source("versions/v1"))
    marked = write_revisions(
        after, new, version, draft=draft, pagination=pages, store=store, template=file, workshop=workshop()
    )
    return Revised(plain(old), after, marked)
