"""Numbers of criteria in YAML files, replaced where they stand: comments, layout and quotes stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from assembler.model.finding import Finding
from assembler.readers.renumbering import Renumbering
from assembler.readers.rewriting.edits import Edit
from assembler.readers.yaml_file import read_yaml

Lost = list[tuple[int, str]]
_CRITERIA, _EXPECTATIONS = ("criteres", "critere"), "attendus"


def rule_edits(text: str, numbers: Renumbering, lost: Lost) -> Iterator[Edit]:
    """What changes under `criteres:`, `critere:` and `attendus:`, wherever they are.

    What has no counterpart is taken out of its list and added to `lost`, with its place in `text`.
    """
    root, shift = _composed(text)
    for mapping in _mappings(root):
        held = {key.value: value for key, value in mapping.value if isinstance(key, ScalarNode)}
        named = next((held[key] for key in _CRITERIA if key in held), None)
        first = next((each.value for each in _scalars(named)), "")
        if named is not None:
            yield from _list_edits(named, text, shift, numbers.criterion, lost)
        if _EXPECTATIONS in held:
            moved = partial(_expectation, first=first, numbers=numbers)
            yield from _list_edits(held[_EXPECTATIONS], text, shift, moved, lost)


def pack_edits(text: str, pack: str, version: str, numbers: Renumbering, lost: Lost) -> Iterator[Edit]:
    """What changes in `candidature.yaml`: the pack, its version where it is written, the optional criterion."""
    root, shift = _composed(text)
    held = {key.value: value for key, value in root.value} if isinstance(root, MappingNode) else {}
    for key, wanted in (("gabarit", pack), ("gabarit-version", version)):
        if isinstance(held.get(key), ScalarNode):
            yield from _scalar_edits(held[key], text, shift, wanted)
    chosen = held.get("critere-optionnel")
    if isinstance(chosen, ScalarNode):
        moved = numbers.criterion(chosen.value)
        if moved is None:
            lost.append((chosen.start_mark.index + shift, chosen.value))
        else:
            yield from _scalar_edits(chosen, text, shift, moved)


def key_edits(text: str, rename: dict[str, str]) -> Iterator[Edit]:
    """The keys under `attendus:` of a front matter, renamed; none when it cannot be read, which is told when it is checked."""
    faults: list[Finding] = []
    if read_yaml(text, "", faults) is None or faults:
        return
    root, shift = _composed(text)
    held = {key.value: value for key, value in root.value} if isinstance(root, MappingNode) else {}
    declared = held.get(_EXPECTATIONS)
    for key, _ in declared.value if isinstance(declared, MappingNode) else ():
        if key.value in rename:
            yield from _scalar_edits(key, text, shift, rename[key.value])


def _composed(text: str) -> tuple[Node | None, int]:
    """The tree, and by how much its places fall short of those in `text`."""
    shift = len(text) - len(text.removeprefix("\ufeff"))
    return YAML(typ="safe", pure=True).compose(text[shift:]), shift


def _mappings(node: Node | None) -> Iterator[MappingNode]:
    if isinstance(node, MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _mappings(item)


def _scalars(node: Node | None) -> list[ScalarNode]:
    items = node.value if isinstance(node, SequenceNode) else [node]
    return [each for each in items if isinstance(each, ScalarNode)]


def _expectation(written: str, first: str, numbers: Renumbering) -> str | None:
    """« 3.a », or « a » of the first criterion, in the new framework."""
    number, _, letter = written.rpartition(".")
    moved = numbers.expectation(number or first, letter)
    if moved is None:
        return None
    return f"{moved[0]}.{moved[1]}" if number else moved[1]


def _list_edits(node: Node, text: str, shift: int, moved: Callable[[str], str | None], lost: Lost) -> Iterator[Edit]:
    gone = []
    for rank, each in enumerate(_scalars(node)):
        wanted = moved(str(each.value))
        if wanted is None:
            lost.append((each.start_mark.index + shift, str(each.value)))
            gone.append(rank)
        else:
            yield from _scalar_edits(each, text, shift, wanted)
    if gone:
        yield from _without(node, gone, text, shift)


def _without(node: Node, gone: list[int], text: str, shift: int) -> Iterator[Edit]:
    """The items of these ranks taken out: with their comma in « [3, 4] », with their line in a list of lines."""
    if not isinstance(node, SequenceNode):
        yield Edit(node.start_mark.index + shift, node.end_mark.index + shift, "[]")
        return
    places = [(each.start_mark.index + shift, each.end_mark.index + shift) for each in node.value]
    kept = [rank for rank in range(len(places)) if rank not in gone]
    if not node.flow_style:
        for start, end in (places[rank] for rank in gone):
            yield Edit(text.rindex("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text), "")
        return
    for rank in gone:
        if kept and rank < kept[-1]:
            yield Edit(places[rank][0], places[rank + 1][0], "")
    if not kept or kept[-1] < gone[-1]:
        yield Edit(places[kept[-1]][1] if kept else places[0][0], places[-1][1], "")


def _scalar_edits(node: ScalarNode, text: str, shift: int, wanted: str) -> Iterator[Edit]:
    """`wanted` in place of what the scalar says, inside its quotes where it has some."""
    start, end = node.start_mark.index + shift, node.end_mark.index + shift
    if text[start:end] == node.value != wanted:
        yield Edit(start, end, wanted)
    elif text[start + 1 : end - 1] == node.value != wanted:
        yield Edit(start + 1, end - 1, wanted)
