# Two commands are enough: `make run` shows the story, `make test` checks the house. Both set up what they need.
PYTHON ?= python3
# A run starts hundreds of processes: each would read all sources anew where Python is told to keep no bytecode.
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
STAMP := $(VENV)/.installed
PEERS := .venv-peers
PEERS_STAMP := $(PEERS)/.installed
PEERS_LOCK := tests/peers/requirements.txt
SYNAPSE := .venv-synapse
SYNAPSE_STAMP := $(SYNAPSE)/.installed
SYNAPSE_LOCK := tests/synapse/requirements.txt

.PHONY: sbom audit setup run test test-browser test-faults test-peers peers test-synapse synapse lint lock clean

$(STAMP): requirements.lock pyproject.toml
	@echo "installing into $(VENV), once: some seconds with uv, about a minute without"
ifneq ($(UV),)
	@$(UV) venv --quiet --clear --python $(PYTHON) $(VENV)
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes --only-binary :all: -r requirements.lock
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --no-build-isolation -e .
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
	$(BIN)/pytest -n 2 --dist loadgroup --ignore tests/peers --ignore tests/browser

# kill -9 of each process at random points under load: FAULT_POINTS times each (20, some twenty minutes).
test-faults: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/python -m tests.faults

# The pages that compute on a visitor's own device, in a real browser, and letters in Korean, which need a type of
# Debian's; a plain `make test` leaves these out.
KOREAN_TYPE := /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
test-browser: $(STAMP)
	@{ command -v chromium && test -f $(KOREAN_TYPE); } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing chromium and Korean type, once" && apt-get update -qq && apt-get install -qq -y chromium fonts-noto-cjk >/dev/null; } || { echo "There is no chromium on this machine, or no Noto Sans CJK: install them (Debian: apt-get install chromium fonts-noto-cjk) and run this again." >&2; exit 1; }
	$(BIN)/haetae setup --messages-only
	$(BIN)/pytest tests/browser -n 2 --dist loadgroup

# What others use for the same work, in an environment of its own: only to compare with, never to run the house.
$(PEERS_STAMP): $(PEERS_LOCK)
	@command -v c++ >/dev/null || { echo "pdqhash is compiled here and there is no C++ compiler: install one (Debian: apt-get install g++). The house itself needs none." >&2; exit 1; }
	@echo "installing the peers into $(PEERS), once: pdqhash is compiled"
ifneq ($(UV),)
	@$(UV) venv --quiet --clear --python $(PYTHON) $(PEERS)
	@$(UV) pip install --quiet --compile-bytecode --python $(PEERS)/bin/python --require-hashes -r $(PEERS_LOCK)
else
	@$(PYTHON) -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(PEERS_LOCK)
endif
	@touch $@

peers: $(PEERS_STAMP)

# Ours against theirs on the same bytes; a plain `make test` leaves these out.
test-peers: $(STAMP) peers
	$(BIN)/pytest tests/peers

# A real Matrix homeserver in an environment of its own: what others run, never a part of the house.
ifneq ($(UV),)
INSTALL_SYNAPSE := $(UV) venv --quiet --clear --python $(PYTHON) $(SYNAPSE) && $(UV) pip install --quiet --compile-bytecode --python $(SYNAPSE)/bin/python
else
INSTALL_SYNAPSE := $(PYTHON) -m venv --clear $(SYNAPSE) && $(SYNAPSE)/bin/python -m pip install --quiet --disable-pip-version-check
endif
$(SYNAPSE_STAMP): $(SYNAPSE_LOCK)
	@echo "installing Synapse into $(SYNAPSE), once"
	@began=$$(date +%s%N); $(INSTALL_SYNAPSE) --require-hashes --only-binary :all: -r $(SYNAPSE_LOCK) && echo "installed in $$(( ($$(date +%s%N) - began) / 1000000 )) ms"
	@touch $@

synapse: $(SYNAPSE_STAMP)

# The gate and the connector against a real homeserver on loopback; fails where it cannot be installed or started.
test-synapse: $(STAMP) synapse
	$(BIN)/haetae setup --messages-only
	$(BIN)/python -m tests.synapse

# Only for maintainers: writes the lock anew. It names no index and no local path.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tests/peers/requirements.in -o $(PEERS_LOCK)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tests/synapse/requirements.in -o $(SYNAPSE_LOCK)

# What is in the product, for whoever has to know: CycloneDX, the same bytes for the same lock.
sbom: $(STAMP)
	$(BIN)/python -m tests.supply.sbom var/sbom.cdx.json

# Known holes in what is pinned. Needs a network: exit 3 means that nobody could be asked, and not that nothing is known.
audit: $(STAMP)
	$(BIN)/python -m tests.supply.audit

clean:
	rm -rf $(VENV) $(PEERS) $(SYNAPSE) var
