"""Every file of the corpora as evidence: `make corpora` builds a candidature around each, then one around each folder.

Nobody here wrote these files. Each build has a process of its own, measured when it ends. The counts go to `corpora.md`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from candidature import copy_simple, drop

HERE = Path(__file__).parent
CORPORA = Path(os.environ.get("CORPORA", HERE.parents[1] / "shared" / "corpora"))
REPORT = HERE / "corpora.md"
DAY = date(2026, 11, 20)
GROUPS = ("pdf/handbuilt", "pdf/horrors", "pdf/ocrmypdf", "pdf/oss-fuzz", "pdf/pikepdf", "pdf/py-pdf", "pdf/qpdf",
          "word/docxtpl", "word/python-docx", "office", "images")  # fmt: skip
SECONDS, OFFICE_SECONDS, MEMORY = 30.0, 60.0, 1_500_000_000
_LOST = 300.0

HEAD = """\
# What becomes of files that nobody here wrote

Written by `make corpora`: each file of the corpora as the only evidence of a candidature, the whole way to `dossier.pdf`.
*Whole*: every page is there. *Refused*: the dossier says which file, why, and what to do. *At fault*: anything else: a
failure of ours, a wrong number of pages, a result that `qpdf --check` finds wrong, more than 30 s (60 s for Office
files) or more than 1.5 GB.

"""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of some files: `codes` of the findings on them, `pages` embedded, what is wrong in `faults`."""

    files: int
    embedded: int
    pages: int
    codes: tuple[str, ...]
    faults: tuple[str, ...]
    seconds: float = 0.0
    memory: int = 0


def files_of(group: str) -> list[Path]:
    """The files of a folder of the corpora, in a fixed order; none where it does not stand."""
    return sorted(path for path in (CORPORA / group).rglob("*") if path.is_file())


def try_files(paths: list[Path]) -> Tried:
    """A candidature with these files as its evidence, built in a process of its own that is measured and may be lost."""
    with tempfile.TemporaryDirectory(prefix="corpora-") as folder:
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _leave(lambda: _build(paths, Path(folder)), Path(folder, "built.json"))
        memory, fault = _ended(child)
        seconds = time.monotonic() - started
        told = _told(Path(folder, "built.json"))
        if fault or told is None:
            return Tried(len(paths), 0, 0, (), (fault or "no answer",), seconds, memory)
        child = os.fork()
        if child == 0:
            _leave(lambda: _verify(paths, told, Path(folder)), Path(folder, "verified.json"))
        _, fault = _ended(child)
        wrong = _told(Path(folder, "verified.json"))
    faults = [*told["faults"], *(["the check of the result was lost"] if fault or wrong is None else wrong["faults"])]
    if len(paths) == 1 and seconds > (SECONDS if _is_quick(paths[0]) else OFFICE_SECONDS):
        faults.append(f"{seconds:.0f} s")
    if memory > MEMORY:
        faults.append(f"{memory / 1e6:.0f} MB")
    return Tried(
        len(paths), sum(bool(each) for each in told["pages"]), sum(told["pages"]), tuple(told["codes"]), tuple(faults),
        seconds, memory,
    )  # fmt: skip


def _is_quick(path: Path) -> bool:
    return "pdf" in path.relative_to(CORPORA).parts or "images" in path.relative_to(CORPORA).parts


def _leave(work: Callable[[], dict[str, object]], answer: Path) -> None:
    """In a forked child: do the work, write what it says, and go without looking back."""
    try:
        os.setsid()
        answer.write_text(json.dumps(work()))
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is what the test is looking for
        answer.write_text(
            json.dumps({"faults": [repr(fault)], "pages": [], "codes": [], "source_pages": [], "around": 0})
        )
    finally:
        os._exit(0)


def _ended(child: int) -> tuple[int, str]:
    """The most memory that one process of the child's family took, and what went wrong with it."""
    started = time.monotonic()
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return usage.ru_maxrss * 1024, "" if status == 0 else f"ended with status {status}"
        if time.monotonic() - started > _LOST:
            os.killpg(child, signal.SIGKILL)
            os.wait4(child, 0)
            return 0, "hangs"
        time.sleep(0.01)


def _told(path: Path) -> dict[str, list[object]] | None:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return None


# ------------------------------------------------------------------------------------------------- one build


