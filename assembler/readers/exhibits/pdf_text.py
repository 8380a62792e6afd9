"""What a PDF says: its words, the personal numbers among them, and a second opinion on how many pages it has."""

from __future__ import annotations

import io

from assembler.model.personal import personal_numbers

_TEXT_LIMIT = 20_000
_TEXT_PAGES = 20
_MOST_FOUND = 5


def read_text(content: bytes) -> str:
    """The text layer of the first pages, read with pypdf; empty when it cannot be read."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        return "\n".join(page.extract_text() for page in reader.pages[:_TEXT_PAGES])[:_TEXT_LIMIT]
    except Exception:  # noqa: BLE001 - pypdf raises anything on odd files; no text is a finding, not a failure
        return ""


def count_pages(content: bytes) -> int | None:
    """How many pages pypdf counts; None when it cannot open the file."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        return None if reader.is_encrypted else len(reader.pages)
    except Exception:  # noqa: BLE001 - as above: a second opinion may be missing
        return None


def find_personal(content: bytes) -> tuple[str, ...]:
    """The personal numbers in the text of the pages, « INE, page 3 », the first few only."""
    import pypdfium2

    found: list[str] = []
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            for number, page in enumerate(pdf, 1):
                words = page.get_textpage().get_text_bounded()
                found += [f"{kind}, page {number}" for kind in personal_numbers(words)]
                if len(found) >= _MOST_FOUND:
                    break
    except Exception:  # noqa: BLE001 - a page pdfium cannot read is not searched
        return tuple(found)
    return tuple(found)
