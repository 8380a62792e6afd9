"""Workbooks: every column of a sheet on the page's width, unless its author set the page up."""

from __future__ import annotations

from assembler.readers.exhibits.archive import Archive

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PAGE_CHARACTERS = 130
_UNREADABLE_CHARACTERS = 420
_DEFAULT_WIDTH = 9.0
# What comes before pageSetup in a worksheet, so that it lands where the format wants it.
_BEFORE_SETUP = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
)  # fmt: skip


def fit_to_width(archive: Archive) -> tuple[Archive, bool]:
    """The workbook with its sheets fitted to the width of the page; whether one is so wide that it will be hard to read."""
    small = False
    parts = []
    for name, content in archive.parts:
        if name.startswith("xl/worksheets/sheet") and name.endswith(".xml"):
            content, wide = _fit(content)
            small = small or wide
        parts.append((name, content))
    return Archive(tuple(parts), archive.removed), small


def _fit(content: bytes) -> tuple[bytes, bool]:
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return content, False
    width = _width(root)
    properties = root.find(f"{{{_MAIN}}}sheetPr")
    setup = root.find(f"{{{_MAIN}}}pageSetup")
    asked = None if properties is None else properties.find(f"{{{_MAIN}}}pageSetUpPr")
    fitted = asked is not None and asked.get("fitToPage") in ("1", "true")
    scaled = setup is not None and setup.get("scale", "100") != "100"  # some programs always write what is the default
    if width <= _PAGE_CHARACTERS * 0.6 or fitted or scaled:
        return content, False
    if properties is None:
        properties = etree.Element(f"{{{_MAIN}}}sheetPr")
        root.insert(0, properties)
    if asked is None:
        asked = etree.SubElement(properties, f"{{{_MAIN}}}pageSetUpPr")
    asked.set("fitToPage", "1")
    if setup is None:
        setup = etree.Element(f"{{{_MAIN}}}pageSetup")
        before = [index for index, each in enumerate(root) if etree.QName(each).localname in _BEFORE_SETUP]
        root.insert(max(before, default=-1) + 1, setup)
    setup.set("orientation", "landscape")
    setup.set("fitToWidth", "1")
    setup.set("fitToHeight", "0")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made, width > _UNREADABLE_CHARACTERS


def _width(root: object) -> float:
    """The width of the used columns, in characters."""
    from lxml import etree

    assert isinstance(root, etree._Element)
    last = 0
    for row in root.iter(f"{{{_MAIN}}}row"):
        cells = row.findall(f"{{{_MAIN}}}c")
        if cells:
            last = max(last, _column(cells[-1].get("r", "")) or len(cells))
    widths = dict.fromkeys(range(1, min(last, 2_000) + 1), _DEFAULT_WIDTH)
    for columns in root.iter(f"{{{_MAIN}}}col"):
        first, final = int(columns.get("min", "1")), int(columns.get("max", "1"))
        for column in range(first, min(final, last) + 1):
            hidden = columns.get("hidden") in ("1", "true")
            widths[column] = 0.0 if hidden else float(columns.get("width", _DEFAULT_WIDTH))
    return sum(widths.values())


def _column(reference: str) -> int:
    """The number of the column of « BC12 »; 0 when there is none."""
    number = 0
    for character in reference:
        if not character.isalpha():
            break
        number = number * 26 + ord(character.upper()) - 64
    return number
