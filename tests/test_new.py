"""A new candidature: what is asked when somebody is there, what options say, and guidance that never reaches the dossier."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from candidature import TEMPLATES, change
from ruamel.yaml import YAML

from assembler.pipeline import examine
from assembler.scaffold import folder_name, uai_fault

Run = Callable[..., Any]
FOLLOWED = [
    path.parent.name for path in sorted(TEMPLATES.glob("*/pack.yaml")) if "annexe: oui" not in path.read_text("utf-8")
]


def answered(*arguments: str | Path, answers: list[str]) -> tuple[int, str]:
    """The program on a terminal of its own, each answer typed once its question is asked; its exit code and what it showed."""
    pty = pytest.importorskip("pty", reason="no terminal to be had on this system")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "assembler", *map(str, arguments)])
    shown = b""
    waiting = list(answers)
    last = time.monotonic() + 60
    asked = 0
    while time.monotonic() < last:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                read = os.read(terminal, 4096)
            except OSError:
                break
            if not read:
                break
            shown += read
        elif waiting and shown[asked:].rstrip(b" ").endswith((b"?", b"]")):
            asked = len(shown)
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)
    assert waiting == [], f"not asked for: {waiting}\n{shown.decode()}"
    return code, shown.decode()


def yaml(path: Path) -> dict[str, Any]:
    return YAML(typ="safe").load(path.read_text("utf-8"))


def test_what_it_needs_is_asked_and_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    folder = tmp_path / "essai"
    code, shown = answered(
        "new", folder,
        answers=["paca", "paca-2025", "", "Lycée des métiers : la mer", "", "9-z", "9-b", "Lycée Jean-Moulin", "0999999A",
                 "0999999f", "", "", "Port-Exemple", "Exemple"],
    )  # fmt: skip
    assert code == 0
    assert "La lettre de contrôle ne correspond pas : 0999999 donne F." in shown
    assert "Choisissez parmi : 9-a, 9-b." in shown
    request = yaml(folder / "candidature.yaml")
    assert (request["gabarit"], request["intitule"]) == ("paca-2025", "Lycée des métiers : la mer")
    assert (request["critere-optionnel"], request["etablissements"]) == ("9-b", ["lycee-jean-moulin"])
    school = yaml(folder / "lycee-jean-moulin" / "etablissement.yaml")
    assert (school["nom"], school["uai"], school["commune"]) == ("Lycée Jean-Moulin", "0999999F", "Port-Exemple")
    assert (folder / "lycee-jean-moulin" / "critere-9-b.md").is_file()


def test_what_the_options_say_is_not_asked(tmp_path: Path) -> None:
    options = (
        "--pack",
        "national-2023",
        "--demande",
        "renouvellement",
        "--intitule",
        "Lycée des métiers du bois",
        "--campagne",
        "2028",
    )
    code, shown = answered("new", tmp_path / "essai", *options, "--uai", "0999999F", answers=["", "", "", "", ""])
    assert code == 0
    assert not {"gabarit suivre", "Quelle demande", "Intitulé", "Campagne", "UAI ?"} & set(
        re.findall(r"gabarit suivre|Quelle demande|Intitulé|Campagne|UAI \?", shown)
    )
    assert (yaml(tmp_path / "essai" / "candidature.yaml")["demande"]) == "renouvellement"


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    code, shown = answered("new", tmp_path / "essai", answers=["\x03"])
    assert (code, "Interrompu" in shown) == (130, True)
    assert not (tmp_path / "essai").exists()


def test_an_existing_folder_is_refused_before_anything_is_asked(simple: Path) -> None:
    code, shown = answered("new", simple, answers=[])
    assert (code, "existe déjà" in shown) == (5, True)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--uai", "0999999A", "0999999 donne F"),
        ("--uai", "999", "sept chiffres et une lettre"),
        ("--type", "college", "lp, lpo"),
        ("--demande", "première", "initiale"),
        ("--critere-optionnel", "4", "9-a, 9-b"),
    ],
)
def test_an_option_that_will_not_do_is_told_in_french(
    option: str, value: str, said: str, tmp_path: Path, run: Run
) -> None:
    done = run("new", tmp_path / "essai", "--pack", "paca-2025", option, value)
    assert (done.code, said in done.err, option in done.err) == (2, True, True)
    assert not (tmp_path / "essai").exists()


@pytest.mark.parametrize("pack", FOLLOWED)
def test_the_files_of_every_pack_are_sound_and_only_ask_to_be_filled_in(pack: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "essai"
    options = ("--nom", "Lycée « L’Œuvre » : l'atelier", "--uai", "0999999F", "--intitule", "Métiers #1 : bois")
    assert run("new", folder, "--pack", pack, *options).code == 0
    found = examine(folder, date(2027, 1, 1), lambda *_: None).findings
    told = {each.code for each in found if each.severity == "erreur"}
    assert told <= {"criterion-unanswered", "approval-missing", "section-missing", "attachment-missing", "page-missing"}
    assert yaml(folder / "lycee-l-oeuvre-l-atelier" / "etablissement.yaml")["nom"] == options[1]


def test_guidance_says_what_is_expected_and_never_reaches_the_dossier(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "essai"
    run("new", folder, "--pack", "nouvelle-aquitaine-2025", "--nom", "Lycée", "--uai", "0999999F")
    for path in (folder / "lycee").glob("*.md"):
        assert path.read_text("utf-8").startswith("<!--")
        with path.open("a", encoding="utf-8") as stream:
            stream.write("\nUn texte.\n")
    assert "h. Une innovation pédagogique facilitée" in (folder / "lycee" / "critere-3.md").read_text("utf-8")
    assert "Dites ce que la candidature reprend" in (folder / "lycee" / "articulation.md").read_text("utf-8")
    assert run("build", folder, "-o", tmp_path / "sortie", "--draft", "--only", "pdf").code == 0
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "sortie" / "brouillon.pdf").pages)
    assert "Un texte." in text
    assert not re.search(r"Ce commentaire|Donnez un titre|Dites ce que|<!--", text)


def test_its_version_of_the_pack_is_recorded(tmp_path: Path, run: Run) -> None:
    run("new", tmp_path / "essai")
    assert yaml(tmp_path / "essai" / "candidature.yaml")["gabarit-version"] == "1.0"
    change("candidature.yaml", 'gabarit-version: "1.0"', 'gabarit-version: "0.9"')(tmp_path / "essai")
    assert (
        "suit la version 0.9 du gabarit national-2023 ; celle de cet ordinateur est la 1.0"
        in run("check", tmp_path / "essai").out
    )


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Lycée Jean-Moulin", "lycee-jean-moulin"),
        ("LYCÉE  D’ŒUVRE", "lycee-d-oeuvre"),
        ("…", "mon-lycee"),
        ("Commun", "mon-lycee"),
        ("", "mon-lycee"),
    ],
)
def test_a_school_gives_its_folder_its_name(name: str, folder: str) -> None:
    assert folder_name(name) == folder


def test_a_uai_is_checked_by_its_key() -> None:
    assert uai_fault("0999999F") == ""
    assert uai_fault("0999999f")
    assert uai_fault("٠٩٩٩٩٩٩F")


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assembler", "new", tmp_path / "essai"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
