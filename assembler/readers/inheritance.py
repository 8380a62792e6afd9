"""Packs that extend packs: how a file that says only what differs is laid over the one it extends.

A list that the extended file has is changed by four verbs (`ajouter`, `modifier`, `retirer`, `remplacer`), never by a bare
list: what becomes of the old items is always said. Whatever changes nothing is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assembler.model.finding import Finding, error
from assembler.model.nearest import nearest
from assembler.readers.shapes import Either, Field, Keyed, ListOf, Record, Shape, Token
from assembler.readers.yaml_file import Mapping, Scalar, Sequence, Value

ADD, CHANGE, REMOVE, REPLACE = "ajouter", "modifier", "retirer", "remplacer"


def changes_of(shape: Record) -> Record:
    """The shape of a file that extends one of shape `shape`: nothing is required, lists may be changed by the verbs.

    A key left empty takes away what the extended file says.
    """
    return replace(shape, fields=tuple(Field(each.key, _changes(each.shape), each.doc) for each in shape.fields))


def extended(parent: Mapping, child: Mapping, shape: Record, found: list[Finding]) -> Mapping:
    """`parent` with what `child`, which fits `changes_of(shape)`, says laid over it; every node keeps its own place."""
    known = {field.key: field.shape for field in shape.fields}
    written = {key.text: value for key, value in parent.items}
    changes = {key.text: (key, value) for key, value in child.items}
    kept = [
        (changes[key.text][0], _laid(value, changes[key.text][1], known.get(key.text or ""), key.text or "", found))
        if key.text in changes
        else (key, value)
        for key, value in parent.items
    ]
    new = [
        (key, _laid(None, value, known.get(key.text or ""), key.text or "", found))
        for key, value in child.items
        if key.text not in written
    ]
    if not child.items:
        found.append(error("pack-change-nothing", child.source, key="", value=""))
    return Mapping((*kept, *new), parent.source)


def item_key(item: Record) -> str:
    """The field by which an item of a list is known: the first of its shape."""
    return item.fields[0].key


# ----------------------------------------------------------------------------------------------------------- shapes


def _changes(shape: Shape) -> Shape:
    match shape:
        case Record():
            return changes_of(shape)
        case ListOf(item):
            return Either(_verbs(item), shape)
        case _:
            return shape


def _verbs(item: Shape) -> Record:
    add = Field(ADD, ListOf(item), "Ce qui s’ajoute à la fin de la liste du gabarit étendu.")
    remove = Field(REMOVE, ListOf(Token()), "Les clés de ce qui est retiré de la liste du gabarit étendu.")
    whole = Field(REPLACE, ListOf(item), "La nouvelle liste, à la place de celle du gabarit étendu.")
    if not isinstance(item, Record):
        return Record((add, remove, whole))
    change = Field(CHANGE, Keyed(changes_of(item)), "Par clé, ce qui change dans un élément de la liste.")
    return Record((add, change, remove, whole))


# ------------------------------------------------------------------------------------------------------------ nodes


def _laid(parent: Value | None, child: Value, shape: Shape | None, key: str, found: list[Finding]) -> Value:
    match shape:
        case ListOf(item):
            return _list(parent, child, item, key, found)
        case Record() | Keyed() if isinstance(child, Mapping):
            before = parent if isinstance(parent, Mapping) else Mapping((), child.source)
            return extended(before, child, shape if isinstance(shape, Record) else _record(shape, child), found)
    if _plain(parent or Scalar(None, False, child.source)) == _plain(child):
        found.append(error("pack-change-nothing", child.source, key=key, value=_shown(child)))
    return child


def _record(shape: Keyed, child: Mapping) -> Record:
    """The fields that `child` has, all of one shape."""
    return Record(tuple(Field(key.text or "", shape.value, "") for key, _ in child.items))


def _list(parent: Value | None, child: Value, item: Shape, key: str, found: list[Finding]) -> Value:
    """The list that the extended pack has, changed by the verbs; a bare list only where it has none."""
    old = _items(parent)
    if not isinstance(child, Mapping):
        if old:
            found.append(error("pack-list-bare", child.source, key=key))
        return child
    verbs = {each.text or "": value for each, value in child.items}
    if REPLACE in verbs and len(verbs) > 1:
        found.append(error("pack-list-verbs", child.source, key=key))
    if not any(_items(each) or (isinstance(each, Mapping) and each.items) for each in verbs.values()):
        found.append(error("pack-change-nothing", child.source, key=key, value=""))
    if REPLACE in verbs:
        new = _items(verbs[REPLACE])
        if [_plain(each) for each in new] == [_plain(each) for each in old]:
            found.append(error("pack-change-nothing", child.source, key=key, value=""))
        return Sequence(new, child.source)
    items = {_name(each, item): each for each in old}
    _change(items, verbs.get(CHANGE), item, key, found)
    for each in _items(verbs.get(REMOVE)):
        name = each.text or "" if isinstance(each, Scalar) else ""
        if name not in items:
            found.append(_unknown(each, name, items, key))
        items.pop(name, None)
    for each in _items(verbs.get(ADD)):
        name = _name(each, item)
        if name in items:
            found.append(error("pack-item-exists", each.source, key=key, item=name))
        items.setdefault(name, each)
    return Sequence(tuple(items.values()), child.source)


def _change(items: dict[str, Value], changes: Value | None, item: Shape, key: str, found: list[Finding]) -> None:
    if not isinstance(changes, Mapping) or not isinstance(item, Record):
        return
    for name, change in changes.items:
        before = items.get(name.text or "")
        if before is None:
            found.append(_unknown(name, name.text or "", items, key))
        elif isinstance(before, Mapping) and isinstance(change, Mapping):
            items[name.text or ""] = extended(before, change, item, found)


def _unknown(place: Value, name: str, items: Iterable[str], key: str) -> Finding:
    return error("pack-item-unknown", place.source, key=key, item=name, known=", ".join(items),
                 nearest=nearest(name, items, 0.5))  # fmt: skip


def _items(value: Value | None) -> tuple[Value, ...]:
    """The items of a list; a single item may stand without its brackets."""
    match value:
        case Sequence(items):
            return items
        case Scalar(text) if text is not None:
            return (value,)
        case _:
            return ()


def _name(value: Value, item: Shape) -> str:
    """The key of an item of a list."""
    match value:
        case Scalar(text):
            return text or ""
        case Mapping(pairs) if isinstance(item, Record):
            key = item_key(item)
            return next((each.text or "" for name, each in pairs if name.text == key and isinstance(each, Scalar)), "")
        case _:
            return ""


def _plain(value: Value) -> object:
    """What is written, without its places."""
    match value:
        case Scalar(text):
            return " ".join((text or "").split())
        case Sequence(items):
            return [_plain(each) for each in items]
        case Mapping(pairs):
            return {key.text: _plain(each) for key, each in pairs}


def _shown(value: Value) -> str:
    return (value.text or "")[:60] if isinstance(value, Scalar) else ""
