"""The network of three schools in `tests/dossiers/reseau-trois`, from the exports of its members to the second round.

What each round results in stands beside it, in `attendu`, to be read; `ACCEPT=1` writes it anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from candidature import change, drop, program
from lxml import etree
from test_shipped_packs import summary
from writers.word.validator import errors

NETWORK = Path(__file__).parent / "dossiers" / "reseau-trois"
LEAD, MEMBERS = "lycee-pro", ("lycee-polyvalent", "erea")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Round:
    """What the lead holds once a round is handed in: its edition, the version frozen, and what the merge said."""

    edition: Path
    version: Path
    merged: str


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Round]:
    """Both rounds: everybody exports and the lead merges; then the EREA alone is asked for more."""
    place = Path(shutil.copytree(NETWORK, tmp_path_factory.mktemp("reseau") / "trois"))
    made = {1: handed_in(place, 1, MEMBERS)}
    shutil.copytree(place / "tour-2", place, dirs_exist_ok=True)
    made[2] = handed_in(place, 2, ("erea",))
    return made


def handed_in(place: Path, number: int, members: tuple[str, ...]) -> Round:
    bundles = [place / f"{key}-{number}.liasse.zip" for key in members]
    for key, bundle in zip(members, bundles, strict=True):
        told = program("export", place / key, "-o", bundle)
        assert told.code == 0, told.err
    merged = program("merge", *bundles, "--into", place / LEAD, "--yes")
    assert merged.code == 0, merged.err
    edition = place / f"build-{number}"
    for command in (("build", place / LEAD, "-o", edition), ("submit", place / LEAD)):
        told = program(*command)
        assert told.code == 0, told.err
    return Round(edition, place / LEAD / "versions" / f"v{number}", merged.out)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """The lead's candidature with its members in their places."""
    root = Path(shutil.copytree(NETWORK / LEAD, tmp_path / "candidature"))
    for key in MEMBERS:
        shutil.copytree(NETWORK / key / key, root / key)
    return root


# ---------------------------------------------------------------------------------------------------------- two rounds


@pytest.mark.parametrize("number", [1, 2])
def test_the_joint_dossier_is_final_and_reads_as_expected(rounds: dict[int, Round], number: int) -> None:
    told = "\n".join((*summary(f"tour {number}", rounds[number].edition), "\n## La fusion\n", rounds[number].merged))
    file = NETWORK / "attendu" / f"tour-{number}.md"
    if os.environ.get("ACCEPT") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert told == file.read_text("utf-8")


def test_no_label_handed_in_moves_when_one_school_answers(rounds: dict[int, Round]) -> None:
    before, after = (labels(rounds[number].version) for number in (1, 2))
    assert {key: after[key] for key in before} == before
    assert {key: after[key] for key in after.keys() - before.keys()} == {"erea/suivi": "C-P4.3"}


def test_a_request_to_one_school_is_answered_by_what_it_sent_and_changed(rounds: dict[int, Round]) -> None:
    (answer,) = dossier(rounds[2].edition)["requests"]
    assert (answer["request"]["establishment"], answer["answered"]) == ("erea", True)
    assert [each["number"] for each in answer["changed"]] == ["4.4.1"]
    assert answer["exhibits"] == ["erea/suivi"]
    (chapter,) = (each for each in dossier(rounds[2].edition)["chapters"] if each["anchor"] == "demandes")
    told = json.dumps(chapter, ensure_ascii=False)
    assert "adressée à C — EREA des Tilleuls" in told
    assert '"C-P4.3"' in told


# --------------------------------------------------------------------------------------------------------- what it shows


def test_without_the_approval_of_one_member_it_is_a_draft_whose_first_line_names_the_school(
    merged: Path, tmp_path: Path
) -> None:
    text = (merged / "erea/preuves.yaml").read_text("utf-8")
    (merged / "erea/preuves.yaml").write_text(text[text.index("preuves:\n") :], "utf-8")
    drop("erea/pieces/acte.pdf")(merged)
    told = program("build", merged, "-o", tmp_path / "build")
    assert told.code == 1
    first = told.err.splitlines()[0]
    assert first.startswith(
        "erreur · erea/preuves.yaml, ligne 1 : L’accord du conseil d’administration (EREA des Tilleuls)"
    )
    assert (tmp_path / "build" / "brouillon.pdf").exists()
    assert not (tmp_path / "build" / "dossier.pdf").exists()


