"""docs/events.md: who says what aloud and who hears. `--check` fails when the file is stale."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVENTS = ROOT / "docs" / "events.md"
HEAD = """\
# Events

Later rooms know earlier rooms; earlier rooms only speak aloud. This page is generated from the code
(`python -m tools.docs`), and `make test` fails when it is stale. *Now* means in the speaker's transaction, for the
reason given; *later* means by a job that commits or vanishes with what it is about.
"""


def events_page() -> str:
    """The page as it should be."""
    _load()
    from yimen.kit import events

    rooms: dict[str, list[str]] = {}
    for name in events.EVENTS:
        rooms.setdefault(name.split(".")[0], []).append(name)
    parts = [HEAD]
    for room in _in_order(rooms):
        parts.append(f"## {room}\n\n| event | what it says | carries | who hears |\n|---|---|---|---|")
        parts[-1] += "".join(f"\n{_row(name)}" for name in rooms[room]) + "\n"
    return "\n".join(parts)


def _row(name: str) -> str:
    from yimen.kit import events

    event = events.EVENTS[name]
    says = (event.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    carries = ", ".join(field.name for field in dataclasses.fields(event))
    hearers = sorted(events.HEARERS.get(name, []), key=lambda hearer: hearer.name)
    heard = [f"{hearer.name} *now*: {hearer.why}" if hearer.now else f"{hearer.name} *later*" for hearer in hearers]
    return f"| {name.split('.')[1]} | {' '.join(says.split())} | {carries} | {'<br>'.join(heard) or 'nobody'} |"


def _in_order(rooms: dict[str, list[str]]) -> list[str]:
    from yimen.settings import ROOMS

    return sorted(rooms, key=ROOMS.index)


def _load() -> None:
    """Start Django, so that every room has plugged in its ears, and load what every room says."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.settings")
    django.setup()
    for app in apps.get_app_configs():
        if app.name.startswith("yimen.") and app.name != "yimen.kit" and find_spec(f"{app.name}.events"):
            import_module(f"{app.name}.events")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether the page is stale")
    checking = parser.parse_args().check
    page = events_page()
    if not checking:
        EVENTS.parent.mkdir(exist_ok=True)
        EVENTS.write_text(page, "utf-8")
    elif not EVENTS.exists() or EVENTS.read_text("utf-8") != page:
        print("docs/events.md is stale: run `python -m tools.docs`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
