"""File names from strangers, made harmless: shown on screens, sent in headers, never used as a path."""

from __future__ import annotations

import re
import unicodedata

from yimen.files.choices import MediaType

LONGEST_STEM = 100
# Windows opens a device, not a file, under these names.
DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
KNOWN_ENDINGS = re.compile(r"\.(pdf|jpe?g|png|docx?|xlsx?|ofd|json|zip|csv)$", re.IGNORECASE)


def clean(name: str, kind: MediaType) -> str:
    """The last part of the path, without control and direction characters, with the extension of its real type."""
    last = re.split(r"[/\\]", name)[-1]
    composed = unicodedata.normalize("NFC", last.encode("utf-8", "ignore").decode("utf-8", "ignore"))
    visible = "".join(letter for letter in composed if not unicodedata.category(letter).startswith("C"))
    stem = KNOWN_ENDINGS.sub("", re.sub(r"\s+", " ", visible))
    stem = re.sub(r'[<>:"|?*;%]', "_", stem).strip(" .")[:LONGEST_STEM].rstrip(" .")
    if not stem or DEVICES.match(stem.split(".")[0]):
        stem = f"文件{stem}"
    return stem + kind.extension
