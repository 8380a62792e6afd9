"""French typography of plain characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.model.typography import typographic


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Attention : oui ; non ! vrai ?", "Attention_: oui_; non_! vrai_?"),
        ("« mot »", "«_mot_»"),
        ("50 % et 10 000 000 €", "50_% et 10_000_000_€"),
        ("n° 4, N° 5, p. 12, art. L. 335", "n°_4, N°_5, p._12, art._L._335"),
        ("12 h 30, 3 min, 5 km, 2 kWh", "12_h_30, 3_min, 5_km, 2_kWh"),
        ("M. Martin et Mme Durand", "M._Martin et Mme_Durand"),
        ("l'école d'aujourd'hui", "l’école d’aujourd’hui"),
        ("l'« école »", "l’«_école_»"),
    ],
)
def test_spaces_that_must_not_break_and_apostrophes(typed: str, shown: str) -> None:
    assert typographic(typed) == shown.replace("_", "\u00a0")


@pytest.mark.parametrize(
    "typed",
    [
        "12:30", "mot:mot", "«mot»", "http://a.fr/l'a?b", "d'a@l'b.fr", "C:\\l'a", "en 2025 il", "1234 567", "5' et 6\"", "3 a",
        "'mot'", "a:b", "www.l'a.fr",
    ],
)  # fmt: skip
def test_what_is_left_as_typed(typed: str) -> None:
    assert typographic(typed) == typed


def test_the_narrow_no_break_space_becomes_the_one_word_keeps() -> None:
    assert typographic("oui\u202f!") == "oui\u00a0!"


@given(st.text(alphabet=" \u00a0\u202f'’:;!?«»%€12 0hnNp°.MaàL@/\\\ufffc\n", max_size=40))
def test_only_spaces_and_apostrophes_change_once_and_for_all(text: str) -> None:
    shown = typographic(text)
    assert len(shown) == len(text)
    assert typographic(shown) == shown
    assert shown.replace("\u00a0", " ").replace("’", "'") == text.replace("\u00a0", " ").replace("\u202f", " ").replace(
        "’", "'"
    )
