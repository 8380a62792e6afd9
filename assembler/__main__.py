"""`python -m assembler`: the same program as `dossier`, where the scripts folder is not on PATH."""

from assembler.cli import main

main()
