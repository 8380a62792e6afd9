"""Assemble the candidature dossier of a label: narratives and evidence in, one numbered Word and PDF dossier out."""

__version__ = "0.1.0"
