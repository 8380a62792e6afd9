"""What came back from Word, in French: for the terminal, and as the list of comments beside the candidature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assembler.model.dossier import Dossier
from assembler.model.returned import Place, Remark
from assembler.reimport.proposal import Proposal, titles_of
from assembler.reimport.revision import Change, Revision
from assembler.wording import RETURNED, returned, shown

_AROUND = 60  # characters kept on both sides of what changes in a long line


def proposal_text(proposal: Proposal, dossier: Dossier) -> str:
    """Every change, criterion by criterion, then what must be done by hand, the comments, and how many there are."""
    titles = _titles(dossier)
    blocks = [text for each in proposal.revisions for text in _revision(each, titles)]
    blocks += [returned("lost", place=_place(place, titles)) for place in proposal.lost]
    blocks += [returned("foreign", place=_place(place, titles), file=file) for place, file in proposal.foreign]
    blocks += [text for text in (_comments(proposal, titles), _oddities(proposal, titles), _tracked(proposal)) if text]
    if not proposal.dated:
        blocks.append(RETURNED["undated"])
    return "\n\n".join([*blocks, _count(proposal)])


def notes_text(proposal: Proposal, dossier: Dossier, name: str) -> str:
    """The comments, and all that must be done by hand, as a Markdown list; empty when there is nothing to tell."""
    titles = _titles(dossier)
    lines = [f"- {_comment(each, titles)}" for each in proposal.remarks if each.kind == "comment"]
    lines += [f"- {_oddity(each, titles)}" for each in proposal.remarks if each.kind != "comment"]
    lines += [f"- {returned('lost', place=_place(place, titles))}" for place in proposal.lost]
    for revision in proposal.revisions:
        for change in (*revision.conflicts, *revision.unwritable):
            said = " / ".join(line.strip() for line in change.added if line.strip())
            kind = "note-changed" if change.added else "note-removed"
            told = returned(
                kind, place=_place(revision.place, titles), file=revision.file, line=str(change.line), text=said
            )
            lines.append(f"- {told}")
    return "\n".join([returned("notes-title", file=name), "", *lines, ""]) if lines else ""


def _revision(revision: Revision, titles: dict[str, str]) -> Iterator[str]:
    for changes, kind in (
        (revision.changes, ""),
        (revision.conflicts, "conflict"),
        (revision.unwritable, "unwritable"),
    ):
        for change in changes:
            head = returned("change", place=_place(revision.place, titles), file=revision.file, line=str(change.line),
                            section=change.section)  # fmt: skip
            yield "\n".join([head, *([RETURNED[kind]] if kind else []), *_contrast(change)])


def _contrast(change: Change) -> list[str]:
    """The old lines, then the new ones; a long line is cut around what changes in it."""
    removed, added = _unlike(change.removed, change.added)
    if len(removed) == len(added) == 1:
        one, other = _narrowed(removed[0], added[0])
        removed, added = (one,), (other,)
    return [f"  {sign} {_line(line)}".rstrip() for sign, lines in (("-", removed), ("+", added)) for line in lines]


def _unlike(removed: tuple[str, ...], added: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both without the lines that they begin and end with alike."""
    while removed and added and removed[0] == added[0]:
        removed, added = removed[1:], added[1:]
    while removed and added and removed[-1] == added[-1]:
        removed, added = removed[:-1], added[:-1]
    return removed, added


def _narrowed(old: str, new: str) -> tuple[str, str]:
    before = next(
        (rank for rank, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    most = min(len(old), len(new)) - before
    after = next((rank for rank in range(most) if old[-1 - rank] != new[-1 - rank]), most)
    start = old.rfind(" ", 0, max(before - _AROUND, 0)) + 1
    kept = max(after - _AROUND, 0)
    cut = old.find(" ", len(old) - kept) if kept else -1
    tail = len(old) - cut if cut >= 0 else 0
    return tuple(
        ("… " if start else "") + line[start : len(line) - tail] + (" …" if tail else "") for line in (old, new)
    )  # type: ignore[return-value]


def _line(line: str) -> str:
    return "".join(each if each.isprintable() or each == "\u00a0" else " " for each in line)


def _comments(proposal: Proposal, titles: dict[str, str]) -> str:
    found = [f"  {_comment(each, titles)}" for each in proposal.remarks if each.kind == "comment"]
    return "\n".join([RETURNED["comments"], *found]) if found else ""


def _comment(remark: Remark, titles: dict[str, str]) -> str:
    return returned("comment", place=_where(remark, titles), quoted=shown(remark.quoted), author=shown(remark.author),
                    date=remark.date, text=shown(remark.text))  # fmt: skip


def _oddities(proposal: Proposal, titles: dict[str, str]) -> str:
    found = [f"  {_oddity(each, titles)}" for each in proposal.remarks if each.kind != "comment"]
    counted = ((line, len(list(same))) for line, same in groupby(found))
    lines = [line + (f" (× {count})" if count > 1 else "") for line, count in counted]
    return "\n".join([RETURNED["oddities"], *lines]) if lines else ""


def _oddity(remark: Remark, titles: dict[str, str]) -> str:
    return returned("oddity", place=_where(remark, titles), what=RETURNED[remark.kind], quoted=shown(remark.quoted))


def _tracked(proposal: Proposal) -> str:
    lines = [
        f"  {returned('author', author=shown(each.author) or '?', count=str(each.count), outside=str(each.outside or ''))}"
        for each in proposal.authors
    ]
    return "\n".join([RETURNED["authors"], *lines]) if lines else ""


def _count(proposal: Proposal) -> str:
    changes = sum(len(each.changes) for each in proposal.revisions)
    comments = sum(each.kind == "comment" for each in proposal.remarks)
    counts = (
        _counted(changes, "changement proposé", "changements proposés"),
        _counted(proposal.left, "à faire à la main", "à faire à la main") if proposal.left else "",
        _counted(comments, "commentaire", "commentaires") if comments else "",
    )
    return ", ".join(each for each in counts if each) + "."


def _counted(count: int, one: str, many: str) -> str:
    return f"aucun {one}" if not count else f"{count} {one if count == 1 else many}"


def _where(remark: Remark, titles: dict[str, str]) -> str:
    if remark.place is None:
        return RETURNED["outside"]
    return ", ".join(
        each
        for each in (_place(remark.place, titles), f"« {shown(remark.section)} »" if remark.section else "")
        if each
    )


def _place(place: Place, titles: dict[str, str]) -> str:
    title = titles.get(place.chapter, place.chapter)
    return f"{title} ({titles.get(place.part, place.part)})" if place.part else title


def _titles(dossier: Dossier) -> dict[str, str]:
    names: Iterable[tuple[str, str]] = ((each.establishment.key, each.establishment.name) for each in dossier.members)
    return titles_of(dossier.body) | dict(names)
