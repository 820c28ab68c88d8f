"""What crosses arrives as it was; bytes from a hostile sender give a value or a WireError, and nothing else."""

from __future__ import annotations

import collections
import datetime
import enum
import math
import pathlib
import random
import time
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgpack
import numpy as np
import pytest
import torch

from autograder.examiner.arrays import _TORCH_DTYPES
from autograder.examiner.limits import NotPlain, TooLarge, WireError, WireLimits
from autograder.examiner.wire import Packed, decode, encode
from autograder.expect.values import same

LIMITS = WireLimits()
Point = collections.namedtuple("Point", "x y")


def across(value: Any, *, keep_strides: bool = False) -> Any:
    packed = encode(value, LIMITS, keep_strides=keep_strides)
    received = Packed(packed.body, [memory.copy() for memory in packed.buffers])
    return decode(received, LIMITS, {}, may_have_strides=keep_strides)


def read(tree: Any, buffers: list[np.ndarray] | None = None) -> Any:
    return decode(Packed(msgpack.packb(tree), buffers or []), LIMITS, {})


PLAIN = [
    None, True, False, 0, -1, 2**63 - 1, 2**64 - 1, -(2**63), 2**64, -(2**63) - 1, 10**400, -(10**400),
    0.5, -0.0, math.inf, 1 + 2j, "", "a", "Grüße 🙂", "\ud800 alone", "\x00", b"", b"\x00\xff", bytearray(b"ab"),
    bytearray(5000), b"b" * 100_000, "x" * 100_000,
    [], [1, 2.5, None], [2**70, 1], [[1], [2, [3]]], (), (1,), (1, (2, [3])), {}, {"a": 1},
    {1: "a", (1, 2): [3], None: 0}, {2**65: 1}, set(), {1, "a", (2, 3)}, frozenset({1}), {frozenset({1}): {2}},
    range(3), range(10**20, 0, -7),
    slice(1, None, 2), slice((1, 2), "a"), ..., NotImplemented, pathlib.Path("a/b"), pathlib.PurePosixPath("c"),
    datetime.datetime(2024, 2, 29, 12, 30, 1, 5, datetime.UTC), datetime.date(2024, 2, 29), datetime.time(1, 2),
    datetime.timedelta(days=-1, microseconds=3), Decimal("-1.50"), Decimal("Infinity"), Fraction(-1, 3),
    int, float, type(None), list, ValueError, np.ndarray, np.float32, np.uint8, torch.Tensor, type,
    torch.float32, torch.bfloat16, torch.device("cpu"), np.dtype("float32"), np.dtype(">i2"),
    np.dtype([("a", "<i4", (2, 3)), ("b", [("c", "?"), ("d", "<U3")])]), np.dtype("M8[25s]"),
]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=lambda v: type(v).__name__)
def test_plain_data_arrives_as_it_was(value: Any) -> None:
    got = across(value)
    assert type(got) is type(value)
    assert got == value
    assert repr(got) == repr(value)


def test_nan_and_a_namedtuple_arrive() -> None:
    assert math.isnan(across(math.nan))
    point = across(Point(1, [2]))
    assert (point.x, point.y, type(point).__name__, isinstance(point, tuple)) == (1, [2], "Point", True)


ARRAYS = [
    *(np.array([[0, 1, 2], [3, 1, 0]]).astype(code) for code in "?bBhHiIlLqQefdgFDG"),
    np.array([1, -2], ">i4"), np.array([1.5], ">f8"), np.array(3), np.array(True), np.array("text"),
    np.zeros((0, 3)), np.zeros((2, 0, 5), np.uint8), np.array([b"ab", b""]), np.array(["é", "abc"]), np.array([""]),
    np.array(["2024-01-01", "NaT"], "M8[D]"), np.array([5], "m8[ms]"), np.zeros(3, "V5"),
    np.array([(1, [2.0, 3.0], True)], [("a", "<i4"), ("b", "<f8", (2,)), ("c", "?")]),
    np.zeros(2, np.dtype({"names": ["a"], "formats": ["<i2"], "offsets": [3], "itemsize": 8})),
    np.arange(24.0).reshape(2, 3, 4), np.asfortranarray(np.arange(6).reshape(2, 3)),
    np.random.default_rng(0).integers(0, 255, (300, 200, 3), np.uint8), np.zeros((1,) * 20),
]  # fmt: skip


@pytest.mark.parametrize("array", ARRAYS, ids=lambda a: f"{a.dtype}-{a.shape}"[:40])
def test_an_array_arrives_with_shape_dtype_order_and_values(array: np.ndarray) -> None:
    got = across(array)
    assert type(got) is np.ndarray
    assert (got.shape, got.dtype) == (array.shape, array.dtype)
    assert got.tobytes() == array.tobytes()
    assert got.flags.writeable
    assert (got.flags.c_contiguous, got.flags.f_contiguous) == (array.flags.c_contiguous, array.flags.f_contiguous)


