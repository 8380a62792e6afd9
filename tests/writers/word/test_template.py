"""Templates come from outside: what they may say, what they may not, and that the one shipped is what its script makes."""

from __future__ import annotations

import io
import runpy
from pathlib import Path

import pytest
from docx import Document

from assembler.errors import DossierError
from assembler.writers.word.template import render

from .sample import template
from .validator import ROOT

VALUES = {"nom": "R&D <Saint>", "liste": ["a", "b"], "vide": ""}


def test_a_template_may_name_loop_and_choose(tmp_path: Path) -> None:
    said = filled(
        "{% for x in liste %}{{ x | upper }}{% if not loop.last %}, {% endif %}{% endfor %} : {{ nom }}", tmp_path
    )
    assert said == "A, B : R&D <Saint>"


@pytest.mark.parametrize("attack", [
    "{{ 9**99999999 }}",
    "{{ 'A' * 2000000000 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ nom.__class__ }}",
    "{{ nom['__class__'] }}",
    "{{ nom.format(1) }}",
    "{{ nom | attr('__class__') }}",
    "{{ nom | center(999999999) }}",
    "{{ cycler.__init__ }}",
    "{{ range(9) }}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% macro f() %}{% endmacro %}",
    "{% for a in liste %}" * 5 + "x" + "{% endfor %}" * 5,
    "{{ inconnu }}",
    "{{ nom ",
])  # fmt: skip
def test_an_attack_or_a_mistake_is_refused_and_named(attack: str, tmp_path: Path) -> None:
    with pytest.raises(DossierError) as failure:
        filled(attack, tmp_path)
    assert failure.value.code == "word-template"
    assert failure.value.values["reason"]


def test_the_template_shipped_is_what_its_script_makes() -> None:
    script = runpy.run_path(str(ROOT / "tests" / "example" / "make_template.py"))
    assert script["made"]() == template().read_bytes()


def test_the_template_shipped_says_nothing_of_who_made_it() -> None:
    properties = Document(io.BytesIO(template().read_bytes())).core_properties
    assert properties.author in ("", "python-docx")  # python-docx makes its own where a file has none


def filled(text: str, folder: Path) -> str:
    document = Document()
    document.add_paragraph(text)
    document.save(str(folder / "modele.docx"))
    made = Document(io.BytesIO(render(folder / "modele.docx", VALUES)))
    return "\n".join(paragraph.text for paragraph in made.paragraphs)
