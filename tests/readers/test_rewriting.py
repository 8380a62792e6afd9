"""Files of authors are changed where they must be; every other byte stays, whatever the encoding and the layout."""

from __future__ import annotations

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assembler.model.framework import Criterion, Expectation, Framework, Kind, Origin
from assembler.readers.renumbering import Renumbering
from assembler.readers.rewriting import pack_edits, read_written, reference_edits, rule_edits, spelled_out


def criterion(identifier: str, number: str, letters: str, *, old: str = "", alias: str = "") -> Criterion:
    expectations = tuple(Expectation(each, f"{identifier} {each}", Kind.FIRM, None) for each in letters)
    origins = (Origin("vieux", old),) if old else ()
    return Criterion(identifier, number, identifier, identifier, (alias,) if alias else (), origins, expectations, ())


def framework(identifier: str, criteria: tuple[Criterion, ...], offered: tuple[Criterion, ...] = ()) -> Framework:
    return Framework(identifier, identifier, identifier, date(2023, 1, 1), criteria, offered)


OLD = framework(
    "vieux", (criterion("offre", "1", "ab"), criterion("partenariat", "2", "ab"), criterion("culture", "3", "ab")),
    (criterion("numerique", "9-a", "a", alias="8-a"),),
)  # fmt: skip
# « partenariat » has become 3 and its expectation a is now b; 2 is new; « numerique » is gone.
MOVED = Criterion("partenariat", "3", "", "", (), (Origin("vieux", "2"),), (
    Expectation("a", "nouveau", Kind.FIRM, None), Expectation("b", "partenariat a", Kind.FIRM, None),
), ())  # fmt: skip
NEW = framework(
    "neuf",
    (criterion("offre", "1", "ab"), criterion("parcours", "2", "a"), MOVED, criterion("culture", "4", "ab", old="3")),
)
NUMBERS = Renumbering(OLD, NEW)


def narrative(text: str, own: str | None = None) -> tuple[str, list[str]]:
    lost: list[tuple[int, str]] = []
    written = read_written(text.encode())
    return written.edited(reference_edits(written, own, NUMBERS, lost)).decode(), [words for _, words in lost]


def manifest(text: str) -> tuple[str, list[str]]:
    lost: list[tuple[int, str]] = []
    written = read_written(text.encode())
    return written.edited(rule_edits(text, NUMBERS, lost)).decode(), [words for _, words in lost]


# ----------------------------------------------------------------------------------------------------------- narratives


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Voir [critere:2].", "Voir [critere:3]."),
        ("Voir [critère:2] et [Critère:3].", "Voir [critère:3] et [Critère:4]."),
        ("Voir [crite\u0300re:2].", "Voir [crite\u0300re:3]."),
        ("Voir [ critere: 2 ].", "Voir [ critere: 3 ]."),
        ("Voir [attendu:3.a].", "Voir [attendu:4.a]."),
        ("Voir [attendu:2.a], de même texte que b.", "Voir [attendu:3.b], de même texte que b."),
        ("Voir [critere:1] et [attendu:1.b].", None),
        ("Voir [critere:7], que personne ne connaît.", None),
        ("Voir [preuve:2] et [critere:2.a] et [attendu:2].", None),
        ("Un `[critere:2]`, ``[attendu:3.a] ` ``, puis [critere:2]", "Un `[critere:2]`, ``[attendu:3.a] ` ``, puis [critere:3]"),
        ("Échappé \\[critere:2].", None),
        ("```\n[critere:2]\n```\n[critere:2]", "```\n[critere:2]\n```\n[critere:3]"),
    ],
)  # fmt: skip
def test_references_follow_their_criterion(before: str, after: str | None) -> None:
    assert narrative(before) == (before if after is None else after, [])


def test_a_reference_that_leads_nowhere_any_more_becomes_words_and_is_told() -> None:
    assert narrative("Voir [critere:9-a] et [attendu:8-a.a].") == (
        "Voir critère 9-a de l’ancien référentiel et attendu 8-a.a de l’ancien référentiel.",
        ["[critere:9-a]", "[attendu:8-a.a]"],
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('## Un titre {attendus="a"}', '## Un titre {attendus="b"}'),
        ('## Un titre {attendus="a b"}', '## Un titre {attendus="b b"}'),
        ("## Un titre {: #ici attendus='2.a' }", "## Un titre {: #ici attendus='3.b' }"),
        ("## Un titre {attendus=a}", "## Un titre {attendus=b}"),
        ("## Un titre {attendus=“a”}", "## Un titre {attendus=“b”}"),
        ("## Un titre {#ici}", None),
    ],
)
def test_the_letters_of_a_heading_are_those_of_its_own_criterion(before: str, after: str | None) -> None:
    assert narrative(before, "2")[0] == (after or before)
    assert narrative(before, "1")[0] == before
    assert narrative(before, None)[0] == before


def test_what_the_front_matter_declares_follows_too() -> None:
    before = '<!-- note -->\n---\nattendus:   # ici\n  2.a: {statut: sans-objet, motif: "a : rien"}\n  b: partiel\n---\nTexte\n'
    assert narrative(before, "2")[0] == before.replace("2.a:", "3.b:")


