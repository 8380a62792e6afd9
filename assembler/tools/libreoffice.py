"""LibreOffice, when it is there: files it knows turned into PDF, and the pages of a Word file's bookmarks.

It runs on files that come from outside: in a profile of its own made for each run, macros and links off, no network,
killed with all its children when it takes too long.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from assembler.tools.programs import end_program, find_program

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_OPTIONS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_NOWHERE = "http://127.0.0.1:9"
_BOOKMARKS = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_BOOKMARKS_TIMEOUT = 300.0
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def find() -> Path | None:
    """The program, from `PATH` or where its installers put it; None when it is not on this computer."""
    for name in ("soffice", "libreoffice"):
        found = find_program(name)
        if found is not None:
            return found
    return next((place for place in map(Path, _PLACES) if place.is_absolute() and place.is_file()), None)


def convert(source: Path, target_folder: Path, *, timeout: float, to: str = "pdf") -> Path | None:
    """The file that LibreOffice made of `source` in `target_folder`; None when it is absent, failed, or took too long.

    `to` is a format of its `--convert-to`, « pdf » or « pdf:filter:options ».
    """
    program = find()
    if program is None:
        return None
    target = target_folder / f"{source.stem}.{to.partition(':')[0]}"
    with tempfile.TemporaryDirectory(prefix="dossier-office-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        _prepare(profile)
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--convert-to", to,
            "--outdir", str(target_folder),
            str(source.resolve()),
        ]  # fmt: skip
        if not _run(command, Path(folder), timeout):
            return None
    return target if target.is_file() and target.stat().st_size else None


def to_pdf(source: Path, *, timeout: float = 120.0) -> bytes | None:
    """`source` as PDF; None when LibreOffice is absent, failed, or took too long."""
    with tempfile.TemporaryDirectory(prefix="dossier-pdf-") as folder:
        made = convert(source, Path(folder), timeout=timeout)
        return None if made is None else made.read_bytes()


def bookmark_pages(docx: bytes) -> tuple[tuple[str, int], ...] | None:
    """The page, from 1, of every bookmark of a Word file as LibreOffice lays it out, sorted; None when that cannot be known."""
    with tempfile.TemporaryDirectory(prefix="dossier-pages-") as folder:
        source = Path(folder, "mesure.docx")
        source.write_bytes(docx)
        made = convert(source, Path(folder), timeout=_BOOKMARKS_TIMEOUT, to=_BOOKMARKS)
        if made is None:
            return None
        known = {_written(name): name for name in _bookmarks(docx)}
        pages = _destinations(made.read_bytes())
        return tuple(sorted((known[name], page) for name, page in pages if name in known)) or None


def _prepare(profile: Path) -> None:
    user = profile / "user"
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _OPTIONS)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


def _run(command: list[str], folder: Path, timeout: float) -> bool:
    """Whether the command ended well in time. Its output goes nowhere: a pipe would be kept open by its children."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    environment = {**os.environ, **proxies, "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment.pop("no_proxy", None)
    environment.pop("NO_PROXY", None)
    windows = sys.platform == "win32"
    try:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            start_new_session=not windows,
        )
    except OSError:
        return False
    try:
        return process.wait(timeout) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        end_program(process)


def _bookmarks(docx: bytes) -> set[str]:
    # Imported here: only this needs it.
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(docx)) as archive:
            content = archive.read("word/document.xml")
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return set()
    return {str(start.get(f"{{{_W}}}name")) for start in tree.iter(f"{{{_W}}}bookmarkStart")}


def _written(bookmark: str) -> str:
    """A bookmark's name as LibreOffice writes it in a PDF: whatever is no ASCII letter, digit or hyphen, in hexadecimal."""
    units = bookmark.encode("utf-16-be")
    made = []
    for high, low in zip(units[::2], units[1::2], strict=True):
        sign = chr(high << 8 | low)
        plain = sign.isascii() and (sign.isalnum() or sign == "-")
        made.append(sign if plain else (f"{high:02X}" if high else "") + f"{low:02X}")
    return "".join(made)


def _destinations(pdf: bytes) -> list[tuple[str, int]]:
    # Imported here: pypdf takes a quarter of a second, and only this needs it.
    from pypdf import PdfReader

    found = []
    try:
        reader = PdfReader(BytesIO(pdf))
        pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(reader.pages, 1)
            if page.indirect_reference
        }
        for name, destination in reader.named_destinations.items():
            number = pages.get(getattr(destination.page, "idnum", -1))
            if number is not None:
                found.append((name.lstrip("/"), number))
    except Exception:  # noqa: BLE001 - pypdf raises many kinds on an odd file, and pages are then simply unknown
        return []
    return found
