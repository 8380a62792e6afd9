"""An edition on disk: its folder is ours, and replaced whole."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assembler.errors import DossierError, Refused
from assembler.tools.swap import new_folder

_STEMS = ("dossier", "brouillon")
_NAMES = frozenset(
    {f"{stem}{end}" for stem in _STEMS for end in (".docx", ".pdf", "-sans-annexes.pdf")}
    | {f"{stem}{name}" for stem in ("", "brouillon-") for name in ("complements.pdf", "modifications.docx")}
    | {"dossier.json", "constats.json", "SHA256SUMS"}
)
# What file managers leave behind; nobody would miss it.
_LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store", ".directory"})


@contextlib.contextmanager
def new_edition(target: Path, locks: Path) -> Iterator[Path]:
    """A folder to fill; on leaving it without a fault, it takes the place of `target`.

    Raises `Refused` when `target` holds anything but an edition, `DossierError` when the disk refuses or another build
    of the same folder is running; `target` is then as it was.
    """
    target = target.resolve()
    _refuse_foreign(target)
    with new_folder(target, locks) as staging:
        yield staging


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused("output-foreign", folder=str(target), names=target.name)
    names = sorted(each.name for each in target.iterdir())
    for name in names:
        if name.startswith(("~$", ".~lock.")):
            raise DossierError("output-open", folder=str(target), name=name.replace(".~lock.", "").strip("~$#"))
    foreign = [name for name in names if name not in _NAMES | _LEFT_BEHIND or (target / name).is_dir()]
    if foreign:
        raise Refused("output-foreign", folder=str(target), names=", ".join(foreign[:5]))
