"""The look of a Word template: from the file to a `Charter`."""

from assembler.readers.charter.parts import CharterError
from assembler.readers.charter.reading import read_charter

__all__ = ["CharterError", "read_charter"]
