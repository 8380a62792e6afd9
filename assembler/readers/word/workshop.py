"""The child process in which a Word file that comes back is opened: `python -m assembler.readers.word.workshop`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assembler.model.exhibit import Absence
from assembler.model.plain import plain
from assembler.model.restore import restore
from assembler.model.returned import Guide
from assembler.readers.exhibits.pdf import Unusable
from assembler.readers.word.document import read_document
from assembler.tools.child import answer_jobs, limit_memory

_MEMORY = 1_500_000_000
_LARGEST = 200_000_000


def main() -> None:
    """Answer jobs until there are no more."""
    limit_memory(_MEMORY, _MEMORY)
    answer_jobs(_answer)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    try:
        with Path(job["path"]).open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            return {"fault": Absence.TOO_LARGE.value}
        return {"read": plain(read_document(content, restore(Guide, job["guide"])))}
    except Unusable as refused:
        return {"fault": refused.absence.value}
    except MemoryError:
        return {"fault": Absence.TOO_LARGE.value}
    except Exception:  # noqa: BLE001 - a file may make any library raise anything
        return {"fault": Absence.BROKEN.value}


if __name__ == "__main__":
    main()
