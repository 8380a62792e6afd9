"""`preuves.yaml`: the manifest of required attachments and of evidence."""

from __future__ import annotations

import re

from assembler.model.exhibit import BOARD_APPROVAL, Approval, Entry, People, Signatory, Votes
from assembler.model.finding import Finding, error
from assembler.readers.candidature import NUMBER
from assembler.readers.shapes import (
    Choice,
    Day,
    Field,
    Fields,
    Integer,
    Keyed,
    ListOf,
    Record,
    Token,
    Words,
    YesNo,
    read_record,
)  # fmt: skip
from assembler.readers.yaml_file import Mapping

KEY = Token(r"[a-z0-9]+(-[a-z0-9]+)*", "une clé en minuscules sans accent, mots séparés par des tirets")
_EXPECTATION = Token(r"(\d{1,2}(-[a-z])?\.)?([a-z]|[1-9]\d?)", "un attendu, comme 4.a")
_PAGES = Token(r"\d{1,5}( ?[-–] ?\d{1,5})?", "une page ou une suite de pages, comme 1-3")

_ATTACHMENT = Record((
    Field("fichier", Token(), "Le fichier de l’acte, par exemple pieces/deliberation.pdf.", True),
    Field("titre", Words(), "Le titre à imprimer, s’il diffère de celui du gabarit."),
    Field("organe", Choice(("ca", "commission-permanente", "autre")), "L’organe qui a délibéré."),
    Field("organe-nom", Words(), "Le nom de l’organe, quand c’est un autre."),
    Field("seance", Day(), "La date de la séance."),
    Field("acte", Token(), "Le numéro de l’acte."),
    Field("annee-scolaire", Token(), "L’année scolaire de l’acte, par exemple 2025-2026."),
    Field("convocation", Integer(1), "1, ou 2 après une seconde convocation faute de quorum."),
    Field("membres", Integer(1), "Le nombre de membres en exercice."),
    Field("presents", Integer(), "Le nombre de membres présents."),
    Field("votes", Record((
        Field("pour", Integer(), "Voix pour.", True),
        Field("contre", Integer(), "Voix contre.", True),
        Field("abstentions", Integer(), "Abstentions."),
        Field("refus", Integer(), "Refus de prendre part au vote."),
    )), "Le résultat du vote."),
    Field("voix-preponderante", YesNo(), "oui si, à égalité, la voix du président l’a emporté."),
    Field("signataire", Record((
        Field("nom", Words(), "Prénom et nom du signataire.", True),
        Field("qualite", Words(), "Sa qualité : président du conseil d’administration…", True),
    )), "Qui a signé l’acte."),
    Field("intitule", Words(), "L’intitulé du label tel que l’acte le donne."),
    Field("date", Day(), "La date du document, pour une pièce qui n’est pas un acte."),
    Field("pages", _PAGES, "Un extrait : la première et la dernière page."),
))  # fmt: skip

_EXHIBIT = Record((
    Field("cle", KEY, "La clé stable de la preuve : elle sert dans [preuve:cle], jamais imprimée.", True),
    Field("titre", Words(), "Le titre imprimé dans l’index.", True),
    Field("fichier", Token(), "Le fichier, par exemple preuves/convention.pdf."),
    Field("lien", Token(r"https?://\S+", "une adresse qui commence par https://"), "L’adresse d’une page web."),
    Field("criteres", ListOf(NUMBER), "Les critères concernés ; la preuve est numérotée sous le premier.", True),
    Field("attendus", ListOf(_EXPECTATION), "Les attendus que la preuve montre, par exemple [4.a, 4.d]."),
    Field("date", Day(), "La date du document."),
    Field("pages", _PAGES, "Un extrait : la première et la dernière page, par exemple 1-3."),
    Field("personnes", Choice(tuple(People)), "Qui est reconnaissable sur le document."),
    Field("autorisations", Words(), "Où sont les autorisations, quand des élèves sont reconnaissables."),
    Field("confidentiel", YesNo(), "oui : citée dans l’index, jamais jointe à l’édition publiable."),
    Field("remplace", KEY, "La clé de la preuve que celle-ci remplace."),
))  # fmt: skip

MANIFEST = Record((
    Field("pieces", Keyed(_ATTACHMENT, "Une pièce obligatoire par clé, par exemple accord-ca.", KEY),
          "Les pièces obligatoires, par leur clé : accord-ca…"),
    Field("preuves", ListOf(_EXHIBIT), "Les preuves, dans l’ordre où elles seront numérotées."),
))  # fmt: skip


