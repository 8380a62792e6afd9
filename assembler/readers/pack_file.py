"""`pack.yaml`: what it may hold."""

from __future__ import annotations

from assembler.model.finding import Severity
from assembler.model.pack import Numbering, When
from assembler.readers import shapes
from assembler.readers.establishment import KINDS, SECTORS
from assembler.readers.manifest import KEY
from assembler.readers.shapes import Choice, Day, Field, Integer, Keyed, ListOf, Record, Token, YesNo

# The fixed words of the documents: the key in `mots:`, the field of the model, what it names.
WORDS = (
    ("dossier", "dossier", "Le titre du dossier, sur la couverture."),
    ("dispositif", "scheme", "Le nom du label ou de la certification, au-dessus du titre."),
    ("critere", "criterion", "Le titre d’un critère : {number} est remplacé par son numéro."),
    ("attendu", "expectation", "Le nom d’un attendu, en tête du tableau de conformité."),
    ("preuve", "exhibit", "Le renvoi à une preuve : {label} est remplacé par sa cote."),
    ("pieces", "attachments", "Le titre des pièces obligatoires."),
    ("preuves", "evidence", "Le titre de la partie du PDF où sont les preuves."),
    ("sommaire", "contents", "Le titre du sommaire."),
    ("identite", "identity", "Le titre de la fiche d’identité."),
    ("etablissement", "establishment", "Le nom donné à un candidat."),
    ("academie", "academy", "Le nom donné à l’académie."),
    ("chef-etablissement", "head", "Le nom donné au chef d’établissement."),
    ("referent", "referent", "Le nom donné à la personne qui suit le dossier."),
    ("intitule", "asked_title", "Ce qui précède l’intitulé demandé."),
    ("label-precedent", "previous", "Ce qui précède l’intitulé du label précédent."),
    ("labels", "held", "Le titre des labels détenus."),
    ("demande-initiale", "initial", "Une première demande."),
    ("demande-renouvellement", "renewal", "Un renouvellement."),
    ("demande-modification", "modified_renewal", "Un renouvellement avec modification."),
    ("presentation", "presentation", "Le titre de la présentation."),
    ("presentation-reseau", "network_presentation", "Le titre de la présentation d’un réseau."),
    ("commun", "together", "Dans un réseau, le titre de ce que les établissements répondent ensemble."),
    ("bilan", "review", "Le titre du bilan."),
    ("demandes", "requests", "Le titre des réponses aux demandes des auditeurs."),
    ("conformite", "compliance", "Le titre du tableau de conformité."),
    ("accord-ca", "approval", "Le titre de l’accord du conseil d’administration."),
    ("index", "index", "Le titre de l’index des preuves."),
    ("brouillon", "draft", "La marque d’un brouillon."),
    ("non-officiel", "unofficial", "La mention d’un gabarit qui n’est pas officiel."),
)

# What a pack says of itself, and never of the packs that extend it.
OWN = ("id", "titre", "version", "emetteur", "officiel", "en-vigueur", "etend", "annexe")

# A label ends with its rank, after something that is no digit: two labels can then never read the same.
_EXHIBIT_PATTERN = Token(
    r"[A-Za-z]*\{critere\}[._-]\{rang\}", "un motif comme P{critere}.{rang}, terminé par un signe puis {rang}"
)
_ATTACHMENT_PATTERN = Token(r"[A-Za-z]+\{rang\}", "un motif comme A{rang} : des lettres, puis {rang}")
_DEPOSIT_NAME = Token(
    r"(?:[A-Za-z0-9._-]|\{(?:uai|campagne|academie|departement|type|nom|commune|gabarit)\})+",
    "un nom sans espace ni accent, où {uai}, {campagne}, {academie}, {departement}, {type}, {nom}, {commune} et {gabarit} "
    "sont remplacés",
)

# A section's file stands beside the narratives of the criteria.
_SECTION_KEY = Token(rf"(?!critere-\d)(?:{KEY.pattern})", KEY.expected)

