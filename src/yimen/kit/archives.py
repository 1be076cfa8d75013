"""Names in zip archives."""

from __future__ import annotations

import zipfile

SAYS_UTF_8 = 0x800


def name_in(member: zipfile.ZipInfo) -> str:
    """As whoever packed it wrote it: Windows writes Chinese names in its own code page and doesn't say so."""
    if member.flag_bits & SAYS_UTF_8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
