"""SM2 as GB/T 32918.2 has it: checked against a second implementation."""

from __future__ import annotations

import secrets

import gmalg
import pytest

from yimen.kit.crypto import sm3
from yimen.kit.signing import sm2

ID = b"1234567812345678"


@pytest.fixture
def private() -> bytes:
    return secrets.token_bytes(32)


def oracle(private: bytes) -> gmalg.SM2:
    return gmalg.SM2(private, ID, b"\x04" + sm2.public_of(private))


def test_what_we_sign_another_implementation_finds_valid(private: bytes) -> None:
    signature = sm2.sign(private, b"a licence")

    assert len(signature) == 64
    assert oracle(private).verify(b"a licence", signature[:32], signature[32:])


def test_what_another_implementation_signed_we_find_valid(private: bytes) -> None:
    r, s = oracle(private).sign(b"a licence")

    # It leaves out leading zeros: one signature in 128 is a byte shorter.
    assert sm2.verify(sm2.public_of(private), b"a licence", r.rjust(32, b"\0") + s.rjust(32, b"\0"))


def test_a_changed_text_or_another_holder_or_a_broken_signature_is_not_valid(private: bytes) -> None:
    signature, public = sm2.sign(private, b"a licence"), sm2.public_of(private)

    assert sm2.verify(public, b"a licence", signature)
    assert not sm2.verify(public, b"a license", signature)
    assert not sm2.verify(sm2.public_of(secrets.token_bytes(32)), b"a licence", signature)
    assert not sm2.verify(public, b"a licence", signature[:-1])
    assert not sm2.verify(public, b"a licence", bytes(64))
    assert not sm2.verify(public, b"a licence", b"\xff" * 64)
    assert not sm2.verify(public[:-1], b"a licence", signature)


def test_the_public_key_of_the_standards_example() -> None:
    """GB/T 32918.5, annex A.2."""
    private = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")

    public = sm2.public_of(private)

    assert public.hex().upper() == (
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
        "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    before = sm2.preamble(public)
    assert before.hex().upper() == "B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3"
    assert sm3(before + b"message digest").hex().upper() == (
        "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640"
    )
