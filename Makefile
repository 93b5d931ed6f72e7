# The operator's three commands. Nothing but Python 3.11+, make and git is assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup spark nightly test lock lint ruff mypy sqlfluff suite bundle audit

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	deploy/install
	touch $(STAMP)

nightly: setup
	$(BIN)/thidua nightly

# Each is a target, so that `make --jobs` runs them side by side.
lint: ruff mypy sqlfluff

ruff: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

mypy: setup
	$(BIN)/mypy

sqlfluff: setup
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models

suite: setup
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

test: lint suite

# Only when dependencies in pyproject.toml change; writes no index address.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.lock
	$(BIN)/python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
	  print(*project['optional-dependencies']['spark'], sep='\n')" | $(BIN)/uv pip compile - --constraint requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet -o requirements-spark.lock

# What counting on Apache Spark needs beside it (docs/scale.md); Java 17 is of the distribution.
spark: setup
	deploy/install requirements-spark.lock

# One file for a machine without a network: unpack it there, then `make nightly`. Same system and Python as here.
BUNDLE := build/thidua
bundle: setup
	rm -rf $(BUNDLE) && mkdir -p $(BUNDLE)
	git ls-files -z | xargs -0 cp --parents -t $(BUNDLE)
	$(BIN)/python -m pip download --quiet --no-deps --require-hashes -r requirements.lock -d $(BUNDLE)/wheelhouse
	$(BIN)/python -m pip download --quiet --no-deps uv wheel -d $(BUNDLE)/wheelhouse
	tar czf $(BUNDLE).tar.gz -C build thidua
	@echo "$(BUNDLE).tar.gz"

# Known holes in the locked packages, as the index tells them; where it does not: make audit ADVISORIES=folder-or-zip
# with OSV's dump of PyPI or a copy of pypa/advisory-database. Exit code of deploy/audit.py.
audit: setup
	$(BIN)/python deploy/audit.py $(ADVISORIES)
