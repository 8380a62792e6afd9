"""The few failures that no author of a candidature can mend in a file, each with its exit code."""

from __future__ import annotations

from typing import Any


class DossierError(Exception):
    """A failure told to the user as one French sentence.

    `code` names the sentence in `wording.py`; `values` fill its blanks; `exit_code` is the contract's. `findings` are those
    already made when the work had to stop.
    """

    exit_code = 4

    def __init__(self, code: str, findings: tuple[Any, ...] = (), **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.findings = findings
        self.values = values


class Unreadable(DossierError):
    """What the author wrote does not say enough to go on; the findings say why."""

    exit_code = 1


class Missing(DossierError):
    """A needed program, folder or template pack is not there."""

    exit_code = 3


class Refused(DossierError):
    """Going on would put somebody's files at risk."""

    exit_code = 5
