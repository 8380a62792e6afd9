"""Word fields, complete with their result: Word shows it, and is never asked to compute it on opening."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from assembler.writers.word.xml import Element, text, w


def field(instruction: str, result: Iterable[Element]) -> list[Element]:
    """The runs of a field: `instruction`, then the runs of its `result`."""
    return [*opening(instruction), *result, closing()]


def opening(instruction: str) -> list[Element]:
    """The runs before a field's result; the field is closed by `closing`."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", text(f" {instruction} ", "instrText")),
        w("r", w("fldChar", fldCharType="separate")),
    ]


def closing() -> Element:
    """The run that ends a field."""
    return w("r", w("fldChar", fldCharType="end"))


def run(content: str, properties: Element | None = None) -> Element:
    """A run of text; `properties` is copied, so that it may serve again."""
    return w("r", None if properties is None else deepcopy(properties), text(content))


def label(content: str, properties: Element | None = None) -> Element:
    """A run of text that no line end cuts at a hyphen: « B-P4.2 »."""
    made = w("r", None if properties is None else deepcopy(properties))
    for rank, piece in enumerate(content.split("-")):
        if rank:
            made.append(w("noBreakHyphen"))
        if piece:
            made.append(text(piece))
    return made
