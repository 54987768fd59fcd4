# The commands of the portal. `make serve` starts it, `make test` judges it; README.md tells the rest.
# Only relative paths: the folder's own path may contain spaces.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
STAMPS := .venv/stamps
SERVE_STAMP := $(STAMPS)/serve-$(shell sha256sum < requirements-serve.lock | cut -c1-16)
DEV_STAMP := $(STAMPS)/dev-$(shell sha256sum < requirements-dev.lock | cut -c1-16)
# Most of what is installed is never imported; what is, Python compiles then.
PIP := $(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --no-input --no-deps --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate
# What production must be told, with values that are good for nothing else.
PRODUCTION := SITE_URL=https://portal.example DATABASE_URL=postgres://portal@db.example/portal \
	REDIS_URL=redis://broker.example/0 TRUSTED_PROXIES=1 \
	EMAIL_URL=smtp://mail.example SECRET_KEY=not-a-secret-but-as-long-as-one-has-to-be-0123456789 \
	LINK_KEY=not-a-secret-either-but-as-long-as-one-has-to-be-0123456789

.PHONY: help serve demo test types style heavy proof bench messages lock browser

help:
	@echo "make serve     start the portal on http://127.0.0.1:8000 (PORT= changes that; PORTAL_DATA= names"
	@echo "               another data folder, counted from this one unless it starts with /)"
	@echo "make demo      the same with a generated year of data, in a data folder of its own (ACTIVITIES= is how many"
	@echo "               dates, up to 100000; 1500 unless given)"
	@echo "make test      format, lint, types, contracts, checks and tests"
	@echo "make proof     the full matrices"
	@echo "make bench     measure speed and size (about ten minutes, best on a quiet machine)"
	@echo "make messages  collect the texts for translation"
	@echo "make lock      take the newest versions of the dependencies"

serve: $(SERVE_STAMP)
	@exec $(BIN)/python manage.py serve

demo: export PORTAL_DATA ?= .demo
demo: $(SERVE_STAMP)
	@exec $(BIN)/python manage.py serve --demo $(ACTIVITIES)

test: $(DEV_STAMP) browser
	@$(MAKE) style
	@$(MAKE) --jobs 2 types heavy
	@$(BIN)/python -m pytest -m "not proof and not heavy" --numprocesses 3 --dist loadscope

# These wait a third of their time, which the types use.
heavy: $(DEV_STAMP)
	@$(BIN)/python -m pytest -m "not proof and heavy" --numprocesses 2 --dist loadscope

types: $(DEV_STAMP)
	@echo "Types"
	@nice $(BIN)/mypy

style: $(DEV_STAMP)
	@echo "Format, lint and import contracts"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/deptry .
	@echo "Migrations and settings of production"
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@env $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

proof: $(DEV_STAMP) browser
	@$(BIN)/python -m pytest -m "proof and not heavy" -p tests.proof_table --numprocesses 2 --dist worksteal
	@$(BIN)/python -m pytest -m "proof and heavy" -p tests.proof_table

bench: $(DEV_STAMP) browser
	@$(BIN)/python -m bench

messages: $(SERVE_STAMP)
	@$(BIN)/python manage.py messages

lock: $(DEV_STAMP)
	@$(COMPILE) --upgrade pyproject.toml -o requirements.lock
	@$(COMPILE) --upgrade pyproject.toml --extra embedded -c requirements.lock -o requirements-serve.lock
	@$(COMPILE) --upgrade pyproject.toml --extra embedded --group dev -c requirements-serve.lock -o requirements-dev.lock

# --- What the targets stand on ---------------------------------------------------------------------------------------

.venv/bin/python:
	@for python in python3.11 python3 python3.12 python3.13 python3.14; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	[ -n "$${found:-}" ] || { echo "Python 3.11 or newer is needed; install it and try again."; exit 1; }; \
	$$found -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv"; exit 1; }; \
	$$found -m venv .venv || { echo "The folder .venv cannot be made here; see the line above."; rm -rf .venv; exit 1; }

$(SERVE_STAMP): | .venv/bin/python
	@echo "Installing the locked dependencies (about half a minute) …"
	@$(PIP) -r requirements-serve.lock
	@mkdir -p $(STAMPS) && touch $@

$(DEV_STAMP): | .venv/bin/python
	@echo "Installing the locked dependencies and the tools that judge the code (about a minute) …"
	@$(PIP) -r requirements-dev.lock
	@mkdir -p $(STAMPS) && touch $@ $(SERVE_STAMP)

# The journeys need a browser, the HTML checker needs Java. Without windows Chromium takes a quarter less time; as an
# ordinary user the whole of it will do.
browser:
	@missing=""; \
	command -v chromium-headless-shell >/dev/null || { [ "$$(id -u)" != 0 ] && command -v chromium >/dev/null; } || \
		missing="chromium-headless-shell"; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ]; then echo "The tests need programs that are missing: apt install $$missing"; exit 1; fi; \
	echo "Installing $$missing …"; \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; } \
		>/dev/null || { echo "That failed; the tests need: apt install $$missing"; exit 1; }
