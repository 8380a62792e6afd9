"""What colleagues change in Word comes back in the right narrative, and nowhere else; the rest keeps its bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from candidature import Outcome, second_school
from lxml import etree
from sabotage import sabotaged, steps_of

import assembler
from assembler.reimport.proposal import Proposal, propose
from assembler.tools.together import finish
from assembler.wording import RETURNED

from .edition import NS, Edit, W, WordFile, examined, paragraph_with, run_with, shown, word_of

FILE = "lycee/critere-4.md"
TEXT = """\
---
attendus: {f: {statut: sans-objet, motif: aucun campus}}
---
## Des ateliers ouverts {attendus="a b c d e h"}

Les entreprises partagent l'atelier [preuve:atelier][^1]. Elles le font
depuis 2019, *chaque semaine*,
sauf en été.

* la forge ;
* la charpente :
    - en bois,
    - en métal ;

<!-- à relire avec Mme Durand -->

| Année   | Visites |
|---------|--------:|
| an un   |     512 |
| an deux |     618 |

1. premier temps ;
2. second temps.

> Une parole d'entreprise.

Une dernière phrase [critere:1], voir l'[attendu:2.a].

[^1]: Chaque jeudi.
"""
Run = Callable[..., Outcome]


@pytest.fixture
def folder(simple: Path) -> Path:
    (simple / FILE).write_bytes(TEXT.encode())
    return simple


def edited(folder: Path, *edits: Edit) -> Path:
    """The Word file of the candidature, edited."""
    file = WordFile.of(word_of(examined(folder)))
    for edit in edits:
        file.edit(edit)
    return file.save(folder.parent / "relu.docx")


def proposed(folder: Path, docx: Path, *, force: bool = False) -> Proposal:
    return propose(examined(folder), folder, docx, force=force)


def lines_changed(folder: Path, docx: Path, *, force: bool = False) -> tuple[list[str], list[str]]:
    """The lines of criterion 4 that go and those that come; no other file changes, nothing is left to do by hand."""
    proposal = proposed(folder, docx, force=force)
    assert [each.file for each in proposal.changed] == [FILE]
    assert proposal.left == 0
    old, new = TEXT.splitlines(), proposal.changed[0].content.decode().splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def typed(words: str, new: str) -> Edit:
    """The run that holds `words` retyped, as Word leaves it: cut in three, with its marks of sessions and of spelling."""

    def change(tree: etree._Element) -> None:
        run = run_with(paragraph_with(tree, words), words)
        text = shown(run).replace(words, new)
        for piece in (text[:3], text[3:9], text[9:]):
            part = deepcopy(run)
            part.set(f"{W}rsidR", "00AB12CD")
            held = part.find(f"{W}t")
            held.text = piece
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(part)
            run.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
        run.getparent().remove(run)

    return change


def copied(words: str, new: str) -> Edit:
    """A paragraph under the one that holds `words`, like it."""

    def change(tree: etree._Element) -> None:
        paragraph = paragraph_with(tree, words)
        other = deepcopy(paragraph)
        runs = list(other.iter(f"{W}r"))
        for run in runs[1:]:
            run.getparent().remove(run)
        runs[0].find(f"{W}t").text = new
        paragraph.addnext(other)

    return change


def removed(words: str) -> Edit:
    def change(tree: etree._Element) -> None:
        paragraph = paragraph_with(tree, words)
        paragraph.getparent().remove(paragraph)

    return change


# ------------------------------------------------------------------------------------------------------------- edits


def test_a_file_that_nobody_touched_proposes_nothing(folder: Path) -> None:
    proposal = proposed(folder, edited(folder))
    assert (proposal.changed, proposal.left, proposal.remarks, proposal.authors, proposal.dated) == (
        (),
        0,
        (),
        (),
        True,
    )


def test_an_edited_sentence_comes_back_and_lines_that_say_the_same_stay(folder: Path) -> None:
    docx = edited(folder, typed("sauf en été.", "même en été."))
    assert lines_changed(folder, docx) == (["sauf en été."], ["même en été."])


def test_an_added_bullet_takes_the_marks_of_the_list(folder: Path) -> None:
    assert lines_changed(folder, edited(folder, copied("en bois,", "en paille,"))) == ([], ["    - en paille,"])
    assert lines_changed(folder, edited(folder, copied("la forge ;", "la verrerie ;"))) == ([], ["* la verrerie ;"])
    assert lines_changed(folder, edited(folder, copied("second temps", "troisième temps."))) == (
        [],
        ["3. troisième temps."],
    )


def test_a_deleted_paragraph_goes_with_its_note(folder: Path) -> None:
    proposal = proposed(folder, edited(folder, removed("Les entreprises partagent")))
    content = proposal.changed[0].content.decode()
    assert "[^1]" not in content
    assert content.startswith(
        '---\nattendus: {f: {statut: sans-objet, motif: aucun campus}}\n---\n## Des ateliers ouverts {attendus="a'
    )
    assert proposal.left == 0


def test_a_cell_changes_alone_and_keeps_its_width(folder: Path) -> None:
    assert lines_changed(folder, edited(folder, typed("618", "21"))) == (
        ["| an deux |     618 |"],
        ["| an deux |      21 |"],
    )


def test_a_row_added_or_deleted_is_one_line(folder: Path) -> None:
    def row_added(tree: etree._Element) -> None:
        row = paragraph_with(tree, "an deux").getparent().getparent()
        other = deepcopy(row)
        for cell, words in zip(other.iter(f"{W}t"), ("an trois", "30"), strict=True):
            cell.text = words
        row.addnext(other)

    def row_deleted(tree: etree._Element) -> None:
        row = paragraph_with(tree, "an un").getparent().getparent()
        row.getparent().remove(row)

    assert lines_changed(folder, edited(folder, row_added)) == ([], ["| an trois | 30 |"])
    assert lines_changed(folder, edited(folder, row_deleted)) == (["| an un   |     512 |"], [])


def test_a_heading_keeps_the_expectations_it_answers(folder: Path) -> None:
    docx = edited(folder, typed("Des ateliers ouverts", "Des ateliers partagés"))
    assert lines_changed(folder, docx) == (
        ['## Des ateliers ouverts {attendus="a b c d e h"}'], ['## Des ateliers partagés {attendus="a b c d e h"}'],
    )  # fmt: skip


def test_a_note_changes_in_its_definition(folder: Path) -> None:
    file = WordFile.of(word_of(examined(folder)))
    file.edit(typed("Chaque jeudi.", "Chaque mardi."), "word/footnotes.xml")
    docx = file.save(folder.parent / "relu.docx")
    removed_lines, added = lines_changed(folder, docx)
    assert "[^1]: Chaque jeudi." in removed_lines
    assert "[^1]: Chaque mardi." in added


def test_what_becomes_bold_or_a_reference_is_written_as_authors_do(folder: Path) -> None:
    def bold(tree: etree._Element) -> None:
        run = run_with(paragraph_with(tree, "la forge"), "la forge")
        run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/></w:rPr>'))

    assert lines_changed(folder, edited(folder, bold)) == (["* la forge ;"], ["* **la forge ;**"])
    docx = edited(folder, typed("la forge ;", "la forge [preuve:carte] ;"))
    assert lines_changed(folder, docx) == (["* la forge ;"], ["* la forge [preuve:carte] ;"])


def test_signs_typed_in_word_are_only_signs(folder: Path) -> None:
    docx = edited(folder, typed("sauf en été.", "sauf *en* été, [a](b) & <nom> ; 2 * 3."))
    content = proposed(folder, docx).changed[0].content
    (folder / FILE).write_bytes(content)
    assert proposed(folder, docx).changed == ()
    assert rb"\*en\* " in content


# ------------------------------------------------------------------------------------------------- tracked, comments


def tracked(kind: str, run: etree._Element, author: str = "Inès") -> etree._Element:
    holder = etree.Element(f"{W}{kind}", {f"{W}id": "900", f"{W}author": author, f"{W}date": "2026-11-21T10:00:00Z"})
    run.addprevious(holder)
    holder.append(run)
    return holder


def test_tracked_changes_are_read_as_accepted_and_their_authors_told(folder: Path) -> None:
    def change(tree: etree._Element) -> None:
        run = run_with(paragraph_with(tree, "la forge"), "la forge")
        new = deepcopy(run)
        new.find(f"{W}t").text = "la ferronnerie ;"
        run.addnext(new)
        tracked("ins", new)
        tracked("del", run)
        run.find(f"{W}t").tag = f"{W}delText"

    docx = edited(folder, change)
    assert lines_changed(folder, docx) == (["* la forge ;"], ["* la ferronnerie ;"])
    assert [(each.author, each.count, each.outside) for each in proposed(folder, docx).authors] == [("Inès", 2, 0)]


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next(folder: Path) -> None:
    def change(tree: etree._Element) -> None:
        about = paragraph_with(tree, "premier temps").find(f"{W}pPr")
        mark = etree.SubElement(about, f"{W}rPr")
        etree.SubElement(mark, f"{W}del", {f"{W}id": "901", f"{W}author": "Inès"})

    removed_lines, added = lines_changed(folder, edited(folder, change))
    assert added == ["1. premier temps ;second temps."]
    assert removed_lines == ["1. premier temps ;", "2. second temps."]


def with_comment(folder: Path) -> Path:
    file = WordFile.of(word_of(examined(folder)))

    def anchored(tree: etree._Element) -> None:
        run = run_with(paragraph_with(tree, "la forge"), "la forge")
        run.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": "0"}))
        call = etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}"><w:commentReference w:id="0"/></w:r>')
        run.addnext(call)
        run.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": "0"}))

    file.edit(anchored)
    file.add(
        "word/comments.xml",
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="Paul" w:date="2026-11-21T09:00:00Z">'
        "<w:p><w:r><w:t>Donner le nombre d’élèves ?</w:t></w:r></w:p></w:comment></w:comments>",
        "comments",
    )
    return file.save(folder.parent / "relu.docx")


def test_a_comment_comes_back_with_its_place(folder: Path) -> None:
    proposal = proposed(folder, with_comment(folder))
    assert proposal.changed == ()
    (remark,) = proposal.remarks
    assert (remark.place.chapter, remark.section, remark.quoted) == ("critere-4", "Des ateliers ouverts", "la forge ;")  # type: ignore[union-attr]
    assert (remark.author, remark.date, remark.text) == ("Paul", "2026-11-21", "Donner le nombre d’élèves ?")


def test_comments_are_kept_beside_the_candidature_once(folder: Path, run: Run) -> None:
    docx = with_comment(folder)
    outcome = run("import", docx, folder, "--apply")
    assert outcome.code == 0
    assert "Critère 4, « Des ateliers ouverts », à « la forge ; » — Paul, 2026-11-21 : Donner le nombre" in outcome.out
    kept = (folder / "import-commentaires.md").read_text("utf-8")
    assert kept.count("Donner le nombre d’élèves ?") == 1
    run("import", docx, folder, "--apply")
    assert (folder / "import-commentaires.md").read_text("utf-8") == kept
    assert "import-commentaires" not in run("check", folder).out


@pytest.mark.parametrize(
    ("kind", "xml"),
    [
        ("page-break", '<w:r><w:br w:type="page"/></w:r>'),
        ("equation", '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x²</m:t></m:r></m:oMath>'),
        ("text-box", "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"),
        ("highlight", '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>jaune</w:t></w:r>'),
        ("underline", '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>souligné</w:t></w:r>'),
        ("embedded", "<w:r><w:object/></w:r>"),
    ],
)  # fmt: skip
def test_what_markdown_cannot_say_is_listed_with_its_place(folder: Path, kind: str, xml: str) -> None:
    def change(tree: etree._Element) -> None:
        run = run_with(paragraph_with(tree, "la forge"), "la forge")
        run.addnext(next(iter(etree.fromstring(f'<a xmlns:w="{W[1:-1]}">{xml}</a>'))))

    remarks = proposed(folder, edited(folder, change)).remarks
    assert [(each.kind, each.place.chapter if each.place else None) for each in remarks] == [(kind, "critere-4")]


def test_a_title_that_is_nobodys_text_is_told_when_it_changes(folder: Path) -> None:
    def change(tree: etree._Element) -> None:
        title = tree.xpath("//w:p[w:bookmarkStart[@w:name='_d_critere_4']]", namespaces=NS)[0]
        next(title.iter(f"{W}t")).text = "Un autre titre"

    assert [(each.kind, each.quoted) for each in proposed(folder, edited(folder, change)).remarks] == [
        ("title-changed", "Un autre titre")
    ]


# --------------------------------------------------------------------------------------------- conflicts, bytes, errors


def test_what_changed_on_both_sides_is_a_conflict_and_is_not_overwritten(folder: Path, run: Run) -> None:
    docx = edited(folder, typed("sauf en été.", "même en été."), copied("la forge ;", "la verrerie ;"))
    mine = TEXT.replace("depuis 2019", "depuis 2020").encode()
    (folder / FILE).write_bytes(mine)
    outcome = run("import", docx, folder, "--apply")
    assert outcome.code == 1
    assert "rien n’y sera écrit sans --force" in outcome.out
    after = (folder / FILE).read_text("utf-8")
    assert "depuis 2020" in after
    assert "sauf en été." in after
    assert "* la verrerie ;" in after
    assert "à reporter : " in (folder / "import-commentaires.md").read_text("utf-8")
    assert run("import", docx, folder, "--apply", "--force").code == 0
    assert "même en été." in (folder / FILE).read_text("utf-8")


def test_what_only_the_file_changed_since_is_kept(folder: Path) -> None:
    docx = edited(folder)
    (folder / FILE).write_bytes(TEXT.replace("depuis 2019", "depuis 2020").encode())
    (folder / "lycee" / "bilan.md").write_text("Un bilan écrit depuis.\n", "utf-8")
    proposal = proposed(folder, docx)
    assert proposal.changed == ()
    assert [each.chapter for each in proposal.lost] == ["bilan"]


def test_a_label_that_changed_since_still_leads_to_its_exhibit(folder: Path) -> None:
    docx = edited(folder)
    manifest = folder / "lycee" / "preuves.yaml"
    text = manifest.read_text("utf-8")
    start = text.index("  - cle: atelier")
    entry = text[start : text.index("  - cle: site")]
    new = entry.replace("cle: atelier", "cle: nouvelle", 1)
    manifest.write_text(text.replace("  - cle: carte", f"{new}  - cle: carte", 1), "utf-8")
    labels = {each.entry.key: each.label for each in examined(folder).dossier.exhibits}
    assert labels["nouvelle"] == "P4.1"
    assert proposed(folder, docx).changed == ()


def test_an_answer_written_since_is_not_emptied(folder: Path) -> None:
    (folder / FILE).unlink()
    docx = edited(folder)
    (folder / FILE).write_bytes(TEXT.encode())
    assert (proposed(folder, docx).changed, proposed(folder, docx).left) == ((), 0)


def test_an_answer_first_written_in_word_makes_its_file(folder: Path, run: Run) -> None:
    (folder / FILE).unlink()

    def change(tree: etree._Element) -> None:
        title = tree.xpath("//w:p[w:bookmarkStart[@w:name='_d_critere_4']]", namespaces=NS)[0]
        title.addnext(
            etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>Nous ouvrons les ateliers.</w:t></w:r></w:p>')
        )

    assert run("import", edited(folder, change), folder, "--apply").code == 0
    assert (folder / FILE).read_text("utf-8") == "Nous ouvrons les ateliers.\n"


@pytest.mark.parametrize(
    ("mark", "newline", "encoding"), [(b"\xef\xbb\xbf", "\r\n", "utf-8"), (b"", "\r\n", "cp1252"), (b"", "\n", "utf-8")]
)
def test_all_other_bytes_stay_whatever_the_encoding_and_the_ends_of_lines(
    folder: Path, run: Run, mark: bytes, newline: str, encoding: str
) -> None:
    before = mark + TEXT.replace("\n", newline).encode(encoding)
    (folder / FILE).write_bytes(before)
    docx = edited(folder, typed("sauf en été.", "même en été."))
    assert run("import", docx, folder, "--apply").code == 0
    assert (folder / FILE).read_bytes() == before.replace("sauf en".encode(encoding), "même en".encode(encoding))


def test_a_chapter_whose_title_was_deleted_is_told_and_not_emptied(folder: Path, run: Run) -> None:
    def change(tree: etree._Element) -> None:
        title = tree.xpath("//w:p[w:bookmarkStart[@w:name='_d_critere_4']]", namespaces=NS)[0]
        title.getparent().remove(title)

    outcome = run("import", edited(folder, change), folder)
    assert outcome.code == 1
    assert "Critère 4 : sa place n’a pas été retrouvée" in outcome.out


def test_each_member_of_a_network_gets_its_own_text_back(folder: Path) -> None:
    second_school(folder)
    (folder / "autre" / "critere-4.md").write_text("## Chez nous\n\nLa part du second lycée.\n", "utf-8")
    docx = edited(
        folder, typed("La part du second lycée.", "La part du lycée voisin."), copied("la forge ;", "la verrerie ;")
    )
    contents = {each.file: each.content.decode() for each in proposed(folder, docx).changed}
    assert contents["autre/critere-4.md"] == "## Chez nous\n\nLa part du lycée voisin.\n"
    assert contents[FILE] == TEXT.replace("* la forge ;\n", "* la forge ;\n* la verrerie ;\n")
    assert len(contents) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"rien", "ne peut pas être lu comme un fichier Word"), (b"", "ne peut pas être lu comme un fichier Word")],
)
def test_what_is_no_word_file_is_refused(folder: Path, run: Run, content: bytes, said: str) -> None:
    docx = folder.parent / "faux.docx"
    docx.write_bytes(content)
    outcome = run("import", docx, folder, "--apply")
    assert (outcome.code, said in outcome.err) == (5, True)


def test_a_document_type_or_a_foreign_document_is_refused(folder: Path, run: Run) -> None:
    file = WordFile.of(word_of(examined(folder)))
    sound = file.parts["word/document.xml"]
    file.parts["word/document.xml"] = sound.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    assert "ne peut pas être lu" in run("import", file.save(folder.parent / "a.docx"), folder).err
    file.parts["word/document.xml"] = sound.replace(b"_d_", b"_z_")
    assert (
        "n’est pas un dossier fait par ce programme" in run("import", file.save(folder.parent / "b.docx"), folder).err
    )
    assert run("import", folder.parent / "absent.docx", folder).code == 3


@pytest.mark.parametrize("fault", ["ENOSPC", "KILL"])
def test_whatever_the_disk_does_all_files_change_or_none(folder: Path, tmp_path: Path, fault: str) -> None:
    docx = edited(folder, typed("sauf en été.", "même en été."), typed("L’offre va du CAP", "L’offre s’étend du CAP"))
    names = (FILE, "lycee/critere-1.md")
    old = [(folder / name).read_bytes() for name in names]
    own = tmp_path / "essai"
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    shutil.copytree(folder, own)
    seen = []
    for step in steps_of("import", docx, own, "--apply", counts=tmp_path / "counts", **cache):
        shutil.rmtree(own)
        shutil.copytree(folder, own)
        outcome = sabotaged("import", docx, own, "--apply", at=step, fault=fault, **cache)
        finish(own)  # what any later run of the command begins with
        now = [(own / name).read_bytes() for name in names]
        changed = [one != other for one, other in zip(now, old, strict=True)]
        assert len(set(changed)) == 1, (step, outcome)
        if fault == "ENOSPC" and outcome.code != 0:
            assert changed == [False, False], (step, outcome)
        seen.append(changed[0])
        assert not list(own.glob(".remplacement")), step
    assert False in seen


def test_everything_that_is_noted_has_its_words() -> None:
    folder = Path(assembler.__file__).parent / "readers" / "word"
    noted = {
        kind for path in folder.glob("*.py") for kind in re.findall(r'\.odd\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(noted) > 10
    assert sorted(noted - set(RETURNED)) == []
