"""Bookmarks: the places of the document that links, cross-references and the contents point to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from assembler.writers.word.xml import Element, detach, name, w

_PREFIX = "_d_"
_SAFE = re.compile(r"[a-z0-9-]{1,36}")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def bookmark_name(anchor: str) -> str:
    """The bookmark of an anchor: at most 40 characters, hidden (« _ »), different for different anchors.

    Word compares names without case and takes only letters, digits and « _ »: other anchors get a fingerprint.
    """
    if _SAFE.fullmatch(anchor):
        return _PREFIX + anchor.replace("-", "_")
    digest = hashlib.sha256(anchor.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{_PREFIX}{_UNSAFE.sub('_', anchor)[:25]}__{digest}"


class Bookmarks:
    """The bookmarks of one document: ids after those of the template, each name given once."""

    def __init__(self, trees: Iterable[Element]) -> None:
        starts = [start for tree in trees for start in tree.iter(name("bookmarkStart"))]
        self._next = 1 + max((int(start.get(name("id"), "0")) for start in starts), default=0)
        self.names = {start.get(name("name"), "").lower() for start in starts}

    def around(self, anchor: str, content: list[Element]) -> list[Element]:
        """`content` between the two ends of the anchor's bookmark; alone when that bookmark stands already."""
        bookmark = bookmark_name(anchor)
        if bookmark.lower() in self.names:
            return content
        self.names.add(bookmark.lower())
        self._next += 1
        start = w("bookmarkStart", id=self._next, name=bookmark)
        return [start, *content, w("bookmarkEnd", id=self._next)]


def unlink(tree: Element, bookmarks: Bookmarks) -> None:
    """Make plain text of our links to places that this document does not have, their cross-references included."""
    for link in list(tree.iter(name("hyperlink"))):
        anchor = link.get(name("anchor"), "").lower()
        if not anchor.startswith(_PREFIX) or anchor in bookmarks.names:
            continue
        for run in list(link):
            if run.find(name("fldChar")) is None and run.find(name("instrText")) is None:
                link.addprevious(run)
        detach(link)


def tidy(tree: Element) -> None:
    """Drop from a rendered template the bookmarks that a loop repeated, and those whose other end is missing."""
    seen: set[str] = set()
    taken: set[str] = set()
    ends = {end.get(name("id")) for end in tree.iter(name("bookmarkEnd"))}
    kept: set[str | None] = set()
    for start in list(tree.iter(name("bookmarkStart"))):
        title, number = start.get(name("name"), "").lower(), start.get(name("id"), "")
        if title in seen or number in taken or title == "_goback" or number not in ends:
            detach(start)
        else:
            seen.add(title)
            taken.add(number)
            kept.add(number)
    for end in list(tree.iter(name("bookmarkEnd"))):
        if end.get(name("id")) in kept:
            kept.discard(end.get(name("id")))
        else:
            detach(end)
