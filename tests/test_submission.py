"""Handing in: the numbers issued, the version frozen, the deposit made; all of it or nothing; and judged by whoever gets it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from candidature import Outcome, append, change, copy_simple, extending, write

from assembler.model.changes import State
from assembler.pipeline import examine
from assembler.readers.versions import read_last_version, version_numbers
from assembler.tools.packing import sums_of

Run = Callable[..., Outcome]
NAME = "0999999F-2027"


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base candidature, handed in once; each test takes a copy."""
    from assembler import cli

    root = copy_simple(tmp_path_factory.mktemp("depot") / "candidature")
    assert cli.run(["submit", str(root)]) == 0
    return root


@pytest.fixture
def once(handed_in: Path, tmp_path: Path) -> Path:
    """A copy of the candidature handed in once."""
    return Path(shutil.copytree(handed_in, tmp_path / "candidature"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()
    }


def code(told: str) -> str:
    match = re.search(r"Code du dossier\s*: ((?:\w+ ){5}\w+)", told)
    assert match
    return match[1]


def test_a_version_holds_what_proves_it_and_what_is_handed_in(once: Path) -> None:
    assert sorted(files(once / "versions")) == [
        f"v1/{name}" for name in sorted((
            "SHA256SUMS", "dossier.json", "numeros.yaml", "recepisse.txt", f"depot/{NAME}.pdf", f"depot/{NAME}.docx",
            f"depot/{NAME}-sans-annexes.pdf", f"depot/{NAME}.json", "depot/recepisse.txt", "depot/SHA256SUMS",
        ))
    ]  # fmt: skip
    assert (once / "numeros.yaml").read_bytes() == (once / "versions/v1/numeros.yaml").read_bytes()


def test_every_label_is_issued_in_what_is_handed_in(once: Path) -> None:
    told = json.loads((once / "versions/v1/dossier.json").read_text())["dossier"]
    assert all(each["issued"] for each in told["exhibits"])
    assert told["submission"]["number"] == 1


def test_the_receipt_says_what_was_handed_in(once: Path) -> None:
    told = (once / "versions/v1/recepisse.txt").read_text()
    assert "Version n°\u00a01, datée du 20\u00a0novembre\u00a02026." in told
    assert "- P1.1\u00a0: Carte des formations" in told
    for name in (f"{NAME}.pdf", f"{NAME}.docx", f"{NAME}-sans-annexes.pdf", f"{NAME}.json"):
        assert f"- {name}, " in told
    submission = json.loads((once / "versions/v1/dossier.json").read_text())["dossier"]["submission"]
    assert code(told) == submission["code"]


def test_handing_in_again_with_nothing_changed_makes_no_version(once: Path, run: Run) -> None:
    before = files(once)
    done = run("submit", once)
    assert (done.code, "pas de nouvelle version" in done.out) == (0, True)
    assert files(once) == before


LITTLE = {
    "a reason": change("lycee/critere-4.md", "aucun campus de la filière", "aucun campus"),
    "people": change("lycee/preuves.yaml", "personnes: aucune", "personnes: adultes"),
    "proof": change("lycee/etablissement.yaml", ", preuve: carte", ", preuve: bilan"),
    "replaced": change("lycee/preuves.yaml", "    remplace: bilan\n", ""),
}


@pytest.fixture(scope="module")
def told_much(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidature handed in with an exhibit replaced and a request answered."""
    from assembler import cli

    root = copy_simple(tmp_path_factory.mktemp("depot") / "candidature")
    append("lycee/preuves.yaml", """\
  - cle: bilan-2
    titre: Bilan refait
    lien: https://exemple.fr/bilan
    criteres: [3]
    remplace: bilan
""")(root)  # fmt: skip
    write("demandes.yaml", REQUEST)(root)
    write("demandes/D1.md", "L’offre est précisée [preuve:carte].\n")(root)
    assert cli.run(["submit", str(root)]) == 0
    return root


@pytest.mark.parametrize("little", LITTLE)
def test_however_little_changed_it_is_handed_in_and_told(
    little: str, told_much: Path, tmp_path: Path, run: Run
) -> None:
    root = Path(shutil.copytree(told_much, tmp_path / "candidature"))
    LITTLE[little](root)
    found = examine(root, date(2026, 11, 20), lambda *_: None)
    assert found.changes is not None and not found.changes.nothing
    assert run("submit", root).code == 0
    assert version_numbers(root) == (1, 2)
    assert (root / "versions/v2/modifications.json").exists()


def test_another_date_alone_is_handed_in_too(once: Path, run: Run) -> None:
    change("candidature.yaml", "edition: 2026-11-20", "edition: 2026-11-21")(once)
    assert run("submit", once).code == 0
    assert version_numbers(once) == (1, 2)


def test_what_answers_a_request_is_handed_in_once(told_much: Path, tmp_path: Path, run: Run) -> None:
    root = Path(shutil.copytree(told_much, tmp_path / "candidature"))
    append("lycee/critere-1.md", "\nUne phrase de plus.\n")(root)
    write("demandes/D2.md", "Le suivi est précisé.\n")(root)
    for _ in range(2):
        assert run("submit", root).code == 0
        assert version_numbers(root) == (1, 2)


def test_what_no_reader_sees_is_no_change(once: Path, run: Run) -> None:
    text = (once / "lycee/preuves.yaml").read_text("utf-8")
    (once / "lycee/preuves.yaml").write_text("# une remarque\n" + text, "utf-8")
    append("candidature.yaml", "# une remarque\n")(once)
    assert "pas de nouvelle version" in run("submit", once).out


def test_a_day_that_passes_is_no_change(simple: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    change("candidature.yaml", "edition: 2026-11-20\n", "")(simple)
    for moment in ("1795000000", "1795100000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        assert run("submit", simple).code == 0
        assert version_numbers(simple) == (1,)


def test_a_wrong_clock_changes_nothing(once: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    change("candidature.yaml", "edition: 2026-11-20\n", "")(once)
    append("lycee/critere-1.md", "\nUne phrase de plus.\n")(once)
    os.utime(once / "versions/v1", (2e9, 2e9))
    found = examine(once, date(1970, 1, 1), lambda *_: None)
    assert found.version is not None
    assert found.version.number == 1
    assert "approval-future" in {each.code for each in found.findings}


def test_the_second_version_knows_what_changed_since_the_first(once: Path, run: Run) -> None:
    append("lycee/critere-1.md", "\nUne phrase de plus.\n")(once)
    found = examine(once, date(2026, 11, 20), lambda *_: None)
    assert found.changes is not None
    assert [(each.state, each.new.number if each.new else None) for each in found.changes.sections] == [
        (State.CHANGED, "1.1")
    ]
    first = code((once / "versions/v1/recepisse.txt").read_text())
    assert run("submit", once).code == 0
    assert version_numbers(once) == (1, 2)
    assert code((once / "versions/v2/recepisse.txt").read_text()) != first
    assert run("verify", once / "versions/v1/depot").code == 0


def test_an_error_forbids_handing_in_and_nothing_is_written(simple: Path, run: Run) -> None:
    append("lycee/critere-1.md", "\n[preuve:absente]\n")(simple)
    before = files(simple)
    done = run("submit", simple)
    assert (done.code, done.out) == (1, "")
    assert "absente" in done.err
    assert files(simple) == before


def test_the_same_candidature_hands_in_the_same_bytes(handed_in: Path, simple: Path, run: Run) -> None:
    assert run("submit", simple).code == 0
    assert files(simple / "versions") == files(handed_in / "versions")


@pytest.mark.parametrize("name", ["", f"{NAME}.pdf", f"{NAME}-sans-annexes.pdf"])
def test_a_deposit_is_complete_and_unchanged(name: str, once: Path, run: Run) -> None:
    done = run("verify", once / "versions/v1/depot" / name)
    assert (done.code, done.err) == (0, "")
    assert "nchangé depuis le dépôt" in done.out
    assert code(done.out) == code((once / "versions/v1/recepisse.txt").read_text())


@pytest.mark.parametrize("name", [f"{NAME}.pdf", f"{NAME}.docx", f"{NAME}.json", "recepisse.txt"])
def test_one_byte_changed_is_seen(name: str, once: Path, run: Run) -> None:
    path = once / "versions/v1/depot" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = run("verify", path.parent)
    assert done.code == 1
    assert name in done.err


def test_a_pdf_alone_that_was_changed_or_saved_again_is_seen(once: Path, run: Run) -> None:
    path = once / "versions/v1/depot" / f"{NAME}.pdf"
    content = path.read_bytes()
    for start in (20, len(content) // 2, len(content) - 300, len(content) - 3):
        path.write_bytes(content[:start] + bytes([content[start] ^ 1]) + content[start + 1 :])
        assert run("verify", path).code == 1
    path.write_bytes(content)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path)
    done = run("verify", path)
    assert (done.code, "sceau" in done.err) == (1, True)


def test_a_sealed_pdf_is_a_sound_pdf(once: Path) -> None:
    for name in (f"{NAME}.pdf", f"{NAME}-sans-annexes.pdf"):
        with pikepdf.open(once / "versions/v1/depot" / name) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_a_zip_is_judged_as_the_folder_is(simple: Path, run: Run) -> None:
    extending("national-2023", 'depot: {nom: "dossier-{uai}", archive: oui}\n')(simple)
    assert run("submit", simple).code == 0
    folder = simple / "versions/v1/depot"
    assert sorted(each.name for each in folder.iterdir()) == ["SHA256SUMS", "dossier-0999999F.zip", "recepisse.txt"]
    told = code((folder / "recepisse.txt").read_text())
    assert code(run("verify", folder).out) == told
    assert code(run("verify", folder / "dossier-0999999F.zip").out) == told
    cut = simple / "coupe.zip"
    cut.write_bytes((folder / "dossier-0999999F.zip").read_bytes()[:-100])
    assert run("verify", cut).code == 1
    with zipfile.ZipFile(folder / "dossier-0999999F.zip", "a") as archive:
        archive.writestr("ajout.txt", "?")
    assert run("verify", folder / "dossier-0999999F.zip").code == 1


@pytest.fixture
def depot(once: Path, tmp_path: Path) -> Path:
    """A copy of the deposit, far from the candidature: what an auditor receives."""
    return Path(shutil.copytree(once / "versions/v1/depot", tmp_path / "recu"))


def zipped(folder: Path, top: str, extras: tuple[str, ...] = (), directories: bool = False) -> Path:
    """A zip that anybody made of the folder."""
    path = folder.parent / "envoi.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if directories:
            archive.writestr(zipfile.ZipInfo(top), b"")
        for each in sorted(folder.iterdir()):
            archive.write(each, f"{top}{each.name}")
        for name in extras:
            archive.writestr(name, "?")
    return path


def made_again(depot: Path) -> None:
    """SHA256SUMS of what stands there now."""
    (depot / "SHA256SUMS").write_bytes(
        sums_of((each.name, each) for each in depot.iterdir() if each.name != "SHA256SUMS")
    )


@pytest.mark.parametrize(
    ("top", "directories"), [("", False), ("depot/", False), ("depot/", True), ("dépôt du lycée/", True)]
)
def test_a_zip_that_anybody_made_is_judged_as_the_folder_is(top: str, directories: bool, depot: Path, run: Run) -> None:
    done = run("verify", zipped(depot, top, directories=directories))
    assert (done.code, done.err) == (0, "")
    assert done.out == run("verify", depot).out
    assert "(5 fichiers)" in done.out
    (depot / f"{NAME}.docx").write_bytes(b"autre")
    done = run("verify", zipped(depot, top))
    assert (done.code, f"{NAME}.docx : Ce fichier n’est plus celui" in done.err) == (1, True)
    (depot / f"{NAME}.docx").unlink()
    done = run("verify", zipped(depot, top))
    assert (done.code, f"{NAME}.docx : Ce fichier du dépôt manque" in done.err) == (1, True)


@pytest.mark.parametrize("top", ["", "depot/"])
def test_what_a_computer_or_somebody_adds_to_a_zip_is_told_as_added(top: str, depot: Path, run: Run) -> None:
    extras = (f"__MACOSX/{top}._x.pdf", f"{top}.DS_Store", f"{top}note.txt")
    done = run("verify", zipped(depot, top, extras))
    assert done.code == 0
    assert sorted(re.findall(r"(\w+) · (\S+) :", done.err)) == [
        ("avertissement", "note.txt"),
        ("remarque", ".DS_Store"),
        ("remarque", "__MACOSX"),
    ]
    assert "(5 fichiers)" in done.out
    assert "S’y ajoutent 3 fichiers" in done.out


@pytest.mark.parametrize("name", ["../note.txt", "/note.txt", "depot/SHA256SUMS", "depot/sha256sums"])
def test_a_zip_with_a_bad_entry_is_refused_whole(name: str, depot: Path, run: Run) -> None:
    with pytest.warns(UserWarning) if name == "depot/SHA256SUMS" else contextlib.nullcontext():
        packed = zipped(depot, "depot/", (name,))
    assert run("verify", packed).code == 5


def test_a_zip_with_a_link_or_a_bomb_is_refused_whole(depot: Path, run: Run) -> None:
    link = zipfile.ZipInfo("depot/lien.pdf")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(zipped(depot, "depot/"), "a") as archive:
        archive.writestr(link, "/etc/hosts")
    assert run("verify", depot.parent / "envoi.zip").code == 5
    with zipfile.ZipFile(zipped(depot, "depot/"), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("depot/bombe.txt", bytes(50_000_000))
    assert run("verify", depot.parent / "envoi.zip").code == 5


def test_a_byte_changed_in_a_zip_names_its_file(depot: Path, run: Run) -> None:
    path = depot.parent / "envoi.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in sorted(depot.iterdir()):
            archive.write(each, each.name)
    content = bytearray(path.read_bytes())
    content[content.index((depot / f"{NAME}.docx").read_bytes()) + 900] ^= 1
    path.write_bytes(content)
    done = run("verify", path)
    assert (done.code, f"{NAME}.docx : Ce fichier n’est plus celui" in done.err) == (1, True)


def test_a_word_file_alone_cannot_be_verified_and_nobody_speaks_of_a_zip(depot: Path, tmp_path: Path, run: Run) -> None:
    alone = tmp_path / "seul.docx"
    shutil.copyfile(depot / f"{NAME}.docx", alone)
    done = run("verify", alone)
    assert (done.code, "zip" in done.out + done.err) == (1, False)
    assert "avec le dossier de dépôt" in done.err
    done = run("verify", depot / f"{NAME}.docx")
    assert (done.code, "SHA256SUMS" in done.out) == (0, True)
    (depot / f"{NAME}.docx").write_bytes(b"PKautre")
    assert run("verify", depot / f"{NAME}.docx").code == 1


def test_fingerprints_that_travel_with_the_files_do_not_certify_them(depot: Path, run: Run) -> None:
    done = run("verify", depot)
    assert (done.code, "nchangé depuis le dépôt" in done.out) == (0, False)
    assert "comparez ce code" in done.out
    assert code(done.out) == code((depot / "recepisse.txt").read_text())


@pytest.mark.parametrize("name", [f"{NAME}.docx", f"{NAME}.json"])
def test_a_forged_file_with_fingerprints_made_again_is_not_what_the_receipt_says(
    name: str, depot: Path, run: Run
) -> None:
    (depot / name).write_bytes((depot / name).read_bytes() + b" ")
    made_again(depot)
    done = run("verify", depot)
    assert (done.code, f"{name} : Ce fichier n’est pas celui que cite le récépissé" in done.err) == (1, True)


def test_a_forged_receipt_does_not_agree_with_the_dossier(depot: Path, run: Run) -> None:
    receipt = (depot / "recepisse.txt").read_text()
    for old, new in (
        (code(receipt), "un deux trois quatre cinq six"),
        (" ko\n", "9 ko\n"),
        (f"- {NAME}.docx", "- a.docx"),
    ):
        assert old in receipt
        (depot / "recepisse.txt").write_text(receipt.replace(old, new, 1))
        made_again(depot)
        assert run("verify", depot).code == 1
    (depot / "recepisse.txt").unlink()
    made_again(depot)
    assert run("verify", depot).code == 1


def test_where_the_version_is_kept_a_forgery_complete_in_itself_is_seen(once: Path, run: Run) -> None:
    depot = once / "versions/v1/depot"
    docx, receipt = depot / f"{NAME}.docx", depot / "recepisse.txt"
    old = hashlib.sha256(docx.read_bytes()).hexdigest()
    docx.write_bytes(docx.read_bytes() + b"0")
    receipt.write_text(receipt.read_text().replace(old, hashlib.sha256(docx.read_bytes()).hexdigest()))
    made_again(depot)
    apart = shutil.copytree(depot, once.parent / "recu")
    assert run("verify", apart).code == 0
    for place in (depot, depot.parent, once):
        done = run("verify", place)
        assert (done.code, f"{NAME}.docx : Ce fichier n’est plus celui" in done.err) == (1, True)


def test_what_is_to_be_handed_over_is_listed_with_its_fingerprints(simple: Path, run: Run) -> None:
    told = run("submit", simple).out
    listed = re.findall(r"^  (\S+)$", told, re.MULTILINE)
    assert listed == sorted(each.name for each in (simple / "versions/v1/depot").iterdir())
    assert "SHA256SUMS" in listed


def test_what_is_not_there_is_said(tmp_path: Path, run: Run) -> None:
    assert run("verify", tmp_path / "absent").code == 3
    assert run("verify").code == 2


@pytest.mark.parametrize("name", ["dossier.json", "numeros.yaml", "SHA256SUMS"])
def test_a_damaged_version_is_refused_with_its_file(name: str, once: Path, run: Run) -> None:
    path = once / "versions/v1" / name
    path.write_bytes(path.read_bytes()[:-30])
    append("lycee/critere-1.md", "\nUne phrase de plus.\n")(once)
    done = run("submit", once)
    assert done.code == 1
    assert "versions/v1/" in done.err
    assert version_numbers(once) == (1,)


def test_versions_count_by_their_numbers(tmp_path: Path) -> None:
    for name in ("v2", "v10", "v9", "v1 - Copie", ".v11.nouvelle-edition-x", "brouillon"):
        (tmp_path / "versions" / name).mkdir(parents=True)
    assert version_numbers(tmp_path) == (2, 9, 10)
    assert version_numbers(tmp_path / "absent") == ()
    assert read_last_version(tmp_path / "absent", []) is None


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["complements.pdf", "modifications.docx"]),
        (("--draft",), ["brouillon-complements.pdf", "brouillon-modifications.docx"]),
        (("--only", "word"), ["modifications.docx"]),
        (("--only", "pdf"), ["complements.pdf"]),
    ],
)
def test_an_edition_holds_what_changed_once_something_did(
    options: tuple[str, ...], names: list[str], once: Path, tmp_path: Path, run: Run
) -> None:
    for changed in ([], names):
        assert run("build", once, "-o", tmp_path / "sortie", *options).code == 0
        made = {each.name for each in (tmp_path / "sortie").iterdir()}
        assert sorted(name for name in made if "complements" in name or "modifications" in name) == changed
        append("lycee/critere-1.md", "\nUne phrase de plus.\n")(once)


REQUEST = """\
demandes:
  - {numero: 1, recue: 2027-01-12, pour: 2027-01-26, critere: 1, texte: Préciser l’offre.}
  - {numero: 2, recue: 2027-01-12, pour: 2027-01-16, attendus: [3.b], texte: Préciser le suivi.}
"""


def test_requests_are_listed_with_their_state_and_the_days_left(
    once: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 15 January 2027
    write("demandes.yaml", REQUEST)(once)
    write("demandes/D1.md", "L’offre est précisée [preuve:carte].\n")(once)
    append("lycee/critere-1.md", "\nUne phrase de plus.\n")(once)
    assert run("requests", once).out.splitlines() == [
        "D1 · critère 1 · reçue le 12/01/2027 · répondue",
        "    Préciser l’offre.",
        "    modifié : 1.1 Une offre complète",
        "D2 · attendu 3.b · reçue le 12/01/2027 · sans réponse, à rendre le 16/01/2027 (dans 1 jour)",
        "    Préciser le suivi.",
    ]


def test_a_list_of_requests_that_cannot_be_read_is_told_and_not_called_empty(simple: Path, run: Run) -> None:
    (simple / "demandes.yaml").write_text("demandes: [\n", "utf-8")
    told = run("requests", simple)
    assert told.code == 1
    assert "demandes.yaml, ligne" in told.err
    assert "Aucune demande" not in told.out


def test_an_answer_not_written_yet_is_only_missing(simple: Path, run: Run) -> None:
    named = "  - {numero: 1, recue: 2027-01-12, texte: Préciser., critere: 44, reponse: demandes/reponse-1.md}\n"
    (simple / "demandes.yaml").write_text(f"demandes:\n{named}", "utf-8")
    told = [each for each in run("check", simple).out.splitlines() if "demandes.yaml" in each]
    assert [each.split(" · ")[0] for each in told] == ["erreur", "avertissement"]
    assert "44" in told[0]
    assert "sans réponse" in told[1]


def test_without_requests_the_example_shown_is_one_that_is_understood(simple: Path, run: Run) -> None:
    told = run("requests", simple).out
    write("demandes.yaml", told[told.index("demandes:\n") : told.index("Écrivez la réponse")])(simple)
    write("demandes/D1.md", "Une réponse.\n")(simple)
    found = examine(simple, date(2027, 1, 15), lambda *_: None)
    assert [each.request.name for each in found.dossier.requests if each.answered] == ["D1"]
    assert [each for each in found.findings if each.source and each.source.file.startswith("demandes")] == []


def test_answers_follow_the_criteria_and_cite_evidence(once: Path) -> None:
    write("demandes.yaml", REQUEST)(once)
    write("demandes/D1.md", "L’offre est précisée [preuve:carte].\n\n## Détail\n\nTexte.\n")(once)
    dossier = examine(once, date(2027, 1, 15), lambda *_: None).dossier
    assert [each.anchor for each in dossier.body][-2:] == ["critere-8", "demandes"]
    carte = next(each for each in dossier.exhibits if each.entry.key == "carte")
    assert "Demande D1" in [each.place for each in carte.passages]
    assert [(each.anchor, each.answered) for each in dossier.requests] == [("demande-D1", True), ("demande-D2", False)]
