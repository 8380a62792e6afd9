"""`demandes.yaml`: the auditors' requests for additional information, each with its answer in `demandes/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assembler.model.finding import Finding, error, warning
from assembler.model.request import Request
from assembler.model.source import Source
from assembler.model.text import Block
from assembler.readers.candidature import FOLDER, NUMBER
from assembler.readers.shapes import Day, Field, Fields, Integer, ListOf, Record, Token, Words, read_record
from assembler.readers.yaml_file import Mapping

REQUESTS_FILE, REPLIES = "demandes.yaml", "demandes"
Reply = Callable[[str, str | None], tuple[Block, ...]]
_REPLY = Token(rf"{REPLIES}/[A-Za-z0-9][A-Za-z0-9._-]*\.md", "un fichier du dossier demandes, comme demandes/D1.md")
_EXPECTATION = Token(r"\d{1,2}(-[a-z])?\.([a-z]|[1-9]\d?)", "un attendu avec son critère, comme 4.b")

REQUESTS = Record((
    Field("demandes", ListOf(Record((
        Field("numero", Integer(1), "Le numéro de la demande : 1 pour « D1 ».", True),
        Field("recue", Day(), "Le jour où elle a été reçue.", True),
        Field("pour", Day(), "Le jour où la réponse est attendue."),
        Field("etablissement", FOLDER, "Dans un réseau, l’établissement à qui elle s’adresse : le nom de son dossier."),
        Field("critere", ListOf(NUMBER), "Le critère concerné (ou plusieurs)."),
        Field("attendus", ListOf(_EXPECTATION), "Les attendus concernés, par exemple [4.b]."),
        Field("texte", Words(), "La demande, telle qu’elle a été reçue.", True),
        Field("reponse", _REPLY, "Le fichier de la réponse (demandes/D1.md sans cette ligne)."),
    ))), "Les demandes, dans l’ordre où elles ont été reçues.", True),
))  # fmt: skip


def read_requests(mapping: Mapping | None, reply: Reply, found: list[Finding]) -> tuple[Request, ...]:
    """The requests by number; `reply` gives the blocks of the file named, none while it is not written.

    It is told the établissement asked too: what that one sent with its bundle answers when there is no such file.
    """
    fields = read_record(mapping, REQUESTS, found) if mapping else None
    requests: dict[int, Request] = {}
    for each in fields.records("demandes") if fields else ():
        request = _request(each, reply)
        if request is None:
            continue
        if request.number in requests:
            first = requests[request.number].source.line
            found.append(error("request-twice", request.source, name=request.name, first=str(first)))
        else:
            requests[request.number] = request
    return tuple(requests[number] for number in sorted(requests))


def _request(fields: Fields, reply: Reply) -> Request | None:
    number = fields.integer("numero")
    if number is None:
        return None
    return Request(
        number=number,
        received=fields.day("recue"),
        due=fields.day("pour"),
        criteria=fields.texts("critere"),
        expectations=tuple(
            (criterion, letter)
            for criterion, _, letter in (each.rpartition(".") for each in fields.texts("attendus"))
        ),
        text=fields.text("texte") or "",
        blocks=reply(fields.text("reponse") or f"{REPLIES}/D{number}.md", fields.text("etablissement")),
        source=fields.place("numero"),
        establishment=fields.text("etablissement"),
    )  # fmt: skip


def stray_replies(folder: Path, named: set[str]) -> Iterator[Finding]:
    """The texts of `demandes/` that answer no request: none of `named`."""
    try:
        names = sorted(each.name for each in (folder / REPLIES).iterdir())
    except OSError:
        return
    for name in names:
        text = name.lower().endswith((".md", ".markdown")) and not name.startswith((".", "~$"))
        if text and f"{REPLIES}/{name}" not in named:
            yield warning("reply-stray", Source(f"{REPLIES}/{name}"))
