"""The JSON Schemas of the authors' files and of `dossier.json`."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from assembler.model.dossier import Dossier
from assembler.readers.candidature import CANDIDATURE
from assembler.readers.charter.override import CHARTE
from assembler.readers.establishment import ESTABLISHMENT
from assembler.readers.framework import FRAMEWORK
from assembler.readers.json_schema import json_schema
from assembler.readers.ledger import LEDGER
from assembler.readers.lineage import CRITERIA_EXTENSION, EXTENSION
from assembler.readers.manifest import MANIFEST
from assembler.readers.requests import REQUESTS

_FILES = {
    "candidature": (CANDIDATURE, "candidature.yaml : la demande"),
    "etablissement": (ESTABLISHMENT, "etablissement.yaml : la fiche d’identité"),
    "preuves": (MANIFEST, "preuves.yaml : les pièces et les preuves"),
    "demandes": (REQUESTS, "demandes.yaml : les demandes des auditeurs"),
    "numeros": (LEDGER, "numeros.yaml : le registre des cotes"),
    "pack": (EXTENSION, "pack.yaml : le gabarit"),
    "charte": (CHARTE, "charte.yaml : l’aspect du PDF"),
    "criteres": (FRAMEWORK, "criteres.yaml : le référentiel"),
    "criteres-changes": (CRITERIA_EXTENSION, "criteres.yaml d’un gabarit qui en étend un autre : ce qui change"),
}


def schemas() -> dict[str, str]:
    """Every schema as JSON text, by file name."""
    written = {f"{name}.schema.json": _text(json_schema(shape, title)) for name, (shape, title) in _FILES.items()}
    return written | {"dossier.schema.json": _text(dossier_schema())}


def write_schemas(folder: Path) -> tuple[str, ...]:
    """Write every schema into `folder`; the names written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")
    return tuple(schemas())


def dossier_schema() -> dict[str, object]:
    """The schema of `dossier.json`, made from the model's own types."""
    definitions: dict[str, object] = {}
    dossier = _type(Dossier, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "dossier.json : le dossier assemblé",
        "type": "object",
        "properties": {
            "format": {"const": 1},
            "draft": {"type": "boolean"},
            "dossier": dossier,
            "pages": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
            "total_pages": {"type": "integer", "minimum": 1},
        },
        "required": ["format", "draft", "dossier", "pages", "total_pages"],
        "additionalProperties": False,
        "definitions": definitions,
    }


def _type(kind: Any, definitions: dict[str, object]) -> dict[str, object]:
    """The schema of one annotation of the model."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(each, definitions) for each in get_args(kind)]}
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return {"type": "array", "items": _type(inner[0], definitions)}
        return {"type": "array", "items": [_type(each, definitions) for each in inner]}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if is_dataclass(kind):
        return _node(kind, definitions)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    simple = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": "string", "format": "date"} if kind is date else {"type": simple[kind]}


def _node(kind: Any, definitions: dict[str, object]) -> dict[str, object]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        definitions[name] = {
            "type": "object",
            "properties": {"type": {"const": name}}
            | {each.name: _type(hints[each.name], definitions) for each in fields(kind)},
            "required": ["type", *(each.name for each in fields(kind))],
            "additionalProperties": False,
        }
    return {"$ref": f"#/definitions/{name}"}


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