_ATTACHMENT = Record((
    Field("cle", KEY, "La clé de la pièce dans preuves.yaml.", True),
    Field("titre", shapes.Words(), "Son titre imprimé.", True),
))  # fmt: skip

_SECTION = Record((
    Field("cle", _SECTION_KEY, "Le nom du fichier que l’établissement écrit, sans « .md ».", True),
    Field("titre", shapes.Words(), "Le titre imprimé.", True),
    Field("aide", shapes.Words(), "Ce qu’il faut y écrire, en une ou deux phrases."),
    Field("exigee", Choice(tuple(When)), "Pour qui elle est obligatoire (toujours, sans cette clé)."),
    Field("tableau", ListOf(shapes.Words()), "Les colonnes du tableau que l’établissement doit y remplir."),
))  # fmt: skip

PACK = Record((
    Field("id", KEY, "L’identifiant du gabarit : le nom de son dossier.", True),
    Field("titre", shapes.Words(), "Le titre du gabarit.", True),
    Field("version", Token(), "La version du gabarit.", True),
    Field("emetteur", shapes.Words(), "Qui l’a établi.", True),
    Field("officiel", YesNo(), "oui seulement quand une autorité académique l’émet."),
    Field("en-vigueur", Day(), "La date à partir de laquelle il s’applique.", True),
    Field("etend", KEY, "Le gabarit que celui-ci étend : seules les différences sont alors écrites."),
    Field("annexe", YesNo(), "oui quand il n’apporte que des rubriques, à demander par « annexes: »."),
    Field("annexes", ListOf(KEY), "Les annexes demandées : des gabarits dont les rubriques s’ajoutent."),
    Field("cotes", Record((
        Field("preuve", _EXHIBIT_PATTERN, "Le motif, par exemple P{critere}.{rang}."),
        Field("piece", _ATTACHMENT_PATTERN, "Le motif, par exemple A{rang}."),
    )), "Les motifs des cotes."),
    Field("numerotation", Choice(tuple(Numbering)),
          "Qui numérote les titres que le modèle Word contient déjà : le programme, ou le gabarit lui-même."),
    Field("candidats", Record((
        Field("types", ListOf(Choice(KINDS)), "Les types d’établissement admis."),
        Field("secteurs", ListOf(Choice(SECTORS)), "Les secteurs admis."),
        Field("label-en-reseau", shapes.Words(), "Le label que les établissements d’un réseau sont censés détenir déjà."),
    )), "Qui peut candidater ; tous, sans cette clé."),
    Field("pieces-obligatoires", ListOf(_ATTACHMENT), "Les pièces que chaque établissement doit fournir."),
    Field("rubriques", ListOf(_SECTION), "Les chapitres demandés en plus de la présentation, du bilan et des critères."),
    Field("chapitres", ListOf(KEY),
          "L’ordre des chapitres : presentation, bilan, les clés des rubriques, et reponses pour les critères."),
    Field("limites", Record((
        Field("preuve-mo", Integer(1), "La taille maximale d’une preuve, en mégaoctets."),
        Field("depot-mo", Integer(1), "La taille maximale d’un fichier déposé, en mégaoctets ; au-delà, des volumes."),
        Field("dossier-pages", Integer(1), "Le nombre maximal de pages du dossier sans ses preuves."),
    )), "Les limites."),
    Field("delais", Record((
        Field("accord-mois", Integer(1), "L’âge, en mois, à partir duquel l’accord est signalé comme ancien."),
        Field("retour-jours", Integer(0), "Le nombre de jours avant l’audit où le dossier doit être rendu."),
    )), "Les délais."),
    Field("depot", Record((
        Field("nom", _DEPOSIT_NAME, "Le nom des fichiers déposés, par exemple {uai}-{campagne}."),
        Field("archive", YesNo(), "oui si le dépôt est une seule archive zip."),
    )), "La forme du dépôt."),
    Field("severites", Keyed(Choice(tuple(Severity))), "La gravité d’un constat, par son code."),
    Field("mots", Record(tuple(Field(key, shapes.Words(), doc) for key, _, doc in WORDS)), "Les mots fixes des documents."),
))  # fmt: skip
