"""From bytes to clean text, and the front matter parted from the body."""

from __future__ import annotations

import codecs

import pytest

from assembler.model.finding import Severity
from assembler.readers.narrative import decode, split_front_matter


@pytest.mark.parametrize("raw", ["été".encode(), codecs.BOM_UTF8 + "été".encode(), "e\u0301te\u0301".encode()])
def test_utf_8_is_read_with_or_without_its_mark_in_one_normal_form(raw: bytes) -> None:
    assert decode(raw, "a.md") == ("été", ())


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_converted_and_said(encoding: str) -> None:
    text, findings = decode("cœur – été".encode(encoding), "a.md")
    assert text == "cœur – été"
    assert [(finding.code, finding.severity) for finding in findings] == [("encoding-converted", Severity.WARNING)]


def test_every_byte_of_windows_is_read() -> None:
    text, _ = decode(bytes(range(0x80, 0x100)), "a.md")
    assert len(text) == 0x80 - 1, "the soft hyphen goes, bytes Windows does not know show as \ufffd"
    assert text.count("\ufffd") == 5


def test_line_ends_are_one_and_breaks_of_word_do_not_move_lines() -> None:
    text, _ = decode("a\r\nb\rc\x0bd\u2028e\x0cf".encode(), "a.md")
    assert text == "a\nb\nc<br>d<br>e f"


def test_what_xml_forbids_and_what_we_use_as_marks_is_gone() -> None:
    text, _ = decode("a\x00b\x08c\ue000d\ue003e\ufeff\ufffff\u200b".encode(), "a.md")
    assert text == "abcdef"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nattendus: {}\n---\n# T", ("attendus: {}", "# T", 4, 2)),
        ("---\n---\nx", ("", "x", 3, 2)),
        ("--- \na: 1\n---", ("a: 1", "", 4, 2)),
        ("\n\n---\nattendus: {}\n---\nx", ("attendus: {}", "x", 6, 4)),
        (
            "<!-- un\n  ---\n  attendus: x\n  ---\n-->\n\n  ---\n  attendus: {}\n  ---\nx",
            ("  attendus: {}", "x", 10, 8),
        ),
        ("<!-- a -->\n---\nmotif: x\nstatut: sans-objet\n---\n", ("motif: x\nstatut: sans-objet", "", 6, 3)),
        ("<!-- a --> texte\n---\nattendus: {}\n---\n", (None, "<!-- a --> texte\n---\nattendus: {}\n---\n", 1, 1)),
        ("<!-- jamais\n---\nattendus: {}\n---", (None, "<!-- jamais\n---\nattendus: {}\n---", 1, 1)),
        ("\n---\na\n---\n", (None, "\n---\na\n---\n", 1, 1)),
        ("---\nnever closed", (None, "---\nnever closed", 1, 1)),
        ("", (None, "", 1, 1)),
    ],
)
def test_front_matter_stands_between_two_lines_of_dashes_at_the_top_under_comments_alone(
    text: str, expected: tuple[str | None, str, int, int]
) -> None:
    assert split_front_matter(text) == expected
