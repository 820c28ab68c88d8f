"""Set up the environment in ``.venv``; the Makefile runs this file before everything else.

It runs on whatever Python the machine has, so it imports the standard library only, and its
syntax is that of Python 3.6: an old Python must reach the message that names it.
"""

import contextlib
import errno
import fcntl
import glob
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PYPI = "https://pypi.org/simple"

# In bytes, measured with torch 2.13 on Linux: what .venv holds in the end (2.1 and 6 GB), plus twice
# what is downloaded, because pip keeps a second copy in its cache.
SPACE_WITH_CPU_TORCH = 3.2e9
SPACE_WITH_CUDA_TORCH = 12.5e9

_STAMP = ".course-ready"  # written last: the fingerprint of what the environment was made from
_MARKER = ".course-made"  # written first: the folder; only an environment that has it may be deleted
_LOG = "course-setup.log"
_DISK_FULL = re.compile(r"No space left on device|Disk quota exceeded|\[Errno (28|122)\]")
_UNREACHABLE = re.compile(
    r"Name or service not known|[Tt]emporary failure in name resolution|nodename nor servname"
    r"|[Ff]ailed to (resolve|establish)|Connection(Error| refused| reset| aborted| broken)|Max retries exceeded"
    r"|Network is unreachable|No route to host|timed out|Timeout(Error)?\b|ProxyError|RemoteDisconnected"
    r"|SSLError|CERTIFICATE_VERIFY_FAILED|HTTP error (40[137]|5\d\d)|\b(40[137]|5\d\d) (Client|Server) Error"
)
_PROBE = """
import sys
print("%d.%d.%d" % sys.version_info[:3])
print(getattr(sys, "_base_executable", None) or sys.executable)
try:
    import ensurepip, venv
    print("venv")
except ImportError:
    print("")
"""


class Ending(Exception):
    """The set-up cannot go on; the text says why and what to do about it."""


class Python(NamedTuple):
    """An interpreter that ran."""

    name: str
    path: str
    version: Tuple[int, ...]
    makes_venvs: bool

    @property
    def supported(self) -> bool:
        """Whether the course runs on this version."""
        return OLDEST <= self.version[:2] <= NEWEST

    def __str__(self) -> str:
        place = "" if self.name == self.path else f" ({self.path})"
        return f"{self.name} is Python {_dotted(self.version)}{place}"


def main() -> int:
    """Set up the environment and return the exit code; a failure ends in a message, not a traceback."""
    try:
        set_up(ROOT)
    except Ending as ending:
        message = str(ending)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = _disk_full(ROOT)
        else:
            message = f"The environment in .venv cannot be written: {error}."
    else:
        return 0
    print("\nSet-up stopped. " + message, file=sys.stderr)
    return 1


def set_up(root: str) -> None:
    """Make ``.venv`` in ``root`` hold what requirements.lock says; silent if it does already.

    Raises:
        Ending: if that is not possible.
    """
    if is_ready(root):
        return
    if not sys.platform.startswith(("linux", "darwin")):
        raise Ending("The course runs on Linux and macOS; on Windows, use it inside WSL.")
    with _one_at_a_time(root):
        if is_ready(root):  # made by the set-up that this one waited for
            return
        started = time.time()
        python = prepare_venv(root)
        stamp = os.path.join(root, ".venv", _STAMP)
        _remove(stamp)
        _install(root, python)
        with open(stamp, "w") as text:
            text.write(fingerprint(root))
        print(f"The environment is ready ({time.time() - started:.0f} s).", flush=True)


def is_ready(root: str) -> bool:
    """Tell whether ``.venv`` was made to the end, here, from the present lock, with the PYTHON asked for."""
    try:
        with open(os.path.join(root, ".venv", _STAMP)) as stamp:
            fresh = stamp.read() == fingerprint(root) and os.path.exists(_venv_python(root))
    except OSError:
        return False
    if fresh and os.environ.get("PYTHON"):
        wanted, present = probe(os.environ["PYTHON"]), probe(_venv_python(root))
        return wanted is not None and present is not None and wanted.version[:2] == present.version[:2]
    return fresh


