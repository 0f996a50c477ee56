# Every command of this project, for people, hooks and CI alike. `make` alone shows the list.
# Each target does its own set-up; the second time that costs nothing.

PYTHON ?= $(firstword $(wildcard /usr/bin/python3.11) python3)
VENV   := .venv
BIN    := $(VENV)/bin
LAB    ?=
# Set-up may have given this user the engine's group, which counts from the next login on.
WITH_ENGINE := $(BIN)/python -m breakfix.entry.member
LOCK := uv export --quiet --format requirements-txt --no-emit-project

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

##@ Learn
.PHONY: lab
lab: env ## Open the desk in the browser; LAB=no-internet goes straight to that lab
	@exec $(BIN)/breakfix desk $(LAB)

##@ Teach
.PHONY: teach
teach: engine ## Open a sample course in formgrader
	@exec $(BIN)/breakfix course open --sample

##@ Try
.PHONY: test test-all unit check prove bench
test: engine browser busybox modules check ## Set everything up, check the code, run the tests (about an hour)
	@$(WITH_ENGINE) $(BIN)/pytest -m "not slow"

test-all: engine browser busybox modules voila check ## The same with every slow test: all labs proven, all browsers
	@$(WITH_ENGINE) $(BIN)/pytest

unit: env ## Only the tests that need no engine (seconds)
	@$(BIN)/pytest tests/unit tests/docs -m "not engine"

check: env ## Style, types, import rules and shell scripts
	@echo "check: style";         $(BIN)/ruff check --quiet && $(BIN)/ruff format --check --quiet
	@echo "check: types";         $(BIN)/mypy --no-error-summary
	@for checks in labs/*/*/staff/checks.py; do $(BIN)/mypy --no-error-summary $$checks || exit 1; done
	@echo "check: import rules";  tools/quiet.sh $(BIN)/lint-imports
	@echo "check: shell scripts"; $(BIN)/shellcheck tools/*.sh .ci/run

prove: engine ## Prove that labs break, get repaired and refuse wrong repairs; LAB= picks one
	@$(BIN)/breakfix prove $(LAB)

bench: engine ## Measure start, checks, reset and memory as ratios
	@$(WITH_ENGINE) $(BIN)/python -m bench.summary

##@ Keep house
.PHONY: env browser busybox engine modules voila ui lock pages pictures clean help
env: $(VENV)/.installed ## The Python environment in .venv, from requirements.lock
	@:

browser: ## Chromium, for the tests in a browser
	@tools/package.sh chromium "the tests in a browser" chromium chromium-browser

busybox: ## A busybox of its own, for the tests of what looks at a machine (as root)
	@tools/package.sh busybox-static "the tests of looking at a machine" busybox

engine: env ## A running container engine and the practice images
	@$(BIN)/breakfix setup

modules: ## The libraries of the panel's source, for its tests and to build it
	@tools/modules.sh

voila: env ## Voila beside .venv, for its test
	@tools/voila.sh $(VENV)

ui: modules ## Build the panel from ui/ into the package (needs Node)
	@cd ui && npm run --silent build

lock: ## Write the lock files anew from pyproject.toml (needs uv)
	@$(LOCK) --all-extras --all-groups --no-group voila --output-file requirements.lock
	@$(LOCK) --no-default-groups --extra desk --group image --output-file desk/requirements.lock
	@$(LOCK) --only-group voila --output-file tests/voila.lock
	@echo "lock: $$(grep -c '^[a-z]' requirements.lock) libraries"

pages: env ## Write the listed errors of docs/errors.md anew, after a change in messages
	@$(BIN)/python -m tests.docs.errors_page

pictures: engine browser ## Take the pictures of README and docs anew, of the running product (minutes)
	@$(WITH_ENGINE) $(BIN)/python -m tools.pictures

clean: ## Remove this clone's machines, snapshots and sessions, its environment and caches (images stay)
	@if [ -x $(BIN)/breakfix ]; then $(BIN)/breakfix clean $(if $(YES),--yes); fi
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@echo "clean: done; your own work in labs and notebooks was not touched"

help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/.locked: requirements.lock
	@tools/environment.sh libraries "$(PYTHON)" $(VENV)

# JupyterLab finds the panel where it was installed, so a new one is installed anew.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml src/breakfix/ui/breakfix/package.json
	@tools/environment.sh install "$(PYTHON)" $(VENV)
