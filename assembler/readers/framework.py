"""`criteres.yaml`: the framework of a template pack."""

from __future__ import annotations

from datetime import date

from assembler.model.finding import Finding, error
from assembler.model.framework import Criterion, Equivalence, Expectation, Framework, Kind, Origin, Profile
from assembler.readers.candidature import NUMBER
from assembler.readers.manifest import KEY
from assembler.readers.shapes import (
    Choice,
    Day,
    Field,
    Fields,
    Keyed,
    ListOf,
    Record,
    Token,
    Words,
    YesNo,
    read_record,
)  # fmt: skip
from assembler.readers.yaml_file import Mapping

_EXPECTATION = Record((
    Field("lettre", Token(r"[a-z]|[1-9]\d?", "une lettre minuscule, ou un numéro"),
          "La lettre de l’attendu, ou son numéro.", True),
    Field("texte", Words(), "Ce qui est attendu, en une phrase.", True),
    Field("nature", Choice(tuple(Kind)), "ferme, reflexion, conditionnel ou reseau.", True),
    Field("condition", Words(), "Quand l’attendu s’applique, s’il est conditionnel."),
    Field("pour", ListOf(KEY), "Les catégories que l’attendu concerne ; toutes, sans cette clé."),
    Field("ensemble", YesNo(), "oui si, dans un réseau, la partie commune doit en parler aussi."),
))  # fmt: skip

_CRITERION = Record((
    Field("id", KEY, "L’identifiant stable du critère.", True),
    Field("numero", NUMBER, "Le numéro affiché.", True),
    Field("titre", Words(), "Le titre officiel.", True),
    Field("affiche", Words(), "Le titre affiché, s’il diffère du titre officiel."),
    Field("alias", ListOf(NUMBER), "D’autres numéros sous lesquels ce critère est connu."),
    Field("ancien", Keyed(NUMBER), "Son numéro dans un référentiel plus ancien, par l’identifiant de ce référentiel."),
    Field("optionnel", YesNo(), "oui si le candidat peut le choisir : au plus un critère optionnel est traité."),
    Field("attendus", ListOf(_EXPECTATION), "Les attendus du critère.", True),
    Field("equivalences", ListOf(Words()), "Les labels qui, valides, satisfont ce critère."),
))  # fmt: skip

FRAMEWORK = Record((
    Field("id", KEY, "L’identifiant du référentiel.", True),
    Field("titre", Words(), "Le titre du référentiel.", True),
    Field("texte", Words(), "Le texte qui le fonde, tel que le dossier le cite.", True),
    Field("en-vigueur", Day(), "La date d’entrée en vigueur.", True),
    Field("categories", Keyed(Words(), keys=KEY), "Les catégories de candidats que le référentiel distingue, s’il y en a."),
    Field("criteres", ListOf(_CRITERION), "Les critères, dans l’ordre.", True),
))  # fmt: skip


def read_framework(mapping: Mapping, found: list[Finding]) -> Framework:
    """The framework; a number or a letter used twice, or a category that is not there, is a finding."""
    fields = read_record(mapping, FRAMEWORK, found)
    records = fields.records("criteres")
    criteria = tuple(_criterion(each, found) for each in records)
    profiles = tuple(
        Profile(each.text("cle") or "", each.text("valeur") or "") for each in fields.records("categories")
    )
    numbers: set[str] = set()
    ids: set[str] = set()
    for criterion, each in zip(criteria, records, strict=True):
        if criterion.id in ids:
            found.append(error("criterion-id-twice", each.source, id=criterion.id))
        ids.add(criterion.id)
        for number in (criterion.number, *criterion.aliases):
            if number in numbers:
                found.append(error("criterion-twice", each.source, number=number))
            numbers.add(number)
        known = {profile.key for profile in profiles}
        for name in sorted({name for one in criterion.expectations for name in one.profiles} - known):
            found.append(error("profile-unknown", each.source, name=name, known=", ".join(sorted(known))))
    optional = {criterion.id for criterion, each in zip(criteria, records, strict=True) if each.flag("optionnel")}
    return Framework(
        id=fields.text("id") or "",
        title=fields.text("titre") or "",
        legal_text=fields.text("texte") or "",
        in_force=fields.day("en-vigueur") or date.min,
        criteria=tuple(each for each in criteria if each.id not in optional),
        offered=tuple(each for each in criteria if each.id in optional),
        profiles=profiles,
    )


def _criterion(fields: Fields, found: list[Finding]) -> Criterion:
    title = fields.text("titre") or ""
    number = fields.text("numero") or "?"
    expectations = tuple(_expectation(each) for each in fields.records("attendus"))
    letters = [each.letter for each in expectations]
    for each, letter in zip(fields.records("attendus"), letters, strict=True):
        if letters.count(letter) > 1:
            found.append(error("expectation-twice", each.source, number=number, letter=letter))
    return Criterion(
        id=fields.text("id") or number,
        number=number,
        official_title=title,
        title=fields.text("affiche") or title,
        aliases=fields.texts("alias"),
        origins=tuple(Origin(each.text("cle") or "", each.text("valeur") or "") for each in fields.records("ancien")),
        expectations=expectations,
        equivalences=tuple(Equivalence(label) for label in fields.texts("equivalences")),
    )


def _expectation(fields: Fields) -> Expectation:
    return Expectation(
        letter=fields.text("lettre") or "?",
        text=fields.text("texte") or "",
        kind=Kind(fields.text("nature") or Kind.FIRM),
        condition=fields.text("condition"),
        profiles=fields.texts("pour"),
        together=fields.flag("ensemble"),
    )
