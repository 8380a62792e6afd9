"""A child that does what its jobs say: `python -m saboteurs.moody`."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from assembler.tools.child import limit_memory


def main() -> None:
    limit_memory(1_000_000_000, 1_000_000_000)
    for line in sys.stdin:
        job = json.loads(line)
        match job["mood"]:
            case "hang":
                time.sleep(600)
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "leave":
                sys.exit(0)
            case "swell":
                held = [bytearray(50_000_000) for _ in range(100)]
                del held
            case "babble":
                tell("ceci n’est pas du JSON")
            case "list":
                tell("[]")
            case _:
                tell(json.dumps({"done": job["name"]}))


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
