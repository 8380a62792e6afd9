"""Packs that extend packs: what is written is what differs, and the rest is the parent's."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from assembler.model.finding import Severity
from assembler.model.framework import Kind, correspondence
from assembler.model.pack import Numbering, Pack, When
from assembler.readers.pack import PackRead, find_pack, pack_ids, read_pack
from assembler.readers.pack_file import OWN, PACK
from assembler.tools.layers import find_file, find_folders

TEMPLATES = Path(__file__).parents[2] / "templates"
SHIPPED = ("national-2016", "national-2023", "nouvelle-aquitaine-2025", "paca-2025", "qualeduc", "qualiopi")
IDENTITY = "titre: Essai\nversion: 1\nemetteur: Personne\nen-vigueur: 2025-09-01\n"


def shipped(identifier: str) -> Pack:
    read = read_pack(TEMPLATES / identifier, (TEMPLATES,))
    assert read.findings == ()
    assert read.pack is not None
    return read.pack


def written(place: Path, identifier: str, rules: str, criteria: str = "") -> Path:
    folder = place / identifier
    folder.mkdir()
    (folder / "pack.yaml").write_text(f"id: {identifier}\n{IDENTITY}{rules}", "utf-8")
    if criteria:
        (folder / "criteres.yaml").write_text(criteria, "utf-8")
    return folder


def read(place: Path, rules: str, criteria: str = "", identifier: str = "essai") -> PackRead:
    return read_pack(written(place, identifier, rules, criteria), (place, TEMPLATES))


def sound(found: PackRead) -> Pack:
    assert found.findings == ()
    assert found.pack is not None
    return found.pack


# ------------------------------------------------------------------------------------------------------------- shipped


@pytest.mark.parametrize("identifier", SHIPPED)
def test_a_shipped_pack_is_sound_and_claims_nothing(identifier: str) -> None:
    assert not shipped(identifier).official


def test_the_shipped_packs_are_these() -> None:
    assert pack_ids((TEMPLATES,)) == SHIPPED


def test_every_shipped_criterion_has_its_official_title_and_a_stable_id_through_the_years() -> None:
    national, paca = shipped("national-2023").framework, shipped("paca-2025").framework
    assert [each.id for each in national.criteria] == [each.id for each in paca.criteria]
    assert [each.official_title for each in national.criteria] == [each.official_title for each in paca.criteria]
    fourth = paca.by_number()["4"]
    assert "établissements partenaires" in fourth.official_title
    assert "établissements partenaires" not in fourth.title


def test_seven_criteria_became_eight_and_the_map_reads_both_ways() -> None:
    seven, eight = shipped("national-2016").framework, shipped("national-2023").framework
    assert correspondence(seven, eight) == (
        ("1", "1"), ("2", "2"), (None, "3"), ("3", "4"), ("4", "5"), ("5", "6"), ("6", "7"), ("7", "8"),
    )  # fmt: skip
    backwards = {(new, old) for old, new in correspondence(eight, seven)}
    assert backwards == set(correspondence(seven, eight))


def test_seven_criteria_are_carried_to_a_region_by_the_same_map() -> None:
    pairs = correspondence(shipped("national-2016").framework, shipped("paca-2025").framework)
    assert pairs[3:8] == (("3", "4"), ("4", "5"), ("5", "6"), ("6", "7"), ("7", "8"))
    assert pairs[8:] == ((None, "9-a"), (None, "9-b"))


def test_a_region_is_carried_to_another_by_the_ids_of_its_criteria() -> None:
    pairs = correspondence(shipped("paca-2025").framework, shipped("nouvelle-aquitaine-2025").framework)
    assert pairs[:8] == tuple((str(number), str(number)) for number in range(1, 9))
    assert pairs[8:] == (("9-a", None), ("9-b", None))


@pytest.mark.parametrize(("asked", "number"), [("9-a", "9-a"), ("8-b", "9-b")])
def test_at_most_one_optional_criterion_is_answered_by_its_number_or_its_alias(asked: str, number: str) -> None:
    framework = shipped("paca-2025").framework
    assert [each.number for each in framework.offered] == ["9-a", "9-b"]
    chosen = framework.choosing(asked)
    assert [each.number for each in chosen.criteria][8:] == [number]
    assert len(chosen.offered) == 1
    assert framework.choosing(None) == framework


def test_the_network_clauses_are_under_criteria_four_five_six_and_eight() -> None:
    framework = shipped("paca-2025").framework
    clauses = [
        f"{each.number}.{one.letter}"
        for each in framework.criteria
        for one in each.expectations
        if one.kind is Kind.NETWORK
    ]
    assert clauses == ["4.g", "5.f", "6.h", "8.h"]
    assert [each.label for each in framework.by_number()["6"].equivalences] == ["Euroscol"]


def test_nouvelle_aquitaine_wants_the_dossier_three_weeks_before_and_takes_gaps_after_the_answers() -> None:
    pack = shipped("nouvelle-aquitaine-2025")
    assert pack.limits.due_before_audit == 21
    assert pack.order == ("presentation", "bilan", "articulation", "reponses", "ecarts")
    assert {each.key: each.required for each in pack.sections} == {"articulation": When.ALWAYS, "ecarts": When.NEVER}


def test_each_category_of_action_has_its_number_of_indicators() -> None:
    """22 indicators are common; with those that hold under a condition, 28 for training, 24 for VAE, all for apprentices."""
    pack = shipped("qualiopi")
    indicators = [each for criterion in pack.framework.criteria for each in criterion.expectations]
    assert [each.letter for each in indicators] == [str(number) for number in range(1, 33)]
    counts = {
        profile.key: sum(not each.profiles or profile.key in each.profiles for each in indicators)
        for profile in pack.framework.profiles
    }
    assert counts == {"af": 28, "cbc": 22, "vae": 24, "cfa": 32}


def test_a_pack_of_another_certification_says_neither_label_nor_school() -> None:
    told = " ".join(asdict(shipped("qualiopi").words).values()).replace("{label}", "").lower()
    assert "lycée" not in told
    assert [word for word in told.split() if "label" in word] == ["labels"]  # those it holds besides


# --------------------------------------------------------------------------------------------------------- inheritance


def test_what_is_not_written_is_the_parents(tmp_path: Path) -> None:
    pack, parent = sound(read(tmp_path, "etend: national-2023\n")), shipped("national-2023")
    assert (pack.framework, pack.words, pack.limits, pack.attachments) == (
        parent.framework, parent.words, parent.limits, parent.attachments,
    )  # fmt: skip
    assert (pack.id, pack.title, pack.extends) == ("essai", "Essai", "national-2023")


def test_a_mapping_is_changed_key_by_key_and_an_empty_key_takes_away(tmp_path: Path) -> None:
    pack = sound(
        read(tmp_path, "etend: national-2023\ndelais:\n  retour-jours: 30\n  accord-mois:\nmots: {index: Preuves}\n")
    )
    assert (pack.limits.due_before_audit, pack.limits.approval_age) == (30, None)
    assert (pack.words.index, pack.words.contents) == ("Preuves", "Sommaire")


def test_an_official_pack_does_not_make_official_those_that_extend_it(tmp_path: Path) -> None:
    written(tmp_path, "academie", "etend: national-2023\nofficiel: oui\n")
    assert not sound(read(tmp_path, "etend: academie\n")).official


def test_a_list_is_added_to_changed_and_cut(tmp_path: Path) -> None:
    criteria = """\
