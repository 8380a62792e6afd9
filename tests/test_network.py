"""Two schools and what they write together, through the whole program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest
from candidature import change, own_act, program


@pytest.fixture
def network(simple: Path) -> Path:
    """The base candidature with a second school and a common answer to the network clause of criterion 4."""
    shutil.copytree(simple / "lycee", simple / "lycee-voisin")
    change("lycee-voisin/etablissement.yaml", "0999999F", "0999998E")(simple)
    own_act(simple / "lycee-voisin")
    change("candidature.yaml", "etablissements: [lycee]", "etablissements: [lycee, lycee-voisin]\n"
           "reseau: {nom: Réseau de la plaine, pilote: lycee}")(simple)  # fmt: skip
    (simple / "commun").mkdir()
    (simple / "commun" / "critere-4.md").write_text('## Ensemble {attendus="g"}\n\nUne seule stratégie.\n', "utf-8")
    return simple


def test_a_joint_dossier_is_made_with_a_letter_for_each_school(network: Path, tmp_path: Path) -> None:
    outcome = program("build", network, "-o", tmp_path / "build")
    assert outcome.code == 0, outcome.err
    text = words(tmp_path / "build" / "dossier.pdf")
    assert {"A-A1", "B-A1", "A-P1.1", "B-P1.1"} <= set(re.findall(r"[AB]-[AP][\d.]+", text))


def test_what_the_network_answers_together_stands_in_its_own_column(network: Path, tmp_path: Path) -> None:
    assert program("build", network, "-o", tmp_path / "build").code == 0
    text = words(tmp_path / "build" / "dossier-sans-annexes.pdf")
    table = text[text.index("Tableau de conformité", text.index("Statut de chaque attendu") - 200) :]
    common, own = re.search(r"4\.g Une stratégie(.*?)4\.h Une veille(.*?)Critère n° 5", table, re.DOTALL).groups()  # type: ignore[union-attr]
    assert (common.count("partiel"), common.count("traité")) == (1, 0)
    assert own.count("traité") == 2


def words(document: Path) -> str:
    with pypdfium2.PdfDocument(document) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return " ".join(text.replace("\u00a0", " ").replace("\ufffe", "-").split())
