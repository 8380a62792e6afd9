"""A new candidature: every file to fill in, with guidance in comments that never reach the dossier."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.framework import Criterion, Kind
from assembler.model.pack import Pack
from assembler.pipeline import pack_places
from assembler.readers.pack import find_pack, pack_ids, read_pack
from assembler.schema_export import write_schemas

_KINDS = {
    Kind.FIRM: "",
    Kind.REFLECTION: " (une réflexion engagée suffit)",
    Kind.CONDITIONAL: " (conditionnel)",
    Kind.NETWORK: " (seulement pour une candidature en réseau)",
}


def scaffold(folder: Path, pack_id: str, today: date) -> tuple[str, ...]:
    """Create the candidature in `folder`, new or empty; the names of the files, relative to it."""
    places = pack_places(None)
    found = find_pack(pack_id, places)
    pack = read_pack(found)[0] if found else None
    if pack is None:
        known = pack_ids(places)
        nearest = difflib.get_close_matches(pack_id, known, 1, 0.4)
        raise Missing("pack-unknown", pack=pack_id, known=", ".join(known), place="Option --pack",
                      nearest=nearest[0] if nearest else "")  # fmt: skip
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("target-exists", folder=str(folder))
    files = _files(pack, today)
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for empty in ("preuves", "pieces", "images"):
        (folder / "mon-lycee" / empty).mkdir(exist_ok=True)
    write_schemas(folder / ".schemas")
    return tuple(files)


def _files(pack: Pack, today: date) -> dict[str, str]:
    files = {
        "candidature.yaml": _CANDIDATURE.format(pack=pack.id, year=today.year + 1),
        "mon-lycee/etablissement.yaml": _ESTABLISHMENT,
        "mon-lycee/preuves.yaml": _MANIFEST,
        "mon-lycee/presentation.md": _comment("Le projet de l’établissement, son contexte, sa démarche qualité."),
        "mon-lycee/bilan.md": _comment("Pour un renouvellement : ce qu’est devenu le label précédent. Sinon, supprimez-le."),
    }  # fmt: skip
    for criterion in pack.framework.criteria:
        files[f"mon-lycee/critere-{criterion.number}.md"] = _narrative(criterion)
    return files


def _narrative(criterion: Criterion) -> str:
    lines = [f"Critère {criterion.number} — {criterion.official_title}", "", "Ce que le référentiel attend :"]
    for each in criterion.expectations:
        condition = f", {each.condition}" if each.condition else ""
        lines.append(f"  {each.letter}. {each.text}{_KINDS[each.kind]}{condition}")
    lines += [
        "",
        "Donnez un titre à chaque section et dites à quels attendus elle répond, par leurs lettres :",
        '  ## Un titre de section {attendus="a b"}',
        "Citez vos preuves par leur clé dans preuves.yaml : [preuve:ma-preuve].",
        "Un attendu sans objet se déclare avant tout texte, au-dessus ou juste au-dessous de ce commentaire :",
        "  ---",
        "  attendus: {f: {statut: sans-objet, motif: …}}",
        "  ---",
    ]
    return _comment("\n".join(lines))


def _comment(text: str) -> str:
    return f"<!--\n{text}\nCe commentaire ne sera pas imprimé : écrivez dessous.\n-->\n"


_CANDIDATURE = """\
# yaml-language-server: $schema=.schemas/candidature.schema.json
gabarit: {pack}
demande: initiale                # initiale | renouvellement | renouvellement-avec-modification
intitule: Lycée des métiers …    # tel que le conseil d’administration l’a approuvé
campagne: {year}
# edition: 2026-11-20            # la date imprimée ; sans elle, celle du jour
# audit: 2027-03-18
# label-precedent: {{intitule: …, decision: 2022-06-30, fin: 2027-06-30}}
etablissements: [mon-lycee]      # le nom du dossier de l’établissement
"""

_ESTABLISHMENT = """\
# yaml-language-server: $schema=../.schemas/etablissement.schema.json
nom: Lycée …
uai: 0000000Z                    # 7 chiffres et une lettre
type: lp                         # lp | lpo | erea | lea | autre
secteur: public                  # public | prive-sous-contrat
adresse:
code-postal:
commune:
academie:
# chef-etablissement: {nom: …, qualite: Proviseur, courriel: …, telephone: …}
# referent: {nom: …, qualite: …, courriel: …, telephone: …}
# effectifs:
#   - {statut: Élèves, nombre: 0}
#   - {statut: Apprentis, nombre: 0}
# formations:
#   - {intitule: Baccalauréat professionnel …, niveau: 4, places: 0}
# indicateurs:
#   - {libelle: Taux d’insertion à six mois, valeur: … %, source: InserJeunes, millesime: 2024-2025}
# labels:
#   - {nom: …, du: 2025-01-01, au: 2027-12-31, preuve: cle-de-la-preuve}
"""

_MANIFEST = """\
# yaml-language-server: $schema=../.schemas/preuves.schema.json
pieces:
  # L’accord du conseil d’administration est obligatoire : retirez les « # » et remplissez.
  # accord-ca:
  #   fichier: pieces/deliberation.pdf
  #   organe: ca                   # ca | commission-permanente | autre
  #   seance: 2026-06-25
  #   acte: 41
  #   annee-scolaire: 2025-2026
  #   membres: 30
  #   presents: 24
  #   votes: {pour: 22, contre: 0, abstentions: 2}
  #   signataire: {nom: …, qualite: Président du conseil d’administration}
preuves:
  # - cle: convention-exemple        # sert à citer : [preuve:convention-exemple]
  #   titre: Convention de partenariat avec …
  #   fichier: preuves/convention.pdf
  #   criteres: [4]                  # la preuve est numérotée sous le premier
  #   attendus: [4.a, 4.d]
  #   date: 2025-09-12
"""
