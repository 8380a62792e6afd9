"""The help page for those who make templates: it names every name, and each of its examples is a good tag."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from word_template import saying, spoilt

from assembler.writers.word.names import (
    CRITERION,
    ESTABLISHMENT,
    EXPECTATION,
    NAMES,
    ByKey,
    Leaf,
    Mark,
    One,
    Rows,
    Shape,
)

from .sample import workshop
from .test_template import shipped_pack
from .validator import ROOT

PAGE = ROOT / "templates" / "LISEZMOI.md"
HEADING = "## Tous les noms\n"
TAGS = re.findall(r"\{\{[^{}…]+\}\}|\{% (?:if|for) [^{}…]+%\}", PAGE.read_text("utf-8").partition(HEADING)[0])
LOOPS = ("{%p for e in etablissements %}", "{%p for f in e.formations %}", "{%p for critere in criteres %}")
SAME = {id(ESTABLISHMENT): "etablissements", id(EXPECTATION): "attendus", id(CRITERION): "criteres"}


def test_the_page_names_every_name() -> None:
    text = PAGE.read_text("utf-8")
    before, mark, _ = text.partition(HEADING)
    assert mark
    if os.environ.get("ACCEPT"):
        PAGE.write_text(before + HEADING + listed(), "utf-8")
    assert PAGE.read_text("utf-8") == before + HEADING + listed()


def test_the_part_to_read_is_a_page() -> None:
    assert len(PAGE.read_text("utf-8").partition(HEADING)[0].split()) < 900


@pytest.mark.parametrize("tag", sorted(set(TAGS)))
def test_each_example_of_the_page_is_a_good_tag(tag: str, tmp_path: Path) -> None:
    """In the loops that the page speaks of, and with its end where it opens something."""
    whole = tag + {"{% if": "{% endif %}", "{% fo": "{% endfor %}"}.get(tag[:5], "")
    file = tmp_path / "dossier.docx"
    file.write_bytes(spoilt(saying(*LOOPS, whole, *["{%p endfor %}"] * len(LOOPS))))
    assert {each.code for each in workshop().inspect(file, shipped_pack())} <= {"template-mark-twice"}


def listed() -> str:
    """The end of the page: marks, then values, lists and groups, each with what it means."""
    marks = [f"- `{{{{p {name} }}}}` : {shape.meaning}" for name, shape in NAMES.items() if isinstance(shape, Mark)]
    marks += [
        "- `{{p critere.offre.contenu }}` : un critère, par son identifiant (`id`) dans criteres.yaml, sans son titre",
        "- `{{p critere.offre.chapitre }}` : le même, sous son titre numéroté",
        "- `{{p rubrique.bilan_moral }}` : une rubrique demandée dans pack.yaml, par sa clé (`-` devient `_`)",
    ]
    values = [
        f"| `{name}` | {shape.meaning} | {shown(shape)} |" for name, shape in NAMES.items() if isinstance(shape, Leaf)
    ]
    groups = [
        f"| `{name}{'' if isinstance(shape, Rows) else '.'}` | {shape.meaning} | {inside(shape)} |"
        for name, shape in NAMES.items() if isinstance(shape, (One, Rows, ByKey))
    ]  # fmt: skip
    return "\n".join((
        "",
        "Les balises `{{p … }}`, chacune une seule fois. Ce que vous ne placez pas est mis à la fin, pour que rien ne manque :",
        "",
        *marks,
        "",
        "Les valeurs :",
        "",
        "| Nom | Ce que c’est | Exemple |",
        "|---|---|---|",
        *values,
        "",
        "Les listes, à parcourir avec `for`, et les groupes, suivis d’un point (`{{ pilote.nom }}`) :",
        "",
        "| Nom | Ce que c’est | Ce qu’il contient |",
        "|---|---|---|",
        *groups,
        "",
        "Dans une boucle, `loop.index` est le rang (1, 2, 3…) ; `loop.first` et `loop.last` disent le premier et le dernier tour :",
        "`{% for e in etablissements %}{{ e.nom }}{% if not loop.last %}, {% endif %}{% endfor %}`. Une valeur peut passer par",
        "`upper`, `lower`, `capitalize`, `title`, `trim`, `length` ou `default`, une liste par `sort` : `{{ intitule | upper }}`.",
        "",
    ))  # fmt: skip


def shown(leaf: Leaf) -> str:
    return ("oui" if leaf.example else "non") if isinstance(leaf.example, bool) else str(leaf.example)


def inside(shape: Shape) -> str:
    """The fields of a list or a group; those told elsewhere are named once."""
    match shape:
        case ByKey(each=Mark()):
            return "à employer avec p"
        case ByKey():
            return "comme `criteres`"
        case One(fields=fields) if id(fields) in SAME:
            return f"comme `{SAME[id(fields)]}`"
        case One(fields=fields) | Rows(fields=fields):
            return ", ".join(field(name, each) for name, each in fields.items())
        case _:
            raise AssertionError(shape)


def field(name: str, shape: Shape) -> str:
    match shape:
        case Rows(fields=fields) if id(fields) in SAME:
            return f"`{name}` (liste, comme `{SAME[id(fields)]}`)"
        case Rows(fields=fields):
            return f"`{name}` (liste : {', '.join(f'`{each}`' for each in fields)})"
        case Mark():
            return f"`{name}` (avec p)"
        case _:
            return f"`{name}`"
