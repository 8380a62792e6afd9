"""The sheets around the complements: their cover, the contents, and headers that no dossier has; in the template's letters."""

from __future__ import annotations

from dataclasses import replace

from assembler.model.change_list import submission_words
from assembler.model.charter import (
    Charter,
    Layout,
    Lettering,
    Mark,
    PageBreak,
    PageNumber,
    Paragraph,
    Piece,
    Running,
    Section,
    Tab,
    TabStop,
    Words,
)
from assembler.model.dossier import Dossier
from assembler.model.french import long_date
from assembler.model.typography import typographic
from assembler.model.version import Version

TITLE = "Compléments au dossier"
PREFIX = "C-"
_LEAST = 42.5  # points of margin, room for a line of ours


def charter_of(charter: Charter, dossier: Dossier, version: Version) -> Charter:
    """The template's styles and pages, around the complements instead of the dossier."""
    page = next((each.page for each in reversed(charter.sections) if each.page.height >= each.page.width), None)
    page = page or charter.sections[-1].page
    page = replace(page, top=max(page.top, _LEAST), bottom=max(page.bottom, _LEAST))
    since = f"depuis la version n°\u00a0{version.number}"
    names = ", ".join(each.establishment.name for each in dossier.members)
    school = dossier.candidature.network.name if dossier.candidature.network else names
    small = replace(charter.style("footer").lettering, size=9.0)
    head = Paragraph(
        (Words(f"{TITLE}, {since}", small), Tab(), Words(school, small)),
        Layout(tabs=(TabStop(page.width - page.left - page.right, "right", ""),)),
        small,
    )
    foot = Paragraph(
        (Words(f"page {PREFIX}", small), PageNumber(False, small), Words(" / ", small), PageNumber(True, small)),
        Layout(align="right"),
        small,
    )
    headers, footers = Running((head,), None, None), Running((foot,), None, None)
    cover = (*_cover(charter, dossier, version, since), PageBreak(), Mark("sommaire"))
    first = Section(page, replace(headers, first=()), replace(footers, first=()), cover)
    return replace(charter, sections=(first, Section(page, headers, footers, (Mark("dossier"),))))


def _cover(charter: Charter, dossier: Dossier, version: Version, since: str) -> tuple[Piece, ...]:
    body = charter.style("normal").lettering
    accent = replace(body, colour=charter.accent, bold=True)
    candidature, submission = dossier.candidature, dossier.submission
    old = version.dossier.submission
    dated = f"{since}, datée du {long_date(version.dossier.candidature.edition)}"
    names = [f"{each.establishment.name}, {each.establishment.town}" for each in dossier.members]
    lines = [
        (dossier.pack.words.scheme, replace(body, size=12.0), 110.0),
        (TITLE, replace(accent, size=30.0), 6.0),
        (dated, replace(body, size=14.0), 40.0),
        (candidature.network.name if candidature.network else "", replace(accent, size=14.0), 8.0),
        *((name, replace(accent, size=14.0), 4.0) for name in names),
        (candidature.title, replace(body, size=14.0), 4.0),
        (f"Campagne {candidature.campaign}" if candidature.campaign else "", replace(body, size=12.0), 40.0),
        (submission_words(submission) if submission else "", replace(body, bold=True), 4.0),
        (f"Complète la {submission_words(old).replace('V', 'v', 1)}" if old else "", body, 4.0),
        (f"Édition du {long_date(candidature.edition)}", body, 40.0),
    ]  # fmt: skip
    return (*(_paragraph(words, look, after) for words, look, after in lines if words), *_reading(body, version))


def _reading(body: Lettering, version: Version) -> tuple[Piece, ...]:
    """How this document is to be read."""
    return (
        _paragraph(
            f"Ce document est à lire avec la version n°\u00a0{version.number}. Il contient seulement ce qui est venu depuis : les "
            "réponses aux demandes, les passages modifiés, les preuves nouvelles ou modifiées. Les cotes déjà données n’ont pas "
            f"changé. Ses propres pages sont numérotées {PREFIX}1, {PREFIX}2… ; les autres numéros de page sont ceux des dossiers.",
            body, 8.0,
        ),
        Paragraph(
            (
                Words("Dans les passages modifiés, les ", body),
                Words("mots soulignés", replace(body, underline=True)),
                Words(" ont été ajoutés et les ", body),
                Words("mots barrés", replace(body, strike=True)),
                Words(" ont été retirés.", body),
            ),
            Layout(after=0, line=1.15), body,
        ),
    )  # fmt: skip


def _paragraph(words: str, lettering: Lettering, after: float) -> Paragraph:
    return Paragraph((Words(typographic(words), lettering),), Layout(after=after, line=1.15), lettering)
