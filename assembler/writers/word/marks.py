"""The places that a rendered template keeps for what the program writes: found, and cleaned of what a session of Word left."""

from __future__ import annotations

from assembler.writers.word.xml import Element, W, detach, name

TARGET = "dossier-mark"


def find_marks(body: Element) -> dict[str, Element]:
    """The paragraph left for each mark, in the order of the text; where a loop repeats one, the first."""
    found: dict[str, Element] = {}
    for instruction in list(body.iter()):
        parent = instruction.getparent()
        if getattr(instruction, "target", None) != TARGET or parent is None:
            continue
        if (instruction.text or "") in found:
            parent.remove(instruction)
        else:
            found[instruction.text or ""] = parent
    return found


def scrub(tree: Element) -> None:
    """Take from a rendered part what Word leaves of its own sessions, which a loop would repeat or a clock change.

    The text of a content control bound to data elsewhere is that of the template: Word would put the data back on opening.
    """
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for key in [key for key in element.attrib if _is_trace(str(key))]:
            del element.attrib[key]
    for tag in ("proofErr", "lastRenderedPageBreak", "dataBinding"):
        for element in list(tree.iter(name(tag))):
            detach(element)


def complete(tree: Element) -> None:
    """Mend what tags leave half made: a cell without a paragraph, a row without a cell, a table without a row."""
    for cell in tree.iter(name("tc")):
        if not len(cell) or cell[-1].tag not in (name("p"), name("bookmarkEnd"), name("sdt"), name("customXml")):
            cell.append(cell.makeelement(name("p")))
    for row in [each for each in tree.iter(name("tr")) if each.find(f".//{name('tc')}") is None]:
        detach(row)
    for table in [each for each in tree.iter(name("tbl")) if each.find(f".//{name('tr')}") is None]:
        holder = table.getparent()
        detach(table)
        if holder is not None and holder.tag == name("tc") and holder.find(name("p")) is None:
            holder.append(holder.makeelement(name("p")))


def _is_trace(key: str) -> bool:
    namespace, _, local = key.rpartition("}")
    if local in ("paraId", "textId"):
        return True
    return namespace == "{" + W and (local.startswith("rsid") or local == "dirty")
