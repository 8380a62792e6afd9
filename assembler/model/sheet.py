"""The pages of a prepared file as the dossier takes them: their shape, what draws them, where their links lead."""

from __future__ import annotations

from dataclasses import dataclass

_A4 = (0.0, 0.0, 595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in the page's own units, its sides in order."""

    x0: float
    y0: float
    x1: float
    y1: float

    def numbers(self) -> list[float]:
        return [round(side, 3) for side in (self.x0, self.y0, self.x1, self.y1)]

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


@dataclass(frozen=True, slots=True)
class Shape:
    """A page as its reader sees it: visible box, quarter turns clockwise (0 to 3), points to a unit."""

    seen: Box
    turns: int
    unit: float

    @property
    def width(self) -> float:
        """Width as seen, in units."""
        return self.seen.y1 - self.seen.y0 if self.turns % 2 else self.seen.x1 - self.seen.x0


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a link or a bookmark leads: an address, or a page of the same file (from 0) and how it is shown there.

    `view` is what follows the page in a destination array, as PDF writes it: « /XYZ 0 792 null ».
    """

    url: str | None
    page: int
    view: str


@dataclass(frozen=True, slots=True)
class Link:
    box: Box
    aim: Aim


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: `form` is the object that draws it, `group` its transparency group or None; objects of the prepared file."""

    shape: Shape
    form: int
    group: int | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    title: str
    aim: Aim | None
    children: tuple[Bookmark, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """All the pages of a prepared file, its outline, and the objects that may be shared with other files.

    `shared` are pairs of an object that refers to no other and the sha256 of what it holds; `walls` the objects that are
    pages or hold them.
    """

    pages: tuple[Sheet, ...]
    outline: tuple[Bookmark, ...]
    shared: tuple[tuple[int, str], ...]
    walls: tuple[int, ...]


def sheets_name(prepared: str) -> str:
    """The name, in the store, of what is told of the pages of the file `prepared`."""
    return f"{prepared}.sheets.json"


def original_name(prepared: str) -> str:
    """The name, in the store, of the author's own file, where it is to be attached as it is."""
    return f"{prepared}.original"


def box_of(numbers: object) -> Box | None:
    """A box as written (any two opposite corners), None when it is no box."""
    try:
        a, b, c, d = (float(number) for number in numbers)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    box = Box(min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box.x1 - box.x0 > 1 and box.y1 - box.y0 > 1 else None


def shape_of(media: object, crop: object, rotate: object, unit: object) -> Shape:
    """What a viewer shows of a page with these entries, with the defaults of viewers for those absent or absurd."""
    outer = box_of(media) or Box(*_A4)
    inner = box_of(crop)
    seen = outer
    if inner is not None and inner.meets(outer):
        seen = Box(max(inner.x0, outer.x0), max(inner.y0, outer.y0), min(inner.x1, outer.x1), min(inner.y1, outer.y1))
    return Shape(seen, round(_number(rotate, 0) / 90) % 4, _number(unit, 1) if _number(unit, 1) > 0 else 1.0)


def _number(value: object, default: float) -> float:
    try:
        return default if value is None else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return default
