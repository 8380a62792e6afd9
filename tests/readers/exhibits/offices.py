"""Office files, with what must not be fetched, run or inflated, made when asked for."""

from __future__ import annotations

import io
import zipfile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: dict[str, str | bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def docx(*paragraphs: str, relations: str = "", **more: str | bytes) -> bytes:
    """A Word file of these paragraphs; `relations` of its document; more parts by name (`__` for a slash)."""
    text = "".join(
        f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" if not each.startswith("<") else each for each in paragraphs
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": relations_of(inside("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"><w:body>{text}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": relations_of(relations),
    }
    return packed(parts | {name.replace("__", "/"): content for name, content in more.items()})


def relations_of(relations: str) -> str:
    """The part that holds these relationships."""
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def inside(kind: str, target: str) -> str:
    """A relationship to another part of the file."""
    return f'<Relationship Id="r1" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'


def away(kind: str, target: str) -> str:
    """A relationship to something that is not in the file."""
    return f'<Relationship Id="ext" Type="{_OFFICE}/relationships/{kind}" Target="{target}" TargetMode="External"/>'


def linked_picture() -> str:
    """A paragraph that shows the picture of relationship `ext`."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAW}/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="a"/><a:graphic xmlns:a="{_DRAW}/main"><a:graphicData uri="{_DRAW}/picture"><pic:pic '
        f'xmlns:pic="{_DRAW}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:link="ext"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def open_text(body: str, *, flat: bool = False) -> bytes:
    """An OpenDocument text; `flat` as one XML file."""
    names = "".join(
        f' xmlns:{short}="{_ODF}:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("table", "table"),
        )
    )
    kind = "application/vnd.oasis.opendocument.text"
    element, mime = ("document", f' office:mimetype="{kind}"') if flat else ("document-content", "")
    content = (
        f'<?xml version="1.0"?><office:{element}{names} xmlns:xlink="http://www.w3.org/1999/xlink"{mime} '
        f'office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:{element}>'
    )
    if flat:
        return content.encode()
    listed = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">{listed}</m:manifest>'
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def open_picture(address: str) -> str:
    """A paragraph of OpenDocument that shows the picture at that address, and a section that is another file's text."""
    link = f'xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    return (
        '<text:p>Bonjour<draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="as-char">'
        f"<draw:image {link}/></draw:frame></text:p>"
        f'<text:section text:name="s"><text:section-source xlink:href="{address}" xlink:type="simple"/></text:section>'
    )


def rich_text(*addresses: str) -> bytes:
    """RTF whose fields fetch pictures and texts, written plainly and in disguise."""
    fields = "".join(
        rf'{{\field{{\*\fldinst {word} "{address}" \\d}}{{\fldrslt vu}}}}'
        for address in addresses for word in ("INCLUDEPICTURE", r"IN\'43LUDEPICTURE", r"{\b IN}CLUDEPICTURE", "INCLUDETEXT")
    )  # fmt: skip
    return (
        r"{\rtf1\ansi Bonjour "
        + fields
        + r"{\field{\fldinst INCLUDEPICTURE "
        + f'"{addresses[0]}"'
        + r"}{\fldrslt vu}}}"
    ).encode()


def workbook(columns: int, rows: int = 3) -> bytes:
    """A sheet with a word in each cell: « c12 » in the twelfth column."""

    def name(column: int) -> str:
        return (name((column - 1) // 26) if column > 26 else "") + chr(65 + (column - 1) % 26)

    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{name(each)}{row}" t="inlineStr"><is><t>c{each}</t></is></c>' for each in range(1, columns + 1))
        + "</row>" for row in range(1, rows + 1)
    )  # fmt: skip
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
        '"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": relations_of(inside("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations_of(inside("worksheet", "worksheets/sheet1.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}/relationships"><sheets>'
        '<sheet name="Suivi" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{cells}</sheetData></worksheet>',
    })  # fmt: skip
