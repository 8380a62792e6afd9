"""Several files of one folder replaced together: all of them, or none, even when the current goes.

They are prepared in a folder of their own; one renaming says that they are ready, and from then on they win.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from assembler.errors import DossierError
from assembler.tools.atomic import replace_file
from assembler.tools.faults import reason

_BEGUN, _READY = ".remplacement-", ".remplacement"


def replace_together(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write each file, by its path from `root`. Raises `DossierError` when the disk refuses; the files are then as they were."""
    before = {file: (root / file).read_bytes() if (root / file).exists() else None for file in contents}
    for left in root.glob(f"{_BEGUN}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        staging = Path(tempfile.mkdtemp(dir=root, prefix=_BEGUN))
        try:
            for file, content in contents.items():
                _write(staging / file, content, root / file)
            staging.replace(root / _READY)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
    try:
        finish(root)
    except BaseException as fault:
        if (root / _READY).exists():  # else every file is in its place already
            _put_back(root, before)
        if isinstance(fault, OSError):
            raise DossierError("disk", reason=reason(fault)) from fault
        raise


def finish(root: Path) -> None:
    """Put in their place the files of a replacement that was interrupted after it was ready; does nothing without one."""
    ready = root / _READY
    if not ready.is_dir():
        return
    for path in sorted(ready.rglob("*")):
        if path.is_file() and not path.is_symlink():
            path.replace(root / path.relative_to(ready))
    shutil.rmtree(ready, ignore_errors=True)


def _write(path: Path, content: bytes, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        shutil.copymode(target, path)


def _put_back(root: Path, before: Mapping[str, bytes | None]) -> None:
    for file, content in before.items():
        if (root / _READY / file).exists():
            continue  # it was not replaced yet
        if content is None:
            (root / file).unlink(missing_ok=True)
        else:
            replace_file(root / file, content, durable=True)
    shutil.rmtree(root / _READY, ignore_errors=True)
