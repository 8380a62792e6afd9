"""Layers that a PDF hides (optional content): what they draw is taken out, so that no viewer and no copy shows it.

Only what paints is removed: a layer may also move or colour what is drawn after it, hidden or not (ISO 32000-1, 8.11.3).
"""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Name, Object, Operator, Stream

_PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_SHOW = {"Tj", "TJ", "'", '"'}
_DEEP = 12

Instructions = list[tuple[list[Object], Operator] | ContentStreamInlineImage]


def drop_hidden(pdf: pikepdf.Pdf) -> bool:
    """Take the content of hidden layers out of every page and annotation; whether there was any."""
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return False
    hidden, sweep = _hidden_groups(layers), _Sweep()
    found = False
    for page in pdf.pages:
        found |= _drop_annotations(page.obj, hidden, sweep)
        resources = page.resources
        drawing = _shown_only(page, _hidden_names(resources, hidden))
        if drawing is not None:
            page.obj.Contents = pdf.make_stream(drawing)
            found = True
        found |= _drop_in_forms(resources, hidden, sweep, 0)
    sweep.unmark()
    del pdf.Root["/OCProperties"]
    return found


class _Sweep:
    """Where the search went: the forms seen, by identity, and everything that may name a layer."""

    def __init__(self) -> None:
        self.seen: set[tuple[int, int]] = set()
        self.resources: list[Object] = []
        self.held: list[Object] = []

    def unmark(self) -> None:
        """What is left is shown whatever becomes of the list of layers: a mark may stand for « where another is hidden »."""
        for each in self.held:
            if "/OC" in each:
                del each["/OC"]
        for each in self.resources:
            marks = each.get("/Properties")
            if not isinstance(marks, Dictionary):
                continue
            for key, mark in list(marks.items()):
                if isinstance(mark, Dictionary) and str(mark.get("/Type", "")) in ("/OCG", "/OCMD"):
                    marks[key] = Dictionary()


def _hidden_groups(layers: Dictionary) -> Callable[[object], bool]:
    """Whether a group, or a membership of several groups, is hidden when the file is opened."""
    default = layers.get("/D")
    default = default if isinstance(default, Dictionary) else Dictionary()
    if default.get("/BaseState") == "/OFF":
        off = _identities(layers.get("/OCGs")) - _identities(default.get("/ON"))
    else:
        off = _identities(default.get("/OFF"))

    def hidden(held: object) -> bool:
        if not isinstance(held, Dictionary):
            return False
        if held.get("/Type") != "/OCMD":
            return held.objgen in off
        if isinstance(held.get("/VE"), Array):
            return not _shown(held["/VE"], off, 0)
        groups = held.get("/OCGs")
        states = [each.objgen not in off for each in (groups if isinstance(groups, Array) else [groups])
                  if isinstance(each, Dictionary)]  # fmt: skip
        match str(held.get("/P", "/AnyOn")):
            case _ if not states:
                return False
            case "/AllOn":
                return not all(states)
            case "/AnyOff":
                return all(states)
            case "/AllOff":
                return any(states)
            case _:
                return not any(states)

    return hidden


def _shown(expression: Object, off: set[tuple[int, int]], depth: int) -> bool:
    """The value of a visibility expression."""
    if isinstance(expression, Dictionary):
        return expression.objgen not in off
    if not isinstance(expression, Array) or len(expression) < 2 or depth > _DEEP:
        return True
    values = [_shown(each, off, depth + 1) for each in list(expression)[1:]]
    match str(expression[0]):
        case "/Not":
            return not values[0]
        case "/Or":
            return any(values)
        case _:
            return all(values)


def _identities(groups: object) -> set[tuple[int, int]]:
    return {each.objgen for each in groups if isinstance(each, Dictionary)} if isinstance(groups, Array) else set()


def _drop_annotations(page: Object, hidden: Callable[[object], bool], sweep: _Sweep) -> bool:
    """Take away the page's hidden annotations; clean the looks of the others."""
    listed = page.get("/Annots")
    notes = [each for each in listed if isinstance(each, Dictionary)] if isinstance(listed, Array) else []
    kept = [each for each in notes if not hidden(each.get("/OC"))]
    found = len(kept) < len(notes)
    if found:
        page["/Annots"] = Array(kept)
    sweep.held += kept
    for each in kept:
        looks = each.get("/AP")
        if isinstance(looks, Dictionary):
            found |= _drop_in_forms(Dictionary(XObject=looks), hidden, sweep, 0)
    return found


