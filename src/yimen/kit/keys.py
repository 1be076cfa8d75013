"""Keys as files: made at first use, readable by their owner only, never in the repository."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def key_file(path: Path, length: int) -> bytes:
    """Read a key, or make it; atomically, so that two processes starting together get the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        fresh.write_bytes(secrets.token_bytes(length))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            fresh.unlink()
    return path.read_bytes()
