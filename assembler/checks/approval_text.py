"""Does the act itself say what the manifest says of it: body, date, favourable vote, label title?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from assembler.checks.approval import find_approval, fold
from assembler.model.content import Content, Establishment
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Approval
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import long_date
from assembler.model.source import Source

_BODIES = {"ca": "conseildadministration", "commission-permanente": "commissionpermanente"}
_FAVOURABLE = ("favorable", "accord", "adopt", "approuv", "unanimite", "majorite")
_REFUSAL = re.compile(
    r"(donne|emet|rend|emis|rendu) un avis defavorable|ne donne pas son accord|refuse (de donner )?son accord"
    r"|rejette (la|le|cette|ce)\b|(est|a ete) rejete|n ?est pas adopte|n ?a pas ete adopte"
)
_QUOTED_TITLE = re.compile(r"[«“\"]\s*(lyc[ée]e des m[ée]tiers[^»”\"]{0,200}?)\s*[»”\"]", re.IGNORECASE)


def check_approval_text(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """What can be compared, compared; an act without a text layer is said to be checked by eye only."""
    del content
    for member in dossier.members:
        exhibit = find_approval(dossier, member.establishment.key)
        if exhibit is None or exhibit.entry.approval is None or exhibit.facts.absence is not None:
            continue
        text, source = exhibit.facts.text, exhibit.entry.source
        if len(fold(text)) < 40:
            yield note("approval-no-text", source, school=member.establishment.name, file=exhibit.entry.file or "")
            continue
        yield from _compare(text, exhibit.entry.approval, source, member.establishment, dossier.candidature.title)


def _compare(text: str, approval: Approval, source: Source, school: Establishment, title: str) -> Iterator[Finding]:
    solid = fold(text)
    if fold(title) not in solid and not any(word in solid for word in _FAVOURABLE) and not _REFUSAL.search(_bare(text)):
        yield error("approval-text-unrelated", source, school=school.name, title=title)
        return
    body = _BODIES.get(approval.body)
    if body and body not in solid:
        yield warning("approval-text-body", source, school=school.name)
    if approval.session and not any(form in solid for form in _written_dates(approval.session)):
        yield warning("approval-text-date", source, school=school.name, session=long_date(approval.session))
    if _REFUSAL.search(_bare(text)):
        yield error("approval-text-unfavourable", source, school=school.name)
    elif not any(word in solid for word in _FAVOURABLE):
        yield warning("approval-text-no-vote", source, school=school.name)
    yield from _compare_votes(text, approval, source, school)
    yield from _compare_title(text, solid, source, school, title)


def _compare_votes(text: str, approval: Approval, source: Source, school: Establishment) -> Iterator[Finding]:
    if approval.votes is None:
        return
    told = {"pour": approval.votes.in_favour, "contre": approval.votes.against}
    for word, number in told.items():
        stated = {int(each) for each in re.findall(rf"\b{word}\s*[:=]\s*(\d{{1,3}})\b", _bare(text))}
        if stated and number not in stated:
            yield warning("approval-text-votes", source, school=school.name, word=word, told=str(number),
                          stated=", ".join(map(str, sorted(stated))))  # fmt: skip


def _compare_title(text: str, solid: str, source: Source, school: Establishment, title: str) -> Iterator[Finding]:
    """An act that quotes another title is an error; one that does not give the title, a warning."""
    if not title or fold(title) in solid:
        return
    quoted = [each for each in _QUOTED_TITLE.findall(" ".join(text.split())) if fold(each) != "lyceedesmetiers"]
    if quoted:
        yield error("approval-text-title", source, school=school.name, stated=quoted[0], title=title)
    else:
        yield warning("approval-text-no-title", source, school=school.name, title=title)


def _written_dates(day: date) -> tuple[str, ...]:
    """The ways an act writes a date, folded."""
    long = fold(long_date(day))
    return long, long.replace("1er", "1", 1), f"{day:%d%m%Y}", f"{day:%Y%m%d}", f"{day.day}{day.month}{day.year}"


def _bare(text: str) -> str:
    """`text` in lower case, without accents, apostrophes as spaces, blanks single."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character)
    )
    return " ".join(plain.replace("’", " ").replace("'", " ").split())
