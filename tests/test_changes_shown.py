"""A second version shows what changed since the first: a table with links and pages, signs in the margin, a code on the cover.

The table, as it is to be read, stands in `tests/cases/modifications.md`; `ACCEPT=1` writes it anew.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from candidature import Outcome, append, change, copy_simple, drop, write
from lxml import etree
from word_template import own_template, saying
from writers.pdf.reading import bookmarks, elements, links, page_numbers, target

from assembler import cli
from assembler.assembly.compare.listing import list_changes
from assembler.model.change_list import ChangeLine, ChangeList
from assembler.pipeline import Examined, examine
from assembler.writers.pdf.layout import lay_out, press

Run = Callable[..., Outcome]
CASE = Path(__file__).parent / "cases" / "modifications.md"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "Modifications depuis la version n°\u00a01"
REQUEST = """demandes:
  - numero: 1
    recue: 2027-01-12
    pour: 2027-01-26
    critere: 4
    texte: Préciser le suivi des périodes en entreprise.
    reponse: demandes/D1.md
"""
SECOND = (
    change("candidature.yaml", "edition: 2026-11-20", "edition: 2027-01-20"),
    append("candidature.yaml", "audit: 2027-03-18\n"),
    change("lycee/etablissement.yaml", "Élèves: 120", "Élèves: 124"),
    change("lycee/critere-1.md", "- menuiserie ;\n", "- menuiserie ;\n- ébénisterie ;\n"),
    change("lycee/critere-2.md", "Élèves et apprentis partagent", "Élèves, stagiaires et apprentis partagent"),
    change("lycee/critere-3.md", "| Octobre | 40 |", "| Octobre | 42 |"),
    append("lycee/critere-4.md", "\n## Le suivi en entreprise\n\nUn tuteur, deux visites [preuve:suivi].\n"),
    change("lycee/preuves.yaml", "    titre: Le site du lycée", "    titre: Le site refait du lycée"),
    append(
        "lycee/preuves.yaml", "  - cle: suivi\n    titre: Le suivi\n    fichier: preuves/suivi.pdf\n    criteres: [4]\n"
    ),
    write("demandes.yaml", REQUEST),
    write("demandes/D1.md", "Le suivi est écrit [preuve:suivi].\n"),
)


@dataclass(frozen=True, slots=True)
class Second:
    """The second version as it was handed in; the changes that it lists."""

    root: Path
    listed: ChangeList
    examined: Examined

    def file(self, name: str) -> Path:
        return self.root / "versions" / "v2" / "depot" / name

    @property
    def lines(self) -> list[ChangeLine]:
        return [line for group in self.listed.groups for line in group.lines]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Second:
    root = copy_simple(tmp_path_factory.mktemp("deux") / "candidature")
    assert cli.run(["submit", str(root)]) == 0
    for each in SECOND:
        each(root)
    shutil.copyfile(root / "lycee/preuves/bilan.pdf", root / "lycee/preuves/suivi.pdf")
    found = examine(root, date(2027, 1, 20), lambda *_: None)
    assert found.version and found.changes
    listed = list_changes(found.changes, found.version, found.dossier)
    assert listed
    assert cli.run(["submit", str(root)]) == 0
    return Second(root, listed, found)


@pytest.fixture(scope="module")
def whole(second: Second) -> pikepdf.Pdf:
    return pikepdf.open(second.file("0999999F-2027.pdf"))


@pytest.fixture(scope="module")
def alone(second: Second) -> pikepdf.Pdf:
    return pikepdf.open(second.file("0999999F-2027-sans-annexes.pdf"))


@pytest.fixture(scope="module")
def word(second: Second) -> etree._Element:
    with zipfile.ZipFile(second.file("0999999F-2027.docx")) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def page_text(path: Path, page: int) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return str(pdf[page - 1].get_textpage().get_text_range()).replace("\u200b", "")


def part_of(pdf: pikepdf.Pdf) -> range:
    """The pages of the part, from its bookmark to the next."""
    outline = [(title, page) for depth, title, page in bookmarks(pdf) if depth == 1]
    at = next(rank for rank, (title, _) in enumerate(outline) if title == TITLE)
    assert outline[at - 1][0] == "Réponses aux demandes"
    assert outline[at + 1][0] == "Tableau de conformité"
    first, after = outline[at][1], outline[at + 1][1]
    assert first and after
    return range(first, after)


def signs(pdf: pikepdf.Pdf) -> Counter[str]:
    """The texts of the signs in the margins, as a screen reader says them; those of the key left out, one of each."""
    told = Counter(str(element.Alt) for element in elements(pdf) if "depuis la version" in str(element.get("/Alt", "")))
    return told - Counter(told.keys())


def test_the_table_reads_as_expected(second: Second) -> None:
    shown = [f"# {second.listed.title}\n\n{second.listed.introduction}\n"]
    for group in second.listed.groups:
        shown.append(f"\n## {group.title}\n\n| {' | '.join(second.listed.headings_for(1)[:3])} |\n|---|---|---|\n")
        shown += [f"| {line.what} | {line.state} | {line.before or '–'} |\n" for line in group.lines]
    text = "".join(shown)
    if os.environ.get("ACCEPT") == "1":
        CASE.write_text(text, "utf-8")
    assert text == CASE.read_text("utf-8")


def test_each_line_of_the_pdf_leads_to_its_place_at_the_page_it_says(second: Second, whole: pikepdf.Pdf) -> None:
    path, numbers = second.file("0999999F-2027.pdf"), page_numbers(whole)
    pages = part_of(whole)
    led = [target(whole, link, numbers) for page in pages for link in links(whole.pages[page - 1])]
    assert None not in led
    kept = [line for line in second.lines if line.anchor]
    assert len(set(led)) > 4
    assert len(led) >= len(kept)
    told = "\n".join(page_text(path, page) for page in pages)
    suivi = next(line for line in kept if line.what.startswith("4.2"))
    shown = re.search(rf"{suivi.what}\s+nouvelle\s+–\s+(\d+)", told)
    assert shown, told
    assert "Le suivi en entreprise" in page_text(path, int(shown[1]))
    assert int(shown[1]) in led


def test_the_edition_without_exhibits_has_the_same_table_and_all_its_links(
    whole: pikepdf.Pdf, alone: pikepdf.Pdf
) -> None:
    numbers = page_numbers(alone)
    found = [target(alone, link, numbers) for page in part_of(alone) for link in links(alone.pages[page - 1])]
    assert None not in found
    assert len(found) == sum(len(links(whole.pages[page - 1])) for page in part_of(whole))


def test_signs_stand_beside_what_changed_and_nothing_else(whole: pikepdf.Pdf, alone: pikepdf.Pdf) -> None:
    since = "depuis la version n°\u00a01"
    expected = Counter({
        f"Passage nouveau {since}": 1 + 2 + 3,  # an item; a title, its paragraph; a request: its title, its text, its answer
        f"Passage modifié {since}": 2,  # a paragraph, a row
    })  # fmt: skip
    assert signs(alone) == expected
    assert signs(whole) == expected


def test_signs_and_bars_move_no_word(second: Second) -> None:
    found = second.examined
    both = [
        lay_out(found.dossier, press(draft=False, store=found.store, pack_folders=found.pack_folders, changes=changes))
        for changes in (None, second.listed)
    ]
    for criterion in range(1, 9):
        anchor = f"critere-{criterion}"
        without, marked = (boxes(laid.pdf, laid.places[anchor]) for laid in both)
        assert len(without) > 60
        assert without == marked


def boxes(pdf: bytes, page: int) -> list[tuple[float, ...]]:
    """Where each letter stands, those at the foot of the page left out: they count the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[page - 1].get_textpage()
        found = [words.get_charbox(rank) for rank in range(words.count_chars())]
    return [tuple(round(edge, 1) for edge in box) for box in found if box[1] > 70]


