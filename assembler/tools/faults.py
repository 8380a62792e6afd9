"""What the disk refused, in French."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOSPC: "il n’y a plus de place",
    errno.EDQUOT: "votre quota est atteint",
    errno.EROFS: "il est en lecture seule",
    errno.ENAMETOOLONG: "un nom est trop long",
    errno.ENOENT: "un dossier a disparu",
    errno.ENOTDIR: "un fichier est là où il faudrait un dossier",
    errno.EISDIR: "un dossier est là où il faudrait un fichier",
    errno.EIO: "erreur de lecture ou d’écriture",
    errno.EFBIG: "un fichier y serait trop grand",
    errno.EBUSY: "un fichier est ouvert dans un autre programme",
}


def reason(fault: OSError) -> str:
    """The reason of `fault`, for the middle of a sentence."""
    return _REASONS.get(fault.errno or 0) or f"erreur {fault.errno or type(fault).__name__}"
