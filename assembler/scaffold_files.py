"""The files of a new candidature, with guidance in comments that never reach the dossier."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from assembler.model.content import RequestType
from assembler.model.exhibit import BOARD_APPROVAL
from assembler.model.framework import Criterion, Kind
from assembler.model.pack import Pack, Section, When, Words
from assembler.readers.establishment import KINDS, SECTORS

_KINDS = {
    Kind.FIRM: "",
    Kind.REFLECTION: " (une réflexion engagée suffit)",
    Kind.CONDITIONAL: " (conditionnel)",
    Kind.NETWORK: " (seulement pour une candidature en réseau)",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of the candidature to begin; an empty text is left to be filled in. `school` is its folder's name."""

    pack: Pack
    campaign: str
    request: str = RequestType.INITIAL
    title: str = ""
    optional: str = ""
    school: str = "mon-lycee"
    name: str = ""
    uai: str = ""
    kind: str = ""
    sector: str = ""
    town: str = ""
    academy: str = ""


def candidature_files(wishes: Wishes) -> dict[str, str]:
    """Each file's text by its path in the candidature."""
    pack, school = wishes.pack, wishes.school
    files = {
        "candidature.yaml": _candidature(wishes),
        f"{school}/etablissement.yaml": _establishment(wishes),
        f"{school}/preuves.yaml": _manifest(pack),
        f"{school}/presentation.md": _comment("Le projet de l’établissement, son contexte, sa démarche qualité."),
        f"{school}/bilan.md": _comment("Pour un renouvellement : ce qu’est devenu le label précédent. Sinon, supprimez-le."),
    }  # fmt: skip
    wanted = {When.ALWAYS} | ({When.RENEWAL} if wishes.request != RequestType.INITIAL else set())
    files |= {f"{school}/{each.key}.md": section_text(each) for each in pack.sections if each.required in wanted}
    for criterion in pack.framework.choosing(wishes.optional or None).criteria:
        files[f"{school}/critere-{criterion.number}.md"] = criterion_text(criterion)
    return files


def criterion_text(criterion: Criterion) -> str:
    """A narrative to be written: what is expected, in a comment."""
    lines = [f"Critère {criterion.number} — {criterion.official_title}", "", "Ce que le référentiel attend :"]
    for each in criterion.expectations:
        condition = f", {each.condition}" if each.condition else ""
        lines.append(f"  {each.letter}. {each.text}{_KINDS[each.kind]}{condition}")
    if criterion.equivalences:
        held = ", ".join(each.label for each in criterion.equivalences)
        lines += [
            "",
            f"Un label valide en tient lieu : {held} (déclarez-le dans etablissement.yaml, sous « labels: »).",
        ]
    letter = criterion.expectations[-1].letter if criterion.expectations else "a"
    lines += [
        "",
        "Donnez un titre à chaque section et dites à quels attendus elle répond, par leurs lettres :",
        '  ## Un titre de section {attendus="a b"}',
        "Citez vos preuves par leur clé dans preuves.yaml : [preuve:ma-preuve].",
        "Un attendu sans objet se déclare avant tout texte, au-dessus ou juste au-dessous de ce commentaire :",
        "  ---",
        f"  attendus: {{{letter}: {{statut: sans-objet, motif: …}}}}",
        "  ---",
    ]
    return _comment("\n".join(lines))


def section_text(section: Section) -> str:
    """A chapter to be written: what the pack asks for, in a comment, with the table to copy where it wants one."""
    lines = [section.title, *([section.guidance] if section.guidance else [])]
    if section.columns:
        lines += ["", "Le tableau demandé, à recopier sous ce commentaire et à remplir, une ligne par élément :",
                  f"| {' | '.join(section.columns)} |", f"|{'---|' * len(section.columns)}"]  # fmt: skip
    return _comment("\n".join(lines))


def _comment(text: str) -> str:
    return f"<!--\n{text}\nCe commentaire ne sera pas imprimé : écrivez dessous.\n-->\n"


def _candidature(wishes: Wishes) -> str:
    pack = wishes.pack
    offered = pack.framework.offered
    choice, usual = "", "Lycée des métiers …" if pack.words.scheme == Words().scheme else "…"
    if offered:
        titles = "".join(f"#   {each.number} : {each.title}\n" for each in offered)
        mark, number = ("", wishes.optional) if wishes.optional else ("# ", offered[0].number)
        choice = f"# Un critère au choix, ou aucun :\n{titles}{mark}critere-optionnel: {number}\n"
    return _CANDIDATURE.format(
        pack=pack.id, version=json.dumps(pack.version, ensure_ascii=False), request=wishes.request,
        requests=" | ".join(RequestType), title=_scalar(wishes.title or usual), choice=choice,
        campaign=_scalar(wishes.campaign), school=wishes.school,
    )  # fmt: skip


