"""Strings as PDF writes them (ISO 32000-1, 7.9.2)."""

from __future__ import annotations

import string
from urllib.parse import quote


def text_string(text: str) -> bytes:
    """A text that is shown: UTF-16 with its mark, in hexadecimal."""
    return b"<feff%b>" % text.encode("utf-16-be", "replace").hex().encode()


def address_string(url: str) -> bytes:
    """A web address: seven bits only, the rest escaped by hundredths as browsers do."""
    plain = quote(url, safe=string.ascii_letters + string.digits + "%!#$&'*+,-./:;=?@[]_~|^`{}")
    return b"(%b)" % plain.encode("ascii")
