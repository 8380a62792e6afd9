"""Word, OpenDocument and Excel exhibits, from plain texts and tables."""

import csv
import re
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

AUTHOR = "Lycée polyvalent Hortense-Exemple"
MADE = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 (Office properties carry no time zone)
ZIP_DATE = (2026, 1, 5, 9, 0, 0)
CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?")
SESSION = re.compile(rb'(config:name="Rsid(?:Root)?"[^>]*>)\d+<')


def write_docx(source: Path, target: Path) -> None:
    """Write a light markup (« # », « ## », « - », « 1. », « | a | b | ») as a Word document."""
    document = Document()
    document.core_properties.author, document.core_properties.comments = AUTHOR, ""
    document.core_properties.language = "fr-FR"
    document.core_properties.created = document.core_properties.modified = MADE
    rows: list[list[str]] = []
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("| ").split("|")])
            continue
        _add_table(document, rows)
        rows = []
        _add_line(document, line)
    _add_table(document, rows)
    document.core_properties.title = document.paragraphs[0].text
    document.save(str(target))
    _settle(target)


def write_odt(source: Path, target: Path) -> None:
    """The same markup as an OpenDocument text, converted by LibreOffice (`soffice` must be on the path)."""
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{target.stem}.docx"
        write_docx(source, word)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", folder, str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.write_bytes(word.with_suffix(".odt").read_bytes())
    _settle(target)


def write_xlsx(folder: Path, target: Path) -> None:
    """Write the CSV files of `folder` (« 1 Titre.csv ») as the sheets of a workbook, numbers as numbers."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = AUTHOR
    book.properties.created = book.properties.modified = MADE
    for table in sorted(folder.glob("*.csv")):
        sheet = book.create_sheet(table.stem.split(" ", 1)[1])
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter=";"))
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
        for cell in sheet[1]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="D9E4F0")
        for column, cells in enumerate(zip(*rows, strict=True), start=1):
            sheet.column_dimensions[get_column_letter(column)].width = min(60, max(len(cell) for cell in cells) + 3)
        sheet.freeze_panes = "B2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    book.save(target)
    _settle(target)


def _add_line(document: WordDocument, line: str) -> None:
    match line.split(" ", 1):
        case ["#", title]:
            document.add_heading(title, level=1)
        case ["##", title]:
            document.add_heading(title, level=2)
        case ["-", item]:
            document.add_paragraph(item, style="List Bullet")
        case [number, item] if number.rstrip(".").isdigit() and number.endswith("."):
            document.add_paragraph(item, style="List Number")
        case _:
            document.add_paragraph(line)


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _settle(path: Path) -> None:
    """Write the archive again with one date and one session number: Office files carry those of their making."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries:
            fixed = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            fixed.compress_type, fixed.external_attr = entry.compress_type, 0o644 << 16
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                content = CLOCK.sub(b"2026-01-05T09:00:00Z", content)
            archive.writestr(fixed, SESSION.sub(rb"\g<1>1<", content) if entry.filename == "settings.xml" else content)
