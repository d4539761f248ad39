# Two commands are enough: `make run` shows the story, `make test` checks the house. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
STAMP := $(VENV)/.installed

.PHONY: setup run test test-faults lint lock clean

$(STAMP): requirements.lock pyproject.toml
	@echo "installing into $(VENV), once: some seconds with uv, about a minute without"
ifneq ($(UV),)
	@$(UV) venv --quiet --clear --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $@

setup: $(STAMP)
	$(BIN)/haetae setup

run: setup
	$(BIN)/haetae run

test: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadgroup

# kill -9 of each process at random points under load: FAULT_POINTS times each (20, some twenty minutes).
test-faults: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/python -m tests.faults

# Only for maintainers: writes the lock anew. It names no index and no local path.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) var
