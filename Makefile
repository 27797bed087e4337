# Everything a developer runs, by name. `make check` is what has to pass.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

# Every test that there is, the slow ones too: -m on the command line replaces the choice in setup.cfg.
EVERYTHING = -m "slow or not slow"

.PHONY: check lint types layers test fast coverage mutations reference golden catalogues bench format

check: lint types layers test

$(BIN)/activate: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

# mypy and import-linter want the packages under the name they are installed by.
build/typed: $(BIN)/activate
	mkdir -p build/typed/zhengce
	for folder in cli corpus index; do ln -sfn ../../../$$folder build/typed/zhengce/$$folder; done

lint: $(BIN)/activate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: build/typed
	$(BIN)/mypy --config-file setup.cfg

layers: build/typed
	PYTHONPATH=build/typed $(BIN)/lint-imports --no-logo setup.cfg

test: $(BIN)/activate
	$(BIN)/python -m pytest

# What is asked between two edits: each part for itself, in less than a minute.
fast: $(BIN)/activate
	$(BIN)/python -m pytest -m "not slow and not integration"

# Every test, with the lines that none of them runs.
coverage: $(BIN)/activate
	$(BIN)/python -m pytest $(EVERYTHING) --cov --cov-report=term-missing

# How many small mistakes the tests would notice, in one module of each folder; takes an hour.
mutations: $(BIN)/activate
	$(BIN)/python tests/benchmarks/mutations.py

format: $(BIN)/activate
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Write the outputs and generated tables in the help topics and README anew; read the difference before committing it.
reference: $(BIN)/activate
	UPDATE_REFERENCE=1 $(BIN)/python -m pytest tests/test_help.py

# Write the golden outputs anew; read the difference before committing it.
golden: $(BIN)/activate
	UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/cli/test_golden.py

# Bring the catalogues of translations up to date with the source; then translate what is new in them, and run this again.
catalogues: $(BIN)/activate
	$(BIN)/python tests/catalogue.py

# Start-up times; with CORPUS=FOLDER also speed, size and exactness on that folder, beside other tools, updates of it, and
# exports.
bench: build/bench
	build/bench/bin/python tests/benchmarks/startup.py
	$(if $(CORPUS),build/bench/bin/python tests/benchmarks/speed.py $(CORPUS))
	$(if $(CORPUS),build/bench/bin/python tests/benchmarks/updates.py $(CORPUS))
	$(if $(CORPUS),build/bench/bin/python tests/benchmarks/exports.py $(CORPUS))

# As a user has it: to find the modules of an editable installation takes 30 ms of each search.
.PHONY: build/bench
build/bench:
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet '.[bench]'
