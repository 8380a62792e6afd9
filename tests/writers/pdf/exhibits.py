"""Numbered exhibits of every shape, and those whose pages are missing."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import date

import pikepdf

from assembler.model.exhibit import (
    Absence,
    Approval,
    Entry,
    Exhibit,
    Facts,
    PageFacts,
    Passage,
    People,
    Signatory,
    Votes,
)
from assembler.model.plain import plain
from assembler.model.sheet import sheets_name
from assembler.readers.exhibits.forms import make_forms
from assembler.tools.store import Store

from .nasty import HERE
from .odd_pdfs import born_digital, form, odd_page


def keep(store: Store, content: bytes, suffix: str) -> str:
    name = hashlib.sha256(content).hexdigest() + suffix
    store.keep(name, content)
    return name


def facts(store: Store, content: bytes | None, absence: Absence | None = None) -> Facts:
    pages: tuple[PageFacts, ...] = ()
    prepared = sha = None
    if content is not None:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = tuple(PageFacts(595.0, 842.0) for _ in pdf.pages)
        made, sha = make_forms(content), hashlib.sha256(content).hexdigest()
        prepared = keep(store, made.content, ".pdf")
        store.keep(sheets_name(prepared), json.dumps(plain(made.sheets)).encode())
    kind = "link" if absence is Absence.LINK else "pdf"
    return Facts(sha, len(content or b""), kind, pages, prepared, absence, "", True, "", False, False, ())


def entry(key: str, title: str, criteria: tuple[str, ...], **more: object) -> Entry:
    plain = Entry(
        f"lycee-exemple/{key}",
        "lycee-exemple",
        key,
        title,
        f"preuves/{key}.pdf",
        None,
        criteria,
        tuple((number, "a") for number in criteria),
        date(2025, 9, 1),
        None,
        People.NONE,
        None,
        False,
        None,
        None,
        HERE,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


APPROVAL = Approval(
    "ca",
    None,
    date(2026, 6, 25),
    "41",
    "2025-2026",
    1,
    30,
    24,
    Votes(22, 0, 2, 0),
    False,
    Signatory("Mme Exemple", "Présidente du conseil d’administration"),
    "Lycée des métiers de l’énergie & de la maintenance",
)


def exhibits(store: Store) -> tuple[Exhibit, ...]:
    shared = born_digital(3)
    made: list[tuple[str, Entry, Facts]] = [
        (
            "A1",
            replace(entry("accord-ca", "Délibération du conseil d’administration", ()), approval=APPROVAL),
            facts(store, born_digital(2, "Acte")),
        ),
        (
            "P1.1",
            entry("convention", "Convention de partenariat avec R&D <b> Énergie", ("1", "2")),
            facts(store, shared),
        ),
        (
            "P1.2",
            entry("tourne-90", "Plan tourné d’un quart de tour", ("1",)),
            facts(store, odd_page((0, 0, 595, 842), rotate=90)),
        ),
        ("P1.3", entry("tourne-180", "Plan à l’envers", ("1",)), facts(store, odd_page((0, 0, 595, 842), rotate=180))),
        (
            "P1.4",
            entry("tourne-270", "Plan tourné de trois quarts", ("1",)),
            facts(store, odd_page((0, 0, 842, 595), rotate=270)),
        ),
        ("P1.5", entry("a3", "Affiche au format A3, en paysage", ("1",)), facts(store, odd_page((0, 0, 1191, 842)))),
        (
            "P1.6",
            entry("rognee", "Page rognée", ("1",)),
            facts(store, odd_page((0, 0, 700, 900), crop=(50, 60, 545, 760), loose=b"Q Q ")),
        ),
        (
            "P1.7",
            entry("negative", "Page dont l’origine est négative", ("1",)),
            facts(store, odd_page((-300, -400, 295, 442), rotate=-90, loose=b"q q ")),
        ),
        (
            "P1.8",
            entry("unite", "Page dont l’unité vaut deux points", ("1",)),
            facts(store, odd_page((0, 0, 298, 421), unit=2)),
        ),
        (
            "P1.9",
            entry("ticket", "Reçu étroit dont le titre est beaucoup trop long pour tenir dans la bande", ("1",)),
            facts(store, odd_page((0, 0, 160, 400))),
        ),
        ("P1.10", entry("formulaire", "Formulaire rempli", ("1",)), facts(store, form())),
        (
            "P2.1",
            entry("rapport", "Rapport d’activité du bureau des entreprises, année scolaire 2025-2026", ("2", "1")),
            facts(store, born_digital(20, "Rapport")),
        ),
        ("P2.2", entry("convention-bis", "La même convention, citée autrement", ("2",)), facts(store, shared)),
        (
            "P2.3",
            entry(
                "site",
                "Page web du lycée",
                ("2",),
                file=None,
                link="https://exemple.fr/un/chemin/tres/long/" + "a" * 80,
            ),
            facts(store, None, Absence.LINK),
        ),
        (
            "P2.4",
            entry("classeur", "Classeur des périodes de formation", ("2",)),
            facts(store, None, Absence.NO_CONVERTER),
        ),
        ("P2.5", entry("protege", "Compte rendu protégé", ("2",), date=None), facts(store, None, Absence.ENCRYPTED)),
    ]
    cited = {
        "convention": (Passage("cite-1", "1.1 Une offre", HERE), Passage("cite-2", "1.1.1 Détail", HERE)),
        "rapport": (Passage("cite-3", "2.1 Publics", HERE),),
    }
    return tuple(
        Exhibit(
            label,
            label != "P2.5",
            f"preuve-{label}",
            item,
            learnt,
            cited.get(item.key, ()),
            "P2.2" if label == "P2.4" else None,
        )
        for label, item, learnt in made
    )
