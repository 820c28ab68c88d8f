"""What a submission cannot reach, and what it cannot use up."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from nbclient.exceptions import DeadKernelError

import autograder
from autograder.sandbox import Limits
from autograder.sandbox.limits import MIB
from tests.sandbox.cells import Cells, kernel, needs_sandbox

pytestmark = needs_sandbox
SMALL = Limits(
    cpu_seconds=30, memory_bytes=400 * MIB, processes=40, open_files=100, file_bytes=8 * MIB, disk_bytes=16 * MIB
)


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """One kernel for all that leaves no traces."""
    files = tmp_path_factory.mktemp("assignment")
    (files / "images").mkdir()
    (files / "images" / "a.txt").write_text("hello")
    (files / "link.txt").symlink_to("/etc/passwd")
    with kernel(limits=SMALL, files=files) as cells:
        yield cells


def test_there_is_no_network(cells: Cells) -> None:
    connect = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)"
    assert "Network is unreachable" in cells.text(connect)
    assert cells.text("print(sorted(name for _, name in socket.if_nameindex()))") == "['lo']\n"


def test_only_the_assignments_files_are_there(cells: Cells) -> None:
    assert cells.text("import os\nprint(os.getcwd(), os.listdir(), open('images/a.txt').read())") == (
        "/home/learner/work ['images'] hello\n"
    )


def test_the_machines_files_are_not(cells: Cells, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    checkout = Path(autograder.__file__).parents[1]
    wanted = [Path.home() / ".bashrc", Path("/etc/passwd"), Path("/etc/shadow"), tmp_path / "secret", Path("/var/log")]
    wanted += [checkout / name for name in ("course", "solutions", "exercises", "submitted", "gradebook.db", ".git")]
    code = "print([path for path in {paths!r} if os.path.lexists(path)])"
    assert cells.text(code.format(paths=[str(path) for path in wanted])) == "[]\n"


def test_every_writable_place_is_its_own(cells: Cells) -> None:
    find = (
        "import os, subprocess\n"
        "print(subprocess.run('find / -xdev -writable -type d; find /dev /home /tmp /usr -writable -type d',"
        " shell=True, capture_output=True, text=True).stdout)"
    )
    places = {line for line in cells.text(find).split() if not line.startswith(("/proc", "/home/learner/"))}
    assert places - {"/home", "/dev/pts", "/"} == {"/home/learner", "/tmp", "/dev/shm"}
    for path in ("/x", "/home/x", "/dev/x", "/usr/x", str(Path(autograder.__file__).parent / "x")):
        assert "OSError: [Errno 30] Read-only file system" in cells.text(f"open({path!r}, 'w')")


def test_it_sees_only_its_own_processes(cells: Cells) -> None:
    names = cells.text(
        "print({open(f'/proc/{n}/comm').read().strip() for n in os.listdir('/proc') if n.isdigit()}, os.getppid())"
    )
    assert names == "{'bwrap', 'cat', 'python'} 0\n" or names.count("'") == 6


def test_it_has_no_privileges(cells: Cells) -> None:
    status = cells.text("print(open('/proc/self/status').read())").splitlines()
    fields = dict(line.split(":\t", 1) for line in status if ":\t" in line)
    assert {fields[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert (fields["NoNewPrivs"], fields["Seccomp"], fields["Groups"]) == ("1", "2", " ")
    assert cells.text("print(os.getuid(), os.getgid())") == "1000 1000\n"


def test_the_kernel_knows_it_as_an_ordinary_user() -> None:
    with kernel() as cells:
        process = cells.manager.provisioner.process
        owner = os.stat(f"/proc/{process}").st_uid
    assert owner != 0 if os.getuid() == 0 else owner == os.getuid()


@pytest.mark.parametrize(
    "call", ["unshare(0x10000000)", "memfd_create(b'x', 0)", "ptrace(0, 0, 0, 0)", "shmget(0, 9, 512)"]
)
def test_dangerous_system_calls_are_refused(cells: Cells, call: str) -> None:
    code = f"import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\nprint(libc.{call}, ctypes.get_errno())"
    assert cells.text(code) == "-1 1\n"


def test_its_environment_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    with kernel() as cells:
        environment = cells.text("import os\nprint(dict(os.environ), open('/proc/self/environ').read())")
    assert "hunter2" not in environment
    assert "'HOME': '/home/learner'" in environment


def test_it_holds_no_file_of_the_server(cells: Cells) -> None:
    code = (
        "import contextlib\nfor name in os.listdir('/proc/self/fd'):\n"
        "    with contextlib.suppress(FileNotFoundError):\n"  # opened for the listing, or by another thread
        "        print(os.readlink(f'/proc/self/fd/{name}').split(':')[0])"
    )
    assert set(cells.text(code).split()) == {"/dev/null", "pipe", "anon_inode", "socket"}


def test_large_files_are_refused(cells: Cells) -> None:
    assert "File too large" in cells.text("with open('big', 'wb') as file: file.write(bytes(9 * 2**20))")
    assert cells.text("os.remove('big')") == ""


@pytest.mark.parametrize("folder", ["/home/learner", "/tmp", "/dev/shm"])
def test_the_disk_fills_up_early(cells: Cells, folder: str) -> None:
    code = (
        "import os, glob\ntry:\n    for n in range(9):\n"
        f"        open(f'{folder}/x{{n}}', 'wb').write(bytes(4 * 2**20))\n"
        f"finally:\n    [os.remove(path) for path in glob.glob('{folder}/x*')]"
    )
    assert "No space left on device" in cells.text(code)


def test_many_open_files_are_refused(cells: Cells) -> None:
    assert "Too many open files" in cells.text("held = [open('/dev/null') for _ in range(200)]")


def test_one_process_that_wants_too_much_memory_gets_an_error(cells: Cells) -> None:
    assert "MemoryError" in cells.text("held = bytearray(600 * 2**20)")
    assert cells.text("print('alive')") == "alive\n"


def test_a_fork_bomb_stays_small(cells: Cells) -> None:
    code = (
        "import os, signal, time\nchildren = []\ntry:\n    while True:\n        child = os.fork()\n"
        "        if child == 0:\n            time.sleep(60)\n            os._exit(0)\n        children.append(child)\n"
        "except BlockingIOError:\n    print(len(children) < 40)\n"
        "for child in children:\n    os.kill(child, signal.SIGKILL)\n    os.waitpid(child, 0)"
    )
    assert cells.text(code) == "True\n"


def death_by(code: str, limits: Limits = SMALL) -> tuple[str, str]:
    """Return the name and the text of the death that ``code`` dies."""
    with kernel(limits=limits) as cells:
        with pytest.raises(DeadKernelError):
            cells.run(code)
        death = cells.manager.death()
        assert death is not None
        assert cells.manager.death_reason() == death.text
        return death.name, death.text


@pytest.mark.parametrize(
    "code",
    [
        # Two processes, each within its own limit.
        "import os, time\nos.fork()\nheld = b'x' * (250 * 2**20)\ntime.sleep(30)",
        # Memory that is shared does not count for the limit of a process.
        "import mmap, time\nheld = mmap.mmap(-1, 2**29)\nfor _ in range(512): held.write(bytes(2**20))\ntime.sleep(30)",
        # So many empty files that the kernel's record of them is large.
        "import os\nfor n in range(10**9):\n    open(f'/tmp/{n}', 'w').close()",
    ],
)
def test_a_sandbox_that_takes_too_much_memory_is_ended(code: str) -> None:
    limits = SMALL if "/tmp" not in code else Limits(memory_bytes=150 * MIB)
    name, text = death_by(code, limits)
    assert (name, text) == (
        "OutOfMemory",
        f"The code used more than {limits.memory_bytes // MIB} MiB of memory and was stopped.",
    )


@pytest.mark.parametrize("more", ["", "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"])
def test_endless_work_is_ended(more: str) -> None:
    name, text = death_by(more + "while True: pass", Limits(cpu_seconds=1))
    assert (name, text) == ("TimeLimit", "The code used more than 1 s of processor time and was stopped.")


@pytest.mark.parametrize(
    "code, text",
    [
        ("import os\nos._exit(3)", "The Python process ended itself with exit status 3."),
        ("import ctypes\nctypes.string_at(0)", "The Python process was killed by SIGSEGV."),
        ("import os\nos.kill(os.getpid(), 9)", "The Python process was killed by SIGKILL."),
    ],
)
def test_a_kernel_that_ends_itself_says_how(code: str, text: str) -> None:
    assert death_by(code) == ("KernelDied", text)


def test_nothing_that_it_started_outlives_it() -> None:
    with kernel() as cells:
        cells.text(
            "import subprocess\nfor _ in range(3):\n"
            "    subprocess.Popen(['setsid', 'sleep', '1234'], start_new_session=True)"
        )
        process = cells.manager.provisioner.process
        namespace = os.readlink(f"/proc/{process}/ns/pid")
        assert len(processes_in(namespace)) >= 4
    deadline = time.monotonic() + 5
    while processes_in(namespace) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes_in(namespace) == []


def processes_in(namespace: str) -> list[int]:
    found = []
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.readlink(f"/proc/{entry}/ns/pid") == namespace:
                found.append(int(entry))
        except OSError:
            continue
    return found


def test_two_submissions_share_nothing() -> None:
    leave = (
        "import builtins, os, numpy as np\nbuiltins.leak = np.leak = 1\nos.environ['LEAK'] = '1'\n"
        "for path in ('/tmp/leak', '/dev/shm/leak', '/home/learner/leak', 'leak'):\n    open(path, 'w').close()"
    )
    look = (
        "import builtins, os, glob, numpy as np\nprint(hasattr(builtins, 'leak'), hasattr(np, 'leak'), "
        "'LEAK' in os.environ, glob.glob('/tmp/*') + glob.glob('/dev/shm/*') + glob.glob('/home/learner/**/leak'))"
    )
    with kernel() as first, kernel() as second:
        first.text(leave)
        assert second.text(look) == "False False False []\n"
    with kernel() as third:
        assert third.text(look) == "False False False []\n"
