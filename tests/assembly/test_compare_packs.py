"""What a new version of a pack changes is told, whichever field it is."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assembler.assembly.compare_packs import compare_packs
from assembler.model.finding import Severity
from assembler.model.framework import Criterion, Equivalence, Expectation, Framework, Kind, Profile
from assembler.model.pack import Applicants, Deposit, Limits, Numbering, Pack, RequiredAttachment, Section, When, Words
from assembler.wording import DIFFERENCES, difference_sentence

OFFER = Criterion("offre", "1", "Une offre", "L’offre", ("8-a",), (), (
    Expectation("a", "Une carte", Kind.FIRM, None), Expectation("b", "Un campus", Kind.CONDITIONAL, "s’il existe"),
), (Equivalence("Euroscol"),))  # fmt: skip
PUBLICS = Criterion(
    "publics", "2", "Des publics", "Des publics", (), (), (Expectation("a", "Des apprentis", Kind.FIRM, None),), ()
)
CHOICE = dataclasses.replace(PUBLICS, id="choix", number="9-a")
FRAMEWORK = Framework(
    "f", "Label", "Un décret", date(2023, 11, 1), (OFFER, PUBLICS), (CHOICE,), (Profile("cfa", "CFA"),)
)
PACK = Pack(
    "essai", "Essai", "1", "Académie", False, date(2023, 11, 1), FRAMEWORK, (RequiredAttachment("accord-ca", "Accord"),),
    "P{criterion}.{rank}", "A{rank}", Limits(100_000_000, None, 24, 21), (("x", Severity.NOTE),), Words(),
    sections=(Section("s", "Une rubrique", "", When.ALWAYS, ("Action",)),),
)  # fmt: skip

OTHER: dict[str, Any] = {
    "id": None, "version": None, "annex": None,  # what it is, said above the differences
    "title": "Autre", "issuer": "Région", "official": True, "in_force": date(2024, 1, 1), "framework": None,
    "attachments": (), "label_pattern": "E{criterion}.{rank}", "attachment_pattern": "B{rank}", "limits": None,
    "severities": (), "words": dataclasses.replace(Words(), index="Index"), "extends": "national-2023",
    "sections": (Section("s", "Une rubrique", "", When.ALWAYS, ("Action", "Preuve")),), "order": ("reponses",),
    "applicants": Applicants(("lp",)), "numbering": Numbering.TEMPLATE, "deposit": Deposit(archive=True),
}  # fmt: skip


def told(new: Pack) -> list[str]:
    return [difference_sentence(each) for each in compare_packs(PACK, new)]


def framework(**changes: Any) -> Pack:
    return dataclasses.replace(PACK, framework=dataclasses.replace(FRAMEWORK, **changes))


def offer(**changes: Any) -> Pack:
    return framework(criteria=(dataclasses.replace(OFFER, **changes), PUBLICS))


def test_the_same_pack_differs_in_nothing() -> None:
    assert compare_packs(PACK, PACK) == ()


def test_every_field_of_a_pack_is_accounted_for() -> None:
    assert OTHER.keys() == {each.name for each in dataclasses.fields(Pack)}


@pytest.mark.parametrize("field", [name for name, value in OTHER.items() if value is not None])
def test_no_field_changes_in_silence(field: str) -> None:
    assert len(told(dataclasses.replace(PACK, **{field: OTHER[field]}))) == 1


@pytest.mark.parametrize("field", [each.name for each in dataclasses.fields(Limits)])
def test_no_limit_changes_in_silence(field: str) -> None:
    limits = dataclasses.replace(PACK.limits, **{field: 7_000_000})
    assert len(told(dataclasses.replace(PACK, limits=limits))) == 1


CHANGED = [
    (framework(criteria=(OFFER,)), "Le critère 2 n’est plus demandé : Des publics."),
    (framework(criteria=(OFFER, PUBLICS, dataclasses.replace(PUBLICS, id="x", number="3"))), "Nouveau critère 3 : Des publics."),
    (framework(criteria=(OFFER, dataclasses.replace(PUBLICS, number="3"))),
     "Le critère 2 porte maintenant le numéro 3 : Des publics."),
    (offer(official_title="L’offre entière"), "Critère 1 : le titre officiel « Une offre » devient « L’offre entière »."),
    (offer(title="Offrir"), "Critère 1 : le titre affiché « L’offre » devient « Offrir »."),
    (offer(equivalences=()), "Critère 1 : plus aucun label n’en tient lieu."),
    (offer(equivalences=(Equivalence("E3D"),)), "Critère 1 : labels qui en tiennent lieu : E3D."),
    (offer(aliases=()), "Critère 1 : autres numéros : 8-a → rien."),
    (offer(expectations=OFFER.expectations[:1]), "L’attendu 1.b n’est plus demandé : Un campus."),
    (offer(expectations=(*OFFER.expectations, Expectation("c", "Un plan", Kind.FIRM, None))), "Nouvel attendu 1.c : Un plan."),
    (offer(expectations=(dataclasses.replace(OFFER.expectations[0], text="Une carte à jour"), OFFER.expectations[1])),
     "Attendu 1.a : « Une carte » devient « Une carte à jour »."),
    (offer(expectations=(OFFER.expectations[0], dataclasses.replace(OFFER.expectations[1], kind=Kind.FIRM, condition=None))),
     "Attendu 1.b : sa nature passe de « conditionnel, s’il existe » à « ferme »."),
    (framework(criteria=(OFFER,), offered=(CHOICE, PUBLICS)), "Le critère 2 devient un critère au choix."),
    (framework(criteria=(OFFER, PUBLICS, CHOICE), offered=()), "Le critère 9-a, jusqu’ici au choix, devient obligatoire."),
    (framework(legal_text="Un autre décret"), "Texte de référence : Un décret → Un autre décret."),
    (framework(profiles=()), "Catégories de candidats : CFA → rien."),
    (dataclasses.replace(PACK, attachments=()), "Pièces obligatoires : Accord → rien."),
]  # fmt: skip


@pytest.mark.parametrize(("new", "sentence"), CHANGED, ids=[each for _, each in CHANGED])
def test_a_difference_is_one_french_sentence(new: Pack, sentence: str) -> None:
    assert told(new) == [sentence]


def test_every_difference_has_its_sentence_and_every_sentence_is_said() -> None:
    root = Path(__file__).parents[2] / "assembler"
    written = [(root / each).read_text("utf-8") for each in ("assembly/compare_packs.py", "distribution.py")]
    codes = {code for text in written for code in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text)}
    assert set(DIFFERENCES) - codes == set()
    ours = ("criterion-", "expectation-", "rule-", "file-")
    assert {code for code in codes if code.startswith(ours)} - set(DIFFERENCES) == set()
