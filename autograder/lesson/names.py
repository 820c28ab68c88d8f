"""Which names a cell of a notebook needs, and which it binds or changes."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from symtable import SymbolTable, symtable


@dataclass(frozen=True)
class CellNames:
    """The names of one cell's top level.

    Attributes:
        needs: what must be defined before the cell runs.
        defines: what it binds or changes.
        imports: what of that it binds by an import.
        functions: what of that it binds by ``def`` or ``class``.
    """

    needs: frozenset[str]
    defines: frozenset[str]
    imports: frozenset[str]
    functions: frozenset[str]


def names_of_cells(sources: Iterable[str]) -> list[CellNames]:
    """Return the names of each cell of a notebook, in order; magics must have been turned into calls.

    Raises:
        SyntaxError: if a cell is not Python.
    """
    parsed = [(source, ast.parse(source)) for source in sources]
    modules = frozenset[str]().union(*(imported_names(tree) for _, tree in parsed))
    return [_names_of(source, tree, modules) for source, tree in parsed]


def imported_names(tree: ast.Module) -> frozenset[str]:
    """Return the names that imports bind at the top level of a cell."""
    return frozenset[str]().union(
        *(_bound_by(node) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
    )


def _names_of(source: str, tree: ast.Module, modules: frozenset[str]) -> CellNames:
    names = _Names(tree, source, modules)
    return CellNames(frozenset(names.needs), frozenset(names.defines), imported_names(tree), frozenset(names.functions))


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Names(ast.NodeVisitor):
    """Names that the top level of a cell uses before it binds them, and names that it binds or changes."""

    def __init__(self, tree: ast.Module, source: str, modules: frozenset[str]):
        self.needs: set[str] = set()
        self.defines: set[str] = set()
        self.functions: set[str] = set()
        self._modules = modules
        self.visit(tree)
        # Functions run after the cell has bound its own names.
        for scope in symtable(source, "<cell>", "exec").get_children():
            self.needs |= _globals_of(scope) - self.defines

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.defines |= _bound_by(node)

    visit_ImportFrom = visit_Import

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _SCOPES):
            self._visit_scope(node)
        elif isinstance(node, _COMPREHENSIONS):
            self.visit(node.generators[0].iter)  # the only part that is evaluated in the scope around it
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor)):
            parts = list(ast.iter_child_nodes(node))
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if isinstance(node, (ast.For, ast.AsyncFor)):
                self.visit(node.iter)
            elif node.value is not None:
                self.visit(node.value)
            for part in [*targets, *(part for part in parts if isinstance(part, ast.stmt))]:
                self.visit(part)
            if isinstance(node, ast.AugAssign):
                self._change(node.target)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            super().generic_visit(node)
            if isinstance(node.value.func, ast.Attribute):
                self._change(node.value.func)  # `names.append(x)` changes names
        else:
            super().generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._need(node.id)
        else:
            self.defines.add(node.id)

    def visit_Subscript(self, node: ast.Subscript | ast.Attribute) -> None:
        super().generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            self._change(node)

    visit_Attribute = visit_Subscript

    def _visit_scope(self, node: ast.AST) -> None:
        """Visit what is evaluated when a function or class is defined, and take down its name."""
        if not isinstance(node, ast.Lambda):
            assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            for decorator in node.decorator_list:
                self.visit(decorator)
            self.functions.add(node.name)
            self.defines.add(node.name)
        if isinstance(node, ast.ClassDef):
            for base in [*node.bases, *(keyword.value for keyword in node.keywords)]:
                self.visit(base)
        else:
            assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for default in [*node.args.defaults, *node.args.kw_defaults]:
                if default is not None:
                    self.visit(default)
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg) and argument.annotation is not None:
                    self.visit(argument.annotation)
            if not isinstance(node, ast.Lambda) and node.returns is not None:
                self.visit(node.returns)

    def _need(self, name: str) -> None:
        if name not in self.defines:
            self.needs.add(name)

    def _change(self, node: ast.expr) -> None:
        """Count a name as defined here if the object behind it may be changed.

        What is imported is left out: nearly every cell calls something like ``plt.title``.
        """
        while isinstance(node, (ast.Subscript, ast.Attribute, ast.Call)):
            node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Name) and node.id not in self._modules:
            self._need(node.id)
            self.defines.add(node.id)


def _globals_of(scope: SymbolTable) -> set[str]:
    """Return the global names that a function, class or comprehension uses, those of its inner ones included."""
    names = {symbol.get_name() for symbol in scope.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return names.union(*(_globals_of(child) for child in scope.get_children()))


def _bound_by(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.split(".")[0] for alias in node.names}
