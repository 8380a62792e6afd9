"""The look of a dossier: its pack's Word template, filled in and read, changed where `charte.yaml` says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.artefact import Pagination
from assembler.model.charter import Charter
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, Severity, note
from assembler.model.french import long_date
from assembler.model.source import Source
from assembler.readers.charter import CharterError, read_charter
from assembler.readers.charter.override import FILE, overridden, read_override
from assembler.readers.charter.prefill import prefilled
from assembler.tools.atomic import replace_file
from assembler.tools.layers import find_file, find_folders
from assembler.writers.pdf.charter import FIRST_TOKEN
from assembler.writers.pdf.fonts import Replacement, Supply
from assembler.writers.word import Workshop
from assembler.writers.word.look import filled_template, with_styles

_TEMPLATE = "dossier.docx"


@dataclass(frozen=True, slots=True)
class Look:
    """A charter, the fonts that stand in for those nobody supplies, and what is to be told of both."""

    charter: Charter
    replacements: tuple[Replacement, ...]
    findings: tuple[Finding, ...]


def look_of(dossier: Dossier, folders: tuple[Path, ...], workshop: Workshop, *, draft: bool) -> Look:
    """The look of this dossier in the pack of these folders. Raises Missing (`word-template`) for an unsound template."""
    template = find_file(folders, _TEMPLATE) or Path()
    pages = Pagination(tuple((each.anchor, FIRST_TOKEN + rank) for rank, each in enumerate(dossier.exhibits)), 0)
    content = filled_template(template, dossier, pages, workshop, draft=draft)
    school = dossier.candidature.network.name if dossier.candidature.network else ""
    values = {
        "intitule": dossier.candidature.title,
        "candidat": school or ", ".join(member.establishment.name for member in dossier.members),
        "dossier": dossier.pack.words.dossier,
        "edition": long_date(dossier.candidature.edition),
    }
    return _look(content, folders, template, values)


def look_of_template(folders: tuple[Path, ...]) -> Look:
    """The look of a pack's template as it stands, its tags not filled in. Raises Missing (`word-template`)."""
    template = find_file(folders, _TEMPLATE) or Path()
    return _look(with_styles(template.read_bytes()), folders, template, {})


def template_notes(folders: tuple[Path, ...]) -> tuple[Finding, ...]:
    """What the PDF cannot take over from the pack's template; nothing for a pack without one."""
    return look_of_template(folders).findings if find_file(folders, _TEMPLATE) else ()


def write_charte(folders: tuple[Path, ...]) -> Path:
    """Write the `charte.yaml` that changes nothing to the pack's template; where. Raises Refused when there is one."""
    target = folders[0] / FILE
    if target.exists():
        raise Refused("charte-exists", file=str(target))
    look = look_of_template(folders)
    text = prefilled(look.charter, tuple((one.font, one.by) for one in look.replacements))
    replace_file(target, text.encode(), durable=False)
    return target


def _look(content: bytes, folders: tuple[Path, ...], template: Path, values: Mapping[str, str]) -> Look:
    found: list[Finding] = []
    place = f"{template.absolute().parent.name}/{template.name}"
    override = read_override(find_file(folders, FILE), found)
    if any(each.severity is Severity.ERROR for each in found):
        raise Missing("word-template", tuple(found), template=place)
    try:
        charter = read_charter(content)
    except CharterError as fault:
        raise Missing("word-template", tuple(found), template=place) from fault
    if override is not None:
        charter = overridden(charter, override, values)
    supply = Supply(find_folders(folders, "polices"), dict(charter.substitutes))
    source = Source(place)
    replacements = [one for one in (supply.replacement(*each) for each in charter.fonts) if one]
    for one in replacements:
        if not supply.declared(one.font):
            found.append(
                note("font-replaced", source, font=one.font, by=one.by, exact="la même largeur" if one.exact else "")
            )
    if charter.left_out:
        found.append(note("template-left-out", source, what=", ".join(charter.left_out)))
    return Look(charter, tuple(replacements), tuple(found))
