"""`candidature.yaml`: which label is asked for, by whom, in which form."""

from __future__ import annotations

from datetime import date

from assembler.model.content import COMMON, Candidature, Network, PreviousLabel, RequestType
from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers.shapes import Choice, Day, Field, Fields, ListOf, Record, Token, Words, read_record
from assembler.readers.yaml_file import Mapping

FOLDER = Token(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "un nom de dossier simple : lettres sans accent, chiffres et tirets")
NUMBER = Token(r"\d{1,2}(-[a-z])?", "un numéro de critère, comme 4 ou 9-a")

CANDIDATURE = Record((
    Field("gabarit", FOLDER, "Le gabarit de dossier : un dossier de templates/ (par exemple national-2023).", True),
    Field("gabarit-version", Token(), "La version du gabarit suivie ; une autre version sur cet ordinateur est alors signalée."),
    Field("demande", Choice(tuple(RequestType)), "Le type de demande.", True),
    Field("intitule", Words(), "L’intitulé du label demandé, tel que le conseil d’administration l’a approuvé.", True),
    Field("campagne", Token(), "L’année ou le nom de la campagne.", True),
    Field("edition", Day(), "La date imprimée sur le dossier ; sans elle, celle du jour."),
    Field("audit", Day(), "La date de l’audit, si elle est connue."),
    Field("critere-optionnel", NUMBER, "Le critère choisi, quand le gabarit laisse un choix."),
    Field("label-precedent", Record((
        Field("intitule", Words(), "L’intitulé du label en cours ou échu."),
        Field("decision", Day(), "La date de la décision qui l’a accordé."),
        Field("fin", Day(), "La date à laquelle il prend fin."),
    )), "Le label dont on demande le renouvellement."),
    Field("etablissements", ListOf(FOLDER), "Les dossiers des établissements, dans l’ordre du dossier.", True),
    Field("reseau", Record((
        Field("nom", Words(), "Le nom du réseau.", True),
        Field("pilote", FOLDER, "Le dossier de l’établissement pilote.", True),
    )), "À remplir seulement quand plusieurs établissements candidatent ensemble."),
))  # fmt: skip


def read_candidature(mapping: Mapping | None, file: str, today: date, found: list[Finding]) -> Candidature:
    """The candidature, whatever could be read of it; `today` stands for a missing edition date."""
    whole = Source(file, 1)
    if mapping is None:
        if not found:
            found.append(error("candidature-empty", whole))
        fields = Fields({}, whole)
    else:
        fields = read_record(mapping, CANDIDATURE, found)
    keys = tuple(dict.fromkeys(fields.texts("etablissements")))
    if not keys and fields.has("etablissements"):
        found.append(error("establishments-none", fields.place("etablissements")))
    if len(keys) < len(fields.texts("etablissements")):
        found.append(error("establishment-twice", fields.place("etablissements")))
    if COMMON in keys:
        found.append(error("establishment-named-commun", fields.place("etablissements")))
        keys = tuple(key for key in keys if key != COMMON)
    return Candidature(
        pack=fields.text("gabarit") or "",
        request=RequestType(fields.text("demande") or RequestType.INITIAL),
        title=fields.text("intitule") or "",
        campaign=fields.text("campagne") or "",
        edition=fields.day("edition") or today,
        audit=fields.day("audit"),
        optional_criterion=fields.text("critere-optionnel"),
        previous=_previous(fields.record("label-precedent")),
        establishments=keys,
        network=_network(fields.record("reseau")),
        source=fields.source,
        title_source=fields.place("intitule"),
        establishments_source=fields.place("etablissements"),
        pack_version=fields.text("gabarit-version"),
        pack_version_source=fields.place("gabarit-version"),
    )


def _previous(fields: Fields | None) -> PreviousLabel | None:
    if fields is None:
        return None
    return PreviousLabel(fields.text("intitule"), fields.day("decision"), fields.day("fin"), fields.source)


def _network(fields: Fields | None) -> Network | None:
    if fields is None:
        return None
    return Network(fields.text("nom") or "", fields.text("pilote") or "", fields.source)
