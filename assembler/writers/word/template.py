"""The pack's Word template, rendered: what the académie wrote is filled in, and marks are left where our content goes.

A template comes from outside: its expressions see plain values only, in a sandbox that knows no function.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from assembler.errors import Missing
from assembler.writers.word.xml import Element, W, detach, name

MARKS = ("sommaire", "dossier", "conformite", "accord_ca", "index_preuves")
_TARGET = "dossier-mark"

Plain = str | int | bool | Sequence["Plain"] | Mapping[str, "Plain"]


def render(template: Path, values: Mapping[str, Plain]) -> bytes:
    """The template filled with `values`; each `{{p mark }}` becomes a paragraph that `find_marks` finds.

    Raises Missing (`word-template`) when the file is no Word document, or one of its expressions is wrong or not allowed.
    """
    # Imported here: docxtpl costs 200 ms that no other command should pay.
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    from assembler.writers.word.policy import Guard

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.code_generator_class = Guard
    # No author's text can forge a mark: text is escaped, and this is a processing instruction.
    marks = {mark: Markup(f"<w:p><?{_TARGET} {mark}?></w:p>") for mark in MARKS}  # noqa: S704 - made of constants
    target = io.BytesIO()
    try:
        _refuse_entities(template)
        document = DocxTemplate(template)
        document.render({**values, **marks}, environment, autoescape=True)
        document.save(target)
    except Exception as failure:  # a file from outside makes these libraries raise almost anything
        raise Missing("word-template", template=str(template), reason=str(failure)) from failure
    return target.getvalue()


def _refuse_entities(template: Path) -> None:
    # Word writes no document type; in one, entities could grow without end or name files.
    with zipfile.ZipFile(template) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                raise ValueError(f"{part} contient une déclaration DOCTYPE")  # noqa: TRY003 - told as it is by `render`


def find_marks(body: Element) -> dict[str, Element]:
    """The paragraph left for each mark, the first where a template repeats one."""
    found: dict[str, Element] = {}
    for instruction in list(body.iter()):
        parent = instruction.getparent()
        if getattr(instruction, "target", None) == _TARGET and parent is not None:
            found.setdefault(instruction.text or "", parent)
    return found


def scrub(tree: Element) -> None:
    """Take from a rendered part what Word leaves of its own sessions, which a loop would repeat or a clock change."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for key in [key for key in element.attrib if _is_trace(str(key))]:
            del element.attrib[key]
    for element in [*tree.iter(name("proofErr")), *tree.iter(name("lastRenderedPageBreak"))]:
        detach(element)


def _is_trace(key: str) -> bool:
    namespace, _, local = key.rpartition("}")
    if local in ("paraId", "textId"):
        return True
    return namespace == "{" + W and (local.startswith("rsid") or local == "dirty")
