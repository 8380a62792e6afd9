"""What a joint dossier costs beside the dossiers of its schools, each built alone.

    python tests/bench_network.py [--schools N] [--runs N] [--json]

Ten schools of 40 exhibits and 600 pages each (`bench_evidence` makes them: scans for the most part), with the narratives of the
example, are made once and kept in the user's temporary folder, about 500 MB. Every candidature is built once unmeasured, so that
facts are cached, then the ten in turn and the joint one, by the program's own command, Word and PDF. Medians are shown, never
asserted. Memory is the program's own at its peak, all its processes together (Linux), mapped files left out.
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
from pathlib import Path

from bench_evidence import ROOT, SCHOOL, Figures, born_digital, private, ratio, scanned_page, write_exhibit

EXHIBITS, PAGES = 40, 15
KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
TITLE = "Lycée des métiers du bois et de l’habitat"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--schools", type=int, default=10)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    figures = compared(asked.schools, asked.runs)
    sys.stdout.write((json.dumps(figures, indent=1) if asked.json else shown(figures)) + "\n")


def compared(schools: int, runs: int) -> Figures:
    """Medians: the schools' own builds together, and the joint one."""
    folder = candidatures(schools)
    own = [folder / f"seul-{rank}" for rank in range(schools)]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = Path(name)
        rows: list[Figures] = []
        for nth in range(runs + 1):
            alone, joint = [built(each, place) for each in own], built(folder / "reseau", place)
            if nth:
                rows.append(
                    {f"own_{key}": sum(each[key] for each in alone) for key in ("whole", "cpu")}
                    | {"own_private": max(each["private"] for each in alone)}
                    | {f"joint_{key}": value for key, value in joint.items()}
                )
    return {key: round(statistics.median(row[key] for row in rows), 2) for key in rows[0]}


def built(folder: Path, place: Path) -> Figures:
    """One build, from start to end: seconds, seconds of computing, and the most memory held together."""
    command = [Path(sys.executable).with_name("dossier"), "build", folder, "-o", place / "build", "--draft"]
    before, began, most = os.times(), time.perf_counter(), 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, private(process.pid))
            time.sleep(0.05)
    after = os.times()
    if process.returncode > 1:
        sys.exit("La construction a échoué.")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {"whole": time.perf_counter() - began, "cpu": cpu, "private": most / 1024}


def candidatures(schools: int) -> Path:
    """The schools' candidatures and the joint one, whose parts are the same files."""
    folder = Path(tempfile.gettempdir()) / f"dossier-bench-network-1-{schools}"
    if (folder / "made").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    keys = [f"lycee-{rank}" for rank in range(schools)]
    born, scan = [born_digital(kind, PAGES) for kind in range(3)], scanned_page()
    for rank, key in enumerate(keys):
        alone = folder / f"seul-{rank}"
        school(alone / key, rank, born, scan)
        write_request(alone, [key])
        shutil.copytree(alone / key, folder / "reseau" / key)
    write_request(folder / "reseau", keys)
    (folder / "made").touch()
    return folder


def school(folder: Path, rank: int, born: list[bytes], scan: bytes) -> None:
    """The example's texts, with exhibits of this school's own, cited all through the first criterion."""
    source = ROOT / "content" / SCHOOL
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("preuves", "preuves.yaml"))
    for text in folder.glob("*.md"):
        text.write_text(re.sub(r" ?\[preuve:[^]]+\]", "", text.read_text("utf-8")), "utf-8")
    number = f"{999999 - rank:07}"
    sheet = (folder / "etablissement.yaml").read_text("utf-8")
    sheet = re.sub(r"(?m)^uai: .*$", f"uai: {number}{KEYS[int(number) % 23]}", sheet)
    sheet = re.sub(r"(?m)^nom: .*$", f"nom: Lycée numéro {rank + 1}", sheet)
    (folder / "etablissement.yaml").write_text(re.sub(r", preuve: [\w-]+|(?m:^ +preuve: .*\n)", "", sheet), "utf-8")
    entries = []
    for nth in range(EXHIBITS):
        place = folder / "preuves" / f"e{nth:02}.pdf"
        place.parent.mkdir(exist_ok=True)
        write_exhibit(place, rank * EXHIBITS + nth, PAGES, born, scan)
        entries.append(
            f"  - {{cle: masse-{nth}, titre: Document de masse numéro {nth}, fichier: preuves/{place.name}, "
            f"criteres: [{nth % 8 + 1}], attendus: [{nth % 8 + 1}.a]}}\n"
        )
    (folder / "preuves.yaml").write_text("preuves:\n" + "".join(entries), "utf-8")
    cited = " ".join(f"[preuve:masse-{nth}]" for nth in range(EXHIBITS))
    with (folder / "critere-1.md").open("a", encoding="utf-8") as text:
        text.write(f"\n\n{cited}\n")


def write_request(folder: Path, keys: list[str]) -> None:
    """`candidature.yaml` for these schools."""
    joint = f"reseau: {{nom: Réseau du bois, pilote: {keys[0]}}}\n" if len(keys) > 1 else ""
    (folder / "candidature.yaml").write_text(
        f"gabarit: national-2023\ndemande: initiale\nintitule: {TITLE}\ncampagne: 2027\nedition: 2026-11-20\n"
        f"etablissements: [{', '.join(keys)}]\n{joint}",
        "utf-8",
    )


def shown(figures: Figures) -> str:
    """The table, ratios last."""
    rows = {
        "établissements seuls, ensemble": f"{figures['own_whole']:.1f} s",
        "dossier commun": f"{figures['joint_whole']:.1f} s",
        "dossier commun / établissements seuls": ratio(figures["joint_whole"], figures["own_whole"]),
        "le même, en temps de calcul": ratio(figures["joint_cpu"], figures["own_cpu"]),
        "mémoire propre au plus, le plus gros des seuls": f"{figures['own_private']:.0f} Mo",
        "mémoire propre au plus, dossier commun": f"{figures['joint_private']:.0f} Mo",
    }
    return "\n".join(("| | |", "|---|---|", *(f"| {label} | {value} |" for label, value in rows.items())))


if __name__ == "__main__":
    main()
