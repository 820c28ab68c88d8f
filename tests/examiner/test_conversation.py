"""Questions and answers between the examiner and a process that answers as a student's kernel."""

from __future__ import annotations

import dataclasses
import functools
import os
import socket
import struct
import textwrap
import threading
import time
from typing import Any

import msgpack
import numpy as np
import pytest
import torch

from autograder.examiner.channel import BrokenTest, Channel, Stopped
from autograder.examiner.limits import WireLimits
from autograder.examiner.stand_in import StandIn
from autograder.expect import Mismatch, expect, expect_faster
from autograder.expect.describe import show_error
from tests.examiner.student import Student, student

SOURCE = '''
    import collections, sys, threading, warnings, logging
    import numpy as np
    import torch

    limit = 5
    table = {"a": np.ones(2)}

    def add(a, b=1):
        return a + b

    def echo(*args, **kwargs):
        return args, kwargs

    def fail(kind, *args):
        raise kind(*args)

    class ImageError(ValueError):
        pass

    def refuse(path):
        raise ImageError(f"{path} is no image")

    def leave():
        sys.exit("bye")

    def stop():
        raise StopIteration("no more")

    def count_up(n):
        for i in range(n):
            yield i

    def spoil(values, more=None):
        values[0] = 9
        if more is not None:
            more["new"] = [1]

    def twice(function):
        def wrapper(x):
            return function(function(x))
        wrapper.__name__ = function.__name__
        return wrapper

    def apply(function, *args):
        return function(*args)

    def swallow(function):
        try:
            return function()
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    def in_threads(function, values):
        found = [None] * len(values)
        def work(i):
            found[i] = function(values[i])
        threads = [threading.Thread(target=work, args=(i,)) for i in range(len(values))]
        [t.start() for t in threads]
        [t.join() for t in threads]
        return found

    def noisy(x):
        print("hello")
        print("oh", file=sys.stderr)
        warnings.warn("careful")
        logging.warning("careful")
        return x

    def deep(n):
        return deep(n + 1)

    def hungry():
        raise MemoryError

    def forever():
        while True:
            pass

    def stubborn():
        while True:
            try:
                while True:
                    pass
            except KeyboardInterrupt:
                pass

    def kill():
        import os
        os._exit(3)

    class Counter:
        """Counts."""
        start = 0

        def __init__(self, n=0):
            self.n = n

        def up(self):
            self.n += 1
            return self

        def __len__(self):
            return self.n

        def __getitem__(self, i):
            return i * self.n

        def __iter__(self):
            return iter(range(self.n))

        def __enter__(self):
            self.n += 10
            return self

        def __exit__(self, *_):
            self.n -= 10

        def mean(self):
            return 0.5

    def make(n):
        return Counter(n)

    def is_counter(value):
        return type(value) is Counter

    alias = add
'''


@pytest.fixture(scope="module")
def learner() -> Any:
    with student(SOURCE) as one:
        yield one


def test_a_function_gets_arguments_and_gives_its_result_by_value(learner: Student) -> None:
    assert learner.add(1) == 2
    assert learner.add(1, b=2.5) == 3.5
    np.testing.assert_array_equal(learner.add(np.arange(3)), [1, 2, 3])
    assert torch.equal(learner.add(torch.ones(2), torch.ones(2)), torch.full((2,), 2.0))
    assert learner.echo(1, [2], a=(3, None)) == ((1, [2]), {"a": (3, None)})
    assert learner.add.__name__ == "add"
    expect(learner.add, 2, b=3).returns(5).is_a(int)


def test_large_arrays_cross_in_both_directions(learner: Student) -> None:
    large = np.random.default_rng(1).normal(size=(1000, 1250))
    np.testing.assert_array_equal(learner.add(large, 1), large + 1)
    assert len(learner.echo(*[np.zeros(2000)] * 700)[0]) == 700


