"""`recepisse.txt` against the files it lists: a list of fingerprints made again shows, when the receipt was left as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from assembler.model.finding import Finding, error
from assembler.model.french import size_words
from assembler.model.source import Source

RECEIPT = "recepisse.txt"
_LISTED = re.compile(r"^- ([^/\\\n]+), (\d[\d,]* [kM]o)\n  empreinte sha256\s*: ([0-9a-f]{64})$", re.MULTILINE)
_CODE = re.compile(r"^Code du dossier\s*: (\w+(?: \w+){5})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is: its fingerprint and its size."""

    digest: str
    size: int


def against_receipt(
    text: str | None, files: Mapping[str, Facts], added: Collection[str], code: str | None, *, partial: bool
) -> Iterator[Finding]:
    """What the receipt (None: there is none) says otherwise than the `files` that stand there and the dossier's `code`.

    It need not list the `added` ones. `partial`: other files of the deposit may be elsewhere.
    """
    if text is None:
        yield error("deposit-file-missing", Source(RECEIPT))
        return
    rows = {match[1]: (match[2], match[3]) for match in _LISTED.finditer(text)}
    if not rows:
        yield error("deposit-receipt-differs", Source(RECEIPT), why="il ne cite aucun fichier")
        return
    for name, (size, digest) in rows.items():
        if name not in files:
            if not partial:
                yield error("deposit-file-missing", Source(name))
        elif files[name].digest != digest:
            yield error("deposit-receipt-differs", Source(name), why="il en donne une autre empreinte")
        elif size_words(files[name].size) != size:
            yield error("deposit-receipt-differs", Source(name), why="il en donne une autre taille")
    for name in sorted(set(files) - set(rows) - set(added)):
        yield error("deposit-receipt-differs", Source(name), why="il ne le cite pas")
    told = _CODE.search(text)
    if code and (told is None or told[1] != code):
        yield error("deposit-code-differs", Source(RECEIPT), words=told[1] if told else "absent", other=code)
