"""E-mails as evidence: their words, what came with them, and nothing left out without a word on the page."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pikepdf
import pypdfium2
import pytest

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.mail import mail_to_pdf
from assembler.readers.exhibits.pdf import Unusable

SMALL = b"\x89PNG" + b"\0" * 500
LARGE = b"\x89PNG" + b"\0" * 50_000


def blank(content: bytes, suffix: str) -> bytes:
    """A page for whatever is attached, but for .exe."""
    if suffix == ".exe" or not content:
        raise Unusable(Absence.UNKNOWN_KIND, suffix)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()


def read(content: bytes) -> tuple[str, int, tuple[str, ...]]:
    """The words of the message's own pages, how many pages follow, and what is missing."""
    made, missing = mail_to_pdf(content, blank)
    with pypdfium2.PdfDocument(made) as pdf:
        words = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    return " ".join(filter(None, words)), words.count(""), missing


def message(text: str = "Bonjour à tous.") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "ada@exemple.fr", "Réunion"
    made.set_content(text)
    return made


def attach(made: EmailMessage, *names: str) -> EmailMessage:
    for name in names:
        made.add_attachment(b"%PDF-1.7", maintype="application", subtype="octet-stream", filename=name)
    return made


def test_a_message_is_read_with_its_fields() -> None:
    words, others, missing = read(message().as_bytes())
    assert words == "De ada@exemple.fr Objet Réunion Bonjour à tous."
    assert (others, missing) == (0, ())


def test_an_attachment_that_cannot_be_shown_is_named_on_the_page_and_said() -> None:
    words, others, missing = read(attach(message(), "a.pdf", "virus.exe").as_bytes())
    assert "a.pdf, virus.exe (non jointe au dossier)" in words
    assert (others, missing) == (1, ("mail-attachments",))


def test_attachments_after_the_fiftieth_are_named_on_the_page_and_said() -> None:
    words, others, missing = read(attach(message(), *(f"{nth}.pdf" for nth in range(1, 53))).as_bytes())
    assert "50.pdf, 51.pdf (non jointe au dossier), 52.pdf (non jointe au dossier)" in words
    assert (others, missing) == (50, ("mail-attachments",))


def test_names_without_end_are_counted() -> None:
    words, _, _ = read(attach(message(), *(f"{nth}.exe" for nth in range(1, 204))).as_bytes())
    assert "200.exe (non jointe au dossier), 3 autres (non jointes au dossier)" in words
    assert "201.exe" not in words


@pytest.mark.parametrize(("signs", "long"), [(200_000, False), (200_001, True)])
def test_a_text_too_long_is_cut_where_the_page_says_so(signs: int, long: bool) -> None:
    words, _, missing = read(message(("mot " * 50 + "\n") * (signs // 201) + "x" * (signs % 201 - 1)).as_bytes())
    assert ("la suite de son texte n’est pas jointe" in words) == long
    assert missing == (("mail-text",) if long else ())


def test_a_field_too_long_is_cut_too() -> None:
    made = message()
    made["To"] = ", ".join(f"membre{nth}@exemple.fr" for nth in range(500))
    words, _, missing = read(made.as_bytes())
    assert "membre0@exemple.fr" in words
    assert missing == ("mail-text",)


def test_a_picture_in_the_words_is_a_page_unless_it_is_a_logo() -> None:
    made = message()
    made.add_alternative("<p>Bonjour <img src='cid:a'></p>", subtype="html")
    page = made.get_payload()[1]  # type: ignore[index]
    for name, content in (("photo.png", LARGE), ("logo.png", SMALL)):
        page.add_related(content, maintype="image", subtype="png", cid=f"<{name}>", filename=name)  # type: ignore[union-attr]
    words, others, missing = read(attach(made, "a.pdf").as_bytes())
    assert "photo.png, logo.png (petite image du message, non jointe), a.pdf" in words
    assert words.count("Bonjour") == 1
    assert (others, missing) == (2, ())


APPLE = b"""\
From: ada@exemple.fr
Content-Type: multipart/alternative; boundary=A

--A
Content-Type: text/plain; charset=utf-8

Voici le bilan.
--A
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/html

<p>Voici le bilan.</p>
--B
Content-Type: application/pdf; name=bilan.pdf
Content-Disposition: inline; filename=bilan.pdf

%PDF-1.7
--B
Content-Type: text/html

<p>Ada</p>
--B--
--A--
"""


def test_a_file_set_among_the_words_is_not_lost() -> None:
    words, others, missing = read(APPLE)
    assert words == "De ada@exemple.fr Pièces jointes bilan.pdf Voici le bilan."
    assert (others, missing) == (1, ())


def test_words_after_a_picture_are_read() -> None:
    made = attach(message("Avant."), "a.pdf")
    after = EmailMessage()
    after.set_content("Après.")
    made.attach(after)
    assert read(made.as_bytes())[0].endswith("Avant. Après.")


def test_a_message_within_a_message_is_named() -> None:
    made = message()
    made.add_attachment(message("Ancien."))
    words, _, missing = read(made.as_bytes())
    assert "pièce jointe sans nom (non jointe au dossier)" in words
    assert missing == ("mail-attachments",)


PAGES = {
    "a head never closed": ("<html><head><title>Titre</title><style>p {}</style><body><p>Bonjour", "Bonjour"),
    "a program": ("<p>Bonjour</p><script>alert(1)</script>", "Bonjour"),
    "an entity at the end": ("<p>Bonjour &amp", "Bonjour &"),
}


@pytest.mark.parametrize("what", PAGES)
def test_the_visible_words_of_a_page_are_read(what: str) -> None:
    page, words = PAGES[what]
    made = message()
    made.set_content(page, subtype="html")
    assert read(made.as_bytes())[0] == f"De ada@exemple.fr Objet Réunion {words}"


ODD = {
    "Latin letters in a field that says nothing": b"From: Ad\xe9 <a@exemple.fr>\n\nBonjour.",
    "a character set that is none": b"From: a@exemple.fr\nContent-Type: text/plain; charset=x-inconnu\n\nBonjour.",
    "Latin letters called Unicode": b"From: a@exemple.fr\nContent-Type: text/plain; charset=utf-8\n\nBonjour. \xe9",
    "words that look like code": b'From: a@exemple.fr\n\nBonjour. #eval("1") $x$ \\ <a> @b',
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_message_is_read_all_the_same(what: str) -> None:
    assert "Bonjour." in read(ODD[what])[0]


@pytest.mark.parametrize("content", [b"", b"\0" * 500, b"X-Rien: rien\n\n"])
def test_what_holds_no_message_is_refused(content: bytes) -> None:
    with pytest.raises(Unusable) as caught:
        mail_to_pdf(content, blank)
    assert caught.value.absence is Absence.BROKEN
