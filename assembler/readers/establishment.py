"""`etablissement.yaml`: the identity sheet of one établissement."""

from __future__ import annotations

from assembler.model.content import Establishment, Headcount, HeldLabel, Indicator, Person, Training
from assembler.model.finding import Finding
from assembler.model.source import Source
from assembler.readers.shapes import (
    Choice,
    Day,
    Either,
    Field,
    Fields,
    Integer,
    Keyed,
    ListOf,
    Record,
    Token,
    Words,
    read_record,
)  # fmt: skip
from assembler.readers.yaml_file import Mapping

KINDS = ("lp", "lpo", "erea", "lea", "autre")
SECTORS = ("public", "prive-sous-contrat")

_PERSON = Record((
    Field("nom", Words(), "Prénom et nom.", True),
    Field("qualite", Words(), "Fonction : proviseur, directeur délégué aux formations…"),
    Field("courriel", Token(r"[^@\s]+@[^@\s]+\.[^@\s]+", "une adresse de courriel"), "Adresse de courriel."),
    Field("telephone", Token(r"[+\d][\d .()-]{5,}", "un numéro de téléphone"), "Numéro de téléphone."),
))  # fmt: skip

_HEADCOUNT = Record(
    (
        Field("statut", Words(), "Le statut : élèves, apprentis, stagiaires, étudiants…", True),
        Field("nombre", Integer(), "Le nombre de personnes.", True),
    )
)

_TRAINING = Record((
    Field("intitule", Words(), "Le diplôme et la spécialité.", True),
    Field("niveau", Words(), "Le niveau : 3, 4, 5…"),
    Field("places", Integer(), "Le nombre de places."),
), short="intitule")  # fmt: skip

_INDICATOR = Record(
    (
        Field("libelle", Words(), "Ce qui est mesuré.", True),
        Field("valeur", Words(), "La valeur, avec son unité.", True),
        Field("source", Words(), "D’où vient le chiffre."),
        Field("millesime", Words(), "L’année ou la période mesurée."),
    )
)

_LABEL = Record((
    Field("nom", Words(), "Le nom du label détenu.", True),
    Field("du", Day(), "Le premier jour de validité."),
    Field("au", Day(), "Le dernier jour de validité."),
    Field("preuve", Token(), "La clé de la preuve qui l’atteste."),
), short="nom")  # fmt: skip

ESTABLISHMENT = Record((
    Field("nom", Words(), "Le nom complet de l’établissement.", True),
    Field("uai", Token(), "Le code UAI : 7 chiffres et une lettre.", True),
    Field("type", Choice(KINDS), "Le type d’établissement.", True),
    Field("secteur", Choice(SECTORS), "Le secteur.", True),
    Field("adresse", Words(), "Le numéro et la voie."),
    Field("code-postal", Token(r"\d{5}", "un code postal à cinq chiffres"), "Le code postal."),
    Field("commune", Words(), "La commune."),
    Field("academie", Words(), "L’académie."),
    Field("chef-etablissement", _PERSON, "Le chef d’établissement."),
    Field("referent", _PERSON, "La personne qui suit le dossier."),
    Field("effectifs", Either(Keyed(Integer()), ListOf(_HEADCOUNT)), "Les effectifs par statut."),
    Field("formations", ListOf(_TRAINING), "Les formations proposées."),
    Field("indicateurs", ListOf(_INDICATOR), "Les indicateurs, chacun avec sa source et son millésime."),
    Field("labels", ListOf(_LABEL), "Les autres labels détenus."),
    Field("categories", ListOf(Token()), "Les catégories du référentiel dont il relève, quand le référentiel en distingue."),
))  # fmt: skip


def read_establishment(mapping: Mapping | None, key: str, file: str, found: list[Finding]) -> Establishment:
    """The identity of the établissement whose folder is `key`, whatever could be read of it."""
    fields = read_record(mapping, ESTABLISHMENT, found) if mapping else Fields({}, Source(file, 1))
    return Establishment(
        key=key,
        name=fields.text("nom") or key,
        uai=(fields.text("uai") or "").upper().replace(" ", ""),
        kind=fields.text("type") or "",
        sector=fields.text("secteur") or "",
        address=fields.text("adresse") or "",
        postcode=fields.text("code-postal") or "",
        town=fields.text("commune") or "",
        academy=fields.text("academie") or "",
        head=_person(fields.record("chef-etablissement")),
        referent=_person(fields.record("referent")),
        headcounts=tuple(_headcount(each) for each in fields.records("effectifs")),
        trainings=tuple(
            Training(each.text("intitule") or "", each.text("niveau"), each.integer("places"))
            for each in fields.records("formations")
        ),
        indicators=tuple(
            Indicator(each.text("libelle") or "", each.text("valeur") or "", each.text("source"),
                      each.text("millesime"), each.source)
            for each in fields.records("indicateurs")
        ),
        labels=tuple(
            HeldLabel(each.text("nom") or "", each.day("du"), each.day("au"), each.text("preuve"), each.source)
            for each in fields.records("labels")
        ),
        source=fields.source,
        uai_source=fields.place("uai"),
        profiles=fields.texts("categories"),
    )  # fmt: skip


def _person(fields: Fields | None) -> Person | None:
    if fields is None:
        return None
    return Person(fields.text("nom") or "", fields.text("qualite"), fields.text("courriel"), fields.text("telephone"))


def _headcount(fields: Fields) -> Headcount:
    """From a list of records or from « élèves: 430 » pairs."""
    return Headcount(
        fields.text("statut") or fields.text("cle") or "", fields.integer("nombre") or fields.integer("valeur") or 0
    )
