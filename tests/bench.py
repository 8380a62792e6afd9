"""How fast the program is beside what a skilled user would script, measured in one run on the same content (`make bench`).

    python tests/bench.py [CONTENU] [--runs N] [--json]

The peer is a script of three tools: pandoc makes the Word file, pandoc and typst the PDF, qpdf joins the evidence to it. It
numbers, ties, checks, stamps, bookmarks and tags nothing, so its figures say what such work costs at the very least.
Every command is run once unmeasured, then N times (5) in turn with the others, so that a busy moment falls on all alike.
Memory is that of the largest single process. Times are shown, never asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OFFICE = re.compile(r"fichier: (\S.*\.(?:docx?|odt|xlsx?|ods|pptx?|odp))\s*$", re.MULTILINE)
WARM, COLD = "cache", "cache-neuf"
CACHES = ("XDG_CACHE_HOME", "HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")  # Linux, macOS, Windows
Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Job:
    """Commands measured together, in turn; `before` prepares each run and is not measured."""

    key: str
    label: str
    commands: tuple[Command, ...]
    before: Callable[[int], None] = lambda *_: None
    cold: bool = False
    seconds: float | None = None
    megabytes: int | None = None


@dataclass(slots=True)
class Figures:
    """What each run took; processor time and megabytes are None where the system does not tell."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float | None] = field(default_factory=list)
    megabytes: list[float | None] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def busy(self) -> float | None:
        known = [each for each in self.processor if each is not None]
        return statistics.median(known) if known else None

    @property
    def peak(self) -> float | None:
        return max((each for each in self.megabytes if each is not None), default=None)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description="Mesurer le programme à côté d’autres outils.")
    parser.add_argument("contenu", nargs="?", type=Path, default=ROOT / "content")
    parser.add_argument("--runs", type=int, default=5, help="combien de fois chaque mesure (5 sans cette option)")
    parser.add_argument("--json", action="store_true", help="les mesures en JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
        place = Path(folder)
        ours = our_jobs(options.contenu.resolve(), place)
        peers, said = peer_jobs(place / "sans-bureautique", place)
        jobs = ours + peers
        figures = measure(jobs, options.runs, place)
    if options.json:
        sys.stdout.write(json.dumps(as_plain(jobs, figures, said), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(as_text(jobs, figures, said))


# ----------------------------------------------------------------------------------------------- what is measured


def our_jobs(content: Path, place: Path) -> list[Job]:
    """Our own commands, on the content as it is and on a copy whose Office evidence is replaced by PDF."""
    whole, plain, out = place / "tel-quel", place / "sans-bureautique", place / "build"
    shutil.copytree(content, whole)
    shutil.copytree(content, plain)
    replace_office(plain)
    program = Path(sys.executable).with_name("dossier.exe" if os.name == "nt" else "dossier")
    dossier = (program,) if program.exists() else (sys.executable, "-m", "assembler")
    build, build_whole = ((*dossier, "build", folder, "-o", out) for folder in (plain, whole))

    def edit(run: int) -> None:
        change_sentence(plain, run)

    return [
        Job("help", "dossier --help", ((*dossier, "--help"),), seconds=0.25),
        Job("check", "dossier check", ((*dossier, "check", plain),), seconds=0.6),
        Job("build", "dossier build, une phrase a changé", (build,), edit, seconds=2, megabytes=400),
        Job("build-again", "dossier build, rien n’a changé", (build,), seconds=2, megabytes=400),
        Job("build-draft", "dossier build --draft, une phrase a changé", ((*build, "--draft"),), edit),
        Job("build-word", "dossier build --only word, une phrase a changé", ((*build, "--only", "word"),), edit),
        Job("build-pdf", "dossier build --only pdf, une phrase a changé", ((*build, "--only", "pdf"),), edit),
        Job("office", "dossier build, avec pièces bureautiques, rien n’a changé", (build_whole,)),
        Job("check-cold", "dossier check, cache vide", ((*dossier, "check", plain),), cold=True),
        Job("build-cold", "dossier build, cache vide", (build,), cold=True),
        Job("pdf-cold", "dossier build --only pdf, cache vide", ((*build, "--only", "pdf"),), cold=True),
        Job("office-cold", "dossier build, avec pièces bureautiques, cache vide", (build_whole,), cold=True),
    ]


def peer_jobs(plain: Path, place: Path) -> tuple[list[Job], list[str]]:
    """What a skilled user would script, from the tools that are there; and what is said about those."""
    jobs, said = [], []
    school = next(each.parent for each in sorted(plain.glob("*/preuves.yaml")))
    texts = [each for name in ("presentation", "bilan", "critere-*") for each in sorted(school.glob(f"{name}.md"))]
    pandoc, writes_typst = find_pandoc()
    word = place / "pandoc.docx"
    if pandoc is None:
        said.append("pandoc n’est pas installé : ni le Word ni le PDF ne sont comparés.")
    else:
        said.append(f"Word : {version(pandoc)}")
        reading = (pandoc, "--from", "markdown+lists_without_preceding_blankline", "--resource-path", school, "--toc",
                   "--number-sections", *texts)  # fmt: skip
        reference = ROOT / "templates" / "national-2023" / "dossier.docx"
        jobs.append(Job("pandoc-word", "pandoc → Word", ((*reading, "--reference-doc", reference, "--output", word),)))
        source, pdf = school / "pandoc.typ", place / "pandoc.pdf"
        if writes_typst:
            said.append(f"PDF : {version(pandoc)}, {typst_command(source, pdf)[1]}")
            write = (*reading, "--standalone", "--to", "typst", "--output", source)
            jobs.append(Job("pandoc-pdf", "pandoc → typst → PDF", (write, typst_command(source, pdf)[0])))
        else:
            said.append(f"PDF : {version(pandoc)} n’écrit pas typst (il faut la version 3.1.2) : non comparé.")
    office = shutil.which("soffice")
    if office and pandoc:
        said.append(f"Word en PDF : {version(office)}")
        command = (office, f"-env:UserInstallation={(place / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
                   "--outdir", place, word)  # fmt: skip
        jobs.append(Job("office-pdf", "LibreOffice : le Word de pandoc → PDF", (command,)))
    elif not office:
        said.append(
            "LibreOffice n’est pas installé : les pages du Word ne sont pas mesurées, ni les pièces converties."
        )
    if qpdf := shutil.which("qpdf"):
        said.append(f"Preuves réunies : {version(qpdf)}")
        evidence = sorted(school.rglob("*.pdf"))
        merge = (qpdf, "--empty", "--pages", *evidence, "--", place / "preuves.pdf")
        jobs.append(Job("qpdf", f"qpdf : réunir les {len(evidence)} preuves PDF", (merge,)))
    else:
        said.append("qpdf n’est pas installé : la réunion des preuves n’est pas comparée.")
    return jobs, said


RATIOS = (
    ("Word : build --only word / pandoc", "build-word", ("pandoc-word",)),
    ("PDF : build --only pdf / pandoc, typst, qpdf", "build-pdf", ("pandoc-pdf", "qpdf")),
    ("PDF : build --only pdf / pandoc, LibreOffice, qpdf", "build-pdf", ("pandoc-word", "office-pdf", "qpdf")),
    ("tout : build, une phrase a changé / pandoc deux fois, typst, qpdf", "build", ("pandoc-word", "pandoc-pdf", "qpdf")),
    ("tout : build, cache vide / pandoc deux fois, typst, qpdf", "build-cold", ("pandoc-word", "pandoc-pdf", "qpdf")),
    ("tout, pages du Word non mesurées : build --draft / les mêmes", "build-draft",
     ("pandoc-word", "pandoc-pdf", "qpdf")),
)  # fmt: skip


def replace_office(content: Path) -> None:
    """Put a PDF, each a little different, in the place of every Office file of the manifests."""
    for manifest in content.glob("*/preuves.yaml"):
        model = min(manifest.parent.rglob("*.pdf"), key=lambda each: (each.stat().st_size, each.name)).read_bytes()

        def replaced(match: re.Match[str], folder: Path = manifest.parent, model: bytes = model) -> str:
            name = f"{match[1]}.pdf"
            (folder / name).write_bytes(model + f"\n% {name}\n".encode())
            return f"fichier: {name}"

        manifest.write_text(OFFICE.sub(replaced, manifest.read_text("utf-8")), "utf-8")


def change_sentence(content: Path, run: int) -> None:
    """Give the first narrative a last sentence that no run had before."""
    narrative = min(content.glob("*/critere-1.md"))
    text = narrative.read_text("utf-8").partition("\n<!-- bench -->")[0]
    narrative.write_text(f"{text}\n<!-- bench -->\n\nPhrase {run} de {time.time_ns()}.\n", "utf-8")


def find_pandoc() -> tuple[str | None, bool]:
    """The pandoc to use (on PATH, else the one that the package pypandoc brings), and whether it writes typst."""
    spec = find_spec("pypandoc")
    brought = [Path(place) / "files" / "pandoc" for place in spec.submodule_search_locations or ()] if spec else []
    found = [each for each in (shutil.which("pandoc"), *map(str, brought)) if each and Path(each).exists()]
    for each in found:
        if "typst" in output([each, "--list-output-formats"]).split():
            return each, True
    return (found[0] if found else None), False


def typst_command(source: Path, pdf: Path) -> tuple[Command, str]:
    """The command that makes `pdf` of `source`, with what makes it."""
    if program := shutil.which("typst"):
        return (program, "compile", source, pdf), version(program)
    code = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    return (sys.executable, "-c", code, source, pdf), f"typst {metadata.version('typst')} (paquet Python)"


def version(program: str) -> str:
    """The first line a program says about its version."""
    return next(iter(output([program, "--version"]).splitlines()), program)


def output(command: list[str]) -> str:
    """What a command writes, whatever its exit code."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


# ----------------------------------------------------------------------------------------------- measuring


def measure(jobs: list[Job], runs: int, place: Path) -> dict[str, Figures]:
    """The figures of every job by key; each is first run once unmeasured. Leaves with 1 when a command fails."""
    figures = {job.key: Figures() for job in jobs}
    for run in range(runs + 1):
        for job in jobs:
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\033[K… tour {run}/{runs} : {job.label}")
            job.before(run)
            cache = place / (COLD if job.cold else WARM)
            if job.cold:
                shutil.rmtree(cache, ignore_errors=True)
            took = [timed(command, cache, place) for command in job.commands]
            if run:
                seconds, processor, megabytes = zip(*took, strict=True)
                figures[job.key].seconds.append(sum(seconds))
                figures[job.key].processor.append(None if None in processor else sum(processor))
                figures[job.key].megabytes += megabytes
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    return figures


def timed(command: Command, cache: Path, place: Path) -> tuple[float, float | None, float | None]:
    """Seconds from start to end, seconds of processor, and megabytes of the largest process."""
    cache.mkdir(exist_ok=True)
    environment = {**os.environ, **dict.fromkeys(CACHES, str(cache)), "NO_COLOR": "1"}
    with (place / "dit.txt").open("w+b") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(each) for each in command], stdout=said, stderr=said, env=environment, cwd=place
        )
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
            processor = usage.ru_utime + usage.ru_stime
        else:
            process.wait()
            peak = processor = None
        took = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace")
            sys.exit(f"Mesure impossible, code {process.returncode} : {' '.join(map(str, command))}\n{words}")
    return took, processor, peak


# ----------------------------------------------------------------------------------------------- telling


def as_text(jobs: list[Job], figures: dict[str, Figures], said: list[str]) -> str:
    """The figures as a table, the ratios, what was used and what is missing."""
    width = max(len(job.label) for job in jobs)
    runs = len(figures[jobs[0].key].seconds)
    lines = [f"{'':{width}}  {'médiane':>9}  {'de':>7} {'à':>7}  {'processeur':>10}  {'mémoire':>8}  objectif"]
    for job in jobs:
        each = figures[job.key]
        busy = f"{each.busy:.2f} s" if each.busy is not None else "—"
        memory = f"{each.peak:.0f} Mo" if each.peak is not None else "—"
        lines.append(
            f"{job.label:{width}}  {each.median:7.2f} s  {min(each.seconds):7.2f} {max(each.seconds):7.2f}  {busy:>10}  {memory:>8}"
            f"  {target(job, each)}".rstrip()
        )
    lines += ["", "Rapports des médianes (au-dessous de 1, dossier est plus rapide) :"]
    lines += [f"  {value:5.2f}  {label}" for label, value in ratios(figures)]
    load = f", charge {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""
    machine = f"{os.cpu_count()} cœurs{load} ; Python {sys.version.split()[0]}"
    lines += ["", f"{runs} mesures chacune, après une pour rien ; {machine}."]
    lines += [f"  {each}" for each in said]
    lines += [
        "Les mesures sont faites sans pièces bureautiques (remplacées par des PDF), sauf là où c’est dit.",
        "L’autre chemin ne numérote, ne contrôle, ne tamponne et ne relie rien.",
    ]
    return "\n".join(lines) + "\n"


def target(job: Job, figures: Figures) -> str:
    """What is aimed at, and whether it is reached."""
    told = []
    if job.seconds is not None:
        told.append(f"< {job.seconds:g} s : {'oui' if figures.median < job.seconds else 'NON'}")
    if job.megabytes is not None and figures.peak is not None:
        told.append(f"< {job.megabytes} Mo : {'oui' if figures.peak < job.megabytes else 'NON'}")
    return ", ".join(told).replace(".", ",")


def ratios(figures: dict[str, Figures]) -> list[tuple[str, float]]:
    """Our median over the sum of the peers', where all of them were measured."""
    return [
        (label, figures[ours].median / sum(figures[each].median for each in peers))
        for label, ours, peers in RATIOS
        if all(each in figures for each in (ours, *peers))
    ]


def as_plain(jobs: list[Job], figures: dict[str, Figures], said: list[str]) -> dict[str, object]:
    """Everything measured, for other programs."""
    return {
        "mesures": {
            job.key: {
                "libelle": job.label,
                "mediane": figures[job.key].median,
                "secondes": figures[job.key].seconds,
                "processeur": figures[job.key].busy,
                "megaoctets": figures[job.key].peak,
                "objectif-secondes": job.seconds,
                "objectif-megaoctets": job.megabytes,
            }
            for job in jobs
        },
        "rapports": dict(ratios(figures)),
        "outils": said,
    }


if __name__ == "__main__":
    main()
