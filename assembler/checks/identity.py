"""Is each établissement well identified, and the request sound?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, Establishment, RequestType
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import long_date

_KEY_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def uai_key(digits: str) -> str:
    """The key letter of a UAI: its seven digits modulo 23 among the letters without I, O, Q."""
    return _KEY_LETTERS[int(digits) % 23]


def check_identity(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """UAI codes, dates of the previous label, figures without source, labels without proof."""
    del content
    yield from _placeholders(dossier)
    yield from _request(dossier)
    exhibits = {exhibit.entry.id for exhibit in dossier.exhibits}
    seen: dict[str, str] = {}
    for member in dossier.members:
        school = member.establishment
        yield from _uai(school, seen)
        yield from _gaps(school)
        for indicator in school.indicators:
            if not indicator.origin or not indicator.vintage:
                yield warning("indicator-without-source", indicator.source, name=indicator.name)
        for label in school.labels:
            if label.proof and f"{school.key}/{label.proof}" not in exhibits:
                yield error("label-proof-unknown", label.source, label=label.name, key=label.proof)
            if label.start and label.end and label.end < label.start:
                yield warning("label-dates", label.source, label=label.name)


def _placeholders(dossier: Dossier) -> Iterator[Finding]:
    """Texts of the scaffold that nobody replaced."""
    candidature = dossier.candidature
    if "…" in candidature.title:
        yield error("placeholder-left", candidature.title_source, key="intitule", value=candidature.title)
    for member in dossier.members:
        if "…" in member.establishment.name:
            yield error("placeholder-left", member.establishment.source, key="nom", value=member.establishment.name)


def _request(dossier: Dossier) -> Iterator[Finding]:
    candidature, pack = dossier.candidature, dossier.pack
    previous = candidature.previous
    if candidature.request is not RequestType.INITIAL and previous is None:
        yield warning("previous-label-missing", candidature.source)
    if candidature.request is not RequestType.INITIAL and all(each.anchor != "bilan" for each in dossier.chapters):
        yield warning("review-missing", candidature.source)
    if candidature.request is RequestType.INITIAL and previous is not None:
        yield warning("previous-label-unexpected", previous.source)
    if previous and previous.decision and previous.end and previous.end <= previous.decision:
        yield warning("previous-label-dates", previous.source)
    if previous and previous.end and previous.end < candidature.edition:
        yield note("previous-label-ended", previous.source, end=long_date(previous.end))
    if candidature.edition < pack.in_force:
        yield warning("pack-not-in-force", candidature.source, pack=pack.id, in_force=long_date(pack.in_force))
    if candidature.pack_version and candidature.pack_version != pack.version:
        yield warning("pack-version-differs", candidature.pack_version_source, pack=pack.id, version=pack.version,
                      wanted=candidature.pack_version)  # fmt: skip


def _uai(school: Establishment, seen: dict[str, str]) -> Iterator[Finding]:
    uai = school.uai
    if not uai:
        return
    if len(uai) != 8 or not uai[:7].isascii() or not uai[:7].isdigit() or not uai[7].isalpha():
        yield error("uai-malformed", school.uai_source, uai=uai)
    elif uai[7] != uai_key(uai[:7]):
        yield error("uai-wrong-key", school.uai_source, uai=uai, expected=uai[:7] + uai_key(uai[:7]))
    if uai in seen:
        yield error("uai-twice", school.uai_source, uai=uai, other=seen[uai])
    seen[uai] = school.key


def _gaps(school: Establishment) -> Iterator[Finding]:
    """The lines of the identity sheet that a jury looks for and nobody filled in."""
    values = {
        "adresse": school.address, "code-postal": school.postcode, "commune": school.town, "academie": school.academy,
        "chef-etablissement": school.head, "referent": school.referent, "effectifs": school.headcounts,
        "formations": school.trainings,
    }  # fmt: skip
    missing = [key for key, value in values.items() if not value]
    if missing and school.uai:
        yield warning("identity-incomplete", school.source, missing=", ".join(missing))
