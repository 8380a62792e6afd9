"""Where things are: pages printed, labels, links, bookmarks, all say the same."""

from __future__ import annotations

import re
from itertools import pairwise

import pikepdf
import pypdfium2
from pikepdf import Name

from assembler.writers.pdf import paginate, press

from .conftest import PACK, Written, look
from .reading import bookmarks, links, page_numbers, target


def test_the_page_printed_is_the_page_label_and_the_viewers_page(made: Written) -> None:
    total = made.edition.pagination.total
    with pypdfium2.PdfDocument(made.complete) as pdf:
        assert len(pdf) == total == made.edition.complete_pages
        assert [pdf.get_page_label(at) for at in range(total)] == [str(at + 1) for at in range(total)]
    for page in range(2, total + 1):
        assert f"page {page} / {total}" in made.text(page).lower()


def test_the_index_gives_the_page_where_each_divider_is(made: Written) -> None:
    first, last = made.page_of("index"), made.page_of("preuves") - 1
    index = " ".join(" ".join(made.text(page).split()) for page in range(first, last + 1))
    starts = [index.index(f"{exhibit.label} {exhibit.entry.title[:10]}") for exhibit in made.dossier.exhibits]
    for exhibit, start, end in zip(made.dossier.exhibits, starts, [*starts[1:], len(index)], strict=True):
        page = made.page_of(exhibit.anchor)
        assert f"page {page} / " in made.text(page).lower()
        assert exhibit.label in made.text(page)
        row = re.split(r" P1\.11 | P2\.6 ", index[start:end])[0]
        assert row.split()[-1] == str(page), row


def test_an_exhibit_stands_right_behind_its_divider(made: Written) -> None:
    for exhibit in made.dossier.exhibits:
        for nth in range(len(exhibit.facts.pages)):
            assert f"{exhibit.label} — {nth + 1}/{len(exhibit.facts.pages)}" in made.text(
                made.page_of(exhibit.anchor) + 1 + nth
            )


def test_every_citation_leads_to_the_divider_it_names(made: Written, whole: pikepdf.Pdf) -> None:
    numbers = page_numbers(whole)
    seen = 0
    with pypdfium2.PdfDocument(made.complete) as pdf:
        for number in range(1, made.page_of("preuves")):
            letters = pdf[number - 1].get_textpage()
            for link in links(whole.pages[number - 1]):
                words = letters.get_text_bounded(*(float(side) for side in link.Rect)).strip()
                named = re.fullmatch(r"(?:preuve\s)?([AP][\d.]+)", words)
                if named:
                    assert target(whole, link, numbers) == made.page_of(f"preuve-{named[1]}")
                    seen += 1
    assert seen > 20


def test_every_divider_links_back_to_each_passage_that_cites_it(made: Written, whole: pikepdf.Pdf) -> None:
    numbers = page_numbers(whole)
    for exhibit in made.dossier.exhibits:
        divider = made.page_of(exhibit.anchor)
        led = [target(whole, link, numbers) for link in links(whole.pages[divider - 1])]
        for passage in exhibit.passages:
            assert made.page_of(passage.anchor) in led
            assert f"{passage.place}, page {made.page_of(passage.anchor)}" in made.text(divider)


def test_every_link_of_the_dossier_leads_somewhere(whole: pikepdf.Pdf, alone: pikepdf.Pdf) -> None:
    for pdf in (whole, alone):
        numbers = page_numbers(pdf)
        for page in pdf.pages:
            for link in links(page):
                assert Name.Dest in link or link.A.S in (Name.URI, Name.GoTo)
                target(pdf, link, numbers)


def test_the_contents_name_the_pages_of_chapters_and_sections(made: Written) -> None:
    contents = " ".join(made.text(made.page_of("sommaire")).split())
    for words, anchor in (
        ("2.1 Publics", "section-2-1"),
        ("Index des preuves", "index"),
        ("Pièces obligatoires", "groupe-1"),
    ):
        assert re.search(rf"{re.escape(words)} [. ]*{made.page_of(anchor)}\b", contents), words


def test_bookmarks_follow_the_order_of_pages_and_hold_each_exhibits_own(made: Written, whole: pikepdf.Pdf) -> None:
    marks = bookmarks(whole)
    assert all(page is not None for _, _, page in marks)
    for exhibit in made.dossier.exhibits:
        assert (3, f"{exhibit.label} — {exhibit.entry.title}") in [(depth, title) for depth, title, _ in marks]
    report = [(title, page) for depth, title, page in marks if depth == 5 and title.startswith("Article")]
    divider = made.page_of("preuve-P2.1")
    assert ("Article 20", divider + 20) in report
    tops = [page for depth, _, page in marks if depth <= 3 and page is not None]
    assert all(before <= after for before, after in pairwise(tops))


def test_links_inside_an_exhibit_stay_inside_it_and_web_links_live(made: Written, whole: pikepdf.Pdf) -> None:
    numbers = page_numbers(whole)
    divider = made.page_of("preuve-P2.1")
    back, inside, web = links(whole.pages[divider])
    assert target(whole, back, numbers) == divider
    assert target(whole, inside, numbers) == divider + 20
    assert str(web.A.URI) == "https://exemple.fr/"


def test_one_file_under_two_labels_is_there_once(made: Written, whole: pikepdf.Pdf) -> None:
    first, second = (whole.pages[made.page_of(f"preuve-{label}")].obj for label in ("P1.1", "P2.2"))
    assert first.objgen != second.objgen
    assert first.Resources.XObject.P0.objgen == second.Resources.XObject.P0.objgen
    again = made.page_of("preuve-P2.2")
    assert target(whole, links(whole.pages[again])[1], page_numbers(whole)) == again + 3


def test_the_narrative_edition_names_pages_of_the_complete_one(made: Written, alone: pikepdf.Pdf) -> None:
    assert len(alone.pages) == made.edition.narrative_pages == made.page_of("preuves") - 1
    index = " ".join(made.text(made.page_of("index"), made.narrative).split())
    assert "Les pages indiquées sont celles du dossier complet" in index
    assert re.search(rf"P2\.1 Rapport .*? 20 {made.page_of('preuve-P2.1')} ", index)
    numbers = page_numbers(alone)
    assert {target(alone, link, numbers) for link in links(alone.pages[made.page_of("index") - 1])} == {
        made.page_of("index")
    }


def test_pagination_alone_is_that_of_the_document_written(made: Written) -> None:
    pages = paginate(
        made.dossier, press(draft=False, store=made.store, pack_folders=(PACK,), charter=look(made.dossier))
    )
    assert pages == made.edition.pagination


def test_pagination_knows_every_anchor_a_writer_may_want(made: Written) -> None:
    known = dict(made.edition.pagination.pages)
    wanted = {chapter.anchor for chapter in (*made.dossier.chapters, *made.dossier.answers)}
    wanted |= {row.anchor for row in made.dossier.coverage} | {exhibit.anchor for exhibit in made.dossier.exhibits}
    wanted |= {
        "section-1-1",
        "section-1-1-1",
        "section-vide",
        "cite-1",
        "cite-2",
        "cite-3",
        "cite-note",
        "cite-tete",
        "contexte",
    }
    assert wanted <= known.keys()


def test_progress_counts_exhibits(made: Written) -> None:
    assert list(made.counted) == sorted(made.counted)
    assert made.counted[-1] == len(made.dossier.exhibits)
