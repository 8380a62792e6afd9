"""Word templates spoilt in every way that an account of them must name: what académies mistype, what a stranger hides."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from candidature import PACK, TEMPLATES, Change, own_pack

Parts = dict[str, bytes]
Spoil = Callable[[Parts], None]

DOCUMENT, SETTINGS, TYPES = "word/document.xml", "word/settings.xml", "[Content_Types].xml"
SHIPPED = TEMPLATES / PACK / "dossier.docx"
RELATIONS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def spoilt(*spoils: Spoil, template: bytes | None = None) -> bytes:
    """The shipped template (or another), changed."""
    with zipfile.ZipFile(io.BytesIO(template or SHIPPED.read_bytes())) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    for spoil in spoils:
        spoil(parts)
    return zipped(parts)


def both(one: Spoil, other: Spoil) -> Spoil:
    def apply(parts: Parts) -> None:
        one(parts)
        other(parts)

    return apply


def zipped(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def own_template(*spoils: Spoil) -> Change:
    """A pack of the candidature's own, like the shipped one, with its Word template changed."""
    return own_file(lambda: spoilt(*spoils))


def own_file(made: Callable[[], bytes]) -> Change:
    """A pack of the candidature's own, like the shipped one, whose Word template is these bytes."""

    def apply(root: Path) -> None:
        own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 99")(root)
        (root / "gabarits" / PACK / "dossier.docx").write_bytes(made())

    return apply


# ------------------------------------------------------------------------------------------------------- one change


def saying(*texts: str) -> Spoil:
    """Paragraphs at the end of the body; text between « ‖ » stands in runs of their own."""
    return body("".join(paragraph(text) for text in texts))


