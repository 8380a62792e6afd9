"""Files named by authors: what may lead out of the candidature is told from what only stands in a cloud."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from assembler.model.exhibit import Absence
from assembler.readers.files import is_link, locate

# What `lstat` says on Windows of files of each kind.
TAGS = {
    "a plain file": (0, False),
    "a symbolic link": (0xA000000C, True),
    "a junction": (0xA0000003, True),
    "a OneDrive file": (0x9000001A, False),
    "a OneDrive file of another root": (0x9000601A, False),
    "a file of a deduplicated disk": (0x80000013, False),
    "a compressed system file": (0x80000017, False),
}


@pytest.mark.parametrize("what", TAGS)
def test_only_what_leads_elsewhere_is_a_link(what: str) -> None:
    tag, linked = TAGS[what]
    told = SimpleNamespace(st_mode=stat.S_IFREG | 0o644, st_reparse_tag=tag)
    assert is_link(cast(os.stat_result, told)) is linked


def test_a_link_is_a_link_here_too(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "vrai" / "carte.pdf").write_bytes(b"%PDF-")
    (tmp_path / "lien").symlink_to("vrai", target_is_directory=True)
    assert is_link((tmp_path / "lien").lstat())
    assert not is_link((tmp_path / "vrai").lstat())
    assert locate(tmp_path, "vrai/carte.pdf", 100)[0] == tmp_path / "vrai" / "carte.pdf"
    assert locate(tmp_path, "lien/carte.pdf", 100)[:2] == (None, Absence.OUTSIDE)
