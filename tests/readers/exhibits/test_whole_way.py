"""Odd evidence all the way into the dossier: one build with everything, then what its PDF holds."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest
from candidature import copy_simple, drop
from checks.files import photo
from filelock import FileLock
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from assembler.pipeline import Options, build
from assembler.report import findings_plain

from . import papers
from .papers import paper

DAY = date(2026, 11, 20)
_WEB = Dictionary(S=Name.URI, URI=String("https://exemple.fr/site"))


def message() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "ada@exemple.fr", "lycee@exemple.fr", "Convention"
    made.set_content("Voici la convention.")
    made.add_attachment(
        paper(papers.runs_when_opened, pages=2), maintype="application", subtype="pdf", filename="convention.pdf"
    )
    made.add_attachment(photo(gps=True), maintype="image", subtype="jpeg", filename="photo.jpg")
    made.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="virus.exe")
    return made.as_bytes()


def bomb() -> bytes:
    output = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(output, "PNG")
    return output.getvalue()


EVIDENCE: dict[str, bytes] = {
    "ouverture.pdf": paper(papers.runs_when_opened, papers.runs_by_name),
    "joint.pdf": paper(papers.is_a_portfolio),
    "films.pdf": paper(papers.plays),
    "xfa.pdf": paper(papers.is_dynamic),
    "liens.pdf": paper(papers.link(_WEB), *(
        papers.link(Dictionary(S=Name(kind), F=String("cible"), D=Array([0, Name.Fit]), T=Dictionary(R=Name.C)))
        for kind in ("/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/JavaScript", "/Named", "/Hide"))),
    "traces.pdf": paper(papers.traced), "photo.pdf": paper(papers.shows_a_photo(photo(gps=True))),
    "signe.pdf": paper(papers.is_signed), "protege.pdf": paper(owner="maître"),
    "secret.pdf": paper(password="secret"), "vide.pdf": paper(lambda pdf: pdf.pages.__delitem__(slice(None))),
    "un.pdf": paper(papers.named("fin", 2), papers.field("nom", "Ada"), pages=2),
    "deux.pdf": paper(papers.named("fin", 3), papers.field("nom", "Grace"), pages=3),
    "encore.pdf": paper(pages=4), "calques.pdf": paper(papers.layered("/OC /L1 BDC BT /F1 12 Tf 40 200 Td (Cache) Tj ET EMC")),
    "message.eml": message(), "photo.jpg": photo(gps=True), "bombe.png": bomb(),
}  # fmt: skip
LEFT_OUT = {"secret.pdf": "exhibit-encrypted", "vide.pdf": "exhibit-no-page", "bombe.png": "exhibit-too-large"}
PAGES = {"un.pdf": 2, "deux.pdf": 3, "encore.pdf": 4, "message.eml": 4}
# The same file with all its pages, then twice the same page.
EXTRACTS = {"extrait": ("encore.pdf", "2"), "extrait-bis": ("encore.pdf", "2")}


@dataclass(frozen=True, slots=True)
class Edition:
    path: Path
    findings: list[dict[str, str]]
    labels: dict[str, str]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Built once for all, whoever comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "whole-way"
    with FileLock(f"{folder}.lock"):
        if not (folder / "sortie").is_dir():
            folder.mkdir()
            options = Options(candidature(folder / "c"), folder / "sortie", DAY, True, "pdf", False, findings_plain)
            build(options, lambda *_: None)
    told = json.loads((folder / "sortie" / "dossier.json").read_text("utf-8"))
    labels = {each["entry"]["key"]: each["label"] for each in told["dossier"]["exhibits"]}
    findings = json.loads((folder / "sortie" / "constats.json").read_text("utf-8"))["constats"]
    return Edition(folder / "sortie" / "brouillon.pdf", findings, labels)


def candidature(root: Path) -> Path:
    copy_simple(root)
    drop("lycee/preuves")(root)
    (root / "lycee" / "preuves").mkdir()
    for name, content in EVIDENCE.items():
        (root / "lycee" / "preuves" / name).write_bytes(content)
    manifest = root / "lycee" / "preuves.yaml"
    lines = [manifest.read_text("utf-8").partition("preuves:\n")[0], "preuves:\n"]
    for name in EVIDENCE:
        lines.append(f"  - {{cle: {key(name)}, titre: Une pièce, fichier: preuves/{name}, criteres: [1]}}\n")
    for name, (file, pages) in EXTRACTS.items():
        lines.append(
            f'  - {{cle: {name}, titre: Un extrait, fichier: preuves/{file}, criteres: [2], pages: "{pages}"}}\n'
        )
    manifest.write_text("".join(lines), "utf-8")
    return root


def key(name: str) -> str:
    return name.replace(".", "-")


@pytest.fixture(scope="module")
def pdf(edition: Edition) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(edition.path) as opened:
        yield opened


def everything(pdf: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Every dictionary of the file, however deep within another object."""

    def within(held: object) -> Iterator[Dictionary | Stream]:
        if isinstance(held, (Dictionary, Stream)):
            yield held
            for _, value in held.items():
                if not getattr(value, "is_indirect", False):
                    yield from within(value)
        elif isinstance(held, Array):
            for value in held:
                if not getattr(value, "is_indirect", False):
                    yield from within(value)

    for held in pdf.objects:
        yield from within(held)


