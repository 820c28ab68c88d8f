"""The changes that are made to solutions: what a tired person gets wrong, one at a time.

Arithmetic, comparisons, keywords, conditions, whole numbers and dropped arguments are mutmut's operators, which work
on LibCST's syntax trees. What NumPy, PyTorch and OpenCV add stands here: axes, dtypes, the order of arguments, bounds
of slices, calls and copies that are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst
from mutmut.mutation import mutators


@dataclass(frozen=True)
class Surroundings:
    """What an operator must know besides the node.

    Attributes:
        parent: the node above.
        imported: the names that the lesson's imports define; a call ``np.f(x)`` is not a method of ``np``.
        writes_in_place: whether the solution changes an array or a list that it holds.
    """

    parent: cst.CSTNode
    imported: frozenset[str]
    writes_in_place: bool


Operator = Callable[[cst.CSTNode, Surroundings], Iterator[cst.CSTNode]]

_AXIS_KEYWORDS = {"axis", "dim", "axes", "dims"}
_OTHER_AXIS = {"0": "1", "1": "0", "2": "1", "3": "2"}
_OTHER_DTYPES = {
    "float64": ("float32",),
    "float32": ("float16", "float64"),
    "float16": ("float32",),
    "bfloat16": ("float16",),
    "complex128": ("complex64",),
    "int64": ("int32",),
    "int32": ("int16",),
    "int16": ("int8",),
    "int8": ("uint8",),
    "uint64": ("uint32",),
    "uint32": ("uint16",),
    "uint16": ("uint8",),
    "uint8": ("int8",),
}
_OTHER_CONSTANTS = {
    "INTER_AREA": "INTER_LINEAR",
    "INTER_CUBIC": "INTER_LINEAR",
    "INTER_LINEAR": "INTER_NEAREST",
    "INTER_NEAREST": "INTER_LINEAR",
    "BORDER_CONSTANT": "BORDER_REPLICATE",
    "BORDER_REPLICATE": "BORDER_CONSTANT",
    "BORDER_REFLECT": "BORDER_REFLECT_101",
    "BORDER_REFLECT_101": "BORDER_REFLECT",
    "IMREAD_COLOR": "IMREAD_GRAYSCALE",
    "IMREAD_GRAYSCALE": "IMREAD_COLOR",
    "IMREAD_UNCHANGED": "IMREAD_COLOR",
}
_COMMUTATIVE = {"min", "max", "minimum", "maximum", "add", "multiply", "hypot", "gcd", "logical_and", "logical_or"}
_NOT_COMMUTATIVE = (
    cst.Subtract,
    cst.Divide,
    cst.FloorDivide,
    cst.Modulo,
    cst.MatrixMultiply,
    cst.Power,
    cst.LeftShift,
    cst.RightShift,
)
_IN_PLACE: dict[type[cst.BaseBinaryOp], type[cst.BaseAugOp]] = {
    cst.Add: cst.AddAssign,
    cst.Subtract: cst.SubtractAssign,
    cst.Multiply: cst.MultiplyAssign,
    cst.Divide: cst.DivideAssign,
}
_COPYING = {"array": "asarray", "tensor": "as_tensor", "flatten": "ravel"}
_COPY_METHODS = {"copy", "clone"}
_BINDS_TIGHTLY = (
    cst.Name,
    cst.Attribute,
    cst.Call,
    cst.Subscript,
    cst.BaseNumber,
    cst.BaseString,
    cst.BaseList,
    cst.BaseDict,
    cst.BaseSet,
)


def of_mutmut(*operators: Callable[..., object]) -> Operator:
    """Join operators of mutmut into one; each is asked for the types of nodes that mutmut registers it for."""
    kinds = [(kind, change) for kind, change in mutators.mutation_operators if change in operators]

    def changed(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
        for kind, change in kinds:
            if isinstance(node, kind):
                yield from change(node)

    return changed


def product(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Multiply entry by entry instead of multiplying matrices; mutmut has no operator for ``@``."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


def constant(node: cst.CSTNode, around: Surroundings) -> Iterator[cst.CSTNode]:
    """Change a number: whole ones by one both ways, others by one and by a tenth. Swap OpenCV's named constants."""
    if isinstance(node, (cst.Integer, cst.Float)) and not _is_axis(around.parent):
        yield from mutators.operator_number(node)
        if isinstance(node, cst.Integer):
            yield _parsed(repr(node.evaluated_value - 1))
        elif node.evaluated_value:
            yield _parsed(repr(node.evaluated_value * 1.1))
    elif isinstance(node, cst.Attribute) and node.attr.value in _OTHER_CONSTANTS:
        yield node.with_changes(attr=cst.Name(_OTHER_CONSTANTS[node.attr.value]))