def rows(*lines: tuple[str, ...]) -> Spoil:
    """A table at the end of the body."""
    cells = ["".join(f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>" for text in line) for line in lines]
    grid = "<w:gridCol w:w='2000'/>" * len(lines[0])
    made = "".join(f"<w:tr>{line}</w:tr>" for line in cells)
    return body(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>{paragraph('')}")


def paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    runs = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in escaped.split("‖"))
    return f"<w:p>{runs}</w:p>"


def body(xml: str) -> Spoil:
    """XML before the last section's properties."""

    def apply(parts: Parts) -> None:
        before, mark, after = parts[DOCUMENT].decode().rpartition("<w:sectPr")
        parts[DOCUMENT] = (before + xml + mark + after).encode()

    return apply


def replaced(part: str, old: str, new: str) -> Spoil:
    """`old`, which must be there, replaced once."""

    def apply(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, f"« {old} » is not in {part}"
        parts[part] = text.replace(old, new, 1).encode()

    return apply


def header_saying(text: str) -> Spoil:
    """A paragraph at the end of the header of every page but the first."""

    def apply(parts: Parts) -> None:
        part = next(name for name in parts if name.startswith("word/header") and b"intitule" in parts[name])
        parts[part] = parts[part].replace(b"</w:hdr>", paragraph(text).encode() + b"</w:hdr>")

    return apply


def added(part: str, content: bytes) -> Spoil:
    def apply(parts: Parts) -> None:
        parts[part] = content

    return apply


def related(kind: str, target: str, *, external: bool = False, source: str = RELATIONS) -> Spoil:
    """One more relationship; `kind` is a whole address, or the last word of Office's."""

    def apply(parts: Parts) -> None:
        if source not in parts:
            parts[source] = (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )
        mode = ' TargetMode="External"' if external else ""
        address = kind if "://" in kind else _OFFICE + kind
        line = f'<Relationship Id="rId99" Type="{address}" Target="{target}"{mode}/></Relationships>'
        parts[source] = parts[source].decode().replace("</Relationships>", line).encode()

    return apply


def field(instruction: str) -> Spoil:
    """A field in a paragraph, its instruction in as many runs as « ‖ » cuts it."""
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece.replace("&", "&amp;")}</w:instrText></w:r>'
        for piece in instruction.split("‖")
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return body(
        f"<w:p>{mark.format('begin')}{runs}{mark.format('separate')}<w:r><w:t>x</w:t></w:r>{mark.format('end')}</w:p>"
    )


def typed(kind: str) -> Spoil:
    """The main document declared as something else."""
    return replaced(TYPES, "wordprocessingml.document.main+xml", kind)


def note(text: str) -> Spoil:
    """A footnote, called at the end of the body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    plain = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'

    def apply(parts: Parts) -> None:
        content = f"<w:footnotes {space}>{plain}<w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
        parts["word/footnotes.xml"] = content.encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
        parts[TYPES] = parts[TYPES].decode().replace("</Types>", override).encode()
        related("footnotes", "footnotes.xml")(parts)
        body('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')(parts)

    return apply


def boxed(text: str) -> Spoil:
    """A text box, as Word writes it: drawn, and drawn again for older versions."""
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    drawn = (
        '<w:drawing><wp:inline><wp:extent cx="1800000" cy="400000"/><wp:docPr id="901" name="Zone"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing>"
    )
    older = f'<w:pict><v:shape style="width:140pt;height:30pt"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
    choice = f'<mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    return body(f"<w:p {spaces}><w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r></w:p>")


def bomb() -> bytes:
    """300 MB of XML in half a megabyte: opened whole, it takes 6 GB of memory."""
    with zipfile.ZipFile(io.BytesIO(SHIPPED.read_bytes())) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 50_000_000)
    return zipped(parts)


_DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "{}">]>'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def doctype(part: str, declaration: str) -> Spoil:
    """A document type in front of a part."""

    def apply(parts: Parts) -> None:
        text = parts[part].decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        parts[part] = (text[:start] + declaration + text[start:]).encode()

    return apply


_LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{rank} '{f'&a{rank - 1};' * 10}'>" for rank in range(1, 10)
) + "]>"  # fmt: skip
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_UTF16 = f'<?xml version="1.0" encoding="UTF-16"?>{_DOCTYPE.format("x")}<a/>'.encode("utf-16")

# What a stranger may hide in a template, and the finding that refuses it.
ATTACKS: dict[str, tuple[Change, str]] = {
    **{name: (own_template(*spoils), code) for name, (spoils, code) in {
        "macros": ((added("word/vbaProject.bin", b"\0"), related(_VBA, "vbaProject.bin")),
                   "template-macro"),
        "macros under another name": ((related(_VBA, "media/image1.png"),), "template-macro"),
        "macros that nothing points to": ((added("word/vbaProject.bin", b"\0"),), "template-macro"),
        "a .docm": ((typed("document.macroEnabled.main+xml"),), "template-not-word"),
        "a .dotm": ((typed("template.macroEnabledTemplate.main+xml"),), "template-not-word"),
        "ActiveX": ((related("control", "activeX/activeX1.xml"), added("word/activeX/activeX1.xml", b"<a/>")), "template-macro"),
        "a ribbon": ((related(_MICROSOFT + "2006/relationships/ui/extensibility", "customUI/customUI.xml", source="_rels/.rels"),
                      added("customUI/customUI.xml", b"<a/>")), "template-macro"),
        "an add-in": ((related(_MICROSOFT + "2011/relationships/webextensiontaskpanes", "word/webextensions/taskpanes.xml",
                               source="_rels/.rels"), added("word/webextensions/taskpanes.xml", b"<a/>")), "template-macro"),
        "a document type": ((doctype(DOCUMENT, _DOCTYPE.format("x")),), "template-doctype"),
        "a document type in the settings": ((doctype(SETTINGS, _DOCTYPE.format("x")),), "template-doctype"),
        "a document type in UTF-16": ((added("customXml/item1.xml", _UTF16),), "template-doctype"),
        "an entity that names a file": ((doctype(DOCUMENT, '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),),
                                        "template-doctype"),
        "a billion laughs": ((doctype(DOCUMENT, _LAUGHS), replaced(DOCUMENT, "{{ intitule }}", "&a9;")), "template-doctype"),
        "a billion laughs in an attribute": ((doctype("word/styles.xml", _LAUGHS),
                                              replaced("word/styles.xml", "<w:style ", '<w:style w:x="&a9;" ')),
                                             "template-doctype"),
        "a picture elsewhere": ((related("image", "http://example.com/a.png", external=True),), "template-external"),
        "a picture on a server": ((related("image", "file://///serveur/partage/a.png", external=True),), "template-external"),
        "a link to a file": ((related("hyperlink", "file:///C:/secret.docx", external=True),), "template-external"),
        "a link to a server": ((related("hyperlink", "\\\\serveur\\partage", external=True),), "template-external"),
        "a link that runs": ((related("hyperlink", "javascript:alert(1)", external=True),), "template-external"),
        "an attached template": ((related("attachedTemplate", "http://example.com/a.dotm", external=True,
                                          source="word/_rels/settings.xml.rels"),), "template-attached"),
        "an OLE object that is linked": ((related("oleObject", "http://example.com/a!", external=True),), "template-embedded"),
        "an OLE object": ((related("oleObject", "embeddings/oleObject1.bin"), added("word/embeddings/oleObject1.bin", b"\0")),
                          "template-embedded"),
        "a workbook": ((related("package", "embeddings/a.xlsx"), added("word/embeddings/a.xlsx", b"\0")), "template-embedded"),
        "a chunk": ((related("aFChunk", "chunk.html"), added("word/chunk.html", b"<html/>"),
                     body("<w:altChunk/>")),
                    "template-embedded"),
        "a sub-document": ((related("subDocument", "http://example.com/a.docx", external=True),), "template-embedded"),
        "a frame": ((related("frame", "http://example.com/", external=True),), "template-embedded"),
        "DDE": ((field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" '),), "template-field"),
        "DDE in pieces": ((field(" D‖DE‖AUTO cmd "),), "template-field"),
        "DDE in a simple field": ((body('<w:p><w:fldSimple w:instr=" DDE cmd "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'),),
                                  "template-field"),
        "DDE made by another field": ((body(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            '<w:r><w:instrText> cmd </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),), "template-field"),
        "an included text": ((field(' INCLUDETEXT "C:\\\\secret.txt" '),), "template-field"),
        "an included picture": ((field(' INCLUDEPICTURE "http://example.com/a.png" \\d '),), "template-field"),
        "a link of Excel": ((field(' LINK Excel.Sheet.12 "C:\\\\a.xlsx" '),), "template-field"),
        "a field that reads a database": ((field(' DATABASE \\d "C:\\\\a.mdb" '),), "template-field"),
        "a button": ((field(" MACROBUTTON Partir ici "),), "template-field"),
        "a field with an address on a server": ((field(' HYPERLINK "\\\\\\\\serveur\\\\partage" '),), "template-field"),
        "a mail merge": ((replaced(SETTINGS, "<w:defaultTabStop",
                                   '<w:mailMerge><w:query w:val="SELECT * FROM a"/></w:mailMerge><w:defaultTabStop'),),
                         "template-mail-merge"),
        "custom XML of an unknown kind": ((related("http://example.com/unknown", "a.xml"), added("word/a.xml", b"<a/>")),
                                          "template-unknown-part"),
        "two parts of the same name": ((added("word/Document.xml", b"<a/>"),), "template-not-word"),
        "a part above": ((added("../a.xml", b"<a/>"),), "template-not-word"),
        "3,000 parts": ((lambda parts: parts.update({f"word/media/{rank}.png": b"" for rank in range(3_000)}),),
                        "template-too-large"),
        "the class of a text": ((saying("{{ intitule.__class__.__mro__ }}"),), "template-instruction"),
        "an item of the class of a text": ((saying("{{ intitule['__class__'] }}"),), "template-instruction"),
        "the globals of a function": ((saying("{{ cycler.__init__.__globals__.os.popen('id').read() }}"),),
                                      "template-instruction"),
        "an attribute asked for by filter": ((saying("{{ intitule | attr('__class__') }}"),), "template-instruction"),
        "a call": ((saying("{{ intitule.format(1) }}"),), "template-instruction"),
        "a call in the header": ((header_saying("{{ range(9) }}"),), "template-instruction"),
        "a call in a footnote": ((note("{{ range(9) }}"),), "template-instruction"),
        "a call in a text box": ((boxed("{{ range(9) }}"),), "template-instruction"),
        "a call in an attribute": ((body('<w:p><w:bookmarkStart w:name="{{ range(9) }}"/></w:p>'),),
                                   "template-tag-ignored"),
        "a call in a field": ((field(" REF {{ range(9) }} "),), "template-tag-ignored"),
        "an import": ((saying("{% import 'x' as y %}"),), "template-instruction"),
        "an include": ((saying("{% include '/etc/passwd' %}"),), "template-instruction"),
        "a macro": ((saying("{% macro f() %}x{% endmacro %}"),), "template-instruction"),
        "a power": ((saying("{{ 9**99999999 }}"),), "template-instruction"),
        "a number of a million digits": ((saying("{{ " + "9" * 400 + " }}"),), "template-instruction"),
        "a long repetition": ((saying("{{ 'A' * 2000000000 }}"),), "template-instruction"),
        "a wide format": ((saying("{{ '%0999999999d' % 1 }}"),), "template-instruction"),
        "a wide filter": ((saying("{{ intitule | center(999999999) }}"),), "template-instruction"),
        "a rounding": ((saying("{{ 1 | round(99999999, 'ceil') }}"),), "template-instruction"),
        "a text that doubles": ((saying("{% set a = 'AAAAAAAA' %}", *["{% set a = a ~ a %}"] * 40),), "template-instruction"),
        "a text replaced by itself": ((saying("{{ 'aaaaaaaa' | replace('a', 'aaaaaaaa') | replace('a', 'aaaaaaaa') }}"),),
                                      "template-instruction"),
        "joints of joints": ((saying("{{ etablissements | join('aaaa') | join('aaaaaaaaaaaa') }}"),), "template-instruction"),
        "a list of its own": ((saying("{% for a in [1, 2, 3] %}x{% endfor %}"),), "template-instruction"),
        "loops in loops": ((saying("{% for a in preuves %}" * 5 + "x" + "{% endfor %}" * 5),), "template-instruction"),
        "deep parentheses": ((saying("{{ " + "(" * 240 + "1" + ")" * 240 + " }}"),), "template-tag-unreadable"),
        "a long tag": ((saying("{{ intitule" + " ~ intitule" * 100 + " }}"),), "template-instruction"),
    }.items()},
    "a bomb": (own_file(bomb), "template-too-large"),
    "random bytes": (own_file(lambda: bytes(range(256)) * 40), "template-not-word"),
    "an archive cut short": (own_file(lambda: SHIPPED.read_bytes()[:9_000]), "template-not-word"),
    "a document of Word 97": (own_file(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900), "template-not-word"),
}  # fmt: skip

# What a person mistypes: the change, the finding that names it, and what its account must hold (places, remedies).
MISTAKES: dict[str, tuple[Spoil, str, tuple[str, ...]]] = {
    "no end of tag": (saying("Nous, {{ intitule, sommes"), "template-tag-unclosed", ("« {{ intitule, sommes »", "« }} »")),
    "an end in the next paragraph": (saying("Nous, {{ intitule", "}} sommes"), "template-tag-unclosed", ("{{ intitule",)),
    "a tag within a tag": (saying("{{ intitule {{ campagne }}"), "template-tag-unclosed", ("{{ intitule",)),
    "an end alone": (saying("Nous, intitule }}"), "template-tag-unopened", ("}}",)),
    "one brace": (saying("Nous, { intitule }, sommes"), "template-braces", ("« { intitule } »", "{{ intitule }}")),
    "one brace around a name of a loop": (saying("Le nombre { n }"), "template-braces", ("{{ n }}",)),
    "one brace around an order": (saying("{ % for x in preuves % }"), "template-braces", ("{% for x in preuves %}",)),
    "guillemets": (saying("{% if pilote.secteur == « Public » %}oui{% endif %}"), "template-tag-quotes",
                   ("== 'Public' %}", "Ctrl+Z")),
    "a blank after the brace": (saying("{% p if audit %}", "x", "{%p endif %}"),
        "template-tag-unreadable", ("écrivez {%p if audit %}",)),
    "a no-break space": (saying("{{p\u00a0bilan }}"), "template-tag-unreadable", ("insécable", "écrivez {{p bilan }}")),
    "a word that is no order": (saying("{% finsi %}"), "template-tag-unreadable", ("LISEZMOI.md",)),
    "an order misspelt": (saying("{% for x in preuves %}{{ x.cote }}{% enfor %}"), "template-tag-unreadable",
                          ("écrivez {% endfor %}",)),
    "no name": (saying("{{ }}"), "template-tag-unreadable", ("{{ }}",)),
    "two names": (saying("{{ intitule campagne }}"), "template-tag-unreadable", ("{{ intitule campagne }}",)),
    "a name misspelt": (saying("{{ intitulé }}"), "template-name-unknown", ("« intitulé »", "« intitule »")),
    "a capital": (saying("{{ Intitule }}"), "template-name-unknown", ("« intitule »",)),
    "a field misspelt": (saying("{%p for e in etablissements %}", "{{ e.non }}", "{%p endfor %}"),
        "template-name-unknown", ("« nom »", "corps du texte, sous le titre «")),
    "a field of a text": (saying("{{ intitule.nom }}"), "template-name-unknown", ("« nom »",)),
    "a name of a loop after its end": (saying("{% for e in etablissements %}{{ e.nom }}{% endfor %}{{ e.uai }}"),
                                       "template-name-unknown", ("« e »",)),
    "a criterion that is not there": (saying("{{p critere.partenariats.contenu }}"),
        "template-name-unknown", ("« partenariat »",)),
    "a name in the header": (header_saying("{{ candida }}"), "template-name-unknown", ("(en-tête, «", "« candidat »")),
    "a name in a footnote": (note("Voir {{ campagnes }}."),
        "template-name-unknown", ("note de bas de page 1", "« campagne »")),
    "a name in a text box": (boxed("{{ campagnes }}"), "template-name-unknown", ("(zone de texte, «",)),
    "a name in a table": (rows(("Nom", "UAI"), ("{{ pilote.nom }}", "{{ pilote.uia }}")), "template-name-unknown",
                          ("tableau 7, ligne 2, colonne 2", "« uai »")),
    "a name cut in two by formatting": (saying("Pour {{ camp‖agnes‖ }}, donc"), "template-name-unknown",
                                        ("« Pour {{ campagnes }}, donc »", "« campagne »")),
    "a list taken for a value": (saying("{{ etablissements.nom }}"),
        "template-list", ("« etablissements »", "{% for x in … %}", "nom, lettre, uai")),
    "a person taken for a value": (saying("{{ pilote.chef }}"), "template-list", ("« pilote.chef »",)),
    "a value taken for a list": (saying("{% for x in intitule %}{{ x }}{% endfor %}"),
        "template-not-list", ("« intitule »",)),
    "no end of loop": (saying("{%p for e in etablissements %}", "{{ e.nom }}"), "template-block-unclosed",
                       ("{%p for e in etablissements %}", "{%p endfor %}")),
    "no end of condition in a loop": (saying("{% for e in etablissements %}{% if e.nom %}{{ e.nom }}{% endfor %}"),
                                      "template-block-unclosed", ("{% if e.nom %}", "{% endif %}")),
    "an end too many": (saying("{% endfor %}"), "template-block-stray", ("{% endfor %}",)),
    "an else alone": (saying("{% else %}"), "template-block-stray", ("{% else %}",)),
    "a loop that ends in a table": (both(saying("{%p for e in etablissements %}"), rows(("{%p endfor %}",))),
                                    "template-block-apart", ("tableau 7, ligne 1, colonne 1", "{%p for e in etablissements %}")),
    "a loop that ends as another": (saying("{%p for e in etablissements %}", "{{ e.nom }}", "x{% endfor %}"),
        "template-block-apart", ()),
    "a row out of a table": (saying("{%tr for e in etablissements %}", "{%tr endfor %}"),
        "template-tag-outside", ("une ligne de tableau",)),
    "a row that is all the loop": (rows(("{%tr for p in preuves %}{{ p.cote }}{%tr endfor %}",)), "template-tag-together",
                                   ("la ligne du tableau", "{%tr endfor %}")),
    "words in a row that goes": (rows(("Cote", "{%tr for p in preuves %}"), ("{{ p.cote }}", ""), ("{%tr endfor %}", "")),
                                 "template-words-lost", ("« Cote »", "tableau 7, ligne 1, colonne 2")),
    "words in a paragraph that goes": (saying("Si besoin : {%p if audit %}", "x", "{%p endif %}"),
        "template-words-lost", ("« Si besoin : »",)),
    "a mark without its letter": (saying("{{ bilan }}"), "template-mark-inline", ("Écrivez {{p bilan }}",)),
    "a letter without a mark": (saying("{{p intitule }}"), "template-mark-plain", ("Écrivez {{ intitule }}",)),
    "a mark in the header": (header_saying("{{p bilan }}"), "template-mark-place", ("en-tête",)),
    "a mark in a text box": (boxed("{{p bilan }}"), "template-mark-place", ("zone de texte",)),
    "a mark twice": (saying("{{p dossier }}"), "template-mark-twice", ("{{p dossier }}",)),
    "a variable of its own": (saying("{% set x = 1 %}"), "template-instruction", ("{% set %}",)),
    "a filter unknown": (saying("{{ intitule | majuscules }}"), "template-instruction", ("le filtre « majuscules »",)),
    "a merged column": (rows(("{% colspan 2 %}x",)), "template-instruction", ("{% colspan %}",)),
    "a tag in an attribute": (body('<w:p><w:bookmarkStart w:id="77" w:name="{{ intitule }}"/><w:bookmarkEnd w:id="77"/></w:p>'),
                                      "template-tag-ignored", ("{{ intitule }}",)),
    "a text and a number compared": (saying("{% if preuves | length > campagne %}x{% endif %}"), "template-unfilled",
                                     ("un texte et un nombre",)),
}  # fmt: skip

_WARNED = ("template-braces", "template-words-lost")
# One case for each finding on a template: its code, its severity, the candidature with such a template.
FAULTS: tuple[tuple[str, str, Change], ...] = tuple(
    (code, "avertissement" if code in _WARNED else "erreur", made)
    for code, made in {
        **{code: made for made, code in reversed(ATTACKS.values())},
        **{code: own_template(spoil) for spoil, code, _ in reversed(MISTAKES.values())},
    }.items()
)
