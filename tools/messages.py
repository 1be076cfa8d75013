"""English catalogues: `compile` builds each .mo from its .po (no gettext tools needed), `check` counts what has no
English yet, `missing ROOM` prints it as entries ready to be filled in.

The Chinese of the source is the key. Runs in `make` before anything is served or tested.
"""

from __future__ import annotations

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "yimen"
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")

CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
SIMPLE = re.compile(r"""\{%\s*translate\s+("[^"]*"|'[^']*')|\b_\(("[^"]*"|'[^']*')\)""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
ENTRY_LINE = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*"(.*)"$')

Messages = dict[str, list[str]]


def read(po: Path) -> tuple[Messages, dict[str, str]]:
    """msgid to its translations (one, or one per plural form), and msgid to msgid_plural."""
    found: Messages = {}
    plurals: dict[str, str] = {}
    for block in po.read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {}
        part = ""
        for line in block.splitlines():
            if match := ENTRY_LINE.match(line):
                part = match.group(1) or part
                entry[part] = entry.get(part, "") + ast.literal_eval(f'"{match.group(2)}"')
        if "msgid" in entry:
            found[entry["msgid"]] = [text for key, text in sorted(entry.items()) if key.startswith("msgstr")]
            if "msgid_plural" in entry:
                plurals[entry["msgid"]] = entry["msgid_plural"]
    return found, plurals


def write(po: Path) -> Path:
    """The .mo beside the .po, in GNU's binary format; untranslated entries are left out."""
    found, plurals = read(po)
    pairs = sorted(
        ((f"{key}\0{plurals[key]}" if key in plurals else key).encode(), "\0".join(texts).encode())
        for key, texts in found.items()
        if all(texts)
    )
    head, width = 7 * 4, len(pairs) * 8
    offset, tables, data = head + 2 * width, [b"", b""], b""
    for which in (0, 1):
        for pair in pairs:
            tables[which] += struct.pack("<II", len(pair[which]), offset + len(data))
            data += pair[which] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), head, head + width, 0, head + 2 * width)
    mo = po.with_suffix(".mo")
    mo.write_bytes(header + tables[0] + tables[1] + data)
    return mo


def used(room: Path) -> dict[str, str]:
    """Every message of a room's templates and Python: msgid to its plural ("" when it has none)."""
    found: dict[str, str] = {}
    for template in sorted(room.rglob("*.html")):
        found.update(_in_template(template.read_text(encoding="utf-8")))
    for module in sorted(room.rglob("*.py")):
        found.update(_in_python(module.read_text(encoding="utf-8")))
    return found


def _in_template(source: str) -> Iterator[tuple[str, str]]:
    for match in SIMPLE.finditer(source):
        yield (match.group(1) or match.group(2))[1:-1], ""
    for match in BLOCK.finditer(source):
        texts = [VARIABLE.sub(r"%(\1)s", text.replace("%", "%%")) for text in PLURAL.split(match.group(2))]
        if "trimmed" in match.group(1):
            texts = [" ".join(text.split()) for text in texts]
        yield texts[0], texts[1] if len(texts) > 1 else ""


def _in_python(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield texts[0], texts[1] if node.func.id.startswith("ngettext") else ""


def missing(room: str) -> dict[str, str]:
    """The messages of a room that have no English, with their plurals."""
    po = HOUSE / room / CATALOGUE
    held = read(po)[0] if po.exists() else {}
    return {key: plural for key, plural in used(HOUSE / room).items() if not (held.get(key) and all(held[key]))}


def entry(key: str, plural: str) -> str:
    """An entry to be filled in."""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in (key, plural)]
    if plural:
        return f'msgid "{quoted[0]}"\nmsgid_plural "{quoted[1]}"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'msgid "{quoted[0]}"\nmsgstr ""\n'


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("action", choices=("compile", "check", "missing"))
    parser.add_argument("rooms", nargs="*", default=sorted(path.parent.name for path in HOUSE.glob("*/apps.py")))
    asked = parser.parse_args()
    if asked.action == "compile":
        for po in HOUSE.glob(f"*/{CATALOGUE}"):
            write(po)
        return 0
    lacking = {room: missing(room) for room in asked.rooms}
    for room, entries in lacking.items():
        if asked.action == "missing":
            print("\n".join(entry(key, plural) for key, plural in entries.items()))
        elif entries:
            print(f"{room}: {len(entries)} without English")
    return 1 if asked.action == "check" and any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
