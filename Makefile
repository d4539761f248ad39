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
FUZZ := .venv-fuzz
FUZZ_STAMP := $(FUZZ)/.installed
FUZZ_LOCK := tests/fuzz/requirements.txt
SYNAPSE := .venv-synapse
SYNAPSE_STAMP := $(SYNAPSE)/.installed
SYNAPSE_LOCK := tests/synapse/requirements.txt
ARCHIVE_VENV := .venv-archive
ARCHIVE_STAMP := $(ARCHIVE_VENV)/.installed
ARCHIVE_LOCK := tests/archive/requirements.txt

.PHONY: sbom audit setup run test test-security test-browser test-faults test-peers peers test-synapse synapse test-archive archive test-deploy fuzz lint lock clean

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

# A process of tests that falls is a failed test; another in its place can wait for the others, and they for it, for ever.
SIDE_BY_SIDE := --dist loadgroup --max-worker-restart 0
# These share the cores among themselves: threads inside each, which wait for one another, would take them from the rest.
test test-security test-browser: export OPENBLAS_NUM_THREADS := 1
test: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(SIDE_BY_SIDE) -n 3 --ignore tests/peers --ignore tests/browser --ignore tests/archive --ignore tests/deploy --ignore tests/security

# Every address, every role, every limit, and a real server with the settings of production; says at the end how much of it.
test-security: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/pytest tests/security $(SIDE_BY_SIDE) -n 2

# Everything that can break is broken, as often as the bars ask: about an hour. FAULTS="F4 F9" plays two of them in their
# short form, FAULTS= all of them in theirs, which takes two minutes.
FAULTS ?= --full
test-faults: $(STAMP)
	$(BIN)/haetae setup --messages-only
	$(BIN)/python -m tests.faults $(FAULTS)

# The pages that compute on a visitor's own device, in a real browser, and letters in Korean, which need a type of
# Debian's; a plain `make test` leaves these out. Chromium without its own windows and menus takes a third less time;
# where there is only the whole of it, that does.
KOREAN_TYPE := /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
HAS_BROWSER := { command -v chromium-headless-shell || command -v chromium; } >/dev/null && test -f $(KOREAN_TYPE)
INSTALL_BROWSER := apt-get update -qq && { apt-get install -qq -y chromium-headless-shell fonts-noto-cjk || apt-get install -qq -y chromium fonts-noto-cjk; } >/dev/null
test-browser: $(STAMP)
	@{ $(HAS_BROWSER); } || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing chromium and Korean type, once" && $(INSTALL_BROWSER); } || { echo "There is no chromium on this machine, or no Noto Sans CJK: install them (Debian: apt-get install chromium-headless-shell fonts-noto-cjk) and run this again." >&2; exit 1; }
	$(BIN)/haetae setup --messages-only
	$(BIN)/pytest tests/browser $(SIDE_BY_SIDE) -n 2

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
INSTALL_SYNAPSE := $(UV) venv --quiet --clear --python $(PYTHON) $(SYNAPSE) && $(UV) pip install --quiet --python $(SYNAPSE)/bin/python
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

# Chance with eyes against everything that reads foreign bytes: FUZZ_SECONDS for each target. The house itself needs none.
ifneq ($(UV),)
INSTALL_FUZZ := $(UV) venv --quiet --clear --python $(PYTHON) $(FUZZ) && $(UV) pip install --quiet --python $(FUZZ)/bin/python
else
INSTALL_FUZZ := $(PYTHON) -m venv --clear $(FUZZ) && $(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check
endif
$(FUZZ_STAMP): $(FUZZ_LOCK) $(STAMP)
	@$(INSTALL_FUZZ) --require-hashes --only-binary :all: -r $(FUZZ_LOCK)
	@$(BIN)/python -c "import site; print('import site; site.addsitedir(%r)' % site.getsitepackages()[0])" > $$($(FUZZ)/bin/python -c "import site; print(site.getsitepackages()[0])")/haetae.pth
	@touch $@

FUZZ_SECONDS ?= 10
fuzz: $(FUZZ_STAMP)
	$(FUZZ)/bin/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

# The files of deploy/: of their form, true, and a real nginx with ours. systemd-analyze and nginx are Debian's.
test-deploy: $(STAMP)
	@{ command -v systemd-analyze && { command -v nginx || test -x /usr/sbin/nginx; }; } >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing systemd and nginx, once" && apt-get update -qq && apt-get install -qq -y --no-install-recommends systemd nginx-light >/dev/null; } || { echo "There is no systemd-analyze on this machine, or no nginx: install them (Debian: apt-get install systemd nginx-light) and run this again." >&2; exit 1; }
	$(BIN)/pytest tests/deploy

# Ray, a server of buckets, and as much of the house as examines files, in an environment of its own.
ifneq ($(UV),)
INTO_ARCHIVE := $(UV) pip install --quiet --python $(ARCHIVE_VENV)/bin/python
INSTALL_ARCHIVE := $(UV) venv --quiet --clear --python $(PYTHON) $(ARCHIVE_VENV) && $(INTO_ARCHIVE)
else
INTO_ARCHIVE := $(ARCHIVE_VENV)/bin/python -m pip install --quiet --disable-pip-version-check
INSTALL_ARCHIVE := $(PYTHON) -m venv --clear $(ARCHIVE_VENV) && $(INTO_ARCHIVE)
endif
$(ARCHIVE_STAMP): $(ARCHIVE_LOCK)
	@echo "installing Ray into $(ARCHIVE_VENV), once"
	@$(INSTALL_ARCHIVE) --require-hashes --only-binary :all: -r $(ARCHIVE_LOCK)
	@$(INTO_ARCHIVE) --no-deps --no-build-isolation -e .
	@touch $@

archive: $(ARCHIVE_STAMP)

# One archive scanned by plain processes, by Ray and out of a bucket: the same report. ARCHIVE=long: more ways, and kills.
test-archive: archive
	$(ARCHIVE_VENV)/bin/python -m pytest -c tests/archive/pytest.ini --confcutdir tests/archive -p no:cacheprovider tests/archive

# Only for maintainers: writes the lock anew. It names no index and no local path.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tests/peers/requirements.in -o $(PEERS_LOCK)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header tests/synapse/requirements.in -o $(SYNAPSE_LOCK)
	sed -nE 's/^([a-z0-9._-]+==[^\\]*).*/\1/p' requirements.lock | grep -v '^python-dateutil==' > .archive-constraints  # botocore wants an older one
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -c .archive-constraints tests/archive/requirements.in -o $(ARCHIVE_LOCK)
	rm .archive-constraints
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -c requirements.lock pyproject.toml deploy/requirements.in -o deploy/requirements.txt

# What is in the product, for whoever has to know: CycloneDX, the same bytes for the same lock.
sbom: $(STAMP)
	$(BIN)/python -m tests.supply.sbom var/sbom.cdx.json

# Known holes in what is pinned. Needs a network: exit 3 means that nobody could be asked, and not that nothing is known.
audit: $(STAMP)
	$(BIN)/python -m tests.supply.audit

clean:
	rm -rf $(VENV) $(PEERS) $(SYNAPSE) $(ARCHIVE_VENV) $(FUZZ) var
