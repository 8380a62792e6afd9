"""What carrying a candidature over changes, told to those who wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from assembler.migration import Carried, Migration
from assembler.readers.rewriting import read_written
from assembler.report import findings_text
from assembler.wording import shown


def migration_text(migration: Migration, *, lines: bool) -> str:
    """The files that change, with their lines when asked for; then what must be reread."""
    count = len(migration.files)
    told = [f"De {migration.old.id} à {migration.new.id} : {count} fichier{'s' if count > 1 else ''} à changer.", ""]
    for each in migration.files:
        told.append(_file(each))
        told += _lines(each) if lines and each.old else ()
    told += ["", "À relire :", findings_text(migration.to_reread)]
    return "\n".join(told)


def _file(carried: Carried) -> str:
    if carried.old is None:
        return f"{carried.new} est nouveau, à écrire"
    if carried.old != carried.new:
        return f"{carried.old} devient {carried.new}"
    return f"{carried.new} est modifié"


def _lines(carried: Carried) -> Iterator[str]:
    """Each line that differs, before and after."""
    before, after = ([text for _, text in read_written(each).lines()] for each in (carried.before, carried.after))
    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[start:end], after[new_start:new_end]
        if old == new:
            continue
        for rank in range(max(len(old), len(new))):
            yield f"  ligne {start + rank + 1}"
            if rank < len(old):
                yield f"    avant : {shown(old[rank])}"
            yield f"    après : {shown(new[rank])}" if rank < len(new) else "    après : (ligne retirée)"
