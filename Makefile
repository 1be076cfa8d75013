# Two commands: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
WORKERS ?= 2
say = @printf '\033[1m[%s] %s\033[0m\n'

NPM = tools/with-node npm
FRONTEND := $(shell find frontend -type f) package-lock.json
BUILT := src/yimen/ui/static/ui/built/.stamp
CATALOGUES := $(shell find src/yimen -name '*.po' 2>/dev/null)
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: help demo test bench lock browser install install-dev frontend clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: install frontend ## start the demonstration city (PORT=8000); Ctrl-C stops it
	@exec $(BIN)/yimen demo --port $(PORT)

test: install-dev frontend browser ## everything that CI checks
	@$(BIN)/python -m tools.check --workers $(WORKERS)

bench: install-dev frontend ## measure; writes bench/results.json
	@$(BIN)/yimen bench

install: .venv/.installed
install-dev: .venv/.installed-dev
frontend: $(BUILT) .venv/.messages

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "yimen needs Python 3.11: install it, or say where it is with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv module is missing: install python3.11-venv" >&2; rm -rf .venv; exit 1; }

.venv/.installed: requirements/base.txt pyproject.toml | .venv/bin/python
	$(say) 1/6 "Installing Python packages (about a minute)"
	@tools/quietly .venv/install.log $(PIP) install --progress-bar off --require-hashes -r requirements/base.txt
	@tools/quietly .venv/install.log $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: requirements/dev.txt .venv/.installed
	$(say) test "Installing what checks the house (about half a minute)"
	@tools/quietly .venv/install.log $(PIP) install --progress-bar off --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.installed: package-lock.json .npmrc | .venv/.installed
	$(say) 2/6 "Installing front-end packages"
	@$(NPM) ci --loglevel=error
	@touch $@

$(BUILT): $(FRONTEND) node_modules/.installed
	$(say) 3/6 "Building styles and scripts"
	@$(NPM) run build --silent
	@touch $@

.venv/.messages: $(CATALOGUES) tools/messages.py | .venv/.installed
	@$(BIN)/python -m tools.messages compile
	@touch $@

browser: install-dev ## find or install a Chromium for the browser tests, and poppler for signed PDF files
	@tools/with-node tools/browser .venv/browser
	@tools/pdfreader

lock: install-dev ## pin requirements/*.in again, with hashes and without addresses
	@for set in base dev bench search; do echo "requirements/$$set.txt"; \
		$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
			--python-version 3.11 requirements/$$set.in -o requirements/$$set.txt; done

clean: ## remove what was built; data under var/ stay
	rm -rf .venv node_modules src/yimen/ui/static/ui/built .mypy_cache .ruff_cache .pytest_cache build dist