@pytest.mark.parametrize("cut", [np.s_[:, ::2], np.s_[::-1], np.s_[1:, 1:, ::-1], np.s_[..., 0], np.s_[:, None, ::2]])
@pytest.mark.parametrize("dtype", ["u1", ">f8", "M8[s]"])
def test_a_view_keeps_its_strides_on_the_way_to_the_student(cut: Any, dtype: str) -> None:
    whole = np.arange(60).reshape(3, 4, 5).astype(dtype)
    got = across(whole[cut], keep_strides=True)
    assert got.strides == whole[cut].strides
    np.testing.assert_array_equal(got, whole[cut])
    back = across(got)
    np.testing.assert_array_equal(back, whole[cut])
    assert back.flags.contiguous


def test_what_lies_between_the_entries_of_a_view_is_not_sent() -> None:
    whole = np.arange(4000, dtype=np.uint8).reshape(-1, 2)
    whole[:, 1] = 77
    memory = encode(whole[:, 0], LIMITS, keep_strides=True).buffers[0]
    assert 77 not in memory[1::2]


def test_a_broadcast_and_a_read_only_array_arrive_as_such() -> None:
    row = np.broadcast_to(np.array([1.0, 2.0]), (4, 2))
    assert across(row, keep_strides=True).strides == row.strides
    locked = np.ones(3)
    locked.flags.writeable = False
    assert not across(locked, keep_strides=True).flags.writeable
    assert across(locked).flags.writeable


@pytest.mark.filterwarnings("ignore:ComplexHalf")
@pytest.mark.parametrize("name", sorted(_TORCH_DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (2, 3), (40, 50)])
def test_a_tensor_arrives(name: str, shape: tuple[int, ...]) -> None:
    dtype = getattr(torch, name)
    tensor = (torch.arange(math.prod(shape), dtype=torch.float32) % 7).reshape(shape).to(dtype)
    got = across(tensor)
    assert (got.dtype, got.shape, got.requires_grad) == (dtype, tensor.shape, False)
    assert got.view(-1).view(torch.uint8).tolist() == tensor.view(-1).view(torch.uint8).tolist() if shape else True


def test_a_tensor_keeps_strides_and_the_wish_for_a_gradient() -> None:
    tensor = torch.arange(12.0).reshape(3, 4).t()
    got = across(tensor, keep_strides=True)
    assert got.stride() == tensor.stride()
    assert torch.equal(got, tensor)
    assert torch.equal(across(tensor), tensor)
    weights = torch.nn.Parameter(torch.ones(3))
    got = across(weights * 1)
    assert type(across(weights)) is torch.Tensor
    assert across(weights).requires_grad
    assert got.requires_grad and got.is_leaf
    assert across(torch.tensor([1 + 2j]).conj()).tolist() == [1 - 2j]


SCALARS = [
    np.float64(0.5), np.float16(2), np.int8(-3), np.uint64(2**64 - 1), np.bool_(True), np.complex64(1 + 2j),
    np.str_("abc"), np.str_(""), np.bytes_(b"x"), np.datetime64("2024-01-01"), np.timedelta64(3, "s"),
    np.longdouble(0.1), np.array([(1, 2.0)], "i4,f8")[0],
]  # fmt: skip


@pytest.mark.parametrize("value", SCALARS, ids=lambda v: type(v).__name__)
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    got = across(value)
    assert type(got) is type(value)
    assert got == value


class Colour(enum.IntEnum):
    RED = 1


