PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test test-web lint types gate setup lock

demo: $(READY)
	$(BIN)/communique demo

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile

# The pages in a real browser; gets Chromium and axe-core where they are missing and may be got.
test-web: $(READY)
	tools/get_browser.sh
	$(BIN)/python -m pytest tests/browser

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy src tests training

gate: $(READY)
	$(BIN)/python tests/quality/gate.py ../shared/gold

setup: $(READY)

# The environment: exactly the packages of the lock, by hash, and this project itself.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# Needs uv (https://docs.astral.sh/uv/).
lock:
	uv pip compile pyproject.toml --extra dev --extra training --extra tables --extra web --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