criteres:
  modifier:
    offre:
      attendus:
        retirer: [c]
        modifier: {a: {texte: Une offre}}
        ajouter: [{lettre: f, nature: ferme, texte: Un débouché}]
  retirer: [culture]
"""
    framework = sound(read(tmp_path, "etend: national-2023\n", criteria)).framework
    assert [each.number for each in framework.criteria] == ["1", "2", "3", "4", "6", "7", "8"]
    first = framework.criteria[0].expectations
    assert "".join(each.letter for each in first) == "abdef"
    assert (first[0].text, first[0].kind, first[-1].text) == ("Une offre", Kind.FIRM, "Un débouché")


def test_a_list_is_replaced_whole(tmp_path: Path) -> None:
    rules = "etend: national-2023\npieces-obligatoires:\n  remplacer: [{cle: avis, titre: Avis du maire}]\n"
    assert [each.key for each in sound(read(tmp_path, rules)).attachments] == ["avis"]


def test_packs_extend_packs_that_extend_packs_and_the_nearest_file_wins(tmp_path: Path) -> None:
    region = written(tmp_path, "region", "etend: paca-2025\nlimites: {preuve-mo: 50}\n")
    (region / "dossier.docx").write_bytes(b"PK")
    (region / "polices").mkdir()
    found = read(tmp_path, "etend: region\nlimites: {depot-mo: 20}\n")
    (tmp_path / "essai" / "polices").mkdir()
    pack = sound(found)
    assert (pack.limits.evidence_file, pack.limits.deposit) == (50_000_000, 20_000_000)
    assert [each.name for each in found.folders] == ["essai", "region", "paca-2025", "national-2023"]
    assert find_file(found.folders, "dossier.docx") == region / "dossier.docx"
    assert find_folders(found.folders, "polices") == (tmp_path / "essai" / "polices", region / "polices")
    assert find_file(found.folders, "logo.png") is None


def test_an_annex_brings_its_sections_through_every_generation(tmp_path: Path) -> None:
    written(tmp_path, "region", "etend: nouvelle-aquitaine-2025\nannexes: [qualeduc]\n")
    pack = sound(read(tmp_path, "etend: region\nrubriques: {retirer: [ecarts]}\nchapitres: {retirer: [ecarts]}\n"))
    assert [each.key for each in pack.sections] == ["articulation", "autoevaluation"]
    assert pack.order == ("presentation", "bilan", "articulation", "autoevaluation", "reponses")
    assert pack.sections[1].columns[0] == "Axe d’amélioration"


def test_everything_an_academie_decides_is_read(tmp_path: Path) -> None:
    rules = """\
