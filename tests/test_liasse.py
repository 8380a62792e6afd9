"""A network at work: each school exports its part, the lead merges it, nothing is overwritten unseen, no number moves."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from candidature import append, change, drop, link, program, write
from checks import files
from liasses import LEAD, MEMBER, OTHER, exported, held, lead, member, rezipped, tree

from assembler.tools.packing import SMALL

Run = Callable[..., Any]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A member's candidature."""
    return member(tmp_path / MEMBER)


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """The lead's candidature, its two members not merged yet."""
    return lead(tmp_path / "reseau")


def merged(run: Run, network: Path, *arguments: str | Path) -> str:
    done = run("merge", *arguments, "--into", network)
    assert done.code == 0, done.err
    return str(done.out)


def labels(root: Path) -> dict[str, str]:
    return dict(re.findall(r'^  "(.+)": \{cote: ([^,]+),', (root / "numeros.yaml").read_text("utf-8"), re.MULTILINE))


# ------------------------------------------------------------------------------------------------------------- export


def test_a_bundle_holds_the_schools_folder_and_what_goes_with_it(school: Path, tmp_path: Path, run: Run) -> None:
    run("number", school)
    write("demandes.yaml", "demandes:\n- {numero: 1, recue: 2026-11-01, texte: Précisez.}\n")(school)
    write("demandes/D1.md", "C’est précisé.\n")(school)
    done = run("export", school, "-o", tmp_path / "a.liasse.zip")
    assert done.code == 0, done.err
    content = held(tmp_path / "a.liasse.zip")
    sent = {name.removeprefix("data/"): each for name, each in content.items() if name.startswith("data/")}
    assert json.loads(sent.pop("constats.json"))
    assert sent == tree(school)
    assert content["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    told = content["bag-info.txt"].decode()
    for line in ("External-Identifier: 0999998E", "Bagging-Date: 2026-11-20", "Gabarit-Version: 1.0",
                 "Bag-Software-Agent: dossier 0.1.0", "Source-Organization: Lycée Voisin"):  # fmt: skip
        assert line in told.splitlines()
    sizes = [len(each) for name, each in content.items() if name.startswith("data/")]
    assert f"Payload-Oxum: {sum(sizes)}.{len(sizes)}" in told


def test_its_manifests_satisfy_sha256sum(school: Path, tmp_path: Path) -> None:
    write(f"{MEMBER}/preuves/taux.pdf", files.pdf())(school)
    shutil.unpack_archive(exported(school, tmp_path / "a.zip"), tmp_path / "sac")
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    for sums in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(
            ["sha256sum", "--strict", "-c", sums], cwd=tmp_path / "sac", capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_page_says_whose_part_it_is_and_what_is_wrong_with_it(school: Path, tmp_path: Path) -> None:
    drop(f"{MEMBER}/critere-5.md")(school)
    page = held(exported(school, tmp_path / "a.zip"))["LISEZMOI.txt"].decode()
    assert page.startswith("Lycée Voisin — part du dossier commun\n\nUAI : 0999998E")
    assert "Critère 5 : à corriger" in page
    assert f"erreur · {MEMBER}/critere-5.md" in page


def test_without_an_output_the_bundle_is_named_after_the_uai_and_the_edition(school: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "export", school], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout.decode().startswith("0999998E-2026-11-20.liasse.zip : Lycée Voisin (0999998E)")
    assert (tmp_path / "0999998E-2026-11-20.liasse.zip").is_file()


def test_errors_travel_seen_at_both_ends(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    drop(f"{MEMBER}/critere-5.md")(school)
    done = run("export", school, "-o", tmp_path / "a.zip")
    assert done.code == 1
    assert f"erreur · {MEMBER}/critere-5.md" in done.err
    assert "Le fichier est fait, et ces constats l’accompagnent (1 erreur" in done.out
    assert f"    erreur · {MEMBER}/critere-5.md" in merged(run, network, tmp_path / "a.zip")


def test_the_same_content_makes_the_same_bytes(school: Path, tmp_path: Path) -> None:
    again = Path(shutil.copytree(school, tmp_path / "encore"))
    for path in again.rglob("*"):
        os.utime(path, (0, 1_000_000_000))
    assert exported(school, tmp_path / "1.zip").read_bytes() == exported(again, tmp_path / "2.zip").read_bytes()


def test_accents_of_a_mac_make_the_same_bytes(school: Path, tmp_path: Path) -> None:
    write(f"{MEMBER}/preuves/été.pdf", files.pdf())(school)
    composed = exported(school, tmp_path / "1.zip").read_bytes()
    (school / MEMBER / "preuves/été.pdf").rename(school / MEMBER / unicodedata.normalize("NFD", "preuves/été.pdf"))
    assert exported(school, tmp_path / "2.zip").read_bytes() == composed


def test_no_link_is_followed_and_what_stays_is_named(school: Path, tmp_path: Path, run: Run) -> None:
    write("secret.txt", "secret")(school)
    link(f"{MEMBER}/preuves/lien.txt", "../../secret.txt")(school)
    link(f"{MEMBER}/ailleurs", "..")(school)
    write(f"{MEMBER}/.cache/x", "x")(school)
    for name in (".DS_Store", "Thumbs.db", "~$critere-4.docx"):
        write(f"{MEMBER}/{name}", "x")(school)
    done = run("export", school, "-o", tmp_path / "a.zip")
    assert done.code == 0, done.err
    left = re.findall(r"Laissé de côté \(lien ou fichier caché\) : (.+)", done.out)
    assert left == [f"{MEMBER}/.cache/x", f"{MEMBER}/ailleurs", f"{MEMBER}/preuves/lien.txt"]
    names = held(tmp_path / "a.zip").keys()
    assert not [name for name in names if re.search(r"secret|lien|ailleurs|cache|DS_Store|Thumbs|~", name)]


def test_a_picture_from_outside_the_schools_folder_is_missed_aloud(school: Path, tmp_path: Path, run: Run) -> None:
    shutil.copy(school / MEMBER / "preuves/atelier.jpg", school / "photo.jpg")
    append(f"{MEMBER}/critere-1.md", "\n![L’atelier](../photo.jpg)\n")(school)
    done = run("export", school, "-o", tmp_path / "a.zip")
    assert done.code == 1
    assert "et pourtant montré par un texte : photo.jpg" in done.out


@pytest.mark.parametrize(
    ("harm", "code", "said"),
    [
        (write(f"{MEMBER}/preuves/a:b.pdf", "x"), 5, "ne passerait pas d’un ordinateur à l’autre"),
        (write(f"{MEMBER}/preuves/{'x' * 190}.pdf", "x"), 5, "ne passerait pas d’un ordinateur à l’autre"),
        (write(f"{MEMBER}/preuves/CARTE.pdf", "x"), 5, "ne diffèrent que par la casse"),
        (change(f"{MEMBER}/etablissement.yaml", "uai: 0999998E", "uai: ''"), 1, "n’a pas pu être reconnu"),
        (change("candidature.yaml", f"[{MEMBER}]", "[absent]"), 1, "n’a pas pu être reconnu"),
        (write("commun/critere-4.md", "Ensemble.\n"), 5, "la candidature d’un réseau"),
        (drop("candidature.yaml"), 3, "ne contient pas de fichier candidature.yaml"),
    ],
    ids=["colon", "long", "case", "uai", "folder", "common", "nothing"],
)  # fmt: skip
def test_what_could_not_arrive_is_not_sent(
    harm: Callable[[Path], None], code: int, said: str, school: Path, tmp_path: Path, run: Run
) -> None:
    harm(school)
    done = run("export", school, "-o", tmp_path / "a.zip")
    assert (done.code, said in done.err) == (code, True), done.err
    assert not (tmp_path / "a.zip").exists()


def test_a_bundle_is_not_made_inside_the_candidature(school: Path, run: Run) -> None:
    before = tree(school)
    assert run("export", school, "-o", school / "a.zip").code == 5
    assert tree(school) == before


# -------------------------------------------------------------------------------------------------------------- merge


def test_a_member_arrives_file_for_file_with_what_came_with_it(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    run("number", school)
    told = merged(run, network, exported(school, tmp_path / "a.zip"))
    assert "Lycée Voisin (0999998E) — liasse du 20\u00a0novembre\u00a02026, gabarit national-2023 1.0" in told
    assert "première fusion : 14 fichiers, 5 preuves et pièces." in told
    arrived = tree(network / MEMBER)
    beside = {name.removeprefix("liasse/"): arrived.pop(name) for name in list(arrived) if name.startswith("liasse/")}
    assert arrived == tree(school / MEMBER)
    assert beside.keys() == {"LISEZMOI.txt", "bag-info.txt", "candidature.yaml", "constats.json", "fusions.txt",
                             "manifest-sha256.txt", "numeros.yaml"}  # fmt: skip
    assert beside["candidature.yaml"] == (school / "candidature.yaml").read_bytes()


def test_in_any_order_the_same_bytes(school: Path, tmp_path: Path, run: Run) -> None:
    second = member(tmp_path / OTHER, OTHER)
    sent = [exported(school, tmp_path / "1.zip"), exported(second, tmp_path / "2.zip")]
    append(f"{MEMBER}/critere-1.md", "\nUn mot de plus.\n")(school)
    sent.append(exported(school, tmp_path / "3.zip"))
    trees = []
    for rank, order in enumerate(((0, 1, 2), (1, 0, 2), (0, 2, 1))):
        network = lead(tmp_path / f"reseau-{rank}")
        for each in order:
            merged(run, network, sent[each])
        trees.append(tree(network))
    together = lead(tmp_path / "ensemble")
    merged(run, together, sent[0])
    merged(run, together, sent[2], sent[1])
    assert all(each == tree(together) for each in trees)


def test_merging_twice_changes_nothing(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    file = exported(school, tmp_path / "a.zip")
    merged(run, network, file)
    before = {path: path.stat().st_mtime_ns for path in network.rglob("*")}
    assert "rien de nouveau" in merged(run, network, file)
    assert {path: path.stat().st_mtime_ns for path in network.rglob("*")} == before


def test_what_changed_since_the_last_merge_is_told_in_plain_words(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    merged(run, network, exported(school, tmp_path / "1.zip"))
    append(f"{MEMBER}/critere-4.md", "\nUn mot de plus.\n")(school)
    drop(f"{MEMBER}/critere-5.md")(school)
    write(f"{MEMBER}/preuves/bilan.pdf", files.act("Autre acte"))(school)
    write(f"{MEMBER}/preuves/convention.pdf", files.act("Convention"))(school)
    append(f"{MEMBER}/preuves.yaml", "  - cle: convention\n    titre: Convention avec l’UIMM\n"
           "    fichier: preuves/convention.pdf\n    criteres: [4]\n")(school)  # fmt: skip
    change(f"{MEMBER}/preuves.yaml", "titre: Carte des formations", "titre: Carte à jour")(school)
    write("demandes/D1.md", "C’est précisé.\n")(school)
    told = merged(run, network, exported(school, tmp_path / "2.zip"))
    assert [line.strip() for line in told.splitlines() if line.startswith("    ") and "erreur" not in line] == [
        "changement : critère 4 (critere-4.md)",
        "retrait : critère 5 (critere-5.md)",
        "changement : liste des preuves (preuves.yaml)",
        "changement : preuve « Carte à jour », critère 1 (carte)",
        "ajout : preuve « Convention avec l’UIMM », critère 4 (convention)",
        "changement : fichier de « Bilan du suivi » (preuves/bilan.pdf)",
        "ajout : fichier de « Convention avec l’UIMM » (preuves/convention.pdf)",
        "ajout : réponse à la demande D1 (demandes/D1.md)",
    ]
    assert not (network / MEMBER / "critere-5.md").exists()


SPOT = {
    "changed": (append(f"{MEMBER}/critere-6.md", "\nSur place.\n"), "changement : critère 6 (critere-6.md)"),
    "added": (write(f"{MEMBER}/bilan.md", "Sur place.\n"), "ajout : bilan du label précédent (bilan.md)"),
    "removed": (drop(f"{MEMBER}/preuves/carte.pdf"), "retrait : fichier de « Carte des formations » (preuves/carte.pdf)"),
    "hidden": (write(f"{MEMBER}/.notes", "x"), "ajout : fichier (.notes)"),
    "link": (link(f"{MEMBER}/lien", "../lycee"), "ajout : fichier (lien)"),
}  # fmt: skip


@pytest.mark.parametrize("edit", SPOT)
def test_an_edit_made_on_the_spot_is_shown_and_never_overwritten_silently(
    edit: str, school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    merged(run, network, exported(school, tmp_path / "1.zip"))
    append(f"{MEMBER}/critere-4.md", "\nUn mot de plus.\n")(school)
    exported(school, tmp_path / "2.zip")
    SPOT[edit][0](network)
    before = tree(network)
    done = run("merge", tmp_path / "2.zip", "--into", network, "--yes")
    assert (done.code, SPOT[edit][1] in done.out) == (5, True), done.out
    assert "ont été changés ici, dans « lycee-b »" in done.err
    assert tree(network) == before
    forced = merged(run, network, tmp_path / "2.zip", "--force")
    after = tree(network)
    kept = {
        name.removeprefix("mis-de-cote/lycee-b-1/"): after[name] for name in after if name.startswith("mis-de-cote/")
    }
    own = {
        name.removeprefix(f"{MEMBER}/"): content for name, content in before.items() if name.startswith(f"{MEMBER}/")
    }
    told = re.findall(
        r"(?:ajout|changement) : .+ \((.+)\)$", forced.split("la liasse les remplacerait")[1], re.MULTILINE
    )
    assert kept == {name: own[name] for name in told}
    assert ("mis-de-cote/lycee-b-1" in forced) == bool(told)
    arrived = {name: content for name, content in tree(network / MEMBER).items() if not name.startswith("liasse/")}
    assert arrived == tree(school / MEMBER)


def test_an_edit_that_the_school_made_too_is_no_loss(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    merged(run, network, exported(school, tmp_path / "1.zip"))
    for root in (school, network):
        append(f"{MEMBER}/critere-4.md", "\nUn mot de plus.\n")(root)
    assert "la liasse les remplacerait" not in merged(run, network, exported(school, tmp_path / "2.zip"))


def test_the_same_bundle_leaves_what_was_edited_since_unless_forced(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    file = exported(school, tmp_path / "1.zip")
    merged(run, network, file)
    append(f"{MEMBER}/critere-6.md", "\nSur place.\n")(network)
    before = tree(network)
    assert "ils restent en place" in merged(run, network, file)
    assert tree(network) == before
    merged(run, network, file, "--force")
    assert (network / MEMBER / "critere-6.md").read_bytes() == (school / MEMBER / "critere-6.md").read_bytes()
    assert (network / "mis-de-cote/lycee-b-1/critere-6.md").read_bytes() == before[f"{MEMBER}/critere-6.md"]


def test_a_folder_already_there_before_the_first_merge_is_not_overwritten(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    shutil.copytree(school / MEMBER, network / MEMBER)
    file = exported(school, tmp_path / "1.zip")
    append(f"{MEMBER}/critere-6.md", "\nÉcrit avant.\n")(network)
    done = run("merge", file, "--into", network)
    assert (done.code, "changement : critère 6" in done.out) == (5, True)
    shutil.rmtree(network / MEMBER)
    shutil.copytree(school / MEMBER, network / MEMBER)
    assert "la liasse les remplacerait" not in merged(run, network, file)


def test_an_older_bundle_is_refused_unless_forced(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    first = exported(school, tmp_path / "1.zip")
    merged(run, network, first)
    change("candidature.yaml", "edition: 2026-11-20", "edition: 2026-12-04")(school)
    append(f"{MEMBER}/critere-1.md", "\nDe décembre.\n")(school)
    merged(run, network, exported(school, tmp_path / "2.zip"))
    done = run("merge", first, "--into", network)
    assert (done.code, "puis remplacé par une liasse plus récente" in done.err) == (5, True)
    append(f"{MEMBER}/critere-1.md", "\nJamais fusionné.\n")(school)
    change("candidature.yaml", "edition: 2026-12-04", "edition: 2026-11-27")(school)
    never = run("merge", exported(school, tmp_path / "3.zip"), "--into", network)
    assert (never.code, "plus ancienne que la dernière fusionnée, du 4\u00a0décembre\u00a02026" in never.err) == (
        5,
        True,
    )
    merged(run, network, first, "--force")
    assert "décembre" not in (network / MEMBER / "critere-1.md").read_text("utf-8")


def test_a_dry_run_writes_nothing(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    before = tree(network)
    assert "première fusion" in merged(run, network, exported(school, tmp_path / "a.zip"), "--dry-run")
    assert tree(network) == before


def names_a_second_school(root: Path) -> None:
    change("candidature.yaml", f"{LEAD}, {MEMBER}, {OTHER}", LEAD)(root)


MISFITS = {
    "unknown": (None, names_a_second_school, "écrivez « etablissements: [lycee, lycee-b] » dans candidature.yaml, ligne 6."),
    "case": (None, change("candidature.yaml", MEMBER, MEMBER.upper()), "que par la casse"),
    "uai": (change(f"{MEMBER}/etablissement.yaml", "0999998E", "0999999F"), None, "ici celui du dossier « lycee »"),
    "key": (None, change("candidature.yaml", "[lycee, lycee-b, erea]", "[lycee, lycee-b]"), "est ici celui de l’UAI 0999999F"),
    "pack": (change("candidature.yaml", "national-2023", "paca-2025"), None, "suit le gabarit paca-2025"),
    "campaign": (change("candidature.yaml", "campagne: 2027", "campagne: 2028"), None, "est de la campagne 2028"),
}  # fmt: skip


@pytest.mark.parametrize("misfit", MISFITS)
def test_what_does_not_belong_is_refused_with_what_to_do(
    misfit: str, school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    theirs, ours, said = MISFITS[misfit]
    if theirs:
        theirs(school)
    if misfit == "key":
        shutil.copytree(network / LEAD, network / MEMBER)
    if ours:
        ours(network)
    before = tree(network)
    done = run("merge", exported(school, tmp_path / "a.zip"), "--into", network, "--force")
    assert (done.code, said in done.err) == (5, True), done.err
    assert tree(network) == before


def test_another_version_of_the_pack_is_refused_unless_forced(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    def older(entries: dict[str, bytes]) -> None:
        entries["bag-info.txt"] = entries["bag-info.txt"].replace(b"Gabarit-Version: 1.0", b"Gabarit-Version: 0.9")

    file = rezipped(exported(school, tmp_path / "a.zip"), older)
    done = run("merge", file, "--into", network)
    assert (done.code, "la version 0.9 du gabarit national-2023 ; celle d’ici est la 1.0" in done.err) == (5, True)
    assert run("merge", file, "--into", network, "--force").code == 0


def test_when_one_of_several_is_refused_none_is_merged(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    good = exported(school, tmp_path / "1.zip")
    bad = rezipped(exported(member(tmp_path / OTHER, OTHER), tmp_path / "2.zip"), lambda held: held.pop("bagit.txt"))
    before = tree(network)
    assert run("merge", good, bad, "--into", network).code == 5
    twice = run("merge", good, good, "--into", network)
    assert (twice.code, "deux liasses du même établissement (Lycée Voisin)" in twice.err) == (5, True)
    assert tree(network) == before
    assert run("merge", good, tmp_path / "absente.zip", "--into", network).code == 3
    assert run("merge", good, "--into", tmp_path / "absent").code == 3
    assert tree(network) == before


def test_a_large_file_is_stored_as_it_is(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    """Blank pages by the megabyte shrink a thousandfold: no bundle of ours may be taken for a bomb."""
    write(f"{MEMBER}/preuves/plan.bmp", bytes(SMALL * 9))(school)
    merged(run, network, exported(school, tmp_path / "a.zip"))
    assert (network / MEMBER / "preuves/plan.bmp").stat().st_size == SMALL * 9


def test_a_heavy_bundle_is_made_and_merged_a_little_at_a_time(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    write(f"{MEMBER}/preuves/film.bin", random.Random(1).randbytes(40_000_000))(school)
    exported(school, tmp_path / "a.zip")  # what a first run learns of the evidence is remembered
    tracemalloc.start()
    exported(school, tmp_path / "a.zip")
    merged(run, network, tmp_path / "a.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 15_000_000


def test_a_name_with_a_per_cent_sign_travels(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    write(f"{MEMBER}/preuves/95 %25.txt", "x")(school)
    merged(run, network, exported(school, tmp_path / "a.zip"))
    assert (network / MEMBER / "preuves/95 %25.txt").is_file()
    assert "rien de nouveau" in merged(run, network, tmp_path / "a.zip")
    append(f"{MEMBER}/critere-1.md", "\nUn mot.\n")(school)
    assert "changés ici" not in merged(run, network, exported(school, tmp_path / "b.zip"))


# ------------------------------------------------------------------------------------------------------------- labels


def test_a_member_keeps_the_ranks_it_gave_alone(school: Path, network: Path, tmp_path: Path, run: Run) -> None:
    change(f"{MEMBER}/preuves.yaml", "  - cle: atelier\n    titre: L’atelier partagé avec les entreprises\n",
           "  - cle: ancienne\n    titre: Ancienne\n    fichier: preuves/carte.pdf\n    criteres: [4]\n"
           "  - cle: atelier\n    titre: L’atelier partagé avec les entreprises\n")(school)  # fmt: skip
    change("candidature.yaml", f"{LEAD}, {MEMBER}, {OTHER}", f"{LEAD}, {MEMBER}")(network)
    run("number", school)
    assert labels(school)[f"{MEMBER}/atelier"] == "P4.2"
    merged(run, network, exported(school, tmp_path / "a.zip"))
    run("number", network)
    assert labels(network)[f"{MEMBER}/atelier"] == "B-P4.2"
    assert labels(network)[f"{LEAD}/atelier"] == "A-P4.1"


def test_a_letter_never_moves_whoever_joins_leaves_or_changes_place(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    change("candidature.yaml", f"{LEAD}, {MEMBER}, {OTHER}", f"{LEAD}, {MEMBER}")(network)
    merged(run, network, exported(school, tmp_path / "1.zip"))
    run("number", network)
    before = labels(network)
    change("candidature.yaml", f"{LEAD}, {MEMBER}", f"{OTHER}, {MEMBER}, {LEAD}")(network)
    merged(run, network, exported(member(tmp_path / OTHER, OTHER), tmp_path / "2.zip"))
    run("number", network)
    after = labels(network)
    assert before.items() <= after.items()
    assert after[f"{OTHER}/carte"] == "C-P1.1"
    change("candidature.yaml", f"{OTHER}, {MEMBER}, {LEAD}", f"{OTHER}, {LEAD}")(network)
    run("number", network)
    change("candidature.yaml", f"{OTHER}, {LEAD}", f"{OTHER}, {LEAD}, {MEMBER}")(network)
    run("number", network)
    assert labels(network) == after


def test_a_request_to_one_school_moves_no_number_of_the_others(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    change("candidature.yaml", f"{LEAD}, {MEMBER}, {OTHER}", f"{LEAD}, {MEMBER}")(network)
    merged(run, network, exported(school, tmp_path / "1.zip"))
    run("number", network)
    before = labels(network)
    asked = "demandes:\n- {numero: 1, recue: 2026-11-21, critere: [4], texte: Joignez la convention.%s}\n"
    write("demandes.yaml", asked % "")(school)
    write("demandes/D1.md", "La convention est jointe [preuve:convention].\n")(school)
    write(f"{MEMBER}/preuves/convention.pdf", files.act("Autre acte"))(school)
    append(f"{MEMBER}/preuves.yaml", "  - cle: convention\n    titre: Convention\n    fichier: preuves/convention.pdf\n"
           "    criteres: [4]\n")(school)  # fmt: skip
    merged(run, network, exported(school, tmp_path / "2.zip"))
    write("demandes.yaml", asked % f", etablissement: {MEMBER}")(network)
    run("number", network)
    assert set(labels(network).items()) - set(before.items()) == {(f"{MEMBER}/convention", "B-P4.2")}
    told = run("check", network, "--format", "json").out
    assert "request-unanswered" not in told
    assert "répondue" in run("requests", network).out


# --------------------------------------------------------------------------------------------- alone again, taken out


def test_an_export_alone_gives_its_own_candidature_back(school: Path, tmp_path: Path, run: Run) -> None:
    run("number", school)
    write("demandes.yaml", "demandes:\n- {numero: 1, recue: 2026-11-01, texte: Précisez.}\n")(school)
    write("demandes/D1.md", "C’est précisé.\n")(school)
    done = run("merge", exported(school, tmp_path / "a.zip"), "--into", tmp_path / "retour", "--new")
    assert done.code == 0, done.err
    assert tree(tmp_path / "retour") == tree(school)
    before = tree(tmp_path / "retour")
    assert run("merge", tmp_path / "a.zip", "--into", tmp_path / "retour", "--new").code == 5
    assert run("merge", tmp_path / "a.zip", tmp_path / "a.zip", "--into", tmp_path / "x", "--new").code == 5
    assert tree(tmp_path / "retour") == before


def test_exported_merged_and_taken_out_a_school_has_its_own_candidature_back(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    run("number", school)
    append("numeros.yaml", f"lettres:\n  {MEMBER}: D\n")(school)
    write("demandes.yaml", "demandes:\n- {numero: 1, recue: 2026-11-01, texte: Précisez.}\n")(school)
    write("demandes/D1.md", "C’est précisé.\n")(school)
    merged(run, network, exported(school, tmp_path / "a.zip"))
    before = tree(network)
    done = run("split", MEMBER, network, "-o", tmp_path / "retour")
    assert done.code == 0, done.err
    assert tree(tmp_path / "retour") == tree(school)
    assert exported(tmp_path / "retour", tmp_path / "b.zip").read_bytes() == (tmp_path / "a.zip").read_bytes()
    assert tree(network) == before


def test_a_school_taken_out_keeps_the_labels_it_bore_and_goes_on_from_them(
    school: Path, network: Path, tmp_path: Path, run: Run
) -> None:
    merged(run, network, exported(school, tmp_path / "a.zip"))
    merged(run, network, exported(member(tmp_path / OTHER, OTHER), tmp_path / "b.zip"))
    run("number", network)
    done = run("split", MEMBER, network, "-o", tmp_path / "seul")
    assert "Cotes gardées : B-A1, B-P1.1, B-P3.1, B-P4.1, B-P8.1." in done.out
    alone = labels(tmp_path / "seul")
    assert alone == {key: label for key, label in labels(network).items() if key.startswith(f"{MEMBER}/")}
    write(f"{MEMBER}/preuves/neuve.pdf", files.act("Autre acte"))(tmp_path / "seul")
    append(
        f"{MEMBER}/preuves.yaml",
        "  - cle: neuve\n    titre: Neuve\n    fichier: preuves/neuve.pdf\n    criteres: [4]\n",
    )(tmp_path / "seul")
    assert run("number", tmp_path / "seul").code == 0
    assert labels(tmp_path / "seul") == alone | {f"{MEMBER}/neuve": "B-P4.2"}
    merged(run, network, exported(tmp_path / "seul", tmp_path / "c.zip"))
    run("number", network)
    assert labels(network)[f"{MEMBER}/neuve"] == "B-P4.2"


def test_the_lead_itself_may_be_taken_out(network: Path, tmp_path: Path, run: Run) -> None:
    append("candidature.yaml", "# Le pilote signe en dernier.\n")(network)
    assert run("split", LEAD, network, "-o", tmp_path / "seul").code == 0
    text = (tmp_path / "seul/candidature.yaml").read_text("utf-8")
    assert text == (network / "candidature.yaml").read_text("utf-8").replace(
        "etablissements: [lycee, lycee-b, erea]\nreseau: {nom: Réseau du bois, pilote: lycee}\n",
        "etablissements: [lycee]\n",
    )
    assert program("check", tmp_path / "seul").code == 0


@pytest.mark.parametrize(
    ("key", "harm", "code", "said"),
    [
        ("absent", None, 3, "Ceux qui y sont : lycee, lycee-b, erea"),
        (LEAD, write("candidature.yaml", "{gabarit: x, etablissements: [lycee, erea]}\n"), 1, "ne peut pas être repris"),
        (LEAD, write("numeros.yaml", "numeros: {lycee/carte: {cotte: P1.1}}\n"), 1, "pour ne perdre aucune cote"),
    ],
    ids=["unknown", "request", "ledger"],
)  # fmt: skip
def test_what_cannot_be_taken_out_is_explained_and_nothing_is_written(
    key: str, harm: Callable[[Path], None] | None, code: int, said: str, network: Path, tmp_path: Path, run: Run
) -> None:
    if harm:
        harm(network)
    done = run("split", key, network, "-o", tmp_path / "seul")
    assert (done.code, said in done.err) == (code, True), done.err
    assert not (tmp_path / "seul").exists()


def test_a_school_is_not_taken_out_over_something(network: Path, tmp_path: Path, run: Run) -> None:
    write("autre.txt", "x")(tmp_path / "pris")
    assert run("split", LEAD, network, "-o", tmp_path / "pris").code == 5
    assert run("split", LEAD, network, "-o", network / "seul").code == 5
    assert tree(tmp_path / "pris") == {"autre.txt": b"x"}


def test_every_order_of_two_schools_numbers_alike(tmp_path: Path, run: Run) -> None:
    sent = {
        MEMBER: exported(member(tmp_path / "b"), tmp_path / "b.zip"),
        OTHER: exported(member(tmp_path / "c", OTHER), tmp_path / "c.zip"),
    }
    ledgers = set()
    for rank, order in enumerate(itertools.permutations(sent)):
        network = lead(tmp_path / f"reseau-{rank}")
        for key in order:
            merged(run, network, sent[key])
        run("number", network)
        ledgers.add((network / "numeros.yaml").read_bytes())
    assert len(ledgers) == 1
