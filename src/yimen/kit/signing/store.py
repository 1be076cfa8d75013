"""The port behind which private keys lie."""

from __future__ import annotations

import functools
from typing import Protocol

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from yimen.kit.errors import Refusal


class KeyKind(models.TextChoices):
    """SM2 signs contents (GM/T 0003), X509 signs PDF files so that ordinary readers understand it (PAdES)."""

    SM2 = "sm2", _("国密 SM2 签名密钥")
    X509 = "x509", _("PDF 签章证书（X.509）")


class KeyStoreUnavailable(Refusal):
    code = "key_store_unavailable"
    sentence = "签名密钥现在不能使用，没有签发任何内容。请稍后再试，或者联系系统管理员检查密钥库。"
    status = 503


class KeyStore(Protocol):
    """Keeps private keys and signs with them. A name is given once and never again to another key.

    words: what it is, for the administrator's page. certified: may it be relied on in production (密评)?
    Every method raises KeyStoreUnavailable when the store can't be reached, or has lost the key.
    """

    words: str
    certified: bool

    def make(self, kind: KeyKind, name: str) -> bytes:
        """Make a pair unless it is there; its public part: SM2: x and y, 64 bytes; X509: SubjectPublicKeyInfo, DER."""
        ...

    def sign(self, kind: KeyKind, name: str, message: bytes) -> bytes:
        """SM2 over SM3: r and s, 64 bytes; X509: ECDSA over SHA-256, DER. Never makes a key."""
        ...


@functools.cache
def key_store() -> KeyStore:
    """The store that the settings name."""
    store: KeyStore = import_string(settings.YIMEN_KEY_STORE)()
    return store
