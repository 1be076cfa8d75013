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
# Who takes a Chinese sentence that a door will translate (kit.telling): `said("…{name}", name=…)`, refusals that are
# raised, values that say no, `sentence = "…"` of a class, {"message": "…"}, what the API says of an operation.
SAYING = {
    "said",
    "complaint",
    "wrong",
    "Objection",
    "ConditionError",
    "Unreadable",
    "Limit",
    "Cap",
    "ValueError",
    "Hit",
}
SENTENCES = {"sentence", "remedy"}
NAMED = {"sentence", "message", "summary", "description", "tags"}
METHODS = {"get", "post", "put", "patch", "delete", "api_operation"}
HAN = re.compile(r"[\u4e00-\u9fff]")
# What these rooms say to the person, staff read of the person (law.said.about).
TOLD_TO_STAFF, YOU, TOLD_OF = ("law", "sheets"), "您", ("申请人",)
# Migrations say nothing.
SILENT = ("migrations",)
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
    for module in sorted(each for each in room.rglob("*.py") if not any(part in each.as_posix() for part in SILENT)):
        found.update(_in_python(module.read_text(encoding="utf-8")))
    if room.name in TOLD_TO_STAFF:
        found.update((text.replace(YOU, who), "") for text in list(found) if YOU in text for who in TOLD_OF)
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
        else:
            yield from ((text, "") for held in spoken(node) for text in _literals(held) if HAN.search(text))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
                yield from ((text, "") for text in _literals(node.args[0]))


def spoken(node: ast.AST) -> Iterator[ast.expr]:
    """The places of a node where a sentence stands that nobody has translated yet."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        yield from node.args if name in SAYING else ()
        yield from (each.value for each in node.keywords if each.arg in NAMED)
    elif isinstance(node, ast.Assign):
        yield from (node.value for each in node.targets if isinstance(each, ast.Name) and each.id in SENTENCES)
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if isinstance(key, ast.Constant) and key.value in NAMED)
    elif isinstance(node, ast.FunctionDef) and any(_is_operation(each) for each in node.decorator_list):
        yield ast.Constant(ast.get_docstring(node) or "")
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from node.exc.args


def labels(room: Path) -> Iterator[str]:
    """The words of a room's choices and enumerations: pages translate them where they show them."""
    for module in sorted(each for each in room.rglob("*.py") if "choices" in (each.stem, each.parent.name)):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
                values = [each.value for each in node.body if isinstance(each, ast.Assign)]
                yield from (text for value in values for text in _literals(value) if HAN.search(text))


def _is_operation(decorator: ast.expr) -> bool:
    """Is a function an operation of the API? Its docstring is what the documentation says of it."""
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") in METHODS


def _literals(held: ast.expr) -> Iterator[str]:
    """The literals of an expression, each side of a choice between two."""
    parts = [held.body, held.orelse] if isinstance(held, ast.IfExp) else [held]
    parts = held.elts if isinstance(held, ast.List | ast.Tuple) else parts
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def rooms() -> set[str]:
    """The rooms that speak to people; the law has no app, but sentences."""
    return {"law"} | {path.parent.name for path in HOUSE.glob("*/apps.py")}


def missing(room: str) -> dict[str, str]:
    """The messages of a room that have no English, with their plurals."""
    po = HOUSE / room / CATALOGUE
    held = read(po)[0] if po.exists() else {}
    if room == "law":  # its labels are words of the screens too
        for other in HOUSE.glob(f"*/{CATALOGUE}"):
            held = read(other)[0] | held
    lacking = {key: plural for key, plural in used(HOUSE / room).items() if not (held.get(key) and all(held[key]))}
    return lacking | dict.fromkeys(_unheard(room), "")


def _unheard(room: str) -> list[str]:
    """Labels of choices that no catalogue has: all rooms share what is said of the same thing."""
    said = list(labels(HOUSE / room))
    everywhere: Messages = {}
    for po in HOUSE.glob(f"*/{CATALOGUE}") if said else ():
        everywhere = read(po)[0] | everywhere
    return [text for text in said if not (everywhere.get(text) and all(everywhere[text]))]


def entry(key: str, plural: str) -> str:
    """An entry to be filled in."""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in (key, plural)]
    if plural:
        return f'msgid "{quoted[0]}"\nmsgid_plural "{quoted[1]}"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'msgid "{quoted[0]}"\nmsgstr ""\n'


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("action", choices=("compile", "check", "missing"))
    parser.add_argument("rooms", nargs="*", default=sorted(rooms()))
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
