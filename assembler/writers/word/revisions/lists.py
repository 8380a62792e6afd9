"""Lists and numbered titles: those of the version handed in, in the numbering of this one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from copy import deepcopy

from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name, val

_OWN = (name("nsid"), name("tmpl"))


class Lists:
    """The numberings of one file; what each looks like, whatever its id."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.document, "numbering")
        self.tree = package.tree(part) if part is not None and part in package else None
        held = () if self.tree is None else self.tree
        self.shapes = {each.get(name("abstractNumId")): each for each in held if each.tag == name("abstractNum")}
        self.instances = {each.get(name("numId")): each for each in held if each.tag == name("num")}
        self._looks: dict[str | None, Hashable] = {}
        self._kinds: dict[str | None, Hashable] = {}

    def look(self, identifier: str | None) -> Hashable:
        """The same for two numberings that show and count the same."""
        if identifier not in self._kinds:
            instance = self.instances.get(identifier)
            own = (
                () if instance is None else tuple(_said(each) for each in instance if each.tag != name("abstractNumId"))
            )
            self._kinds[identifier] = (None if instance is None else self.shape_look(shape_of(instance)), own)
        return self._kinds[identifier]

    def shape_look(self, identifier: str | None) -> Hashable:
        """The same for two definitions that are alike."""
        if identifier not in self._looks:
            shape = self.shapes.get(identifier)
            self._looks[identifier] = () if shape is None else tuple(map(_said, shape))
        return self._looks[identifier]


class Numberings:
    """Which list of this version each list of the old one is; those that are none are added once all is known."""

    def __init__(self, old: Lists, new: Lists) -> None:
        self._old, self._new = old, new
        self._same: dict[str, str] = {}
        self._taken: set[str] = set()
        self._waiting: list[Element] = []

    def meet(self, old: str, new: str) -> bool:
        """Say that a paragraph stands in `old` and in `new`; whether these are one list."""
        if old not in self._same and new not in self._taken and self._old.look(old) == self._new.look(new):
            self._same[old] = new
            self._taken.add(new)
        return self._same.get(old) == new

    def bring(self, about: Element) -> None:
        """Take over paragraph properties of the old file; `settle` gives them their number."""
        self._waiting += about.iter(name("numId"))

    def settle(self) -> None:
        """Write in what was brought the numbers of this file's lists."""
        for each in self._waiting:
            old = val(each)
            if old is not None and old in self._old.instances:
                each.set(name("val"), self._settled(old))

    def _settled(self, old: str) -> str:
        if old not in self._same:
            alike = (each for each in self._candidates(old) if self._old.look(old) == self._new.look(each))
            self._same[old] = next(alike, None) or self._copied(old)
            self._taken.add(self._same[old])
        return self._same[old]

    def _candidates(self, old: str) -> Iterator[str]:
        """The lists of this version that it may continue: one that begins anew stands by itself."""
        if self._old.instances[old].find(f".//{name('startOverride')}") is None:
            yield from (str(each) for each in self._new.instances if each not in self._taken)

    def _copied(self, old: str) -> str:
        tree = self._new.tree
        assert tree is not None  # both files were made from one template
        instance = deepcopy(self._old.instances[old])
        identifier = str(1 + max((int(each or 0) for each in self._new.instances), default=0))
        instance.set(name("numId"), identifier)
        shape = instance.find(name("abstractNumId"))
        if shape is not None:
            shape.set(name("val"), self._shape(val(shape)))
        list(self._new.instances.values())[-1].addnext(instance)
        self._new.instances[identifier] = instance
        return identifier

    def _shape(self, old: str | None) -> str:
        look = self._old.shape_look(old)
        found = next((each for each in self._new.shapes if self._new.shape_look(each) == look), None)
        if found is not None:
            return found
        shape = deepcopy(self._old.shapes[old])
        identifier = str(1 + max(int(each or 0) for each in self._new.shapes))
        shape.set(name("abstractNumId"), identifier)
        list(self._new.shapes.values())[-1].addnext(shape)
        self._new.shapes[identifier] = shape
        return identifier


def shape_of(instance: Element) -> str | None:
    """The definition that a numbering follows."""
    return val(instance.find(name("abstractNumId")))


def _said(element: Element) -> Hashable:
    if element.tag in _OWN:
        return None
    return tuple((each.tag, *each.attrib.items()) for each in element.iter())
