"""The dossier and the findings as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from assembler.model.artefact import Pagination
from assembler.model.change_list import ChangeList
from assembler.model.dossier import Dossier
from assembler.model.plain import plain

FORMAT = 1


def dossier_json(dossier: Dossier, pagination: Pagination, *, draft: bool) -> bytes:
    """`dossier.json`: the assembled dossier and the page of each anchor; its schema is `dossier.schema.json`."""
    pages = dict(sorted(pagination.pages))
    return _json(
        {
            "format": FORMAT,
            "draft": draft,
            "dossier": plain(published(dossier)),
            "pages": pages,
            "total_pages": pagination.total,
        }
    )


def changes_json(changes: ChangeList) -> bytes:
    """`modifications.json`: what a version's documents list of its changes, so that it can be written again."""
    return _json(plain(replace(changes, chapters=())))


def published(dossier: Dossier) -> Dossier:
    """The dossier without what only this computer knows: where copies are, the words of evidence."""
    return replace(
        dossier,
        exhibits=tuple(replace(each, facts=replace(each.facts, prepared=None, text="")) for each in dossier.exhibits),
        pictures=tuple(replace(each, prepared=None) for each in dossier.pictures),
    )


def findings_json(findings: Iterable[dict[str, object]]) -> bytes:
    """`constats.json`: `findings` are already in the words of the contract (code, severite, fichier, ligne…)."""
    return _json({"constats": list(findings)})


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
