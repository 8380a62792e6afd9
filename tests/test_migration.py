"""A candidature carried from seven criteria to eight: nothing is lost, no label moves, and only what must change does."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from candidature import append, change, drop, write
from ruamel.yaml import YAML
from sabotage import sabotaged, steps_of

from assembler.assembly.number import number_exhibits
from assembler.errors import DossierError, Refused
from assembler.migration import apply_migration, plan_migration
from assembler.pipeline import examine

Run = Callable[..., Any]
DAY = date(2026, 11, 20)
SEVEN = Path(__file__).parent / "dossiers" / "national-2016"


@pytest.fixture
def seven(tmp_path: Path) -> Path:
    """A candidature under seven criteria, with a reference to the last one."""
    root = Path(shutil.copytree(SEVEN, tmp_path / "ici" / "candidature"))
    append("lycee/bilan.md", "\nVoir le [critere:7], l’[attendu:3.a] et les 7 critères.\n")(root)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines_changed(before: bytes, after: bytes) -> list[tuple[str, str]]:
    old, new = before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True)
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


# ------------------------------------------------------------------------------------------------------------ carried


def test_narratives_take_the_number_of_their_criterion_and_the_new_one_is_to_be_written(seven: Path, run: Run) -> None:
    before = tree(seven)
    assert run("migrate", seven, "national-2023").code == 0
    after = tree(seven)
    for old, new in ((1, 1), (2, 2), (3, 4), (4, 5), (7, 8)):
        assert after[f"lycee/critere-{new}.md"] == before[f"lycee/critere-{old}.md"]
    assert "Deux lycées partenaires [preuve:site] ; voir [attendu:5.a]." in after["lycee/critere-6.md"].decode()
    assert "Voir le [critere:8], l’[attendu:4.a]" in after["lycee/bilan.md"].decode()
    guidance = after["lycee/critere-3.md"].decode()
    assert "Critère 3 — Des réponses pédagogiques" in guidance
    assert after.keys() - before.keys() == {"lycee/critere-8.md"}


def test_the_yaml_files_change_by_the_lines_that_had_to(seven: Path, run: Run) -> None:
    write(
        "lycee/preuves.yaml", b"\xef\xbb\xbf" + (seven / "lycee" / "preuves.yaml").read_bytes().replace(b"\n", b"\r\n")
    )(seven)
    append("lycee/preuves.yaml", "    # crit\u00e8re 3 :   \u00e0 garder\r\n")(seven)
    before = tree(seven)
    run("migrate", seven, "national-2023")
    after = tree(seven)
    assert lines_changed(before["candidature.yaml"], after["candidature.yaml"]) == [
        ("gabarit: national-2016\n", "gabarit: national-2023\n")
    ]
    assert lines_changed(before["lycee/preuves.yaml"], after["lycee/preuves.yaml"]) == [
        ("    criteres: [1, 2, 6]\r\n", "    criteres: [1, 2, 7]\r\n"),
        ("    attendus: [1.a, 2.a, 6.a]\r\n", "    attendus: [1.a, 2.a, 7.a]\r\n"),
        ("    criteres: [7, 3, 4, 5]\r\n", "    criteres: [8, 4, 5, 6]\r\n"),
        ("    attendus: [3.a, 4.a, 5.a, 7.a]\r\n", "    attendus: [4.a, 5.a, 6.a, 8.a]\r\n"),
    ]
    untouched = {name for name in before if before[name] == after.get(name)}
    assert {"lycee/etablissement.yaml", "lycee/pieces/acte.pdf", "lycee/preuves/plan.pdf"} <= untouched


def test_no_issued_label_moves(seven: Path, run: Run) -> None:
    run("number", seven)
    ledger = (seven / "numeros.yaml").read_bytes()
    labels = {each.entry.id: each.label for each in examine(seven, DAY, lambda *_: None).dossier.exhibits}
    run("migrate", seven, "national-2023")
    assert (seven / "numeros.yaml").read_bytes() == ledger
    after = examine(seven, DAY, lambda *_: None).dossier
    assert {each.entry.id: each.label for each in after.exhibits} == labels == {
        "lycee/accord-ca": "A1", "lycee/plan": "P1.1", "lycee/site": "P7.1",
    }  # fmt: skip
    run("number", seven)
    assert (seven / "numeros.yaml").read_bytes() == ledger


def test_the_next_exhibit_of_a_criterion_never_takes_a_label_of_the_old_one(seven: Path, run: Run) -> None:
    run("number", seven)
    run("migrate", seven, "national-2023")
    append("lycee/preuves.yaml", "  - {cle: suivi, titre: Un suivi, lien: https://exemple.fr/s, criteres: [7]}\n")(
        seven
    )
    examined = examine(seven, DAY, lambda *_: None)
    numbering = number_exhibits(examined.content, examined.dossier.pack)
    assert {each.entry.key: each.label for each in numbering.exhibits}["suivi"] == "P7.2"


def test_it_then_builds_and_only_what_is_new_is_missing(seven: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", seven, "-o", tmp_path / "avant").code == 0
    run("migrate", seven, "national-2023")
    done = run("build", seven, "-o", tmp_path / "sortie")
    told = json.loads((tmp_path / "sortie" / "constats.json").read_text("utf-8"))["constats"]
    assert [(each["code"], each["fichier"]) for each in told if each["severite"] == "erreur"] == [
        ("criterion-unanswered", "lycee/critere-3.md")
    ]
    assert done.code == 1
    append("lycee/critere-3.md", '## Des parcours adaptés {attendus="a b c d e f g h"}\n\nUn texte [preuve:plan].\n')(
        seven
    )
    assert run("build", seven, "-o", tmp_path / "sortie").code == 0
    held = json.loads((tmp_path / "sortie" / "dossier.json").read_text("utf-8"))["dossier"]
    assert [each["number"] for each in held["pack"]["framework"]["criteria"]] == list("12345678")


def test_migrating_twice_changes_nothing(seven: Path, run: Run) -> None:
    run("migrate", seven, "national-2023")
    once = tree(seven)
    again = run("migrate", seven, "national-2023")
    assert (again.code, "suit déjà le gabarit" in again.out) == (0, True)
    assert tree(seven) == once


def test_a_dry_run_shows_every_line_and_writes_nothing(seven: Path, run: Run) -> None:
    before = tree(seven)
    done = run("migrate", seven, "national-2023", "--dry-run")
    assert done.code == 0
    assert tree(seven) == before
    for line in (
        "lycee/critere-3.md devient lycee/critere-4.md",
        "  ligne 3\n    avant : Deux lycées partenaires [preuve:site] ; voir [attendu:4.a].\n"
        "    après : Deux lycées partenaires [preuve:site] ; voir [attendu:5.a].",
        "lycee/critere-3.md est nouveau, à écrire",
        "remarque · candidature.yaml, ligne 1 : La candidature suit maintenant le gabarit national-2023.",
        "avertissement · lycee/critere-4.md : Cet argumentaire répondait au critère 3",
        "avertissement · lycee/bilan.md, ligne 3 : « 7 critères » est écrit en toutes lettres",
        "Rien n’a été écrit.",
    ):
        assert line in done.out


def test_every_school_of_a_network_is_carried_and_what_they_wrote_together(seven: Path, run: Run) -> None:
    shutil.copytree(seven / "lycee", seven / "voisin")
    write("commun/critere-3.md", "Ensemble, voir [critere:4].\n")(seven)
    write(
        "commun/preuves.yaml",
        "preuves:\n  - {cle: c, titre: C, lien: https://exemple.fr, criteres: [3], attendus: [a]}\n",
    )(seven)
    change("candidature.yaml", "[lycee]", "[lycee, voisin]\nreseau: {nom: Réseau, pilote: lycee}")(seven)
    assert run("migrate", seven, "national-2023").code == 0
    after = tree(seven)
    assert after["commun/critere-4.md"] == b"Ensemble, voir [critere:5].\n"
    assert b"criteres: [4], attendus: [a]" in after["commun/preuves.yaml"]
    assert "commun/critere-3.md" not in after
    assert after["voisin/critere-8.md"] == after["lycee/critere-8.md"]
    assert after["voisin/critere-3.md"] == after["lycee/critere-3.md"]


def test_the_requests_of_auditors_follow_too(seven: Path, run: Run) -> None:
    write("demandes.yaml", "demandes:\n  - numero: 1\n    critere: 4   # culture\n    attendus: [4.a]\n")(seven)
    write("demandes/D1.md", "Voir [critere:4].\n")(seven)
    run("migrate", seven, "national-2023")
    assert "critere: 5   # culture\n    attendus: [5.a]" in (seven / "demandes.yaml").read_text("utf-8")
    assert (seven / "demandes" / "D1.md").read_text("utf-8") == "Voir [critere:5].\n"


# -------------------------------------------------------------------------------------------------------- nothing lost


def test_a_file_that_stood_in_the_way_is_set_aside_not_overwritten(seven: Path, run: Run) -> None:
    write("lycee/critere-8.md", "Un reste d’autrefois.\n")(seven)
    done = run("migrate", seven, "national-2023")
    assert (seven / "lycee" / "ancien-critere-8.md").read_text("utf-8") == "Un reste d’autrefois.\n"
    assert "Une communication partagée" in (seven / "lycee" / "critere-8.md").read_text("utf-8")
    assert "lycee/ancien-critere-8.md : Le critère 8 n’existe plus, ou a changé de numéro" in done.out


def test_back_to_seven_the_third_is_set_aside_and_what_pointed_to_it_is_told(seven: Path, run: Run) -> None:
    run("migrate", seven, "national-2023")
    write("lycee/critere-3.md", "Des parcours.\n")(seven)
    append("lycee/bilan.md", "Voir le [critere:3].\n")(seven)
    change("lycee/preuves.yaml", "criteres: [1, 2, 7]", "criteres: [1, 3, 2, 7]")(seven)
    done = run("migrate", seven, "national-2016")
    assert done.code == 0
    after = tree(seven)
    assert after["lycee/ancien-critere-3.md"] == b"Des parcours.\n"
    assert "Les entreprises partagent" in after["lycee/critere-3.md"].decode()
    assert "Voir le critère 3 de l’ancien référentiel." in after["lycee/bilan.md"].decode()
    assert b"criteres: [1, 2, 6]" in after["lycee/preuves.yaml"]
    assert "lycee/bilan.md, ligne 4 : « [critere:3] » n’a pas d’équivalent" in done.out
    assert "lycee/preuves.yaml, ligne 18 : « 3 » n’a pas d’équivalent" in done.out


def test_every_byte_written_is_still_somewhere(seven: Path, run: Run) -> None:
    """Any stray file, in any sub-folder, with any name."""
    for name in (
        "notes.txt",
        "lycee/critere-4.docx",
        "lycee/preuves/a/b.bin",
        "lycee/ancien-critere-3.md",
        ".cache/x",
        "lycee/vide.md",
    ):
        write(name, f"contenu de {name}")(seven)
    (seven / "dossier-vide").mkdir()
    (seven / "lien").symlink_to("lycee")
    before = tree(seven)
    run("migrate", seven, "national-2023")
    after = tree(seven)
    rewritten = {"candidature.yaml", "lycee/preuves.yaml", "lycee/critere-5.md", "lycee/critere-6.md", "lycee/bilan.md"}
    assert {content for name, content in before.items() if name not in rewritten} <= set(after.values())
    assert (seven / "dossier-vide").is_dir()
    assert (seven / "lien").is_symlink()


def test_between_packs_of_one_framework_only_the_request_changes(simple: Path, run: Run) -> None:
    before = tree(simple)
    assert run("migrate", simple, "paca-2025").code == 0
    after = tree(simple)
    assert {name for name in after if after[name] != before.get(name)} == {"candidature.yaml"}


# ------------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (drop("candidature.yaml"), 3),
        (change("candidature.yaml", "national-2016", "national-2032"), 3),
        (append("lycee/preuves.yaml", "  - cle: [\n"), 1),
        (append("candidature.yaml", "gabarit: national-2023\n"), 1),
    ],
    ids=["no request", "unknown pack", "broken manifest", "pack named twice"],
)
def test_what_cannot_be_read_is_not_carried(spoil: Callable[[Path], None], code: int, seven: Path, run: Run) -> None:
    spoil(seven)
    before = tree(seven)
    assert run("migrate", seven, "national-2023").code == code
    assert tree(seven) == before


def test_an_unknown_pack_or_an_annex_is_refused(seven: Path, run: Run) -> None:
    before = tree(seven)
    assert run("migrate", seven, "national-2032").code == 3
    assert run("migrate", seven, "qualeduc").code == 1
    assert run("migrate", seven / "absente", "national-2023").code == 3
    assert tree(seven) == before


def test_from_inside_the_folder_it_is_refused_with_what_to_do(seven: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "migrate", ".", "national-2023"],
        cwd=seven,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, "cd .." in done.stderr.decode()) == (5, True)


# ------------------------------------------------------------------------------------------------------ all or nothing


def migrated(folder: Path) -> dict[str, bytes]:
    again = Path(shutil.copytree(folder, folder.parent.parent / "modele"))
    apply_migration(plan_migration(again, "national-2023", DAY))
    return tree(again)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal 9")
@pytest.mark.parametrize(("fault", "swap"), [("ENOSPC", "in one step"), ("KILL", "in one step"), ("KILL", "in two")])
def test_at_every_step_that_changes_the_disk_the_folder_is_the_old_one_or_the_new_one(
    fault: str, swap: str, seven: Path, tmp_path: Path
) -> None:
    before, after = tree(seven), migrated(seven)
    model = Path(shutil.copytree(seven, tmp_path / "depart"))
    apart = {"FAULT_APART": "1"} if swap == "in two" else {}
    for step in steps_of("migrate", seven, "national-2023", counts=tmp_path / "compte", **apart):
        shutil.rmtree(seven.parent)
        shutil.copytree(model, seven)
        done = sabotaged("migrate", seven, "national-2023", at=step, fault=fault, **apart)
        assert "Traceback" not in done.err
        if not seven.exists():
            assert apart
            plan_migration(seven, "national-2023", DAY)  # whoever asks next puts it back
        assert tree(seven) in (before, after)
        if done.code not in (0, -9):
            assert [each.name for each in seven.parent.iterdir()] == ["candidature"]


@pytest.mark.skipif(sys.platform == "win32", reason="no signal 9")
def test_killed_at_any_moment_it_is_whole(seven: Path) -> None:
    before, after = tree(seven), migrated(seven)
    model = Path(shutil.copytree(seven, seven.parent.parent / "depart"))
    command = [sys.executable, "-m", "assembler", "migrate", str(seven), "national-2023"]
    started = time.monotonic()
    subprocess.run(command, capture_output=True, check=True)
    lasts = time.monotonic() - started
    chance = random.Random(20261120)
    for _ in range(int(os.environ.get("FAULTS", "5"))):
        shutil.rmtree(seven)
        shutil.copytree(model, seven)
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        running.kill()
        running.wait()
        assert tree(seven) in (before, after)


def test_two_at_once_end_in_one_whole_folder(seven: Path) -> None:
    after = migrated(seven)
    command = [sys.executable, "-m", "assembler", "migrate", str(seven), "national-2023"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    codes = [each.wait(100) for each in both]
    assert 0 in codes
    assert set(codes) <= {0, 4, 5}
    assert tree(seven) == after


def test_what_changed_since_it_was_planned_is_not_overwritten(seven: Path) -> None:
    plan = plan_migration(seven, "national-2023", DAY)
    append("lycee/critere-3.md", "Une phrase de plus.\n")(seven)
    before = tree(seven)
    with pytest.raises(Refused) as caught:
        apply_migration(plan)
    assert (caught.value.code, tree(seven)) == ("migrate-changed", before)
    assert [each.name for each in seven.parent.iterdir()] == ["candidature"]


def test_a_file_that_can_no_longer_be_read_is_told(seven: Path) -> None:
    plan = plan_migration(seven, "national-2023", DAY)
    shutil.rmtree(seven / "lycee")
    with pytest.raises(DossierError):
        apply_migration(plan)
    assert (seven / "candidature.yaml").is_file()


def test_what_is_written_is_still_yaml(seven: Path, run: Run) -> None:
    run("migrate", seven, "national-2023")
    for path in seven.rglob("*.yaml"):
        assert YAML(typ="safe").load(path.read_text("utf-8"))