def text(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Change a text that is a key, a mode or a subscript string; a dtype's name is left to :func:`dtype`."""
    if isinstance(node, cst.SimpleString) and node.raw_value not in _OTHER_DTYPES:
        yield from list(mutators.operator_string(node))[:1]


def axis(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Take another axis: the neighbour of the one that is named."""
    if isinstance(node, cst.Arg) and _is_axis(node):
        value = node.value
        if isinstance(value, cst.Integer) and value.value in _OTHER_AXIS:
            yield node.with_changes(value=cst.Integer(_OTHER_AXIS[value.value]))
        elif isinstance(value, cst.UnaryOperation) and isinstance(value.expression, cst.Integer):
            other = "2" if value.expression.value == "1" else "1"
            yield node.with_changes(value=value.with_changes(expression=cst.Integer(other)))
        elif isinstance(value, cst.Tuple):
            for index in range(len(value.elements)):
                kept = [*value.elements[:index], *value.elements[index + 1 :]]
                if kept:
                    yield node.with_changes(
                        value=kept[0].value if len(kept) == 1 else value.with_changes(elements=kept)
                    )


def dtype(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Take a neighbouring dtype: narrower, or with another sign; float64 for float32, which NumPy gives by default."""
    if isinstance(node, cst.Attribute):
        for other in _OTHER_DTYPES.get(node.attr.value, ()):
            yield node.with_changes(attr=cst.Name(other))
    elif isinstance(node, cst.SimpleString):
        for other in _OTHER_DTYPES.get(str(node.raw_value), ()):
            yield node.with_changes(value=repr(other))


def order(node: cst.CSTNode, around: Surroundings) -> Iterator[cst.CSTNode]:
    """Exchange neighbouring arguments, the two members of a pair, or the sides of an operator where that matters."""
    if isinstance(node, cst.Call) and _name(node.func) not in _COMMUTATIVE:
        for index in range(len(node.args) - 1):
            first, second = node.args[index : index + 2]
            if not (first.keyword or second.keyword or first.star or second.star):
                args = list(node.args)
                args[index], args[index + 1] = (
                    first.with_changes(value=second.value),
                    second.with_changes(value=first.value),
                )
                yield node.with_changes(args=args)
    elif (
        isinstance(node, (cst.Tuple, cst.List)) and len(node.elements) == 2 and not _is_a_set_of_choices(around.parent)
    ):
        first_element, second_element = node.elements
        if isinstance(first_element, cst.Element) and isinstance(second_element, cst.Element):
            yield node.with_changes(
                elements=[
                    first_element.with_changes(value=second_element.value),
                    second_element.with_changes(value=first_element.value),
                ]
            )
    elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, _NOT_COMMUTATIVE):
        yield node.with_changes(left=_operand(node.right), right=_operand(node.left))


def off_by_one(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Move a computed bound of a slice or of a range by one; bounds that are numbers are left to :func:`constant`."""
    if isinstance(node, cst.Slice):
        if node.lower is not None:
            yield from (node.with_changes(lower=bound) for bound in _moved(node.lower))
        if node.upper is not None:
            yield from (node.with_changes(upper=bound) for bound in _moved(node.upper))
    elif isinstance(node, cst.Call) and _name(node.func) == "range":
        for index, arg in enumerate(node.args[:2]):
            for bound in _moved(arg.value):
                yield node.with_changes(
                    args=[*node.args[:index], arg.with_changes(value=bound), *node.args[index + 1 :]]
                )


def condition(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Let a condition never hold, or always: a guard that is missing, a branch that is never taken."""
    if isinstance(node, cst.If):
        yield node.with_changes(test=cst.Name("False"))
        yield node.with_changes(test=cst.Name("True"))
    elif isinstance(node, cst.While):
        yield node.with_changes(test=cst.Name("False"))
    elif isinstance(node, cst.IfExp):
        yield _operand(node.body)
        yield _operand(node.orelse)


def dropped_argument(node: cst.CSTNode, _around: Surroundings) -> Iterator[cst.CSTNode]:
    """Leave an argument out, so that its default holds; not the first, without which few functions can be called."""
    if isinstance(node, cst.Call):
        for changed in mutators.operator_arg_removal(node):
            keeps_first = bool(changed.args) and changed.args[0].value is node.args[0].value
            if len(changed.args) < len(node.args) and (keeps_first or _name(node.func) in _COMMUTATIVE):
                yield changed.with_changes(args=[*changed.args[:-1], _without_comma(changed.args[-1])])


def dropped_call(node: cst.CSTNode, around: Surroundings) -> Iterator[cst.CSTNode]:
    """Leave a call out: what it was given goes on as it is; a call for its effect alone vanishes."""
    if isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
        yield cst.Pass()
    elif isinstance(node, cst.Call) and not isinstance(around.parent, cst.Expr):
        if isinstance(node.func, cst.Attribute) and _root(node.func) not in around.imported:
            yield node.func.value
        elif node.args and not (node.args[0].star or node.args[0].keyword):
            yield _operand(node.args[0].value)


def dropped_copy(node: cst.CSTNode, around: Surroundings) -> Iterator[cst.CSTNode]:
    """Share memory instead of copying: a view, ``asarray``, or an operation in place."""
    if isinstance(node, cst.Assign) and len(node.targets) == 1 and isinstance(node.value, cst.BinaryOperation):
        target, value = node.targets[0].target, node.value
        operator = _IN_PLACE.get(type(value.operator))
        if operator and isinstance(target, cst.Name) and target.deep_equals(_bare(value.left)):
            yield cst.AugAssign(target, operator(), value.right)
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = node.func.attr.value
        if name in _COPYING:
            yield node.with_changes(func=node.func.with_changes(attr=cst.Name(_COPYING[name])))
        elif name == "astype" and around.writes_in_place and not any(arg.keyword for arg in node.args):
            copy = cst.Arg(cst.Name("False"), keyword=cst.Name("copy"), equal=_TIGHT_EQUAL)
            yield node.with_changes(args=[*node.args, copy])
        elif name in _COPY_METHODS and not node.args:
            yield node.func.value


OPERATORS: dict[str, Operator] = {
    "arithmetic and comparison": of_mutmut(mutators.operator_swap_op, mutators.operator_remove_unary_ops),
    "product": product,
    "keyword": of_mutmut(mutators.operator_keywords, mutators.operator_name, mutators.operator_augmented_assignment),
    "constant": constant,
    "text": text,
    "axis": axis,
    "dtype": dtype,
    "order of arguments": order,
    "off by one": off_by_one,
    "condition": condition,
    "dropped argument": dropped_argument,
    "dropped copy": dropped_copy,
    "dropped call": dropped_call,
}
"""What the report calls a change -> the operator that makes it."""


def imported_names(source: str) -> frozenset[str]:
    """Return the names that the import statements of a piece of Python define, wherever they stand."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return frozenset((alias.asname or alias.name).split(".")[0] for node in nodes for alias in node.names)


def writes_in_place(source: str) -> bool:
    """Return whether a piece of Python assigns to entries, assigns in place, or passes ``out=``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AugAssign) or (isinstance(node, ast.keyword) and node.arg == "out"):
            return True
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Subscript) for target in node.targets):
            return True
    return False


