"""SM2 as GB/T 32918.2 has it: checked against a second implementation."""

from __future__ import annotations

from pathlib import Path

import gmalg
import pytest

from yimen.kit.crypto import FileSigner, KeyPair

ID = b"1234567812345678"


@pytest.fixture
def signer(tmp_path: Path) -> FileSigner:
    return FileSigner(tmp_path)


def oracle(signer: FileSigner, holder: str) -> gmalg.SM2:
    pair = signer._pair(holder)
    return gmalg.SM2(pair.private, ID, b"\x04" + pair.public)


def test_what_we_sign_another_implementation_finds_valid(signer: FileSigner) -> None:
    signature = signer.sign("agency", b"a licence")

    assert len(signature) == 64
    assert oracle(signer, "agency").verify(b"a licence", signature[:32], signature[32:])


def test_what_another_implementation_signed_we_find_valid(signer: FileSigner) -> None:
    r, s = oracle(signer, "agency").sign(b"a licence")

    # It leaves out leading zeros: one signature in 128 is a byte shorter.
    assert signer.verify("agency", b"a licence", r.rjust(32, b"\0") + s.rjust(32, b"\0"))


def test_a_changed_text_or_another_holder_or_a_broken_signature_is_not_valid(signer: FileSigner) -> None:
    signature = signer.sign("agency", b"a licence")

    assert signer.verify("agency", b"a licence", signature)
    assert not signer.verify("agency", b"a license", signature)
    assert not signer.verify("another agency", b"a licence", signature)
    assert not signer.verify("agency", b"a licence", signature[:-1])
    assert not signer.verify("agency", b"a licence", bytes(64))
    assert not signer.verify("agency", b"a licence", b"\xff" * 64)


def test_the_public_key_of_the_standards_example() -> None:
    """GB/T 32918.5, annex A.2."""
    private = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")

    pair = KeyPair.of(private)

    assert pair.public.hex().upper() == (
        "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
        "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    assert pair.preamble.hex().upper() == "B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3"
    assert pair.digest(b"message digest").hex().upper() == (
        "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640"
    )
