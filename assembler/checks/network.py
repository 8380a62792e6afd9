"""Is a joint request one: its lead among its members, all for one campaign, labelled, and saying together what they must?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import COMMON, Content, Establishment
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, note, warning
from assembler.model.source import Source
from assembler.model.text import Heading


def check_network(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """`reseau:` present exactly when there are several établissements, its lead known; what the pack asks of a network."""
    candidature = dossier.candidature
    several = len(candidature.establishments) > 1
    if several and candidature.network is None:
        yield warning("network-undeclared", candidature.source)
    if candidature.network and not several:
        yield warning("network-alone", candidature.network.source)
    if candidature.network and candidature.network.lead not in candidature.establishments:
        yield error("network-lead-unknown", candidature.network.source, lead=candidature.network.lead,
                    known=", ".join(candidature.establishments))  # fmt: skip
    if content.is_network:
        yield from _astray(dossier, content)
        yield from _unlabelled(dossier)
        yield from _apart(dossier)


def _astray(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Parts handed over for another campaign, another pack, or another version of it."""
    pack, campaign = dossier.pack, dossier.candidature.campaign
    for part in content.parts:
        followed, school = part.followed, part.establishment
        if followed is None or school is None:
            continue
        if followed.campaign and followed.campaign != campaign:
            yield warning("network-campaign-differs", followed.source, school=school.name, theirs=followed.campaign,
                          ours=campaign)  # fmt: skip
        if followed.pack and (followed.pack, followed.version) != (pack.id, pack.version):
            yield warning("network-pack-differs", followed.source, school=school.name,
                          theirs=f"{followed.pack} {followed.version}", ours=f"{pack.id} {pack.version}")  # fmt: skip


def _unlabelled(dossier: Dossier) -> Iterator[Finding]:
    """Members that do not say they hold the label which the pack expects of them."""
    label = dossier.pack.applicants.network_label
    for member in dossier.members:
        school = member.establishment
        if label and not _holds(school, label, dossier):
            yield warning("network-member-unlabelled", school.source, school=school.name, label=label)


def _holds(school: Establishment, label: str, dossier: Dossier) -> bool:
    day = dossier.candidature.edition
    return any(
        each.name.casefold().startswith(label.casefold()) and (each.start or day) <= day <= (each.end or day)
        for each in school.labels
    )


def _apart(dossier: Dossier) -> Iterator[Finding]:
    """Expectations that the common part should speak of, and does not. Those of the network alone are told with the others."""
    spoken = {
        (chapter.number, letter)
        for chapter in dossier.answers
        for block in chapter.blocks
        if isinstance(block, Heading) and block.source.part == COMMON
        for letter in block.expectations
    }
    for row in dossier.coverage:
        number = row.criterion.number
        if row.expectation.together and (number, row.expectation.letter) not in spoken:
            file = f"{COMMON}/critere-{number}.md"
            yield note("expectation-apart", Source(file), number, reference=row.reference, text=row.expectation.text,
                       file=file, letter=row.expectation.letter)  # fmt: skip
