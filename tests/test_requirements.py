"""pyproject.toml, requirements.lock, environment.yml and the installed packages say the same."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# The names of conda-forge that are not those of PyPI.
CONDA_NAMES = {"pytorch-cpu": "torch", "opencv": "opencv-python", "playwright-python": "playwright"}
CUDA = re.compile(r"cuda-|nvidia-|triton$")


def requirements(texts: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, texts)}


def direct_requirements() -> dict[str, Requirement]:
    return requirements(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])


def optional_requirements() -> dict[str, Requirement]:
    """What only a cluster, a database or the site needs: locked, because tests need it; not in environment.yml."""
    extras = PROJECT["optional-dependencies"]
    return requirements(extras["scale"] + extras["postgres"] + extras["site"])


def locked_requirements() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    texts = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    requirements = [Requirement(text) for text in texts]
    names = [canonicalize_name(requirement.name) for requirement in requirements]
    assert len(names) == len(set(names)), "one package, one version: on all platforms and Pythons"
    return dict(zip(names, requirements, strict=True))


def conda_pins() -> dict[str, str]:
    packages = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pins = dict(package.split("=", 1) for package in packages if isinstance(package, str))
    *from_pypi, _course = packages[-1]["pip"]
    pins |= dict(package.removesuffix(".*").split("==") for package in from_pypi)
    return {canonicalize_name(CONDA_NAMES.get(name, name)): pin for name, pin in pins.items()}


DIRECT, LOCKED, CONDA = direct_requirements(), locked_requirements(), conda_pins()
EVERY = DIRECT | optional_requirements()


def locked_version(name: str) -> Version:
    (specifier,) = LOCKED[name].specifier
    return Version(specifier.version)


def test_the_lock_pins_each_package_exactly():
    loose = [str(line) for line in LOCKED.values() if line.url or not re.fullmatch(r"==[^*,]+", str(line.specifier))]
    assert loose == []


def test_the_lock_names_no_index_and_no_folder():
    text = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"://|^ *--|^ *# .*/", text, re.MULTILINE)


def test_the_lock_leaves_cuda_to_torch():
    assert [name for name in LOCKED if CUDA.match(name)] == []


@pytest.mark.parametrize("name", EVERY)
def test_the_lock_has_each_direct_requirement_within_its_bounds(name):
    assert name in LOCKED, "run `make lock`"
    assert locked_version(name) in EVERY[name].specifier, "run `make lock`"
    assert LOCKED[name].marker is None, "a direct requirement is for every platform"


def test_what_the_code_imports_is_a_direct_requirement():
    # The corpora are submissions, which may import anything, or not be Python at all.
    tests = [path for path in ROOT.glob("tests/**/*.py") if path.parents[1].name not in ("cheats", "honest")]
    sources = [*ROOT.glob("autograder/**/*.py"), *ROOT.glob("bench/*.py"), *tests, *ROOT.glob("course/*/lesson.py")]
    imported = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source.read_text()))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module.split(".")[0])
    packages = metadata.packages_distributions()
    foreign = imported - sys.stdlib_module_names - {"autograder", "bench", "otter", "tests"}
    undeclared = {name for name in foreign if not {*map(canonicalize_name, packages.get(name, []))} & EVERY.keys()}
    assert undeclared == set(), "name them in pyproject.toml and environment.yml, then run `make lock`"


@pytest.mark.parametrize("name", DIRECT)
def test_environment_yml_has_each_direct_requirement_at_the_locked_minor_version(name):
    version = locked_version(name)
    assert CONDA.get(name) == f"{version.major}.{version.minor}"


def test_environment_yml_has_nothing_else_but_a_supported_python():
    assert CONDA.keys() - DIRECT.keys() == {"python"}
    assert Version(CONDA["python"]) in Requirement(f"python{PROJECT['requires-python']}").specifier


def test_environment_yml_installs_the_course_and_names_the_gpu_variant():
    text = (ROOT / "environment.yml").read_text()
    assert yaml.safe_load(text)["dependencies"][-1]["pip"][-1] == "-e ."
    assert f"# with an NVIDIA GPU: pytorch-gpu={CONDA['torch']}" in text


def here(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


made_from_the_lock = pytest.mark.skipif(
    (Path(sys.prefix) / "conda-meta").exists(), reason="a conda environment has conda-forge's versions"
)


@made_from_the_lock
def test_the_installed_versions_are_the_locked_ones():
    locked = {name: str(locked_version(name)) for name in LOCKED if here(LOCKED[name])}
    installed = {name: Version(metadata.version(name)).public for name in locked}
    assert installed == locked, "run `make lab`: it installs what is locked"


@made_from_the_lock
def test_what_the_locked_packages_require_is_locked_and_nothing_else():
    """Walk the metadata of the installed packages from the direct requirements on."""
    waiting = [(name, extra) for name, requirement in EVERY.items() for extra in ("", *requirement.extras)]
    reached = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in reached:
            continue
        reached.add((name, extra))
        for needed in map(Requirement, metadata.requires(name) or []):
            other = canonicalize_name(needed.name)
            if CUDA.match(other) or not here(needed, extra):
                continue
            assert other in LOCKED, f"{name} requires {needed}: run `make lock`"
            fits = needed.specifier.contains(locked_version(other), prereleases=True)
            assert fits, f"{name} requires {needed}, locked is {LOCKED[other]}"
            waiting += [(other, wanted) for wanted in ("", *needed.extras)]
    assert {name for name, _ in reached} == {name for name in LOCKED if here(LOCKED[name])}
