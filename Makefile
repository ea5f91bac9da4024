# `make demo` and `make test` fetch what they need, into .venv; with Python 3.11 and its venv module that is all it takes.

BIN := .venv/bin
RUN := .venv/.run
DEVELOP := .venv/.develop
.DEFAULT_GOAL := help
# bytecode is kept: without it each of the many processes of the tests would compile all of kring anew
unexport PYTHONDONTWRITEBYTECODE
# apt and pip take one processor each, and so do the types and the bytecode
TOGETHER := $(MAKE) --no-print-directory --jobs=2
.PHONY: help demo test check format messages proofs bench screenshots lock clean
.PHONY: style types contracts translated bytecode programs

help:  ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: $(RUN)  ## run the main job with a simulated group
	@$(BIN)/python tools/translations.py compile
	@$(BIN)/kring demo

test:  ## check, then all tests but the long proofs
	@$(TOGETHER) programs $(DEVELOP)
	@$(BIN)/python tools/translations.py compile
	@$(TOGETHER) types bytecode style contracts translated
	$(BIN)/python -m pytest -q -n auto --maxprocesses=4 --dist worksteal

check: $(DEVELOP)  ## format, lint, types, import contracts, translations
	@$(BIN)/python tools/translations.py compile
	@$(TOGETHER) types style contracts translated

programs:
	@tools/set_up.sh programs

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

translated:
	$(BIN)/python tools/translations.py check

# every process of the tests would write its own: that of all tests costs each of them more than to look for the tests
bytecode:
	@$(BIN)/python -m compileall -q -j 0 src
	@$(BIN)/python -m pytest -qq --collect-only >/dev/null || true  # what is wrong is said when they are run

format: $(DEVELOP)  ## write the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(DEVELOP)  ## bring the sentences of the code into the translations
	$(BIN)/python tools/translations.py update

proofs:  ## the long proofs: power cuts, kills, two processes, real sound, every law ten times as long
	@$(TOGETHER) programs $(DEVELOP)
	@$(BIN)/python tools/translations.py compile
	LAWS=proofs $(BIN)/python -m pytest -q -m "slow or hypothesis"

bench: $(DEVELOP)  ## measure against a floor in the same run
	$(BIN)/python bench/run.py

screenshots: $(DEVELOP)  ## make the pictures of the manual anew
	@$(BIN)/python tools/translations.py compile
	$(BIN)/python tools/screenshots.py

lock: $(DEVELOP)  ## resolve the newest versions that pyproject.toml allows
	tools/lock.sh

clean:  ## remove what make made
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src -name '*.mo' -delete

$(RUN): requirements.lock
	@tools/set_up.sh run

$(DEVELOP): requirements-dev.lock
	@tools/set_up.sh develop
