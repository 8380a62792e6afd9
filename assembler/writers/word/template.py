"""The pack's Word template, rendered: what the académie wrote is filled in, and marks are left where our content goes.

A template comes from outside: its expressions see plain values only, in a sandbox that knows no function. This is done in a
process of its own (`workshop.py`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from assembler.writers.word.intake import MOST_XML
from assembler.writers.word.marks import TARGET
from assembler.writers.word.policy import FILTERS, Guard


class Overgrown(Exception):
    """The document filled in would be larger than any dossier."""


class _Strict(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl mends XML that tags have broken by dropping text; here it is a fault."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        made = str(super().render_xml_part(src_xml, part, context, jinja_env))
        etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        return made


def render(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The template filled with `values`, in which `{"mark": name}` leaves a paragraph that `find_marks` finds.

    Raises almost anything: the document of a stranger goes through libraries that trust it.
    """
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: made for name, made in environment.filters.items() if name in FILTERS}
    environment.code_generator_class = Guard
    environment.concat = _joined  # type: ignore[method-assign]
    document = _Strict(io.BytesIO(template))
    document.render(_with_marks(values), environment, autoescape=True)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _joined(pieces: Iterable[str]) -> str:
    """The text of a part, as long as it stays of a size: a loop in a loop in a loop may print each word a million times."""
    kept: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > 2 * MOST_XML:
            raise Overgrown
        kept.append(piece)
    return "".join(kept)


def _with_marks(value: Any) -> Any:
    """`value` with its marks made markup: text is escaped, and a mark is a processing instruction, so none can be forged."""
    if isinstance(value, Mapping):
        if set(value) == {"mark"}:
            return Markup(f"<w:p><?{TARGET} {value['mark']}?></w:p>")  # noqa: S704 - the marks are ours
        return {key: _with_marks(each) for key, each in value.items()}
    if isinstance(value, (str, int)):
        return value
    return [_with_marks(each) for each in value]
