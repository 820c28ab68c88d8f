"""Arrays, their types and tensors as nodes of a message: never more than a header and the bytes of the values."""

from __future__ import annotations

import functools
import importlib
import math
import re
import sys
from typing import Any, Protocol

import numpy as np

from autograder.examiner.limits import NotPlain, TooLarge, WireError

_SMALL = 1024
"""Bytes; what is not larger stands in the message itself."""

_SIMPLE_DTYPE = re.compile(r"[<>|=](?:[biufcSUV]\d{1,7}|[mM]8(?:\[\d{0,9}(?:Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?)")
_MOST_FIELDS = 1000
_LARGEST_ENTRY = 1 << 20
_MOST_AXES = 64
_LARGEST_CODE_POINT = 0x10FFFF

_TORCH_DTYPES = frozenset(
    {"bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"}
    | {"float16", "bfloat16", "float32", "float64", "complex32", "complex64", "complex128"}
    | {"float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz"}
)


class Sink(Protocol):
    """Where memory goes when it is sent."""

    def put(self, memory: np.ndarray) -> int | bytes:
        """Take a contiguous array of uint8; return what stands for it in the message."""


class Source(Protocol):
    """Where memory comes from when it has arrived."""

    def take(self, node: Any) -> np.ndarray:
        """Return the memory that a node of the message stands for, as a writable array of uint8."""


@functools.lru_cache(256)
def dtype_node(dtype: np.dtype[Any]) -> Any:
    """Describe a dtype; raises :class:`NotPlain` if its entries are not just bytes."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return ["of", dtype_node(base), list(shape)]
    if dtype.names is not None and dtype.fields is not None:
        fields = [[name, dtype_node(dtype.fields[name][0]), dtype.fields[name][1]] for name in dtype.names]
        return ["fields", dtype.itemsize, fields]
    text = dtype.str
    if dtype.hasobject or not _SIMPLE_DTYPE.fullmatch(text):
        raise NotPlain(f"an array with entries of type {dtype}")
    return text


def read_dtype(node: Any) -> np.dtype[Any]:
    """Return the dtype that a node describes; raises :class:`WireError` for anything else."""
    if type(node) is str:
        return _simple_dtype(node)
    if type(node) is list and len(node) == 3 and node[0] == "of":
        dtype: np.dtype[Any] = np.dtype((read_dtype(node[1]), read_shape(node[2])))
    elif type(node) is list and len(node) == 3 and node[0] == "fields":
        _, itemsize, fields = node
        if len(fields) > _MOST_FIELDS or not all(type(field[0]) is str for field in fields):
            raise WireError("a dtype with too many or nameless fields")
        names, formats = [field[0] for field in fields], [read_dtype(field[1]) for field in fields]
        offsets = [_natural(field[2]) for field in fields]
        dtype = np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": _natural(itemsize)})
    else:
        raise WireError("not a dtype")
    if dtype.hasobject or dtype.itemsize > _LARGEST_ENTRY:
        raise WireError("a dtype that may not cross")
    return dtype


@functools.lru_cache(256)
def _simple_dtype(text: str) -> np.dtype[Any]:
    if not _SIMPLE_DTYPE.fullmatch(text):
        raise WireError("not a dtype")
    dtype: np.dtype[Any] = np.dtype(text)
    if dtype.str != text or dtype.itemsize > _LARGEST_ENTRY:
        raise WireError("a strange dtype")
    return dtype


def array_node(array: np.ndarray, sink: Sink, most_bytes: int, *, keep_strides: bool) -> list[Any]:
    """Describe an array of any shape and plain dtype.

    Args:
        array: what is sent.
        sink: takes its memory.
        most_bytes: the largest array that is copied.
        keep_strides: whether a view arrives as one, with its strides, and a read-only array as read-only;
            otherwise it arrives in C order, or in Fortran's if it is in that.

    Raises:
        NotPlain: if its entries are not just bytes.
        TooLarge: if it has more bytes than may be sent.
    """
    if type(array) is not np.ndarray:
        array = np.asarray(array)
    dtype = dtype_node(array.dtype)
    if array.nbytes > most_bytes:
        raise TooLarge(f"an array of shape {array.shape}, {array.dtype}: {array.nbytes / 1e6:,.0f} MB")
    flags = array.flags
    if keep_strides and not flags.contiguous and array.size:
        low, high = np.lib.array_utils.byte_bounds(array)
        memory = np.zeros(high - low, np.uint8)  # what lies between the entries is not sent
        offset = array.__array_interface__["data"][0] - low
        np.ndarray(array.shape, array.dtype, memory, offset=offset, strides=array.strides)[...] = array
        return [dtype, list(array.shape), [offset, *array.strides], sink.put(memory), flags.writeable]
    layout = "F" if flags.f_contiguous and not flags.c_contiguous else "C"
    in_order = array.T if layout == "F" else np.asarray(array, order="C")
    memory = in_order.reshape(-1).view(np.uint8) if array.nbytes else np.zeros(0, np.uint8)
    node = [dtype, list(array.shape), layout, sink.put(memory)]
    return [*node, flags.writeable] if keep_strides else node


def read_array(node: Any, source: Source, *, may_have_strides: bool) -> np.ndarray:
    """Return the array that a node describes: its shape and dtype need exactly the bytes that came.

    Args:
        node: what :func:`array_node` made, or anything else.
        source: has the memory.
        may_have_strides: whether the sender is trusted to describe views.

    Raises:
        WireError, ValueError, TypeError: if it is no such node.
    """
    dtype, shape = read_dtype(node[0]), read_shape(node[1])
    memory = source.take(node[3])
    layout = node[2]  # "C", "F", or the offset of the first entry and the strides, all in bytes
    if layout in ("C", "F"):
        if math.prod(shape) * dtype.itemsize != memory.size or (not dtype.itemsize and math.prod(shape) > 1):
            raise WireError("an array whose shape does not fit its bytes")
        array = np.ndarray(shape, dtype, memory, order=layout) if memory.size else np.zeros(shape, dtype)
    elif may_have_strides:
        array = np.ndarray(shape, dtype, memory, offset=layout[0], strides=tuple(layout[1:]))
    else:
        raise WireError("an array with strides")
    _make_valid(array)
    if len(node) == 5 and may_have_strides:
        array.flags.writeable = bool(node[4])
    return array


def torch_module() -> Any:
    """Return torch if it has been imported, else ``None``."""
    return sys.modules.get("torch")


def tensor_node(tensor: Any, sink: Sink, most_bytes: int, *, keep_strides: bool) -> list[Any]:
    """Describe a dense tensor; arguments and errors as for :func:`array_node`.

    It arrives detached and on the CPU, and requires a gradient if the one that was sent did.
    """
    torch = sys.modules["torch"]
    name = str(tensor.dtype).removeprefix("torch.")
    if tensor.layout is not torch.strided or tensor.is_meta or name not in _TORCH_DTYPES:
        raise NotPlain(f"a tensor of {tensor.dtype}, {tensor.layout}")
    if tensor.numel() * tensor.element_size() > most_bytes:
        raise TooLarge(f"a tensor of shape {tuple(tensor.shape)}, {tensor.dtype}")
    values = tensor.detach().cpu().resolve_conj().resolve_neg()
    head = [name, list(values.shape)]
    if keep_strides and not values.is_contiguous() and values.numel():
        size = 1 + sum((n - 1) * step for n, step in zip(values.shape, values.stride(), strict=True))
        twin = torch.zeros(size, dtype=values.dtype)
        twin.as_strided(values.shape, values.stride()).copy_(values)
        return [*head, list(values.stride()), sink.put(_bytes_of(twin)), tensor.requires_grad]
    return [*head, "C", sink.put(_bytes_of(values.contiguous().reshape(-1))), tensor.requires_grad]


def read_tensor(node: Any, source: Source, *, may_have_strides: bool) -> Any:
    """Return the tensor that a node describes; arguments and errors as for :func:`read_array`."""
    name, shape, layout, memory_node, needs_gradient = node
    dtype = torch_dtype(name)
    torch = sys.modules["torch"]
    sizes = read_shape(shape)
    memory = source.take(memory_node)
    itemsize = torch.empty(0, dtype=dtype).element_size()
    if memory.size % itemsize:
        raise WireError("a tensor whose bytes do not fit its type")
    if name == "bool":
        np.not_equal(memory, 0, out=memory.view(np.bool_))
    flat = torch.from_numpy(memory).view(dtype) if memory.size else torch.empty(0, dtype=dtype)
    if layout == "C":
        if math.prod(sizes) * itemsize != memory.size:
            raise WireError("a tensor whose shape does not fit its bytes")
        tensor = flat.reshape(sizes)
    elif may_have_strides:
        tensor = flat.as_strided(sizes, layout)
    else:
        raise WireError("a tensor with strides")
    return tensor.requires_grad_() if needs_gradient is True else tensor


def torch_dtype(name: Any) -> Any:
    """Return torch's dtype of this name; imports torch, which is rare: only who has it can send such a name."""
    if type(name) is not str or name not in _TORCH_DTYPES:
        raise WireError("not a dtype of torch")
    return getattr(importlib.import_module("torch"), name)


