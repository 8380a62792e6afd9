"""Does the candidature choose among what the framework offers: an optional criterion, categories, who may apply?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, Establishment
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, warning
from assembler.model.french import SECTORS, TYPES
from assembler.model.pack import Pack


def check_choices(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """An optional criterion or a category that is not offered; categories not said; an applicant the pack does not admit."""
    del content
    candidature, pack = dossier.candidature, dossier.pack
    if candidature.optional_criterion and candidature.optional_criterion not in pack.framework.by_number():
        offered = ", ".join(each.number for each in pack.framework.offered)
        yield warning("optional-criterion-unknown", candidature.source, number=candidature.optional_criterion,
                      pack=pack.id, offered=offered)  # fmt: skip
    for member in dossier.members:
        yield from _categories(member.establishment, pack)
        yield from _admitted(member.establishment, pack)


def _categories(school: Establishment, pack: Pack) -> Iterator[Finding]:
    known = {each.key: each.title for each in pack.framework.profiles}
    told = ", ".join(f"{key} ({title})" for key, title in known.items())
    if known and not school.profiles:
        yield error("categories-missing", school.source, school=school.name, known=told)
    for name in school.profiles:
        if name not in known:
            yield error("category-unknown", school.source, name=name, known=told)


def _admitted(school: Establishment, pack: Pack) -> Iterator[Finding]:
    kinds, sectors = pack.applicants.kinds, pack.applicants.sectors
    if kinds and school.kind and school.kind not in kinds:
        yield warning("applicant-kind", school.source, school=school.name, kind=TYPES.get(school.kind, school.kind),
                      admitted=", ".join(TYPES.get(each, each) for each in kinds).lower())  # fmt: skip
    if sectors and school.sector and school.sector not in sectors:
        yield warning("applicant-sector", school.source, school=school.name,
                      sector=SECTORS.get(school.sector, school.sector),
                      admitted=", ".join(SECTORS.get(each, each) for each in sectors).lower())  # fmt: skip
