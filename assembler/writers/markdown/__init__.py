"""Blocks as the Markdown that authors write, and that our reader reads back as the same blocks."""

from __future__ import annotations

from assembler.writers.markdown.blocks import write_item, write_markdown, write_row
from assembler.writers.markdown.inlines import Notation, write_line, write_text

__all__ = ["Notation", "write_item", "write_line", "write_markdown", "write_row", "write_text"]
