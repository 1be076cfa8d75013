"""Socket: a later room that keeps rows which its entries can be replayed against."""

from __future__ import annotations

from collections.abc import Callable, Iterator

# Each replayer yields one sentence for every row that differs from what its ledger entries say.
REPLAYERS: list[Callable[[], Iterator[str]]] = []


def plug_replayer(replayer: Callable[[], Iterator[str]]) -> None:
    if replayer not in REPLAYERS:
        REPLAYERS.append(replayer)
