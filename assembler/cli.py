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


@cli.command("submit", cls=FrenchCommand)
@_CONTENT
def submit_command(contenu: Path) -> int:
    """Déposer le dossier : numéroter, construire, figer cette version et préparer les fichiers à remettre.

    Tout est gardé dans versions/, avec la candidature ; les fichiers à remettre sont dans le dossier depot de la version.
    Le dépôt est refusé s’il reste une erreur.
    """
    from assembler.report import findings_plain, submitted_text
    from assembler.submission import submit

    with _progress() as progress:
        done = submit(contenu, _today(), findings_plain, progress)
    _tell(done.findings if done.new else ())
    click.echo(submitted_text(done))
    return 0


@cli.command("export", cls=FrenchCommand)
@_CONTENT
@click.option("-o", "--sortie", "output", metavar="FICHIER", type=click.Path(path_type=Path),
              help="Le fichier à faire (UAI-DATE.liasse.zip sans cette option).")  # fmt: skip
def export_command(contenu: Path, output: Path | None) -> int:
    """Faire de la candidature d’un établissement une liasse : un seul fichier, à remettre au pilote de son réseau.

    La liasse contient le dossier de l’établissement, candidature.yaml, numeros.yaml et les demandes. S’il reste des erreurs,
    elle est faite quand même et les emporte, visibles ; le code de sortie est alors 1.
    """
    from assembler.network.export import export
    from assembler.network.report import exported_text

    with _progress() as progress:
        exported = export(contenu, output, _today(), progress)
    _tell(exported.findings)
    click.echo(exported_text(exported))
    return 0 if exported.sound else 1


@cli.command("merge", cls=FrenchCommand)
@click.argument("fichiers", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", "content", metavar="CONTENU", type=click.Path(path_type=Path), default="content",
              help="La candidature du réseau (content sans cette option).")  # fmt: skip
@click.option("--new", "alone", is_flag=True, help="Faire d’une liasse, seule, une candidature nouvelle dans CONTENU.")
@click.option("--dry-run", is_flag=True, help="Contrôler et montrer seulement.")
@click.option("--yes", is_flag=True, help="Fusionner sans poser de question.")
@click.option(
    "--force",
    is_flag=True,
    help="Remplacer ce qui a été changé ici, ou un établissement qui a changé de nom (une copie en est gardée), ou accepter une "
    "liasse ancienne.",
)
def merge_command(fichiers: tuple[Path, ...], content: Path, alone: bool, dry_run: bool, yes: bool, force: bool) -> int:
    """Ranger dans la candidature du réseau les liasses reçues des établissements.

    Chaque liasse est contrôlée en entier, puis remplace le dossier de son établissement, ou rien ne change. Ce qui est nouveau,
    modifié ou retiré depuis la fusion précédente est montré. Un dossier retouché ici n’est pas remplacé sans accord.
    Hors d’un terminal, rien n’est demandé : ce qui est sans risque est fusionné, le reste est refusé sans --force.
    """
    from assembler.network.merge import arrivals, found_candidature, merge
    from assembler.network.report import arrival_text, done_text, founded_text

    if alone:
        click.echo(founded_text(found_candidature(fichiers, content), content))
        return 0
    with arrivals(fichiers, content, _today(), force=force) as arrived:
        click.echo("\n\n".join(arrival_text(each) for each in arrived))
        waiting = tuple(each for each in arrived if not each.same or (force and each.edits))
        if dry_run or not waiting:
            return 0
        edited = not force and any(each.edits for each in waiting)
        asked = _is_conversation() and (edited or not yes)
        question = "Remplacer aussi ces fichiers (une copie en sera gardée) ?" if edited else "Fusionner ?"
        if asked and not _agreed(question):
            click.echo("Rien n’a été fusionné.")
            return 0
        for done in merge(waiting, content, force=force or asked):
            click.echo(done_text(done))
    return 0


@cli.command("split", cls=FrenchCommand)
@click.argument("etablissement")
@_CONTENT
@click.option("-o", "--sortie", "output", metavar="DOSSIER", type=click.Path(path_type=Path), required=True,
              help="Le dossier de la nouvelle candidature, nouveau ou vide.")  # fmt: skip
