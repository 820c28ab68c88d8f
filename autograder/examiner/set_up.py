"""Which cells of the solved notebook must have run before a test cell can, and what is defined by then.

A test refers to more than the exercise: imports, given functions, arrays that earlier cells made. The
examiner takes all of that from the instructor's notebook, never from the student's. It runs only the
cells that define something a test needs, directly or through other cells, so that minutes of plots and
experiments need not run before a class is graded.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from symtable import SymbolTable, symtable

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_solution


@dataclass(frozen=True)
class ExamCell:
    """A code cell of the solved notebook.

    Attributes:
        position: index of the cell in the notebook.
        grade_id: nbgrader's id; "" for a cell without one.
        source: the text of the cell, magics turned into calls.
        points: what a test is worth; 0 for other cells.
        is_test: whether it is a graded test.
        is_exercise: whether the student writes it.
        needs: names that must be defined before it runs.
        defines: names that it binds or changes.
        imports: those of them that it binds by an import.
        functions: those of them that it binds by ``def`` or ``class``.
    """

    position: int
    grade_id: str
    source: str
    points: float
    is_test: bool
    is_exercise: bool
    needs: frozenset[str]
    defines: frozenset[str]
    imports: frozenset[str]
    functions: frozenset[str]


@dataclass(frozen=True)
class SetUp:
    """What the examiner knows of an assignment.

    Attributes:
        cells: all code cells of the solved notebook, in order.
    """

    cells: tuple[ExamCell, ...]

    @property
    def tests(self) -> dict[str, ExamCell]:
        """The test cells by grade id."""
        return {cell.grade_id: cell for cell in self.cells if cell.is_test}

    @property
    def cells_to_run(self) -> tuple[ExamCell, ...]:
        """The cells, in order, without which some test lacks a name; the tests among them run too."""
        needed: set[int] = set()
        for test in self.tests.values():
            needed |= self._needed_by(test)
        return tuple(cell for cell in self.cells if cell.position in needed)

    @property
    def imports(self) -> tuple[str, ...]:
        """What the cells import: modules, and ``module:name`` for each name that is imported from one."""
        found = set()
        for cell in self.cells:
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found |= {f"{node.module}:{alias.name}" for alias in node.names if alias.name != "*"}
        return tuple(sorted(found))

    def answered_by_student(self, test: ExamCell) -> tuple[frozenset[str], frozenset[str]]:
        """Return the names in ``test`` that exercises define: as functions or classes, and as variables.

        An import in an exercise's cell stays the examiner's own.
        """
        functions: set[str] = set()
        variables: set[str] = set()
        for cell in self.cells:
            if cell.is_exercise and cell.position < test.position:
                functions |= cell.functions
                variables |= cell.defines - cell.functions - cell.imports
        return frozenset(functions), frozenset(variables & test.needs - functions)

    def _needed_by(self, test: ExamCell) -> set[int]:
        earlier = [cell for cell in self.cells if cell.position < test.position]
        names, needed = set(test.needs), set[int]()
        while True:
            found = {
                cell.position
                for cell in earlier
                if cell.defines & names and not (cell.is_test and _is_rebound(cell, names, earlier))
            }
            if found == needed:
                return needed
            needed = found
            names |= {name for cell in earlier if cell.position in needed for name in cell.needs}


def _is_rebound(test: ExamCell, names: set[str], cells: list[ExamCell]) -> bool:
    """Return whether everything that ``names`` wants of an earlier test comes from ordinary cells as well."""
    ordinary = {name for cell in cells if not cell.is_test for name in cell.defines}
    return not (test.defines & names - ordinary)


def read_set_up(notebook: NotebookNode) -> SetUp:
    """Read the solved notebook of an assignment, hidden tests included.

    Raises:
        SyntaxError: if a cell is not Python.
    """
    transform = TransformerManager().transform_cell
    sources = {
        position: transform(cell.source) for position, cell in enumerate(notebook.cells) if cell.cell_type == "code"
    }
    trees = {position: ast.parse(source, filename=f"<cell {position}>") for position, source in sources.items()}
    modules = frozenset[str]().union(*(_imported(tree) for tree in trees.values()))
    cells = []
    for position, source in sources.items():
        cell = notebook.cells[position]
        names = _Names(trees[position], source, modules)
        cells.append(
            ExamCell(
                position,
                cell.metadata.get("nbgrader", {}).get("grade_id", ""),
                source,
                float(cell.metadata.get("nbgrader", {}).get("points", 0)),
                is_test=is_grade(cell) and not is_solution(cell),
                is_exercise=is_solution(cell),
                needs=frozenset(names.needs),
                defines=frozenset(names.defines),
                imports=_imported(trees[position]),
                functions=frozenset(names.functions),
            )
        )
    return SetUp(tuple(cells))


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


def _imported(tree: ast.Module) -> frozenset[str]:
    """Return the names that imports bind at the top level of a cell."""
    return frozenset[str]().union(
        *(_bound_by(node) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
    )


def _bound_by(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.asname or alias.name.split(".")[0] for alias in node.names}
