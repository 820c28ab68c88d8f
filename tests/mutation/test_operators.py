"""Each operator makes the changes that it is there for, and no others."""

from __future__ import annotations

import libcst as cst
import pytest
from libcst.metadata import MetadataWrapper, ParentNodeProvider

from autograder.mutation.operators import OPERATORS, Surroundings, imported_names, writes_in_place


def changes(operator: str, source: str, *, in_place: bool = False) -> list[str]:
    """Return a piece of Python after each change that an operator makes to it."""
    wrapper = MetadataWrapper(cst.parse_module(source))
    parents = wrapper.resolve(ParentNodeProvider)
    found = []
    for node, parent in parents.items():
        around = Surroundings(parent, frozenset({"np", "cv2", "torch"}), in_place)
        for changed in OPERATORS[operator](node, around):
            found.append(cst.ensure_type(wrapper.module.deep_replace(node, changed), cst.Module).code)
    return sorted(found)


@pytest.mark.parametrize(
    ("operator", "before", "after"),
    [
        ("arithmetic and comparison", "a + b", ["a - b"]),
        ("arithmetic and comparison", "a * b < c", ["a * b <= c", "a / b < c"]),
        ("arithmetic and comparison", "a == b and not c", ["a != b and not c", "a == b and c", "a == b or not c"]),
        ("arithmetic and comparison", "-x", ["+x"]),
        ("product", "a @ b", ["a * b"]),
        ("keyword", "x is None", ["x is not None"]),
        ("keyword", "f(keepdims=True)", ["f(keepdims=False)"]),
        ("keyword", "total += x", ["total = x"]),
        ("constant", "x[2]", ["x[1]", "x[3]"]),
        ("constant", "x * 0.5", ["x * 0.55", "x * 1.5"]),
        ("constant", "x.sum(axis=1)", []),
        ("constant", "cv2.resize(x, s, interpolation=cv2.INTER_AREA)", ["cv2.resize(x, s, interpolation=cv2.INTER_LINEAR)"]),  # noqa: E501
        ("text", 'd["height"]', ['d["XXheightXX"]']),
        ("text", 'x.astype("float32")', []),
        ("axis", "x.sum(axis=1)", ["x.sum(axis=0)"]),
        ("axis", "x.sum(dim=-1)", ["x.sum(dim=-2)"]),
        ("axis", "x.mean(axis=(0, 1))", ["x.mean(axis=0)", "x.mean(axis=1)"]),
        ("dtype", "x.astype(np.float64)", ["x.astype(np.float32)"]),
        ("dtype", "x.astype(np.float32)", ["x.astype(np.float16)", "x.astype(np.float64)"]),
        ("dtype", "x.astype('uint8')", ["x.astype('int8')"]),
        ("order of arguments", "np.where(c, a, b)", ["np.where(a, c, b)", "np.where(c, b, a)"]),
        ("order of arguments", "min(a, b)", []),
        ("order of arguments", "f(a, axis=b)", []),
        ("order of arguments", "size = (height, width)", ["size = (width, height)"]),
        ("order of arguments", "x in (a, b)", []),
        ("order of arguments", "a - b * c", ["(b * c) - a"]),
        ("order of arguments", "a + b", []),
        ("off by one", "x[n:]", ["x[n + 1:]", "x[n - 1:]"]),
        ("off by one", "x[:h - 1]", ["x[:h - 1 + 1]", "x[:h - 1 - 1]"]),
        ("off by one", "x[1:-1]", []),
        ("off by one", "range(0, n)", ["range(0, n + 1)", "range(0, n - 1)"]),
        ("condition", "if a:\n    f()\n", ["if False:\n    f()\n", "if True:\n    f()\n"]),
        ("condition", "while a:\n    f()\n", ["while False:\n    f()\n"]),
        ("condition", "x = a if b else c", ["x = a", "x = c"]),
        ("dropped argument", "x.sum(0, keepdims=True)", ["x.sum(0)"]),
        ("dropped argument", "np.zeros(n, np.uint8)", ["np.zeros(n)"]),
        ("dropped argument", "np.exp(x)", []),
        ("dropped argument", "min(1, s)", ["min(1)", "min(s)"]),
        ("dropped call", "y = np.exp(x)", ["y = x"]),
        ("dropped call", "y = x.ravel()", ["y = x"]),
        ("dropped call", "y = np.exp(a + b) * c", ["y = (a + b) * c"]),
        ("dropped call", "y = np.random.default_rng(s).normal()", ["y = np.random.default_rng(s)", "y = s.normal()"]),
        ("dropped call", "x.sort()", ["pass"]),
        ("dropped call", "y = f()", []),
        ("dropped copy", "y = x.copy()", ["y = x"]),
        ("dropped copy", "y = np.array(x)", ["y = np.asarray(x)"]),
        ("dropped copy", "x = x - m", ["x -= m"]),
        ("dropped copy", "y = x - m", []),
        ("dropped copy", "y = x.astype(t)", []),
    ],
)  # fmt: skip
def test_changes(operator: str, before: str, after: list[str]) -> None:
    assert changes(operator, before) == after


def test_astype_may_share_memory_where_the_solution_writes() -> None:
    assert changes("dropped copy", "y = x.astype(t)", in_place=True) == ["y = x.astype(t, copy=False)"]


@pytest.mark.parametrize(
    ("source", "answer"),
    [("x[0] = 1", True), ("x -= 1", True), ("np.exp(x, out=x)", True), ("y = x - 1", False), ("y[0]", False)],
)
def test_writes_in_place(source: str, answer: bool) -> None:
    assert writes_in_place(source) is answer


def test_imported_names() -> None:
    source = "import numpy as np\nimport os.path\nfrom PIL import Image\ndef f():\n    import math\n"
    assert imported_names(source) == {"np", "os", "Image", "math"}
