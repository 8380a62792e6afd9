"""What many exhibits cost beside a bare merge of the same files by qpdf, which stamps, links and tags nothing.

    python tests/bench_evidence.py [--small] [--runs N] [--json]

Two candidatures are made once and kept in the user's temporary folder: 60 exhibits of 10 pages, 1,000 of 20 (1.8 GB; left
out with `--small`), scans for the most part, born-digital pages, turned and mixed ones. The evidence stage is splice, stamps,
links, tags, labels and save, with facts cached. The whole job is the program's own command for the PDF edition; it stands
beside a script of pandoc, LibreOffice and pypdf that makes index, dividers, stamps, links, bookmarks and page labels too,
where these are installed. Commands take turns, and medians are shown, never asserted: compare the ratios. Memory is the
program's own at its peak, all its processes together (Linux), mapped files left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"60 / 600": (60, 10), "1 000 / 20 000": (1000, 20)}
SCHOOL = "lycee-exemple"
DAY = date(2026, 1, 1)
Figures = dict[str, float]


def main() -> None:
    """Measure what is asked and print it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--small", action="store_true", help="60 exhibits only")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--json", action="store_true")
    options.add_argument("--measure", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.measure:
        sys.stdout.write(json.dumps(measured(*asked.measure)) + "\n")
        return
    sizes = list(SIZES)[: 1 if asked.small else None]
    table = {size: compared(size, asked.runs) for size in sizes}
    sys.stdout.write((json.dumps(table, ensure_ascii=False, indent=1) if asked.json else shown(table)) + "\n")


def compared(size: str, runs: int) -> Figures:
    """Medians for one size, each tool in turn."""
    exhibits, pages = SIZES[size]
    folder = candidature(exhibits, pages)
    rows: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = Path(name)
        child(folder, place)  # facts learnt and files read once, unmeasured
        for _ in range(runs):
            row = child(folder, place)
            files = json.loads((place / "files.json").read_text())
            row |= bare_merge(files, place) | whole_job(folder, place)
            if usual_tools():
                row["usual"] = timed(lambda files=files: usual_way(folder, files, place))  # type: ignore[misc]
            rows.append(row)
    return {key: round(statistics.median(row[key] for row in rows), 4) for key in rows[0]}


def child(folder: Path, place: Path) -> Figures:
    """One measured run, in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(folder), str(place)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    figures: Figures = json.loads(told.stdout.splitlines()[-1])
    return figures


def measured(folder: Path, place: Path) -> Figures:
    """Every stage of one build of `folder`, with the sizes of what went in and out."""
    from assembler import pipeline
    from assembler.writers.pdf.layout import lay_out, pagination, press
    from assembler.writers.pdf.splice import splice

    began = time.perf_counter()
    examined = pipeline.examine(folder, DAY, lambda *_: None)
    dossier, store = examined.dossier, examined.store
    names = [exhibit.facts.prepared for exhibit in dossier.exhibits if exhibit.facts.prepared is not None]
    read = time.perf_counter()
    tools = press(draft=False, store=store, pack_folders=examined.pack_folders)
    laid = lay_out(dossier, tools)
    placed = pagination(dossier, laid)
    ready, busy = time.perf_counter(), time.process_time()
    with (place / "dossier.pdf").open("wb") as out:
        splice(dossier, laid, placed, tools, "dossier", out, lambda _: None)
    done, spent = time.perf_counter(), time.process_time() - busy
    files = [store.path(name) for name in names]
    (place / "files.json").write_text(json.dumps([str(file) for file in files]))
    return {
        "pages": sum(len(exhibit.facts.pages) for exhibit in dossier.exhibits),
        "reading": read - began, "layout": ready - read, "evidence": done - ready, "evidence_cpu": spent,
        "input": sum(file.stat().st_size for file in set(files)), "output": (place / "dossier.pdf").stat().st_size,
    }  # fmt: skip


def whole_job(folder: Path, place: Path) -> Figures:
    """The program's own command, from start to end, and the most memory that its processes held together."""
    program = Path(sys.executable).with_name("dossier")
    command = [program, "build", folder, "-o", place / "build", "--only", "pdf"]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        most = 0
        while process.poll() is None:
            most = max(most, private(process.pid))
            time.sleep(0.02)
    if process.returncode > 1:
        sys.exit("La construction a échoué.")
    return {"whole": time.perf_counter() - began, "private": most / 1024}


def private(parent: int) -> int:
    """Kilobytes that a process and its children hold for themselves; 0 where the system does not tell."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue
        if str(parent) in (status.parent.name, lines.get("PPid", "").strip()):
            total += int(lines.get("RssAnon", "0").split()[0])
    return total


def bare_merge(files: list[str], place: Path) -> Figures:
    """qpdf joins the files, nothing else."""
    if shutil.which("qpdf") is None:
        return {"qpdf": 0.0, "qpdf_cpu": 0.0}
    (place / "arguments").write_text("\n".join(["--empty", "--pages", *files, "--", str(place / "merged.pdf")]))
    before = os.times()
    spent = timed(lambda: subprocess.run(["qpdf", f"@{place / 'arguments'}"], check=False, capture_output=True))
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return {"qpdf": spent, "qpdf_cpu": busy}


def usual_tools() -> bool:
    """Whether the usual script can run."""
    return all(map(shutil.which, ("pandoc", "soffice"))) and find_spec("pypdf") is not None


def usual_way(folder: Path, files: list[str], place: Path) -> None:
    """What a skilled user would script: pandoc to Word, LibreOffice to PDF, pypdf to join, stamp, link and bookmark."""
    texts = sorted(str(text) for text in (folder / SCHOOL).glob("*.md"))
    (place / "pieces.md").write_text(index_and_dividers(len(files)))
    pandoc = ["pandoc", "-f", "markdown-yaml_metadata_block", "--toc", f"--resource-path={folder / SCHOOL}"]
    subprocess.run([*pandoc, *texts, place / "pieces.md", "-o", place / "usual.docx"], check=True)
    office = ["soffice", f"-env:UserInstallation=file://{place}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", place, place / "usual.docx"], check=True, capture_output=True)
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import DecodedStreamObject, DictionaryObject, Fit, NameObject

    writer, text = PdfWriter(), PdfReader(place / "usual.pdf")
    front = len(text.pages) - len(files)  # then a divider a page
    for page in text.pages[:front]:
        writer.add_page(page)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    for nth, file in enumerate(files):
        writer.add_page(text.pages[front + nth])
        divider = len(writer.pages) - 1
        writer.add_outline_item(title=f"Preuve {nth + 1}", page_number=divider)
        for rank, page in enumerate(PdfReader(file).pages):
            added = writer.add_page(page)
            stamp = DecodedStreamObject()
            stamp.set_data(f"BT /Stamp 9 Tf 20 8 Td (Preuve {nth + 1}, page {rank + 1}) Tj ET".encode())
            resources = added.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
            resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()[NameObject("/Stamp")] = font
            _append(writer, added, stamp)
            link = Link(rect=(0, 0, 200, 20), target_page_index=divider, fit=Fit.fit())
            writer.add_annotation(len(writer.pages) - 1, link)
    writer.set_page_label(0, len(writer.pages) - 1, style=PageLabelStyle.DECIMAL)
    writer.write(place / "usual-joined.pdf")


def index_and_dividers(count: int) -> str:
    """A table of the exhibits, then a page for each, in Markdown."""
    rows = "".join(f"| P{nth} | Document de masse numéro {nth} |\n" for nth in range(1, count + 1))
    leaf = '```{=openxml}\n<w:p><w:r><w:br w:type="page"/></w:r></w:p>\n```\n\n'
    dividers = "".join(f"{leaf}## P{nth}\n\nDocument de masse numéro {nth}\n\n" for nth in range(1, count + 1))
    return f"\n\n# Index\n\n| Cote | Titre |\n|---|---|\n{rows}\n\n{dividers}"


def _append(writer, page, stamp) -> None:  # type: ignore[no-untyped-def]  # a peer's script, untyped as its library
    from pypdf.generic import ArrayObject, NameObject

    there = page.get("/Contents")
    parts = (
        [] if there is None else list(there) if isinstance(there.get_object(), list) else [page.raw_get("/Contents")]
    )
    page[NameObject("/Contents")] = ArrayObject([*parts, writer._add_object(stamp)])


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def candidature(exhibits: int, pages: int) -> Path:
    """A copy of the example with so many exhibits more, made once and kept for the next time."""
    folder = Path(tempfile.gettempdir()) / f"dossier-bench-4-{exhibits}x{pages}"
    if (folder / "made").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "content", folder)
    mass = folder / SCHOOL / "preuves" / "masse"
    mass.mkdir()
    born = [born_digital(kind, pages) for kind in range(3)]
    scan = scanned_page()
    manifest, chapter = folder / SCHOOL / "preuves.yaml", folder / SCHOOL / "critere-1.md"
    entries = []
    for nth in range(exhibits):
        name = f"e{nth:04}.pdf"
        write_exhibit(mass / name, nth, pages, born, scan)
        entries.append(
            f"  - {{cle: masse-{nth}, titre: Document de masse numéro {nth}, fichier: preuves/masse/{name}, "
            f"criteres: [{nth % 8 + 1}], attendus: [{nth % 8 + 1}.a]}}\n"
        )
    manifest.write_text(manifest.read_text(encoding="utf-8") + "".join(entries), encoding="utf-8")
    cited = "".join(f"[preuve:masse-{nth}]" + ("\n\n" if nth % 20 == 19 else " ") for nth in range(exhibits))
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n\n" + cited + "\n", encoding="utf-8")
    (folder / "made").touch()
    return folder


def born_digital(kind: int, pages: int) -> bytes:
    """A document of text, links and tables, as a word processor exports it."""
    import typst

    sheet = '== Partie {n}\n#lorem(350)\n#link("https://exemple.fr/{n}")[lien] #table(columns: 3, ..range(15).map(i => [#i]))'
    body = "\n#pagebreak()\n".join(sheet.format(n=n) for n in range(pages))
    source = f'#set document(title: "Document {kind}")\n= Document {kind}\n{body}'
    made = typst.Compiler(source.encode(), font_paths=typst.Fonts(include_system_fonts=False)).compile(
        format="pdf", timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def scanned_page() -> bytes:
    """A grey scan of an A4 page, of about 125 kilobytes."""
    import io

    from PIL import Image

    dice = random.Random(7)
    out = io.BytesIO()
    grain = Image.frombytes("L", (800, 1131), dice.randbytes(800 * 1131)).point(lambda grey: 60 + grey * 2 // 3)
    grain.save(out, "JPEG", quality=14)
    return out.getvalue()


def write_exhibit(path: Path, nth: int, pages: int, born: list[bytes], scan: bytes) -> None:
    """Seven exhibits of ten are scans, upright, lying or mixed; three are born digital, one of them turned."""
    import io

    import pikepdf
    from pikepdf import Dictionary, Name, Stream

    if nth % 10 < 3:
        with pikepdf.open(io.BytesIO(born[nth % 10])) as pdf:
            pdf.docinfo["/Subject"] = f"Exemplaire {nth}"
            for page in pdf.pages:
                if nth % 10 == 2:
                    page.obj.Rotate = 90
            pdf.save(path)
        return
    with pikepdf.new() as pdf:
        width, height = ((595, 842), (842, 595), (842, 1191))[nth % 3]
        for rank in range(pages):
            at = scan.index(b"\xff\xdb") + 60  # two coefficients of the table that the picture is decoded with
            unlike = (
                scan[:at] + bytes((1 + nth % 250, 1 + rank + pages * (nth // 250))) + scan[at + 2 :]
            )  # no two are the same
            image = Stream(pdf, unlike, Type=Name.XObject, Subtype=Name.Image, Width=800, Height=1131,
                           ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
            sheet = Dictionary(
                Type=Name.Page,
                MediaBox=[0, 0, width, height],
                Resources=Dictionary(XObject=Dictionary(Im0=image)),
                Contents=Stream(pdf, b"q %d 0 0 %d 0 0 cm /Im0 Do Q" % (width, height)),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(sheet)))
        pdf.save(path)


def shown(table: dict[str, Figures]) -> str:
    """The table, ratios last."""
    lines = ["| preuves / pages | " + " | ".join(table) + " |", "|---|" + "---|" * len(table)]
    rows: dict[str, Callable[[Figures], str]] = {
        "lecture, faits en cache": lambda it: f"{it['reading']:.2f} s",
        "mise en page": lambda it: f"{it['layout']:.2f} s",
        "preuves : insertion, tampons, balises, écriture": lambda it: f"{it['evidence']:.2f} s",
        "qpdf, fusion seule": lambda it: f"{it['qpdf']:.2f} s",
        "preuves / qpdf": lambda it: ratio(it["evidence"], it["qpdf"]),
        "preuves / qpdf, temps de calcul": lambda it: ratio(it["evidence_cpu"], it["qpdf_cpu"]),
        "par page": lambda it: f"{1000 * it['evidence'] / it['pages']:.2f} ms",
        "tout le travail, commande entière": lambda it: f"{it['whole']:.2f} s",
        "pandoc, LibreOffice et pypdf": lambda it: f"{it['usual']:.2f} s" if "usual" in it else "–",
        "tout / ces trois": lambda it: ratio(it["whole"], it.get("usual", 0)),
        "mémoire propre, au plus": lambda it: f"{it['private']:.0f} Mo",
        "taille, sortie / entrées": lambda it: ratio(it["output"], it["input"]),
    }
    lines += [
        f"| {label} | " + " | ".join(tell(figures) for figures in table.values()) + " |" for label, tell in rows.items()
    ]
    return "\n".join(lines)


def ratio(ours: float, theirs: float) -> str:
    """« 0.33 », or a dash where the other was not measured."""
    return f"{ours / theirs:.2f}" if theirs else "–"


if __name__ == "__main__":
    main()
