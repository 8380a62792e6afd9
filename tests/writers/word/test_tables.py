"""Widths of columns: which words are cut, and which never are."""

from __future__ import annotations

from assembler.writers.word.fields import label, run
from assembler.writers.word.tables import fit, shown_text
from assembler.writers.word.xml import w

CALIBRI_BOLD = 817  # twips that « Nombre » takes in bold at 9.5 points, with the margins of a cell
ARIAL_BOLD = 888


def test_the_header_word_of_a_narrow_column_is_not_cut() -> None:
    _, second = fit((("Issue des 61 situations de 2025-2026", "Maintien"), ("Nombre", "41")), 9072, 98, header=True)
    assert second >= ARIAL_BOLD > CALIBRI_BOLD


def test_bold_takes_more_room_than_plain() -> None:
    columns = (("Une longue première colonne " * 4, "a"), ("Année", "2025"))
    assert fit(columns, 9072, 98, header=True)[1] > fit(columns, 9072, 98, header=False)[1]


def test_where_words_must_be_cut_only_the_longest_are() -> None:
    address = "https://www.exemple.fr/un-chemin-interminable"
    widths = fit((("Nombre", "41"), (address, ""), ("Année", "2025"), (address, "")), 4000, 98, header=True)
    assert widths[0] >= ARIAL_BOLD and widths[2] >= 600
    assert abs(widths[1] - widths[3]) <= 1
    assert sum(widths) == 4000


def test_what_no_line_end_cuts_is_one_word() -> None:
    figures = "12\u00a0345\u00a0678\u202f€"
    long = "Une longue première colonne qui prend toute la place de la page et davantage " * 2
    assert fit(((long,), (figures,)), 9072, 98, header=False)[1] > len(figures) * 70
    assert shown_text([w("p", run(f"soit {figures}"))]) == f"soit {figures}"
    assert shown_text([w("p", label("B-P4.2"))]) == "B\u2011P4.2"
