"""What a template’s expressions may do: name values, loop over lists of the dossier, choose. Nothing calls, imports or grows.

A list of what is allowed. Without variables of its own, without repetition and with filters that give no more than they are
given, a template can make nothing larger than itself and the dossier: filling it always ends.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import TemplateSyntaxError

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr, nodes.Getitem,
    nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Filter, nodes.Test,
    nodes.Concat, nodes.Add, nodes.Sub, nodes.Neg, nodes.Tuple, nodes.List,
)  # fmt: skip
FILTERS = {
    "capitalize",
    "count",
    "d",
    "default",
    "e",
    "escape",
    "join",
    "length",
    "lower",
    "sort",
    "title",
    "trim",
    "upper",
}
_TESTS = {"defined", "undefined", "none", "string", "number", "even", "odd", "equalto", "eq", "ne", "lt", "le", "gt", "ge",
          "in", "true", "false"}  # fmt: skip
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Call: "une parenthèse qui appelle une fonction", nodes.Mul: "une multiplication (*)", nodes.Pow: "une puissance (**)",
    nodes.Mod: "un pourcentage (%)", nodes.Div: "une division (/)", nodes.FloorDiv: "une division (//)",
    nodes.Assign: "{% set %}", nodes.AssignBlock: "{% set %}", nodes.Macro: "{% macro %}", nodes.CallBlock: "{% call %}",
    nodes.Include: "{% include %}", nodes.Import: "{% import %}", nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}", nodes.Block: "{% block %}", nodes.FilterBlock: "{% filter %}", nodes.With: "{% with %}",
    nodes.Slice: "un découpage [ : ]", nodes.Dict: "un dictionnaire { : }",
}  # fmt: skip
DEEPEST, _LONGEST_JOINT, _LONGEST_NUMBER = 4, 20, 9


class Guard(CodeGenerator):
    """Compiles a template once every node of it is found harmless. Jinja asks for a class here."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Raises TemplateSyntaxError, in French, at the first expression that is not allowed."""
        refused = refusal(node)
        if refused:
            raise TemplateSyntaxError(refused, node.lineno)
        super().visit_Template(node, frame)


def refusal(node: nodes.Node, loops: int = 0) -> str:
    """What is not allowed in `node`, in French, for the middle of a sentence; empty when all of it is."""
    refused = _refused(node)
    loops += isinstance(node, nodes.For)
    if loops > DEEPEST:
        refused = f"plus de {DEEPEST} boucles l’une dans l’autre"
    if refused:
        return refused
    return next((found for child in node.iter_child_nodes() if (found := refusal(child, loops))), "")


def _refused(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=str(name)) | nodes.Getattr(attr=str(name)) if name.startswith("_"):
            return f"le nom « {name} »"
        case nodes.Getitem(arg=nodes.Const(value=str(name))):
            return f"le nom « {name} »" if name.startswith("_") else ""
        case nodes.Getitem():
            return "un rang ou un nom calculé entre crochets [ ]"
        case nodes.Filter(name=name) if name not in FILTERS or not _is_plain(node):
            return f"le filtre « {name} »"
        case nodes.Test(name=name) if name not in _TESTS:
            return f"le test « {name} »"
        case nodes.Const(value=int(value)) if abs(value) >= 10**_LONGEST_NUMBER:
            return "un nombre de plus de neuf chiffres"
        case nodes.For(recursive=True):
            return "une boucle récursive"
        case nodes.For(iter=listed) if not _is_named(listed):
            return "une boucle sur autre chose qu’une liste du dossier"
    return (
        ""
        if isinstance(node, _ALLOWED)
        else _WORDS.get(type(node), f"une instruction inconnue ({type(node).__name__})")
    )


def _is_named(listed: nodes.Node) -> bool:
    while isinstance(listed, nodes.Filter) and listed.node is not None:
        listed = listed.node
    return isinstance(listed, (nodes.Name, nodes.Getattr, nodes.Getitem))


def _is_plain(filtered: nodes.Filter) -> bool:
    """Whether a filter has at most one argument, a short constant, and does not work on what another joined."""
    if filtered.kwargs or filtered.dyn_args or filtered.dyn_kwargs or len(filtered.args) > 1:
        return False
    if filtered.name == "join" and not isinstance(filtered.node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
        return False
    constant = all(isinstance(each, nodes.Const) for each in filtered.args)
    return constant and all(
        len(str(each.value)) <= _LONGEST_JOINT for each in filtered.args if isinstance(each, nodes.Const)
    )
