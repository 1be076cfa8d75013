"""Signing: keys that never leave their store, certificates over them, and signatures inside PDF files.

A city plugs in a certified device by naming another `KeyStore` (YIMEN_KEY_STORE); the built-in one keeps files and is
of development grade. Which key belongs to whom, since when and until when stands in a table of the room city.
"""

from yimen.kit.signing.store import KeyKind, KeyStore, KeyStoreUnavailable, key_store

__all__ = ["KeyKind", "KeyStore", "KeyStoreUnavailable", "key_store"]
