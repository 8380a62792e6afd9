"""The questions of `dossier new`, and the same answers given as options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click

from assembler.french_help import Unfit
from assembler.model.content import RequestType
from assembler.model.french import SECTORS, TYPES
from assembler.model.pack import Pack
from assembler.scaffold import chosen_pack, folder_name, one_of, packs_to_follow, uai_fault
from assembler.scaffold_files import Wishes

# Options by the field they fill, each with its key in the YAML files.
OPTIONS = {
    "request": "demande", "title": "intitule", "campaign": "campagne", "optional": "critere-optionnel", "name": "nom",
    "uai": "uai", "kind": "type", "sector": "secteur", "town": "commune", "academy": "academie",
}  # fmt: skip
_DEFAULT = "national-2023"


@dataclass(frozen=True, slots=True)
class _Question:
    """`fault` says in French why an answer will not do; an empty answer is `default`, else left to be filled in."""

    field: str
    text: str
    default: str = ""
    fault: Callable[[str], str] = lambda _: ""


def given(pack: str | None, options: Mapping[str, str | None], year: int) -> Wishes:
    """What the options say. Raises `Unfit` for one that will not do."""
    chosen = chosen_pack(pack or _DEFAULT)
    answers = {name: (value or "").strip() for name, value in options.items()}
    for question in _questions(chosen, year):
        fault = question.fault(_tidy(question, answers[question.field])) if answers[question.field] else ""
        if fault:
            raise Unfit(fault, param_hint=f"--{OPTIONS[question.field]}")
    return _wishes(chosen, answers, year)


def asked(pack: str | None, options: Mapping[str, str | None], year: int) -> Wishes:
    """What the options leave open, asked one by one; what they say is not asked."""
    given(pack, options, year)
    click.echo("Entrée seule garde ce qui est entre crochets ; sans crochets, laisse à remplir plus tard.", err=True)
    chosen = chosen_pack(pack) if pack else _which_pack()
    answers = {name: (value or "").strip() for name, value in options.items()}
    for question in _questions(chosen, year):
        if not answers[question.field]:
            answers[question.field] = _answer(question)
    return _wishes(chosen, answers, year)


def _which_pack() -> Pack:
    packs = packs_to_follow()
    for each in packs:
        click.echo(f"  {each.id} — {each.title}", err=True)
    known = tuple(each.id for each in packs)
    default = _DEFAULT if _DEFAULT in known else known[0]
    return chosen_pack(_answer(_Question("pack", "Quel gabarit suivre ?", default, one_of(known))))


def _questions(pack: Pack, year: int) -> tuple[_Question, ...]:
    kinds, sectors = pack.applicants.kinds or tuple(TYPES), pack.applicants.sectors or tuple(SECTORS)
    offered = tuple(each.number for each in pack.framework.offered)
    requests = tuple(RequestType)
    choice = f"Critère au choix ({', '.join(offered)}, ou aucun) ?"
    return (
        _Question("request", f"Quelle demande ({', '.join(requests)}) ?", requests[0], one_of(requests)),
        _Question("title", "Intitulé demandé ?"),
        _Question("campaign", "Campagne ?", str(year + 1)),
        *((_Question("optional", choice, "", one_of(offered)),) if offered else ()),
        _Question("name", "Nom de l’établissement ?"),
        _Question("uai", "Son UAI ?", "", uai_fault),
        _Question("kind", f"Son type ({', '.join(kinds)}) ?", kinds[0], one_of(kinds)),
        _Question("sector", f"Son secteur ({', '.join(sectors)}) ?", sectors[0], one_of(sectors)),
        _Question("town", "Sa commune ?"),
        _Question("academy", "Son académie ?"),
    )


def _answer(question: _Question) -> str:
    while True:
        shown = f"{question.text} [{question.default}]" if question.default else question.text
        answer = str(click.prompt(shown, default="", show_default=False, prompt_suffix=" ", err=True))
        answer = _tidy(question, answer.strip()) or question.default
        fault = question.fault(answer) if answer else ""
        if not fault:
            return answer
        click.echo(fault, err=True)


def _tidy(question: _Question, answer: str) -> str:
    return answer.upper().replace(" ", "") if question.field == "uai" else answer


def _wishes(pack: Pack, answers: Mapping[str, str], year: int) -> Wishes:
    return Wishes(
        pack=pack, campaign=answers["campaign"] or str(year + 1), request=answers["request"] or RequestType.INITIAL,
        title=answers["title"], optional=answers["optional"], name=answers["name"],
        school=folder_name(answers["name"]), uai=answers["uai"].upper().replace(" ", ""), kind=answers["kind"],
        sector=answers["sector"], town=answers["town"], academy=answers["academy"],
    )  # fmt: skip