def split_command(etablissement: str, contenu: Path, output: Path) -> int:
    """Faire de la part d’un établissement du réseau une candidature à part, qui garde ses cotes.

    ETABLISSEMENT est le nom de son dossier. Rien n’est retiré de la candidature du réseau.
    """
    from assembler.network.report import taken_text
    from assembler.network.split import split

    click.echo(taken_text(split(etablissement, contenu, output, _today())))
    return 0


@cli.command("verify", cls=FrenchCommand)
@click.argument("depot", type=click.Path(path_type=Path))
def verify_command(depot: Path) -> int:
    """Vérifier un dépôt reçu : DEPOT est le dossier de dépôt, un zip de ce dossier, ou un PDF seul.

    Dit si tout y est, et si les fichiers s’accordent avec leurs empreintes, le récépissé et le code du dossier ; et, là où la
    version est gardée (versions/), si rien n’a changé depuis le dépôt. Ailleurs, comparez le code à celui que l’établissement
    vous a donné. Le code de sortie est 1 si quelque chose diffère.
    """
    from assembler.model.finding import Severity
    from assembler.readers.deposit import read_deposit
    from assembler.report import received_text

    received = read_deposit(depot)
    _tell(received.findings)
    click.echo(received_text(received))
    return 1 if any(each.severity is Severity.ERROR for each in received.findings) else 0


@cli.command("requests", cls=FrenchCommand)
@_CONTENT
def requests_command(contenu: Path) -> int:
    """Lister les demandes des auditeurs (demandes.yaml), leur état et les jours qui restent.

    Ce qui ne va pas dans demandes.yaml et demandes/ est dit d’abord ; le code de sortie est 1 s’il y a une erreur.
    """
    from assembler.model.finding import Severity
    from assembler.pipeline import examine
    from assembler.report import requests_text

    today = _today()
    with _progress() as progress:
        examined = examine(contenu, today, progress)
    own = tuple(each for each in examined.findings if each.source and each.source.file.startswith("demandes"))
    _tell(own)
    unread = any(each.severity is Severity.ERROR for each in own)
    if examined.dossier.requests or not unread:
        click.echo(requests_text(examined.dossier, today))
    return 1 if unread else 0


@cli.command("import", cls=FrenchCommand)
@click.argument("fichier", type=click.Path(path_type=Path))
@_CONTENT
@click.option(
    "--apply", "applied", is_flag=True, help="Écrire les changements ; sans cette option, ils sont seulement montrés."
)
@click.option("--force", is_flag=True, help="Prendre le texte de Word là où le fichier a changé lui aussi.")
def import_command(fichier: Path, contenu: Path, applied: bool, force: bool) -> int:
    """Reprendre dans les argumentaires ce que des collègues ont corrigé dans Word.

    FICHIER est un dossier.docx relu, avec ou sans suivi des modifications. Chaque changement est montré, critère par
    critère ; avec --apply, seuls les passages changés sont récrits, et les commentaires vont dans import-commentaires.md.
    Seuls les textes reviennent : la couverture, les tableaux et l’index se corrigent dans les fichiers YAML.
    Le code de sortie est 1 s’il reste quelque chose à reporter à la main.
    """
    from assembler.pipeline import examine
    from assembler.reimport.applying import apply
    from assembler.reimport.proposal import propose
    from assembler.reimport.report import notes_text, proposal_text
    from assembler.tools.together import finish

    finish(contenu)
    with _progress() as progress:
        examined = examine(contenu, _today(), progress)
        proposal = propose(examined, contenu, fichier, force=force)
    click.echo(proposal_text(proposal, examined.dossier))
    if applied:
        written = apply(proposal, contenu, notes_text(proposal, examined.dossier, fichier.name))
        click.echo(f"Écrit : {', '.join(written)}." if written else "Il n’y avait rien à écrire.")
    elif proposal.changed or proposal.remarks:
        click.echo(
            "Rien n’a été écrit : relancez avec --apply pour appliquer ces changements et garder les commentaires."
        )
    return 1 if proposal.left else 0


