"""Nothing that an author, a disk or a stranger puts in a candidature makes the program fail: it is named, in French."""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from candidature import Change, append, change, copy_simple, drop, folder, link, program, write
from checks import files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembler.errors import DossierError
from assembler.model.finding import Severity
from assembler.pipeline import examine
from assembler.report import findings_gitlab, findings_plain, findings_text
from assembler.wording import failure

Run = Callable[..., Any]
REQUEST, IDENTITY, MANIFEST = "candidature.yaml", "lycee/etablissement.yaml", "lycee/preuves.yaml"
MAP, ANSWER, LEDGER = "lycee/preuves/carte.pdf", "lycee/critere-8.md", "numeros.yaml"
DAY = date(2026, 11, 20)
TEXTS = (REQUEST, IDENTITY, MANIFEST, "lycee/critere-3.md", "lycee/critere-4.md", ANSWER)


def reencode(file: str, encoding: str, *, crlf: bool = False) -> Change:
    def apply(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        (root / file).write_bytes((text.replace("\n", "\r\n") if crlf else text).encode(encoding))

    return apply


def truncate(file: str, size: int) -> Change:
    def apply(root: Path) -> None:
        (root / file).write_bytes((root / file).read_bytes()[:size])

    return apply


def fifo(file: str) -> Change:
    def apply(root: Path) -> None:
        if sys.platform == "win32":
            pytest.skip("there are no FIFOs here")
        (root / file).unlink(missing_ok=True)
        os.mkfifo(root / file)

    return apply


def rename(old: str, new: str) -> Change:
    def apply(root: Path) -> None:
        (root / old).rename(root / new)

    return apply


def named(written: str, kept: str) -> Change:
    """The map's file is called `kept`, the manifest says `written`."""

    def apply(root: Path) -> None:
        (root / MAP).rename(root / "lycee" / "preuves" / kept)
        change(MANIFEST, "preuves/carte.pdf", f'"preuves/{written}"')(root)

    return apply


def file_for_a_school(root: Path) -> None:
    drop("lycee")(root)
    write("lycee", "rien")(root)


def school_outside(root: Path) -> None:
    (root / "lycee").rename(root.parent / "dehors")
    (root / "lycee").symlink_to("../dehors")


def manifest_says(written: str) -> Change:
    return change(MANIFEST, "preuves/carte.pdf", written)


# What is done, the file that a finding must name (None: nothing to say), the severity expected there.
HOSTILE: dict[str, tuple[Change, str | None]] = {
    "truncated request": (truncate(REQUEST, 60), REQUEST),
    "truncated identity": (truncate(IDENTITY, 300), IDENTITY),
    "truncated manifest": (truncate(MANIFEST, 700), MANIFEST),
    "tab in the request": (change(REQUEST, "demande:", "\tdemande:"), REQUEST),
    "tab in the manifest": (change(MANIFEST, "    acte: 12", "\tacte: 12"), MANIFEST),
    "key twice in the request": (append(REQUEST, "campagne: 2028\n"), REQUEST),
    "key twice in the manifest": (change(MANIFEST, "    acte: 12\n", "    acte: 12\n    acte: 13\n"), MANIFEST),
    "empty request": (write(REQUEST, ""), REQUEST),
    "request of spaces": (write(REQUEST, " \n\n"), REQUEST),
    "request that is a list": (write(REQUEST, "- a\n- b\n"), REQUEST),
    "request that is a word": (write(REQUEST, "bonjour\n"), REQUEST),
    "request of several documents": (append(REQUEST, "---\ngabarit: autre\n"), REQUEST),
    "request in Latin-1": (reencode(REQUEST, "latin-1"), REQUEST),
    "request in UTF-16": (reencode(REQUEST, "utf-16"), REQUEST),
    "request with NUL": (append(REQUEST, "campagne\0: 1\0\n"), REQUEST),
    "request that is a folder": (folder(REQUEST), REQUEST),
    "request that is a FIFO": (fifo(REQUEST), REQUEST),
    "request of another folder": (link(REQUEST, "../ailleurs.yaml"), None),
    "YAML tag that runs": (append(REQUEST, "audit: !!python/object/apply:os.system [touch /]\n"), REQUEST),
    "YAML bomb": (append(REQUEST, "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"), REQUEST),
    "deep YAML": (append(REQUEST, f"reseau: {'[' * 5_000}\n"), REQUEST),
    "deep YAML mapping": (append(REQUEST, "reseau: " + "{a: " * 2_000 + "\n"), REQUEST),
    "many lines of nothing": (append(REQUEST, "- x\n" * 3_000), REQUEST),
    "no school folder": (drop("lycee"), REQUEST),
    "school folder that is a file": (file_for_a_school, REQUEST),
    "school folder out of the candidature": (school_outside, "lycee"),
    "school folder that leaves": (change(REQUEST, "[lycee]", "[../dehors]"), REQUEST),
    "school folder that is absolute": (change(REQUEST, "[lycee]", "[/etc]"), REQUEST),
    "school folder with a very long name": (change(REQUEST, "[lycee]", f"[{'a' * 300}]"), REQUEST),
    "school folder with a long name": (change(REQUEST, "[lycee]", f"[{'a' * 99}]"), REQUEST),
    "pack with a very long name": (change(REQUEST, "national-2023", "a" * 300), REQUEST),
    "pack that leaves": (change(REQUEST, "national-2023", "../../templates/national-2023"), REQUEST),
    "no school at all": (change(REQUEST, "[lycee]", "[]"), REQUEST),
    "no identity": (drop(IDENTITY), IDENTITY),
    "no manifest": (drop(MANIFEST), MANIFEST),
    "manifest that is a folder": (folder(MANIFEST), MANIFEST),
    "empty manifest": (write(MANIFEST, ""), MANIFEST),
    "identity of random bytes": (write(IDENTITY, random.Random(4).randbytes(3_000)), IDENTITY),
    "narrative in Latin-1": (reencode(ANSWER, "latin-1"), ANSWER),
    "narrative with BOM": (reencode(ANSWER, "utf-8-sig"), None),
    "narrative with CRLF": (reencode(ANSWER, "utf-8", crlf=True), None),
    "narrative in UTF-16": (reencode(ANSWER, "utf-16"), ANSWER),
    "narrative in UTF-16 cut in two": (write(ANSWER, "Né".encode("utf-16")[:-1]), ANSWER),
    "narrative of brackets": (append(ANSWER, "\n" + "[" * 10_000), ANSWER),
    "narrative of brackets and braces": (append(ANSWER, "\n" + "![](" * 3_000), ANSWER),
    "narrative of stars": (append(ANSWER, "\n" + "*a " * 5_000), ANSWER),
    "narrative of quotations": (append(ANSWER, "\n" + ">" * 5_000), ANSWER),
    "narrative with NUL": (append(ANSWER, "\nUn\0deux\x1b[31m.\n"), None),
    "narrative of random bytes": (write(ANSWER, random.Random(5).randbytes(20_000)), ANSWER),
    "narrative of 50 MB": (write(ANSWER, b"a " * 25_000_000), ANSWER),
    "narrative that is a folder": (folder(ANSWER), ANSWER),
    "narrative that is a FIFO": (fifo(ANSWER), ANSWER),
    "narrative out of the candidature": (link(ANSWER, "/etc/hostname"), ANSWER),
    "narrative that links to itself": (link(ANSWER, "critere-8.md"), ANSWER),
    "front matter of 1 MB": (write(ANSWER, f"---\nattendus: {{a: {'x' * 1_000_000}}}\n---\n## Un\n\nMot.\n"), ANSWER),
    "front matter never closed": (write(ANSWER, "---\nattendus: {a: traite}\n## Un titre\n\nUn mot.\n"), ANSWER),
    "front matter with a tab": (write(ANSWER, "---\nattendus:\n\ta: traite\n---\n## Un\n\nMot.\n"), ANSWER),
    "front matter deep": (write(ANSWER, f"---\nattendus: {'{a: ' * 3_000}\n---\n## Un\n\nMot.\n"), ANSWER),
    "name no encoding knows": (write(os.fsdecode(b"lycee/caf\xe9.md"), "x"), "lycee/caf"),
    "name with a terminal's escape": (write("lycee/\x1b[31mrouge.md", "x"), "lycee/"),
    "evidence missing": (drop(MAP), MANIFEST),
    "evidence empty": (write(MAP, b""), MANIFEST),
    "evidence encrypted": (write(MAP, files.pdf(password="secret")), MANIFEST),
    "evidence broken": (write(MAP, b"%PDF-1.7\n" + random.Random(1).randbytes(5_000)), MANIFEST),
    "evidence cut short": (truncate(MAP, 4_000), MANIFEST),
    "evidence of 50 MB of nothing": (write(MAP, b"\0" * 50_000_000), MANIFEST),
    "evidence that is text called PDF": (write(MAP, "Bonjour"), MANIFEST),
    "evidence that is a folder": (folder(MAP), MANIFEST),
    "evidence that is a FIFO": (fifo(MAP), MANIFEST),
    "evidence out of the candidature by link": (link(MAP, "/etc/hostname"), MANIFEST),
    "evidence in a folder out of the candidature": (link("lycee/preuves", "/etc"), MANIFEST),
    "evidence above": (manifest_says("../candidature.yaml"), MANIFEST),
    "evidence far above": (manifest_says("preuves/../../../etc/passwd"), MANIFEST),
    "evidence absolute": (manifest_says("/etc/passwd"), MANIFEST),
    "evidence absolute on Windows": (manifest_says("C:\\secret.pdf"), MANIFEST),
    "evidence on a server": (manifest_says("\\\\serveur\\partage\\carte.pdf"), MANIFEST),
    "evidence at home": (manifest_says("~/carte.pdf"), MANIFEST),
    "evidence with a name too long": (manifest_says(f"preuves/{'a' * 5_000}.pdf"), MANIFEST),
    "evidence under a file": (manifest_says("preuves/carte.pdf/carte.pdf"), MANIFEST),
    "evidence that is the manifest": (manifest_says("preuves.yaml"), MANIFEST),
    "photo broken": (truncate("lycee/preuves/atelier.jpg", 900), MANIFEST),
    "photo of too many points": (write("lycee/preuves/atelier.jpg", b"GIF89a\xff\xff\xff\xff\xf7\x00\x00,"), MANIFEST),
    "page range backwards": (change(MANIFEST, "fichier: preuves/carte.pdf", "fichier: preuves/carte.pdf\n    pages: 3-1"),
                             MANIFEST),
    "page zero": (change(MANIFEST, "fichier: preuves/carte.pdf", "fichier: preuves/carte.pdf\n    pages: 0"), MANIFEST),
    "name in NFD, asked in NFC": (named("évé.pdf", unicodedata.normalize("NFD", "évé.pdf")), None),
    "name in NFC, asked in NFD": (named(unicodedata.normalize("NFD", "évé.pdf"), "évé.pdf"), None),
    "name with spaces and quotes": (named("l’été d'ici (1) & là.pdf", "l’été d'ici (1) & là.pdf"), None),
    "Windows path": (named("sous\\carte.pdf", "carte.pdf"), MANIFEST),
    "picture above": (append(ANSWER, "\n![a](../../../etc/passwd)\n"), ANSWER),
    "picture that is a folder": (append(ANSWER, "\n![a](preuves)\n"), ANSWER),
    "picture pasted in": (append(ANSWER, f"\n![a](data:image/png;base64,{'A' * 20_000})\n"), ANSWER),
    "page that runs": (append(ANSWER, "\n[a](javascript:alert(1)) <script>alert(1)</script>\n"), ANSWER),
    "ledger that is a folder": (folder(LEDGER), LEDGER),
    "ledger of random bytes": (write(LEDGER, random.Random(9).randbytes(500)), LEDGER),
    "empty ledger": (write(LEDGER, ""), LEDGER),
    "ledger cut short": (write(LEDGER, "numeros:\n  lycee/carte: {cote: P1.1, le: 2026-01"), LEDGER),
    "ledger with a strange label": (write(LEDGER, "numeros:\n  lycee/carte: {cote: '', le: 2026-01-01, etat: active}\n"), LEDGER),
    "label that looks like markup": (
        write(LEDGER, "numeros:\n  lycee/carte: {cote: '\"><#[x] ', le: 2026-01-01, etat: active}\n"), None),
    "title that looks like markup": (
        change(REQUEST, "Lycée des métiers du bois", "'R&D <b> {{ 7*7 }} #eval(\"1\") ]]> $x$ \\input'"), MANIFEST),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_is_named_and_nothing_fails(what: str, simple: Path, tmp_path: Path, run: Run) -> None:
    spoil, file = HOSTILE[what]
    spoil(simple)
    done = run("check", simple)
    told = done.out + done.err
    assert done.code in (0, 1, 3), told
    assert "Traceback" not in told
    assert all(len(line) < 2_000 for line in told.splitlines())
    assert not {each for each in told if unicodedata.category(each) in ("Cc", "Cs") and each != "\n"}
    lines = [line for line in told.splitlines() if " → " in line or "introuvable" in line]
    if file is None:
        assert done.code in (0, 3)
        assert [line for line in lines if line.startswith(("erreur", "avertissement"))] == []
    else:
        assert [line for line in lines if file in line and not line.startswith("remarque")], told


BUILT = (
    "narrative in UTF-16", "narrative of brackets", "narrative with NUL", "narrative of random bytes", "evidence broken",
    "evidence that is a FIFO", "school folder out of the candidature", "name no encoding knows", "picture pasted in",
    "label that looks like markup", "title that looks like markup", "truncated manifest", "no school folder", "no school at all",
)  # fmt: skip


@pytest.mark.parametrize("what", BUILT)
def test_what_is_hostile_can_be_built_as_a_draft(what: str, simple: Path, tmp_path: Path, run: Run) -> None:
    HOSTILE[what][0](simple)
    done = run("build", simple, "-o", tmp_path / "sortie", "--draft")
    assert done.code == 0, done.err
    assert json.loads((tmp_path / "sortie" / "constats.json").read_text("utf-8"))["constats"]


def test_evidence_of_another_folder_is_never_in_the_dossier(simple: Path, tmp_path: Path, run: Run) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(files.act("Tout à fait secret"))
    for spoil in (link(MAP, str(secret)), manifest_says(str(secret)), manifest_says("../../secret.pdf")):
        root = copy_simple(tmp_path / "essai")
        spoil(root)
        assert run("build", root, "-o", tmp_path / "sortie", "--only", "pdf").code == 1
        told = json.loads((tmp_path / "sortie" / "dossier.json").read_text("utf-8"))
        exhibit = next(each for each in told["dossier"]["exhibits"] if each["entry"]["key"] == "carte")
        assert (exhibit["facts"]["pages"], exhibit["facts"]["sha256"]) == ([], None)
        drop("essai")(tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights do not bind this user")
@pytest.mark.parametrize("name", [REQUEST, IDENTITY, MANIFEST, ANSWER, MAP, "lycee", "lycee/preuves"])
def test_what_may_not_be_read_is_named(name: str, simple: Path, run: Run) -> None:
    (simple / name).chmod(0o000)
    done = run("check", simple)
    (simple / name).chmod(0o755)
    assert done.code in (1, 3)
    assert Path(name).name in done.out + done.err


def test_a_file_of_200_mb_of_evidence_is_refused_unread(simple: Path, run: Run) -> None:
    with (simple / MAP).open("r+b") as stream:
        stream.truncate(200_000_000)
    done = run("check", simple)
    assert done.code == 1
    assert "trop grand (200 Mo)" in done.out


def test_without_a_cache_folder_the_work_is_done_all_the_same(simple: Path, tmp_path: Path) -> None:
    assert program("check", simple, XDG_CACHE_HOME="/dev/null/rien", TMPDIR=str(tmp_path)).code == 0


def test_a_failure_of_ours_is_one_french_sentence_and_debug_shows_the_rest(simple: Path, tmp_path: Path) -> None:
    """No file can be opened at all: a module that is imported late is a module of another program."""
    (tmp_path / "pikepdf.py").write_text("raise ValueError('saboteur')")
    (tmp_path / "typst.py").write_text("raise ValueError('saboteur')")
    told = program("build", simple, "-o", tmp_path / "sortie", PYTHONPATH=str(tmp_path))
    assert (told.code, "Traceback" in told.err) == (4, False)
    assert "Le programme a échoué (ValueError)" in told.err.splitlines()[-1]
    shown = program("--debug", "build", simple, "-o", tmp_path / "sortie", PYTHONPATH=str(tmp_path))
    assert "Traceback" in shown.err
    assert not (tmp_path / "sortie").exists()


# -------------------------------------------------------------------------------------------------------- at random


def explored(root: Path) -> None:
    """Everything that `check` does with a candidature, short of printing."""
    try:
        findings = examine(root, DAY, lambda *_: None).findings
    except DossierError as fault:
        assert fault.exit_code in (1, 3, 5)
        assert failure(fault)
        findings = fault.findings
    assert findings_text(findings).count("\n\n") < 100
    json.dumps(findings_plain(findings)).encode()
    json.dumps(findings_gitlab(findings)).encode()
    assert all(each.source is None or each.source.file for each in findings if each.severity is Severity.ERROR)


many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(st.binary(max_size=300), st.sampled_from((*TEXTS, LEDGER)))
def test_random_bytes_in_any_text_are_survived(content: bytes, file: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = copy_simple(Path(place) / "candidature")
        write(file, content)(root)
        explored(root)


@many
@given(
    st.text(alphabet="abc: -[]{}\"'#&*!|>%@`\n\t,?~é0.", max_size=120), st.sampled_from((REQUEST, IDENTITY, MANIFEST))
)
def test_odd_yaml_is_survived(text: str, file: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = copy_simple(Path(place) / "candidature")
        append(file, text)(root)
        explored(root)


@settings(many, max_examples=120)
@given(st.data())
def test_random_edits_of_a_candidature_are_survived(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = copy_simple(Path(place) / "candidature")
        for _ in range(data.draw(st.integers(1, 4))):
            path = root / data.draw(st.sampled_from(TEXTS))
            lines = path.read_bytes().split(b"\n")
            rank = data.draw(st.integers(0, len(lines) - 1))
            match data.draw(st.sampled_from(("delete", "repeat", "insert", "move", "flip", "indent"))):
                case "delete":
                    del lines[rank]
                case "repeat":
                    lines.insert(rank, lines[rank])
                case "insert":
                    lines.insert(rank, data.draw(st.text(max_size=12)).encode())
                case "move":
                    lines.append(lines.pop(rank))
                case "indent":
                    lines[rank] = b"  " + lines[rank]
                case _ if lines[rank]:
                    column = data.draw(st.integers(0, len(lines[rank]) - 1))
                    lines[rank] = lines[rank][:column] + bytes([lines[rank][column] ^ 16]) + lines[rank][column + 1 :]
            path.write_bytes(b"\n".join(lines))
        explored(root)
