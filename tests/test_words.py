"""Every word that the example's authors wrote is in both documents, in order."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from candidature import program
from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

CONTENT = Path(__file__).parent.parent / "content" / "lycee-exemple"
NARRATIVES = sorted(CONTENT.glob("*.md"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TIGHT = 700  # letters that a page's foot, its notes and the next page's head may put between two words


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("mots") / "build"
    assert program("build", CONTENT.parent, "-o", output).code == 0
    return output


def fold(text: str) -> str:
    """Letters and digits alone: what line ends, hyphens and no-break spaces leave untouched."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(each for each in plain if each.isalnum())


def written(source: Path) -> tuple[list[str], list[list[str]]]:
    """The words of the body and those of each note, as an independent reader of Markdown finds them."""
    text = re.sub(r"\A---\n.*?\n---\n", "", source.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\[(preuve|critere|attendu):[^\]]*\]|\{attendus=[^}]*\}", " ", text)
    text = re.sub(r"(?m)^(.+)\n(?=(?:[-*]|\d+\.) )", r"\1\n\n", text)  # a list right after a paragraph
    tokens = MarkdownIt("commonmark").enable("table").use(footnote_plugin).parse(text)
    body: list[str] = []
    notes: list[list[str]] = []
    into = body
    for token in tokens:
        if token.type == "footnote_open":
            notes.append([])
            into = notes[-1]
        elif token.type == "footnote_close":
            into = body
        for child in token.children or ():
            if child.type in ("text", "code_inline"):
                into += [word for word in child.content.split() if fold(word)]
            elif child.type == "image" and child.attrs.get("title"):
                into += str(child.attrs["title"]).split()
    return body, notes


def missing(words: list[str], text: str) -> list[str]:
    """The words that are not in `text` (folded) in their order, close to the one before."""
    at, lost = -1, []
    for word in words:
        letters = fold(word)
        if not letters:
            continue
        found = text.find(letters, max(at, 0), max(at, 0) + _TIGHT + len(letters)) if at >= 0 else text.find(letters)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(letters)
    return lost


def chapter(text: str, words: list[str]) -> str:
    """`text` from where the first words of the narrative stand."""
    start = fold("".join(words[:8]))
    assert start in text, f"the narrative's first words are not there: {words[:8]}"
    return text[text.rindex(start) :]


def word_texts(document: Path) -> tuple[str, str]:
    with zipfile.ZipFile(document) as archive:
        trees = [etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes")]
    body, notes = ("".join(node.text or "" for node in tree.iter(f"{_W}t")) for tree in trees)
    return fold(body), fold(notes)


def pdf_text(document: Path) -> str:
    with pypdfium2.PdfDocument(document) as pdf:
        return fold(" ".join(page.get_textpage().get_text_bounded() for page in pdf))


@pytest.mark.parametrize("source", NARRATIVES, ids=lambda path: path.stem)
def test_every_word_of_a_narrative_is_in_the_word_dossier(edition: Path, source: Path) -> None:
    body, notes = written(source)
    text, foot = word_texts(edition / "dossier.docx")
    assert missing(body, chapter(text, body)) == []
    assert [missing(note, chapter(foot, note)) for note in notes] == [[] for _ in notes]


@pytest.mark.parametrize("source", NARRATIVES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["dossier.pdf", "dossier-sans-annexes.pdf"])
def test_every_word_of_a_narrative_is_in_the_pdf_dossier(edition: Path, source: Path, name: str) -> None:
    body, notes = written(source)
    text = pdf_text(edition / name)
    assert missing(body, chapter(text, body)) == []
    assert [missing(note, chapter(text, note)) for note in notes] == [[] for _ in notes]


def test_a_word_left_out_would_be_seen(edition: Path) -> None:
    body, _ = written(NARRATIVES[0])
    text, _ = word_texts(edition / "dossier.docx")
    at = len(body) // 2
    spoiled = [*body[:at], "anticonstitutionnellement", *body[at:]]
    assert missing(spoiled, chapter(text, body)) == ["anticonstitutionnellement"]
