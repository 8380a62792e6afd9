"""A dossier made by hand from the model, with all that authors write and more, for the writer's tests."""

from __future__ import annotations

import atexit
import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from assembler.model.artefact import Pagination
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
from assembler.model.dossier import (
    Assessment,
    Chapter,
    Coverage,
    Dossier,
    Member,
    RetiredLabel,
    SectionRef,
    Status,
)
from assembler.model.exhibit import Absence, Approval, Entry, Exhibit, Facts, PageFacts, People, Signatory, Votes
from assembler.model.framework import Criterion, Expectation, Framework, Kind
from assembler.model.pack import Limits, Pack, RequiredAttachment, Words
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    Citation,
    Code,
    CodeBlock,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    WebLink,
)
from assembler.tools.store import Store
from assembler.writers.word import Workshop

HERE = Source("critere-1.md", 1)
NASTY = "R&D <b>gras</b> {{ x }} {% if y %} {# z #} \x00\x07\x1f\ufffe 😀 \u200b]]> &amp; « guillemets »"
SHOWN = "R&D <b>gras</b> {{ x }} {% if y %} {# z #}  😀 \u200b]]> &amp; « guillemets »"
ADDRESS = "https://www.exemple.fr/" + "un-chemin-interminable/" * 12 + "?q=1&r=<deux>"
TITLES = (
    "Une offre de formations professionnelles construite autour d’un ensemble de métiers et de parcours de formation",
    "L’accueil de publics de statuts différents",
    "Des réponses pédagogiques et des parcours de formation adaptés",
)
PROSE = (
    "Le lycée forme des électriciens, des frigoristes et des techniciens de maintenance depuis 1974 ; l’offre couvre "
    "aujourd’hui sept diplômes, du CAP au BTS, et chaque parcours ouvre sur une poursuite d’études ou sur l’emploi. "
    "L’équipe de direction réunit chaque année les branches professionnelles pour revoir la carte des formations. "
)


def words(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def paragraph(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in content), HERE)


def heading(level: int, title: str, number: str | None, anchor: str) -> Heading:
    return Heading(level, words(title), (), HERE, number, anchor)


def item(*blocks: Block, checked: bool | None = None) -> ListItem:
    return ListItem(blocks, checked)


def table(columns: int, rows: int, *, header: bool = True, number: int | None = None) -> Table:
    head = tuple(words(f"Colonne {column + 1}") for column in range(columns)) if header else ()
    body = tuple(tuple(words(f"Bac pro {row}.{column}") for column in range(columns)) for row in range(rows))
    sides = tuple((Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT)[column % 3] for column in range(columns))
    return Table(head, body, sides, words("Effectifs par formation") if number else (), HERE, number)


def nested(depth: int) -> Block:
    inner = (nested(depth - 1),) if depth > 1 else ()
    kind = [item(paragraph(f"niveau {depth}"), *inner), item(paragraph("suite"), paragraph("Second alinéa."))]
    return OrderedList(tuple(kind), 1, HERE) if depth % 2 else BulletList(tuple(kind), HERE)


def framework(numbers: Sequence[str] = ("1", "2", "9-a")) -> Framework:
    criteria = tuple(
        Criterion(f"c{number}", number, title, title, (), (), tuple(
            Expectation(letter, f"Un attendu {letter} dont l’énoncé prend bien une ligne et demie du tableau", Kind.FIRM,
                        "si un campus existe" if letter == "b" else None)
            for letter in "abc"), ())
        for number, title in zip(numbers, TITLES, strict=True)
    )  # fmt: skip
    return Framework("essai", "Cahier des charges d’essai", "article D. 335-1", date(2023, 11, 1), criteria)


def establishment(key: str, name: str) -> Establishment:
    person = Person("Camille Exemple", "Proviseure", "camille@exemple.fr", "01 02 03 04 05")
    return Establishment(
        key, name, "0990001S", "lp", "public", "1 rue de l’Essai", "99000", "Exempleville", "Académie d’essai",
        person, replace(person, name="Sacha Modèle", quality="DDFPT"),
        (Headcount("élèves", 512), Headcount("apprentis", 48)),
        (Training("CAP Électricien", "3", 24), Training("Bac pro MELEC " + NASTY, "4", None)),
        (Indicator("Taux d’insertion à 12 mois", "71 %", "InserJeunes", "2025", HERE),),
        (HeldLabel("Euroscol", date(2024, 5, 1), date(2027, 5, 1), "euroscol", HERE),),
        Source(f"{key}/etablissement.yaml", 1), Source(f"{key}/etablissement.yaml", 2),
    )  # fmt: skip


