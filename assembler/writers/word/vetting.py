"""Templates from outside, told apart from safe ones: the parent's side of the process that opens them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assembler.errors import Missing
from assembler.model.finding import Finding, Severity, error
from assembler.model.source import Source
from assembler.tools.child import Child, Lost

if TYPE_CHECKING:
    from assembler.model.pack import Pack

_MODULE = "assembler.writers.word.workshop"
_SECONDS = 10.0


class Workshop:
    """A child process that opens Word templates. It starts at once, beside other work, and is waited for when first asked."""

    def __init__(self) -> None:
        self._child = Child(_MODULE)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """Stop the child."""
        self._child.end()

    def inspect(self, template: Path, pack: Pack | None) -> tuple[Finding, ...]:
        """What is wrong with a template: see `template_faults`."""
        return self._ask(template, pack, None)[0]

    def fill(self, template: Path, pack: Pack, values: Mapping[str, Any]) -> bytes:
        """The template filled in with plain values, after the same look at it.

        Raises Missing (`word-template`), with what is wrong, when it may not or cannot be used.
        """
        found, made = self._ask(template, pack, values)
        if not made:
            raise Missing("word-template", found, template=_place(template))
        return made

    def _ask(
        self, template: Path, pack: Pack | None, values: Mapping[str, Any] | None
    ) -> tuple[tuple[Finding, ...], bytes]:
        place = _place(template)
        job = {"path": str(template.absolute()), "place": place, "keys": _keys(pack), "values": values}
        answer = self._child.ask(job, _SECONDS)
        if isinstance(answer, Lost):
            self._child.end()
            self._child = Child(_MODULE)
            why = (
                f"il faudrait plus de {_SECONDS:.0f} secondes"
                if answer.reason == "timeout"
                else "il demande trop de mémoire"
            )
            return (error("template-unfilled", Source(place), reason=why),), b""
        return tuple(map(_finding, answer["findings"])), base64.b64decode(answer["docx"])


def template_faults(template: Path, pack: Pack | None) -> tuple[Finding, ...]:
    """What is wrong with a Word template from anywhere; it is opened in a child process only.

    `pack` says which criteria and chapters there are to name, None when it could not be read. An error forbids using the
    template; warnings and notes do not.
    """
    with Workshop() as workshop:
        return workshop.inspect(template, pack)


def _place(template: Path) -> str:
    """The file that findings name: « national-2023/dossier.docx »."""
    return f"{template.absolute().parent.name}/{template.name}"


def _keys(pack: Pack | None) -> dict[str, list[str]] | None:
    if pack is None:
        return None
    criteria = (*pack.framework.criteria, *pack.framework.offered)
    return {"critere": [each.id for each in criteria], "rubrique": [each.key for each in pack.sections]}


def _finding(told: dict[str, Any]) -> Finding:
    source = told["source"] and Source(told["source"]["file"], told["source"]["line"])
    values = tuple((str(key), str(value)) for key, value in told["values"])
    return Finding(told["code"], Severity(told["severity"]), source, values, told["criterion"])
