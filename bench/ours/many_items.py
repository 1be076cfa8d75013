"""Many items from the few real ones: other towns, trades and occasions, each with a name and words of its own.

Raw documents in the format of the catalogue's files, the same for the same seed; departments and agencies are those of
the demonstration city, which therefore has to be founded before they are loaded.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

from yimen.demo.commands.city import DATA

OCCASIONS = ("首次申请", "变更", "延续", "补发", "换发", "注销", "年度核验", "信息更正", "撤回", "暂停与恢复")
TRADES = (
    "连锁门店", "学校周边", "旅游景区", "农贸市场", "物流园区", "工业园区", "养老机构", "医疗机构", "商业综合体", "夜间集市",
    "农民专业合作社", "家庭农场", "民宿客栈", "文化场馆", "体育场馆", "电商仓库", "建筑工地", "历史街区", "港口码头", "火车站",
    "退役军人", "高层次人才", "高校毕业生", "港澳居民", "归国华侨", "老年人", "未成年人", "外来务工人员", "困难家庭", "军人家属",
)  # fmt: skip
DEPTHS = ("二级", "三级", "四级")
LEVELS = {"市": ["市"], "县": ["县"], "镇": ["镇"], "村": ["村"]}


def many_items(count: int, seed: int = 1, *, copies: int = 1) -> Iterator[dict[str, Any]]:
    """So many raw documents with distinct slugs and names. Parts that are the same in all are shared: copy before changing.

    copies: so many places at most offer each, under one name.
    """
    bases, places = _bases(), _places()
    drawn = random.Random(seed)
    variants = list(itertools.product(range(len(OCCASIONS)), range(len(TRADES))))
    drawn.shuffle(variants)
    offset = drawn.randrange(len(variants))
    for number in range(count):
        kind = number // copies
        turn, place = divmod(kind, len(bases))
        occasion, trade = variants[(turn + offset) % len(variants)]
        around = (turn // len(variants) + turn + drawn.randrange(3) + number % copies) % 1_000
        made = _variant(bases[place], number, OCCASIONS[occasion], TRADES[trade], places, around, drawn)
        if copies > 1:
            made["name"] = f"{bases[place]['name']}（{TRADES[trade]}{OCCASIONS[occasion]}第{kind}类）"
        yield made


def _variant(
    base: dict[str, Any],
    number: int,
    occasion: str,
    trade: str,
    places: dict[str, list[dict[str, str]]],
    around: int,
    drawn: random.Random,
) -> dict[str, Any]:
    offices = places[base["department"]]
    office = offices[around % len(offices)]
    made = dict(base)
    made["slug"] = f"{base['slug'][:44].rstrip('-')}-{number:06d}"
    made["name"] = f"{base['name']}（{office['place']}{trade}{occasion}第{number}类）"
    made["agency"], made["level"] = office["code"], LEVELS[office["level"]]
    made["conditions"] = [*base["conditions"], f"适用于{office['place']}{trade}的{occasion}"]
    made["visits"], made["online_depth"] = drawn.randrange(3), drawn.choice(DEPTHS)
    made["faq"] = [*base["faq"], {"q": f"{trade}{occasion}到哪里办？", "a": f"到{office['place']}的综合窗口办理。"}]
    return made


def _bases() -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((DATA / "items").glob("*.json"))]


def _places() -> dict[str, list[dict[str, str]]]:
    """The agencies of each department, with the name and level of their place."""
    raw = json.loads((DATA / "departments.json").read_text("utf-8"))
    known = {each["code"]: each for each in raw["divisions"]}
    return {
        department["code"]: [
            {
                "code": each["code"],
                "place": known[each["division"]].get("display_name") or known[each["division"]]["name"],
                "level": known[each["division"]]["level"],
            }
            for each in department["instances"]
        ]
        for department in raw["departments"]
    }
