"""A pack travels as one file: what was made arrives, what is doubtful does not, and who receives it sees what changes."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from candidature import PACK, TEMPLATES, change, copy_simple
from platformdirs import user_data_path
from sabotage import sabotaged, steps_of
from word_template import ATTACKS, SHIPPED

from assembler.distribution import fingerprint_of
from assembler.tools.fingerprint import _words, six_words
from assembler.tools.packing import SIGNATURE, SUMS
from assembler.writers.pdf.fonts import SHARED

Run = Callable[..., Any]
IDENTITY = "id: essai\ntitre: Essai\nversion: {version}\nemetteur: Académie d’Exemple\nen-vigueur: 2023-11-01\netend: {parent}\n"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packs and keys added by one test are not there for the next."""
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "donnees"))
    return user_data_path("dossier", appauthor=False)


def pack(
    folder: Path, version: str = '"1.0"', *, parent: str = "national-2023", rules: str = "", criteria: str = ""
) -> Path:
    """The pack `essai` in `folder`, which extends `parent`."""
    place = folder / "essai"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / "pack.yaml").write_text(IDENTITY.format(version=version, parent=parent) + rules, "utf-8")
    if criteria:
        (place / "criteres.yaml").write_text(criteria, "utf-8")
    return place


def exported(run: Run, place: Path, target: Path, *options: str | Path) -> Path:
    done = run("pack", "export", place, "-o", target, *options)
    assert done.code == 0, done.err
    return target


