"""Programs of this computer: found on `PATH` only, and ended with all they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

# On Windows, scripts (.bat, .cmd) read their arguments as a shell does: only true programs are run.
_ENDINGS = (".com", ".exe") if sys.platform == "win32" else ("",)


def find_program(name: str, endings: tuple[str, ...] = _ENDINGS) -> Path | None:
    """The program of that name, from the absolute folders of `PATH`; never from the folder the user stands in.

    `shutil.which` looks there first on Windows, and everywhere for an empty or relative entry: a candidature could
    bring its own.
    """
    for folder in map(Path, os.get_exec_path()):
        for found in (folder / f"{name}{ending}" for ending in endings):
            if folder.is_absolute() and found.is_file() and os.access(found, os.X_OK):
                return found
    return None


def end_program(process: subprocess.Popen[bytes]) -> None:
    """Stop the process, started in a session of its own, with all it started; nothing where it has ended."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        program = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "taskkill.exe")
        tree = [str(program), "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603 - our own command
    process.wait()
