"""门户: the front door: home, search, apply, my space, follow a case. Pages that join several rooms; no tables."""
