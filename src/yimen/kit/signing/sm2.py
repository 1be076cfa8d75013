"""SM2 signatures over SM3 (GM/T 0003, GB/T 32918). A public part is x and y, a signature r and s, 32 bytes each."""

from __future__ import annotations

import functools

import gmalg
import gmssl_pyx
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from yimen.kit.crypto import sm3

PRIVATE, PUBLIC, SIGNATURE = 32, 64, 64
# The identity that is signed under where none is agreed (GM/T 0009, 10); a, b and the point G of GB/T 32918.5.
SIGNER = b"1234567812345678"
CURVE = bytes.fromhex(
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)


@functools.lru_cache(maxsize=512)
def public_of(private: bytes) -> bytes:
    """The point of a private key: slow to find, and always the same."""
    return bytes(gmalg.SM2().generate_pk(private)[1:])


@functools.lru_cache(maxsize=1024)
def preamble(public: bytes) -> bytes:
    """What GB/T 32918.2 (5.5) puts before every message: who signs, on which curve."""
    return sm3((len(SIGNER) * 8).to_bytes(2, "big") + SIGNER + CURVE + public)


def sign(private: bytes, message: bytes) -> bytes:
    encoded = gmssl_pyx.sm2_sign_sm3_digest(private, sm3(preamble(public_of(private)) + message))
    return b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(encoded))


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whatever is no signature at all doesn't fit either."""
    if len(signature) != SIGNATURE or len(public) != PUBLIC:
        return False
    encoded = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    return bool(gmssl_pyx.sm2_verify_sm3_digest(public, sm3(preamble(public) + message), encoded))