def _build(paths: list[Path], folder: Path) -> dict[str, object]:
    from assembler.pipeline import Options, build
    from assembler.report import findings_plain

    root = _candidature(paths, folder / "candidature")
    options = Options(root, folder / "sortie", DAY, draft=True, only="pdf", ocr=False, tell=findings_plain)
    made = build(options, lambda *_: None)
    every = made.examined.dossier.exhibits
    exhibits = sorted(
        (each for each in every if not each.entry.is_attachment), key=lambda each: int(each.entry.key[1:])
    )
    narrative = next(each for each in made.artefacts if each.name.endswith("-sans-annexes.pdf"))
    said = [
        each
        for each in findings_plain(made.findings)
        if str(each["code"]).startswith("exhibit-") and each["code"] != "exhibit-uncited"
    ]
    faults = []
    for exhibit in exhibits:
        name = exhibit.entry.file or ""
        about = [each for each in said if Path(name).name in str(each["message"])]
        if not exhibit.facts.pages and not any(each["severite"] != "remarque" and each["remede"] for each in about):
            faults.append(f"{Path(name).name} is left out in silence ({exhibit.facts.absence})")
    codes = [str(each["code"]) for each in said]
    return {
        "pages": [len(each.facts.pages) for each in exhibits],
        "source_pages": [each.facts.source_pages for each in exhibits],
        "around": (narrative.pages or 0) + len(every)
        + sum(len(each.facts.pages) for each in every if each.entry.is_attachment),
        "codes": codes, "faults": faults,
    }  # fmt: skip


def _candidature(paths: list[Path], root: Path) -> Path:
    copy_simple(root)
    manifest = root / "lycee" / "preuves.yaml"
    lines = [manifest.read_text("utf-8").partition("preuves:\n")[0], "preuves:\n"]
    drop("lycee/preuves")(root)
    for number, path in enumerate(paths):
        name = f"preuves/{number}/{path.name}" if len(paths) > 1 else f"preuves/{path.name}"
        (root / "lycee" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, root / "lycee" / name)
        lines.append(
            f"  - cle: p{number}\n    titre: Pièce\n    fichier: {json.dumps(name)}\n    criteres: [{number % 8 + 1}]\n"
        )
    manifest.write_text("".join(lines), "utf-8")
    return root


