# Two commands do all: `make demo` and `make test`. PYTHON may be set: make test PYTHON=python3.12
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet
# The pinned torch first: asked for by itself it can be any build of that version, a GPU's too (see README).
TORCH  ?= torch==2.13.0
SAMPLE := seeds/000_2ab1ddd695d3d8fc.txt
CORPUS ?= ../shared/corpus
EVAL   ?= ../shared/eval
WORK   ?= work
# French sentences, one a line, for the benchmarks; without them the tests' own are used again and again.
TEXTS  ?= $(wildcard $(EVAL)/europarl-dev.fr $(EVAL)/flores-dev.fr $(EVAL)/wmt13.fr)

.PHONY: demo test lint format bench model clean

demo: $(VENV)/.run
	@$(BIN)/comsum $(SAMPLE)

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python tests/bench.py $(TEXTS)
	$(BIN)/python tests/bench_folder.py $(TEXTS)

model: $(VENV)/.dev
	$(BIN)/python -m comsum.training --work $(WORK) data --corpus $(CORPUS) --development $(EVAL)/europarl-dev
	$(BIN)/python -m comsum.training --work $(WORK) warm-start
	$(BIN)/python -m comsum.training --work $(WORK) train
	$(BIN)/python -m comsum.training --work $(WORK) export --to $(WORK)/bundled --eval $(EVAL)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.base:
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade pip
	$(PIP) $(TORCH)
	@touch $@

$(VENV)/.run: $(VENV)/.base pyproject.toml
	$(PIP) --editable '.[fast,files]'
	@touch $@

$(VENV)/.dev: $(VENV)/.base pyproject.toml
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.run
