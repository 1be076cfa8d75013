"""The built-in key store: one file per key under var/keys/signing, readable by its owner only. Development grade."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from yimen.kit.signing import sm2
from yimen.kit.signing.store import KeyKind, KeyStoreUnavailable


class FileKeyStore:
    """Private keys as files. What is missing is told, never made anew: a new key under an old name signs nothing."""

    words = _("文件密钥库：仅供开发和试运行，未通过商用密码应用安全性评估。正式使用前请换接经过认证的密码设备。")
    certified = False

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or settings.YIMEN_KEYS / "signing"

    def make(self, kind: KeyKind, name: str) -> bytes:
        try:
            private = self._read(name) if self._path(name).exists() else self._write(name, _fresh(kind))
        except OSError as wrong:
            raise KeyStoreUnavailable from wrong
        if kind == KeyKind.SM2:
            return sm2.public_of(private)
        return _loaded(private).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, kind: KeyKind, name: str, message: bytes) -> bytes:
        try:
            private = self._read(name)
        except OSError as wrong:
            raise KeyStoreUnavailable from wrong
        if kind == KeyKind.SM2:
            return sm2.sign(private, message) if len(private) == sm2.PRIVATE else _broken()
        return _loaded(private).sign(message, ec.ECDSA(hashes.SHA256()))

    def _path(self, name: str) -> Path:
        return self.folder / quote(name, safe="")

    def _read(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def _write(self, name: str, private: bytes) -> bytes:
        """Atomically: of two processes that make the same key at once, the first one's counts."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(name)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(private)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return self._read(name)


def _fresh(kind: KeyKind) -> bytes:
    if kind == KeyKind.SM2:
        return secrets.token_bytes(sm2.PRIVATE)
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _loaded(private: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_der_private_key(private, None)
    except (ValueError, TypeError):
        _broken()
    return key if isinstance(key, ec.EllipticCurvePrivateKey) else _broken()


def _broken() -> NoReturn:
    raise KeyStoreUnavailable