def read_manifest(mapping: Mapping, part: str, found: list[Finding]) -> tuple[Entry, ...]:
    """The entries of the part whose folder is `part`: attachments, then evidence, in the author's order.

    An entry without a sound key is left out (and a finding says so); a key used twice stands once.
    """
    fields = read_record(mapping, MANIFEST, found)
    attachments = [_attachment(each, part) for each in fields.records("pieces")]
    evidence = [_exhibit(each, part, found) for each in fields.records("preuves")]
    entries: dict[str, Entry] = {}
    for entry in [*attachments, *(each for each in evidence if each is not None)]:
        if entry.id in entries:
            first = entries[entry.id].source.line
            found.append(error("exhibit-key-twice", entry.source, key=entry.key, first=str(first)))
        else:
            entries[entry.id] = entry
    return tuple(entries.values())


def _attachment(pair: Fields, part: str) -> Entry:
    key = pair.text("cle") or ""
    fields = pair.record("valeur") or Fields({}, pair.source)
    source = pair.place("cle")
    return Entry(
        id=f"{part}/{key}", establishment=part, key=key, title=fields.text("titre") or "",
        file=_path(part, fields.text("fichier")), link=None, criteria=(), expectations=(),
        date=fields.day("date") or fields.day("seance"), pages=_pages(fields.text("pages")), people=People.NONE,
        consents=None, confidential=False, replaces=None, source=source,
        approval=_approval(fields) if key == BOARD_APPROVAL else None,
    )  # fmt: skip


def _approval(fields: Fields) -> Approval:
    votes, signatory = fields.record("votes"), fields.record("signataire")
    return Approval(
        body=fields.text("organe") or "ca",
        body_name=fields.text("organe-nom"),
        session=fields.day("seance"),
        act=fields.text("acte"),
        school_year=fields.text("annee-scolaire"),
        convocation=fields.integer("convocation"),
        members=fields.integer("membres"),
        present=fields.integer("presents"),
        votes=_votes(votes) if votes else None,
        casting_vote=fields.flag("voix-preponderante"),
        signatory=Signatory(signatory.text("nom") or "", signatory.text("qualite") or "") if signatory else None,
        label_title=fields.text("intitule"),
    )


def _votes(fields: Fields) -> Votes | None:
    """The votes, or None when the two counts that decide are not both there."""
    in_favour, against = fields.integer("pour"), fields.integer("contre")
    if in_favour is None or against is None:
        return None
    return Votes(in_favour, against, fields.integer("abstentions") or 0, fields.integer("refus") or 0)


def _exhibit(fields: Fields, part: str, found: list[Finding]) -> Entry | None:
    key = fields.text("cle")
    if key is None:
        return None
    criteria = tuple(dict.fromkeys(fields.texts("criteres")))
    if fields.has("fichier") == fields.has("lien"):
        code = "exhibit-file-and-link" if fields.has("fichier") else "exhibit-without-file"
        found.append(error(code, fields.place("cle"), key=key))
    return Entry(
        id=f"{part}/{key}", establishment=part, key=key, title=fields.text("titre") or key,
        file=_path(part, fields.text("fichier")), link=fields.text("lien") if not fields.has("fichier") else None,
        criteria=criteria or ("?",),
        expectations=tuple(_expectation(each, criteria) for each in fields.texts("attendus")),
        date=fields.day("date"), pages=_pages(fields.text("pages")),
        people=People(fields.text("personnes") or People.NONE), consents=fields.text("autorisations"),
        confidential=fields.flag("confidentiel"), replaces=fields.text("remplace"), approval=None,
        source=fields.place("cle"),
    )  # fmt: skip


def _path(part: str, written: str | None) -> str | None:
    """The path relative to the candidature, as the author meant it; whether it is safe is looked at when it is opened."""
    if written is None:
        return None
    return written if re.match(r"[/\\]|[A-Za-z]:", written) else f"{part}/" + written.replace("\\", "/")


def _pages(written: str | None) -> tuple[int, int] | None:
    if written is None:
        return None
    numbers = [int(each) for each in re.findall(r"\d+", written)]
    return numbers[0], numbers[-1]


def _expectation(written: str, criteria: tuple[str, ...]) -> tuple[str, str]:
    """(criterion, letter); a bare letter is one of the first criterion's."""
    criterion, _, letter = written.rpartition(".")
    return criterion or (criteria[0] if criteria else "?"), letter
