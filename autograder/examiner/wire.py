"""Values as bytes and back: msgpack for the tree, raw memory beside it for what is large.

In the tree, what msgpack knows stands for itself: None, bool, int of 64 bits, float, str, bytes, and
list. Everything else is a map with one entry, ``{tag: content}``. The reader is built for bytes from a
hostile sender: it gives a value made of exact base types, or :class:`WireError`, and nothing else.

What is not plain data is left to whoever reads and writes: the ``other`` of :func:`encode` turns it into a
tag and a plain content, and the ``other`` of :func:`decode` opens it.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import pathlib
from collections.abc import Callable, Mapping, Sequence
from types import EllipsisType, NoneType, NotImplementedType
from typing import Any, NamedTuple

import msgpack  # type: ignore[import-untyped]
import numpy as np

from autograder.examiner.arrays import (
    array_node,
    dtype_node,
    put_small,
    read_array,
    read_dtype,
    read_shape,
    read_tensor,
    tensor_node,
    torch_dtype,
    torch_module,
)
from autograder.examiner.limits import NotPlain, TooLarge, WireError, WireLimits
from autograder.examiner.named_types import name_of, named_types

_SCALARS = frozenset({NoneType, bool, int, float, str, bytes})
_LONGEST_INT = 1 << 20  # bytes
_LARGEST_EXPONENT = 10_000
_MOST_EQUAL_HASHES = 1000
_LONGEST_NAME = 100


class Packed(NamedTuple):
    """A message: its tree, and the memory that the tree refers to by number.

    Attributes:
        body: the tree, as msgpack.
        buffers: contiguous arrays of uint8.
    """

    body: bytes
    buffers: Sequence[np.ndarray]

    @property
    def size(self) -> int:
        """How many bytes there are in all."""
        return len(self.body) + sum(memory.size for memory in self.buffers)


Tagged = tuple[str, Any]
"""A tag and a content of plain data."""


def refuse(value: Any) -> Tagged:
    """Let plain data cross and nothing else."""
    raise NotPlain(f"a value of type {type(value).__name__}")


def encode(
    value: Any,
    limits: WireLimits,
    other: Callable[[Any], Tagged] = refuse,
    *,
    keep_strides: bool = False,
) -> Packed:
    """Turn a value into a message.

    Args:
        value: plain data; what is not is given to ``other``.
        limits: how large the message may be.
        other: returns a tag and a plain content for a value that is not plain data.
        keep_strides: whether views arrive as views.

    Raises:
        TooLarge: if there is more than ``limits`` allow.
        WireError: if it is nested too deeply, or contains itself.
    """
    return _Writer(limits, other, keep_strides).message(value)


def decode(
    packed: Packed,
    limits: WireLimits,
    other: Mapping[str, Callable[[Any], Any]],
    *,
    may_have_strides: bool = False,
) -> Any:
    """Turn a message into the value that it stands for; arrays and tensors share the memory of its buffers.

    Args:
        packed: what came.
        limits: how large a value may be.
        other: for each tag of a value that is not plain data, what makes it of its content.
        may_have_strides: whether the sender is trusted to describe views.

    Raises:
        WireError: if it is no message.
    """
    return _Reader(packed, limits, other, may_have_strides).value()


class _Writer:
    def __init__(self, limits: WireLimits, other: Callable[[Any], Tagged], keep_strides: bool):
        self._limits = limits
        self._other = other
        self._keep_strides = keep_strides
        self._buffers: list[np.ndarray] = []
        self._room = limits.bytes
        self._items = 0

    def message(self, value: Any) -> Packed:
        try:
            tree = self._node(value, 0)
        except RecursionError:
            raise WireError("a value that is nested too deeply") from None
        body = msgpack.packb(tree, use_bin_type=True, unicode_errors="surrogatepass")
        if len(body) > self._limits.bytes:
            raise TooLarge(f"a value of {len(body) / 1e6:,.0f} MB")
        return Packed(body, self._buffers)

    def put(self, memory: np.ndarray) -> int | bytes:
        self._take_room(memory.size)
        small = put_small(memory)
        if small is not None:
            return small
        self._buffers.append(memory)
        return len(self._buffers) - 1

    def _node(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind in _SCALARS:
            if kind is int:
                return self._int(value)
            if kind is str or kind is bytes:
                self._take_room(len(value))
            return value
        if kind is list:
            return self._list(value, depth)
        if kind is np.ndarray:
            return self._array(value, depth)
        write = _WRITERS.get(kind)
        if write is None:
            return self._by_base(value, depth)
        return write(self, value, depth)

    def _by_base(self, value: Any, depth: int) -> Any:
        """Write an instance of a subclass as its plain base."""
        torch = torch_module()
        if torch is not None:
            if isinstance(value, torch.Tensor):
                try:
                    return {"tensor": tensor_node(value, self, self._room, keep_strides=self._keep_strides)}
                except NotPlain:
                    return self._not_plain(value, depth)
            if type(value) is torch.dtype:
                return {"torch.dtype": str(value).removeprefix("torch.")}
            if type(value) is torch.device:
                return {"torch.device": str(value)}
        if isinstance(value, type):
            name = name_of(value)
            return {"type": name} if name is not None else self._not_plain(value, depth)
        for base in type(value).__mro__:
            write = _WRITERS.get(base)
            if write is not None:
                return write(self, value, depth)
        return self._not_plain(value, depth)

    def _not_plain(self, value: Any, depth: int) -> Any:
        tag, content = self._other(value)
        return {tag: self._node(content, depth + 1)}

    def _int(self, value: int) -> Any:
        if -(2**63) <= value < 2**64:
            return value
        size = value.bit_length() // 8 + 1
        if size > _LONGEST_INT:
            raise TooLarge(f"an int of {value.bit_length():,} bits")
        self._take_room(size)
        return {"int": value.to_bytes(size, "little", signed=True)}

    def _list(self, values: Sequence[Any], depth: int) -> list[Any]:
        self._take_items(len(values))
        kinds = set(map(type, values))
        if kinds <= _SCALARS and str not in kinds and bytes not in kinds:
            if int not in kinds:
                return list(values)
            numbers = [v for v in values if type(v) is int] if len(kinds) > 1 else values
            if min(numbers) >= -(2**63) and max(numbers) < 2**64:
                return list(values)
        if depth >= self._limits.depth:
            raise WireError(f"a value that is nested more than {depth} deep, or contains itself")
        return [self._node(v, depth + 1) for v in values]

    def _tuple(self, value: tuple[Any, ...], depth: int) -> Any:
        entries = list(tuple.__iter__(value))
        names = getattr(type(value), "_fields", None)
        if type(names) is tuple and len(names) == len(entries) and all(type(n) is str for n in names):
            return {"namedtuple": [type(value).__name__, list(names), self._list(entries, depth)]}
        return {"tuple": self._list(entries, depth)}

    def _set(self, value: Any, depth: int) -> Any:
        tag = "set" if isinstance(value, set) else "frozenset"
        entries = self._keys(list(value), depth)
        return self._not_plain(value, depth) if entries is None else {tag: entries}

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        pairs = list(dict.items(value))
        keys = self._keys([key for key, _ in pairs], depth)
        if keys is None:
            return self._not_plain(value, depth)
        return {"dict": [keys, self._list([entry for _, entry in pairs], depth)]}

    def _keys(self, values: list[Any], depth: int) -> list[Any] | None:
        """Write what is compared when it arrives; ``None`` if some of it is no plain data, which compares itself."""
        other, self._other = self._other, refuse
        try:
            return self._list(values, depth)
        except NotPlain:
            return None
        finally:
            self._other = other

    def _array(self, value: np.ndarray, depth: int) -> Any:
        try:
            return {"array": array_node(value, self, self._room, keep_strides=self._keep_strides)}
        except NotPlain:
            if value.dtype != object:
                return self._not_plain(value, depth)
            entries = self._list(value.ravel().tolist(), depth)
            return {"objects": [list(value.shape), entries]}

    def _scalar(self, value: np.generic, depth: int) -> Any:
        content = self._array(np.asarray(value), depth)
        return {"scalar": content["array"]} if "array" in content else self._not_plain(value, depth)

    def _dtype(self, value: np.dtype[Any], depth: int) -> Any:
        try:
            return {"dtype": dtype_node(value)}
        except NotPlain:
            return self._not_plain(value, depth)

    def _slice(self, value: slice, depth: int) -> Any:
        return {"slice": self._list([value.start, value.stop, value.step], depth)}

    def _take_room(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise TooLarge(f"a value of more than {self._limits.bytes / 1e6:,.0f} MB")

    def _take_items(self, count: int) -> None:
        self._items += count
        if self._items > self._limits.items:
            raise TooLarge(f"a value of more than {self._limits.items:,} items")


def _plain_datetime(writer: _Writer, value: Any, depth: int) -> Any:
    for kind in (datetime.datetime, datetime.date, datetime.time):  # a datetime is a date
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat()}
    return {"timedelta": [value.days, value.seconds, value.microseconds]}


_WRITERS: dict[type, Callable[[_Writer, Any, int], Any]] = {
    # Subclasses of what msgpack knows come here too, and cross as their base.
    int: lambda writer, value, depth: writer._int(int.__int__(value)),
    float: lambda writer, value, depth: float.__float__(value),
    str: lambda writer, value, depth: writer._node(str.__str__(value), depth),
    bytes: lambda writer, value, depth: writer._node(bytes(memoryview(value)), depth),
    list: lambda writer, value, depth: writer._list(list(list.__iter__(value)), depth),
    bytearray: lambda writer, value, depth: {"bytearray": writer.put(np.frombuffer(value, np.uint8))},
    complex: lambda writer, value, depth: {"complex": [value.real, value.imag]},
    tuple: _Writer._tuple,
    dict: _Writer._dict,
    set: _Writer._set,
    frozenset: _Writer._set,
    range: lambda writer, value, depth: {"range": writer._list([value.start, value.stop, value.step], depth)},
    slice: _Writer._slice,
    EllipsisType: lambda writer, value, depth: {"constant": "Ellipsis"},
    NotImplementedType: lambda writer, value, depth: {"constant": "NotImplemented"},
    np.ndarray: _Writer._array,
    np.generic: _Writer._scalar,
    np.str_: _Writer._scalar,  # is a str, too
    np.bytes_: _Writer._scalar,
    np.dtype: _Writer._dtype,
    pathlib.Path: lambda writer, value, depth: {"path": str(value)},
    pathlib.PurePath: lambda writer, value, depth: {"purepath": str(value)},
    datetime.datetime: _plain_datetime,
    datetime.date: _plain_datetime,
    datetime.time: _plain_datetime,
    datetime.timedelta: _plain_datetime,
    decimal.Decimal: lambda writer, value, depth: {"decimal": str(_moderate(value))},
    fractions.Fraction: lambda writer, value, depth: {
        "fraction": writer._list([value.numerator, value.denominator], depth)
    },
}


class _Reader:
    def __init__(
        self, packed: Packed, limits: WireLimits, other: Mapping[str, Callable[[Any], Any]], may_have_strides: bool
    ):
        self._packed = packed
        self._limits = limits
        self._other = other
        self._may_have_strides = may_have_strides
        self._items = 0
        self._taken: set[int] = set()

    def value(self) -> Any:
        try:
            tree = msgpack.unpackb(
                self._packed.body,
                raw=False,
                unicode_errors="surrogatepass",
                max_map_len=1,
                max_array_len=self._limits.items,
                list_hook=self._count,
                object_pairs_hook=self._tagged,
            )
            return self._value(tree, 0)
        except WireError:
            raise
        except Exception as error:  # whatever hostile bytes lead to
            raise WireError(f"a message that cannot be read ({type(error).__name__})") from error

    def take(self, node: Any) -> np.ndarray:
        if type(node) is bytes:
            return np.frombuffer(bytearray(node), np.uint8)
        # Taken twice, a few bytes could ask for gigabytes to be copied or looked through.
        if type(node) is not int or node < 0 or node in self._taken:
            raise WireError("not a buffer")
        self._taken.add(node)
        return self._packed.buffers[node]

    def _count(self, values: list[Any]) -> list[Any]:
        self._items += 1 + len(values)
        if self._items > 2 * self._limits.items + 100:
            raise TooLarge(f"a value of more than {self._limits.items:,} items")
        return values

    def _tagged(self, pairs: list[tuple[Any, Any]]) -> tuple[Any, Any]:
        self._items += 1
        return pairs[0]

    def _value(self, node: Any, depth: int) -> Any:
        kind = type(node)
        if kind in _SCALARS:
            return node
        if kind is list:
            return self._list(node, depth)
        if kind is not tuple:
            raise WireError("a message of an unknown kind")
        tag, content = node
        read = _READERS.get(tag)
        if read is not None:
            return read(self, content, depth)
        if tag not in self._other:
            raise WireError("a message of an unknown kind")
        return self._other[tag](self._value(content, depth + 1))

    def _list(self, nodes: Any, depth: int) -> list[Any]:
        if type(nodes) is not list:
            raise WireError("not a list")
        if set(map(type, nodes)) <= _SCALARS:
            return nodes
        if depth > self._limits.depth:
            raise WireError(f"a value that is nested more than {self._limits.depth} deep")
        return [self._value(node, depth + 1) for node in nodes]

    def _dict(self, content: Any, depth: int) -> dict[Any, Any]:
        keys, values = content
        return dict(zip(self._hashed(keys, depth), self._list(values, depth), strict=True))

    def _hashed(self, content: Any, depth: int) -> list[Any]:
        entries = self._list(content, depth)
        _refuse_equal_hashes(entries)
        return entries

    def _array(self, content: Any, depth: int) -> np.ndarray:
        return read_array(content, self, may_have_strides=self._may_have_strides)

    def _tensor(self, content: Any, depth: int) -> Any:
        return read_tensor(content, self, may_have_strides=self._may_have_strides)

    def _objects(self, content: Any, depth: int) -> np.ndarray:
        shape, nodes = content
        entries = self._list(nodes, depth)
        flat = np.empty(len(entries), object)
        for i, entry in enumerate(entries):
            flat[i] = entry
        return flat.reshape(read_shape(shape))

    def _namedtuple(self, content: Any, depth: int) -> tuple[Any, ...]:
        name, fields, nodes = content
        if not all(type(text) is str and len(text) <= _LONGEST_NAME for text in (name, *fields)):
            raise WireError("a namedtuple without names")
        return _namedtuple_type(name, tuple(fields))(*self._list(nodes, depth))

    def _ints(self, content: Any, depth: int) -> list[int | None]:
        numbers = self._list(content, depth)
        if not all(n is None or type(n) is int for n in numbers):
            raise WireError("not whole numbers")
        return numbers


def _entry(array: np.ndarray) -> Any:
    if array.shape != ():
        raise WireError("not a scalar")
    return array[()]


def _text(content: Any) -> str:
    if type(content) is not str:
        raise WireError("not a text")
    return content


def _refuse_equal_hashes(keys: list[Any]) -> None:
    """Numbers and tuples can be chosen so that all have one hash; a dict of many such takes hours to build."""
    if len(keys) > _MOST_EQUAL_HASHES:
        hashes = np.sort(np.fromiter(map(hash, keys), np.int64, len(keys)))
        if np.count_nonzero(hashes[1:] == hashes[:-1]) > _MOST_EQUAL_HASHES:
            raise WireError("a set or dict whose keys have the same hash")


@functools.lru_cache(64)
def _namedtuple_type(name: str, fields: tuple[str, ...]) -> Any:
    return collections.namedtuple(name, fields)


def _decimal(text: Any) -> decimal.Decimal:
    if len(_text(text)) > _LARGEST_EXPONENT:
        raise WireError("a Decimal of too many digits")
    return _moderate(decimal.Decimal(text))


def _moderate(value: decimal.Decimal) -> decimal.Decimal:
    """Refuse numbers with which nobody can count: a short text may stand for an int of a billion digits."""
    if value.is_finite() and max(abs(value.adjusted()), 2 * len(value.as_tuple().digits)) > _LARGEST_EXPONENT:
        raise WireError("a Decimal that is too large")
    return value


def _big_int(content: Any) -> int:
    if type(content) is not bytes or len(content) > _LONGEST_INT:
        raise WireError("not an int")
    return int.from_bytes(content, "little", signed=True)


_CONSTANTS = {"Ellipsis": Ellipsis, "NotImplemented": NotImplemented}

_READERS: dict[str, Callable[[_Reader, Any, int], Any]] = {
    "int": lambda reader, content, depth: _big_int(content),
    "bytearray": lambda reader, content, depth: bytearray(reader.take(content)),
    "complex": lambda reader, content, depth: complex(float(content[0]), float(content[1])),
    "tuple": lambda reader, content, depth: tuple(reader._list(content, depth)),
    "namedtuple": _Reader._namedtuple,
    "dict": _Reader._dict,
    "set": lambda reader, content, depth: set(reader._hashed(content, depth)),
    "frozenset": lambda reader, content, depth: frozenset(reader._hashed(content, depth)),
    "range": lambda reader, content, depth: range(*reader._ints(content, depth)),  # type: ignore[arg-type]
    "slice": lambda reader, content, depth: slice(*reader._list(content, depth)),
    "constant": lambda reader, content, depth: _CONSTANTS[content],
    "array": _Reader._array,
    "objects": _Reader._objects,
    "scalar": lambda reader, content, depth: _entry(reader._array(content, depth)),
    "dtype": lambda reader, content, depth: read_dtype(content),
    "tensor": _Reader._tensor,
    "torch.dtype": lambda reader, content, depth: torch_dtype(content),
    "torch.device": lambda reader, content, depth: _torch_device(content),
    "type": lambda reader, content, depth: named_types()[content],
    "path": lambda reader, content, depth: pathlib.Path(_text(content)),
    "purepath": lambda reader, content, depth: pathlib.PurePath(_text(content)),
    "datetime": lambda reader, content, depth: datetime.datetime.fromisoformat(_text(content)),
    "date": lambda reader, content, depth: datetime.date.fromisoformat(_text(content)),
    "time": lambda reader, content, depth: datetime.time.fromisoformat(_text(content)),
    "timedelta": lambda reader, content, depth: datetime.timedelta(*reader._ints(content, depth)),  # type: ignore[arg-type]
    "decimal": lambda reader, content, depth: _decimal(content),
    "fraction": lambda reader, content, depth: fractions.Fraction(*reader._ints(content, depth)),  # type: ignore[arg-type]
}


def _torch_device(name: Any) -> Any:
    torch = torch_module()
    if torch is None:
        raise WireError("a device of torch, which is not loaded")
    return torch.device(_text(name))
