"""What is said of a part that is exported, merged or taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assembler.model.finding import Severity
from assembler.model.french import long_date
from assembler.network.bundle import MANIFEST, Received
from assembler.network.changes import Change
from assembler.network.export import Exported
from assembler.network.merge import Arrival, Done
from assembler.network.page import count_files, left_behind
from assembler.network.received import place_in_candidature
from assembler.network.split import Taken
from assembler.report import count_line
from assembler.wording import identity_sentence, shown

_MOST = 40
_STAY = "ils restent en place, sauf avec --force, qui remet le texte de l’établissement"


def exported_text(exported: Exported) -> str:
    """What was made, what travels with it and what stayed behind."""
    school = exported.school
    lines = [
        f"{exported.file} : {shown(school.name)} ({school.uai}), {count_files(len(exported.names))}, {_size(exported.size)}."
    ]
    lines += left_behind(exported)
    if exported.sound:
        lines.append(
            "Remettez ce fichier à l’établissement pilote ; « dossier merge » le range dans le dossier commun."
        )
    else:
        lines.append(f"Le fichier est fait, et ces constats l’accompagnent ({count_line(exported.findings)}) : le pilote les "
                     "verra. Corrigez, puis exportez de nouveau.")  # fmt: skip
    return "\n".join(lines)


def arrival_text(arrival: Arrival) -> str:
    """Whose bundle it is, what it brings, and what it would overwrite."""
    received = arrival.received
    lines = [_title(received)]
    if arrival.same:
        lines.append("  rien de nouveau : cette liasse est celle qui a été fusionnée en dernier.")
    elif arrival.before is None and not arrival.stand:
        lines.append(
            f"  première fusion : {count_files(len(received.digests))}, {len(arrival.exhibits)} preuves et pièces."
        )
    else:
        since = (
            f"depuis la liasse du {long_date(arrival.before)}"
            if arrival.before
            else "par rapport à ce qui est en place"
        )
        lines.append(f"  ce qui change {since} :" if arrival.changes else f"  aucun fichier n’a changé {since}.")
        lines += _listed(_change_line(each) for each in _told(arrival))
    lines += _edits(arrival)
    counts = Counter(each.severity for each in received.findings)
    if received.findings:
        told = ", ".join(
            f"{counts[each]} {each.value}{'s' if counts[each] > 1 else ''}" for each in Severity if counts[each]
        )
        errors = [each.text for each in received.findings if each.severity == Severity.ERROR]
        lines.append(f"  constats de l’établissement à l’export : {told}" + (" ; les erreurs :" if errors else "."))
        lines += _listed(shown(each) for each in errors)
    return "\n".join(lines)


def founded_text(received: Received, folder: object) -> str:
    """What a candidature made from one bundle holds."""
    files = sum(place_in_candidature(each) is not None for each in received.bundle.names)
    created = f"Candidature créée dans {folder} : {count_files(files)}."
    return f'{_title(received)}\n{created} Contrôlez-la : dossier check "{folder}"'


def done_text(done: Done) -> str:
    """Where a member's part stands now, and where what it replaced is kept."""
    arrival = done.arrival
    what = "Remis tel que dans la liasse" if arrival.same else "Fusionné"
    line = f"{what} : {shown(arrival.received.school.name)}, dans {arrival.target.name}."
    if not done.aside:
        return line
    if arrival.unlike:
        return f"{line} Tout ce que ce dossier contenait est gardé dans {done.aside}."
    return f"{line} Les fichiers {'changés' if arrival.before else 'écrits'} ici sont gardés dans {done.aside}."


def taken_text(taken: Taken) -> str:
    """Where the school's candidature stands, and what it remembers."""
    lines = [f"Candidature créée dans {taken.folder} : {count_files(taken.files)}."]
    if taken.labels:
        lines.append(f"Cotes gardées : {', '.join(taken.labels[:8])}" + ("…" if len(taken.labels) > 8 else "."))
    if taken.common:
        lines.append("La partie commune du réseau n’y est pas : reprenez-en ce qui concerne l’établissement.")
    lines += [f"N’y est pas (lien ou fichier caché) : {shown(name)}" for name in taken.held]
    lines.append(f'Contrôlez-la : dossier check "{taken.folder}"')
    return "\n".join(lines)


def _title(received: Received) -> str:
    candidature = received.candidature
    return (
        f"{shown(received.school.name)} ({received.school.uai}) — liasse du {long_date(received.day)}, "
        f"gabarit {candidature.pack} {shown(received.pack_version)}"
    )


def _told(arrival: Arrival) -> Iterator[Change]:
    """The changes, file by file; after the list of evidence, proof by proof."""
    for each in arrival.changes:
        yield each
        if each.file == MANIFEST:
            yield from arrival.exhibits


def _change_line(change: Change) -> str:
    return f"{change.kind.value} : {shown(change.what)} ({shown(change.file)})"


def _edits(arrival: Arrival) -> Iterator[str]:
    place = arrival.target.name
    if arrival.unlike:
        yield f"  attention, {identity_sentence(arrival.unlike)} ; tout ce que {place} contient serait remplacé."
    elif arrival.edits and arrival.before:
        kept = _STAY if arrival.same else "la liasse les remplacerait"
        yield f"  fichiers changés ici, dans {place}, depuis la dernière fusion ; {kept} :"
        yield from _listed(_change_line(each) for each in arrival.edits)
    elif arrival.edits:
        yield f"  fichiers déjà dans {place}, qui ne viennent d’aucune liasse ; celle-ci les remplacerait ou les retirerait :"
        yield from _listed(f"{shown(each.what)} ({shown(each.file)})" for each in arrival.edits)


def _listed(lines: Iterable[str]) -> Iterator[str]:
    every = list(lines)
    yield from (f"    {each}" for each in every[:_MOST])
    if len(every) > _MOST:
        yield f"    … ({len(every)} en tout)"


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} Mo".replace(".", ",") if size < 10_000_000 else f"{size / 1e6:.0f} Mo"