def test_an_exhibit_that_two_schools_share_is_embedded_once_and_cited_by_both(rounds: dict[int, Round]) -> None:
    exhibits = {each["label"]: each for each in dossier(rounds[1].edition)["exhibits"]}
    first, second = exhibits["B-P4.1"], exhibits["C-P4.1"]
    assert first["facts"]["sha256"] == second["facts"]["sha256"]
    assert (len(first["facts"]["pages"]), len(second["facts"]["pages"])) == (1, 0)
    assert len(first["passages"]) == len(second["passages"]) == 1
    text = words(rounds[1].edition / "dossier.pdf")
    assert "Le même document est joint une seule fois, sous la cote B-P4.1." in text


def test_a_criterion_none_of_a_schools_concern_says_why_and_where_the_table_leads(rounds: dict[int, Round]) -> None:
    text = words(rounds[1].edition / "dossier-sans-annexes.pdf")
    assert "Sans objet pour cet établissement : l’EREA n’accueille que des élèves" in text
    rows = [each for each in dossier(rounds[1].edition)["coverage"] if each["criterion"]["number"] == "2"]
    own = [each for row in rows for each in row["assessments"] if each["establishment"] == "erea"]
    assert {(each["status"], each["sections"][0]["number"]) for each in own} == {("sans objet", "2.3")}


def test_the_common_part_stands_first_then_each_school_in_the_order_of_the_candidature(
    rounds: dict[int, Round],
) -> None:
    (fourth,) = (each for each in dossier(rounds[1].edition)["answers"] if each["number"] == "4")
    titles = [
        each["content"][0]["text"] for each in fourth["blocks"] if each["type"] == "Heading" and each["level"] == 1
    ]
    assert titles == ["Partie commune", "A — Lycée professionnel Jean-Exemple", "B — Lycée polyvalent Marie-Modèle",
                      "C — EREA des Tilleuls"]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------- Word


@pytest.mark.parametrize("number", [1, 2])
def test_words_own_validator_has_nothing_against_the_joint_file(rounds: dict[int, Round], number: int) -> None:
    assert errors(rounds[number].edition / "dossier.docx") == []


def test_no_bookmark_of_the_joint_word_file_bears_the_name_of_another(rounds: dict[int, Round]) -> None:
    starts = body(rounds[2].edition / "dossier.docx").iter(f"{W}bookmarkStart")
    names = Counter((start.get(f"{W}name") or "").lower() for start in starts)
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_each_numbered_list_begins_at_one_whatever_the_schools_before_it_wrote(rounds: dict[int, Round]) -> None:
    with ZipFile(rounds[1].edition / "dossier.docx") as package:
        numbering = etree.fromstring(package.read("word/numbering.xml"))
    starts = {each.get(f"{W}numId"): list(each.iter(f"{W}startOverride")) for each in numbering.iter(f"{W}num")}
    lists: dict[str, list[str]] = {}
    for paragraph in body(rounds[1].edition / "dossier.docx").iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None and starts.get(number.get(f"{W}val")):
            lists.setdefault(number.get(f"{W}val") or "", []).append("".join(paragraph.itertext()))
    assert [len(items) for items in lists.values()] == [3, 3, 3, 2]
    assert all(starts[number][0].get(f"{W}val") == "1" for number in lists)


# ------------------------------------------------------------------------------------------------------- many schools


def test_with_many_schools_the_columns_bear_letters_that_a_line_explains(merged: Path, tmp_path: Path) -> None:
    keys = [f"voisin-{rank}" for rank in range(3)]
    for rank, key in enumerate(keys):
        shutil.copytree(merged / "lycee-pro", merged / key)
        change(f"{key}/etablissement.yaml", "Lycée professionnel Jean-Exemple", f"Lycée voisin {rank}")(merged)
        change(f"{key}/etablissement.yaml", "0999999F", ("0999996C", "0999995B", "0999994A")[rank])(merged)
    change("candidature.yaml", "erea]", f"erea, {', '.join(keys)}]")(merged)
    told = program("build", merged, "-o", tmp_path / "build", "--draft")
    assert told.code == 0, told.err
    word = " ".join(body(tmp_path / "build" / "brouillon.docx").itertext())
    for text in (words(tmp_path / "build" / "brouillon-sans-annexes.pdf"), word):
        plain = " ".join(text.replace("\u00a0", " ").split())
        assert "F : Lycée voisin 2 ; R : ce que les établissements répondent ensemble." in plain


def dossier(edition: Path) -> Any:
    return json.loads((edition / "dossier.json").read_text("utf-8"))["dossier"]


def labels(version: Path) -> dict[str, str]:
    return dict(re.findall(r'^  "(.+)": \{cote: ([^,]+),', (version / "numeros.yaml").read_text("utf-8"), re.MULTILINE))


def words(document: Path) -> str:
    with pypdfium2.PdfDocument(document) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return " ".join(text.replace("\u00a0", " ").replace("\ufffe", "-").split())


def body(document: Path) -> etree._Element:
    with ZipFile(document) as package:
        return etree.fromstring(package.read("word/document.xml"))
