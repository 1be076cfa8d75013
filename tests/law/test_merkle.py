"""Many contents under one signature: each is provable alone, and nothing else is."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimen.law import merkle

SIGNED = b"s" * merkle.SIGNATURE


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


contents = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


@given(contents)
def test_every_member_of_a_group_leads_to_the_same_signed_root(members: list[bytes]) -> None:
    root, ways = merkle.group(members, digest)

    reached = {merkle.signed(member, way + SIGNED, digest) for member, way in zip(members, ways, strict=True)}

    assert reached == {(root, SIGNED)}


@given(contents, st.data())
def test_no_other_content_leads_there(members: list[bytes], data: st.DataObject) -> None:
    root, ways = merkle.group(members, digest)
    place = data.draw(st.integers(0, len(members) - 1))
    other = data.draw(st.binary(max_size=40).filter(lambda content: content != members[place]))

    message, _signature = merkle.signed(other, ways[place] + SIGNED, digest)

    assert message != root


@given(contents, st.data())
def test_a_way_with_one_bit_turned_leads_elsewhere_or_nowhere(members: list[bytes], data: st.DataObject) -> None:
    root, ways = merkle.group(members, digest)
    bit = data.draw(st.integers(0, len(ways[0]) * 8 - 1))
    bent = bytearray(ways[0])
    bent[bit // 8] ^= 1 << bit % 8

    try:
        message = merkle.signed(members[0], bytes(bent) + SIGNED, digest)[0]
    except ValueError:
        return
    # Two equal members may stand for each other: what is proved is the same.
    assert message != root or members[0] in members[1:]


def test_a_signature_that_stands_alone_is_over_the_content_itself() -> None:
    assert merkle.signed(b"content", SIGNED, digest) == (b"content", SIGNED)


def test_a_node_of_the_tree_is_no_content() -> None:
    root, ways = merkle.group([b"a", b"b"], digest)
    inner = digest(merkle.LEAF + b"a") + digest(merkle.LEAF + b"b")

    message, _signature = merkle.signed(inner, merkle.MARK + b"\x00\x00\x00" + SIGNED, digest)

    assert (message == root, len(ways)) == (False, 2)


@pytest.mark.parametrize("stored", [b"", b"M", b"X" * 100, b"M\x11\x00\x00" + SIGNED, b"M\x01\x00\x02" + b"o" * 96])
def test_what_is_neither_signature_nor_way_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="neither"):
        merkle.signed(b"content", stored, digest)


def test_an_empty_group_has_no_root() -> None:
    with pytest.raises(ValueError, match="1 to 65,536"):
        merkle.group([], digest)