def _drop_in_forms(resources: Object, hidden: Callable[[object], bool], sweep: _Sweep, depth: int) -> bool:
    """Clean the forms and patterns that these resources name, and those that they name in turn."""
    found = False
    sweep.resources.append(resources)
    for kind in ("/XObject", "/Pattern"):
        named = resources.get(kind)
        if not isinstance(named, Dictionary) or depth > _DEEP:
            continue
        for _, form in named.items():
            if not isinstance(form, Stream) or form.objgen in sweep.seen:
                continue
            sweep.seen.add(form.objgen)
            sweep.held.append(form)
            if form.get("/Subtype") == Name.Image:
                continue
            own = form.get("/Resources")
            own = own if isinstance(own, Dictionary) else resources
            drawing = _shown_only(form, _hidden_names(own, hidden))
            if drawing is not None:
                form.write(drawing)
                found = True
            found |= _drop_in_forms(own, hidden, sweep, depth + 1)
    return found


def _hidden_names(resources: Object, hidden: Callable[[object], bool]) -> set[str]:
    """The names of these resources that stand for something hidden: marks, forms and images."""
    marks, drawn = resources.get("/Properties"), resources.get("/XObject")
    names = {key for key, value in marks.items() if hidden(value)} if isinstance(marks, Dictionary) else set()
    if isinstance(drawn, Dictionary):
        names |= {f"Do {key}" for key, value in drawn.items() if isinstance(value, Stream) and hidden(value.get("/OC"))}
    return names


def _shown_only(holder: pikepdf.Page | Stream, names: set[str]) -> bytes | None:
    """The drawing of a page or form without what `names` hides; None where it hides nothing."""
    if not names:
        return None
    whole: Instructions = list(pikepdf.parse_content_stream(holder))  # type: ignore[arg-type]
    drawing = pikepdf.unparse_content_stream(_without(whole, names))
    return None if drawing == pikepdf.unparse_content_stream(whole) else drawing


def _without(instructions: Instructions, names: set[str]) -> Instructions:
    """The instructions, painting nothing that is hidden."""
    drawing = _Drawing(names)
    return [kept for each in instructions for kept in drawing.kept(each)]


class _Drawing:
    """A drawing as it is read: which marks are open, and whether within a text.

    Text hidden in the middle of a text object is made invisible, as its width moves what follows; elsewhere it is left out.
    """

    def __init__(self, names: set[str]) -> None:
        self._names = names
        self._marks: list[str] = []  # « hidden », « invisible » (hidden within a text) or nothing
        self._modes = [0]
        self._in_text = False

    def kept(self, each: tuple[list[Object], Operator] | ContentStreamInlineImage) -> Instructions:
        """What is left of one instruction."""
        state = next((mark for mark in self._marks if mark), "")
        if isinstance(each, ContentStreamInlineImage):
            return [] if state else [each]
        operands, name = each[0], str(each[1])
        match name:
            case "BMC" | "BDC":
                return self._open(each, state)
            case "EMC" if self._marks:
                ended = self._marks.pop()
                return [_mode(self._modes[-1]), each] if ended == "invisible" and not any(self._marks) else [each]
            case "BT" | "ET":
                self._in_text = name == "BT"
            case "q":
                self._modes.append(self._modes[-1])
            case "Q" if len(self._modes) > 1:
                self._modes.pop()
            case "Tr" if operands:
                self._modes[-1] = int(operands[0])
                return [] if state == "invisible" else [each]
            case "Do":
                return [] if state or (operands and f"Do {operands[0]}" in self._names) else [each]
        return self._painted(each, name) if state else [each]

    def _open(self, each: tuple[list[Object], Operator], state: str) -> Instructions:
        operands = each[0]
        hides = len(operands) > 1 and operands[0] == Name.OC and str(operands[1]) in self._names
        self._marks.append(("invisible" if self._in_text else "hidden") if hides else "")
        return [each, _mode(3)] if hides and self._in_text and not state else [each]

    def _painted(self, each: tuple[list[Object], Operator], name: str) -> Instructions:
        """What is left of an instruction that is hidden."""
        if name in _PAINT:
            return [([], Operator("n"))]
        outside_text = next(mark for mark in self._marks if mark) == "hidden"
        return [] if name == "sh" or (outside_text and name in _SHOW) else [each]


def _mode(number: int) -> tuple[list[Object], Operator]:
    """The instruction that sets how letters are drawn; 3 is not at all."""
    return [number], Operator("Tr")  # type: ignore[list-item]