def test_variables_are_fetched_by_value(learner: Student) -> None:
    assert learner.channel.fetch("limit") == 5
    np.testing.assert_array_equal(learner.channel.fetch("table")["a"], np.ones(2))
    assert isinstance(learner.channel.fetch("np"), StandIn)
    assert learner.channel.fetch("alias")(1, 1) == 2


@pytest.mark.parametrize("use", [lambda one: one.top_k(1), lambda one: one.channel.fetch("top_k")])
def test_a_name_that_is_not_defined_fails_the_test(learner: Student, use: Any) -> None:
    with pytest.raises(Mismatch, match="`top_k` is not defined"):
        use(learner)
    with pytest.raises(Mismatch, match="`top_k` is not defined"):
        expect(learner.top_k).raises(AssertionError)


ERRORS = [
    (ValueError, ("no such file",)), (KeyError, ("a",)), (ZeroDivisionError, ()), (IndexError, ("x", 3)),
    (NotImplementedError, ()), (FileNotFoundError, (2, "No such file")), (AssertionError, ("no",)), (MemoryError, ()),
    (UnicodeDecodeError, ("utf-8", b"a", 0, 1, "bad")), (np.linalg.LinAlgError, ("singular",)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "args"), ERRORS, ids=lambda v: getattr(v, "__name__", ""))
def test_an_error_is_raised_as_its_own_class_with_its_text(learner: Student, kind: Any, args: Any) -> None:
    with pytest.raises(kind) as raised:
        learner.fail(kind, *args)
    assert str(raised.value) == str(kind(*args))
    assert type(raised.value).__name__ == kind.__name__
    assert "in fail, line 16: raise kind(*args)" in show_error(raised.value)


def test_an_error_of_the_learners_own_class_is_one_of_the_nearest_known(learner: Student) -> None:
    with pytest.raises(ValueError) as raised:
        learner.refuse("a.png")
    assert show_error(raised.value).startswith("ImageError: a.png is no image\n            in refuse, line")
    expect(learner.refuse, "a.png").raises(ValueError, mentioning=["a.png"])
    own = learner.channel.fetch("ImageError")
    assert isinstance(raised.value, own)
    assert not isinstance(ValueError(), own)
    expect(learner.refuse, "a.png").raises(own)


def test_the_place_of_an_error_is_in_the_message(learner: Student) -> None:
    with pytest.raises(Mismatch, match="in fail, line 16: raise kind"):
        expect(learner.fail, ValueError, "x").returns(1)


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, BaseException])
def test_a_wish_to_end_is_no_exception_that_a_test_can_expect(learner: Student, kind: Any) -> None:
    with pytest.raises(Mismatch, match=f"fail ended with {kind.__name__}"):
        expect(learner.fail, kind, "x").raises(Exception)
    assert learner.add(1) == 2


def test_stop_iteration_does_not_end_a_loop_of_the_test(learner: Student) -> None:
    with pytest.raises(RuntimeError, match="no more"):
        [learner.stop() for _ in range(2)]


def test_a_text_with_control_characters_is_escaped_and_cut(learner: Student) -> None:
    with pytest.raises(ValueError) as raised:
        learner.fail(ValueError, "\x1b[31mred\u202e\ud800" + "x" * 100_000)
    assert str(raised.value).startswith("\\x1b[31mred\\u202e\\ud800xxx")
    assert len(str(raised.value)) < 3000


def test_deep_recursion_and_lack_of_memory_are_errors_of_the_call(learner: Student) -> None:
    with pytest.raises(RecursionError):
        learner.deep(0)
    with pytest.raises(MemoryError):
        learner.hungry()
    assert learner.add(1) == 2


def test_prints_and_warnings_are_no_errors(learner: Student) -> None:
    assert learner.noisy(3) == 3


