"""Small tools of our own. The linters read the source and never start Django; only `docs` does, to see who hears."""