@cli.command("new", cls=FrenchCommand)
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option("--pack", metavar="ID", help="Le gabarit (national-2023 sans cette option).")
@click.option(
    "--demande", "request", metavar="DEMANDE", help="initiale, renouvellement ou renouvellement-avec-modification."
)
@click.option("--intitule", "title", metavar="TEXTE", help="L’intitulé demandé.")
@click.option("--campagne", "campaign", metavar="ANNÉE", help="La campagne (l’an prochain sans cette option).")
@click.option(
    "--critere-optionnel", "optional", metavar="NUMÉRO", help="Le critère choisi, si le gabarit laisse un choix."
)
@click.option("--nom", "name", metavar="TEXTE", help="Le nom de l’établissement.")
@click.option("--uai", metavar="UAI", help="Son UAI.")
@click.option("--type", "kind", metavar="TYPE", help="Son type : lp, lpo, erea, lea ou autre.")
@click.option("--secteur", "sector", metavar="SECTEUR", help="public ou prive-sous-contrat.")
@click.option("--commune", "town", metavar="TEXTE", help="Sa commune.")
@click.option("--academie", "academy", metavar="TEXTE", help="Son académie.")
def new_command(dossier: Path, pack: str | None, **options: str | None) -> int:
    """Commencer une candidature : créer le dossier DOSSIER avec tous les fichiers à remplir.

    Dans un terminal, ce que les options ne disent pas est demandé ; ailleurs, les fichiers le laissent à remplir.
    Chaque argumentaire rappelle, en commentaires qui ne seront pas imprimés, ce que le critère attend.
    """
    from assembler.interview import asked, given
    from assembler.scaffold import refuse_taken, scaffold

    refuse_taken(dossier)
    wishes = (asked if _is_conversation() else given)(pack, options, _today().year)
    names = scaffold(dossier, wishes)
    click.echo(f"{len(names)} fichiers créés dans {dossier} :")
    for name in names:
        click.echo(f"  {name}")
    click.echo(f'Remplissez candidature.yaml, puis lancez : dossier check "{dossier}"')
    return 0


@cli.command("migrate", cls=FrenchCommand)
@click.argument("contenu", type=click.Path(path_type=Path))
@click.argument("gabarit")
@click.option("--dry-run", is_flag=True, help="Montrer chaque ligne qui changerait, sans rien écrire.")
def migrate_command(contenu: Path, gabarit: str, dry_run: bool) -> int:
    """Porter une candidature vers un autre référentiel : celui du gabarit GABARIT.

    Les argumentaires sont renommés, les renvois et les preuves suivent leurs critères, les critères nouveaux sont à écrire.
    Les cotes attribuées ne changent pas. Tout est fait d’un seul coup, ou rien.
    """
    from assembler.migration import apply_migration, plan_migration
    from assembler.migration_report import migration_text

    migration = plan_migration(contenu, gabarit, _today())
    if not migration.files:
        click.echo(f"La candidature suit déjà le gabarit {gabarit} : rien à changer.")
        return 0
    if not dry_run:
        apply_migration(migration)
    click.echo(migration_text(migration, lines=dry_run))
    if dry_run:
        click.echo("\nRien n’a été écrit.")
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
    """Les gabarits : les lister, en contrôler un, l’envoyer, l’ajouter."""


@pack_group.command("list", cls=FrenchCommand)
@click.argument("contenu", type=click.Path(path_type=Path), default="content")
def pack_list_command(contenu: Path) -> int:
    """Lister les gabarits présents."""
    from assembler.pipeline import pack_places
    from assembler.readers.pack import find_pack, pack_ids, read_pack

    places = pack_places(contenu)
    for identifier in pack_ids(places):
        folder = find_pack(identifier, places)
        pack = read_pack(folder, places).pack if folder else None
        if pack is None:
            click.echo(f"{identifier} — inutilisable : « dossier pack check {identifier} » dit pourquoi")
        else:
            official = "" if pack.official else f" ({pack.words.unofficial})"
            offered = len(pack.framework.offered)
            criteria = f"{len(pack.framework.criteria)} critères" + (f" et {offered} au choix" if offered else "")
            brought = "annexe" if pack.annex else criteria
            click.echo(f"{identifier} — {pack.title}, version {pack.version}{official}, {brought}")
    return 0


