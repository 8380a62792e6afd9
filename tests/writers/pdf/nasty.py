"""A chapter with every kind of block and inline, and texts that are code to somebody."""

from __future__ import annotations

from dataclasses import replace

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

HERE = Source("lycee-exemple/critere-1.md", 1)
PROSE = (
    "Le lycée construit depuis dix ans une offre lisible autour des métiers de l’énergie : du CAP au BTS, chaque élève "
    "peut avancer, changer de rythme ou revenir en formation. L’équipe examine chaque année les besoins du bassin. "
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
            "R&D <b>gras</b> `#let x = 1` *étoile* _souligné_ $math$ \\n \"guillemets\" 'simples' @ref <label> // note = titre"
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
