"""Pages over HTTP at a million cases: each asked many times by people who are signed in."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from bench.client import Client, side_by_side
from bench.figures import latencies
from bench.servers import Served

PASSWORD = "bench-bench-bench"
SIZES = ("a4", "a5")
WORDS = ("开药店", "公积金租房提取", "身份证到期换领", "结婚登记", "招牌", "社保卡", "食品经营许可", "小孩上户口")


@dataclass(frozen=True)
class Page:
    """who: a user name, "" for a visitor. addresses: asked in turn. aim: of the issue, p95 in milliseconds."""

    name: str
    who: str
    addresses: Sequence[str]
    aim: float | None = None


def pages(known: Mapping[str, Any]) -> list[Page]:
    """known: what the generator gives as samples."""
    numbers, own, agency, item = known["numbers"], known["own"], known["agency"], known["item"]
    staff = [f"/desk/cases/{number}/" for number in numbers]
    return [
        Page("home", "", ["/"]),
        Page("home, signed in", "citizen", ["/"]),
        Page("search", "", [f"/items/?q={quote(word)}" for word in WORDS]),
        Page("guide", "", [f"/items/{item}/", "/items/id-card-renewal/", "/items/food-business-licence/"]),
        Page("guide, signed in", "citizen", ["/items/id-card-renewal/", "/items/food-business-licence/"]),
        Page("guided situation", "", ["/items/food-business-licence/situation/?has_special_room=true"]),
        Page("leaflet of a guide", "", [f"/items/food-business-licence/brochure.pdf?size={size}" for size in SIZES]),
        Page("work list, to accept", "clerk", ["/desk/?view=received"], 150),
        Page("work list, running", "chief", ["/desk/?view=running"], 150),
        Page("work list, of one agency", "clerk", [f"/desk/?view=received&agency={agency}"], 150),
        Page("work list, of one item", "clerk", [f"/desk/?view=all&item={quote('药品')}"], 150),
        Page("work list, all", "chief", ["/desk/?view=all"], 150),
        Page("work list, by number", "clerk", [f"/desk/?q={number[:16]}" for number in numbers[:20]], 150),
        Page("work list, by name", "clerk", [f"/desk/?q={quote(known['name'])}"], 150),
        Page("tasks to review", "reviewer", ["/desk/tasks/"], 150),
        Page("case page, staff", "clerk", staff),
        Page("case page, own", "citizen", [f"/cases/{number}/" for number in own]),
        Page("history of 1,000 cases", "citizen", ["/my/cases/", "/my/cases/?view=ended"], 300),
        Page("results to hand out", "deliverer", ["/desk/results/"], 150),
        Page("supervision board", "supervisor", ["/desk/supervision/"]),
        Page("API: history of 1,000 cases", "citizen", ["/api/v1/cases?mine=true"], 300),
        Page("API: case", "clerk", [f"/api/v1/cases/{number}" for number in numbers]),
    ]  # fmt: skip


def guides() -> list[Page]:
    """What people read before they apply."""
    items = (
        "food-business-licence", "id-card-renewal", "social-security-card", "drug-retail-licence",
        "birth-hukou-registration",
    )  # fmt: skip
    answered = urlencode({"ask": 1, "born_in_hospital": "是", "local_hukou": "是", "need_card": "是"})
    return [
        Page("guide", "", [f"/items/{item}/" for item in items]),
        Page("guide, signed in", "citizen", [f"/items/{item}/" for item in items]),
        Page("guide, all chapters", "", [f"/items/{item}/?all" for item in items]),
        Page("leaflet of a guide", "", [f"/items/{item}/brochure.pdf?size={size}" for item in items for size in SIZES]),
        Page("package, answered", "", [f"/packages/newborn/?{answered}"]),
        Page("list of powers", "", ["/lists/powers/", "/lists/items/"]),
    ]


class Visitors:
    """Keeps one signed-in connection per user name and client."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._kept: dict[tuple[str, int], Client] = {}

    def measure(self, page: Page, *, times: int, clients: int) -> dict[str, float]:
        """p50 and p95 of so many requests, shared among so many clients at once."""
        askers = [self._client(page.who, place) for place in range(clients)]
        for asker in askers:
            for address in itertools.islice(itertools.cycle(page.addresses), 3):
                asker.get(address)
            asker.taken.clear()
        jobs = [
            lambda asker=asker, place=place: self._ask(asker, page, place, times // clients)
            for place, asker in enumerate(askers)
        ]
        side_by_side(jobs)
        return latencies([seconds for asker in askers for seconds in asker.taken])

    def _ask(self, asker: Client, page: Page, place: int, times: int) -> None:
        for address in itertools.islice(itertools.cycle(page.addresses), place, place + times):
            asker.get(address)

    def _client(self, who: str, place: int) -> Client:
        if (who, place) not in self._kept:
            self._kept[who, place] = self._signed_in(who) if who else Client(self._served.port)
        return self._kept[who, place]

    def _signed_in(self, who: str) -> Client:
        """Through the form, as everybody."""
        client = Client(self._served.port)
        client.get("/account/login/")
        form = {"login": who, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        client.post("/account/login/", urlencode(form).encode())
        if "sessionid" not in client.cookies:
            raise RuntimeError(f"{who} could not sign in")
        return client
