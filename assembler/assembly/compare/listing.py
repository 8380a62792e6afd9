"""The table of changes: each said in words, with its page before and its place now, in the order of the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from assembler.model.change_list import COVER, ChangeGroup, ChangeLine, ChangeList
from assembler.model.changes import (
    Changes,
    ExhibitChange,
    ExhibitState,
    FieldChange,
    Place,
    SectionChange,
    State,
    StatusChange,
)
from assembler.model.content import COMMON
from assembler.model.dossier import Dossier
from assembler.model.french import long_date
from assembler.model.joint import NETWORK
from assembler.model.text import Heading
from assembler.model.typography import typographic
from assembler.model.version import Version

_STATES = {State.NEW: "nouvelle", State.CHANGED: "modifiée", State.WITHDRAWN: "retirée", State.ARRIVED: "déplacée"}
_ABOUT_CHAPTER = {State.NEW: "nouveau", State.CHANGED: "modifié", State.WITHDRAWN: "retiré"}
_ABSENT = ", ne figure plus dans le dossier"
_GONE = _STATES[State.WITHDRAWN] + _ABSENT


def list_changes(changes: Changes, version: Version, dossier: Dossier) -> ChangeList | None:
    """What changed since `version`, told for `dossier`; None when both say the same."""
    if changes.nothing:
        return None
    told = _Telling(version.dossier, dossier, dict(version.pages))
    words = dossier.pack.words
    groups = (
        ChangeGroup("Page de garde", tuple(told.cover(changes.fields))),
        ChangeGroup(words.identity, tuple(told.identity(changes.fields))),
        *told.chapters(changes),
        ChangeGroup(words.compliance, tuple(map(told.status, changes.statuses))),
        ChangeGroup(words.evidence, tuple(map(told.exhibit, changes.exhibits))),
    )
    day = long_date(version.dossier.candidature.edition)
    return ChangeList(
        changes.since,
        typographic(f"Modifications depuis la version n° {changes.since}"),
        typographic(
            f"La version n° {changes.since} de ce dossier, datée du {day}, a été déposée. Tout ce qui a changé depuis est "
            "ici, avec les pages du PDF complet, avant et maintenant. Le reste est identique, aux numéros de section près, "
            "et aucune cote n’a changé."
        ),
        tuple(each for each in groups if each.lines),
        changes.chapters,
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """Both versions, and the pages of the one handed in."""

    old: Dossier
    new: Dossier
    pages: dict[str, int]

    def cover(self, fields: Iterable[FieldChange]) -> Iterator[ChangeLine]:
        """The lines of the cover, which has no établissement's name before them."""
        for each in fields:
            if self._member(each) is None:
                yield ChangeLine(_capital(each.path), _became(each.old, each.new), "", 1, COVER)

    def identity(self, fields: Iterable[FieldChange]) -> Iterator[ChangeLine]:
        """The lines of the identity sheets; one alone for an établissement that joins the others or leaves them."""
        told = ((self._member(each), each) for each in fields)
        before = {each.establishment.key: each for each in self.old.members}
        now = {each.establishment.key: each for each in self.new.members}
        for key, run in groupby((each for each in told if each[0]), key=lambda pair: pair[0]):
            assert key is not None
            page = self.pages.get(before[key].anchor) if key in before else None
            if key not in before or key not in now:
                state, there = (_GONE, None) if key in before else ("nouvelle", now[key].anchor)
                name = (before | now)[key].establishment.name
                yield ChangeLine(name, state, self._author(key), page, there)
                continue
            name = f"{now[key].establishment.name}, "
            for _, each in run:
                what = _capital(each.path.removeprefix(name))
                yield ChangeLine(what, _became(each.old, each.new), self._author(key), page, each.anchor)

    def chapters(self, changes: Changes) -> Iterator[ChangeGroup]:
        """The sections that changed, chapter by chapter."""
        titles = {each.anchor: (each.number, each.new or each.old or "") for each in changes.chapters}
        parts = _parts(self.old), _parts(self.new)
        for chapter, run in groupby(changes.sections, key=lambda each: each.chapter):
            number, title = titles[chapter]
            word = self.new.pack.words.criterion.replace("{number}", number or "")
            shown = title if number is None or title.startswith(word) else f"{word} — {title}"
            yield ChangeGroup(typographic(shown), tuple(self._section(each, parts) for each in run))

    def _section(self, change: SectionChange, parts: tuple[dict[str, str], dict[str, str]]) -> ChangeLine:
        """A section; who wrote it is sought in the version where it stands, for its place may be another's in the other one."""
        place = change.new or change.old
        assert place is not None
        what = _section_name(place, change)
        if change.old and change.new and change.old.number != change.new.number:
            what += f" ({change.old.number} dans la version déposée)" if change.old.number else ""
        words = _ABOUT_CHAPTER if place.anchor == change.chapter else _STATES
        state = words[change.state] + (_ABSENT if change.new is None else "")
        if change.moved and change.state is State.CHANGED:
            state = "déplacée et modifiée"
        return ChangeLine(
            what,
            state,
            self._author(parts[change.new is not None].get(place.anchor)),
            self.pages.get(change.old.anchor) if change.old else None,
            change.new.anchor if change.new else None,
        )

    def exhibit(self, change: ExhibitChange) -> ChangeLine:
        """An exhibit, by its label."""
        exhibit = change.new or change.old
        assert exhibit is not None
        state = {
            ExhibitState.WITHDRAWN: f"{_GONE} ; sa cote ne servira plus",
            ExhibitState.CHANGED: f"modifiée\u00a0: {', '.join(change.what)}",
            ExhibitState.REPLACED: "remplacée par",
        }.get(change.state, str(change.state.value))
        anchors = {each.label: each.anchor for each in self.new.exhibits}
        successor = (change.replaced_by, anchors.get(change.replaced_by)) if change.replaced_by else None
        return ChangeLine(
            f"{change.label} — {exhibit.entry.title}",
            state,
            self._author(exhibit.entry.establishment),
            self.pages.get(change.old.anchor) if change.old else None,
            change.new.anchor if change.new else None,
            successor,
        )

    def status(self, change: StatusChange) -> ChangeLine:
        """An expectation of the compliance table."""
        what = f"{self.new.pack.words.expectation}\u00a0{change.reference}"
        state = _became(change.old or "", change.new or "")
        before = self.pages.get(change.anchor) if change.old else None
        return ChangeLine(what, state, self._author(change.establishment or COMMON), before,
                          change.anchor if change.new else None)  # fmt: skip

    def _author(self, key: str | None) -> str:
        if len(self.new.members) < 2 or key is None:
            return ""
        names = {each.establishment.key: each.establishment.name for each in (*self.old.members, *self.new.members)}
        return names.get(key, NETWORK if key == COMMON else "")

    def _member(self, change: FieldChange) -> str | None:
        """The établissement whose sheet a line belongs to; None for the cover."""
        for each in (*self.new.members, *self.old.members):
            same = change.anchor in (each.anchor, None)
            if same and change.path.startswith(f"{each.establishment.name}, "):
                return each.establishment.key
        return None


def _section_name(place: Place, change: SectionChange) -> str:
    """« 4.2 Suivi », or what of a chapter changed when no section of it tells."""
    if place.anchor != change.chapter:
        return f"{place.number} {place.title}" if place.number else place.title
    return "Tout le chapitre" if change.state in (State.NEW, State.WITHDRAWN) else "Début du chapitre"


def _parts(dossier: Dossier) -> dict[str, str]:
    """Who wrote each section, by its anchor: the folder of the file it stands in."""
    headings = (block for chapter in dossier.body for block in chapter.blocks if isinstance(block, Heading))
    return {each.anchor: each.source.part for each in headings if each.anchor}


def _became(old: str, new: str) -> str:
    if not old:
        return f"ajouté\u00a0: «\u00a0{new}\u00a0»"
    if not new:
        return f"retiré\u00a0: «\u00a0{old}\u00a0»"
    return f"modifié\u00a0: «\u00a0{old}\u00a0» devient «\u00a0{new}\u00a0»"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