class _Float(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class _Array(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True


class _List(list):  # type: ignore[type-arg]
    def __len__(self) -> int:
        return 10**12


SUBCLASSES = [
    (_Float(1.5), 1.5), (Colour.RED, 1), (type("S", (str,), {})("a"), "a"), (type("B", (bytes,), {})(b"a"), b"a"),
    (collections.Counter("aab"), {"a": 2, "b": 1}), (collections.defaultdict(list, a=[1]), {"a": [1]}),
    (_List([1, [2]]), [1, [2]]), (torch.Size([2, 3]), (2, 3)), (type("T", (tuple,), {})((1, 2)), (1, 2)),
    (type("E", (set,), {})({1}), {1}), (type("D", (dict,), {"__iter__": None})(a=1), {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "base"), SUBCLASSES, ids=lambda v: type(v).__name__)
def test_a_subclass_arrives_as_its_plain_base(value: Any, base: Any) -> None:
    got = across(value)
    assert type(got) is type(base)
    assert got == base


def test_arrays_of_a_subclass_and_of_objects_arrive_as_plain_arrays() -> None:
    assert type(across(np.ones(3).view(_Array))) is np.ndarray
    got = across(np.array([[1, "a"], [None, (2,)]], object))
    assert got.dtype == object
    assert got.tolist() == [[1, "a"], [None, (2,)]]


@pytest.mark.parametrize("value", [object(), lambda: 0, iter([]), (v for v in []), math, [{"a": object()}], Colour])
def test_what_is_no_plain_data_is_refused(value: Any) -> None:
    with pytest.raises(NotPlain):
        across(value)


def test_what_is_no_plain_data_goes_where_the_caller_says() -> None:
    marker = object()
    packed = encode([1, {"a": marker}], LIMITS, lambda value: ("mine", [id(value), b"x"]))
    assert decode(packed, LIMITS, {"mine": lambda content: content}) == [1, {"a": [id(marker), b"x"]}]
    with pytest.raises(WireError):
        decode(packed, LIMITS, {})


def test_a_dict_or_set_with_keys_that_compare_themselves_stays_behind() -> None:
    for value in ({object(): 1}, {object()}, frozenset({(1, object())})):
        packed = encode([value], LIMITS, lambda other: ("mine", type(other).__name__))
        assert decode(packed, LIMITS, {"mine": lambda content: content}) == [type(value).__name__]


def test_a_value_that_contains_itself_ends_in_an_error() -> None:
    loop: list[Any] = []
    loop.append(loop)
    cycle: dict[str, Any] = {}
    cycle["me"] = (cycle,)
    objects = np.empty(1, object)
    objects[0] = objects
    for value in (loop, cycle, objects):
        with pytest.raises(WireError, match="nested"):
            across(value)


def test_limits_hold_before_memory_is_spent() -> None:
    small = WireLimits(bytes=1000, items=50, depth=5)
    endless = np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 40,), (0,))
    many = [[[[0] * 10] * 10] * 10]
    for value in (endless, torch.zeros(1).expand(1 << 40), "x" * 2000, ["x" * 500] * 3, many, [0] * 51, 1 << 10_000):
        with pytest.raises(TooLarge):
            encode(value, small)
    with pytest.raises(WireError, match="nested"):
        encode([[[[[[[1, "a"]]]]]]], small)
    with pytest.raises(TooLarge):
        encode(1 << (1 << 24), LIMITS)


_EIGHT = b"12345678"
HOSTILE = {
    "shape beyond the bytes": {"array": ["<f8", [2], "C", _EIGHT]},
    "shape short of the bytes": {"array": ["<f4", [1], "C", _EIGHT]},
    "huge shape": {"array": ["<f8", [2**62, 2**62], "C", _EIGHT]},
    "huge shape of nothing": {"array": ["<V0", [2**40], "C", b""]},
    "huge shape of empty texts": {"array": ["<U0", [2**40], "C", b""]},
    "negative shape": {"array": ["<f8", [-1], "C", _EIGHT]},
    "float in a shape": {"array": ["<f8", [1.0], "C", _EIGHT]},
    "many axes": {"array": ["<f8", [1] * 65, "C", _EIGHT]},
    "strides": {"array": ["<f8", [1 << 40], [0, 0], _EIGHT]},
    "unknown order": {"array": ["<f8", [1], "K", _EIGHT]},
    "objects": {"array": ["|O", [1], "C", _EIGHT]},
    "objects in a field": {"array": [["fields", 8, [["a", "|O8", 0]]], [1], "C", _EIGHT]},
    "dtype by eval": {"array": ["<f8,<f8", [1], "C", _EIGHT * 2]},
    "dtype by name": {"array": ["float64", [1], "C", _EIGHT]},
    "field beyond the entry": {"array": [["fields", 4, [["a", "<f8", 0]]], [1], "C", b"1234"]},
    "field at a negative place": {"array": [["fields", 8, [["a", "<f4", -4]]], [1], "C", _EIGHT]},
    "nameless field": {"array": [["fields", 8, [[1, "<f8", 0]]], [1], "C", _EIGHT]},
    "huge entries": {"dtype": ["of", "<f8", [1 << 20, 1 << 20]]},
    "characters that do not exist": {"array": ["<U1", [1], "C", b"\xff\xff\xff\xff"]},
    "no such buffer": {"array": ["<f8", [1], "C", 7]},
    "negative buffer": {"array": ["<f8", [1], "C", -1]},
    "one buffer twice": [{"bytearray": 0}, {"bytearray": 0}],
    "array for a scalar": {"scalar": ["<f8", [1], "C", _EIGHT]},
    "unknown tag": {"function": 1},
    "tag that is no text": {b"a": 1},
    "two entries in a map": {"tuple": [], "list": []},
    "empty map": {},
    "unhashable key": {"dict": [[[]], [1]]},
    "odd dict": {"dict": [[1], []]},
    "dict of no lists": {"dict": [1]},
    "unhashable in a set": {"set": [[1]]},
    "equal hashes": {"set": [{"int": (k * (2**61 - 1)).to_bytes(20, "little")} for k in range(5, 3000)]},
    "digits without end": {"decimal": "1" * 20_000},
    "tuple of a text": {"tuple": "abc"},
    "namedtuple with code": {"namedtuple": ["P", ["x = print(1)"], [1]]},
    "namedtuple without values": {"namedtuple": ["P", ["x"], []]},
    "namedtuple with a long name": {"namedtuple": ["P" * 1000, ["x"], [1]]},
    "type by any name": {"type": "os.system"},
    "type that is a list": {"type": ["builtins.int"]},
    "dtype of torch by any name": {"torch.dtype": "nn"},
    "tensor beyond its bytes": {"tensor": ["float32", [3], "C", _EIGHT, False]},
    "tensor with strides": {"tensor": ["float32", [9], [0], _EIGHT, False]},
    "tensor of ints with a gradient": {"tensor": ["int32", [2], "C", _EIGHT, True]},
    "device by any name": {"torch.device": "nowhere"},
    "huge Decimal": {"decimal": "1e999999999"},
    "huge int": {"int": b"1" * (1 << 21)},
    "zero below the line": {"fraction": [1, 0]},
    "range by zero": {"range": [1, 2, 0]},
    "range of texts": {"range": ["a"]},
    "complex of texts": {"complex": ["1"]},
    "date": {"date": "not a date"},
    "constant": {"constant": "print"},
    "extension": msgpack.ExtType(5, b"abc"),
    "time stamp": msgpack.Timestamp(1),
    "objects of another shape": {"objects": [[3], [1, 2]]},
    "deep": [[[[[[]]]]]],
}
for _ in range(7):
    HOSTILE["deep"] = [[[[[[[HOSTILE["deep"]]]]]]]]


@pytest.mark.parametrize("tree", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_tree_is_refused(tree: Any) -> None:
    with pytest.raises(WireError):
        read(tree, [np.zeros(8, np.uint8)])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"\x91",
        b"\x90\x90",
        b"\x91" * 5000 + b"\x90",
        b"\x81" * 900,
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xa1\xff",
        b"\xc9\xff\xff\xff\xff\x01",
    ],
)
def test_bytes_that_are_no_message_are_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        decode(Packed(body, []), LIMITS, {})


