# Every command of this project, for people, hooks and CI alike. `make` alone shows the list.
# Each target does its own set-up; the second time that costs nothing.

PYTHON ?= $(firstword $(wildcard /usr/bin/python3.11) python3)
VENV   := .venv
BIN    := $(VENV)/bin
LAB    ?=
# Set-up may have given this user the engine's group, which counts from the next login on.
WITH_ENGINE := $(BIN)/python -m breakfix.entry.member

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

##@ Learn
.PHONY: lab
lab: env ## Open the desk in the browser; LAB=no-internet goes straight to that lab
	@exec $(BIN)/breakfix desk $(LAB)

##@ Try
.PHONY: test test-all unit check prove bench
test: engine check ## Set everything up, check the code, run the tests (at most 30 minutes)
	@$(WITH_ENGINE) $(BIN)/pytest -m "not slow"

test-all: engine check ## The same with every slow test: all labs proven, all browsers
	@$(WITH_ENGINE) $(BIN)/pytest

unit: env ## Only the tests that need no engine (seconds)
	@$(BIN)/pytest tests/unit

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
.PHONY: env engine lock clean help
env: $(VENV)/.installed ## The Python environment in .venv, from requirements.lock
	@:

engine: env ## A running container engine and the practice images
	@$(BIN)/breakfix setup

lock: ## Write requirements.lock anew from pyproject.toml (needs uv)
	@uv export --quiet --all-extras --all-groups --format requirements-txt \
	  --no-emit-project --output-file requirements.lock
	@echo "lock: $$(grep -c '^[a-z]' requirements.lock) libraries"

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

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@tools/environment.sh install "$(PYTHON)" $(VENV)
