"""What the tags of a part say, one by one: each read by itself, its names found in the list, each block with its end.

Jinja would stop at the first fault and give a line of XML; here each fault has its tag, and each tag its place in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from assembler.model.finding import Finding, error
from assembler.model.nearest import nearest
from assembler.writers.word.names import LOOP, NAMES, ByKey, Leaf, Mark, One, Rows, Shape, variable
from assembler.writers.word.policy import DEEPEST, refusal
from assembler.writers.word.tags import MOST_TEXT, Page, Tag
from assembler.writers.word.xml import Element, name

_ENDS = {"for": "endfor", "if": "endif"}
_MIDDLES = {"elif": ("if",), "else": ("if", "for")}
_WORDS = (*_ENDS, *_ENDS.values(), *_MIDDLES)
_REFUSED = {"set", "endset", "macro", "endmacro", "call", "endcall", "include", "import", "from", "extends", "block", "endblock",
            "filter", "endfilter", "with", "endwith", "raw", "endraw", "autoescape", "do", "break", "continue", "trans",
            "cellbg", "colspan", "hm", "vm"}  # fmt: skip
_SHELLS = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if a %}}{{% {} %}}{{% endif %}}",
}
_QUOTED = re.compile(r"«\s*(.*?)\s*»")
_SPACED = re.compile(r"(\{[{%])\s+(tr|tc|p|r)\s")


@dataclass(frozen=True, slots=True)
class _Block:
    """An open `for` or `if`: its tag, and the names known within."""

    word: str
    tag: Tag
    scope: Mapping[str, Shape | None]


class _Fault(Exception):
    """What stops the reading of one tag."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Reader:
    """Reads the tags of one document; `keys` are the criteria and chapters there are, None when they are not known."""

    def __init__(self, keys: Mapping[str, Sequence[str]] | None) -> None:
        self._environment = Environment(autoescape=True)
        self._keys = None if keys is None else {name: {variable(each): None for each in keys[name]} for name in keys}
        self._placed: set[str] = set()

    def faults(self, tags: list[Tag], page: Page) -> Iterator[Finding]:
        """What is wrong with the tags of a part, in their order."""
        blocks: list[_Block] = []
        scope: Mapping[str, Shape | None] = NAMES
        for tag in tags:
            if tag.kind == "{#":
                continue
            try:
                if tag.kind == "{{":
                    self._output(tag, scope, page)
                else:
                    self._order(tag, blocks, scope, page)
            except _Fault as fault:
                yield fault.finding
            scope = blocks[-1].scope if blocks else NAMES
        for block in blocks:
            yield _fault("template-block-unclosed", block.tag, page, end=_like(block.tag, _ENDS[block.word]))

    def _output(self, tag: Tag, scope: Mapping[str, Shape | None], page: Page) -> None:
        parsed = self._parse(tag, f"{{{{ {tag.inner} }}}}", page)
        output = next(iter(parsed.find_all(nodes.Output)), None)
        shown = (
            next((each for each in output.nodes if not isinstance(each, nodes.TemplateData)), None) if output else None
        )
        if shown is None:
            raise _Fault(_unreadable(tag, page))
        shape = self._shape(shown, scope, tag, page)
        if isinstance(shape, Mark):
            if tag.scope != "p":
                raise _Fault(_fault("template-mark-inline", tag, page, fix=f"{{{{p {tag.inner} }}}}"))
            root = tag.inner.partition(".")[0]
            if tag.inner in self._placed and scope.get(root) is NAMES.get(root):
                raise _Fault(_fault("template-mark-twice", tag, page))
            self._placed.add(tag.inner)
        elif isinstance(shape, (One, Rows, ByKey)):
            raise _Fault(_listed(tag.inner, shape, tag, page))
        elif tag.scope:
            raise _Fault(_fault("template-mark-plain", tag, page, fix=f"{{{{ {tag.inner} }}}}"))

    def _order(self, tag: Tag, blocks: list[_Block], scope: Mapping[str, Shape | None], page: Page) -> None:
        word = re.match(r"\w*", tag.inner)
        order = word[0] if word else ""
        if order in _ENDS:
            within = self._opened(order, tag, scope, page, blocks)
            blocks.append(_Block(order, tag, within))
        elif order in _MIDDLES:
            if not blocks or blocks[-1].word not in _MIDDLES[order]:
                raise _Fault(_fault("template-block-stray", tag, page))
            if order == "elif":
                self._shape(self._parse(tag, _SHELLS[order].format(tag.inner), page), scope, tag, page)
            _same_place(blocks[-1].tag, tag, page)
        elif order in _ENDS.values():
            self._closed(order, tag, blocks, page)
        elif order in _REFUSED:
            raise _Fault(_fault("template-instruction", tag, page, what=f"{{% {order} %}}"))
        else:
            raise _Fault(_unreadable(tag, page, order))

    def _opened(
        self, order: str, tag: Tag, scope: Mapping[str, Shape | None], page: Page, blocks: list[_Block]
    ) -> Mapping[str, Shape | None]:
        """The names known inside the block; what cannot be read stands for anything, so that it is told once."""
        try:
            parsed = self._parse(tag, _SHELLS[order].format(tag.inner), page)
            if order == "if":
                self._shape(parsed, scope, tag, page)
                return scope
            if sum(each.word == "for" for each in blocks) >= DEEPEST:
                raise _Fault(
                    _fault("template-instruction", tag, page, what=f"plus de {DEEPEST} boucles l’une dans l’autre")
                )
            loop = next(iter(parsed.find_all(nodes.For)))
            within = {**scope, **self._targets(loop, scope, tag, page), "loop": LOOP}
            if loop.test is not None:
                self._shape(loop.test, within, tag, page)
            return within
        except _Fault:
            names = re.match(r"for\s+(\w+)(?:\s*,\s*(\w+))?", tag.inner)
            blocks.append(
                _Block(
                    order, tag, {**scope, "loop": LOOP, **dict.fromkeys(filter(None, names.groups()) if names else ())}
                )
            )
            raise

    def _targets(
        self, loop: nodes.For, scope: Mapping[str, Shape | None], tag: Tag, page: Page
    ) -> dict[str, Shape | None]:
        listed = self._shape(loop.iter, scope, tag, page)
        if listed is not None and not isinstance(listed, Rows):
            raise _Fault(_fault("template-not-list", tag, page, name=tag.inner.partition(" in ")[2].strip()))
        if not isinstance(loop.target, nodes.Name):
            raise _Fault(_unreadable(tag, page))
        return {loop.target.name: One("", listed.fields) if isinstance(listed, Rows) else None}

    def _closed(self, order: str, tag: Tag, blocks: list[_Block], page: Page) -> None:
        if not blocks or _ENDS[blocks[-1].word] != order:
            if any(_ENDS[each.word] == order for each in blocks):
                while _ENDS[blocks[-1].word] != order:
                    lost = blocks.pop()
                blocks.pop()
                raise _Fault(_fault("template-block-unclosed", lost.tag, page, end=_like(lost.tag, _ENDS[lost.word])))
            raise _Fault(_fault("template-block-stray", tag, page))
        _same_place(blocks.pop().tag, tag, page)

    def _parse(self, tag: Tag, source: str, page: Page) -> nodes.Template:
        try:
            if len(tag.text) > MOST_TEXT:
                raise _Fault(_fault("template-instruction", tag, page, what=f"plus de {MOST_TEXT} caractères"))
            parsed = self._environment.parse(source)
            refused = refusal(parsed)
        except (TemplateSyntaxError, RecursionError, ValueError):
            raise _Fault(_unreadable(tag, page)) from None
        if refused:
            raise _Fault(_fault("template-instruction", tag, page, what=refused))
        return parsed

    def _shape(self, node: nodes.Node, scope: Mapping[str, Shape | None], tag: Tag, page: Page) -> Shape | None:
        """What an expression gives; None for what is not a name alone, or not known. A name that is not there is a fault."""
        match node:
            case nodes.Name(name=named):
                if named not in scope:
                    raise _Fault(_unknown(named, scope, tag, page))
                return scope[named]
            case (
                nodes.Getattr(node=owner, attr=str(field))
                | nodes.Getitem(node=owner, arg=nodes.Const(value=str(field)))
            ):
                return self._field(self._shape(owner, scope, tag, page), field, owner, tag, page)
            case nodes.Filter(node=inner, name=filtered) if inner is not None:
                shape = self._shape(inner, scope, tag, page)
                return shape if filtered == "sort" else None
            case nodes.Test(node=inner, name="defined" | "undefined"):
                return None
            case _:
                for child in node.iter_child_nodes():
                    self._shape(child, scope, tag, page)
                return None

    def _field(self, owner: Shape | None, field: str, node: nodes.Node, tag: Tag, page: Page) -> Shape | None:
        match owner:
            case None:
                return None
            case One(fields=fields) if field in fields:
                return fields[field]
            case One(fields=fields):
                raise _Fault(_unknown(field, fields, tag, page))
            case ByKey(meaning, each):
                if self._keys is not None and field not in self._keys[str(getattr(node, "name", ""))]:
                    raise _Fault(_unknown(field, self._keys[str(getattr(node, "name", ""))], tag, page))
                return each if isinstance(each, Mark) else One(meaning, each)
            case Rows():
                named = node.name if isinstance(node, nodes.Name) else "liste"
                raise _Fault(_listed(named, owner, tag, page))
            case Leaf() | Mark():
                raise _Fault(_unknown(field, {}, tag, page))


