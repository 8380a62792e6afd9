"""Handing in: the numbers issued, the version frozen, the deposit made; all of it or nothing; and judged by whoever gets it."""

from __future__ import annotations

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
