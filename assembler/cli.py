"""The command line: arguments in; French sentences and an exit code out. The only place that prints."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler import __version__
from assembler.errors import DossierError
from assembler.french_help import FrenchCommand, FrenchGroup, usage_sentence
from assembler.wording import failure

if TYPE_CHECKING:
    from assembler.model.artefact import Progress
    from assembler.model.finding import Finding
    from assembler.pipeline import Built, Examined

_BAR = 24
_CONTENT = click.argument("contenu", type=click.Path(path_type=Path), default="content")
_OUTPUT = click.option("-o", "--sortie", "output", metavar="SORTIE", type=click.Path(path_type=Path), default="build",
                       help="Le dossier où placer l’édition (build sans cette option).")  # fmt: skip


@click.group(cls=FrenchGroup, invoke_without_command=True)
@click.option("--debug", is_flag=True, help="En cas d’échec du programme, tout montrer.")
@click.option("--version", "show_version", is_flag=True, help="Montrer la version et s’arrêter.")
@click.pass_context
def cli(context: click.Context, debug: bool, show_version: bool) -> None:
    """Assemble le dossier de candidature d’un label.

    Les établissements écrivent un argumentaire par critère et une liste de preuves ; ce programme en fait un dossier
    numéroté, en Word et en PDF, avec le tableau de conformité, l’index des preuves et le contrôle de l’accord du conseil
    d’administration.
    """
    del debug
    if show_version:
        click.echo(f"dossier {__version__}")
    elif context.invoked_subcommand is None:
        click.echo(context.get_help())


@cli.command("build", cls=FrenchCommand)
@_CONTENT
@_OUTPUT
@click.option("--draft", is_flag=True, help="Faire un brouillon, même sans erreur ; le code de sortie est alors 0.")
@click.option("--only", type=click.Choice(["word", "pdf"]), help="Ne faire que le Word, ou que le PDF.")
@click.option("--ocr", is_flag=True, help="Lire le texte des preuves numérisées (il faut Tesseract).")
def build_command(contenu: Path, output: Path, draft: bool, only: str | None, ocr: bool) -> int:
    """Construire le dossier : lire, assembler, contrôler, écrire.

    CONTENU est le dossier de la candidature, celui qui contient candidature.yaml (content sans cet argument).
    S’il reste une erreur, les documents sont marqués BROUILLON et le code de sortie est 1.
    """
    from assembler.pipeline import Options, build
    from assembler.report import findings_plain

    with _progress() as progress:
        built = build(Options(contenu, output, _today(), draft, only, ocr, findings_plain), progress)
    _show_built(built, output)
    return 1 if built.examined.forbidden and not draft else 0


@cli.command("check", cls=FrenchCommand)
@_CONTENT
@click.option("--format", "form", type=click.Choice(["text", "json", "gitlab"]), default="text",
              help="text pour lire, json ou gitlab pour un autre programme.")  # fmt: skip
def check_command(contenu: Path, form: str) -> int:
    """Contrôler la candidature sans rien écrire.

    Chaque constat dit ce qui ne va pas, où, et quoi faire ; puis une ligne par critère. Le code de sortie est 1 s’il reste
    une erreur.
    """
    from assembler.pipeline import examine

    try:
        with _progress() as progress:
            examined = examine(contenu, _today(), progress)
    except DossierError as fault:
        if form != "text":
            _show_data(fault.findings, form)
        raise
    _show_findings(examined, form)
    return 1 if examined.forbidden else 0


@cli.command("number", cls=FrenchCommand)
@_CONTENT
def number_command(contenu: Path) -> int:
    """Attribuer pour de bon une cote aux nouvelles preuves.

    Les cotes sont écrites dans numeros.yaml, à conserver avec la candidature. Une cote attribuée ne change plus jamais.
    """
    from assembler.pipeline import number

    with _progress() as progress:
        issued = number(contenu, _today(), progress)
    if issued:
        click.echo(f"Cotes attribuées : {', '.join(issued)} (au nombre de {len(issued)}).")
    else:
        click.echo("Toutes les preuves avaient déjà leur cote.")
    return 0


@cli.command("new", cls=FrenchCommand)
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option(
    "--pack", "pack", metavar="ID", default="national-2023", help="Le gabarit (national-2023 sans cette option)."
)
def new_command(dossier: Path, pack: str) -> int:
    """Commencer une candidature : créer le dossier DOSSIER avec tous les fichiers à remplir.

    Chaque argumentaire rappelle, en commentaires qui ne seront pas imprimés, ce que le critère attend.
    """
    from assembler.scaffold import scaffold

    names = scaffold(dossier, pack, _today())
    click.echo(f"{len(names)} fichiers créés dans {dossier} :")
    for name in names:
        click.echo(f"  {name}")
    click.echo(f'Remplissez candidature.yaml, puis lancez : dossier check "{dossier}"')
    return 0


@cli.command("schema", cls=FrenchCommand)
@click.argument("dossier", type=click.Path(path_type=Path), required=False)
def schema_command(dossier: Path | None) -> int:
    """Écrire les schémas JSON des fichiers YAML, pour les éditeurs de texte.

    DOSSIER est l’endroit où les écrire (schemas sans cet argument).
    """
    from assembler.schema_export import write_schemas

    folder = dossier or Path("schemas")
    for name in write_schemas(folder):
        click.echo(str(folder / name))
    return 0


@cli.command("cache", cls=FrenchCommand)
@click.option("--empty", is_flag=True, help="Tout retirer ; la prochaine construction le refera.")
def cache_command(empty: bool) -> int:
    """Montrer où sont gardées les copies préparées des preuves, et combien elles pèsent."""
    from assembler.tools.cache import empty_store, measure_store, open_store

    store = open_store()
    count, size = measure_store(store)
    if empty:
        empty_store(store)
        click.echo(f"{count} fichiers retirés ({size / 1e6:.0f} Mo).")
    else:
        click.echo(f"{store.folder} : {count} fichiers, {size / 1e6:.0f} Mo. « dossier cache --empty » les retire.")
    return 0


@cli.group("pack", cls=FrenchGroup)
def pack_group() -> None:
    """Les gabarits : les lister, en contrôler un."""


@pack_group.command("list", cls=FrenchCommand)
@click.argument("contenu", type=click.Path(path_type=Path), default="content")
def pack_list_command(contenu: Path) -> int:
    """Lister les gabarits présents."""
    from assembler.pipeline import pack_places
    from assembler.readers.pack import find_pack, pack_ids, read_pack

    places = pack_places(contenu)
    for identifier in pack_ids(places):
        folder = find_pack(identifier, places)
        pack = read_pack(folder)[0] if folder else None
        if pack is None:
            click.echo(f"{identifier} — inutilisable : « dossier pack check {identifier} » dit pourquoi")
        else:
            official = "" if pack.official else f" ({pack.words.unofficial})"
            click.echo(
                f"{identifier} — {pack.title}, version {pack.version}{official}, {len(pack.framework.criteria)} critères"
            )
    return 0


@pack_group.command("check", cls=FrenchCommand)
@click.argument("gabarit")
def pack_check_command(gabarit: str) -> int:
    """Contrôler un gabarit : GABARIT est son nom, ou son dossier."""
    from assembler.pipeline import check_pack
    from assembler.report import findings_text

    findings = check_pack(gabarit)
    if findings:
        click.echo(findings_text(findings))
        return 1
    click.echo(f"Le gabarit « {Path(gabarit).name} » est bon.")
    return 0


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit with the contract's code; no traceback reaches the user."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the program on `arguments`; the exit code."""
    _speak_utf8()
    debug = "--debug" in arguments
    try:
        with cli.make_context("dossier", [each for each in arguments if each != "--debug"]) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say(failure(DossierError("interrupted")), 130)
    except click.ClickException as fault:
        return _say(usage_sentence(fault), 2)
    except DossierError as fault:
        _tell(fault.findings)
        return _say(failure(fault), fault.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read us has read enough
        return 0
    except Exception as fault:
        if debug:
            raise
        return _say(failure(DossierError("internal", reason=type(fault).__name__)), 4)


def _say(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def _speak_utf8() -> None:
    """French on every terminal, whatever the machine's encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _today() -> date:
    """The date of an edition that gives none: SOURCE_DATE_EPOCH's, else today's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"\d{1,11}", epoch, re.ASCII):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()  # noqa: DTZ011 - the author's own day, where the author is


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on one line of the terminal, with what is in hand, once the work has lasted a second."""
    started = time.monotonic()
    shown = False

    def progress(what: str, done: int, total: int) -> None:
        nonlocal shown
        if sys.stderr.isatty() and (shown or time.monotonic() - started > 1):
            shown = True
            filled = _BAR * done // total if total else 0
            bar = f"[{'█' * filled}{'·' * (_BAR - filled)}] {done}/{total} " if total else "… "
            sys.stderr.write(f"\r\033[K{bar}{what[:50]}")
            sys.stderr.flush()

    try:
        yield progress
    finally:
        if shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _show_findings(examined: Examined, form: str) -> None:
    from assembler.report import count_line, findings_text, verdicts

    if form != "text":
        _show_data(examined.findings, form)
        return
    if examined.findings:
        click.echo(_coloured(findings_text(examined.findings)) + "\n")
    click.echo(verdicts(examined.dossier, examined.findings))
    click.echo(f"\n{count_line(examined.findings)}.")


def _show_data(findings: tuple[Finding, ...], form: str) -> None:
    from assembler.report import findings_gitlab, findings_plain

    if form == "gitlab":
        click.echo(findings_gitlab(findings))
    else:
        click.echo(json.dumps({"constats": findings_plain(findings)}, ensure_ascii=False, indent=1))


def _tell(findings: tuple[Finding, ...]) -> None:
    """What was found before a failure, on stderr."""
    if findings:
        from assembler.report import findings_text

        click.echo(_coloured(findings_text(findings)) + "\n", err=True)


def _show_built(built: Built, output: Path) -> None:
    """Findings on stderr, errors first; then on stdout what was made and how each criterion stands."""
    from assembler.report import count_line, findings_text, verdicts

    if built.findings:
        click.echo(_coloured(findings_text(built.findings)) + "\n", err=True)
    dossier = built.examined.dossier
    for artefact in built.artefacts:
        pages = f" — {artefact.pages} pages" if artefact.pages else ""
        click.echo(f"{output / artefact.name}{pages}")
    embedded = sum(1 for each in dossier.exhibits if each.facts.pages)
    click.echo(f"Preuves et pièces : {len(dossier.exhibits)}, dont {embedded} dans le PDF.\n")
    click.echo(verdicts(dossier, built.findings))
    state = "Brouillon" if built.draft else "Édition définitive"
    click.echo(f"\n{state} : {count_line(built.findings)}.")


def _coloured(text: str) -> str:
    """Severities in colour where the terminal takes it; the words say it all the same."""
    if os.environ.get("NO_COLOR"):
        return text
    colours: dict[str, str] = {"erreur": "red", "avertissement": "yellow", "remarque": "cyan"}
    lines: list[str] = []
    for line in text.split("\n"):
        head, mark, rest = line.partition(" · ")
        lines.append(click.style(head, fg=colours[head], bold=True) + mark + rest if head in colours else line)
    return "\n".join(lines)
