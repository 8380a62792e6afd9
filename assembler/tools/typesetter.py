"""The child process in which the layout engine runs: `python -m assembler.tools.typesetter`.

It sees the bench, the fonts and no network: whatever it is asked to lay out, it can only lay out. The memory of a large
dossier goes with it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import typst

from assembler.tools.child import answer_jobs, limit_memory

_MEMORY = 8_000_000_000
_NOWHERE = "http://127.0.0.1:9"


def main() -> None:
    """Answer jobs until there are no more: the folder of the bench in, what the layout says of its places out."""
    limit_memory(_MEMORY, _MEMORY)
    os.environ |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    answer_jobs(_answer)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    own = job["bench"]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["fonts"])
    try:
        compiler = typst.Compiler(
            str(Path(own, "dossier.typ")), root=own, font_paths=fonts, package_path=own, package_cache_path=own
        )
        # Tagged and for archives; dated, for the engine would else read the clock.
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=job["moment"])
        assert isinstance(pdf, bytes)  # a list only where pages are pictures
        Path(own, "dossier.pdf").write_bytes(pdf)
        return {"found": json.loads(compiler.query("<pagination>", field="value", one=True))}
    except Exception as fault:  # noqa: BLE001 - a layout from outside may fail in any way
        return {"fault": str(getattr(fault, "diagnostic", "") or fault).strip()}


if __name__ == "__main__":
    main()
