"""From content to dossier, purely: merge, number, tie, cover."""

from assembler.assembly.assemble import assemble

__all__ = ["assemble"]
