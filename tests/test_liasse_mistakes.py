"""What people get wrong with bundles: another school's UAI, the same bundle twice, a folder for a file; nothing is lost by it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from candidature import append, change, write
from liasses import LEAD, MEMBER, NAMES, OTHER, UAIS, exported, lead, member, tree

from assembler.model.french import of
from assembler.wording import FAILURES, failure

Run = Callable[..., Any]


@pytest.fixture
def network(tmp_path: Path, run: Run) -> Path:
    """The lead's candidature, where the member was merged."""
    root = lead(tmp_path / "reseau")
    assert run("merge", exported(member(tmp_path / MEMBER), tmp_path / "1.zip"), "--into", root).code == 0
    return root


def mistyped(folder: Path, uai: str, key: str = OTHER) -> Path:
    """The candidature of the EREA, under another school's UAI, in a folder named `key`."""
    root = member(folder, OTHER)
    change(f"{OTHER}/etablissement.yaml", UAIS[OTHER], uai)(root)
    if key != OTHER:
        (root / OTHER).rename(root / key)
        change("candidature.yaml", f"[{OTHER}]", f"[{key}]")(root)
    return root


# ------------------------------------------------------------------------------------------------- another school's UAI


@pytest.mark.parametrize(("uai", "key"), [(UAIS[MEMBER], MEMBER), ("0999999F", LEAD)], ids=["a member's", "the lead's"])
def test_under_anothers_uai_a_bundle_is_refused_with_both_explanations(
    uai: str, key: str, network: Path, tmp_path: Path, run: Run
) -> None:
    before = tree(network)
    done = run("merge", exported(mistyped(tmp_path / OTHER, uai), tmp_path / "2.zip"), "--into", network, "--force")
    assert done.code == 5
    name = NAMES.get(key, "Lycée des Tests")
    assert (
        f"vient d’EREA du Bois, du dossier « erea », avec l’UAI {uai}, qui est ici celui du dossier « {key} » ({name})"
        in done.err
    )
    assert "un code UAI est mal recopié" in done.err
    assert "donnez au dossier le même nom des deux côtés" in done.err
    assert tree(network) == before


@pytest.mark.parametrize(("uai", "key"), [(UAIS[MEMBER], MEMBER), ("0999999F", LEAD)], ids=["a member's", "the lead's"])
def test_a_whole_school_is_not_replaced_by_another_that_took_its_folder_and_its_uai(
    uai: str, key: str, network: Path, tmp_path: Path, run: Run
) -> None:
    before = tree(network)
    file = exported(mistyped(tmp_path / OTHER, uai, key), tmp_path / "2.zip")
    done = run("merge", file, "--into", network, "--yes")
    assert (done.code, done.out) == (5, "")
    name = NAMES.get(key, "Lycée des Tests")
    assert f"le nom a changé : {name} → EREA du Bois ; vérifiez le code UAI ({uai})" in done.err
    assert "si c’est bien le même établissement, relancez avec --force" in done.err
    assert tree(network) == before
    forced = run("merge", file, "--into", network, "--force")
    assert (forced.code, f"tout ce que {key} contient serait remplacé" in forced.out) == (0, True), forced.err
    assert f"Tout ce que ce dossier contenait est gardé dans {network / 'mis-de-cote' / f'{key}-1'}." in forced.out
    own = {name.removeprefix(f"{key}/"): each for name, each in before.items() if name.startswith(f"{key}/")}
    assert tree(network / "mis-de-cote" / f"{key}-1") == own


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("type: lp", "type: lpo", "le type a changé : Lycée professionnel → Lycée polyvalent"),
     ("commune: .*", "commune: Sisteron", "la commune a changé : .+ → Sisteron")],
    ids=["type", "town"],
)  # fmt: skip
def test_another_type_or_town_is_asked_about_too(
    old: str, new: str, told: str, network: Path, tmp_path: Path, run: Run
) -> None:
    sheet = tmp_path / MEMBER / MEMBER / "etablissement.yaml"
    text = sheet.read_text("utf-8")
    sheet.write_text(re.sub(old, new, text), "utf-8")
    assert sheet.read_text("utf-8") != text
    done = run("merge", exported(tmp_path / MEMBER, tmp_path / "2.zip"), "--into", network)
    assert (done.code, bool(re.search(told, done.err))) == (5, True), done.err


def test_the_same_name_written_otherwise_is_the_same_school(network: Path, tmp_path: Path, run: Run) -> None:
    change(f"{MEMBER}/etablissement.yaml", "Lycée Voisin", "LYCEE  VOISIN")(tmp_path / MEMBER)
    done = run("merge", exported(tmp_path / MEMBER, tmp_path / "2.zip"), "--into", network)
    assert done.code == 0, done.err


def test_a_name_corrected_here_is_an_edit_like_another(network: Path, tmp_path: Path, run: Run) -> None:
    change(f"{MEMBER}/etablissement.yaml", "Lycée Voisin", "Lycée Voisin-Modèle")(network)
    append(f"{MEMBER}/critere-4.md", "\nUn mot.\n")(tmp_path / MEMBER)
    done = run("merge", exported(tmp_path / MEMBER, tmp_path / "2.zip"), "--into", network)
    assert (done.code, "le nom a changé" in done.err, "ont été changés ici" in done.err) == (5, False, True), done.err


