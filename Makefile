# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: run test build check lock bench clean

run: $(STAMP)  ## make the environment, build the graph from corpus/, serve the app on localhost:8501
	$(BIN)/hjemmel build
	$(BIN)/hjemmel serve

test: $(STAMP) chromium  ## make the environment and run every test and check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

build: $(STAMP)  ## read the corpus and publish a snapshot
	$(BIN)/hjemmel build

bench: $(STAMP)  ## print the figures of the README
	$(BIN)/python -m benchmarks

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hjemmel needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11.")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Could not make a virtual environment: on Debian, install the package python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: chromium
chromium:  # the browser tests drive Debian's own Chromium
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium, and it can't be installed without root: run 'sudo apt-get install chromium' and try again."; \
	    test -z "$$CI"; \
	  fi; }

lock: $(STAMP)  ## pin every dependency again, with hashes and without index addresses
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --extra dask --extra dev --extra signin --generate-hashes --allow-unsafe --strip-extras --upgrade --no-header \
	  --annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file requirements.lock pyproject.toml

clean:  ## remove the environment and what the tools left
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
