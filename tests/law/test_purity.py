"""The law knows nobody: the standard library and itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import yimen.law

FOLDER = Path(yimen.law.__file__).parent
CLOCK_READERS = {"now", "today", "utcnow", "time_ns", "monotonic"}


def trees():
    """Each module of the law, read."""
    return [ast.parse(path.read_text("utf-8")) for path in FOLDER.rglob("*.py")]


def test_it_imports_the_standard_library_and_itself_only():
    imports = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    outside = [node for node in imports if not (isinstance(node, ast.ImportFrom) and node.level)]
    names = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in outside}
    others = {name for name in names if name != "yimen.law" and not name.startswith("yimen.law.")}

    assert {name.partition(".")[0] for name in others} <= sys.stdlib_module_names


def test_it_never_asks_the_machine_what_time_it_is_nor_draws_lots():
    called = [node.func for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    methods = {func.attr for func in called if isinstance(func, ast.Attribute)}
    modules = {alias.name for tree in trees() for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}

    assert methods.isdisjoint(CLOCK_READERS)
    assert modules.isdisjoint({"random", "secrets", "time", "os"})


def test_every_module_links_its_rule_in_words_to_a_page_that_exists():
    docs = FOLDER.parent.parent.parent
    pages = {
        word.strip("().,")
        for tree in trees()
        for word in (ast.get_docstring(tree) or "").split()
        if word.startswith("docs/rules/") and word.strip("().,").endswith(".md")
    }

    assert pages
    assert [page for page in pages if not (docs / page).is_file()] == []