def exhibit(label: str, key: str, school: str, pages: int, criteria: tuple[str, ...], **changes: object) -> Exhibit:
    entry = Entry(
        f"{school}/{key}", school, key, f"Convention de partenariat {key}", f"preuves/{key}.pdf", None, criteria,
        (), date(2025, 9, 12), None, People.NONE, None, False, None, None, Source(f"{school}/preuves.yaml", 3),
    )  # fmt: skip
    facts = Facts("0" * 64, 1000, "pdf", (PageFacts(595, 842),) * pages, None, None, "", True, "", False, False, ())
    made = Exhibit(label, True, f"preuve-{school}-{key}", entry, facts, (), None)
    return replace(made, **changes)  # type: ignore[arg-type]


def approval(title: str | None) -> Approval:
    signatory = Signatory("Dominique Essai", "Président du conseil d’administration")
    return Approval(
        "ca", None, date(2026, 6, 25), "41", "2025-2026", 1, 30, 24, Votes(22, 0, 2, 0), False, signatory, title
    )


def picture(store: Store) -> Picture:
    image = Image.new("RGB", (1600, 900), "#1F3A68")
    ImageDraw.Draw(image).ellipse((300, 150, 1300, 750), fill="#EEF2F8")
    target = io.BytesIO()
    image.save(target, "PNG")
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    store.keep(f"{digest}.png", target.getvalue())
    return Picture("lycee-exemple/images/atelier.png", digest, 1600, 900, f"{digest}.png", ())


def everything(exhibits: tuple[Exhibit, ...]) -> tuple[Block, ...]:
    """One chapter of every node, numbered « 1.1 »…"""
    first = exhibits[1]
    note = Footnote(
        (
            paragraph(
                "Une note ", Strong(words("grasse")), " avec ", WebLink("https://exemple.fr", words("un lien")), "."
            ),
        )
    )
    cited = ExhibitLink(first.entry.id, first.label, "renvoi-1")
    return (
        paragraph(PROSE, cited, ", voir aussi ", CriterionLink("2", "critere-2"), " et ",
                  ExpectationLink("2.b", "attendu-2-b"), "."),
        heading(1, "Des métiers " + NASTY, "1.1", "section-1-1"),
        paragraph("Gras : ", Strong(words("fort")), ", ", Emphasis((Text("italique "), Strong(words("gras italique")))), ", ",
                  Strike(words("rayé")), ", 1", Superscript(words("er")), ", H", Subscript(words("2")), "O, ", Code("x = 1 < 2"),
                  LineBreak(), "après le saut, ", WebLink(ADDRESS, words(ADDRESS)), " ; une note", note, "."),
        paragraph("Fautes : ", Citation("inconnue", HERE), ", ", CriterionReference("12", HERE), ", ",
                  ExpectationReference("4.z", HERE)),
        heading(2, "Listes", "1.1.1", "section-1-1-1"),
        nested(4),
        OrderedList((item(paragraph("cinq")), item(paragraph("six"))), 5, HERE),
        OrderedList((item(paragraph("de nouveau un")), item(paragraph("deux"), table(2, 2))), 1, HERE),
        BulletList((item(paragraph("fait"), checked=True), item(paragraph("à faire"), checked=False)), HERE),
        heading(3, "Quatrième niveau", "1.1.1.1", "section-1-1-1-1"),
        Quotation((paragraph("Citation d’un partenaire."), BulletList((item(paragraph("liste citée")),), HERE)), HERE),
        CodeBlock("ligne 1\n    ligne 2 <&>\n\tligne 3", HERE),
        Rule(HERE),
        heading(1, "Tableaux et figures", "1.2", "section-1-2"),
        table(4, 3, number=1),
        table(12, 2),
        Table((words("Clé"), words("Valeur")), ((words("Note en cellule"), (Text("ici"), note)), (words(ADDRESS), (cited,))),
              (Alignment.LEFT, Alignment.RIGHT), (), HERE),
        table(3, 60, header=True),
        Figure("lycee-exemple/images/atelier.png", "L’atelier vu de la mezzanine", words("L’atelier de maintenance"), HERE, 1),
        Figure("lycee-exemple/images/atelier.png", "Sans légende", (), HERE),
        Figure("lycee-exemple/images/absente.png", "Absente", (), HERE),
        *(paragraph(PROSE * 2) for _ in range(12)),
    )  # fmt: skip


def assess(key: str | None, status: Status, exhibits: tuple[Exhibit, ...]) -> Assessment:
    reason = "aucun campus sur le territoire" if status is Status.NOT_APPLICABLE else None
    section = SectionRef("1.1", "Des métiers", "section-1-1")
    return Assessment(key, status, reason, (section,), tuple(one.entry.id for one in exhibits[1:3]))


