"""A small candidature on disk and its Word file, made without a PDF; what an import of the file proposes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree
from writers.word.sample import workshop

from assembler.model.artefact import Pagination
from assembler.pipeline import Examined, examine
from assembler.tools.layers import find_file
from assembler.writers.word import write_word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
DAY = date(2026, 11, 20)
Edit = Callable[[etree._Element], None]


def examined(folder: Path) -> Examined:
    return examine(folder, DAY, lambda *_: None)


def word_of(read: Examined) -> bytes:
    """The Word file of a candidature, pages aside."""
    template = find_file(read.pack_folders, "dossier.docx")
    assert template is not None
    return write_word(
        read.dossier, draft=False, pagination=Pagination((), 1), toc_pages=None, store=read.store, template=template,
        workshop=workshop(),
    )  # fmt: skip


@dataclass
class WordFile:
    """A Word file whose parts a test edits as Word would."""

    parts: dict[str, bytes]

    @classmethod
    def of(cls, content: bytes) -> WordFile:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return cls({info.filename: archive.read(info) for info in archive.infolist()})

    def edit(self, change: Edit, part: str = "word/document.xml") -> None:
        tree = etree.fromstring(self.parts[part])
        change(tree)
        self.parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    def add(self, part: str, content: str, kind: str) -> None:
        """A part that the document points to, its type told."""
        self.parts[part] = content.encode()
        types = self.parts["[Content_Types].xml"].decode()
        stated = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        self.parts["[Content_Types].xml"] = types.replace(
            "</Types>", f'<Override PartName="/{part}" ContentType="{stated}.{kind}+xml"/></Types>'
        ).encode()
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        use = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        self.parts["word/_rels/document.xml.rels"] = relations.replace(
            "</Relationships>",
            f'<Relationship Id="rIdNew{kind}" Type="{use}" Target="{part.removeprefix("word/")}"/></Relationships>',
        ).encode()

    def save(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return path


def shown(paragraph: etree._Element) -> str:
    """The text, no-break spaces as the ordinary ones that a colleague types."""
    return "".join(paragraph.itertext(f"{W}t")).replace("\u00a0", " ")


def paragraph_with(tree: etree._Element, words: str) -> etree._Element:
    """The paragraph that shows these words, in a chapter: not in the contents."""
    found = [each for each in tree.iter(f"{W}p") if words in shown(each) and each.find(f".//{W}hyperlink") is None]
    found = (
        [each for each in found if shown(each) == words]
        or found
        or [each for each in tree.iter(f"{W}p") if words in shown(each)]
    )
    assert found, words
    return found[-1]


def run_with(paragraph: etree._Element, words: str) -> etree._Element:
    return next(each for each in paragraph.iter(f"{W}r") if words in shown(each))
