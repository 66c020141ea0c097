# Everything a newcomer needs: `make demo` and `make test`. The rest is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test test-slow lint format bench docs screenshots lock clean

demo: $(VENV)/.app
	$(BIN)/commonplace demo

test: $(VENV)/.dev
	$(BIN)/pytest -n auto -q -m "not slow"

test-slow: $(VENV)/.dev
	$(BIN)/pytest -n auto -q

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.bench
	$(BIN)/python -m bench

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

screenshots: $(VENV)/.dev
	$(BIN)/python docs/screenshots.py

# The lock is a list of constraints: versions only, for whatever index pip is set up to use.
$(VENV)/.app: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint requirements.lock --editable .
	touch $@

$(VENV)/.dev: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint requirements.lock --editable '.[dev]'
	touch $(VENV)/.app $@

# What readers are measured against.
$(VENV)/.bench: $(VENV)/.dev
	$(PIP) install --constraint requirements.lock --editable '.[bench]'
	touch $@

lock:
	$(BIN)/python -m pip --disable-pip-version-check freeze --exclude-editable --exclude commonplace \
	  | sort --ignore-case > requirements.lock

clean:
	rm -rf $(VENV) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
