"""The chapter that answers the auditors' requests: what Word made of it is told, request by request, and reported by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.model.change_list import opens_links
from assembler.model.dossier import REQUESTS
from assembler.model.returned import Place, Remark
from assembler.model.shown import as_shown
from assembler.model.text import Block, Heading
from assembler.pipeline import Examined
from assembler.reimport.words import words_in

REPLIES_PLACE = Place(REQUESTS)
_LINKS = ("cross-reference", "reference-changed")


def changed_replies(examined: Examined, theirs: tuple[Block, ...] | None) -> Iterator[str]:
    """The file of each answer whose text in Word, `theirs`, is another. Links that the program put under it are nobody's."""
    dossier = examined.dossier
    chapter = next((each for each in dossier.body if each.anchor == REQUESTS), None)
    if chapter is None or theirs is None:
        return
    back = dict(_by_request(each for each in as_shown(theirs, "") if not opens_links(words_in((each,)))))
    for name, blocks in _by_request(as_shown(chapter.blocks, dossier.pack.words.exhibit)):
        if words_in(blocks) != words_in(back.get(name, ())):
            yield blocks[-1].source.file


def remarks_of_authors(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    """The remarks, without those on links in the answers, most of which the program put there."""
    return tuple(each for each in remarks if each.place != REPLIES_PLACE or each.kind not in _LINKS)


def _by_request(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The blocks under each title « Demande D1 »."""
    name, held = "", list[Block]()
    for block in blocks:
        if isinstance(block, Heading) and words_in((block,)).startswith("Demande D"):
            yield name, tuple(held)
            name, held = words_in((block,)), []
        held.append(block)
    yield name, tuple(held)