def test_the_answer_to_a_request_leads_to_what_changed_for_it(second: Second, whole: pikepdf.Pdf) -> None:
    (page,) = [page for depth, title, page in bookmarks(whole) if title == "Réponses aux demandes" and page]
    told = " ".join(page_text(second.file("0999999F-2027.pdf"), page).split())
    assert "Section nouvelle ou modifiée depuis la version n° 1 : 4.2 Le suivi en entreprise." in told
    assert "Preuve ajoutée ou modifiée depuis la version n° 1 : preuve P4.2." in told


def test_the_code_of_the_receipt_stands_on_both_covers(second: Second, word: etree._Element) -> None:
    receipt = (second.root / "versions/v2/recepisse.txt").read_text("utf-8")
    code = re.search(r"Code du dossier\s*: ((?:\w+ ){5}\w+)", receipt)
    assert code
    line = f"Version n° 2 — code : {code[1]}"
    for name in ("0999999F-2027.pdf", "0999999F-2027-sans-annexes.pdf"):
        assert line in page_text(second.file(name), 1).replace("\u00a0", " ")
    first = next(word.iter(f"{W}p"))
    assert "".join(piece.text or "" for piece in first.iter(f"{W}t")).replace("\u00a0", " ") == line


def test_the_word_table_has_a_header_and_leads_to_places_that_are_there(second: Second, word: etree._Element) -> None:
    names = {start.get(f"{W}name") for start in word.iter(f"{W}bookmarkStart")}
    title = next(start for start in word.iter(f"{W}bookmarkStart") if start.get(f"{W}name") == "_d_modifications")
    table = next(title.getparent().itersiblings(f"{W}tbl"))
    rows = list(table.iter(f"{W}tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert len(rows) == 1 + len(second.listed.groups) + len(second.lines)
    led = [link.get(f"{W}anchor") for link in table.iter(f"{W}hyperlink")]
    assert len(led) == sum(line.anchor is not None for line in second.lines)
    assert set(led) <= names


def test_before_anything_is_handed_in_there_is_nothing_of_it(simple: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", simple, "-o", tmp_path / "build").code == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "build/dossier.docx").read_bytes())) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(
        mark in told for mark in (b"_d_modifications", b"_d_couverture", b"depuis la version", b"framePr w:hSpace")
    )
    with pikepdf.open(tmp_path / "build/dossier.pdf") as pdf:
        assert not any("Modifications" in title for _, title, _ in bookmarks(pdf))
        assert not signs(pdf)


def test_a_version_handed_in_with_nothing_changed_since_shows_no_table(
    second: Second, tmp_path: Path, run: Run
) -> None:
    assert run("build", second.root, "-o", tmp_path / "build", "--only", "pdf").code == 0
    with pikepdf.open(tmp_path / "build/dossier.pdf") as pdf:
        assert not any("Modifications" in title for _, title, _ in bookmarks(pdf))


def test_a_template_may_place_the_table_itself(second: Second, tmp_path: Path, run: Run) -> None:
    root = Path(shutil.copytree(second.root, tmp_path / "candidature"))
    for each in (drop("versions/v2"), own_template(saying("{{p modifications }}"))):
        each(root)
    assert run("build", root, "-o", tmp_path / "build").code == 0
    with pikepdf.open(tmp_path / "build/dossier.pdf") as pdf:
        titles = [title for depth, title, _ in bookmarks(pdf) if depth == 1]
    assert titles.count(TITLE) == 1
    assert titles.index(TITLE) == titles.index("Index des preuves") + 1
    with zipfile.ZipFile(tmp_path / "build/dossier.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count('_d_modifications"/>') == 1
    assert text.index('"_d_index"/>') < text.index('"_d_modifications"/>')
