# Written for GNU make 3.81, the make of macOS.
# The variables PYTHON, TORCH_INDEX and ARGS are explained in `make help`; make hands them on to what it runs.

# What runs the set-up, which then looks for the Python to use.
SYSTEM_PYTHON := $(or $(shell command -v python3 2>/dev/null),$(PYTHON),python3)
BIN := .venv/bin
# Said after `make setup` only: the other targets go on by themselves.
NEXT := Next: source .venv/bin/activate, then course lab, or course next in a terminal.

.DEFAULT_GOAL := help
.PHONY: help setup lab test site lint bench lock clean

help:
	@echo "make lab     set up the environment, then open JupyterLab at the start page"
	@echo "make test    set up the environment, then prove that everything works"
	@echo "make site    set up the environment, then make a web site of the lessons to read (ARGS='--folder DIR')"
	@echo "make lint    ruff and mypy only"
	@echo "make bench   time the grading, side by side with plain nbgrader (long; ARGS='--size 24 --repeats 1')"
	@echo "make lock    pin every package anew from pyproject.toml (ARGS=--upgrade: the newest ones)"
	@echo "make clean   remove the environment and caches; nobody's work"
	@echo
	@echo "Variables, for example make lab PYTHON=python3.12:"
	@echo "  PYTHON       a Python 3.11, 3.12 or 3.13, if make does not find the right one by itself"
	@echo "  TORCH_INDEX  a package index for torch, used when the environment is made. On Linux PyPI's torch"
	@echo "               brings 3 GB of CUDA libraries (12 GB of disk); the CPU build is enough for the course:"
	@echo "               make lab TORCH_INDEX=https://download.pytorch.org/whl/cpu"
	@echo "  ARGS         options for the command behind a target: make test ARGS='-k cosine'"

setup:
	@command -v "$(SYSTEM_PYTHON)" >/dev/null || { \
	  echo "There is no $(SYSTEM_PYTHON) here: install Python 3.11, 3.12 or 3.13," \
	    "or name one: make lab PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(SYSTEM_PYTHON)" -I autograder/bootstrap.py
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "$(NEXT)")

lab: setup
	@$(BIN)/course lab $(ARGS)

test: lint
	@echo "Are exercises/ and solutions/ fresh? (course build --check)"
	@$(BIN)/course build --check
	@echo "Tests (pytest, in two processes)"
	@$(BIN)/python -m pytest -n 2 --dist worksteal --durations=15 $(ARGS)

site: setup
	@$(BIN)/course site $(ARGS)

lint: setup
	@echo "Lint (ruff check)"
	@$(BIN)/ruff check --quiet .
	@echo "Format (ruff format --check)"
	@$(BIN)/ruff format --quiet --check .
	@echo "Types (mypy)"
	@$(BIN)/mypy --no-error-summary

bench: setup
	@$(BIN)/python -m bench $(ARGS)

# uv resolves for all platforms and Pythons at once. It lives in a folder that is thrown away: it is no part
# of the environment, and pip installs. The pins of the present lock stay unless ARGS says otherwise.
# Every package of the course is for Linux and macOS and Python < 3.14, so that condition is not repeated on each line.
lock:
	@echo "Pinning every package of pyproject.toml in requirements.lock"
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	"$(SYSTEM_PYTHON)" -m venv "$$scratch/uv" && \
	"$$scratch/uv/bin/pip" install --quiet --disable-pip-version-check uv && \
	cp requirements.lock "$$scratch/requirements.lock" && \
	"$$scratch/uv/bin/uv" pip compile --quiet pyproject.toml -o "$$scratch/requirements.lock" $(ARGS) && \
	{ \
	  echo "# Every package of the course, direct and indirect, for Linux and macOS and Python 3.11 to 3.13."; \
	  echo "# Made from pyproject.toml by \`make lock\`; installed by pip in \`make lab\` and \`make test\`."; \
	  echo "# Not here: the CUDA libraries. PyPI's torch for Linux pins them exactly in its own metadata, and a CPU"; \
	  echo "# build of torch needs none."; \
	  sed -e '/^#/d' \
	    -e "s/ ; python_full_version < '3.14' and (sys_platform == 'darwin' or sys_platform == 'linux')$$//" \
	    -e "s/python_full_version < '3.14' and //" "$$scratch/requirements.lock"; \
	} > "$$scratch/new" && cp "$$scratch/new" requirements.lock

clean:
	@echo "Removing the environment and caches; exercises/, solutions/, gradebook and submissions stay."
	@if [ -e .venv/.course-made ]; then rm -rf .venv; \
	elif [ -e .venv ]; then echo ".venv was not made by make: it stays."; fi
	@rm -rf .mypy_cache .pytest_cache .ruff_cache *.egg-info build dist test-artefacts
	@find . \( -name .git -o -name .venv \) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