def fingerprint(root: str) -> str:
    """Return a hash of all that decides what the environment in ``root`` has to hold."""
    digest = hashlib.sha256(os.path.realpath(root).encode())
    # pyvenv.cfg names the version of Python.
    for name in ("requirements.lock", "pyproject.toml", os.path.join(".venv", "pyvenv.cfg")):
        with open(os.path.join(root, name), "rb") as source:
            digest.update(hashlib.sha256(source.read()).digest())
    return digest.hexdigest()


def probe(command: str, name: str = "") -> Optional[Python]:
    """Run an interpreter and return what it is, or None if there is none or it does not run."""
    path = shutil.which(command)
    if path is None:
        return None
    try:
        # Not -I, which Python 2 does not know: it must be able to say its version.
        output = subprocess.check_output([path, "-E", "-s", "-c", _PROBE], stderr=subprocess.DEVNULL, timeout=60)
        version, base, venv = output.decode().split("\n")[:3]
        numbers = tuple(int(part) for part in version.split("."))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Python(name or command, base, numbers, venv == "venv")


def find_python(running: str) -> Python:
    """Choose the interpreter that the environment is made with.

    If the variable PYTHON is set, it is that one or nothing; else ``running``, the interpreter
    that runs this file, comes first, then those on PATH, the newest first.

    Raises:
        Ending: if no supported one can make virtual environments, naming those that were found.
    """
    wanted = os.environ.get("PYTHON")
    if wanted:
        candidates = [probe(wanted)]
        if candidates == [None]:
            raise Ending(f"PYTHON={wanted} does not run: give the path of a Python {_range()}.")
    else:
        candidates = [probe(running, "python3")]
        candidates += [probe(f"python3.{minor}") for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = [python for python in candidates if python is not None]
    supported = [python for python in found if python.supported]
    for python in supported:
        if python.makes_venvs:
            return python
    if supported:
        raise Ending(
            f"{supported[0]}, and has no venv and ensurepip modules.\n"
            f"  Debian, Ubuntu: apt install python{_dotted(supported[0].version[:2])}-venv (as root),"
            " then run this again."
        )
    seen = "; ".join(str(python) for python in found) or "none"
    newest = _dotted(NEWEST)
    raise Ending(
        f"The course needs Python {_range()}. Found: {seen}.\n"
        f"  Debian, Ubuntu: apt install python{newest} python{newest}-venv (as root; 3.11 and 3.12 will do)\n"
        f"  macOS:          brew install python@{newest}, or the installer of python.org\n"
        f"  elsewhere:      make lab PYTHON=/path/to/python{newest}"
    )


def prepare_venv(root: str) -> Python:
    """Return the interpreter of ``.venv``; make the environment first if there is no usable one.

    An unusable one is made anew if this set-up made it, and left alone if somebody else did.

    Raises:
        Ending: if it is somebody else's and unusable, if no Python fits or the disk is too small.
    """
    venv = os.path.join(root, ".venv")
    marker = os.path.join(venv, _MARKER)
    wanted = find_python(sys.executable) if os.environ.get("PYTHON") else None
    if os.path.isdir(venv) and os.listdir(venv):
        python, fault = _inspect(root, wanted)
        if python is not None and not fault:
            if not os.path.exists(marker):
                print(f"Using the environment that is here: {python}.", flush=True)
            return python
        if not os.path.exists(marker):
            raise Ending(
                f"There is a .venv here that `make` did not make, and {fault}.\n"
                "  Move it out of the way (mv .venv .venv.old), then run this again."
            )
        print(f"Making .venv anew: {fault}.", flush=True)
    base = wanted or find_python(sys.executable)
    check_space(root, SPACE_WITH_CPU_TORCH)
    print(f"Making the environment in .venv: {base}.", flush=True)
    os.makedirs(venv, exist_ok=True)
    with open(marker, "w") as text:
        text.write(os.path.realpath(root))
    for name in os.listdir(venv):
        if name != _MARKER:
            _remove(os.path.join(venv, name))
    made = subprocess.run([base.path, "-I", "-m", "venv", venv], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        output = made.stdout.decode(errors="replace").strip()
        raise Ending(_disk_full(root) if _DISK_FULL.search(output) else f"{base}, and cannot make .venv:\n{output}")
    python, fault = _inspect(root, wanted)
    if python is None or fault:
        raise Ending(f"The new .venv does not work: {fault}.")
    return python


def check_space(root: str, needed: float, advice: str = "") -> None:
    """Raise :class:`Ending` unless the disk of ``.venv`` has ``needed`` bytes free."""
    venv = os.path.join(root, ".venv")
    free = shutil.disk_usage(venv if os.path.isdir(venv) else root).free
    if free < needed:
        raise Ending(
            f"The disk is too small: {free / 1e9:.1f} GB are free in {root}, about {needed / 1e9:.1f} GB are needed.\n"
            f"  Free some (try `pip cache purge`) or move the course to a larger disk, then run this again.{advice}"
        )


def check_torch(root: str, pip: "Pip", version: str) -> None:
    """Find out which build of torch pip would take, and whether there is room for it.

    Raises:
        Ending: if there is no room or no such build.
    """
    output = pip.run("Looking for the build of torch", ["index", "versions", "--retries", "2", "--json", "torch"])
    answer = re.search(r"^\{.*\}$", output, re.MULTILINE)
    builds = (
        [build for build in json.loads(answer.group(0))["versions"] if build.split("+")[0] == version] if answer else []
    )
    if not builds:
        raise Ending(_not_offered("torch==" + version, _index(output)))
    if not sys.platform.startswith("linux") or builds[0].endswith("+cpu"):
        return
    index = os.environ.get("TORCH_INDEX")
    if index and "+" not in builds[0]:
        raise Ending(
            f"TORCH_INDEX={index} has no torch {version} for this Python, or cannot be reached.\n"
            f"  The index of PyTorch's CPU builds is {CPU_INDEX}"
        )
    advice = "PyPI's torch for Linux brings NVIDIA's CUDA libraries, 3 GB to download. The CPU build is enough:\n"
    advice += "  make lab TORCH_INDEX=" + CPU_INDEX
    check_space(root, SPACE_WITH_CUDA_TORCH, "" if index else "\n  " + advice)
    if not index:
        print(f"{advice}   (Ctrl-C stops this one)", flush=True)


def read_pins(lock: str) -> Dict[str, str]:
    """Return name -> version of the lines ``name==version`` of a lock file."""
    with open(lock) as text:
        return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text.read(), re.MULTILINE))


