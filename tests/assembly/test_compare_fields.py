"""« Tout ce qui a changé depuis est ici »: whatever field of a dossier changes, the comparison knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest
from dossiers.model import DAY, PACK, content_of, entry, narrative

from assembler.assembly import assemble
from assembler.assembly.compare import compare
from assembler.model.content import (
    Content,
    Declaration,
    Headcount,
    HeldLabel,
    Indicator,
    Network,
    Part,
    Person,
    Picture,
    PreviousLabel,
    Training,
)
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Absence, Approval, Signatory, Votes
from assembler.model.request import Request
from assembler.model.source import Source
from assembler.model.text import Figure, Heading, Paragraph, Text

PLACE = Source("lycee/critere-1.md", 1)

# What no comparison need tell, and why: how the path of a field begins.
LEFT_OUT = {
    r".*source": "where something stands in the authors' files",
    r".*anchor": "links are made anew",
    r"pack\.(?!title|version|framework\.title)": "a pack is told by its title and version",
    r"candidature\.(pack|pack_version|establishments)\b": "told by the pack, and by the members",
    r"members\.establishment\.key": "another key is another établissement",
    r"(chapters|answers)\.(number|criterion)": "the pack's: numbers of sections are said to move",
    r"(chapters|answers)\.blocks\.number": "numbers of sections and figures are said to move",
    r"coverage\.(criterion|expectation|reference)": "the pack's",
    r"coverage\.assessments\.establishment": "as the members are",
    r"coverage\.assessments\.(sections|exhibits)": "follow from the expectations of sections and exhibits",
    r"exhibits\.(issued|passages)": "a label is the same before it is issued; passages follow from the texts",
    r"exhibits\.entry\.(id|establishment|key|file)": "an exhibit is known by its label, its file by its content",
    r"exhibits\.facts\.(?!sha256|pages$|absence)": "follow from the file's content",
    r"exhibits\.facts\.pages\.": "follow from the file's content",
    r"retired\.": "told by the exhibit that went, or came in its place",
    r"pictures\.(path|width|height|prepared|cleaned)": "follow from the picture's content",
    r"requests": "the chapter of the requests tells them",
    r"submission": "what handing in adds",
    r"candidature\.edition": "told with other changes: alone, it is a day that passed",
}


def rich(content: Content) -> Content:
    """Nothing left empty that a document prints."""
    first, second = content.parts
    person = Person("Ada Fictive", "Proviseure", "ada@exemple.fr", "01 99 00 00 00")
    assert first.establishment
    school = replace(
        first.establishment, address="1, rue", postcode="99999", town="Ville", academy="Exemple", head=person,
        referent=person, profiles=("cfa",), headcounts=(Headcount("Élèves", 120), Headcount("Élèves", 12)),
        trainings=(Training("CAP", "3", 12), Training("CAP", "4", 24)),
        indicators=(Indicator("Taux", "90 %", "Relevé", "2026", PLACE), Indicator("Taux", "80 %", "Relevé", "2025", PLACE)),
        labels=(HeldLabel("E3D", DAY, DAY, "a", PLACE), HeldLabel("E3D", DAY, DAY, "a", PLACE)),
    )  # fmt: skip
    written = narrative(
        "lycee", "1", Heading(1, (Text("Accueil"),), ("a",), PLACE), Paragraph((Text("Un texte."),), PLACE),
        Figure("lycee/plan.png", "Un plan", (Text("Le plan"),), PLACE),
    )  # fmt: skip
    declared = narrative("lycee", "2", declarations=(Declaration("a", "sans-objet", "pas ici", PLACE),))
    candidature = replace(
        content.candidature, audit=DAY, optional_criterion="9-a", previous=PreviousLabel("Ancien", DAY, DAY, PLACE),
        network=Network("Réseau", "lycee", PLACE),
    )  # fmt: skip
    told = Part("lycee", school, (written, declared), first.entries, first.manifest)
    request = Request(1, DAY, DAY, ("1",), (), "Préciser.", (), Source("demandes.yaml", 2))
    picture = Picture("lycee/plan.png", "0" * 64, 10, 10, None, ())
    return replace(content, candidature=candidature, parts=(told, second), pictures=(picture,), requests=(request,))


def whole() -> Dossier:
    act = Approval(
        "ca", "conseil", DAY, "12", "2026", 1, 30, 20, Votes(18, 1, 1, 0), True, Signatory("Ada", "P"), "Titre"
    )
    exhibit = replace(
        entry("lycee", "a", "1", "a"),
        date=DAY,
        pages=(1, 2),
        consents="oui",
        replaces="b",
        approval=act,
        link="https://x.fr",
    )
    dossier = assemble(rich(content_of((exhibit, entry("lycee", "b", "1")))), PACK)
    shown = tuple(
        replace(each, facts=replace(each.facts, absence=Absence.LINK), superseded_by=each.superseded_by or "P1.9")
        for each in dossier.exhibits
    )
    return replace(dossier, exhibits=shown)


def variants(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """`value` with one leaf changed, every leaf in turn, with the leaf's path; lists lose an item too."""
    if any(re.match(rf"(?:{each})", path) for each in LEFT_OUT):
        return
    match value:
        case bool():
            yield path, not value
        case Enum():
            yield path, next(each for each in type(value) if each is not value)
        case int():
            yield path, value + 1
        case str():
            yield path, f"{value} autre"
        case date():
            yield path, value + timedelta(1)
        case tuple():
            if value:
                yield f"{path} shorter", value[1:]
            for rank, each in enumerate(value):
                for name, changed in variants(each, path):
                    yield name, (*value[:rank], changed, *value[rank + 1 :])
        case _ if is_dataclass(value):
            for field in fields(value):
                inside = f"{path}.{field.name}".lstrip(".")
                for name, changed in variants(getattr(value, field.name), inside):
                    yield name, replace(value, **{field.name: changed})  # type: ignore[type-var]
        case _:
            assert value is None, path


CASES = list(variants(whole()))


def test_a_dossier_equals_itself() -> None:
    assert compare(whole(), whole(), 1).nothing


@pytest.mark.parametrize("rank", range(len(CASES)), ids=[f"{rank}-{name}" for rank, (name, _) in enumerate(CASES)])
def test_whatever_changes_is_told(rank: int) -> None:
    name, changed = CASES[rank]
    assert not compare(whole(), changed, 1).nothing, name
    assert not compare(changed, whole(), 1).nothing, f"{name}, undone"
