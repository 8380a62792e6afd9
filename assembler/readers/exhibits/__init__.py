"""Evidence files: opened once, learnt once, prepared for the dossier; what was learnt is kept by fingerprint."""

from assembler.readers.exhibits.learn import Rules, learn, learn_pictures

__all__ = ["Rules", "learn", "learn_pictures"]
