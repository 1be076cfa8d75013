"""Groups of nodes that reach one another, and the shortest way round. (Tarjan 1972, without recursion)"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def knots(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one node, or of one that points at itself; sorted."""
    walk = _Walk(graph)
    for root in graph:
        walk.from_(root)
    return sorted(group for group in walk.found if len(group) > 1 or group[0] in graph.get(group[0], ()))


def way_round(graph: Graph, start: str, within: Collection[str]) -> list[str]:
    """A shortest way from a node back to it, without naming it twice; empty when there is none."""
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in graph.get(node, ()):
            if following == start:
                return _back(before, node, start)
            if following in within and following not in before:
                before[following] = node
                queue.append(following)
    return []


def _back(before: Mapping[str, str], last: str, start: str) -> list[str]:
    way = [last]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


class _Walk:
    """A walk in depth. The calls are a list of its own, so that a long chain doesn't exhaust the interpreter's."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.waiting: dict[str, None] = {}
        self.found: list[list[str]] = []

    def from_(self, root: str) -> None:
        """Everything that a node reaches and that wasn't reached before."""
        calls = [] if root in self.number else [self._entered(root)]
        while calls:
            node, rest = calls[-1]
            following = next(rest, None)
            if following is None:
                calls.pop()
                self._leave(node)
                if calls:
                    self._lower(calls[-1][0], self.low[node])
            elif following not in self.number:
                calls.append(self._entered(following))
            elif following in self.waiting:
                self._lower(node, self.number[following])

    def _entered(self, node: str) -> tuple[str, Iterator[str]]:
        self.number[node] = self.low[node] = len(self.number)
        self.waiting[node] = None
        return node, iter(self.graph.get(node, ()))

    def _lower(self, node: str, low: int) -> None:
        self.low[node] = min(self.low[node], low)

    def _leave(self, node: str) -> None:
        if self.low[node] < self.number[node]:
            return
        group = [self.waiting.popitem()[0]]
        while group[-1] != node:
            group.append(self.waiting.popitem()[0])
        self.found.append(sorted(group))
