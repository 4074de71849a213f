# Few words. Everything but `setup` runs in .venv, and `setup` needs only Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := examples/demo/side.mp4
VIDEO ?= $(SAMPLE)
OUT ?= out/demo
HEIGHT ?=
KNOWN := $(if $(filter $(SAMPLE),$(VIDEO)),--height 1.72 --speed 3 --surface treadmill --incline 0)
OPTIONS ?= $(or $(KNOWN),$(if $(HEIGHT),--height $(HEIGHT)))
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --require-hashes -r
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

PAGES := src/midstance/web/static/app.js
PAGE_SOURCES := $(shell find frontend -name node_modules -prune -o -type f -print) docs/model-runner/runner.glb
SERVE ?=

export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
CAN_OPEN := $(filter Darwin,$(shell uname))

.PHONY: help setup demo has-video test test-all check format bench serve pages lock clean

help:  ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/models.stamp  ## make .venv and fetch the pose networks

demo: setup has-video  ## analyse VIDEO=clip.mp4 (HEIGHT=1.80) and open the report
	$(BIN)/midstance analyze "$(VIDEO)" -o "$(OUT)" $(OPTIONS)
	@echo "The report is $(OUT)/report.html"
	@if [ -z "$$CI" ] && [ -n "$(CAN_OPEN)$$DISPLAY" -o -n "$$WAYLAND_DISPLAY" ]; then \
		$(BIN)/python -m webbrowser "file://$(abspath $(OUT))/report.html" >/dev/null || true; fi

has-video:
	@test -f "$(VIDEO)" || { echo "There is no video $(VIDEO). Say which one: make demo VIDEO=run.mp4 HEIGHT=1.80" >&2; exit 2; }

test: .venv/dev.stamp .venv/models.stamp  ## run the tests that take a few minutes
	$(BIN)/python -m pytest -m "not slow"

test-all: .venv/dev.stamp .venv/models.stamp pages  ## run every test
	$(BIN)/python -m pytest

check: .venv/dev.stamp  ## lint, format, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev.stamp  ## mend what ruff can mend
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

bench: .venv/dev.stamp .venv/models.stamp  ## measure speed and memory
	$(BIN)/python benchmarks/speed.py

serve: setup pages  ## start the app in a browser, for this machine only (SERVE=--lan lets phones in)
	$(BIN)/midstance serve $(SERVE)

pages: $(PAGES)  ## build what the pages of the app load

lock: .venv/dev.stamp  ## write the locked requirements anew
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock

clean:  ## remove what was made, .venv too
	rm -rf .venv out build dist

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Midstance needs Python 3.11 or newer, and $(PYTHON) is older: make setup PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	$(LOCKED) requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(LOCKED) requirements-dev.lock
	touch $@

.venv/models.stamp: .venv/run.stamp
	$(BIN)/midstance models fetch
	touch $@

$(PAGES): $(PAGE_SOURCES) | has-node
	cd frontend && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

.PHONY: has-node
has-node:
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null || \
		{ echo "The pages of the app are built with Node.js 20 or newer and its npm, and they are not here." \
		"Install them (Debian: apt install nodejs npm; macOS: brew install node), then say it again." >&2; exit 2; }
