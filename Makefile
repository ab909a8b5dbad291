# What a newcomer needs: `make demo` and `make test`. Python 3.11 and make are enough for both.
PYTHON ?= python3
PORT ?= 8000
DATA ?= var/demo
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test test-postgresql test-browser lint format assets messages shots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/.installed: pyproject.toml frontend/package-lock.json frontend/hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (the first time this downloads about 150 MB) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

demo: $(VENV)/.installed ## the whole product with demo data on http://127.0.0.1:$(PORT)
	@$(BIN)/yinxian demo --port $(PORT) --data $(DATA)

test: $(VENV)/.installed-dev ## the whole suite on SQLite
	@$(BIN)/python -m pytest -n auto --dist loadgroup

test-postgresql: $(VENV)/.installed-dev ## the suite on PostgreSQL, but for what is not about the database (the wheel, the look of pages); give DATABASE_URL
	@test -n "$(DATABASE_URL)" || { echo "Give a server: make test-postgresql DATABASE_URL=postgresql://user@host/name"; exit 1; }
	@DATABASE_URL=$(DATABASE_URL) $(BIN)/python -m pytest -n auto --dist loadgroup -m "not wheel and not once"

test-browser: $(VENV)/.installed-dev ## the browser tests; need Chromium
	@$(BIN)/python -m pytest -m browser

lint: $(VENV)/.installed-dev ## ruff, mypy, import-linter, templates, messages
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet src/yinxian
	@$(BIN)/python -m tools.messages check

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

assets: $(VENV)/.installed-dev ## bundle the front end again
	@$(BIN)/python frontend/hatch_build.py

messages: $(VENV)/.installed-dev ## collect new strings into the catalogues
	@$(BIN)/python -m tools.messages extract

shots: $(VENV)/.installed-dev ## the pictures of the README, from a running demo
	@$(BIN)/python tools/readme_pictures.py

clean: ## remove what was built
	@rm -rf $(VENV) var dist src/yinxian/assets frontend/node_modules