def _establishment(wishes: Wishes) -> str:
    pack = wishes.pack
    kinds, sectors = pack.applicants.kinds or KINDS, pack.applicants.sectors or SECTORS
    profiles = pack.framework.profiles
    keys = (
        f"categories: [{', '.join(each.key for each in profiles)}]  # à garder : ce que vous faites\n"
        if profiles
        else ""
    )
    return _ESTABLISHMENT.format(
        name=_scalar(wishes.name or "Lycée …"), uai=(wishes.uai or "0000000Z").ljust(10), kind=wishes.kind or kinds[0],
        kinds=" | ".join(kinds), sector=wishes.sector or sectors[0], sectors=" | ".join(sectors), town=_value(wishes.town),
        academy=_value(wishes.academy), categories=keys,
    )  # fmt: skip


def _manifest(pack: Pack) -> str:
    criterion = pack.framework.criteria[0]
    shown = [f"{criterion.number}.{each.letter}" for each in criterion.expectations[:2]]
    attachments = "".join(
        _APPROVAL
        if each.key == BOARD_APPROVAL
        else f"  # {each.key}:                 # {each.title}\n  #   fichier: pieces/…\n"
        for each in pack.attachments
    )
    pieces = f"pieces:\n{attachments}" if attachments else ""
    return _MANIFEST.format(pieces=pieces, number=criterion.number, references=", ".join(shown))


def _value(text: str) -> str:
    return f" {_scalar(text)}" if text else ""


def _scalar(text: str) -> str:
    """`text` as YAML, in quotes where it needs them."""
    plain = re.fullmatch(r"[^\W_][^#:\n\"\[\]{}]*", text) and text == text.strip() and not text.endswith(" ")
    return text if plain and text.lower() not in ("null", "oui", "non") else json.dumps(text, ensure_ascii=False)


_CANDIDATURE = """\
# yaml-language-server: $schema=.schemas/candidature.schema.json
gabarit: {pack}
gabarit-version: {version}           # une autre version de ce gabarit sur votre ordinateur vous serait signalée
demande: {request}                # {requests}
intitule: {title}    # tel que le conseil d’administration l’a approuvé
campagne: {campaign}
# edition: 2026-11-20            # la date imprimée ; sans elle, celle du jour
# audit: 2027-03-18
# label-precedent: {{intitule: …, decision: 2022-06-30, fin: 2027-06-30}}
{choice}etablissements: [{school}]      # le nom du dossier de l’établissement
"""

_ESTABLISHMENT = """\
# yaml-language-server: $schema=../.schemas/etablissement.schema.json
nom: {name}
uai: {uai}                  # 7 chiffres et une lettre
type: {kind}                         # {kinds}
secteur: {sector}                  # {sectors}
{categories}adresse:
code-postal:
commune:{town}
academie:{academy}
# chef-etablissement: {{nom: …, qualite: Proviseur, courriel: …, telephone: …}}
# referent: {{nom: …, qualite: …, courriel: …, telephone: …}}
# effectifs:
#   - {{statut: Élèves, nombre: 0}}
#   - {{statut: Apprentis, nombre: 0}}
# formations:
#   - {{intitule: Baccalauréat professionnel …, niveau: 4, places: 0}}
# indicateurs:
#   - {{libelle: Taux d’insertion à six mois, valeur: … %, source: InserJeunes, millesime: 2024-2025}}
# labels:
#   - {{nom: …, du: 2025-01-01, au: 2027-12-31, preuve: cle-de-la-preuve}}
"""

_APPROVAL = """\
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
"""

_MANIFEST = """\
# yaml-language-server: $schema=../.schemas/preuves.schema.json
{pieces}preuves:
  # - cle: convention-exemple        # sert à citer : [preuve:convention-exemple]
  #   titre: Convention de partenariat avec …
  #   fichier: preuves/convention.pdf
  #   criteres: [{number}]                  # la preuve est numérotée sous le premier
  #   attendus: [{references}]
  #   date: 2025-09-12
"""