def _bytes_of(flat: Any) -> np.ndarray:
    if not flat.numel():
        return np.zeros(0, np.uint8)
    return flat.view(sys.modules["torch"].uint8).numpy()


def _make_valid(array: np.ndarray) -> None:
    """Mend or refuse bytes that are no values: NumPy trusts them, and compares or shows them wrongly."""
    dtype = array.dtype
    if dtype.names is not None:
        for name in dtype.names:
            _make_valid(array[name])
    elif dtype.kind == "b":
        np.not_equal(array.view(np.uint8), 0, out=array)
    elif dtype.kind == "U" and array.size and dtype.itemsize:
        code_points = np.ascontiguousarray(array).reshape(-1).view(np.dtype(np.uint32).newbyteorder(dtype.byteorder))
        if code_points.max() > _LARGEST_CODE_POINT:
            raise WireError("a text with characters that do not exist")


def read_shape(node: Any) -> tuple[int, ...]:
    """Return the shape that a node describes; raises :class:`WireError` for anything else."""
    if type(node) is not list or len(node) > _MOST_AXES:
        raise WireError("not a shape")
    return tuple(_natural(n) for n in node)


def _natural(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise WireError("not a size")
    return number


def put_small(memory: np.ndarray) -> bytes | None:
    """Return the bytes of a small array, which stand in the message itself, or ``None`` for a large one."""
    return memory.tobytes() if memory.size <= _SMALL else None