def test_a_broken_front_matter_is_left_as_it_is() -> None:
    before = "---\nattendus: {a: [}\n---\nVoir [critere:2]\n"
    assert narrative(before, "2")[0] == before.replace("critere:2", "critere:3")


def test_numbers_in_plain_words_are_told_with_their_line() -> None:
    text = (
        "Le critère 2 est tenu.\n\n<!-- critère 3 -->\nLes critères n° 1 et 3, [critere:2].\n\nCritère 1.\n"
        "Les 3 critères, dont le critère 12."
    )
    told = list(spelled_out(read_written(text.encode()), NUMBERS))
    assert told == [(1, "critère 2"), (4, "critères n° 1 et 3"), (7, "3 critères")]


# ------------------------------------------------------------------------------------------------------------ manifests


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("criteres: [2, 3]   # deux\n", "criteres: [3, 4]   # deux\n"),
        ("criteres: 2\n", "criteres: 3\n"),
        ("criteres:\n- '2'\n-   \"3\" # trois\n", "criteres:\n- '3'\n-   \"4\" # trois\n"),
        ("criteres: [2]\nattendus: [a, 2.b, 3.a]\n", "criteres: [3]\nattendus: [b, 3.b, 4.a]\n"),
        ("attendus: [a]\ncriteres: [2]\n", "attendus: [b]\ncriteres: [3]\n"),
        ("demandes:\n  - critere: 2\n    attendus: [2.a]\n", "demandes:\n  - critere: 3\n    attendus: [3.b]\n"),
        ("preuves:\r\n  - {cle: a, criteres: [ 2,3 ]}\r\n", "preuves:\r\n  - {cle: a, criteres: [ 3,4 ]}\r\n"),
        ("\ufeffcriteres: [2]\n", "\ufeffcriteres: [3]\n"),
        ("criteres: [1]\ntitre: critere 2\npages: 2-3\n", None),
        ("criteres: []\n", None),
        ("# rien\n", None),
        ("", None),
    ],
)
def test_a_manifest_changes_by_its_numbers_alone(before: str, after: str | None) -> None:
    assert manifest(before) == (before if after is None else after, [])


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("criteres: [9-a, 2]\n", "criteres: [3]\n", ["9-a"]),
        ("criteres: [2, 9-a]\n", "criteres: [3]\n", ["9-a"]),
        ("criteres: [2, 9-a, 3, 8-a, 9-a]\n", "criteres: [3, 4]\n", ["9-a", "8-a", "9-a"]),
        ("criteres: [9-a]\n", "criteres: []\n", ["9-a"]),
        ("criteres: 9-a\n", "criteres: []\n", ["9-a"]),
        ("criteres:\n  - 9-a  # fini\n  - 2\n", "criteres:\n  - 3\n", ["9-a"]),
        ("criteres: [2]\nattendus: [9-a.a, 2.a]\n", "criteres: [3]\nattendus: [3.b]\n", ["9-a.a"]),
    ],
)
def test_what_has_no_counterpart_is_taken_out_of_its_list_and_told(before: str, after: str, lost: list[str]) -> None:
    assert manifest(before) == (after, lost)


def test_the_request_changes_by_its_pack_and_its_optional_criterion() -> None:
    text = "gabarit: vieux # lui\ngabarit-version: '1'\ncritere-optionnel: 9-a\nintitule: vieux\n"
    lost: list[tuple[int, str]] = []
    after = read_written(text.encode()).edited(pack_edits(text, "neuf", "2", NUMBERS, lost)).decode()
    assert after == "gabarit: neuf # lui\ngabarit-version: '2'\ncritere-optionnel: 9-a\nintitule: vieux\n"
    assert [words for _, words in lost] == ["9-a"]


# ---------------------------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    "encoded",
    [
        "Élève : [critere:2]\r\nsuite\r".encode(),
        codecs.BOM_UTF8 + "Élève : [critere:2]\n".encode(),
        codecs.BOM_UTF16_LE + "Élève : [critere:2]\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Élève : [critere:2]\n".encode("utf-16-be"),
        "Élève – « [critere:2] »".encode("cp1252"),
        b"\x81\xe9 [critere:2] \x8d",
    ],
    ids=["crlf", "bom", "utf-16-le", "utf-16-be", "cp1252", "undefined"],
)
def test_an_encoding_is_kept_to_the_byte(encoded: bytes) -> None:
    written = read_written(encoded)
    edits = list(reference_edits(written, None, NUMBERS, []))
    assert len(edits) == 1
    assert written.edited(edits).replace(b"3", b"2") == encoded


@given(some.binary(max_size=300))
def test_any_bytes_come_back_as_they_were(content: bytes) -> None:
    assert read_written(content).edited(()) == content


@given(some.text(max_size=200))
def test_a_text_without_references_is_never_touched(text: str) -> None:
    if "[" in text or "attendu" in text.lower():
        return
    assert narrative(text, "2") == (text, [])
