"""A pack and those it extends, read into one: the nearest file wins, and what a file changes is laid over the older one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers.candidature import FOLDER
from assembler.readers.framework import FRAMEWORK
from assembler.readers.inheritance import changes_of, extended
from assembler.readers.pack_file import OWN, PACK
from assembler.readers.shapes import Field, Record, read_record
from assembler.readers.yaml_file import Mapping, Scalar, Sequence, Value, read_yaml

RULES, CRITERIA, TEMPLATE = "pack.yaml", "criteres.yaml", "dossier.docx"

# A pack that extends another says all of what it is, and only what differs of the rest.
EXTENSION = Record(tuple(
    Field(own.key, own.shape, own.doc, own.required) if own.key in OWN else changed
    for own, changed in zip(PACK.fields, changes_of(PACK).fields, strict=True)
))  # fmt: skip
CRITERIA_EXTENSION = changes_of(FRAMEWORK)


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a pack is made of: its folders, its own first; its rules and criteria as one, every node with its own place."""

    folders: tuple[Path, ...]
    rules: Mapping | None
    criteria: Mapping | None


def find_pack(identifier: str, places: tuple[Path, ...]) -> Path | None:
    """The folder of the pack `identifier`, in the first of `places` that has it; a name that is a path finds nothing."""
    if not re.fullmatch(FOLDER.pattern, identifier):
        return None
    return next((place / identifier for place in places if (place / identifier / RULES).is_file()), None)


def pack_ids(places: tuple[Path, ...]) -> tuple[str, ...]:
    """The ids of all packs that can be found, sorted."""
    names = {each.parent.name for place in places for each in place.glob(f"*/{RULES}")}
    return tuple(sorted(name for name in names if not name.startswith(".")))


def read_lineage(folder: Path, places: tuple[Path, ...], found: list[Finding]) -> Lineage:
    """The pack in `folder` and all it extends; what forbids to read it whole is added to `found`."""
    written = [(folder, read_part(folder, RULES, found))]
    while (named := _named(written[-1][1])) is not None:
        parent = find_pack(named.text or "", places)
        if parent is None:
            found.append(error("pack-parent-unknown", named.source, parent=named.text or "",
                               known=", ".join(pack_ids(places))))  # fmt: skip
            break
        if parent.resolve() in {each.resolve() for each, _ in written}:
            chain = " → ".join((*(each.name for each, _ in written), parent.name))
            found.append(error("pack-cycle", named.source, chain=chain))
            break
        written.append((parent, read_part(parent, RULES, found)))
    folders = tuple(each for each, _ in written)
    if found:
        return Lineage(folders, written[0][1], None)
    rules = _rules([each for _, each in written], found)
    criteria = _criteria(folders, found)
    return Lineage(folders, rules, criteria)


def read_part(folder: Path, name: str, found: list[Finding]) -> Mapping | None:
    """A YAML file of a pack; None (and a finding) when it cannot be read."""
    source = Source(f"{folder.name}/{name}")
    try:
        text = (folder / name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        found.append(error("pack-file-missing", source, pack=folder.name))
        return None
    before = len(found)
    mapping = read_yaml(text, source.file, found)
    if mapping is None and len(found) == before:
        found.append(error("pack-file-missing", source, pack=folder.name))
    return mapping


def with_sections(rules: Mapping, annex: Mapping) -> Mapping:
    """`rules` with the sections of an annex after its own."""
    sections = _value(annex, "rubriques")
    own = _value(rules, "rubriques")
    if not isinstance(sections, Sequence):
        return rules
    if not isinstance(own, Sequence):
        key = next(each for each, _ in annex.items if each.text == "rubriques")
        return Mapping((*rules.items, (key, sections)), rules.source)
    both = Sequence((*own.items, *sections.items), own.source)
    return Mapping(tuple((key, both if value is own else value) for key, value in rules.items), rules.source)


def _value(mapping: Mapping, name: str) -> Value | None:
    return next((value for key, value in mapping.items if key.text == name), None)


def _named(rules: Mapping | None) -> Scalar | None:
    """The pack that these rules extend."""
    value = _value(rules, "etend") if rules else None
    return value if isinstance(value, Scalar) and value.text else None


def _rules(written: list[Mapping | None], found: list[Finding]) -> Mapping | None:
    """From the oldest on, each laid over the one it extends."""
    *nearer, oldest = [each for each in written if each is not None]
    laid = oldest
    for each in reversed(nearer):
        before = len(found)
        read_record(each, EXTENSION, found)
        if len(found) > before:
            return None
        own = tuple(pair for pair in each.items if pair[0].text in OWN)
        changes = tuple(pair for pair in each.items if pair[0].text not in OWN)
        older = Mapping(tuple(pair for pair in laid.items if pair[0].text not in OWN), each.source)
        laid = extended(older, Mapping(changes, each.source), PACK, found) if changes else older
        laid = Mapping((*own, *laid.items), each.source)
    return laid


def _criteria(folders: tuple[Path, ...], found: list[Finding]) -> Mapping | None:
    """The framework of the oldest, with the changes of each after it; None for an annex, which has none."""
    having = [each for each in folders if (each / CRITERIA).is_file()]
    if not having:
        return None
    laid = read_part(having[-1], CRITERIA, found)
    for folder in reversed(having[:-1]):
        changes = read_part(folder, CRITERIA, found)
        before = len(found)
        if changes is not None:
            read_record(changes, CRITERIA_EXTENSION, found)
        if laid is None or changes is None or len(found) > before:
            return None
        laid = extended(laid, changes, FRAMEWORK, found)
    return laid
