"""Templates made by other people, in other Words and languages: our content finds or brings its styles and numberings."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora_templates import with_mark

from assembler.tools.store import Store
from assembler.writers.word import write_word
from assembler.writers.word.lint import lint

from .reading import numbered
from .sample import sample, workshop
from .validator import ROOT, errors

FOREIGN = ROOT.parent / "shared" / "corpora" / "word" / "docxtpl"
NAMES = (
    "word2016_tpl",
    "header_footer_image_tpl",
    "footnotes_tpl",
    "vertical_merge_tpl",
    "richtext_eastAsia_tpl",
    "merge_docx_master_tpl",
)


@pytest.mark.parametrize("name", NAMES)
def test_our_dossier_is_sound_in_a_template_of_others(name: str, tmp_path: Path) -> None:
    made, template = write(name, tmp_path)
    assert set(lint(made)) <= set(lint(template.read_bytes()))
    shown = [number for style, number, _ in numbered(made) if style.lower().startswith("heading") and number]
    assert shown[:3] == ["Critère n° 1 —", "1.1", "1.1.1"]


@pytest.mark.parametrize("name", NAMES[:3])
def test_the_open_xml_sdk_finds_nothing_that_the_template_had_not(name: str, tmp_path: Path) -> None:
    made, template = write(name, tmp_path)
    (tmp_path / "made.docx").write_bytes(made)
    assert {text for _, text in errors(tmp_path / "made.docx")} <= {text for _, text in errors(template)}


def test_without_marks_nothing_is_lost(tmp_path: Path) -> None:
    made, _ = write(NAMES[0], tmp_path, mark="Pas de balise")
    titles = [text for style, _, text in numbered(made) if style.lower() == "heading 1"]
    assert titles[-3:] == ["Tableau de conformité", "Accord du conseil d’administration", "Index des preuves"]
    assert lint(made) == []


def write(name: str, folder: Path, mark: str = "{{p dossier }}") -> tuple[bytes, Path]:
    source = FOREIGN / f"{name}.docx"
    if not source.is_file():
        pytest.skip("the corpus of templates is not here")
    template = folder / f"{name}.docx"
    template.write_bytes(with_mark(source.read_bytes(), mark, plain=True))
    store = Store(folder / "store")
    dossier, pagination = sample(store)
    made = write_word(
        dossier, draft=True, pagination=pagination, toc_pages=None, store=store, template=template, workshop=workshop()
    )
    return made, template
