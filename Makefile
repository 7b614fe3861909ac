# `make demo` and `make test` set up what they need; the second time they find it there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
ENGINES := $(VENV)/.engines

.PHONY: demo test check rest lint types imports docs golden gallery bench county county-duckdb slow crash soak fuzz lock clean

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新，请用 make PYTHON=python3.12 指明"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "建不了虚拟环境：Debian 上请先 apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The main job on the sample township, in a throw-away copy.
demo: $(READY)
	@rm -rf $(DEMO) && mkdir -p build
	@BIN=$(BIN) DEMO=$(DEMO) sh scripts/demo.sh

test: $(READY)
	$(BIN)/python -m pytest -m "not slow" -n auto

check: test rest

rest: lint types imports docs

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

# Generated pages in docs/ are what the declarations say now.
docs: $(READY)
	$(BIN)/python scripts/docs.py --check

# Rewrite golden documents and generated docs; review the diff.
golden: $(READY)
	GOLDEN=1 $(BIN)/python -m pytest -m "not slow" -n auto tests || true
	$(BIN)/python scripts/docs.py

# Draw anew what docs/gallery.md shows; needs the Debian packages it names.
gallery: $(READY)
	$(BIN)/python -m scripts.gallery

bench: $(READY)
	$(BIN)/python bench/run.py

# Spark and ClickHouse, half a gigabyte: for `make county` and the slow suites alone.
$(ENGINES): $(READY) requirements-engines.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-engines.lock
	@touch $@

# Thirty offices on a Spark cluster of this machine, which loses a worker, and on DuckDB and ClickHouse: the same to the byte. Java 17:
# apt install openjdk-17-jre-headless. `TRY="--offices 5"` for a look.
county: $(ENGINES)
	$(BIN)/python -m proof.county $(TRY)

# The same on DuckDB, without Java and Spark.
county-duckdb: $(READY)
	$(BIN)/python -m proof.county --alone $(TRY)

# What takes long, and what needs a browser or LibreOffice: Debian packages, see .ci/run.
slow: $(ENGINES)
	$(BIN)/python -m pytest -m slow -n auto -rs --ignore tests/slow
	$(BIN)/python -m pytest -m slow -rs tests/slow

# Writing commands stopped at the calls that change the disk, in every way; an hour on two idle cores, `TRY="--every 24"` for a look,
# `TRY=--whole` for each call of each. `python -m proof.power`, as root, cuts the current.
crash: $(READY)
	$(BIN)/python -m proof.crash $(TRY)

# A thousand kills, a thousand steps by four at once, exports and a neighbour's commits meanwhile; half an hour.
soak: $(READY)
	$(BIN)/python -m proof.soak $(TRY)

# Hostile files before the strict reading, a hundred thousand of them mutations of the sample's records; ten minutes.
fuzz: $(READY)
	$(BIN)/python -m proof.fuzz $(TRY)

# Pin anew what pyproject.toml asks for.
lock: $(READY)
	$(BIN)/python -m piptools compile -q --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --allow-unsafe --extra dev --output-file requirements.lock pyproject.toml
	$(BIN)/python -m piptools compile -q --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --allow-unsafe --extra spark --extra clickhouse --constraint requirements.lock \
	  --output-file requirements-engines.lock pyproject.toml

clean:
	rm -rf build $(VENV)
