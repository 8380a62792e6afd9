"""`numeros.yaml`: the ledger of every label ever issued. Read here, written by `dossier number` alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from assembler.model.content import Ledger, LedgerLine
from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers.shapes import Choice, Day, Field, Fields, Keyed, Record, Token, read_record
from assembler.readers.yaml_file import read_yaml

LEDGER = Record((
    Field("numeros", Keyed(Record((
        Field("cote", Token(), "La cote attribuée, définitive.", True),
        Field("sha256", Token(r"[0-9a-f]{64}", "une empreinte sha256"), "L’empreinte du fichier ce jour-là."),
        Field("le", Day(), "Le jour où la cote a été attribuée.", True),
        Field("etat", Choice(("active", "remplacee", "retiree")), "active, remplacee ou retiree.", True),
        Field("remplacee-par", Token(), "La cote de la preuve qui la remplace."),
    ))), "Une ligne par preuve : « etablissement/cle ».", True),
    Field("lettres", Keyed(Token(r"[A-Z]{1,3}", "une lettre majuscule")),
          "La lettre de chaque établissement d’un réseau, définitive elle aussi."),
))  # fmt: skip

_HEAD = """\
# Registre des cotes attribuées. Écrit par le programme : ne le modifiez pas, ne le supprimez pas.
# Une cote remise aux auditeurs ne change jamais et n’est jamais réattribuée.
"""


def read_ledger(text: str, file: str, found: list[Finding]) -> Ledger:
    """The labels and letters issued, in the ledger's order; every fault is an error, added to `found`."""
    faults: list[Finding] = []
    mapping = read_yaml(text, file, faults)
    fields = read_record(mapping, LEDGER, faults) if mapping else None
    lines = tuple(filter(None, (_line(each) for each in fields.records("numeros")))) if fields else ()
    labels: dict[str, str] = {}
    for line in lines:
        if line.label in labels:
            faults.append(error("ledger-label-twice", line.source, label=line.label, other=labels[line.label]))
        labels[line.label] = line.exhibit
    letters: dict[str, str] = {}
    for pair in fields.records("lettres") if fields else ():
        key, letter = pair.text("cle") or "", pair.text("valeur") or ""
        if letter in letters:
            faults.append(error("ledger-letter-twice", pair.place("cle"), letter=letter, other=letters[letter]))
        letters[letter] = key
    if faults or mapping is None:
        found.extend(faults)
        found.append(error("ledger-damaged", faults[0].source if faults else Source(file, 1)))
    return Ledger(lines, tuple((key, letter) for letter, key in letters.items() if letter))


def _line(pair: Fields) -> LedgerLine | None:
    fields = pair.record("valeur")
    label, issued = (fields.text("cote"), fields.day("le")) if fields else (None, None)
    if fields is None or label is None or issued is None:
        return None
    return LedgerLine(
        exhibit=pair.text("cle") or "",
        label=label,
        sha256=fields.text("sha256"),
        issued=issued,
        state=fields.text("etat") or "active",
        replaced_by=fields.text("remplacee-par"),
        source=pair.place("cle"),
    )


def ledger_text(lines: Iterable[LedgerLine], letters: Iterable[tuple[str, str]] = ()) -> str:
    """The ledger as it is written: one line a label, so that versions compare well; then the letters of a network."""
    rows = []
    for line in lines:
        fields = [f"cote: {_scalar(line.label)}"]
        if line.sha256:
            fields.append(f"sha256: {line.sha256}")
        fields += [f"le: {line.issued.isoformat()}", f"etat: {line.state}"]
        if line.replaced_by:
            fields.append(f"remplacee-par: {_scalar(line.replaced_by)}")
        rows.append(f"  {_scalar(line.exhibit)}: {{{', '.join(fields)}}}\n")
    named = [f"  {_scalar(key)}: {letter}\n" for key, letter in letters]
    return "".join(
        (_HEAD, "numeros:\n" if rows else "numeros: {}\n", *rows, *(("lettres:\n", *named) if named else ()))
    )


def _scalar(label: str) -> str:
    """A label as YAML, whatever characters a pack puts in it."""
    return label if re.fullmatch(r"\w[\w.-]*", label) else json.dumps(label, ensure_ascii=False)
