"""What users and their scripts rely on: the files made, their names, the exit codes, the formats, the same bytes always."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pypdf
import pytest
from candidature import Change, append, change, program, write
from checks import files
from ruamel.yaml import YAML

from assembler.schema_export import dossier_schema, schemas

Run = Callable[..., Any]
ROOT = Path(__file__).parents[1]
SHARED = {"dossier.json", "constats.json", "SHA256SUMS"}
FINAL = {"dossier.docx", "dossier.pdf", "dossier-sans-annexes.pdf"} | SHARED
DRAFT = {"brouillon.docx", "brouillon.pdf", "brouillon-sans-annexes.pdf"} | SHARED
MANIFEST = "lycee/preuves.yaml"


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


# ------------------------------------------------------------------------------------------------------------- build


def test_a_build_makes_the_six_files_and_nothing_else(simple: Path, tmp_path: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in simple.rglob("*") if path.is_file()}
    done = run("build", simple, "-o", tmp_path / "sortie")
    assert (done.code, names(tmp_path / "sortie")) == (0, FINAL)
    assert names(tmp_path) == {"candidature", "sortie"}
    assert {path: path.read_bytes() for path in simple.rglob("*") if path.is_file()} == before


def test_its_sums_and_json_files_are_true(simple: Path, tmp_path: Path, run: Run) -> None:
    output = tmp_path / "sortie"
    run("build", simple, "-o", output)
    rows = [line.split("  ") for line in (output / "SHA256SUMS").read_text().splitlines()]
    assert {name for _, name in rows} == FINAL - {"SHA256SUMS"}
    assert [(hashlib.sha256((output / name).read_bytes()).hexdigest(), name) for _, name in rows] == [
        (digest, name) for digest, name in rows
    ]
    told = json.loads((output / "dossier.json").read_text("utf-8"))
    jsonschema.validate(told, dossier_schema(), format_checker=jsonschema.FormatChecker())
    assert told["draft"] is False
    assert told["total_pages"] == len(pypdf.PdfReader(output / "dossier.pdf").pages)
    for exhibit in told["dossier"]["exhibits"]:
        if exhibit["entry"]["file"]:
            content = (simple / exhibit["entry"]["file"]).read_bytes()
            assert exhibit["facts"]["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_dossier_with_an_unknown_key_does_not_fit_its_schema(simple: Path, tmp_path: Path, run: Run) -> None:
    run("build", simple, "-o", tmp_path / "sortie", "--only", "pdf")
    told = json.loads((tmp_path / "sortie" / "dossier.json").read_text("utf-8"))
    told["dossier"]["exhibits"][0]["autre"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, dossier_schema())


def test_the_findings_file_holds_what_check_prints(simple: Path, tmp_path: Path, run: Run) -> None:
    change("lycee/critere-8.md", "preuve:site", "preuve:sites")(simple)
    run("build", simple, "-o", tmp_path / "sortie", "--only", "pdf")
    written = json.loads((tmp_path / "sortie" / "constats.json").read_text("utf-8"))
    checked = run("check", simple, "--format", "json")
    assert (checked.code, json.loads(checked.out), checked.err) == (1, written, "")
    first = written["constats"][0]
    assert list(first) == ["code", "severite", "fichier", "ligne", "message", "remede"]
    assert (first["code"], first["severite"], first["fichier"], first["ligne"]) == (
        "citation-unknown", "erreur", "lycee/critere-8.md", 3,
    )  # fmt: skip


def test_check_speaks_to_gitlab(simple: Path, run: Run) -> None:
    change("lycee/critere-8.md", "preuve:site", "preuve:sites")(simple)
    rows = json.loads(run("check", simple, "--format", "gitlab").out)
    assert {key for row in rows for key in row} == {"description", "check_name", "fingerprint", "severity", "location"}
    assert rows[0]["location"] == {"path": "lycee/critere-8.md", "lines": {"begin": 3}}
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_check_ends_with_a_verdict_for_each_criterion_and_writes_nothing(
    simple: Path, tmp_path: Path, run: Run
) -> None:
    change("lycee/critere-8.md", "preuve:site", "preuve:sites")(simple)
    done = run("check", simple)
    verdicts = [line.partition(" — ")[0] for line in done.out.splitlines() if line.startswith("Critère ")]
    assert verdicts == [f"Critère {number} : complet" for number in range(1, 8)] + ["Critère 8 : à corriger"]
    assert done.code == 1
    assert names(tmp_path) == {"candidature"}


def test_a_draft_is_named_and_marked_on_every_page(simple: Path, tmp_path: Path, run: Run) -> None:
    done = run("build", simple, "-o", tmp_path / "sortie", "--draft")
    assert (done.code, names(tmp_path / "sortie")) == (0, DRAFT)
    for name in ("brouillon.pdf", "brouillon-sans-annexes.pdf"):
        pages = pypdf.PdfReader(tmp_path / "sortie" / name).pages
        assert [number for number, page in enumerate(pages, 1) if "BROUILLON" not in page.extract_text()] == []
    with zipfile.ZipFile(tmp_path / "sortie" / "brouillon.docx") as archive:
        parts = [
            archive.read(name) for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")
        ]
    assert any(b"BROUILLON" in part for part in parts)


def test_a_final_edition_is_marked_nowhere(simple: Path, tmp_path: Path, run: Run) -> None:
    run("build", simple, "-o", tmp_path / "sortie")
    assert "BROUILLON" not in "".join(
        page.extract_text() for page in pypdf.PdfReader(tmp_path / "sortie" / "dossier.pdf").pages
    )
    with zipfile.ZipFile(tmp_path / "sortie" / "dossier.docx") as archive:
        assert all(b"BROUILLON" not in archive.read(name) for name in archive.namelist())


def test_an_error_makes_a_draft_that_takes_the_place_of_the_final_edition(
    simple: Path, tmp_path: Path, run: Run
) -> None:
    output = tmp_path / "sortie"
    assert run("build", simple, "-o", output).code == 0
    (simple / "lycee" / "critere-8.md").unlink()
    done = run("build", simple, "-o", output)
    assert (done.code, names(output)) == (1, DRAFT)
    assert run("build", simple, "-o", output, "--draft").code == 0


@pytest.mark.parametrize(
    ("only", "kept"), [("word", {"dossier.docx"}), ("pdf", {"dossier.pdf", "dossier-sans-annexes.pdf"})]
)
def test_only_makes_only_that(only: str, kept: set[str], simple: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", simple, "-o", tmp_path / "sortie", "--only", only).code == 0
    assert names(tmp_path / "sortie") == kept | SHARED


# ---------------------------------------------------------------------------------------------------- the approval


TITLE = "intitule: Lycée des métiers du bois"
APPROVALS: tuple[tuple[str, Change, str, int], ...] = (
    ("absent", change(MANIFEST, "accord-ca:", "autre:"), "L’accord du conseil d’administration", 1),
    ("unreadable", write("lycee/pieces/acte-12.pdf", b"%PDF-1.7 rien"), "illisible", 2),
    ("unfavourable", change(MANIFEST, "pour: 18, contre: 1", "pour: 1, contre: 18"), "pas favorable", 2),
    ("undated", change(MANIFEST, "    seance: 2026-06-25\n", ""), "date de la séance", 2),
    ("of another title", change(MANIFEST, TITLE, f"{TITLE} et du jouet"), "porte sur", 2),
    ("of another title in its own text",
     write("lycee/pieces/acte-12.pdf", files.act("Conseil d’administration du 25 juin 2026 : accord donné à la demande du label",
                                                 "« Lycée des métiers de la mer ».")), "porte sur", 2),
)  # fmt: skip


@pytest.mark.parametrize(("what", "fault", "words", "line"), APPROVALS, ids=[each[0] for each in APPROVALS])
def test_an_approval_that_is(
    what: str, fault: Change, words: str, line: int, simple: Path, tmp_path: Path, run: Run
) -> None:
    """…allows a draft only, and is the first thing said: file, line, what is wrong, what to do."""
    fault(simple)
    append("lycee/critere-1.md", "\nEncore [preuve:inconnue].\n")(simple)
    done = run("build", simple, "-o", tmp_path / "sortie")
    first = done.err.splitlines()[0]
    assert (done.code, names(tmp_path / "sortie")) == (1, DRAFT)
    assert first.startswith(f"erreur · {MANIFEST}, ligne {line} : ")
    assert words in first
    assert " → " in first


# ------------------------------------------------------------------------------------------------- exit codes, edges


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["construire"], 2, "construire"),
        (["build", "--brouillon"], 2, "--brouillon"),
        (["build", "--only", "odt"], 2, "word"),
        (["check", "un", "deux"], 2, "en trop"),
        (["check", "nulle-part"], 3, "nulle-part"),
        (["build", "nulle-part"], 3, "nulle-part"),
        (["new", "x", "--pack", "national-2032"], 3, "national-2023"),
        (["pack", "check", "nulle-part"], 3, "nulle-part"),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_one_french_sentence(
    arguments: list[str], code: int, words: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1
    assert names(tmp_path) == set()


def test_a_folder_without_a_candidature_is_missing_something(tmp_path: Path, run: Run) -> None:
    done = run("check", tmp_path)
    assert done.code == 3
    assert "candidature.yaml" in done.err


def test_a_pack_that_is_not_there_is_named_with_its_line_and_the_nearest(simple: Path, run: Run) -> None:
    change("candidature.yaml", "national-2023", "national-2024")(simple)
    done = run("check", simple)
    assert done.code == 3
    assert all(each in done.err for each in ("candidature.yaml, ligne 1", "« national-2024 »", "« national-2023 »"))


def test_without_a_pack_named_what_was_found_is_said_all_the_same(simple: Path, run: Run) -> None:
    change("candidature.yaml", "gabarit: national-2023", "gabari: national-2023")(simple)
    done = run("check", simple)
    assert done.code == 1
    assert "Vouliez-vous écrire « gabarit »" in done.err
    told = run("check", simple, "--format", "json")
    assert [each["code"] for each in json.loads(told.out)["constats"]] == ["yaml-unknown-key", "yaml-missing-key"]


def test_a_strangers_file_in_the_output_stops_everything(simple: Path, tmp_path: Path, run: Run) -> None:
    output = tmp_path / "sortie"
    output.mkdir()
    (output / "dossier.pdf").write_text("une édition")
    (output / "facture.pdf").write_text("rien à voir")
    done = run("build", simple, "-o", output)
    assert done.code == 5
    assert "facture.pdf" in done.err
    assert {each.name: each.read_text() for each in output.iterdir()} == {
        "dossier.pdf": "une édition", "facture.pdf": "rien à voir",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["", "lycee", "build", ".."])
def test_an_output_in_or_around_the_candidature_is_refused(place: str, simple: Path, run: Run) -> None:
    before = sorted(simple.parent.rglob("*"))
    assert run("build", simple, "-o", simple / place).code == 5
    assert sorted(simple.parent.rglob("*")) == before


def test_an_output_that_is_a_file_is_refused(simple: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "sortie").write_text("un fichier")
    assert run("build", simple, "-o", tmp_path / "sortie").code == 5
    assert (tmp_path / "sortie").read_text() == "un fichier"


def test_the_real_program_speaks_french_on_any_terminal(simple: Path, tmp_path: Path) -> None:
    done = program("build", simple, "-o", tmp_path / "sortie", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.code == 0
    assert "Édition définitive" in done.out
    assert "prise de vue" in done.err


def test_help_is_french(run: Run) -> None:
    for command in ((), ("build",), ("check",), ("new",), ("number",), ("schema",), ("pack",), ("pack", "list")):
        done = run(*command, "--help")
        assert done.code == 0
        assert "Utilisation : dossier" in done.out
        assert not {"Usage", "Options:", "Show", "Commands"} & set(done.out.split())


# -------------------------------------------------------------------------------------------------------- same bytes


def test_the_same_folder_gives_the_same_bytes_on_any_day_anywhere(simple: Path, tmp_path: Path) -> None:
    settings = (
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1700000000"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "XDG_CACHE_HOME": str(tmp_path / "cache"), "LC_ALL": "C"},
    )
    made = []
    for number, setting in enumerate(settings):
        output = tmp_path / f"sortie-{number}"
        assert program("build", simple, "-o", output, **setting).code == 0
        made.append({each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in output.iterdir()})
    assert made[0] == made[1]


def test_without_an_edition_date_the_environments_stands(simple: Path, tmp_path: Path) -> None:
    change("candidature.yaml", "edition: 2026-11-20\n", "")(simple)
    done = program("build", simple, "-o", tmp_path / "sortie", "--only", "pdf", SOURCE_DATE_EPOCH="1800000000")
    assert done.code == 0
    told = json.loads((tmp_path / "sortie" / "dossier.json").read_text("utf-8"))
    assert told["dossier"]["candidature"]["edition"] == "2027-01-15"


# --------------------------------------------------------------------------------------------- new, number, schemas


def test_a_new_candidature_can_be_checked_and_built_at_once(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "nouvelle"
    assert run("new", folder).code == 0
    checked = run("check", folder)
    assert checked.code == 1
    assert checked.out.startswith("erreur · mon-lycee/preuves.yaml, ligne 1 : L’accord du conseil d’administration")
    assert run("build", folder, "-o", tmp_path / "sortie", "--draft").code == 0
    assert names(tmp_path / "sortie") == DRAFT


def test_a_new_candidature_never_lands_on_an_old_one(simple: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in simple.rglob("*") if path.is_file()}
    assert run("new", simple).code == 5
    assert {path: path.read_bytes() for path in simple.rglob("*") if path.is_file()} == before


def test_number_issues_once_and_for_all(simple: Path, run: Run) -> None:
    ledger = simple / "numeros.yaml"
    first = run("number", simple)
    assert (first.code, "A1, P1.1, P3.1, P4.1, P8.1" in first.out) == (0, True)
    issued = ledger.read_bytes()
    again = run("number", simple)
    assert (again.code, ledger.read_bytes()) == (0, issued)
    assert run("check", simple).code == 0
    told = YAML(typ="safe").load(issued)
    jsonschema.validate(_plain(told), json.loads(schemas()["numeros.schema.json"]))
    assert {key: row["cote"] for key, row in told["numeros"].items()} == {
        "lycee/accord-ca": "A1", "lycee/carte": "P1.1", "lycee/bilan": "P3.1", "lycee/atelier": "P4.1", "lycee/site": "P8.1",
    }  # fmt: skip


def test_number_refuses_a_damaged_ledger_and_leaves_it(simple: Path, run: Run) -> None:
    run("number", simple)
    ledger = simple / "numeros.yaml"
    damaged = ledger.read_text().replace("cote: P3.1", "cote: P1.1")
    ledger.write_text(damaged)
    assert run("number", simple).code == 5
    assert ledger.read_text() == damaged


def test_the_schemas_shipped_are_those_written(tmp_path: Path, run: Run) -> None:
    assert run("schema", tmp_path / "schemas").code == 0
    written = {each.name: each.read_text("utf-8") for each in (tmp_path / "schemas").iterdir()}
    shipped = {each.name: each.read_text("utf-8") for each in (ROOT / "assembler" / "schemas").glob("*.json")}
    assert written == shipped


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_a_sound_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schemas()[name]))


SHIPPED = [*ROOT.glob("content/**/*.yaml"), *ROOT.glob("templates/**/*.yaml")]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_shipped_file_fits_the_schema_it_names(path: Path) -> None:
    named = path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
    assert (path.parent / named).is_file()
    assert list(_misfits(path)) == []


def test_the_files_of_a_new_candidature_fit_the_schemas_they_name(tmp_path: Path, run: Run) -> None:
    run("new", tmp_path / "nouvelle")
    paths = list((tmp_path / "nouvelle").rglob("*.yaml"))
    assert len(paths) == 3
    for path in paths:
        named = path.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
        assert (path.parent / named).is_file()
        # A list that is still to be written is empty, and an editor says so.
        assert [each for each in _misfits(path) if "None is not" not in each] == []


def test_a_misspelt_key_does_not_fit_the_schema(simple: Path) -> None:
    assert list(_misfits(simple / MANIFEST)) == []
    change(MANIFEST, "seance:", "sceance:")(simple)
    assert "sceance" in "".join(_misfits(simple / MANIFEST))


def test_pack_check_finds_the_shipped_packs_good(run: Run) -> None:
    for rules in (ROOT / "templates").glob("*/pack.yaml"):
        assert run("pack", "check", rules.parent).code == 0
        assert rules.parent.name in run("pack", "list").out


def _misfits(path: Path) -> Iterator[str]:
    """What an editor would underline."""
    text = path.read_text("utf-8")
    named = re.search(r"^# yaml-language-server: \$schema=.*?([\w-]+\.schema\.json)$", text, re.MULTILINE)
    schema = json.loads(schemas()[named[1] if named else f"{path.stem}.schema.json"])
    told = _plain(YAML(typ="safe").load(text))
    for each in jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(told):
        yield each.message


def _plain(value: Any) -> Any:
    """YAML's dates as the text that editors see."""
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return value.isoformat()


def test_no_label_is_issued_while_a_file_cannot_be_read_whole(simple: Path, run: Run) -> None:
    manifest = simple / "lycee" / "preuves.yaml"
    assert run("number", simple).code == 0
    before = (simple / "numeros.yaml").read_bytes()
    manifest.write_text(manifest.read_text("utf-8") + "\n\tune tabulation\n", "utf-8")
    outcome = run("number", simple)
    assert outcome.code == 5
    assert "aucune cote" in outcome.err
    assert (simple / "numeros.yaml").read_bytes() == before


def test_what_follows_from_a_broken_manifest_is_not_told_as_so_many_faults(simple: Path, run: Run) -> None:
    manifest = simple / "lycee" / "preuves.yaml"
    lines = manifest.read_text("utf-8").splitlines()
    at = next(rank for rank, line in enumerate(lines) if "cle:" in line)
    manifest.write_text("\n".join([*lines[:at], "\t" + lines[at], *lines[at + 1 :]]), "utf-8")
    errors = [line for line in run("check", simple).out.splitlines() if line.startswith("erreur")]
    assert len(errors) == 1
    assert f"ligne {at + 1}" in errors[0]