def diagnose(output: str, root: str) -> str:
    """Say what pip's failure means and what to do, in words for somebody who does not know pip."""
    if _DISK_FULL.search(output):
        return _disk_full(root)
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    missing = re.search(r"No matching distribution found for ([^\s;(]+)", output)
    # pip only warns when an index does not answer, and then finds no package in it.
    if _UNREACHABLE.search(output if missing else "\n".join(errors)):
        index = _index(output)
        detail = re.search(r"\[Errno [^\]]*\] [^'\")]*|CERTIFICATE_VERIFY_FAILED|timed out|\d{3} \w+ Error", output)
        reason = f" ({detail.group(0)})" if detail else ""
        return (
            f"The package index cannot be reached: {index}{reason}.\n"
            f"  Is this machine online?      curl -I {index}\n"
            "  Behind a proxy?              export HTTPS_PROXY=http://host:port (its certificate: PIP_CERT=file)\n"
            "  Is there a mirror near you?  export PIP_INDEX_URL=https://.../simple\n"
            "  Then run this again: it goes on from here."
        )
    if missing:
        return _not_offered(missing.group(1), _index(output))
    shown = "\n  ".join(errors[:6] or output.splitlines()[-3:])
    return f"pip failed:\n  {shown}\n  All of its output: .venv/{_LOG}"


