"""Does a personal number (INE, NIR) show in the narratives, the file names or the evidence?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, warning
from assembler.model.personal import personal_numbers
from assembler.model.text import Block, Code, Text
from assembler.model.walk import inlines


def check_privacy(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Places that show one; a UAI or a SIRET is none."""
    del content
    for exhibit in dossier.exhibits:
        entry = exhibit.entry
        for kind in personal_numbers(f"{entry.file or ''} {entry.title}"):
            yield warning("privacy-file-name", entry.source, label=exhibit.label, kind=kind, file=entry.file or "")
        if exhibit.facts.personal:
            yield warning("privacy-evidence", entry.source, label=exhibit.label, file=entry.file or "",
                          found=" ; ".join(exhibit.facts.personal))  # fmt: skip
    for chapter in dossier.body:
        for block in chapter.blocks:
            for kind in personal_numbers(_words(block)):
                yield warning("privacy-narrative", block.source, chapter.number, kind=kind)


def _words(block: Block) -> str:
    return " ".join(each.text for each in inlines((block,)) if isinstance(each, Text | Code))
