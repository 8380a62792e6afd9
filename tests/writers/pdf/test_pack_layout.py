"""A pack's own layout: used in the place of ours, and unable to do anything but lay out."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from assembler.model.dossier import Dossier
from assembler.tools.store import Store
from assembler.writers.pdf.layout import Laid, LayoutError, lay_out, press

from . import sample

ONE = """
#let data = json("dossier.json")
#set document(title: data.title, date: datetime(..data.date))
#set text(lang: "fr")
= Un tout autre aspect
#for chapter in data.chapters [== #chapter.title]
#for exhibit in data.exhibits { pagebreak(weak: true); [#metadata(none)#label(exhibit.anchor) #exhibit.label] }
#context [#metadata((
  pages: counter(page).final().first(),
  places: data.exhibits.map(it => (it.anchor, (locate(label(it.anchor)).page(),))),
))<pagination>]
"""


def laid(folder: Path, layout: str) -> tuple[Dossier, Laid]:
    (folder / "dossier.typ").write_text(layout, "utf-8")
    store = Store(folder / "store")
    dossier = sample.dossier(store)
    return dossier, lay_out(dossier, press(draft=False, store=store, pack_folders=(folder,)))


def test_a_packs_layout_takes_the_place_of_ours(tmp_path: Path) -> None:
    dossier, made = laid(tmp_path, ONE)
    with pypdfium2.PdfDocument(made.pdf) as pdf:
        assert "Un tout autre aspect" in pdf[0].get_textpage().get_text_range()
    assert made.pages == 1 + len(dossier.exhibits)
    assert laid(tmp_path, ONE)[1].pdf == made.pdf


def test_it_may_build_on_our_own(tmp_path: Path) -> None:
    theirs = ONE.replace('#let data = json("dossier.json")', '#import "values.typ": data, plural').replace(
        "= Un tout autre aspect", '= Un tout autre aspect, #plural(2, "page", "pages")'
    )
    with pypdfium2.PdfDocument(laid(tmp_path, theirs)[1].pdf) as pdf:
        assert "aspect, 2\u00a0pages" in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('#read("/etc/hostname")', "not found"),
        ('#read("../secret.txt")', ""),
        ('#import "@preview/cetz:0.3.0"', ""),
        ("#let f(n) = f(n + 1)\n#f(0)", "depth"),
        ("#while true {}", "always true"),
        ("#let x = range(4000000000)", ""),
    ],
)
def test_it_can_do_nothing_but_lay_out(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(LayoutError) as refused:
        laid(tmp_path, f"{line}\n{ONE}")
    assert refused.value.code == "layout-of-pack"
    assert told in str(dict(refused.value.values)["detail"])


def test_an_exhibit_without_its_divider_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as refused:
        laid(tmp_path, ONE.replace("places: data.exhibits", "places: data.exhibits.slice(1)"))
    assert "intercalaire" in str(dict(refused.value.values)["detail"])
