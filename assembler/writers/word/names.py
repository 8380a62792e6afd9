"""What a Word template may name: the closed list of words, figures, lists and marks, each with its meaning and an example.

`values.py` gives them; a template is checked against this list, and tried with these examples, before it is ever used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value to be printed, or asked for: text, number or yes/no."""

    meaning: str
    example: str | int | bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place for what the program writes: `{{p name }}` alone in its paragraph."""

    meaning: str


@dataclass(frozen=True, slots=True)
class One:
    """Several values under one name: `{{ name.field }}`."""

    meaning: str
    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list to loop over; empty where there is nothing."""

    meaning: str
    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class ByKey:
    """One for each criterion or chapter of the pack, by its key there: `{{ critere.offre.titre }}`."""

    meaning: str
    each: Mapping[str, Shape] | Mark


Shape = Leaf | Mark | One | Rows | ByKey

_PERSON = {
    "nom": Leaf("son nom", "Mme Claire Martin"),
    "qualite": Leaf("sa fonction", "proviseure"),
    "courriel": Leaf("son courriel", "chef@exemple.fr"),
    "telephone": Leaf("son téléphone", "01 00 00 00 00"),
}
ESTABLISHMENT: Mapping[str, Shape] = {
    "nom": Leaf("son nom", "Lycée Jean-Exemple"),
    "lettre": Leaf("A, B… dans un réseau ; vide pour un établissement seul", "A"),
    "uai": Leaf("son UAI", "0999999F"),
    "type": Leaf("lycée professionnel, polyvalent…", "Lycée polyvalent"),
    "secteur": Leaf("public ou privé sous contrat", "Public"),
    "adresse": Leaf("la rue", "1 rue de l’Exemple"),
    "code_postal": Leaf("le code postal", "99000"),
    "commune": Leaf("la commune", "Exempleville"),
    "academie": Leaf("l’académie", "Académie d’exemple"),
    "chef": Rows("le chef d’établissement (une personne, ou aucune)", _PERSON),
    "referent": Rows("le référent du label (une personne, ou aucune)", _PERSON),
    "effectifs": Rows("les effectifs", {"statut": Leaf("élèves, apprentis…", "élèves"), "nombre": Leaf("combien", 412)}),
    "effectif_total": Leaf("la somme des effectifs", 530),
    "formations": Rows("les formations", {
        "intitule": Leaf("l’intitulé", "CAP Menuisier"),
        "niveau": Leaf("le niveau", "3"),
        "places": Leaf("le nombre de places", "24"),
    }),
    "indicateurs": Rows("les indicateurs", {
        "libelle": Leaf("ce qui est mesuré", "Taux d’insertion"),
        "valeur": Leaf("la valeur, comme elle est écrite", "71 %"),
        "source": Leaf("d’où vient la valeur", "InserJeunes"),
        "millesime": Leaf("l’année", "2025"),
    }),
    "labels": Rows("les autres labels détenus", {
        "nom": Leaf("le label", "Euroscol"),
        "du": Leaf("depuis le", "1er septembre 2024"),
        "au": Leaf("jusqu’au", "31 août 2027"),
        "preuve": Leaf("la cote de la preuve", "P6.1"),
    }),
}  # fmt: skip
EXPECTATION: Mapping[str, Shape] = {
    "reference": Leaf("sa référence", "4.b"),
    "texte": Leaf("ce qui est attendu", "Un partenariat formalisé"),
    "nature": Leaf("ferme, reflexion, conditionnel ou reseau", "ferme"),
    "condition": Leaf("quand il s’applique, s’il est conditionnel", ""),
    "statut": Leaf("traité, partiel…", "traité"),
    "motif": Leaf("pourquoi il est sans objet, ou validé par équivalence", ""),
    "sections": Leaf("les sections qui y répondent", "4.1, 4.2"),
    "preuves": Leaf("les cotes de ses preuves", "P4.1, P4.2"),
    "reponses": Rows("la même chose, établissement par établissement", {
        "etablissement": Leaf("l’établissement", "Lycée Jean-Exemple"),
        "statut": Leaf("traité, partiel…", "traité"),
        "motif": Leaf("le motif", ""),
        "sections": Leaf("les sections", "4.1"),
        "preuves": Leaf("les cotes", "P4.1"),
    }),
}  # fmt: skip
CRITERION: Mapping[str, Shape] = {
    "numero": Leaf("son numéro", "4"),
    "titre": Leaf("son titre", "Un partenariat actif"),
    "titre_officiel": Leaf("le titre du texte officiel", "Un partenariat actif avec le tissu économique local"),
    "retenu": Leaf("vrai, sauf pour un critère au choix qui n’a pas été choisi", example=True),
    "contenu": Mark("tout ce que l’établissement a écrit sous ce critère, sans le titre du critère"),
    "chapitre": Mark("le même, sous son titre numéroté"),
    "attendus": Rows("ses attendus", EXPECTATION),
}
NAMES: Mapping[str, Shape] = {
    "dossier": Mark("les chapitres qui ne sont pas placés ailleurs : présentation, bilan, critères, rubriques"),
    "sommaire": Mark("le sommaire"),
    "presentation": Mark("la présentation, sous son titre"),
    "bilan": Mark("le bilan du label précédent, sous son titre"),
    "demandes": Mark("les réponses aux demandes des auditeurs, sous leur titre"),
    "modifications": Mark("ce qui a changé depuis la version déposée (devant le tableau de conformité, sans cette balise)"),
    "conformite": Mark("le tableau de conformité"),
    "accord_ca": Mark("la fiche de l’accord du conseil d’administration"),
    "index_preuves": Mark("l’index des preuves"),
    "intitule": Leaf("l’intitulé demandé", "Lycée des métiers du bois"),
    "demande": Leaf("la nature de la demande", "Renouvellement du label"),
    "campagne": Leaf("la campagne", "2027"),
    "edition": Leaf("la date du dossier", "20 novembre 2026"),
    "audit": Leaf("la date de l’audit, vide si elle n’est pas connue", "18 mars 2027"),
    "brouillon": Leaf("vrai pour un brouillon", example=False),
    "mention": Leaf("« modèle non officiel », ou vide", "modèle non officiel"),
    "academies": Leaf("l’académie, ou les académies", "Académie d’exemple"),
    "candidat": Leaf("le nom du réseau, ou celui de l’établissement", "Lycée Jean-Exemple"),
    "reseau": Leaf("le nom du réseau ; vide pour un établissement seul", "Les métiers du bois"),
    "reseau_annonce": Leaf("le même, précédé du mot « Réseau »", "Réseau : Les métiers du bois"),
    "pilote": One("l’établissement, ou celui qui pilote le réseau", ESTABLISHMENT),
    "etablissements": Rows("les établissements", ESTABLISHMENT),
    "label_precedent": Rows("le label précédent (un, ou aucun)", {
        "intitule": Leaf("son intitulé", "Lycée des métiers du bois"),
        "decision": Leaf("la date de la décision", "30 juin 2022"),
        "fin": Leaf("la date de fin", "30 juin 2027"),
    }),
    "criteres": Rows("les critères auxquels le dossier répond", CRITERION),
    "critere": ByKey("un critère, par l’identifiant (id) qu’il a dans criteres.yaml", CRITERION),
    "rubrique": ByKey("une rubrique demandée dans pack.yaml, par sa clé", Mark("la rubrique, sous son titre")),
    "attendus": Rows("tous les attendus, dans l’ordre", EXPECTATION),
    "accords": Rows("les accords de conseil d’administration, un par établissement", {
        "etablissement": Leaf("l’établissement", "Lycée Jean-Exemple"),
        "joint": Leaf("vrai si l’acte est joint", example=True),
        "organe": Leaf("qui a délibéré", "Conseil d’administration"),
        "seance": Leaf("la date de la séance", "25 juin 2026"),
        "acte": Leaf("le numéro de l’acte", "12"),
        "vote": Leaf("le vote", "pour : 20 · contre : 0 · abstentions : 2"),
        "signataire": Leaf("qui a signé", "Mme Claire Martin, proviseure"),
        "intitule": Leaf("l’intitulé porté par l’acte", "Lycée des métiers du bois"),
        "cote": Leaf("la cote de l’acte", "A1"),
    }),
    "preuves": Rows("l’index des preuves, pièces obligatoires comprises", {
        "cote": Leaf("la cote", "P4.2"),
        "titre": Leaf("le titre", "Convention de partenariat"),
        "criteres": Leaf("les critères", "4, 5"),
        "date": Leaf("la date", "12/05/2026"),
        "etablissement": Leaf("l’établissement qui l’a fournie", "Lycée Jean-Exemple"),
        "page": Leaf("sa page dans le PDF (0 si elle n’y est pas)", 57),
        "pages": Leaf("son nombre de pages", 3),
        "confidentielle": Leaf("vrai si elle est confidentielle", example=False),
        "remplacee_par": Leaf("la cote de celle qui la remplace", ""),
    }),
    "cotes_retirees": Rows("les cotes qui ne servent plus", {
        "cote": Leaf("la cote", "P2.3"),
        "remplacee_par": Leaf("la cote de la preuve qui la remplace", "P2.5"),
    }),
    "gabarit": One("le gabarit", {
        "titre": Leaf("son titre", "Lycée des métiers — académie d’exemple"),
        "version": Leaf("sa version", "1.0"),
        "emetteur": Leaf("qui l’a établi", "Académie d’exemple"),
    }),
    "referentiel": One("le référentiel", {
        "titre": Leaf("son titre", "Label « Lycée des métiers » — cahier des charges national"),
        "texte": Leaf("le texte officiel", "Code de l’éducation, article D. 335-1"),
    }),
    "mots": One("les mots fixes du dossier, tels que le gabarit les choisit (mots:)", {
        "dossier": Leaf("le titre du document", "Dossier de candidature"),
        "critere": Leaf("l’annonce d’un critère", "Critère n° {number}"),
        "preuve": Leaf("l’annonce d’une preuve", "preuve {label}"),
        "sommaire": Leaf("un titre", "Sommaire"),
        "identite": Leaf("un titre", "Fiche d’identité"),
        "presentation": Leaf("un titre", "Présentation de l’établissement"),
        "presentation_reseau": Leaf("un titre", "Présentation du réseau"),
        "commun": Leaf("un titre", "Partie commune"),
        "bilan": Leaf("un titre", "Bilan du label précédent"),
        "demandes": Leaf("un titre", "Réponses aux demandes"),
        "conformite": Leaf("un titre", "Tableau de conformité"),
        "accord_ca": Leaf("un titre", "Accord du conseil d’administration"),
        "index": Leaf("un titre", "Index des preuves"),
        "brouillon": Leaf("la mention des brouillons", "BROUILLON"),
        "non_officiel": Leaf("la mention des modèles non officiels", "modèle non officiel"),
        "dispositif": Leaf("le nom du label, au-dessus du titre", "Label « Lycée des métiers »"),
        "attendu": Leaf("le nom d’un attendu", "Attendu"),
        "pieces": Leaf("un titre", "Pièces obligatoires"),
        "preuves": Leaf("le titre de la partie des preuves", "Preuves"),
        "etablissement": Leaf("le nom d’un candidat", "Établissement"),
        "academie": Leaf("le nom de l’académie", "Académie"),
        "chef_etablissement": Leaf("le nom de la fonction", "Chef d’établissement"),
        "referent": Leaf("le nom de la fonction", "Référent du label"),
        "intitule": Leaf("ce qui précède l’intitulé", "Intitulé demandé"),
        "label_precedent": Leaf("ce qui précède le label précédent", "Label précédent"),
        "labels": Leaf("un titre", "Labels détenus"),
        "demande_initiale": Leaf("une première demande", "Première demande du label"),
        "demande_renouvellement": Leaf("un renouvellement", "Renouvellement du label"),
        "demande_modification": Leaf("un renouvellement modifié", "Renouvellement du label, avec modification"),
    }),
}  # fmt: skip
# What Word’s user knows of a loop from within: {{ loop.index }}.
LOOP = One("la boucle", {
    "index": Leaf("le rang, à partir de 1", 1),
    "first": Leaf("vrai au premier tour", example=True),
    "last": Leaf("vrai au dernier tour", example=False),
    "length": Leaf("le nombre de tours", 2),
})  # fmt: skip