def _unknown(named: str, known: Mapping[str, object], tag: Tag, page: Page) -> Finding:
    return _fault("template-name-unknown", tag, page, name=named, nearest=nearest(named, known, 0.6))


def _listed(named: str, shape: One | Rows | ByKey, tag: Tag, page: Page) -> Finding:
    """A list, or a group of values, taken for a value."""
    fields = {} if isinstance(shape, ByKey) else shape.fields
    return _fault("template-list", tag, page, name=named, fields=", ".join(fields))


def _unreadable(tag: Tag, page: Page, order: str = "") -> Finding:
    """A tag that is no tag: « » in it, a blank where none may be, a word misspelt; with what it should be, when that is clear."""
    if _QUOTED.search(tag.text):
        return _fault("template-tag-quotes", tag, page, fix=_QUOTED.sub(r"'\1'", tag.text))
    if "\u00a0" in tag.text:
        why, fix = "elle contient une espace insécable (Ctrl+Maj+Espace)", tag.text.replace("\u00a0", " ")
    elif _SPACED.match(tag.text):
        why, fix = "une espace suit la première accolade", _SPACED.sub(r"\1\2 ", tag.text)
    elif order and order not in _WORDS:
        near = nearest(order, _WORDS, 0.6)
        why, fix = f"« {order} » n’est pas un ordre connu", tag.text.replace(order, near, 1) if near else ""
    else:
        why, fix = "", ""
    return _fault("template-tag-unreadable", tag, page, why=why, fix=fix)


def _fault(code: str, tag: Tag, page: Page, **values: str) -> Finding:
    return error(code, page.source, tag=tag.text, where=page.where(tag), **values)


def _like(tag: Tag, word: str) -> str:
    """« {%tr endfor %} » for a block that « {%tr for … %} » opened."""
    return f"{{%{tag.scope} {word} %}}"


def _same_place(opening: Tag, tag: Tag, page: Page) -> None:
    """A block ends in the table, the row or the text it began in, with a tag of the same kind: else half a table is repeated."""
    if opening.scope == tag.scope and _holder(opening) is _holder(tag):
        return
    if not opening.scope and not tag.scope and opening.paragraph is tag.paragraph:
        return
    raise _Fault(_fault("template-block-apart", tag, page, opening=opening.text, place=page.where(opening)))


def _holder(tag: Tag) -> Element | None:
    """What holds the row, cell, paragraph or run that a tag takes the place of."""
    taken = tag.run if tag.scope == "r" else tag.paragraph
    if tag.scope in ("tr", "tc"):
        taken = next(tag.paragraph.iterancestors(name(tag.scope)), taken)
    return taken.getparent()
