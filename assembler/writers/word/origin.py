"""What the Word file says of its making, for the day its text comes back: fingerprints of blocks, and where texts end."""

from __future__ import annotations

from lxml import etree

from assembler.model.dossier import Dossier
from assembler.model.written import shown_pictures, written_texts
from assembler.writers.word.bookmarks import Bookmarks, bookmark_name
from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, clean, name

_NAMESPACE = "urn:dossier:origine"
_PART, _ABOUT = "customXml/item1.xml", "customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_IDENTITY = "{6A1E3F0C-93B5-4D3C-8E55-0B6D5C0D0551}"


def write_origin(package: Package, dossier: Dossier) -> None:
    """Keep the fingerprints of every narrative's blocks, and the key of every exhibit, in a part that no reader sees."""
    pictures = shown_pictures(dossier)
    root = etree.Element(f"{{{_NAMESPACE}}}origine", {"version": "1"}, {"o": _NAMESPACE})
    for text in written_texts(dossier):
        about = {"chapitre": clean(text.place.chapter), "fichier": clean(text.file)}
        etree.SubElement(root, f"{{{_NAMESPACE}}}texte", about).text = " ".join(text.fingerprints(pictures))
    word = dossier.pack.words.exhibit.replace(" ", "\u00a0")
    for exhibit in dossier.exhibits:
        about = {
            "signet": bookmark_name(exhibit.anchor),
            "cle": exhibit.entry.id,
            "renvoi": word.replace("{label}", exhibit.label),
        }
        etree.SubElement(root, f"{{{_NAMESPACE}}}preuve", {key: clean(value) for key, value in about.items()})
    package.add(_PART, root, "application/xml")
    package.relate(package.document, "customXml", _PART)
    # LibreOffice keeps a part of this kind only when it comes with its properties.
    item = etree.Element(f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": _IDENTITY}, {"ds": _STORE})
    reference = etree.SubElement(etree.SubElement(item, f"{{{_STORE}}}schemaRefs"), f"{{{_STORE}}}schemaRef")
    reference.set(f"{{{_STORE}}}uri", _NAMESPACE)
    package.add(_ABOUT, item, _TYPE)
    package.relate(_PART, "customXmlProps", _ABOUT)


def mark_ends(marks: dict[str, Element], bookmarks: Bookmarks) -> None:
    """Bookmark what the template itself says after a text of ours: there the text ends."""
    places = list(marks.values())
    rank = 0
    for mark in places:
        for following in mark.itersiblings():
            if following in places:
                break
            first = next(following.iter(name("p")), None)
            if first is not None and (following.tag != name("p") or next(first.iter(name("t")), None) is not None):
                rank += 1
                at = 1 if first.find(name("pPr")) is not None else 0
                for element in reversed(bookmarks.around(f"suite-{rank}", [])):
                    first.insert(at, element)
                break
