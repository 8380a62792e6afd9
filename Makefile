# « make » seul explique tout. Chaque commande prépare elle-même ce qu’il lui faut dans .venv/, une seule fois.

PYTHON ?= python3
CONTENU ?= content
SORTIE ?= build
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
READY := .venv/.pret
READY_TO_TEST := .venv/.pret-tests
PIP := $(BIN)/python -m pip
QUIET := --quiet --disable-pip-version-check

aide:
	@echo "make dossier    construit le dossier définitif de $(CONTENU)/ dans $(SORTIE)/"
	@echo "                (CONTENU=dossier et SORTIE=dossier pour d’autres dossiers)"
	@echo "make brouillon  construit un brouillon, même s’il reste des erreurs"
	@echo "make verifier   contrôle la candidature sans rien écrire"
	@echo "make test       vérifie le programme lui-même"
	@echo "make check      vérifie aussi la forme du code, ses types et ses étages"
	@echo "make bench      mesure le programme à côté d’autres outils"
	@echo "make corpora    essaie le programme sur des fichiers réels ou hostiles venus d’ailleurs"
	@echo "make accept     réécrit les résultats attendus des tests"

dossier: $(READY)
	@$(BIN)/dossier build "$(CONTENU)" -o "$(SORTIE)"

brouillon: $(READY)
	@$(BIN)/dossier build "$(CONTENU)" -o "$(SORTIE)" --draft

verifier: $(READY)
	@$(BIN)/dossier check "$(CONTENU)"

test: $(READY_TO_TEST)
	@$(BIN)/python -m pytest -n auto

check: $(READY_TO_TEST)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n auto

bench: $(READY_TO_TEST)
	@$(BIN)/python tests/bench.py
	@$(BIN)/python tests/bench_evidence.py
	@$(BIN)/python tests/bench_network.py

corpora: $(READY_TO_TEST)
	@$(BIN)/python tests/corpora.py

accept: $(READY_TO_TEST)
	@ACCEPT=1 $(BIN)/python -m pytest tests

$(READY): .ci/requirements.txt pyproject.toml
	@echo "Préparation de .venv (une seule fois)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Il faut Python 3.11 ou plus récent."; exit 3; }
	@$(PYTHON) -m venv .venv
	@$(PIP) install $(QUIET) --require-hashes -r .ci/requirements.txt
	@$(PIP) install $(QUIET) --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(READY_TO_TEST): $(READY) .ci/requirements-dev.txt
	@echo "Préparation des outils de test (une seule fois)…"
	@$(PIP) install $(QUIET) --require-hashes -r .ci/requirements-dev.txt
	@touch $(READY_TO_TEST)

.PHONY: aide dossier brouillon verifier test check bench corpora accept
