"""The reverse of `plain`: plain data back to the model, by the type hints of its classes.

What a newer release wrote and this one does not know is left aside; what an older one did not know yet is empty.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

_Kind = TypeVar("_Kind")
_Read = Callable[[Any], Any]
_EMPTY: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False, date: date.min}


class Misfit(ValueError):
    """Data that `plain` did not write. `place` leads to it: « answers[3].blocks[0].content »."""

    def __init__(self, place: str = "") -> None:
        super().__init__(place)
        self.place = place

    def within(self, step: str) -> Misfit:
        """The same fault, seen from one step above."""
        inner = self.place if not self.place or self.place.startswith("[") else f".{self.place}"
        return Misfit(f"{step}{inner}")


def restore(kind: type[_Kind], told: object) -> _Kind:
    """The `kind` that `plain` told so. Raises `Misfit` with the place of what does not fit."""
    hint: Any = kind
    restored: _Kind = _reader(hint)(told)
    return restored


@cache
def _reader(hint: Any) -> _Read:
    """What reads a value annotated with `hint`."""
    if get_origin(hint) in (Union, types.UnionType):
        return _one_of(get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return _sequence(inner[0]) if inner[-1] is Ellipsis else _row(inner)
    if is_dataclass(hint):
        return _node((hint,))
    if issubclass(hint, Enum):
        return _value(hint, (str,))
    if hint is date:
        return _value(date.fromisoformat, (str,))
    if hint is float:
        return _value(float, (int, float))
    return _value(hint, (hint,))


def _value(make: _Read, kinds: tuple[type, ...]) -> _Read:
    def read(told: Any) -> Any:
        if type(told) not in kinds:
            raise Misfit
        try:
            return make(told)
        except ValueError:
            raise Misfit from None

    return read


def _sequence(hint: Any) -> _Read:
    def read(told: Any) -> Any:
        if not isinstance(told, list):
            raise Misfit
        inner = _reader(hint)
        made = []
        for rank, each in enumerate(told):
            try:
                made.append(inner(each))
            except Misfit as fault:
                raise fault.within(f"[{rank}]") from None
        return tuple(made)

    return read


def _row(hints: tuple[Any, ...]) -> _Read:
    def read(told: Any) -> Any:
        if not isinstance(told, list) or len(told) != len(hints):
            raise Misfit
        return tuple(_reader(hint)(each) for hint, each in zip(hints, told, strict=True))

    return read


def _one_of(hints: tuple[Any, ...]) -> _Read:
    """One of several nodes, by its `"type"`, or a plain value, or nothing."""
    nodes = tuple(hint for hint in hints if is_dataclass(hint))
    others = [hint for hint in hints if hint is not types.NoneType and not is_dataclass(hint)]
    node = _node(nodes) if nodes else None
    optional = types.NoneType in hints

    def read(told: Any) -> Any:
        if told is None and optional:
            return None
        if node and isinstance(told, dict):
            return node(told)
        for hint in others:
            try:
                return _reader(hint)(told)
            except Misfit:
                continue
        raise Misfit

    return read


def _node(kinds: tuple[Any, ...]) -> _Read:
    """A dataclass, the one of `kinds` that its `"type"` names."""
    named = {kind.__name__: kind for kind in kinds}

    def read(told: Any) -> Any:
        kind = named.get(str(told.get("type"))) if isinstance(told, dict) else None
        if kind is None:
            raise Misfit
        made = {}
        for name, inner, empty in _fields(kind):
            if name not in told:
                made[name] = empty()
                continue
            try:
                made[name] = inner(told[name])
            except Misfit as fault:
                raise fault.within(name) from None
        return kind(**made)

    return read


@cache
def _fields(kind: Any) -> tuple[tuple[str, _Read, Callable[[], Any]], ...]:
    hints = get_type_hints(kind)
    return tuple(
        (each.name, _reader(hints[each.name]), _default(each.default, hints[each.name])) for each in fields(kind)
    )


def _default(default: Any, hint: Any) -> Callable[[], Any]:
    return (lambda: _empty(hint)) if default is MISSING else (lambda: default)


def _empty(hint: Any) -> Any:
    """What stands for a field that an older release did not write."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if types.NoneType in options:
        return None
    first: Any = options[0]
    if get_origin(first) is tuple:
        return ()
    if is_dataclass(first):
        kind: Any = first
        return kind(**{name: empty() for name, _, empty in _fields(kind)})
    return next(iter(first)) if issubclass(first, Enum) else _EMPTY[first]
