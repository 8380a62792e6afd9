"""The shapes of the authors' files as JSON Schema (draft 7, what text editors understand)."""

from __future__ import annotations

from assembler.readers.shapes import Choice, Day, Either, Integer, Keyed, ListOf, Record, Shape, Token, Words, YesNo


def json_schema(shape: Record, title: str) -> dict[str, object]:
    """The JSON Schema (draft 7, what editors understand) of a file of this shape."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title} | _schema(shape)


def _schema(shape: Shape) -> dict[str, object]:
    match shape:
        case Words():
            return {"type": ["string", "number"]}
        case Token(pattern):
            return {"type": ["string", "number"]} if shape == Token() else _patterned(pattern)
        case Integer(minimum):
            return {"type": "integer", "minimum": minimum}
        case Day():
            return {"type": "string", "format": "date"}
        case YesNo():
            return {"enum": ["oui", "non", True, False]}
        case Choice(values):
            return {"enum": list(values)}
        case ListOf(item):
            inner = _schema(item)
            many: dict[str, object] = {"type": "array", "items": inner}
            return many if isinstance(item, Record) else {"anyOf": [many, inner]}
        case Keyed(value, doc):
            described: dict[str, object] = {"description": doc} if doc else {}
            return {"type": "object", "additionalProperties": _schema(value)} | described
        case Either(mapping, sequence):
            return {"anyOf": [_schema(mapping), _schema(sequence)]}
        case Record(fields, short):
            record: dict[str, object] = {
                "type": "object",
                "properties": {field.key: {"description": field.doc} | _schema(field.shape) for field in fields},
                "additionalProperties": False,
            }
            required = [field.key for field in fields if field.required]
            if required:
                record["required"] = required
            return {"anyOf": [{"type": "string"}, record]} if short else record


def _patterned(pattern: str) -> dict[str, object]:
    return {"anyOf": [{"type": "string", "pattern": f"^(?:{pattern})$"}, {"type": "number"}]}
