"""The model as plain data (dict, list, str, int, float, bool, None), for JSON: each node says its type."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def plain(value: object) -> object:
    """`value` with dataclasses as dicts led by `"type"` (the class name), tuples as lists, dates as ISO text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        kind: type = type(value)
        return {"type": kind.__name__} | {name: plain(getattr(value, name)) for name in _names(kind)}
    raise TypeError(value)