def variable(identifier: str) -> str:
    """How a template names the criterion with this id: no hyphen, which would be a minus."""
    return identifier.replace("-", "_")


def examples(keys: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A value for every name, lists of two, to try a template with; `keys` are the criteria and chapters of the pack.

    A mark is `{"mark": its name}`, its owner's key after a blank.
    """
    return {name: _example(shape, name, keys) for name, shape in NAMES.items()}


def emptied(value: Any) -> Any:
    """`value` with nothing in it: no row, no text, no yes; marks stay."""
    match value:
        case {"mark": _}:
            return value
        case dict():
            return {key: emptied(each) for key, each in value.items()}
        case bool():
            return False
        case int():
            return 0
        case list():
            return []
    return ""


def _example(shape: Shape, mark: str, keys: Mapping[str, Sequence[str]]) -> object:
    match shape:
        case Leaf():
            return shape.example
        case Mark():
            return {"mark": mark}
        case One():
            return _fields(shape.fields, "", keys)
        case Rows():
            owners = keys["critere"] if shape.fields is CRITERION else ("a", "b")
            return [_fields(shape.fields, variable(each), keys) for each in owners]
        case ByKey():
            return {variable(key): _keyed(shape.each, mark, variable(key), keys) for key in keys[mark]}


def _keyed(each: Mapping[str, Shape] | Mark, mark: str, key: str, keys: Mapping[str, Sequence[str]]) -> object:
    return {"mark": f"{mark} {key}"} if isinstance(each, Mark) else _fields(each, key, keys)


def _fields(fields: Mapping[str, Shape], owner: str, keys: Mapping[str, Sequence[str]]) -> dict[str, object]:
    return {name: _example(shape, f"{name} {owner}".strip(), keys) for name, shape in fields.items()}