@pack_group.command("check", cls=FrenchCommand)
@click.argument("gabarit")
def pack_check_command(gabarit: str) -> int:
    """Contrôler un gabarit : GABARIT est son nom, ou son dossier."""
    from assembler.model.finding import Severity
    from assembler.pipeline import check_pack
    from assembler.report import findings_text

    findings = check_pack(gabarit)
    if findings:
        click.echo(findings_text(findings))
    if any(each.severity is Severity.ERROR for each in findings):
        return 1
    click.echo(f"Le gabarit « {Path(gabarit).name} » est bon.")
    return 0


@pack_group.command("charte", cls=FrenchCommand)
@click.argument("gabarit")
def pack_charte_command(gabarit: str) -> int:
    """Préparer charte.yaml, où changer l’aspect du PDF : GABARIT est le nom du gabarit, ou son dossier.

    Le fichier est rempli d’après le modèle Word ; n’y laissez que ce qui doit différer.
    """
    from assembler.charters import write_charte
    from assembler.pipeline import named_pack

    target = write_charte(named_pack(gabarit).folders)
    click.echo(f"{target} : n’y laissez que ce qui doit différer du modèle Word.")
    return 0


@pack_group.command("export", cls=FrenchCommand)
@click.argument("gabarit")
@click.option("-o", "--sortie", "output", metavar="FICHIER", type=click.Path(path_type=Path),
              help="Le fichier à faire (GABARIT-VERSION.gabarit.zip sans cette option).")  # fmt: skip
@click.option("--sign", metavar="CLÉ", type=click.Path(path_type=Path), help="Signer avec la clé privée de ce fichier.")
@click.option("--new-key", metavar="CLÉ", type=click.Path(path_type=Path),
              help="Créer d’abord cette clé privée, et signer avec elle ; gardez-la en lieu sûr.")  # fmt: skip
def pack_export_command(gabarit: str, output: Path | None, sign: Path | None, new_key: Path | None) -> int:
    """Faire d’un gabarit un seul fichier, à envoyer : GABARIT est son nom, ou son dossier."""
    from assembler.distribution import export_pack
    from assembler.pack_report import exported_text
    from assembler.tools.signature import make_key, sealer

    if new_key:
        make_key(new_key)
    key = new_key or sign
    exported = export_pack(gabarit, output, sealer(key) if key else None)
    _tell(exported.findings)
    click.echo(exported_text(exported, signed=key is not None))
    return 0


@pack_group.command("add", cls=FrenchCommand)
@click.argument("fichier", type=click.Path(path_type=Path))
@click.option("--only-for", "content", metavar="CONTENU", type=click.Path(path_type=Path),
              help="Ne l’ajouter qu’à cette candidature : les autres gardent le leur.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Contrôler et montrer seulement.")
@click.option("--yes", is_flag=True, help="Ajouter sans poser de question.")
@click.option("--force", is_flag=True, help="Ajouter même si un contenu différent porte déjà ce numéro de version.")
def pack_add_command(fichier: Path, content: Path | None, dry_run: bool, yes: bool, force: bool) -> int:
    """Ajouter le gabarit reçu dans FICHIER, après l’avoir contrôlé et comparé à celui en usage."""
    from assembler.distribution import add_pack, receive_pack
    from assembler.pack_report import received_text
    from assembler.readers.content import require_candidature

    if content:
        require_candidature(content)
    with receive_pack(fichier, content) as received:
        _tell(received.findings)
        click.echo(received_text(received))
        if dry_run or (received.same and content is None):
            return 0
        if not yes and _is_conversation() and not _agreed("Ajouter ce gabarit ?"):
            click.echo("Rien n’a été ajouté.")
            return 0
        click.echo(f"Ajouté : {add_pack(received, content, force=force)}")
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


def _is_conversation() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _agreed(question: str) -> bool:
    answer = click.prompt(f"{question} [o/N]", default="n", show_default=False, prompt_suffix=" ", err=True)
    return str(answer).strip().lower() in ("o", "oui")


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
