"""A small complete dossier made in Python, full of what goes wrong: nasty texts, odd pages, absent files."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date

import pikepdf
import typst
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

HERE = Source("lycee-exemple/critere-1.md", 1)
PROSE = (
    "Le lycée construit depuis dix ans une offre lisible autour des métiers de l’énergie : du CAP au BTS, chaque élève peut "
    "avancer, changer de rythme ou revenir en formation. L’équipe examine chaque année les besoins des entreprises du bassin. "
)


def t(text: str) -> Text:
    return Text(text)


def p(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in content), HERE)


def h(level: int, number: str | None, title: str, anchor: str, *more: Inline) -> Heading:
    return Heading(level, (Text(title), *more), (), HERE, number, anchor)


def table(columns: int, rows: int, *, header: bool = True, caption: str = "", number: int | None = None) -> Table:
    head = tuple((Text(f"Colonne {at + 1}"),) for at in range(columns)) if header else ()
    body = tuple(tuple((Text(f"{row * 37 % 100 + at},5 %"),) for at in range(columns)) for row in range(rows))
    aligns = tuple((Alignment.LEFT, Alignment.CENTER, Alignment.RIGHT)[at % 3] for at in range(columns))
    return Table(head, body, aligns, (Text(caption),) if caption else (), HERE, number)


# ------------------------------------------------------------------------------------------------------------ exhibits


def born_digital(pages: int, words: str = "Convention") -> bytes:
    """A tagged PDF with text on each page, an outline, a named destination, links inside and to the web."""
    source = f'#set document(title: "{words}", date: none)\n#set text(lang: "fr")\n= {words} <debut>\n#link(<fin>)[vers la fin] '
    source += '#link("https://exemple.fr/")[site]\n'
    source += "".join(f"#pagebreak()\n== Article {page}\n{PROSE * 6}\n" for page in range(2, pages + 1))
    source += "\nFin <fin> #link(<debut>)[début]"
    return typst.Compiler({"main.typ": source.encode()}, ignore_system_fonts=True).compile(format="pdf")


def odd_page(
    box: tuple[float, ...],
    *,
    rotate: int = 0,
    crop: tuple[float, ...] | None = None,
    unit: float = 1,
    loose: bytes = b"",
) -> bytes:
    """One page, its visible corners marked and an arrow up in its own axes; `loose` is put first in its content."""
    pdf = pikepdf.new()
    x0, y0, x1, y1 = crop or box
    content = (
        loose
        + (
            f"0.8 0.9 1 rg {box[0]} {box[1]} {box[2] - box[0]} {box[3] - box[1]} re f 1 0 0 RG 6 w "
            f"{x0 + 3} {y0 + 3} {x1 - x0 - 6} {y1 - y0 - 6} re S 0 0.4 0 rg {(x0 + x1) / 2} {y0 + 60} 30 120 re f"
        ).encode()
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=list(box),
        Rotate=rotate,
        Contents=pdf.make_stream(content),
        Resources=pikepdf.Dictionary(),
    )
    if crop:
        page.CropBox = pikepdf.Array(list(crop))
    if unit != 1:
        page.UserUnit = unit
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return _saved(pdf)


def form() -> bytes:
    """A form with a filled field, whose pages inherit their box, with scripts that must not survive."""
    pdf = pikepdf.new()
    face = pdf.make_stream(
        b"0 0 1 rg 0 0 200 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 20]
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="nom",
            V="Durand",
            F=4,
            Rect=[100, 600, 300, 620],
            AP=pikepdf.Dictionary(N=face),
            A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
        )
    )
    launch = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 50, 50],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    page = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Page, Annots=[field, launch], Contents=pdf.make_stream(b"q q 1 0 0 rg"))
    )
    pdf.pages.append(pikepdf.Page(page))
    pdf.Root.Pages.MediaBox = pikepdf.Array([0, 0, 595, 842])
    pdf.Root.Pages.Rotate = 90
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)")
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


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
        prepared, sha = keep(store, content, ".pdf"), hashlib.sha256(content).hexdigest()
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


# ----------------------------------------------------------------------------------------------------------- narrative


def nasty() -> tuple[Block, ...]:
    """Every kind of block and inline, and texts that are code to somebody."""
    cite = ExhibitLink("lycee-exemple/convention", "P1.1", "cite-1")
    return (
        p(
            PROSE * 2,
            "Voir la ",
            cite,
            " et le ",
            CriterionLink("2", "critere-2"),
            ", ",
            ExpectationLink("1.b", "attendu-1-b"),
            ".",
        ),
        h(1, "1.1", "Une offre & des parcours <b> $x$ #let", "section-1-1", Footnote((p("Note d’un titre."),))),
        p(
            "R&D <b>gras</b> `#let x = 1` *étoile* _souligné_ $math$ \\n \"guillemets\" 'simples' @ref <label> // pas un commentaire = titre"
        ),
        p(
            "Un emoji 😀, du chinois 中文, de l’hébreu שלום, de l’arabe سلام, une puce privée \uf0b7 et un contrôle \x07."
        ),
        p(
            "Une adresse ",
            WebLink("https://exemple.fr/" + "dossier/" * 30, (t("https://exemple.fr/" + "dossier/" * 30),)),
            " et un mot ",
            "x" * 150,
            ".",
        ),
        p(
            Strong((t("gras"),)),
            " ",
            Emphasis((t("italique"), Strong((t("gras italique"),)))),
            " ",
            Strike((t("barré"),)),
            " m",
            Superscript((t("2"),)),
            " CO",
            Subscript((t("2"),)),
            " ",
            Code("code()"),
            LineBreak(),
            "après un saut",
            Footnote((p("Une note, avec la ", replace(cite, anchor="cite-note"), "."), p("Second paragraphe."))),
        ),
        h(3, "1.1.1", "Détail, dont un niveau est sauté", "section-1-1-1"),
        p(
            "Une citation perdue : ",
            Citation("inconnue", HERE),
            " et un critère perdu : ",
            CriterionReference("12", HERE),
            ". ",
            ExhibitLink("lycee-exemple/convention", "P1.1", "cite-2"),
        ),
        Heading(2, (), (), HERE, "1.1.2", "section-vide"),
        BulletList(
            (
                ListItem(
                    (
                        p("Premier"),
                        BulletList(
                            (
                                ListItem((p("Niveau deux"),)),
                                ListItem((p("Autre"), OrderedList((ListItem((p("trois"),)),), 3, HERE))),
                            ),
                            HERE,
                        ),
                    )
                ),
                ListItem((p("Second"),)),
            ),
            HERE,
        ),
        OrderedList((ListItem((p("Septième"), p("Suite du septième."))), ListItem((p("Huitième"),))), 7, HERE),
        BulletList((ListItem((p("Fait"),), True), ListItem((p("À faire"),), False)), HERE),
        Quotation((p("Le label récompense une démarche d’établissement, non une filière."),), HERE),
        CodeBlock("def f():\n\treturn '<&>'  # " + "long " * 40, HERE),
        Rule(HERE),
        table(3, 60, caption="Un long tableau", number=1),
        table(12, 4, caption="Douze colonnes", number=2),
        table(2, 3, header=False),
        Table(
            ((t("Preuve "), replace(cite, anchor="cite-tete")), (t("Référence_très_longue_sans_espace_du_tout"),)),
            (((Footnote((p("Note de cellule."),)),), ()),),
            (Alignment.LEFT, Alignment.RIGHT),
            (),
            HERE,
        ),
        Figure(
            "lycee-exemple/images/atelier.png",
            "L’atelier de maintenance",
            (t("L’atelier "), Strong((t("rénové"),))),
            HERE,
            1,
        ),
        Figure("lycee-exemple/images/haute.png", "", (), HERE),
        Figure("lycee-exemple/images/absente.png", "Une image perdue", (t("Perdue"),), HERE, 2),
    )


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
