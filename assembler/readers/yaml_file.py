"""YAML with lines: text in, a tree of nodes and findings out; never a traceback, never stops at the first fault."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from assembler.model.finding import Finding, error
from assembler.model.source import Source

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_RECOVERY_LINES = 60


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as typed: `text` is raw (« 0123 » stays so), None for an empty value; `quoted` when in quotes."""

    text: str | None
    quoted: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Value, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in order, each with its own place; a duplicated key is a finding and its first value stands."""

    items: tuple[tuple[Scalar, Value], ...]
    source: Source


Value = Scalar | Sequence | Mapping


def read_yaml(text: str, file: str, found: list[Finding], first_line: int = 1) -> Mapping | None:
    """The mapping that `text` holds; None when it is empty or beyond repair. Faults are added to `found`.

    When the syntax breaks at some line, what stands before it is read all the same. `first_line` is the line of `text`'s
    first line in `file`.
    """
    whole = Source(file, first_line)
    if len(text.encode()) > MAX_BYTES:
        found.append(error("yaml-too-large", whole))
        return None
    tree = _compose(text, file, first_line, found)
    if tree is None:
        return None
    value = _value(tree, file, first_line, found, 0, set())
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Scalar) and value.text is None:
        return None
    found.append(error("yaml-not-a-mapping", whole))
    return None


def _compose(text: str, file: str, first_line: int, found: list[Finding]) -> Node | None:
    try:
        return _parse(text)
    except (YAMLError, RecursionError, ValueError, TypeError) as fault:
        line = _line(fault, text)
        found.append(_syntax_finding(fault, text, line, Source(file, first_line + line)))
    lines = text.splitlines()
    for end in range(min(line, len(lines)), max(line - _RECOVERY_LINES, 0), -1):
        try:
            return _parse("\n".join(lines[:end]) + "\n")
        except (YAMLError, RecursionError, ValueError, TypeError):
            continue
    return None


def _parse(text: str) -> Node | None:
    node: Node | None = YAML(typ="safe", pure=True).compose(text)
    return node


def _line(fault: Exception, text: str) -> int:
    """The line of a syntax fault, counted from 0."""
    if isinstance(fault, MarkedYAMLError):
        last = max(len(text.splitlines()) - 1, 0)
        # A quote or bracket never closed is found out at the end of the file: where it opens is what the author looks for.
        marks = [int(mark.line) for mark in (fault.problem_mark, fault.context_mark) if mark is not None]
        return min(next((line for line in marks if line < last), last), last) if marks else 0
    return 0


def _syntax_finding(fault: Exception, text: str, line: int, source: Source) -> Finding:
    lines = text.splitlines()
    words = lines[line].strip()[:60] if line < len(lines) else ""
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())] if line < len(lines) else ""
    if "\t" in indent or "'\\t'" in str(fault):
        return error("yaml-tab", source)
    if isinstance(fault, RecursionError):
        return error("yaml-too-deep", source)
    pair = re.fullmatch(r"(?:- )?([\w-]+): +([^\"'\[{#].*: .*)", words)
    if pair:
        return error("yaml-colon", source, key=pair[1], value=pair[2])
    return error("yaml-syntax", source, words=words)


def _value(node: Node, file: str, first_line: int, found: list[Finding], depth: int, seen: set[int]) -> Value:
    source = Source(file, first_line + int(node.start_mark.line))
    if depth > MAX_DEPTH:
        found.append(error("yaml-too-deep", source))
        return Scalar(None, False, source)
    if id(node) in seen or getattr(node, "anchor", None):
        found.append(error("yaml-alias", source))
        if id(node) in seen:
            return Scalar(None, False, source)
    seen.add(id(node))
    if isinstance(node, ScalarNode):
        quoted = node.style is not None
        empty = not quoted and str(node.value) in ("", "~", "null", "Null", "NULL")
        return Scalar(None if empty else _clean(str(node.value)), quoted, source)
    if isinstance(node, SequenceNode):
        return Sequence(tuple(_value(item, file, first_line, found, depth + 1, seen) for item in node.value), source)
    assert isinstance(node, MappingNode)
    return Mapping(tuple(_items(node, file, first_line, found, depth, seen)), source)


def _items(
    node: MappingNode, file: str, first_line: int, found: list[Finding], depth: int, seen: set[int]
) -> list[tuple[Scalar, Value]]:
    items: list[tuple[Scalar, Value]] = []
    lines: dict[str, int | None] = {}
    for key_node, value_node in node.value:
        source = Source(file, first_line + int(key_node.start_mark.line))
        if not isinstance(key_node, ScalarNode):
            found.append(error("yaml-syntax", source, words=""))
            continue
        key = Scalar(_clean(str(key_node.value)), False, source)
        name = key.text or ""
        if name in lines:
            found.append(error("yaml-duplicate-key", source, key=name, first=str(lines[name])))
            continue
        lines[name] = source.line
        items.append((key, _value(value_node, file, first_line, found, depth + 1, seen)))
    return items


def _clean(text: str) -> str:
    """`text` without the characters that no document may hold (controls but line breaks)."""
    return "".join(character for character in text if character >= " " or character in "\n\t").strip()
