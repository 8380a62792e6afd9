"""What a template's expressions may do: name values, loop over them, choose; nothing that calls, imports or multiplies.

The sandbox stops a template from reaching Python; it stops neither `9**99999999` nor `'A'*2000000000`. What is left here
can only loop over the dossier's own lists, so that filling a template always ends.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateSyntaxError

_REFUSED = (
    nodes.Call,
    nodes.CallBlock,
    nodes.Macro,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Block,
    nodes.Mul,
    nodes.Pow,
    nodes.Mod,
    nodes.FilterBlock,
)
_FILTERS = {
    "capitalize", "d", "default", "e", "escape", "first", "float", "int", "join", "last", "length", "list", "lower",
    "replace", "round", "sort", "title", "trim", "upper",
}  # fmt: skip
_TESTS = {
    "defined", "undefined", "none", "string", "number", "mapping", "sequence", "even", "odd", "equalto", "eq", "ne", "lt",
    "le", "gt", "ge", "in", "true", "false",
}  # fmt: skip
_DEEPEST = 4


class Guard(CodeGenerator):
    """Compiles a template once every node of it is found harmless. Jinja asks for a class here."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Raises TemplateSyntaxError, in French, at the first expression that is not allowed."""
        _check(node, 0)
        super().visit_Template(node, frame)


def _check(node: nodes.Node, loops: int) -> None:
    name = getattr(node, "attr", None) or getattr(node, "name", None)
    hidden = isinstance(node, (nodes.Getattr, nodes.Name)) and str(name).startswith("_")
    index = (
        isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and str(node.arg.value).startswith("_")
    )
    unknown = (isinstance(node, nodes.Filter) and name not in _FILTERS) or (
        isinstance(node, nodes.Test) and name not in _TESTS
    )
    loops += isinstance(node, nodes.For)
    if isinstance(node, _REFUSED) or hidden or index or unknown or loops > _DEEPEST:
        shown = f" « {name} »" if isinstance(name, str) else ""
        message = f"instruction non autorisée dans un modèle : {type(node).__name__}{shown}"
        raise TemplateSyntaxError(message, node.lineno)
    for child in node.iter_child_nodes():
        _check(child, loops)