etend: national-2023
cotes: {preuve: "E{critere}-{rang}"}
numerotation: gabarit
depot: {nom: "{departement}_{type}_{commune}_2526", archive: oui}
severites: {exhibit-uncited: erreur}
candidats: {types: [erea], secteurs: [public]}
"""
    pack = sound(read(tmp_path, rules))
    assert (pack.label_pattern, pack.attachment_pattern) == ("E{criterion}-{rank}", "A{rank}")
    assert pack.numbering is Numbering.TEMPLATE
    assert (pack.deposit.name, pack.deposit.archive) == ("{departement}_{type}_{commune}_2526", True)
    assert pack.severities == (("exhibit-uncited", Severity.ERROR),)
    assert (pack.applicants.kinds, pack.applicants.sectors) == (("erea",), ("public",))


@pytest.mark.parametrize(
    ("rules", "criteria", "codes", "line"),
    [
        ("etend: national-2023\nmots: {}\n", "", ["pack-change-nothing"], "pack.yaml:7"),
        ("etend: national-2023\nlimites:\n  depot-mo: 200\n", "", ["pack-change-nothing"], "pack.yaml:8"),
        ("etend: national-2023\npieces-obligatoires: {ajouter: []}\n", "", ["pack-change-nothing"], "pack.yaml:7"),
        ("etend: national-2023\nmot: {index: Preuves}\n", "", ["yaml-unknown-key"], "pack.yaml:7"),
        ("etend: national-2023\n", "criteres:\n  retirer: [offres]\n", ["pack-item-unknown"], "criteres.yaml:2"),
        ("etend: national-2023\n", "criteres:\n  ajouter:\n    - {id: neuf}\n",
         ["yaml-missing-key", "yaml-missing-key", "yaml-missing-key"], "criteres.yaml:3"),
        ("etend: national-2023\n", "criteres: []\n", ["pack-list-bare"], "criteres.yaml:1"),
        ("etend: national-2023\ndepot: {nom: ../ailleurs}\n", "", ["yaml-misfit"], "pack.yaml:7"),
        ("etend: ../templates/national-2023\n", "", ["pack-parent-unknown"], "pack.yaml:6"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_file_and_its_line(
    tmp_path: Path, rules: str, criteria: str, codes: list[str], line: str
) -> None:
    found = read(tmp_path, rules, criteria)
    assert found.pack is None
    assert [each.code for each in found.findings] == codes
    source = found.findings[0].source
    assert source is not None
    assert f"{source.file}:{source.line}" == f"essai/{line}"


def test_a_cycle_through_several_packs_is_told_whole(tmp_path: Path) -> None:
    written(tmp_path, "deux", "etend: essai\n")
    found = read(tmp_path, "etend: deux\n")
    assert [(each.code, dict(each.values)["chain"]) for each in found.findings] == [
        ("pack-cycle", "essai → deux → essai")
    ]


def test_the_candidatures_own_pack_goes_before_the_shipped_one(tmp_path: Path) -> None:
    own = written(tmp_path, "qualeduc", "annexe: oui\n")
    assert find_pack("qualeduc", (tmp_path, TEMPLATES)) == own


def test_the_guides_own_example_is_a_sound_pack(tmp_path: Path) -> None:
    rules, criteria = re.findall(r"```yaml\n(.*?)```", (TEMPLATES / "REGLES.md").read_text("utf-8"), re.DOTALL)
    folder = tmp_path / "academie-exemple"
    folder.mkdir()
    (folder / "pack.yaml").write_text(rules, "utf-8")
    (folder / "criteres.yaml").write_text(criteria, "utf-8")
    pack = sound(read_pack(folder, (TEMPLATES,)))
    assert (pack.limits.due_before_audit, pack.limits.approval_age) == (30, None)
    assert [each.number for each in pack.framework.criteria] == ["1", "2", "3", "4", "6", "7", "8", "9"]


def test_the_guide_names_every_key() -> None:
    guide = (TEMPLATES / "REGLES.md").read_text("utf-8")
    keys = {each.key for each in PACK.fields} - {"officiel", "annexe"} - set(OWN[:6])
    assert [key for key in sorted(keys) if f"`{key}`" not in guide and f"`{key}:`" not in guide] == []
