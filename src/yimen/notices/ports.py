"""Socket: channels that carry a message out of the house (text message, app push)."""

from __future__ import annotations

from typing import Protocol


class Channel(Protocol):
    """Hands a message to a carrier; returns nothing, raises when the carrier did not take it."""

    name: str

    def hand_over(self, *, subject: int, title: str, body: str) -> None: ...


CHANNELS: list[Channel] = []


def plug_channel(channel: Channel) -> None:
    CHANNELS.append(channel)
