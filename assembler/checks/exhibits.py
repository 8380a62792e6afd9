"""Can every exhibit be embedded whole, and is there anything to know about its file?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.exhibit import BOARD_APPROVAL, Absence, Exhibit, People
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import shortened

_A_FEW = 5
_ERRORS = {
    Absence.MISSING,
    Absence.OUTSIDE,
    Absence.EMPTY,
    Absence.TOO_LARGE,
    Absence.ENCRYPTED,
    Absence.BROKEN,
    Absence.NO_PAGE,
    Absence.TIMEOUT,
    Absence.CRASH,
}


def check_exhibits(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Files missing, refused or odd; the same file twice; pupils without consent; more than the deposit may weigh."""
    del content
    first: dict[tuple[str, str], Exhibit] = {}
    for exhibit in dossier.exhibits:
        yield from _absence(exhibit)
        yield from _oddities(exhibit)
        yield from _people(exhibit, dossier)
        if exhibit.facts.sha256 and exhibit.entry.pages is None:
            twin = first.setdefault((exhibit.entry.establishment, exhibit.facts.sha256), exhibit)
            if twin is not exhibit:
                yield warning("exhibit-duplicate", exhibit.entry.source, label=exhibit.label, twin=twin.label,
                              key=exhibit.entry.key, twin_key=twin.entry.key)  # fmt: skip
    yield from _pictures(dossier)
    total, limit = sum(exhibit.facts.size for exhibit in dossier.exhibits), dossier.pack.limits.deposit
    if limit is not None and total > limit:
        yield note(
            "deposit-too-large", dossier.candidature.source, size=f"{total / 1e6:.0f}", limit=f"{limit / 1e6:.0f}"
        )


def _pictures(dossier: Dossier) -> Iterator[Finding]:
    """Exhibits without a text layer: those of one manifest are told together when they are many."""
    files: dict[str, list[Exhibit]] = {}
    for each in dossier.exhibits:
        facts, entry = each.facts, each.entry
        if facts.kind == "pdf" and facts.pages and not facts.has_text and entry.key != BOARD_APPROVAL:
            files.setdefault(entry.source.file, []).append(each)
    for found in files.values():
        if len(found) > _A_FEW:
            yield note("exhibits-no-text", found[0].entry.source, labels=shortened([each.label for each in found]))
            continue
        for each in found:
            yield note("exhibit-no-text", each.entry.source, label=each.label, file=each.entry.file or "")


def _absence(exhibit: Exhibit) -> Iterator[Finding]:
    absence, entry = exhibit.facts.absence, exhibit.entry
    if (
        absence is None
        or absence is Absence.LINK
        or entry.key == BOARD_APPROVAL
        or (entry.file is None and entry.link is None)
    ):
        return
    level = error if absence in _ERRORS else note if absence is Absence.TWIN else warning
    yield level(f"exhibit-{absence.value}", entry.source, entry.criteria[0] if entry.criteria else None,
                label=exhibit.label, file=entry.file or "", detail=exhibit.facts.detail)  # fmt: skip


def _oddities(exhibit: Exhibit) -> Iterator[Finding]:
    facts, entry = exhibit.facts, exhibit.entry
    values = {"label": exhibit.label, "file": entry.file or ""}
    if facts.repaired:
        yield note("exhibit-repaired", entry.source, pages=str(facts.source_pages), **values)
    if facts.other_count is not None and facts.other_count != facts.source_pages:
        yield warning("exhibit-pages-differ", entry.source, pages=str(facts.source_pages),
                      other=str(facts.other_count), **values)  # fmt: skip
    if facts.signed:
        yield note("exhibit-signed" if facts.original is None else "exhibit-signed-kept", entry.source, **values)
    if "xfa" in facts.cleaned:
        yield warning("exhibit-xfa", entry.source, **values)
    if "portfolio" in facts.cleaned:
        yield warning("exhibit-portfolio", entry.source, **values)
    if "layers" in facts.cleaned:
        yield note("exhibit-layers", entry.source, **values)
    if "animation" in facts.cleaned:
        yield note("exhibit-animation", entry.source, **values)
    if "gps" in facts.cleaned:
        yield note("exhibit-gps", entry.source, **values)
    if "small-print" in facts.cleaned:
        yield note("exhibit-small-print", entry.source, **values)
    active = [_CLEANED[each] for each in facts.cleaned if each in _CLEANED]
    if active:
        yield note("exhibit-cleaned", entry.source, what=", ".join(active), **values)


_CLEANED = {
    "javascript": "un programme (JavaScript)",
    "launch": "une commande de lancement",
    "form": "un envoi de formulaire",
    "action": "une action automatique",
    "attachments": "un fichier joint",
    "protection": "une protection contre la copie",
    "macros": "un programme (macros)",
    "external": "un lien vers un fichier extérieur",
    "mail-text": "la fin d’un très long texte",
    "mail-attachments": "des pièces jointes du message (sa page les nomme)",
}


def _people(exhibit: Exhibit, dossier: Dossier) -> Iterator[Finding]:
    entry = exhibit.entry
    if entry.people is People.PUPILS and not entry.consents:
        yield warning("exhibit-no-consent", entry.source, label=exhibit.label, key=entry.key)
    if entry.date and entry.date > dossier.candidature.edition and not entry.is_attachment:
        yield warning("exhibit-future", entry.source, label=exhibit.label, key=entry.key)
