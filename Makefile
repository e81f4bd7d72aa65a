# 容错纠错学习站. `make serve` shows it, `make test` checks it; `make help` explains the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

# A key of one's own is made once for this folder; a deployment sets RONGCUO_SECRET_KEY itself.
KEY := instance/secret-key
WITH_KEY = RONGCUO_SECRET_KEY="$${RONGCUO_SECRET_KEY:-$$(cat $(KEY))}"

.DEFAULT_GOAL := help
.PHONY: help setup serve test lint site demo bench figures browser screenshots lock

help: ## Shows this list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

$(VENV)/serve.stamp: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

$(VENV)/test.stamp: requirements-dev.lock $(VENV)/serve.stamp
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

$(KEY):
	mkdir -p instance
	$(PYTHON) -c 'import secrets; print(secrets.token_hex(32))' > $@
	chmod 600 $@

setup: $(VENV)/test.stamp ## Makes the virtual environment with everything pinned.

# Only what runs on this machine takes this machine's address; a built or tested site names no host of its own.
serve demo: export RONGCUO_BASE_URL ?= http://127.0.0.1:$(PORT)

serve: $(VENV)/serve.stamp $(KEY) ## Builds the site, loads labelled demo data and serves both on 127.0.0.1.
	$(BIN)/python -m quiz_app.site.build --out site
	$(WITH_KEY) $(BIN)/rongcuo demo load
	$(WITH_KEY) $(BIN)/rongcuo serve

demo: $(VENV)/serve.stamp $(KEY) ## Loads the demo data, or renews the demo password.
	$(WITH_KEY) $(BIN)/rongcuo demo load

site: $(VENV)/serve.stamp ## Builds the static site strictly into site/.
	$(BIN)/python -m quiz_app.site.build --out site

lint: $(VENV)/test.stamp ## Checks form, types and floors.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: lint ## Runs all checks and tests; says at the end what was left out.
	$(BIN)/pytest -n 2 --dist loadgroup

browser: $(VENV)/test.stamp ## Runs the walks in a real browser alone.
	$(BIN)/pytest tests/browser

bench: $(VENV)/test.stamp ## Prints every figure of the service's speed and memory beside its bound.
	$(BIN)/python -m tests.bench

figures: $(VENV)/test.stamp ## Prints build time, weights, search transfer and Lighthouse scores of the site beside their bounds.
	$(BIN)/python -m tests.bench.site_figures

screenshots: $(VENV)/test.stamp ## Takes pictures of every page kind into screenshots/.
	$(BIN)/python -m tests.browser.screenshots

lock: ## Renews the lock files (needs uv); hashes only, no addresses.
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-dev.lock
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet -c requirements-dev.lock -o requirements.lock
