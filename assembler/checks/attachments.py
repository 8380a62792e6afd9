"""Are the pack's other required attachments there?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.exhibit import BOARD_APPROVAL
from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source


def check_attachments(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Every attachment the pack asks of an établissement; one it does not know is a warning."""
    required = {each.key: each.title for each in dossier.pack.attachments}
    for part in content.parts:
        supplied = {entry.key: entry for entry in part.entries if entry.is_attachment}
        if part.establishment:
            for key, title in required.items():
                if key != BOARD_APPROVAL and key not in supplied:
                    yield error("attachment-missing", Source(part.manifest.file, 1), key=key, title=title,
                                school=part.establishment.name)  # fmt: skip
        for key, entry in supplied.items():
            if key not in required:
                yield warning("attachment-unknown", entry.source, key=key, known=", ".join(required))