def _verify(paths: list[Path], told: dict[str, list[object]], folder: Path) -> dict[str, object]:
    """Other programs on the result: qpdf's check, and the number of pages that two more libraries count."""
    import pikepdf

    faults = []
    result = folder / "sortie" / "brouillon.pdf"
    if shutil.which("qpdf"):
        done = subprocess.run(
            ["qpdf", "--check", str(result)], capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode:
            faults.append(f"qpdf: {(done.stderr or done.stdout).strip().splitlines()[-1][:160]}")
    with pikepdf.open(result) as pdf:
        expected = told["around"] + sum(told["pages"])
        if len(pdf.pages) != expected:
            faults.append(f"{len(pdf.pages)} pages in place of {expected}")
    for path, pages, counted in zip(paths, told["pages"], told["source_pages"], strict=True):
        if path.suffix == ".pdf" and pages and "exhibit-pages-differ" not in told["codes"]:
            other = _counted(path)
            if other and counted not in other:  # one of the two may believe a count that the file only claims
                faults.append(f"{path.name}: {counted} pages, others count {sorted(other)}")
            if pages != counted:
                faults.append(f"{path.name}: {pages} of {counted} pages")
    return {"faults": faults}


def _counted(path: Path) -> set[int]:
    """How many pages pypdf and pdfium count, those of the two that can open the file."""
    import pypdf
    import pypdfium2

    counted = set()
    logging.disable()
    with contextlib.suppress(Exception):  # pypdf raises anything; it then has no opinion
        counted.add(len(pypdf.PdfReader(path).pages))
    with contextlib.suppress(pypdfium2.PdfiumError), pypdfium2.PdfDocument(path) as pdf:
        counted.add(len(pdf))
    return counted


# ------------------------------------------------------------------------------------------------- all of them


def sample(most: int) -> list[Path]:
    """So many files, chosen by the fingerprint of their name, each folder in proportion; Office files are few, being slow."""
    everything = [path for group in GROUPS for path in files_of(group)]
    ranked = sorted(everything, key=lambda path: hashlib.sha256(path.name.encode()).digest())
    slow = [path for path in ranked if not _is_quick(path)][:4]
    return slow + [path for path in ranked if _is_quick(path)][: most - len(slow)]


def try_each(paths: Iterable[Path], told: Callable[[Path, Tried], None]) -> list[Tried]:
    """Each file by itself, as many at once as there are processors; `told` of each as it ends."""
    tried: dict[Path, Tried] = {}
    everything = list(paths)
    with multiprocessing.get_context("spawn").Pool(os.cpu_count() or 1, initializer=_warm) as pool:
        for path, each in pool.imap_unordered(_try_one, everything):
            tried[path] = each
            told(path, each)
    return [tried[path] for path in everything]


def _try_one(path: Path) -> tuple[Path, Tried]:
    return path, try_files([path])


def _warm() -> None:
    """What every build imports, before the forks; nothing may run yet, as the threads of a layout do not survive a fork."""
    import pypdf  # noqa: F401
    import pypdfium2  # noqa: F401

    import assembler.pipeline
    import assembler.readers.exhibits
    import assembler.report
    import assembler.writers.pdf  # noqa: F401


def _tell(path: Path, tried: Tried) -> None:
    if sys.stderr.isatty() or tried.faults:
        sys.stderr.write(": ".join([path.name, *tried.faults]) + "\n")


def _row(name: str, tried: list[Tried]) -> str:
    faulty = sum(bool(each.faults) for each in tried)
    embedded = sum(each.embedded for each in tried)
    files, pages = sum(each.files for each in tried), sum(each.pages for each in tried)
    slowest, largest = max(each.seconds for each in tried), max(each.memory for each in tried)
    return f"| {name} | {files} | {embedded} | {files - embedded} | {faulty} | {pages} | {slowest:.1f} | {largest / 1e6:.0f} |"


def main() -> int:
    """Try everything, print and write the table; 1 when anything is at fault."""
    if not CORPORA.is_dir():
        sys.stdout.write(f"No corpora in {CORPORA}: nothing was tried. CORPORA=folder says where they are.\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="corpora-cache-") as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        wanted = sys.argv[1:] or GROUPS
        singles = [(group, files_of(group)) for group in wanted]
        tried = iter(try_each((path for _, paths in singles for path in paths), _tell))
        results = [(group, [(path, next(tried)) for path in paths]) for group, paths in singles if paths]
        together = [(group, try_files(paths)) for group, paths in singles if group.startswith("pdf/") and paths]
    columns = (
        "| {} | files | whole | refused | at fault | pages | slowest (s) | most memory (MB) |\n|---|" + "---:|" * 7
    )
    lines = [columns.format("one by one")]
    lines += [_row(group, [each for _, each in rows]) for group, rows in results]
    lines += [_row("**all**", [each for _, rows in results for _, each in rows])]
    lines += ["", columns.format("a folder in one candidature")]
    lines += [_row(group, [each]) for group, each in together]
    codes = Counter(code for _, rows in results for _, each in rows for code in each.codes)
    lines += ["", "| finding | files |\n|---|---:|"]
    lines += [f"| `{code}` | {count} |" for code, count in sorted(codes.items(), key=lambda each: (-each[1], each[0]))]
    faults = [(f"{group}: {path.name}", each) for group, rows in results for path, each in rows if each.faults]
    faults += [(f"{group}, together", each) for group, each in together if each.faults]
    lines += ["", *([f"- {name}: {'; '.join(each.faults)}" for name, each in faults] or ["Nothing is at fault."])]
    sys.stdout.write("\n".join(lines) + "\n")
    wrong = False
    if not sys.argv[1:]:
        import corpora_templates

        templates, wrong = corpora_templates.section(corpora_templates.EVERY, validated=True)
        REPORT.write_text(HEAD + "\n".join([*lines, "", *templates]) + "\n", "utf-8")
        sys.stdout.write("\n".join(templates) + "\n")
    if os.environ.get("CORPORA_DETAILS"):
        told = {str(path.relative_to(CORPORA)): asdict(each) for _, rows in results for path, each in rows}
        Path(os.environ["CORPORA_DETAILS"]).write_text(json.dumps(told, indent=1))
    return 1 if faults or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
