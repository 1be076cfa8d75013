"""Everything that CI checks, one stage after another, each with its seconds. Stops at the first that fails."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import fonts
from yimen.kit.postgres import Server

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
SOURCES = ("src", "tests", "tools", "bench", "manage.py")


@dataclass(frozen=True)
class Stage:
    title: str
    command: tuple[str, ...]
    loud: bool = False


def stages(workers: str) -> list[Stage]:
    """In the order of what a person would fix first."""
    sources = [source for source in SOURCES if (ROOT / source).exists()]
    return [
        Stage("format", (str(BIN / "ruff"), "format", "--check", "--quiet", *sources)),
        Stage("lint", (str(BIN / "ruff"), "check", "--quiet", *sources)),
        Stage("house lint", (PYTHON, "-m", "tools.lint")),
        Stage("messages", (PYTHON, "-m", "tools.messages", "check")),
        Stage("import contracts", (str(BIN / "lint-imports"),)),
        Stage("types", (str(BIN / "mypy"),)),
        Stage("templates", (str(BIN / "djlint"), "--lint", "--quiet", "src/yimen")),
        Stage("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
        Stage("generated docs", (PYTHON, "-m", "tools.docs", "--check")),
        Stage("tests", (PYTHON, "-m", "pytest", "-q", "-n", workers, "--durations=10"), loud=True),
    ]


def run(stage: Stage, environment: dict[str, str]) -> bool:
    begun = time.monotonic()
    print(f"▸ {stage.title} ", end="\n" if stage.loud else "", flush=True)
    output = None if stage.loud else subprocess.PIPE
    done = subprocess.run(
        stage.command, cwd=ROOT, env=environment, stdout=output, stderr=None if stage.loud else subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    if not stage.loud:
        print(f"{'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - begun:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout or "", f"failed: {' '.join(stage.command)}", sep="", flush=True)
    return done.returncode == 0


@contextmanager
def database(var: Path) -> Iterator[str]:
    """The server that is named, or the embedded one with a data folder for tests."""
    named = os.environ.get("DATABASE_URL", "")
    if named:
        yield named
        return
    with Server(var / "test-postgres", durable=False).used() as url:
        yield url


def environment(var: Path) -> dict[str, str]:
    """What tests need to see: the browser that was found, and fonts with Chinese in them."""
    browser = ROOT / ".venv" / "browser"
    named = {"YIMEN_BROWSER": browser.read_text().strip()} if browser.exists() else {}
    return os.environ | named | {"FONTCONFIG_FILE": str(fonts.write(var / "fonts.conf")), "PYTHONUNBUFFERED": "1"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="make test", description=__doc__)
    parser.add_argument("--workers", default="2", help="test processes")
    parser.add_argument("--only", nargs="*", default=[], help="titles of stages")
    asked = parser.parse_args()
    var = (ROOT / os.environ.get("YIMEN_VAR", "var")).resolve()
    wanted = [stage for stage in stages(asked.workers) if not asked.only or stage.title in asked.only]
    with database(var) as url:
        surroundings = environment(var) | {"DATABASE_URL": url}
        return 0 if all(run(stage, surroundings) for stage in wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