def test_a_generator_stays_behind_and_is_read_item_by_item(learner: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = learner.count_up(3)
    assert next(numbers) == 0
    assert list(numbers) == [1, 2]
    assert next(numbers, "end") == "end"
    expect(learner.count_up, 3).satisfies(lambda g: list(g) == [0, 1, 2], "0 to 2")
    monkeypatch.setattr("autograder.examiner.stand_in._MOST_ITEMS", 300)
    assert len(list(learner.count_up(300))) == 300
    with pytest.raises(Mismatch, match="300 items"):
        list(learner.count_up(10**9))


def test_an_object_of_a_class_has_methods_items_length_and_a_context(learner: Student) -> None:
    counter = learner.Counter(2)
    assert counter.up().n == 3
    assert (len(counter), counter[2], list(counter), counter.mean()) == (3, 6, [0, 1, 2], 0.5)
    with counter as entered:
        assert entered.n == 13
    assert counter.n == 3
    assert learner.Counter.start == 0
    assert learner.is_counter(counter) is True
    assert isinstance(counter, learner.Counter)
    assert not isinstance(3, learner.Counter)
    assert learner.Counter.__doc__ == "Counts."
    with pytest.raises(AttributeError, match="nothing"):
        _ = counter.nothing
    counter.n = 7
    assert len(counter) == 7


def test_objects_are_let_go_when_their_stand_ins_are() -> None:
    source = """
        import gc
        class Big: pass
        def count(): return sum(isinstance(thing, Big) for thing in gc.get_objects())
    """
    with student(source) as one:
        kept = [one.Big() for _ in range(3)]
        assert one.count() == 3
        del kept[1:]
        one.count()
        assert one.count() == 1


def test_changes_in_place_are_made_in_the_very_objects(learner: Student) -> None:
    for value in (np.zeros(3), torch.zeros(3), [0, 1], bytearray(2), {0: 1}, np.zeros((4, 6))[::2, ::3], [np.zeros(2)]):
        learner.spoil(value)
        assert np.all(np.asarray(value[0]) == 9)
    inner, more = np.zeros(2), {"old": 1}
    learner.spoil([0, 1], more=more)
    assert more == {"old": 1, "new": [1]}
    learner.apply(learner.spoil, inner)
    assert inner[0] == 9
    with pytest.raises(Mismatch, match="work on a copy"):
        expect(learner.spoil, np.zeros(2)).leaves_arguments_alone()
    expect(learner.add, np.zeros(2)).leaves_arguments_alone()
    nan = np.array([np.nan])
    expect(learner.add, nan).leaves_arguments_alone()


def test_changes_of_modules_generators_and_own_objects_come_back() -> None:
    source = """
        import torch
        from dataclasses import dataclass
        @dataclass
        class Box:
            corner: list
            name: str = "box"
        def train(module, rng, box):
            with torch.no_grad():
                module.weight += 1
            module.eval()
            box.corner.append(rng.random())
            box.name = "new"
        def same(box):
            return Box([2], box.name)
        def size(box):
            return len(box.corner)
    """

    @dataclasses.dataclass
    class Box:
        corner: list[float]
        name: str = "box"

    with student(source, namespace={"Box": Box}) as one:
        module, rng, box = torch.nn.Linear(2, 1), np.random.default_rng(3), Box([])
        before = module.weight.detach().clone()
        one.train(module, rng, box)
        assert torch.equal(module.weight, before + 1)
        assert not module.training
        assert box == Box([np.random.default_rng(3).random()], "new")
        assert rng.bit_generator.state != np.random.default_rng(3).bit_generator.state
        assert one.same(box) == Box([2], "new")
        assert one.size(box) == 1


def test_functions_of_the_test_are_called_back(learner: Student) -> None:
    seen = []

    def triple(x: Any) -> Any:
        """Three times."""
        seen.append(x)
        return 3 * x

    assert learner.twice(triple)(2) == 18
    assert seen == [2, 6]
    assert learner.twice(triple).__name__ == "triple"
    assert learner.apply(lambda a, b: a - b, 5, 3) == 2
    assert learner.apply(functools.partial(max, 4), 3) == 4
    np.testing.assert_array_equal(learner.apply(np.sin, np.zeros(2)), np.zeros(2))
    assert learner.echo(triple)[0][0] is triple
    assert learner.apply(learner.add, 1) == 2
    assert learner.apply(learner.twice(triple), 1) == 9


@pytest.mark.parametrize(
    "function",
    [np.sin, torch.sin, torch.nn.functional.relu, abs, torch.nn.Linear(2, 2)],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_functions_of_libraries_are_sent_by_name_and_layers_by_value(function: Any) -> None:
    with student("def f(function): return type(function).__name__, function.__module__") as one:
        assert one.f(function) == (type(function).__name__, function.__module__)


def test_calls_inside_calls_go_to_a_limited_depth(learner: Student) -> None:
    def down(n: int) -> int:
        return 0 if n == 0 else 1 + learner.apply(down, n - 1)

    assert down(20) == 20
    with pytest.raises(Mismatch, match="more than 40 deep"):
        down(100)
    assert learner.add(1) == 2


def test_an_error_of_a_function_of_the_test_passes_through_the_students_code(learner: Student) -> None:
    class Own(Exception):
        pass

    def fail() -> None:
        raise Own("mine")

    with pytest.raises(Own, match="mine"):
        learner.apply(fail)
    assert learner.swallow(fail) == "Own: mine"


def test_threads_of_the_student_may_call_back(learner: Student) -> None:
    assert learner.in_threads(lambda x: x * x, [1, 2, 3, 4]) == [1, 4, 9, 16]


def test_a_function_of_a_test_that_is_over_is_refused() -> None:
    source = """
        import threading, time
        said = []
        def later(function):
            def work():
                time.sleep(0.2)
                try:
                    function()
                except RuntimeError as error:
                    said.append(str(error))
            threading.Thread(target=work).start()
    """
    with student(source) as one:
        one.later(lambda: 1)
        time.sleep(0.5)
        assert one.channel.fetch("said") == ["This function belongs to a test that is over."]


def test_speed_is_compared(learner: Student) -> None:
    def slow(a: int) -> int:
        time.sleep(0.05)
        return a + 1

    expect_faster(learner.add, slow, 1, times=2)


def test_a_test_that_sends_what_cannot_be_sent_is_broken(learner: Student) -> None:
    with pytest.raises(BrokenTest, match="lock"):
        learner.add(threading.Lock())
    with pytest.raises(BrokenTest, match="lock"):
        learner.apply(lambda: threading.Lock())
    assert learner.add(1) == 2


CRAFTED = {
    "raises when it is encoded": """
        class D(dict):
            __len__ = __iter__ = None
            def items(self): raise ValueError
        def f(): return [D(a=1)]
    """,
    "lies about its length": """
        class L(list):
            def __len__(self): return 10**15
        def f(): return L([1])
    """,
    "attributes that raise": """
        class A:
            __call__ = None
            def __getattr__(self, name): raise MemoryError(name)
        def f(): return A()
    """,
    "attributes without end": """
        class A:
            def __getattr__(self, name): return A()
        def f(): return A()
    """,
    "a class that lies": """
        class A:
            __class__ = list
        def f(): return A()
    """,
    "a metaclass that lies": """
        class M(type):
            def __instancecheck__(cls, value): return True
            def __eq__(cls, other): return True
            __hash__ = type.__hash__
        class A(metaclass=M): pass
        def f(): return A()
    """,
    "an array that lies about its shape": """
        import numpy as np
        class A(np.ndarray):
            shape = nbytes = size = property(lambda self: (7,))
        def f(): return np.zeros(2).view(A)
    """,
}


@pytest.mark.parametrize("source", CRAFTED.values(), ids=CRAFTED.keys())
def test_a_crafted_result_never_equals(source: str) -> None:
    with student(textwrap.dedent(source) + "\ndef ok(): return 1") as one:
        with pytest.raises(Mismatch):
            expect(one.f).returns(7)
        assert one.ok() == 1


UNFIT = {
    "contains itself": ("def f():\n    a = []\n    a.append(a)\n    return a", "nested"),
    "nested": ("def f():\n    a = 1\n    for _ in range(500): a = [a]\n    return a", "nested"),
    "too many bytes": ("import numpy as np\ndef f(): return np.zeros(200_000)", "more than can be judged"),
    "a stride trick": (
        "import numpy as np\ndef f(): return np.broadcast_to(np.zeros(1), 10**12)",
        "more than can be judged",
    ),
    "too many items": ("def f(): return [None] * 300_000", "more than can be judged"),
    "a huge int": ("def f(): return 1 << 10**8", "more than can be judged"),
    "a text": ("def f(): return 'x' * 2_000_000", "more than can be judged"),
}


@pytest.mark.parametrize(("source", "words"), UNFIT.values(), ids=UNFIT.keys())
def test_a_result_that_cannot_cross_is_a_clear_mismatch(source: str, words: str) -> None:
    with student(source + "\ndef ok(): return 1", limits=WireLimits(bytes=1_000_000, items=200_000)) as one:
        with pytest.raises(Mismatch, match=words):
            one.f()
        assert one.ok() == 1


def test_a_call_that_hangs_is_stopped_and_the_kernel_can_be_used_on() -> None:
    with student(SOURCE, seconds_per_call=0.5) as one:
        with pytest.raises(Stopped) as stopped:
            expect(one.forever).raises(Exception)
        assert stopped.value.kind == "TimeLimit"
        with pytest.raises(Stopped):
            one.add(1)
        one.interrupt()
        assert one.channel.settle(2.0)
        assert one.add(1) == 2
        with pytest.raises(Stopped):
            one.apply(lambda: time.sleep(1))
        one.interrupt()
        assert one.channel.settle(2.0)
        with pytest.raises(Stopped):
            one.apply(lambda: one.forever())
        one.interrupt()
        assert one.channel.settle(2.0)
        assert one.add(1) == 2


def test_a_call_that_cannot_be_interrupted_is_not_usable_on() -> None:
    with student(SOURCE, seconds_per_call=0.3) as one:
        with pytest.raises(Stopped):
            one.stubborn()
        one.interrupt()
        assert not one.channel.settle(0.3)


def test_an_endless_exchange_of_callbacks_ends_with_the_call() -> None:
    with student("def f(g):\n    while True: g()", seconds_per_call=0.5) as one:
        with pytest.raises(Stopped) as stopped:
            one.f(lambda: 1)
        assert stopped.value.kind == "TimeLimit"


def test_an_interrupt_between_calls_harms_nothing(learner: Student) -> None:
    assert learner.add(1) == 2  # by now it answers: before, an interrupt is not between calls
    for _ in range(20):
        learner.interrupt()
        assert learner.add(1) == 2


def test_a_dead_kernel_is_named_and_is_no_exception() -> None:
    with student(SOURCE) as one:
        with pytest.raises(Stopped) as stopped:
            expect(one.kill).raises(Exception)
        assert stopped.value.kind == "KernelDied"
        assert not issubclass(Stopped, Exception)
        assert not one.channel.settle(0.1)


_HEAD = struct.Struct("<4sIQ")


def frame(tree: Any) -> bytes:
    body = msgpack.packb(tree)
    return _HEAD.pack(b"ASK1", 0, len(body)) + body


def description(**changed: Any) -> dict[str, Any]:
    entries = {"classes": ["builtins.Exception"], "name": "X", "text": "t", "place": None, **changed}
    return {"dict": [list(entries), list(entries.values())]}


FORGED = {
    "garbage": (b"\x00" * 100, "BadAnswer"),
    "a long body": (_HEAD.pack(b"ASK1", 0, 1 << 60), "OutputLimit"),
    "many buffers": (_HEAD.pack(b"ASK1", 1 << 31, 10), "BadAnswer"),
    "a huge buffer": (_HEAD.pack(b"ASK1", 1, 1) + struct.pack("<Q", 1 << 50), "OutputLimit"),
    "no message": (frame(None), "BadAnswer"),
    "an empty message": (frame([]), "BadAnswer"),
    "an unknown kind": (frame(["open", "/etc/passwd"]), "BadAnswer"),
    "a value without changes": (frame(["value", 1]), "BadAnswer"),
    "changes of what was not passed": (frame(["value", 1, {"dict": [[5], [1]]}]), "BadAnswer"),
    "changes that are no dict": (frame(["value", 1, 3]), "BadAnswer"),
    "a callback never given": (frame(["call back", 99, {"tuple": []}, {"dict": [[], []]}]), "BadAnswer"),
    "a callback with a bad number": (frame(["call back", [[]], {"tuple": []}, {"dict": [[], []]}]), "BadAnswer"),
    "an error of no form": (frame(["error", {"dict": [[], []]}, {"dict": [[], []]}]), "BadAnswer"),
    "an error with odd classes": (
        frame(["error", description(classes=[1], text=5), {"dict": [[], []]}]),
        "BadAnswer",
    ),
    "an object of no kind": (
        frame(["value", {"object": [1, "thing", "T", [], None]}, {"dict": [[], []]}]),
        "BadAnswer",
    ),
    "an object with unknown abilities": (
        frame(["value", {"object": [1, "instance", "T", ["eq"], None]}, {"dict": [[], []]}]),
        "BadAnswer",
    ),
    "a pickle": (frame(["value", {"pickle": b"cos\nsystem\n(S'true'\ntR."}, {"dict": [[], []]}]), "BadAnswer"),
}


@pytest.mark.parametrize(("sent", "kind"), FORGED.values(), ids=FORGED.keys())
def test_forged_answers_stop_the_examination(sent: bytes, kind: str) -> None:
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here, seconds_per_call=1.0)
        there.sendall(sent)
        with pytest.raises(Stopped) as stopped:
            expect(channel.stand_in("f"), 1).raises(Exception)
        assert stopped.value.kind == kind
        assert not channel.settle(0.1)


def test_an_error_may_not_claim_a_class_that_no_test_may_expect() -> None:
    names = ["student.Mine", "autograder.expect.mismatch.Mismatch", "builtins.AssertionError", "builtins.Exception"]
    here, there = socket.socketpair()
    with here, there:
        there.sendall(frame(["error", description(classes=names, name="Mismatch"), {"dict": [[], []]}]))
        with pytest.raises(AssertionError) as raised:
            Channel(here, seconds_per_call=1.0).stand_in("f")()
        assert not isinstance(raised.value, Mismatch)


def test_an_end_of_file_is_a_dead_kernel() -> None:
    here, there = socket.socketpair()
    there.close()
    with here, pytest.raises(Stopped) as stopped:
        Channel(here).stand_in("f")()
    assert stopped.value.kind == "KernelDied"


def test_half_a_message_is_waited_for_no_longer_than_a_call_may_take() -> None:
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here, seconds_per_call=0.3)
        there.sendall(_HEAD.pack(b"ASK1", 0, 100) + b"half")
        start = time.monotonic()
        with pytest.raises(Stopped) as stopped:
            channel.stand_in("f")()
        assert stopped.value.kind == "TimeLimit"
        assert time.monotonic() - start < 1
        assert not channel.settle(0.1)


def test_a_kernel_that_reads_nothing_is_not_waited_for() -> None:
    here, there = socket.socketpair()
    with here, there:
        with pytest.raises(Stopped) as stopped:
            Channel(here, seconds_per_call=0.3).stand_in("f")(np.zeros(10_000_000))
        assert stopped.value.kind == "TimeLimit"


def test_no_file_stays_open(learner: Student) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(100):
        learner.add(1)
    assert len(os.listdir("/proc/self/fd")) == before


def test_an_error_outside_of_the_learners_cells_has_no_place(learner: Student) -> None:
    with pytest.raises(AttributeError) as raised:
        _ = learner.Counter(1).nothing
    assert raised.value.learner_place is None
    assert "\n" not in show_error(raised.value)
