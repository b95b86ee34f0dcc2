# Two commands on a fresh machine:  make run   (raw files to report)   make test   (proof that it works)
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
PY := $(BIN)/python
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where it is set, every job compiles pandas again: 5 s an import instead of 0.8 s.
unexport PYTHONDONTWRITEBYTECODE
export LFS_REFERENCE_DATA ?= $(CURDIR)/../shared/data
RULES = Snakefile workflow/rules/*.smk
CODE = src tests benchmarks
# Tests run in as many processes as there are cores; those that share what they make stay together (tests/conftest.py).
AT_ONCE = -n auto --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test test-full check lint fix bench coverage reference lock clean

help:
	@echo "make run        raw files to report and workbook, in reports/"
	@echo "make test       all tests that need nothing beside this clone"
	@echo "make test-full  the same, and those against R, svy and real microdata (LFS_REFERENCE_DATA)"
	@echo "make check      make lint, then make test"
	@echo "make lint       format, lint, types, who imports whom, stripped notebooks"
	@echo "make fix        format and mend what the linter can mend"
	@echo "make bench      time and memory, beside R survey and svy, into benchmarks/latest.json"
	@echo "make coverage   a thousand samples: how often the limits hold the truth, into docs/coverage.md"
	@echo "make reference  golden numbers again from R, and what changed"
	@echo "make lock       write the lock again from pyproject.toml (needs uv)"
	@echo "make clean      remove results and caches, never data/raw or reports of other surveys"

run: $(VENV)/.ready
	$(PY) -m snakemake

test: $(VENV)/.ready
	$(PY) -m pytest $(AT_ONCE) -m "not full"

# TESTS="-m full" leaves out what `make test` runs.
test-full: $(VENV)/.oracle
	$(PY) -m pytest $(AT_ONCE) $(TESTS)

check: lint test

lint: $(VENV)/.ready
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m ruff check $(CODE)
	$(BIN)/snakefmt --check $(RULES)
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m nbstripout --keep-id --verify $(wildcard notebooks/*.ipynb)

fix: $(VENV)/.ready
	$(PY) -m ruff format $(CODE)
	$(PY) -m ruff check --fix $(CODE)
	$(BIN)/snakefmt $(RULES)

bench: $(VENV)/.oracle
	$(PY) -m benchmarks

# One thread a process: the processes share the cores.
coverage: $(VENV)/.ready
	OPENBLAS_NUM_THREADS=1 $(PY) -m benchmarks.coverage

reference: $(VENV)/.ready
	$(PY) -m tests.reference

lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate -c requirements.lock --group pyproject.toml:oracle -o requirements-oracle.lock

clean:
	$(PYTHON) -c "import pathlib, shutil; [shutil.rmtree(p) if p.is_dir() else p.unlink() for d in ('data/processed', 'reports') for p in pathlib.Path(d).glob('*') if p.name != 'README.md']"
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('data/raw/synthetic', 'logs', '.snakemake', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.import_linter_cache', '.hypothesis')]"

# The environment is made anew when the lock changes, and only told of the package when pyproject.toml changes.
$(VENV)/.locked: requirements.lock
	$(PYTHON) -c "import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else 'Python 3.11 to 3.13 is needed, found %d.%d: make PYTHON=/path/to/python3.12' % v)"
	$(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install --quiet --no-compile --require-hashes -r requirements.lock
	$(PY) -c "open('$@', 'w').close()"

$(VENV)/.ready: $(VENV)/.locked pyproject.toml
	$(PY) -m pip install --quiet --no-compile --no-deps --no-build-isolation -e .
	$(PY) -c "open('$@', 'w').close()"

$(VENV)/.oracle: $(VENV)/.ready requirements-oracle.lock
	$(PY) -m pip install --quiet --no-compile --require-hashes -r requirements-oracle.lock
	$(PY) -c "open('$@', 'w').close()"
