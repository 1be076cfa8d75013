"""Ciphers and signatures behind small ports, so that a city can plug in a certified device.

The built-in ones are of development grade: keys lie in files under var/keys (made at first use, never in the
repository), not in a certified module. SM4-GCM seals, HMAC-SM3 looks up, SM2 over SM3 signs (GM/T 0002-0004).
"""

from __future__ import annotations

import functools
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import gmalg
import gmssl_pyx
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher as RawCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from django.conf import settings

from yimen.kit.keys import key_file

NONCE, TAG, SIGNATURE = 12, 16, 64
# The identity that is signed under where none is agreed (GM/T 0009, 10); a, b and the point G of GB/T 32918.5.
SIGNER = b"1234567812345678"
CURVE = bytes.fromhex(
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)


class Cipher(Protocol):
    def seal(self, plain: bytes) -> bytes: ...

    def open(self, sealed: bytes) -> bytes: ...


class Signer(Protocol):
    """Signs for one named holder of a key (an agency)."""

    def sign(self, holder: str, message: bytes) -> bytes: ...

    def verify(self, holder: str, message: bytes, signature: bytes) -> bool: ...


class SM4:
    """SM4-GCM with a random nonce; sealed = nonce + cipher text + tag."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        encryptor = RawCipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def open(self, sealed: bytes) -> bytes:
        nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
        decryptor = RawCipher(algorithms.SM4(self._key), modes.GCM(nonce, tag)).decryptor()
        return decryptor.update(body) + decryptor.finalize()


@dataclass(frozen=True)
class KeyPair:
    """An SM2 key pair; `preamble` is what GB/T 32918.2 (5.5) puts before every message: who signs, on which curve."""

    private: bytes
    public: bytes
    preamble: bytes

    @classmethod
    def of(cls, private: bytes) -> KeyPair:
        public = gmalg.SM2().generate_pk(private)[1:]
        bits = (len(SIGNER) * 8).to_bytes(2, "big")
        return cls(private, public, sm3(bits + SIGNER + CURVE + public))

    def digest(self, message: bytes) -> bytes:
        return sm3(self.preamble + message)


class FileSigner:
    """SM2 keys as files, one per holder. A signature is r and s, 32 bytes each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sign(self, holder: str, message: bytes) -> bytes:
        pair = self._pair(holder)
        encoded = gmssl_pyx.sm2_sign_sm3_digest(pair.private, pair.digest(message))
        return b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(encoded))

    def verify(self, holder: str, message: bytes, signature: bytes) -> bool:
        if len(signature) != SIGNATURE:
            return False
        pair = self._pair(holder)
        encoded = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        return bool(gmssl_pyx.sm2_verify_sm3_digest(pair.public, pair.digest(message), encoded))

    @functools.lru_cache(maxsize=512)  # noqa: B019 - one signer lives as long as the process
    def _pair(self, holder: str) -> KeyPair:
        return KeyPair.of(key_file(self._folder / f"sm2-{sm3(holder.encode()).hex()[:16]}", 32))


def sm3(message: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(message)
    return digest.finalize()


@functools.cache
def cipher() -> Cipher:
    return SM4(key_file(settings.YIMEN_KEYS / "sm4", 16))


@functools.cache
def signer() -> Signer:
    return FileSigner(settings.YIMEN_KEYS)


@functools.cache
def _lookup_key() -> bytes:
    return key_file(settings.YIMEN_KEYS / "lookup", 32)


def seal(plain: str) -> bytes:
    """Encrypt a text for storage."""
    return cipher().seal(plain.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The text back from storage."""
    return cipher().open(bytes(sealed)).decode()


def keyed_hash(text: str) -> str:
    """HMAC-SM3, hexadecimal: equal texts can be found without being readable."""
    mac = hmac.HMAC(_lookup_key(), hashes.SM3())
    mac.update(text.encode())
    return mac.finalize().hex()