def sample(store: Store, *, members: int = 1) -> tuple[Dossier, Pagination]:
    """A dossier of one or more établissements with every kind of node, and the pages of its PDF edition."""
    schools = [
        establishment(*pair) for pair in (("lycee-exemple", "Lycée Exemple"), ("lycee-second", "Lycée Second & Cie"))
    ]
    schools = schools[:members]
    letters = "AB" if members > 1 else " "
    numbers = ("1", "2", "9-a")
    frame = framework(numbers)
    exhibits: list[Exhibit] = []
    for school, letter in zip(schools, letters, strict=False):
        prefix = f"{letter}-" if members > 1 else ""
        act = exhibit(f"{prefix}A1", "accord-ca", school.key, 2, ())
        entry = replace(act.entry, title="Délibération n° 41 du conseil d’administration", approval=approval(NASTY))
        exhibits.append(replace(act, entry=entry))
        for rank in range(1, 8):
            made = exhibit(f"{prefix}P1.{rank}", f"convention-{rank}", school.key, rank, ("1", "2"))
            if rank == 3:
                made = replace(made, superseded_by=f"{prefix}P1.4")
            if rank == 5:
                away = replace(made.entry, file=None, link=ADDRESS, title=NASTY, confidential=True)
                made = replace(made, entry=away, facts=replace(made.facts, pages=(), absence=Absence.LINK))
            if rank == 6:
                made = replace(made, facts=replace(made.facts, pages=(), absence=Absence.NO_CONVERTER))
            exhibits.append(made)
    kept = tuple(exhibits)
    answers = [Chapter("critere-1", TITLES[0], "1", frame.criteria[0], everything(kept))]
    for number, criterion in zip(numbers[1:], frame.criteria[1:], strict=True):
        blocks: list[Block] = []
        for rank in (1, 2):
            blocks.append(heading(1, f"Section {rank}", f"{number}.{rank}", f"section-{number}-{rank}"))
            blocks.append(paragraph(PROSE))
            blocks.append(heading(2, "Détail", f"{number}.{rank}.1", f"section-{number}-{rank}-1"))
            blocks += [paragraph(PROSE), OrderedList((item(paragraph("un")), item(paragraph("deux"))), 1, HERE)]
        answers.append(Chapter(f"critere-{number}", criterion.title, number, criterion, tuple(blocks)))
    statuses = list(Status)
    keys: list[str | None] = [school.key for school in schools]
    coverage = tuple(
        Coverage(criterion, one, f"{criterion.number}.{one.letter}", f"attendu-{criterion.number}-{one.letter}",
                 tuple(assess(key, statuses[(rank + column) % 5], kept) for column, key in enumerate(keys)))
        for criterion in frame.criteria for rank, one in enumerate(criterion.expectations)
    )  # fmt: skip
    candidature = Candidature(
        "essai", RequestType.RENEWAL, "Lycée des métiers de l’énergie & de la maintenance", "2027", date(2026, 11, 20),
        date(2027, 3, 18), None, PreviousLabel("Lycée des métiers de l’énergie", date(2022, 6, 30), date(2027, 6, 30), HERE),
        tuple(school.key for school in schools), Network("Réseau Énergie", schools[-1].key, HERE) if members > 1 else None,
        HERE, HERE,
    )  # fmt: skip
    pack = Pack(
        "essai", "Gabarit d’essai", "1", "Personne", False, date(2023, 11, 1), frame,
        (RequiredAttachment("accord-ca", "Accord du conseil d’administration"),), "P{criterion}.{rank}", "A{rank}",
        Limits(10**8, None, 24, 21), (), Words(),
    )  # fmt: skip
    presentation = Chapter("presentation", "Présentation de l’établissement", None, None, (
        paragraph(PROSE), heading(1, "Le territoire", None, "presentation-territoire"), paragraph(PROSE),
    ))  # fmt: skip
    dossier = Dossier(
        candidature, pack,
        tuple(Member(s, x.strip() or None, f"identite-{s.key}") for s, x in zip(schools, letters, strict=False)),
        (presentation,), tuple(answers), coverage, kept, (RetiredLabel("P1.9", "lycee-exemple/vieille", "retiree", None),),
        (picture(store),),
    )  # fmt: skip
    anchors = [member.anchor for member in dossier.members] + ["presentation", "presentation-territoire"]
    anchors += [chapter.anchor for chapter in answers]
    anchors += [b.anchor for c in answers for b in c.blocks if isinstance(b, Heading) and b.anchor]
    anchors += [row.anchor for row in coverage] + [one.anchor for one in kept]
    return dossier, Pagination(tuple((anchor, rank + 2) for rank, anchor in enumerate(anchors)), len(anchors) + 2)


@cache
def workshop() -> Workshop:
    """The child process that opens templates, one for all tests."""
    made = Workshop()
    atexit.register(made.end)
    return made


def template() -> Path:
    """The Word template that is shipped."""
    return Path(__file__).parents[3] / "templates" / "national-2023" / "dossier.docx"
