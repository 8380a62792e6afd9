"""A zip laid out as BagIt 1.0 asks (RFC 8493): what is sent under `data/`, and around it what says what it is.

Any tool that knows BagIt can check it; it is read by the rules of `bundle`, and by the layout's own.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from assembler.errors import Refused
from assembler.tools.bundle import Bundle, Layout, Limits, open_bundle
from assembler.tools.packing import SUMS, Part, write_zip, written_sums

PAYLOAD = "data/"
DECLARATION, INFO, TAG_SUMS = "bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt"
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LABEL = re.compile(r"([A-Za-z][A-Za-z-]*): (.*)")
_MOST_INFO = 100_000


def _covers(name: str) -> str:
    return SUMS if name.startswith(PAYLOAD) else TAG_SUMS


_BAG = Layout((SUMS, TAG_SUMS), (TAG_SUMS,), _covers, escaped=True)


def write_bag(
    target: Path, payload: Iterable[tuple[str, Path | bytes]], info: Mapping[str, str], pages: Mapping[str, bytes]
) -> None:
    """Write the bag, whole or not at all: `payload` by its names under `data/`, `info` label by label, `pages` beside.

    The same content gives the same bytes. Raises `DossierError` when the disk refuses.
    """

    def closing(parts: tuple[Part, ...]) -> Iterator[tuple[str, bytes]]:
        oxum = f"{sum(each.size for each in parts)}.{len(parts)}"
        lines = [f"{label}: {value}\n" for label, value in {**info, "Payload-Oxum": oxum}.items()]
        tags = {DECLARATION: _DECLARED, INFO: "".join(lines).encode(), **pages, SUMS: written_sums(parts, escaped=True)}
        yield from sorted(tags.items())
        yield TAG_SUMS, written_sums((Part.of(name, content) for name, content in tags.items()), escaped=True)

    write_zip(target, [(PAYLOAD + name, content) for name, content in payload], closing)


@contextlib.contextmanager
def open_bag(path: Path, limits: Limits) -> Iterator[tuple[Bundle, dict[str, str]]]:
    """The bag at `path`, looked at whole, and its labels. Raises `Missing` without a file, `Refused` when anything is doubtful."""
    with open_bundle(path, limits, _BAG) as bundle:
        sizes = {each.name: each.size for each in bundle.parts}
        sane = sizes.get(DECLARATION) == len(_DECLARED) and 0 < sizes.get(INFO, 0) < _MOST_INFO
        if not sane or bundle.read(DECLARATION) != _DECLARED:
            raise Refused("bundle-unreadable", file=path.name)
        yield bundle, read_info(bundle.read(INFO))


def read_info(content: bytes) -> dict[str, str]:
    """The labels of a `bag-info.txt`; a line that is none is passed over."""
    matches = (_LABEL.fullmatch(line) for line in content.decode(errors="replace").splitlines())
    return {match[1]: match[2] for match in matches if match}
