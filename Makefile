# The same commands for people and for CI. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= examples/reports
READY := $(VENV)/ready

.PHONY: demo test check score floors bench clean

demo: $(READY)  ## Read the example reports (or REPORTS=folder) and write out/claims.html
	@$(BIN)/shanhai overview $(REPORTS) --page out/claims.html || test $$? -eq 1

test: $(READY)  ## Test all that this machine can
	@$(BIN)/python -m pytest -n auto -q

check: $(READY)  ## Lint, strict types, import layers, catalogue, documentation
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/shanhai catalogue check
	@$(BIN)/python tools/docs.py --check

score: $(READY)  ## Hold claims and findings against the gold, and against the floors
	@$(BIN)/python tools/score.py --check
	@$(BIN)/python tools/score_reasoning.py --check

floors: $(READY)  ## Lift the floors to what is reached
	@$(BIN)/python tools/score.py --raise
	@$(BIN)/python tools/score_reasoning.py --raise

bench: $(READY)  ## Speed and memory, as ratios to references in the same run
	@$(BIN)/python -m bench

$(READY): pyproject.toml requirements.lock tools/setup.sh
	@PYTHON=$(PYTHON) sh tools/setup.sh $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) out