_TIGHT_EQUAL = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


def _parsed(expression: str) -> cst.BaseExpression:
    return cst.parse_expression(expression)


def _is_axis(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Arg) and node.keyword is not None and node.keyword.value in _AXIS_KEYWORDS


def _is_a_set_of_choices(parent: cst.CSTNode) -> bool:
    """Return whether the members of a tuple below ``parent`` have no order: ``x in (a, b)``, ``except (A, B)``."""
    return isinstance(parent, (cst.ComparisonTarget, cst.ExceptHandler))


def _name(function: cst.BaseExpression) -> str:
    """Return the last part of a dotted name, "" for anything else."""
    if isinstance(function, cst.Attribute):
        return function.attr.value
    return function.value if isinstance(function, cst.Name) else ""


def _root(expression: cst.BaseExpression) -> str:
    """Return the first part of a dotted name, "" for anything else."""
    while isinstance(expression, cst.Attribute):
        expression = expression.value
    return expression.value if isinstance(expression, cst.Name) else ""


def _operand(expression: cst.BaseExpression) -> cst.BaseExpression:
    """Return an expression that may stand anywhere: in parentheses if it needs them."""
    if expression.lpar or isinstance(expression, _BINDS_TIGHTLY):
        return expression
    return expression.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _without_comma(arg: cst.Arg) -> cst.Arg:
    return arg.with_changes(comma=cst.MaybeSentinel.DEFAULT)


def _bare(expression: cst.BaseExpression) -> cst.BaseExpression:
    return expression.with_changes(lpar=[], rpar=[])


def _moved(bound: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """One more and one less, unless the bound is a number."""
    if isinstance(bound, cst.BaseNumber):
        return
    if isinstance(bound, cst.UnaryOperation) and isinstance(bound.expression, cst.BaseNumber):
        return
    left = bound if isinstance(bound, (cst.BinaryOperation, cst.UnaryOperation)) else _operand(bound)
    yield cst.BinaryOperation(left, cst.Add(), cst.Integer("1"))
    yield cst.BinaryOperation(left, cst.Subtract(), cst.Integer("1"))