def test_nothing_in_the_dossier_acts_or_reaches_outside(edition: Edition) -> None:
    keys = {"/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/JavaScript", "/RichMediaContent", "/XFA", "/AcroForm",
            "/Collection", "/AF", "/Alternates", "/PieceInfo"}  # fmt: skip
    kinds = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Named",
             "/EmbeddedFile", "/Filespec", "/RichMedia", "/Screen", "/FileAttachment", "/Widget"}  # fmt: skip
    for held in everything(_without_signed_originals(edition.path)):
        assert not keys & set(held.keys())
        assert not kinds & {str(held.get(name, "")) for name in ("/S", "/Type", "/Subtype")}


def _without_signed_originals(path: Path) -> pikepdf.Pdf:
    """What is left when the one file kept as its author gave it, on purpose, is taken away."""
    bare = io.BytesIO()
    with pikepdf.open(path) as pdf:
        names = list(pdf.attachments)
        assert [name.partition(" - ")[2] for name in names] == ["signe.pdf"]
        for name in names:
            del pdf.attachments[name]
        del pdf.Root.Names.EmbeddedFiles
        pdf.save(bare)
    return pikepdf.open(bare)


def test_web_links_stay(pdf: pikepdf.Pdf) -> None:
    addresses = [str(held.URI) for held in everything(pdf) if held.get("/S") == "/URI"]
    assert "https://exemple.fr/site" in addresses
    assert all(each.startswith(("https://", "http://", "mailto:")) for each in addresses)


def test_no_trace_of_who_made_a_file_or_where_is_left(edition: Edition, pdf: pikepdf.Pdf) -> None:
    contents = [edition.path.read_bytes()]
    for held in pdf.objects:
        if isinstance(held, Stream):
            contents.append(held.read_raw_bytes() if held.get("/Filter") == "/DCTDecode" else held.read_bytes())
    found = {
        mark for mark in (b"TRACE", b"Exif", b"GPSL", papers.HELD, b"app.alert") for each in contents if mark in each
    }
    assert not found


def exhibit_pages(edition: Edition, pdf: pikepdf.Pdf, name: str) -> list[pikepdf.Page]:
    """The pages of the exhibit, found by their stamps."""
    label = re.escape(edition.labels[name])
    return [page for page, words in zip(pdf.pages, words_of(edition.path), strict=True)
            if re.search(rf"{label} — \d+/\d+", words)]  # fmt: skip


def words_of(path: Path) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_every_exhibit_has_its_pages_or_a_reason(edition: Edition, pdf: pikepdf.Pdf) -> None:
    for name in EVIDENCE:
        expected = 0 if name in LEFT_OUT else PAGES.get(name, 1)
        assert len(exhibit_pages(edition, pdf, key(name))) == expected, name
    for name, code in LEFT_OUT.items():
        (said,) = [each for each in edition.findings if each["code"] == code]
        assert name in said["message"]
        assert said["remede"]
        assert said["severite"] == "erreur"


def test_the_same_page_used_again_has_a_stamp_of_its_own(edition: Edition, pdf: pikepdf.Pdf) -> None:
    used = [exhibit_pages(edition, pdf, name) for name in EXTRACTS]
    assert [len(pages) for pages in used] == [1, 1]
    assert used[0][0].obj.objgen != used[1][0].obj.objgen
    words = words_of(edition.path)
    assert sum("Page 2" in each and edition.labels["extrait"] in each for each in words) == 1


def test_links_of_two_files_that_share_a_name_lead_each_to_its_own(edition: Edition, pdf: pikepdf.Pdf) -> None:
    for name, last in (("un-pdf", 2), ("deux-pdf", 3)):
        pages = exhibit_pages(edition, pdf, name)
        aims = [each.Dest[0].objgen for each in pages[0].obj.Annots if each.get("/Contents") == "Renvoi dans la preuve"]
        assert aims == [pages[last - 1].obj.objgen]
    words = "\n".join(words_of(edition.path))
    assert "Ada" in words
    assert "Grace" in words


def test_what_is_hidden_stays_hidden(edition: Edition) -> None:
    assert "Cache" not in "\n".join(words_of(edition.path))


def test_an_e_mail_is_read_with_what_came_with_it(edition: Edition, pdf: pikepdf.Pdf) -> None:
    words = [each for each in words_of(edition.path) if f"{edition.labels['message-eml']} — " in each]
    assert "Voici la convention." in words[0]
    assert "virus.exe" in words[0]
    assert "Page 1" in words[1]
    assert "Page 2" in words[2]


def test_what_was_changed_is_said(edition: Edition) -> None:
    said = {
        (each["code"], name) for each in edition.findings for name in EVIDENCE if f"preuves/{name}" in each["message"]
    }
    expected = {
        ("exhibit-cleaned", "ouverture.pdf"), ("exhibit-cleaned", "films.pdf"), ("exhibit-cleaned", "liens.pdf"),
        ("exhibit-cleaned", "protege.pdf"), ("exhibit-portfolio", "joint.pdf"), ("exhibit-xfa", "xfa.pdf"),
        ("exhibit-signed-kept", "signe.pdf"), ("exhibit-layers", "calques.pdf"), ("exhibit-gps", "photo.jpg"),
        ("exhibit-gps", "photo.pdf"), ("exhibit-gps", "message.eml"), ("exhibit-cleaned", "message.eml"),
    }  # fmt: skip
    assert expected <= said, expected - said
    mail = next(
        each["message"] for each in edition.findings if "message.eml" in each["message"] and "retiré" in each["message"]
    )
    assert "des pièces jointes du message (sa page les nomme)" in mail
    assert not [each for each in edition.findings if "un.pdf" in each["message"] and each["code"] != "exhibit-uncited"]


def test_qpdf_finds_nothing_wrong_with_it(edition: Edition) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed: the file was not checked by it")
    done = subprocess.run(["qpdf", "--check", str(edition.path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
