"""What kind of file this is, by its first bytes rather than by its name."""

from __future__ import annotations

OFFICE = frozenset({
    ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".csv", ".ppt", ".pptx", ".odp", ".odg", ".txt",
})  # fmt: skip
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"BM")
_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def kind_of(head: bytes, suffix: str) -> str:
    """`pdf`, `image`, `office`, `mail` or `unknown`, from the first 1,024 bytes and the name's suffix in lower case."""
    if b"%PDF-" in head:
        return "pdf"
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if head.startswith(_IMAGES) or webp or (head[4:8] == b"ftyp" and head[8:12] in _BRANDS):
        return "image"
    if suffix in OFFICE:
        return "office"
    if suffix == ".eml":
        return "mail"
    return "pdf" if suffix == ".pdf" else "unknown"
