# The same commands for people and for CI. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPORTS ?= examples/reports
ifeq ($(REPORTS),examples/reports)
DRAFT ?= examples/drafts/minning-2012.docx
endif
READY := $(VENV)/ready

.PHONY: demo serve test check score floors bench clean

demo: $(READY)  ## Read the example reports (or REPORTS=folder), check a draft (or DRAFT=file) against them, write pages
	@$(BIN)/shanhai overview $(REPORTS) --page out/claims.html || test $$? -eq 1
ifdef DRAFT
	@$(BIN)/shanhai check $(DRAFT) --against $(REPORTS) --format html --output out/check.html || test $$? -eq 1 -o $$? -eq 3
	@echo "A draft checked number by number 逐数核对的初稿 ($(DRAFT)): out/check.html"
endif
	@echo "Check a draft of your own 核对自己的初稿:"
	@echo "  $(BIN)/shanhai check DRAFT --against REPORTS --format html --output out/check.html"
	@echo "  $(BIN)/shanhai check DRAFT.docx --against REPORTS --format docx --output out/checked.docx"
	@echo "Keep reports in a ledger and review their figures in a browser 建账本、在网页里审核: make serve"
	@echo "An invented programme with its projects, money and boards 虚构的演示项目、资金和看板: make serve DEMO=1"

serve: $(READY)  ## Serve the web application on this machine, on the ledger in out/ (or LEDGER=file); DEMO=1 fills an empty one
	@mkdir -p out
	@$(BIN)/shanhai serve $(if $(DEMO),--demo) --ledger $(or $(LEDGER),$(if $(DEMO),out/demo.ledger,out/shanhai.ledger))

test: $(READY)  ## Test all that this machine can; the ledger on PostgreSQL too where SHANHAI_TEST_POSTGRESQL names one
ifdef SHANHAI_TEST_POSTGRESQL
	@echo "The ledger on PostgreSQL:"
	@DATABASE_URL=$(SHANHAI_TEST_POSTGRESQL) $(BIN)/python -m pytest -n auto -q tests/ledger tests/programme tests/web
	@echo "All, the ledger on SQLite:"
endif
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