def test_a_uai_corrected_by_the_school_is_to_be_corrected_here_too(network: Path, tmp_path: Path, run: Run) -> None:
    change(f"{MEMBER}/etablissement.yaml", UAIS[MEMBER], UAIS[OTHER])(tmp_path / MEMBER)
    file = exported(tmp_path / MEMBER, tmp_path / "2.zip")
    done = run("merge", file, "--into", network)
    assert (done.code, "corrigez-le aussi ici, dans lycee-b/etablissement.yaml" in done.err) == (5, True)
    change(f"{MEMBER}/etablissement.yaml", UAIS[MEMBER], UAIS[OTHER])(network)
    assert run("merge", file, "--into", network).code == 0


# ------------------------------------------------------------------------------------------- what stays, what is replaced


def test_the_same_bundle_again_says_how_to_go_back_to_the_schools_text(network: Path, tmp_path: Path, run: Run) -> None:
    append(f"{MEMBER}/critere-6.md", "\nSur place.\n")(network)
    again = run("merge", tmp_path / "1.zip", "--into", network).out
    assert "ils restent en place, sauf avec --force, qui remet le texte de l’établissement" in again
    assert "Fusionné" not in again
    forced = run("merge", tmp_path / "1.zip", "--into", network, "--force").out
    aside = network / "mis-de-cote/lycee-b-1"
    assert (
        f"Remis tel que dans la liasse : Lycée Voisin, dans lycee-b. Les fichiers changés ici sont gardés dans {aside}."
        in forced
    )


def test_in_a_folder_never_merged_no_merge_is_spoken_of(tmp_path: Path, run: Run) -> None:
    root = lead(tmp_path / "reseau")
    school = member(tmp_path / MEMBER)
    shutil.copytree(school / MEMBER, root / MEMBER)
    write(f"{MEMBER}/bilan.md", "Écrit avant.\n")(root)
    done = run("merge", exported(school, tmp_path / "1.zip"), "--into", root)
    assert done.code == 5
    assert "fichiers déjà dans lycee-b, qui ne viennent d’aucune liasse" in done.out
    assert "    bilan du label précédent (bilan.md)" in done.out
    assert "« lycee-b » contient ici des fichiers qui ne viennent d’aucune liasse" in done.err
    assert "dernière fusion" not in done.out + done.err
    forced = run("merge", tmp_path / "1.zip", "--into", root, "--force").out
    assert f"Les fichiers écrits ici sont gardés dans {root / 'mis-de-cote/lycee-b-1'}." in forced
    assert tree(root / "mis-de-cote/lycee-b-1") == {"bilan.md": "Écrit avant.\n".encode()}


def test_a_required_attachment_without_a_title_is_told_under_the_packs(network: Path, tmp_path: Path, run: Run) -> None:
    school = tmp_path / MEMBER
    change(f"{MEMBER}/preuves.yaml", "acte: 12", "acte: 13")(school)
    append(f"{MEMBER}/pieces/acte-12.pdf", "%")(school)
    told = run("merge", exported(school, tmp_path / "2.zip"), "--into", network).out
    assert "changement : pièce « Accord du conseil d’administration » (accord-ca)" in told
    assert "changement : fichier de « Accord du conseil d’administration » (pieces/acte-12.pdf)" in told


# ----------------------------------------------------------------------------------------------- one thing for another


def test_what_exists_is_said_to_be_what_it_is(network: Path, tmp_path: Path, run: Run) -> None:
    given = run("merge", tmp_path / MEMBER, "--into", network)
    assert (given.code, f"« {tmp_path / MEMBER} » est un dossier, et il faut un fichier zip" in given.err) == (3, True)
    request = network / "candidature.yaml"
    for arguments in (
        ("merge", tmp_path / "1.zip", "--into", request), ("requests", request), ("check", request), ("number", request),
        ("split", MEMBER, request, "-o", tmp_path / "x"), ("migrate", request, "national-2016"), ("export", request),
    ):  # fmt: skip
        done = run(*arguments)
        assert (done.code, f"« {request} » est un fichier : indiquez" in done.err) == (3, True), (arguments, done.err)
        assert f"(ici, « {network} »)" in done.err
    assert "(ici" not in run("check", tmp_path / "1.zip").err


def test_what_overrides_a_refusal_is_never_guessed(run: Run) -> None:
    for option in ("--truc", "--forc", "--yess"):
        told = run("merge", "a.zip", option)
        assert told.code == 2
        assert f"L’option {option} n’existe pas. « " in told.err
    assert "vouliez-vous écrire --dry-run ?" in run("merge", "a.zip", "--dry-rn").err


@pytest.mark.parametrize(
    ("name", "said"),
    [("EREA des Tilleuls", "d’"), ("Lycée Voisin", "de "), ("École du bois", "d’"), ("Œuvre de Dieu", "d’"),
     ("Institut", "d’"), ("Hôtellerie de Nice", "d’"), ("Haut-Jura", "de "), ("Yvetot", "d’"),
     ("Yerres", "d’"), ("Yaoundé", "de "), ("", "de ")],
)  # fmt: skip
def test_de_is_elided_as_it_is_said(name: str, said: str) -> None:
    assert of(name) == said


def test_every_failure_about_a_school_elides_its_name() -> None:
    from assembler.errors import Refused

    about = [code for code, text in FAILURES.items() if "de {school}" in text]
    assert len(about) >= 8
    for code in about:
        names = set(re.findall(r"\{(\w+)\}", FAILURES[code])) - {"school"}
        told = failure(Refused(code, (), school="EREA des Tilleuls", **dict.fromkeys(names, "x")))
        assert "d’EREA des Tilleuls" in told
        assert "de EREA" not in told
