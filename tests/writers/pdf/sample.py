"""A small complete dossier made in Python, full of what goes wrong: nasty texts, odd pages, absent files."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image

from assembler.model.content import (
    Candidature,
    Establishment,
    Headcount,
    HeldLabel,
    Indicator,
    Network,
    Person,
    Picture,
    PreviousLabel,
    RequestType,
    Training,
)
from assembler.model.dossier import Assessment, Chapter, Coverage, Dossier, Member, RetiredLabel, SectionRef, Status
from assembler.model.framework import Criterion, Expectation, Framework, Kind
from assembler.model.pack import Limits, Pack, RequiredAttachment, Words
from assembler.model.text import (
    ExhibitLink,
)
from assembler.tools.store import Store

from .exhibits import exhibits, keep
from .nasty import HERE, PROSE, h, nasty, p


def pictures(store: Store) -> tuple[Picture, ...]:
    wide, tall = (_png(2400, 900), _png(300, 4000))
    return (
        Picture("lycee-exemple/images/atelier.png", "0" * 64, 2400, 900, keep(store, wide, ".png"), ()),
        Picture("lycee-exemple/images/haute.png", "1" * 64, 300, 4000, keep(store, tall, ".png"), ()),
        Picture("lycee-exemple/images/absente.png", None, 0, 0, None, ()),
    )


def _png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (150, 170, 200)).save(out, "PNG")
    return out.getvalue()


def _criteria() -> tuple[Criterion, ...]:
    titles = (
        "Une offre de formations professionnelles construite autour d’un ensemble de métiers",
        "L’accueil de publics de statuts différents",
    )
    expected = (
        Expectation("a", "Une offre professionnelle qui ouvre des parcours ascendants", Kind.FIRM, None),
        Expectation(
            "b", "Une offre cohérente avec les besoins du territoire", Kind.CONDITIONAL, "s’il existe un Campus"
        ),
        Expectation("c", "Des formations de spécialisation", Kind.FIRM, None),
    )
    return tuple(Criterion(f"c{at}", str(at), title, title, (), (), expected, ()) for at, title in enumerate(titles, 1))


def _coverage(criteria: tuple[Criterion, ...], schools: tuple[str | None, ...]) -> tuple[Coverage, ...]:
    statuses = (Status.TREATED, Status.PARTIAL, Status.UNTREATED)
    section = SectionRef("1.1", "Une offre", "section-1-1")
    return tuple(
        Coverage(
            criterion,
            expectation,
            f"{criterion.number}.{expectation.letter}",
            f"attendu-{criterion.number}-{expectation.letter}",
            tuple(
                Assessment(
                    school,
                    statuses[at],
                    "À reprendre" if at == 1 else None,
                    (section,) if at == 0 else (),
                    ("lycee-exemple/convention",) if at == 0 else (),
                )
                for school in schools
            ),
        )
        for criterion in criteria
        for at, expectation in enumerate(criterion.expectations)
    )


def establishment(key: str, name: str) -> Establishment:
    return Establishment(
        key,
        name,
        "0990001W",
        "lpo",
        "public",
        "12, rue de l’Exemple",
        "99000",
        "Exempleville",
        "Exemple",
        Person("Mme Claire Modèle", "proviseure", "proviseure@exemple.fr", "01 00 00 00 00"),
        Person("M. Paul Type", None, None, None),
        (Headcount("Élèves", 612), Headcount("Apprentis", 58)),
        (Training("BTS Maintenance des systèmes", "5", 24), Training("CAP Électricien", None, None)),
        (Indicator("Taux d’insertion à six mois", "71 %", "InserJeunes", "2025", HERE),),
        (HeldLabel("Éco-lycée", date(2024, 1, 1), None, "rapport", HERE),),
        HERE,
        HERE,
    )


def dossier(store: Store, *, network: bool = False) -> Dossier:
    """The sample, alone or as a network of two."""
    criteria = _criteria()
    framework = Framework(
        "ldm", "Label « Lycée des métiers »", "Code de l’éducation, article D. 335-1", date(2023, 11, 1), criteria
    )
    pack = Pack(
        "national-2023",
        "Gabarit national 2023",
        "1.0",
        "",
        False,
        date(2023, 11, 1),
        framework,
        (RequiredAttachment("accord-ca", "Accord du CA"),),
        "P{criterion}.{rank}",
        "A{rank}",
        Limits(10**7, None, None, None),
        (),
        Words(),
    )
    keys = ("lycee-exemple", "lycee-voisin") if network else ("lycee-exemple",)
    members = tuple(
        Member(
            establishment(key, f"Lycée polyvalent {key[6:].title()}"), "AB"[at] if network else None, f"identite-{key}"
        )
        for at, key in enumerate(keys)
    )
    candidature = Candidature(
        "national-2023",
        RequestType.RENEWAL,
        "Lycée des métiers de l’énergie & de la maintenance",
        "2027",
        date(2026, 11, 20),
        None,
        None,
        PreviousLabel("Lycée des métiers de l’énergie", date(2022, 6, 30), date(2027, 6, 30), HERE),
        keys,
        Network("Réseau Énergie de l’Est", "lycee-exemple", HERE) if network else None,
        HERE,
        HERE,
    )
    publics = (
        h(1, "2.1", "Publics", "section-2-1"),
        *(p(PROSE * 3) for _ in range(8)),
        p("Le ", ExhibitLink("lycee-exemple/rapport", "P2.1", "cite-3"), " le montre."),
    )
    return Dossier(
        candidature,
        pack,
        members,
        (
            Chapter(
                "presentation",
                "Présentation de l’établissement",
                None,
                None,
                (p(PROSE * 4), h(1, None, "Le contexte", "contexte"), p(PROSE * 5)),
            ),
            Chapter("bilan", "Bilan du label précédent", None, None, ()),
        ),
        (
            Chapter("critere-1", criteria[0].title, "1", criteria[0], nasty()),
            Chapter("critere-2", criteria[1].title, "2", criteria[1], publics),
        ),
        _coverage(criteria, (None, *keys) if network else keys),
        exhibits(store),
        (
            RetiredLabel("P1.11", "lycee-exemple/ancienne", "remplacee", "P1.1"),
            RetiredLabel("P2.6", "lycee-exemple/jadis", "retiree", None),
        ),
        pictures(store),
    )
