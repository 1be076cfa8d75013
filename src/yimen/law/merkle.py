"""Many contents under one signature, each provable alone. Rule in words: docs/rules/digitising.md

Two hundred thousand licences aren't signed one by one: a group of them stands as leaves below one root, the root is
signed, and each keeps the way from its leaf up to the root beside the root's signature. Whoever has the content and
that way needs no other licence, no list and no table to check it. The digest function is passed in (SM3 in our house).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Digest = Callable[[bytes], bytes]

SIZE, SIGNATURE = 32, 64
"""Bytes of a digest and of a signature that stands alone."""
# What is a leaf can't be passed off as a node, a node as a root, nor a root as the digest of one licence.
LEAF, NODE, NOBODY, ROOT = b"\x00", b"\x01", b"\x02", b"yimen group root\x03"
MARK = b"M"
_HEAD, _DEEPEST = 4, 16


def group(contents: Sequence[bytes], digest: Digest) -> tuple[bytes, list[bytes]]:
    """The message to sign for a group, and the way of each of its contents, in their order. At most 65,536 of them."""
    depth = max(len(contents) - 1, 0).bit_length()
    if not contents or depth > _DEEPEST:
        raise ValueError("a group has 1 to 65,536 members")
    nobody = digest(NOBODY)
    level = [digest(LEAF + content) for content in contents] + [nobody] * (2**depth - len(contents))
    ways: list[list[bytes]] = [[] for _ in contents]
    for height in range(depth):
        for place, way in enumerate(ways):
            way.append(level[(place >> height) ^ 1])
        level = [digest(NODE + level[pair] + level[pair + 1]) for pair in range(0, len(level), 2)]
    head = MARK + bytes([depth])
    return ROOT + level[0], [head + place.to_bytes(2, "big") + b"".join(way) for place, way in enumerate(ways)]


def signed(content: bytes, stored: bytes, digest: Digest) -> tuple[bytes, bytes]:
    """What was signed, and the bare signature, from a content and what is stored as its signature.

    stored: a signature of the content itself (64 bytes), or its way in a group followed by the root's signature.
    Raises ValueError for anything else.
    """
    if len(stored) == SIGNATURE:
        return content, stored
    depth = stored[1] if len(stored) > _HEAD and stored[:1] == MARK else -1
    place = int.from_bytes(stored[2:_HEAD], "big")
    if not 0 <= depth <= _DEEPEST or len(stored) != _HEAD + depth * SIZE + SIGNATURE or place >> depth:
        raise ValueError("neither a signature nor a way to a signed root")
    node = digest(LEAF + content)
    for height in range(depth):
        other = stored[_HEAD + height * SIZE : _HEAD + (height + 1) * SIZE]
        node = digest(NODE + (other + node if place >> height & 1 else node + other))
    return ROOT + node, stored[-SIGNATURE:]