def rezipped(file: Path, alter: Callable[[dict[str, bytes]], None], *, sums: bool = True) -> Path:
    """The file with its content altered, its manifest made anew by somebody who knows how (unless `sums` is False)."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    alter(held)
    if sums:
        rows = sorted((name, content) for name, content in held.items() if name not in (SUMS, SIGNATURE))
        held[SUMS] = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in rows).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return file


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words(told: str) -> str:
    found = re.search(r"Empreinte : (.+)", told)
    assert found
    return found[1]


# ------------------------------------------------------------------------------------------------------------ arriving


def test_a_pack_sent_and_added_is_the_pack_file_for_file(tmp_path: Path, run: Run, own_data: Path) -> None:
    place = pack(tmp_path / "ici", rules="limites: {preuve-mo: 50}\n")
    sent = run("pack", "export", place, "-o", tmp_path / "e.gabarit.zip")
    added = run("pack", "add", tmp_path / "e.gabarit.zip")
    assert (sent.code, added.code) == (0, 0)
    assert words(sent.out) == words(added.out) == fingerprint_of(place)
    assert tree(own_data / "gabarits" / "essai") == tree(place)
    assert "essai — Essai, version 1.0" in run("pack", "list").out


@pytest.mark.parametrize("name", sorted(each.parent.name for each in TEMPLATES.glob("*/pack.yaml")))
def test_every_shipped_pack_travels(name: str, tmp_path: Path, run: Run) -> None:
    file = exported(run, Path(name), tmp_path / "p.gabarit.zip")
    added = run("pack", "add", file)
    assert added.code == 0
    assert "fichier pour fichier" in added.out


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_template_that_attacks_is_added(attack: str, tmp_path: Path, run: Run, own_data: Path) -> None:
    root = copy_simple(tmp_path / "candidature")
    ATTACKS[attack][0](root)
    hostile = (root / "gabarits" / PACK / "dossier.docx").read_bytes()
    (pack(tmp_path / "ici") / "dossier.docx").write_bytes(SHIPPED.read_bytes())
    file = exported(run, tmp_path / "ici" / "essai", tmp_path / "e.gabarit.zip")
    rezipped(file, lambda held: held.update({"dossier.docx": hostile}))
    added = run("pack", "add", file, "--yes")
    assert added.code in (1, 3, 5), added.err
    assert not (own_data / "gabarits" / "essai").exists()


def test_without_an_output_the_file_is_named_after_the_pack_and_its_version(tmp_path: Path) -> None:
    place = pack(tmp_path, '"2026/1 bis"')
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "pack", "export", place], cwd=tmp_path, capture_output=True, check=True
    )
    assert "essai-2026-1-bis.gabarit.zip" in done.stdout.decode()
    assert (tmp_path / "essai-2026-1-bis.gabarit.zip").is_file()


def test_the_same_pack_makes_the_same_bytes(tmp_path: Path, run: Run) -> None:
    first = exported(run, pack(tmp_path / "a"), tmp_path / "a.zip")
    second = exported(run, pack(tmp_path / "b"), tmp_path / "b.zip")
    assert first.read_bytes() == second.read_bytes()


def test_what_a_file_manager_left_does_not_travel(tmp_path: Path, run: Run) -> None:
    place = pack(tmp_path)
    clean = exported(run, place, tmp_path / "a.zip").read_bytes()
    for name in (".DS_Store", "Thumbs.db", "~$dossier.docx"):
        (place / name).write_bytes(b"x")
    assert exported(run, place, tmp_path / "b.zip").read_bytes() == clean


def test_a_pack_with_an_error_is_not_sent(tmp_path: Path, run: Run) -> None:
    done = run("pack", "export", pack(tmp_path, parent="national-2032"), "-o", tmp_path / "a.zip")
    assert done.code == 1
    assert "erreur · essai/pack.yaml, ligne 6" in done.err
    assert not (tmp_path / "a.zip").exists()


# ------------------------------------------------------------------------------------------------------ what it changes


def test_what_differs_from_the_pack_in_use_is_said_in_french(tmp_path: Path, run: Run) -> None:
    run("pack", "add", exported(run, pack(tmp_path), tmp_path / "1.zip"))
    newer = pack(
        tmp_path, '"1.1"', rules="limites: {preuve-mo: 50}\nmots: {dossier: Dossier de demande}\n",
        criteria="criteres:\n  modifier:\n    offre:\n      attendus: {retirer: [e]}\n  ajouter:\n    - {id: ecologie, numero: '9',"
                 " titre: Une transition écologique, attendus: [{lettre: a, texte: Un plan, nature: ferme}]}\n",
    )  # fmt: skip
    (newer / "notes.md").write_text("Notes\n", "utf-8")
    (newer / "polices").mkdir()
    (newer / "polices" / "licence.txt").write_text("Libre\n", "utf-8")
    told = run("pack", "add", exported(run, newer, tmp_path / "2.zip")).out
    assert "Il remplace la version 1.0. Ce qui change :" in told
    for line in (
        "Nouveau critère 9 : Une transition écologique.",
        "L’attendu 1.e n’est plus demandé : Un intitulé de label",
        "Taille maximale d’une preuve, en Mo : 100 → 50.",
        "« Dossier de candidature » devient « Dossier de demande ».",
        "Nouveau fichier : notes.md.",
        "Les polices jointes ont changé.",
    ):
        assert line in told


def test_two_versions_are_never_mixed(tmp_path: Path, run: Run, own_data: Path) -> None:
    older = pack(tmp_path / "1", criteria="criteres: {retirer: [communication]}\n")
    (older / "notes.md").write_text("Notes\n", "utf-8")
    run("pack", "add", exported(run, older, tmp_path / "1.zip"))
    newer = pack(tmp_path / "2", '"2.0"')
    assert run("pack", "add", exported(run, newer, tmp_path / "2.zip")).code == 0
    assert tree(own_data / "gabarits" / "essai") == tree(newer)
    assert [each.name for each in (own_data / "gabarits").iterdir()] == ["essai"]


def test_another_content_under_the_same_version_is_refused_unless_forced(
    tmp_path: Path, run: Run, own_data: Path
) -> None:
    first = pack(tmp_path / "1")
    run("pack", "add", exported(run, first, tmp_path / "1.zip"))
    other = pack(tmp_path / "2", rules="limites: {preuve-mo: 50}\n")
    file = exported(run, other, tmp_path / "2.zip")
    refused = run("pack", "add", file)
    assert refused.code == 5
    assert "le même numéro de version (1.0)" in refused.err
    assert tree(own_data / "gabarits" / "essai") == tree(first)
    assert run("pack", "add", file, "--force").code == 0
    assert tree(own_data / "gabarits" / "essai") == tree(other)


def test_a_dry_run_adds_nothing(tmp_path: Path, run: Run, own_data: Path) -> None:
    done = run("pack", "add", exported(run, pack(tmp_path), tmp_path / "1.zip"), "--dry-run")
    assert (done.code, "Aucun gabarit de ce nom n’est en usage." in done.out) == (0, True)
    assert not own_data.exists()


def test_a_candidature_may_keep_a_version_of_its_own(tmp_path: Path, run: Run, simple: Path, own_data: Path) -> None:
    file = exported(run, pack(tmp_path / "1"), tmp_path / "1.zip")
    assert run("pack", "add", file, "--only-for", simple).code == 0
    assert (simple / "gabarits" / "essai" / "pack.yaml").is_file()
    assert not own_data.exists()
    assert run("pack", "add", file, "--only-for", tmp_path / "absente").code == 3


def test_another_version_than_the_candidatures_is_said_when_it_is_checked(
    tmp_path: Path, run: Run, simple: Path
) -> None:
    run("pack", "add", exported(run, pack(tmp_path / "1"), tmp_path / "1.zip"))
    change("candidature.yaml", "gabarit: national-2023", 'gabarit: essai\ngabarit-version: "1.0"')(simple)
    assert "gabarit-version" not in run("check", simple).out
    run("pack", "add", exported(run, pack(tmp_path / "2", '"1.1"'), tmp_path / "2.zip"))
    told = run("check", simple).out
    assert "avertissement · candidature.yaml, ligne 2 : Cette candidature suit la version 1.0 du gabarit essai" in told
    assert "celle de cet ordinateur est la 1.1" in told


def test_a_pack_that_extends_an_absent_one_is_explained(tmp_path: Path, run: Run, own_data: Path) -> None:
    (own_data / "gabarits").mkdir(parents=True)
    shutil.copytree(pack(tmp_path / "p"), own_data / "gabarits" / "parent")
    change("pack.yaml", "id: essai", "id: parent")(own_data / "gabarits" / "parent")
    file = exported(run, pack(tmp_path / "1", parent="parent"), tmp_path / "1.zip")
    shutil.rmtree(own_data / "gabarits" / "parent")
    done = run("pack", "add", file)
    assert done.code == 1
    assert "Le gabarit étendu, « parent », est introuvable" in done.err
    assert "n’a pas été ajouté" in done.err
    assert list((own_data / "gabarits").iterdir()) == []


def test_the_packs_that_extend_it_are_named(tmp_path: Path, run: Run) -> None:
    shutil.copytree(TEMPLATES / "national-2023", tmp_path / "national-2023")
    (tmp_path / "national-2023" / "polices").mkdir()
    shutil.copy(SHARED / "Caladea-Regular.ttf", tmp_path / "national-2023" / "polices")
    change("pack.yaml", 'version: "1.0"', 'version: "9"')(tmp_path / "national-2023")
    change("criteres.yaml", "  - id: partenariat", "  - id: partenaires")(tmp_path / "national-2023")
    told = run("pack", "add", exported(run, tmp_path / "national-2023", tmp_path / "1.zip"), "--dry-run").out
    assert "Nouveau critère 4" in told
    assert "Le critère 4 n’est plus demandé" in told
    line = next(each for each in told.splitlines() if each.startswith("Les gabarits qui l’étendent"))
    assert "national-2016" in line
    assert "paca-2025 (qui ne pourra plus l’être)" in line


# ------------------------------------------------------------------------------------------------------ what is doubtful


def attack(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda held: held.update({name: content})


@pytest.mark.parametrize(
    ("alter", "code", "said"),
    [
        (attack("essai/crochet.py", b"print()"), 1, "n’a pas sa place dans un gabarit"),
        (attack("essai/scripts/a.md", b"x"), 1, "n’a pas sa place dans un gabarit"),
        (attack("essai/logo.png", b"\x7fELF"), 1, "n’est pas ce que son nom annonce"),
        (attack("essai/polices/a.ttf", b"MZ\x90\x00"), 1, "n’est pas ce que son nom annonce"),
        (attack("essai/notes.txt", b"\xff\xfe\x00"), 1, "n’est pas ce que son nom annonce"),
        (attack("essai/dossier.docx", b"PK\x03\x04 rien de plus"), 1, "n’a pas été ajouté"),
        (attack("essai/.cache", b"x"), 5, "un nom qui n’a rien à y faire (essai/.cache)"),
        (attack("autre/pack.yaml", b"id: autre"), 5, "n’est pas un gabarit"),
        (attack("../evade.yaml", b"x"), 5, "un nom qui n’a rien à y faire"),
        (attack("essai/PACK.yaml", b"x"), 5, "certains ordinateurs confondent"),
        (lambda held: held.pop("essai/pack.yaml"), 5, "n’est pas"),
        (attack("essai/pack.yaml", b"id: autre\n"), 1, "n’a pas été ajouté"),
    ],
    ids=["code", "folder", "program", "font", "utf-16", "word", "hidden", "two", "traversal", "case", "empty", "id"],
)
def test_what_is_not_a_pack_and_nothing_else_is_refused_and_leaves_nothing(
    alter: Callable[[dict[str, bytes]], None], code: int, said: str, tmp_path: Path, run: Run, own_data: Path
) -> None:
    file = rezipped(exported(run, pack(tmp_path), tmp_path / "1.zip"), alter)
    done = run("pack", "add", file, "--yes", "--force")
    assert (done.code, said in done.err) == (code, True), done.err
    assert "Traceback" not in done.err
    assert not own_data.exists()


def test_a_file_altered_on_the_way_is_refused(tmp_path: Path, run: Run, own_data: Path) -> None:
    file = exported(run, pack(tmp_path), tmp_path / "1.zip")
    rezipped(
        file, lambda held: held.update({"essai/pack.yaml": held["essai/pack.yaml"] + b"officiel: oui\n"}), sums=False
    )
    done = run("pack", "add", file)
    assert (done.code, "« essai/pack.yaml » a changé" in done.err) == (5, True)
    assert not own_data.exists()


def test_a_stranger_in_the_folder_of_a_pack_is_an_error_of_pack_check_too(tmp_path: Path, run: Run) -> None:
    place = pack(tmp_path)
    (place / "crochet.py").write_text("print()")
    done = run("pack", "check", place)
    assert (done.code, "essai/crochet.py : Ce fichier n’a pas sa place" in done.out) == (1, True)


# ------------------------------------------------------------------------------------------------------------- the seal


@pytest.fixture
def signs() -> None:
    pytest.importorskip("cryptography", reason="cryptography is not installed: nothing can be signed")


@pytest.mark.usefixtures("signs")
def test_the_key_of_the_first_signed_pack_is_the_one_expected_from_then_on(
    tmp_path: Path, run: Run, own_data: Path
) -> None:
    key, other = tmp_path / "cle.pem", tmp_path / "autre.pem"
    first = exported(run, pack(tmp_path, '"1"'), tmp_path / "1.zip", "--new-key", key)
    assert "vue pour la première fois" in run("pack", "add", first).out
    second = exported(run, pack(tmp_path, '"2"'), tmp_path / "2.zip", "--sign", key)
    assert "la clé habituelle" in run("pack", "add", second).out
    foreign = run("pack", "add", exported(run, pack(tmp_path, '"3"'), tmp_path / "3.zip", "--new-key", other))
    assert (foreign.code, "n’est pas signé avec la clé habituelle" in foreign.err) == (5, True)
    unsigned = run("pack", "add", exported(run, pack(tmp_path, '"4"'), tmp_path / "4.zip"))
    assert (unsigned.code, "n’est pas signé, alors que le précédent l’était" in unsigned.err) == (5, True)
    assert 'version: "2"' in (own_data / "gabarits" / "essai" / "pack.yaml").read_text("utf-8")


@pytest.mark.usefixtures("signs")
def test_an_issuer_is_expected_to_keep_its_key_for_its_other_packs(tmp_path: Path, run: Run) -> None:
    key, other = tmp_path / "cle.pem", tmp_path / "autre.pem"
    run("pack", "add", exported(run, pack(tmp_path), tmp_path / "1.zip", "--new-key", key))
    second = pack(tmp_path / "b").rename(tmp_path / "second")
    change("pack.yaml", "id: essai", "id: second")(second)
    done = run("pack", "add", exported(run, second, tmp_path / "2.zip", "--new-key", other))
    assert (done.code, "Académie d’Exemple" in done.err) == (5, True)


@pytest.mark.usefixtures("signs")
@pytest.mark.parametrize(
    "alter",
    [
        lambda held: held.update({"essai/pack.yaml": held["essai/pack.yaml"] + b"officiel: oui\n"}),
        lambda held: held.update({SIGNATURE: held[SIGNATURE].replace(b"signature: ", b"signature: 00")[:-3] + b"\n"}),
        lambda held: held.update({SIGNATURE: b"rien"}),
        lambda held: held.update({SIGNATURE: b""}),
    ],
    ids=["content", "signature", "form", "empty"],
)
def test_a_false_signature_is_refused(
    alter: Callable[[dict[str, bytes]], None], tmp_path: Path, run: Run, own_data: Path
) -> None:
    file = rezipped(exported(run, pack(tmp_path), tmp_path / "1.zip", "--new-key", tmp_path / "c.pem"), alter)
    done = run("pack", "add", file)
    assert (done.code, "est fausse" in done.err) == (5, True)
    assert not own_data.exists()


@pytest.mark.usefixtures("signs")
def test_without_the_library_a_signed_pack_is_said_not_to_be_verified(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, own_data: Path
) -> None:
    file = exported(run, pack(tmp_path), tmp_path / "1.zip", "--new-key", tmp_path / "c.pem")
    real = builtins.__import__

    def absent(name: str, *others: Any) -> Any:
        if name.split(".")[0] == "cryptography":
            raise ImportError(name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", absent)
    done = run("pack", "add", file)
    assert (done.code, "Signature : non vérifiée" in done.out) == (0, True)
    assert not (own_data / "cles.json").exists()
    assert run("pack", "export", pack(tmp_path), "--sign", tmp_path / "c.pem").code == 3


@pytest.mark.usefixtures("signs")
def test_a_key_is_private_and_never_written_over(tmp_path: Path, run: Run) -> None:
    key = tmp_path / "c.pem"
    exported(run, pack(tmp_path), tmp_path / "1.zip", "--new-key", key)
    before = key.read_bytes()
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    assert run("pack", "export", tmp_path / "essai", "--new-key", key).code == 5
    assert key.read_bytes() == before
    key.write_text("autre chose")
    assert run("pack", "export", tmp_path / "essai", "--sign", key).code == 5
    assert run("pack", "export", tmp_path / "essai", "--sign", tmp_path / "absente.pem").code == 3


@pytest.mark.usefixtures("signs")
@pytest.mark.parametrize(
    "damaged",
    ["", "[]", '{"gabarits": {}}', '{"gabarits": [], "emetteurs": {}}', '{"gabarits": {"a": 1}, "emetteurs": {}}'],
)
def test_a_damaged_file_of_keys_is_never_taken_for_an_empty_one(
    damaged: str, tmp_path: Path, run: Run, own_data: Path
) -> None:
    run("pack", "add", exported(run, pack(tmp_path, '"1"'), tmp_path / "1.zip", "--new-key", tmp_path / "c.pem"))
    (own_data / "cles.json").write_text(damaged)
    done = run("pack", "add", exported(run, pack(tmp_path, '"2"'), tmp_path / "2.zip"))
    assert (done.code, "fichier des clés connues est abîmé" in done.err) == (5, True)


def test_the_keys_file_holds_public_keys_only(tmp_path: Path, run: Run, own_data: Path) -> None:
    pytest.importorskip("cryptography", reason="cryptography is not installed: nothing can be signed")
    run("pack", "add", exported(run, pack(tmp_path), tmp_path / "1.zip", "--new-key", tmp_path / "c.pem"))
    held = json.loads((own_data / "cles.json").read_text("utf-8"))
    assert held["gabarits"].keys() == {"essai"}
    assert held["emetteurs"].keys() == {"académie d’exemple"}
    assert held["gabarits"]["essai"] == held["emetteurs"]["académie d’exemple"]


# ------------------------------------------------------------------------------------------------------------ six words


def test_six_words_are_sixty_six_bits() -> None:
    known = _words()
    assert len(set(known)) == len(known) == 2**11
    assert all(re.fullmatch(r"[a-zàâçéèêëîïôœùûü]{4,10}", each) for each in known)
    assert six_words(b"").split() != six_words(b"a").split()
    assert len(six_words(b"").split()) == 6


def test_the_words_of_a_content_never_change() -> None:
    """They are read aloud from one computer to another, of another year."""
    assert six_words(b"dossier") == "réaction extrait vitrail colibri grelot chaleur"


@pytest.mark.skipif(sys.platform == "win32", reason="no signal 9")
def test_at_every_step_that_changes_the_disk_the_old_pack_stands_or_the_new_one(
    tmp_path: Path, run: Run, own_data: Path
) -> None:
    older, newer = pack(tmp_path / "1", '"1"'), pack(tmp_path / "2", '"2"', rules="limites: {preuve-mo: 9}\n")
    first, second = exported(run, older, tmp_path / "1.zip"), exported(run, newer, tmp_path / "2.zip")
    run("pack", "add", first)
    kept = Path(shutil.copytree(own_data, tmp_path / "gardees"))
    for step in steps_of("pack", "add", second, counts=tmp_path / "compte"):
        shutil.rmtree(own_data)
        shutil.copytree(kept, own_data)
        sabotaged("pack", "add", second, at=step, fault="KILL")
        assert tree(own_data / "gabarits" / "essai") in (tree(older), tree(newer))
        assert "essai — Essai" in run("pack", "list").out
        assert ".essai" not in run("pack", "list").out