def test_many_empty_lists_stop_at_the_limit_of_items() -> None:
    with pytest.raises(WireError):
        decode(Packed(msgpack.packb([[]] * 10_000), []), WireLimits(items=1000), {})
    with pytest.raises(TooLarge):
        decode(Packed(msgpack.packb([[[]] * 900] * 900), []), WireLimits(items=1000), {})


def test_bools_that_are_neither_are_made_true() -> None:
    assert read({"array": ["|b1", [3], "C", b"\x00\x02\x01"]}).tobytes() == b"\x00\x01\x01"
    assert read({"array": [["fields", 2, [["a", "|b1", 1]]], [1], "C", b"\x09\x09"]})["a"].tobytes() == b"\x01"
    assert read({"tensor": ["bool", [2], "C", b"\x00\x05", False]}).view(torch.uint8).tolist() == [0, 1]


def _mutations(rng: random.Random) -> Iterator[bytes]:
    values = [*PLAIN, *ARRAYS, *SCALARS, {"a": [np.arange(3), (torch.ones(2), 1 + 2j)]}, Point(1, 2)]
    bodies = [encode(value, LIMITS).body for value in values]
    bodies = [body for body in bodies if len(body) < 2000]
    for _ in range(20_000):
        body = bytearray(rng.choice(bodies))
        for _ in range(rng.choice((1, 1, 2, 5))):
            action, place = rng.randrange(4), rng.randrange(len(body) + 1)
            if action == 0 and place < len(body):
                body[place] = rng.randrange(256)
            elif action == 1:
                body[place:place] = rng.randbytes(rng.randrange(1, 9))
            elif action == 2:
                del body[place : place + rng.randrange(1, 9)]
            else:
                other = rng.choice(bodies)
                body[place : place + rng.randrange(9)] = other[: rng.randrange(len(other) + 1)]
        yield bytes(body)
    for _ in range(5_000):
        yield rng.randbytes(rng.randrange(60))


def test_mutated_messages_give_a_value_or_a_wire_error() -> None:
    start, read_well = time.monotonic(), 0
    for body in _mutations(random.Random(5)):
        try:
            value = decode(Packed(body, [np.zeros(2000, np.uint8)]), LIMITS, {})
        except WireError:
            continue
        read_well += 1
        assert same(value, value) or "nan" in repr(value).lower() or "NaT" in repr(value)
        encode(value, LIMITS)
    assert read_well > 1000
    assert time.monotonic() - start < 60
