"""What no other linter knows: state changes happen in commands, and the tail stays short."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 40

# Where models may be written; `commands` may be a module or a folder. Sessions, caches and files are no models.
WRITERS = {"commands", "migrations", "management", "builders"}
WRITES_ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_ON_QUERIES = {"create", "update", "delete", "acreate", "aupdate", "adelete"}
WRITES_ON_ROWS = {"save", "delete", "asave", "adelete"}
NO_MODELS = {
    "session", "cache", "storage", "default_storage", "response", "messages", "buffer", "image", "workbook", "router",
}  # fmt: skip
QUERY_WORDS = {"objects", "filter", "exclude", "all", "select_for_update", "using", "order_by", "_default_manager"}


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def findings(paths: Iterable[Path], root: Path = ROOT) -> Iterator[Finding]:
    """All that is wrong in these files."""
    for path in paths:
        name, source = str(path.relative_to(root)), path.read_text("utf-8")
        tree = ast.parse(source, name)
        if "migrations" in path.parts:
            continue
        yield from _tail(name, source, tree)
        if path.is_relative_to(root / "src") and not WRITERS & {*path.parts, path.stem}:
            # A nightly task may throw away what has outlived its time.
            yield from (each for each in _writes(name, tree) if path.stem != "tasks" or ".delete()" not in each.what)


def _tail(name: str, source: str, tree: ast.AST) -> Iterator[Finding]:
    lines = source.count("\n")
    if lines > LONGEST_FILE:
        yield Finding(name, 1, f"{lines} lines: something in here wants to become a folder")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not name.startswith("tests"):
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            if length > LONGEST_FUNCTION:
                yield Finding(name, node.lineno, f"{node.name} has {length} lines: it wants to become several")


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """What others rely on may be long."""
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1 if ast.get_docstring(node) else 0


def _writes(name: str, tree: ast.AST) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node.func):
            yield Finding(name, node.lineno, f".{node.func.attr}() on a model belongs in commands")


def _is_write(called: ast.Attribute) -> bool:
    words = set(_chain(called.value))
    if words & NO_MODELS:
        return False
    if called.attr in WRITES_ALWAYS:
        return True
    if called.attr in WRITES_ON_QUERIES and words & QUERY_WORDS:
        return True
    # A row is a plain name (`case.save()`), not the answer of a call.
    return called.attr in WRITES_ON_ROWS and isinstance(called.value, ast.Name | ast.Attribute)


def _chain(node: ast.expr) -> Iterator[str]:
    """The words of `Case.objects.filter(...)`: Case, objects, filter."""
    while True:
        if isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            break
    if isinstance(node, ast.Name):
        yield node.id


def sources(root: Path = ROOT) -> list[Path]:
    """Every Python file of ours."""
    folders = [root / folder for folder in ("src", "tests", "tools", "bench")]
    return sorted(path for folder in folders if folder.exists() for path in folder.rglob("*.py"))


def main() -> int:
    found = sorted(findings(sources()))
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
