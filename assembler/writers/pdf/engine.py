"""The child process for a layout that comes with a pack: `python -m assembler.writers.pdf.engine`.

It sees the bench, the fonts and no network: whatever it is written to do, it can only lay out, and not for long.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import typst

from assembler.tools.child import answer_jobs, limit_memory

_MEMORY = 4_000_000_000
_NOWHERE = "http://127.0.0.1:9"


def main() -> None:
    """Answer jobs until there are no more: the folder of the bench in, what the layout says of its places out."""
    limit_memory(_MEMORY, _MEMORY)
    os.environ |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    answer_jobs(_answer)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    bench = Path(job["bench"])
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["fonts"])
    compiler = compiler_of(bench, fonts)
    try:
        if job["moment"] is not None:
            (bench / "dossier.pdf").write_bytes(print_out(compiler, job["moment"]))
        return {"found": json.loads(compiler.query("<pagination>", field="value", one=True))}
    except Exception as fault:  # noqa: BLE001 - a layout from outside may fail in any way
        return {"fault": fault_of(fault)}


def compiler_of(bench: Path, fonts: typst.Fonts) -> typst.Compiler:
    """A compiler of the bench's `dossier.typ` that reads nothing else."""
    own = str(bench)
    return typst.Compiler(
        str(bench / "dossier.typ"), root=own, font_paths=fonts, package_path=own, package_cache_path=own
    )


def print_out(compiler: typst.Compiler, moment: int) -> bytes:
    """The PDF, tagged and for archives, dated from `moment`: the engine would else read the clock."""
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment)
    assert isinstance(pdf, bytes)  # a list only where pages are pictures
    return pdf


def fault_of(fault: Exception) -> str:
    """What the engine says is wrong."""
    return str(getattr(fault, "diagnostic", "") or fault).strip()


if __name__ == "__main__":
    main()
