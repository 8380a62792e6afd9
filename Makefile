# « make » seul explique tout. Chaque commande prépare elle-même ce qu’il lui faut dans .venv/, une seule fois.

PYTHON ?= python3
CONTENU ?= content
SORTIE ?= build
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
READY := .venv/.pret

aide:
	@echo "make dossier    construit le dossier définitif de $(CONTENU)/ dans $(SORTIE)/"
	@echo "                (CONTENU=dossier et SORTIE=dossier pour d’autres dossiers)"
	@echo "make brouillon  construit un brouillon, même s’il reste des erreurs"
	@echo "make verifier   contrôle la candidature sans rien écrire"
	@echo "make test       vérifie le programme lui-même"
	@echo "make check      vérifie aussi la forme du code, ses types et ses étages"
	@echo "make bench      mesure le programme à côté d’autres outils"
	@echo "make accept     réécrit les résultats attendus des tests"

dossier: $(READY)
	@$(BIN)/dossier build "$(CONTENU)" -o "$(SORTIE)"

brouillon: $(READY)
	@$(BIN)/dossier build "$(CONTENU)" -o "$(SORTIE)" --draft

verifier: $(READY)
	@$(BIN)/dossier check "$(CONTENU)"

test: $(READY)
	@$(BIN)/python -m pytest -n auto

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n auto

bench: $(READY)
	@$(BIN)/python tests/bench.py

accept: $(READY)
	@ACCEPT=1 $(BIN)/python -m pytest tests

$(READY): .ci/requirements.txt pyproject.toml
	@echo "Préparation de .venv (une seule fois)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent."; exit 3; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: aide dossier brouillon verifier test check bench accept
