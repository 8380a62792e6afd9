"""What the files of a deposit say of themselves: the seal of each PDF, and the code drawn from `dossier.json`."""

from __future__ import annotations

import json
from pathlib import Path

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.tools.seal import Seal, code_of, read_seal


def sealed(files: list[Path]) -> tuple[Seal | None, list[Finding]]:
    """The seal that the PDF files share, and what is wrong with those of each."""
    findings: list[Finding] = []
    seals: dict[str, Seal] = {}
    for path in files:
        with path.open("rb") as stream:
            seal, same = read_seal(stream)
        if seal is None:
            findings.append(error("deposit-unsealed", Source(path.name)))
        elif not same:
            findings.append(error("deposit-altered", Source(path.name), why="son contenu a changé depuis le dépôt"))
        else:
            seals[path.name] = seal
    first = next(iter(seals.values()), None)
    for name, seal in seals.items():
        if first and seal.code != first.code:
            findings.append(error("deposit-code-differs", Source(name), words=seal.code, other=first.code))
    held = {each.volume for each in seals.values() if each.volumes > 1}
    most = max((each.volumes for each in seals.values()), default=1)
    missing = sorted(set(range(1, most + 1)) - held) if most > 1 else []
    if missing:
        findings.append(error("deposit-volume-missing", Source(next(iter(seals))), count=str(most),
                              volumes=", ".join(map(str, missing))))  # fmt: skip
    return first, findings


def code_in(path: Path) -> str | None:
    """The code drawn from the dossier in this `dossier.json`; None when it is not one."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return code_of(told["dossier"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
