"""What kind of file this is, by its first bytes rather than by its name."""

from __future__ import annotations

from pathlib import Path

from assembler.readers.files import read_head

OFFICE = frozenset({
    ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".odg", ".txt",
})  # fmt: skip
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")


def kind_of(path: Path) -> str:
    """`pdf`, `image`, `office` or `unknown`."""
    head = read_head(path, 1024)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if path.suffix.lower() in OFFICE:
        return "office"
    return "pdf" if path.suffix.lower() == ".pdf" else "unknown"
