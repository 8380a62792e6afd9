"""E-mails: a readable page, then their attachments as following pages."""

from __future__ import annotations

import email
import email.policy
import html.parser
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from email.message import EmailMessage, MIMEPart
from pathlib import Path

import pikepdf

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

_LAYOUT = Path(__file__).with_name("mail.typ")
_MAX_ATTACHMENTS = 50
_MAX_NAMES = 200
_MAX_TEXT = 200_000
_MAX_FIELD = 5_000
_DECORATION = 10_000  # bytes under which a picture set in the words is a logo or an icon
_FIELDS = (("From", "De"), ("To", "À"), ("Cc", "Copie"), ("Date", "Date"), ("Subject", "Objet"))
_BLOCKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"}
_HIDDEN = {"script", "style", "title"}


@dataclass(frozen=True, slots=True)
class _Attached:
    """An attachment by name; `shown` is `yes`, `no`, or `small` for what only decorates the message."""

    name: str
    shown: str


def mail_to_pdf(content: bytes, as_pdf: Callable[[bytes, str], bytes]) -> tuple[bytes, tuple[str, ...]]:
    """The message and its attachments as one PDF, and what of it is not there; its page says so too. Raises `Unusable`.

    `as_pdf` turns an attachment (content, suffix) into PDF or raises. What is not there: `mail-text`, the end of a very
    long text; `mail-attachments`, those that cannot be shown or come after the fiftieth.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        fields = [(label, str(message.get(name, ""))) for name, label in _FIELDS]
        body, parts = _read(message)
    except Exception as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault
    if not parts and not any(value for _, value in fields) and not any(map(str.isalnum, body)):
        raise Unusable(Absence.BROKEN, "message vide")
    shown, attached = _attach(parts, as_pdf)
    long = len(body) > _MAX_TEXT or any(len(value) > _MAX_FIELD for _, value in fields)
    page = _page({
        "fields": [(label, value[:_MAX_FIELD]) for label, value in fields], "body": body[:_MAX_TEXT], "long": long,
        "attachments": [asdict(each) for each in attached[:_MAX_NAMES]], "others": max(len(attached) - _MAX_NAMES, 0),
    })  # fmt: skip
    with pikepdf.open(io.BytesIO(page)) as pdf:
        for each in shown:
            with pikepdf.open(io.BytesIO(each)) as pages:
                pdf.pages.extend(pages.pages)
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    missing = {"mail-text": long, "mail-attachments": any(each.shown == "no" for each in attached)}
    return output.getvalue(), tuple(code for code, there in missing.items() if there)


def _read(message: EmailMessage) -> tuple[str, list[MIMEPart]]:
    """The words of the message, and the parts that came with them."""
    forms = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    main = next((form for form in forms if form is not None and _text(form).strip()), None)
    texts, parts = [], []
    for part in _leaves(message, main, one_of=False):
        words = part.get_content_type() in ("text/plain", "text/html")
        if part is main or (words and part.get_filename() is None and not part.is_attachment()):
            texts.append(_text(part))
        else:
            parts.append(part)
    return "\n".join(texts), parts


def _leaves(part: MIMEPart, main: MIMEPart | None, *, one_of: bool) -> Iterator[MIMEPart]:
    """Every part that holds no other, in order, but the other forms of the same words; `one_of` such forms is `part`."""
    if part.get_content_maintype() == "multipart":
        for each in part.iter_parts():
            yield from _leaves(each, main, one_of=one_of or part.get_content_subtype() == "alternative")
    elif part is main or not one_of or part.get_content_maintype() != "text" or part.is_attachment():
        yield part


def _attach(parts: list[MIMEPart], as_pdf: Callable[[bytes, str], bytes]) -> tuple[list[bytes], list[_Attached]]:
    """The attachments that can be shown, and each by its name."""
    shown: list[bytes] = []
    attached = []
    for part in parts:
        name = part.get_filename() or "pièce jointe sans nom"
        payload = part.get_payload(decode=True)
        held = payload if isinstance(payload, bytes) else b""
        if part.get_content_maintype() == "image" and "Content-ID" in part and 0 < len(held) < _DECORATION:
            attached.append(_Attached(name, "small"))
            continue
        try:
            if len(shown) == _MAX_ATTACHMENTS:
                raise Unusable(Absence.TOO_LARGE)
            shown.append(as_pdf(held, Path(name).suffix.lower()))
            attached.append(_Attached(name, "yes"))
        except Exception:  # noqa: BLE001 - one bad attachment is named on the page; the rest is shown
            attached.append(_Attached(name, "no"))
    return shown, attached


def _page(told: dict[str, object]) -> bytes:
    import typst

    sound = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()
    made = typst.compile(_LAYOUT.read_bytes(), sys_inputs={"message": sound}, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise Unusable(Absence.BROKEN, "message")
    return made


def _text(part: MIMEPart) -> str:
    try:
        text = str(part.get_content())
    except LookupError:  # a character set that is none
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _words(text) if part.get_content_subtype() == "html" else text


class _Words(html.parser.HTMLParser):
    """The visible words of a page, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN

    def handle_data(self, data: str) -> None:
        if self._hidden <= 0:
            self.words.append(" ".join(data.split()) + " " if data.strip() else " ")


def _words(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n") if line.strip())