class Pip:
    """The pip of the environment: runs it, shows how far it is, and explains its failures."""

    def __init__(self, root: str, site_packages: str, packages: int):
        self._root = root
        self._site_packages = site_packages
        self._packages = packages
        # Not the machine's temporary folder, which is often a small one in memory.
        self._scratch = os.path.join(root, ".venv", "download")
        _remove(self._scratch)
        os.makedirs(self._scratch)
        self._log = open(os.path.join(root, ".venv", _LOG), "w")  # noqa: SIM115 - closed by close()

    def close(self) -> None:
        """Remove what was downloaded."""
        self._log.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def run(self, label: str, arguments: List[str]) -> str:
        """Run ``pip ARGUMENTS`` and return what it printed.

        Raises:
            Ending: with a diagnosis if it fails.
        """
        command = [_venv_python(self._root), "-I", "-u", "-m", "pip", "--disable-pip-version-check", "--no-input"]
        command += arguments
        if os.environ.get("TORCH_INDEX") and "--no-index" not in arguments:
            command += ["--extra-index-url", os.environ["TORCH_INDEX"]]
        environ = dict(os.environ, TMPDIR=self._scratch, PIP_USER="0", LC_ALL="C")
        self._log.write("$ pip {}\n".format(" ".join(arguments)))
        state = _State(label, self._packages, self._site_packages)
        lines = []
        with _shown(state.text), subprocess.Popen(
            command, cwd=self._root, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdout is not None
            for raw in process.stdout:
                line = raw.decode(errors="replace")
                if not state.take(line):
                    lines.append(line)
                    self._log.write(line)
        self._log.flush()
        if process.returncode:
            raise Ending(diagnose("".join(lines), self._root))
        print(f"  {label}: done in {time.time() - state.started:.0f} s", flush=True)
        return "".join(lines)


class _State:
    """How far pip is, read off its output."""

    def __init__(self, label: str, packages: int, site_packages: str):
        self.started = time.time()
        self._label = label
        self._packages = packages
        self._site_packages = site_packages
        self._found = 0
        self._to_install = 0
        self._there_before = 0
        self._download = ""
        self._bytes = ""

    def take(self, line: str) -> bool:
        """Learn from a line of pip's output; return True if it is worth nothing else."""
        progress = re.match(r"Progress (\d+) of (\d+)", line)
        if progress:
            self._bytes = " {:.0f} of {:.0f} MB".format(*(int(number) / 1e6 for number in progress.groups()))
            return True
        word, _, rest = line.strip().partition(" ")
        if word in ("Collecting", "Processing") or line.startswith("Requirement already satisfied"):
            self._found += 1
            self._download = self._bytes = ""
        elif word == "Downloading":
            self._download, self._bytes = ", downloading " + rest.split("/")[-1].split("-")[0], ""
        elif line.startswith("Installing collected packages"):
            self._there_before = self._count_installed()
            self._to_install = rest.count(",") + 1
            self._download = self._bytes = ""
        elif "Retrying" in line:
            self._download = ", no answer from the package index, trying again"
        return False

    def text(self) -> str:
        """Return one line for the reader."""
        done = ""
        if self._to_install > 2:
            done = f": {max(self._count_installed() - self._there_before, 0)} of {self._to_install} unpacked"
        elif self._found > 2:
            done = f": {self._found} of about {max(self._packages, self._found)} found"
        return f"  {self._label}{done}{self._download}{self._bytes}, {time.time() - self.started:.0f} s"

    def _count_installed(self) -> int:
        return len(glob.glob(os.path.join(self._site_packages, "*.dist-info")))


@contextlib.contextmanager
def _shown(text: Callable[[], str]) -> Iterator[None]:
    """Show ``text()`` while the block runs: one rewritten line on a terminal, else now and then a line."""
    terminal = sys.stdout.isatty()
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(0.3 if terminal else 15.0):
            if terminal:
                print("\r\033[K" + text()[: shutil.get_terminal_size().columns - 1], end="", flush=True)
            else:
                print(text(), flush=True)

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        if terminal:
            print("\r\033[K", end="", flush=True)


@contextlib.contextmanager
def _one_at_a_time(root: str) -> Iterator[None]:
    """Wait until no other set-up runs in ``root``."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up runs here: waiting for it.", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(folder)


def _install(root: str, python: Python) -> None:
    site_packages = os.path.join(root, ".venv", "lib", "python" + _dotted(python.version[:2]), "site-packages")
    _drop_unfinished(site_packages)
    pins = read_pins(os.path.join(root, "requirements.lock"))
    pip = Pip(root, site_packages, len(pins))
    try:
        # First the pip that the lock names: what follows relies on its options and its output.
        tools = [f"{name}=={pins[name]}" for name in ("pip", "setuptools") if name in pins]
        pip.run("Getting pip", ["install", "--retries", "2"] + tools)
        torch = pins.get("torch", "")
        if torch and not glob.glob(os.path.join(site_packages, f"torch-{torch}*.dist-info")):
            check_torch(root, pip, torch)
        pip.run("Installing the packages", ["install", "--progress-bar", "raw", "-r", "requirements.lock"])
        pip.run("Installing the course", ["install", "--no-deps", "--no-build-isolation", "--no-index", "-e", "."])
    finally:
        pip.close()
    _guard_formgrader(root)


def _guard_formgrader(root: str) -> None:
    """Switch on the extension that keeps submissions from acting in formgrader; an editable install does not."""
    name = "jupyter_server_config.d"
    source = os.path.join(root, "autograder", "jupyter", name, "autograder_formgrader_guard.json")
    target = os.path.join(root, ".venv", "etc", "jupyter", name)
    os.makedirs(target, exist_ok=True)
    shutil.copy(source, target)


def _inspect(root: str, wanted: Optional[Python]) -> Tuple[Optional[Python], str]:
    """Return the interpreter of ``.venv``, if it runs, and what is wrong with the environment, if anything."""
    command = _venv_python(root)
    python = probe(command, "its python")
    if python is None or not os.path.exists(os.path.join(root, ".venv", "pyvenv.cfg")):
        return None, "it is not a whole environment"
    if not python.supported:
        return python, f"its Python is {_dotted(python.version)}, not {_range()}"
    if wanted is not None and wanted.version[:2] != python.version[:2]:
        return python, f"its Python is {_dotted(python.version)}, and PYTHON asks for {_dotted(wanted.version)}"
    try:
        with open(os.path.join(root, ".venv", _MARKER)) as marker:
            if marker.read() != os.path.realpath(root):
                return python, "it was made in another folder"
    except OSError:
        pass  # made by hand: whoever did it may have meant to move it
    for module in (["pip", "--version"], ["ensurepip", "--default-pip"]):
        if not subprocess.call([command, "-I", "-m"] + module, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            return python, ""
    return python, "it has no working pip"


def _drop_unfinished(site_packages: str) -> None:
    """Make pip install again what an interrupted run left half unpacked."""
    for folder in glob.glob(os.path.join(site_packages, "*.dist-info")):
        if not os.path.exists(os.path.join(folder, "RECORD")):
            _remove(folder)
    for folder in glob.glob(os.path.join(site_packages, "~*")):
        _remove(folder)


def _not_offered(requirement: str, index: str) -> str:
    if sys.platform == "darwin" and platform.machine() == "x86_64" and requirement.startswith("torch"):
        return "PyTorch has no builds for Macs with Intel processors; on Apple silicon, use an arm64 Python."
    return (
        f"{index} has no {requirement} for this Python on {platform.system()} {platform.machine()}.\n"
        f"  A mirror may lag behind: export PIP_INDEX_URL={PYPI}, then run this again.\n"
        f"  All of pip's output: .venv/{_LOG}"
    )


def _index(output: str) -> str:
    """Return the address of the index that pip asked, without the password that it may hold."""
    said = re.search(r"^Looking in indexes: ([^\s,]+)", output, re.MULTILINE)
    address = said.group(1) if said else os.environ.get("PIP_INDEX_URL") or PYPI
    return re.sub(r"//[^/@]*@", "//", address)


def _disk_full(root: str) -> str:
    free = shutil.disk_usage(root).free
    return (
        f"The disk is full: {free / 1e9:.1f} GB are left in {root}. In all, about {SPACE_WITH_CPU_TORCH / 1e9:.1f} GB"
        f" are needed,\n  {SPACE_WITH_CUDA_TORCH / 1e9:.1f} GB with CUDA. Free some space, then run this again."
    )


def _remove(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def _venv_python(root: str) -> str:
    return os.path.join(root, ".venv", "bin", "python")


def _dotted(version: Tuple[int, ...]) -> str:
    return ".".join(str(number) for number in version)


def _range() -> str:
    return f"{_dotted(OLDEST)} to {_dotted(NEWEST)}"


if __name__ == "__main__":
    sys.exit(main())
