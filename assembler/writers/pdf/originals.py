"""Signed files attached to the complete dossier as their authors gave them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from pikepdf import AttachedFileSpec, Name, Pdf

from assembler.model.exhibit import Exhibit
from assembler.tools.store import Store


def attach_originals(pdf: Pdf, exhibits: Iterable[Exhibit], store: Store) -> None:
    """Attach the original of every exhibit that has one, under its label. Raises OSError where the store lacks it."""
    for exhibit in exhibits:
        if exhibit.facts.original is None:
            continue
        name = f"{exhibit.label} - {PurePosixPath(exhibit.entry.file or '').name}"
        spec = AttachedFileSpec(
            pdf,
            store.path(exhibit.facts.original).read_bytes(),
            filename=name,
            description=f"{exhibit.label} : {exhibit.entry.title}",
            mime_type="application/pdf",
            creation_date="",
            mod_date="",
        )
        spec.relationship = Name.Source
        pdf.attachments[name] = spec
