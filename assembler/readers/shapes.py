"""What the authors' YAML files may hold, said once: read by it with lines and findings, exported from it as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assembler.model.finding import Finding, error
from assembler.model.nearest import nearest
from assembler.model.source import Source
from assembler.model.typography import typographic
from assembler.readers.yaml_file import Mapping, Scalar, Sequence, Value

# ----------------------------------------------------------------------------------------------------------- shapes


@dataclass(frozen=True, slots=True)
class Words:
    """Text for people: French typography is put in place."""


@dataclass(frozen=True, slots=True)
class Token:
    """Text for the program (a key, a path, a number shown), kept as typed. `expected` says the form, in French."""

    pattern: str = r"[^\n]+"
    expected: str = "un texte sur une seule ligne"


@dataclass(frozen=True, slots=True)
class Integer:
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A date, 2026-06-25."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """`oui` or `non` (`true` and `false` pass too)."""


@dataclass(frozen=True, slots=True)
class Choice:
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; a single item may stand without its brackets."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. `doc` is the French sentence that editors show."""

    key: str
    shape: Shape
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys. `short` names the field a bare text stands for (« - BTS Maintenance »)."""

    fields: tuple[Field, ...]
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping whose keys are the author's, of the form `keys` where it is given."""

    value: Shape
    doc: str = ""
    keys: Token | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """A mapping of one shape or a list of another."""

    mapping: Keyed | Record
    sequence: ListOf


Shape = Words | Token | Integer | Day | YesNo | Choice | ListOf | Record | Keyed | Either

# ---------------------------------------------------------------------------------------------------------- reading


class Fields:
    """A record as read: each accessor gives the field's value, or None (empty tuple) when absent or unfit."""

    __slots__ = ("_values", "source")

    def __init__(self, values: dict[str, tuple[object, Source]], source: Source) -> None:
        self._values = values
        self.source = source

    def place(self, key: str) -> Source:
        """Where `key` is written; the record's own place when it is absent."""
        return self._values[key][1] if key in self._values else self.source

    def has(self, key: str) -> bool:
        return key in self._values

    def keys(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, key: str) -> str | None:
        value = self._get(key)
        return value if isinstance(value, str) else None

    def integer(self, key: str) -> int | None:
        value = self._get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, key: str) -> date | None:
        value = self._get(key)
        return value if isinstance(value, date) else None

    def flag(self, key: str) -> bool:
        return self._get(key) is True

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()

    def record(self, key: str) -> Fields | None:
        value = self._get(key)
        return value if isinstance(value, Fields) else None

    def records(self, key: str) -> tuple[Fields, ...]:
        value = self._get(key)
        return tuple(item for item in value if isinstance(item, Fields)) if isinstance(value, tuple) else ()

    def _get(self, key: str) -> object:
        return self._values[key][0] if key in self._values else None


def read_record(mapping: Mapping, shape: Record, found: list[Finding]) -> Fields:
    """`mapping` read as `shape`; every misfit is added to `found`, and the unfit field is absent."""
    return _record(mapping, shape, found)


def _read(value: Value, shape: Shape, key: str, found: list[Finding]) -> object:
    """The value read as `shape`; None (and a finding) when it does not fit."""
    match shape:
        case Words() | Token() | Integer() | Day() | YesNo() | Choice():
            return _scalar(value, shape, key, found)
        case ListOf(item):
            return _list(value, item, key, found)
        case Record():
            return _record_value(value, shape, key, found)
        case Keyed():
            if isinstance(value, Mapping):
                return _keyed(value, shape, found)
            found.append(_misfit(value, "une liste de « clé : valeur », une par ligne", key))
            return None
        case Either(mapping, sequence):
            return _read(value, mapping if isinstance(value, Mapping) else sequence, key, found)


def _record(mapping: Mapping, shape: Record, found: list[Finding]) -> Fields:
    known = {field.key: field for field in shape.fields}
    values: dict[str, tuple[object, Source]] = {}
    for key, value in mapping.items:
        name = key.text or ""
        field = known.get(name)
        if field is None:
            found.append(error("yaml-unknown-key", key.source, key=name, nearest=nearest(name, known, 0.5),
                               known=", ".join(known)))  # fmt: skip
            continue
        if isinstance(value, Scalar) and value.text is None:
            if field.required:
                found.append(error("yaml-empty-key", key.source, key=name))
                values[name] = (None, key.source)
            continue
        values[name] = (_read(value, field.shape, name, found), key.source)
    for field in shape.fields:
        if field.required and field.key not in values:
            found.append(error("yaml-missing-key", mapping.source, key=field.key, doc=_within(field.doc)))
    return Fields({name: pair for name, pair in values.items() if pair[0] is not None}, mapping.source)


