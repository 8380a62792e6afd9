"""The child process in which every Word template is opened: `python -m assembler.writers.word.workshop`.

A job names a file and, to fill it in, gives its values as plain data; the answer holds what is wrong with it, and the document.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from jinja2.exceptions import TemplateError, TemplateSyntaxError
from lxml import etree

from assembler.model.finding import Finding, error
from assembler.model.plain import plain
from assembler.model.source import Source
from assembler.tools.child import answer_jobs, limit_memory
from assembler.tools.faults import reason
from assembler.writers.word.inspection import forbids, inspect
from assembler.writers.word.intake import MOST_FILE
from assembler.writers.word.names import emptied, examples
from assembler.writers.word.template import Overgrown, render

_MEMORY = 1_000_000_000


def main() -> None:
    """Answer jobs until there are no more."""
    limit_memory(_MEMORY, _MEMORY)
    answer_jobs(_answer)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    source, keys = Source(job["place"]), job["keys"]
    made = b""
    found: list[Finding] = []
    try:
        with Path(job["path"]).open("rb") as file:
            content = file.read(MOST_FILE + 1)
        found = inspect(content, job["place"], keys)
        if forbids(found):
            pass
        elif job["values"] is not None:
            made = render(content, job["values"])
        elif keys is not None:
            sample = examples(keys)
            render(content, sample)
            render(content, emptied(sample))
    except Exception as fault:  # noqa: BLE001 - a file from outside makes these libraries raise almost anything
        found.append(error("template-unfilled", source, reason=_told(fault)))
    return {"findings": plain(tuple(found)), "docx": base64.b64encode(made).decode()}


def _told(fault: Exception) -> str:
    """Why a template cannot be read or filled in, for the middle of a sentence."""
    match fault:
        case MemoryError():
            return "il demande trop de mémoire"
        case Overgrown():
            return "le document obtenu serait démesuré ; une boucle y est sans doute répétée dans une autre"
        case OSError():
            return reason(fault)
        case etree.XMLSyntaxError():
            return "une balise ouvre ou ferme une boucle ou une condition au milieu d’un élément de Word (lien, suivi, cadre)"
        case TemplateSyntaxError(message=str(message)) if message:
            return f"instruction refusée ({message})"
        case TypeError():
            return "une balise compare ou ajoute un texte et un nombre"
        case TemplateError():
            return "une balise emploie une valeur qui peut manquer"
        case _:
            return f"la lecture échoue ({type(fault).__name__})"


if __name__ == "__main__":
    main()
