"""Is there, for every co-applicant, a valid approval of its board? (Code de l'éducation, D335-1.)

A board's presence is counted against its members in office: quorum is their majority at a first convocation, none at a
second (R421-25); on a tie the president's vote prevails (R421-24). What an act shows: D335-1 and the usual form of acts.
"""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Iterator
from datetime import date

from assembler.model.content import Content, Establishment
from assembler.model.dossier import Dossier
from assembler.model.exhibit import BOARD_APPROVAL, Absence, Approval, Exhibit
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import long_date
from assembler.model.source import Source

_UNREADABLE = {
    Absence.ENCRYPTED,
    Absence.BROKEN,
    Absence.NO_PAGE,
    Absence.UNKNOWN_KIND,
    Absence.TOO_LARGE,
    Absence.TIMEOUT,
    Absence.CRASH,
}


def check_approval(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """The file, the date, the vote, the title; then what a careful reader of the act would frown at."""
    if not dossier.pack.asks_approval:
        return
    manifests = {part.key: part.manifest.file for part in content.parts}
    owners: dict[str, Establishment] = {}
    for member in dossier.members:
        school = member.establishment
        exhibit = find_approval(dossier, school.key)
        if exhibit is None or exhibit.entry.approval is None:
            yield error("approval-missing", Source(manifests[school.key], 1), school=school.name, key=BOARD_APPROVAL)
            continue
        yield from _file(exhibit, school)
        owner = owners.setdefault(exhibit.facts.sha256 or school.key, school)
        if owner is not school:
            yield error("approval-shared", exhibit.entry.source, school=school.name, other=owner.name)
        yield from _decision(exhibit.entry.approval, exhibit.entry.source, dossier, school)
        yield from _form(exhibit.entry.approval, exhibit.entry.source, dossier, school)
        yield from _meeting(exhibit.entry.approval, exhibit.entry.source, school)


def find_approval(dossier: Dossier, school: str) -> Exhibit | None:
    """The exhibit that is the approval of the établissement whose key is `school`."""
    return next((each for each in dossier.exhibits if each.entry.id == f"{school}/{BOARD_APPROVAL}"), None)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, accents, quotes, dashes and spaces."""
    return fold(one) == fold(other)


def fold(text: str) -> str:
    """The letters and digits of `text` alone, without case or accents."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(character for character in bare if character.isalnum())


def _file(exhibit: Exhibit, school: Establishment) -> Iterator[Finding]:
    absence, source, file = exhibit.facts.absence, exhibit.entry.source, exhibit.entry.file or "non indiqué"
    match absence:
        case None:
            return
        case Absence.EMPTY:
            yield error("approval-file-empty", source, school=school.name, file=file)
        case Absence.OUTSIDE:
            yield error("approval-file-outside", source, school=school.name, file=file)
        case _ if absence in _UNREADABLE:
            yield error("approval-unreadable", source, school=school.name, file=file)
        case Absence.NO_CONVERTER | Absence.CONVERSION:
            yield error("approval-not-pdf", source, school=school.name, file=file)
        case _:
            yield error("approval-file-missing", source, school=school.name, file=file, nearest=exhibit.facts.detail)


def _decision(approval: Approval, source: Source, dossier: Dossier, school: Establishment) -> Iterator[Finding]:
    if approval.session is None:
        yield error("approval-no-date", source, school=school.name)
    votes = approval.votes
    if votes is None:
        yield warning("approval-no-votes", source, school=school.name)
    elif votes.in_favour < votes.against or (votes.in_favour == votes.against and not approval.casting_vote):
        yield error("approval-unfavourable", source, school=school.name,
                    in_favour=str(votes.in_favour), against=str(votes.against))  # fmt: skip
    stated, title = approval.label_title, dossier.candidature.title
    if stated and title and not same_title(stated, title):
        yield error("approval-title", source, school=school.name, stated=stated, title=title)


def _form(approval: Approval, source: Source, dossier: Dossier, school: Establishment) -> Iterator[Finding]:
    if approval.signatory is None:
        yield warning("approval-no-signatory", source, school=school.name)
    if approval.act is None:
        yield warning("approval-no-act", source, school=school.name)
    session, edition, pack = approval.session, dossier.candidature.edition, dossier.pack
    if session is not None:
        if session > edition:
            yield warning("approval-future", source, school=school.name, session=long_date(session),
                          edition=long_date(edition))  # fmt: skip
        if session < pack.framework.in_force:
            yield warning("approval-before-framework", source, school=school.name, session=long_date(session),
                          in_force=long_date(pack.framework.in_force))  # fmt: skip
        age = pack.limits.approval_age
        if age is not None and months_after(session, age) < edition:
            yield warning("approval-old", source, school=school.name, session=long_date(session), months=str(age))
    if approval.body == "commission-permanente":
        yield warning("approval-commission", source, school=school.name)
    elif approval.body == "autre":
        level = warning if school.sector == "public" else note
        yield level("approval-other-body", source, school=school.name, body=approval.body_name or "non précisé")


def _meeting(approval: Approval, source: Source, school: Establishment) -> Iterator[Finding]:
    votes, present, members = approval.votes, approval.present, approval.members
    if votes is not None and present is not None:
        cast = votes.in_favour + votes.against + votes.abstentions + votes.refused
        if cast > present:
            yield warning("approval-more-votes", source, school=school.name, cast=str(cast), present=str(present))
    if present is not None and members is not None:
        if present > members:
            yield warning(
                "approval-more-present", source, school=school.name, present=str(present), members=str(members)
            )
        quorum = members // 2 + 1
        if present < quorum and (approval.convocation or 1) < 2:
            yield warning("approval-quorum", source, school=school.name, present=str(present), quorum=str(quorum),
                          members=str(members))  # fmt: skip


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