def _within(doc: str) -> str:
    """A field's sentence, for use between brackets."""
    return doc[0].lower() + doc[1:].rstrip(".")


def _record_value(value: Value, shape: Record, key: str, found: list[Finding]) -> Fields | None:
    if isinstance(value, Mapping):
        return _record(value, shape, found)
    if shape.short and isinstance(value, Scalar) and value.text is not None:
        field = next(field for field in shape.fields if field.key == shape.short)
        inner = _read(value, field.shape, key, found)
        return Fields({shape.short: (inner, value.source)}, value.source) if inner is not None else None
    keys = ", ".join(field.key for field in shape.fields)
    found.append(_misfit(value, f"des champs en retrait ({keys})", key))
    return None


def _keyed(mapping: Mapping, shape: Keyed, found: list[Finding]) -> tuple[Fields, ...]:
    """Each pair as a record of two fields, `cle` and `valeur`."""
    pairs = []
    for key, value in mapping.items:
        if shape.keys and not re.fullmatch(shape.keys.pattern, key.text or ""):
            found.append(_misfit(key, shape.keys.expected, key.text or ""))
            continue
        inner = _read(value, shape.value, key.text or "", found)
        if inner is not None:
            pairs.append(Fields({"cle": (key.text or "", key.source), "valeur": (inner, value.source)}, key.source))
    return tuple(pairs)


def _list(value: Value, item: Shape, key: str, found: list[Finding]) -> tuple[object, ...] | None:
    if isinstance(value, Sequence):
        read = (_read(each, item, key, found) for each in value.items)
        return tuple(each for each in read if each is not None)
    if isinstance(value, Scalar) and not isinstance(item, Record):
        one = _read(value, item, key, found)
        return None if one is None else (one,)
    found.append(_misfit(value, "une liste", key))
    return None


def _scalar(value: Value, shape: Shape, key: str, found: list[Finding]) -> object:
    if not isinstance(value, Scalar):
        found.append(_misfit(value, _expected(shape), key))
        return None
    text = value.text
    if text is None:
        return None
    match shape:
        case Words():
            return typographic(" ".join(text.split()))
        case Token(pattern):
            if re.fullmatch(pattern, text):
                return text
        case Integer(minimum):
            digits = re.sub(r"[  ](?=\d{3}\b)", "", text)
            if re.fullmatch(r"\d{1,9}", digits) and int(digits) >= minimum:
                return int(digits)
        case Day():
            return _day(value, key, found)
        case YesNo():
            truth = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}
            if text.lower() in truth:
                return truth[text.lower()]
        case Choice(values):
            if text in values:
                return text
            found.append(error("yaml-not-a-choice", value.source, key=key, value=text, choices=", ".join(values),
                               nearest=nearest(text, values, 0.5)))  # fmt: skip
            return None
    found.append(_misfit(value, _expected(shape), key))
    return None


def _day(value: Scalar, key: str, found: list[Finding]) -> date | None:
    text = value.text or ""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        found.append(_misfit(value, "une date qui existe", key))
        return None
    french = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", text)
    form = f" (ici {french[3]}-{int(french[2]):02}-{int(french[1]):02})" if french else ""
    found.append(_misfit(value, f"une date sous la forme année-mois-jour, comme 2026-06-25{form}", key))
    return None


def _misfit(value: Value, expected: str, key: str) -> Finding:
    """« `key` should be `expected` »."""
    match value:
        case Scalar(text):
            got = f"« {(text or '')[:60]} »"
        case Sequence():
            got = "une liste"
        case Mapping():
            got = "des champs en retrait"
    return error("yaml-misfit", value.source, key=key, expected=expected, got=got)


def _expected(shape: Shape) -> str:
    match shape:
        case Token(_, expected):
            return expected
        case Integer(0):
            return "un nombre entier"
        case Integer(minimum):
            return f"un nombre entier à partir de {minimum}"
        case Day():
            return "une date, comme 2026-06-25"
        case YesNo():
            return "oui ou non"
        case Choice(values):
            return "l’un de : " + ", ".join(values)
        case _:
            return "un texte"
