"""E-mails: a readable page, then their attachments as following pages."""

from __future__ import annotations

import email
import email.policy
import html.parser
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pikepdf

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

_LAYOUT = Path(__file__).with_name("mail.typ")
_MAX_ATTACHMENTS = 50
_MAX_TEXT = 200_000
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"}


def mail_to_pdf(content: bytes, as_pdf: Callable[[bytes, str], bytes]) -> tuple[bytes, tuple[str, ...]]:
    """The message and its attachments as one PDF; `as_pdf` turns an attachment (content, suffix) into PDF or raises.

    An attachment that cannot be shown is named on the message's page. Raises `Unusable`.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        attachments = list(message.iter_attachments())[:_MAX_ATTACHMENTS]
        fields = [(label, str(message.get(name, ""))) for name, label in _FIELDS]
        body = _body(message)
    except Exception as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault
    if not any(value for _, value in fields) and not body.strip():
        raise Unusable(Absence.BROKEN, "message vide")
    shown, names = _attachments(attachments, as_pdf)
    page = _page({"fields": fields, "body": body[:_MAX_TEXT], "attachments": names})
    with pikepdf.open(io.BytesIO(page)) as pdf:
        for each in shown:
            with pikepdf.open(io.BytesIO(each)) as attached:
                pdf.pages.extend(attached.pages)
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    return output.getvalue(), ()


_FIELDS = (("From", "De"), ("To", "À"), ("Cc", "Copie"), ("Date", "Date"), ("Subject", "Objet"))


def _attachments(
    attachments: list[EmailMessage], as_pdf: Callable[[bytes, str], bytes]
) -> tuple[list[bytes], list[tuple[str, bool]]]:
    """The attachments that can be shown, and the name of each with whether it is."""
    shown, names = [], []
    for attachment in attachments:
        name = attachment.get_filename() or "pièce jointe sans nom"
        try:
            payload = attachment.get_payload(decode=True)
            shown.append(as_pdf(payload if isinstance(payload, bytes) else b"", Path(name).suffix.lower()))
            names.append((name, True))
        except Exception:  # noqa: BLE001 - one bad attachment is named on the page; the rest is shown
            names.append((name, False))
    return shown, names


def _page(told: dict[str, object]) -> bytes:
    import typst

    made = typst.compile(_LAYOUT.read_bytes(), sys_inputs={"message": json.dumps(told)}, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise Unusable(Absence.BROKEN, "message")
    return made


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())
    return _words(text) if part.get_content_subtype() == "html" else text


class _Words(html.parser.HTMLParser):
    """The visible words of a page, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in ("script", "style", "head")
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "head")

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.words.append(" ".join(data.split()) + " " if data.strip() else " ")


def _words(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n") if line.strip())
