"""The few failures that no author of a candidature can mend in a file, each with its exit code."""

from __future__ import annotations


class DossierError(Exception):
    """A failure told to the user as one French sentence.

    `code` names the sentence in `wording.py`; `values` fill its blanks; `exit_code` is the contract's.
    """

    exit_code = 4

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Missing(DossierError):
    """A needed program, folder or template pack is not there."""

    exit_code = 3


class Refused(DossierError):
    """Going on would put somebody's files at risk."""

    exit_code = 5
