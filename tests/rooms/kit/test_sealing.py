"""What is sealed can be opened with the same key, by any implementation of SM4-GCM, and not once it was changed."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from yimen.kit.crypto import SM4, Tampered

KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
SIZES = (0, 1, 18, 127, 128, 129, 5_000)


@pytest.mark.parametrize("size", SIZES)
def test_what_we_seal_another_implementation_opens(size: int) -> None:
    plain = bytes(range(256)) * 20

    sealed = SM4(KEY).seal(plain[:size])

    nonce, body, tag = sealed[:12], sealed[12:-16], sealed[-16:]
    other = Cipher(algorithms.SM4(KEY), modes.GCM(nonce, tag)).decryptor()
    assert other.update(body) + other.finalize() == plain[:size]
    assert SM4(KEY).open(sealed) == plain[:size]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_changed_or_sealed_with_another_key_is_not_opened(size: int) -> None:
    sealed = bytearray(SM4(KEY).seal(bytes(size)))
    sealed[-1] ^= 1

    for cipher, kept in ((SM4(KEY), bytes(sealed)), (SM4(KEY[::-1]), SM4(KEY).seal(bytes(size)))):
        with pytest.raises(Tampered):
            cipher.open(kept)


def test_the_standards_example_is_opened() -> None:
    """RFC 8998, appendix A.1 has associated data, which we never use; its key and nonce with its first 64 bytes."""
    plain = b"".join(bytes([letter]) * 8 for letter in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    body = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    other = Cipher(algorithms.SM4(KEY), modes.GCM(nonce)).encryptor()
    assert other.update(plain) + other.finalize() == body

    assert SM4(KEY).open(nonce + body + other.tag) == plain
