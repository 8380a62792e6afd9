"""From dossier to files, one package a format."""
