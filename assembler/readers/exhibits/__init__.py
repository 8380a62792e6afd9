"""Evidence files: opened once, learnt once, prepared for the dossier; what was learnt is kept by fingerprint."""

from assembler.readers.exhibits.learn import learn, learn_pictures

__all__ = ["learn", "learn_pictures"]
