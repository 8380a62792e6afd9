"""What the file says of itself: title, authors, dates of the edition, language; and nothing of the template's past."""

from __future__ import annotations

from datetime import date

from lxml import etree

from assembler.model.dossier import Dossier
from assembler.writers.word.package import Package
from assembler.writers.word.xml import W, clean, detach, name, read, w

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_OWN = ("thumbnail", "core-properties", "extended-properties", "custom-properties", "customXml", "classificationlabels")


def write_properties(package: Package, dossier: Dossier) -> None:
    """Replace the core and application properties, and clean the settings; custom data and properties go."""
    for source, kinds in (("", _OWN), (package.document, ("customXml",))):
        for kind in kinds:
            while (part := package.related(source, kind)) is not None:
                _remove(package, part, source)
    candidature = dossier.candidature
    authors = "; ".join(member.establishment.name for member in dossier.members)
    title = f"{dossier.pack.words.dossier} – {candidature.title}"
    core = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI})
    for tag, shown in (
        ("title", title),
        ("subject", dossier.pack.framework.title),
        ("creator", authors),
        ("language", "fr-FR"),
    ):
        etree.SubElement(core, f"{{{_DC}}}{tag}").text = clean(shown)
    for tag in ("created", "modified"):
        moment = etree.SubElement(core, f"{{{_TERMS}}}{tag}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        moment.text = instant(candidature.edition)
    etree.SubElement(core, f"{{{_CP}}}lastModifiedBy").text = clean(authors)
    package.add("docProps/core.xml", core, "application/vnd.openxmlformats-package.core-properties+xml")
    package.relate("", _CORE, "docProps/core.xml")
    extended = read(f'<Properties xmlns="{_EXTENDED}"/>'.encode())
    etree.SubElement(extended, f"{{{_EXTENDED}}}Application").text = "dossier"
    package.add("docProps/app.xml", extended, "application/vnd.openxmlformats-officedocument.extended-properties+xml")
    package.relate("", "extended-properties", "docProps/app.xml")
    _clean_settings(package)


def _remove(package: Package, part: str, source: str) -> None:
    """Take away a part with what it alone points to."""
    for relation in package.relations(part):
        package.remove(package.target(part, relation), part)
    package.remove(part, source)


def instant(day: date) -> str:
    """The moment that stands for an edition of that day."""
    return f"{day.isoformat()}T12:00:00Z"


def _clean_settings(package: Package) -> None:
    part = package.related(package.document, "settings")
    if part is None or part not in package:
        return
    settings = package.tree(part)
    for tag in ("updateFields", "attachedTemplate", "rsids", "writeProtection", "proofState"):
        for element in settings.findall(f"{{{W}}}{tag}"):
            settings.remove(element)
    for relation in package.relations(part):
        if relation.get("Type", "").endswith("/attachedTemplate"):
            detach(relation)
    language = settings.find(name("themeFontLang"))
    if language is None:
        language = w("themeFontLang")
        # The schema wants it before these; the first one there tells the place.
        after = ("clrSchemeMapping", "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol", "listSeparator")
        following = next((found for tag in after if (found := settings.find(name(tag))) is not None), None)
        settings.append(language) if following is None else following.addprevious(language)
    language.set(name("val"), "fr-FR")
