"""Where a picture written in a narrative stands in the candidature. Nothing is looked up on disk."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

_REMOTE = re.compile(r"(?i)(?:https?|ftp|data|cid|blob):|//|\\\\")
_ABSOLUTE = re.compile(r"(?i)[/\\]|~|file:|[a-z]:[/\\]")


def picture_path(written: str, file: str) -> tuple[str | None, str]:
    """The path from the root of the candidature; None and the code of the fault when the picture is not in it."""
    if _REMOTE.match(written):
        return None, "image-remote"
    if not written or _ABSOLUTE.match(written):
        return None, "image-outside"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(written).replace("\\", "/")))
    if path in (".", "..") or path.startswith(("../", "/")) or _ABSOLUTE.match(path):
        return None, "image-outside"
    return path, ""
